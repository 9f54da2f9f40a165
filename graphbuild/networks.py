"""Back from files to the NetworkX graph: of any RDF that graphbuild wrote with its claims, and of GraphML.

What comes back equals `KnowledgeGraph.nx`, as far as the format holds it; docs/formats.md says how far that is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError

import networkx
import pyoxigraph as ox

from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.errors import GraphFileError
from graphbuild.graph import VALUE, end_node
from graphbuild.rdfstore import open_store
from graphbuild.records import Value
from graphbuild.vocabulary import GB, PREFIXES, expand

_LISTS: Final = ("aliases", "links", "documents", "quotes")
_TEXTS: Final = ("status", "polarity", "modality", "start", "end", "precision", "basis")


def network(path: Path | str, catalogue: Catalogue | None = None) -> "networkx.MultiDiGraph[str]":
    """Return the graph of a GraphML file, an RDF file, a build folder or an Oxigraph store on disk, as `KnowledgeGraph.nx` has it.

    Of RDF, the layer of claims is read (`--layers claims` or `all`).

    Raises:
        GraphFileError: the file cannot be read, is malformed, or holds no claims.
    """
    return _from_graphml(Path(path)) if Path(path).suffix.lower() == ".graphml" else _from_rdf(path, catalogue or load_catalogue())


def _from_graphml(path: Path) -> "networkx.MultiDiGraph[str]":
    try:
        read = networkx.read_graphml(path, force_multigraph=True)
    except (OSError, ParseError, networkx.NetworkXError) as error:
        raise GraphFileError(f"{path}: cannot be read as GraphML: {error}; export it again") from error
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from((node, _with_lists(data)) for node, data in read.nodes(data=True))
    for source, target, data in read.edges(data=True):
        graph.add_edge(source, target, key=data.pop("claim", None), **_with_lists(data))
    return graph


def _with_lists(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(json.loads(value)) if name in _LISTS else value for name, value in data.items()}


def _from_rdf(path: Path | str, catalogue: Catalogue) -> "networkx.MultiDiGraph[str]":
    read = _Reader(open_store(path), catalogue)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in read.subjects("gb:Entity"):
        graph.add_node(_id(node), **read.node(node))
    claims = read.subjects("gb:Claim")
    if not claims:
        raise GraphFileError(f"{path}: holds no claims of graphbuild; export it with --layers claims or all")
    for claim in claims:
        source, target, value, attributes = read.edge(claim)
        if value is not None:
            graph.add_node(target, type=VALUE, name=value.value, datatype=value.datatype)
        graph.add_edge(source, target, key=_id(claim), **attributes)
    return graph


_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class _Reader:
    """Reads records out of a store whose default graph is the union of all."""

    def __init__(self, store: ox.Store, catalogue: Catalogue) -> None:
        self.store = store
        self.catalogue = catalogue

    def subjects(self, curie: str) -> list[ox.NamedNode]:
        """Return the resources of a class, sorted."""
        found = (quad.subject for quad in self.store.quads_for_pattern(None, _named("rdf:type"), _named(curie), ox.DefaultGraph()))
        return sorted((subject for subject in found if isinstance(subject, ox.NamedNode)), key=str)

    def properties(self, subject: ox.NamedNode) -> dict[str, list[_Term]]:
        """Return property IRI → values, sorted."""
        found: dict[str, list[_Term]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(subject, None, None, ox.DefaultGraph()):
            found[quad.predicate.value].append(quad.object)
        return {name: sorted(values, key=_text) for name, values in found.items()}

    def node(self, node: ox.NamedNode) -> dict[str, Any]:
        own = self.properties(node)
        links = (*_texts(own, "schema:sameAs"), *_texts(own, "schema:identifier"))
        return {
            "type": self.narrowest(_texts(own, "rdf:type")),
            "name": _one(own, "rdfs:label"),
            "aliases": tuple(_texts(own, "skos:altLabel")),
            "links": tuple(sorted(links)),
            "documents": tuple(sorted({self.document(mention) for mention in self.mentions(node)})),
        }

    def narrowest(self, classes: Iterable[str]) -> str:
        own = [iri.removeprefix(GB) for iri in classes if iri.startswith(GB) and iri != f"{GB}Entity"]
        return max(own, key=lambda name: (len(self.catalogue.ancestors(name)), name), default="")

    def mentions(self, node: ox.NamedNode) -> Iterable[ox.NamedNode]:
        for quad in self.store.quads_for_pattern(None, _named("itsrdf:taIdentRef"), node, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject

    def document(self, mention: ox.NamedNode) -> str:
        return self.document_id(self.properties(mention)[expand("nif:referenceContext")][0])

    def document_id(self, document: _Term) -> str:
        return str(_one(self.properties(document), "gb:documentId")) if isinstance(document, ox.NamedNode) else ""

    def edge(self, claim: ox.NamedNode) -> tuple[str, str, Value | None, dict[str, Any]]:
        own = self.properties(claim)
        target, value = _end(own[expand("rdf:object")][0])
        relation = self.catalogue.relations[str(_one(own, "rdf:predicate")).removeprefix(GB)]
        evidence = sorted(self.evidence(item) for item in own.get(expand("gb:evidence"), ()) if isinstance(item, ox.NamedNode))
        attributes: dict[str, Any] = {
            "relation": relation.name,
            "label": relation.label,
            "confidence": float(_one(own, "gb:confidence") or 0),
            "sources": int(_one(own, "gb:sources") or 0),
            "documents": tuple(sorted({document for document, *_ in evidence})),
            "quotes": tuple(quote for *_, quote in evidence),
            "listed": _one(own, "gb:listed") == "true",
        }
        attributes |= {name: _one(own, f"gb:{name}") for name in _TEXTS}
        attributes |= {name: _id(own[f"{GB}{name}"][0]) for name in ("speaker", "place", "event") if f"{GB}{name}" in own}
        theme = own.get(f"{GB}theme")
        attributes |= {"theme": _id(theme[0]) if theme else None, "plover": relation.plover}
        ends = _id(own[expand("rdf:subject")][0]), target, value
        return *ends, {name: value for name, value in attributes.items() if value is not None}

    def evidence(self, evidence: ox.NamedNode) -> tuple[str, int, int, str, str]:
        own = self.properties(evidence)
        document = self.document_id(own[expand("prov:wasQuotedFrom")][0])
        offsets = (int(_one(own, f"gb:{name}Offset") or 0) for name in ("begin", "end"))
        begin, end = offsets
        return document, begin, end, str(_one(own, "gb:rule")), str(_one(own, "gb:quote"))


def _end(term: _Term) -> tuple[str, Value | None]:
    if not isinstance(term, ox.Literal):
        return _id(term), None
    value = Value(term.value, term.datatype.value.replace(PREFIXES["xsd"], "xsd:"))
    return end_node(value), value


def _id(term: _Term) -> str:
    """Return the id that an IRI was minted from; of a literal, its text."""
    return unquote(term.value.rpartition("/")[2]) if isinstance(term, ox.NamedNode) else _text(term)


def _named(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def _text(term: _Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _texts(own: Mapping[str, list[_Term]], curie: str) -> list[str]:
    return [_text(value) for value in own.get(expand(curie), ())]


def _one(own: Mapping[str, list[_Term]], curie: str) -> str | None:
    return next(iter(_texts(own, curie)), None)
