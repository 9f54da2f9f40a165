"""Feeds readers, cleaner, dates, the loaders of users' files, the model, the RDF writers and the endpoint with broken and hostile input, for a given time.

Usage: python benchmarks/fuzz.py [--minutes 30] [--seed 0] [--only readers,endpoint] [--write]; with --write the figures go to
benchmarks/results/fuzz.json. Hypothesis makes the input; what ends in an error that is not meant for users, takes too much processor
time, or gives invalid output is printed, shrunk, and counted. What was found once is kept as a test, in tests/test_found_by_fuzzing.py.
"""

import argparse
import faulthandler
import gzip
import io
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from benchmarks.speed import commit, processor
from graphbuild import catalogue
from graphbuild.catalogue import load_catalogue
from graphbuild.clean import clean
from graphbuild.corrections import read_corrections
from graphbuild.dates import find_times
from graphbuild.errors import CatalogueError, CorrectionError, DuplicateDocument, GazetteerError
from graphbuild.export import export
from graphbuild.export.rdf import FORMATS
from graphbuild.gazetteer import Gazetteer
from graphbuild.gazetteer.userfile import read_user_file
from graphbuild.graph import assemble
from graphbuild.pipeline import _reader
from graphbuild.query import questions
from graphbuild.read import READERS, read
from graphbuild.records import Document, Extraction, Failure, Value
from tests.documents import Told, talks
from tests.test_formats import FEED, MAIL, PAGE, STORY, packed

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "fuzz.json"
PATIENCE = 20.0
"""Processor seconds that one input may take; none is longer than some ten thousand characters."""
HANGS = 300.0
"""Seconds after which everything ends with a traceback, as when C code does not come back."""
BATCH = 100
"""Inputs that one run of Hypothesis makes."""
ISO = re.compile(r"(-?\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?)")

PIECES = (
    "On Monday|last week|yesterday|1 February 2023|Feb. 30, 2023|30 February|2023-13-45|0000-00-00|9999-12-31|between 2012 and |since 1 |until |the next day|"
    "in the 1990s|spring of 2022|three days ago|99999999999999999999 years ago|in 100,000 years|'48|June 31|Monday to Friday|SEOUL, Feb. 1 (AP) — |"
    "Ada Brook|met|Norland|the minister|said that|“|”|\"|‘|'|„|(|)|[|]|. |.|, |\n|\n\n|\r\n|\r|\t| |  |\u00a0|\u200b|\u2028|\x85|\x00|\x0b|"
    "\ufeff|\u202e|🙂|👩\u200d👩|"
    "é|e\u0301|Ã©|ï»¿|Ð|<b>|</p>|&amp;|&#xD800;|&#0;|<![CDATA[|]]>|<!--|%PDF|\\|\\u0000|{|}|\\ud800|http://a.example/b?c=d|a@b.example|www.|today today|"
    "the the|- |1. |Source: |Share|©|# |@|=|;|:|/|*|_|١٢٣|२०२३|十|ß|İ|ı|ﬁ|½|²|\ud800"
).split("|")  # fmt: skip
"""What texts are put together from beside anything at all."""


class Stalled(Exception):
    """An input took more processor time than it may."""


class Wrong(AssertionError):
    """What came out is not what was promised."""


def expect(truth: object, message: str) -> None:
    """Fail if something does not hold."""
    if not truth:
        raise Wrong(message)


# --- input --------------------------------------------------------------------------------------------------------------------------

TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec=None), max_size=12), max_size=60).map("".join) | st.builds(
    lambda piece, times, end: piece * times + end, st.sampled_from(PIECES) | st.text(max_size=3), st.integers(1, 3000), st.sampled_from(PIECES)
)


def _written(text: str) -> str:
    """Return a text as a file can hold it: without halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()


WELL_FORMED = TEXTS.map(_written)
SHORT = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=4), max_size=8).map(lambda parts: _written("".join(parts)))
DAYS = st.none() | st.dates()
BYTES = st.sampled_from(PIECES).map(lambda piece: piece.encode("utf-8", "surrogatepass")) | st.binary(max_size=8)


@st.composite
def mutated(draw: Callable[[Any], Any], samples: Sequence[bytes]) -> bytes:
    """Make bytes of a sample: parts cut out, doubled, moved and overwritten."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        how = draw(st.sampled_from(("replace", "double", "cut", "move")))
        part = bytes(data[start:end])
        if how == "move":
            del data[start:end]
            at = draw(st.integers(0, len(data)))
            data[at:at] = part
        else:
            data[start:end] = {"replace": draw(BYTES), "double": part * draw(st.integers(2, 300)), "cut": b""}[how]
    return bytes(data)


@cache
def samples() -> dict[str, tuple[bytes, ...]]:
    """Return good files of each kind, by suffix."""
    rows = json.dumps({"id": "x", "text": STORY, "published": "2024-05-03", "title": "T"}).encode()
    table = f'id,text,published\nr1,"{STORY}",2024-05-03\n'.encode()
    html, feed, mail, plain = PAGE.encode(), FEED.encode(), MAIL.encode(), STORY.encode()
    parts = mail.replace(b"Content-Type: text/plain; charset=utf-8", b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"')
    mixed = parts + b'\n--b\nContent-Type: text/html; charset="utf-7"\nContent-Transfer-Encoding: base64\n\nPHA+SGVsbG88L3A+\n--b--\n'
    known = {
        ".txt": (plain, b"date 2023-02-01\n\n" + plain, plain.decode().encode("utf-16")),
        ".md": (plain,),
        ".html": (html,),
        ".xhtml": (html,),
        ".pdf": (_pdf(),),
        ".docx": (_docx(),),
        ".eml": (mail, mixed),
        ".rss": (feed, feed.replace(b"<rss", b"<!ENTITY a '&#38;a;&#38;a;'><rss")),
        ".xml": (feed,),
        ".jsonl": (rows + b"\n" + rows.replace(b'"x"', b'"y"') + b"\n",),
        ".json": (rows, b"[" + rows + b"," + rows.replace(b'"x"', b'"y"') + b"]"),
        ".csv": (table,),
        ".gz": (gzip.compress(plain, mtime=0),),
        ".zip": (packed(a__txt=plain, b__csv=table, c__html=html, d__zip=packed(e__eml=mail)), _stored()),
    }
    return {suffix: (*known.get(suffix, ()), b"") for suffix in READERS}


@st.composite
def word_files(draw: Callable[[Any], Any]) -> bytes:
    """Make a Word file of which one part is changed; changed as a whole, it would only be a broken archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_docx())) as good, zipfile.ZipFile(out, "w") as made:
        chosen = draw(st.sampled_from(sorted(good.namelist())))
        for name in good.namelist():
            data = good.read(name)
            made.writestr(name, draw(mutated((data,))) if name == chosen else data)
    return out.getvalue()


ANY_FILE = st.sampled_from(sorted(READERS)).flatmap(lambda suffix: st.tuples(st.just(suffix), mutated(samples()[suffix]) | WELL_FORMED.map(str.encode)))


def _pdf() -> bytes:
    from matplotlib.figure import Figure

    out, figure = io.BytesIO(), Figure(figsize=(12, 2))
    figure.text(0.05, 0.5, "Norway met Peru in Lisbon.")
    figure.savefig(out, format="pdf", metadata={"Title": "Ministers", "CreationDate": None})
    return out.getvalue()


@cache
def _docx() -> bytes:
    import docx

    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(STORY)
    made.save(out)
    return out.getvalue()


def _stored() -> bytes:
    """Return a zip whose members are not compressed, so that what is changed in it is changed in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.rss", FEED)
        archive.writestr("../b.json", json.dumps({"text": STORY}))
    return out.getvalue()


TARGETS: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {}


def fuzzed(*inputs: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a target, with the strategies that make its arguments."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        TARGETS[function.__name__] = function, inputs
        return function

    return register


# --- targets ------------------------------------------------------------------------------------------------------------------------


@fuzzed(ANY_FILE | st.tuples(st.just(".docx"), word_files()))
def readers(case: tuple[str, bytes]) -> None:
    """Any bytes under any suffix: documents that can be written, or a reason in one line."""
    suffix, data = case
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            found = list(read([path]))
        except DuplicateDocument:
            return
    expect(found, "neither documents nor a reason")
    for item in found:
        if isinstance(item, Failure):
            expect(item.reason.isprintable() and item.source.isprintable(), f"a reason of several lines: {item.reason!r}")
        else:
            item.to_line().encode()
            expect(item.text.strip(), "an empty document")
            expect(item.published is None or date.fromisoformat(item.published), "no day")


@fuzzed(TEXTS)
def cleaner(text: str) -> None:
    """Any text: the map to the raw text holds, and what is clean stays as it is in length of its map."""
    found = clean(text)
    expect(len(found.text) == len(found.starts) == len(found.ends), "the map is of another length")
    expect(list(found.starts) == sorted(found.starts) and list(found.ends) == sorted(found.ends), "the map goes back")
    expect(all(0 <= a <= b <= len(text) for a, b in zip(found.starts, found.ends, strict=True)), "the map leads out of the text")
    ends = [bound for span in found.paragraphs for bound in (span.start, span.end)]
    expect(ends == sorted(ends) and all(0 <= end <= len(found.text) for end in ends), "paragraphs overlap")


@fuzzed(TEXTS, DAYS)
def dates(text: str, published: date | None) -> None:
    """Any text at any day: times that are ISO 8601, do not end before they begin, and do not overlap."""
    at = 0
    for found in find_times(text, published):
        expect(at <= found.span.start < found.span.end <= len(text), "spans overlap, are empty, or lead out of the text")
        at = found.span.end
        for time_ in filter(None, (found.time, found.past, found.future)):
            known = [end for end in (time_.start, time_.end) if end is not None]
            expect(known and all(ISO.fullmatch(end) for end in known), f"no time: {time_}")
            if len(known) == 2 and not any(end.startswith("-") for end in known):
                shared = min(map(len, known))
                expect(known[0][:shared] <= known[1][:shared], f"ends before it begins: {time_}")


ENTRIES = tuple(path.read_bytes() for path in sorted((ROOT / "graphbuild" / "catalogue" / "relations").glob("*.toml")))
ENTRY = b'[greeted]\ngloss = "G."\nshape = "event"\nsubject = ["actor"]\nobject = ["actor"]\nimplies = ["met"]\nverbs = [{lemma = "greet", object = "obj"}]\n'
FIELDS = {"gloss": '"G."', "shape": '"event"', "subject": '["actor"]', "object": '["actor"]', "verbs": '[{lemma = "greet", object = "obj"}]'}
OTHERS = st.sampled_from("label recurs symmetric plover mode datatype subPropertyOf implies inverse nouns adjectives".split()) | st.sampled_from(sorted(FIELDS))
VALUES = st.sampled_from(
    """"" | "met" | 3 | nan | true | [] | [3] | ["actor"] | ["met"] | [[]] | {} | {a = 1} | [{a = 1}] | 2020-01-01 | "xsd:date" | "xsd:\ufff0 <" | "EVENT" |
    "obj>>:" | [{lemma = 3}] | [{lemma = "a", object = "obl:with > nmod"}]""".split("|")
) | st.tuples(
    st.sampled_from("lemma subject object theme particle noun requires members when among by class".split()),
    st.sampled_from(('""', "3", "[3]", '["actor"]', "{}", '"a | b"', '">"', '"Person"', "true")),
).map(lambda pair: f'[{{lemma = "x", {pair[0]} = {pair[1]}}}]')
NAMES_OF_RELATIONS = st.sampled_from(("greeted", "met", '"a b"', '"<>"', "1", '""', "é", '"a.b"')) | st.text(max_size=3).map(json.dumps)


@fuzzed(mutated((ENTRY,)) | mutated(ENTRIES) | st.builds(
    lambda name, fields: "\n".join([f"[{name}]", *(f"{key} = {value}" for key, value in (FIELDS | fields).items())]).encode("utf-8", "surrogatepass"),
    NAMES_OF_RELATIONS, st.dictionaries(OTHERS, VALUES, max_size=3),
))  # fmt: skip
def catalogues(data: bytes) -> None:
    """Any file as a catalogue: it is loaded and can be looked through, or refused with its name."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(catalogue, "_toml", _toml):
        path = Path(folder) / "my.toml"
        path.write_bytes(data)
        try:
            loaded = load_catalogue((path,))
        except CatalogueError as error:
            expect(str(path) in str(error) and len(str(error).splitlines()) == 1, f"a reason without a file, or of several lines: {error}")
            return
    told = Told("a", "Ada Brook greeted Carl Dane.")
    told.entity("a", "Person", "Ada Brook")
    told.entity("b", "Person", "Carl Dane")
    for relation in loaded.relations.values():
        if relation.family == path.stem:
            told.say("a", relation.name, Value("2031", relation.datatype) if relation.datatype else "b", told.text)
    _triples(export(assemble([told.done()], loaded), "turtle"), "turtle")
    expect(loaded.evoked_by, "nothing evokes anything")


_read_toml = catalogue._toml
_kept_toml = cache(_read_toml)


def _toml(path: Path) -> dict[str, Any]:
    """Parse the shipped files only once."""
    return deepcopy(_kept_toml(path)) if path.is_relative_to(ROOT) else _read_toml(path)


ROWS = (
    b'{"same": [{"document": "a", "start": 9, "end": 15, "text": "A"}, {"document": "b", "start": 0, "end": 12}]}\n',
    b'{"edit": {"document": "a", "relation": "met", "subject": [9, 15], "object": [40, 43]}, "to": {"status": "denied", "time": "2031-03-04"}}\n',
    b'{"accept": {"document": "a", "relation": "met", "subject": [9, 15], "object": {"value": "1999-05"}, "evidence": [9, 43], "place": [1, 2]}}\n',
)
NAMES = (b"id,type,name,aliases,country,links,valid_from\nx/1,Person,Ada Brook,Ada|Brook,FR,http://www.wikidata.org/entity/Q42,2020-01\n",)


@fuzzed(mutated(ROWS), mutated(NAMES))
def users_files(decisions: bytes, names: bytes) -> None:
    """Any file as corrections or as a gazetteer: it is read, or refused in one line with its name."""
    with tempfile.TemporaryDirectory() as folder:
        for data, name, load in ((decisions, "my.jsonl", read_corrections), (names, "my.csv", _read_names)):
            path = Path(folder) / name
            path.write_bytes(data)
            try:
                load(path)
            except (CorrectionError, GazetteerError) as error:
                expect(str(path) in str(error) and str(error).isprintable(), f"a reason without a file, or of several lines: {error!r}")


def _read_names(path: Path) -> object:
    return read_user_file(path, Gazetteer.load()._by_code_or_name)


@fuzzed(SHORT, SHORT, st.dictionaries(st.sampled_from(("source", "title", "url", "publisher", "author", "origin")), SHORT, max_size=3), st.booleans())
def rdf_writers(name: str, words: str, fields: dict[str, str], plain: bool) -> None:
    """Any names, quotations, values and properties of documents: every format parses, and all hold the same triples."""
    told = Told(name or "a", f"{name or 'x'}\nmet Ada Brook, {words}.", "2031-03-05")
    told.entity("a", "Person", name or "x")
    told.entity("b", "Person", "Ada Brook")
    told.say("a", "met", "b", told.text)
    told.say("b", "said", Value(words, "xsd:string"), told.text)
    told.say("b", "bornOn", Value("--05-01" if plain else words, "xsd:date"), told.text)
    made = told.done()
    graph = assemble([replace(made, document=replace(made.document, **fields))])
    found = {name: _triples(export(graph, name), name) for name in FORMATS}
    for name, triples in found.items():
        if name != "rdfxml":  # which cannot hold all characters
            expect(triples == found["nquads"], f"{name} holds other triples than N-Quads")
    expect(len(found["rdfxml"]) == len(found["nquads"]), "RDF/XML holds more or fewer triples")


def _triples(data: bytes, name: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=FORMATS[name])}


@cache
def _shipped() -> Callable[[Document], Extraction]:
    return _reader(None, (), ())


@fuzzed(st.lists(st.sampled_from(PIECES) | st.sampled_from(STORY.split()) | st.text(max_size=4), max_size=80).map(" ".join), DAYS)
def extraction(text: str, published: date | None) -> None:
    """Any text through the model and all rules: an Extraction that survives being written, with quotations that stand in the text."""
    text = _written(text)
    made = _shipped()(Document("a", "a", text, published=published.isoformat() if published else None))
    expect(Extraction.from_json(json.loads(made.to_line())) == made, "it does not survive being written")
    evidence = [e for s in made.statements for e in s.evidence]
    expect(all(text[e.span.start : e.span.end] == e.quote for e in evidence), "a quotation that does not stand in the text")
    expect(all(0 <= m.span.start <= m.span.end <= len(text) for m in made.mentions), "a mention outside of the text")


class Endpoint:
    """A running endpoint over a small graph, and how to ask it."""

    def __init__(self, folder: Path) -> None:
        (folder / "graph.nq").write_bytes(export(assemble([talks()]), "nquads"))
        self.said = folder / "said"
        command = [sys.executable, "-m", "graphbuild", "serve", str(folder / "graph.nq"), "--port", "0", "--max-seconds", "1", "--max-memory", "512"]
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, stderr=out)
        while (address := re.search(r"at http://(\S+?)/ ", self.said.read_text())) is None:
            if self.process.poll() is not None:
                raise SystemExit(f"the endpoint did not start: {self.said.read_text()}")
            time.sleep(0.1)
        parts = urlsplit(f"//{address[1]}")
        self.host, self.port = parts.hostname or "", parts.port or 0

    def send(self, data: bytes, patience: float) -> bytes:
        """Send bytes, and return all that comes back until the other side closes, or is silent for so many seconds as one that waits for more."""
        with socket.create_connection((self.host, self.port), timeout=30) as line, suppress(TimeoutError, ConnectionError):
            line.sendall(data)
            line.settimeout(patience)
            out = line.recv(65536)
            line.settimeout(30)
            while out and (part := line.recv(65536)):
                out += part
            return out
        return b""

    def end(self) -> str:
        """Stop it, and return what it has said beside its address and of requests that are no HTTP."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        return "\n".join(line for line in self.said.read_text().splitlines()[1:] if "Invalid HTTP request received" not in line)


ENDPOINT: list[Endpoint] = []
ASKED = tuple(question.sparql.encode() for question in questions().values())
HEADERS = ("Accept", "Content-Type", "Content-Length", "Host", "Transfer-Encoding", "Origin", "Expect", "Connection", "Range")
VALUES_OF_HEADERS = (
    "application/sparql-query",
    "application/x-www-form-urlencoded",
    "text/csv",
    "*/*",
    "q=;,;/",
    "chunked",
    "-1",
    "99999999999",
    "close",
    "\xff",
    "",
)
HEAD = st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(VALUES_OF_HEADERS)), max_size=4)
PATHS = st.sampled_from(("/", "/sparql", "/sparql?query=", "/questions/who-met-whom", "/questions/", "/about", "/../etc/passwd", "/explore", "//", "*"))


@fuzzed(st.sampled_from(("GET", "POST", "HEAD", "OPTIONS", "PUT", "\x00")), PATHS, HEAD, mutated(ASKED), st.booleans(), mutated((b"",)), st.booleans())
def endpoint(method: str, path: str, head: list[tuple[str, str]], query: bytes, form: bool, raw: bytes, proper: bool) -> None:
    """Any request, well-formed or not: an answer below 500 or that it is busy, and the next good question is answered."""
    server = ENDPOINT[0]
    if proper:  # only the query is odd
        method, path, head, raw = "POST", "/sparql", [("Content-Type", VALUES_OF_HEADERS[form])], b""
    body = urlencode({"query": query}).encode() if form else query
    lines = [f"{method} {path} HTTP/1.1", f"Host: {server.host}", "Connection: close", *(f"{name}: {value}" for name, value in head)]
    if not any(name == "Content-Length" for name, _ in head):
        lines.append(f"Content-Length: {len(body)}")
    got = server.send("\r\n".join(lines).encode("latin-1") + raw + b"\r\n\r\n" + body, 30 if proper else 0.5)
    if got:  # what waits for more is not answered
        status = re.match(rb"HTTP/1\.1 (\d{3}) ", got)
        expect(status, f"no HTTP: {got[:80]!r}")
        expect(status is None or int(status[1]) < 500 or int(status[1]) == 503, f"an error of the server: {got[:300]!r}")
    else:
        expect(not proper, f"no answer to a proper request: {query!r}")
    good = httpx.get(f"http://{server.host}:{server.port}/sparql", params={"query": "ASK {}"}, timeout=30)
    expect(good.status_code in (200, 503), f"a good question got {good.status_code}")
    expect(server.process.poll() is None, "the server ended")


# --- the run ------------------------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What was tried on a target, and what was found."""

    inputs: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    found: list[str] = field(default_factory=list)


@contextmanager
def watched(tally: Tally) -> Iterator[None]:
    """Count an input and its time; one that takes too much processor time is stopped."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    faulthandler.dump_traceback_later(HANGS, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        tally.inputs += 1
        tally.slowest_s = max(tally.slowest_s, time.process_time() - began)


def _stop(*_: object) -> None:
    raise Stalled(f"took more than {PATIENCE:g} s of processor time")


def run(name: str, tally: Tally, number: int) -> None:
    """Let Hypothesis make a batch of inputs, and note what goes wrong."""
    target, inputs = TARGETS[name]

    @wraps(target)
    def watch(*arguments: Any, **named: Any) -> None:
        with watched(tally):
            target(*arguments, **named)

    began = time.monotonic()
    quiet = settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))
    try:
        seed(number)(quiet(given(*inputs)(watch)))()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
        for one in error.exceptions if isinstance(error, ExceptionGroup) else (error,):
            note(one, tally, f"{name}, seed {number}")
    finally:
        tally.seconds += time.monotonic() - began


def note(error: Exception, tally: Tally, where: str) -> None:
    """Print an error with the input that leads to it, once for each place in the program."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = str(error).partition(":")[0] if isinstance(error, Wrong) else f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
    if what not in tally.found:
        tally.found.append(what)
        print(f"--- {where}: {what}: {error}", *getattr(error, "__notes__", ()), sep="\n", flush=True)


def fuzz(names: Sequence[str], minutes: float, first: int) -> dict[str, Tally]:
    """Go round the targets until the time is over, giving each the same share of it."""
    tallies = {name: Tally() for name in names}
    until, number = time.monotonic() + 60 * minutes, first
    with ExitStack() as stack:
        if "endpoint" in names:
            ENDPOINT[:] = [Endpoint(Path(stack.enter_context(tempfile.TemporaryDirectory())))]
        while time.monotonic() < until:
            name = min(names, key=lambda name: tallies[name].seconds)
            run(name, tallies[name], number)
            number += 1
        if ENDPOINT and (said := ENDPOINT.pop().end()):
            tallies["endpoint"].found.append(f"the server said: {said}")
    return tallies


def main() -> None:
    """Run, print, and write if asked; exit code 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default=",".join(TARGETS), help="targets, divided by commas")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()  # what libraries say of broken files
    signal.signal(signal.SIGPROF, _stop)
    tallies = fuzz(arguments.only.split(","), arguments.minutes, arguments.seed)
    targets = {
        name: {"inputs": t.inputs, "minutes": round(t.seconds / 60, 1), "slowest_cpu_s": round(t.slowest_s, 2), "found": t.found} for name, t in tallies.items()
    }
    results = {"commit": commit(), "processor": processor(), "minutes": arguments.minutes, "seed": arguments.seed, "targets": targets}
    print(json.dumps(results, indent=2))
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    sys.exit(any(t.found for t in tallies.values()))


if __name__ == "__main__":
    main()
