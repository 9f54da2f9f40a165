"""The facts follow the words: other names, the other voice, a negation (`data/metamorphic.toml`)."""

import re
import tomllib
from pathlib import Path

import pytest

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Value

TEXTS = tomllib.loads((Path(__file__).parent / "data" / "metamorphic.toml").read_text(encoding="utf-8"))["text"]
CASTS = [
    {"P": "Ingrid Solberg", "Q": "Tomas Novak", "X": "Norway", "Y": "Serbia", "a": "Norwegian", "C": "Lisbon", "D": "4 May 2021",
     "O": "Foreign Minister", "N": "Hezbollah"},
    {"P": "Kwame Asante", "Q": "Lucia Ferrer", "X": "Ghana", "Y": "Peru", "a": "Ghanaian", "C": "Nairobi", "D": "Tuesday",
     "O": "President", "N": "Gazprom"},
    {"P": "Rashid Karimov", "Q": "Mei Tanaka", "X": "Kazakhstan", "Y": "Japan", "a": "Kazakh", "C": "Tashkent", "D": "June 30",
     "O": "Defence Minister", "N": "Boko Haram"},
]  # fmt: skip
FORMS = [(number, form, cast) for number in range(len(TEXTS)) for form in ("plain", "turned", "negated") for cast in range(len(CASTS))]
SCORED = frozenset(fact.split()[1] for text in TEXTS for fact in (*text["facts"], *text.get("kept", ())))
REPORTED = re.compile(r"\bsaid\b")


@pytest.mark.parametrize(("number", "form", "cast"), FORMS)
def test_facts_follow(number: int, form: str, cast: int) -> None:
    text, names = TEXTS[number], CASTS[cast]
    said = text[form].format_map(names)
    status = "denied" if form == "negated" else "reported" if REPORTED.search(said) else "asserted"
    wanted = {(*_filled(fact, names), status) for fact in text["facts"]} | {
        (*_filled(fact, names), "asserted") for fact in text.get("kept", ()) if names[fact.split()[0]] in said
    }
    assert wanted <= _facts(said)
    assert {fact[:3] for fact in _facts(said) if fact[1] in {f.split()[1] for f in text["facts"]}} == {_filled(fact, names) for fact in text["facts"]}


def _filled(fact: str, names: dict[str, str]) -> tuple[str, str, str]:
    subject, relation, object_ = fact.split()
    ends = names.get(subject, subject), names.get(object_, object_)
    return (min(ends), relation, max(ends)) if relation == "met" else (ends[0], relation, ends[1])


def _facts(said: str) -> set[tuple[str, str, str, str]]:
    extraction = extract(Document("d", "d", said), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    out = set()
    for statement in extraction.statements:
        if statement.relation in SCORED and not isinstance(statement.object, Value):
            one, other = names[statement.subject], names[statement.object]
            ends = (min(one, other), max(one, other)) if statement.relation == "met" else (one, other)
            out.add((ends[0], statement.relation, ends[1], statement.status))
    return out
