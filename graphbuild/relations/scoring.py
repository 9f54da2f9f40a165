"""How likely the reading of one fact is right: a logistic model of how it was found.

`python -m benchmarks.calibration --fit` fits the weights, on texts that the relation model has not seen; `benchmarks/results/quality.json` says how
far the result can be trusted (docs/reliability.png).
"""

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_WEIGHTS = Path(__file__).parent / "confidence.toml"
_EVIDENT = 0.01
"""Least doubt about the relation head's probability, which is taken for no more than 0.99 and no less than this."""
_NOMINAL = frozenset(("noun", "light", "adjective"))
_EMBEDDED = frozenset(("adverbial", "control", "coordinated", "participle", "relative"))


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Load the fitted weights."""
    return dict(_tables()["weights"])


@lru_cache(maxsize=1)
def odds() -> dict[str, float]:
    """Load the logarithmic odds of each relation's facts being right, beside those of all facts."""
    return dict(_tables()["odds"])


def _tables() -> dict[str, dict[str, float]]:
    return tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))


def score(relation: str, construction: str, is_title: bool, features: Mapping[str, float]) -> float:
    """Estimate how likely a fact found by `construction` is right, from 0 to 1; parameters as for `predictors`."""
    shown = predictors(relation, construction, is_title, features)
    return round(1 / (1 + math.exp(-sum(weights()[name] * value for name, value in shown.items()))), 3)


def predictors(relation: str, construction: str, is_title: bool, features: Mapping[str, float]) -> dict[str, float]:
    """Return what the model weighs, by the names of the weights.

    Parameters:
        relation: its name; some are read more surely than others.
        construction: how the fact was found; the second part of the evidence's rule.
        is_title: whether a title or a place name says it, of which the relation head knows less.
        features: as evidence keeps them.
    """
    probability = min(1 - _EVIDENT, max(_EVIDENT, features.get("model", 0.0)))
    belief = math.log(probability / (1 - probability)) / math.log((1 - _EVIDENT) / _EVIDENT)
    return {
        "bias": 1.0,
        "relation": odds().get(relation, 0.0),
        "model": 0.0 if is_title else belief,
        "title": float(is_title),
        "title_model": belief if is_title else 0.0,
        "model_only": float(construction == "model"),
        "noun": float(construction in _NOMINAL and not is_title),
        "embedded": float(construction in _EMBEDDED),
        "pronoun": float(features.get("pronouns", 0.0) > 0),
        "description": float(features.get("nouns", 0.0) > 0),
        "hops": float(features.get("hops", 0.0) > 0),
        "distance": min(2.0, features.get("distance", 0.0) / 10),
        "entity": features.get("entity", 1.0),
    }
