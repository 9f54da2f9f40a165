"""Documents as annotated documents: what a build holds of each after corrections, in the format that quality is measured against."""

import json
from collections.abc import Iterator
from typing import Any

from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Extraction, Mention, Statement, Time, Value


def annotations(graph: KnowledgeGraph) -> Iterator[bytes]:
    """Yield one JSON line a document: entities with aliases, facts with their spans.

    Where people decided on facts, only the documents that they decided on are written, for the others are nobody's judgement.
    """
    decided = {review.document for review in graph.corrections.reviews}
    chosen = (x for x in graph.extractions if not decided or x.document.id in decided)
    return ((json.dumps(_document(x), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace") for x in chosen)


def _document(extraction: Extraction) -> dict[str, Any]:
    facts = [_fact(s) for s in extraction.statements if s.relation != "said"]
    return {"doc": extraction.document.id, "entities": list(_entities(extraction)), "facts": sorted(facts, key=lambda f: (f["span"], f["r"], str(f)))}


def _entities(extraction: Extraction) -> Iterator[dict[str, Any]]:
    for entity in extraction.entities:
        named: set[Mention] = {m for n in entity.mentions if (m := extraction.mentions[n]).form == "name"}
        aliases = {*entity.aliases, *(m.text for m in named if m.text)} - {entity.name}
        yield {"id": entity.id, "type": entity.type, "name": entity.name, "aliases": sorted(aliases)}


def _fact(statement: Statement) -> dict[str, Any]:
    span = statement.evidence[0].span if statement.evidence else None
    record: dict[str, Any] = {"s": statement.subject, "r": statement.relation, "o": _end(statement.object), "status": statement.status}
    record |= {name: _end(end) for name in ("place", "speaker", "theme") if (end := getattr(statement, name)) is not None}
    if statement.time is not None:
        record["date"] = _date(statement.time)
    return record | {"span": [span.start, span.end] if span else []}


def _end(end: str | Value) -> str:
    return end.value if isinstance(end, Value) else end


def _date(time: Time) -> str:
    start, end = time.start or "..", time.end or ".."
    return start if start == end else f"{start}/{end}"
