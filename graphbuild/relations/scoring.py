"""How likely the reading of one fact is right: what a random forest says that is told how it was found, and the odds that a logistic model gives.

The logistic model weighs what the relation model says of the fact and of others between the same ends, how sure the language model is of the ends
and of the tree between them, how they are named and how far back that points, the status, how often facts of this relation are right on annotated
texts, how often this word told it there, and what else is found of the ends in the same text. It draws the lines on which one doubt counts like
another wherever it stands; the forest, which is also told what the text shows of the ends (`ends.py`), finds where they do not: a pronoun is a
greater doubt far from its verb.
`python -m benchmarks.calibration --fit` fits them; `benchmarks/results/quality.json` says how far the result can be trusted (docs/reliability.png).
"""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import Any

from graphbuild.language.forest import Forest
from graphbuild.language.inflection import regular_stem
from graphbuild.records import Evidence, Extraction, Statement, Status, Value
from graphbuild.relations.ends import Page

TITLES = ("holdsPosition", "officialOf", "leads", "commands", "locatedIn", "employedBy")
"""Relations that titles and the names of places say, of which the relation head knows less."""
HOSTILE = frozenset(
    "accused attacked claimedResponsibilityFor condemned foughtAgainst killed protestedAgainst provoked rejected sanctioned threatened violated".split()
)
"""Relations of conflict: who did what to whom is misread more often there."""
SINGLE = frozenset(
    "basedIn bornIn citizenOf commands diedIn employedBy leads livesIn locatedIn officialOf partOf spouseOf subsidiaryOf succeeded".split()
)
"""Relations of which a subject mostly has one object: another one in the same text makes both doubtful."""
WEIGHTS = Path(__file__).parent / "confidence.toml"
FOREST = WEIGHTS.with_suffix(".onnx")
"""Its columns are the predictors in the order of the weights, the odds that the logistic model gives, and what is shown of the ends."""
_EVIDENT = 0.01
"""Least doubt about the relation head's probability, which is taken for no more than 0.99 and no less than this."""
_NOMINAL = frozenset(("noun", "light", "adjective"))
_EMBEDDED = frozenset(("adverbial", "control", "coordinated", "participle", "relative"))
_LEAST = 0.02
"""Least probability of a tree."""
_FAR = 30.0
"""Distance of the ends, in words, beyond which none is told from another."""
_MOST = 2
"""Number of other objects beyond which none is told from another."""
_DOUBT = 0.01
"""Least doubt that the forest leaves about a fact being right, or wrong."""

Words = Mapping[tuple[str, str], int]
"""(relation, word without its ending) → how many right facts of the annotated texts it told."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Load the fitted weights."""
    return dict(_tables()["weights"])


@lru_cache(maxsize=1)
def odds() -> dict[str, float]:
    """Load by relation how the logarithmic odds of a fact being right differ from those of all facts."""
    return dict(_tables()["relations"])


@lru_cache(maxsize=1)
def words() -> dict[tuple[str, str], int]:
    """Load how often each word told each relation in the annotated texts."""
    return {(relation, word): count for relation, counts in _tables()["words"].items() for word, count in counts.items()}


@lru_cache(maxsize=1)
def _totals() -> dict[str, int]:
    return totals(words())


def totals(counts: Words) -> dict[str, int]:
    """Count by word the facts of all relations that it told.

    >>> totals({("met", "talk"): 3, ("spokeWith", "talk"): 5})
    {'talk': 8}
    """
    out: Counter[str] = Counter()
    for (_, word), count in counts.items():
        out[word] += count
    return dict(out)


def forget() -> None:
    """Forget what was loaded, as it was fitted anew."""
    for table in (weights, odds, words, _totals, _forest):
        table.cache_clear()


def _tables() -> dict[str, Any]:
    return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))


def noted(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements of a document, with what else is found of their ends noted among the features; quotations as they are.

    That is in how many facts the object takes part, and how many other objects the subject has in a relation that mostly has one.
    """
    told = list(statements)
    facts = [s for s in told if s.relation != "said"]
    taking_part = Counter(end for s in facts for end in (s.subject, s.object))
    objects: dict[tuple[str, str], set[str | Value]] = defaultdict(set)
    for s in facts:
        objects[s.relation, s.subject].add(s.object)
    return [s if s.relation == "said" else _beside(s, taking_part[s.object], len(objects[s.relation, s.subject]) - 1) for s in told]


def _beside(statement: Statement, facts: int, others: int) -> Statement:
    """Note what else is found of the ends of a statement."""
    noted: dict[str, float] = {"facts": float(facts)} if facts > 1 else {}
    if others and statement.relation in SINGLE:
        noted["others"] = float(others)
    return replace(statement, evidence=tuple(_with(e, noted) for e in statement.evidence)) if noted else statement


def _with(evidence: Evidence, noted: Mapping[str, float]) -> Evidence:
    return replace(evidence, features=tuple(sorted({**dict(evidence.features), **noted}.items())))


def scored(extraction: Extraction) -> Extraction:
    """Return an extraction with the score of each evidence, and the odds of the relation that it rests on noted among its features; quotations keep theirs."""
    page, facts = Page.of(extraction), [s for s in extraction.statements if s.relation != "said"]
    told = [(predictors(evidence, s.status), page.shown(s, evidence)) for s in facts for evidence in s.evidence]
    likely = iter(zip(told, likelihoods(told), strict=True))
    statements = (s if s.relation == "said" else replace(s, evidence=tuple(_scored(e, *next(likely)) for e in s.evidence)) for s in extraction.statements)
    return replace(extraction, statements=tuple(statements))


def _scored(evidence: Evidence, told: tuple[Mapping[str, float], Mapping[str, float]], likely: float) -> Evidence:
    odds_ = told[0]["relation"]
    return replace(_with(evidence, {"relation": round(odds_, 3)} if odds_ else {}), score=round(likely, 3))


def likelihoods(told: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]) -> list[float]:
    """Return how likely facts are right, by the predictors of each and what is shown of its ends."""
    if not told:
        return []
    weight = weights()
    rows = [[row[name] for name in weight] for row, _ in told]
    grown = _forest()([[*row, sum(map(mul, weight.values(), row)), *ends.values()] for row, (_, ends) in zip(rows, told, strict=True)])
    return [limited(share) for share in grown]


def limited(share: float) -> float:
    """Return what a forest says, short of certainty.

    >>> limited(0.5), limited(1.0)
    (0.5, 0.99)
    """
    return min(1 - _DOUBT, max(_DOUBT, share))


@lru_cache(maxsize=1)
def _forest() -> Forest:
    return Forest(FOREST)


def predictors(evidence: Evidence, status: Status) -> dict[str, float]:
    """Return what the model weighs, by the names of the weights; an empty count counts as none.

    Parameters:
        evidence: its rule and trigger say what found the fact, its features how.
        status: that of the statement or claim which it is evidence of.
    """
    relation, _, construction = evidence.rule.partition(".")
    features = dict(evidence.features)
    familiar, share = familiarity(relation, stem_of(evidence), words(), _totals())
    belief, titled = _belief(features.get("model", 0.0)), relation in TITLES and construction != "model"
    return {
        "bias": 1.0,
        "relation": odds().get(relation, 0.0),
        "familiar": familiar,
        "share": share,
        "model": 0.0 if titled else belief,
        "title_model": belief if titled else 0.0,
        "rival": _belief(features.get("rival", 0.0)),
        "entity": features.get("entity", 1.0),
        "arcs": math.log(max(_LEAST, features.get("arcs", 1.0))),
        "title": float(titled),
        "model_only": float(construction == "model"),
        "noun": float(construction in _NOMINAL and not titled),
        "embedded": float(construction in _EMBEDDED),
        "hops": float(features.get("hops", 0.0) > 0),
        "pronoun": float(features.get("pronouns", 0.0) > 0),
        "description": float(features.get("nouns", 0.0) > 0),
        "distance": min(_FAR, features.get("distance", 0.0)) / 10,
        "back": math.log1p(min(_FAR, features.get("back", 0.0))),
        "hostile": float(relation in HOSTILE),
        "facts": math.log(max(1.0, features.get("facts", 1.0))),
        "others": min(_MOST, features.get("others", 0.0)),
        "capital": float(not word_of(evidence)[:1].islower()),
        **{name: features.get(name, 0.0) for name in ("corrected", "reclassed", "first_person", "heading", "quoted", "main", "country")},
        **{name: float(status == name) for name in ("denied", "planned", "reported")},
    }


def _belief(probability: float) -> float:
    """Return a probability by the relation head as logarithmic odds, from -1 to 1."""
    probability = min(1 - _EVIDENT, max(_EVIDENT, probability))
    return math.log(probability / (1 - probability)) / math.log((1 - _EVIDENT) / _EVIDENT)


def familiarity(relation: str, stem: str, counts: Words, total: Mapping[str, int]) -> tuple[float, float]:
    """Return how often a word told a relation in the annotated texts, and what share that is of all that it told there; logarithms, smoothed.

    >>> [round(value, 2) for value in familiarity("met", "meet", {("met", "meet"): 9}, {"meet": 9})]
    [2.3, -0.05]
    """
    count = counts.get((relation, stem), 0)
    return math.log1p(count), math.log((count + 0.5) / (total.get(stem, 0) + 1))


def stem_of(evidence: Evidence) -> str:
    """Return the word that tells a fact, small and without a verb's ending: "met", "condemn", "minister"; none for what the relation head alone tells."""
    return regular_stem(word_of(evidence).lower(), "VERB")


def word_of(evidence: Evidence) -> str:
    """Return the word that tells the fact, as written; none for what the relation head alone tells."""
    trigger = dict(evidence.roles).get("trigger")
    if trigger is None or evidence.rule.endswith(".model"):
        return ""
    return evidence.quote[trigger.start - evidence.span.start : trigger.end - evidence.span.start]
