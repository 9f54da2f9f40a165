"""All held-out measures of the project, in one run, from the project's folder:

    python -m benchmarks.quality                  what needs no further data: facts, confidence, cases
    python -m benchmarks.quality --data DATA      and the language model and the dates, on the open sets under DATA (training/README.md)
    python -m benchmarks.quality --gold GOLD      facts of a further folder, too, with `*_docs.jsonl` and `*_gold.jsonl`
    python -m benchmarks.quality --facts          only facts (likewise --calibration, --cases, --model, --dates)
    python -m benchmarks.quality --bars           set the bars anew, and nothing else

Facts and entities are scored as by `graphbuild eval`, on the project's own gold (tests/gold, which nothing is trained or fitted on) and on the
held-out texts of the corpus. Cases count how often the sentences of tests/cases come out with the right status. Prints tables and writes
`benchmarks/results/quality.json`, which is what the README shows and what a test holds quality against.

The bars (`benchmarks/results/bars.json`) are the lower ends of the 95 % intervals of facts and entities on the own gold when they were set. The figures
above are renewed with every change that is meant; bars stay, so that many small losses cannot add up unseen. Set them anew when quality has risen.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from rich.console import Console
from rich.table import Table

from benchmarks import calibration, dates
from benchmarks.gold import RESULTS as FOLDER
from benchmarks.gold import annotated, as_gold, measured, own_gold
from graphbuild.evaluate.measures import Score
from graphbuild.language import load_model

RESULTS = FOLDER / "quality.json"
BARS = FOLDER / "bars.json"
PARTS = ("facts", "calibration", "cases", "model", "dates")
NEED_DATA = ("model", "dates")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true")
    parser.add_argument("--data", type=Path, help="folder with the open data sets")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="folder with *_docs.jsonl and *_gold.jsonl")
    parser.add_argument("--bars", action="store_true", help="set the bars anew, and nothing else")
    options = parser.parse_args()
    if options.bars:
        BARS.write_text(json.dumps(bars(measured(as_gold(own_gold()), load_model()).scores), indent=1) + "\n", encoding="utf-8")
        return
    asked = [part for part in PARTS if getattr(options, part)] or [part for part in PARTS if options.data or part not in NEED_DATA]
    if options.data is None and set(asked) & set(NEED_DATA):
        parser.error(f"{' and '.join(NEED_DATA)} need --data")
    nlp = load_model()
    found: dict[str, dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for part in asked:
        found[part] = measure(part, nlp, options.data, options.gold)
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    show({part: found[part] for part in asked})


def bars(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Return by measure and share the lower end of its interval.

    >>> bars({"strict": Score(1, 1, 2, {"P": (0.9, 1.0), "R": (0.25, 0.75)})})
    {'strict': {'P': 0.9, 'R': 0.25}}
    """
    return {name: {share: round(low, 4) for share, (low, _) in score.intervals.items()} for name, score in scores.items()}


def measure(part: str, nlp: spacy.Language, data: Path | None, gold: list[Path]) -> dict[str, Any]:
    """Measure one part."""
    if part == "facts":
        return {name: measured(collection, nlp).to_json() for name, collection in annotated(*gold)}
    if part == "calibration":
        return calibration.measure(nlp)
    if part == "cases":
        return case_scores(nlp)
    assert data is not None
    if part == "model":
        return model_scores(data)
    return {split: dates.measure(data / "gum_open" / split, verbose=False) for split in ("train", "dev", "test")}


def model_scores(data: Path) -> dict[str, Any]:
    """Measure the shipped model on the held-out part of every open set."""
    from graphbuild.language.components import MODEL
    from training.convert import read_all
    from training.sources.project import read_project
    from training.steps import measure

    held_out = tuple(example for example, held in read_project() if held)
    return measure(MODEL, data, {**read_all(data).measure, "project-held-out": held_out})


def case_scores(nlp: spacy.Language) -> dict[str, Any]:
    """Count, by expected status, the facts of tests/cases: found as such, found with another status, missed; and false facts."""
    from tests.test_cases import cases, found_facts, matches, parse_fact

    counts: dict[str, Counter[str]] = {status: Counter() for status in ("asserted", "denied", "planned", "reported", "none")}
    for case in cases():
        relation, body = case.values
        found = found_facts(relation, body, nlp)
        expected = [parse_fact(line) for line in body.get("facts", [])]
        for subject, object_, status in expected:
            statuses = {f[2] for f in found if matches((subject, object_, f[2]), f, body.get("symmetric", False))}
            counts[status]["right" if status in statuses else f"as {min(statuses)}" if statuses else "missed"] += 1
        if not expected:
            counts["none"]["false" if found else "right"] += 1
    return {status: dict(sorted(counter.items())) for status, counter in counts.items()}


def show(found: dict[str, dict[str, Any]]) -> None:
    """Print the results as tables of at most 100 columns."""
    console = Console(width=100)
    for part, rows in found.items():
        table = Table(title=part, title_justify="left")
        table.add_column("measured on")
        table.add_column("figures", overflow="fold")
        for row, values in sorted(rows.items()):
            table.add_row(row, "  ".join(f"{key} {_told(value)}" for key, value in values.items() if key != "relations"))
        console.print(table)


def _told(value: Any) -> str:
    return "/".join(str(value[share]) for share in ("P", "R", "F1")) if isinstance(value, dict) and "F1" in value else str(value)


if __name__ == "__main__":
    main()
