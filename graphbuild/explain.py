"""Why a fact is in the graph: read from what extraction recorded, never found out anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphbuild.confidence import by_source
from graphbuild.errors import InputError
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Entity, Evidence, Extraction, Node, Span, Value

CONTEXT = 90
"""Characters of its paragraph shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one document says a fact: a passage, the words marked in it, and how they lead to the entities."""

    document: str
    published: str | None
    passage: str
    marks: tuple[tuple[int, int, str], ...]
    """Start and end in the passage, and what stands there: subject, object, trigger, time, attribution …"""
    start: int
    """Where the passage starts in the document."""
    rule: str
    score: float
    features: tuple[tuple[str, float], ...]
    """What the score was made of, as extraction recorded it, beside rule and status: how surely the ends are read, how they are named, how far
    apart, what the relation model says, and how often facts of this relation, and told by this word, are right."""
    chains: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(words of a role, the entity's name, the words of its other mentions) where the words are not the name."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one independent source adds to a confidence: its best score; the documents are copies of each other."""

    documents: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that stands behind one fact."""

    fact: Claim
    sentence: str
    readings: tuple[Reading, ...]
    parts: tuple[Part, ...]
    """One a source, the best first: the claim is wrong only if all are, so the confidence is one less the product of their doubts."""
    merges: tuple[str, ...]
    """Decisions that made entities of several documents one, as far as they concern its ends."""


def why(graph: KnowledgeGraph, claim_id: str) -> Explanation:
    """Explain the fact with this id; the start of the id is enough where no other starts alike.

    Raises:
        InputError: no fact has the id, or several have.
    """
    found = [claim for claim in graph.claims if claim.id.startswith(claim_id)] if claim_id else []
    if len(found) != 1:
        what = f"{len(found)} facts have ids that start with" if found else "no fact has the id"
        raise InputError(f"{what} {claim_id!r}; ids stand in facts.jsonl, or ask: graphbuild explain BUILD --between NAME NAME")
    return explain(graph, found[0])


def between(graph: KnowledgeGraph, left: str, right: str) -> tuple[Explanation, ...]:
    """Explain all facts between two entities, given by name or id.

    Raises:
        UnknownEntity: a name is unknown; the message has the nearest ones.
    """
    return tuple(explain(graph, claim) for claim in links(graph, graph.node(left).id, graph.node(right).id))


def explain(graph: KnowledgeGraph, claim: Claim) -> Explanation:
    """Gather what stands behind a claim."""
    documents = {x.document.id: x for x in graph.extractions}
    readings = tuple(_reading(evidence, documents[evidence.document]) for evidence in claim.evidence)
    ends = [end for end in (claim.subject, claim.object) if isinstance(end, str)]
    merges = tuple(dict.fromkeys(reason for end in ends for reason in merges_of(graph, end)))
    return Explanation(claim, sentence(graph, claim), readings, _parts(claim), merges)


def _parts(claim: Claim) -> tuple[Part, ...]:
    return tuple(Part(tuple(sorted({e.document for e in group})), group[0].score) for group in by_source(claim.evidence))


def sentence(graph: KnowledgeGraph, claim: Claim) -> str:
    """Say a claim in words: "Mara Ilves visited Sudria (planned)"."""
    target = claim.object.value if isinstance(claim.object, Value) else graph.by_id[claim.object].name
    said = f"{graph.by_id[claim.subject].name} {graph.catalogue.relations[claim.relation].label} {target}"
    speaker = f" by {graph.by_id[claim.speaker].name}" if claim.speaker and claim.status == "reported" else ""
    return said if claim.status == "asserted" else f"{said} ({claim.status}{speaker})"


def _reading(evidence: Evidence, extraction: Extraction) -> Reading:
    text = extraction.document.text
    passage = widen(evidence.span, text) if text else evidence.span
    words = text[passage.start : passage.end] if text else evidence.quote
    spans = sorted({(span.start, span.end, name) for name, span in (*evidence.roles, *evidence.cues) if span in passage})
    marks = tuple((start - passage.start, end - passage.start, name) for start, end, name in spans)
    chains = tuple(chain for name, span in evidence.roles if name != "trigger" and (chain := _chain(span, extraction)))
    day = extraction.document.published
    return Reading(evidence.document, day, words, marks, passage.start, evidence.rule, evidence.score, evidence.features, chains)


def widen(span: Span, text: str) -> Span:
    """Take in the words around a span, up to the ends of its paragraph and whole words."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - CONTEXT)
    line_end = text.find("\n", span.end)
    high = min(line_end if line_end >= 0 else len(text), span.end + CONTEXT)
    while low > 0 and not text[low - 1].isspace() and low < span.start:
        low += 1
    while high < len(text) and not text[high].isspace() and high > span.end:
        high -= 1
    return Span(low, high)


def _chain(span: Span, extraction: Extraction) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the words of a role, the entity they mean and its other mentions, unless the words are its name."""
    owner = _entity_at(span, extraction)
    if owner is None:
        return None
    by_place = sorted((extraction.mentions[n].span, _words(extraction, n)) for n in owner.mentions)
    words = extraction.document.text[span.start : span.end] or dict(by_place).get(span, "")
    if not words or words == owner.name:
        return None
    others = [found for _, found in by_place]
    return words, owner.name, tuple(dict.fromkeys(other for other in others if other not in (words, owner.name)))


def _entity_at(span: Span, extraction: Extraction) -> Entity | None:
    """Return the entity whose mention fits the span best."""
    fits = [(extraction.mentions[n].span, entity) for entity in extraction.entities for n in entity.mentions if extraction.mentions[n].span.overlaps(span)]
    return min(fits, key=lambda fit: (fit[0] != span, abs(fit[0].start - span.start) + abs(fit[0].end - span.end)), default=(None, None))[1]


def _words(extraction: Extraction, mention: int) -> str:
    found = extraction.mentions[mention]
    return extraction.document.text[found.span.start : found.span.end] or found.text


def merges_of(graph: KnowledgeGraph, node: str) -> Iterator[str]:
    """Say which decisions made mentions of several entities this node."""
    starts = {(document, span) for document, span in mentions_of(graph, graph.by_id[node])}
    for decision in graph.decisions:
        (left_document, left_span, left), (right_document, right_span, right) = decision.left, decision.right
        if decision.verdict == "merge" and {(left_document, left_span), (right_document, right_span)} & starts:
            yield f"“{left}” in {left_document} and “{right}” in {right_document} are one: {decision.reason}"


def mentions_of(graph: KnowledgeGraph, node: Node) -> Iterator[tuple[str, Span]]:
    """Yield every mention of a node: document and span."""
    documents = {x.document.id: x for x in graph.extractions}
    for document, local in node.members:
        entity = next(e for e in documents[document].entities if e.id == local)
        yield from ((document, documents[document].mentions[n].span) for n in entity.mentions)


def links(graph: KnowledgeGraph, left: str, right: str) -> list[Claim]:
    """Return the claims between two nodes, in both directions."""
    return [c for c in graph.claims if (c.subject, c.object) in ((left, right), (right, left))]
