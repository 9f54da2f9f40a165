"""All held-out measures of the project, in one run, from the project's folder:

    python -m benchmarks.quality --model --facts --cases --data DATA --gold GOLD

`--model` measures the shipped model on the open sets under DATA (training/README.md tells where they come from); `--facts` scores what
is extracted from annotated documents: the project's own (tests/gold, and the held-out texts of the corpus), and with GOLD (a folder
with `*_docs.jsonl`, `*_gold.jsonl` and the scorer `score_facts.py`) any others; `--cases` counts how often the sentences of
tests/cases come out with the right status. Prints tables and writes `benchmarks/results/quality.json`.
"""

import argparse
import importlib.util
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import spacy
from rich.console import Console
from rich.table import Table

from graphbuild.dates import dateline
from graphbuild.graph import assemble
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "quality.json"
_SCORE = re.compile(r"^(entity|strict|lenient) +P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", re.MULTILINE)
_STATUS = re.compile(r"not asserted: (\d+) in gold, (\d+) found as such, (\d+) leaked as asserted; places right (\d+)/(\d+), dates right (\d+)/(\d+)")
_ENTITIES = re.compile(r"class right (\d+)/(\d+) split (\d+) merged (\d+)")

Gold = tuple[list[Document], list[dict[str, Any]]]
"""Documents, and their gold records."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="store_true", help="the language model on the open sets (needs --data)")
    parser.add_argument("--facts", action="store_true", help="facts and entities of annotated documents (needs --gold for the scorer)")
    parser.add_argument("--cases", action="store_true", help="status and relations of the sentences of tests/cases")
    parser.add_argument("--data", type=Path, help="folder with the open data sets")
    parser.add_argument("--gold", type=Path, help="folder with score_facts.py, *_docs.jsonl and *_gold.jsonl")
    options = parser.parse_args()
    nlp = load_model()
    found: dict[str, dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if options.model:
        if options.data is None:
            parser.error("--model needs --data")
        found["model"] = model_scores(options.data)
    if options.facts:
        if options.gold is None:
            parser.error("--facts needs --gold, the folder with the scorer")
        found["facts"] = {name: fact_scores(gold, nlp, options.gold) for name, gold in annotated(options.gold)}
    if options.cases:
        found["cases"] = case_scores(nlp)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    show(found)


def model_scores(data: Path) -> dict[str, Any]:
    """Measure the shipped model on the held-out part of every open set."""
    from graphbuild.language.components import MODEL
    from training.convert import read_all
    from training.sources.project import read_project
    from training.steps import measure

    held_out = tuple(example for example, held in read_project() if held)
    return measure(MODEL, data, {**read_all(data).measure, "project-held-out": held_out})


def annotated(folder: Path) -> Iterator[tuple[str, Gold]]:
    """Yield the annotated collections: those of the project, and those in `folder`."""
    from training.corpus.gold import gold_record
    from training.corpus.reader import TEXTS, read_text
    from training.sources.project import is_held_out

    corpus = [text for text in map(read_text, sorted(TEXTS.glob("*.txt"))) if is_held_out(text)]
    own = [read_text(path) for path in sorted((ROOT / "tests" / "gold").glob("*.txt"))]
    for name, texts in (("corpus, held out", corpus), ("own gold", own)):
        documents = [Document(t.id, t.id, t.text, published=_day(t.meta.get("date", ""))) for t in texts]
        yield name, (documents, [gold_record(t) for t in texts])
    for path in sorted(folder.glob("*_gold.jsonl")):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        yield path.stem.removesuffix("_gold"), (list(_documents(path, records)), records)


def _documents(gold: Path, records: Iterable[dict[str, Any]]) -> Iterator[Document]:
    texts = gold.with_name(gold.name.replace("_gold", "_docs"))
    if texts.exists():
        for row in map(json.loads, texts.read_text(encoding="utf-8").splitlines()):
            yield Document(row["id"], row["id"], row["text"], title=row.get("title"), published=row.get("published"))
        return
    for record in records:
        path = next(path for path in (ROOT / "seeds").iterdir() if path.name == record["doc"])
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        line = dateline(text)
        yield Document(record["doc"], str(path.name), text, published=line.published.isoformat() if line else None)


def _day(text: str) -> str | None:
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def printed_scores(gold: Gold, nlp: spacy.Language, folder: Path) -> str:
    """Extract, assemble, and score with the scorer in `folder`; what it prints."""
    documents, records = gold
    graph = assemble([extract(document, nlp) for document in documents])
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / f for f in ("gold.jsonl", "facts.jsonl", "entities.jsonl")]
        for path, rows in zip(files, (records, graph.facts(), graph.entities()), strict=True):
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return _run_scorer(folder / "score_facts.py", files)


def fact_scores(gold: Gold, nlp: spacy.Language, folder: Path) -> dict[str, float]:
    """Extract and score; the figures."""
    printed = printed_scores(gold, nlp, folder)
    scores = {f"{kind} {measure}": float(value) for kind, *values in _SCORE.findall(printed) for measure, value in zip(("P", "R", "F1"), values, strict=True)}
    names = ("not asserted", "found as such", "leaked", "places right", "places", "dates right", "dates")
    scores |= {name: int(value) for name, value in zip(names, _STATUS.findall(printed)[0], strict=True)}
    return scores | {name: int(value) for name, value in zip(("class right", "matched", "split", "merged"), _ENTITIES.findall(printed)[0], strict=True)}


def _run_scorer(path: Path, files: list[Path]) -> str:
    spec = importlib.util.spec_from_file_location("score_facts", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    arguments, sys.argv = sys.argv, [str(path), *map(str, files)]
    try:
        with redirect_stdout(StringIO()) as printed:
            scorer.main()
    finally:
        sys.argv = arguments
    return printed.getvalue()


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
    for name, rows in found.items():
        table = Table(title=name, title_justify="left")
        table.add_column("measured on")
        table.add_column("figures", overflow="fold")
        for row, figures in sorted(rows.items()):
            table.add_row(row, "  ".join(f"{key} {value}" for key, value in figures.items()))
        console.print(table)


if __name__ == "__main__":
    main()
