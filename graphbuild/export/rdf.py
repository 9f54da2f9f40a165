"""RDF files: the quads of the graph, sorted, as Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML.

Escaping and syntax are pyoxigraph's. Because no node is blank and input is sorted, equal graphs give equal bytes.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graphbuild.errors import InputError
from graphbuild.export.layers import RdfOptions, quads, term
from graphbuild.graph import KnowledgeGraph
from graphbuild.vocabulary import PREFIXES

FORMATS: Final[Mapping[str, RdfFormat]] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
DEFAULT: Final = RdfOptions()
_PREFIXES = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix not in ("owl", "sh")}
_BY_LINE = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`#?]*/")


def rdf(graph: KnowledgeGraph, name: str, options: RdfOptions = DEFAULT) -> bytes:
    """Return the graph in the RDF format `name` (a key of `FORMATS`), sorted; formats without named graphs hold the union.

    XML cannot hold control characters: in RDF/XML they become U+FFFD.

    Raises:
        InputError: the base of the IRIs is not an absolute IRI that ends in "/".
    """
    if not _BASE.fullmatch(options.base):
        raise InputError(f"the base {options.base!r} must be an absolute IRI that ends in '/', such as https://example.org/news/")
    found = set(quads(graph, options))
    syntax = FORMATS[name]
    if syntax in _BY_LINE:
        return b"".join(sorted(_serialized(found, syntax).splitlines(keepends=True)))
    prefixes = _PREFIXES | {"e": f"{options.base}entity/", "c": f"{options.base}claim/"}
    data = _serialized(sorted(found, key=_Order(options.base, union=not syntax.supports_datasets)), syntax, prefixes)
    return _sorted_namespaces(data) if syntax == RdfFormat.RDF_XML else _sorted_header(data)


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


def _sorted_namespaces(data: bytes) -> bytes:
    start, end = data.index(b"<rdf:RDF") + len(b"<rdf:RDF"), data.index(b">", data.index(b"<rdf:RDF"))
    declarations = sorted(re.findall(rb'xmlns:[^=]+="[^"]*"', data[start:end]))
    return data[:start] + b"".join(b" " + d for d in declarations) + data[end:]


class _Order:
    """Sorts by kind of subject (entities first, as people read), subject, and predicate with class and names first."""

    def __init__(self, base: str, union: bool) -> None:
        self.start = len(base) + 1
        self.union = union

    def __call__(self, quad: Quad) -> tuple[str, int, str, int, str, str]:
        graph, subject, predicate, value = map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object))
        kind = _KINDS.get(subject[self.start :].partition("/")[0], len(_KINDS))
        return "" if self.union else graph, kind, subject, _RANK.get(predicate, len(_RANK)), predicate, value


_FIRST = {"rdf:type": 0, "rdfs:label": 1, "skos:altLabel": 2}
_RANK = {str(term(curie)): rank for curie, rank in _FIRST.items()}
_KINDS = {kind: rank for rank, kind in enumerate(("entity", "event", "membership", "claim", "evidence", "document"))}


def _for_xml(triple: Triple) -> Triple:
    value = triple.object
    if isinstance(value, NamedNode) or not isinstance(value, Literal) or not _NOT_XML.search(value.value):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(_NOT_XML.sub("\ufffd", value.value), datatype=value.datatype))
