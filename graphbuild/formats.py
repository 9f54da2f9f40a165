"""What stands in files that are no plain text: HTML, PDF, Word, mail, feeds, archives. One parser a format, bytes in, texts out.

Nothing is executed, fetched or written to disk: external entities stay unread, archives are read in memory, member by member, and
whatever unpacks to more than a text may have is refused. Each format is read by the library that knows it best (extra `readers`).
"""

import email
import email.policy
import gzip
import io
import logging
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from graphbuild.errors import ReadError

MAX_BYTES = 256 * 2**20
"""What one text may have, unpacked."""
_CHUNK = 2**20
_HEAD_LINES = 1_000
"""Head lines of a mail that are remembered."""
_LOGGERS = ("pypdf", "trafilatura", "htmldate", "justext", "courlan")
_BROKEN_ZIP = (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, OSError, zlib.error, lzma.LZMAError)
"""What reading a broken or locked archive may raise."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text of a file, with what the file says of it.

    Attributes:
        part: what tells the texts of one file apart, joined to its id; empty if it has only one.
        fields: title, published (as written), url, publisher, author, where known.
    """

    text: str
    part: str = ""
    fields: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packed:
    """A file within a file."""

    name: str
    data: bytes


Parser = Callable[[bytes, str], Iterator[Parsed]]
"""From the bytes of a file and its name (for messages) to its texts."""


@contextmanager
def _library(name: str) -> Iterator[None]:
    """Say which extra to install where a library is missing; what the library logs goes only where logging was set up."""
    for logger in _LOGGERS:
        # Else Python prints its warnings on standard error, between what is said of the documents.
        if not logging.getLogger(logger).handlers:
            logging.getLogger(logger).addHandler(logging.NullHandler())
    try:
        yield
    except ImportError as error:
        raise ReadError(f"{name}: reading this format needs further libraries ({error}); pip install 'graphbuild[readers]'") from error


def parse_html(data: bytes, name: str) -> Iterator[Parsed]:
    """Yield the main text of a web page, with title, day, publisher and author as its metadata say."""
    with _library(name):
        import trafilatura
    document: Any = trafilatura.bare_extraction(data, include_comments=False, include_tables=False, with_metadata=True)
    if document is None or not document.text:
        raise ReadError(f"{name}: no running text found in this page; save the article itself, or convert it to text")
    fields = {"title": document.title, "published": document.date, "url": document.url, "publisher": document.sitename, "author": document.author}
    yield Parsed(document.text, fields=fields)


def parse_pdf(data: bytes, name: str) -> Iterator[Parsed]:
    """Yield the text of a PDF, pages apart by a blank line."""
    with _library(name):
        import pypdf
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = "\n\n".join(page.extract_text() for page in reader.pages)
    known = reader.metadata
    if not text.strip():
        raise ReadError(f"{name}: no text in this PDF, only pictures; run it through text recognition first")
    yield Parsed(text, fields={"title": known.title, "author": known.author} if known else {})


def parse_docx(data: bytes, name: str) -> Iterator[Parsed]:
    """Yield the paragraphs of a Word file, apart by blank lines."""
    with _library(name):
        import docx
    _refuse_bombs(data, name)
    document = docx.Document(io.BytesIO(data))
    known = document.core_properties
    text = "\n\n".join(p.text for p in document.paragraphs if p.text.strip())
    yield Parsed(text, fields={"title": known.title or None, "author": known.author or None})


def parse_eml(data: bytes, name: str) -> Iterator[Parsed]:
    """Yield the body of a mail; subject, sender and day become title, author and day of publication."""
    # What a head line says is found out once: a mail of very many parts has the same ones again and again, and each is asked for several times.
    heads = email.policy.default.clone(header_factory=lru_cache(_HEAD_LINES)(HeaderRegistry()))
    message = email.message_from_bytes(data, policy=heads)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ReadError(f"{name}: not a mail; it has no head lines")
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ReadError(f"{name}: a mail without text; save its attachments as files")
    content = body.get_content()
    text = content if body.get_content_type() == "text/plain" else next(parse_html(content.encode(), name)).text
    sent = message["date"].datetime if message["date"] is not None else None
    fields = {"title": message["subject"], "published": sent.date().isoformat() if sent else None, "author": message["from"]}
    yield Parsed(text, fields={key: str(value) if value else None for key, value in fields.items()})


def parse_feed(data: bytes, name: str) -> Iterator[Parsed]:
    """Yield the entries of an RSS or Atom feed, each with its link as part of the id."""
    with _library(name):
        import feedparser
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        raise ReadError(f"{name}: no RSS or Atom feed, or one without entries")
    for number, entry in enumerate(feed.entries, start=1):
        body = entry.content[0].value if entry.get("content") else entry.get("summary", "")
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        published = f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else None
        fields = {"title": entry.get("title"), "published": published, "url": entry.get("link")}
        fields |= {"author": entry.get("author"), "publisher": feed.feed.get("title")}
        yield Parsed(_plain(body), str(entry.get("id") or entry.get("link") or number), fields)


def _plain(markup: str) -> str:
    """Return the text of a piece of HTML, paragraphs apart."""
    with _library("feed"):
        from lxml import etree, html
    if "<" not in markup:
        return markup
    try:
        tree = html.fromstring(markup)
    except (etree.ParserError, ValueError):
        return ""
    for block in tree.iter("p", "br", "div", "li"):
        block.tail = "\n\n" + (block.tail or "")
    return str(tree.text_content()).strip()


PARSERS: dict[str, Parser] = {
    ".html": parse_html, ".htm": parse_html, ".xhtml": parse_html, ".pdf": parse_pdf, ".docx": parse_docx, ".eml": parse_eml,
    ".rss": parse_feed, ".atom": parse_feed, ".xml": parse_feed,
}  # fmt: skip
"""Which parser takes a file, by its suffix in lower case."""


def parse(data: bytes, suffix: str, name: str) -> Iterator[Parsed]:
    """Yield the texts of a file's bytes by the parser of a suffix.

    Raises:
        ReadError: there is no text in it, or it is broken.
    """
    try:
        yield from PARSERS[suffix](data, name)
    except ReadError:
        raise
    except Exception as error:  # which errors the libraries raise on broken files is nowhere written, and more come with each version
        why = " ".join(str(error).split()) or type(error).__name__
        raise ReadError(f"{name}: not a {suffix} file that can be read ({why}); save it anew or convert it to text") from error


def unpack_gzip(data: bytes, name: str) -> Packed:
    """Return the file inside a .gz, named as without it.

    Raises:
        ReadError: it is broken, or unpacks to more than a text may have.
    """
    out = io.BytesIO()
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            while chunk := stream.read(_CHUNK):
                out.write(chunk)
                if out.tell() > MAX_BYTES:
                    raise ReadError(f"{name}: unpacks to more than {MAX_BYTES:,} bytes; split it")
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{name}: a broken gzip file ({error}); download or pack it again") from error
    return Packed(PurePosixPath(name).name.removesuffix(".gz"), out.getvalue())


def unpack_zip(data: bytes, name: str) -> Iterator[Packed | ReadError]:
    """Yield the files inside a zip archive, sorted by name, or why one cannot be had; nothing is written to disk, whatever the names say.

    Raises:
        ReadError: it is no archive, or unpacks to more than a text may have.
    """
    _refuse_bombs(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in sorted(archive.infolist(), key=lambda i: i.filename):
            if info.is_dir() or PurePosixPath(info.filename).name.startswith((".", "__MACOSX")):
                continue
            yield _unzipped(archive, info, name)


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Packed | ReadError:
    try:
        return Packed(info.filename, archive.read(info))
    except _BROKEN_ZIP as error:
        return ReadError(f"{name}: {info.filename} cannot be unpacked ({error}); unlock or pack it again")


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except _BROKEN_ZIP as error:
        raise ReadError(f"{name}: not a file of this kind ({error}); save or pack it again") from error
    if size > MAX_BYTES:
        raise ReadError(f"{name}: unpacks to {size:,} bytes, more than the {MAX_BYTES:,} allowed; split it")


def rows_of_csv(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a CSV file with a head line, as fields by column name in lower case, with their line.

    Raises:
        ReadError: there is no column "text".
    """
    import csv

    rows = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    if "text" not in columns:
        raise ReadError(f'{name}: no column "text" in the head line; name the columns id, text, title, published, url, publisher, author')
    rows.fieldnames = columns
    for row in rows:
        yield rows.line_num, {key: value for key, value in row.items() if key and value}
