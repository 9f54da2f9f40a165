"""The graph as RDF quads, in four layers that link to each other; no blank nodes, every IRI from content.

Terms are written as N-Quads write them, since text is what all formats are made from: IRIs and texts by pyoxigraph, which checks
and escapes them.

1. direct: nodes, and one triple per fact that is projected (asserted and undenied, by default);
2. events: what happened (SEM, doubled as schema:Event), and offices held (org:Membership);
3. claims: an rdf:Statement per claim with status, speaker, time, place, confidence, and its evidence (PROV-O);
4. all: documents as texts, and every mention as a NIF offset string.

What one document says stands in its own named graph; what is computed over documents (names, classes, links, confidence,
contradictions) stands in the graph `derived`.

RDF 1.2 adds one triple to a claim and takes nothing away: the claim's IRI reifies the triple that it is about.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Literal as Choice
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from graphbuild.catalogue import Catalogue, Relation
from graphbuild.claims import Told
from graphbuild.confidence import independent_sources
from graphbuild.errors import InputError
from graphbuild.export.texts import whole
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Document, Evidence, Extraction, Node, Span, Statement, Status, Time, Value
from graphbuild.vocabulary import BASE, GB, PLOVER, Minter, expand

Layers = Choice["direct", "events", "claims", "all"]
Projection = Choice["asserted", "reported", "all"]
Version = Choice["1.1", "1.2"]

LAYERS: tuple[Layers, ...] = ("direct", "events", "claims", "all")
PROJECTIONS: Mapping[Projection, tuple[Status, ...]] = {
    "asserted": ("asserted",),
    "reported": ("asserted", "reported"),
    "all": ("asserted", "reported", "planned"),
}
"""Statuses that become direct triples and events; what is denied never does."""

VERSIONS: tuple[Version, ...] = ("1.1", "1.2")
"""Versions of RDF; 1.2 has triple terms, which rdflib 7 and most stores cannot read yet."""

_DATE_TYPES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), "date"),
    (re.compile(r"-?\d{4,}-\d\d"), "gYearMonth"),
    (re.compile(r"-?\d{4,}"), "gYear"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay"),
    (re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "dateTime"),
)
_DATED = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:gMonthDay", "xsd:dateTime"})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`#?]*/")
_ROLE = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class RdfOptions:
    """How much becomes RDF, under which base, for which version of RDF; `text` says whether documents carry their text."""

    base: str = BASE
    layers: Layers = "all"
    project: Projection = "asserted"
    text: bool = True
    version: Version = "1.1"


Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph, as N-Quads write them."""
_Part = Iterable[Quad]
"""Quads of one thing: by the million, they are handed on together."""
_Graphs = Collection[str]
_Values = list[tuple[str, str]]


def quads(graph: KnowledgeGraph, options: RdfOptions) -> Iterator[Quad]:
    """Yield the quads of the graph, possibly repeated, by kind of subject and mostly sorted by it, which leaves little to sort."""
    return _Writer(graph, options).quads()


def check_base(base: str) -> None:
    """Accept an absolute IRI that ends in "/".

    Raises:
        InputError: it is none.
    """
    if not _BASE.fullmatch(base):
        raise InputError(f"the base {base!r} must be an absolute IRI that ends in '/', such as https://example.org/news/")


def takes_only_places(relation: Relation, catalogue: Catalogue) -> bool:
    """Tell whether a relation takes nothing but places as its object ("visited"), so that the object is where it happened."""
    return bool(relation.object) and all("Place" in (label, *catalogue.ancestors(label)) for label in relation.object)


@cache
def term(curie: str) -> str:
    """Return the IRI of a term of a known vocabulary, given as a CURIE."""
    return _named(expand(curie))


def date_literal(text: str) -> str:
    """Return a date typed by how precisely it is written; text that is no ISO 8601 date stays a string.

    >>> date_literal("2031-03")
    '"2031-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    for pattern, name in _DATE_TYPES:
        if pattern.fullmatch(text):
            return _typed(text, f"xsd:{name}")
    return string(text)


def string(text: str) -> str:
    r"""Return a plain string; halves of surrogate pairs, which no encoding can hold, become U+FFFD.

    >>> print(string('He said "no"'))
    "He said \"no\""
    """
    try:
        return str(Literal(text))
    except ValueError:
        return str(Literal(whole(text)))


@lru_cache(maxsize=100_000)
def _named(iri: str) -> str:
    return str(NamedNode(iri))


def _typed(text: str, datatype: str) -> str:
    """Return a literal of a datatype whose texts hold nothing to be escaped."""
    return f'"{text}"^^{term(datatype)}'


def _integer(value: int) -> str:
    return _typed(str(value), "xsd:integer")


def _decimal(value: float) -> str:
    return _typed(f"{value:.4f}".rstrip("0").rstrip(".") if value else "0", "xsd:decimal")


def _of_value(value: Value) -> str:
    if value.datatype in _DATED:
        return date_literal(value.value)
    return string(value.value) if value.datatype == "xsd:string" else f"{string(value.value)}^^{_named(expand(value.datatype))}"


class _Writer:
    """Turns the parts of one graph into quads; holds what all of them need."""

    def __init__(self, graph: KnowledgeGraph, options: RdfOptions) -> None:
        self.graph = graph
        self.options = options
        self.mint = Minter(options.base)
        self.derived = (_named(self.mint.derived),)
        self.graph_of = lru_cache(maxsize=1000)(lambda document: _named(self.mint.graph(document)))
        self.text_of = lru_cache(maxsize=1000)(lambda document: _named(self.mint.document(document)))

    def quads(self) -> Iterator[Quad]:
        """Yield all quads: of a graph in memory nearly in the order of N-Quads, which is sorted sooner, of one on disk as its parts come."""
        return chain.from_iterable(self.ordered() if isinstance(self.graph.told, tuple) else self.streamed())

    def streamed(self) -> Iterator[_Part]:
        for node in self.graph.nodes:
            yield self.node(node)
        for told in self.graph.told:
            if self.projected(told):
                yield self.direct(told)
                yield self.happening(told) if self.reaches("events") else ()
            yield from self.told(told) if self.reaches("claims") else ()
        if self.reaches("claims"):
            for extraction in self.graph.extractions:
                yield self.document(extraction.document)
                if self.reaches("all"):
                    yield from self.passage(extraction.document.id, self.mentioned(extraction).items())

    def told(self, told: Told) -> Iterator[_Part]:
        yield self.claim(told)
        for evidence in told.claim.evidence:
            yield self.evidence(told.claim, evidence)
            if self.reaches("all"):
                yield from self.passage(evidence.document, _quoted(evidence))

    def passage(self, document: str, said: Iterable[tuple[Span, Iterable[tuple[str, str]]]]) -> Iterator[_Part]:
        for span, values in said:
            yield self.words(self.words_at(document, span), document, span, values)

    def ordered(self) -> Iterator[_Part]:
        if self.reaches("claims"):
            yield from self.claims()
        yield from map(self.node, self.graph.nodes)
        projected = [told for told in self.graph.told if self.projected(told)]
        yield from map(self.direct, projected)
        if self.reaches("events"):
            yield from map(self.happening, projected)

    def claims(self) -> Iterator[_Part]:
        yield from map(self.claim, self.graph.told)
        for extraction in self.graph.extractions:
            yield self.document(extraction.document)
        if self.reaches("all"):
            yield from self.passages()
        for told in self.graph.told:
            for evidence in told.claim.evidence:
                yield self.evidence(told.claim, evidence)

    def reaches(self, layers: Layers) -> bool:
        return LAYERS.index(self.options.layers) >= LAYERS.index(layers)

    def projected(self, told: Told) -> bool:
        return told.claim.status in PROJECTIONS[self.options.project] and not told.opposed

    def entity(self, node: str) -> str:
        return _named(self.mint.entity(node))

    def end(self, end: str | Value) -> str:
        return _of_value(end) if isinstance(end, Value) else self.entity(end)

    def words_at(self, document: str, span: Span) -> str:
        return f"<{self.mint.words(document, span.start, span.end)}>"  # the document's own IRI is checked, and a fragment of digits needs no check

    def graphs(self, told: Told) -> list[str]:
        return [self.graph_of(document) for document in sorted({t.document for t in told.tellings})]

    # Nodes: all of it is computed over documents.

    def node(self, node: Node) -> _Part:
        me = self.entity(node.id)
        classes = (node.type, *self.graph.catalogue.ancestors(node.type))
        types = {term("gb:Entity"), *(_named(GB + name) for name in classes), *self.standard_terms(classes)}
        values: _Values = [("rdf:type", kind) for kind in types]
        values += [("rdfs:label", string(node.name)), *(("skos:altLabel", string(alias)) for alias in node.aliases)]
        values += [_link(link) for link in node.links]
        return _describe(me, values, self.derived)

    def standard_terms(self, classes: Iterable[str]) -> Iterator[str]:
        for name in classes:
            entry = self.graph.catalogue.classes.get(name)
            if entry and entry.term:
                yield term(entry.term)

    # Layer 1: direct triples.

    def direct(self, told: Told) -> Iterator[Quad]:
        claim = told.claim
        subject, target = self.entity(claim.subject), self.end(claim.object)
        graphs = self.graphs(told)
        for name in (claim.relation, *self.graph.catalogue.supers(claim.relation)):
            relation = self.graph.catalogue.relations[name]
            yield from _describe(subject, [(GB + name, target)], graphs)
            for back in _backwards(relation):
                if isinstance(claim.object, str):
                    yield from _describe(target, [(GB + back, subject)], graphs)

    # Layer 2: events and offices.

    def happening(self, told: Told) -> Iterator[Quad]:
        if told.claim.event is not None:
            yield from self.event(told, told.claim.event)
        elif told.claim.relation == "holdsPosition":
            yield from self.membership(told)

    def event(self, told: Told, event: str) -> Iterator[Quad]:
        claim = told.claim
        me = _named(self.mint.event(event))
        relation = self.graph.catalogue.relations[claim.relation]
        values: _Values = [("rdf:type", term(kind)) for kind in ("gb:Happening", "sem:Event", "schema:Event")]
        values += [("sem:eventType", _named(GB + claim.relation)), *self.actors(claim, relation)]
        if relation.plover:
            values.append(("gb:ploverCategory", _named(PLOVER + relation.plover)))
        yield from _describe(me, values, self.graphs(told))
        place = claim.place or (claim.object if self.is_place(claim.object, relation) else None)
        if isinstance(place, str):
            where = self.graphs(told) if place != claim.place else self.saying(told, lambda s: s.place == claim.place)
            yield from _describe(me, [("sem:hasPlace", self.entity(place)), ("schema:location", self.entity(place))], where)
        if claim.time:
            values = [*_time(claim.time), *_event_time(claim.time)]
            yield from _describe(me, values, self.saying(told, lambda s: _same_time(s.time, claim.time)))

    def actors(self, claim: Claim, relation: Relation) -> Iterator[tuple[str, str]]:
        roles = ("gb:participant", "gb:participant") if relation.symmetric else ("gb:agent", "gb:patient")
        for role, end in zip(roles, (claim.subject, claim.object), strict=True):
            yield role, self.end(end)
            if isinstance(end, str) and not (role == "gb:patient" and self.is_place(end, relation)):
                yield "sem:hasActor", self.entity(end)

    def is_place(self, end: str | Value, relation: Relation) -> bool:
        """Tell whether an object is where the event took place."""
        return isinstance(end, str) and takes_only_places(relation, self.graph.catalogue)

    def membership(self, told: Told) -> Iterator[Quad]:
        claim = told.claim
        me = _named(self.mint.membership(claim.id))
        held: _Values = [
            ("rdf:type", term("org:Membership")),
            ("org:member", self.entity(claim.subject)),
            ("org:role", self.end(claim.object)),
        ]
        yield from _describe(me, held, self.graphs(told))
        if isinstance(claim.theme, str):
            yield from _describe(me, [("org:organization", self.entity(claim.theme))], self.saying(told, lambda s: s.theme == claim.theme))
        if claim.time:
            yield from _describe(me, _time(claim.time), self.saying(told, lambda s: _same_time(s.time, claim.time)))

    # Layer 3: claims and evidence.

    def claim(self, told: Told) -> Iterator[Quad]:
        claim = told.claim
        me = _named(self.mint.claim(claim.id))
        graphs = self.graphs(told)
        values: _Values = [
            ("rdf:type", term("gb:Claim")),
            ("rdf:type", term("rdf:Statement")),
            ("rdf:subject", self.entity(claim.subject)),
            ("rdf:predicate", _named(GB + claim.relation)),
            ("rdf:object", self.end(claim.object)),
            ("gb:status", string(claim.status)),
            ("gb:polarity", string(claim.polarity)),
            ("gb:modality", string(claim.modality)),
        ]
        if self.options.version == "1.2":
            values.append(("rdf:reifies", f"<<( {self.entity(claim.subject)} {_named(GB + claim.relation)} {self.end(claim.object)} )>>"))
        if claim.speaker is not None:
            values.append(("gb:speaker", self.entity(claim.speaker)))
        if claim.event is not None and self.projected(told) and self.reaches("events"):
            values.append(("gb:event", _named(self.mint.event(claim.event))))
        yield from _describe(me, values, graphs)
        yield from self.circumstances(me, told)
        yield from _describe(me, self.computed(told), self.derived)
        for evidence in claim.evidence:
            words = self.evidence_iri(claim, evidence)
            yield from _describe(me, [("gb:evidence", words), ("prov:wasDerivedFrom", words)], (self.graph_of(evidence.document),))

    def computed(self, told: Told) -> Iterator[tuple[str, str]]:
        yield "gb:confidence", _decimal(told.claim.confidence)
        yield "gb:sources", _integer(independent_sources(told.claim.evidence))
        yield "gb:listed", _typed("true" if told.listed else "false", "xsd:boolean")
        for opposed in told.opposed:
            yield "gb:contradicts", _named(self.mint.claim(opposed))

    def circumstances(self, me: str, told: Told) -> Iterator[Quad]:
        claim = told.claim
        if claim.time:
            yield from _describe(me, _time(claim.time), self.saying(told, lambda s: _same_time(s.time, claim.time)))
        if claim.place is not None:
            yield from _describe(me, [("gb:place", self.entity(claim.place))], self.saying(told, lambda s: s.place == claim.place))
        if claim.theme is not None:
            yield from _describe(me, [("gb:theme", self.end(claim.theme))], self.saying(told, lambda s: s.theme == claim.theme))
        if claim.quantity is not None:
            size = [("gb:quantity", _decimal(claim.quantity.value)), ("gb:unit", string(claim.quantity.unit)), ("gb:bound", string(claim.quantity.bound))]
            yield from _describe(me, size, self.saying(told, lambda s: s.quantity == claim.quantity))

    def saying(self, told: Told, says: Callable[[Statement], bool]) -> _Graphs:
        """Return the graphs of the documents that say it themselves, or `derived` where it follows only from several."""
        return [self.graph_of(d) for d in sorted({t.document for t in told.tellings if says(t.statement)})] or self.derived

    def evidence_iri(self, claim: Claim, evidence: Evidence) -> str:
        span = evidence.span
        return _named(self.mint.evidence(claim.id, evidence.document, span.start, span.end, evidence.rule))

    def evidence(self, claim: Claim, evidence: Evidence) -> _Part:
        values: _Values = [
            ("rdf:type", term("gb:Evidence")),
            ("rdf:type", term("prov:Entity")),
            ("prov:wasQuotedFrom", self.text_of(evidence.document)),
            ("gb:beginOffset", _integer(evidence.span.start)),
            ("gb:endOffset", _integer(evidence.span.end)),
            ("gb:quote", string(evidence.quote)),
            ("gb:rule", string(evidence.rule)),
            ("gb:score", _decimal(evidence.score)),
        ]
        if self.reaches("all"):
            values += [(f"{GB}{role}Words", self.words_at(evidence.document, span)) for role, span in _parts(evidence)]
        return _describe(self.evidence_iri(claim, evidence), values, (self.graph_of(evidence.document),))

    # Layer 4: documents and mentions.

    def document(self, document: Document) -> _Part:
        values: _Values = [("rdf:type", term("schema:NewsArticle")), ("gb:documentId", string(document.id))]
        for name, text in (("schema:headline", document.title), ("schema:publisher", document.publisher), ("schema:author", document.author)):
            if text:
                values.append((name, string(text)))
        if document.published:
            values.append(("schema:datePublished", date_literal(document.published)))
        if document.url:
            values.append(("schema:url", _link(document.url)[1]))
        if self.reaches("all"):
            values.append(("rdf:type", term("nif:Context")))
            if self.options.text and document.text:
                values.append(("nif:isString", string(document.text)))
        return _describe(self.text_of(document.id), values, (self.graph_of(document.id),))

    def passages(self) -> Iterator[_Part]:
        """Yield the words of all documents that are mentions or parts of evidence, each once."""
        quoted: dict[str, list[Evidence]] = defaultdict(list)
        for told in self.graph.told:
            for evidence in told.claim.evidence:
                quoted[evidence.document].append(evidence)
        for extraction in self.graph.extractions:
            name = extraction.document.id
            said = self.mentioned(extraction)
            for span, value in chain.from_iterable(map(_quoted, quoted[name])):
                said[span].update(value)
            for iri, span in sorted((self.words_at(name, span), span) for span in said):
                yield self.words(iri, name, span, sorted(said[span]))

    def mentioned(self, extraction: Extraction) -> dict[Span, set[tuple[str, str]]]:
        """Return what is to be said of the mentions of a document."""
        document, said = extraction.document, defaultdict[Span, set[tuple[str, str]]](set)
        for entity in extraction.entities:
            node = self.entity(self.graph.node_of[document.id, entity.id])
            for mention in (extraction.mentions[number] for number in entity.mentions):
                text = document.text[mention.span.start : mention.span.end] or mention.text
                said[mention.span] |= {("itsrdf:taIdentRef", node), ("gb:form", string(mention.form)), *_anchor(text)}
        return said

    def words(self, me: str, document: str, span: Span, said: Iterable[tuple[str, str]]) -> _Part:
        values: _Values = [
            ("nif:beginIndex", _typed(str(span.start), "xsd:nonNegativeInteger")),
            ("nif:endIndex", _typed(str(span.end), "xsd:nonNegativeInteger")),
            ("nif:referenceContext", self.text_of(document)),
            ("rdf:type", term("nif:OffsetBasedString")),
            *said,
        ]
        return _describe(me, values, (self.graph_of(document),))


def _parts(evidence: Evidence) -> Iterator[tuple[str, Span]]:
    """Yield the roles of the words of an evidence, the whole first, and where they stand."""
    yield "quote", evidence.span
    yield from ((role, span) for role, span in (*evidence.roles, *evidence.cues) if _ROLE.fullmatch(role))


def _quoted(evidence: Evidence) -> Iterator[tuple[Span, list[tuple[str, str]]]]:
    """Yield where the parts of an evidence stand, and what they read, as far as the quote holds them."""
    for _, span in _parts(evidence):
        start = span.start - evidence.span.start
        yield span, _anchor(evidence.quote[start : start + span.end - span.start] if span in evidence.span else "")


def _anchor(text: str) -> list[tuple[str, str]]:
    return [("nif:anchorOf", string(text))] if text else []


def _describe(me: str, values: Iterable[tuple[str, str]], graphs: _Graphs) -> list[Quad]:
    return [(me, term(name), value, graph) for name, value in values for graph in graphs]  # names of terms only, so the cache stays small


def _backwards(relation: Relation) -> Iterator[str]:
    if relation.symmetric:
        yield relation.name
    if relation.inverse:
        yield relation.inverse


def _link(link: str) -> tuple[str, str]:
    """Return the property and term of a link; what is no IRI is kept as an identifier."""
    if _IRI.fullmatch(link):
        return "schema:sameAs", _named(quote(link, safe="/:?#[]@!$&'()*+,;=%~"))
    return "schema:identifier", string(link)


def _time(time: Time) -> Iterator[tuple[str, str]]:
    """Yield a time as it is told, and as days that can be compared where the calendar has them."""
    if time.start:
        yield "gb:start", date_literal(time.start)
    if time.end:
        yield "gb:end", date_literal(time.end)
    for name, date, last in (("gb:earliest", time.start, False), ("gb:latest", time.end, True)):
        day = _day(date or "", last)
        if day:
            yield name, _typed(day, "xsd:date")
    yield "gb:precision", string(time.precision)
    yield "gb:basis", string(time.basis)


def _event_time(time: Time) -> Iterator[tuple[str, str]]:
    if time.start:
        yield "schema:startDate", date_literal(time.start)
        yield "sem:hasBeginTimeStamp", date_literal(time.start)
    if time.end:
        yield "schema:endDate", date_literal(time.end)
        yield "sem:hasEndTimeStamp", date_literal(time.end)


def _day(date: str, last: bool) -> str | None:
    """Return the first or last day of a date of the years 1 to 9999; None for others.

    >>> _day("2032-02", True)
    '2032-02-29'
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not match or match[1] == "0000":
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    day = int(match[3] or (length if last else 1))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= length else None


def _same_time(left: Time | None, right: Time | None) -> bool:
    return left is not None and right is not None and (left.start, left.end) == (right.start, right.end)
