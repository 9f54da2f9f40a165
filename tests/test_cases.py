"""Every relation on sentences, through the shipped model: `cases/RELATION.toml` says what each must yield, and what none may.

A case's facts are all facts of the file's relation, as `Subject > Object`, with `[status]` unless asserted; ends are compared by
any of their names. `fails = "reason"` marks a known failure, strictly: when it passes, the mark must go.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Entity, Extraction, Statement, Value

_FOLDER = Path(__file__).parent / "cases"


@cache
def model() -> spacy.Language:
    return load_model()


def cases() -> Iterator[Any]:
    for path in sorted(_FOLDER.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])):
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            yield pytest.param(path.stem, case, id=f"{path.stem}-{number}", marks=marks)


@pytest.mark.parametrize(("relation", "case"), list(cases()))
def test_case(relation: str, case: dict[str, Any]) -> None:
    found = found_facts(relation, case, model())
    expected = [parse_fact(line) for line in case.get("facts", [])]
    missed = [line for line in expected if not any(matches(line, f, case.get("symmetric", False)) for f in found)]
    wrong = [f for f in found if not any(matches(line, f, case.get("symmetric", False)) for line in expected)]
    assert (missed, wrong) == ([], [])


def found_facts(relation: str, case: dict[str, Any], nlp: spacy.Language) -> list[tuple[frozenset[str], frozenset[str], str]]:
    """The facts of a relation that a case's text yields: names of both ends, and status."""
    extraction = extract(Document("case", "case", case["text"], published=case.get("date")), nlp)
    return [_names(extraction, s) for s in extraction.statements if s.relation == relation]


def _names(extraction: Extraction, statement: Statement) -> tuple[frozenset[str], frozenset[str], str]:
    by_id = {entity.id: entity for entity in extraction.entities}
    ends = [_forms(by_id[e]) if not isinstance(e, Value) else frozenset({e.value}) for e in (statement.subject, statement.object)]
    return ends[0], ends[1], statement.status


def _forms(entity: Entity) -> frozenset[str]:
    return frozenset((entity.name, *entity.aliases))


def parse_fact(line: str) -> tuple[str, str, str]:
    ends, _, status = line.partition(" [")
    subject, _, object_ = ends.partition(" > ")
    return subject.strip(), object_.strip(), status.rstrip("]") or "asserted"


def matches(line: tuple[str, str, str], found: tuple[frozenset[str], frozenset[str], str], symmetric: bool) -> bool:
    subject, object_, status = line
    there = (subject in found[0] and object_ in found[1]) or (symmetric and subject in found[1] and object_ in found[0])
    return there and status == found[2]
