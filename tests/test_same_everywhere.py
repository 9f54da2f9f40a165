"""What a document yields depends on it alone: not on its neighbours, the engine, the number of processes or threads, or the hash seed."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import pytest

from graphbuild.engines import apply
from graphbuild.language import load_model
from graphbuild.pipeline import _reader, extract
from graphbuild.records import Document, Extraction
from training.corpus.reader import TEXTS, read_text

ROOT = Path(__file__).parent.parent
CHOSEN = ("a-004", "c-031", "e-012", "h-054", "i-026")
COMPANY = 50
"""How many other texts they are read among: the shortest, as it is their number that matters."""
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


def among(workers: int, engine: str = "processes") -> list[str]:
    """Lines of the chosen, read in the midst of the others."""
    shortest = sorted((path.stat().st_size, path.stem) for path in TEXTS.glob("*.txt") if path.stem not in CHOSEN)
    others = [name for _, name in shortest[:COMPANY]]
    names: Sequence[str] = [*others[:30], *CHOSEN, *others[30:]]
    made = lines(documents(names), workers, engine)
    assert len(made) == COMPANY + len(CHOSEN)
    return made[30 : 30 + len(CHOSEN)]


def under(seed: int) -> list[str]:
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=300)
    return done.stdout.splitlines()


def with_threads(count: int) -> list[str]:
    nlp = load_model(threads=count)
    return [extract(document, nlp).to_line() for document in documents(CHOSEN)]


WAYS = {
    "among 50 others, in one process": lambda: among(1),
    "among 50 others, in two processes": lambda: among(2),
    "among 50 others, on Ray": lambda: among(2, "ray"),
    "under hash seed 1": lambda: under(1),
    "under hash seed 2": lambda: under(2),
    "under hash seed 3": lambda: under(3),
    "with two threads": lambda: with_threads(2),
}


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """Lines of the chosen, each read by itself, in one process with one thread."""
    return [lines([document], 1)[0] for document in documents(CHOSEN)]


@pytest.mark.parametrize("way", WAYS)
def test_the_same_texts_give_the_same_extractions_byte_for_byte(way: str, alone: list[str], request: pytest.FixtureRequest):
    if way.endswith("Ray"):
        request.getfixturevalue("ray")
    assert all("statements" in line for line in alone)
    assert WAYS[way]() == alone
