"""Copies of a text and texts of one agency are one source, in any order, with the texts or without."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.confidence import independent_sources
from graphbuild.graph import assemble
from graphbuild.origin import wire_origin
from graphbuild.records import Document, Extraction
from graphbuild.sources import Copies, find_copies, signature, source_of
from graphbuild.store import load_build, write_build
from tests.documents import Told

WORDS = [f"word{number}" for number in range(300)]


def text(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(original: str, every: int) -> str:
    return " ".join("edited" if number % every == every - 1 else word for number, word in enumerate(original.split()))


def document(id: str, words: str, origin: str | None = None) -> Document:
    return Document(id, id, words, origin=origin)


def test_lightly_edited_texts_are_copies_and_others_are_not():
    documents = [document("a", text(1)), document("b", edited(text(1), 60)), document("c", text(2)), document("d", f"{text(1)} {text(3, 30)}")]
    (copies,) = find_copies(documents)
    assert copies.documents == ("a", "b", "d")
    assert copies.reason.startswith("the same text, at least 0.")
    assert find_copies([document("a", text(1)), document("b", edited(text(1), 4))]) == ()


def test_short_texts_are_not_compared():
    assert signature("Ada Brook met Carl Dane on Monday.") == ""
    assert find_copies([document(name, "Ada Brook met Carl Dane.") for name in "ab"]) == ()


def test_texts_of_one_agency_are_one_source():
    documents = [document("a", text(1), "Reuters"), document("b", text(2), "Reuters"), document("c", text(3), "Xinhua"), document("d", text(2))]
    found = find_copies(documents)
    assert found == (Copies(("a", "b"), "from Reuters"), Copies(("b", "d"), "the same text, at least 1.00 of it"))
    assert source_of(found) == {"a": "a", "b": "a", "d": "a"}


@given(st.permutations(range(6)))
def test_order_does_not_matter(order: list[int]):
    documents = [document(str(number), edited(text(number // 3), 50 + number), "AP" if number in (0, 5) else None) for number in range(6)]
    assert find_copies([documents[number] for number in order]) == find_copies(documents)


def report(id: str, words: str, opening: str = "") -> Extraction:
    told = Told(id, f"{opening}Ada Brook met Carl Dane {id}. {words}")
    told.entity("a", "Person", "Ada Brook")
    told.entity("b", "Person", "Carl Dane")
    told.say("a", "met", "b", f"Ada Brook met Carl Dane {id}.", score=0.5)
    done = told.done()
    return replace(done, document=replace(done.document, origin=wire_origin(told.text)))


@pytest.mark.parametrize(
    ("reports", "sources", "confidence"),
    [
        ([report("one", text(1)), report("two", text(2))], 2, 0.75),
        ([report("one", text(1)), report("two", text(1))], 1, 0.5),
        ([report("one", text(1), "SELBY (AP) — "), report("two", text(2), "NORLAND CITY, March 5 (AP) - ")], 1, 0.5),
        ([report("one", text(1)), report("two", text(1)), report("three", text(3))], 2, 0.75),
    ],
)
@pytest.mark.parametrize("kept", [True, False])
def test_a_claim_counts_its_sources(reports: list[Extraction], sources: int, confidence: float, kept: bool, tmp_path: Path):
    write_build(assemble(reports), tmp_path, formats=[], text=kept)
    graph = load_build(tmp_path)
    assert [(independent_sources(c.evidence), c.confidence) for c in graph.claims] == [(sources, confidence)]
    assert [fact["sources"] for fact in graph.facts()] == [sources]
    assert (tmp_path / "copies.jsonl").exists() == (sources < len(reports)) == bool(graph.copies)


ORIGINS = [
    ("SEOUL, South Korea (AP) — The ministers met.", "Associated Press"),
    ("BRUSSELS, Feb 1 (Reuters) - The ministers met.", "Reuters"),
    ("Title\n\nBy Ada Brook\n\nParis, 3 March (AFP) – The ministers met.", "Agence France-Presse"),
    ("(Xinhua) -- The ministers met.", "Xinhua"),
    ("The ministers met.\n\nSource: The Associated Press\n", "Associated Press"),
    ("The ministers met.", None),
    ("SELBY (Own correspondent) - The ministers met.", None),
    ("SELBY (Aug. 28) - The ministers met.", None),
    ("The minister (Labour) - he is the third - resigned.", None),
    ("The news agency (AP) reported it.", None),
    ("He met Carl Dane (Reuters). " + text(1), None),
    ("The source: Ada Brook said so. Then she left.", None),
]


@pytest.mark.parametrize(("words", "origin"), ORIGINS)
def test_origin_lines(words: str, origin: str | None):
    assert wire_origin(words) == origin
