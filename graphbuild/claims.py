"""From statements of single documents to claims over all of them.

A proposition is a relation with its arguments, and with time and place where the relation recurs. A claim is a proposition with
polarity, modality and speaker; the same claim from two texts is one claim with two evidences. A statement that leaves out time,
place or theme joins the only proposition that it fits, else stays alone. A fact from a thing to itself is no fact and is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from graphbuild import times
from graphbuild.agreement import connected, twins
from graphbuild.catalogue import Catalogue, Relation
from graphbuild.confidence import confidence
from graphbuild.errors import GraphFileError
from graphbuild.gazetteer.names import name_key
from graphbuild.records import Claim, Evidence, Extraction, Modality, Polarity, Record, Statement, Time, Value
from graphbuild.vocabulary import digest


@dataclass(frozen=True, slots=True)
class Telling(Record):
    """What one document says towards a claim: its statement, with node ids for ends and the event's local id."""

    document: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Told(Record):
    """A claim, the proposition it is about, and who told it."""

    claim: Claim
    proposition: str
    tellings: tuple[Telling, ...]
    opposed: tuple[str, ...] = ()
    """Ids of the claims of opposite polarity about the same proposition, sorted."""
    listed: bool = True
    """Whether it says more than stronger claims of the same documents imply."""

    @property
    def happenings(self) -> Iterator[tuple[str, str]]:
        """(document, local event) that it was told with."""
        return ((t.document, t.statement.event) for t in self.tellings if t.statement.event is not None)


_T = TypeVar("_T", bound=Hashable)
_End = str | Value
_Base = tuple[str, str, str]
_Stance = tuple[Polarity, Modality, str | None, bool, bool]


@dataclass(frozen=True)
class _Proposition:
    id: str
    relation: Relation
    tellings: tuple[Telling, ...]


def claims(
    extractions: Iterable[Extraction], node_of: Mapping[tuple[str, str], str], catalogue: Catalogue, sources: Mapping[str, str] = MappingProxyType({})
) -> list[Told]:
    """Join the statements of all documents into claims, sorted by id; `sources` are as `sources.source_of` returns them.

    Raises:
        GraphFileError: a statement uses a relation that the catalogue lacks, or an entity that its document lacks.
    """
    by_ends: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for extraction in extractions:
        for telling in tellings(extraction, node_of, catalogue, sources.get(extraction.document.id)):
            by_ends[ends_of(telling.statement)].append(telling)
    told = [t for ends in sorted(by_ends) for t in claims_between(by_ends[ends], catalogue)]
    event_of = _events(told, catalogue)
    return sorted((with_event(t, event_of.get(t.proposition)) for t in told), key=lambda t: t.claim.id)


def ends_of(statement: Statement | Claim) -> tuple[str, ...]:
    """Return what statements must share to have anything to do with each other, other than by events: both ends, sorted."""
    return tuple(sorted((statement.subject, end_key(statement.object))))


def claims_between(between: Iterable[Telling], catalogue: Catalogue) -> list[Told]:
    """Join all that is told of two ends into claims, which know nothing yet of events."""
    by_base: dict[_Base, list[Telling]] = defaultdict(list)
    for telling in between:
        by_base[_base(telling.statement)].append(telling)
    told = [t for base in sorted(by_base) for p in _propositions(base, by_base[base], catalogue) for t in _claims_of(p)]
    weaker = _implied([t.claim for t in told], catalogue)
    return [replace(t, listed=False) if t.claim.id in weaker else t for t in told]


def with_event(told: Told, event: str | None) -> Told:
    """Return a claim with its event."""
    return told if event is None else replace(told, claim=replace(told.claim, event=event))


def event_id(propositions: Iterable[str]) -> str:
    """Return the id of the event that propositions tell of."""
    return digest("event", *sorted(propositions))


def end_key(end: str | Value | None) -> str:
    """Return what makes an end the same as another: the node id, or the value with its datatype."""
    if isinstance(end, Value):
        return f"{end.datatype} {end.value}"
    return end or ""


def tellings(extraction: Extraction, node_of: Mapping[tuple[str, str], str], catalogue: Catalogue, source: str | None = None) -> Iterator[Telling]:
    """Yield what a document says, of nodes; `source` is the document that stands for all of one source, if it is of several.

    Raises:
        GraphFileError: a statement uses a relation that the catalogue lacks, or an entity that its document lacks.
    """
    document = extraction.document.id
    for statement in _with_source(extraction, source).statements:
        relation = _relation(statement, document, catalogue)
        told = _with_nodes(statement, document, node_of)
        if relation.symmetric and isinstance(told.object, str) and told.object < told.subject:
            told = replace(told, subject=told.object, object=told.subject)
        if told.subject != told.object:
            yield Telling(document, told)


def _with_source(extraction: Extraction, source: str | None) -> Extraction:
    """Note on all evidence which document stands for the source, if it is not the only one of it."""
    if source is None:
        return extraction
    statements = (replace(s, evidence=tuple(replace(e, source=source) for e in s.evidence)) for s in extraction.statements)
    return replace(extraction, statements=tuple(statements))


def _relation(statement: Statement, document: str, catalogue: Catalogue) -> Relation:
    try:
        return catalogue.relations[statement.relation]
    except KeyError:
        raise GraphFileError(
            f"{document}: uses the relation {statement.relation!r}, which the catalogue lacks; give the catalogue it was built with (--catalogue)"
        ) from None


def _with_nodes(statement: Statement, document: str, node_of: Mapping[tuple[str, str], str]) -> Statement:
    def node(local: str) -> str:
        try:
            return node_of[document, local]
        except KeyError:
            raise GraphFileError(f"{document}: a statement ({statement.relation}) names the entity {local!r}, which the document lacks") from None

    def end(local: _End) -> _End:
        return local if isinstance(local, Value) else node(local)

    return replace(
        statement,
        subject=node(statement.subject),
        object=end(statement.object),
        theme=None if statement.theme is None else end(statement.theme),
        place=None if statement.place is None else node(statement.place),
        speaker=None if statement.speaker is None else node(statement.speaker),
    )


def _base(statement: Statement) -> _Base:
    return statement.relation, statement.subject, end_key(statement.object)


_Circumstances = tuple[Time | None, str | None, str]
"""What may tell two propositions of one base apart: time, place, theme."""


def _circumstances(statement: Statement, relation: Relation) -> _Circumstances:
    theme = statement.theme
    about = name_key(theme.value) if isinstance(theme, Value) else theme or ""
    if not relation.recurs:
        return None, None, about
    when = statement.time and Time(statement.time.start, statement.time.end, "day", "explicit")
    return when, statement.place, about


def _propositions(base: _Base, tellings: Sequence[Telling], catalogue: Catalogue) -> Iterator[_Proposition]:
    relation = catalogue.relations[base[0]]
    by_circumstances: dict[_Circumstances, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_circumstances[_circumstances(telling.statement, relation)].append(telling)
    known = sorted(by_circumstances, key=_circumstances_key)
    pairs = ((a, b) for b in range(len(known)) for a in range(b) if _fit(known[a], known[b]))
    groups = [[known[n] for n in group] for group in twins(len(known), pairs)]
    told_as = Counter(_joint_key(group) for group in groups)
    for group in groups:
        joint = _joint_key(group)
        clash = [part for c in group for part in _circumstances_key(c)] if told_as[joint] > 1 else []
        members = [t for c in group for t in by_circumstances[c]]
        if len(members) > 1:  # most are told once, and a line of JSON for a key takes its time
            members.sort(key=_telling_key)
        yield _Proposition(digest("proposition", *base, *joint, *clash), relation, tuple(members))


def _fit(left: _Circumstances, right: _Circumstances) -> bool:
    alike = all(not a or not b or a == b for a, b in zip(left[1:], right[1:], strict=True))
    return alike and times.fit(left[0], right[0])


def _circumstances_key(circumstances: _Circumstances) -> tuple[str, str, str]:
    when, place, theme = circumstances
    return f"{when.start}/{when.end}" if when else "", place or "", theme


def _joint_key(group: Sequence[_Circumstances]) -> tuple[str, str, str]:
    when = times.narrowest(c[0] for c in group if c[0])
    return _circumstances_key((when, max(c[1] or "" for c in group), max(c[2] for c in group)))


def _telling_key(telling: Telling) -> tuple[str, list[tuple[int, int, str]], str]:
    spans = [(e.span.start, e.span.end, e.rule) for e in telling.statement.evidence]
    return telling.document, spans, telling.statement.to_line()


def _events(told: Iterable[Told], catalogue: Catalogue) -> dict[str, str]:
    """Return the event of each proposition that tells of one: statements of one local event share it."""
    happening = sorted({t.proposition for t in told if catalogue.relations[t.claim.relation].shape == "event"})
    number_of = {proposition: number for number, proposition in enumerate(happening)}
    telling_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for t in told:
        if t.proposition in number_of:
            for happened in t.happenings:
                telling_of[happened].append(number_of[t.proposition])
    found = connected(len(happening), telling_of.values())
    return {happening[n]: ident for group in found for ident in [event_id(happening[n] for n in group)] for n in group}


def _claims_of(proposition: _Proposition) -> Iterator[Told]:
    by_stance: dict[_Stance, list[Telling]] = defaultdict(list)
    for telling in proposition.tellings:
        s = telling.statement
        by_stance[s.polarity, s.modality, s.speaker, s.own_side, s.hearsay].append(telling)
    for stance in [s for s in by_stance if s[3] and (*s[:2], None, False, False) in by_stance]:
        told = [*by_stance[*stance[:2], None, False, False], *by_stance.pop(stance)]  # what the text states, a speaker of that side need not state, too
        by_stance[*stance[:2], None, False, False] = sorted(told, key=_telling_key)
    made = [(_claim(proposition, stance, told), told) for stance, told in by_stance.items()]
    for claim, told in made:
        opposed = sorted(other.id for other, _ in made if other.polarity != claim.polarity)
        yield Told(claim, proposition.id, tuple(told), tuple(opposed))


def _claim(proposition: _Proposition, stance: _Stance, told: Sequence[Telling]) -> Claim:
    polarity, modality, speaker, own_side, hearsay = stance
    statements = [t.statement for t in told]
    about = statements if not proposition.relation.recurs else [t.statement for t in proposition.tellings]
    evidence = _evidence(statements)
    themes: list[_End] = [t.statement.theme for t in proposition.tellings if t.statement.theme is not None]
    return Claim(
        id=digest("claim", proposition.id, polarity, modality, speaker or ("hearsay" if hearsay else ""), str(own_side)),
        relation=statements[0].relation,
        subject=statements[0].subject,
        object=statements[0].object,
        theme=_commonest(themes),
        place=_commonest([s.place for s in about if s.place]),
        time=_time(proposition.relation, about),
        polarity=polarity,
        modality=modality,
        speaker=speaker,
        own_side=own_side,
        hearsay=hearsay,
        quantity=_commonest([s.quantity for s in statements if s.quantity]),
        confidence=confidence(evidence),
        evidence=evidence,
    )


def _time(relation: Relation, statements: Sequence[Statement]) -> Time | None:
    told = [s.time for s in statements if s.time]
    if relation.recurs:
        return times.narrowest(told)
    return times.covering(told) if relation.shape == "state" else times.commonest(told)


def _commonest(values: Sequence[_T]) -> _T | None:
    if len(values) < 2:
        return next(iter(values), None)
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], repr(value)), default=None)


def _evidence(statements: Iterable[Statement]) -> tuple[Evidence, ...]:
    found = {(e.document, e.span, e.rule): e for s in statements for e in sorted(s.evidence, key=lambda e: e.score)}
    return tuple(found[key] for key in sorted(found))


def _implied(every: Sequence[Claim], catalogue: Catalogue) -> set[str]:
    """Return the ids of claims between two ends that add nothing: every document that tells one also tells a stronger one that implies it."""
    by_stance: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in every:
        if claim.polarity == "positive":
            stance = (claim.modality, claim.speaker or ("hearsay" if claim.hearsay else ""), str(claim.own_side))
            by_stance[stance].append(claim)
    return {weak.id for group in by_stance.values() if len(group) > 1 for weak in _adding_nothing(group, catalogue)}


def _adding_nothing(group: Sequence[Claim], catalogue: Catalogue) -> Iterator[Claim]:
    """Yield the claims of a group that others of it imply; two countries may have thousands, nearly all of one relation."""
    by_relation: dict[str, list[Claim]] = defaultdict(list)
    for claim in group:
        by_relation[claim.relation].append(claim)
    for name, weaker in by_relation.items():
        stronger = [claim for other, claims_ in by_relation.items() if name in catalogue.supers(other) for claim in claims_]
        yield from (weak for weak in weaker if stronger and _adds_nothing(weak, stronger, catalogue))


def _adds_nothing(weak: Claim, group: Sequence[Claim], catalogue: Catalogue) -> bool:
    stronger = {e.document for strong in group if _implies(strong, weak, catalogue) for e in strong.evidence}
    return {e.document for e in weak.evidence} <= stronger if stronger else False


def _implies(strong: Claim, weak: Claim, catalogue: Catalogue) -> bool:
    if weak.relation not in catalogue.supers(strong.relation):
        return False
    if weak.subject != strong.subject and not catalogue.relations[weak.relation].symmetric:
        return False
    same_place = not weak.place or not strong.place or weak.place == strong.place
    return same_place and times.fit(strong.time, weak.time)
