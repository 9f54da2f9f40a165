"""The records that travel through graphbuild: frozen, slotted, and equal to their JSON.

An `Extraction` is the waist of the whole: everything that one document yields, as one JSON line. What is computed over
documents (nodes, confidences) is made from Extractions alone.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Self

Form = Literal["name", "title", "noun", "pronoun", "time", "value"]
Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "planned", "possible", "conditional"]
Status = Literal["asserted", "denied", "planned", "reported"]
Precision = Literal["day", "month", "year", "decade", "interval", "season"]
Basis = Literal["explicit", "dateline", "context"]
Bound = Literal["exact", "at least", "at most", "about"]


class Record:
    """Base of all records: to and from plain JSON values, leaving out what is empty."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON values; fields that equal their default are left out."""
        out = {}
        for name, default in _defaults(type(self)):  # type: ignore[arg-type]  # the stub wants an instance hash on the class
            value = getattr(self, name)
            if type(value) is not type(default) or value != default:
                out[name] = value if type(value) in _PLAIN else _plain(value)
        return out

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Rebuild a record from what `to_json` returned."""
        revivers = _revivers(cls)  # type: ignore[arg-type]  # the stub wants an instance hash on the class
        return cls(**{name: item if item is None or (revive := revivers[name]) is None else revive(item) for name, item in value.items()})

    def to_line(self) -> str:
        """Return the record as one line of JSON, keys in field order."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, order=True)
class Span(Record):
    """Half-open offsets into `Document.text`, in Unicode code points."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A text as read, never changed, with what its source says of it."""

    id: str
    source: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    origin: str | None = None
    """The agency that the text says it was taken from."""
    signature: str | None = None
    """What tells copies of the text, if the text itself was left out."""


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """Words of a document that name, describe or point to something."""

    span: Span
    form: Form
    type: str | None = None
    text: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity(Record):
    """Something that one document speaks of; `id` is local to the document, `mentions` index its mention list."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    traits: tuple[tuple[str, str], ...] = ()
    """What identity across documents may use: ("position", "Defense Minister"), ("country", "Q884"), ("gender", "male")."""


@dataclass(frozen=True, slots=True)
class Time(Record):
    """When something holds: ISO 8601 dates cut to their precision; `None` is an open end, `--11-17` lacks its year."""

    start: str | None
    end: str | None
    precision: Precision
    basis: Basis


@dataclass(frozen=True, slots=True)
class Quantity(Record):
    """A number in the text with its unit and bound: at least 12 people."""

    value: float
    unit: str = ""
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True)
class Value(Record):
    """A value as the end of a fact: a date, or the words of a quotation; `datatype` is an xsd name."""

    value: str
    datatype: str = "xsd:string"


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """The words that say a fact: `document.text[start:end] == quote`, always."""

    document: str
    span: Span
    quote: str
    rule: str
    roles: tuple[tuple[str, Span], ...] = ()
    """Role → words that fill it: ("subject", Span(…)), ("trigger", Span(…))."""
    cues: tuple[tuple[str, Span], ...] = ()
    """Words behind a qualifier: ("polarity", …), ("modality", …), ("attribution", …), ("time", …), ("place", …)."""
    features: tuple[tuple[str, float], ...] = ()
    """What confidence is fitted on."""
    score: float = 0.0
    source: str | None = None
    """Which document stands for all that are copies of this one, or come from one agency; None if it is alone."""


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """A fact of one document; its ends are local entity ids, or a `Value`."""

    relation: str
    subject: str
    object: str | Value
    theme: str | Value | None = None
    place: str | None = None
    time: Time | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    speaker: str | None = None
    own_side: bool = False
    """Whether the speaker tells of acts of their own side (then the fact is asserted, not reported)."""
    hearsay: bool = False
    """Whether somebody says it whom the text does not name: "officials said", "reportedly"."""
    event: str | None = None
    """Local id of the event that this statement tells of; statements of one event share it."""
    quantity: Quantity | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def status(self) -> Status:
        """Derive the status: denied before planned before reported before asserted."""
        return derive_status(self.polarity, self.modality, self.speaker, self.own_side, self.hearsay)


@dataclass(frozen=True, slots=True)
class Rejected(Record):
    """What a stage saw and dropped, and why: `explain --why-not` reads this."""

    stage: str
    reason: str
    candidate: str
    span: Span
    subject: str | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction(Record):
    """Everything that one document yields."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    chains: tuple[tuple[int, ...], ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Node(Record):
    """An entity of the whole graph; `members` are (document, local entity id)."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One proposition with polarity, modality and speaker, over all documents: ends are node ids."""

    id: str
    relation: str
    subject: str
    object: str | Value
    theme: str | Value | None = None
    place: str | None = None
    time: Time | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    speaker: str | None = None
    own_side: bool = False
    hearsay: bool = False
    event: str | None = None
    quantity: Quantity | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def status(self) -> Status:
        """Derive the status, as for a statement."""
        return derive_status(self.polarity, self.modality, self.speaker, self.own_side, self.hearsay)


@dataclass(frozen=True, slots=True)
class Failure(Record):
    """A document or path that was left out of a build, and why."""

    source: str
    reason: str


def derive_status(polarity: Polarity, modality: Modality, speaker: str | None, own_side: bool, hearsay: bool = False) -> Status:
    """Derive a status from its three independent parts; the strongest doubt wins.

    >>> derive_status("negative", "planned", None, False)
    'denied'
    >>> derive_status("positive", "actual", "e1", False)
    'reported'
    """
    if polarity == "negative":
        return "denied"
    if modality != "actual":
        return "planned"
    return "reported" if (speaker is not None and not own_side) or (hearsay and speaker is None) else "asserted"


_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    """Return the names of fields with their defaults; a field that has none is never equal to what stands for it."""
    return tuple((field.name, field.default) for field in dataclasses.fields(cls))


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [item if type(item) in _PLAIN else _plain(item) for item in value]
    if isinstance(value, Span):
        return [value.start, value.end]
    return value.to_json() if isinstance(value, Record) else value


# Records are revived by the million: how a type is revived is found out once, from its hints, and is a function from then on.


@cache
def _revivers(cls: type) -> dict[str, Callable[[Any], Any] | None]:
    """Return how the fields of a record that are no plain values are revived; None for those that are."""
    return {name: _reviver(hint) for name, hint in typing.get_type_hints(cls).items()}


@cache
def _reviver(hint: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of a type from JSON values; None if they are the same."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _reviver_of_union(typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return _reviver_of_tuple(typing.get_args(hint))
    if hint is Span:
        return lambda value: Span(*value)
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.from_json
    return None


def _reviver_of_union(options: tuple[Any, ...]) -> Callable[[Any], Any] | None:
    (one, *_) = (*filter(None, map(_reviver, options)), None)
    return None if one is None else lambda value: one(value) if isinstance(value, dict | list) else value


def _reviver_of_tuple(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        one = _reviver(inner[0])
        return tuple if one is None else lambda values: tuple(map(one, values))
    every = [_reviver(hint) for hint in inner]
    return lambda values: tuple(one(value) if one else value for one, value in zip(every, values, strict=True))
