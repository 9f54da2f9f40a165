"""Reads annotated documents, one JSON object a line, and refuses what could not be scored rightly, with file, line and reason.

{"doc", "entities": [{"id", "type", "name", "aliases"?, "optional"?, "type_alt"?}], "facts": [{"s", "r", "o", "status"?, "place"?, "date"?,
"speaker"?, "theme"?, "span"?, and as lists what is as right: "alt"? (relations), "s_alt"?, "o_alt"?, "status_alt"?, "place_alt"?, "date_alt"?}],
"optional"?: [facts that count neither for nor against]}
"""

import json
import re
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graphbuild.catalogue import Catalogue
from graphbuild.errors import GoldError
from graphbuild.records import Status

_DAY = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d(?:-\d\d)?)"
_DATE = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.))?|\.\./{_DAY}")
_STATUSES: Final = typing.get_args(Status)
_Fields = Mapping[str, type]
_DOCUMENT: Final[_Fields] = {"doc": str, "entities": list, "facts": list, "optional": list}
_ENTITY: Final[_Fields] = {"id": str, "type": str, "name": str, "aliases": list, "type_alt": list, "optional": bool}
_FACT: Final[_Fields] = {
    **dict.fromkeys(("s", "r", "o", "status", "place", "date", "speaker", "theme"), str),
    **dict.fromkeys(("span", "alt", "s_alt", "o_alt", "status_alt", "place_alt", "date_alt"), list),
}


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An annotated entity; `type_alt` are classes that are as right, an optional one need not be found."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    type_alt: tuple[str, ...] = ()
    optional: bool = False

    @property
    def described(self) -> bool:
        """Whether it has no name of its own: "two soldiers", "the frigate", and any group.

        >>> GoldEntity("t", "MilitaryForce", "troops").described, GoldEntity("n", "MilitaryForce", "the Navy").described
        (True, False)
        """
        capitals = any(word[0].isupper() for name in (self.name, *self.aliases) for word in name.split())
        return self.type == "Group" or (self.type != "Position" and not capitals)


@dataclass(frozen=True, slots=True)
class GoldFact:
    """An annotated fact: ends are entity ids, or a date for relations that take one; the first of several right answers is the one annotated."""

    subjects: tuple[str, ...]
    relations: tuple[str, ...]
    objects: tuple[str, ...]
    statuses: tuple[str, ...]
    places: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    @property
    def relation(self) -> str:
        """The relation annotated."""
        return self.relations[0]

    @property
    def status(self) -> str:
        """The status annotated."""
        return self.statuses[0]

    @property
    def hedged(self) -> bool:
        """Whether the fact must not come out as asserted."""
        return "asserted" not in self.statuses


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document."""

    doc: str
    entities: tuple[GoldEntity, ...]
    facts: tuple[GoldFact, ...]
    optional: tuple[GoldFact, ...] = ()


def read_gold(path: Path, catalogue: Catalogue, texts: Mapping[str, str | None]) -> tuple[GoldDocument, ...]:
    """Read annotated documents.

    Args:
        path: a JSONL file.
        catalogue: what relations and classes there are.
        texts: document id → text (None where it is not kept), of all documents that were read.

    Raises:
        GoldError: a line is malformed or does not fit the documents; nothing is scored then.
    """
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}; give annotated documents as JSON lines in UTF-8") from error
    return parse_gold(text, str(path), catalogue, texts)


def parse_gold(text: str, source: str, catalogue: Catalogue, texts: Mapping[str, str | None]) -> tuple[GoldDocument, ...]:
    """Read annotated documents from the text of a file called `source`; see `read_gold`."""
    found: dict[str, GoldDocument] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            reader = _Line(f"{source}:{number}", catalogue, texts)
            document = reader.document(reader.json(line))
            if document.doc in found:
                raise GoldError(f"{source}:{number}: document {document.doc!r} is annotated twice; put its facts on one line")
            found[document.doc] = document
    if not found:
        raise GoldError(f"{source}: has no annotated document")
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Line:
    """Reads one line; `where` begins every message."""

    where: str
    catalogue: Catalogue
    texts: Mapping[str, str | None]

    def json(self, line: str) -> dict[str, Any]:
        try:
            row = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{self.where}: is no JSON: {error}") from error
        return self._checked(row, _DOCUMENT, ("doc", "entities", "facts"), "the line")

    def document(self, row: dict[str, Any]) -> GoldDocument:
        if row["doc"] not in self.texts:
            raise GoldError(f"{self.where}: document {row['doc']!r} is not in the build; build it too, or take the line out")
        entities = tuple(self._entity(item, number) for number, item in enumerate(row["entities"], start=1))
        ids = [entity.id for entity in entities]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise GoldError(f"{self.where}: two entities have the id {twice!r}; give one of them another")
        facts, optional = (tuple(self._facts(row, part, frozenset(ids))) for part in ("facts", "optional"))
        return GoldDocument(row["doc"], entities, facts, optional)

    def _entity(self, item: Any, number: int) -> GoldEntity:
        what = f"entity {number}"
        row = self._checked(item, _ENTITY, ("id", "type", "name"), what)
        self._known(row["type"], self.catalogue.classes, f"{what} ({row['id']}): class")
        for label in row.get("type_alt", ()):
            self._known(label, self.catalogue.classes, f"{what} ({row['id']}): class")
        lists = {name: tuple(row.get(name, ())) for name in ("aliases", "type_alt")}
        return GoldEntity(row["id"], row["type"], row["name"], **lists, optional=row.get("optional", False))

    def _facts(self, document: dict[str, Any], part: str, ids: frozenset[str]) -> Iterator[GoldFact]:
        for number, item in enumerate(document.get(part, ()), start=1):
            what = f"{'fact' if part == 'facts' else 'optional fact'} {number}"
            row = self._checked(item, _FACT, ("s", "r", "o"), what)
            what = f"{what} ({row['s']} {row['r']} {row['o']})"
            self._check_words(row, what)
            self._check_ends(row, ids, what)
            yield GoldFact(
                (row["s"], *row.get("s_alt", ())),
                (row["r"], *row.get("alt", ())),
                (row["o"], *row.get("o_alt", ())),
                (row.get("status", "asserted"), *row.get("status_alt", ())),
                _with_alternatives(row, "place"),
                _with_alternatives(row, "date"),
                self._span(row.get("span"), document["doc"], what),
            )

    def _check_words(self, row: dict[str, Any], what: str) -> None:
        """Check relations, statuses, dates."""
        for relation in (row["r"], *row.get("alt", ())):
            self._known(relation, self.catalogue.relations, f"{what}: relation")
        for status in (row.get("status", "asserted"), *row.get("status_alt", ())):
            self._known(status, _STATUSES, f"{what}: status")
        for day in _with_alternatives(row, "date"):
            if not _DATE.fullmatch(day):
                shapes = "2016-04-05, 2016-04, 2016 or --11-17 nor an interval of two, as 2016-04-05/.."
                raise GoldError(f"{self.where}: {what}: date {day!r} is neither like {shapes}")

    def _check_ends(self, row: dict[str, Any], ids: Collection[str], what: str) -> None:
        ends = [row["s"], *row.get("s_alt", ()), *_with_alternatives(row, "place")]
        ends += [row["speaker"]] if "speaker" in row else []
        if not self.catalogue.relations[row["r"]].datatype:
            ends += [row["o"], *row.get("o_alt", ())]
        for end in ends:
            self._known(end, ids, f"{what}: entity")

    def _span(self, span: Any, doc: str, what: str) -> tuple[int, int] | None:
        if not span:
            return None
        text = self.texts[doc]
        whole = len(span) == 2 and all(type(offset) is int for offset in span)
        if not whole or not 0 <= span[0] < span[1] or (text is not None and span[1] > len(text)):
            has = f"; {doc} has {len(text)} characters" if text is not None else ""
            raise GoldError(f"{self.where}: {what}: span {json.dumps(span)} is not [start, end] in the text{has}")
        return span[0], span[1]

    def _known(self, name: str, known: Collection[str], what: str) -> None:
        if name not in known:
            raise GoldError(f"{self.where}: {what} {name!r} is unknown")

    def _checked(self, row: Any, fields: _Fields, needed: Iterable[str], what: str) -> dict[str, Any]:
        if not isinstance(row, dict):
            raise GoldError(f"{self.where}: {what} must be a JSON object")
        for name in needed:
            if name not in row:
                raise GoldError(f"{self.where}: {what} lacks {name!r}")
        for name, value in row.items():
            if name not in fields:
                raise GoldError(f"{self.where}: {what} has an unknown field {name!r}; known are {', '.join(fields)}")
            if type(value) is not fields[name] or (name.endswith(("alt", "aliases")) and not _are_texts(value)):
                raise GoldError(f"{self.where}: {what}: {name!r} must be {_KINDS[fields[name]]}, not {json.dumps(value, ensure_ascii=False)[:40]}")
        return row


_KINDS: Final[Mapping[type, str]] = {str: "text", list: "a list", bool: "true or false"}


def _are_texts(values: Any) -> bool:
    return all(type(one) is str for one in values)


def _with_alternatives(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return what is annotated and what is as right; nothing where nothing is annotated."""
    return (row[name], *row.get(f"{name}_alt", ())) if row.get(name) else ()
