"""What each half of the fact finder adds: frames alone, the relation model alone, both (as shipped), by relation.

`python -m benchmarks.ablation GOLD`: GOLD is the folder with the scorer and annotated documents, as for `benchmarks.quality`. Titles
and place names are read by frames in every setting but `model`. Writes `results/ablation.json`.
"""

import argparse
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from benchmarks.quality import ROOT, Gold, annotated, printed_scores
from graphbuild.language import load_model
from graphbuild.relations import classifier
from graphbuild.relations.frames import FrameMatcher

RESULTS = ROOT / "benchmarks" / "results" / "ablation.json"
SETTINGS = ("frames", "model", "both")
_STRICT = re.compile(r"^strict +P ([\d.]+) R ([\d.]+) F1 ([\d.]+) \(right (\d+) wrong (\d+) missed (\d+)\)", re.MULTILINE)
_RELATION = re.compile(r"^ {2}(\w+) +gold +(\d+) found +(\d+) wrong +(\d+)", re.MULTILINE)
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


def scores(gold: Gold, folder: Path, nlp: Any) -> dict[str, Any]:
    """Return precision, recall and F1 (strict), and what was right and wrong by relation."""
    printed = printed_scores(gold, nlp, folder)
    precision, recall, f1, right, wrong, missed = _STRICT.findall(printed)[0]
    relations = {name: {"gold": int(g), "found": int(f), "wrong": int(w)} for name, g, f, w in _RELATION.findall(printed)}
    overall = {"P": float(precision), "R": float(recall), "F1": float(f1), "right": int(right), "wrong": int(wrong), "missed": int(missed)}
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
                found[name][one] = scores(gold, options.gold, nlp)
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    table = Table("collection", "setting", "P", "R", "F1", "right", "wrong")
    for name, settings in found.items():
        for one, row in settings.items():
            table.add_row(name, one, *(f"{row[k]:.3f}" for k in ("P", "R", "F1")), str(row["right"]), str(row["wrong"]))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
