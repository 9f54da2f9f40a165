"""Tables of the command line fit into their width, and break no word that need not be broken."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from graphbuild import console
from graphbuild.console import facts_table, show_rows, table_of

NAMES = ("who", "relation", "whom", "status", "document", "begin", "end", "sentence")
ROW = ["Lloyd J. Austin III", "gb:holdsPosition", "Defense Secretary", "asserted", "000_dead9.txt", "21", "37", "Defense Secretary Lloyd J. Austin III " * 6]


def printed(names: tuple[str, ...], rows: list[list[str]], width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(table_of(names, rows, width))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_words_are_not_broken_where_they_fit():
    shown = "\n".join(printed(NAMES, [ROW], 100))
    assert all(word in shown for cell in ROW for word in cell.split())


@given(st.lists(st.lists(st.text(max_size=60), min_size=5, max_size=5), max_size=4), st.integers(60, 160))
def test_a_table_is_no_wider_than_asked(rows: list[list[str]], width: int):
    assert max(map(cell_len, printed(NAMES[:5], rows, width))) <= width


@pytest.fixture
def seen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def show(columns: tuple[str, ...], rows: list[list[str]]) -> str:
        monkeypatch.setattr(console, "console", lambda: Console(width=100, color_system=None))
        show_rows(columns, rows)
        return capsys.readouterr().out

    return show


def test_rows_that_are_too_long_for_a_table_stand_one_below_the_other(seen):
    columns = (*NAMES, "against")
    out = seen(columns, [[*ROW, "It was not so. " * 12]] * 2)
    assert out.count("gb:holdsPosition") == 2
    assert [line.split()[0] for line in out.splitlines() if line[:1].isalpha()] == [*columns, *columns]
    assert out.endswith("2 rows\n")
    assert max(map(len, out.splitlines())) <= 100


def test_an_empty_cell_of_a_long_row_is_left_out(seen):
    out = seen((*NAMES, "speaker"), [[*ROW, ""]])
    assert "speaker" not in out


def fact(**more: object) -> dict[str, object]:
    ends = {"subject": {"name": "Ada Brook"}, "relation": "visited", "object": {"name": "Oslo"}, "theme": None}
    return ends | {"status": "asserted", "speaker": None, "time": None, "place": None, "confidence": 0.5} | more


def test_a_day_without_a_year_is_told_in_words():
    out = io.StringIO()
    Console(file=out, width=100).print(facts_table([fact(time={"start": "--06-20", "end": "--06-20"})], 1))
    assert "20 June" in out.getvalue()


@pytest.mark.parametrize(("kept", "caption"), [(True, "… and 7 more; facts.jsonl has all"), (False, "… and 7 more")])
def test_the_caption_says_where_the_rest_is(kept: bool, caption: str):
    assert facts_table([fact()], 8, 1, kept=kept).caption == caption
