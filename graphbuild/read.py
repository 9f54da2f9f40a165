"""From paths to Documents: files, folders, globs and standard input; one reader for each suffix (`formats` parses what is no text).

`read` yields a `Document` for every text and a `Failure` for whatever cannot be read, so that one bad file never stops the
others. The text is what was decoded, line ends kept, never changed: evidence points into it.
"""

# ruff: noqa: PTH100, PTH110, PTH112, PTH113, PTH114, PTH120, PTH207, PTH208
# os.path says False of what may not be looked at, where pathlib raises; and it keeps the names of links.

import glob
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from charset_normalizer import from_bytes

from graphbuild.dates import dateline
from graphbuild.english import other_language
from graphbuild.errors import DuplicateDocument, InputError, ReadError
from graphbuild.formats import MAX_BYTES, PARSERS, Packed, parse, rows_of_csv, unpack_gzip, unpack_zip
from graphbuild.origin import wire_origin
from graphbuild.records import Document, Failure

STDIN = "-"
"""The path that means standard input, and the id of the document read from it."""

_DEEPEST = 2
"""How many archives may lie in one another."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONVINCING_CHAOS = 0.1
_TEXT_FIELDS = ("title", "published", "url", "publisher", "author")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path, and the id its document gets if it names none itself."""

    path: Path
    id: str


Reader = Callable[[Source], Iterator[Document | Failure]]


def read(
    paths: Iterable[str | os.PathLike[str] | Document | Failure], *, root: str | os.PathLike[str] | None = None, any_language: bool = False
) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders (recursive, sorted), globs and "-", and a Failure for each that cannot be read.

    Args:
        paths: where to look; a document that several of them lead to is read once. What is a document already comes first.
        root: document ids are paths relative to it; by default the folder given, or the common parent of all paths.
        any_language: yield texts that are not English, too.

    Raises:
        DuplicateDocument: two different texts carry one id; the message names both.
    """
    ready: list[Document | Failure] = []
    given: list[str] = []
    for path in paths:
        if isinstance(path, Document | Failure):
            ready.append(path)
        else:
            given.append(os.fspath(path))
    base = Path(os.path.abspath(root if root is not None else _common_root(given)))
    seen: dict[str, tuple[bytes, str]] = {}
    found = (found for item in _items(given, base) for found in ([item] if isinstance(item, Failure) else _read_source(item)))
    for item in chain(ready, found):
        if isinstance(item, Failure):
            yield item
        elif _is_new(item, seen):
            yield item if any_language else _in_english(item)


def read_text(text: str, *, id: str, source: str | None = None, fields: dict[str, str | None] | None = None) -> Document:
    """Make a Document of a text, with its day of publication from `fields` or from the date line."""
    known = dict(fields or {})
    head = None if known.get("published") else dateline(text)
    if head:
        known["published"] = head.published.isoformat()
    return Document(id, source or id, text, origin=wire_origin(text), **known)


def read_bytes(data: bytes, name: str, *, id: str) -> Iterator[Document | Failure]:
    """Yield the documents of a file's bytes; the suffix of `name` says what they are."""
    yield from _member(Packed(name, data), id, _shown(id), 0)


def decode(data: bytes, name: str) -> str:
    """Decode a text: by its byte order mark, as UTF-8, else as what charset-normalizer is convinced of.

    Raises:
        ReadError: the data are binary, or no encoding is convincing.
    """
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in data:
        raise ReadError(f"{name}: binary data, not text; leave it out or convert it to UTF-8 text")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise ReadError(f"{name}: broken {encoding.upper()} at byte {error.start}; convert it to UTF-8") from error
        return _guess(data, name, error)


def read_plain(source: Source) -> Iterator[Document | Failure]:
    """Read a text or Markdown file as one document."""
    name = str(source.path)
    yield _document(decode(_bytes(source.path), name), source.id, _shown(name))


def read_jsonl(source: Source) -> Iterator[Document | Failure]:
    """Read one document a line: {"id", "text", "title"?, "published"?, "url"?, "publisher"?, "author"?}; a broken line is one Failure."""
    count = 0
    with source.path.open("rb") as file, _left_alone(file, source.path):
        for number, line in enumerate(iter(partial(_one_line, file), b""), start=1):
            if not line.strip():
                continue
            count += 1
            yield _line_or_failure(line, f"{source.path}:{number}")
    if not count:
        raise ReadError(f"{source.path}: empty file; nothing to read")


def _one_line(file: BinaryIO) -> bytes:
    """Return the next line; of one longer than a text may be, as much as shows that it is."""
    line = file.readline(MAX_BYTES + 1)
    rest = line
    while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
        rest = file.readline(MAX_BYTES + 1)
    return line


def read_packed(source: Source) -> Iterator[Document | Failure]:
    """Read a file whose bytes a parser or unpacker takes: web pages, PDF, Word, mail, feeds, CSV, JSON, .gz and .zip of any of these."""
    yield from _parse(Packed(source.path.name, _bytes(source.path)), source.id, _shown(source.path), 0)


def _parse(file: Packed, id: str, shown: str, depth: int) -> Iterator[Document | Failure]:
    """Yield the documents of a file's bytes by its suffix; what is wrong with one member of an archive leaves the others alone."""
    suffix = PurePath(file.name).suffix.lower()
    if suffix in (".gz", ".zip"):
        yield from _unpacked(file, suffix, id, shown, depth)
    elif suffix in PARSERS:
        yield from _parsed(file.data, suffix, id, shown)
    elif suffix in (".jsonl", ".ndjson", ".json", ".csv"):
        yield from _records(file.data, suffix, id, shown)
    elif suffix in READERS:
        yield _document(decode(file.data, shown), id, shown)
    else:
        raise ReadError(f"{shown}: no reader for {suffix or 'such'} files; known are {', '.join(sorted(READERS))}")


def _unpacked(file: Packed, suffix: str, id: str, shown: str, depth: int) -> Iterator[Document | Failure]:
    if depth >= _DEEPEST:
        raise ReadError(f"{shown}: an archive in an archive in an archive; unpack it")
    if suffix == ".gz":
        yield from _parse(unpack_gzip(file.data, file.name), id.removesuffix(".gz"), shown, depth + 1)
        return
    for member in unpack_zip(file.data, shown):
        if isinstance(member, ReadError):
            yield Failure(shown, _shown(str(member)))
            continue
        yield from _member(member, f"{id}/{member.name}", f"{shown}/{_shown(member.name)}", depth + 1)


def _parsed(data: bytes, suffix: str, id: str, shown: str) -> Iterator[Document | Failure]:
    for parsed in parse(data, suffix, shown):
        fields = {**parsed.fields, "published": _published(parsed.fields.get("published"))}
        part = f"#{parsed.part}" if parsed.part else ""
        if parsed.text.strip():
            yield read_text(parsed.text, id=f"{id}{part}", source=shown, fields=fields)
        else:
            yield Failure(shown, f"{shown}{_shown(part)}: empty; nothing to read")


def _member(file: Packed, id: str, shown: str, depth: int) -> Iterator[Document | Failure]:
    try:
        yield from _parse(file, id, shown, depth)
    except InputError as error:
        yield Failure(shown, _shown(str(error)))


def _records(data: bytes, suffix: str, id: str, shown: str) -> Iterator[Document | Failure]:
    """Yield the documents of a CSV file, of JSON lines, or of a JSON file that holds one object or a list of them."""
    if suffix in (".jsonl", ".ndjson"):
        yield from (_line_or_failure(line, f"{shown}:{number}") for number, line in enumerate(data.splitlines(), start=1) if line.strip())
        return
    text = decode(data, shown)
    rows = list(rows_of_csv(text, shown)) if suffix == ".csv" else _json_rows(text, shown)
    if not rows:
        raise ReadError(f"{shown}: empty file; nothing to read")
    for number, row in rows:
        named = {"id": id if len(rows) == 1 else f"{id}#{number}", **row} if isinstance(row, dict) else row
        yield _line_or_failure(json.dumps(named).encode(), f"{shown}:{number}")


def _json_rows(text: str, shown: str) -> list[tuple[int, Any]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{shown}: not JSON ({error}); repair it") from error
    return list(enumerate(value if isinstance(value, list) else [value], start=1))


def _published(written: str | None) -> str | None:
    """Return the day that a file's own metadata name, if they name one that can be read."""
    head = dateline(written) if written else None
    return head.published.isoformat() if head else None


READERS: dict[str, Reader] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), read_plain),
    **dict.fromkeys((".jsonl", ".ndjson"), read_jsonl),
    **dict.fromkeys((*PARSERS, ".json", ".csv", ".gz", ".zip"), read_packed),
}
"""Which reader takes a file, by its suffix in lower case."""


def _items(given: Sequence[str], base: Path) -> Iterator[Source | Failure]:
    done: set[str] = set()
    for path in given:
        for item in _expand(path):
            if isinstance(item, Failure):
                yield item
            elif (real := os.path.realpath(item)) not in done:
                done.add(real)
                yield Source(item, _relative_id(item, base))


def _expand(path: str) -> Iterator[Path | Failure]:
    """Turn one path into files: itself, the readable files of a folder, or what a glob finds."""
    here = Path(path)
    if path == STDIN:
        yield here
    elif os.path.isdir(path):
        yield from _walk(here)
    elif os.path.exists(path):
        yield here
    elif path.startswith(("http://", "https://")):
        yield Failure(_shown(path), f"{_shown(path)}: nothing is fetched from the network unless you say so; add --fetch")
    elif glob.has_magic(path):
        yield from _glob(path)
    elif os.path.islink(path):
        yield Failure(_shown(path), f"{_shown(path)}: a link that leads nowhere; repair it or leave it out")
    else:
        yield Failure(_shown(path), f"{_shown(path)}: no such file or folder; check the path")


def _glob(pattern: str) -> Iterator[Path | Failure]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        yield Failure(_shown(pattern), f"{_shown(pattern)}: matches no file; check the pattern")
    for path in found:
        yield from _walk(Path(path)) if os.path.isdir(path) else (Path(path),)


def _walk(folder: Path) -> Iterator[Path | Failure]:
    """Yield a folder's files in sorted order; links to folders are followed once, so a loop of links ends."""
    items = _walk_once(folder, set())
    first = next(items, None)
    yield first or Failure(_shown(folder), f"{_shown(folder)}: no file to read in this folder; known are {', '.join(sorted(READERS))}")
    yield from items


def _walk_once(folder: Path, visited: set[str]) -> Iterator[Path | Failure]:
    real = os.path.realpath(folder)
    if real in visited:
        return
    visited.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Failure(_shown(folder), f"{_shown(folder)}: {_why(error)}; make the folder readable or leave it out")
        return
    left_out: list[str] = []
    for path in (folder / name for name in names if not name.startswith(".")):
        if os.path.isdir(path):
            yield from _walk_once(path, visited)
        elif path.suffix.lower() in READERS:
            yield path
        else:
            left_out.append(path.name)
    if left_out:
        yield Failure(_shown(folder), _shown(f"{folder}: no reader for {', '.join(left_out)}; convert to text or move elsewhere"))


def _read_source(source: Source) -> Iterator[Document | Failure]:
    name = _shown(source.path)
    try:
        if name != STDIN and not os.path.isfile(source.path):
            raise ReadError(f"{source.path}: not a regular file; leave it out")
        yield from _reader_of(source.path)(source)
    except OSError as error:
        yield Failure(name, f"{name}: {_why(error)}; make the file readable or leave it out")
    except InputError as error:
        yield Failure(name, _shown(str(error)))


def _reader_of(path: Path) -> Reader:
    if str(path) == STDIN:
        return _read_stdin
    reader = READERS.get(path.suffix.lower()) if path.suffix else read_plain
    if reader is None:
        raise ReadError(f"{path}: no reader for {path.suffix} files; known are {', '.join(sorted(READERS))}")
    return reader


def _read_stdin(source: Source) -> Iterator[Document | Failure]:
    data = _few_enough(sys.stdin.buffer.read(MAX_BYTES + 1), 0, "standard input")
    yield _document(decode(data, "standard input"), STDIN, STDIN)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file, _left_alone(file, path):
        size = os.fstat(file.fileno()).st_size
        return _few_enough(b"" if size > MAX_BYTES else file.read(MAX_BYTES + 1), size, path)


def _few_enough(data: bytes, size: int, name: str | Path) -> bytes:
    if max(len(data), size) > MAX_BYTES:
        raise ReadError(f"{name}: {max(len(data), size):,} bytes, more than the {MAX_BYTES:,} that one text may have; split it, or use JSONL")
    return data


@contextmanager
def _left_alone(file: BinaryIO, path: Path) -> Iterator[None]:
    """Refuse what was read of a file to which somebody wrote meanwhile: part of it may be old, and part new."""
    before = os.fstat(file.fileno())
    yield
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError(f"{path}: changed while it was read; build again when nobody writes to it")


def _document(text: str, id: str, source: str) -> Document:
    if not text.strip():
        raise ReadError(f"{source}: empty file; nothing to read")
    return read_text(text, id=id, source=source)


def _line_or_failure(line: bytes, where: str) -> Document | Failure:
    try:
        return _parse_line(line, where)
    except ReadError as error:
        return Failure(_shown(where), _shown(str(error)))


def _parse_line(line: bytes, where: str) -> Document:
    if len(line) > MAX_BYTES:
        raise ReadError(f"{where}: a line of more than {MAX_BYTES:,} bytes; split the text")
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # bad UTF-8 and bad JSON are both ValueErrors
        raise ReadError(f"{where}: not a line of JSON ({error}); repair or remove the line") from error
    if not isinstance(fields, dict):
        raise ReadError(f'{where}: not a JSON object; each line is {{"id": …, "text": …}}')
    for name in ("id", "text"):
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise ReadError(f'{where}: the field "{name}" is missing, empty or no string; give it one')
    if _LONE_SURROGATE.search(json.dumps([fields.get(name) for name in ("id", "text", *_TEXT_FIELDS)], ensure_ascii=False)):
        raise ReadError(f"{where}: half a character (a lone \\ud800 to \\udfff); repair the escapes of this line")
    return read_text(fields["text"], id=fields["id"], source=where, fields={name: _field(fields, name, where) for name in _TEXT_FIELDS})


def _field(fields: dict[str, Any], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReadError(f'{where}: the field "{name}" is {type(value).__name__}, not a string; give it as text or leave it out')
    return _day(value, where) if name == "published" else value


def _day(value: str, where: str) -> str:
    head = dateline(value)
    if head is None:
        raise ReadError(f'{where}: "published" is {value!r}, no date; write it as {date(2023, 2, 1).isoformat()}')
    return head.published.isoformat()


def _in_english(document: Document) -> Document | Failure:
    """Return a document, or that it is left out for its language."""
    language = other_language(document.text)
    if language is None:
        return document
    source = _shown(document.source)
    return Failure(source, f"{source}: not in English (language {language}); graphbuild reads English only; to read it anyway: --any-language")


def _is_new(document: Document, seen: dict[str, tuple[bytes, str]]) -> bool:
    """Tell whether a document is the first of its id; the same text again is fine, another is not. Digests keep memory small."""
    digest = hashlib.sha256(document.text.encode()).digest()
    if document.id not in seen:
        seen[document.id] = (digest, document.source)
        return True
    first, source = seen[document.id]
    if first != digest:
        raise DuplicateDocument(f"two texts under the id {document.id!r}: {_shown(source)} and {_shown(document.source)}; rename one, or choose another root")
    return False


def _guess(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    matches = [match for match in from_bytes(data) if match.chaos <= _CONVINCING_CHAOS]
    western = [match for match in matches if "cp1252" in match.could_be_from_charset]
    if not matches:
        raise ReadError(f"{name}: not UTF-8 (byte {error.start}), and no other encoding is convincing; convert it to UTF-8")
    return data.decode("cp1252" if western else matches[0].encoding)  # English text is cp1252 rather than one of its neighbours


def _common_root(given: Sequence[str]) -> Path:
    """Return the one folder given, else the common parent of all files and folders given."""
    places = [os.path.abspath(_fixed_part(path)) for path in given if path != STDIN]
    parents = [place if os.path.isdir(place) else os.path.dirname(place) for place in places]
    try:
        return Path(os.path.commonpath(parents)) if parents else Path.cwd()
    except ValueError:  # on several drives there is no common parent
        return Path(parents[0])


def _fixed_part(path: str) -> str:
    """Return the part of a glob before its first wildcard."""
    if os.path.exists(path) or not glob.has_magic(path):
        return path
    parts = PurePath(path).parts
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    return str(PurePath(*parts[:first])) if first else "."


def _relative_id(path: Path, base: Path) -> str:
    if str(path) == STDIN:
        return STDIN
    absolute = Path(os.path.abspath(path))
    shown = (absolute.relative_to(base) if absolute.is_relative_to(base) else absolute).as_posix()
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")  # a file name need not be UTF-8, an id must


def _shown(path: str | Path) -> str:
    """Write a path on one line, whatever its name holds."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in str(path))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
