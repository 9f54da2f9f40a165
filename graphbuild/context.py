"""The JSON-LD context: short names for the terms of the graph, and what JSON-LD documents look like with them.

The context stands in `ontology/context.jsonld` for programs that write or read such documents themselves.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from graphbuild.catalogue import Catalogue
from graphbuild.vocabulary import BASE, GB, PREFIXES, expand

_IRIS: Final = (
    "gb:event gb:evidence gb:speaker gb:place gb:contradicts gb:ploverCategory gb:agent gb:participant "
    "itsrdf:taIdentRef nif:referenceContext org:member org:organization prov:wasDerivedFrom prov:wasQuotedFrom "
    "rdf:predicate rdf:subject schema:location schema:sameAs sem:eventType sem:hasActor sem:hasPlace"
).split()
"""Properties whose values are always resources."""
_TYPED: Final = {
    "xsd:boolean": "gb:listed",
    "xsd:date": "gb:earliest gb:latest",
    "xsd:decimal": "gb:confidence gb:quantity gb:score",
    "xsd:integer": "gb:beginOffset gb:endOffset gb:sources",
    "xsd:nonNegativeInteger": "nif:beginIndex nif:endIndex",
}
"""Datatype → properties whose values always have it."""
_TYPE: Final = expand("rdf:type")


def context(catalogue: Catalogue, base: str = BASE) -> dict[str, Any]:
    """Return the context of a catalogue: prefixes, and the types of values; what has no prefix is a term of graphbuild."""
    prefixes = {name: namespace for name, namespace in PREFIXES.items() if name not in ("owl", "sh")}
    names: dict[str, Any] = {"@version": 1.1, "@vocab": GB, **prefixes, "e": f"{base}entity/", "c": f"{base}claim/"}
    relations = (f"gb:{relation.name}" for relation in catalogue.relations.values() if not relation.datatype)
    for curie in sorted({*_IRIS, *relations}):
        names[_short(curie)] = {"@id": expand(curie), "@type": "@id"}
    for datatype, curies in _TYPED.items():
        for curie in curies.split():
            names[_short(curie)] = {"@id": expand(curie), "@type": datatype}
    return names


def context_json(catalogue: Catalogue) -> str:
    """Return the text of `ontology/context.jsonld`."""
    return json.dumps({"@context": context(catalogue)}, indent=1) + "\n"


def compacted(expanded: Iterable[Mapping[str, Any]], names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return node objects of expanded JSON-LD (graphs among them) with the short names of a context.

    Done for what `export` writes: no blank nodes, no lists, no languages; the general algorithm is that of JSON-LD 1.1, 5.6.
    """
    return [dict(_Names(names).node(node)) for node in expanded]


def _short(curie: str) -> str:
    return curie.removeprefix("gb:")


class _Names:
    """Shortens IRIs by one context; keeps what it found."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        plain = {namespace: f"{prefix}:" for prefix, namespace in names.items() if isinstance(namespace, str) and not prefix.startswith("@")}
        self.prefixes = sorted(plain.items(), key=lambda pair: -len(pair[0]))
        self.types = {name: entry["@type"] for name, entry in names.items() if isinstance(entry, dict)}
        self.terms: dict[str, str] = {}

    def node(self, node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, values in node.items():
            if key == "@graph":
                yield key, [dict(self.node(inner)) for inner in values]
            elif key == "@id":
                yield key, self.iri(values)
            elif key == _TYPE:
                yield "@type", _one([self.term(value["@id"]) for value in values])
            else:
                name = self.term(key)
                yield name, _one([self.value(value, self.types.get(name, "")) for value in values])

    def value(self, value: Mapping[str, Any], coerced: str) -> Any:
        if "@id" in value:
            iri = self.iri(value["@id"])
            return iri if coerced == "@id" else {"@id": iri}
        literal = {key: self.term(item) if key == "@type" else item for key, item in value.items()}
        return _native(literal["@value"], coerced) if literal.get("@type", "") == coerced else literal

    def term(self, iri: str) -> str:
        """Return a property, class or datatype: relative to the vocabulary, or with its prefix."""
        if iri not in self.terms:
            self.terms[iri] = iri.removeprefix(GB) if iri.startswith(GB) else self.iri(iri)
        return self.terms[iri]

    def iri(self, iri: str) -> str:
        for namespace, prefix in self.prefixes:
            if iri.startswith(namespace):
                local = iri[len(namespace) :]
                return iri if local.startswith("//") else prefix + local
        return iri


def _native(text: str, datatype: str) -> str | int | bool:
    """Return integers and truth values as JSON's own; JSON's other numbers are no decimals."""
    if datatype == "xsd:boolean" and text in ("true", "false"):
        return text == "true"
    return int(text) if datatype.lower().endswith("integer") and re.fullmatch("0|[1-9][0-9]{0,14}", text) else text


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
