"""Matches the catalogue's frames on the parse: every construction once, for every relation.

A trigger is a verb, noun or adjective whose lemma a frame names, or a mention of an office. Its slots are filled through
`syntax` (which undoes voice, control, relative clauses and coordination) and `arguments` (which turns phrases into entities).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue, Frame, Relation, Slot
from graphbuild.entities import Reading
from graphbuild.mentions import TokenMention
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.register import GAME_FAMILIES, GAME_RELATIONS, game_sentences
from graphbuild.speech import Speech, speech_at
from graphbuild.syntax import (
    agents,
    case_of,
    conjuncts,
    has_copula,
    has_particle,
    is_passive,
    light_verb,
    marker_of,
    modifiers,
    objects,
    obliques,
    possessors,
    subjects,
    surface_subjects,
)

_ADVERBIAL_CASES = frozenset(("after", "following", "during", "before", "in", "at", "on", "ahead of", "for", "through", "as part of"))
_TOGETHER = frozenset("together jointly closely alongside collectively".split())
_MILITARY = frozenset(
    "troop soldier force unit ship warship destroyer frigate carrier aircraft jet fighter bomber battalion brigade division regiment peacekeeper marine missile"
    " system tank drone submarine fleet squadron personnel helicopter police contingent battery artillery reinforcement navy army adviser advisor team group"
    " vessel corvette weapon radar launcher howitzer servicemember member sailor airman officer paratrooper mercenary militia fighter plane".split()
)
_GOODS = frozenset(
    "aid assistance help support relief fund funding money grant loan credit weapon arm ammunition shell rifle vehicle equipment food medicine vaccine dose supply tent"
    " training boat helicopter fuel oil gas rice wheat flour grain tonne ton shipment package expert trainer doctor engineer technology gear uniform generator blanket"
    " hospital million billion donation contribution truck ambulance instructor medic rescuer water kit material materiel armour bread mask oxygen cash subsidy bailout"
    " machinery electricity power textbook school scholarship laptop instrument laboratory clinic seed fertiliser fertilizer".split()
)
_DEEDS = frozenset(
    "action act attack provocation violation strike airstrike atrocity aggression bombing shelling assault move step launch test incursion invasion killing crime"
    " threat raid offensive behaviour behavior conduct campaign massacre murder crackdown outrage deed violence".split()
)
"""Nouns for what somebody does to others, which later sentences take up: "these actions"."""
_HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "madam", "his excellency", "her excellency", "hon", "the hon", "rev", "sheikh", "hajia", "doctor"))
"""Titles of respect, which are no offices."""
_SERVE = frozenset("serve act work remain continue".split())
_SIZE = {"Facility": 0, "Place": 0, "City": 1, "Region": 2, "Country": 3}
"""Which places lie in which, by class."""
_LESSER = frozenset("vice deputy assistant under former ex acting-deputy associate".split())
_FORMER = frozenset("former ex then-former late one-time onetime erstwhile once formerly previously".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact as the parse says it, before its qualifiers: `predicate` is the verb (or noun) that carries tense and negation."""

    relation: Relation
    subject: Argument
    object: Argument | None
    trigger: Token
    predicate: Token
    construction: str
    theme: tuple[Token, ...] = ()

    @property
    def rule(self) -> str:
        """Return what found it, as evidence names it: met.active."""
        return f"{self.relation.name}.{self.construction}"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that a frame matched but the catalogue's classes, or the register of its sentence, do not admit."""

    relation: str
    subject: Argument
    object: Argument
    trigger: Token
    stage: str = "class"


class FrameMatcher:
    """Matches all frames of a catalogue on one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, speeches: tuple[Speech, ...] = ()) -> None:
        self.reading, self.catalogue, self.speeches = reading, catalogue, speeches
        self.arguments = Arguments(reading)
        self.refused: list[Refused] = []
        self.games = game_sentences(reading.doc)

    def candidates(self) -> Iterator[Candidate]:
        """Yield everything that the frames match, in text order."""
        index = self.catalogue.evoked_by
        for token in self.reading.doc:
            if token.is_space or token.is_punct or self._inside_name(token):
                continue
            for relation, frame in index["verb" if token.pos_ in ("VERB", "AUX") else "noun" if token.pos_ in ("NOUN", "PROPN") else "adjective"].get(token.lemma_.lower(), ()):
                yield from self._match(token, relation, frame)
        yield from self._offices()
        yield from self._classed()
        yield from self._located()
        yield from self._obligations()

    def _inside_name(self, token: Token) -> bool:
        cover = self.arguments.covering.get(token.i)
        if cover is None:
            return False
        mention = self.reading.mentions[cover]
        return mention.label == "Position" or mention.label not in ("Group", "Event", "Agreement", "Work") or token.pos_ == "PROPN"

    def _match(self, token: Token, relation: Relation, frame: Frame) -> Iterator[Candidate]:
        if not self._applies(token, frame):
            return
        if frame.label == "Position" and token.pos_ == "PROPN":
            return
        subject = self._fill(token, frame.subject)
        if relation.datatype:
            yield from (Candidate(relation, one, None, token, token, _construction(token)) for one in subject if self.catalogue.admits(relation.subject, self.reading.label(one.entity)))
            return
        object_ = self._fill(token, frame.object)
        theme = tuple(t for slot in frame.theme for t in self._tokens(token, slot))[:1]
        yield from self._pairs(relation, frame, token, subject, object_, theme)

    def _applies(self, token: Token, frame: Frame) -> bool:
        if frame.particle and not has_particle(token, frame.particle):
            return False
        if frame.noun and not any(o.lemma_.lower() in frame.noun for o in _object_nouns(token)):
            return False
        if any(not self._tokens(token, slot) for slot in frame.requires):
            return False
        return frame.when in (None, "public") or _CONDITIONS[frame.when](token)

    def _pairs(self, relation: Relation, frame: Frame, token: Token, subject: tuple[Argument, ...], object_: tuple[Argument, ...], theme: tuple[Token, ...]) -> Iterator[Candidate]:
        if relation.symmetric and frame.members and not object_:
            members = [m for slot in frame.members if len(m := self._slot(token, slot)) > 1]
            together = members[0] if members else ()
            pairs = [(a, b) for n, a in enumerate(together) for b in together[n + 1 :]]
        else:
            pairs = [(s, o) for s in subject for o in object_]
        for one, other in pairs:
            if one.entity != other.entity and self._suitable([other], frame):
                yield from self._admitted(relation, one, other, token, theme)

    def _admitted(self, relation: Relation, subject: Argument, object_: Argument, token: Token, theme: tuple[Token, ...]) -> Iterator[Candidate]:
        labels = self.reading.label(subject.entity), self.reading.label(object_.entity)
        if self.plays(token, relation):
            self.refused.append(Refused(relation.name, subject, object_, token, "register"))
        elif self.catalogue.admits(relation.subject, labels[0]) and self.catalogue.admits(relation.object, labels[1]):
            yield Candidate(relation, subject, object_, token, light_verb(token) or token, _construction(token), theme)
        else:
            self.refused.append(Refused(relation.name, subject, object_, token))

    def plays(self, token: Token, relation: Relation) -> bool:
        """Tell whether a relation would only be that of a game, by the register of its sentence."""
        return token.sent.start in self.games and (relation.family in GAME_FAMILIES or relation.name in GAME_RELATIONS)

    def _fill(self, token: Token, slots: tuple[Slot, ...]) -> tuple[Argument, ...]:
        """Fill a role: the first slot that holds an entity wins."""
        return next((found for slot in slots if (found := self._slot(token, slot))), ())

    def _slot(self, token: Token, slot: Slot) -> tuple[Argument, ...]:
        last = slot.path[-1][0]
        if last == "perpetrator":
            return self._perpetrators(token)
        if last in ("premod", "agent", "self", "head"):
            return tuple(a for t in self._walk(token, slot.path[:-1]) for a in self._special(t, last))
        tokens = self._tokens(token, slot)
        if slot.path[-1] == ("nmod", "between") and len(tokens) == 1:
            tokens += [c for c in token.children if c.dep_ == "conj" and c.i > tokens[0].i]  # parsers hang the second of a pair on the noun
        return self.arguments.of_phrases(tokens)

    def _tokens(self, token: Token, slot: Slot) -> list[Token]:
        return self._walk(token, slot.path)

    def _walk(self, token: Token, path: tuple[tuple[str, str | None], ...]) -> list[Token]:
        tokens = [token]
        for relation, case in path:
            tokens = [found for t in tokens for found in _step(t, relation, case)]
        return tokens

    def _perpetrators(self, verb: Token) -> tuple[Argument, ...]:
        """Return who is meant by the object of blame: the object if it acts, else who did it, as the phrase says, else the deed."""
        out: list[Argument] = []
        for head in (c for o in objects(verb) for c in conjuncts(o)):
            direct = self.arguments.of_head(head)
            actors = [a for a in direct if self.catalogue.admits(("actor",), self.reading.label(a.entity))]
            out.extend(actors or self._doers(head) or self._doers_before(head) or direct)
        return tuple({a.entity: a for a in out}.values())

    def _doers(self, deed: Token) -> list[Argument]:
        """Return who did what a noun names: "the ISIL attack", "bombings by X", "attacks for which X has claimed responsibility"."""
        claims = [c for t in deed.subtree for c in t.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in ("claim", "commit", "perpetrate", "carry", "launch")]
        phrases = [*possessors(deed), *modifiers(deed, "by"), *agents(deed), *(s for c in claims for s in (agents(c) if is_passive(c) else subjects(c)))]
        found = list(self.arguments.of_phrases(phrases)) or self.arguments.before(deed, deed.i)
        return [a for a in found if self.catalogue.admits(("actor",), self.reading.label(a.entity))]

    def _doers_before(self, deed: Token) -> list[Argument]:
        """Return who did what "these actions", "this attack" point back to: the last deed named with its doer, at most two sentences up."""
        if deed.lemma_.lower() not in _DEEDS or not any(c.dep_ == "det" and c.lower_ in ("this", "these", "such", "the") for c in deed.children):
            return []
        first = deed.sent.start
        for _ in range(2):
            first = self.reading.doc[max(0, first - 1)].sent.start
        for token in reversed(list(self.reading.doc[first : deed.sent.start])):
            if token.lemma_.lower() in _DEEDS and token.pos_ == "NOUN" and (found := self._doers(token)):
                return found
        return []

    def _special(self, noun: Token, name: str) -> tuple[Argument, ...]:
        if name == "premod":
            return tuple(self.arguments.before(noun, noun.i))
        if name == "self":
            return self.arguments.denoted(noun)
        if name == "head":
            return self.arguments.of_head(noun)
        found = self.arguments.of_phrases([*possessors(noun), *modifiers(noun, "by"), *agents(noun)]) or tuple(self.arguments.before(noun, noun.i))
        light = light_verb(noun)
        return found or (self.arguments.of_phrases(subjects(light)) if light is not None else ())

    def _offices(self) -> Iterator[Candidate]:
        """Match the frames of offices on every mention of a Position: who holds it, of what."""
        for index, mention in enumerate(self.reading.mentions):
            if mention.label != "Position" or mention.form != "name" or index not in self.reading.of_mention:
                continue
            holders = self._holders(mention)
            if not holders or self._is_former(mention) or mention.text(self.reading.doc).rstrip(".").lower() in _HONORIFICS:
                continue
            yield from self._office_facts(index, mention, holders)

    def _office_facts(self, index: int, mention: TokenMention, holders: tuple[Argument, ...]) -> Iterator[Candidate]:
        head = self.reading.doc[mention.root]
        wholes = self._wholes(mention)
        for relation in self.catalogue.relations.values():
            for frame in relation.nouns:
                if frame.label == "Position" and not frame.lemmas:
                    office = Argument(self.reading.of_mention[index][0], index)
                    for holder in holders:
                        theme = tuple(self.reading.doc[self.reading.mentions[w.mention].root] for w in wholes[:1])
                        yield from self._admitted(relation, holder, office, head, theme)
                elif _names_office(frame) and self._is_office(mention, frame, relation):
                    for holder in holders:
                        for whole in self._suitable(wholes, frame):
                            yield from self._admitted(relation, holder, whole, head, ())

    def _suitable(self, wholes: list[Argument], frame: Frame) -> list[Argument]:
        """Keep the objects of the classes that a frame asks for; a party or a firm is no public body."""
        kept = [w for w in wholes if not frame.among or self.catalogue.admits(frame.among, self.reading.label(w.entity))]
        private = ("PoliticalParty", "Company", "MediaOrganization") if frame.when == "public" else ()
        return [w for w in kept if self.reading.label(w.entity) not in private]

    def _is_office(self, mention: TokenMention, frame: Frame, relation: Relation) -> bool:
        words = [t.lower_ for t in self.reading.doc[mention.start : mention.end]]
        if frame.label is None and any(w in _LESSER for w in words):
            return False
        if frame.when not in (None, "public") and not _CONDITIONS[frame.when](self.reading.doc[mention.root]):
            return False
        heads = {self.reading.doc[mention.root].lemma_.lower(), "".join(words[-3:]), words[-1]} | {w for w in words if frame.label}
        return bool(heads & frame.lemmas)

    def _is_former(self, mention: TokenMention) -> bool:
        doc = self.reading.doc
        around = [doc[i].lower_ for i in range(max(0, mention.start - 3), mention.start) if doc[i].sent.start == doc[mention.start].sent.start]
        return any(w in _FORMER for w in around) or doc[mention.start].lower_ in _FORMER

    def _wholes(self, mention: TokenMention) -> list[Argument]:
        """Return the country or body of an office: before it, after it with of, for, to, at, or as possessor."""
        doc = self.reading.doc
        head = doc[mention.root]
        found = self.arguments.before(head, mention.start)
        if not found and mention.start >= 2 and doc[mention.start - 1].tag_ == "POS":
            cover = self.arguments.covering.get(mention.start - 2)
            found = [Argument(e, cover) for e in self.reading.of_mention[cover]] if cover is not None else []
        after = [t for case in ("of", "for", "at", "with") for t in (*modifiers(head, case), *modifiers(doc[mention.end - 1], case)) if t.i >= mention.end and (case != "for" or self._is_body(t))]
        after += [t for t in possessors(head) if t.i < mention.start]
        after += self._after_name(mention)
        found = found + [a for a in self.arguments.of_phrases(after) if a.entity not in {f.entity for f in found}]
        return [a for a in found if self.catalogue.admits(("Country", "Organization"), self.reading.label(a.entity))]

    def _is_body(self, head: Token) -> bool:
        return any(self.catalogue.admits(("Organization",), self.reading.label(a.entity)) for a in self.arguments.of_head(head))

    def _after_name(self, mention: TokenMention) -> list[Token]:
        """Find "of Jordan" that the parse hangs on the name: "King Abdullah of Jordan"."""
        for other in self.reading.mentions:
            if other.start == mention.end and other.label == "Person" and other.form == "name":
                return [t for t in modifiers(self.reading.doc[other.root], "of") if t.left_edge.i == other.end]
        return []

    def _holders(self, mention: TokenMention) -> tuple[Argument, ...]:
        """Return who holds an office: the name after it, the name before it with a comma, by copula, or by "as"."""
        beside = self._name_beside(mention)
        if beside:
            return beside
        head = self.reading.doc[mention.root]
        people = [a for a in self.arguments.denoted(head) if self.reading.label(a.entity) == "Person"]
        if not people and case_of(head) == "as" and head.dep_ in ("obl", "nmod") and head.head.lemma_ in _SERVE:
            people = [a for a in self.arguments.of_phrases(subjects(head.head)) if self.reading.label(a.entity) == "Person"]
        return tuple(people)

    def _name_beside(self, mention: TokenMention) -> tuple[Argument, ...]:
        people = [(i, m) for i, m in enumerate(self.reading.mentions) if m.label == "Person" and m.form == "name" and i in self.reading.of_mention]
        found = next((i for i, m in people if self._follows_title(m, mention)), None)
        if found is None:
            found = next((i for i, m in people if self._precedes_title(m, mention)), None)
        return tuple(Argument(e, found) for e in self.reading.of_mention[found]) if found is not None else ()

    def _follows_title(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "Minister Okoye" and "the minister, Okoye"."""
        between = self.reading.doc[title.end : person.start] if person.start >= title.end else None
        if between is None:
            return False
        if len(between) == 0:
            return True
        doc = self.reading.doc
        closed = person.end >= len(doc) or doc[person.end].text in (",", ")", "–", "—") or doc[person.end].pos_ in ("VERB", "AUX") or doc[person.end].is_space
        return len(between) == 1 and between[0].text == "," and (closed or doc[person.root].dep_ in ("appos", "flat", "nmod:desc"))

    def _precedes_title(self, person: TokenMention, title: TokenMention) -> bool:
        """Recognise "Okoye, the Ghanaian minister"."""
        between = self.reading.doc[person.end : title.start] if person.end < title.start else None
        if between is None or len(between) > 6 or between[0].text not in (",", "(") or not self._only_modifiers(between[1:]):
            return False
        head = self.reading.doc[title.root]
        return head.dep_ not in ("nsubj", "obj", "nsubj:pass") or head.head.i == person.root

    def _only_modifiers(self, tokens: Iterable[Token]) -> bool:
        return all((t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM", "ADV") and t.tag_ not in ("WP", "WDT", "WRB")) or t.text in ("'s", "’s", "-") for t in tokens)

    def _obligations(self) -> Iterator[Candidate]:
        """Match what a speaker says that others must do: it asks them for it."""
        requested = self.catalogue.relations["requested"]
        for token in self.reading.doc:
            speech = speech_at(self.speeches, token.i) if token.lower_ == "must" and token.dep_ == "aux" else None
            if speech is None or speech.speaker is None:
                continue
            for speaker in self.arguments.of_head(self.reading.doc[speech.speaker])[:1]:
                for addressee in self.arguments.of_phrases(surface_subjects(token.head)):
                    if addressee.entity != speaker.entity and self.reading.mentions[addressee.mention].form != "pronoun":
                        yield from self._admitted(requested, speaker, addressee, token, (token.head,))

    def _located(self) -> Iterator[Candidate]:
        """Match a place and the larger one that follows it after a comma: "Seoul, South Korea"; not a list of equals."""
        places = [(i, m) for i, m in enumerate(self.reading.mentions) if m.form == "name" and i in self.reading.of_mention and m.label in _SIZE]
        doc = self.reading.doc
        for (i, one), (j, other) in zip(places, places[1:], strict=False):
            if other.start != one.end + 1 or doc[one.end].text != "," or _SIZE[one.label] >= _SIZE[other.label]:
                continue
            listed = other.end < len(doc) and doc[other.end].lower_ in ("and", "or", "&")
            if not listed and one.start and doc[one.start - 1].text not in (",", "-"):
                for subject in self.reading.of_mention[i]:
                    for object_ in self.reading.of_mention[j]:
                        if subject != object_:
                            yield from self._admitted(self.catalogue.relations["locatedIn"], Argument(subject, i), Argument(object_, j), doc[one.root], ())

    def _classed(self) -> Iterator[Candidate]:
        """Match frames whose trigger is any mention of a class: "Seoul, South Korea"; "a report by the bank"."""
        doc = self.reading.doc
        framed = [(r, f) for r in self.catalogue.relations.values() for f in r.nouns if f.label not in (None, "Position")]
        for index, mention in enumerate(self.reading.mentions):
            if index not in self.reading.of_mention or mention.form != "name":
                continue
            for relation, frame in framed:
                if frame.label == mention.label and (not frame.lemmas or doc[mention.root].lemma_ in frame.lemmas) and self._applies(doc[mention.root], frame):
                    yield from self._classed_facts(relation, frame, index, mention)

    def _classed_facts(self, relation: Relation, frame: Frame, index: int, mention: TokenMention) -> Iterator[Candidate]:
        head = self.reading.doc[mention.root]
        own = tuple(Argument(e, index) for e in self.reading.of_mention[index])
        roles = [own if any(step[0] == "head" for slot in slots for step in slot.path) else self._outside(mention, self._fill(head, slots)) for slots in (frame.subject, frame.object)]
        for subject in roles[0]:
            for object_ in roles[1]:
                if subject.entity != object_.entity and self._suitable([object_], frame):
                    yield from self._admitted(relation, subject, object_, head, ())

    def _outside(self, mention: TokenMention, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        return tuple(a for a in found if self.reading.mentions[a.mention].start >= mention.end or self.reading.mentions[a.mention].end <= mention.start)


def _names_office(frame: Frame) -> bool:
    return bool(frame.lemmas) and any(step[0] == "self" for slot in frame.subject for step in slot.path) and frame.label in (None, "Position")


def _construction(token: Token) -> str:
    if token.pos_ not in ("VERB", "AUX"):
        return "light" if light_verb(token) is not None else "noun" if token.pos_ in ("NOUN", "PROPN") else "adjective"
    return {"acl:relcl": "relative", "acl": "participle", "xcomp": "control", "advcl": "adverbial", "conj": "coordinated"}.get(token.dep_, "clause")


def _step(token: Token, relation: str, case: str | None) -> list[Token]:
    """Take one step of a slot's path."""
    match relation:
        case "nsubj":
            return subjects(token)
        case "obj":
            return objects(token)
        case "obl":
            found = obliques(token, case)
            return found or ([m for o in objects(token) for m in modifiers(o, case)] if case and case != "of" else [])
        case "nmod":
            light = light_verb(token)
            return modifiers(token, case) or (obliques(light, case) if light is not None and case != "of" else [])
        case "nmod:poss":
            return possessors(token)
        case "clause":
            return _clause_subject(token)
        case _:
            return [c for c in token.children if c.dep_ == relation and (case is None or case_of(c) == case)]


def _clause_subject(noun: Token) -> list[Token]:
    """Find who takes part in what an adverbial noun names: "X left after a meeting with Y"."""
    node = noun
    while node.dep_ in ("nmod", "conj", "nmod:unmarked") and node.head.i != node.i and case_of(node) in _ADVERBIAL_CASES | {None}:
        node = node.head
    if node.dep_ in ("obl", "obl:unmarked") and case_of(node) in _ADVERBIAL_CASES and node.head.pos_ in ("VERB", "AUX", "ADJ"):
        return subjects(node.head)
    return []


def _object_nouns(verb: Token) -> list[Token]:
    return [c for o in objects(verb) for c in (o, *(x for x in o.children if x.dep_ == "conj"))]


def _plural_subject(verb: Token) -> bool:
    return any(s.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in s.children) or s.lower_ in ("they", "we") for s in subjects(verb))


_CONDITIONS: dict[str, Callable[[Token], bool]] = {
    "together": lambda t: any(c.lower_ in _TOGETHER for c in t.children) or (any(c.lower_ == "side" for c in t.subtree) and bool(obliques(t, "by"))) or bool(obliques(t, "with") or obliques(t, "alongside")),
    "bare": lambda t: not any(c.dep_ in ("xcomp", "ccomp", "obl") and (c.dep_ != "obl" or case_of(c) in ("on", "for", "off")) for c in t.children),
    "forces": lambda t: any(n.lemma_.lower() in _MILITARY or n.ent_type_ in ("MilitaryForce", "Vehicle", "Weapon") or any(c.lemma_.lower() in _MILITARY for c in n.subtree) for o in objects(t) for n in (o,)),
    "intransitive": lambda t: not any(c.dep_ == "obj" for c in t.children) and not any(c.dep_ == "nsubj:pass" for c in t.children),
    "goods": lambda t: any(n.lemma_.lower() in _GOODS or n.lemma_.lower() in _MILITARY or n.tag_ == "$" or n.text in ("$", "€", "£", "¥") for o in objects(t) for n in o.subtree),
    "visiting": lambda t: has_copula(t) and case_of(t) in ("in", "at", "on") and any((c.dep_ in ("advcl", "acl", "xcomp") and marker_of(c) == "to") or (c.dep_ in ("obl", "nmod") and case_of(c) == "for") for part in (t, *t.lefts) for c in part.children),
    "captive": lambda t: any(c.lemma_ in ("hostage", "captive", "prisoner", "custody", "detention") for c in t.subtree),
    "guilty": lambda t: any(c.lower_ == "guilty" for c in t.children),
    "free": lambda t: any(c.lower_ == "free" for c in t.children),
    "prime": lambda t: any(c.lower_ == "prime" for c in (*t.children, *([t.nbor(-1)] if t.i else []))),
}
"""Named conditions that frames may ask for with `when`."""
