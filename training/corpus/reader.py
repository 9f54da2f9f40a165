"""Reads annotated texts: plain words with bracketed mentions, an entity table and a fact table (GUIDELINES.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
SECOND = Path(__file__).parent / "second"  # some of them, annotated again by somebody else
_FIELD = re.compile(r'(by|theme)="((?:[^"\\]|\\.)*)"(?:#(\d+))?|(\w+)=([^\s|]+)')
_VALUE_RELATIONS = ("bornOn", "diedOn", "foundedOn")


class CorpusError(ValueError):
    """A text breaks the format; the message names file and place."""


@dataclass(frozen=True, slots=True)
class MentionMark:
    """Words that name (`refers=False`) or refer back to (`refers=True`) the entities `ids`; offsets into `CorpusText.text`."""

    start: int
    end: int
    ids: tuple[str, ...]
    refers: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `by` are the offsets of the words that say it; `weak` marks one that need not be found."""

    subject: str
    relation: str
    object: str
    by: tuple[int, int]
    status: str = "asserted"
    modality: str = "actual"
    speaker: str | None = None
    place: str | None = None
    time: str | None = None
    theme: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class CorpusText:
    """One annotated text; `entities` maps id → (class, canonical name); mentions are sorted, outer before inner."""

    id: str
    meta: dict[str, str]
    text: str
    mentions: tuple[MentionMark, ...]
    entities: dict[str, tuple[str, str]]
    facts: tuple[Fact, ...] = field(default=())


def read_corpus(folder: Path = TEXTS) -> Iterator[CorpusText]:
    """Yield all texts of a folder, sorted by name."""
    for path in sorted(folder.glob("*.txt")):
        yield read_text(path)


def read_text(path: Path) -> CorpusText:
    """Read one annotated text.

    Raises:
        CorpusError: the file breaks the format; the message says where.
    """
    meta, body, entity_lines, fact_lines = _sections(path)
    text, mentions = _unmark(body, path)
    entities = dict(_entity(line, path) for line in entity_lines)
    facts = tuple(_fact(line, text, path) for line in fact_lines)
    return CorpusText(path.stem, meta, text, mentions, entities, facts)


def _sections(path: Path) -> tuple[dict[str, str], str, list[str], list[str]]:
    raw = path.read_text(encoding="utf-8")
    match = re.fullmatch(r"---\n(.*?)\n---\n(.*?)\n== entities[ \t]*\n(.*?)\n?== facts[ \t]*\n?(.*)", raw, re.DOTALL)
    if not match:
        raise CorpusError(f"{path.name}: needs a --- header ---, the text, '== entities' and '== facts'")
    header, body, entities, facts = match.groups()
    meta = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in header.splitlines() if line.strip())}
    return meta, body.strip("\n"), _lines(entities), _lines(facts)


def _lines(block: str) -> list[str]:
    return [line.rstrip() for line in block.splitlines() if line.strip() and not line.startswith("#")]


def _unmark(body: str, path: Path) -> tuple[str, tuple[MentionMark, ...]]:
    out: list[str] = []
    length, position = 0, 0
    open_at: list[int] = []
    marks: list[MentionMark] = []
    while position < len(body):
        char = body[position]
        if char == "\\" and body[position + 1 : position + 2] in ("[", "]", "\\"):
            char, position = body[position + 1], position + 1
        elif char == "[":
            open_at.append(length)
            position += 1
            continue
        elif char == "]":
            close = re.compile(r"\]\((~?)([\w,\- ]+)\)").match(body, position)
            if not close or not open_at:
                raise CorpusError(f"{path.name}: a ']' without '(id)' or without '[' near {body[max(0, position - 30) : position + 15]!r}")
            ids = tuple(name.strip().removeprefix("~") for name in close[2].split(","))
            marks.append(MentionMark(open_at.pop(), length, ids, bool(close[1])))
            position = close.end()
            continue
        out.append(char)
        length, position = length + 1, position + 1
    if open_at:
        raise CorpusError(f"{path.name}: a '[' is never closed, near {''.join(out)[open_at[-1] : open_at[-1] + 40]!r}")
    return "".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def _entity(line: str, path: Path) -> tuple[str, tuple[str, str]]:
    parts = line.split(None, 2)
    if len(parts) != 3:
        raise CorpusError(f"{path.name}: entity line needs id, class and name: {line!r}")
    return parts[0], (parts[1], parts[2].strip())


def _fact(line: str, text: str, path: Path) -> Fact:
    weak = line.startswith("?")
    parts = [part.strip() for part in line.lstrip("? ").split("|")]
    if len(parts) < 4:
        raise CorpusError(f"{path.name}: fact line needs subject | relation | object | by=…: {line!r}")
    named: dict[str, str] = {}
    occurrence = 1
    for match in _FIELD.finditer("|".join(parts[3:])):
        if match[1]:
            named[match[1]] = re.sub(r'\\(["\\])', r"\1", match[2])
            occurrence = int(match[3]) if match[1] == "by" and match[3] else occurrence
        else:
            named[match[4]] = match[5]
    by = _find(named.pop("by", ""), occurrence, text, path, line)
    unknown = set(named) - {"status", "modality", "speaker", "place", "time", "theme"}
    if unknown:
        raise CorpusError(f"{path.name}: unknown field {sorted(unknown)} in {line!r}")
    return Fact(parts[0], parts[1], parts[2], by, weak=weak, **named)


def _find(words: str, occurrence: int, text: str, path: Path, line: str) -> tuple[int, int]:
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []
    if not starts:
        starts = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    if len(starts) < occurrence:
        raise CorpusError(f"{path.name}: by={words!r} does not stand in the text ({len(starts)} times, #{occurrence} wanted): {line!r}")
    return starts[occurrence - 1], starts[occurrence - 1] + len(words)
