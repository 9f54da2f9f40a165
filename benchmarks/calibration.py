"""Whether confidence means something: of the facts found with confidence 0.8, are eight of ten right?

`python -m benchmarks.quality --calibration` measures on the project's own gold and draws docs/reliability.png. "As shipped" are the confidences that a
build gives; "cross-fitted" those of the same fit when it has seen the gold's other documents, too (ten folds).
`python -m benchmarks.calibration --fit` fits the shipped weights anew and writes them;
`--check` tells how well such a fit predicts texts that it has not seen, and what is left of the facts above each confidence.

The fit has two stages and an end, because the language model has seen the training texts with their annotations, so that it is surer there than
elsewhere. On them, which are many, is fitted what their words show beside what the language model says: relation, construction, status, kinds of ends;
a ridge draws relations to the average of all, so that rare ones say little. On texts that it has not seen is fitted what that and the language model's
own numbers weigh together: the held-out texts of the corpus and those written since it was trained, and the texts of training/verdicts, of which every
fact found was read and judged. Both weigh the same: the one are annotated as gold is, the other are more. Of facts that one word tells each weighs
less, so that no list of states outvotes the rest. How often which word told a relation rightly is counted on the training texts, and weighed on the
others.
At last a random forest is grown, over the predictors, the odds of that fit, and what the text shows of the ends, on all texts but the training texts
and on the statements of training/statements. Its columns and the size of its trees were chosen by what fits on other texts tell of the unread texts of
the corpus. What one annotator left out counts as wrong in annotated texts, so that own gold, which two annotated, would be believed too little if they
weighed more than those with verdicts. What makes a reading doubtful (a quotation, a denial, an uncertain arc) never raises a confidence.

Brier skill is 1 - Brier score / that of always saying the share of right facts. Calibration error is the mean difference of confidence and share of
right facts over ten bins of equally many facts. Facts that count neither for nor against are left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress
from typing import Any

import numpy as np
import numpy.typing as npt
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from spacy.language import Language

from benchmarks.gold import OWN, ROOT, Gold, as_gold, built, compared, own_gold, read_gold
from graphbuild.language import load_model
from graphbuild.records import Claim, Evidence, Extraction
from graphbuild.relations import scoring
from graphbuild.relations.ends import Page
from training.corpus.reader import TEXTS, read_corpus
from training.sources.project import is_new_to_the_model
from training.statements import FOLDER
from training.verdicts import verdicts
from training.verdicts.__main__ import found, read_apart

UNREAD = "corpus, unread by the model"
PICTURE = ROOT / "docs" / "reliability.png"
BINS = 10
FOLDS = 10
SAMPLES = 1000
SEED = 20240301
LEAST = 8
"""Facts that a relation must have for odds of its own."""
_SPREAD, _WIDE = 0.17, 0.5
"""Standard deviations that predictors are given in the first stage, those that are kept and the others: one ridge then draws a relation, which is
0 or 1, far less than them."""
_FIRST, _SECOND = 0.33, 0.03
"""Inverse of the ridge of both stages; the predictors of the second have unit deviation."""
_TREES, _LEAVES, _LEAF, _TRIED = 150, 400, 6, 0.12
"""Trees of the forest, leaves of one at most, facts in a leaf at least, and share of the columns that a branch may choose from."""
_DOUBTS = ("quoted", "reclassed", "heading", "first_person", "back", "others", "planned", "denied")
"""Predictors of which more never raises a confidence; of "arcs", how sure the tree is, and of the odds of the second stage, less never does."""
_READ = ("model", "title_model", "model_only", "rival", "entity", "arcs", "corrected", "pronoun", "description")
"""Predictors of the second stage: what the language model says, and ends that it resolves better on texts that it knows."""
_LEARNED = ("familiar", "share", "back", "hostile")
"""Predictors of the second stage only: words that the training texts told, and what is misread where the language model has not read before."""
_SHOWN = ("title", "noun", "embedded", "hops", "first_person", "reclassed", "distance", "capital", "heading", "quoted", "country",
          "main", "facts", "others", "denied", "planned", "reported")  # fmt: skip
"""Predictors of the first stage."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Facts with a verdict: of which document and relation, by which word, what the model weighs, the confidence given, and whether it is right.

    `shares` is what each weighs in a fit: facts that one word of a text tells share the square root of their number.
    """

    documents: tuple[str, ...]
    relations: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    predictors: Vector
    ends: Vector
    confidence: Vector
    shares: Vector
    right: npt.NDArray[np.bool_]

    def part(self, chosen: npt.NDArray[np.bool_]) -> "Sample":
        """Return some of the facts."""
        documents, relations, words = (tuple(compress(column, chosen)) for column in (self.documents, self.relations, self.words))
        numbers = (column[chosen] for column in (self.predictors, self.ends, self.confidence, self.shares, self.right))
        return Sample(documents, relations, words, self.names, *numbers)

    def columns(self, *names: str) -> Vector:
        """Return some of the predictors."""
        return self.predictors[:, [self.names.index(name) for name in names]]


@dataclass(frozen=True)
class Effects:
    """A fit: weights of the predictors, odds of relations, how often which word told them, and the forest, where it is grown."""

    weights: dict[str, float]
    relations: dict[str, float]
    told: Counter[tuple[str, str]]
    forest: RandomForestRegressor | None = None


def joined(*samples: Sample) -> Sample:
    """Put samples together."""
    documents, relations, words = (tuple(chain.from_iterable(getattr(one, name) for one in samples)) for name in ("documents", "relations", "words"))
    numbers = (np.concatenate([getattr(one, name) for one in samples]) for name in ("predictors", "ends", "confidence", "shares", "right"))
    return Sample(documents, relations, words, samples[0].names, *numbers)


def sample(gold: Gold, nlp: Language) -> Sample:
    """Read annotated documents, and return every fact found that is right or wrong."""
    graph = built(gold[0], nlp)
    claims = {claim.id: claim for claim in graph.claims}
    judged = [(r.judge.gold.doc, j) for r in compared(graph, gold, every=True).results for j in r.strict if j.verdict != "ignored"]
    return _sample([(doc, claims[j.fact.row["id"]], j.verdict == "right") for doc, j in judged], graph.extractions)


def sample_of_verdicts(nlp: Language) -> Sample:
    """Read the texts of training/verdicts, and return every fact found that was judged; of facts found since then nobody knows."""
    known, judged, extractions = verdicts(), [], []
    for graph in read_apart(nlp):
        extractions += graph.extractions
        judged += [(key[0], claim, right) for key, claim in found(graph) if (right := known.get(key)) is not None]
    return _sample(judged, extractions)


def _sample(judged: Sequence[tuple[str, Claim, bool]], extractions: Iterable[Extraction]) -> Sample:
    ends = dict(chain.from_iterable(map(_ends, extractions)))
    shown = [max((e for e in claim.evidence if e.document == doc), key=lambda e: e.score) for doc, claim, _ in judged]
    rows = [scoring.predictors(evidence, claim.status) for evidence, (_, claim, _) in zip(shown, judged, strict=True)]
    told = [(e.document, dict(e.roles)["trigger"], e.rule.partition(".")[0], claim.status) for e, (_, claim, _) in zip(shown, judged, strict=True)]
    together = Counter(told)
    return Sample(
        tuple(doc for doc, _, _ in judged),
        tuple(relation for _, _, relation, _ in told),
        tuple(scoring.stem_of(evidence) for evidence in shown),
        tuple(rows[0]),
        np.array([list(row.values()) for row in rows]),
        np.array([ends[_place(evidence)] for evidence in shown]),
        np.array([claim.confidence for _, claim, _ in judged]),
        np.array([together[one] ** -0.5 for one in told]),
        np.array([right for _, _, right in judged]),
    )


def _ends(extraction: Extraction) -> Iterator[tuple[tuple[Any, ...], list[float]]]:
    """Yield what is shown of the ends in each evidence of a text, by its place."""
    page = Page.of(extraction)
    for statement in extraction.statements:
        for evidence in statement.evidence:
            yield _place(evidence), list(page.shown(statement, evidence).values())


def _place(evidence: Evidence) -> tuple[Any, ...]:
    return evidence.document, evidence.rule, evidence.span, evidence.roles


def cross_fitted(facts: Sample, known: Sample, held: Sample, read: Sample, told: Sample) -> Vector:
    """Return for every fact the confidence that a fit gives which has seen the other documents, beside the texts of the shipped fit."""
    out = np.zeros(len(facts.right))
    first = _first_stage(known)
    for seen, unseen_ in GroupKFold(FOLDS).split(facts.predictors, facts.right, facts.documents):
        inside = np.isin(np.arange(len(out)), seen)
        out[unseen_] = predicted(facts.part(~inside), _finished(first, joined(held, facts.part(inside)), read, told))
    return out


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
    own, (known, held, read, told) = sample(as_gold(own_gold()), nlp), _fitted_on(nlp)
    probabilities = cross_fitted(own, known, held, read, told)
    draw({"as shipped": own.confidence, "cross-fitted": probabilities}, own)
    return {
        f"{OWN}, as shipped": scores(own.confidence, own),
        f"{OWN}, cross-fitted": scores(probabilities, own),
        f"{UNREAD}, as shipped (weights are fitted on it)": scores(held.confidence, held),
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


def fitted(known: Sample, held: Sample, read: Sample, told: Sample) -> Effects:
    """Fit the first stage on texts that the language model is trained on, the second on others: annotated ones, and those with verdicts.

    Parameters:
        told: facts of annotated statements, on which the forest grows, too: of official statements more is right than of news.
    """
    return _finished(_first_stage(known), held, read, told)


def _finished(first: Effects, held: Sample, read: Sample, told: Sample) -> Effects:
    effects, facts = _second_stage(first, held, read), joined(held, read, told)
    rows, signs = _rows(facts, effects), dict.fromkeys(_DOUBTS, -1) | {"arcs": 1}
    monotonic = [*(signs.get(name, 0) for name in effects.weights), 1, *[0] * facts.ends.shape[1]]  # behind the predictors stand their odds
    limits = {"max_leaf_nodes": _LEAVES, "min_samples_leaf": _LEAF, "max_features": _TRIED, "monotonic_cst": monotonic}
    forest = RandomForestRegressor(_TREES, random_state=SEED, **limits)
    weights = np.concatenate([_balanced(held, read), told.shares])
    return replace(effects, forest=forest.fit(rows, facts.right, sample_weight=weights))


def _balanced(held: Sample, read: Sample) -> Vector:
    """Return what annotated facts, and those with verdicts, weigh in a fit if both halves weigh the same."""
    return np.concatenate([held.shares * (len(read.right) / len(held.right)), read.shares])


def _rows(facts: Sample, effects: Effects) -> Vector:
    """Return what the forest is told of facts, in the order of the weights."""
    found = _recounted(facts, effects)
    columns = found.columns(*effects.weights)
    columns[:, list(effects.weights).index("relation")] = [effects.relations.get(relation, 0.0) for relation in facts.relations]
    return np.column_stack([columns, _odds(found, effects), found.ends])


def _first_stage(known: Sample) -> Effects:
    """Fit all predictors, so that none speaks for another, and keep those of this stage; what the relation head alone finds is no example here."""
    facts = known.part(known.columns("model_only")[:, 0] == 0)
    relations = _frequent(facts.relations)
    kept, others = facts.columns(*_SHOWN), facts.columns(*_READ)
    scale = _deviations(kept) / _SPREAD
    rows = np.hstack([kept / scale, _indicators(facts.relations, relations), others / (_deviations(others) / _WIDE)])
    model = LogisticRegression(C=_FIRST, max_iter=2000).fit(rows, facts.right)
    plain, by_relation, _ = np.split(model.coef_[0], np.cumsum([len(_SHOWN), len(relations)]))
    weights = dict.fromkeys(facts.names, 0.0) | dict(zip(_SHOWN, (plain / scale).tolist(), strict=True)) | {"relation": 1.0}
    return Effects(weights, dict(zip(relations, by_relation.tolist(), strict=True)), _told(known))


def _told(known: Sample) -> Counter[tuple[str, str]]:
    """Count which words told right facts of which relations, more than once."""
    counts = Counter(compress(zip(known.relations, known.words, strict=True), known.right))
    return Counter({key: count for key, count in counts.items() if count > 1})


def _deviations(columns: Vector) -> Vector:
    found: Vector = columns.std(axis=0)
    return np.where(found > 0, found, 1.0)


def _second_stage(first: Effects, held: Sample, read: Sample) -> Effects:
    new, scaler = _recounted(joined(held, read), first), StandardScaler()
    rows = scaler.fit_transform(np.column_stack([_odds(new, first), new.columns(*_READ, *_LEARNED)]))
    shares = _balanced(held, read)
    model = LogisticRegression(C=_SECOND, max_iter=2000).fit(rows, new.right, sample_weight=shares / shares.mean())
    share, *rest = model.coef_[0] / scaler.scale_
    weights = {name: float(share * value) for name, value in first.weights.items()} | {"relation": 1.0}
    weights |= {name: float(value) for name, value in zip((*_READ, *_LEARNED), rest, strict=True)}
    weights["bias"] = float(model.intercept_[0] - (model.coef_[0] / scaler.scale_) @ scaler.mean_)
    return Effects(weights, {relation: float(share * value) for relation, value in first.relations.items()}, first.told)


def _recounted(facts: Sample, effects: Effects) -> Sample:
    """Return facts with how familiar their words are to a fit."""
    counts, total = effects.told, scoring.totals(effects.told)
    found = [scoring.familiarity(relation, word, counts, total) for relation, word in zip(facts.relations, facts.words, strict=True)]
    predictors = facts.predictors.copy()
    predictors[:, [facts.names.index("familiar"), facts.names.index("share")]] = np.array(found).reshape(len(found), 2)
    return replace(facts, predictors=predictors)


def _frequent(values: Sequence[Any]) -> list[Any]:
    return sorted(value for value, count in Counter(values).items() if count >= LEAST)


def _indicators(values: Sequence[Any], columns: Sequence[Any]) -> Vector:
    return np.array([[float(value == column) for column in columns] for value in values]).reshape(len(values), len(columns))


def predicted(facts: Sample, effects: Effects) -> Vector:
    """Return the probabilities that a whole fit gives facts."""
    if effects.forest is None:
        raise ValueError("the fit has no forest yet")
    return np.array([scoring.limited(share) for share in effects.forest.predict(_rows(facts, effects)).tolist()])


def _odds(facts: Sample, effects: Effects) -> Vector:
    plain = [name for name in facts.names if name != "relation"]
    found: Vector = facts.columns(*plain) @ np.array([effects.weights[name] for name in plain])
    return found + [effects.relations.get(relation, 0.0) for relation in facts.relations]


def unseen(*samples: Sample) -> tuple[Vector, ...]:
    """Return the probabilities of the facts of known, held-out and judged texts, and of statements, by fits on other documents of all."""
    out = tuple(np.zeros(len(facts.right)) for facts in samples)
    for fold in range(FOLDS):
        left = [np.array([number % FOLDS == fold for number in _numbers(facts)]) for facts in samples]
        effects = fitted(*(facts.part(~inside) for facts, inside in zip(samples, left, strict=True)))
        for facts, inside, likely in zip(samples, left, out, strict=True):
            likely[inside] = predicted(facts.part(inside), effects)
    return out


def _numbers(facts: Sample) -> list[int]:
    order = {doc: number for number, doc in enumerate(np.random.default_rng(SEED).permutation(sorted(set(facts.documents))).tolist())}
    return [order[doc] for doc in facts.documents]


def _fitted_on(nlp: Language) -> tuple[Sample, Sample, Sample, Sample]:
    """Read the texts of the corpus that the language model is trained on, its others, those with verdicts, and the development statements."""
    known, held = (as_gold(text for text in read_corpus(TEXTS) if is_new_to_the_model(text) == new) for new in (False, True))
    statements = read_gold(FOLDER / "development_gold.jsonl")
    return sample(known, nlp), sample(held, nlp), sample_of_verdicts(nlp), sample(statements, nlp)


def fit(nlp: Language) -> dict[str, float]:
    """Fit the model, and write it."""
    samples = _fitted_on(nlp)
    effects = fitted(*samples)
    _write(effects, sum(len(facts.right) for facts in samples))
    return effects.weights


def _write(effects: Effects, count: int) -> None:
    lines = [f"# By `python -m benchmarks.calibration --fit`, on {count} facts of annotated texts; see scoring.py.", "", "[weights]"]
    lines += [f"{name} = {round(value, 5)}" for name, value in effects.weights.items()]
    lines += ["", "# Logarithmic odds of facts of a relation being right beside the average.", "[relations]"]
    lines += [f"{name} = {round(value, 4)}" for name, value in effects.relations.items()]
    lines += ["", "# How many right facts of a relation each word told in the training texts; none where no word did."]
    for relation in sorted({relation for relation, _ in effects.told}):
        lines += [f"[words.{relation}]"]
        lines += [f"{json.dumps(word, ensure_ascii=False)} = {count}" for (one, word), count in sorted(effects.told.items()) if one == relation]
    scoring.WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = FloatTensorType([None, effects.forest.n_features_in_])
    network = to_onnx(effects.forest, initial_types=[("rows", columns)], target_opset=17)
    scoring.FOREST.write_bytes(network.SerializeToString())
    scoring.forget()


def check(nlp: Language) -> None:
    """Print how well fits predict documents that they have not seen, and what is left above each confidence."""
    samples = _fitted_on(nlp)
    for name, facts, confidence in zip(("training texts", UNREAD, "texts with verdicts", "development statements"), samples, unseen(*samples), strict=True):
        print(name, scores(confidence, facts))
        for least in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            kept = confidence >= least
            left = int(facts.right[kept].sum())
            print(f"  {least:.1f} and more: {int(kept.sum())} facts, {left / kept.sum():.3f} right, {left / facts.right.sum():.3f} of the right ones")


def main() -> None:
    """Fit the shipped weights anew, or check such a fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--fit", action="store_true", help="write graphbuild/relations/confidence.toml and confidence.onnx")
    task.add_argument("--check", action="store_true", help="print how well a fit predicts texts that it has not seen")
    if parser.parse_args().check:
        check(load_model())
        return
    for name, weight in fit(load_model()).items():
        print(f"{name:12s} {weight:7.3f}")


if __name__ == "__main__":
    main()
