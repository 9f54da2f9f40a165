"""Who holds an office, and of what: titles before and after names, appositions, copulas, "as", and the country or body around them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue, Frame, Relation
from graphbuild.entities import Reading
from graphbuild.language.index import spelled
from graphbuild.mentions import TokenMention
from graphbuild.names import MINISTRIES
from graphbuild.relations.arguments import PARTISAN, Argument, Arguments, renamed_together
from graphbuild.relations.conditions import CONDITIONS, UNCONDITIONAL
from graphbuild.relations.homes import Homes, Vacant
from graphbuild.speech import Speech
from graphbuild.syntax import case_of, clause_of, first_of_list, is_passive, modifiers, objects, obliques, possessors, subjects
from graphbuild.titles import listed

_HONORIFICS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "baron",
        "rt",
        "right",
        "madam",
        "his excellency",
        "her excellency",
        "hon",
        "the hon",
        "shri",
        "smt",
        "h.e",
        "rev",
        "hajia",
        "doctor",
        "honourable",
        "he",
        "hh",
        "h.h",
        "his highness",
        "her highness",
    )
)
"""Titles of respect, which are no offices."""
_RESPECTFUL = _HONORIFICS | frozenset("sheikh sheikha shaikh excellency highness dato datuk seri tan sri tun".split())
"""Words of respect that may stand between an office and a name."""
_WITH_ARTICLE = frozenset("hon honourable honorable rt right most reverend excellency highness majesty".split())
"""Those of them that have an article: "Senator the Hon Ana Lind"."""
_LESSER = frozenset("vice deputy assistant under former ex acting-deputy associate".split())
_HEADS_OF_STATE = frozenset(
    "president premier chancellor king queen emir sultan emperor taoiseach leader ruler monarch minister sheikh ayatollah dictator strongman".split()
)
"""Offices that lead a country; any other only serves it."""
_MANAGERS = frozenset("director manager executive boss ceo chairman chairwoman dean rector".split())
"""Offices of firms and schools, which no country has."""
PRIVATE = frozenset("economist editor auditor conductor curator professor coach author jurist".split())
"""What people are called for their work, which is no office of a country."""
_OF_PARTS = frozenset("director chief head manager boss".split())
"""Offices that a word before them narrows: "finance director"."""
_PARTS_HEADED = frozenset(
    "operations staff intelligence security communications policy research protocol logistics training planning plans finance engineering personnel"
    " information education studies production sales marketing programmes programs".split()
)
"""What a director, chief or head is of, who then heads no more of a body: "director of operations"."""
_WHOLLY_OF_FIRMS = frozenset("managing executive general chief group acting interim deputy new outgoing current longtime bank company".split())
_WHOLLY = frozenset(
    "police army navy air force forces military party union junta rebel spy intelligence security regime government state militia club agency ministry"
    " mission commission council".split()
)
"""Words before such offices that leave it the head of the whole, or name the whole."""
_LOCAL = frozenset("governor mayor prefect lord-mayor vice-governor mayoress".split())
"""Offices of towns and regions."""
_KIN = frozenset("son daughter grandson granddaughter nephew niece brother sister wife husband widow child cousin father mother".split())
_EMPLOYERS = ("Company", "Organization", "MediaOrganization", "PoliticalParty")
_NOT_YET = frozenset("elect designate nominee hopeful candidate".split())
_SOLE = frozenset("prime president premier chancellor king queen".split())
"""Words of offices of which a country has one."""
OVER = frozenset("former ex one-time onetime sometime erstwhile".split())
"""Adjectives before a title or a description that say that it holds no more."""
_FORMER = OVER | frozenset("then-former late once formerly previously".split())
_OUSTED = frozenset("ousted deposed toppled sacked fired dismissed".split())
"""Participles before a title that say that it is lost: "the ousted president"."""
_SENT = frozenset("ambassador envoy representative consul delegate emissary".split())
"""Offices before which a second name says where somebody is sent."""
_SERVE = frozenset("serve act work remain continue stay return come begin start take succeed replace".split())
_NAME = frozenset("name appoint elect make declare crown proclaim".split())
_INSTALL = _NAME | frozenset(
    "install pick choose select swear confirm inaugurate instal reappoint reelect re-elect reinstate designate promote commission hire".split()
)
_NAMED_AS = frozenset(("nmod", "nmod:desc", "appos"))
"""How "as" and an office hang on who is put into it."""
_APPOINTMENT = frozenset("appointment election reappointment re-election reelection promotion installation".split())
"""Nouns for being put into an office."""
_WISHED = frozenset("propose demand seek urge oppose block reject suggest consider recommend delay call want veto prevent support back".split())
"""Verbs whose object need not have come about."""
_UNFILLED = frozenset(("next", "future", "possible", "candidate"))
"""Words beside a title that nobody holds yet."""
_FIELDED = frozenset(("minister", "secretary", "commissioner"))
"""Offices that are for a field, and of a body."""
_WHOSE = frozenset(("of", "for", "to", "at", "on"))
_SMALL = _WHOSE | {"the", "and", "in"}
"""Small words in what an office is of."""
_COMPLEMENT = frozenset(("ADP", "DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PART", "NUM"))
_LONGEST_COMPLEMENT = 12
_LONGEST_ABBREVIATION = 5
_LONGEST_LINE = 25
_LONGEST_RANK = 6
"""Tokens that ranks and titles of respect may take between an office and a name."""
_BESIDE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM", "ADV"))

_PEERS = frozenset(("counterpart", "colleague", "homologue"))

Held = tuple[int, TokenMention, tuple[Argument, ...], list[Argument]]
"""Mention of an office, its holders, and its countries and bodies."""
OfficeFact = tuple[Relation, Argument, Argument, Token, tuple[Token, ...]]
"""Relation, holder, office or whole, head word of the title, theme."""


class Offices:
    """Matches the frames of offices on every mention of a Position."""

    def __init__(self, reading: Reading, catalogue: Catalogue, arguments: Arguments, speeches: tuple[Speech, ...] = ()) -> None:
        self.reading, self.catalogue, self.arguments = reading, catalogue, arguments
        self.rosters: set[str] = set()
        self.countries: dict[str, set[str]] = {}
        """The countries that people serve by their titles."""
        self.homes = Homes(reading, catalogue, speeches)
        self.people = [(i, m) for i, m in enumerate(reading.mentions) if m.label == "Person" and m.form == "name" and i in reading.of_mention]
        self._offices = [(i, m) for i, m in enumerate(reading.mentions) if m.label == "Position" and m.form == "name" and i in reading.of_mention]

    def facts(self) -> Iterator[OfficeFact]:
        """Yield what titles say, in text order; the classes of the ends are not yet checked."""
        held = [(index, mention, *one) for index, mention in self._titles() for one in self._held(mention)]
        serving = self._serving(held)
        held = [(index, m, holders, wholes or self._of_possessor(m, serving)) for index, m, holders, wholes in held]
        held = self._sharing(held)
        homes = self.homes.wholes(*self._vacant(held))
        each = ((i, m, h, wholes, homes.get((m.start, h.entity))) for i, m, holders, wholes in held for h in holders)
        at_home = ((i, m, (h,), wholes or ([home] if home else [])) for i, m, h, wholes, home in each)
        facts = [fact for index, mention, holders, wholes in self._sharing(at_home) for fact in self._of_title(index, mention, holders, wholes)]
        for relation, holder, whole, _, _ in facts:
            if relation.name != "holdsPosition" and self.reading.label(whole.entity) == "Country":
                self.countries.setdefault(holder.entity, set()).add(whole.entity)
        yield from facts
        yield from self._counterparts(facts)

    def _held(self, title: TokenMention) -> list[tuple[tuple[Argument, ...], list[Argument]]]:
        """Return who holds an office, of what: apart where a list of holders stands beside a list of as many countries or bodies."""
        listed = self._listed_holders(title)
        if len(listed) < 2:
            holders = self._holders(title)
            return [(holders, self._up_to(title, holders, self._wholes(title)))] if holders else []
        own = [self._of_name(self.reading.mentions[h.mention]) for h in listed]
        if any(own):
            return [((holder,), whole) for holder, whole in zip(listed, own, strict=True)]
        first = self.reading.mentions[listed[0].mention].start
        wholes = self._listed_wholes(title, first if first > title.end else self.reading.doc[title.root].right_edge.i + 1)
        if len(wholes) == len(listed):
            self.rosters |= {h.entity for h in listed}
            return [((holder,), [whole]) for holder, whole in zip(listed, wholes, strict=True)]
        return [(tuple(listed), wholes if len(wholes) == 1 else [])]

    def _up_to(self, title: TokenMention, holders: Sequence[Argument], wholes: list[Argument]) -> list[Argument]:
        """Leave out what stands behind the comma behind a holder, where the office stands before: "the Mayor of Bam, Lind, and the head of the Navy"."""
        holder = self.reading.mentions[holders[0].mention]
        if holder.start < title.end:
            return wholes
        comma = next((t.i for t in self.reading.doc[holder.end : holder.end + 1] if t.text == ","), len(self.reading.doc))
        return [w for w in wholes if self.reading.mentions[w.mention].start < comma]

    def _listed_holders(self, title: TokenMention) -> list[Argument]:
        """Return the people listed beside an office in the plural: "the ministers of Ghana and Togo, Ama Boateng and Kofi Lare"."""
        doc = self.reading.doc
        if doc[title.end - 1].tag_ not in ("NNS", "NNPS"):
            return []
        behind = self._people_at(listed(doc, title.end, [(m.start, m.end) for _, m in self.people]))
        before = renamed_together(doc[title.root]) if doc[title.root].dep_ == "appos" else []
        return behind or [a for name in before for a in self._persons(self.arguments.of_head(name))]

    def _sharing(self, held: Iterable[Held]) -> list[Held]:
        """Give an office the country of the one before it that "and" joins to it: "Togo's President Kofi Lare and Defence Minister Ama Boateng"."""
        out: list[Held] = []
        for index, title, holders, wholes in held:
            before = [h for h in out if len(h[2]) == 1 and self._follows_in_list(title, h[2][0])]
            country = self._shared_country(title, before[-1]) if before and not wholes and len(holders) == 1 else None
            known = self.reading.country_of.get(holders[0].entity) if country is not None else None
            out.append((index, title, holders, [country] if country is not None and known in (None, country.entity) else wholes))
        return out

    def _follows_in_list(self, title: TokenMention, holder: Argument) -> bool:
        """Tell whether an office begins behind "and" or a comma behind a name."""
        start = self.reading.mentions[holder.mention].end
        between = self.reading.doc[start : title.start]
        return 0 < len(between) <= len((",", "and")) and all(t.text in (",", "and") for t in between)

    def _shared_country(self, title: TokenMention, before: Held) -> Argument | None:
        """Return the country that stands before the first of two offices and goes for both, which are not of one kind."""
        doc, first = self.reading.doc, before[1]
        country = before[3][0] if len(before[3]) == 1 and self.reading.label(before[3][0].entity) == "Country" else None
        if country is None or not self.homes.is_of_state(title) or not self.homes.is_of_state(first):
            return None
        words, others = ({t.lower_ for t in doc[m.start : m.end]} for m in (title, first))
        owned = doc[first.start - 1].tag_ == "POS"
        lesser = "minister" in words and "prime" not in words
        alike = doc[title.end - 1].lower_ == doc[first.end - 1].lower_ and not words & _SOLE
        stands_before = self.reading.mentions[country.mention].end <= first.start
        return country if words != others and stands_before and (owned or lesser or alike) else None

    def _people_at(self, ranges: Iterable[tuple[int, int]]) -> list[Argument]:
        at = {(m.start, m.end): i for i, m in self.people}
        return [Argument(self.reading.of_mention[at[r]][0], at[r]) for r in ranges]

    def _listed_wholes(self, title: TokenMention, end: int) -> list[Argument]:
        """Return the countries and bodies that a list names before an office in the plural, as its possessor, or behind it up to the holders."""
        doc = self.reading.doc
        head = doc[title.end - 1]
        before = self.arguments.before(head, title.start) or list(self.arguments.of_phrases(t for t in possessors(head) if t.i < title.start))
        within = [
            (i, m)
            for i, m in enumerate(self.reading.mentions)
            if m.form == "name" and title.end <= m.start and m.end <= end and i in self.reading.of_mention and self.arguments.covering.get(m.start) == i
        ]
        found = before or [Argument(self.reading.of_mention[i][0], i) for i, _ in within]
        return [a for a in found if self.catalogue.admits(("Country", "Organization"), self.reading.label(a.entity))]

    def _serving(self, held: Iterable[Held]) -> dict[str, set[str]]:
        """Return what each person serves by a title."""
        out: dict[str, set[str]] = {}
        for index, person in self.people:
            owners = self._bodies(self.arguments.of_phrases(possessors(self.reading.doc[person.root])))
            if len(owners) == 1 and self.reading.label(owners[0].entity) == "Country":  # "Mexico's Claudia Sheinbaum"
                out.setdefault(self.reading.of_mention[index][0], set()).add(owners[0].entity)
        for _, _, holders, wholes in held:
            for holder in holders:
                out.setdefault(holder.entity, set()).update(w.entity for w in wholes)
        return out

    def _of_possessor(self, title: TokenMention, serving: dict[str, set[str]]) -> list[Argument]:
        """Return what those serve whose deputy, minister or spokesman an office is: "Babic is ill; her deputy, Ivan Horvat, …"."""
        owners = self.arguments.of_phrases(self._owners(title))
        found = {whole: owner for owner in self._persons(owners) for whole in sorted(serving.get(owner.entity, ()))}
        return [Argument(whole, self._mention_of(whole, owner), 1) for whole, owner in found.items()] if len(found) == 1 else []

    def _mention_of(self, entity: str, beside: Argument) -> int:
        """Return the named mention of an entity that stands nearest to another's."""
        at = self.reading.mentions[beside.mention].start
        mentions = self.reading.entity(entity).mentions
        named = [i for i in mentions if self.reading.mentions[i].form == "name"] or list(mentions)
        return min(named, key=lambda i: (abs(self.reading.mentions[i].start - at), i))

    def _owners(self, title: TokenMention) -> list[Token]:
        """Return the possessors of an office, also where the parse hangs a pronoun elsewhere: "his foreign minister"."""
        doc = self.reading.doc
        before = doc[title.start - 1] if title.start else None
        return [t for t in possessors(doc[title.root]) if t.i < title.start] or ([before] if before is not None and before.tag_ == "PRP$" else [])

    def _vacant(self, held: Sequence[Held]) -> tuple[list[Vacant], list[tuple[TokenMention, str, str]]]:
        """Return the offices without a country or body, each with one holder, and those with one."""
        serving = self._serving(held)
        for holder, country in self._peers_of_countries():
            serving.setdefault(holder, set()).add(country)
        open_ = [(m, holders) for _, m, holders, wholes in held if not wholes and not self._is_partisan(m) and not self._owners(m)]
        vacant = [Vacant(m, h) for m, holders in open_ for h in holders if not serving[h.entity]]
        return vacant, [(m, h.entity, w.entity) for _, m, holders, wholes in held for h in holders for w in wholes]

    def _peers_of_countries(self) -> list[tuple[str, str]]:
        """Return who is called a counterpart from a country: "Ana Lind met her Tajik counterpart, Rahmon" tells his."""
        out = []
        for noun in (t for t in self._counterpart_nouns() if len(self._countries_of(t)) == 1):
            out += [(holder.entity, self._countries_of(noun)[0].entity) for holder in self._peers(noun)]
        return out

    def _counterpart_nouns(self) -> list[Token]:
        opposite = [t for t in spelled(self.reading.doc, ("number", "numbers")) if t.i and t.nbor(-1).lower_ == "opposite"]
        peers = spelled(self.reading.doc, [form for lemma in sorted(_PEERS) for form in (lemma, f"{lemma}s")])
        return [t for t in sorted((*peers, *opposite), key=lambda t: t.i) if t.i not in self.arguments.covering]

    def _counterparts(self, facts: Sequence[OfficeFact]) -> Iterator[OfficeFact]:
        """Yield what counterparts serve: "his Tajik counterpart, Rahmon" leads Tajikistan if "he" leads a country, else serves it."""
        leads = self.catalogue.relations["leads"]
        leaders = {h.entity for relation, h, whole, _, _ in facts if relation is leads and self.reading.label(whole.entity) == "Country"}
        officials = {h.entity for _, h, whole, _, _ in facts if self.reading.label(whole.entity) == "Country"}
        for noun in self._counterpart_nouns():
            holders, wholes = self._peers(noun), self._countries_of(noun)
            peers = {a.entity for a in self.arguments.of_phrases([*possessors(noun), *subjects(clause_of(noun))])} - {h.entity for h in holders}
            if len(wholes) > 1 and len(wholes) != len(holders):
                continue
            relation = leads if peers & leaders and not peers & (officials - leaders) else self.catalogue.relations["officialOf"]
            self.rosters |= {h.entity for h in holders if wholes}
            for number, holder in enumerate(holders):
                if wholes:
                    whole = wholes[number if len(wholes) > 1 else 0]
                    yield relation, holder, whole, noun, ()

    def _peers(self, noun: Token) -> list[Argument]:
        """Return who counterparts are: named behind the noun, else said of it; never whose counterparts they are."""
        ranges = listed(self.reading.doc, noun.i + 1, [(m.start, m.end) for _, m in self.people]) if noun.tag_ == "NNS" else []
        owners = {a.entity for a in self.arguments.of_phrases(possessors(noun))}
        found = self._people_at(ranges) or list(self._following(noun)) or self._persons(self.arguments.denoted(noun))
        return [a for a in found if a.entity not in owners]

    def _following(self, noun: Token) -> Iterator[Argument]:
        """Yield the person named right behind a noun, or behind a comma, whatever the parse makes of it: "his counterpart, Anna Vogel"."""
        doc = self.reading.doc
        start = noun.i + 1 + (noun.i + 1 < len(doc) and doc[noun.i + 1].text == ",")
        yield from (Argument(self.reading.of_mention[i][0], i) for i, m in self.people if m.start == start)

    def _countries_of(self, noun: Token) -> list[Argument]:
        around = [*self.arguments.before(noun, noun.i), *self.arguments.of_phrases(modifiers(noun, "from"))]
        return [a for a in around if self.reading.label(a.entity) == "Country"]

    def _is_partisan(self, title: TokenMention) -> bool:
        """Recognise who leads only a part of a country: "Venezuela's opposition leader"."""
        return any(t.lower_ in PARTISAN for t in self.reading.doc[max(0, title.start - 1) : title.end])

    def _titles(self) -> Iterator[tuple[int, TokenMention]]:
        """Yield the mentions of offices that are held, in text order."""
        for index, mention in enumerate(self.reading.mentions):
            if mention.label != "Position" or mention.form != "name" or index not in self.reading.of_mention:
                continue
            if mention.text(self.reading.doc) == "Min" or self._is_of_another(mention):
                continue  # a part of names: Min Aung Hlaing
            if not self._is_former(mention) and mention.text(self.reading.doc).rstrip(".").lower() not in _HONORIFICS:
                yield index, mention

    def _is_of_another(self, title: TokenMention) -> bool:
        """Tell whether an office is only that whom another serves: "the Special Representative of the Secretary-General"."""
        of = title.start - 2
        named = any(m.start == title.end for _, m in self.people)
        if of < 1 or named or [t.lower_ for t in self.reading.doc[of : of + 2]] not in (["of", "the"], ["to", "the"]):
            return False
        return any(m.label == "Position" and m.end == of for m in self.reading.mentions)

    def is_unfit(self, *mentions: int) -> bool:
        """Tell whether a title that stands beside one of some mentions is a former one, or that of an opponent within the country."""
        near = [m for m in self.reading.mentions if m.label == "Position" and any(abs(m.start - self.reading.mentions[i].start) <= 8 for i in mentions)]
        return any(self._is_former(m) or self._is_partisan(m) for m in near)

    def is_lesser(self, person: int) -> bool:
        """Tell whether the only office that stands beside a person, ranks aside, is a deputy's: who holds it commands nothing."""
        at = self.reading.mentions[person]
        near = [m for m in self.reading.mentions if m.label == "Position" and m.start <= at.end + 8 and at.start <= m.end + 8 and not self._is_rank(m)]
        return bool(near) and all(any(t.lower_ in _LESSER for t in self.reading.doc[m.start : m.end]) for m in near)

    def _is_rank(self, title: TokenMention) -> bool:
        """Tell whether a title is written as a rank right before a name: "Col. Ana Lind"."""
        doc = self.reading.doc
        follows = {m.start for _, m in self.people}
        return not any(t.lower_ in _LESSER for t in doc[title.start : title.end]) and bool({title.end, title.end + 1} & follows)

    def _of_title(self, index: int, mention: TokenMention, holders: tuple[Argument, ...], wholes: list[Argument]) -> Iterator[OfficeFact]:
        head = self.reading.doc[mention.root]
        doc_head = self.reading.doc[mention.end - 1].lemma_.lower()
        headed = [w for w in wholes if not (self._is_partisan(mention) and self.reading.label(w.entity) == "Country")]
        words = [t.lower_ for t in self.reading.doc[mention.start : mention.end]]
        filled = self._is_filled(mention, words)
        heads = any(frame.lemmas and relation.name == "leads" and _is_office(head, words, frame) for relation, frame in self.catalogue.of_offices)
        for relation, frame in self.catalogue.of_offices:
            if not frame.lemmas:
                office = Argument(self.reading.of_mention[index][0], index)
                of_what = self._governed(mention)[:1] or wholes[:1]
                theme = tuple(self.reading.doc[self.reading.mentions[w.mention].root] for w in of_what if len(self.reading.of_mention[w.mention]) == 1)
                yield from ((relation, holder, office, head, theme) for holder in holders)
            elif filled and _is_office(head, words, frame):
                for whole in suitable(self.reading, self.catalogue, headed, frame):
                    if self.reading.label(whole.entity) == "Country" and doc_head in _MANAGERS | PRIVATE:
                        yield from self._of_nationality(mention, holders, whole, head)
                        continue  # "its Kenya director": whom a firm has there
                    if relation.name == "memberOf" and heads:
                        continue  # who leads a party is told to lead it
                    named = self._relation(relation, mention, whole)
                    yield from ((named, holder, whole, head, ()) for holder in holders)

    def _of_nationality(self, title: TokenMention, holders: tuple[Argument, ...], country: Argument, head: Token) -> Iterator[OfficeFact]:
        """Yield whose citizens people are who are called by where they come from and what no country has: "the Georgian director Nino Lind"."""
        adjective = self.reading.mentions[country.mention]
        beside = adjective.end == title.start and self.reading.doc[adjective.end - 1].tag_ == "JJ"
        named = (h for h in holders if self.reading.mentions[h.mention].start == title.end)
        yield from ((self.catalogue.relations["citizenOf"], holder, country, head, ()) for holder in named if beside)

    def _is_filled(self, title: TokenMention, words: Sequence[str]) -> bool:
        """Tell whether no word says that an office is yet to be taken up: "president-elect", "prime minister designate"."""
        behind = (t.lower_ for t in self.reading.doc[title.end : title.end + 2] if t.ent_type_ != "Person")
        return not any(part in _NOT_YET for w in (*words, *behind) for part in w.split("-"))

    def _relation(self, relation: Relation, title: TokenMention, whole: Argument) -> Relation:
        """Correct what an office says by what it is of: a minister leads a ministry; a chief of staff or director leads no country, but serves it."""
        if self._is_minister_of(title, whole):
            return self.catalogue.relations["leads"]
        before = self.arguments.covering.get(title.start - 1)
        local = before is not None and before != whole.mention and self.reading.mentions[before].label in ("City", "Region", "Country", "Place")
        if relation.name == "leads" and local and self.reading.doc[title.end - 1].lemma_.lower() in _MANAGERS:
            return self.catalogue.relations["employedBy"]  # "Amnesty's Riga director"
        if relation.name == "commands" and self.reading.label(whole.entity) in ("ArmedGroup", "Alliance", "Organization") and self._is_commander(title):
            relation = self.catalogue.relations["leads"]  # an armed group, or the force of an alliance
        if self._is_one_of_many(title, whole) and relation.name in ("leads", "commands"):
            return self.catalogue.relations["memberOf"]
        if relation.name in ("leads", "commands") and (self._is_of_part(title, whole) or self._is_of_owned(title, whole)):
            label = self.reading.label(whole.entity)
            serves = "employedBy" if label in ("Company", "MediaOrganization") else "memberOf" if label in ("ArmedGroup", "PoliticalParty") else "officialOf"
            return self.catalogue.relations[serves]
        words = {t.lemma_.lower() for t in self.reading.doc[title.start : title.end + 2]}
        heads = words & _HEADS_OF_STATE or words >= {"head", "state"} or words >= {"head", "government"}
        least = relation.name == "leads" and self.reading.label(whole.entity) == "Country" and not heads
        return self.catalogue.relations["officialOf"] if least else relation

    def _is_commander(self, title: TokenMention) -> bool:
        return self.reading.doc[title.end - 1].lemma_.lower().startswith("command")

    def _is_one_of_many(self, title: TokenMention, whole: Argument) -> bool:
        """Tell whether a party or armed group has several of an office: "a regional commander of the Northern Front"."""
        articles = {t.lower_ for t in self.reading.doc[max(0, title.start - 2) : title.start]}
        return bool(articles & {"a", "an"}) and self.reading.label(whole.entity) in ("ArmedGroup", "PoliticalParty")

    def _is_of_owned(self, title: TokenMention, whole: Argument) -> bool:
        """Tell whether an office is of something that a body only owns: "head of Hamas's finance unit" does not lead Hamas."""
        owner = self.reading.doc[self.reading.mentions[whole.mention].root]
        return owner.dep_ == "nmod:poss" and title.end <= owner.i < owner.head.i and owner.head.lemma_.lower() not in ("government", "leadership")

    def _is_of_part(self, title: TokenMention, whole: Argument) -> bool:
        """Tell whether an office heads a part of a body only: "finance director", "chief of staff"; not "managing director", "army chief"."""
        words = [t.lower_ for t in self.reading.doc[title.start : title.end]]
        named = {w.strip(".'’s") for w in self.reading.entity(whole.entity).name.lower().split()} | {
            a.lower() for a in self.reading.entity(whole.entity).aliases
        }
        wholly = _WHOLLY_OF_FIRMS if self.reading.label(whole.entity) == "Company" else _WHOLLY | _WHOLLY_OF_FIRMS
        rest = {w for w in words[:-1] if w not in wholly and w not in named and w.isalpha()}
        before = self.arguments.covering.get(title.start)
        if self.reading.doc[title.end - 1].tag_ == "NNS" and words[-1] in ("directors", "managers"):
            return True  # "the directors of Nordlys, Ana Lind and Tor Bakke": none alone heads it
        if len(words) > 2 and words[-2] == "of" and words[-1] in _PARTS_HEADED:
            return self.reading.label(whole.entity) != "MilitaryForce" or words[-1] != "staff"  # "chief of staff of the army" may command it
        return words[-1] in _OF_PARTS and bool(rest) and (before is None or self.reading.mentions[before].label == "Position")

    def _is_minister_of(self, title: TokenMention, whole: Argument) -> bool:
        """Tell whether an office is that of the minister of a ministry, who leads it."""
        words = {t.lower_ for t in self.reading.doc[title.start : title.end]}
        named = self.reading.entity(whole.entity).name.lower().split()
        heads = "minister" in words and not words & (_LESSER | {"state"})
        return heads and bool(MINISTRIES & set(named)) and self.reading.label(whole.entity) == "GovernmentBody"

    def _is_former(self, mention: TokenMention) -> bool:
        doc = self.reading.doc
        around = [doc[i].lower_ for i in range(max(doc[mention.start].sent.start, mention.start - 3), mention.start)]
        ousted = mention.start > 0 and doc[mention.start - 1].lower_ in _OUSTED and doc[mention.start - 1].dep_ == "amod"
        over = ousted or around == ["one", "-", "time"]
        return over or any(w in _FORMER for w in around) or doc[mention.start].lower_ in _FORMER | _OUSTED

    # Who holds it

    def _holders(self, mention: TokenMention) -> tuple[Argument, ...]:
        """Return who holds an office: the name beside it, else by copula, apposition or "as"."""
        if self._is_addressed(mention):
            return ()
        if installed := self._installed_as(mention):
            return installed
        beside = self._name_beside(mention)
        if beside:
            return self._several(mention, beside)
        head = self.reading.doc[mention.root]
        people = self._persons(self.arguments.denoted(head))
        return tuple(people or self._persons(self.arguments.of_phrases(self._by_verb(mention, head))))

    def _installed_as(self, title: TokenMention) -> tuple[Argument, ...]:
        """Return who was made what a title names, and not by whom: "Lind was named premier by the king, Rui Berg"."""
        head = self.reading.doc[title.root]
        verb = head.head
        if head.dep_ not in ("xcomp", "obj") or not is_passive(verb) or verb.lemma_ not in _NAME or not verb.i < head.i or case_of(head) is not None:
            return ()
        return tuple(self._persons(self.arguments.of_phrases(o for o in objects(verb) if o.i != head.i)))

    def _several(self, title: TokenMention, holders: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Add who is listed after the first holder of a title in the plural: "Prime Ministers Kishida and Albanese"."""
        doc = self.reading.doc
        if doc[title.end - 1].tag_ not in ("NNS", "NNPS"):
            return holders
        listed = self._persons(self.arguments.of_phrases([doc[self.reading.mentions[h.mention].root] for h in holders]))
        return (*holders, *(a for a in listed if a.entity not in {h.entity for h in holders}))

    def _persons(self, found: Iterable[Argument]) -> list[Argument]:
        return [a for a in found if self.reading.label(a.entity) == "Person"]

    def _by_verb(self, title: TokenMention, head: Token) -> list[Token]:
        """Return who serves, was installed or took over as what a title names, whatever the parse calls the phrase: "sworn in as chancellor"."""
        verb = head.head
        while head.dep_ == "conj" and verb.pos_ in ("NOUN", "PROPN") and not any(c.dep_ in ("appos", "nmod:desc") for c in head.children):
            head, verb = verb, verb.head  # "as its president and chief executive"
        if case_of(head) == "as" and head.dep_ in _NAMED_AS and verb.dep_ in ("obj", "nsubj:pass", "obl", "nmod") and _installs(clause_of(verb)):
            return [verb]  # "appointed Lind as its president", hung on her
        if case_of(head) == "as" and head.dep_ in _NAMED_AS and (appointed := _appointed(verb)):
            return appointed
        before = self.reading.doc[title.start - 2] if title.start > 1 else head
        if case_of(head) == "as" and verb.pos_ != "VERB" and before.pos_ == "VERB" and before.lemma_ in _SERVE:
            return subjects(before)
        installed = head.dep_ in ("xcomp", "obj") and verb.lemma_ in _NAME and case_of(head) is None and verb.i < head.i
        if verb.pos_ != "VERB" or not (case_of(head) == "as" or installed) or any(t.lower_ in _UNFILLED for t in self._words_around(title)):
            return []
        if verb.lemma_ in _SERVE and not installed and not (verb.lemma_ == "replace" and _successors(verb)):
            return subjects(verb)
        if verb.lemma_ == "replace":
            return _successors(verb)
        return [o for o in objects(verb) if o.i != head.i] if verb.lemma_ in _INSTALL else []

    def _words_around(self, title: TokenMention) -> list[Token]:
        return list(self.reading.doc[max(0, title.start - 2) : title.end])

    def _name_beside(self, mention: TokenMention) -> tuple[Argument, ...]:
        """Take the name right after the title, else the one before it with a comma, else the one after its complement and a comma.

        Between the last two the article decides: in "Novak, minister of X, Perez" the office is Novak's, in "with Novak, the
        minister of X, Perez, said" it is that of Perez.
        """
        before = next((i for i, m in self.people if self._precedes_title(m, mention)), None)
        after = next((i for i, m in self.people if self._is_after(m, mention)), None)
        if after is None and (before is None or self._has_article(mention)):
            after = next((i for i, m in self.people if self._is_after_complement(m, mention)), None)
        found = after if after is not None else before
        if found is None:
            found = next((i for i, m in self.people if self._is_behind_complement(m, mention)), None)
        if found is None:
            found = self._holder_of_joined(mention)
        return tuple(Argument(e, found) for e in self.reading.of_mention[found]) if found is not None else ()

    def _has_article(self, mention: TokenMention) -> bool:
        return mention.start > 0 and any(t.lower_ == "the" for t in self.reading.doc[max(0, mention.start - 2) : mention.start])

    def _is_after(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "Minister Okoye", "the minister, Okoye," and either with ranks before the name: "its spokesman, Colonel Okoye"."""
        doc = self.reading.doc
        if person.start < title.end or person.start > title.end + _LONGEST_RANK:
            return False
        if doc[person.start].sent.start != doc[title.start].sent.start and doc[title.end].text in (",", ".", "and"):
            return False
        root = doc[title.root]
        if self._is_addressed(title) or (root.dep_ == "nmod" and case_of(root) == "of" and root.head.lemma_.lower() in _KIN):
            return False  # "the son of a general, Tom Lund joined the army"
        abbreviated = doc[title.end - 1].is_title and len(doc[title.end - 1]) <= _LONGEST_ABBREVIATION and doc[title.end].text == "."
        between = list(doc[title.end + abbreviated : person.start])
        if len(between) > 1 and between[0].lower_ == "and" and self._are_ranks(between[1:]):
            return doc[title.start - 1].pos_ != "DET" if title.start else True  # "Prime Minister and Foreign Minister Al Thani"; "the X and Y Z" are two
        renamed = len(between) > 0 and between[0].text == ","
        fits = self._are_ranks(between[renamed:]) or (renamed and self._is_description(between[1:]))
        return fits and (not renamed or self._is_closed(person))

    def _is_description(self, words: Sequence[Token]) -> bool:
        """Tell whether words only describe the person whose name follows: "the Danish diplomat" in "its head, the Danish diplomat Ana Lind,"."""
        before, noun = words[:-1], words[-1] if words else None
        if noun is None or noun.tag_ != "NN" or not before or before[0].lower_ != "the":
            return False
        return all(t.pos_ in ("ADJ", "NOUN") or t.i in self.arguments.covering for t in before[1:])

    def _is_addressed(self, title: TokenMention) -> bool:
        """Recognise whom a speaker addresses: "Hi, General, Tara Lind from the Herald", "Thank you, Minister"."""
        doc = self.reading.doc
        before = doc[title.start - 2] if title.start > 1 and doc[title.start - 1].text == "," else None
        return before is not None and (before.pos_ == "INTJ" or before.lower_ in ("thanks", "you"))

    def _are_ranks(self, words: Sequence[Token]) -> bool:
        """Tell whether words are nothing but offices, ranks, titles of respect, and remarks in brackets: "Brigadier General (Retd)"."""
        held = {i for m in self.reading.mentions if m.label == "Position" for i in range(m.start, m.end)}
        inside = 0
        for number, token in enumerate(words):
            inside += token.text == "("
            article = token.lower_ in ("the", "his", "her") and number + 1 < len(words) and words[number + 1].lower_.rstrip(".") in _WITH_ARTICLE
            if not (inside or article or token.i in held or token.lower_.rstrip(".") in _RESPECTFUL or (token.text == "." and number)):
                return False
            inside -= token.text == ")"
        return True

    def _is_after_complement(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "the minister of transport, Okoye,": between title and name only its complement, a comma, honorifics and ranks."""
        doc = self.reading.doc
        comma = next((i for i in range(title.end, min(title.end + _LONGEST_COMPLEMENT, len(doc))) if doc[i].text == ","), None)
        if comma is None or comma == title.end or person.start <= comma or doc[title.end].pos_ != "ADP" or not self._is_closed(person):
            return False
        complement, rest = doc[title.end : comma], doc[comma + 1 : person.start]
        if any(m.start >= title.end and m.end <= comma for _, m in self.people) or len(rest) > 4 or self._is_second_joined(list(complement)):
            return False
        respectful = self._are_ranks([t for t in rest if t.lower_ != "the"])
        named = self.arguments.covering
        return respectful and all(
            t.pos_ in _COMPLEMENT or t.i in named or t.tag_ in ("PRP$", "VBN", "NNP") or t.text in ("-", "'s", "’s", "(", ")") for t in complement
        )

    def _is_second_joined(self, complement: Sequence[Token]) -> bool:
        """Tell whether "and" joins an office with an article of its own, which the name behind is that of: "the envoy of Peru and the head of the army"."""
        starts = {m.start for _, m in self._offices}
        return any(t.lower_ == "and" and t.nbor(1).pos_ == "DET" and t.i + 2 in starts for t in complement[:-1])

    def _is_behind_complement(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "Minister of Trade of Togo Kofi Lare": between an office written as a name and a name only what the office is of, and words of respect."""
        doc = self.reading.doc
        if not doc[title.start].is_title or not title.end < person.start <= title.end + _LONGEST_COMPLEMENT or doc[title.end].lower_ not in _WHOSE:
            return False
        start = person.start
        while start > title.end and self._are_ranks([doc[start - 1]]):
            start -= 1
        return start > title.end + 1 and self._is_complement(title.end, start)

    def _is_complement(self, start: int, end: int) -> bool:
        """Tell whether words are what an office is of, written as names, and nobody's name: "of Foreign Affairs of the Republic of Togo (MFA)"."""
        doc = self.reading.doc
        words = doc[start:end]
        people = any(start <= m.start < end for _, m in self.people)
        written = all(t.text[0].isupper() or t.lower_ in _SMALL or t.text in ("(", ")", "&", "-", "'s", "’s") for t in words)
        return not people and words[0].lower_ in _WHOSE and words[-1].lower_ not in _SMALL and written

    def _holder_of_joined(self, title: TokenMention) -> int | None:
        """Return who holds the office that "and" joins to one: "Ana Lind, Minister of Trade of Togo and Chair of the Council"."""
        doc = self.reading.doc
        offices = [m for _, m in self._offices]
        before = next((m for m in offices if self._are_joined(m, title)), None)
        if before is not None:
            found = next((i for i, m in self.people if self._precedes_title(m, before)), None)
            return found if found is not None else self._holder_of_joined(before)
        after = next((m for m in offices if self._are_joined(title, m)), None)
        if after is None:
            return None
        near = next((i for i, m in self.people if self._is_after(m, after)), None)
        far = next((i for i, m in self.people if self._is_after_complement(m, after) or self._is_behind_complement(m, after)), None)
        if near is None or doc[self.reading.mentions[near].start - 1].text == ",":
            return near if near is not None else far
        wholes = self.arguments.covering.get(after.start - 2)  # "the President of Kenya and Prime Minister Lind" are two
        apart = self._has_article(title) or (wholes is not None and self.reading.mentions[wholes].label == "Country")
        return None if apart else near

    def _are_joined(self, first: TokenMention, second: TokenMention) -> bool:
        """Tell whether "and" joins two offices, without an article for the second, what the first is of between them."""
        doc = self.reading.doc
        end = second.start - 1
        if not first.end <= end <= first.end + _LONGEST_COMPLEMENT or doc[end].lower_ != "and":
            return False
        return first.end == end or self._is_complement(first.end, end)

    def _is_closed(self, person: TokenMention) -> bool:
        """Tell whether nothing goes on after a name that would make it part of a list."""
        doc = self.reading.doc
        after = doc[person.end] if person.end < len(doc) else None
        return (
            after is None
            or after.text in (",", ".", ")", "–", "—", ";", ":")
            or after.pos_ in ("VERB", "AUX", "ADP", "ADV", "CCONJ")
            or after.is_space
            or doc[person.root].dep_ in ("appos", "flat", "nmod:desc")
        )

    def _precedes_title(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "Okoye, the Ghanaian minister"."""
        doc = self.reading.doc
        if self._signs_above(person, title):
            return True
        end = person.end
        while end < title.start and doc[end].is_upper and len(doc[end]) > 1 and doc[end].is_alpha:
            end += 1  # "Ana Lind MP, the minister"
        between = doc[end : title.start] if end < title.start else None
        if between is None or len(between) > 6 or between[0].text not in (",", "(") or not self._only_modifiers(between[1:]):
            return False
        head = doc[title.root]
        if head.dep_ == "nmod:desc" and head.head.i >= title.end and head.head.i != person.root:
            return False  # "At the invitation of Premier Lund, Prime Minister of Togo Ama Boateng will visit"
        return head.dep_ not in ("nsubj", "obj", "nsubj:pass") or head.head.i == person.root or head in doc[person.root].ancestors

    def _signs_above(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise a name on a line of its own with an office, and nothing but what that is of, on the next: how releases and letters are signed."""
        doc = self.reading.doc
        if person.end != title.start - 1 or "\n" not in doc[person.end].text or (person.start and "\n" not in doc[person.start - 1].text):
            return False
        end = next((t.i for t in doc[title.end :] if t.is_space and "\n" in t.text), len(doc))
        return end == title.end or (end - title.end <= _LONGEST_COMPLEMENT and self._is_complement(title.end, end))

    def _only_modifiers(self, tokens: Iterable[Token]) -> bool:
        return all((t.pos_ in _BESIDE and t.tag_ not in ("WP", "WDT", "WRB")) or t.text in ("'s", "’s", "-") for t in tokens)

    # Of what

    def _wholes(self, mention: TokenMention) -> list[Argument]:
        """Return the country or body of an office: before it, after it with of, for, to, at, or as possessor."""
        doc = self.reading.doc
        head = doc[mention.root]
        found = self._without_origins(mention, self.arguments.before(head, mention.start))
        if not found and mention.start >= 2 and doc[mention.start - 1].tag_ == "POS":
            cover = self.arguments.covering.get(mention.start - 2)
            found = [Argument(e, cover) for e in self.reading.of_mention[cover]] if cover is not None else []
        fielded = doc[mention.end - 1].lower_ in _FIELDED
        after = [
            t
            for case in ("of", "for", "at", "with")
            for t in (*modifiers(head, case), *modifiers(doc[mention.end - 1], case))
            if t.i >= mention.end and (case != "for" or (not fielded and self._is_body(t))) and (case != "at" or t.lower_ not in _HELD_THERE)
        ]
        after += [t for t in possessors(head) if t.i < mention.start] or self._possessor_before(mention)
        named = self._after_name(mention) or self._of_name(mention)
        found = found + [a for a in named if a.entity not in {f.entity for f in found}]
        found = found + [a for a in self._with_listed(mention, self.arguments.of_phrases(after)) if a.entity not in {f.entity for f in found}]
        coordinated = [] if any(t.lower_ in _WHOSE for t in doc[mention.start : mention.end]) else self._of_coordinated(head)
        return self._bodies(found) or self._right_behind(mention) or self._within(mention) or coordinated or self._installers(head) or self._signed_for(mention)

    def _governed(self, title: TokenMention) -> list[Argument]:
        """Return the town or region of which somebody is governor or mayor: "the mayor of Oslo", "Lagos State Governor Ada Obi"."""
        head = self.reading.doc[title.root]
        if self.reading.doc[title.end - 1].lemma_.lower() not in _LOCAL:
            return []
        behind = [*modifiers(head, "of"), *modifiers(self.reading.doc[title.end - 1], "of"), *(t for t in possessors(head) if t.i < title.start)]
        found = [*self.arguments.before(head, title.start), *self.arguments.of_phrases(behind), *self._after_name(title)]
        return [a for a in found if self.reading.label(a.entity) in ("City", "Region", "Place")]

    def _without_origins(self, title: TokenMention, found: list[Argument]) -> list[Argument]:
        """Leave out where a leader is from whom a body has, or of what people, and where an envoy is sent: "the battalion's Algerian leader",
        "Bosnian Serb leader", "Kenya's UN ambassador".
        """
        doc = self.reading.doc
        mentions = [self.reading.mentions[a.mention] for a in found]
        if doc[title.end - 1].lemma_.lower() in _SENT and len(found) > 1 and mentions[-1].end == title.start:
            joined = any(t.lower_ in ("and", "&", "/", ",") for t in doc[mentions[-2].end : mentions[-1].start])
            return found if joined else found[:-1]
        if doc[title.end - 1].lemma_.lower() not in ("leader", "commander", "chief"):
            return found
        peoples = len(mentions) > 1 and all(a.end == b.start for a, b in pairwise(mentions)) and mentions[-1].end == title.start
        from_there = {m.start for m in mentions if m.label == "Country" and doc[m.end - 1].tag_ == "JJ" and m.start and doc[m.start - 1].tag_ == "POS"}
        return [a for a, m in zip(found, mentions, strict=True) if m.start not in from_there and not (peoples and m.label == "Country")]

    def _right_behind(self, title: TokenMention) -> list[Argument]:
        """Return what "of" names right behind an office written as a name, wherever the parse hangs it: "Ambassador of Portugal to Ghana"."""
        doc = self.reading.doc
        if title.end + 1 >= len(doc) or doc[title.end].lower_ != "of" or not doc[title.start].is_title:
            return []
        cover = self.arguments.covering.get(title.end + 1 + (doc[title.end + 1].lower_ == "the"))
        return self._bodies(Argument(e, cover) for e in self.reading.of_mention.get(cover, ())) if cover is not None else []

    def _possessor_before(self, title: TokenMention) -> list[Token]:
        """Return the possessor that the parse gives to the name behind an office: "Guatemala, whose President Alejandro Ruiz"."""
        before = self.reading.doc[title.start - 1] if title.start else None
        named = before is not None and before.dep_ == "nmod:poss" and any(before.head.i == m.root for _, m in self.people)
        return possessors(before.head) if before is not None and named else []

    def _signed_for(self, title: TokenMention) -> list[Argument]:
        """Return the body behind a comma after an office, where no clause goes on: "Lim Soo-jin, vice spokesperson, Ministry of Unification, Seoul"."""
        doc = self.reading.doc
        if title.end >= len(doc) or doc[title.end].text != ",":
            return []
        start = title.end + 1 + (title.end + 1 < len(doc) and doc[title.end + 1].lower_ == "the")
        cover = self.arguments.covering.get(start)
        line = list(doc[title.start : min(title.end + _LONGEST_LINE, doc[title.start].sent.end)])
        if cover is None or self.reading.mentions[cover].start != start:
            return []
        if not self._is_bare_title(title) and any(t.pos_ in ("VERB", "AUX") or t.text in ('"', "“") for t in line):
            return []
        return self._bodies(Argument(e, cover) for e in self.reading.of_mention[cover])

    def _is_bare_title(self, title: TokenMention) -> bool:
        """Recognise an office without an article right behind a name and a comma: "Rui Andrade, commander, Northern Command"."""
        comma = self.reading.doc[title.start - 1] if title.start else None
        return comma is not None and comma.text == "," and any(m.end == comma.i for _, m in self.people)

    def _bodies(self, found: Iterable[Argument]) -> list[Argument]:
        """Keep countries and bodies, but not those that only lead or back what an office is of: "head of the U.N.-backed government"."""
        whole = (a for a in found if self.catalogue.admits(("Country", "Organization"), self.reading.label(a.entity)))
        return [a for a in whole if not self.arguments.is_in_participle(self.reading.mentions[a.mention].end)]

    def _of_coordinated(self, head: Token) -> list[Argument]:
        """Return what the role coordinated with an office is of, which the parse gives to it alone: "chairman and founder of Unity Bank"."""
        return self._bodies(self.arguments.of_phrases(m for c in head.children if c.dep_ == "conj" and c.pos_ == "NOUN" for m in modifiers(c, "of")))

    def _installers(self, head: Token) -> list[Argument]:
        """Return the body or country that installs somebody in an office of its own: "Unity Bank named Amina Bello (as) chief executive"."""
        verb = clause_of(head)
        as_office = case_of(head) == "as" or any(m.end == head.left_edge.i for _, m in self.people) or head.dep_ == "flat"
        if verb.lemma_ not in _INSTALL or verb.pos_ != "VERB" or verb.i > head.i or not as_office:
            return []
        return [a for a in self.arguments.of_phrases(subjects(verb)) if self.reading.label(a.entity) in (*_EMPLOYERS, "Country")]  # parliaments elect others

    def _with_listed(self, title: TokenMention, found: tuple[Argument, ...]) -> list[Argument]:
        """Add what is listed beside a whole by "and", however the parse hangs it: "commander of X and Y"."""
        doc, out = self.reading.doc, list(found)
        for argument in found:
            whole = self.reading.mentions[argument.mention]
            start = whole.start - (doc[whole.start - 1].lower_ == "the")
            after = whole.end + 1 + (whole.end + 1 < len(doc) and doc[whole.end + 1].lower_ == "the")
            listed = [
                (i, m)
                for i, m in enumerate(self.reading.mentions)
                if m.form == "name" and self.catalogue.admits(("Organization",), m.label) and i in self.reading.of_mention and m.start > title.end
                and ((m.end == start - 1 and doc[m.end].lower_ == "and") or (m.start == after and doc[whole.end].lower_ == "and"))
            ]  # fmt: skip
            out += [Argument(e, i) for i, _ in listed for e in self.reading.of_mention[i] if e not in {a.entity for a in out}]
        return out

    def _within(self, mention: TokenMention) -> list[Argument]:
        """Return the body that the title itself begins or ends with: "Foreign Office minister", "Speaker of the National Assembly"."""
        inside = [
            (i, m)
            for i, m in enumerate(self.reading.mentions)
            if mention.start <= m.start and m.end <= mention.end and m.end - m.start < mention.end - mention.start and m.form == "name"
        ]
        field = "for" in {t.lower_ for t in self.reading.doc[mention.start : mention.end]}  # "Minister of State for International Cooperation"
        at_end = (m for _, m in inside if m.end == mention.end and m.label != "Organization" and not field)
        edges = {m.start for m in at_end} | {mention.start}
        at_edge = [(i, m) for i, m in inside if m.start in edges and i in self.reading.of_mention]
        return [Argument(e, i) for i, m in at_edge if self.catalogue.admits(("Organization",), m.label) for e in self.reading.of_mention[i]]

    def _is_body(self, head: Token) -> bool:
        return any(self.catalogue.admits(("Organization",), self.reading.label(a.entity)) for a in self.arguments.of_head(head))

    def _after_name(self, mention: TokenMention) -> list[Argument]:
        """Return the country or body that "of" adds to the name after a title: "King Abdullah of Jordan"."""
        name = next((m for _, m in self.people if m.start == mention.end), None)
        return self._of_name(name) if name is not None else []

    def _of_name(self, name: TokenMention) -> list[Argument]:
        """Return the country or body that "of" adds to a name."""
        doc = self.reading.doc
        if name.end + 1 >= len(doc) or doc[name.end].lower_ != "of":
            return []
        start = name.end + (2 if doc[name.end + 1].lower_ == "the" else 1)
        cover = self.arguments.covering.get(start)
        return [Argument(e, cover) for e in self.reading.of_mention[cover]] if cover is not None else []


def _installs(verb: Token) -> bool:
    """Tell whether a verb puts somebody into an office: "appointed her as", "replaced him with her as"."""
    return verb.lemma_ in _INSTALL or (verb.lemma_ == "replace" and bool(_successors(verb)))


def put_into_office(title: Token) -> Token | None:
    """Return the verb by which somebody serves, or is installed, as what a title names: "will serve as minister", "failed to appoint her as judge"."""
    title = first_of_list(title)
    verb = clause_of(title)
    installs = verb.pos_ == "VERB" and verb.i < title.i and (verb.lemma_ in _SERVE or _installs(verb))
    behind = title.dep_ == "flat" and title.pos_ == "NOUN" and title.head.dep_ in ("obj", "nsubj:pass") and verb.lemma_ in _NAME  # "will name Lind minister"
    return verb if installs and (case_of(title) == "as" or behind or (title.dep_ == "xcomp" and title.head == verb)) else None


def _appointed(noun: Token) -> list[Token]:
    """Return who is put into office, where a noun says so, by it or by the name: "the appointment of Lind as", "Lind's election as"."""
    if noun.head.lemma_.lower() in _APPOINTMENT and noun.dep_ in ("nmod", "nmod:poss"):
        noun, named = noun.head, [noun]
    else:
        named = [*modifiers(noun, "of"), *possessors(noun)]
    if noun.lemma_.lower() not in _APPOINTMENT or noun.tag_ != "NN":
        return []
    open_ = clause_of(noun).lemma_ in _WISHED or case_of(noun) in ("for", "against")
    return [] if open_ else named


def _successors(verb: Token) -> list[Token]:
    """Return who comes in the place of somebody: "replaced Lind with Andrade"."""
    return [*obliques(verb, "with"), *(m for o in objects(verb) for m in modifiers(o, "with"))]


_HELD_THERE = frozenset("congress conference convention meeting summit ceremony rally session assembly event".split())
"""Where somebody is made what they are: "re-elected chairwoman at a congress in Oslo"."""


def suitable(reading: Reading, catalogue: Catalogue, wholes: Iterable[Argument], frame: Frame) -> list[Argument]:
    """Keep the objects of the classes that a frame asks for; a party or a firm is no public body."""
    if frame.when == "plain":
        return [w for w in wholes if reading.label(w.entity) in frame.among]
    kept = [w for w in wholes if not frame.among or catalogue.admits(frame.among, reading.label(w.entity))]
    private = ("PoliticalParty", "Company", "MediaOrganization") if frame.when == "public" else ()
    return [w for w in kept if reading.label(w.entity) not in private]


def _is_office(head: Token, words: Sequence[str], frame: Frame) -> bool:
    """Tell whether an office, given by its head word and its lower-cased words, is one that a frame names."""
    of = next((n for n, word in enumerate(words) if n and word in ("of", "to")), len(words))
    words = words if frame.label else words[:of]  # "Special Representative of the Secretary-General"
    heads = (head.lemma_.lower(), "".join(words[-3:]), "-".join(words[-2:]), *(words if frame.label else words[-1:]))
    if frame.lemmas.isdisjoint(heads) or (frame.label is None and not _LESSER.isdisjoint(words)):
        return False
    return frame.when in UNCONDITIONAL or CONDITIONS[frame.when](head)
