"""The facts as one table: CSV by RFC 4180, one row per listed claim."""

import csv
import io
from typing import Any, Final

from graphbuild.graph import KnowledgeGraph

COLUMNS: Final = (
    "subject",
    "subject_type",
    "relation",
    "object",
    "object_type",
    "status",
    "place",
    "start",
    "end",
    "precision",
    "theme",
    "modality",
    "speaker",
    "plover",
    "confidence",
    "sources",
    "documents",
    "quote",
    "subject_id",
    "object_id",
    "event",
    "id",
)


def facts_csv(graph: KnowledgeGraph) -> bytes:
    """Return the listed claims as CSV in UTF-8; several documents are joined by "|", the quote is the first one."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(_row(fact) for fact in graph.facts())
    return out.getvalue().encode("utf-8", "replace")


def _row(fact: dict[str, Any]) -> dict[str, Any]:
    subject, target, time, theme = fact["subject"], fact["object"], fact["time"] or {}, fact["theme"]
    return {
        "subject": subject["name"],
        "subject_type": subject["type"],
        "relation": fact["relation"],
        "object": target.get("name", target.get("value")),
        "object_type": target.get("type", target.get("datatype")),
        "status": fact["status"],
        "place": _name(fact["place"]),
        "start": time.get("start"),
        "end": time.get("end"),
        "precision": time.get("precision"),
        "theme": theme if isinstance(theme, str) else _name(theme),
        "modality": fact["modality"],
        "speaker": _name(fact["speaker"]),
        "plover": fact["plover"],
        "confidence": fact["confidence"],
        "sources": fact["sources"],
        "documents": "|".join(sorted({e["document"] for e in fact["evidence"]})),
        "quote": fact["evidence"][0]["quote"] if fact["evidence"] else None,
        "subject_id": subject["id"],
        "object_id": target.get("id"),
        "event": fact["event"],
        "id": fact["id"],
    }


def _name(end: dict[str, Any] | None) -> str | None:
    return end["name"] if end else None
