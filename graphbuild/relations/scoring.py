"""How likely the reading of one fact is right: a logistic model of how it was found.

It weighs what the relation model says of the fact and of others between the same ends, how sure the language model is of the ends and of the tree
between them, how they are named, the status, and how often facts of this relation are right on annotated texts.
`python -m benchmarks.calibration --fit` fits it; `benchmarks/results/quality.json` says how far the result can be trusted (docs/reliability.png).
"""

import math
import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphbuild.records import Evidence, Statement, Status

TITLES = ("holdsPosition", "officialOf", "leads", "commands", "locatedIn", "employedBy")
"""Relations that titles and the names of places say, of which the relation head knows less."""
_WEIGHTS = Path(__file__).parent / "confidence.toml"
_EVIDENT = 0.01
"""Least doubt about the relation head's probability, which is taken for no more than 0.99 and no less than this."""
_NOMINAL = frozenset(("noun", "light", "adjective"))
_EMBEDDED = frozenset(("adverbial", "control", "coordinated", "participle", "relative"))
_LEAST = 0.02
"""Least probability of a tree."""
_FAR = 30.0
"""Distance of the ends, in words, beyond which none is told from another."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Load the fitted weights."""
    return dict(_tables()["weights"])


@lru_cache(maxsize=1)
def odds() -> dict[str, float]:
    """Load by relation how the logarithmic odds of a fact being right differ from those of all facts."""
    return dict(_tables()["relations"])


def _tables() -> dict[str, Any]:
    return tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))


def scored(statement: Statement) -> Statement:
    """Return a statement with the score of each of its evidences, and the odds of the relation that it rests on noted among their features."""
    return replace(statement, evidence=tuple(_scored(e, statement.status) for e in statement.evidence))


def _scored(evidence: Evidence, status: Status) -> Evidence:
    shown = predictors(evidence, status)
    weight = weights()
    likely = 1 / (1 + math.exp(-sum(weight[name] * value for name, value in shown.items())))
    noted = {"relation": round(shown["relation"], 3)} if shown["relation"] else {}
    return replace(evidence, features=tuple(sorted((dict(evidence.features) | noted).items())), score=round(likely, 3))


def predictors(evidence: Evidence, status: Status) -> dict[str, float]:
    """Return what the model weighs, by the names of the weights; an empty count counts as none.

    Parameters:
        evidence: its rule and trigger say what found the fact, its features how.
        status: that of the statement or claim which it is evidence of.
    """
    relation, _, construction = evidence.rule.partition(".")
    features = dict(evidence.features)
    belief, titled = _belief(features.get("model", 0.0)), relation in TITLES and construction != "model"
    return {
        "bias": 1.0,
        "relation": odds().get(relation, 0.0),
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
        "capital": float(not word_of(evidence)[:1].islower()),
        **{name: features.get(name, 0.0) for name in ("corrected", "reclassed", "first_person", "heading", "quoted", "country")},
        **{name: float(status == name) for name in ("denied", "planned", "reported")},
    }


def _belief(probability: float) -> float:
    """Return a probability by the relation head as logarithmic odds, from -1 to 1."""
    probability = min(1 - _EVIDENT, max(_EVIDENT, probability))
    return math.log(probability / (1 - probability)) / math.log((1 - _EVIDENT) / _EVIDENT)


def word_of(evidence: Evidence) -> str:
    """Return the word that tells the fact, as written; none for what the relation head alone tells."""
    trigger = dict(evidence.roles).get("trigger")
    if trigger is None or evidence.rule.endswith(".model"):
        return ""
    return evidence.quote[trigger.start - evidence.span.start : trigger.end - evidence.span.start]
