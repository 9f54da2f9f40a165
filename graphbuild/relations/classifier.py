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
from graphbuild.records import Status
from graphbuild.relations.arguments import Argument
from graphbuild.speech import ALLEGE, SAY

_THRESHOLDS = Path(__file__).parent / "thresholds.toml"
DEFAULT = "default"


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
        for one, other in _admitted(reading, catalogue, relation, at[subject], at[object_]):
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
    for end in ends:
        node, verb = point.doc[end], None
        while node.i != point.i and node.head.i != node.i:
            verb = node if node.pos_ == "VERB" and node.dep_ in ("advcl", "ccomp", "xcomp", "acl") else verb
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
