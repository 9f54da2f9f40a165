"""A store on disk: the graph as an Oxigraph database, which queries open without loading it, whatever its size."""

from pathlib import Path

from pyoxigraph import Quad, Store

from graphbuild.export.layers import RdfOptions, quads
from graphbuild.graph import KnowledgeGraph


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
    store.bulk_extend(each for quad in quads(graph, options) for each in (quad, Quad(*quad.triple)))
