"""The annotated statements and reports: every annotation stands, and the two collections have nothing in common."""

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


def test_no_run_of_eight_words_stands_in_both_collections() -> None:
    seen, unseen = ({run for one in read_gold(FOLDER / f"{name}_gold.jsonl")[0] for run in _runs(one.text)} for name in COLLECTIONS)
    assert not seen & unseen


def _runs(text: str, length: int = 8) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
