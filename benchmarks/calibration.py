"""Whether confidence means something: of the facts found with confidence 0.8, are eight of ten right?

`python -m benchmarks.quality --calibration` measures on the project's own gold and draws docs/reliability.png. "As shipped" are the confidences that a
build gives; "cross-fitted" those that a second stage, fitted on the gold itself, corrects, each document's by the others (ten folds).
`python -m benchmarks.calibration --fit` fits the shipped weights anew, on all annotated texts of the corpus, and writes them;
`--check` tells how well such a fit predicts held-out texts that it has not seen, and what is left of the facts above each confidence.

The fit has two stages, because the language model has seen the training texts with their annotations, so that it is surer there than
elsewhere. On them, which are many, is fitted what their words show without it: relation, word, construction, status, how the ends are
named; a ridge draws relations and words to the average of all, so that rare ones say little. On the others is fitted what that and the
language model's own numbers weigh together.

Brier skill is 1 - Brier score / that of always saying the share of right facts. Calibration error is the mean difference of confidence and share of
right facts over ten bins of equally many facts. Facts that count neither for nor against are left out.
"""

import argparse
import json
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
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from spacy.language import Language

from benchmarks.gold import HELD_OUT, OWN, ROOT, Gold, as_gold, built, compared, held_out, own_gold
from graphbuild.language import load_model
from graphbuild.records import Claim, Evidence
from graphbuild.relations import scoring
from training.corpus.reader import TEXTS, read_corpus
from training.sources.project import is_held_out

PICTURE = ROOT / "docs" / "reliability.png"
WEIGHTS = Path(scoring.__file__).parent / "confidence.toml"
BINS = 10
FOLDS = 10
SAMPLES = 1000
SEED = 20240301
LEAST = 8
"""Facts that a relation or a word must have for odds of its own."""
_SPREAD = 0.17
"""Standard deviation that predictors are given in the first stage: one ridge then draws a relation, which is 0 or 1, far less than them."""
_FIRST, _SECOND = 0.33, 0.03
"""Inverse of the ridge of both stages; the predictors of the second have unit deviation."""
_FREE = 10.0
"""What the logarithmic odds that are shipped are multiplied by, so that the ridge leaves their weight free."""
_READ = ("model", "title_model", "title", "model_only", "entity", "class", "pronoun", "description")
"""Predictors of the second stage: what the language model says, and ends that it resolves better on texts that it knows."""
_SHOWN = ("title", "noun", "embedded", "hops", "pronoun", "description", "first_person", "nameless", "reclassed", "distance", "capital", "heading",
          "denied", "planned", "reported")  # fmt: skip
"""Predictors of the first stage."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Facts with a verdict: of which document, relation and word, what the model weighs, the confidence given, and whether it is right."""

    documents: tuple[str, ...]
    relations: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    predictors: Vector
    confidence: Vector
    right: npt.NDArray[np.bool_]


def sample(gold: Gold, nlp: Language) -> Sample:
    """Read annotated documents, and return every fact found that is right or wrong."""
    graph = built(gold[0], nlp)
    judged = [(r.judge.gold.doc, j) for r in compared(graph, gold, every=True).results for j in r.strict if j.verdict != "ignored"]
    claims = {claim.id: claim for claim in graph.claims}
    shown = [_best(claims[j.fact.row["id"]]) for _, j in judged]
    rows = [scoring.predictors(evidence, j.fact.row["status"]) for evidence, (_, j) in zip(shown, judged, strict=True)]
    names = tuple(rows[0])
    return Sample(
        tuple(doc for doc, _ in judged),
        tuple(_relation(evidence) for evidence in shown),
        tuple((_relation(evidence), scoring.word_of(evidence).lower()) for evidence in shown),
        names,
        np.array([[row[name] for name in names] for row in rows]),
        np.array([j.fact.row["confidence"] for _, j in judged]),
        np.array([j.verdict == "right" for _, j in judged]),
    )


def _best(claim: Claim) -> Evidence:
    return max(claim.evidence, key=lambda e: e.score)


def _relation(evidence: Evidence) -> str:
    return evidence.rule.partition(".")[0]


def cross_fitted(facts: Sample) -> Vector:
    """Return for every fact the confidence of a second stage fitted on the other documents, which is drawn to what is shipped."""
    total = predicted(facts, shipped())
    read = StandardScaler().fit_transform(facts.predictors[:, [facts.names.index(name) for name in _READ]])
    inputs = np.column_stack([_FREE * np.log(total / (1 - total)), read])
    model = LogisticRegression(C=_SECOND, max_iter=2000)
    probabilities = cross_val_predict(model, inputs, facts.right, groups=facts.documents, cv=GroupKFold(FOLDS), method="predict_proba")
    return np.asarray(probabilities[:, 1])


def _second() -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression(C=_SECOND, max_iter=2000))


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


Effects = tuple[dict[str, float], dict[str, float], dict[tuple[str, str], float]]
"""Weights of the predictors, odds of relations, odds of words."""


def shipped() -> Effects:
    """Return what is shipped."""
    relations, words = scoring.odds()
    return scoring.weights(), relations, {(relation, word): value for relation, row in words.items() for word, value in row.items()}


def fitted(known: Sample, new: Sample) -> Effects:
    """Fit the first stage on texts that the language model is trained on, the second on others."""
    first = _first_stage(part(known, known.predictors[:, known.names.index("model_only")] == 0))
    shown = predicted(new, first)
    read = [new.names.index(name) for name in _READ]
    scaler, model = _second().fit(np.column_stack([np.log(shown / (1 - shown)), new.predictors[:, read]]), new.right)
    share, *rest = model.coef_[0] / scaler.scale_
    weights = {name: float(share * value) for name, value in first[0].items()}
    weights["bias"] += float(model.intercept_[0] - (model.coef_[0] / scaler.scale_) @ scaler.mean_)
    for name, value in zip(_READ, rest, strict=True):
        weights[name] += float(value)
    relations, words = ({key: float(share * value) for key, value in odds.items()} for odds in first[1:])
    return weights | {"relation": 1.0, "word": 1.0}, relations, words  # type: ignore[return-value]


def _first_stage(facts: Sample) -> Effects:
    relations, words = _frequent(facts.relations), _frequent(facts.words)
    chosen = [facts.names.index(name) for name in _SHOWN]
    scale = facts.predictors[:, chosen].std(axis=0) / _SPREAD
    rows = np.hstack([facts.predictors[:, chosen] / scale, _indicators(facts.relations, relations), _indicators(facts.words, words)])
    model = LogisticRegression(C=_FIRST, max_iter=2000).fit(rows, facts.right)
    plain, by_relation, by_word = np.split(model.coef_[0], np.cumsum([len(chosen), len(relations)]))
    weights = dict.fromkeys(facts.names, 0.0) | {"bias": float(model.intercept_[0]), "relation": 1.0, "word": 1.0}
    weights |= dict(zip(_SHOWN, (plain / scale).tolist(), strict=True))
    return weights, dict(zip(relations, by_relation.tolist(), strict=True)), dict(zip(words, by_word.tolist(), strict=True))


def _frequent(values: Sequence[Any]) -> list[Any]:
    return sorted(value for value, count in Counter(values).items() if count >= LEAST)


def _indicators(values: Sequence[Any], columns: Sequence[Any]) -> Vector:
    return np.array([[float(value == column) for column in columns] for value in values]).reshape(len(values), len(columns))


def predicted(facts: Sample, effects: Effects) -> Vector:
    """Return the probabilities that a fit gives facts."""
    weights, relations, words = effects
    plain = [number for number, name in enumerate(facts.names) if name not in ("relation", "word")]
    total = facts.predictors[:, plain] @ np.array([weights[facts.names[number]] for number in plain])
    total += [relations.get(relation, 0.0) + words.get(word, 0.0) for relation, word in zip(facts.relations, facts.words, strict=True)]
    return np.asarray(1 / (1 + np.exp(-total)))


def part(facts: Sample, chosen: npt.NDArray[np.bool_]) -> Sample:
    """Return some of the facts."""
    numbers = np.flatnonzero(chosen).tolist()
    documents, relations = tuple(facts.documents[n] for n in numbers), tuple(facts.relations[n] for n in numbers)
    words = tuple(facts.words[n] for n in numbers)
    return Sample(documents, relations, words, facts.names, facts.predictors[numbers], facts.confidence[numbers], facts.right[numbers])


def unseen(known: Sample, new: Sample) -> tuple[Vector, Vector]:
    """Return the probabilities of the facts of both by fits on other documents of both."""
    out = np.zeros(len(known.right)), np.zeros(len(new.right))
    for fold in range(FOLDS):
        held = [np.array([number % FOLDS == fold for number in _numbers(facts)]) for facts in (known, new)]
        effects = fitted(part(known, ~held[0]), part(new, ~held[1]))
        for facts, inside, found in zip((known, new), held, out, strict=True):
            found[inside] = predicted(part(facts, inside), effects)
    return out


def _numbers(facts: Sample) -> list[int]:
    order = {doc: number for number, doc in enumerate(np.random.default_rng(SEED).permutation(sorted(set(facts.documents))).tolist())}
    return [order[doc] for doc in facts.documents]


def corpus(nlp: Language) -> tuple[Sample, Sample]:
    """Read the texts of the corpus that the language model is trained on, and the others."""
    return sample(as_gold(text for text in read_corpus(TEXTS) if not is_held_out(text)), nlp), sample(as_gold(held_out()), nlp)


def fit(nlp: Language) -> dict[str, float]:
    """Fit the model on all texts of the corpus, and write it."""
    known, new = corpus(nlp)
    effects = fitted(known, new)
    _write(effects, len(known.right) + len(new.right))
    return effects[0]


def _write(effects: Effects, count: int) -> None:
    weights, relations, words = effects
    by_relation: dict[str, dict[str, float]] = {}
    for (relation, word), value in sorted(words.items()):
        if round(value, 2):
            by_relation.setdefault(relation, {})[word] = round(value, 2)
    lines = [f"# By `python -m benchmarks.calibration --fit`, on {count} facts of annotated texts; see scoring.py.", "", "[weights]"]
    lines += [f"{name} = {round(value, 3)}" for name, value in weights.items()]
    lines += ["", "# Logarithmic odds of facts being right beside the average: of a relation, and of a word that tells it.", "[relations]"]
    lines += [f"{name} = {round(value, 2)}" for name, value in relations.items()]
    lines += ["", "[words]"]
    lines += [
        f"{name} = {{ {', '.join(f'{json.dumps(word, ensure_ascii=False)} = {value}' for word, value in row.items())} }}" for name, row in by_relation.items()
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    scoring.weights.cache_clear()
    scoring.odds.cache_clear()


def check(nlp: Language) -> None:
    """Print how well fits predict documents that they have not seen, and what is left above each confidence."""
    known, new = corpus(nlp)
    for name, facts, found in zip(("training texts", HELD_OUT), (known, new), unseen(known, new), strict=True):
        print(name, scores(found, facts))
        for least in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            kept = found >= least
            left = int(facts.right[kept].sum())
            print(f"  {least:.1f} and more: {int(kept.sum())} facts, {left / kept.sum():.3f} right, {left / facts.right.sum():.3f} of the right ones")


def main() -> None:
    """Fit the shipped weights anew, or check such a fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--fit", action="store_true", help="write graphbuild/relations/confidence.toml")
    task.add_argument("--check", action="store_true", help="print how well a fit predicts texts that it has not seen")
    if parser.parse_args().check:
        check(load_model())
        return
    for name, weight in fit(load_model()).items():
        print(f"{name:12s} {weight:7.3f}")


if __name__ == "__main__":
    main()
