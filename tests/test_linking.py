"""What ambiguous names mean: short texts, read end to end, with the country, city, region or body that each name must link to."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from graphbuild.gazetteer import Entry, Gazetteer, name_key
from graphbuild.language import load_model
from graphbuild.linking import link_of
from graphbuild.pipeline import extract
from graphbuild.records import Document, Entity, Extraction

CASES = tomllib.loads((Path(__file__).parent / "data" / "linking.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def parameters() -> list[Any]:
    marks = {c["id"]: [pytest.mark.xfail(strict=True, reason=c["known_failure"])] if "known_failure" in c else [] for c in CASES}
    return [pytest.param(c, id=c["id"], marks=marks[c["id"]]) for c in CASES]


@pytest.mark.parametrize("case", parameters())
def test_a_name_means_what_its_text_says(case: dict[str, Any], nlp: Language, gazetteer: Gazetteer):
    extraction = extract(Document(case["id"], case["id"], case["text"], published=case.get("published")), nlp, gazetteer=gazetteer)
    wrong = {form: (expected, links_at(extraction, form)) for form, expected in case["means"].items() if not means(extraction, form, expected, gazetteer)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CAIRO, June 10 (Wire) - Antony Blinken met Egyptian officials in Cairo on Monday.", {"Cairo"}),
        ("VILNIUS, March 14 (Wire) - Gabrielius Landsbergis met reporters on Thursday.", {"Vilnius"}),
        ("NATO troops left Kabul on Monday. Nato said so.", {"Kabul"}),
    ],
)
def test_a_place_in_capitals_is_named_in_ordinary_letters(text: str, names: set[str], nlp: Language, gazetteer: Gazetteer):
    entities = extract(Document("d", "d", text), nlp, gazetteer=gazetteer).entities
    assert {e.name for e in entities if e.type == "City"} == names
    assert [e.name for e in entities if e.type == "Alliance"] == ["NATO"] * ("NATO" in text)


def means(extraction: Extraction, form: str, expected: str, gazetteer: Gazetteer) -> bool:
    """Tell whether the links of what a form stands for are those expected."""
    links = links_at(extraction, form)
    if expected == "none":
        return not links
    found = {entry.id for entry in wanted(form.split("#")[0], expected, gazetteer)}
    assert found, f"{expected}: the gazetteer has no such entry for {form}"
    return len(links) > 0 and links <= {link for id in found for link in link_of(gazetteer.get(id))}


def wanted(form: str, expected: str, gazetteer: Gazetteer) -> list[Entry]:
    """Find the entries that an expectation allows."""
    kind, code, division = (*expected.split(), "", "")[:3]
    if code:
        country = gazetteer.by_code(code)
        found = gazetteer.lookup(form, {kind}) or gazetteer.lookup(form.removesuffix(" State"), {kind})
        named = [e for e in found if e.country == country.id and division in ("", e.region)]
        return named[:1] if kind == "City" else named
    entry = gazetteer.by_code(expected) or gazetteer.get(expected)
    return [entry] if entry else []


def links_at(extraction: Extraction, form: str) -> set[str]:
    """Return the links of the entities that the name stands for at its place in the text."""
    name, _, nth = form.partition("#")
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", extraction.document.text)]
    start = places[int(nth or 1) - 1]
    return {link for e in at(extraction, start, start + len(name)) for link in e.links}


def at(extraction: Extraction, start: int, end: int) -> list[Entity]:
    """Return the entities of the smallest mentions that cover a place, else of those that overlap it."""
    spans = [(extraction.mentions[i].span, e) for e in extraction.entities for i in e.mentions]
    covering = [(s, e) for s, e in spans if s.start <= start and end <= s.end]
    size = min((s.end - s.start for s, _ in covering), default=0)
    return [e for s, e in covering if s.end - s.start == size] or [e for s, e in spans if s.start < end and start < s.end]


def test_there_are_enough_cases_and_no_name_twice():
    assert len(CASES) >= 60
    assert len({c["id"] for c in CASES}) == len(CASES)
    assert all(re.search(re.escape(form.split("#")[0]), c["text"]) for c in CASES for form in c["means"])


def test_every_ambiguous_form_of_the_issue_has_cases():
    forms = {name_key(form.split("#")[0]) for c in CASES for form in c["means"]}
    assert forms >= {"georgia", "jordan", "guinea", "congo", "korea", "macedonia", "washington", "paris"}


CLASSES = [
    ("Soldiers left Camp Harrow on Monday and crossed Lake Tanor.", {"Camp Harrow": "Facility", "Lake Tanor": "Place"}),
    ("Ministers met in Port of Spain on Monday.", {"Port of Spain": "City"}),
    ("Farmers in Ontario asked Canada for help.", {"Ontario": "Region"}),
    ("A drought hit Texas and the Ionian Sea coast.", {"Texas": "Region", "Ionian Sea": "Place"}),
    ("Police in Kenya arrested Daniel Mwangi. Mwangi denied it, and a court freed Mwangi.", {"Mwangi#2": "Person", "Mwangi#3": "Person"}),
]


@pytest.mark.parametrize(("text", "classes"), CLASSES, ids=[next(iter(c)) for _, c in CLASSES])
def test_class_of_a_name(text: str, classes: dict[str, str], nlp: Language, gazetteer: Gazetteer):
    extraction = extract(Document("d", "d", text), nlp, gazetteer=gazetteer)
    for form, expected in classes.items():
        name, _, nth = form.partition("#")
        start = [m.start() for m in re.finditer(re.escape(name), text)][int(nth or 1) - 1]
        assert {e.type for e in at(extraction, start, start + len(name))} == {expected}, form


def test_the_day_of_the_document_decides_who_is_meant(nlp: Language):
    text = "President Bush said the United States would act."
    links = [links_at(extract(Document("d", "d", text, published=day), nlp), "Bush") for day in ("1991-01-16", "2003-03-20", "2015-01-01")]
    assert links[0]
    assert links[1]
    assert links[0] != links[1]
    assert links[2] == set()
