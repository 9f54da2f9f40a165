"""What people decided: which entities are one or two, and which facts are right, wrong, or to be changed.

A corrections file is JSON Lines, one decision a line. Entities are named by a mention (document, start, end), never by id, so
that a decision outlives new names and new links. `text` beside a mention is optional and must be the words that stand there.

    {"same":   [{"document": "a", "start": 9, "end": 15, "text": "Austin"}, {"document": "b", "start": 0, "end": 12}]}
    {"apart":  [{"document": "a", "start": 9, "end": 15}, {"document": "c", "start": 4, "end": 10}]}
    {"reject": {"document": "a", "relation": "met", "subject": [9, 15], "object": [40, 43]}}
    {"accept": {"document": "a", "relation": "met", "subject": [9, 15], "object": [40, 43], "evidence": [9, 43], "status": "planned"}}
    {"edit":   {"document": "a", "relation": "met", "subject": [9, 15], "object": [40, 43]}, "to": {"status": "denied"}}

Objects that are values are written {"value": "1999-05"}. `evidence` picks one telling of several; an accepted fact that the
document is not known to tell needs it. A fact may carry `status` (with `speaker` for what is reported), `place`, `time`
("2031-03-04", or "2031-03-04/2031-03-06") and `theme`; `to` takes the same and `relation`, `subject`, `object`. `note` is for
people. The first bad line refuses the file: nothing is half applied. `amend` checks a file against the documents.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, cast, get_args

from graphbuild.errors import CorrectionError
from graphbuild.periods import of_text
from graphbuild.records import Span, Status, Time, Value

Verdict = Literal["same", "apart"]
Act = Literal["accept", "reject", "edit"]

_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_ACTS: tuple[Act, ...] = get_args(Act)
_NAMES_OF_FACT = frozenset({"document", "relation", "subject", "object", "evidence", "quote"})
_CIRCUMSTANCES = frozenset({"status", "speaker", "place", "time", "theme"})
_CHANGEABLE = _CIRCUMSTANCES | {"relation", "subject", "object"}
_MONTH, _DAY_OF_MONTH = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DAY = rf"(?:\d{{4}}(?:-{_MONTH}(?:-{_DAY_OF_MONTH})?)?|--{_MONTH}-{_DAY_OF_MONTH})"
_TIME = re.compile(rf"({_DAY})(?:/({_DAY}))?")


@dataclass(frozen=True, slots=True)
class MentionRef:
    """A mention: document and span; `text` is what should stand there, None if nobody said."""

    document: str
    span: Span
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two entities are the same, or are apart, whatever else speaks for it."""

    line: int
    verdict: Verdict
    left: MentionRef
    right: MentionRef


@dataclass(frozen=True, slots=True)
class Review:
    """A fact of one document is accepted, rejected, or edited.

    `given` holds the circumstances that the line states for an accepted fact, or what an edit changes, checked and typed: spans
    for entities, `Value`, `Time`, relation name, status; None takes a circumstance away.
    """

    line: int
    act: Act
    document: str
    relation: str
    subject: Span
    object: Span | Value
    evidence: Span | None = None
    quote: str | None = None
    given: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of one file, in its order; `rows` are its lines as written, kept for the build folder."""

    source: str = ""
    pairings: tuple[Pairing, ...] = ()
    reviews: tuple[Review, ...] = ()
    rows: tuple[str, ...] = ()

    def refuse(self, line: int, reason: str) -> NoReturn:
        """Refuse the file because of a line.

        Raises:
            CorrectionError: always; names file, line and reason.
        """
        raise CorrectionError(f"{self.source}, line {line}: {reason}")

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that the decisions speak of."""
        paired = {ref.document for p in self.pairings for ref in (p.left, p.right)}
        return frozenset(paired | {review.document for review in self.reviews})


def read_corrections(path: Path) -> Corrections:
    """Read a corrections file.

    Raises:
        CorrectionError: the file cannot be read, or a line is bad; names file, line and reason.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CorrectionError(f"{path}: cannot be read: {error.strerror}. Give the path of a JSON Lines file.") from error
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error
    return parse(text, str(path))


def parse(text: str, source: str) -> Corrections:
    """Parse the text of a corrections file; empty lines are skipped.

    Raises:
        CorrectionError: a line is bad; names source, line and reason.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    found = [_decision(_Line(source, number, _object(source, number, line))) for number, line in lines]
    pairings = tuple(d for d in found if isinstance(d, Pairing))
    reviews = tuple(d for d in found if isinstance(d, Review))
    return Corrections(source, pairings, reviews, tuple(line for _, line in lines))


def with_quotes(corrections: Corrections, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the lines as JSON objects; those that add a fact get its words, so that they hold without the texts as well.

    `texts` has the text of each document by its id.
    """
    for row in map(json.loads, corrections.rows):
        fact = row.get("accept", {})
        text = texts.get(fact.get("document", ""), "")
        if text and "evidence" in fact:
            fact["quote"] = text[slice(*fact["evidence"])]
        yield row


def _object(source: str, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorrectionError(f"{source}, line {number}: is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise CorrectionError(f'{source}, line {number}: is no JSON object; write it like {{"same": [MENTION, MENTION]}}')
    return row


@dataclass(frozen=True, slots=True)
class _Line:
    """One line on its way to a decision; refuses with its place."""

    source: str
    number: int
    row: Mapping[str, Any]

    def refuse(self, reason: str) -> NoReturn:
        raise CorrectionError(f"{self.source}, line {self.number}: {reason}")

    def check_keys(self, row: Mapping[str, Any], allowed: frozenset[str], needed: Sequence[str] = ()) -> None:
        unknown, missing = sorted(set(row) - allowed), [name for name in needed if name not in row]
        if unknown:
            self.refuse(f"{unknown[0]!r} is unknown here; known are {', '.join(sorted(allowed))}")
        if missing:
            self.refuse(f"{missing[0]!r} is missing")

    def mapping(self, value: Any, what: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.refuse(f"{what} must be an object, not {json.dumps(value)}")
        return cast(Mapping[str, Any], value)

    def text(self, value: Any, what: str) -> str:
        if not isinstance(value, str) or not value:
            self.refuse(f"{what} must be a text, not {json.dumps(value)}")
        return str(value)

    def span(self, value: Any, what: str) -> Span:
        if not (isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value) and 0 <= value[0] < value[1]):
            self.refuse(f"{what} must be [start, end], offsets into the text of the document, not {json.dumps(value)}")
        return Span(*value)

    def end(self, value: Any, what: str) -> Span | Value:
        if isinstance(value, dict):
            self.check_keys(value, frozenset({"value", "datatype"}), ("value",))
            return Value(self.text(value["value"], "value"), self.text(value.get("datatype", "xsd:string"), "datatype"))
        return self.span(value, what)


def _decision(line: _Line) -> Pairing | Review:
    acts = [name for name in (*_VERDICTS, *_ACTS) if name in line.row]
    if len(acts) != 1:
        line.refuse(f"needs exactly one of {', '.join((*_VERDICTS, *_ACTS))}; it has {' and '.join(acts) or 'none'}")
    act = acts[0]
    line.check_keys(line.row, frozenset({act, "note"} | ({"to"} if act == "edit" else set())), ("to",) if act == "edit" else ())
    if act in _VERDICTS:
        return _pairing(line, act)
    return _review(line, cast(Act, act))


def _pairing(line: _Line, verdict: Verdict) -> Pairing:
    sides = line.row[verdict]
    if not isinstance(sides, list) or len(sides) != 2:
        line.refuse(f"{verdict!r} needs a list of two mentions")
    left, right = (_mention(line, line.mapping(side, "a mention")) for side in sides)
    if (left.document, left.span) == (right.document, right.span):
        line.refuse("names one mention twice")
    return Pairing(line.number, verdict, left, right)


def _mention(line: _Line, row: Mapping[str, Any]) -> MentionRef:
    line.check_keys(row, frozenset({"document", "start", "end", "text"}), ("document", "start", "end"))
    text = line.text(row["text"], "text") if "text" in row else None
    return MentionRef(line.text(row["document"], "document"), line.span([row["start"], row["end"]], "a mention"), text)


def _review(line: _Line, act: Act) -> Review:
    row = line.mapping(line.row[act], act)
    line.check_keys(row, _NAMES_OF_FACT | (_CIRCUMSTANCES if act == "accept" else frozenset()), ("document", "relation", "subject", "object"))
    if act == "edit":
        changes = line.mapping(line.row["to"], "to")
        line.check_keys(changes, _CHANGEABLE)
        if not changes:
            line.refuse("'to' is empty; say what to change")
    else:
        changes = {name: row[name] for name in sorted(_CIRCUMSTANCES & row.keys())}
    return Review(
        line.number,
        act,
        line.text(row["document"], "document"),
        line.text(row["relation"], "relation"),
        line.span(row["subject"], "subject"),
        line.end(row["object"], "object"),
        line.span(row["evidence"], "evidence") if "evidence" in row else None,
        line.text(row["quote"], "quote") if "quote" in row else None,
        tuple(_given(line, changes)),
    )


def _given(line: _Line, changes: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "speaker" in changes and "status" not in changes:
        line.refuse('a speaker goes with a status; add "status": "reported"')
    for name, value in sorted(changes.items()):
        yield name, None if value is None and name in ("speaker", "place", "time", "theme") else _typed(line, name, value)


def _typed(line: _Line, name: str, value: Any) -> Any:
    if name == "status":
        if value not in get_args(Status):
            line.refuse(f"status cannot be {json.dumps(value)}; choose from {', '.join(get_args(Status))}")
        return value
    if name == "time":
        return _time(line, line.text(value, "time"))
    if name == "relation":
        return line.text(value, name)
    return line.end(value, name) if name in ("object", "theme") else line.span(value, name)


def _time(line: _Line, text: str) -> Time:
    found = _TIME.fullmatch(text)
    if found is None:
        line.refuse(f"time cannot be {text!r}; write 2031, 2031-03, 2031-03-04, --03-04 or two of them with a / between")
    start, end = found.groups()
    return of_text(start, "explicit") if end is None else Time(start, end, "interval", "explicit")
