"""How good is a build: what was found beside what people annotated, counted, and shown in its sentences.

The definitions are those of `matching` (when is a fact found), `definitions` (what counts as equal) and `measures` (what is counted).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.evaluate.definitions import Relations
from graphbuild.evaluate.gold import GoldDocument, parse_gold, read_gold
from graphbuild.evaluate.matching import FoundFact, Judge, Judged
from graphbuild.evaluate.measures import MEASURES, TALLIES, Counts, Measure, Score, entity_counts, fact_counts, scores, totals
from graphbuild.evaluate.outputs import Outputs, read_outputs

__all__ = [
    "MEASURES", "Evaluation", "GoldDocument", "Measure", "Outputs", "Result", "Score",
    "evaluate", "evaluate_build", "parse_gold", "read_gold", "read_outputs",
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    """One document: what was found beside what is annotated, strictly judged."""

    judge: Judge
    strict: tuple[Judged, ...]
    counts: Counts

    @property
    def wrong(self) -> tuple[FoundFact, ...]:
        """Facts found that are not annotated."""
        return tuple(j.fact for j in self.strict if j.verdict == "wrong")

    @property
    def missed(self) -> tuple[int, ...]:
        """Annotated facts that were not found, as indices into `judge.scored`."""
        found = {j.gold for j in self.strict}
        return tuple(number for number in range(len(self.judge.scored)) if number not in found)


@dataclass(frozen=True)
class Evaluation:
    """All documents, and the measures over them."""

    results: tuple[Result, ...]
    scores: Mapping[str, Score]
    by_relation: Mapping[str, Score]
    """Strict scores of each relation, those with the most annotated facts first; a wrong fact counts where it was said, a right one where it is annotated."""
    tallies: Mapping[str, int]
    unannotated: int = 0
    """Number of documents of the build that have no annotation, and are left out."""

    def to_json(self) -> dict[str, Any]:
        """Return the measures as JSON values."""
        return {
            "documents": len(self.results),
            **{name: one.to_json() for name, one in self.scores.items()},
            **self.tallies,
            "relations": {name: one.to_json() for name, one in self.by_relation.items()},
        }


def evaluate_build(gold: Path, build: Path, catalogue: Catalogue | None = None, *, every_relation: bool = False) -> tuple[Evaluation, Outputs]:
    """Measure a build folder against a file of annotated documents.

    Raises:
        GoldError: a line of the annotations is bad, or names a document that the build lacks.
        GraphFileError: this is no build folder, or a file in it is broken.
    """
    catalogue = catalogue or load_catalogue()
    outputs = read_outputs(build)
    documents = read_gold(gold, catalogue, outputs.texts)
    return evaluate(documents, outputs, Relations(catalogue, every_relation)), outputs


def evaluate(gold: Sequence[GoldDocument], outputs: Outputs, relations: Relations) -> Evaluation:
    """Measure what was found in documents against their annotations; both sides may be of anybody's making."""
    results = tuple(_result(Judge(one, outputs.facts_of(one.doc), outputs.nodes_of(one.doc), relations)) for one in gold)
    counts = [result.counts for result in results]
    tallied = totals(counts)
    annotated = {one.doc for one in gold}
    return Evaluation(
        results,
        scores(counts),
        _by_relation(results),
        {name: tallied[name] for name in TALLIES},
        sum(doc not in annotated for doc in outputs.texts),
    )


def _result(judge: Judge) -> Result:
    strict, lenient = judge.verdicts(strict=True), judge.verdicts(strict=False)
    return Result(judge, strict, Counter(fact_counts(judge, strict, lenient)) + Counter(entity_counts(judge)))


def _by_relation(results: Iterable[Result]) -> dict[str, Score]:
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for result in results:
        scored = result.judge.scored
        wanted.update(fact.relation for fact in scored)
        right.update(scored[j.gold].relation for j in result.strict if j.gold is not None)
        wrong.update(fact.relation for fact in result.wrong)
    names = sorted({*wanted, *wrong}, key=lambda name: (-wanted[name], name))
    return {name: Score(right[name], right[name] + wrong[name], wanted[name]) for name in names}
