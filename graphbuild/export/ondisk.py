"""A store on disk: the graph as an Oxigraph database, which queries open without loading it, whatever its size."""

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store, parse

from graphbuild.export.layers import RdfOptions, quads
from graphbuild.export.sorting import END, sorted_batches
from graphbuild.graph import KnowledgeGraph

_BATCH: Final = 1_000
"""Quads that are encoded at a time."""


def write_store(graph: KnowledgeGraph, path: Path, options: RdfOptions) -> None:
    """Write a graph as a store, one quad after the other; its default graph is the union of the named ones."""
    store = Store(str(path))
    _fill(store, graph, options)
    store.optimize()
    store.flush()


def holds_just(path: Path, graph: KnowledgeGraph, options: RdfOptions) -> bool:
    """Tell whether a store holds a graph and nothing else; no if it is missing or broken."""
    try:
        store = Store.read_only(str(path))
        count = 0
        for batch in sorted_batches(_lines(graph, options)):
            expected = list(parse(END.join(batch), format=RdfFormat.N_QUADS))
            if not all(quad in store for quad in expected):
                return False
            count += len(expected)
        return count == len(store)
    except OSError:
        return False


def _fill(store: Store, graph: KnowledgeGraph, options: RdfOptions) -> None:
    lines = (f"{line}\n" for line in _lines(graph, options))
    store.bulk_load(_AsFile(lines), format=RdfFormat.N_QUADS)  # type: ignore[arg-type]  # it only reads


def _lines(graph: KnowledgeGraph, options: RdfOptions) -> Iterator[str]:
    """Yield each quad as it is, and in the default graph."""
    for s, p, o, g in quads(graph, options):
        yield f"{s} {p} {o} {g} ."
        yield f"{s} {p} {o} ."


class _AsFile:
    """Lines as a file that can only be read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = io.BytesIO()

    def read(self, size: int) -> bytes:
        """Return some bytes, at most `size`; none at the end."""
        data = self._rest.read(size)
        if not data:
            self._rest = io.BytesIO("".join(islice(self._lines, _BATCH)).encode())
            data = self._rest.read(size)
        return data
