"""What a build found, by document: rows of facts.jsonl and entities.jsonl, and the texts that they are from."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphFileError
from graphbuild.evaluate.matching import FoundFact, Row, node_key
from graphbuild.store import load_extractions


@dataclass(frozen=True)
class Outputs:
    """Rows by document; `texts` has every document that was read, with None where the build keeps no text."""

    facts: Mapping[str, Sequence[Row]]
    nodes: Mapping[str, Sequence[Row]]
    texts: Mapping[str, str | None]

    @classmethod
    def of(cls, facts: Iterable[Row], nodes: Iterable[Row], texts: Mapping[str, str | None]) -> "Outputs":
        """Sort rows by the documents that they are told in."""
        return cls(_by_document(facts, "evidence"), _by_document(nodes, "mentions"), texts)

    def facts_of(self, doc: str) -> Sequence[Row]:
        """Return the facts that a document tells."""
        return self.facts.get(doc, ())

    def nodes_of(self, doc: str) -> Sequence[Row]:
        """Return the nodes that a document mentions."""
        return self.nodes.get(doc, ())


def read_outputs(folder: Path) -> Outputs:
    """Read what a build folder holds.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    texts = {x.document.id: x.document.text or None for _, x in load_extractions(folder)}
    return Outputs.of(_rows(folder / "facts.jsonl", FoundFact.of), _rows(folder / "entities.jsonl", node_key), texts)


def _rows(path: Path, check: Any) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphFileError(f"{path}: cannot be read: {error}; build the folder again") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            yield _row(line, check, f"{path}:{number}")


def _row(line: str, check: Any, where: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        check(row)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphFileError(f"{where}: is no row of a build: {error!r}; build the folder again") from error
    return row


def _by_document(rows: Iterable[Row], places: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for document in dict.fromkeys(place["document"] for place in row.get(places) or ()):
            out[document].append(row)
    return out
