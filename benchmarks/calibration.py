"""Whether confidence means something: of the facts found with confidence 0.8, are eight of ten right?

`python -m benchmarks.quality --calibration` measures on the project's own gold and draws docs/reliability.png. "As shipped" are the confidences that a
build gives; "cross-fitted" those of the same logistic model fitted on the gold itself, each document's by the others (ten folds).
`python -m benchmarks.calibration --fit` fits the shipped weights anew, on the held-out texts of the corpus (but how often each
relation is right is counted on the others, which are many), and writes them.

Brier skill is 1 - Brier score / that of always saying the share of right facts. Calibration error is the mean difference of confidence and share of
right facts over ten bins of equally many facts. Facts that count neither for nor against are left out.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from spacy.language import Language

from benchmarks.gold import HELD_OUT, OWN, ROOT, Gold, as_gold, built, compared, held_out, own_gold
from graphbuild.graph import KnowledgeGraph
from graphbuild.language import load_model
from graphbuild.relations import scoring
from graphbuild.relations.statements import _TITLES
from training.corpus.reader import TEXTS, read_corpus
from training.sources.project import is_held_out

PICTURE = ROOT / "docs" / "reliability.png"
WEIGHTS = Path(scoring.__file__).parent / "confidence.toml"
BINS = 10
FOLDS = 10
SAMPLES = 1000
SEED = 20240301
PRIOR = 10
"""Facts of average quality that every relation is given before its own are counted."""
_STRENGTH = 1.0
"""Inverse of the ridge on the weights: weak, the counts are in the hundreds."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Facts with a verdict: of which document, what the model weighs, the confidence given, and whether it is right."""

    documents: tuple[str, ...]
    names: tuple[str, ...]
    predictors: Vector
    confidence: Vector
    right: npt.NDArray[np.bool_]


def sample(gold: Gold, nlp: Language) -> Sample:
    """Read annotated documents, and return every fact found that is right or wrong."""
    graph = built(gold[0], nlp)
    judged = [(r.judge.gold.doc, j) for r in compared(graph, gold, every=True).results for j in r.strict if j.verdict != "ignored"]
    rows = [_predictors(graph, j.fact.row["id"]) for _, j in judged]
    names = tuple(rows[0])
    return Sample(
        tuple(doc for doc, _ in judged),
        names,
        np.array([[row[name] for name in names] for row in rows]),
        np.array([j.fact.row["confidence"] for _, j in judged]),
        np.array([j.verdict == "right" for _, j in judged]),
    )


def _predictors(graph: KnowledgeGraph, claim: str) -> dict[str, float]:
    """Return what the model weighs of the best evidence of a claim."""
    evidence = max(next(c for c in graph.claims if c.id == claim).evidence, key=lambda e: e.score)
    relation, _, construction = evidence.rule.partition(".")
    return scoring.predictors(relation, construction, relation in _TITLES and construction != "model", dict(evidence.features))


def _model() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, fit_intercept=False, max_iter=1000)  # the bias is a predictor


def cross_fitted(facts: Sample) -> Vector:
    """Return for every fact the confidence of a model fitted on the other documents."""
    folds = GroupKFold(FOLDS)
    probabilities = cross_val_predict(_model(), facts.predictors, facts.right, groups=facts.documents, cv=folds, method="predict_proba")
    return np.asarray(probabilities[:, 1])


def skill(confidence: Vector, right: npt.NDArray[np.bool_]) -> float:
    """Return the Brier skill over the base rate.

    >>> skill(np.array([1.0, 0.0]), np.array([True, False])), skill(np.array([0.5, 0.5]), np.array([True, False]))
    (1.0, 0.0)
    """
    return float(1 - np.mean((confidence - right) ** 2) / np.mean((right.mean() - right) ** 2))


def bins(confidence: Vector, right: npt.NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """Return mean confidence, share of right facts and number of facts of ten bins of equally many facts, by rising confidence."""
    order = np.argsort(confidence, kind="stable")
    return [(float(confidence[part].mean()), float(right[part].mean()), len(part)) for part in np.array_split(order, BINS) if len(part)]


def calibration_error(confidence: Vector, right: npt.NDArray[np.bool_]) -> float:
    """Return the mean difference of confidence and share of right facts over the bins."""
    return sum(abs(mean - share) * count for mean, share, count in bins(confidence, right)) / len(right)


def scores(confidence: Vector, facts: Sample) -> dict[str, Any]:
    """Return all measures, skill and AUROC with 95 % intervals over documents."""
    low = {name: [round(float(v), 3) for v in np.percentile(values, (2.5, 97.5))] for name, values in _resampled(confidence, facts).items()}
    return {
        "facts": len(facts.right),
        "right": int(facts.right.sum()),
        "Brier skill": round(skill(confidence, facts.right), 3),
        "Brier skill 95%": low["skill"],
        "AUROC": round(float(roc_auc_score(facts.right, confidence)), 3),
        "AUROC 95%": low["auroc"],
        "calibration error": round(calibration_error(confidence, facts.right), 3),
    }


def _resampled(confidence: Vector, facts: Sample) -> dict[str, list[float]]:
    """Draw documents anew, and measure each time."""
    dice = np.random.default_rng(SEED)
    numbers = {doc: np.array([n for n, one in enumerate(facts.documents) if one == doc]) for doc in dict.fromkeys(facts.documents)}
    out: dict[str, list[float]] = {"skill": [], "auroc": []}
    for _ in range(SAMPLES):
        drawn = np.concatenate([numbers[doc] for doc in dice.choice(list(numbers), len(numbers))])
        right = facts.right[drawn]
        out["skill"].append(skill(confidence[drawn], right))
        out["auroc"].append(float(roc_auc_score(right, confidence[drawn])))
    return out


def measure(nlp: Language) -> dict[str, Any]:
    """Measure confidence, and draw how reliable it is."""
    own, corpus = sample(as_gold(own_gold()), nlp), sample(as_gold(held_out()), nlp)
    fitted = cross_fitted(own)
    draw({"as shipped": own.confidence, "cross-fitted": fitted}, own)
    return {
        f"{OWN}, as shipped": scores(own.confidence, own),
        f"{OWN}, cross-fitted": scores(fitted, own),
        f"{HELD_OUT}, as shipped (weights are fitted on it)": scores(corpus.confidence, corpus),
    }


def draw(given: dict[str, Vector], facts: Sample) -> None:
    """Draw confidence against the share of right facts, a dot for a tenth of the facts."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4.6), layout="constrained")
    for axes, (name, confidence) in zip(figure.subplots(1, len(given), sharey=True), given.items(), strict=True):
        _reliability(axes, name, confidence, facts.right)
    figure.savefig(PICTURE, dpi=110, metadata={"Software": None})


def _reliability(axes: Any, name: str, confidence: Vector, right: Sequence[bool] | Any) -> None:
    found = bins(confidence, right)
    means, shares, counts = (np.array(column) for column in zip(*found, strict=True))
    spread = 1.96 * np.sqrt(shares * (1 - shares) / counts)
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--")
    axes.errorbar(means, shares, yerr=spread, fmt="o", color="#1f5fa8", ecolor="#9bbbe0", capsize=3)
    axes.plot(confidence, np.full(len(confidence), -0.04), "|", color="0.4", markersize=6, alpha=0.4)
    axes.set(xlim=(0, 1), ylim=(-0.08, 1.05), xlabel="confidence", ylabel="share of right facts", aspect="equal")
    axes.set_title(f"{name}: error {calibration_error(confidence, right):.3f}, AUROC {roc_auc_score(right, confidence):.2f}", fontsize=10)
    axes.label_outer()


def fit(nlp: Language) -> dict[str, float]:
    """Count on the texts of the corpus that the model is trained on how often each relation is right, fit the weights on the others, and write both."""
    odds = relation_odds(as_gold(text for text in read_corpus(TEXTS) if not is_held_out(text)), nlp)
    _write(scoring.weights() | {"relation": 0.0}, odds, 0)
    facts = sample(as_gold(held_out()), nlp)
    weights = dict(zip(facts.names, map(float, _model().fit(facts.predictors, facts.right).coef_[0]), strict=True))
    _write(weights, odds, len(facts.right))
    return weights


def relation_odds(gold: Gold, nlp: Language) -> dict[str, float]:
    """Return by relation the logarithmic odds of its facts being right less those of all facts; rare relations are drawn to none."""
    right, counted = Counter[str](), Counter[str]()
    for result in compared(built(gold[0], nlp), gold, every=True).results:
        for judged in result.strict:
            if judged.verdict != "ignored":
                counted[judged.fact.row["relation"]] += 1
                right[judged.fact.row["relation"]] += judged.verdict == "right"
    share = sum(right.values()) / sum(counted.values())
    shares = {name: (right[name] + PRIOR * share) / (counted[name] + PRIOR) for name in sorted(counted)}
    return {name: float(np.log(p / (1 - p)) - np.log(share / (1 - share))) for name, p in shares.items()}


def _write(weights: dict[str, float], odds: dict[str, float], count: int) -> None:
    head = f"# By `python -m benchmarks.calibration --fit`: weights of scoring.py fitted on {count} facts, odds counted on the training texts.\n"
    tables = {"weights": weights, "odds": odds}
    rows = [f"\n[{name}]\n" + "".join(f"{key} = {round(value, 3)}\n" for key, value in table.items()) for name, table in tables.items()]
    WEIGHTS.write_text(head + "".join(rows), encoding="utf-8")
    scoring.weights.cache_clear()
    scoring.odds.cache_clear()


def main() -> None:
    """Fit the shipped weights anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", required=True, help="write graphbuild/relations/confidence.toml")
    parser.parse_args()
    for name, weight in fit(load_model()).items():
        print(f"{name:12s} {weight:7.3f}")


if __name__ == "__main__":
    main()
