"""The graph for Neo4j: two CSV files for `neo4j-admin database import`, and a Cypher script with parameters.

Nodes are labelled Node, Entity (or Value) and their classes, relationships are named by their relation and carry the claim with its status.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graphbuild.export.texts import REPLACED, utf8, whole
from graphbuild.graph import VALUE, KnowledgeGraph

ARRAY_DELIMITER: Final = "\x1f"
"""Between the items of a list: `--array-delimiter=U+001F`; a semicolon may stand in any name."""
NODE_COLUMNS: Final = {
    "id": "id:ID",
    "name": "name",
    "type": "type",
    "aliases": "aliases:string[]",
    "links": "links:string[]",
    "documents": "documents:string[]",
    "datatype": "datatype",
    "labels": ":LABEL",
}
EDGE_COLUMNS: Final = {
    "source": ":START_ID",
    "target": ":END_ID",
    "relation": ":TYPE",
    "claim": "claim",
    "status": "status",
    "polarity": "polarity",
    "modality": "modality",
    "confidence": "confidence:double",
    "sources": "sources:int",
    "listed": "listed:boolean",
    "documents": "documents:string[]",
    "quotes": "quotes:string[]",
    "speaker": "speaker",
    "place": "place",
    "theme": "theme",
    "start": "start",
    "end": "end",
    "precision": "precision",
    "basis": "basis",
    "event": "event",
    "plover": "plover",
}
_ENDS: Final = ("source", "target", "relation")
_BATCH: Final = 500
"""Rows per statement of the script."""
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def nodes_csv(graph: KnowledgeGraph) -> bytes:
    """Return the nodes with the head line that the import reads types from."""
    return _csv(NODE_COLUMNS, _nodes(graph))


def relationships_csv(graph: KnowledgeGraph) -> bytes:
    """Return the claims with the head line that the import reads types from."""
    return _csv(EDGE_COLUMNS, _edges(graph))


def cypher(graph: KnowledgeGraph) -> bytes:
    """Return a script for cypher-shell: what is said of the graph stands in parameters, never in the statements themselves.

    It merges, so that running it again, or after a new build, adds nothing twice.
    """
    lines = ["// cypher-shell -f graph.cypher", "CREATE CONSTRAINT graphbuild_node IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;"]
    for labels, rows in _grouped(_nodes(graph), lambda row: row["labels"]):
        named = "".join(f":{_quoted(label)}" for label in labels)
        lines += _batches(rows, f"UNWIND $rows AS row MERGE (n:Node {{id: row.id}}) SET n{named}, n += row.properties;", ("id",), ("labels",))
    for relation, rows in _grouped(_edges(graph), lambda row: row["relation"]):
        merge = f"MERGE (a)-[r:{_quoted(relation)} {{claim: row.claim}}]->(b) SET r += row.properties;"
        statement = f"UNWIND $rows AS row MATCH (a:Node {{id: row.source}}) MATCH (b:Node {{id: row.target}}) {merge}"
        lines += _batches(rows, statement, ("source", "target", "claim"), ("relation",))
    return "".join(f"{line}\n" for line in lines).encode()


_Row = dict[str, Any]


def _nodes(graph: KnowledgeGraph) -> Iterator[_Row]:
    for node, data in sorted(graph.nx.nodes(data=True)):
        labels = ("Node", VALUE) if data["type"] == VALUE else ("Node", "Entity", *graph.catalogue.ancestors(data["type"])[::-1], data["type"])
        yield {"id": node, **data, "labels": labels}


def _edges(graph: KnowledgeGraph) -> Iterator[_Row]:
    for source, target, claim, data in sorted(graph.nx.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        yield {"source": source, "target": target, "claim": claim, **{name: value for name, value in data.items() if name in EDGE_COLUMNS}}


def _csv(columns: Mapping[str, str], rows: Iterable[_Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns.values())
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return utf8(out.getvalue())


def _cell(value: Any) -> str | None:
    if isinstance(value, tuple):
        return ARRAY_DELIMITER.join(item.replace(ARRAY_DELIMITER, REPLACED) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _grouped(rows: Iterable[_Row], key: Any) -> Iterator[tuple[Any, list[_Row]]]:
    groups: dict[Any, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    yield from sorted(groups.items())


def _batches(rows: Sequence[_Row], statement: str, keys: Sequence[str], without: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(rows), _BATCH):
        shown = [_parameter(row, keys, without) for row in rows[first : first + _BATCH]]
        yield f":param rows => [{', '.join(shown)}]"
        yield statement


def _parameter(row: _Row, keys: Sequence[str], without: Sequence[str]) -> str:
    properties = {name: value for name, value in row.items() if value is not None and name not in (*keys, *without)}
    return _literal({**{key: row[key] for key in keys}, "properties": properties})


def _literal(value: Any) -> str:
    """Return a value in Cypher, whose strings and numbers are written as in JSON, all but ASCII escaped."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)}: {_literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, str):
        return json.dumps(whole(value))
    return json.dumps(value)


def _quoted(name: str) -> str:
    return name if _KEY.fullmatch(name) else "`" + name.replace("`", "``") + "`"
