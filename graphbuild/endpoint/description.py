"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graphbuild.vocabulary import PREFIXES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_WRITTEN: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG",
)  # fmt: skip
GRAPHS_LISTED: Final = 1000
"""Most named graphs that the description lists; a query finds all."""


def graph_names(store: ox.Store) -> tuple[str, ...]:
    """Return the IRIs of the first named graphs of a store, sorted."""
    return tuple(sorted(name.value for name in islice(store.named_graphs(), GRAPHS_LISTED) if isinstance(name, ox.NamedNode)))


def description(endpoint: str, graphs: Sequence[str]) -> tuple[ox.Triple, ...]:
    """Return the description of the endpoint at an IRI, without blank nodes."""
    service, dataset, default = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    found = [
        (service, _type(), _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, _type(), _sd("Dataset")),
        (dataset, _sd("defaultGraph"), default),
        (default, _type(), _sd("Graph")),
        *((service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _WRITTEN),
    ]
    for number, iri in enumerate(graphs):
        entry = ox.NamedNode(f"{endpoint}#graph-{number}")
        found += [(dataset, _sd("namedGraph"), entry), (entry, _type(), _sd("NamedGraph")), (entry, _sd("name"), ox.NamedNode(iri))]
    return tuple(ox.Triple(*triple) for triple in found)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _type() -> ox.NamedNode:
    return ox.NamedNode(f"{PREFIXES['rdf']}type")
