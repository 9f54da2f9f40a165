"""Counts by document, and from them precision, recall and F1 with bootstrap intervals over documents."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graphbuild.evaluate.definitions import day_agrees, definitions
from graphbuild.evaluate.gold import GoldFact
from graphbuild.evaluate.matching import Judge, Judged

SAMPLES: Final = 2000
SEED: Final = 20240229
_LEVEL: Final = (2.5, 97.5)

Counts = Mapping[str, int]
"""Name of a count → number."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as names of counts: what is right, of what was found, of what is annotated."""

    name: str
    label: str
    right: str
    found: str
    wanted: str

    @property
    def is_share(self) -> bool:
        """Whether it is one share: precision and recall are the same."""
        return self.found == self.wanted


MEASURES: Final = (
    Measure("entities", "entities", "entities right", "entities found", "entities annotated"),
    Measure("class", "class of entities found", "class right", "entities right", "entities right"),
    Measure("strict", "facts, strict", "strict right", "strict found", "facts annotated"),
    Measure("named", "facts between names that were found", "named right", "named annotated", "named annotated"),
    Measure("described", "facts with a described end that were found", "described right", "described annotated", "described annotated"),
    Measure("lenient", "facts, lenient", "lenient right", "lenient found", "facts annotated"),
    Measure("status", "status of facts found", "status right", "strict right", "strict right"),
    Measure("hedged", "facts not asserted", "hedged right", "hedged found", "hedged annotated"),
    Measure("place", "place of facts found", "place right", "place found", "place annotated"),
    Measure("time", "time of facts found", "time right", "time found", "time annotated"),
)
TALLIES: Final = ("split", "merged", "leaked as asserted")
"""Counts of errors that are no part of a share."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, the shares that follow from them, and the 95 % intervals of P, R and F1 where they can be told; a share of nothing is 0.

    >>> Score(right=1, found=2, wanted=4).f1
    0.3333333333333333
    """

    right: int
    found: int
    wanted: int
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """How much of what was found is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """How much of what is annotated was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values, rounded to four digits."""
        shares = {"P": round(self.precision, 4), "R": round(self.recall, 4), "F1": round(self.f1, 4)}
        intervals = {f"{name} 95%": [round(end, 4) for end in ends] for name, ends in self.intervals.items()}
        return {**shares, **intervals, "right": self.right, "found": self.found, "annotated": self.wanted}


def fact_counts(judge: Judge, strict: Sequence[Judged], lenient: Sequence[Judged]) -> Counts:
    """Count what is right of one document's facts, and of the qualifiers of those that are."""
    out: Counter[str] = Counter({"facts annotated": len(judge.scored), "hedged annotated": sum(fact.hedged for fact in judge.scored)})
    for mode, verdicts in (("strict", strict), ("lenient", lenient)):
        right, wrong = (sum(j.verdict == verdict for j in verdicts) for verdict in ("right", "wrong"))
        out.update({f"{mode} right": right, f"{mode} found": right + wrong})
    out.update(f"{_ends(judge, fact)} annotated" for fact in judge.scored)
    for judged in strict:
        if judged.gold is not None:
            out.update(_qualifiers(judge, judged, judged.gold))
    return out


def _qualifiers(judge: Judge, judged: Judged, number: int) -> Iterator[str]:
    """Yield the counts that one fact found adds to: kind of its ends, status, place, time."""
    found, gold = judged.fact, judge.scored[number]
    yield f"{_ends(judge, gold)} right"
    right = found.status in gold.statuses
    if right:
        yield "status right"
    if found.status != "asserted" and (gold.hedged or not right):
        yield "hedged found"
    if gold.hedged:
        yield "hedged right" if found.status != "asserted" else "leaked as asserted"
    yield from _shares("place", bool(gold.places), found.place is not None, found.place is not None and judge.stands_for[found.place] in gold.places)
    yield from _shares("time", bool(gold.dates), found.day is not None, day_agrees(found.day, gold.dates))


def _ends(judge: Judge, fact: GoldFact) -> str:
    """Return the measure to which a fact belongs by its ends."""
    return "described" if judge.is_described(fact) else "named"


def _shares(name: str, wanted: bool, found: bool, right: bool) -> Iterator[str]:
    if wanted:
        yield f"{name} annotated"
    if found:
        yield f"{name} found"
    if right:
        yield f"{name} right"


def entity_counts(judge: Judge) -> Counts:
    """Count one document's entities: right, false, missed; several nodes for one (split), one node with the names of several (merged)."""
    unlisted = {None, *definitions()["unlisted"]}
    must = [name for name, entity in judge.entities.items() if name not in judge.optional_entities and entity.type not in unlisted]
    nodes = [key for key in judge.listed if judge.nodes[key].type not in definitions()["unjudged"]]
    hits = Counter(judge.stands_for[key] for key in nodes)
    right = [name for name in must if hits[name]]
    classes = {(judge.stands_for[key], judge.nodes[key].type) for key in nodes}
    shared = (sum(bool(judge.nodes[key].forms & judge.entities[name].forms) for name in must) for key in nodes)
    return {
        "entities annotated": len(must),
        "entities right": len(right),
        "entities found": len(right) + hits[None],
        "class right": sum(any(name == one and judge.entities[name].has_class(label) for one, label in classes) for name in right),
        "split": sum(hits[name] - 1 for name in right),
        "merged": sum(max(0, count - 1) for count in shared),
    }


def totals(documents: Sequence[Counts]) -> Counts:
    """Add up the counts of documents."""
    out: Counter[str] = Counter()
    for counts in documents:
        out.update(counts)
    return out


def scores(documents: Sequence[Counts]) -> dict[str, Score]:
    """Return every measure over all documents, each with its intervals."""
    whole = totals(documents)
    weights = _samples(len(documents))
    return {m.name: Score(whole[m.right], whole[m.found], whole[m.wanted], _intervals(m, documents, weights)) for m in MEASURES}


def _samples(documents: int) -> npt.NDArray[np.float64]:
    """Draw documents with replacement: how often each is in each sample."""
    return np.random.default_rng(SEED).multinomial(documents, [1 / documents] * documents, size=SAMPLES).astype(np.float64)


def _intervals(measure: Measure, documents: Sequence[Counts], weights: npt.NDArray[np.float64]) -> dict[str, tuple[float, float]]:
    """Return the percentile intervals of P, R and F1; none for one document, and none of a share that has nothing to measure."""
    names = (measure.right, measure.found, measure.wanted)
    right, found, wanted = (weights @ np.array([counts.get(name, 0) for counts in documents]) for name in names)
    shares = {"P": (right, found), "R": (right, wanted), "F1": (2 * right, found + wanted)}
    return {name: _percentiles(part, whole) for name, (part, whole) in shares.items() if len(documents) > 1 and (whole > 0).any()}


def _percentiles(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> tuple[float, float]:
    some = whole > 0
    low, high = np.percentile(part[some] / whole[some], _LEVEL)
    return float(low), float(high)
