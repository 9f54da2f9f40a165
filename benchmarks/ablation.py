"""What each half of the fact finder adds: frames alone, the relation model alone, both (as shipped), by relation.

`python -m benchmarks.ablation GOLD`: GOLD is a folder with further annotated documents, as for `benchmarks.quality`. Titles
and place names are read by frames in every setting but `model`. Writes `results/ablation.json`.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from benchmarks.gold import RESULTS as FOLDER
from benchmarks.gold import Gold, annotated, measured
from graphbuild.language import load_model
from graphbuild.relations import classifier
from graphbuild.relations.frames import FrameMatcher

RESULTS = FOLDER / "ablation.json"
SETTINGS = ("frames", "model", "both")
_NEVER = 1.1


@contextmanager
def setting(name: str) -> Iterator[None]:
    """Switch off one half."""
    shipped = classifier.thresholds()
    silent = classifier.Thresholds({classifier.DEFAULT: _NEVER}, shipped.refuse)
    mute = patch.object(FrameMatcher, "candidates", lambda _: iter(()))
    deaf = patch("graphbuild.relations.statements.thresholds", lambda: silent)
    if name == "model":
        with mute:
            yield
    elif name == "frames":
        with deaf:
            yield
    else:
        yield


def scores(gold: Gold, nlp: Any) -> dict[str, Any]:
    """Return precision, recall and F1 (strict), and what was right and wrong by relation."""
    found = measured(gold, nlp)
    strict = found.scores["strict"]
    relations = {name: {"gold": one.wanted, "found": one.right, "wrong": one.found - one.right} for name, one in found.by_relation.items()}
    shares = {name: round(value, 3) for name, value in (("P", strict.precision), ("R", strict.recall), ("F1", strict.f1))}
    overall = {**shares, "right": strict.right, "wrong": strict.found - strict.right, "missed": strict.wanted - strict.right}
    return {**overall, "relations": relations}


def main() -> None:
    """Measure all settings on all collections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    nlp = load_model()
    found: dict[str, dict[str, Any]] = {}
    for name, gold in annotated(options.gold):
        found[name] = {}
        for one in SETTINGS:
            with setting(one):
                found[name][one] = scores(gold, nlp)
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    table = Table("collection", "setting", "P", "R", "F1", "right", "wrong")
    for name, settings in found.items():
        for one, row in settings.items():
            table.add_row(name, one, *(f"{row[k]:.3f}" for k in ("P", "R", "F1")), str(row["right"]), str(row["wrong"]))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
