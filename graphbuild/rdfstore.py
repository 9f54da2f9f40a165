"""RDF of any kind — a graph, a build folder, a file, a store on disk — as an Oxigraph store that is ready to be asked.

The default graph of the store is the union of all named graphs. Both engines could query such a union as they go, but they count
a triple once for each graph that it stands in.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graphbuild.errors import GraphFileError, QueryError
from graphbuild.vocabulary import BUILD_STORE

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

BUILD_FILES: Final = ("graph.nq", "graph.trig", "graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf")
"""RDF files of a build folder, in the order in which they are looked for."""
_MARK: Final = "CURRENT"
"""RocksDB keeps this file in every database."""
_SYNTAXES: Final = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def rdf_source(source: "KnowledgeGraph | Path | str") -> tuple[bytes, ox.RdfFormat, str]:
    """Return the RDF of a graph, build folder or RDF file: its bytes, their format, and a name for messages.

    Raises:
        GraphFileError: there is nothing there that can be read.
    """
    if not isinstance(source, Path | str):
        from graphbuild.export.rdf import rdf

        return rdf(source, "nquads"), ox.RdfFormat.N_QUADS, "the graph"
    path = Path(source)
    return _folder(path) if path.is_dir() else _file(path)


def open_store(source: "KnowledgeGraph | Path | str") -> ox.Store:
    """Return a source as a store: a store on disk opened for reading, anything else loaded into memory.

    Raises:
        GraphFileError: it cannot be read, or is not well-formed (with file, line and reason).
    """
    kept = store_on_disk(source)
    return read_only(kept) if kept else load(source, ox.Store())


def store_on_disk(source: "KnowledgeGraph | Path | str") -> Path | None:
    """Return the store on disk that a path is, or that stands in a build folder."""
    if not isinstance(source, Path | str):
        return None
    return next((path for path in (Path(source), Path(source) / BUILD_STORE) if (path / _MARK).is_file()), None)


def read_only(path: Path) -> ox.Store:
    """Open a store on disk for reading; many processes may.

    Raises:
        GraphFileError: it is broken or may not be read.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise GraphFileError(f"{path}: the store cannot be opened: {error}; export it again") from error


def load(source: "KnowledgeGraph | Path | str", store: ox.Store) -> ox.Store:
    """Load a source into an empty store, with the union of its named graphs as the default graph.

    Raises:
        GraphFileError: it cannot be read, or is not well-formed (with file, line and reason).
    """
    data, syntax, name = rdf_source(source)
    try:
        store.bulk_load(data, format=syntax)
        if syntax.supports_datasets:
            store.bulk_extend(ox.Quad(*quad.triple) for quad in ox.parse(data, format=syntax))
    except SyntaxError as error:
        raise GraphFileError(f"{name}: is not well-formed {syntax.name}: {_reason(error)}; repair or export it again") from error
    return store


def select(store: ox.Store, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
    """Return a store with the merge of some named graphs as default graph, and only some named graphs (SPARQL 1.1, 13.2).

    Raises:
        QueryError: one of them is not in the store.
    """
    for iri in (*default, *named):
        if not _holds(store, iri):
            raise QueryError(f"there is no graph <{iri}> in the store, and nothing is fetched; SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists them")
    chosen = ox.Store()
    for iri in default:
        chosen.extend(ox.Quad(*quad.triple) for quad in _graph(store, iri))
    for iri in named:
        chosen.extend(_graph(store, iri))
    return chosen


def _holds(store: ox.Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:  # a relative IRI
        return False


def _graph(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    return iter(store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))


def _reason(error: SyntaxError) -> str:
    return " ".join(error.msg.split())  # says the line itself


def _folder(path: Path) -> tuple[bytes, ox.RdfFormat, str]:
    for name in BUILD_FILES:
        if (path / name).is_file():
            return _file(path / name)
    from graphbuild.store import load_build

    return rdf_source(load_build(path))


def _file(path: Path) -> tuple[bytes, ox.RdfFormat, str]:
    syntax = _SYNTAXES.get(path.suffix.lower())
    if syntax is None:
        raise GraphFileError(f"{path}: is neither a build folder nor an RDF file ({', '.join(_SYNTAXES)})")
    try:
        return path.read_bytes(), syntax, str(path)
    except OSError as error:
        raise GraphFileError(f"{path}: cannot be read: {error.strerror}") from error
