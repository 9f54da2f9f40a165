"""Place and time of facts: those of their own clause, journey or event, not those of what they only speak of."""

from functools import cache

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document


@cache
def model() -> spacy.Language:
    return load_model()


def told(text: str, relation: str) -> list[tuple[str | None, str | None]]:
    """Return place and first day of all facts of a relation, each once."""
    found = extract(Document("d", "d", text, published="2023-02-10"), model())
    name = {entity.id: entity.name for entity in found.entities}
    return sorted({(name[s.place] if s.place else None, s.time.start if s.time else None) for s in found.statements if s.relation == relation}, key=str)


@pytest.mark.parametrize(
    ("text", "relation", "place", "day"),
    [
        ("Kenyan aircraft bombed al-Shabaab fighters in the vicinity of Jilib on Oct. 1.", "attacked", "Jilib", "2022-10-01"),
        ("The Houthis shot down an American drone off the coast of Yemen on Wednesday.", "attacked", "Yemen", "2023-02-08"),
        (
            "HMS Dart last month exercised with the Indian frigate INS Tabar and the French destroyer Forbin in the Arabian Sea.",
            "exercisedWith",
            "Arabian Sea",
            "2023-01",
        ),
        ("LIMA, Peru -- Secretary of Defense Mark Holm met here on Monday with Prime Minister James Mara.", "met", "Lima", "2023-02-06"),
        ("Ivo Lind travelled to Belgrade on Tuesday to see Serbian President Milan Vuk.", "met", "Belgrade", "2023-02-07"),
        ("Olga Brandt is due in Arequipa on April 12 for a meeting with President Dina Ruiz.", "met", "Arequipa", "2023-04-12"),
        ("President Vuk said in Davos, where he was attending the World Economic Forum, that he had agreed.", "attended", "Davos", None),
        ("The ASEAN Summit was held in Hanoi on 27 October 2022. Prime Minister Anthony Alba attended the ASEAN Summit.", "attended", "Hanoi", "2022-10-27"),
        ("Ana Lind attended the World Economic Forum, held in Davos.", "attended", "Davos", None),
        ("Sweden, which became the 32nd member of NATO in March last year, will send troops.", "memberOf", None, "2022-03"),
        ("On Friday Rui Andrade flew to Oslo. On the same day Ana Lind met Peter Otieno.", "met", None, "2023-02-10"),
        ("Kenya conducted an airstrike on Oct. 1 against rebels near Jilib. The strike killed two soldiers.", "killed", "Jilib", "2022-10-01"),
        ("President Ruto is on a visit to India from 4 to 6 February. He is accompanied by Aden Duale.", "visited", None, "2023-02-04"),
        ("France condemned the attack of 2 January in Kano.", "condemned", None, None),
        ("France on Monday condemned the bombing in Damascus that killed ten people.", "condemned", None, "2023-02-06"),
        ("HMS Dart last month exercised with the Indian frigate INS Tabar.", "operates", None, None),
        ("Kenya attacked Somalia, President William Ruto said in Nairobi on Monday.", "attacked", None, None),
        ("Mali was hit by rebels, General Omar Keita announced at a ceremony in Segou.", "attacked", None, None),
        ("Chad and Sudan are at war. Norway called on both sides to stop.", "requested", None, None),
        ("Peter Ojo, head of the bank since 2019, was arrested by the Federal Police.", "arrested", None, None),
        ("Peter Ojo, head of the bank since 2019, was arrested by the Federal Police.", "holdsPosition", None, "2019"),
        ("Najib Said, prime minister from 2009 to 2018, met Rui Berg.", "met", None, None),
        ("Najib Said was prime minister of Norway from 2009 to 2018.", "leads", None, "2009"),
        ("The Supreme Court confirmed Ali Bongo as winner of the May 6 election.", "appointed", None, None),
        ("Rui Berg met Ana Prado after the 2019 election.", "met", None, None),
        ("Denmark has armed Ukraine since the invasion of February 2022.", "aided", None, "2022-02"),
    ],
)
def test_where_and_when(text: str, relation: str, place: str | None, day: str | None) -> None:
    assert told(text, relation) == [(place, day)]


def test_no_day_by_a_year() -> None:
    """A year told before is no day: nothing was "on the same day" as 2021."""
    assert told("The plan for 2021 was signed. On the same day Ana Lind met Peter Otieno.", "met") == [(None, None)]
