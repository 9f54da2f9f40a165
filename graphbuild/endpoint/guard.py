"""What holds for every request: who may ask, and what browsers may do with an answer."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OWN_POLICY: Final = "frame-ancestors 'none'"
EXPLORER: Final = "/explore"
"""The explorer is one file with scripts inside it, and brings its own policy along."""


class Guard:
    """Refuses requests by another host name or from another site's page, and sets the headers that keep browsers in."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], *, cors: bool) -> None:
        self._app, self._hosts, self._cors = app, frozenset(hosts), cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _harden(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refusal = self._refusal(Headers(scope=scope))
        app = PlainTextResponse(refusal, 403) if refusal else self._app
        await app(scope, receive, send_safely)

    def _refusal(self, headers: Headers) -> str:
        # A page elsewhere that has its name resolve to this machine (DNS rebinding) still sends its own name.
        if self._hosts and urlsplit(f"//{headers.get('host', '')}").hostname not in self._hosts:
            return "this host name is not served here; start with --host to serve it\n"
        if not self._cors and headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return "pages of other sites may not ask here; start with --cors to let them\n"
        return ""


def _harden(headers: MutableHeaders, path: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Content-Security-Policy"] = _OWN_POLICY if path == EXPLORER else _POLICY
