"""The annotated statements and reports: every annotation stands, and the two collections share no more than formulas."""

import re

import pytest

from benchmarks.gold import checked, read_gold
from training.statements import FOLDER

COLLECTIONS = ("development", "unseen")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_annotations_fit_texts_and_catalogue_and_are_counted_in_the_readme(name: str) -> None:
    gold = read_gold(FOLDER / f"{name}_gold.jsonl")
    assert {one.id for one in gold[0]} == {one.doc for one in checked(gold)}
    facts = sum(len(record["facts"]) for record in gold[1])
    assert f"| {len(gold[0])} | {facts:,} |" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_unseen_texts_share_formulas_with_the_others_at_most() -> None:
    seen = {run for one in read_gold(FOLDER / "development_gold.jsonl")[0] for run in _runs(one.text)}
    for one in read_gold(FOLDER / "unseen_gold.jsonl")[0]:
        runs = _runs(one.text)
        assert len(runs & seen) < len(runs) / 20, one.id


def _runs(text: str, length: int = 8) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
