"""Every format that a graph can be written in, by name; what a format needs is imported only when it is asked for."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

from graphbuild.errors import InputError
from graphbuild.export.texts import NOT_XML, SURROGATES
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Value

if TYPE_CHECKING:
    from graphbuild.export.layers import RdfOptions

    Write = Callable[[KnowledgeGraph, BinaryIO, RdfOptions | None], object]


@dataclass(frozen=True, slots=True)
class Exporter:
    """How a graph becomes a file: the file's usual name, a word for people, and the function that writes it.

    `streams` says whether it is written piece by piece, so that the graph need not be in memory.
    """

    file: str
    label: str
    write: "Write"
    streams: bool = False


def export(graph: KnowledgeGraph, name: str, options: "RdfOptions | None" = None) -> bytes:
    """Return the graph in a format of `EXPORTERS`; `options` matter to RDF, and their `project` to event data.

    Raises:
        InputError: there is no such format (the message lists all), its library is not installed, or it cannot hold the options.
    """
    out = io.BytesIO()
    write_export(graph, name, out, options)
    return out.getvalue()


def write_export(graph: KnowledgeGraph, name: str, out: BinaryIO, options: "RdfOptions | None" = None) -> None:
    """Write the graph in a format of `EXPORTERS` into an open file; RDF and GraphML piece by piece, in bounded memory.

    Raises:
        InputError: as for `export`.
        OutputError: there is no room on disk to sort in.
        OSError: `out` cannot be written.
    """
    _exporter(name).write(graph, out, options)


def losses(graph: KnowledgeGraph, names: Iterable[str]) -> Iterator[str]:
    """Yield a line on what each format cannot hold of this graph and writes otherwise; none if there is nothing.

    XML has no control characters, and DOT no null character; no encoding has halves of surrogate pairs.
    """
    first: dict[re.Pattern[str], str | None] = {}  # a large graph is gone through once for all formats that hold the same
    for name in names:
        holds = _NOT_HELD.get(name, SURROGATES)
        if holds not in first:
            first[holds] = next((text for text in _texts(graph) if holds.search(text)), None)
        if (broken := first[holds]) is not None:
            yield f"{name}: characters that {_exporter(name).label} cannot hold become U+FFFD, first in {broken[:_SHOWN]!r}"


def _exporter(name: str) -> Exporter:
    if name not in EXPORTERS:
        raise InputError(f"there is no export format {name!r}; choose from {', '.join(EXPORTERS)}")
    return EXPORTERS[name]


def _texts(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the texts that formats write: names, values, quotes."""
    for node in graph.nodes:
        yield from (node.name, *node.aliases)
    for claim in graph.claims:
        yield from (end.value for end in (claim.object, claim.theme) if isinstance(end, Value))
        yield from (evidence.quote for evidence in claim.evidence)


_NOT_HELD = {
    **dict.fromkeys(("graphml", "gexf", "rdfxml"), NOT_XML),
    "dot": re.compile(f"\0|{SURROGATES.pattern}"),
    "annotations": re.compile("(?!)"),  # JSON that escapes halves of pairs: nothing is lost
}
_SHOWN = 60
"""Characters of a text in a message."""


def _rdf(name: str) -> "Write":
    def write(graph: KnowledgeGraph, out: BinaryIO, options: "RdfOptions | None") -> None:
        from graphbuild.export.rdf import DEFAULT, write_rdf

        write_rdf(graph, name, out, options or DEFAULT)

    return write


def _plain(module: str, function: str) -> "Write":
    """Return what writes the bytes that a function of a module of this package returns; imported when it is asked for."""

    def write(graph: KnowledgeGraph, out: BinaryIO, _: "RdfOptions | None") -> None:
        out.write(getattr(import_module(f"graphbuild.export.{module}"), function)(graph))

    return write


def _by_line(module: str, function: str) -> "Write":
    """Return what writes the lines, as bytes, that a function of a module of this package yields."""

    def write(graph: KnowledgeGraph, out: BinaryIO, _: "RdfOptions | None") -> None:
        out.writelines(getattr(import_module(f"graphbuild.export.{module}"), function)(graph))

    return write


def _graphml(graph: KnowledgeGraph, out: BinaryIO, _: "RdfOptions | None") -> None:
    from graphbuild.export.graphml import write_graphml

    write_graphml(graph, out)


def _events(*, one_a_day: bool) -> "Write":
    def write(graph: KnowledgeGraph, out: BinaryIO, options: "RdfOptions | None") -> None:
        from graphbuild.export.events import events_csv
        from graphbuild.export.layers import RdfOptions

        out.write(events_csv(graph, options or RdfOptions(), one_a_day=one_a_day))

    return write


EXPORTERS: Final[Mapping[str, Exporter]] = MappingProxyType(
    {
        "turtle": Exporter("graph.ttl", "RDF Turtle", _rdf("turtle"), streams=True),
        "ntriples": Exporter("graph.nt", "RDF N-Triples", _rdf("ntriples"), streams=True),
        "nquads": Exporter("graph.nq", "RDF N-Quads, a named graph per document", _rdf("nquads"), streams=True),
        "trig": Exporter("graph.trig", "RDF TriG, a named graph per document", _rdf("trig"), streams=True),
        "jsonld": Exporter("graph.jsonld", "RDF JSON-LD, with its context", _rdf("jsonld")),
        "rdfxml": Exporter("graph.rdf", "RDF/XML", _rdf("rdfxml")),
        "graphml": Exporter("graph.graphml", "GraphML", _graphml),
        "gexf": Exporter("graph.gexf", "GEXF", _plain("graphml", "gexf")),
        "nodelink": Exporter("graph.json", "NetworkX node-link JSON", _plain("graphml", "node_link")),
        "cytoscape": Exporter("graph.cyjs", "Cytoscape JSON", _plain("graphml", "cytoscape")),
        "dot": Exporter("graph.dot", "DOT", _plain("dot", "dot")),
        "neo4j-nodes": Exporter("neo4j-nodes.csv", "nodes for neo4j-admin import", _plain("neo4j", "nodes_csv")),
        "neo4j-relationships": Exporter("neo4j-relationships.csv", "relationships for neo4j-admin import", _plain("neo4j", "relationships_csv")),
        "cypher": Exporter("graph.cypher", "Cypher script with parameters", _plain("neo4j", "cypher")),
        "csv": Exporter("facts.csv", "facts as a table", _by_line("tables", "facts_csv"), streams=True),
        "parquet": Exporter("facts.parquet", "facts as Parquet", _plain("tables", "facts_parquet")),
        "events": Exporter("events.csv", "event data, coded by PLOVER", _events(one_a_day=False)),
        "events-daily": Exporter("events-daily.csv", "event data, one event a day, dyad and category", _events(one_a_day=True)),
        "annotations": Exporter("annotations.jsonl", "annotated documents, as corrected", _by_line("annotations", "annotations"), streams=True),
    }
)
