"""How far two annotations of the same texts agree: on entities, on facts, on the status of the facts that both have.

The texts of `second/` were annotated again by somebody who had not seen `texts/`. The aim is an F1 of 0.85 on facts. F1 treats both alike: neither is taken
for the right one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from graphbuild.catalogue import Catalogue
from training.corpus.check import problems
from training.corpus.reader import TEXTS, CorpusError, CorpusText, Fact, MentionMark, read_text

AIM = 0.85
_SHOWN = 10
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """What both annotations have, and what only the first or only the second has."""

    both: int = 0
    first: int = 0
    second: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.both + other.both, self.first + other.first, self.second + other.second)

    def f1(self) -> float:
        """F1 of either against the other; 1 where neither has anything.

        >>> Tally(both=3, first=1, second=1).f1()
        0.75
        """
        found = 2 * self.both + self.first + self.second
        return 2 * self.both / found if found else 1.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """The facts of two annotations, strong ones only: pairs that agree, and those that stand on one side."""

    shared: tuple[tuple[Fact, Fact], ...]
    first: tuple[Fact, ...]
    second: tuple[Fact, ...]

    def tally(self) -> Tally:
        """Return the numbers."""
        return Tally(len(self.shared), len(self.first), len(self.second))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two annotations of one text, compared."""

    one: CorpusText
    other: CorpusText
    entities: Tally
    strict: Pairing
    lenient: Pairing


def read_pairs(second: Path, catalogue: Catalogue, first: Path = TEXTS) -> tuple[list[tuple[CorpusText, CorpusText]], list[str]]:
    """Read each text of `second` beside its first annotation; return the pairs, and a line for each that cannot be compared."""
    pairs: list[tuple[CorpusText, CorpusText]] = []
    wrong: list[str] = []
    for path in sorted(second.glob("*.txt")):
        try:
            pairs.append(_read_pair(first / path.name, path, catalogue))
        except FileNotFoundError:
            wrong.append(f"{path}: there is no {first / path.name}")
        except CorpusError as error:
            wrong.append(str(error))
    return pairs, wrong


def _read_pair(first: Path, second: Path, catalogue: Catalogue) -> tuple[CorpusText, CorpusText]:
    one, other = read_text(first), read_text(second)
    if one.text != other.text:
        place = next((n for n, (a, b) in enumerate(zip(one.text, other.text, strict=False)) if a != b), min(len(one.text), len(other.text)))
        raise CorpusError(f"{second}: its words are not those of {first}, from {other.text[place : place + 30]!r} on ({one.text[place : place + 30]!r})")
    for text, path in ((one, first), (other, second)):
        if line := next(problems(text, catalogue), None):
            raise CorpusError(f"{path}: not valid, mend it first: {line}")
    return one, other


def compared(one: CorpusText, other: CorpusText, catalogue: Catalogue) -> Comparison:
    """Compare two annotations of the same text."""
    same = aligned(one, other)
    agreed = sum(one.entities[a][0] == other.entities[b][0] for a, b in same.items())
    entities = Tally(agreed, len(one.entities) - agreed, len(other.entities) - agreed)
    strict, lenient = (paired(one.facts, other.facts, same, catalogue, by_family=by_family) for by_family in (False, True))
    return Comparison(one, other, entities, strict, lenient)


def aligned(one: CorpusText, other: CorpusText) -> dict[str, str]:
    """Map the ids of `one` to those of `other` that stand for the same, one to one, by overlapping mentions.

    Of all assignments, the one whose mentions overlap most: characters shared over characters covered, summed over pairs of mentions, twice that where
    the classes are equal.
    """
    rows, columns = list(one.entities), list(other.entities)
    overlap = np.zeros((len(rows), len(columns)))
    for mark in one.mentions:
        for twin in other.mentions:
            shared = _shared(mark, twin)
            for a in mark.ids if shared else ():
                for b in twin.ids:
                    overlap[rows.index(a), columns.index(b)] += shared * (1 + (one.entities[a][0] == other.entities[b][0]))
    return {rows[a]: columns[b] for a, b in zip(*linear_sum_assignment(overlap, maximize=True), strict=True) if overlap[a, b] > 0}


def _shared(one: MentionMark, other: MentionMark) -> float:
    inside = min(one.end, other.end) - max(one.start, other.start)
    return inside / (max(one.end, other.end) - min(one.start, other.start)) if inside > 0 else 0.0


def paired(first: Sequence[Fact], second: Sequence[Fact], same: dict[str, str], catalogue: Catalogue, *, by_family: bool) -> Pairing:
    """Pair facts one to one: same relation (or family of relations), same ends, same polarity.

    Pairs of two strong facts come first, then equal relations, then equal statuses. A strong fact whose partner is weak counts neither for nor against.
    """
    candidates = sorted(
        (a.weak + b.weak, a.relation != b.relation, a.status != b.status, i, j)
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if _agree(a, b, same, catalogue, by_family=by_family)
    )
    partner: dict[int, int] = {}
    for *_, i, j in candidates:
        if i not in partner and j not in partner.values():
            partner[i] = j
    taken = set(partner.values())
    shared = tuple((first[i], second[j]) for i, j in sorted(partner.items()) if not first[i].weak and not second[j].weak)
    return Pairing(
        shared,
        tuple(a for i, a in enumerate(first) if i not in partner and not a.weak),
        tuple(b for j, b in enumerate(second) if j not in taken and not b.weak),
    )


def _agree(a: Fact, b: Fact, same: dict[str, str], catalogue: Catalogue, *, by_family: bool) -> bool:
    if (a.status == "denied") != (b.status == "denied") or (a.relation != b.relation and not by_family):
        return False
    relations = [catalogue.relations[fact.relation] for fact in (a, b)]
    if len({relation.family for relation in relations}) > 1:
        return False
    ends = same.get(a.subject), a.object if relations[0].datatype else same.get(a.object)
    theirs = b.subject, b.object
    return ends == theirs or (any(relation.symmetric for relation in relations) and ends == theirs[::-1])


def report(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """Yield the report: texts, the measures, and the relations on which the two differ most, with examples."""
    facts = sum((c.strict.tally() for c in comparisons), Tally())
    yield f"{len(comparisons)} texts, {sum(len(c.one.text.split()) for c in comparisons)} words annotated twice"
    yield _line("entities", sum((c.entities for c in comparisons), Tally()))
    yield _line("facts, strict", facts) + f" (aim {AIM})"
    yield _weighed(comparisons, facts)
    yield _line("facts, by family of relations", sum((c.lenient.tally() for c in comparisons), Tally()))
    statuses = [a.status == b.status for c in comparisons for a, b in c.strict.shared]
    yield f"status of shared facts: {sum(statuses)} of {len(statuses)} equal" + (f" ({sum(statuses) / len(statuses):.3f})" if statuses else "")
    yield from _disagreements(comparisons)


def _weighed(comparisons: Sequence[Comparison], facts: Tally) -> str:
    """Tell the F1 that holds where strong against weak is a disagreement too, with the numbers of strong facts whose partner is weak."""
    first = sum(not fact.weak for c in comparisons for fact in c.one.facts)
    second = sum(not fact.weak for c in comparisons for fact in c.other.facts)
    weak = first - facts.both - facts.first, second - facts.both - facts.second
    f1 = Tally(facts.both, first - facts.both, second - facts.both).f1()
    return f"  where a weak partner is a miss: F1 {f1:.3f}, weak in second {weak[0]}, weak in first {weak[1]}"


def _line(name: str, tally: Tally) -> str:
    return f"{name}: F1 {tally.f1():.3f}, both {tally.both}, only first {tally.first}, only second {tally.second}"


def _disagreements(comparisons: Sequence[Comparison]) -> Iterator[str]:
    tallies = per_relation(comparisons)
    largest = sorted(tallies.items(), key=lambda rt: (-rt[1].first - rt[1].second, rt[0]))[:_SHOWN]
    for relation, tally in largest:
        if tally.first + tally.second:
            yield _line(f"  {relation}", tally)
            yield from _examples(relation, comparisons)


def _examples(relation: str, comparisons: Sequence[Comparison]) -> Iterator[str]:
    sides = (("first", lambda c: (c.one, c.strict.first)), ("second", lambda c: (c.other, c.strict.second)))
    for side, of in sides:
        found = [(text, fact) for text, facts in map(of, comparisons) for fact in facts if fact.relation == relation]
        for text, fact in found[:_EXAMPLES]:
            yield f"    only {side}: {text.id}: {_told(fact, text)}"


def _told(fact: Fact, text: CorpusText) -> str:
    subject, object_ = (text.entities.get(end, ("", end))[1] for end in (fact.subject, fact.object))
    return f"{subject} | {fact.relation} | {object_} | by {text.text[slice(*fact.by)]!r} | {fact.status}"


def per_relation(comparisons: Sequence[Comparison]) -> dict[str, Tally]:
    """Count shared and one-sided facts (strict) of each relation."""
    counted: Counter[tuple[str, str]] = Counter()
    for c in comparisons:
        counted.update((a.relation, "both") for a, _ in c.strict.shared)
        counted.update((fact.relation, "first") for fact in c.strict.first)
        counted.update((fact.relation, "second") for fact in c.strict.second)
    return {relation: Tally(*(counted[relation, side] for side in ("both", "first", "second"))) for relation in sorted({r for r, _ in counted})}
