"""Reads the gazetteer's tables, as they are shipped: tab-separated, one head line, written by scripts/build_gazetteer.py or by hand."""

import gzip
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
ENTRY_TABLES = ("organizations", "bodies", "groups", "parties", "people", "regions")

Rows = list[list[str]]


@cache
def read_rows(name: str) -> Rows:
    """Rows of a table of data/, without its head line; the last three cells are source, licence, date."""
    return _split((_HERE / "data" / f"{name}.tsv").read_text(encoding="utf-8"))


@cache
def read_handmade(name: str) -> Rows:
    """Rows of a table that people keep by hand."""
    return _split((_HERE / "handmade" / f"{name}.tsv").read_text(encoding="utf-8"))


@cache
def read_city_lines() -> list[str]:
    """The lines of the city table, not yet split: there are 34,000, and most are never asked for."""
    return _lines(gzip.decompress((_HERE / "data" / "cities.tsv.gz").read_bytes()).decode("utf-8"))


@cache
def read_office_lines() -> dict[str, list[str]]:
    """The lines of the table of offices by person, not yet split."""
    found: dict[str, list[str]] = {}
    for line in _lines((_HERE / "data" / "offices.tsv").read_text(encoding="utf-8")):
        found.setdefault(line[: line.index("\t")], []).append(line)
    return found


@cache
def read_forms() -> Rows:
    """Every form of every country: form, kind, ISO code of the country, source, licence, date."""
    return read_rows("country_forms") + read_handmade("forms")


@cache
def read_entry_lines() -> list[str]:
    """A line for every entry that is neither country nor city, not yet split."""
    paths = [_HERE / "data" / f"{name}.tsv" for name in ENTRY_TABLES] + [_HERE / "handmade" / "entries.tsv"]
    return [line for path in paths for line in _lines(path.read_text(encoding="utf-8"))]


def data_files() -> Iterator[Path]:
    """The files whose content decides what the gazetteer says, sorted."""
    yield from sorted(p for folder in ("data", "handmade") for p in (_HERE / folder).glob("*.tsv*"))


def digest_of(extra: tuple[Path, ...]) -> str:
    """SHA-256 over the shipped tables and the user's files, in order."""
    total = hashlib.sha256()
    for path in (*data_files(), *extra):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _split(text: str) -> Rows:
    return [line.split("\t") for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n")[1:] if line]
