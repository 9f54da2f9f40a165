"""Two hundred texts that state no fact of the catalogue, though their words and names look like it (`data/hard_negatives.toml`)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Extraction, Statement, Value

_TEXTS = Path(__file__).parent / "data" / "hard_negatives.toml"
_ALLOWED = 6


def texts() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["text"]
    return found


def false_facts() -> Iterator[str]:
    """What the shipped model makes of the texts, a line a fact; `said` carries quotations and is no fact."""
    nlp = load_model()
    for number, entry in enumerate(texts()):
        extraction = extract(Document(f"negative-{number}", "data", entry["text"]), nlp)
        yield from (f"{_told(s, extraction)} | {entry['kind']}: {entry['text']}" for s in extraction.statements if s.relation != "said")


def _told(statement: Statement, extraction: Extraction) -> str:
    names = {entity.id: entity.name for entity in extraction.entities}
    ends = [end.value if isinstance(end, Value) else names[end] for end in (statement.subject, statement.object)]
    return f"{ends[0]} {statement.relation} {ends[1]} [{statement.status}]"


def test_there_are_two_hundred_of_many_kinds() -> None:
    assert len({entry["text"] for entry in texts()}) == 200
    assert len({entry["kind"] for entry in texts()}) >= 15


def test_hard_negatives_yield_hardly_any_fact() -> None:
    found = list(false_facts())
    assert len(found) <= _ALLOWED, f"{len(found)} false facts:\n" + "\n".join(found)
