"""Why a fact is wrong or was missed: what comes nearest on the other side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graphbuild.evaluate.gold import GoldFact
from graphbuild.evaluate.matching import FoundFact, Judge
from graphbuild.records import Span

Kind = Literal["missed", "wrong"]
Reason = Literal[
    "said twice", "both ends are one thing", "other relation", "ends swapped", "polarity", "subject not annotated", "object not annotated",
    "end not found", "other subject", "other object", "nothing near",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mistake:
    """A miss or a wrong fact, in words, with the reason, what is nearest, and where the text says it."""

    kind: Kind
    doc: str
    fact: str
    relation: str
    reason: Reason
    nearest: str | None
    span: Span | None
    quote: str = ""


def mistakes(judge: Judge, wrong: Sequence[FoundFact], missed: Sequence[int]) -> list[Mistake]:
    """Return what went wrong in one document, in the order of the text."""
    found = [*_misses(judge, missed), *_false(judge, wrong)]
    return sorted(found, key=lambda m: (m.span is None, m.span or Span(0, 0), m.kind, m.fact))


def _misses(judge: Judge, missed: Sequence[int]) -> Iterator[Mistake]:
    for number in missed:
        gold = judge.scored[number]
        reason, near = _why_missed(judge, gold)
        told, span = told_gold(judge, gold), Span(*gold.span) if gold.span else None
        yield Mistake("missed", judge.gold.doc, told, gold.relation, reason, told_found(near) if near else None, span)


def _false(judge: Judge, wrong: Sequence[FoundFact]) -> Iterator[Mistake]:
    for found in wrong:
        reason, near = _why_wrong(judge, found, judge.facts)
        place = next(e for e in found.row["evidence"] if e["document"] == judge.gold.doc)
        span = Span(place["start"], place["end"])
        nearest, quote = told_gold(judge, near) if near else None, place.get("quote", "")
        yield Mistake("wrong", judge.gold.doc, told_found(found), found.relation, reason, nearest, span, quote)


def _why_missed(judge: Judge, gold: GoldFact) -> tuple[Reason, FoundFact | None]:
    known = set(judge.stands_for.values())
    if not known.intersection(gold.subjects) or not known.intersection(gold.objects):
        return "end not found", None
    for found in judge.facts:
        if reason := _difference(judge, found, gold):
            return reason, found
    return "nothing near", None


def _why_wrong(judge: Judge, found: FoundFact, every: Sequence[FoundFact]) -> tuple[Reason, GoldFact | None]:
    subject, object_ = judge.ends(found)
    if found.subject == found.object:
        return "both ends are one thing", None
    if sum(one.said() == found.said() for one in every) > 1:
        return "said twice", None
    if subject is None or object_ is None:
        return "subject not annotated" if subject is None else "object not annotated", None
    for gold in (*judge.scored, *judge.gold.optional):
        if reason := _difference(judge, found, gold):
            return reason, gold
    return "nothing near", None


def _difference(judge: Judge, found: FoundFact, gold: GoldFact) -> Reason | None:
    """Tell what keeps two facts that have two things in common from being one."""
    if found.object is None:
        return None
    subject, object_ = judge.ends(found)
    same_relation = judge.relations.agree(found.relation, gold.relations, strict=True)
    if judge.same_ends(found, gold):
        return "polarity" if same_relation else "other relation"
    if subject in gold.objects and object_ in gold.subjects and same_relation:
        return "ends swapped"
    if same_relation and subject in gold.subjects:
        return "other object"
    return "other subject" if same_relation and object_ in gold.objects else None


def told_gold(judge: Judge, fact: GoldFact) -> str:
    """Write an annotated fact in words."""
    names = {entity.id: entity.name for entity in judge.gold.entities}
    return _told(names.get(fact.subjects[0], fact.subjects[0]), fact.relation, names.get(fact.objects[0], fact.objects[0]), fact.status)


def told_found(fact: FoundFact) -> str:
    """Write a found fact in words."""
    subject, target = fact.row["subject"], fact.row.get("object") or {}
    return _told(str(subject.get("name")), fact.relation, str(target.get("name") or target.get("value")), fact.status)


def _told(subject: str, relation: str, target: str, status: str) -> str:
    return f"{subject} | {relation} | {target}" + ("" if status == "asserted" else f" ({status})")
