"""RDF files: the quads of the graph, sorted, as Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML.

Escaping and syntax are pyoxigraph's. Because no node is blank and input is sorted, equal graphs give equal bytes. All formats but
JSON-LD and RDF/XML are written piece by piece, in bounded memory. JSON-LD is shortened by the context of
`ontology/context.jsonld`, which it carries along, for nobody should have to fetch one.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from typing import BinaryIO, Final

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize
from pyoxigraph import Quad as Parsed

from graphbuild.context import compacted, context
from graphbuild.errors import InputError
from graphbuild.export.layers import Quad, RdfOptions, check_base, quads, term
from graphbuild.export.sorting import END, MEMORY, sorted_batches, write_sorted
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
DEFAULT: Final = RdfOptions()
_BY_LINE = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_PREFIXES = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix not in ("owl", "sh")}
_ONLY_1_1 = ("jsonld", "rdfxml")


def rdf(graph: KnowledgeGraph, name: str, options: RdfOptions = DEFAULT) -> bytes:
    """Return the graph in an RDF format, as `write_rdf` writes it."""
    out = io.BytesIO()
    write_rdf(graph, name, out, options)
    return out.getvalue()


def write_rdf(graph: KnowledgeGraph, name: str, out: BinaryIO, options: RdfOptions = DEFAULT, *, memory: int = MEMORY) -> None:
    """Write the graph in the RDF format `name` (a key of `FORMATS`), sorted; formats without named graphs hold the union.

    What exceeds `memory` (bytes) is sorted on disk. XML cannot hold control characters: in RDF/XML they become U+FFFD.

    Raises:
        InputError: the base of the IRIs is not an absolute IRI that ends in "/", or the format cannot hold RDF 1.2.
        OutputError: there is no room on disk to sort in.
        OSError: `out` cannot be written.
    """
    check_base(options.base)
    if options.version != "1.1" and name in _ONLY_1_1:
        raise InputError(f"{name} cannot hold RDF {options.version}; choose from {', '.join(f for f in FORMATS if f not in _ONLY_1_1)}")
    found = quads(graph, options)
    if name == "jsonld":
        expanded = io.BytesIO()
        write_quads(found, name, expanded, options.base, memory=memory)
        out.write(_compact_json(expanded.getvalue(), context(graph.catalogue, options.base)))
    else:
        write_quads(found, name, out, options.base, memory=memory)


def write_quads(found: Iterable[Quad], name: str, out: BinaryIO, base: str = BASE, *, memory: int = MEMORY) -> None:
    """Write quads in an RDF format, sorted, each once, as `write_rdf` does; JSON-LD expanded."""
    syntax = FORMATS[name]
    if syntax in _BY_LINE:
        # Sorted without their ends: no term is the beginning of another but that of a text with a datatype or language, which goes on
        # with a sign that is greater than a space. So lines with and without ends have one order.
        terms = found if syntax.supports_datasets else (quad[:3] for quad in found)
        write_sorted(map(" ".join, terms), out, end=b" .\n", memory=memory)
        return
    ordered = _in_reading_order(found, base, union=not syntax.supports_datasets, memory=memory)
    names = _PREFIXES | {"e": f"{base}entity/", "c": f"{base}claim/"}
    if syntax == RdfFormat.JSON_LD:
        serialize(ordered, out, format=syntax)
    elif syntax == RdfFormat.RDF_XML:
        out.write(_finished_xml(serialize((_for_xml(quad.triple) for quad in ordered), format=syntax, prefixes=names) or b""))
    else:
        spaced = _Spaced(out)
        serialize(ordered, spaced, format=syntax, prefixes=names)  # type: ignore[arg-type]  # it only writes
        spaced.close()


def _compact_json(expanded: bytes, names: Mapping[str, object]) -> bytes:
    """Write JSON-LD a resource a line, so that whoever compares two files sees what changed."""
    graphs = [f'{{"@id": {_json(graph["@id"])}, "@graph": [\n{_a_line_each(graph["@graph"])}\n]}}' for graph in compacted(json.loads(expanded), names)]
    body = ",\n".join(graphs)
    return f'{{"@context": {_json(names)},\n"@graph": [\n{body}\n]}}\n'.encode()


def _a_line_each(nodes: Iterable[object]) -> str:
    return ",\n".join(map(_json, nodes))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Spaced:
    """A file that sorts prefix declarations, which the serialiser writes in an order of chance, and sets resources apart.

    A full stop before a line end always ends a resource: within strings, line ends are escaped.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._declared: list[bytes] = []
        self._begun = False
        self._part = b""
        """Of a line that is not whole yet."""

    def write(self, data: bytes) -> int:
        lines, end, self._part = (self._part + data).rpartition(END)
        body = lines + end if self._begun else self._behind_header(lines + end)
        self._out.write(body.replace(b" .\n", b" .\n\n"))
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever opened the file below flushes it."""

    def close(self) -> None:
        """Write what is left, and leave the file below open."""
        self.write(END if self._part else b"")
        if not self._begun:
            self._begin()

    def _behind_header(self, lines: bytes) -> bytes:
        """Take declarations off the lines, and return what follows them."""
        while lines.startswith(b"@prefix "):
            line, end, lines = lines.partition(END)
            self._declared.append(line + end)
        if lines:
            self._begin()
        return lines

    def _begin(self) -> None:
        self._begun = True
        self._out.write(b"".join([*sorted(self._declared), END]))


def _finished_xml(data: bytes) -> bytes:
    start, end = data.index(b"<rdf:RDF") + len(b"<rdf:RDF"), data.index(b">", data.index(b"<rdf:RDF"))
    declarations = sorted(re.findall(rb'xmlns:[^=]+="[^"]*"', data[start:end]))
    named = data[:start] + b"".join(b" " + d for d in declarations) + data[end:]
    return named.replace(b"\r", b"&#13;")  # XML parsers read a bare carriage return as a line feed


def _in_reading_order(found: Iterable[Quad], base: str, *, union: bool, memory: int) -> Iterator[Parsed]:
    """Return quads each once, by graph (but for a union), kind of subject (entities first, as people read), subject, and predicate.

    They are sorted as lines of text: graph, subject, predicate and object, with a digit for its rank before subject and predicate.
    No IRI has a space in it.
    """
    kind, ranked = _Kind(base), _Ranked()
    by_subject = ((f"{kind(subject)}{subject}", told) for subject, told in groupby(found, itemgetter(0)))  # its quads often come together
    if union:
        lines = (f"{s} {ranked[p]} {o}" for s, told in by_subject for _, p, o, _ in told)
    else:
        lines = (f"{g} {s} {ranked[p]} {o}" for s, told in by_subject for _, p, o, g in told)
    plain = _without_ranks if union else _without_ranks_in_graphs
    batches = (b"".join(plain(batch)) for batch in sorted_batches(lines, memory=memory))
    return chain.from_iterable(parse(batch, format=RdfFormat.N_QUADS, lenient=True) for batch in batches)  # terms were checked when they were made


def _without_ranks(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (b"%s %s .\n" % (s[1:], rest[1:]) for s, rest in (line.split(b" ", 1) for line in lines))


def _without_ranks_in_graphs(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (b"%s %s %s .\n" % (s[1:], rest[1:], g) for g, s, rest in (line.split(b" ", 2) for line in lines))


class _Ranked(dict[str, str]):
    """Predicates with a digit for their rank before them."""

    def __missing__(self, predicate: str) -> str:
        self[predicate] = f"{_RANK.get(predicate, _LAST)}{predicate}"
        return self[predicate]


class _Kind:
    """Tells the kind of a subject by its IRI, as a digit."""

    def __init__(self, base: str) -> None:
        self._start = len(base) + 1

    def __call__(self, subject: str) -> int:
        return _KINDS.get(subject[self._start : subject.find("/", self._start)], len(_KINDS))


_FIRST = {"rdf:type": 0, "rdfs:label": 1, "skos:altLabel": 2}
_RANK = {term(curie): rank for curie, rank in _FIRST.items()}
_LAST = len(_RANK)
_KINDS = {kind: rank for rank, kind in enumerate(("entity", "event", "membership", "claim", "evidence", "document"))}


def _for_xml(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or not NOT_XML.search(value.value):
        return triple
    return Triple(triple.subject, triple.predicate, Literal(for_xml(value.value), datatype=value.datatype))
