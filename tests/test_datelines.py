"""Date lines are told from lines that only begin with a place."""

import pytest

from graphbuild.datelines import dateline_end
from graphbuild.language import load_model

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
