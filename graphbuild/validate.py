"""SHACL over a build folder, an RDF file or a graph: each violation with the sentence behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node as RdfNode

from graphbuild.errors import GraphFileError
from graphbuild.query import rdf_source
from graphbuild.schema import ontology
from graphbuild.vocabulary import GB, PREFIXES

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

_EVIDENCE = URIRef(f"{GB}evidence")
_QUOTE = URIRef(f"{GB}quote")
_DOCUMENT = URIRef(f"{PREFIXES['prov']}wasQuotedFrom")
_DOCUMENT_ID = URIRef(f"{GB}documentId")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that breaks a shape: on which resource and path, with which value, why, and the words behind it."""

    focus: str
    path: str
    value: str
    message: str
    evidence: tuple[tuple[str, str], ...] = ()
    """(document id, quote) of the claims that the resource is part of."""


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; `triples` is the size of the graph that was looked at."""

    violations: tuple[Violation, ...]
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks a shape."""
        return not self.violations


def validate(source: "KnowledgeGraph | Path | str", shapes: Path | None = None) -> Report:
    """Check the RDF of a graph, build folder or RDF file against the shapes of the ontology, or of a file of one's own.

    Raises:
        GraphFileError: the source or the shapes cannot be loaded.
    """
    folder = ontology()
    data = load_graph(source)
    rules = load_graph(shapes or folder / "shapes.ttl")
    known = load_graph(folder / "core.ttl") + load_graph(folder / "relations.ttl")
    # pyshacl's ont_graph would bring along the classes only, not which of them a relation admits.
    _, results, _ = pyshacl.validate(data + known, shacl_graph=rules, inference="none", advanced=False)
    return Report(tuple(sorted(set(_violations(results, data)))), len(data))


def load_graph(source: "KnowledgeGraph | Path | str") -> Graph:
    """Return the union of all named graphs of a source as one rdflib graph.

    Raises:
        GraphFileError: the source cannot be read or is not well-formed.
    """
    data, syntax, name = rdf_source(source)
    try:
        # Triple terms (RDF 1.2) say nothing that their claims do not, and rdflib cannot read them.
        triples = sorted({str(quad.triple) for quad in ox.parse(data, format=syntax) if not isinstance(quad.object, ox.Triple)})
    except SyntaxError as error:
        raise GraphFileError(f"{name}: is not well-formed {syntax.name}: {error}; repair or export it again") from error
    graph = Graph(bind_namespaces="none")
    graph.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    return graph


def _violations(results: Graph, data: Graph) -> Iterator[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        yield Violation(
            focus=str(focus),
            path=_text(results.value(result, SH.resultPath)),
            value=_text(results.value(result, SH.value)),
            message="; ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
            evidence=tuple(sorted(set(_evidence(focus, data)))),
        )


def _text(node: RdfNode | None) -> str:
    return "" if node is None else str(node)


def _evidence(focus: RdfNode | None, data: Graph) -> Iterator[tuple[str, str]]:
    """Yield the quotes of the claims that a resource is, or is an end or the evidence of."""
    if focus is None:
        return
    claims = {focus, *data.subjects(RDF.subject, focus), *data.subjects(RDF.object, focus)}
    evidence = {e for claim in claims for e in data.objects(claim, _EVIDENCE)} | {focus}
    for item in evidence:
        for quote in data.objects(item, _QUOTE):
            document = data.value(data.value(item, _DOCUMENT), _DOCUMENT_ID) if data.value(item, _DOCUMENT) else None
            yield _text(document), str(quote)
