"""Stands for the language model where only what is around it is tested: reads lines like "Ada Brook met Carl Dane." and nothing else."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from graphbuild.records import Document, Extraction
from tests.documents import Told

LINE = re.compile(r"^(\w+ \w+) (met|praised) (\w+ \w+)\.$", re.MULTILINE)


def read(document: Document) -> Extraction:
    told = Told(document.id, document.text)
    known = {}
    for found in LINE.finditer(document.text):
        for name in (found[1], found[3]):
            if name not in known:
                known[name] = told.entity(f"e{len(known)}", "Person", name)
        told.say(known[found[1]], found[2], known[found[3]], found[0])
    return replace(told.done(), document=document)


def reader(*_: object) -> Callable[[Document], Extraction]:
    return read


def slow(document: Document) -> Extraction:
    time.sleep(0.02)
    return read(document)


def slow_reader(*_: object) -> Callable[[Document], Extraction]:
    return slow


def hostile(document: Document) -> Extraction:
    """Crash, kill the process, or go on for ever, where the text says so."""
    if "crash" in document.text:
        raise ValueError("crashed, as asked")
    if "die" in document.text:
        os._exit(9)
    if "stall" in document.text:
        time.sleep(600)
    return read(document)


def hostile_reader(*_: object) -> Callable[[Document], Extraction]:
    return hostile


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
