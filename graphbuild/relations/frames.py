"""Matches the catalogue's frames on the parse: every construction once, for every relation.

A trigger is a verb, noun or adjective whose lemma a frame names, or a mention of an office. Its slots are filled through
`syntax` (which undoes voice, control, relative clauses and coordination) and `arguments` (which turns phrases into entities).
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice, pairwise, permutations

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue, Frame, Relation, Slot
from graphbuild.entities import Reading
from graphbuild.language.index import spelled, words_between
from graphbuild.mentions import TokenMention
from graphbuild.relations.affiliations import Affiliations
from graphbuild.relations.arguments import PARTISAN, Argument, Arguments, are_of_others, companions
from graphbuild.relations.belongings import Belongings
from graphbuild.relations.candidates import Candidate, Refused
from graphbuild.relations.conditions import CONDITIONS, MEDIA, MONTHS, UNCONDITIONAL, object_nouns
from graphbuild.relations.deeds import Deeds, credited, is_projectile
from graphbuild.relations.offices import OVER, PRIVATE, OfficeFact, Offices, suitable
from graphbuild.relations.register import GAME_FAMILIES, GAME_RELATIONS, game_sentences, is_no_actor, unreal_sentences
from graphbuild.relations.speechacts import SpeechActs
from graphbuild.speech import Speech
from graphbuild.syntax import (
    SPELLS,
    case_of,
    clause_subjects,
    conjuncts,
    has_copula,
    has_particle,
    is_negated,
    is_passive,
    light_verb,
    modifiers,
    objects,
    obliques,
    possessors,
    recipients,
    subjects,
    surface_subjects,
)
from graphbuild.timewords import WEEKDAYS

_Path = tuple[tuple[str, str | None], ...]
_KIN = frozenset(
    "wife husband widow widower partner son daughter child brother sister sibling mother father parent grandson granddaughter nephew niece".split()
)
_RESIGN = frozenset("resign step stand bow leave quit hand tender submit announce".split())
_POSTS = frozenset("post job office position role".split())
_RANKS = frozenset("general colonel admiral major captain lieutenant brigadier marshal sergeant commodore commander".split())
_REBUT = frozenset("reject dismiss rebuff refute dispute spurn refuse decline deny".split())
_CHARGES = frozenset("charge accusation allegation claim".split())
_REQUESTS = frozenset("request appeal plea demand call invitation ultimatum".split())
_ASKED = frozenset("urge ask call press pressure tell order want demand beg request".split())
"""Verbs that say what somebody else is to do, not what they intend."""
_SIZE = {"Facility": 0, "Place": 0, "City": 1, "Region": 2, "Country": 3}
"""Which places lie in which, by class."""
_QUARTERS = frozenset("district area neighbourhood neighborhood suburb quarter".split())
_TOWNS = frozenset("city town village area region province district place site location part neighbourhood neighborhood suburb".split())
_LONGEST_IN = 3
_LONGEST_PART_OF = 6
_PARTS = frozenset("north south east west northeast northwest southeast southwest north-east north-west south-east south-west half part heart middle".split())
"""Parts of a country that a place lies in: "in the south of Chad"."""
_HELD = ("memberOf", "employedBy", "officialOf", "leads", "commands")
_GAINING = frozenset("elect re-elect reelect appoint choose nominate build create found establish free rescue release complete develop train equip".split())
"""Verbs whose object somebody's help is for, where they are passive."""
_IN_PERSON = ("met", "visited", "spokeWith", "hosted", "attended")
_RULERS = frozenset("leader ruler strongman president premier".split())
"""Nouns for one who speaks for a country, but travels and meets in person."""


_OF_SEVERAL = frozenset("trilateral tripartite quadrilateral three four three-way four-way multilateral".split())
"""Words for talks of more than two."""


class FrameMatcher:
    """Matches all frames of a catalogue on one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, speeches: tuple[Speech, ...] = ()) -> None:
        self.reading, self.catalogue, self.speeches = reading, catalogue, speeches
        self.arguments = Arguments(reading)
        self.deeds = Deeds(self.arguments, catalogue)
        self.offices = Offices(reading, catalogue, self.arguments, speeches)
        self.refused: list[Refused] = []
        self.games = game_sentences(reading.doc)
        self.unreal = unreal_sentences(reading.doc)
        self._says_other = bool(spelled(reading.doc, ("other", "another")))
        self.affiliations = Affiliations(reading, catalogue, self.arguments, self.games)
        self.speechacts = SpeechActs(reading, self.arguments, self.deeds, speeches)
        self._walked: dict[tuple[int, _Path], list[Token]] = {}
        self._ways: dict[str, Callable[[Token], tuple[Argument, ...]]] = {
            "premod": lambda noun: tuple(self.arguments.before(noun, noun.i)),
            "prefix": self.arguments.prefixed,
            "self": self.arguments.denoted,
            "named": self.arguments.named,
            "within": self.arguments.within,
            "there": self.arguments.there,
            "head": self.arguments.of_head,
            "performer": self.deeds.performers,
            "side": self.arguments.side_of,
            "owner": self.arguments.owners,
            "agent": self.deeds.agents_of,
            "backed": self.deeds.backed,
            "culprit": self.deeds.culprits_of,
            "assailant": self.deeds.assailing,
            "credited": lambda noun: self.arguments.of_phrases(credited(noun)),
        }
        """Last steps of a path that are no arc of the tree."""
        self._filled: dict[tuple[int, _Path], tuple[Argument, ...]] = {}

    def candidates(self) -> Iterator[Candidate]:
        """Yield everything that the frames match, in text order."""
        index = self.catalogue.evoked_by
        accusations: list[Candidate] = []
        requests: list[Candidate] = []
        for token in self.reading.doc:
            pos = token.pos_
            kind = "verb" if pos in ("VERB", "AUX") else "noun" if pos in ("NOUN", "PROPN") else "adjective"
            evoked = index[kind].get(token.lemma_.lower(), ())
            if not evoked or token.is_space or token.is_punct or self._inside_name(token):
                continue
            for relation, frame in evoked:
                found = list(self._match(token, relation, frame))
                accusations += [c for c in found if relation.name == "accused"]
                requests += [c for c in found if relation.name == "requested"]
                yield from found
        yield from self._rebuttals(accusations, _CHARGES)
        yield from self._rebuttals(requests, _REQUESTS)
        offices = list(self.offices.facts())
        yield from self._offices(offices)
        yield from self._resignations(offices)
        yield from self._classed()
        yield from self._located()
        for name, subject, object_, token, theme in self.speechacts.facts():
            yield from self._admitted(self.catalogue.relations[name], subject, object_, token, theme)
        for name, subject, object_, token in (*self.affiliations.facts(), *Belongings(self.reading, self.catalogue, self.arguments).facts()):
            yield from self._admitted(self.catalogue.relations[name], subject, object_, token, ())

    def _rebuttals(self, told: list[Candidate], nouns: frozenset[str]) -> Iterator[Candidate]:
        """Match those who reject "the charge", or "the request", that somebody has brought to them before: they reject who brought it."""
        for token in self.reading.doc if told else ():
            rejects = token.pos_ == "VERB" and (token.lemma_ in _REBUT or (token.lemma_ == "turn" and has_particle(token, "down")))
            if not rejects or not any(_is_told_before(o, nouns) for o in objects(token)):
                continue
            for accused in self.arguments.of_phrases(subjects(token)):
                earlier = [c for c in told if c.object is not None and c.object.entity == accused.entity and c.trigger.i < token.i]
                for candidate in earlier[-1:]:
                    yield from self._admitted(self.catalogue.relations["rejected"], accused, candidate.subject, token, ())

    def _inside_name(self, token: Token) -> bool:
        cover = self.arguments.covering.get(token.i)
        if cover is None:
            return False
        mention = self.reading.mentions[cover]
        return mention.label == "Position" or mention.label not in ("Group", "Event", "Agreement", "Work") or token.pos_ == "PROPN"

    def _match(self, token: Token, relation: Relation, frame: Frame) -> Iterator[Candidate]:
        if not self._applies(token, frame):
            return
        if (frame.label == "Position" and token.pos_ == "PROPN") or (relation.name in (*_HELD, "alliedWith") and _is_over(token)):
            return
        subject = self._in_person(relation, self._subjects(token, frame))
        if frame.by:
            subject = tuple(a for a in subject if self.catalogue.admits(frame.by, self.reading.label(a.entity)))
        if not any(self.catalogue.admits(relation.subject, self.reading.label(a.entity)) and not self._is_fired(a) for a in subject):
            subject = self._stood_for(token, frame) or subject
        if not subject and not (relation.symmetric and frame.members):
            return
        if relation.datatype:
            yield from (
                Candidate(relation, one, None, token, token, _construction(token))
                for one in subject
                if self.catalogue.admits(relation.subject, self.reading.label(one.entity))
            )
            return
        object_ = self._in_person(relation, self._objects(token, relation, frame))
        if not object_ and not frame.members and not self._is_mutual(token, frame):
            return
        told = (t for slot in frame.theme for t in self._tokens(token, slot))
        theme = tuple(islice((t for t in told if t.dep_ != "advcl" or t.i > token.i), 1))  # "Speaking in Oslo, she accused": not of speaking
        yield from self._pairs(relation, frame, token, subject, object_, theme)

    def _subjects(self, token: Token, frame: Frame) -> tuple[Argument, ...]:
        """Fill the subject of a frame; an office in the plural only with who is named: "the foreign ministers of Chad and Mali" are nobody yet."""
        found = self.arguments.acting(self._fill(token, frame.subject, frame.noun))
        nameless = frame.label == "Position" and token.tag_ in ("NNS", "NNPS")
        return tuple(a for a in found if self._has_name(a)) if nameless else found

    def _in_person(self, relation: Relation, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Leave out countries that only say whose one man or woman is, of what nobody does but in person: "the Kenyan leader visited Rome"."""
        return tuple(a for a in found if not self._is_of_ruler(a)) if relation.name in _IN_PERSON else found

    def _is_of_ruler(self, argument: Argument) -> bool:
        country = self.reading.doc[self.reading.mentions[argument.mention].root]
        return country.dep_ in ("amod", "compound", "nmod:poss") and country.head.tag_ == "NN" and country.head.lemma_.lower() in _RULERS

    def _has_name(self, argument: Argument) -> bool:
        return any(self.reading.mentions[i].form == "name" for i in self.reading.entity(argument.entity).mentions)

    def _objects(self, token: Token, relation: Relation, frame: Frame) -> tuple[Argument, ...]:
        """Fill the object of a frame: an armed group for its fighters; no country for who leads only a part of it: "the Kenyan protest leader"."""
        found = self._fill(token, frame.object, frame.noun, relation.object)
        if relation.name in _HELD and any(c.lower_ in PARTISAN for c in token.children if c.dep_ in ("compound", "amod")):
            found = tuple(a for a in found if self.reading.label(a.entity) != "Country")
        if relation.name == "officialOf" and token.lemma_.lower() in PRIVATE:
            found = tuple(a for a in found if self.reading.label(a.entity) != "Country")  # "the Finnish economist"
        owners = [c.i for c in token.children if c.dep_ == "nmod:poss" and c.i < token.i] if relation.name in _HELD else []
        if owners:  # "the battalion's Algerian leader" leads no country
            starts = {a.entity: self.reading.mentions[a.mention].start for a in found}
            found = tuple(a for a in found if self.reading.label(a.entity) != "Country" or starts[a.entity] <= max(owners))
        places = [self.reading.mentions[a.mention] for a in found if relation.name in _HELD and self.reading.label(a.entity) == "Country"]
        if len(places) > 1 and all(a.end == b.start for a, b in pairwise(places)):
            return ()  # "the Bosnian Serb leader" is of a people
        return self.arguments.enlisted(found) if self.catalogue.admits(relation.object, "ArmedGroup") else found

    def _applies(self, token: Token, frame: Frame) -> bool:
        if frame.particle and not has_particle(token, frame.particle):
            return False
        if frame.noun and not any(o.lemma_.lower() in frame.noun for o in object_nouns(token)):
            return False
        if frame.requires and not any(self._tokens(token, slot) for slot in frame.requires):
            return False
        return frame.when in UNCONDITIONAL or CONDITIONS[frame.when](token)

    def _pairs(
        self, relation: Relation, frame: Frame, token: Token, subject: tuple[Argument, ...], object_: tuple[Argument, ...], theme: tuple[Token, ...]
    ) -> Iterator[Candidate]:
        if self._is_mutual(token, frame) or (frame.members and not relation.symmetric):
            pairs = list((combinations if relation.symmetric else permutations)({a.entity: a for a in (*subject, *object_)}.values(), 2))
        elif relation.symmetric and frame.members and not object_:
            if relation.name in ("met", "spokeWith") and _has_partner(token):
                return
            members = [m for slot in frame.members if len(m := self._slot(token, slot)) > 1]
            together = members[0] if members else ()
            pairs = [(a, b) for n, a in enumerate(together) for b in together[n + 1 :]]
        else:
            own = {s.entity for s in subject} if len(subject) > 1 and not relation.symmetric else set()
            together = (*subject, *object_) if relation.symmetric and len(object_) > 1 and _is_of_several(token) else ()
            joint = [(a, b) for n, a in enumerate(together) for b in together[n + 1 :]]
            headed = relation.name in ("leads", "commands", "officialOf") and token.tag_ == "NNS" and 1 < len(subject) == len(object_)
            joint = joint or (list(zip(subject, object_, strict=True)) if headed else [])  # "Lind and Andrade, the leaders of Norway and Peru"
            pairs = joint or [(s, o) for s in subject for o in object_ if o.entity not in own or self._is_reciprocal(o)]
        for one, other in pairs:
            if one.entity != other.entity and suitable(self.reading, self.catalogue, [other], frame):
                yield from (replace(c, status=frame.status) for c in self._admitted(relation, one, other, token, theme))

    def _is_mutual(self, token: Token, frame: Frame) -> bool:
        """Tell whether those who act do it to one another: "accused each other"."""
        if not self._says_other:
            return False
        whom = (t for slot in frame.object for t in (objects(token) if slot.path[0][0] == "perpetrator" else self._tokens(token, slot)))
        return any(t.lower_ in ("each", "one", "other", "another") and _says_each_other(t) for t in whom)

    def _is_reciprocal(self, argument: Argument) -> bool:
        """Tell whether a pronoun says that several do something to one another; otherwise "the three reaffirmed their support" is none of theirs."""
        mention = self.reading.mentions[argument.mention]
        return mention.text(self.reading.doc).lower() in ("each other", "one another")

    def _admitted(self, relation: Relation, subject: Argument, object_: Argument, token: Token, theme: tuple[Token, ...]) -> Iterator[Candidate]:
        labels = self.reading.label(subject.entity), self.reading.label(object_.entity)
        if relation.name == "attacked" and labels[1] == "Country" and self._is_of(subject, object_):
            return  # "the Nigerian army conducted raids in Nigeria"
        if are_of_others(self.reading, subject.mention, object_.mention):
            return
        if self.plays(token, relation) or self.lacks_actor(relation, subject):
            self.refused.append(Refused(relation.name, subject, object_, token, "register"))
        elif self.catalogue.admits(relation.subject, labels[0]) and self.catalogue.admits(relation.object, labels[1]):
            yield Candidate(relation, subject, object_, token, light_verb(token) or token, _construction(token), theme)
        else:
            self.refused.append(Refused(relation.name, subject, object_, token))

    def _is_fired(self, argument: Argument) -> bool:
        """Tell whether what acts is only a weapon that somebody has fired: "the missile"."""
        root = self.reading.doc[self.reading.mentions[argument.mention].root]
        return root.pos_ in ("NOUN", "NUM") and self.reading.label(argument.entity) in ("Vehicle", "Weapon", "Group") and is_projectile(root)

    def _is_of(self, body: Argument, country: Argument) -> bool:
        """Tell whether the name of a body says which country it is of: "the Nigerian army"."""
        named = self.reading.mentions[body.mention]
        within = (i for i, m in enumerate(self.reading.mentions) if named.start <= m.start and m.end <= named.end and i != body.mention)
        return any(country.entity in self.reading.of_mention.get(i, ()) for i in within)

    def plays(self, token: Token, relation: Relation) -> bool:
        """Tell whether a relation would only be that of a game or of a work, by the register of its sentence."""
        if not self.unreal and not self.games:
            return False
        sentence = token.sent.start
        if sentence in self.unreal and relation.shape == "event":
            return True
        return sentence in self.games and (relation.family in GAME_FAMILIES or relation.name in GAME_RELATIONS)

    def lacks_actor(self, relation: Relation, subject: Argument) -> bool:
        """Tell whether what acts is an animal or a storm, or whoever may do so: "any insurgents who flee"."""
        mention = self.reading.mentions[subject.mention]
        words = self.reading.doc[mention.start : mention.end]
        return relation.shape == "event" and (is_no_actor(words, mention.label) or words[0].lower_ == "any")

    def _fill(self, token: Token, slots: tuple[Slot, ...], nouns: Collection[str] = (), classes: Sequence[str] = ()) -> tuple[Argument, ...]:
        """Fill a role: the first slot that holds an entity wins; where only a place can fill it, the first that holds one.

        A path through the object starts from those nouns that the frame asks for.
        """
        through = [o for o in object_nouns(token) if o.lemma_.lower() in nouns] if nouns and token.pos_ == "VERB" else []
        chosen = bool(classes) and "actor" not in classes
        first: tuple[Argument, ...] = ()
        for slot in slots:
            found = self._beyond(through, slot) or self._slot(token, slot)
            if found and (not chosen or any(self.catalogue.admits(classes, self.reading.label(a.entity)) for a in found)):
                return found
            first = first or found
        return first

    def _beyond(self, nouns: list[Token], slot: Slot) -> tuple[Argument, ...]:
        """Fill "obj>appos" from the objects of a list that are meant: "leaves a widow, Ana, and a son, Paulo"."""
        if len(slot.path) != 2 or slot.path != (("obj", None), ("appos", None)):
            return ()
        return self.arguments.of_phrases(t for noun in nouns for t in _step(noun, "appos", None))

    def _stood_for(self, token: Token, frame: Frame) -> tuple[Argument, ...]:
        """Fill the subject with the actor behind a deed, or who speaks in a text: "the strike killed …", "the panel's report accused …"."""
        heads = [t for slot in frame.subject if slot.path == (("nsubj", None),) for t in self._tokens(token, slot)]
        heads += [h.head for h in heads if h.dep_ == "nmod" and h.head.pos_ == "NOUN" and h in token.ancestors]  # "a strike on Bam, which killed"
        return tuple({a.entity: a for head in heads for a in self.deeds.standing_for(head) or self.arguments.authors(head)}.values())

    def _slot(self, token: Token, slot: Slot) -> tuple[Argument, ...]:
        """Fill a slot; many frames of one trigger have the same."""
        key = token.i, slot.path
        if key not in self._filled:
            self._filled[key] = self._read_slot(token, slot)
        return self._filled[key]

    def _read_slot(self, token: Token, slot: Slot) -> tuple[Argument, ...]:
        last = slot.path[-1][0]
        if last == "perpetrator":
            return self.deeds.blamed(token)
        if last in self._ways:
            return tuple(a for t in self._walk(token, slot.path[:-1]) for a in self._ways[last](t))
        tokens = self._tokens(token, slot) or (_whose(token) if slot.path == (("nmod:poss", None),) else [])
        if last == "clause" and any(c.dep_ == "nmod:poss" and c.lower_ in ("his", "her", "its") for c in token.children):
            return self.arguments.of_phrases(tokens)[:1]  # "during his visit, Lind and Novak signed": one of them paid it
        if slot.path[-1] == ("nmod", "between") and len(tokens) == 1:
            tokens += [c for c in token.children if c.dep_ == "conj" and c.i > tokens[0].i]  # parsers hang the second of a pair on the noun
        return self._before_clause(token, tokens, self.arguments.of_phrases(tokens))

    def _before_clause(self, token: Token, tokens: list[Token], found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Leave out those behind a relative clause that describes only who stands before it: "Lind, who died in May, and Novak"."""
        if token.dep_ != "acl:relcl" or len(tokens) != 1 or tokens[0] != token.head or len(found) < 2:
            return found
        later = [c for c in conjuncts(token.head) if c.i > token.right_edge.i and "," in (c.left_edge.text, c.left_edge.nbor(-1).text)]
        behind = {t.i for c in later for t in c.subtree}
        return tuple(a for a in found if self.reading.mentions[a.mention].root not in behind)

    def _tokens(self, token: Token, slot: Slot) -> list[Token]:
        return self._walk(token, slot.path)

    def _walk(self, token: Token, path: _Path) -> list[Token]:
        """Follow a path from a token; many frames of one trigger ask for the same."""
        found = self._walked.get((token.i, path))
        if found is None:
            found = [token]
            for relation, case in path:
                found = [reached for t in found for reached in _step(t, relation, case)]
            self._walked[token.i, path] = found
        return found.copy()

    def _offices(self, facts: list[OfficeFact]) -> Iterator[Candidate]:
        """Match titles: who holds which office, and of what."""
        for relation, holder, object_, head, theme in facts:
            yield from self._admitted(relation, holder, object_, head, theme)

    def _resignations(self, facts: list[OfficeFact]) -> Iterator[Candidate]:
        """Match those who resign without saying from what: they leave the office that the text gives them."""
        relation = self.catalogue.relations["resignedFrom"]
        held = [(holder, office) for named, holder, office, _, _ in facts if named.name == "holdsPosition"]
        for token in self.reading.doc:
            if not (_resigns(token) or _is_resignation(token)):
                continue
            leaving = surface_subjects(token) if token.pos_ == "VERB" else [*possessors(token), *modifiers(token, "of")]
            for person in self.arguments.of_phrases(leaving):
                offices = [office for holder, office in held if holder.entity == person.entity]
                for office in sorted(offices, key=lambda o: (self._is_rank(o), abs(self.reading.mentions[o.mention].start - token.i)))[:1]:
                    yield from self._admitted(relation, person, office, token, ())

    def _is_rank(self, office: Argument) -> bool:
        """Tell whether a title is a rank, which nobody steps down from while they hold a post."""
        return self.reading.doc[self.reading.mentions[office.mention].root].lemma_.lower() in _RANKS

    def _located(self) -> Iterator[Candidate]:
        """Match a place and the larger one beside it: "Seoul, South Korea"; "Dukovany, in the Czech Republic"; "Syria's Idlib province"."""
        yield from self._listed_within()
        places = [(i, m) for i, m in enumerate(self.reading.mentions) if m.form == "name" and i in self.reading.of_mention and m.label in _SIZE]
        for (i, one), (j, other) in pairwise(places):
            if owned := self._is_owned(one, other):
                (i, one), (j, other) = (j, other), (i, one)
            if owned or (_SIZE[one.label] < _SIZE[other.label] and (self._is_followed(one, other) or self._is_within(one, other))):
                for subject in self.reading.of_mention[i]:
                    for object_ in self.reading.of_mention[j]:
                        if subject != object_:
                            trigger = self.reading.doc[one.root]
                            yield from self._admitted(self.catalogue.relations["locatedIn"], Argument(subject, i), Argument(object_, j), trigger, ())

    def _listed_within(self) -> Iterator[Candidate]:
        """Match those of a list that goes on with others like them in a place: "Kano, Zaria and other cities in Nigeria"."""
        for noun in self.reading.doc:
            if noun.dep_ != "conj" or noun.lemma_ not in _TOWNS or noun.tag_ != "NNS" or not any(c.lower_ == "other" for c in noun.children):
                continue
            within = [p for n in conjuncts(noun) for p in modifiers(n, "in") or modifiers(n, "of")]
            for subject in (a for t in conjuncts(noun.head) if t.i < noun.i for a in self.arguments.of_head(t)):
                for object_ in self.arguments.of_phrases(within[:1]):
                    sizes = [_SIZE.get(self.reading.label(a.entity), 9) for a in (subject, object_)]
                    if sizes[0] < sizes[1] < 9:
                        yield from self._admitted(self.catalogue.relations["locatedIn"], subject, object_, noun, ())

    def _is_followed(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether a comma joins two places, that are no list of equals and no place before a country that acts."""
        doc = self.reading.doc
        if other.start != one.end + 1 or doc[one.end].text != "," or doc[other.root].pos_ == "ADJ":
            return False  # "in Ryazan, Russian officials said"
        together = list(conjuncts(doc[other.root].head)) if doc[other.root].dep_ == "conj" else []
        several = len(together) > 3 and not any(c.dep_ == "case" for t in together[1:] for c in t.children)  # "in Sinai, Iraq, Golan and South Sudan"
        listed = several or (other.end < len(doc) and doc[other.end].lower_ in ("and", "or", "&"))
        if other.end + 1 < len(doc) and doc[other.end].tag_ == "POS" and doc[other.end + 1].lemma_ not in _TOWNS | {"capital", "largest", "second"}:
            return False  # "in Paris, France's president said"
        acts = doc[other.root].dep_ in ("nsubj", "nsubj:pass") and doc[other.root].head.pos_ in ("VERB", "AUX") and doc[one.root].dep_ in ("obl", "nmod", "obj")
        return not listed and not acts and (not one.start or doc[one.start - 1].text not in (",", "-"))

    def _is_owned(self, owner: TokenMention, owned: TokenMention) -> bool:
        """Tell whether a place is told to be another's: "Ukraine's eastern Kharkiv region"; what a country has built may lie elsewhere."""
        between = self.reading.doc[owner.end : owned.start]
        quarter = owner.label == "City" and owned.label == "Region" and any(t.lower_ in _QUARTERS for t in self.reading.doc[owned.end - 1 : owned.end + 1])
        larger = quarter or _SIZE[owner.label] > _SIZE[owned.label]
        if not between or between[0].tag_ != "POS" or not larger or (owner.label == "Country" and owned.label == "Facility"):
            return False
        return len(between) <= _LONGEST_IN and all(t.pos_ == "ADJ" and t.is_lower for t in between[1:])

    def _is_within(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether only "in" stands between two places, wherever the parse hangs the second: "from Camp Ridge in Djibouti", "in southern Portugal"."""
        if other.start - one.end > _LONGEST_PART_OF + 1 or self.reading.doc[one.root].pos_ != "PROPN":
            return False
        between = [t.lower_ for t in self.reading.doc[one.end : other.start]]
        between = between[1:] if between[:1] == [","] else between
        if len(between) > _LONGEST_IN and not ("of" in between and _PARTS.intersection(between)):
            return False
        return between[:1] == ["in"] and all(w in ("the", "of", "far") or w in _PARTS or w.endswith(("ern", "central")) for w in between[1:])

    def _classed(self) -> Iterator[Candidate]:
        """Match frames whose trigger is any mention of a class: "Seoul, South Korea"; "a report by the bank"."""
        doc = self.reading.doc
        for index, mention in enumerate(self.reading.mentions):
            if index not in self.reading.of_mention or mention.form != "name":
                continue
            for relation, frame in self.catalogue.of_classes.get(mention.label, ()):
                if (not frame.lemmas or doc[mention.root].lemma_ in frame.lemmas) and self._applies(doc[mention.root], frame):
                    yield from self._classed_facts(relation, frame, index, mention)

    def _classed_facts(self, relation: Relation, frame: Frame, index: int, mention: TokenMention) -> Iterator[Candidate]:
        head = self.reading.doc[mention.root]
        if relation.name == "officialOf" and mention.label == "Person" and self.games and head.sent.start in self.games:
            return  # "Kenya's Lawrence Kiprop was fourth"
        own = tuple(Argument(e, index) for e in self.reading.of_mention[index])
        roles = [
            own if any(step[0] == "head" for slot in slots for step in slot.path) else self._beside(mention, slots) for slots in (frame.subject, frame.object)
        ]
        acting = [a for a in roles[0] if not frame.by or self.catalogue.admits(frame.by, self.reading.label(a.entity))]
        for subject in acting:
            for object_ in roles[1]:
                if subject.entity != object_.entity and suitable(self.reading, self.catalogue, [object_], frame):
                    yield from self._admitted(relation, subject, object_, head, ())

    def _beside(self, mention: TokenMention, slots: tuple[Slot, ...]) -> tuple[Argument, ...]:
        """Fill a role from what stands around a name, not in it."""
        head = self.reading.doc[mention.root]
        for slot in slots:
            found = tuple(
                a
                for a in self._slot(head, slot)
                if self.reading.mentions[a.mention].start >= mention.end or self.reading.mentions[a.mention].end <= mention.start
            )
            if found:
                return found
        return ()


def _says_each_other(word: Token) -> bool:
    """Recognise "each other" and "one another", whichever word the parser takes for the head."""
    around = words_between(word.doc, max(word.i - 1, 0), word.i + 2).lower()
    return "each other" in around or "one another" in around


def _whose(noun: Token) -> list[Token]:
    """Return whose kin a noun names without a possessor: that of the kin before, or whom they outlive: "survived by his wife, Ana, and a daughter, Eva"."""
    if noun.lemma_ not in _KIN or any(c.dep_ == "nmod:poss" for c in noun.children):
        return []
    first = noun
    while first.dep_ == "conj":
        named = first.head.dep_ == "appos" and first.head.head.lemma_ in _KIN  # parsers hang "two daughters" on the name: "his wife Ana and two daughters"
        if not named and first.head.lemma_ not in _KIN:
            break
        first = first.head.head if named else first.head
    outlived = objects(first.head) if first.head.lemma_ == "survive" and first in subjects(first.head) else []
    return outlived or (possessors(first) if first.i != noun.i else [])


def _is_told_before(noun: Token, nouns: frozenset[str]) -> bool:
    """Recognise "the charge", "that request", "an allegation which he rejects": what has been told already, without who brought it."""
    if noun.lemma_.lower() in nouns and noun.dep_ in ("appos", "parataxis") and any(c.dep_ == "acl:relcl" for c in noun.children):
        return not possessors(noun) and not modifiers(noun, "by")
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    return noun.lemma_.lower() in nouns and pointed and not possessors(noun) and not modifiers(noun, "of") and not modifiers(noun, "by")


def _is_own_will(infinitive: Token) -> bool:
    """Tell whether whom an infinitive is said of decides it: "refused to resign", not "was urged to resign"."""
    head = infinitive.head
    if infinitive.dep_ == "ccomp":
        return True  # "demands that she resign"
    if head.lemma_ in _ASKED or infinitive.dep_ not in ("xcomp", "acl"):
        return False
    others = any(c.dep_ in ("obj", "iobj") or case_of(c) == "on" for c in head.children)
    return infinitive.dep_ != "xcomp" or not (is_passive(head) or others)


def _resigns(token: Token) -> bool:
    """Recognise "resigned", "stepped down", "left office", "handed in her resignation" without the office that is left."""
    if token.lemma_ not in _RESIGN:
        return False
    bare = token.tag_ == "VB" and not any(c.lower_ in ("will", "wo", "did", "does", "not", "n't", "is", "are", "was", "were") for c in token.children)
    if token.pos_ != "VERB" or (bare and not _is_own_will(token)):
        return False
    alone = (
        token.lemma_ == "resign"
        or (token.lemma_ in ("step", "stand") and has_particle(token, "down"))
        or (token.lemma_ == "bow" and has_particle(token, "out"))
        or (token.lemma_ == "quit" and token.tag_ != "VBG")
    )
    left = [*objects(token), *obliques(token, "in")]  # parsers take "in" of "handed in" for a preposition
    leaves = token.lemma_ in ("leave", "quit") and any(o.lemma_.lower() in ("office", "post", "job") for o in left)
    hands = token.lemma_ in ("hand", "tender", "submit", "announce") and any(o.lemma_ == "resignation" and possessors(o) for o in left)
    kept = [o for o in obliques(token, "from") if not (o.lemma_.lower() in _POSTS and possessors(o))]  # "resigned from her post" says nothing more
    return (alone and not kept and not obliques(token, "as") and not any(c.dep_ == "obj" for c in token.children)) or leaves or hands


def _is_resignation(noun: Token) -> bool:
    """Recognise "accepted the resignation of the minister", "after her resignation", without the office that is left; nothing that is only called for."""
    if noun.lemma_ != "resignation" or noun.pos_ != "NOUN" or modifiers(noun, "from") or modifiers(noun, "as"):
        return False
    if noun.dep_ in ("obl", "nmod"):
        return case_of(noun) in ("after", "following", "since", "with", "upon")
    told = noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_ in ("accept", "confirm", "welcome", "regret") and not is_negated(noun.head)
    return told or (noun.dep_ == "nsubj" and noun.head.tag_ == "VBD" and noun.head.lemma_ in ("come", "follow", "trigger", "take", "leave", "cause"))


def _is_over(noun: Token) -> bool:
    """Tell whether a noun for what somebody is says that they are it no longer: "a former member of the party", "an ex-employee"."""
    return noun.pos_ == "NOUN" and any(c.dep_ in ("amod", "compound") and c.lower_ in OVER and c.i < noun.i for c in noun.children)


def _has_partner(verb: Token) -> bool:
    """Tell whether a verb says whom its subjects meet: "Lind and Berg met with the king" does not say that they met one another."""
    beside = [o for o in objects(verb) if verb.lemma_ == "meet" and o.left_edge.i == verb.i + 1]
    return verb.pos_ == "VERB" and bool(beside or obliques(verb, "with"))


def _is_of_several(token: Token) -> bool:
    """Recognise talks at which all who are named sit together: "held trilateral talks with Lind and Berg", "a three-way meeting with Chad and Togo"."""
    talks = [token] if token.pos_ == "NOUN" else object_nouns(token)
    return any(t.lower_ in _OF_SEVERAL for noun in talks for c in noun.children if c.dep_ in ("amod", "compound") for t in c.subtree)


def _construction(token: Token) -> str:
    if token.pos_ not in ("VERB", "AUX"):
        return "light" if light_verb(token) is not None else "noun" if token.pos_ in ("NOUN", "PROPN") else "adjective"
    return {"acl:relcl": "relative", "acl": "participle", "xcomp": "control", "advcl": "adverbial", "conj": "coordinated"}.get(token.dep_, "clause")


def _step(token: Token, relation: str, case: str | None) -> list[Token]:
    """Take one step of a slot's path."""
    match relation:
        case "nsubj":
            return [*subjects(token), *companions(token)]
        case "obj":
            return objects(token)
        case "iobj":
            return recipients(token)
        case "obl" | "nmod":
            return _obliques(token, case) if relation == "obl" else _nominal(token, case)
        case "nmod:poss":
            return possessors(token)
        case "clause" | "head-subject" | "helped" | "governor" | "predicate":
            return _above(token, relation)
        case "appos":
            return [c for c in token.children if c.dep_ == "appos" and not _is_other_name(c)]
        case _:
            return [c for c in token.children if c.dep_ == relation and (case is None or case in (case_of(c), c.lower_))]


def _obliques(verb: Token, case: str | None) -> list[Token]:
    """Return prepositional arguments of a verb, or of its object, where the parser may have hung them."""
    found = [t for t in obliques(verb, case) if not _is_time(t)]
    if not found and case in ("with", "to"):
        beside = [c for c in verb.children if c.dep_ == "obl" and c.lemma_.lower() in MEDIA and c.i > verb.i]  # "spoke by phone with Lind"
        found = [m for c in beside for m in _modifiers(c, case)]
    return found or ([m for o in objects(verb) for part in _sums(o) for m in _modifiers(part, case)] if case and case != "of" else [])


def _sums(noun: Token) -> list[Token]:
    """Return the sums that are counted up together: "$2 million in military aid and $1 million in relief to Kenya"."""
    return list(conjuncts(noun)) if noun.tag_ in ("$", "CD") else [noun]


def _nominal(noun: Token, case: str | None) -> list[Token]:
    """Return prepositional arguments of a noun, or of the light verb whose object it is."""
    light = light_verb(noun)
    return _modifiers(noun, case) or (obliques(light, case) if light is not None and case != "of" else [])


def _is_time(phrase: Token) -> bool:
    """Tell a date or a time of day from a participant: "invested in Vietnam in 2022"."""
    weekday = phrase.lower_[:3] in WEEKDAYS and phrase.lower_.endswith("day")
    return phrase.pos_ == "NUM" or weekday or phrase.lower_ in MONTHS or phrase.lemma_ in SPELLS


def _modifiers(noun: Token, case: str | None) -> list[Token]:
    """Return the modifiers of a noun, or of what it is of, where parsers hang them too often: "charges of bribery against X"."""
    own = [_antecedent_of(m, noun) for m in modifiers(noun, case)]
    if own or case in (None, "of", "in", "at", "on", "between"):
        return own
    return [m for o in modifiers(noun, "of") for c in conjuncts(o) for m in modifiers(c, case)] or _next_phrase(noun, case)


def _next_phrase(noun: Token, case: str | None) -> list[Token]:
    """Return the phrase right behind an adverbial noun that parsers hang on the verb above it instead: "said so in a call to X"."""
    if case not in ("to", "with", "against") or noun.dep_ != "obl":
        return []
    return [c for c in noun.head.children if c.dep_ == "obl" and case_of(c) == case and c.left_edge.i == noun.i + 1]


def _antecedent_of(modifier: Token, noun: Token) -> Token:
    """Replace a relative pronoun below a predicate noun: "the alliance, of which it has not been a member"."""
    return noun.head if modifier.lower_ in ("which", "whom") and noun.dep_ == "acl:relcl" else modifier


def _is_other_name(apposition: Token) -> bool:
    """Tell whether an apposition stands in brackets or behind a slash, and so is another name of the same thing."""
    first = apposition.left_edge
    return any(t.text in ("(", "/", "[") for t in (first, *([first.nbor(-1)] if first.i else [])))


def _above(token: Token, relation: str) -> list[Token]:
    """Take a step upwards: to who takes part in the clause around a noun, or to what the noun modifies."""
    if relation == "clause":
        return clause_subjects(token)
    if relation == "helped":  # "was taken by X with the help of Y"
        passive = is_passive(token.head)
        return (subjects(token.head) if passive else []) or (surface_subjects(token.head) if not passive or token.head.lemma_ in _GAINING else [])
    if relation == "head-subject":
        return surface_subjects(token.head)
    if relation == "predicate":
        return [token.head] if token.dep_ in ("nsubj", "nsubj:outer") and has_copula(token.head) else []
    if token.dep_ not in ("nmod", "obl"):
        return []
    return [token.head] if token.head.pos_ in ("NOUN", "PROPN") else surface_subjects(token.head)
