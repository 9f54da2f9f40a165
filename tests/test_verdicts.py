"""The verdicts that confidence is fitted on: every line stands, and belongs to a text."""

from pathlib import Path

import pytest

from training.verdicts import VerdictError, key_of, texts, verdicts


def test_every_verdict_is_on_a_text_and_every_text_has_some() -> None:
    judged = {key[0] for key in verdicts()}
    assert judged == {document.id for document in texts()}
    assert sum(right is not None for right in verdicts().values()) >= 1900


def test_a_row_of_facts_is_known_by_its_names() -> None:
    row = {"subject": {"name": "Ana Lind"}, "relation": "bornOn", "object": {"value": "1937"}, "status": "asserted"}
    assert key_of("one", row) == ("one", "Ana Lind", "bornOn", "1937", "asserted")


GOOD = "one\tAna Lind\tmet\tRui Andrade\tasserted\tright\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (GOOD + GOOD, "line 2: this fact has a verdict already"),
        (GOOD.replace("right", "maybe"), 'line 1: write document, .* "right", "wrong" or "open"'),
        (GOOD + "one\tAna Lind\tmet\tright\n", "line 2: write document, subject, relation, object, status"),
    ],
    ids=["twice", "no verdict", "fields"],
)
def test_a_bad_line_is_told_by_its_number(lines: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(VerdictError, match=told):
        verdicts(path)


def test_an_open_fact_counts_neither_for_nor_against(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(GOOD + GOOD.replace("met", "visited").replace("right", "open"), encoding="utf-8")
    assert list(verdicts(path).values()) == [True, None]
