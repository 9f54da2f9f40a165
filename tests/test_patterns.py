"""Regular expressions take a time that hardly grows faster than the text, whatever it is made of."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import graphbuild
from graphbuild.dates import dateline

PIECES = (
    *("a", "A", "1", " ", "\n", "-", ".", ",", "(", '"', "“", "@", "\t", "'s ", "Aa ", "A. ", "a a ", "1 1 ", "and ", "the ", "of ", "U.S. ", "A.A."),
    *("January ", "1 January ", "Monday, ", "2012-", "12:00 ", "1,000 ", "http://a.", "x@y.z ", "the the ", "Ab-"),
)
LENGTH = 2000
SECONDS = 0.5
"""Of the processor, for one of them; the slowest takes a hundredth of it."""
ONCE_A_LINE = {"_DATE_LINE"}
"""What is only tried where one of the first lines begins, never everywhere in a text."""


def patterns(value: Any) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of text in a value: itself, or in what it holds."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from patterns(item)


def everywhere() -> dict[str, list[re.Pattern[str]]]:
    """Patterns of all modules, by where they stand."""
    found = {}
    for module in pkgutil.walk_packages(graphbuild.__path__, "graphbuild."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if name not in ONCE_A_LINE and (here := list(patterns(value))):
                    found[f"{module.name}.{name}"] = here
    return found


def test_no_pattern_backtracks_without_end():
    known = everywhere()
    assert len(known) > 60, "patterns stand in the modules, where they can be found"
    slow = []
    for piece in PIECES:
        text = piece * (LENGTH // len(piece)) + "\0"
        for where, found in known.items():
            began = time.process_time()
            for pattern in found:
                for _ in pattern.finditer(text):
                    pass
            if time.process_time() - began > SECONDS:
                slow.append((where, piece))
    assert slow == []


@pytest.mark.parametrize("piece", PIECES)
def test_the_date_line_is_looked_for_in_time(piece: str):
    began = time.process_time()
    dateline(piece * (20 * LENGTH // len(piece)))
    assert time.process_time() - began < SECONDS
