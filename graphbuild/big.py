"""Assembly beyond memory: the graph that `graph.assemble` makes, held in a database on disk instead.

What is computed over documents falls apart into groups that know nothing of each other: what bears one link or name, what is alike,
what is told of two ends, what happened at once. SQLite, which comes with Python, sorts and joins them on disk; what is done with a
group is done by the functions that do it in memory (`identity`, `claims`, `sources`), where all is one group. So memory holds the largest group, a
cache, and a few numbers for each entity; the database is a file that nobody else sees, and that is gone when its process is.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, combinations, groupby
from operator import itemgetter
from typing import Any, Final, TypeVar

from graphbuild import identity
from graphbuild.agreement import Partition
from graphbuild.amend import Rulings, amended, check_documents, rulings
from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.claims import Telling, Told, claims_between, ends_of, event_id, tellings, with_event
from graphbuild.corrections import Corrections
from graphbuild.errors import OutputError
from graphbuild.garbage import no_search_for_cycles
from graphbuild.graph import KnowledgeGraph, assemble, described, refuse_duplicate
from graphbuild.identity import BY_HAND, Bonds, Compared, Decision, Pair
from graphbuild.likeness import Likeness, Member, Unit, block_keys, unit_of
from graphbuild.records import Claim, Document, Entity, Extraction, Node, Span, Value
from graphbuild.shards import pack, unpack
from graphbuild.sources import ALIKE, Copies, bands, hashes_of, of_one_agency, of_one_text, resemblance

MOST_IN_MEMORY: Final = 32_000_000
"""Characters of text, some 40,000 news items, from which on a graph is held on disk if nobody says otherwise; in memory it takes about 4 GiB."""
CACHE: Final = 128 * 2**20
"""Bytes of the database that are held in memory."""
_UNITS: Final = 10_000
"""Units that are held while pairs are compared."""
_NODES: Final = 20_000
"""Nodes that are held while facts are written."""
_DOCUMENTS: Final = 50
"""Documents whose entities are looked up that are held."""
_T = TypeVar("_T")
_Row = tuple[Any, ...]

_TABLES: Final = """
CREATE TABLE document (id BLOB PRIMARY KEY, line BLOB);
CREATE TABLE member (number INTEGER PRIMARY KEY, document INTEGER, local BLOB, bond BLOB, row TEXT);
CREATE TABLE number (document INTEGER PRIMARY KEY, id BLOB);
CREATE TABLE signature (hashes BLOB, document INTEGER);
CREATE TABLE origin (name BLOB, document INTEGER);
CREATE TABLE first (hashes BLOB, document INTEGER PRIMARY KEY);
CREATE TABLE band (key BLOB, document INTEGER);
CREATE TABLE near (one INTEGER, other INTEGER);
CREATE TABLE copy (one INTEGER, other INTEGER, alikeness REAL);
CREATE TABLE copies (row TEXT);
CREATE TABLE unit (number INTEGER PRIMARY KEY, row TEXT);
CREATE TABLE of_unit (unit INTEGER, number INTEGER, document INTEGER);
CREATE TABLE block (key BLOB, unit INTEGER);
CREATE TABLE pair (one INTEGER, other INTEGER);
CREATE TABLE alike (one INTEGER, other INTEGER, level INTEGER, reason TEXT, score REAL, against TEXT);
CREATE TABLE joined (unit INTEGER PRIMARY KEY, part INTEGER);
CREATE TABLE made (part INTEGER PRIMARY KEY, id TEXT, name BLOB, first TEXT, row TEXT);
CREATE TABLE of_node (part INTEGER, number INTEGER PRIMARY KEY);
CREATE TABLE node (part INTEGER PRIMARY KEY, id TEXT, name BLOB, row TEXT);
CREATE TABLE decision (kind INTEGER, left_document BLOB, left_start INTEGER, left_end INTEGER, left_name BLOB,
  right_document BLOB, right_start INTEGER, right_end INTEGER, right_name BLOB, reason BLOB, row TEXT);
CREATE TABLE telling (ends BLOB, row TEXT);
CREATE TABLE claim (id TEXT, proposition TEXT, subject TEXT, relation BLOB, object TEXT, value BLOB, start BLOB, listed INTEGER, row TEXT);
CREATE TABLE happening (proposition TEXT, at BLOB);
CREATE TABLE numbered (proposition TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE event (proposition TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
"""


class Anew(Iterable[_T]):
    """What can be gone through several times, made anew each time."""

    def __init__(self, make: Callable[[], Iterator[_T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[_T]:
        return self._make()


class Rows(Anew[_T], Collection[_T]):
    """What a query finds, and how much that is."""

    def __init__(self, make: Callable[[], Iterator[_T]], count: Callable[[], int]) -> None:
        super().__init__(make)
        self._count = count

    def __len__(self) -> int:
        return self._count()

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)


@dataclass(frozen=True, eq=False)
class BigGraph(KnowledgeGraph):
    """A knowledge graph whose parts are read from a database whenever they are gone through, one after the other.

    It answers whatever `KnowledgeGraph` answers; what needs all of it at once (`nx`, `node` by name) takes the memory for all of it.
    """

    tables: "Tables" = field(repr=False, kw_only=True)

    @cached_property
    def claims(self) -> Collection[Claim]:
        """All claims, sorted by id."""
        return Rows(lambda: (told.claim for told in self.told), self.told.__len__)

    @cached_property
    def listed(self) -> Collection[Claim]:
        """The claims that say more than stronger ones imply, in the order of facts.jsonl."""
        return Rows(self.tables.listed, lambda: self.tables.database.number("SELECT count(*) FROM claim WHERE listed"))

    @cached_property
    def documents(self) -> Collection[Document]:
        """The documents, sorted by id."""
        return Rows(lambda: (x.document for x in self.extractions), self.extractions.__len__)

    @cached_property
    def node_of(self) -> Mapping[tuple[str, str], str]:
        """(document, local entity) → node id."""
        return _NodeOf(self.tables)

    def described(self, ident: str) -> dict[str, Any]:
        """Return a node as rows have it."""
        return described(self.tables.named(ident))

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of entities.jsonl: every node with its mentions, sorted by name and id."""
        return self.tables.entities()


@no_search_for_cycles()
def assemble_big(extractions: Iterable[Extraction], catalogue: Catalogue | None = None, corrections: Corrections | None = None) -> BigGraph:
    """Join what documents say into one graph, as `graph.assemble` does, on disk: in the folder for temporary files.

    Raises:
        CorrectionError, DuplicateDocument, GraphFileError: as `graph.assemble` does.
        OutputError: there is no room on disk.
    """
    tables = Tables(catalogue or load_catalogue(), corrections or Corrections())
    tables.take(extractions)
    tables.find_copies()
    tables.find_units()
    tables.find_alike()
    tables.find_nodes()
    tables.find_claims()
    return BigGraph(
        Rows(tables.extractions, tables.count),
        tables.catalogue,
        Rows(tables.nodes, lambda: tables.database.number("SELECT count(*) FROM node")),
        Rows(tables.told, lambda: tables.database.number("SELECT count(*) FROM claim")),
        Rows(tables.decisions, lambda: tables.database.number("SELECT count(*) FROM decision")),
        tables.corrections,
        Rows(tables.as_read, tables.count),
        Rows(tables.copies, lambda: tables.database.number("SELECT count(*) FROM copies")),
        tables=tables,
    )


def assemble_either(
    extractions: Iterable[Extraction], catalogue: Catalogue | None = None, corrections: Corrections | None = None, *, on_disk: bool
) -> KnowledgeGraph:
    """Join what documents say into one graph, on disk or in memory; raises what they raise."""
    return (assemble_big if on_disk else assemble)(extractions, catalogue, corrections)


class Database:
    """A database in a file for this process alone; the file has no name, so that nothing is left of it.

    Queries say CROSS JOIN, as SQLite then takes tables in the order in which they stand; it knows too little of new tables to choose well.
    Columns have types, as it does not look for a number among values of unknown type by an index.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.executescript(f"PRAGMA cache_size = -{CACHE // 1024}; PRAGMA temp_store = FILE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        self._connection.execute("BEGIN")

    def run(self, *statements: str) -> None:
        """Execute statements.

        Raises:
            OutputError: there is no room on disk.
        """
        for statement in statements:
            for _ in self.rows(statement):
                pass

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[_Row]:
        """Yield the rows of a query as they are asked for.

        Raises:
            OutputError: there is no room on disk to sort in.
        """
        with _saying_what_is_wrong():
            yield from self._connection.execute(query, values)

    def number(self, query: str) -> int:
        """Return the number that a query finds."""
        return int(next(self.rows(query))[0])

    def fill(self, table: str, rows: Iterable[_Row]) -> None:
        """Put rows into a table; they may come from queries on others.

        Raises:
            OutputError: there is no room on disk.
        """
        every = iter(rows)
        first = next(every, None)
        if first is not None:
            with _saying_what_is_wrong():
                self._connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})", chain((first,), every))  # noqa: S608  # names of our own

    def size(self) -> int:
        """Return how many bytes the database takes."""
        return self.number("PRAGMA page_count") * self.number("PRAGMA page_size")

    def drop(self, *tables: str) -> None:
        """Give the room of tables to others."""
        self.run(*(f"DROP TABLE {table}" for table in tables))

    def function(self, name: str, does: Callable[..., Any], arguments: int = 1) -> None:
        """Let queries call a function."""
        self._connection.create_function(name, arguments, does, deterministic=True)


@contextmanager
def _saying_what_is_wrong() -> Iterator[None]:
    """Turn what SQLite says of a full disk into an `OutputError`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"the folder for temporary files has no room for the graph: {error}; set TMPDIR to another folder") from error


class Tables:
    """The tables of one graph, made one after the other."""

    def __init__(self, catalogue: Catalogue, corrections: Corrections) -> None:
        self.catalogue, self.corrections = catalogue, corrections
        self.database = Database()
        self.database.run(*_TABLES.split(";"))
        self._ruled = Rulings()
        self._sources = Partition(0)
        self._copied = bytearray()
        self._unit = lru_cache(_UNITS)(self._read_unit)
        self.named = lru_cache(_NODES)(self._read_node)
        self.nodes_of = lru_cache(_DOCUMENTS)(self._read_nodes_of)

    # Documents.

    def take(self, extractions: Iterable[Extraction]) -> None:
        """Take in extractions, each once, in any order."""
        self.database.fill("document", self._one_each(extractions))
        check_documents(self.corrections, _Known(self._extraction))
        asked = sorted({ref.document for p in self.corrections.pairings for ref in (p.left, p.right)})
        self._ruled = rulings(filter(None, map(self._extraction, asked)), self.corrections)

    def _one_each(self, extractions: Iterable[Extraction]) -> Iterator[_Row]:
        for extraction in extractions:
            ident = extraction.document.id
            other = self._extraction(ident)
            if other is None:
                yield _bytes(ident), pack(_json(extraction.to_json()).encode())
            elif other != extraction:
                refuse_duplicate(extraction, other)

    def _extraction(self, ident: str) -> Extraction | None:
        row = next(self.database.rows("SELECT line FROM document WHERE id = ?", (_bytes(ident),)), None)
        return Extraction.from_json(json.loads(unpack(row[0]))) if row else None

    def as_read(self) -> Iterator[Extraction]:
        """Yield the extractions, sorted by document id."""
        for (line,) in self.database.rows("SELECT line FROM document ORDER BY id"):
            yield Extraction.from_json(json.loads(unpack(line)))

    def extractions(self) -> Iterator[Extraction]:
        """Yield the extractions as people decided, sorted by document id."""
        return amended(self.as_read(), self.corrections, self.catalogue)

    def count(self) -> int:
        """Return the number of documents."""
        return self.database.number("SELECT count(*) FROM document")

    def _id(self, document: int) -> str:
        return _text(next(self.database.rows("SELECT id FROM number WHERE document = ?", (document,)))[0])

    # Sources.

    def find_copies(self) -> None:
        """Find out which documents are one source."""
        for number, x in enumerate(self.extractions()):
            document = x.document
            self.database.fill("number", [(number, _bytes(document.id))])
            self.database.fill("signature", [(hashes, number)] if (hashes := hashes_of(document)) else ())
            self.database.fill("origin", [(_bytes(document.origin), number)] if document.origin else ())
        self._sources, self._copied = Partition(self.count()), bytearray(self.count())
        self.database.fill("copies", ((_json([list(c.documents), c.reason]),) for c in chain(self._of_agencies(), self._of_texts())))
        self.database.drop("signature", "origin", "first", "band", "near", "copy")

    def _of_agencies(self) -> Iterator[Copies]:
        for name, documents in _grouped(self.database.rows("SELECT name, document FROM origin ORDER BY name, document")):
            if found := of_one_agency(_text(name), self._as_one_source([number for (number,) in documents])):
                yield found

    def _of_texts(self) -> Iterator[Copies]:
        """Yield copies of texts; those with one signature are compared with others as one."""
        database, texts = self.database, Partition(self.count())
        database.run("INSERT INTO first SELECT hashes, min(document) FROM signature GROUP BY hashes")
        for _, same in _grouped(database.rows("SELECT hashes, document FROM signature ORDER BY hashes, document")):
            texts.join([number for (number,) in same])
        database.fill("band", ((band, n) for hashes, n in database.rows("SELECT hashes, document FROM first") for band in bands(hashes)))
        blocks = ([n for (n,) in some] for _, some in _grouped(database.rows("SELECT key, document FROM band ORDER BY key, document")))
        database.fill("near", (pair for block in blocks for pair in combinations(block, 2)))
        database.fill("copy", self._resembling())
        for one, other in database.rows("SELECT one, other FROM copy"):
            texts.join((one, other))
        database.function("class", texts.least)
        least: dict[int, float] = dict(database.rows("SELECT class(one), min(alikeness) FROM copy GROUP BY class(one)"))
        for first, same in _grouped(database.rows("SELECT class(document), document FROM signature ORDER BY 1, 2")):
            if len(numbers := [number for (number,) in same]) > 1:
                yield of_one_text(self._as_one_source(numbers), least.get(first, 1.0))

    def _resembling(self) -> Iterator[_Row]:
        pairs = "SELECT DISTINCT one, other FROM near"
        both = f"SELECT p.one, p.other, a.hashes, b.hashes FROM ({pairs}) p CROSS JOIN first a ON a.document = p.one CROSS JOIN first b ON b.document = p.other"  # noqa: S608
        for one, other, left, right in self.database.rows(both):
            if (alikeness := resemblance(left, right)) >= ALIKE:
                yield one, other, alikeness

    def _as_one_source(self, numbers: Sequence[int]) -> list[str]:
        """Note that documents are one source, if they are several, and return their ids."""
        if len(numbers) > 1:
            self._sources.join(numbers)
            for number in numbers:
                self._copied[number] = True
        return list(map(self._id, numbers))

    def _source(self, document: int) -> str | None:
        return self._id(self._sources.least(document)) if self._copied[document] else None

    def copies(self) -> Iterator[Copies]:
        """Yield the documents that are one source."""
        for (row,) in self.database.rows("SELECT row FROM copies ORDER BY rowid"):
            documents, reason = json.loads(row)
            yield Copies(tuple(documents), reason)

    # Units.

    def find_units(self) -> None:
        """Put together what is one beyond question."""
        bonds, database = Bonds(self._ruled), self.database
        database.fill("member", self._members(bonds))
        database.function("least", bonds.least)
        first = "SELECT number, document, min(number) OVER (PARTITION BY least(bond)) AS first FROM member"
        database.run(
            f"INSERT INTO of_unit SELECT dense_rank() OVER (ORDER BY first) - 1, number, document FROM ({first})",  # noqa: S608
            "CREATE INDEX of_unit_ ON of_unit (unit, number, document)",
        )
        database.fill("unit", self._units())
        database.fill("decision", (_decided(0, decision) for _, members in self._parts() for decision in identity.within(members, self._ruled)))

    def _members(self, bonds: Bonds) -> Iterator[_Row]:
        number = 0
        for document, x in enumerate(self.extractions()):
            for member in sorted(identity.members_of(x), key=lambda m: m.order):
                mentions = [[m.span.start, m.span.end, m.form] for m in (x.mentions[n] for n in member.entity.mentions)]
                yield number, document, _bytes(member.entity.id), bonds.of(member), _packed_member(member, mentions)
                number += 1

    def _parts(self) -> Iterator[tuple[int, Iterator[Member]]]:
        """Yield the members of each unit, in the order of first members."""
        query = "SELECT u.unit, m.row FROM of_unit u CROSS JOIN member m ON m.number = u.number ORDER BY u.unit, u.number"
        return ((unit, (_member(row) for (row,) in rows)) for unit, rows in _grouped(self.database.rows(query)))

    def _units(self) -> Iterator[_Row]:
        for number, members in self._parts():
            unit = unit_of(members, self.catalogue)
            self.database.fill("block", ((_bytes(f"{unit.family}\0{key}"), number) for key in sorted(block_keys(unit))))
            yield number, _packed_unit(unit)

    def _read_unit(self, number: int) -> Unit:
        return _unit(next(self.database.rows("SELECT row FROM unit WHERE number = ?", (number,)))[0])

    # Likeness.

    def find_alike(self) -> None:
        """Compare units that may be one, and join those that are."""
        database = self.database
        blocks = ([unit for (unit,) in units] for _, units in _grouped(database.rows("SELECT key, unit FROM block ORDER BY key, unit")))
        database.fill("pair", (pair for block in blocks for pair in identity.pairs_of(block, lambda number: self._unit(number).keys)))
        parted = identity.parted_units(self._ruled, {m: self._unit_of_member(m) for pair in self._ruled.vetoes for m in pair})
        database.fill("alike", chain(self._alike(), ((*pair, None, "", 0.0, None) for pair in sorted(parted))))
        database.run("CREATE INDEX of_document ON of_unit (unit, document)")
        parts = Partition(database.number("SELECT count(*) FROM unit"))
        for pair in database.rows("SELECT one, other FROM alike"):
            parts.join(pair)
        database.function("part", parts.least)
        query = "SELECT part(one), one, other, level, reason, score, against FROM alike ORDER BY 1, 2, 3, 4"
        for _, rows in _grouped(database.rows(query)):
            compared = self._compared(rows)
            together = identity.groups(compared)
            database.fill("joined", ((number, group[0]) for group in together for number in group if len(group) > 1))
            database.fill("decision", (_decided(2, decision) for decision in identity.between(compared, together)))
        members = (_member(row) for member in sorted({m for pin in self._ruled.pins for m in pin}) for row in self._rows_of_member(member))
        database.fill("decision", (_decided(1, decision) for decision in identity.pinned(members, self._ruled)))
        database.drop("unit", "block", "pair", "alike")

    def _alike(self) -> Iterator[_Row]:
        for one, other in self.database.rows("SELECT DISTINCT one, other FROM pair ORDER BY one, other"):
            if found := identity.compare(self._unit(one), self._unit(other), self.catalogue):
                yield one, other, *found[0], found[1]

    def _compared(self, rows: Iterable[_Row]) -> Compared:
        alike: dict[Pair, Likeness] = {}
        against: dict[Pair, str] = {}
        parted = set[Pair]()
        for one, other, level, reason, score, conflict in rows:
            if level is None:
                parted.add((one, other))
                continue
            alike[one, other] = Likeness(level, reason, score)
            if conflict:
                against[one, other] = conflict
        units = {number: self._unit(number) for number in sorted({n for pair in (*alike, *parted) for n in pair})}
        return Compared(units, alike, against | dict.fromkeys(sorted(parted), BY_HAND), frozenset(parted), self._spread)

    def _spread(self, units: Collection[int]) -> int:
        query = "SELECT count(DISTINCT document) FROM of_unit WHERE unit IN (SELECT value FROM json_each(?))"
        return int(next(self.database.rows(query, (_json(list(units)),)))[0])

    def _rows_of_member(self, member: tuple[str, str]) -> list[str]:
        query = "SELECT row FROM member WHERE local = ? AND document = (SELECT document FROM number WHERE id = ?)"
        return [row for (row,) in self.database.rows(query, (_bytes(member[1]), _bytes(member[0])))]

    def _unit_of_member(self, member: tuple[str, str]) -> int:
        query = """SELECT unit FROM of_unit u CROSS JOIN member m ON m.number = u.number
                   WHERE m.local = ? AND m.document = (SELECT document FROM number WHERE id = ?)"""
        return int(next(self.database.rows(query, (_bytes(member[1]), _bytes(member[0]))))[0])

    def decisions(self) -> Iterator[Decision]:
        """Yield why entities are one or not, in the order of identities.jsonl."""
        order = "left_document, left_start, left_end, left_name, right_document, right_start, right_end, right_name, reason, kind, rowid"
        for (row,) in self.database.rows(f"SELECT row FROM decision ORDER BY {order}"):  # noqa: S608
            yield Decision.from_json(json.loads(row))

    # Nodes.

    def find_nodes(self) -> None:
        """Make the nodes, with ids."""
        database = self.database
        database.run(
            "INSERT INTO of_node SELECT coalesce(j.part, u.unit), number FROM of_unit u LEFT JOIN joined j ON j.unit = u.unit",
            "CREATE INDEX of_node_ ON of_node (part, number)",
            "CREATE INDEX in_document ON member (document)",
        )
        query = "SELECT o.part, m.row FROM of_node o CROSS JOIN member m ON m.number = o.number ORDER BY o.part, o.number"
        database.fill("made", (self._made(part, (_member(row) for (row,) in rows)) for part, rows in _grouped(database.rows(query))))
        database.function("own_id", _own_id, 3)
        own = "CASE WHEN count(*) OVER (PARTITION BY id) > 1 THEN own_id(id, name, first) ELSE id END"
        database.run(
            f"INSERT INTO node SELECT part, {own}, name, row FROM made",  # noqa: S608
            "CREATE UNIQUE INDEX node_id ON node (id)",
        )
        database.drop("of_unit", "joined", "made")

    def _made(self, part: int, members: Iterator[Member]) -> _Row:
        node = identity.node_of_members(members, self.catalogue)
        return part, node.id, _bytes(node.name), _json(node.members[0]), _json([node.type, node.name, node.aliases, node.links])

    def _read_node(self, ident: str) -> Node:
        """Return a node by its id, without its members."""
        label, name, aliases, links = json.loads(next(self.database.rows("SELECT row FROM node WHERE id = ?", (ident,)))[0])
        return Node(ident, label, name, tuple(aliases), tuple(links))

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes with their members, sorted by id."""
        for part, ident, row in self.database.rows("SELECT part, id, row FROM node ORDER BY id"):
            label, name, aliases, links = json.loads(row)
            yield Node(ident, label, name, tuple(aliases), tuple(links), tuple(_member(member).id for member in self._members_of(part)))

    def _members_of(self, part: int) -> Iterator[str]:
        query = "SELECT m.row FROM of_node o CROSS JOIN member m ON m.number = o.number WHERE o.part = ? ORDER BY o.number"
        return (row for (row,) in self.database.rows(query, (part,)))

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of entities.jsonl."""
        for part, ident in self.database.rows("SELECT part, id FROM node ORDER BY name, id"):
            found = {(document, start, end, form) for row in self._members_of(part) for document, start, end, form in _mentions(row)}
            mentions = [{"document": document, "start": start, "end": end, "form": form} for document, start, end, form in sorted(found)]
            yield described(self._read_node(ident)) | {"mentions": mentions}

    def _read_nodes_of(self, document: str) -> Mapping[str, str]:
        query = """SELECT m.local, n.id FROM member m CROSS JOIN of_node o ON o.number = m.number CROSS JOIN node n ON n.part = o.part
                   WHERE m.document = (SELECT document FROM number WHERE id = ?)"""
        return {_text(local): node for local, node in self.database.rows(query, (_bytes(document),))}

    # Claims.

    def find_claims(self) -> None:
        """Join statements into claims, and those into events."""
        database = self.database
        database.fill("telling", self._tellings())
        query = "SELECT ends, row FROM telling ORDER BY ends, rowid"
        database.fill("claim", (row for _, rows in _grouped(database.rows(query)) for row in self._claims(rows)))
        database.run("INSERT INTO numbered SELECT proposition, row_number() OVER (ORDER BY proposition) - 1 FROM happening GROUP BY proposition")
        events = Partition(database.number("SELECT count(*) FROM numbered"))
        at_once = "SELECT h.at, n.number FROM happening h CROSS JOIN numbered n ON n.proposition = h.proposition WHERE h.at IS NOT NULL ORDER BY h.at, n.number"
        for _, numbers in _grouped(database.rows(at_once)):
            events.join([number for (number,) in numbers])
        database.function("event", events.least)
        found = ((ident, list(rows)) for ident, rows in _grouped(database.rows("SELECT event(number), proposition FROM numbered ORDER BY 1, 2")))
        database.fill("event", ((proposition, ident) for _, rows in found for ident in [event_id(p for (p,) in rows)] for (proposition,) in rows))
        database.run("CREATE INDEX claim_ ON claim (id)")
        database.drop("telling", "happening", "numbered")

    def _tellings(self) -> Iterator[_Row]:
        node_of = _NodeOf(self)
        for number, x in enumerate(self.extractions()):
            for telling in tellings(x, node_of, self.catalogue, self._source(number)):
                yield _json(ends_of(telling.statement)).encode(), _json(telling.to_json())

    def _claims(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        for told in claims_between((Telling.from_json(json.loads(row)) for (row,) in rows), self.catalogue):
            claim = told.claim
            node, value = (None, _bytes(claim.object.value)) if isinstance(claim.object, Value) else (claim.object, None)
            start = _bytes((claim.time.start or "") if claim.time else "")
            yield claim.id, told.proposition, claim.subject, _bytes(claim.relation), node, value, start, told.listed, _json(told.to_json())
            if self.catalogue.relations[claim.relation].shape == "event":
                self.database.fill("happening", [(told.proposition, None), *((told.proposition, _json(place).encode()) for place in told.happenings)])

    def told(self) -> Iterator[Told]:
        """Yield the claims with their tellings, sorted by id."""
        for row, event in self.database.rows("SELECT c.row, e.id FROM claim c LEFT JOIN event e ON e.proposition = c.proposition ORDER BY c.id"):
            yield with_event(Told.from_json(json.loads(row)), event)

    def listed(self) -> Iterator[Claim]:
        """Yield the claims of facts.jsonl, in its order."""
        query = """SELECT c.row, e.id FROM claim c LEFT JOIN event e ON e.proposition = c.proposition
                   CROSS JOIN node s ON s.id = c.subject LEFT JOIN node o ON o.id = c.object
                   WHERE c.listed ORDER BY s.name, c.relation, coalesce(c.value, o.name), c.start, c.id"""
        for row, event in self.database.rows(query):
            yield with_event(Told.from_json(json.loads(row)), event).claim


class _NodeOf(Mapping[tuple[str, str], str]):
    """(document, local entity) → node id, read document by document."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __getitem__(self, member: tuple[str, str]) -> str:
        document, local = member
        return self._tables.nodes_of(document)[local]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((x.document.id, local) for x in self._tables.as_read() for local in self._tables.nodes_of(x.document.id))

    def __len__(self) -> int:
        return self._tables.database.number("SELECT count(*) FROM member")


class _Known(Collection[str]):
    """The ids of documents, as far as one may ask whether they are known."""

    def __init__(self, extraction: Callable[[str], Extraction | None]) -> None:
        self._extraction = extraction

    def __contains__(self, ident: object) -> bool:
        return isinstance(ident, str) and self._extraction(ident) is not None

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def _grouped(rows: Iterable[_Row]) -> Iterator[tuple[Any, Iterator[_Row]]]:
    """Yield the rest of rows, which are sorted by their first column, by it."""
    for key, same in groupby(rows, key=itemgetter(0)):
        yield key, (row[1:] for row in same)


# Texts are compared byte by byte, as Python compares them, and may hold halves of surrogate pairs.


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _packed_member(member: Member, mentions: list[Any]) -> str:
    e = member.entity
    entity = [e.id, e.type, e.name, e.aliases, e.links]
    return _json([member.document, entity, [member.span.start, member.span.end], member.named, sorted(member.traits), mentions])


def _member(row: str) -> Member:
    document, (local, label, name, aliases, links), span, named, traits, _ = json.loads(row)
    entity = Entity(local, label, name, tuple(aliases), links=tuple(links))
    return Member(document, entity, Span(*span), named, frozenset(map(tuple, traits)))


def _mentions(row: str) -> Iterator[tuple[str, int, int, str]]:
    document, *_, mentions = json.loads(row)
    return ((document, start, end, form) for start, end, form in mentions)


def _packed_unit(unit: Unit) -> str:
    document, span, name = unit.first
    first = [document, [span.start, span.end], name]
    return _json([first, unit.named, unit.family, *(sorted(some) for some in (unit.forms, unit.aliases, unit.links, unit.traits))])


def _unit(row: str) -> Unit:
    (document, span, name), named, family, forms, aliases, links, traits = json.loads(row)
    sets = frozenset(map(tuple, forms)), frozenset(aliases), frozenset(links), frozenset(map(tuple, traits))
    return Unit((document, Span(*span), name), named, family, *sets)


def _decided(kind: int, decision: Decision) -> _Row:
    """Return a row of decisions; of equal ones those within units come first, then pins, then those between units."""
    sides = ((_bytes(document), span.start, span.end, _bytes(name)) for document, span, name in (decision.left, decision.right))
    left, right = sides
    return kind, *left, *right, _bytes(decision.reason), _json(decision.to_json())


def _own_id(ident: str, name: bytes, first: str) -> str:
    document, local = json.loads(first)
    return identity.own_id(ident, _text(name), (document, local))
