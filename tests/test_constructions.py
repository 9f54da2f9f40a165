"""The grammar of facts: `constructions/*.txt` puts a few deeds and ties into every construction that English has for them.

A line is `text => subject > relation > object [status] by speaker at time; …`: all facts of the relations that it names, speakers and times
where one of them is named; `text => no relation` where there are none. `~` before a line marks a known failure, strictly: when it passes, the mark must go.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Statement, Value

_FOLDER = Path(__file__).parent / "constructions"
_FACT = re.compile(r"(?P<subject>.+?) > (?P<relation>\w+) > (?P<object>.+?) \[(?P<status>\w+)\](?: by (?P<speaker>.+?))?(?: at (?P<time>\S+))?")


@cache
def model() -> spacy.Language:
    return load_model()


def constructions() -> Iterator[Any]:
    for path in sorted(_FOLDER.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            text, arrow, facts = line.removeprefix("~ ").partition(" => ")
            if arrow and not line.startswith("#"):
                marks = [pytest.mark.xfail(strict=True, reason="known failure")] if line.startswith("~ ") else []
                yield pytest.param(text, facts, id=f"{path.stem}-{number}", marks=marks)


@pytest.mark.parametrize(("text", "facts"), list(constructions()))
def test_construction(text: str, facts: str) -> None:
    relations, expected, asked = read(facts)
    extraction = extract(Document("d", "d", text), model())
    names: dict[str | None, str] = {entity.id: entity.name for entity in extraction.entities}

    def shown(statement: Statement) -> dict[str, str]:
        object_ = statement.object.value if isinstance(statement.object, Value) else names[statement.object]
        told = {"subject": names[statement.subject], "relation": statement.relation, "object": object_, "status": statement.status}
        told["speaker"] = names.get(statement.speaker, "None")
        told["time"] = str(statement.time.start if statement.time else None)
        return {key: told[key] for key in ("subject", "relation", "object", "status", *sorted(asked))}

    found = [shown(s) for s in extraction.statements if s.relation in relations]
    assert sorted({tuple(f.items()) for f in found}) == sorted(tuple(e.items()) for e in expected)


def read(facts: str) -> tuple[set[str], list[dict[str, str]], set[str]]:
    """Return the relations that a line names, its facts, and whether it tells speakers and times."""
    if facts.startswith("no "):
        return set(facts.removeprefix("no ").split("/")), [], set()
    matched = [_FACT.fullmatch(fact) for fact in facts.split("; ")]
    assert all(matched), facts
    told = [m.groupdict() for m in matched if m is not None]
    asked = {key for key in ("speaker", "time") if any(fact[key] is not None for fact in told)}
    kept = [{key: fact[key] for key in ("subject", "relation", "object", "status", *sorted(asked))} for fact in told]
    return {fact["relation"] for fact in told}, kept, asked


def test_every_table_is_read() -> None:
    assert len(list(constructions())) > 700
