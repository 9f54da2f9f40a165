"""Applies what people decided: facts of documents change, and identity gets its pins and vetoes.

Everything is checked before anything is applied: entities must be known by the mentions that name them, facts must be told where
they are rejected or edited, classes must fit the relation, a veto must not contradict pins, and no fact may be decided twice.
What people state carries the rule "corrected" and the score 1.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NoReturn

from graphbuild.agreement import connected
from graphbuild.catalogue import Catalogue
from graphbuild.corrections import Corrections, MentionRef, Pairing, Review
from graphbuild.records import Entity, Evidence, Extraction, Rejected, Span, Statement, Value

CORRECTED: Final = "corrected"
"""Rule of the evidence of facts that people accepted or edited."""

Member = tuple[str, str]
"""(document, local entity)."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """Which entities people declared one, and which two; sorted."""

    pins: tuple[tuple[Member, Member], ...] = ()
    vetoes: tuple[tuple[Member, Member], ...] = ()


def amend(extractions: Sequence[Extraction], corrections: Corrections, catalogue: Catalogue) -> list[Extraction]:
    """Return the extractions with the facts as people decided; those of other documents are the same objects.

    Raises:
        CorrectionError: a line names an unknown document, entity, relation or fact, or contradicts another line.
    """
    known = {x.document.id for x in extractions}
    check_documents(corrections, known)
    return list(amended(extractions, corrections, catalogue))


def check_documents(corrections: Corrections, known: Container[str]) -> None:
    """Refuse facts of documents that are not known.

    Raises:
        CorrectionError: a line names one.
    """
    for review in corrections.reviews:
        _check_document(review.document, known, review.line, corrections)


def amended(extractions: Iterable[Extraction], corrections: Corrections, catalogue: Catalogue) -> Iterator[Extraction]:
    """Yield extractions with the facts as people decided, as `amend` does.

    Raises:
        CorrectionError: a line names an unknown entity, relation or fact, or contradicts another line.
    """
    by_document: dict[str, list[Review]] = defaultdict(list)
    for review in corrections.reviews:
        by_document[review.document].append(review)
    for x in extractions:
        reviews = by_document.get(x.document.id)
        yield _Amended(x, corrections, catalogue).after(reviews) if reviews else x


def rulings(extractions: Iterable[Extraction], corrections: Corrections) -> Rulings:
    """Return the pins and vetoes of people as pairs of entities.

    Raises:
        CorrectionError: a line names an unknown entity, or a veto contradicts pins.
    """
    asked = {ref.document for p in corrections.pairings for ref in (p.left, p.right)}
    located = {x.document.id: _Located(x, corrections) for x in extractions if x.document.id in asked}
    pairs = [(p, _member(p.left, p, located, corrections), _member(p.right, p, located, corrections)) for p in corrections.pairings]
    _check_vetoes(pairs, corrections)
    pins, vetoes = ({tuple(sorted((a, b))) for p, a, b in pairs if p.verdict == verdict and a != b} for verdict in ("same", "apart"))
    return Rulings(tuple(sorted(pins)), tuple(sorted(vetoes)))  # type: ignore[arg-type]  # tuples of two


def _check_document(document: str, known: Container[str], line: int, corrections: Corrections) -> None:
    if document not in known:
        corrections.refuse(line, f"the document {document!r} is not in this build; ids stand in entities.jsonl")


def _member(ref: MentionRef, pairing: Pairing, located: Mapping[str, "_Located"], corrections: Corrections) -> Member:
    _check_document(ref.document, located, pairing.line, corrections)
    return ref.document, located[ref.document].entity(ref.span, pairing.line, ref.text).id


def _check_vetoes(pairs: Sequence[tuple[Pairing, Member, Member]], corrections: Corrections) -> None:
    """Refuse the veto that parts what pins join, also over several pins."""
    members = sorted({m for _, a, b in pairs for m in (a, b)})
    number = {member: n for n, member in enumerate(members)}
    groups = connected(len(members), [(number[a], number[b]) for p, a, b in pairs if p.verdict == "same"])
    group_of = {members[n]: index for index, group in enumerate(groups) for n in group}
    for pairing, left, right in pairs:
        if pairing.verdict == "apart" and left == right:
            corrections.refuse(pairing.line, "both mentions are one entity already in their document, which cannot be taken apart here")
        if pairing.verdict == "apart" and group_of[left] == group_of[right]:
            lines = sorted(p.line for p, a, _ in pairs if p.verdict == "same" and group_of[a] == group_of[left])
            corrections.refuse(pairing.line, f"keeps apart what {_lines(lines)} joined; take one of them out")


def _lines(numbers: Sequence[int]) -> str:
    return f"line {numbers[0]} has" if len(numbers) == 1 else f"lines {', '.join(map(str, numbers))} have"


class _Located:
    """Finds the entities of one document by their mentions."""

    def __init__(self, extraction: Extraction, corrections: Corrections) -> None:
        self.extraction, self.corrections = extraction, corrections
        self.text = extraction.document.text

    @cached_property
    def by_span(self) -> Mapping[Span, Entity]:
        mentions = self.extraction.mentions
        return {mentions[n].span: entity for entity in self.extraction.entities for n in entity.mentions}

    def entity(self, span: Span, line: int, text: str | None = None) -> Entity:
        """Return the entity that the mention at a span is of; `text` must stand there if given."""
        if text is not None and self.text and self.text[span.start : span.end] != text:
            self.refuse(line, f"at {_at(span)} stands {self.text[span.start : span.end]!r}, not {text!r}")
        if span not in self.by_span:
            self.refuse(line, f"no entity is mentioned at {_at(span)}; {self._nearest(span)}")
        return self.by_span[span]

    def end(self, end: Span | Value, line: int) -> str | Value:
        """Return the local id of the entity at a span; a value as it is."""
        return end if isinstance(end, Value) else self.entity(end, line).id

    def refuse(self, line: int, reason: str) -> NoReturn:
        """Refuse a line, naming the document too."""
        self.corrections.refuse(line, f"{self.extraction.document.id}: {reason}")

    def _nearest(self, span: Span) -> str:
        if not self.by_span:
            return "the document has no entities"
        near = min(self.by_span, key=lambda other: (abs(other.start - span.start) + abs(other.end - span.end), other))
        return f"the nearest is {self.by_span[near].name!r} at {_at(near)}"


class _Amended(_Located):
    """One document's facts on their way to what people decided."""

    def __init__(self, extraction: Extraction, corrections: Corrections, catalogue: Catalogue) -> None:
        super().__init__(extraction, corrections)
        self.catalogue = catalogue
        self.decided: dict[int, Review] = {}
        """Number of a statement → the review that decided it."""

    def after(self, reviews: Sequence[Review]) -> Extraction:
        """Return the extraction with all reviews applied."""
        statements: list[Statement | None] = list(self.extraction.statements)
        added: list[tuple[Review, Statement]] = []
        rejected: list[Rejected] = []
        for review in reviews:
            found = self._told(review)
            for number in found:
                self._decide(number, review)
                statements[number] = self._reviewed(self.extraction.statements[number], review)
                if review.act == "reject":
                    rejected.append(self._rejection(self.extraction.statements[number], review))
            if not found:
                added.append((review, self._new(review)))
        self._check_added(added)
        kept = tuple(s for s in (*statements, *(new for _, new in added)) if s is not None)
        return replace(self.extraction, statements=kept, rejected=(*self.extraction.rejected, *rejected))

    def _check_added(self, added: Sequence[tuple[Review, Statement]]) -> None:
        seen: dict[Statement, Review] = {}
        for review, statement in added:
            earlier = seen.setdefault(statement, review)
            if earlier is not review:
                self.refuse(review.line, f"adds the fact of line {earlier.line} again; take one of them out")

    def _told(self, review: Review) -> list[int]:
        """Return the numbers of the statements that a review is about."""
        relation = self._relation(review.relation, review.line)
        subject, target = self.entity(review.subject, review.line).id, self.end(review.object, review.line)
        ends = [(subject, target), (target, subject)] if relation.symmetric else [(subject, target)]
        return [
            number
            for number, s in enumerate(self.extraction.statements)
            if s.relation == review.relation
            and any(s.subject == a and _same(s.object, b) for a, b in ends)
            and (review.evidence is None or any(e.span == review.evidence for e in s.evidence))
        ]

    def _relation(self, name: str, line: int) -> Any:
        if name not in self.catalogue.relations:
            self.refuse(line, f"there is no relation {name!r}; relations are {', '.join(sorted(self.catalogue.relations))}")
        return self.catalogue.relations[name]

    def _decide(self, number: int, review: Review) -> None:
        earlier = self.decided.setdefault(number, review)
        if earlier is not review:
            self.refuse(review.line, f"decides again on the fact of line {earlier.line}; take one of them out")

    def _reviewed(self, statement: Statement, review: Review) -> Statement | None:
        if review.act == "reject":
            return None
        changed = self._with(statement, review)
        evidence = tuple(replace(e, rule=CORRECTED, score=1.0) for e in changed.evidence)
        return self._checked(replace(changed, evidence=evidence), review.line)

    def _new(self, review: Review) -> Statement:
        """Make the fact that people add to a document."""
        if review.act != "accept":
            self.refuse(review.line, "the document does not tell this fact; facts.jsonl and entities.jsonl say what it tells, and where")
        span = review.evidence
        if span is None:
            self.refuse(review.line, 'the document is not known to tell this fact; to add it, give its words as "evidence": [start, end]')
        subject, target = self.entity(review.subject, review.line), self.end(review.object, review.line)
        evidence = Evidence(self.extraction.document.id, span, self._quote(span, review), CORRECTED, tuple(_roles(review)), score=1.0)
        return self._checked(self._with(Statement(review.relation, subject.id, target, evidence=(evidence,)), review), review.line)

    def _quote(self, span: Span, review: Review) -> str:
        words = self.text[span.start : span.end]
        if self.text and (span.end > len(self.text) or (review.quote is not None and review.quote != words)):
            self.refuse(review.line, f"the evidence at {_at(span)} is not what the document has there: {words!r}")
        return words or review.quote or ""

    def _with(self, statement: Statement, review: Review) -> Statement:
        """Return a statement with what a review states of it."""
        given = dict(review.given)
        changes: dict[str, Any] = {}
        for name in ("subject", "place"):
            if name in given:
                changes[name] = None if given[name] is None else self.entity(given[name], review.line).id
        for name in ("object", "theme"):
            if name in given:
                changes[name] = None if given[name] is None else self.end(given[name], review.line)
        changes |= {name: given[name] for name in ("relation", "time") if name in given}
        if "status" in given:
            changes |= self._stance(given["status"], given.get("speaker"), review.line)
        return replace(statement, **changes)

    def _stance(self, status: str, speaker: Span | None, line: int) -> dict[str, Any]:
        if speaker is not None and status == "asserted":
            self.refuse(line, "what a speaker says is reported, not asserted")
        told_by = self.entity(speaker, line).id if speaker is not None else None
        return {
            "polarity": "negative" if status == "denied" else "positive",
            "modality": "planned" if status == "planned" else "actual",
            "speaker": told_by,
            "own_side": False,
            "hearsay": status == "reported" and told_by is None,
        }

    def _checked(self, statement: Statement, line: int) -> Statement:
        """Return the statement if the catalogue admits it."""
        relation = self._relation(statement.relation, line)
        by_id = {e.id: e for e in self.extraction.entities}
        for name, classes, end in (("subject", relation.subject, statement.subject), ("object", relation.object, statement.object)):
            if isinstance(end, Value) != (name == "object" and relation.datatype is not None):
                self.refuse(line, f"the {name} of {relation.name} is {'a value' if isinstance(end, str) else 'an entity'}")
            if isinstance(end, str) and not self.catalogue.admits(classes, by_id[end].type):
                self.refuse(line, f"the {name} of {relation.name} is {' or '.join(classes)}; {by_id[end].name!r} is {by_id[end].type}")
        if statement.subject == statement.object:
            self.refuse(line, "subject and object are one entity")
        return statement

    def _rejection(self, statement: Statement, review: Review) -> Rejected:
        names = {e.id: e.name for e in self.extraction.entities}
        target = statement.object.value if isinstance(statement.object, Value) else names[statement.object]
        span = statement.evidence[0].span if statement.evidence else review.subject
        other = statement.object if isinstance(statement.object, str) else None
        candidate = f"{names[statement.subject]} {statement.relation} {target}"
        return Rejected(CORRECTED, f"rejected by line {review.line} of the corrections", candidate, span, statement.subject, other)


def _same(told: str | Value, asked: str | Value) -> bool:
    return told.value == asked.value if isinstance(told, Value) and isinstance(asked, Value) else told == asked


def _roles(review: Review) -> Iterator[tuple[str, Span]]:
    yield "subject", review.subject
    if isinstance(review.object, Span):
        yield "object", review.object


def _at(span: Span) -> str:
    return f"{span.start}–{span.end}"
