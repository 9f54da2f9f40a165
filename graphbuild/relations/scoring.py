"""How likely the reading of one fact is right: a logistic model of how it was found.

It weighs what the relation model says, how sure the language model is of the ends, how they are named, the status, and how often facts
of this relation, and of this word for it, are right on annotated texts. `python -m benchmarks.calibration --fit` fits it;
`benchmarks/results/quality.json` says how far the result can be trusted (docs/reliability.png).
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphbuild.records import Evidence, Statement, Status

TITLES = ("holdsPosition", "officialOf", "leads", "commands", "locatedIn", "employedBy")
"""Relations that titles and the names of places say, of which the relation head knows less."""
UNWORDED = "(model)"
"""Stands for the word of a fact that only the relation head found."""
_WEIGHTS = Path(__file__).parent / "confidence.toml"
_EVIDENT = 0.01
"""Least doubt about the relation head's probability, which is taken for no more than 0.99 and no less than this."""
_NOMINAL = frozenset(("noun", "light", "adjective"))
_EMBEDDED = frozenset(("adverbial", "control", "coordinated", "participle", "relative"))
_FAR = 30.0
"""Distance of the ends, in words, beyond which none is told from another."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Load the fitted weights."""
    return dict(_tables()["weights"])


@lru_cache(maxsize=1)
def odds() -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Load by relation, and by relation and word, how the logarithmic odds of a fact being right differ from those of all facts."""
    tables = _tables()
    return dict(tables["relations"]), dict(tables["words"])


def _tables() -> dict[str, Any]:
    return tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))


def scored(statement: Statement) -> Statement:
    """Return a statement with the score of each of its evidences, and the odds of relation and word that it rests on noted among their features."""
    return replace(statement, evidence=tuple(_scored(e, statement.status) for e in statement.evidence))


def _scored(evidence: Evidence, status: Status) -> Evidence:
    shown = predictors(evidence, status)
    likely = 1 / (1 + math.exp(-sum(weights()[name] * value for name, value in shown.items())))
    noted = {name: round(shown[name], 3) for name in ("relation", "word") if shown[name]}
    return replace(evidence, features=tuple(sorted((dict(evidence.features) | noted).items())), score=round(likely, 3))


def predictors(evidence: Evidence, status: Status) -> dict[str, float]:
    """Return what the model weighs, by the names of the weights; an empty count counts as none.

    Parameters:
        evidence: its rule and trigger say what found the fact, its features how.
        status: that of the statement or claim which it is evidence of.
    """
    relation, _, construction = evidence.rule.partition(".")
    word, features = word_of(evidence), dict(evidence.features)
    belief, titled = _belief(features), relation in TITLES and construction != "model"
    by_relation, by_word = odds()
    return {
        "bias": 1.0,
        "relation": by_relation.get(relation, 0.0),
        "word": by_word.get(relation, {}).get(word.lower(), 0.0),
        "model": 0.0 if titled else belief,
        "title_model": belief if titled else 0.0,
        "entity": features.get("entity", 1.0),
        "class": features.get("class", 1.0),
        "title": float(titled),
        "model_only": float(construction == "model"),
        "noun": float(construction in _NOMINAL and not titled),
        "embedded": float(construction in _EMBEDDED),
        "hops": float(features.get("hops", 0.0) > 0),
        "pronoun": float(features.get("pronouns", 0.0) > 0),
        "description": float(features.get("nouns", 0.0) > 0),
        "first_person": features.get("first_person", 0.0),
        "nameless": features.get("nameless", 0.0),
        "reclassed": features.get("reclassed", 0.0),
        "distance": min(_FAR, features.get("distance", 0.0)) / 10,
        "capital": float(not word[:1].islower()),
        "heading": features.get("heading", 0.0),
        **{name: float(status == name) for name in ("denied", "planned", "reported")},
    }


def _belief(features: Mapping[str, float]) -> float:
    """Return the relation head's probability as logarithmic odds, from -1 to 1."""
    probability = min(1 - _EVIDENT, max(_EVIDENT, features.get("model", 0.0)))
    return math.log(probability / (1 - probability)) / math.log((1 - _EVIDENT) / _EVIDENT)


def word_of(evidence: Evidence) -> str:
    """Return the word that tells the fact, as written; that of the relation head alone tells nothing."""
    trigger = dict(evidence.roles).get("trigger")
    if trigger is None or evidence.rule.endswith(".model"):
        return UNWORDED
    return evidence.quote[trigger.start - evidence.span.start : trigger.end - evidence.span.start]
