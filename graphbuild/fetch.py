"""Fetches documents from the web, only where the command line was told to: the one place that touches the network."""

import http.client
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from graphbuild import __version__
from graphbuild.formats import MAX_BYTES
from graphbuild.read import READERS, read_bytes
from graphbuild.records import Document, Failure

SECONDS: Final = 30
"""How long a host may be silent."""
_SUFFIXES: Final = {
    "application/pdf": ".pdf", "application/json": ".json", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
    "application/xml": ".xml", "text/xml": ".xml", "text/csv": ".csv", "text/plain": ".txt", "text/markdown": ".md",
    "message/rfc822": ".eml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


def is_address(path: str) -> bool:
    """Tell whether a path is a web address."""
    return path.startswith(("http://", "https://"))


def fetch(address: str) -> Iterator[Document | Failure]:
    """Yield the documents at a web address, or a Failure that says why there are none; its id is the address."""
    try:
        data, suffix = _get(address)
    except (URLError, OSError, ValueError, http.client.HTTPException) as error:
        yield Failure(address, f"{address}: cannot be fetched: {getattr(error, 'reason', None) or error}; save the page and give the file")
        return
    for found in read_bytes(data, f"page{suffix}", id=address):
        yield replace(found, url=found.url or address) if isinstance(found, Document) else found


def _get(address: str) -> tuple[bytes, str]:
    """Return what is at an address, and the suffix of such files."""
    request = Request(address, headers={"User-Agent": f"graphbuild/{__version__}"})  # noqa: S310  # _opener opens nothing else
    with _opener().open(request, timeout=SECONDS) as answer:
        data: bytes = answer.read(MAX_BYTES + 1)
        kind = answer.headers.get_content_type()
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than the {MAX_BYTES:,} bytes that one text may have")
    named = PurePosixPath(urlsplit(address).path).suffix.lower()
    return data, _SUFFIXES.get(kind) or (".html" if kind == "text/html" or named not in READERS else named)


def _opener() -> OpenerDirector:
    """Return what opens web addresses, and nothing else (no files, no FTP), wherever they are redirected to."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, UnknownHandler):
        opener.add_handler(handler())
    return opener
