"""The knowledge graph: nodes and claims over a set of documents, as records, as rows and as NetworkX graphs."""

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from graphbuild.amend import amend, rulings
from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.claims import Told, claims, end_key
from graphbuild.confidence import independent_sources
from graphbuild.corrections import Corrections
from graphbuild.display import Drawing
from graphbuild.errors import DuplicateDocument, UnknownEntity
from graphbuild.garbage import no_search_for_cycles
from graphbuild.gazetteer.names import name_key
from graphbuild.identity import Decision, identify
from graphbuild.records import Claim, Document, Extraction, Node, Span, Status, Value
from graphbuild.sources import Copies, find_copies, source_of
from graphbuild.vocabulary import digest

if TYPE_CHECKING:
    import networkx

_NEAREST = 5
VALUE = "Value"
"""Type of the NetworkX nodes that stand for literal ends: a date, a quotation."""


@dataclass(frozen=True)
class KnowledgeGraph:
    """What a set of documents says. Made by `assemble`; equal sets of extractions give equal graphs.

    `nodes` and `told` (claims with their tellings) are sorted by id, `extractions` by document id; `decisions` say why entities
    of different documents are one node, or are not, `copies` which documents are one source. `corrections` are what people decided; `extractions` have them in,
    `as_read` are those that they were made from.
    """

    extractions: Collection[Extraction]
    catalogue: Catalogue = field(repr=False)
    nodes: Collection[Node]
    told: Collection[Told]
    decisions: Collection[Decision]
    corrections: Corrections = field(default_factory=Corrections)
    as_read: Collection[Extraction] = field(default=(), repr=False)
    copies: Collection[Copies] = ()

    @cached_property
    def claims(self) -> Collection[Claim]:
        """All claims, sorted by id."""
        return tuple(told.claim for told in self.told)

    @cached_property
    def listed(self) -> Collection[Claim]:
        """The claims that say more than stronger ones of the same documents imply, in the order of facts.jsonl: by names of ends, relation, time."""
        return tuple(sorted((told.claim for told in self.told if told.listed), key=self._reading_order))

    @cached_property
    def documents(self) -> Collection[Document]:
        """The documents, sorted by id."""
        return tuple(x.document for x in self.extractions)

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Node id → node."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def node_of(self) -> Mapping[tuple[str, str], str]:
        """(document, local entity) → node id."""
        return {member: node.id for node in self.nodes for member in node.members}

    @cached_property
    def nx(self) -> "networkx.MultiDiGraph[str]":
        """The graph for NetworkX: a node per entity or literal end, an edge per claim whatever its status, key = claim id.

        Node attributes: type, name, aliases, links, documents. Edge attributes: relation, label, status, polarity, modality,
        confidence, sources, documents, quotes, listed; and where known speaker, place, theme, start, end, precision, basis,
        event, plover. `listed` is false for claims that stronger ones of the same documents imply.
        """
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        for node in self.nodes:
            graph.add_node(node.id, **_node_attributes(node))
        listed = {claim.id for claim in self.listed}
        for claim in self.claims:
            if isinstance(claim.object, Value):
                graph.add_node(end_node(claim.object), type=VALUE, name=claim.object.value, datatype=claim.object.datatype)
            attributes = _edge_attributes(claim, self.catalogue) | {"listed": claim.id in listed}
            graph.add_edge(claim.subject, end_node(claim.object), key=claim.id, **attributes)
        return graph

    def simple(self, statuses: Collection[Status] = ("asserted", "reported", "planned")) -> "networkx.Graph[str]":
        """Return an undirected graph for algorithms: entities, and one edge per pair with `weight` = number of listed claims.

        Edges carry `relations`, the sorted names; literal ends are left out.
        """
        import networkx

        graph: networkx.Graph[str] = networkx.Graph()
        for node in self.nodes:
            graph.add_node(node.id, type=node.type, name=node.name)
        pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in self.listed:
            if isinstance(claim.object, str) and claim.status in statuses:
                left, right = sorted((claim.subject, claim.object))
                pairs[left, right].append(claim.relation)
        for (left, right), relations in sorted(pairs.items()):
            graph.add_edge(left, right, weight=len(relations), relations=tuple(sorted(set(relations))))
        return graph

    def draw(self, form: str = "svg", **options: Any) -> Drawing:
        """Draw the graph, or a part of it; in a notebook the result shows itself, a page ("html") in a frame.

        Args:
            form: "svg", "png", "pdf", or "html" for a page to explore.
            options: kind ("network", "timeline", "matrix"), around, hops, relations, limit, title, as `graphbuild.draw.draw_all` takes them.

        Raises:
            UnknownEntity: nothing is called `around`; the message has the nearest names.
            InputError: a relation, a form or a kind is unknown.
        """
        # By name, as drawing is a layer above: a graph that nobody draws never loads it.
        return Drawing(form, import_module("graphbuild.draw").draw(self, form, **options))

    def facts(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of facts.jsonl: the listed claims."""
        return (self.fact(claim) for claim in self.listed)

    def fact(self, claim: Claim) -> dict[str, Any]:
        """Return one claim as a row of facts.jsonl."""
        return {
            "id": claim.id,
            "event": claim.event,
            "subject": self.described(claim.subject),
            "relation": claim.relation,
            "plover": self.catalogue.relations[claim.relation].plover,
            "object": self._end(claim.object),
            "place": self._end(claim.place),
            "time": claim.time.to_json() if claim.time else None,
            "theme": claim.theme.value if isinstance(claim.theme, Value) else self._end(claim.theme),
            "status": claim.status,
            "modality": claim.modality,
            "speaker": self._end(claim.speaker),
            "quantity": claim.quantity.to_json() if claim.quantity else None,
            "confidence": claim.confidence,
            "sources": independent_sources(claim.evidence),
            "evidence": [{"document": e.document, "start": e.span.start, "end": e.span.end, "quote": e.quote, "rule": e.rule} for e in claim.evidence],
        }

    def described(self, ident: str) -> dict[str, Any]:
        """Return a node as rows have it."""
        return described(self.by_id[ident])

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of entities.jsonl: every node with its mentions, sorted by name and id."""
        extraction_of = {x.document.id: x for x in self.extractions}
        for node in sorted(self.nodes, key=lambda n: (n.name, n.id)):
            yield described(node) | {"mentions": list(_mentions(node, extraction_of))}

    def node(self, name: str) -> Node:
        """Return the node with this id, name or alias; of several that fit, the one with the most mentions.

        Raises:
            UnknownEntity: no node fits; the message names the nearest ones.
        """
        if name in self.by_id:
            return self.by_id[name]
        fitting = self._by_name.get(name_key(name), ())
        if not fitting:
            raise UnknownEntity(f"no entity is called {name!r}; {self._nearest(name)}")
        return min(fitting, key=lambda n: (n.name != name, name not in n.aliases, -len(n.members), n.id))

    @cached_property
    def _by_name(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for key in {name_key(form) for form in (node.name, *node.aliases)}:
                found[key].append(node)
        return found

    def _nearest(self, name: str) -> str:
        asked, keys = name_key(name), sorted(self._by_name)
        holding = [key for key in keys if set(asked.split()) < set(key.split())] if asked else []
        close = [*holding, *difflib.get_close_matches(asked, keys, n=_NEAREST, cutoff=0.5)]
        names = list(dict.fromkeys(self._by_name[key][0].name for key in close))[:_NEAREST]
        return f"the nearest are: {', '.join(names)}" if names else "no name in the graph is like it"

    def _end(self, end: str | Value | None) -> dict[str, Any] | None:
        if isinstance(end, Value):
            return {"value": end.value, "datatype": end.datatype}
        return self.described(end) if end is not None else None

    def _reading_order(self, claim: Claim) -> tuple[str, ...]:
        target = claim.object.value if isinstance(claim.object, Value) else self.by_id[claim.object].name
        when = (claim.time.start or "") if claim.time else ""
        return self.by_id[claim.subject].name, claim.relation, target, when, claim.id


@no_search_for_cycles()
def assemble(extractions: Iterable[Extraction], catalogue: Catalogue | None = None, corrections: Corrections | None = None) -> KnowledgeGraph:
    """Join what documents say into one graph: a pure function of the set of extractions, and of what people decided on them.

    Their order does not matter, and one given twice counts once.

    Raises:
        CorrectionError: a correction names what no document has, or contradicts another.
        DuplicateDocument: two extractions differ under one document id.
        GraphFileError: a statement uses a relation that the catalogue lacks, or an entity that its document lacks.
    """
    catalogue, corrections = catalogue or load_catalogue(), corrections or Corrections()
    as_read = _one_each(extractions)
    amended = amend(as_read, corrections, catalogue)
    identities = identify(amended, catalogue, rulings(as_read, corrections))
    copies = find_copies([x.document for x in amended])
    told = claims(amended, identities.node_of, catalogue, source_of(copies))
    return KnowledgeGraph(tuple(amended), catalogue, identities.nodes, tuple(told), identities.decisions, corrections, tuple(as_read), copies)


def end_node(end: str | Value) -> str:
    """Return the NetworkX node of an end: the node id, or an id minted for a literal.

    >>> end_node("austin-0123456789ab")
    'austin-0123456789ab'
    """
    return f"value-{digest(end_key(end))}" if isinstance(end, Value) else end


def _one_each(extractions: Iterable[Extraction]) -> list[Extraction]:
    seen: dict[str, Extraction] = {}
    for extraction in extractions:
        ident = extraction.document.id
        if seen.setdefault(ident, extraction) != extraction:
            refuse_duplicate(seen[ident], extraction)
    return [seen[ident] for ident in sorted(seen)]


def refuse_duplicate(one: Extraction, other: Extraction) -> NoReturn:
    """Refuse two extractions that differ under one document id.

    Raises:
        DuplicateDocument: always; names both sources.
    """
    sources = sorted({one.document.source, other.document.source})
    raise DuplicateDocument(f"two different documents have the id {one.document.id!r} ({' and '.join(sources)}); give one of them another id")


def described(node: Node) -> dict[str, Any]:
    """Return a node as rows have it, without its mentions."""
    return {"id": node.id, "type": node.type, "name": node.name, "aliases": list(node.aliases), "links": list(node.links)}


def _mentions(node: Node, extraction_of: Mapping[str, Extraction]) -> Iterator[dict[str, Any]]:
    found: set[tuple[str, Span, str]] = set()
    for document, local in node.members:
        extraction = extraction_of[document]
        numbers = next(e.mentions for e in extraction.entities if e.id == local)
        found.update((document, extraction.mentions[n].span, extraction.mentions[n].form) for n in numbers)
    for document, span, form in sorted(found):
        yield {"document": document, "start": span.start, "end": span.end, "form": form}


def _node_attributes(node: Node) -> dict[str, Any]:
    documents = tuple(sorted({document for document, _ in node.members}))
    return {"type": node.type, "name": node.name, "aliases": node.aliases, "links": node.links, "documents": documents}


def _edge_attributes(claim: Claim, catalogue: Catalogue) -> dict[str, Any]:
    relation = catalogue.relations[claim.relation]
    optional = {
        "speaker": claim.speaker,
        "place": claim.place,
        "theme": claim.theme.value if isinstance(claim.theme, Value) else claim.theme,
        "event": claim.event,
        "plover": relation.plover,
        **(claim.time.to_json() if claim.time else {}),
    }
    return {
        "relation": claim.relation,
        "label": relation.label,
        "status": claim.status,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "sources": independent_sources(claim.evidence),
        "documents": tuple(sorted({e.document for e in claim.evidence})),
        "quotes": tuple(e.quote for e in claim.evidence),
        **{name: value for name, value in optional.items() if value is not None},
    }
