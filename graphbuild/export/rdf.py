"""RDF files: the quads of the graph, sorted, as Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML.

Escaping and syntax are pyoxigraph's. Because no node is blank and input is sorted, equal graphs give equal bytes. JSON-LD is
shortened by the context of `ontology/context.jsonld`, which it carries along, for nobody should have to fetch one.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graphbuild.context import compacted, context
from graphbuild.errors import InputError
from graphbuild.export.layers import RdfOptions, check_base, quads, term
from graphbuild.export.sorting import MEMORY, write_sorted
from graphbuild.export.texts import NOT_XML, for_xml
from graphbuild.graph import KnowledgeGraph
from graphbuild.vocabulary import BASE, PREFIXES

FORMATS: Final[Mapping[str, RdfFormat]] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
BY_LINE: Final = ("ntriples", "nquads")
"""Formats of one statement a line, which can be written piece by piece."""
DEFAULT: Final = RdfOptions()
_PREFIXES = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix not in ("owl", "sh")}
_ONLY_1_1 = ("jsonld", "rdfxml")


def rdf(graph: KnowledgeGraph, name: str, options: RdfOptions = DEFAULT) -> bytes:
    """Return the graph in the RDF format `name` (a key of `FORMATS`), sorted; formats without named graphs hold the union.

    XML cannot hold control characters: in RDF/XML they become U+FFFD.

    Raises:
        InputError: the base of the IRIs is not an absolute IRI that ends in "/", or the format cannot hold RDF 1.2.
    """
    if name in BY_LINE:
        out = io.BytesIO()
        write_lines(graph, name, out, options)
        return out.getvalue()
    _check(name, options)
    data = serialized(quads(graph, options), name, options.base)
    return _compact_json(data, context(graph.catalogue, options.base)) if name == "jsonld" else data


def serialized(found: Iterable[Quad], name: str, base: str = BASE) -> bytes:
    """Return quads in an RDF format of more than one line a statement, sorted, each once; JSON-LD expanded."""
    syntax = FORMATS[name]
    ordered = sorted(set(found), key=_Order(base, union=not syntax.supports_datasets))
    if syntax == RdfFormat.JSON_LD:
        return _serialized(ordered, syntax)
    data = _serialized(ordered, syntax, _PREFIXES | {"e": f"{base}entity/", "c": f"{base}claim/"})
    return _finished_xml(data) if syntax == RdfFormat.RDF_XML else _sorted_header(data)


def write_lines(graph: KnowledgeGraph, name: str, out: BinaryIO, options: RdfOptions = DEFAULT, *, memory: int = MEMORY) -> None:
    """Write N-Quads or N-Triples, sorted; what exceeds `memory` (bytes) is sorted on disk.

    Raises:
        InputError: the base of the IRIs is not an absolute IRI that ends in "/".
        OutputError: there is no room on disk.
    """
    _check(name, options)
    write_sorted(quads(graph, options), out, FORMATS[name], memory=memory)


def _check(name: str, options: RdfOptions) -> None:
    check_base(options.base)
    if options.version != "1.1" and name in _ONLY_1_1:
        raise InputError(f"{name} cannot hold RDF {options.version}; choose from {', '.join(f for f in FORMATS if f not in _ONLY_1_1)}")


def _compact_json(expanded: bytes, names: Mapping[str, object]) -> bytes:
    """Write JSON-LD a resource a line, so that whoever compares two files sees what changed."""
    graphs = [f'{{"@id": {_json(graph["@id"])}, "@graph": [\n{_lines(graph["@graph"])}\n]}}' for graph in compacted(json.loads(expanded), names)]
    body = ",\n".join(graphs)
    return f'{{"@context": {_json(names)},\n"@graph": [\n{body}\n]}}\n'.encode()


def _lines(nodes: Iterable[object]) -> str:
    return ",\n".join(map(_json, nodes))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _serialized(found: Iterable[Quad], syntax: RdfFormat, prefixes: dict[str, str] | None = None) -> bytes:
    if syntax.supports_datasets:
        return serialize(found, format=syntax, prefixes=prefixes) or b""
    union = dict.fromkeys(quad.triple for quad in found)
    return serialize(map(_for_xml, union) if syntax == RdfFormat.RDF_XML else union, format=syntax, prefixes=prefixes) or b""


def _sorted_header(data: bytes) -> bytes:
    """Sort the prefix declarations, which the serialiser writes in an order of chance, and set resources apart.

    A full stop before a line end always ends a resource: within strings, line ends are escaped.
    """
    lines = data.splitlines(keepends=True)
    header = [line for line in lines[: len(_PREFIXES) + 2] if line.startswith(b"@prefix ")]
    body = b"".join(lines[len(header) :])
    return b"".join([*sorted(header), b"\n", body.replace(b" .\n", b" .\n\n")])


def _finished_xml(data: bytes) -> bytes:
    start, end = data.index(b"<rdf:RDF") + len(b"<rdf:RDF"), data.index(b">", data.index(b"<rdf:RDF"))
    declarations = sorted(re.findall(rb'xmlns:[^=]+="[^"]*"', data[start:end]))
    named = data[:start] + b"".join(b" " + d for d in declarations) + data[end:]
    return named.replace(b"\r", b"&#13;")  # XML parsers read a bare carriage return as a line feed


class _Order:
    """Sorts by kind of subject (entities first, as people read), subject, and predicate with class and names first."""

    def __init__(self, base: str, union: bool) -> None:
        self.start = len(base) + 1
        self.union = union

    def __call__(self, quad: Quad) -> str:
        # One string sorts several times as fast as a tuple of them; no IRI has a space or a null character in it.
        subject, predicate = str(quad.subject), str(quad.predicate)
        kind = _KINDS.get(subject[self.start : subject.find("/", self.start)], len(_KINDS))
        graph = "" if self.union else str(quad.graph_name)
        return f"{graph}\0{kind}{subject}\0{_RANK.get(predicate, len(_RANK))}{predicate}\0{quad.object}"


_FIRST = {"rdf:type": 0, "rdfs:label": 1, "skos:altLabel": 2}
_RANK = {str(term(curie)): rank for curie, rank in _FIRST.items()}
_KINDS = {kind: rank for rank, kind in enumerate(("entity", "event", "membership", "claim", "evidence", "document"))}


def _for_xml(triple: Triple) -> Triple:
    value = triple.object
    if isinstance(value, NamedNode) or not isinstance(value, Literal) or not NOT_XML.search(value.value):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(for_xml(value.value), datatype=value.datatype))
