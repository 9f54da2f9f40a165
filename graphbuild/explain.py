"""Why a fact is in the graph, and why another is not: read from what extraction recorded, never found out anew."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graphbuild.catalogue import Catalogue
from graphbuild.confidence import independent_sources
from graphbuild.errors import InputError, UnknownEntity
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Entity, Evidence, Extraction, Node, Span, Value

CONTEXT = 90
"""Characters of its paragraph shown on each side of a quote."""

Stage = Literal["entity", "stated", "status", "class", "relation", "passage", "frame", "refused"]


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
    chains: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(words of a role, the entity's name, the words of its other mentions) where the words are not the name."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that stands behind one fact."""

    fact: Claim
    sentence: str
    readings: tuple[Reading, ...]
    sources: int
    merges: tuple[str, ...]
    """Decisions that made entities of several documents one, as far as they concern its ends."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The stage at which a fact was not made, the reason, and what comes nearest to it."""

    stage: Stage
    reason: str
    nearest: tuple[str, ...] = ()


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
    return tuple(explain(graph, claim) for claim in _between(graph, graph.node(left).id, graph.node(right).id))


def explain(graph: KnowledgeGraph, claim: Claim) -> Explanation:
    """Gather what stands behind a claim."""
    documents = {x.document.id: x for x in graph.extractions}
    readings = tuple(_reading(evidence, documents[evidence.document]) for evidence in claim.evidence)
    ends = [end for end in (claim.subject, claim.object) if isinstance(end, str)]
    merges = tuple(dict.fromkeys(reason for end in ends for reason in _merges(graph, end)))
    return Explanation(claim, sentence(graph, claim), readings, independent_sources(claim.evidence), merges)


def sentence(graph: KnowledgeGraph, claim: Claim) -> str:
    """Say a claim in words: "Mara Ilves visited Sudria (planned)"."""
    target = claim.object.value if isinstance(claim.object, Value) else graph.by_id[claim.object].name
    said = f"{graph.by_id[claim.subject].name} {graph.catalogue.relations[claim.relation].label} {target}"
    speaker = f" by {graph.by_id[claim.speaker].name}" if claim.speaker and claim.status == "reported" else ""
    return said if claim.status == "asserted" else f"{said} ({claim.status}{speaker})"


def why_not(graph: KnowledgeGraph, question: str) -> WhyNot:
    """Say at which stage a fact such as "Austin met Kim Jong Un" was not made.

    Raises:
        InputError: no relation of the catalogue stands in the question.
    """
    left, relation, right = _parse(question, graph.catalogue)
    try:
        subject, target = graph.node(left), graph.node(right)
    except UnknownEntity as error:
        return WhyNot("entity", str(error))
    answers = (_stated(graph, subject, relation, target), _refused(graph, subject, relation, target), _otherwise(graph, subject, target))
    return next((answer for answer in answers if answer), None) or _unlinked(graph, subject, target)


def _reading(evidence: Evidence, extraction: Extraction) -> Reading:
    text = extraction.document.text
    passage = _widen(evidence.span, text) if text else evidence.span
    words = text[passage.start : passage.end] if text else evidence.quote
    spans = sorted({(span.start, span.end, name) for name, span in (*evidence.roles, *evidence.cues) if span in passage})
    marks = tuple((start - passage.start, end - passage.start, name) for start, end, name in spans)
    chains = tuple(chain for name, span in evidence.roles if name != "trigger" and (chain := _chain(span, extraction)))
    return Reading(evidence.document, extraction.document.published, words, marks, passage.start, evidence.rule, evidence.score, chains)


def _widen(span: Span, text: str) -> Span:
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
    words = extraction.document.text[span.start : span.end]
    if owner is None or words == owner.name or not words:
        return None
    others = [_words(extraction, n) for n in owner.mentions]
    return words, owner.name, tuple(dict.fromkeys(other for other in others if other not in (words, owner.name)))


def _entity_at(span: Span, extraction: Extraction) -> Entity | None:
    """Return the entity whose mention fits the span best."""
    fits = [(extraction.mentions[n].span, entity) for entity in extraction.entities for n in entity.mentions if extraction.mentions[n].span.overlaps(span)]
    return min(fits, key=lambda fit: (fit[0] != span, abs(fit[0].start - span.start) + abs(fit[0].end - span.end)), default=(None, None))[1]


def _words(extraction: Extraction, mention: int) -> str:
    found = extraction.mentions[mention]
    return extraction.document.text[found.span.start : found.span.end] or found.text


def _merges(graph: KnowledgeGraph, node: str) -> Iterator[str]:
    starts = {(document, span) for document, span in _mentions(graph, graph.by_id[node])}
    for decision in graph.decisions:
        (left_document, left_span, left), (right_document, right_span, right) = decision.left, decision.right
        if decision.verdict == "merge" and {(left_document, left_span), (right_document, right_span)} & starts:
            yield f"“{left}” in {left_document} and “{right}” in {right_document} are one: {decision.reason}"


def _mentions(graph: KnowledgeGraph, node: Node) -> Iterator[tuple[str, Span]]:
    documents = {x.document.id: x for x in graph.extractions}
    for document, local in node.members:
        entity = next(e for e in documents[document].entities if e.id == local)
        yield from ((document, documents[document].mentions[n].span) for n in entity.mentions)


def _between(graph: KnowledgeGraph, left: str, right: str) -> list[Claim]:
    return [c for c in graph.claims if (c.subject, c.object) in ((left, right), (right, left))]


def _parse(question: str, catalogue: Catalogue) -> tuple[str, str, str]:
    """Split a question at the longest name or label of a relation in it."""
    forms = {form: r.name for r in catalogue.relations.values() for form in (r.name, r.label)}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.IGNORECASE)
        if found and question[: found.start()].strip() and question[found.end() :].strip():
            return question[: found.start()].strip(), forms[form], question[found.end() :].strip(" ?.")
    labels = ", ".join(sorted(r.label for r in catalogue.relations.values()))
    raise InputError(f"no relation stands in {question!r} between two names; say it as in “Austin met Kim Jong Un”, with one of: {labels}")


def _stated(graph: KnowledgeGraph, subject: Node, relation: str, target: Node) -> WhyNot | None:
    """It is there, or it is there with a doubt."""
    symmetric = graph.catalogue.relations[relation].symmetric
    said = [c for c in _between(graph, subject.id, target.id) if c.relation == relation and (symmetric or c.subject == subject.id)]
    if not said:
        return None
    plain = [c for c in said if c.status == "asserted"]
    nearest = tuple(f"{c.id}: {sentence(graph, c)}" for c in plain or said)
    if plain:
        return WhyNot("stated", "the graph has this fact", nearest)
    return WhyNot("status", f"the documents do not assert it: it is {' and '.join(sorted({c.status for c in said}))}", nearest)


def _refused(graph: KnowledgeGraph, subject: Node, relation: str, target: Node) -> WhyNot | None:
    """A frame matched, and the match was refused."""
    found = [r for r in _rejections(graph, subject, target) if f" {relation} " in r[1]]
    if not found:
        return None
    stage, _, reason, words = found[0]
    return WhyNot("class" if stage == "class" else "refused", reason, (words,))


def _rejections(graph: KnowledgeGraph, subject: Node, target: Node) -> Iterator[tuple[str, str, str, str]]:
    members = {frozenset((a, b)) for a in subject.members for b in target.members}
    for extraction in graph.extractions:
        key = extraction.document.id
        for r in extraction.rejected:
            if r.subject and r.object and frozenset(((key, r.subject), (key, r.object))) in members:
                yield r.stage, r.candidate, r.reason, f"{key}: {_passage(extraction, r.span)}"


def _otherwise(graph: KnowledgeGraph, subject: Node, target: Node) -> WhyNot | None:
    """Other facts hold between the two."""
    said = _between(graph, subject.id, target.id)
    return WhyNot("relation", "the documents say other things of the two", tuple(f"{c.id}: {sentence(graph, c)}" for c in said)) if said else None


def _unlinked(graph: KnowledgeGraph, subject: Node, target: Node) -> WhyNot:
    """Nothing links the two: no passage names both, or none does so in a construction that the catalogue knows."""
    shared = tuple(_shared(graph, list(_mentions(graph, subject)), list(_mentions(graph, target))))
    if not shared:
        return WhyNot("passage", f"no paragraph speaks of both {subject.name} and {target.name}")
    return WhyNot("frame", "the two are spoken of together, but no construction of the catalogue links them there", shared[:5])


def _shared(graph: KnowledgeGraph, left: Sequence[tuple[str, Span]], right: Sequence[tuple[str, Span]]) -> Iterator[str]:
    for extraction in graph.extractions:
        key, text = extraction.document.id, extraction.document.text
        paragraphs = [{text.count("\n", 0, span.start) for document, span in side if document == key} for side in (left, right)]
        for number in sorted(paragraphs[0] & paragraphs[1]):
            yield f"{key}: {text.split(chr(10))[number].strip()}" if text else f"{key}"


def _passage(extraction: Extraction, span: Span) -> str:
    wide = _widen(span, extraction.document.text)
    return extraction.document.text[wide.start : wide.end] or "(the build keeps no text)"
