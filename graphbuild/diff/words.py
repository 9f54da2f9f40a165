"""A difference in words: what tables and pages say of a row and of what changed in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphbuild.catalogue import load_catalogue
from graphbuild.diff.compare import DIGITS, Change, Row
from graphbuild.draw.picture import relation_label

SIGNS: Mapping[str, str] = {"added": "+", "lost": "−", "changed": "~"}
"""Told apart without colour, too."""


def entity_words(row: Row) -> str:
    """Say who or what an entity is: "Mara Ilves (Person)"."""
    return f"{row['name']} ({row['type']})"


def fact_words(row: Row) -> str:
    """Say a fact in a line: "Mara Ilves visited Sudria, 2031-03-04"."""
    value = row["object"].get("value")
    target = row["object"].get("name") or (f"“{value}”" if row["object"]["datatype"] == "xsd:string" else value)
    said = f"{row['subject']['name']} {relation_label(row['relation'], load_catalogue())} {target}"
    details = [text for name in ("theme", "place", "time") if (text := value_words(name, row.get(name)))]
    return ", ".join([said, *details])


def changes(change: Change) -> list[tuple[str, str, str]]:
    """Return each field that changed with what it was and what it is."""
    before, after = change.before or {}, change.after or {}
    return [_changed(name, before.get(name), after.get(name)) for name in change.fields]


def _changed(name: str, before: Any, after: Any) -> tuple[str, str, str]:
    if name in ("mentions", "evidence"):
        kept = [(row["document"], row["start"], row["end"]) for row in after or ()]
        gone = [(row["document"], row["start"], row["end"]) for row in before or ()]
        return name, _listed(gone, kept), _listed(kept, gone)
    words = value_words(name, before), value_words(name, after)
    if words[0] == words[1] and isinstance(before, dict) and isinstance(after, dict):  # two entities of one name
        words = f"{words[0]} ({before.get('id')})", f"{words[1]} ({after.get('id')})"
    return name, *words


def _listed(spans: Sequence[tuple[str, int, int]], without: Sequence[tuple[str, int, int]]) -> str:
    """Name the spans that the other side lacks."""
    found = [f"{document} {start}–{end}" for document, start, end in spans if (document, start, end) not in without]
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


def value_words(name: str, value: Any) -> str:
    """Return the value of a field as people read it; nothing for none."""
    if value is None or value in ([], ""):
        return ""
    if isinstance(value, dict):
        return _record(name, value)
    if isinstance(value, float):
        return f"{value:.{DIGITS}f}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _record(name: str, value: Mapping[str, Any]) -> str:
    if name == "time":
        start, end = value.get("start"), value.get("end")
        return str(start) if start == end else f"{start or '…'} – {end or '…'}"
    if name == "quantity":
        return " ".join(str(value[part]) for part in ("bound", "value", "unit") if value.get(part))
    return str(value.get("name") or value.get("value"))
