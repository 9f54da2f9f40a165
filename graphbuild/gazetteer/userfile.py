"""A user's own gazetteer: a CSV file (or TSV, by its suffix) of entries, checked row by row.

Columns: ``id``, ``type`` and ``name`` are needed; ``aliases`` and ``links`` (several divided by ``|``), ``country`` (an ISO 3166
code or a country's name), ``valid_from``, ``valid_to`` (ISO dates) and ``source`` are optional. A row with the id of a shipped
country adds names to that country. The first bad row refuses the whole file: nothing is half applied.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from graphbuild.errors import GazetteerError
from graphbuild.gazetteer.entries import Entry

NEEDED = ("id", "type", "name")
OPTIONAL = ("aliases", "country", "links", "valid_from", "valid_to", "source")
CLASSES = frozenset({
    "Person", "Organization", "GovernmentBody", "MilitaryForce", "Alliance", "ArmedGroup", "PoliticalParty", "Company",
    "MediaOrganization", "Place", "Country", "City", "Region", "Facility", "Position", "Agreement", "Vehicle", "Weapon", "Event",
    "Work", "Group",
})
_ID = re.compile(r"[^\s\"<>\\^`{|}\x00-\x20]+")
_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}/]+/[^\s\"<>\\^`{|}]*")
_KNOWN_LINKS = {
    "wikidata.org": (re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*"), "http://www.wikidata.org/entity/Q42"),
    "geonames.org": (re.compile(r"https://sws\.geonames\.org/[1-9]\d*/"), "https://sws.geonames.org/5128581/"),
}
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def read_user_file(path: Path, country: Callable[[str], Entry | None]) -> list[Entry]:
    """The entries of a user's file.

    Args:
        path: a CSV or TSV file in UTF-8 with a head line.
        country: finds the country that a code or name means.

    Raises:
        GazetteerError: the file cannot be read, or a row is bad; the message names file, line and reason.
    """
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for number, row in _rows(path):
        entry = _entry(path, number, row, country)
        if entry.id in entries:
            raise _bad(path, number, f"the id {entry.id!r} stands on line {lines[entry.id]} already; give each entry one row")
        entries[entry.id], lines[entry.id] = entry, number
    return list(entries.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read: {error.strerror}. Give the path of a CSV file.") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ",", strict=True)
    try:
        _check_columns(path, reader.fieldnames or ())
        for row in reader:
            if None in row or None in row.values():
                raise _bad(path, reader.line_num, f"expected {len(reader.fieldnames or ())} cells; quote cells that hold a comma")
            yield reader.line_num, {k: v.strip() for k, v in row.items()}
    except csv.Error as error:
        raise _bad(path, reader.reader.line_num, f"not valid CSV: {error}") from error  # the reader's own count stops before the bad row


def _check_columns(path: Path, columns: object) -> None:
    names = tuple(str(c) for c in columns) if isinstance(columns, (list, tuple)) else ()
    missing, unknown = [c for c in NEEDED if c not in names], [c for c in names if c not in NEEDED + OPTIONAL]
    if missing or unknown or len(set(names)) < len(names):
        what = f"lacks the column {missing[0]!r}" if missing else f"has the unknown column {unknown[0]!r}" if unknown else "has a column twice"
        raise _bad(path, 1, f"the head line {what}; columns are {', '.join(NEEDED + OPTIONAL)}")


def _entry(path: Path, number: int, row: dict[str, str], country: Callable[[str], Entry | None]) -> Entry:
    links, aliases = _cells(row.get("links", "")), _cells(row.get("aliases", ""))
    if not _ID.fullmatch(row["id"]):
        raise _bad(path, number, f"the id {row['id']!r} is empty or holds a space or one of \" < > \\ ^ ` {{ | }}")
    if row["type"] not in CLASSES:
        raise _bad(path, number, f"the class {row['type']!r} is unknown; classes are {', '.join(sorted(CLASSES))}")
    if not any(c.isalnum() for c in row["name"]):
        raise _bad(path, number, "the name is empty")
    for link in links:
        _check_link(path, number, link)
    for column in ("valid_from", "valid_to"):
        if row.get(column) and not _DATE.fullmatch(row[column]):
            raise _bad(path, number, f"{column} is {row[column]!r}; write 2026, 2026-11 or 2026-11-30")
    home = country(row["country"]) if row.get("country") else None
    if row.get("country") and home is None:
        raise _bad(path, number, f"the country {row['country']!r} is unknown or ambiguous; give its ISO 3166 code")
    return Entry(row["id"], row["type"], row["name"], aliases, home.id if home else None, links, row.get("valid_from") or None,
                 row.get("valid_to") or None, source=row.get("source") or f"{path.name} line {number}")


def _check_link(path: Path, number: int, link: str) -> None:
    if not _LINK.fullmatch(link):
        raise _bad(path, number, f"the link {link!r} is no absolute http or https IRI")
    for host, (pattern, example) in _KNOWN_LINKS.items():
        if host in link.split("/")[2] and not pattern.fullmatch(link):
            raise _bad(path, number, f"the link {link!r} names no item of {host}; write it like {example}")


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


def _bad(path: Path, line: int, reason: str) -> GazetteerError:
    return GazetteerError(f"{path}, line {line}: {reason}.")
