"""Years in brackets behind the names of people: when they lived or held an office, never when the sentence's deed was done."""

import pytest
from spacy.language import Language

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Statement


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def told(text: str, relation: str, nlp: Language) -> list[Statement]:
    return [s for s in extract(Document("d", "d", text), nlp).statements if s.relation == relation]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Amina Diallo (1940–2011) founded the Green League.", "founded"),
        ("President Ana Lind (2010–2014) signed the Lima Accord.", "signed"),
        ("General Ana Lind (2010–14, 2018–20) commanded the 4th Division.", "commands"),
        ("The poet Eva Holm (c. 1890–1950) met Jean Roux in Paris.", "met"),
    ],
)
def test_a_deed_is_not_dated_by_the_life_or_office_of_who_did_it(text: str, relation: str, nlp: Language) -> None:
    (statement,) = told(text, relation, nlp)
    assert statement.time is None


def test_a_deed_keeps_the_day_outside_the_bracket(nlp: Language) -> None:
    (statement,) = told("Amina Diallo (1940–2011) founded the Green League in 1977.", "founded", nlp)
    assert statement.time is not None
    assert statement.time.start == "1977"


def test_a_year_by_itself_may_be_that_of_the_deed(nlp: Language) -> None:
    (statement,) = told("Kabul was visited by Ana Lind (2014).", "visited", nlp)
    assert statement.time is not None
    assert statement.time.start == "2014"


def test_birth_and_death_are_traced_to_their_own_years(nlp: Language) -> None:
    text = "Amina Diallo (2 April 1940 – 2011) founded the Green League."
    for relation, quote in (("bornOn", "Amina Diallo (2 April 1940"), ("diedOn", "Amina Diallo (2 April 1940 – 2011")):
        (statement,) = told(text, relation, nlp)
        (evidence,) = statement.evidence
        assert evidence.quote == quote
        assert evidence.rule == f"{relation}.lifespan"
        assert text[evidence.span.start : evidence.span.end] == evidence.quote
