"""The annotated documents that quality is measured on, and what graphbuild finds in them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from graphbuild.catalogue import load_catalogue
from graphbuild.dates import dateline
from graphbuild.evaluate import Evaluation, GoldDocument, Outputs, evaluate, parse_gold
from graphbuild.evaluate.definitions import Relations
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.pipeline import extract
from graphbuild.records import Document
from training.corpus.gold import document, gold_record
from training.corpus.reader import TEXTS, CorpusText, read_corpus
from training.sources.project import is_held_out
from training.statements import FOLDER

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
OWN = "own gold"
HELD_OUT = "corpus, held out"
STATEMENTS = "statements, unseen"

Gold = tuple[list[Document], list[dict[str, Any]]]
"""Documents, and their annotations as records."""


def own_gold() -> list[CorpusText]:
    """Read the gold texts of the project, which nothing is trained or fitted on."""
    return list(read_corpus(ROOT / "tests" / "gold"))


def held_out() -> list[CorpusText]:
    """Read the texts of the corpus that the model is not trained on."""
    return [text for text in read_corpus(TEXTS) if is_held_out(text)]


def as_gold(texts: Iterable[CorpusText]) -> Gold:
    """Return annotated texts as documents and records."""
    kept = list(texts)
    return [document(text) for text in kept], [gold_record(text) for text in kept]


def annotated(*folders: Path) -> Iterator[tuple[str, Gold]]:
    """Yield the annotated collections of the project, and those of folders with `*_gold.jsonl`, beside them `*_docs.jsonl`."""
    yield HELD_OUT, as_gold(held_out())
    yield OWN, as_gold(own_gold())
    yield STATEMENTS, read_gold(FOLDER / "unseen_gold.jsonl")
    for path in (path for folder in folders for path in sorted(folder.glob("*_gold.jsonl"))):
        yield path.stem.removesuffix("_gold"), read_gold(path)


def read_gold(path: Path) -> Gold:
    """Read `…_gold.jsonl` and the documents beside it, in `…_docs.jsonl`; those of the seed lie in seeds."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return list(_documents(path, records)), records


def _documents(gold: Path, records: Iterable[dict[str, Any]]) -> Iterator[Document]:
    texts = gold.with_name(gold.name.replace("_gold", "_docs"))
    if texts.exists():
        for row in map(json.loads, texts.read_text(encoding="utf-8").splitlines()):
            yield Document(row["id"], row["id"], row["text"], title=row.get("title"), published=row.get("published"))
        return
    for record in records:
        with (ROOT / "seeds" / record["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        line = dateline(text)
        yield Document(record["doc"], record["doc"], text, published=line.published.isoformat() if line else None)


def built(documents: Sequence[Document], nlp: Language) -> KnowledgeGraph:
    """Read documents and assemble their graph."""
    return assemble([extract(one, nlp) for one in documents])


def checked(gold: Gold) -> tuple[GoldDocument, ...]:
    """Return the annotations, checked against catalogue and texts."""
    documents, records = gold
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return parse_gold(lines, "gold", load_catalogue(), {one.id: one.text for one in documents})


def compared(graph: KnowledgeGraph, gold: Gold, *, every: bool = False) -> Evaluation:
    """Measure a graph against the annotations of its documents."""
    texts = {one.id: one.text for one in gold[0]}
    return evaluate(checked(gold), Outputs.of(graph.facts(), graph.entities(), texts), Relations(load_catalogue(), every))


def measured(gold: Gold, nlp: Language, *, every: bool = False) -> Evaluation:
    """Read, assemble, and measure."""
    return compared(built(gold[0], nlp), gold, every=every)
