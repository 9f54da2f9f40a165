"""Web addresses: fetched only on request, from the web only, within limits."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graphbuild import fetch as fetching
from graphbuild.fetch import fetch
from graphbuild.read import read
from graphbuild.records import Document, Failure

STORY = "The minister of Norland met the ambassador of Sudria in Port Selby on Tuesday, and the two of them signed the treaty."
PAGES = {
    "/plain": ("text/plain; charset=utf-8", STORY.encode()),
    "/rows.jsonl": ("application/octet-stream", b'{"id": "a", "text": "The first text."}\n{"id": "b", "text": "The second text."}\n'),
    "/empty": ("text/plain", b""),
    "/large": ("text/plain", b"x" * 2000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in ("/moved", "/local"):
            self.send_response(302)
            self.send_header("Location", "/plain" if self.path == "/moved" else "file:///etc/passwd")
            self.end_headers()
            return
        if self.path not in PAGES:
            self.send_error(404)
            return
        kind, data = PAGES[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_becomes_a_document_with_its_address(site: str):
    for path in ("/plain", "/moved"):
        (found,) = fetch(site + path)
        assert found == Document(site + path, site + path, STORY, url=site + path)
    assert [(d.id, d.url) for d in fetch(site + "/rows.jsonl") if isinstance(d, Document)] == [("a", f"{site}/rows.jsonl"), ("b", f"{site}/rows.jsonl")]


REFUSED = [("/none", "Not Found"), ("/empty", "empty"), ("/local", "cannot be fetched"), ("/large", "more than the 1,000 bytes")]


@pytest.mark.parametrize(("path", "reason"), REFUSED)
def test_what_cannot_be_fetched_is_named(site: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
    (found,) = fetch(site + path)
    assert isinstance(found, Failure)
    assert found.reason.startswith(site + path)
    assert reason in found.reason


def test_nothing_is_fetched_unasked(site: str):
    (found,) = read([site + "/plain"])
    assert isinstance(found, Failure)
    assert "add --fetch" in found.reason
