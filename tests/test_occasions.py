"""Place and time of an event, taken from another mention of it."""

from functools import cache

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Statement


@cache
def model() -> spacy.Language:
    return load_model()


def told(text: str, relation: str) -> list[tuple[str | None, str | None, Statement]]:
    """Return place, first day and the statement itself of all facts of a relation."""
    found = extract(Document("d", "d", text, published="2023-02-01"), model())
    name = {entity.id: entity.name for entity in found.entities}
    return [(name[s.place] if s.place else None, s.time.start if s.time else None, s) for s in found.statements if s.relation == relation]


MEETING = "Foreign Minister Ana Lind met Prime Minister Oskar Berg."


@pytest.mark.parametrize(
    ("text", "relation", "place", "day"),
    [
        (f"{MEETING} The talks, held in Geneva on Monday, lasted three hours.", "met", "Geneva", "2023-01-30"),
        (f"{MEETING} The meeting took place in Geneva on 18 January 2023.", "met", "Geneva", "2023-01-18"),
        ("India's navy exercised with Japan. The exercise begins in the Bay of Bengal on 5 May 2023.", "exercisedWith", "Bay of Bengal", "2023-05-05"),
        ("Gunmen killed two soldiers of the Malian army. The attack happened near Gao on Tuesday.", "killed", "Gao", "2023-01-31"),
        (
            "Defence Secretary John Hale praised the alliance after meetings in Seoul on 31 January."
            " The secretary briefed reporters after a meeting with President Ana Silva.",
            "met",
            "Seoul",
            "2023-01-31",
        ),
    ],
)
def test_another_mention_of_an_event_tells_where_and_when(text: str, relation: str, place: str, day: str) -> None:
    ((where, when, statement),) = told(text, relation)
    assert (where, when) == (place, day)
    cues = {kind: text[span.start : span.end] for kind, span in statement.evidence[0].cues}
    assert cues["place"] == place  # the words that tell it are kept
    assert "time" in cues


@pytest.mark.parametrize(
    "text",
    [
        f"{MEETING} The meeting in Kampala of other ministers was brief.",
        f"{MEETING} Will the talks take place in Geneva?",
        f"{MEETING} The exercise took place in Geneva.",
        f"{MEETING} He wrote a book. He sang. He slept. He ate. The meeting took place in Geneva.",
        "After meetings in Seoul, John Hale flew home. Ana Lind met Oskar Berg.",
    ],
)
def test_what_may_be_another_event_tells_nothing(text: str) -> None:
    assert [where for where, _, _ in told(text, "met")] == [None]


def test_a_place_or_time_of_its_own_stays() -> None:
    ((where, when, _),) = told("Ana Lind met Oskar Berg in Oslo on 3 January 2023. The meeting took place in Geneva on Monday.", "met")
    assert (where, when) == ("Oslo", "2023-01-03")


@pytest.mark.parametrize(
    ("text", "relation", "place", "day"),
    [
        ("Ana Lind had travelled to Faro on Monday, where she met Oskar Berg.", "met", "Faro", "2023-01-30"),
        ("Ana Lind is due in Faro on Friday, where she will meet Oskar Berg.", "met", "Faro", "2023-02-03"),
        ("Gunmen attacked a convoy of UN peacekeepers in northern Mali on Monday, killing two soldiers.", "killed", "Mali", "2023-01-30"),
        ("Militants killed 12 people in an attack on a church in Owo on Sunday.", "killed", "Owo", "2023-01-29"),
        ("Ana Lind met Oskar Berg on the sidelines of the G20 summit in Rome on Monday.", "met", "Rome", "2023-01-30"),
        ("Speaking in Faro on Monday, Ana Lind accused Kenya of lying.", "accused", "Faro", "2023-01-30"),
        ("Ana Lind, speaking in Faro on Monday, accused Kenya of lying.", "accused", "Faro", "2023-01-30"),
        ("Ana Lind will travel to Faro. She will meet Oskar Berg there on Friday.", "met", "Faro", "2023-02-03"),
        ("Kenya shelled Faro on Monday and captured Lagos in 2015.", "seized", None, "2015"),
        ("Ana Lind met Oskar Berg, who lives in Faro.", "met", None, None),
    ],
)
def test_where_and_when_by_the_clause_beside(text: str, relation: str, place: str | None, day: str | None) -> None:
    ((where, when, _),) = told(text, relation)
    assert (where, when) == (place, day)


def test_an_occasion_that_leads_back_to_itself_ends() -> None:
    thanked = told("Ana Lind accused Oskar Berg, who helped Kenya, not yet speaking.", "accused")
    assert [(where, when) for where, when, _ in thanked] == [(None, None)]
    assert told("We thank Oskar Berg, who helped Kenya when it was not yet speaking.", "aided") != []
