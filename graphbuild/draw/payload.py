"""What the page of a graph knows: nodes with their places, facts with their sentences, as plain JSON values.

JavaScript counts text in UTF-16 code units and Python in code points, so every offset is converted here: what the page cuts
out of a passage are the same words, whatever emoji stand before them.
"""

import calendar
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from graphbuild.catalogue import Catalogue
from graphbuild.confidence import independent_sources
from graphbuild.draw.holders import per_holder
from graphbuild.draw.picture import relation_label
from graphbuild.draw.signs import PENS, sign_of
from graphbuild.draw.spread import spread
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Document, Evidence, Node, Span, Time, Value

CONTEXT = 320
"""Characters shown on each side of a sentence, cut at the nearest blank."""
STEP = 100.0
"""Units of the page in the ideal length of a line."""


def payload(graph: KnowledgeGraph, claims: Sequence[Claim], title: str, source: str, *, whole: str | None = None) -> dict[str, Any]:
    """Return all that the page shows, as JSON values.

    Args:
        graph: where the claims come from.
        claims: the facts to show, in the order of their list.
        title: stands above.
        source: says where it is from.
        whole: id of a position that stays one node; of others, each holder has one.
    """
    spoken = _nodes(graph, claims)
    apart = per_holder(spoken, claims, graph.catalogue, whole=whole)
    nodes = sorted(apart.nodes, key=lambda node: node.id)
    index = {node.id: i for i, node in enumerate(nodes)}
    passages = Passages.of(claims, {d.id: d for d in graph.documents})
    named = _named(graph)
    return {
        "title": title,
        "source": source,
        "silent": len(graph.nodes) - len(spoken),
        "classes": _classes(nodes, graph.catalogue),
        "statuses": {status: asdict(pen) for status, pen in PENS.items()},
        "relations": _relations(claims, graph.catalogue),
        "documents": [_document(document) for document in passages.documents],
        "passages": [{"document": passages.number[p.document], "text": p.text, "whole": p.whole} for p in passages.all],
        "nodes": [_described(node, graph.by_id[apart.origin.get(node.id, node.id)]) | at for node, at in zip(nodes, _places(apart.claims, index), strict=True)],
        "facts": [
            _fact(drawn, index, passages) | {"evidence": [_evidence(e, claim, passages, named) for e in claim.evidence]}
            for drawn, claim in zip(apart.claims, claims, strict=True)
        ],
    }


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, its first character at `start`; `whole` if it is a text and not only a quotation."""

    document: str
    start: int
    text: str
    wide: tuple[int, ...] = ()
    """Where in `text` characters stand that take two units in UTF-16."""
    whole: bool = True

    def utf16(self, offset: int) -> int:
        """Convert an offset into the document to one into `text`, in UTF-16 code units."""
        inner = min(max(offset - self.start, 0), len(self.text))
        return inner + bisect_right(self.wide, inner - 1)


@dataclass(frozen=True, slots=True)
class Passages:
    """The documents that evidence lies in, and the pieces of them that are shown."""

    documents: tuple[Document, ...]
    number: Mapping[str, int]
    all: tuple[Passage, ...]
    place: Mapping[tuple[str, Span], int]
    """(document, span of evidence) → number of its passage."""

    @classmethod
    def of(cls, claims: Iterable[Claim], documents: Mapping[str, Document]) -> "Passages":
        """Cut out of each document what stands around its evidence; pieces that touch become one."""
        spans: dict[str, dict[Span, str]] = {}
        for evidence in (e for claim in claims for e in claim.evidence):
            spans.setdefault(evidence.document, {})[evidence.span] = evidence.quote
        pieces: list[Passage] = []
        place: dict[tuple[str, Span], int] = {}
        for name in sorted(spans):
            for span in sorted(spans[name]):
                if not pieces or not _holds(pieces[-1], name, span):
                    pieces.append(_piece(documents[name], span, sorted(spans[name]), spans[name][span]))
                place[name, span] = len(pieces) - 1
        used = tuple(documents[name] for name in sorted(spans))
        return cls(used, {d.id: i for i, d in enumerate(used)}, tuple(pieces), place)


def _holds(piece: Passage, name: str, span: Span) -> bool:
    return piece.document == name and piece.start <= span.start and span.end <= piece.start + len(piece.text)


def _piece(document: Document, span: Span, others: Sequence[Span], quote: str) -> Passage:
    """Cut out the context of `span` and of the evidence that follows near it; of a text that was not kept, the quotation."""
    if not document.text:
        return _passage(document.id, span.start, quote, whole=False)
    start, end = _blank_before(document.text, span.start - CONTEXT), span.end + CONTEXT
    for other in others:
        if span.start <= other.start <= end:
            end = max(end, other.end + CONTEXT)
    return _passage(document.id, start, document.text[start : _blank_after(document.text, end)], whole=True)


def _passage(document: str, start: int, text: str, *, whole: bool) -> Passage:
    return Passage(document, start, text, tuple(i for i, c in enumerate(text) if ord(c) > 0xFFFF), whole)


def _blank_before(text: str, offset: int) -> int:
    if offset <= 0:
        return 0
    return next((i + 1 for i in range(offset, max(0, offset - 40), -1) if text[i].isspace()), offset)


def _blank_after(text: str, offset: int) -> int:
    if offset >= len(text):
        return len(text)
    return next((i for i in range(offset, min(len(text), offset + 40)) if text[i].isspace()), offset)


def days(time: Time | None) -> list[int | None] | None:
    """Return first and last day of a time as ordinals of the calendar, None where it is open; None for what has no year.

    >>> days(Time("2023-02", "2023-02", "month", "explicit"))
    [738552, 738579]
    """
    if time is None or not (time.start or time.end):
        return None
    try:
        return [_day(time.start, last=False), _day(time.end, last=True)]
    except ValueError:  # --11-17 lacks its year: it lies nowhere on a time line
        return None


def _day(iso: str | None, *, last: bool) -> int | None:
    if iso is None:
        return None
    year, month, day = [*map(int, iso.split("-")), 0, 0][:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1)).toordinal()


def _nodes(graph: KnowledgeGraph, claims: Iterable[Claim]) -> list[Node]:
    """Return every node that a fact speaks of, sorted by id."""
    named = {end for c in claims for end in (c.subject, c.object, c.theme, c.place, c.speaker) if isinstance(end, str)}
    return [node for node in graph.nodes if node.id in named]


def _places(claims: Sequence[Claim], index: Mapping[str, int]) -> list[dict[str, float]]:
    """Return where each node lies; the ends of facts have a place, those only spoken of (a speaker, a place) have none."""
    drawn = sorted({index[end] for c in claims for end in (c.subject, c.object) if isinstance(end, str)})
    row = {node: i for i, node in enumerate(drawn)}
    lines = [(row[index[c.subject]], row[index[c.object]]) for c in claims if isinstance(c.object, str)]
    centres = (spread(len(drawn), lines) * STEP).round(1)
    return [{"x": float(centres[row[i], 0]), "y": float(centres[row[i], 1])} if i in row else {} for i in range(len(index))]


def _described(drawn: Node, node: Node) -> dict[str, Any]:
    """Describe the entity that a node stands for; `label` is what the drawing calls it, where that is not its name."""
    label = {"label": drawn.name} if drawn.name != node.name else {}
    return {"id": node.id, "type": node.type, "name": node.name, "aliases": list(node.aliases), "links": list(node.links)} | label


def _classes(nodes: Iterable[Node], catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return label, colour and marker of each class that occurs, in the order of the catalogue."""
    used = {node.type for node in nodes}
    order = [name for name in catalogue.classes if name in used] + sorted(used - catalogue.classes.keys())
    labels = {name: catalogue.classes[name].label if name in catalogue.classes else name for name in order}
    return {name: {"label": labels[name], **asdict(sign_of(name, catalogue))} for name in order}


def _relations(claims: Iterable[Claim], catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for name in sorted({claim.relation for claim in claims}):
        entry = catalogue.relations[name]
        label = relation_label(name, catalogue)
        out[name] = {"label": label, "gloss": entry.gloss, "family": entry.family, "symmetric": entry.symmetric, "plover": entry.plover}
    return out


def _document(document: Document) -> dict[str, Any]:
    told = {"id": document.id, "title": document.title, "published": document.published, "url": document.url, "publisher": document.publisher}
    return {name: value for name, value in told.items() if value is not None}


def _fact(claim: Claim, index: Mapping[str, int], passages: Passages) -> dict[str, Any]:
    """Return a fact; ends are numbers of nodes, or values."""
    return {
        "id": claim.id,
        "event": claim.event,
        "subject": index[claim.subject],
        "relation": claim.relation,
        "object": _end(claim.object, index),
        "place": _end(claim.place, index),
        "time": claim.time.to_json() if claim.time else None,
        "days": days(claim.time),
        "theme": _end(claim.theme, index),
        "status": claim.status,
        "modality": claim.modality,
        "speaker": _end(claim.speaker, index),
        "hearsay": claim.hearsay,
        "quantity": claim.quantity.to_json() if claim.quantity else None,
        "confidence": claim.confidence,
        "sources": independent_sources(claim.evidence),
    }


def _end(end: str | Value | None, index: Mapping[str, int]) -> int | dict[str, str] | None:
    if isinstance(end, Value):
        return {"value": end.value, "datatype": end.datatype}
    return index[end] if end is not None else None


def _named(graph: KnowledgeGraph) -> dict[tuple[str, Span], set[str]]:
    """Return which nodes the words of a document name: (document, span) → nodes."""
    found: dict[tuple[str, Span], set[str]] = {}
    for extraction in graph.extractions:
        for entity in extraction.entities:
            node = graph.node_of[extraction.document.id, entity.id]
            for number in entity.mentions:
                found.setdefault((extraction.document.id, extraction.mentions[number].span), set()).add(node)
    return found


def _evidence(evidence: Evidence, claim: Claim, passages: Passages, named: Mapping[tuple[str, Span], set[str]]) -> dict[str, Any]:
    """Return the offsets of the sentence in the document (code points) and in its passage (UTF-16), and those of its roles."""
    number = passages.place[evidence.document, evidence.span]
    passage = passages.all[number]
    marks = [(kind, span) for kind, span in (*_roles(evidence, claim, named), *evidence.cues) if _holds(passage, evidence.document, span)]
    return {
        "start": evidence.span.start,
        "end": evidence.span.end,
        "rule": evidence.rule,
        "passage": number,
        "quote": [passage.utf16(evidence.span.start), passage.utf16(evidence.span.end)],
        "marks": [[kind, passage.utf16(span.start), passage.utf16(span.end)] for kind, span in marks],
    }


def _roles(evidence: Evidence, claim: Claim, named: Mapping[tuple[str, Span], set[str]]) -> list[tuple[str, Span]]:
    """Name the roles after the ends of the claim: one that holds both ways has its ends in an order that a sentence may not keep."""
    spans = dict(evidence.roles)
    nodes = {role: named.get((evidence.document, spans[role]), set()) for role in ("subject", "object") if role in spans}
    turned = claim.object in nodes.get("subject", ()) and claim.subject not in nodes["subject"]
    other = {"subject": "object", "object": "subject"} if turned else {}
    return [(other.get(role, role), span) for role, span in evidence.roles]
