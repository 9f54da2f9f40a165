"""Looks after ontology/: finds it, and writes relations.ttl, shapes.ttl and context.jsonld from the catalogue.

python -m graphbuild.schema --check      tell whether the files are those of the catalogue (exit code 1 if not)
python -m graphbuild.schema --write      write them anew
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, SKOS, XSD

from graphbuild.catalogue import Catalogue, Relation, load_catalogue
from graphbuild.context import context_json
from graphbuild.errors import GraphFileError, OutputError
from graphbuild.vocabulary import GB, PLOVER, PREFIXES

_GB = Namespace(GB)
_PLOVER = Namespace(PLOVER)
_SHAPE = Namespace("https://w3id.org/graphbuild/shapes#")
_SCHEMA = Namespace(PREFIXES["schema"])
_NIF = Namespace(PREFIXES["nif"])
_PROV = Namespace(PREFIXES["prov"])
_ITSRDF = Namespace(PREFIXES["itsrdf"])
_DATE_TYPES = (XSD.date, XSD.gYearMonth, XSD.gYear, XSD.gMonthDay)

_PREFIX_LINES = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("gb", "nif", "prov", "rdf", "schema"))
_QUOTE_QUERY = """
SELECT $this ?value WHERE {
  $this gb:quote ?value ; gb:beginOffset ?begin ; gb:endOffset ?end ; prov:wasQuotedFrom/nif:isString ?text .
  FILTER (SUBSTR(?text, ?begin + 1, ?end - ?begin) != ?value)
}"""
_END_QUERY = """
SELECT $this ?value WHERE {{
  $this rdf:predicate ?relation ; {end} ?value .
  ?relation {includes} ?some . FILTER (isIRI(?value))
  FILTER NOT EXISTS {{ ?relation {includes} ?class . ?value a ?class }}
}}"""


def ontology() -> Path:
    """Return the folder of the ontology: inside the installed package, or beside it in a checkout.

    Raises:
        GraphFileError: it is in neither place.
    """
    package = Path(__file__).parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "core.ttl").is_file():
            return folder
    raise GraphFileError(f"{package}: the ontology folder is missing from this installation; install graphbuild again")


def relations_ttl(catalogue: Catalogue) -> str:
    """Return the catalogue's relations as properties, in Turtle."""
    graph = _graph()
    for relation in catalogue.relations.values():
        for predicate, value in _property(relation, catalogue):
            graph.add((_GB[relation.name], predicate, value))
    return _turtle(graph, "relations.ttl")


def shapes_ttl(catalogue: Catalogue) -> str:
    """Return the shapes of claims, evidence, nodes, mentions and of every relation's ends, in Turtle (SHACL)."""
    graph = _graph()
    _claim_shape(graph)
    _evidence_shape(graph)
    _entity_shape(graph)
    _mention_shape(graph)
    for relation in catalogue.relations.values():
        _relation_shapes(graph, relation, catalogue)
    return _turtle(graph, "shapes.ttl")


def admitted(classes: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the classes that a list of classes and unions admits, unions resolved, without subclasses."""
    return tuple(dict.fromkeys(label for name in classes for label in catalogue.unions.get(name, (name,))))


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _turtle(graph: Graph, name: str) -> str:
    return f"# {name}: written from the catalogue by `python -m graphbuild.schema --write`; do not edit.\n\n{graph.serialize(format='turtle')}"


_Pairs = Iterator[tuple[URIRef, URIRef | Literal]]


def _property(relation: Relation, catalogue: Catalogue) -> _Pairs:
    yield RDF.type, OWL.DatatypeProperty if relation.datatype else OWL.ObjectProperty
    if relation.symmetric:
        yield RDF.type, OWL.SymmetricProperty
    yield RDFS.label, Literal(relation.label, lang="en")
    yield SKOS.definition, Literal(relation.gloss, lang="en")
    yield RDFS.isDefinedBy, URIRef(GB)
    for name in filter(None, (relation.super_property, *relation.implies)):
        yield RDFS.subPropertyOf, _GB[name]
    if relation.inverse:
        yield OWL.inverseOf, _GB[relation.inverse]
    if relation.plover:
        yield _GB.ploverCategory, _PLOVER[relation.plover]
    yield _GB.shape, Literal(relation.shape)
    for label in admitted(relation.subject, catalogue):
        yield _SCHEMA.domainIncludes, _GB[label]
    for label in admitted(relation.object, catalogue):
        yield _SCHEMA.rangeIncludes, _GB[label]
    if relation.datatype:
        yield from ((_SCHEMA.rangeIncludes, datatype) for datatype in _datatypes(relation))


def _datatypes(relation: Relation) -> tuple[URIRef, ...]:
    return _DATE_TYPES if relation.datatype == "xsd:date" else (URIRef(str(XSD) + (relation.datatype or "").partition(":")[2]),)


def _claim_shape(graph: Graph) -> None:
    shape = _node_shape(graph, "Claim", SH.targetClass, _GB.Claim)
    one = {SH.minCount: 1, SH.maxCount: 1}
    _path(graph, shape, RDF.subject, {**one, SH["class"]: _GB.Entity}, "a claim has one subject, a node of the graph")
    _path(graph, shape, RDF.predicate, {**one, SH.nodeKind: SH.IRI}, "a claim has one predicate")
    _path(graph, shape, RDF.object, one, "a claim has one object")
    for name, values in (
        ("status", ("asserted", "denied", "planned", "reported")),
        ("polarity", ("positive", "negative")),
        ("modality", ("actual", "planned", "possible", "conditional")),
    ):
        _path(graph, shape, _GB[name], {**one, SH["in"]: _list(graph, [Literal(v) for v in values])}, f"a claim has one {name}: {', '.join(values)}")
    between = {SH.minInclusive: Literal("0", datatype=XSD.decimal), SH.maxInclusive: Literal("1", datatype=XSD.decimal)}
    _path(graph, shape, _GB.confidence, {**one, **between}, "a claim has one confidence from 0 to 1")
    _path(graph, shape, _GB.evidence, {SH.minCount: 1, SH["class"]: _GB.Evidence}, "a claim has evidence")
    _path(graph, shape, _GB.speaker, {SH.maxCount: 1, SH["class"]: _GB.Entity}, "a claim has at most one speaker, a node of the graph")
    _path(graph, shape, _GB.place, {SH.maxCount: 1, SH["class"]: _GB.Entity}, "a claim has at most one place, a node of the graph")
    for end, includes in (("rdf:subject", "schema:domainIncludes"), ("rdf:object", "schema:rangeIncludes")):
        message = f"the class of the {end.partition(':')[2]} is none that the relation admits"
        _sparql(graph, shape, end.partition(":")[2], _END_QUERY.format(end=end, includes=includes), message)


def _evidence_shape(graph: Graph) -> None:
    shape = _node_shape(graph, "Evidence", SH.targetClass, _GB.Evidence)
    one = {SH.minCount: 1, SH.maxCount: 1}
    _path(graph, shape, _GB.quote, {**one, SH.minLength: 1, SH.datatype: XSD.string}, "evidence has one quote")
    _path(graph, shape, _PROV.wasQuotedFrom, {**one, SH["class"]: _SCHEMA.NewsArticle}, "evidence is quoted from one document of the graph")
    _path(graph, shape, _GB.beginOffset, {**one, SH.minInclusive: 0, SH.lessThan: _GB.endOffset}, "evidence begins once, before it ends")
    _path(graph, shape, _GB.endOffset, one, "evidence ends once")
    _path(graph, shape, _GB.rule, one, "evidence names the rule that found it")
    _sparql(graph, shape, "offsets", _QUOTE_QUERY, "the quote is not what the document says at these offsets")


def _entity_shape(graph: Graph) -> None:
    shape = _node_shape(graph, "Entity", SH.targetClass, _GB.Entity)
    _path(graph, shape, RDFS.label, {SH.minCount: 1, SH.maxCount: 1, SH.minLength: 1}, "a node has one name")


def _mention_shape(graph: Graph) -> None:
    shape = _node_shape(graph, "Mention", SH.targetClass, _NIF.OffsetBasedString)
    one = {SH.minCount: 1, SH.maxCount: 1}
    _path(graph, shape, _NIF.beginIndex, {**one, SH.lessThan: _NIF.endIndex}, "a mention begins once, before it ends")
    _path(graph, shape, _NIF.endIndex, one, "a mention ends once")
    _path(graph, shape, _NIF.referenceContext, {**one, SH["class"]: _NIF.Context}, "a mention stands in one document of the graph")
    _path(graph, shape, _ITSRDF.taIdentRef, {SH["class"]: _GB.Entity}, "a mention points to a node of the graph")


def _relation_shapes(graph: Graph, relation: Relation, catalogue: Catalogue) -> None:
    subject = _node_shape(graph, f"{relation.name}Subject", SH.targetSubjectsOf, _GB[relation.name])
    _one_class(graph, subject, admitted(relation.subject, catalogue), f"the subject of {relation.name}")
    if relation.object:
        target = _node_shape(graph, f"{relation.name}Object", SH.targetObjectsOf, _GB[relation.name])
        _one_class(graph, target, admitted(relation.object, catalogue), f"the object of {relation.name}")
    elif relation.datatype:
        options = _list(graph, [_blank(graph, SH.datatype, datatype) for datatype in _datatypes(relation)])
        _path(graph, subject, _GB[relation.name], {SH["or"]: options}, f"the object of {relation.name} is a literal of type {relation.datatype}")


def _one_class(graph: Graph, shape: URIRef, classes: Sequence[str], what: str) -> None:
    graph.add((shape, SH["or"], _list(graph, [_blank(graph, SH["class"], _GB[label]) for label in classes])))
    graph.add((shape, SH.message, Literal(f"{what} must be of class {', '.join(classes)}")))


def _node_shape(graph: Graph, name: str, target: URIRef, of: URIRef) -> URIRef:
    shape = _SHAPE[name]
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, target, of))
    return shape


def _path(graph: Graph, shape: URIRef, path: URIRef, constraints: Mapping[URIRef, object], message: str) -> None:
    local = str(path).rpartition("#")[2].rpartition("/")[2]
    constraint = URIRef(f"{shape}-{local}")
    graph.add((shape, SH.property, constraint))
    graph.add((constraint, SH.path, path))
    graph.add((constraint, SH.message, Literal(message)))
    for predicate, value in constraints.items():
        graph.add((constraint, predicate, value if isinstance(value, URIRef | BNode | Literal) else Literal(value)))


def _sparql(graph: Graph, shape: URIRef, name: str, query: str, message: str) -> None:
    constraint = URIRef(f"{shape}-{name}-query")
    graph.add((shape, SH.sparql, constraint))
    graph.add((constraint, RDF.type, SH.SPARQLConstraint))
    graph.add((constraint, SH.message, Literal(message)))
    graph.add((constraint, SH.select, Literal(_PREFIX_LINES + query)))


def _list(graph: Graph, items: "Sequence[URIRef | BNode | Literal]") -> BNode:
    head = BNode()
    Collection(graph, head, list(items))
    return head


def _blank(graph: Graph, predicate: URIRef, value: URIRef) -> BNode:
    node = BNode()
    graph.add((node, predicate, value))
    return node


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or write the files that are made from the catalogue; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m graphbuild.schema", description="Check or write the part of ontology/ that is made from the catalogue.")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="tell whether the files are those of the catalogue")
    choice.add_argument("--write", action="store_true", help="write the files anew")
    write = parser.parse_args(arguments).write
    catalogue, folder = load_catalogue(), ontology()
    stale = []
    for name, text in (("relations.ttl", relations_ttl(catalogue)), ("shapes.ttl", shapes_ttl(catalogue)), ("context.jsonld", context_json(catalogue))):
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path))
        if write:
            _write(path, text)
    if stale:
        sys.stderr.write("".join(f"{path}: {'written' if write else 'is not what the catalogue says'}\n" for path in stale))
    return 0 if write or not stale else 1


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error


if __name__ == "__main__":
    sys.exit(main())
