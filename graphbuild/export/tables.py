"""The facts as one table, a row per listed claim: CSV by RFC 4180, and Parquet."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from graphbuild.errors import InputError
from graphbuild.export.texts import utf8, whole
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


def facts_csv(graph: KnowledgeGraph) -> Iterator[bytes]:
    """Yield the listed claims as lines of CSV in UTF-8; several documents are joined by "|", the quote is the first one."""
    for row in chain([dict(zip(COLUMNS, COLUMNS, strict=True))], map(_row, graph.facts())):
        line = io.StringIO(newline="")
        csv.DictWriter(line, COLUMNS).writerow(row)
        yield utf8(line.getvalue())


def facts_parquet(graph: KnowledgeGraph) -> bytes:
    """Return the listed claims as Parquet: the columns of the CSV, with documents as a list, and all evidence.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'graphbuild[tables]'") from error
    kinds = {"confidence": pa.float64(), "sources": pa.int64(), "documents": pa.list_(pa.string())}
    passage = pa.struct([("document", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("quote", pa.string()), ("rule", pa.string())])
    schema = pa.schema([*((name, kinds.get(name, pa.string())) for name in COLUMNS), ("evidence", pa.list_(passage))])
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([_clean(row) for row in _long_rows(graph)], schema=schema), out, compression="zstd")
    return out.getvalue()


def _long_rows(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for fact in graph.facts():
        yield {**_row(fact), "documents": sorted({e["document"] for e in fact["evidence"]}), "evidence": fact["evidence"]}


def _clean(value: Any) -> Any:
    """Replace halves of surrogate pairs, which no encoding can hold."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


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
