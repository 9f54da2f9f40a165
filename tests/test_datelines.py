"""Date lines are told from lines that only begin with a place."""

import pytest

from graphbuild.datelines import dateline_end
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document

LINES = [
    ("LIMA, Aug 17 (AP) - The minister left for Quito.", "-"),
    ("NAIROBI – Kenya closed the border.", "–"),
    ("Lisbon, 4 May – The envoys met.", "–"),
    ("Port-au-Prince, 3 July -- The police left.", "--"),
    ("LONDON—British ministers met on Monday.", "—"),
    ("APIA: Samoa condemned the attack.", ":"),
    ("Lyon-based packaging group Emval has bought a rival.", None),
    ("Paris said on Monday – and meant it – that talks had begun.", None),
    ("Seoul\n\nThe ministers met - again - on Friday.", None),
]


@pytest.mark.parametrize(("text", "dash"), LINES)
def test_date_line(text: str, dash: str | None) -> None:
    doc = load_model()(text)
    found = dateline_end(doc, 0)
    assert (None if found is None else doc[found].text) == dash
    assert dateline_end(doc, 1) is None


@pytest.mark.parametrize("text", ["JUBA, South Sudan (AP) — The army left.", "MOSCOW (TASS) – The army left."])
def test_agency_is_no_other_name_of_the_place(text: str) -> None:
    extraction = extract(Document("d", "d", text), load_model())
    agency = "AP" if "AP" in text else "TASS"
    assert all(agency not in entity.aliases for entity in extraction.entities if entity.name != agency)
