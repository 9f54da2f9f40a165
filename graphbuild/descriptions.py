"""What definite descriptions take up: "the minister", "the country", "the frigate", "the same bridge"."""

from collections import Counter
from collections.abc import Collection

from spacy.tokens import Doc, Token

from graphbuild.chains import Chains, acting_on, is_definite, is_demonstrative, is_new, is_subject, sentence_before
from graphbuild.classes import class_of_described
from graphbuild.collectives import COUNTRY_NOUNS, PARTIES
from graphbuild.gazetteer import Gazetteer
from graphbuild.holders import Holders
from graphbuild.language.index import words_between
from graphbuild.mentions import TokenMention
from graphbuild.names import family, is_acronym_of
from graphbuild.surroundings import KIN
from graphbuild.titles import is_title

_KIND_NOUNS: dict[str, tuple[str, ...]] = {
    noun: tuple(labels.split())
    for labels, nouns in {
        "ArmedGroup": "organization organisation movement militia rebels militants insurgents guerrillas jihadists",
        "Alliance": "alliance bloc union coalition",
        "PoliticalParty": "party",
        "Company": "company firm bank carrier airline miner utility lender manufacturer maker retailer operator conglomerate",
        "MediaOrganization": "newspaper daily weekly paper broadcaster channel",
        "GovernmentBody Organization": "ministry department court parliament agency commission council assembly senate regime tribunal",
        "MilitaryForce": "force army navy command brigade battalion regiment corps unit",
        "Vehicle": "ship vessel frigate destroyer submarine warship tanker boat trawler corvette cruiser carrier aircraft plane jet bomber",
        "Event": "exercise summit conference operation drill festival tournament event",
        "Agreement": "treaty pact agreement accord convention protocol deal memorandum declaration",
        "ArmedGroup Company": "group",
        "City": "city town village",
        "Facility": "base camp plant refinery airport hospital prison embassy",
    }.items()
    for noun in nouns.split()
}
"""Common nouns, and the classes that they may take up."""
_SAID_SO = frozenset("coalition ministry department court parliament agency commission council assembly senate regime tribunal army navy".split())
"""Nouns of bodies of which a country has many: they take up only what is called so."""
_PLACE_NOUNS = frozenset("region area peninsula province city town village district island sea strait".split())
_SORT_OF = {
    word: sort
    for sort, words in {
        "ministry": "ministry department",
        "court": "court tribunal",
        "parliament": "parliament senate house congress assembly duma knesset bundestag",
        "army": "army navy fleet battalion brigade regiment division corps troops",
        "police": "police gendarmerie",
        "cabinet": "cabinet government",
        "party": "party",
        "union": "union federation confederation association",
        "bank": "bank",
        "school": "university college school academy",
        "hospital": "hospital clinic",
        "station": "station broadcaster channel television radio newspaper daily weekly paper",
        "chiefs": "chiefs",
    }.items()
    for word in words.split()
}
"""Words that say what sort of body something is, in names and in descriptions."""
_ONLY_SO_CALLED = frozenset("coalition cabinet".split())
"""Nouns that take up no other name than one that holds them."""
_NO_FIRMS = frozenset(("PoliticalParty", "GovernmentBody", "MilitaryForce", "Alliance", "Country"))
"""Classes of bodies that do no business."""
_NEVER: dict[str, frozenset[str]] = {
    noun: labels
    for nouns, labels in (
        ("company firm airline carrier retailer manufacturer brewer lender insurer conglomerate miner drugmaker", _NO_FIRMS),
        ("group militia faction movement guerrillas", frozenset(("MilitaryForce", "GovernmentBody", "Country"))),
        ("militant rebel insurgent jihadist gunman guerrilla separatist", frozenset(("GovernmentBody", "Country", "Alliance"))),
        ("delegate lawmaker member employee worker supporter shareholder pilot journalist", frozenset("Company Organization Alliance GovernmentBody".split())),
        ("department ministry", frozenset(("MilitaryForce", "ArmedGroup", "Company", "PoliticalParty"))),
        ("authority council", frozenset(("PoliticalParty", "ArmedGroup"))),
    )
    for noun in nouns.split()
}
"""Nouns, and the classes of what they never mean."""
_ONLY = frozenset(("Company", "MediaOrganization", "ArmedGroup", "PoliticalParty", "Vehicle", "Agreement", "Weapon", "MilitaryForce"))
"""Classes of which a text with only one speaks when it says "the" one."""
_DESCRIBED = frozenset(("Group", "Event", "Work", "Agreement", "Vehicle", "Weapon"))
"""Classes whose members are often described rather than named: "two frigates", "a memorandum"."""
_INTRODUCED = frozenset(("Organization", "Company", "Facility", "ArmedGroup", "GovernmentBody", "MediaOrganization", "PoliticalParty", "MilitaryForce"))
"""Classes whose descriptions are entities of their own where the article says that they are new."""
_OF_EVERY_COUNTRY = frozenset("police army navy military gendarmerie junta parliament judiciary".split())
"""Nouns of bodies that need no introduction, as every country may have one."""
_FIGHTERS = frozenset("rebel militant separatist insurgent guerrilla jihadist militia paramilitary".split())
"""Nouns for armed people who need no name and no introduction: "the rebels"."""
_BODIES = frozenset("group organization organisation movement militia force faction army wing unit".split())
_PARTS = frozenset("member majority rest number".split())
"""Nouns that stand for those behind "of" who have them."""
_NOT_SHORTENED = frozenset(("Person", "Position", "Country"))
"""Classes whose names do not say what they name."""
_RENAMING = frozenset(("appos", "flat", "nmod:desc"))
VAGUE = frozenset(("", "Other", "Group"))
"""Classes that a description may have whatever it describes."""
_BROUGHT_IN = frozenset(("Person", "Group", "Position"))
"""Classes of those who are brought in by a description and go on under it."""
_OFTEN = 3
_OTHER_ONES = frozenset(
    "other another new old same first second third last next previous former latter further similar different separate additional late early"
    " northern southern eastern western upper lower left right big small".split()
)
"""Adjectives that part one thing from another of its kind."""
_SPEAKING_OF_ITSELF = frozenset("statement communique communiqué".split())
"""Nouns by which a text means itself: "this statement"."""
_DESCRIPTION = 7
"""Longest description, in words, that opens a chain."""


class Descriptions:
    """Finds what a description takes up."""

    def __init__(self, doc: Doc, chains: Chains, gazetteer: Gazetteer) -> None:
        self.doc, self.chains, self.gazetteer = doc, chains, gazetteer
        self.holders = Holders(doc, chains, gazetteer)

    def beside(self, mention: TokenMention) -> tuple[int, ...]:
        """Return what a description stands beside, as the words next to it say."""
        return self._entitled(mention) or self._apposed(mention)

    def named(self, mention: TokenMention) -> tuple[int, ...]:
        """Return what a description names in other words: the place inside it, the holder of the title."""
        return self._named_within(mention) or self._titled(mention) or self._side_of_country(mention)

    def _side_of_country(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the Turkish side" to the country named in it."""
        head = self.doc[mention.root]
        return self._country_in(mention) if head.lemma_ == "side" and head.tag_ == "NN" and is_demonstrative(head) else ()

    def is_capital(self, mention: TokenMention) -> bool:
        """Recognise "the Chadian capital"."""
        return self.doc[mention.root].lemma_.lower() == "capital" and bool(self._country_in(mention))

    def capital(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the capital of the country named in "the Chadian capital", if the text names it anywhere."""
        country = self._country_in(mention)
        named = ((i, m) for i, m in enumerate(self.chains.mentions) if m.label == "City" and m.form == "name" and i in self.chains.of)
        states = ((i, self.gazetteer.metonym_of(m.text(self.doc).title())) for i, m in named)
        return _alone({self.chains.of[i] for i, state in states if state is not None and state.id in self._ids(country)})

    def _ids(self, country: tuple[int, ...]) -> set[str]:
        """Return what the gazetteer knows a country by."""
        forms = (self.chains.mentions[i].text(self.doc) for c in country for i in self.chains.members[c])
        return {entry.id for form in forms if (entry := self.gazetteer.country(form)) is not None}

    def introduced(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the officer" to the officer whom the sentence before brought in as "an officer of the ministry", if there was one only."""
        head = self.doc[mention.root]
        if mention.end - mention.start != 2 or self.doc[mention.start].lower_ != "the" or head.tag_ != "NN" or mention.label not in _BROUGHT_IN:
            return ()
        first = sentence_before(self.doc, mention.start)
        near = [i for i in range(index) if self.chains.mentions[i].start >= first and self.doc[self.chains.mentions[i].root].lower_ == head.lower_]
        new = [i for i in near if self.chains.mentions[i].form == "noun" and self.doc[self.chains.mentions[i].start].lower_ in ("a", "an", "another")]
        if len(new) != 1 or len(near) != 1:
            return ()
        return self.chains.of.get(new[0]) or (self.chains.start(new[0]),)

    def before(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Return what a description takes up from the text before it."""
        if self.is_office(mention):
            return self._same_office(index, mention)
        return (
            self._country_noun(mention)
            or self._kind_noun(mention)
            or self._shortened(mention)
            or self._abbreviated(index, mention)
            or self._repeated(index, mention)
            or self._only_of_class(index, mention)
        )

    def _same_office(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Return whom an office without a name stood for before in the same words."""
        words = mention.text(self.doc).lower()
        before = (i for i in range(index - 1, -1, -1) if i in self.chains.of and self.chains.mentions[i].text(self.doc).lower() == words)
        return next((self.chains.of[i] for i in before if self.is_office(self.chains.mentions[i])), ())

    def opens(self, mention: TokenMention) -> bool:
        """Tell whether a description that takes up nothing is an entity of its own."""
        pointing = self.doc[mention.start].lower_ in ("these", "those", "this", "that")
        relative = any(c.dep_ == "acl:relcl" for c in self.doc[mention.root].children)  # "those soldiers who fled" are told by what follows
        told = mention.label == "Event" and any(c.dep_ == "nmod" for c in self.doc[mention.root].children)  # "this cowardly attack on a school"
        if self.is_office(mention):
            return True
        told = told or (mention.label == "Work" and self.doc[mention.root].lemma_.lower() in _SPEAKING_OF_ITSELF)  # "endorsed this statement"
        kind = mention.label in _DESCRIBED or self._is_introduced(mention) or self._are_fighters(mention)
        return self._is_description(mention) and kind and (relative or told or not pointing)

    def _are_fighters(self, mention: TokenMention) -> bool:
        """Tell whether a plural that takes up no group stands for those who act in its sentence: "the gunmen", "the rebels"."""
        root = self.doc[mention.root]
        people = mention.label == "ArmedGroup" and root.tag_ == "NNS" and root.lemma_.lower() not in _BODIES
        return people and not self._country_in(mention) and not any(c.dep_ == "nmod" for c in root.children)

    def _is_introduced(self, mention: TokenMention) -> bool:
        """Tell whether a phrase introduces a body or building without a name, or one that needs none: "a Chinese company", "the police", "the rebels"."""
        first, length = self.doc[mention.start].lower_, mention.end - mention.start
        noun = self.doc[mention.root]
        known = first == "the" and length == 2 and (noun.lemma_.lower() in _OF_EVERY_COUNTRY or (_is_plural(noun) and noun.lemma_.lower() in _FIGHTERS))
        new = first in ("a", "an", "another") and length > 2
        known = known or (first == "the" and length == 2 and noun.lower_ == "militia" and not self._names_fighters())
        return mention.label in _INTRODUCED and (known or new or self._is_building_told(mention) or self._are_forces_told(mention))

    def _names_fighters(self) -> bool:
        """Tell whether the text names an armed group, which "the militia" might be."""
        return any(m.label == "ArmedGroup" and m.form == "name" for m in self.chains.mentions)

    def _are_forces_told(self, mention: TokenMention) -> bool:
        """Tell whether a phrase says whose or what the forces are that it means, and of no country: "security forces", "government troops"."""
        noun = self.doc[mention.root]
        if noun.lower_ not in ("forces", "troops") or self._country_in(mention) or self.doc[mention.start].lower_ in ("these", "those"):
            return False
        modifiers = [c for c in noun.children if c.dep_ in ("amod", "compound")]
        plain = all((c.is_lower or c.is_sent_start) and not c.ent_type_ and c.lower_ not in _OTHER_ONES for c in modifiers)
        return mention.label in ("MilitaryForce", "ArmedGroup") and bool(modifiers) and plain

    def _is_building_told(self, mention: TokenMention) -> bool:
        """Tell whether a phrase says itself which building it means, or that there are several: "the presidential palace", "army posts"."""
        noun = self.doc[mention.root]
        if mention.label != "Facility" or class_of_described(noun.lemma_.lower(), noun.nbor(-1).lower_ if noun.i else "") is None:
            return False
        which = any(c.dep_ in ("amod", "compound", "nmod", "nmod:poss") and c.lower_ not in _OTHER_ONES for c in noun.children)
        alone = self.doc[mention.start].lower_ == "the" and not any(m.label == "Facility" and m.start < mention.start for m in self.chains.mentions)
        return (which or alone) and self.doc[mention.start].lower_ not in ("this", "that", "these", "those")

    def _is_description(self, mention: TokenMention) -> bool:
        """Tell whether a phrase describes something short enough to be called by it."""
        return (
            mention.end - mention.start <= _DESCRIPTION
            and self.doc[mention.root].tag_.startswith("NN")
            and self.doc[mention.start].tag_ not in ("WP", "WDT", "PRP$")
        )

    def _entitled(self, mention: TokenMention) -> tuple[int, ...]:
        """Link the word for a work to its title right after it: the report "Hard Ground"."""
        if mention.label != "Work":
            return ()
        title = next((i for i, m in enumerate(self.chains.mentions) if m.start == mention.end + 1 and m.label == "Work" and m.form == "name"), None)
        return self.chains.of.get(title, ()) if title is not None else ()

    def _apposed(self, mention: TokenMention) -> tuple[int, ...]:
        """Link a description to the name that it stands beside: "the novelist Ana Lind", "Ana Lind, a novelist", "a militia, the Red Line"."""
        fits = [i for i, m in enumerate(self.chains.mentions) if m.form == "name" and i in self.chains.of and self._is_beside(mention, m)]
        return _alone({self.chains.of[i] for i in fits})

    def _is_beside(self, mention: TokenMention, name: TokenMention) -> bool:
        """Tell whether a description renames a name right before or after it, as the tree has it, and is of its kind."""
        first, second = (name, mention) if name.start < mention.start else (mention, name)
        if not 0 <= second.start - first.end <= 1 or name.label in ("Country", "Position"):
            return False
        gap = self.doc[first.end : second.start]
        root, other = self.doc[mention.root], self.doc[name.root]
        joined = (root.head.i == other.i and root.dep_ in _RENAMING) or (other.head.i == root.i and other.dep_ in _RENAMING)
        if not joined:
            return False
        if not len(gap) and mention.start < name.start:
            return is_definite(root)
        return len(gap) == 1 and gap[0].text == "," and (mention.label in VAGUE or family(mention.label) == family(name.label))

    def _titled(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the secretary", "the Chadian leader" to the person with that title."""
        if mention.label not in ("Person", "Position") or not is_demonstrative(self.doc[mention.root]):
            return ()
        found = self.holders.of(mention) or self.holders.leader(mention)
        return found or (self.holders.only(mention) if self.is_office(mention) else ())

    def is_office(self, mention: TokenMention) -> bool:
        """Tell whether a description is an office written out as a name: "the Foreign Secretary", "the Secretary-General"; "the President" is too common."""
        words = [t for t in self.doc[mention.start : mention.end] if t.text != "-" and t.lower_ != "the"]
        titled = len(words) > 1 and all(t.is_title for t in words) and mention.label == "Person" and mention.form == "noun"
        first = mention.end - len(words) - ("-" in mention.text(self.doc))
        return titled and is_title(words_between(self.doc, first, mention.end), self.gazetteer)

    def _named_within(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the Indo-Pacific region", "the city of Basra" to the place named inside: the noun only says what it is."""
        head = self.doc[mention.root]
        if head.lemma_ not in _PLACE_NOUNS:
            return ()
        inside = [
            i for i, m in enumerate(self.chains.mentions) if mention.start <= m.start and m.end <= mention.end and m.form == "name" and i in self.chains.of
        ]
        fits = [i for i in inside if family(self.chains.mentions[i].label) == "place" and (self.chains.mentions[i].end == head.i or self._is_of(i, head))]
        return self.chains.of[fits[0]] if len(fits) == 1 else ()

    def _is_of(self, index: int, head: Token) -> bool:
        named = self.doc[self.chains.mentions[index].root]
        return named.head.i == head.i and any(c.dep_ == "case" and c.lower_ == "of" for c in named.children)

    def _kind_noun(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the terrorist group", "the frigate", "the ministry" to the only thing of that kind: so called, named so far, or named just before."""
        head = self.doc[mention.root]
        kinds = _KIND_NOUNS.get(head.lower_) or _KIND_NOUNS.get(head.lemma_.lower() if head.tag_ in ("NN", "NNP") else "", ())
        if not kinds or not is_demonstrative(head) or self._country_in(mention) or any(c.dep_ in ("nmod", "acl:relcl", "appos") for c in head.children):
            return ()
        kinds = (mention.label,) if mention.label in kinds else kinds
        outside = acting_on(self.doc, self.chains, mention)
        before = [(i, m) for i, m in self._names_before(mention) if m.label in kinds and self.chains.of[i][0] not in outside]
        called = {self.chains.of[i] for i, m in before if head.lower_ in {t.lower_ for t in self.doc[m.start : m.end]}}
        return _alone(called) or (() if called or head.lower_ in _SAID_SO else self._alone_near(mention, before))

    def _shortened(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the fund", "this Act" to the only name so far that ends in this word, or has it before "of": "the Lind Fund", "the Church of Ys"."""
        head = self.doc[mention.root]
        if not is_demonstrative(head) or mention.end - mention.start != 2 or is_title(head.text.capitalize(), self.gazetteer):
            return ()
        longer = [(i, m) for i, m in self._names_before(mention) if m.end - m.start > 1 and m.label not in _NOT_SHORTENED]
        return _alone({self.chains.of[i] for i, m in longer if self.doc[m.root].lower_ == head.lower_})

    def _abbreviated(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link the first letters of a description to it: "unmanned aerial vehicles (UAV)"."""
        short = mention.text(self.doc)
        if not short.isupper() or mention.end - mention.start != 1:
            return ()
        before = (i for i in range(index - 1, -1, -1) if self.chains.mentions[i].form == "noun")
        long = next((i for i in before if is_acronym_of(short, self.chains.mentions[i].text(self.doc))), None)
        return () if long is None else self.chains.of.get(long) or (self.chains.start(long),)

    def _names_before(self, mention: TokenMention) -> list[tuple[int, TokenMention]]:
        """Return the names before a mention."""
        return [(i, m) for i, m in enumerate(self.chains.mentions) if m.end <= mention.start and m.form == "name" and i in self.chains.of]

    def _alone_near(self, mention: TokenMention, names: list[tuple[int, TokenMention]]) -> tuple[int, ...]:
        """Take the only one of some names in the text so far, else in this sentence and the one before."""
        first = sentence_before(self.doc, mention.start)
        return _alone({self.chains.of[i] for i, _ in names}) or _alone({self.chains.of[i] for i, m in names if m.start >= first})

    def is_of_other_kind(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether the names of a thing say that it is of another kind than a noun: the Senate is no "ministry", a party no "firm", NATO no "coalition"."""
        noun = self.doc[mention.root].lemma_.lower()
        names = [m for c in clusters for i in self.chains.members[c] if (m := self.chains.mentions[i]).form == "name"]
        if not names or any(noun == t.lemma_.lower() for m in names for t in self.doc[m.start : m.end]):
            return False
        if noun in _ONLY_SO_CALLED:
            return True
        labels = {self.chains.label(c) for c in clusters}
        if labels & _NEVER.get(noun, frozenset()):
            return True
        own = _SORT_OF.get(noun)
        sorts = {_SORT_OF[t.lower_] for m in names for t in self.doc[m.start : m.end] if t.lower_ in _SORT_OF}
        return own is not None and bool(sorts) and own not in sorts

    def holds_elsewhere(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether a person holds office for another country than the one that a description names: the Finnish president is no "Russian president"."""
        sides = {h.side for h in self.holders.held if h.person == clusters and h.side and family(self.chains.label(h.side[0])) == "country"}
        country = self._country_in(mention) if sides else ()
        return bool(country) and country not in sides

    def _country_in(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country named before the head of a description."""
        countries = ((i, m) for i, m in enumerate(self.chains.mentions) if m.label == "Country" and m.form == "name" and i in self.chains.of)
        return next((self.chains.of[i] for i, m in countries if mention.start <= m.start and m.end <= mention.root), ())

    def _repeated(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link a description to the last one with the same head: "a bridge … the bridge"; one that was left open opens a chain."""
        head = self.doc[mention.root]
        part = head.lemma_.lower() in _PARTS and any(c.dep_ == "nmod" and c.i > head.i for c in head.children)  # "the members of the Council" are no others
        vague = part or head.lemma_.lower() in PARTIES or (head.lemma_.lower() in COUNTRY_NOUNS and not _is_plural(head))
        office = mention.label in ("Person", "Position", "Group") and is_title(head.text.capitalize(), self.gazetteer)
        if is_new(head) or vague or office:  # "impartial justice" is no judge
            return ()
        for i in range(index - 1, -1, -1):
            other = self.chains.mentions[i]
            if other.form == "noun" and other.end <= mention.start and self._same_head(other, mention) and self._may_be_same(other, mention):
                word_by_word = other.text(self.doc).lower() == mention.text(self.doc).lower()
                return self.chains.of.get(i) or ((self.chains.start(i),) if word_by_word or is_demonstrative(head) or self._may_be_taken_up(other) else ())
        return self._qualified(index, mention)

    def _qualified(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the present storm" to the only storm so far, where the added words tell no other one."""
        head = self.doc[mention.root]
        added = [c for c in head.children if c.dep_ in ("amod", "compound", "nummod", "nmod", "acl:relcl", "acl", "nmod:poss", "appos")]
        if not is_demonstrative(head) or any(c.dep_ != "amod" or c.tag_ != "JJ" or c.lower_ in _OTHER_ONES or c.text[:1].isupper() for c in added):
            return ()
        same = [i for i in range(index) if self.chains.mentions[i].form == "noun" and self._same_head(self.chains.mentions[i], mention)]
        clusters = {self.chains.of.get(i) for i in same}
        only = len(clusters) == 1 and self.doc[self.chains.mentions[same[0]].start].lower_ in ("a", "an", "the")
        if not only or not self._may_be_taken_up(self.chains.mentions[same[-1]]) or (None in clusters and len(same) > 1):
            return ()
        return self.chains.of.get(same[-1]) or (self.chains.start(same[-1]),)

    def _may_be_taken_up(self, mention: TokenMention) -> bool:
        """Tell whether a description that was left open may open a chain once it is repeated: short, or introduced by its article."""
        first, head = self.doc[mention.start], self.doc[mention.root]
        return head.tag_.startswith("NN") and (mention.end - mention.start <= _DESCRIPTION or first.lower_ in ("a", "an")) and first.tag_ not in ("WP", "WDT")

    def _same_head(self, one: TokenMention, other: TokenMention) -> bool:
        a, b = self.doc[one.root], self.doc[other.root]
        return a.lemma_.lower() == b.lemma_.lower() and _is_plural(a) == _is_plural(b) and a.pos_ in ("NOUN", "PROPN")

    def _may_be_same(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether the second of two descriptions with one head may mean the first: it points back, or adds nothing that would make it another."""
        return self._points_back(other) or self._same_modifiers(one, other) or self._is_kin(one, other)

    def _is_kin(self, one: TokenMention, other: TokenMention) -> bool:
        """Recognise kin of whom it is only said now whose they are: "his daughter" of "the daughter"."""
        first, second = self._modifiers(one), self._modifiers(other)
        owned = self.doc[other.start].tag_ == "PRP$" and self.doc[other.root].lemma_.lower() in KIN
        return owned and not any(t.tag_ in ("PRP$", "POS") for t in self.doc[one.start : one.end]) and second - {self.doc[other.start].lower_} <= first

    def _points_back(self, mention: TokenMention) -> bool:
        """Recognise "this unprecedented storm", "those rules": they mean one told of before, whatever else is said of it."""
        added = [t for t in self.doc[mention.start + 1 : mention.end] if t.i != mention.root]
        plain = all(t.pos_ in ("ADJ", "ADV") and t.lower_ not in _OTHER_ONES and not t.text[:1].isupper() for t in added)
        return self.doc[mention.start].lower_ in ("this", "that", "these", "those") and plain

    def _same_modifiers(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether the second of two descriptions adds nothing that would make it another: "the bridge" to "a stone bridge", not "the second bridge"."""
        first, second = self._modifiers(one), self._modifiers(other)
        return second <= first if is_definite(self.doc[other.root]) else second == first

    def _modifiers(self, mention: TokenMention) -> set[str]:
        """Return what modifies the head of a description, possessors by their words: "his house" is not "her house"."""
        words = self.doc[mention.start : mention.end]
        return {t.lower_ for t in words if t.i != mention.root and (t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB") or t.tag_ == "PRP$")}

    def _only_of_class(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the company", "the newspaper" to the only thing of its class so far."""
        head = self.doc[mention.root]
        if mention.label not in _ONLY or head.tag_ != "NN" or head.lower_ in _OF_EVERY_COUNTRY or not is_demonstrative(head):
            return ()
        if any(c.dep_ in ("nmod", "acl:relcl", "acl") for c in head.children):
            return ()
        found = {self.chains.of[i] for i in range(index) if self.chains.mentions[i].label == mention.label and i in self.chains.of}
        outside = acting_on(self.doc, self.chains, mention)
        return _alone({clusters for clusters in found if not set(clusters) & outside})

    def _country_noun(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the country" to the country that was the last subject, else to the only one named just before."""
        head = self.doc[mention.root]
        if head.tag_ != "NN" or head.lemma_ not in COUNTRY_NOUNS or not is_demonstrative(head):
            return ()
        outside = acting_on(self.doc, self.chains, mention)
        named = [(i, m) for i, m in self._names_before(mention) if m.label == "Country" and self.chains.of[i][0] not in outside]
        near = [(i, m) for i, m in named if m.start >= sentence_before(self.doc, mention.start)]
        subjects = [i for i, m in near if is_subject(self.doc, m)]
        return self.chains.of[subjects[-1]] if subjects else self._alone_near(mention, near) or self._foremost(named)

    def _foremost(self, names: list[tuple[int, TokenMention]]) -> tuple[int, ...]:
        """Take the one that is named far more often than any other of some names."""
        ranked = Counter(self.chains.of[i] for i, _ in names).most_common(2)
        far = ranked and ranked[0][1] >= _OFTEN and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if far else ()


def _is_plural(head: Token) -> bool:
    return head.tag_ in ("NNS", "NNPS") or (head.lower_.endswith("s") and head.lemma_.lower() == head.lower_[:-1])


def _alone(clusters: Collection[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the only one of several, if it is one."""
    return next(iter(clusters)) if len(clusters) == 1 else ()
