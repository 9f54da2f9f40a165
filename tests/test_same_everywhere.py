"""What a document yields depends on it alone: not on its neighbours, the engine, the number of processes or threads, or the hash seed."""

import os
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from graphbuild.engines import apply
from graphbuild.language import load_model
from graphbuild.pipeline import _reader, extract
from graphbuild.records import Document, Extraction
from training.corpus.reader import TEXTS, read_text

ROOT = Path(__file__).parent.parent
CHOSEN = ("a-004", "c-031", "e-012")
OTHERS = tuple(f"b-{number:03}" for number in range(1, 13))
START = partial(_reader, None, (), ())
SCRIPT = """
from tests.test_same_everywhere import CHOSEN, documents, lines
print(*lines(documents(CHOSEN), 1), sep="\\n")
"""


def documents(names: Iterable[str]) -> list[Document]:
    return [Document(name, name, read_text(TEXTS / f"{name}.txt").text, published="2031-03-05") for name in names]


def lines(given: Iterable[Document], workers: int, engine: str = "processes") -> list[str]:
    made = [result for _, result in apply(START, given, workers, engine=engine)]
    assert all(isinstance(result, Extraction) for result in made), made
    return [result.to_line() for result in made if isinstance(result, Extraction)]


@pytest.fixture(scope="module")
def alone() -> dict[str, str]:
    return {document.id: lines([document], 1)[0] for document in documents(CHOSEN)}


@pytest.fixture(scope="module")
def among() -> list[Document]:
    """The texts in the midst of others."""
    others = documents(OTHERS)
    return [*others[:6], *documents(CHOSEN), *others[6:]]


@pytest.mark.parametrize(("workers", "engine"), [(1, "processes"), (2, "processes"), (2, "ray")])
def test_among_others_on_any_engine(alone: dict[str, str], among: list[Document], workers: int, engine: str, request: pytest.FixtureRequest):
    if engine == "ray":
        request.getfixturevalue("ray")
    made = lines(among, workers, engine)
    assert {document.id: line for document, line in zip(among, made, strict=True) if document.id in alone} == alone


def test_with_two_threads(alone: dict[str, str]):
    nlp = load_model(threads=2)
    assert {document.id: extract(document, nlp).to_line() for document in documents(CHOSEN)} == alone


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_under_any_hash_seed(alone: dict[str, str], seed: str):
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=300)
    assert done.stdout.splitlines() == list(alone.values())
