"""What differs between two builds, found on the rows of facts.jsonl and entities.jsonl.

Ids of nodes come from what is known of them, so a better link gives an entity another id. Entities are therefore matched by id first
and then by the mentions that they share; facts by relation and ends as matched, then by the words that say them, whose reading may
have got another end.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from graphbuild.catalogue import load_catalogue
from graphbuild.errors import GraphFileError
from graphbuild.store import load_manifest

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

Row = Mapping[str, Any]
Verdict = Literal["added", "lost", "changed"]
VERDICTS: Final[tuple[Verdict, ...]] = ("added", "lost", "changed")
_OF_ENTITY = ("id", "type", "name", "aliases", "links", "mentions")
_OF_FACT = ("subject", "object", "status", "modality", "speaker", "time", "place", "theme", "quantity", "confidence", "evidence")
DIGITS: Final = 2
"""Decimals of a confidence that count as a change."""


@dataclass(frozen=True, slots=True)
class Build:
    """The rows of a build."""

    entities: tuple[Row, ...]
    facts: tuple[Row, ...]

    @property
    def documents(self) -> frozenset[str]:
        """The documents that any entity or fact is found in."""
        return frozenset(m["document"] for row in self.entities for m in row["mentions"]) | {e["document"] for row in self.facts for e in row["evidence"]}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was added (`before` is None), lost (`after` is None), or changed in the `fields` named."""

    verdict: Verdict
    before: Row | None
    after: Row | None
    fields: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The row as it is now, else as it was."""
        row = self.after if self.after is not None else self.before
        assert row is not None  # noqa: S101  # one of the two always is
        return row

    def to_json(self) -> dict[str, Any]:
        """Return the row, or for a change both rows and the names of what differs."""
        return dict(self.row) if self.verdict != "changed" else {"before": self.before, "after": self.after, "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs: documents by name, entities and facts by row; added before lost before changed."""

    documents: tuple[tuple[Verdict, str], ...]
    entities: tuple[Change, ...]
    facts: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.documents or self.entities or self.facts)

    def count(self, what: Literal["documents", "entities", "facts"], verdict: Verdict) -> int:
        """Count what was added, lost or changed of a kind."""
        if what == "documents":
            return sum(found == verdict for found, _ in self.documents)
        return sum(change.verdict == verdict for change in getattr(self, what))

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values: {"documents": {"added": […], "lost": […]}, "entities": {"added": …}, "facts": …}."""
        documents = {verdict: [name for found, name in self.documents if found == verdict] for verdict in VERDICTS[:2]}
        return {"documents": documents, "entities": _by_verdict(self.entities), "facts": _by_verdict(self.facts)}


def read_build(folder: Path | str) -> Build:
    """Read the rows of a build folder.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    load_manifest(folder)
    rows = [tuple(_rows(Path(folder) / name, needed)) for name, needed in (("entities.jsonl", _OF_ENTITY), ("facts.jsonl", ("id", "subject", "evidence")))]
    return Build(*rows)


def of_graph(graph: "KnowledgeGraph") -> Build:
    """Return the rows of a graph."""
    return Build(tuple(graph.entities()), tuple(graph.facts()))


def compare(before: Build, after: Build) -> Difference:
    """Tell what differs between two builds."""
    matched = _match_entities(before.entities, after.entities)
    return Difference(tuple(_documents(before, after)), tuple(_entities(before, after, matched)), tuple(_facts(before, after, matched)))


def _by_verdict(changes: Sequence[Change]) -> dict[str, list[dict[str, Any]]]:
    return {verdict: [change.to_json() for change in changes if change.verdict == verdict] for verdict in VERDICTS}


def _rows(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    try:
        lines = path.read_bytes().decode().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GraphFileError(f"{path}: cannot be read: {error}; build the folder again") from error
    for number, line in enumerate(lines, start=1):
        if line:
            yield _row(line, needed, f"{path}:{number}")


def _row(line: str, needed: Sequence[str], where: str) -> Row:
    try:
        row: Row = json.loads(line)
        missing = [name for name in needed if name not in row]
    except (ValueError, TypeError) as error:
        raise GraphFileError(f"{where}: is no row: {error}; build the folder again") from error
    if missing:
        raise GraphFileError(f"{where}: the row lacks {missing[0]!r}; build the folder again")
    return row


def _documents(before: Build, after: Build) -> Iterator[tuple[Verdict, str]]:
    yield from (("added", name) for name in sorted(after.documents - before.documents))
    yield from (("lost", name) for name in sorted(before.documents - after.documents))


def _match_entities(before: Sequence[Row], after: Sequence[Row]) -> dict[str, str]:
    """Return which entity of the second build each of the first became: one of its id, else the one that shares most mentions."""
    kept = {row["id"] for row in after}
    matched = {row["id"]: row["id"] for row in before if row["id"] in kept}
    spoken = {mention: row["id"] for row in after if row["id"] not in matched for mention in _spans(row["mentions"])}
    shared = Counter((row["id"], spoken[m]) for row in before if row["id"] not in matched for m in _spans(row["mentions"]) if m in spoken)
    taken: set[str] = set()
    for old, new in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if old not in matched and new not in taken:
            matched[old] = new
            taken.add(new)
    return matched


def _spans(rows: Iterable[Row]) -> set[tuple[str, int, int]]:
    return {(row["document"], row["start"], row["end"]) for row in rows}


def _entities(before: Build, after: Build, matched: Mapping[str, str]) -> Iterator[Change]:
    old, new = ({row["id"]: row for row in build.entities} for build in (before, after))
    became = {one: other for one, other in matched.items() if one in old and other in new}
    yield from (Change("added", None, new[ident]) for ident in new if ident not in became.values())
    yield from (Change("lost", old[ident], None) for ident in old if ident not in became)
    for ident, row in old.items():
        if ident in became and (fields := _differing(row, new[became[ident]], _OF_ENTITY)):
            yield Change("changed", row, new[became[ident]], fields)


def _facts(before: Build, after: Build, matched: Mapping[str, str]) -> Iterator[Change]:
    pairs = _match_facts(before.facts, after.facts, matched)
    found = set(pairs.values())
    yield from (Change("added", None, row) for number, row in enumerate(after.facts) if number not in found)
    yield from (Change("lost", row, None) for number, row in enumerate(before.facts) if number not in pairs)
    for number, other in sorted(pairs.items()):
        old, new = before.facts[number], after.facts[other]
        if fields := _differing(_in_order_of(new, _renamed(old, matched)), new, _OF_FACT):
            yield Change("changed", _in_order_of(new, old, matched), new, fields)


def _match_facts(before: Sequence[Row], after: Sequence[Row], matched: Mapping[str, str]) -> dict[int, int]:
    """Return which fact (by number) each became: of the same ends by id, then by the words that say it; then of one end by these words."""
    pairs: dict[int, int] = {}
    for keys, same in ((_by_both_ends, _same_id), (_by_both_ends, _same_words), (_by_an_end, _same_words)):
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, row in enumerate(after):
            for key in keys(row, {}):
                alike[key].append(number)
        taken = set(pairs.values())
        for number, row in enumerate(before):
            near = [n for key in keys(row, matched) for n in alike[key]] if number not in pairs else []
            became = next((n for n in near if n not in taken and same(row, after[n])), None)
            if became is not None:
                pairs[number] = became
                taken.add(became)
    return pairs


def _same_id(one: Row, other: Row) -> bool:
    return bool(one["id"] == other["id"])


def _same_words(one: Row, other: Row) -> bool:
    return not _spans(one["evidence"]).isdisjoint(_spans(other["evidence"]))


def _by_both_ends(fact: Row, matched: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [(fact["relation"], *sorted(_end(fact[role], matched) for role in ("subject", "object")))]


def _by_an_end(fact: Row, matched: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [(fact["relation"], _end(fact[role], matched)) for role in ("subject", "object")]


def _end(end: Row, matched: Mapping[str, str]) -> str:
    return matched.get(end["id"], end["id"]) if "id" in end else f"{end['datatype']} {end['value']}"


def _renamed(fact: Row, matched: Mapping[str, str]) -> Row:
    """Give what a fact names the ids of the second build, so that only real changes are seen."""
    named = {name: fact.get(name) for name in ("subject", "object", "speaker", "place", "theme")}
    return {**fact, **{name: {**end, "id": matched.get(end["id"], end["id"])} for name, end in named.items() if isinstance(end, dict) and "id" in end}}


def _in_order_of(new: Row, old: Row, matched: Mapping[str, str] | None = None) -> Row:
    """Turn the ends of a fact that holds both ways as the other has them: their order says nothing."""
    known = load_catalogue().relations.get(old["relation"])
    ends = {role: _end(old[role], matched or {}) for role in ("subject", "object")}
    turned = ends["subject"] == _end(new["object"], {}) or ends["object"] == _end(new["subject"], {})
    return {**old, "subject": old["object"], "object": old["subject"]} if known and known.symmetric and turned else old


def _differing(before: Row, after: Row, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if _comparable(name, before.get(name)) != _comparable(name, after.get(name)))


def _comparable(name: str, value: Any) -> Any:
    if name in ("mentions", "evidence"):
        return _spans(value or ())
    if name == "confidence":
        return round(value or 0.0, DIGITS)
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    return value
