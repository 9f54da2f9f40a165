"""Pairs what was found in one document with what is annotated there.

Every node stands for at most one annotated entity, the one that its names fit best; so a node that swallows several things loses all but one of
them. Every annotated fact is found at most once. A fact from a node to itself is wrong, and so is the same fact said again, unless its status,
place or day differs: that counts neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graphbuild.evaluate.definitions import Named, Relations, fit, name_form
from graphbuild.evaluate.gold import GoldDocument, GoldFact

Verdict = Literal["right", "wrong", "ignored"]
Row = Mapping[str, Any]
"""A row of facts.jsonl or of entities.jsonl."""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact of the build: keys of nodes for its ends, and the row that it came from."""

    relation: str
    subject: str
    object: str | None
    status: str
    place: str | None
    day: str | None
    row: Row

    @classmethod
    def of(cls, row: Row) -> "FoundFact":
        """Make one of a row of facts.jsonl."""
        target, place, time = row.get("object"), row.get("place"), row.get("time")
        return cls(
            row["relation"],
            node_key(row["subject"]),
            node_key(target) if target else None,
            row["status"],
            node_key(place) if place else None,
            time.get("start") if time else None,
            row,
        )

    @property
    def denied(self) -> bool:
        """Whether the fact is a denial."""
        return self.status == "denied"

    def said(self) -> tuple[str | None, ...]:
        """Return what two rows share that say the same."""
        return self.subject, self.relation, self.object, self.status, self.day, self.place


@dataclass(frozen=True, slots=True)
class Judged:
    """A found fact with its verdict, and the annotated fact that it is, as an index into the scored ones."""

    fact: FoundFact
    verdict: Verdict
    gold: int | None = None


def node_key(end: Row) -> str:
    """Return what identifies a node or a literal end of a row."""
    return end.get("id") or "value:" + name_form(str(end.get("value") or end.get("name")))


def _named(end: Row) -> Named:
    return Named.of([end.get("name") or str(end.get("value", "")), *(end.get("aliases") or ())], end.get("type"))


class Judge:
    """One annotated document beside what was found in it."""

    def __init__(self, gold: GoldDocument, facts: Iterable[Row], nodes: Iterable[Row], relations: Relations) -> None:
        listed = [(node_key(node), node) for node in nodes]
        self.gold = gold
        self.relations = relations
        self.scored = tuple(fact for fact in gold.facts if relations.counts(fact.relation))
        self.entities, self.optional_entities = _annotated(gold, self.scored)
        self._described = frozenset(entity.id for entity in gold.entities if entity.described)
        self.rows = tuple(row for row in facts if relations.counts(row["relation"]))
        self.facts = tuple(map(FoundFact.of, self.rows))
        self.listed = tuple(key for key, _ in listed)
        self.nodes = {key: _named(node) for key, node in listed}
        for end in (end for row in self.rows for end in (row["subject"], row.get("object"), row.get("place")) if end):
            self.nodes.setdefault(node_key(end), _named(end))
        self.stands_for = {key: self._entity_of(node) for key, node in self.nodes.items()}

    def is_described(self, fact: GoldFact) -> bool:
        """Tell whether an end of an annotated fact has no name."""
        return not self._described.isdisjoint((fact.subjects[0], fact.objects[0]))

    def _entity_of(self, node: Named) -> str | None:
        """Return the annotated entity that fits a node best: of equals one that must be found, of these the first."""
        ranked = ((fit(node, entity), name not in self.optional_entities, name) for name, entity in self.entities.items())
        value, _, name = max(ranked, key=lambda r: r[:2], default=(0.0, False, None))
        return name if value > 0 else None

    def same(self, found: FoundFact, gold: GoldFact, *, strict: bool) -> bool:
        """Tell whether a found fact is an annotated one: relation, polarity and both ends."""
        if found.object is None or found.subject == found.object or found.denied != (gold.status == "denied"):
            return False
        return self.relations.agree(found.relation, gold.relations, strict=strict) and self.same_ends(found, gold)

    def same_ends(self, found: FoundFact, gold: GoldFact) -> bool:
        """Tell whether both ends stand for the annotated ones, in either order where the relation is symmetric."""
        ends = self.ends(found)
        if ends[0] in gold.subjects and ends[1] in gold.objects:
            return True
        return ends[0] in gold.objects and ends[1] in gold.subjects and self.relations.symmetric(gold.relation, found.relation)

    def ends(self, found: FoundFact) -> tuple[str | None, str | None]:
        """Return the annotated entities that the ends of a found fact stand for."""
        return self.stands_for[found.subject], self.stands_for[found.object] if found.object else None

    def verdicts(self, *, strict: bool) -> tuple[Judged, ...]:
        """Judge every found fact; those whose relation is exactly right come first, so that no looser one takes their place."""
        used: set[int] = set()
        said: set[tuple[str | None, ...]] = set()
        out: list[Judged] = []
        for found in sorted(self.facts, key=lambda f: not self._exact(f)):
            judged = Judged(found, "wrong") if found.said() in said else self._judged(found, used, strict=strict)
            said.add(found.said())
            used |= {judged.gold} - {None}  # type: ignore[arg-type]  # None is taken out
            out.append(judged)
        return tuple(out)

    def _exact(self, found: FoundFact) -> bool:
        return any(found.relation == gold.relation and self.same(found, gold, strict=True) for gold in self.scored)

    def _judged(self, found: FoundFact, used: set[int], *, strict: bool) -> Judged:
        hits = [number for number, gold in enumerate(self.scored) if self.same(found, gold, strict=strict)]
        free = [number for number in hits if number not in used]
        if free:
            return Judged(found, "right", min(free, key=lambda n: (self.scored[n].relation != found.relation, self.scored[n].status != found.status)))
        spared = bool(hits) or any(self.same(found, gold, strict=strict) for gold in self.gold.optional)
        return Judged(found, "ignored" if spared else "wrong")


def _annotated(gold: GoldDocument, scored: Sequence[GoldFact]) -> tuple[dict[str, Named], frozenset[str]]:
    """Return the entities by id, literal ends of facts as entities of their own, and which of them are optional."""
    entities = {e.id: Named.of((e.name, *e.aliases), e.type, e.type_alt) for e in gold.entities}
    optional = {e.id for e in gold.entities if e.optional}
    for end in (end for fact in (*scored, *gold.optional) for end in (fact.subjects[0], fact.objects[0])):
        if end not in entities:
            entities[end] = Named.of((end,), None)
            optional.add(end)
    return entities, frozenset(optional)
