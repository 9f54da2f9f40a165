"""What the trained relation head says, beside the frames: facts that it finds, and facts of frames that it does not believe.

The head scores ordered pairs of mentions of one sentence for every relation. A pair over the relation's threshold is a candidate
of its own; a fact of a frame whose pair it gives next to no probability is refused. Thresholds are tuned on held-out texts and
stand in `thresholds.toml`.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Token

from graphbuild.catalogue import Catalogue, Relation
from graphbuild.entities import Reading
from graphbuild.mentions import TokenMention
from graphbuild.records import Status
from graphbuild.relations.arguments import Argument, are_of_others
from graphbuild.speech import ALLEGE, SAY
from graphbuild.syntax import case_of, is_excluded

_THRESHOLDS = Path(__file__).parent / "thresholds.toml"
DEFAULT = "default"
_BEING = frozenset("be become remain name appoint elect make serve".split())
_RANKS = frozenset(
    "general gen admiral adm colonel col captain capt major maj lieutenant lt sergeant sgt corporal cpl commander cmdr brigadier commodore officer"
    " marshal specialist spc private pvt airman seaman ensign".split()
)
"""Last words of ranks and their abbreviations, which stand between a service and a name."""
_TAKING_PART = frozenset("obj iobj obl nsubj nsubj:pass obl:agent".split())
"""How those hang on a verb who do something, or to whom it is done."""
_HOLDERS = frozenset(
    "minister president premier ambassador envoy chancellor secretary leader ruler king queen prince emir sultan official diplomat spokesman spokeswoman"
    " spokesperson counterpart negotiator lawmaker general commander".split()
)
"""Nouns for those who hold offices."""

_STUDYING = frozenset(
    "study student educate education graduate graduation degree doctorate doctoral phd ph.d. ph.d diploma bachelor master alumnus alumna attend enrol"
    " enroll school schooling learn qualify train thesis dissertation ba ma b.a. m.a. undergraduate postgraduate read".split()
)
"""Words of sentences that tell where somebody studied."""
_OF_ONE = frozenset(("officialOf", "leads", "employedBy"))
"""Relations in which a person hardly stands to several countries at once."""
_TOLD = ("advcl", "ccomp", "xcomp", "acl")
"""Labels of clauses that a verb of saying or accusing tells."""
_DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest upstream downstream".split())


@dataclass(frozen=True, slots=True)
class Vote:
    """The head's belief that a relation holds between two mentions, and its guess at the status."""

    relation: str
    subject: Argument
    object: Argument
    probability: float
    status: Status
    certainty: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Per relation: least probability of a fact of the model alone, and the one below which a frame's fact is refused."""

    accept: dict[str, float]
    refuse: dict[str, float]

    def accepts(self, vote: Vote) -> bool:
        """Tell whether the model's word alone is enough."""
        return vote.probability >= self.accept.get(vote.relation, self.accept[DEFAULT])

    def refuses(self, relation: str, probability: float) -> bool:
        """Tell whether a frame's fact is too improbable."""
        return probability < self.refuse.get(relation, self.refuse[DEFAULT])


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """Load the shipped thresholds."""
    tables = tomllib.loads(_THRESHOLDS.read_text(encoding="utf-8"))
    return Thresholds(tables["accept"], tables["refuse"])


def has_votes(doc: Doc) -> bool:
    """Tell whether the pipeline that made a Doc has a relation head."""
    return Doc.has_extension("relations") and bool(doc._.relations)


def votes(reading: Reading, catalogue: Catalogue) -> Iterator[Vote]:
    """Yield the votes that the catalogue's classes admit, best first; a pair of entities in a relation once, by its best pair of mentions."""
    at = {(m.start, m.end): i for i, m in enumerate(reading.mentions) if i in reading.of_mention}
    best: dict[tuple[str, str, str], Vote] = {}
    for subject, object_, name, probability, status, certainty in reading.doc._.relations:
        if subject not in at or object_ not in at or name not in catalogue.relations:
            continue
        relation = catalogue.relations[name]
        if are_of_others(reading, at[subject], at[object_]) or _is_of_others(reading, name, at[subject], at[object_]):
            continue
        if (name == "citizenOf" and _is_of_office(reading, catalogue, at[object_])) or _is_of_all(reading, name, at[object_]):
            continue
        for one, other in _admitted(reading, catalogue, relation, at[subject], at[object_]):
            if name == "locatedIn" and _lies_elsewhere(reading, one, other):
                continue
            ends = sorted((one, other)) if relation.symmetric else (one, other)
            key = name, ends[0], ends[1]
            if key not in best or best[key].probability < probability:
                best[key] = Vote(name, Argument(one, at[subject]), Argument(other, at[object_]), float(probability), status, float(certainty))
    yield from sorted(best.values(), key=lambda v: (-v.probability, v.relation, v.subject.mention, v.object.mention))


def _admitted(reading: Reading, catalogue: Catalogue, relation: Relation, subject: int, object_: int) -> Iterator[tuple[str, str]]:
    """Yield the pairs of entities of two mentions that a relation admits."""
    for one in reading.of_mention[subject]:
        if catalogue.admits(relation.subject, reading.label(one)):
            for other in reading.of_mention[object_]:
                if one != other and catalogue.admits(relation.object, reading.label(other)):
                    yield one, other


def _lies_elsewhere(reading: Reading, place: str, outer: str) -> bool:
    """Tell whether a place is known to lie in another country than the one named, or than the other place."""
    home = reading.country_of.get(place)
    if home is None:
        return False
    return home != outer if reading.label(outer) == "Country" else reading.country_of.get(outer, home) != home


def _is_of_all(reading: Reading, relation: str, object_: int) -> bool:
    """Recognise an official of all who say "we" in a joint statement, which nobody is."""
    return relation in _OF_ONE and reading.mentions[object_].form == "pronoun" and len(reading.of_mention[object_]) > 1


def _is_of_others(reading: Reading, relation: str, subject: int, object_: int) -> bool:
    """Tell whether a title, a regime, or where somebody is of, shows that two mentions are of somebody's service or home, or of somebody else's country."""
    one, other = reading.mentions[subject], reading.mentions[object_]
    if relation in ("commands", "leads"):
        return _is_service_of_rank(reading, one, other)
    if _names_regime(reading, one) or _names_regime(reading, other):
        return True
    if relation == "memberOf":
        return is_excluded(reading.doc[other.root]) or (one.label == "Country" and other.label == "PoliticalParty")
    if relation == "locatedIn":
        return _is_direction(reading, one) or _is_direction(reading, other) or _is_of_something_else(reading, one, other)
    if relation in ("diedIn", "bornIn"):
        return _is_home(reading, one, other)
    if relation == "educatedAt":
        return not any(t.lemma_.lower() in _STUDYING for t in reading.doc[one.root].sent)  # "she taught at Basel"
    if relation in ("citizenOf", "officialOf") and case_of(reading.doc[other.root]) == "to":
        return True  # "the Afghan ambassador to the United States"
    return relation in ("officialOf", "citizenOf") and _is_of_another(reading, one, other)


def _is_of_office(reading: Reading, catalogue: Catalogue, country: int) -> bool:
    """Tell whether a country is that of an office, which says whom somebody serves: "Ana Lind, Prime Minister of Togo", "the former Togolese president"."""
    doc, own = reading.doc, reading.mentions[country]
    before = own.start - (doc[own.start - 1].lower_ == "the") - 1
    beside = [m for m in reading.mentions if m.label == "Position" and (0 <= m.start - own.end <= 1 or (m.end == before and doc[before].lower_ == "of"))]
    serving = frozenset().union(*(f.lemmas for r, f in catalogue.of_offices if r.name in ("leads", "officialOf")))
    return any(doc[i].lemma_.lower() in serving for m in beside for i in (m.root, m.end - 1))


def _names_regime(reading: Reading, person: TokenMention) -> bool:
    """Recognise a ruler in the name of their regime, which acts in their place: "the Asad regime shelled the city"."""
    within = (m for m in reading.mentions if m.start == person.start and m.end > person.end and m.form == "name")
    return person.label == "Person" and any(m.label == "GovernmentBody" for m in within)


def _is_service_of_rank(reading: Reading, person: TokenMention, service: TokenMention) -> bool:
    """Recognise "U.S. Army General Anna Roe": she serves there, and need not command it."""
    before = [t.lower_ for t in reading.doc[max(0, service.start - 2) : service.start]]
    if before[-1:] == ["of"] or before == ["of", "the"]:
        return False  # "the Commander of the Land Forces General Musa Kaya"
    between = [t for t in reading.doc[service.end : person.start] if t.text != "."]
    return bool(between) and between[-1].lower_.rstrip(".") in _RANKS and all(t.text[0].isupper() for t in between)


def _is_of_another(reading: Reading, own: TokenMention, place: TokenMention) -> bool:
    """Recognise a country before the title of somebody else: "Ana Lind met Norwegian Foreign Minister Ola Berg", "Norway's officials met her"."""
    title = next((m for m in reading.mentions if m.label == "Position" and m.start == place.end), None)
    behind = title.end + (title.end < len(reading.doc) and reading.doc[title.end].text == ".") if title is not None else -1
    if own.end <= place.start and any(m.start == behind and m.label == "Person" and m.form == "name" for m in reading.mentions):
        return True
    head = reading.doc[place.root].head
    office = head.lemma_.lower() in _HOLDERS or any(m.label in ("Position", "Person") and m.start <= head.i < m.end for m in reading.mentions)
    modifies = reading.doc[place.root].dep_ in ("nmod:poss", "amod", "compound")
    beyond = any(t.pos_ in ("VERB", "ADP") for t in reading.doc[head.i + 1 : own.start])  # "summoned the Russian envoy over the death of Navalny"
    named = office and modifies and head.pos_ == "NOUN" and head.dep_ in _TAKING_PART and (own.end <= place.start or beyond)
    return named and head.head.lemma_ not in _BEING and not any(c.dep_ == "appos" for c in head.children) and case_of(head) != "as"


def _is_direction(reading: Reading, place: TokenMention) -> bool:
    """Recognise a place from which only the way is told: "a village in Iraq, 8 km northwest of Baquba"."""
    start = place.start - (place.start > 0 and reading.doc[place.start - 1].lower_ == "the")
    return start > 1 and reading.doc[start - 1].lower_ == "of" and reading.doc[start - 2].lower_.replace("-", "") in _DIRECTIONS


def _is_of_something_else(reading: Reading, place: TokenMention, country: TokenMention) -> bool:
    """Recognise a country that only says whose something else is: "at the museum in Baghdad, the U.S. Embassy announced"."""
    root = reading.doc[country.root]
    owned = root.head
    apart = not place.start <= owned.i < place.end and reading.doc[place.root].head.i != owned.i
    return root.dep_ in ("amod", "compound", "nmod:poss") and apart


def _is_home(reading: Reading, person: TokenMention, place: TokenMention) -> bool:
    """Recognise "Ana Lind, 44, of Oslo, died in Bergen": she is of the one place and died in the other."""
    root = reading.doc[place.root]
    return case_of(root) == "of" and person.start <= root.head.i < person.end


def believed(every: list[Vote], catalogue: Catalogue) -> dict[tuple[str, str, str], float]:
    """Return how probable the model finds each relation of two entities, counting its stronger and weaker relations too."""
    out: dict[tuple[str, str, str], float] = defaultdict(float)
    for vote in every:
        for name in (vote.relation, *catalogue.supers(vote.relation)):
            ends = [(vote.subject.entity, vote.object.entity)]
            if catalogue.relations[name].symmetric:
                ends.append((vote.object.entity, vote.subject.entity))
            for one, other in ends:
                out[name, one, other] = max(out[name, one, other], vote.probability)
    return out


def meeting_point(doc: Doc, one: int, other: int) -> Token:
    """Return the word in the tree under which two words meet: the predicate that joins them."""
    above = [doc[one], *doc[one].ancestors]
    seen = {token.i for token in above}
    for token in (doc[other], *doc[other].ancestors):
        if token.i in seen:
            return token
    return doc[one]


def told_clause(point: Token, ends: Iterable[int]) -> Token:
    """Return the predicate of the clause that a verb of saying or accusing tells, if it parts the ends: "accused Chad of arming the JEM" tells of arming."""
    if point.lemma_.lower() not in SAY | ALLEGE:
        return point
    clauses = (*_TOLD, "acl:relcl") if point.lemma_.lower() in ALLEGE else _TOLD  # "blames Mali for the raid that killed"
    for end in ends:
        node, verb = point.doc[end], None
        while node.i != point.i and node.head.i != node.i:
            verb = node if node.pos_ == "VERB" and node.dep_ in clauses else verb
            node = node.head
        if verb is not None:
            return verb
    return point


def describing_clause(point: Token, ends: tuple[int, int]) -> Token:
    """Return the predicate of the clause that describes one end by what the other does: "Lind, whom Chad is expected to name envoy"; else the point."""
    others = [end for end in ends if end != point.i]
    if len(others) != 1 or point.pos_ not in ("NOUN", "PROPN"):
        return point
    node = point.doc[others[0]]
    while node.head.i not in (point.i, node.i):
        node = node.head
    if node.dep_ != "acl:relcl" or node.head.i != point.i:
        return point
    while (within := next((c for c in node.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)) is not None:
        node = within
    return node
