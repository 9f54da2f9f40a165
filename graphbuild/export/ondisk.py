"""A store on disk: the graph as an Oxigraph database, which queries open without loading it, whatever its size."""

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from graphbuild.export.layers import RdfOptions, quads
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
    expected = Store()
    _fill(expected, graph, options)
    try:
        return set(Store.read_only(str(path))) == set(expected)
    except OSError:
        return False


def _fill(store: Store, graph: KnowledgeGraph, options: RdfOptions) -> None:
    lines = (f"{s} {p} {o} {g} .\n{s} {p} {o} .\n" for s, p, o, g in quads(graph, options))
    store.bulk_load(_AsFile(lines), format=RdfFormat.N_QUADS)  # type: ignore[arg-type]  # it only reads


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
