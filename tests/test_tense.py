"""A month or day without its year is read by the tense of the verb that it stands beside."""

from functools import cache

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document


@cache
def model() -> spacy.Language:
    return load_model()


@pytest.mark.parametrize(
    ("text", "relation", "start"),
    [
        ("Ana Lind flew to Tehran in June.", "visited", "2023-06"),
        ("Ana Lind will fly to Tehran in June.", "visited", "2024-06"),
        ("In December, Egypt arrested Tomas Berg.", "arrested", "2023-12"),
        ("Ana Lind will meet Tomas Berg in Oslo in April.", "met", "2025-04"),
        ("Ana Lind met Tomas Berg in Oslo on 3 May.", "met", "2024-05-03"),
        ("Ana Lind met Tomas Berg in Oslo on 20 May.", "met", "2023-05-20"),
    ],
)
def test_the_tense_tells_the_year(text: str, relation: str, start: str) -> None:
    (told,) = [s for s in extract(Document("d", "d", text, published="2024-05-14"), model()).statements if s.relation == relation]
    assert told.time is not None
    assert told.time.start == start
