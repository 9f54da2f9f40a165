"""Every format that a graph can be written in, by name; what a format needs is imported only when it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from graphbuild.errors import InputError
from graphbuild.graph import KnowledgeGraph

if TYPE_CHECKING:
    from graphbuild.export.layers import RdfOptions


@dataclass(frozen=True, slots=True)
class Exporter:
    """How a graph becomes a file: the file's usual name, a word for people, and the function that makes its bytes."""

    file: str
    label: str
    render: "Callable[[KnowledgeGraph, RdfOptions | None], bytes]"


def export(graph: KnowledgeGraph, name: str, options: "RdfOptions | None" = None) -> bytes:
    """Return the graph in a format of `EXPORTERS`; `options` matter to RDF formats only.

    Raises:
        InputError: there is no such format; the message lists all.
    """
    if name not in EXPORTERS:
        raise InputError(f"there is no export format {name!r}; choose from {', '.join(EXPORTERS)}")
    return EXPORTERS[name].render(graph, options)


def _rdf(name: str) -> "Callable[[KnowledgeGraph, RdfOptions | None], bytes]":
    def render(graph: KnowledgeGraph, options: "RdfOptions | None") -> bytes:
        from graphbuild.export.rdf import DEFAULT, rdf

        return rdf(graph, name, options or DEFAULT)

    return render


def _networkx(name: str) -> "Callable[[KnowledgeGraph, RdfOptions | None], bytes]":
    def render(graph: KnowledgeGraph, _: "RdfOptions | None") -> bytes:
        from graphbuild.export import graphml

        writers = {"graphml": graphml.graphml, "gexf": graphml.gexf, "nodelink": graphml.node_link, "cytoscape": graphml.cytoscape}
        return writers[name](graph)

    return render


def _annotations(graph: KnowledgeGraph, _: "RdfOptions | None") -> bytes:
    from graphbuild.export.annotations import annotations

    return annotations(graph)


def _csv(graph: KnowledgeGraph, _: "RdfOptions | None") -> bytes:
    from graphbuild.export.tables import facts_csv

    return facts_csv(graph)


EXPORTERS: Final[Mapping[str, Exporter]] = MappingProxyType(
    {
        "turtle": Exporter("graph.ttl", "RDF Turtle", _rdf("turtle")),
        "ntriples": Exporter("graph.nt", "RDF N-Triples", _rdf("ntriples")),
        "nquads": Exporter("graph.nq", "RDF N-Quads, a named graph per document", _rdf("nquads")),
        "trig": Exporter("graph.trig", "RDF TriG, a named graph per document", _rdf("trig")),
        "jsonld": Exporter("graph.jsonld", "RDF JSON-LD, with its context", _rdf("jsonld")),
        "rdfxml": Exporter("graph.rdf", "RDF/XML", _rdf("rdfxml")),
        "graphml": Exporter("graph.graphml", "GraphML", _networkx("graphml")),
        "gexf": Exporter("graph.gexf", "GEXF for Gephi", _networkx("gexf")),
        "nodelink": Exporter("graph.json", "NetworkX node-link JSON", _networkx("nodelink")),
        "cytoscape": Exporter("graph.cyjs", "Cytoscape JSON", _networkx("cytoscape")),
        "csv": Exporter("facts.csv", "facts as a table", _csv),
        "annotations": Exporter("annotations.jsonl", "annotated documents, as corrected", _annotations),
    }
)
