"""The SPARQL 1.1 Protocol, the page with the editor, and the place of the explorer, as a Starlette application."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from graphbuild.answers import write_graph
from graphbuild.endpoint.description import description
from graphbuild.endpoint.guard import EXPLORER, Guard
from graphbuild.endpoint.limits import Limits
from graphbuild.endpoint.negotiate import GRAPH_TYPES, negotiate
from graphbuild.endpoint.pool import Pool
from graphbuild.errors import QueryError
from graphbuild.query import bound_question, questions
from graphbuild.sparql import KNOWN_PREFIXES

ENDPOINT: Final = "/sparql"
_PAGE: Final = Path(__file__).parent / "page"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_GONE: Final = 499
"""What nginx calls a client that went away; nobody reads it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: the pool that answers, its limits, the names of its graphs, who may ask, and the explorer's HTML."""

    pool: Pool
    limits: Limits
    graphs: Sequence[str] = ()
    hosts: Sequence[str] = ()
    cors: Sequence[str] = ()
    title: str = ""
    explorer: Callable[[], str] | None = None


def application(site: Site) -> Starlette:
    """Return the application; its processes start and end with it."""

    @asynccontextmanager
    async def processes(_: Starlette) -> AsyncIterator[None]:
        try:
            await site.pool.start()
            yield
        finally:
            await site.pool.close()

    app = Starlette(routes=_routes(site), middleware=_middleware(site), lifespan=processes)
    app.state.site = site
    return app


def _routes(site: Site) -> list[Route]:
    routes = [
        Route("/", _page_file("page.html", "text/html")),
        Route("/page.js", _page_file("page.js", "text/javascript")),
        Route("/page.css", _page_file("page.css", "text/css")),
        Route("/about", _about),
        Route("/questions/{name}", _question),
        Route(ENDPOINT, _get, methods=["GET"]),
        Route(ENDPOINT, _post, methods=["POST"]),
    ]
    return [*routes, Route(EXPLORER, _explorer)] if site.explorer else routes


def _middleware(site: Site) -> list[Middleware]:
    guard = Middleware(Guard, hosts=site.hosts, cors=bool(site.cors))
    cors = Middleware(CORSMiddleware, allow_origins=list(site.cors), allow_methods=["GET", "POST"], allow_headers=["Content-Type", "Accept"])
    return [guard, cors] if site.cors else [guard]


def _page_file(name: str, media: str) -> Callable[[Request], Any]:
    async def file(_: Request) -> Response:
        return FileResponse(_PAGE / name, media_type=media)

    return file


async def _explorer(request: Request) -> Response:
    make = request.app.state.site.explorer
    return HTMLResponse(await asyncio.to_thread(make))


async def _about(request: Request) -> Response:
    """Say what the page needs to know: questions, prefixes, limits."""
    site: Site = request.app.state.site
    told = {
        "title": site.title,
        "questions": [{"name": name, "title": q.title, "parameters": dict(q.parameters)} for name, q in questions().items()],
        "prefixes": dict(KNOWN_PREFIXES),
        "limits": {"seconds": site.limits.seconds, "rows": site.limits.rows},
        "explorer": EXPLORER if site.explorer else None,
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


async def _question(request: Request) -> Response:
    """Return the SPARQL of a ready-made question, with parameters of the address as its values."""
    given = {name: value for name, value in request.query_params.items() if value}
    try:
        return PlainTextResponse(bound_question(request.path_params["name"], given), media_type=_QUERY)
    except QueryError as error:
        raise HTTPException(400, f"{error}\n") from error


async def _get(request: Request) -> Response:
    parameters = _parameters(request.url.query)
    if "query" in parameters or "update" in parameters:
        return await _answer(request, parameters)
    return _describe(request)


async def _post(request: Request) -> Response:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == _UPDATE:
        raise HTTPException(403, "updates are refused: the graph is only read here\n")
    if media not in (_FORM, _QUERY):
        raise HTTPException(415, f"send a query as {_QUERY}, or in a form as {_FORM}\n")
    text = await _body(request)
    parameters = _parameters(request.url.query)
    if media == _QUERY:
        return await _answer(request, {**parameters, "query": [text]})
    return await _answer(request, {**parameters, **_parameters(text)})


async def _body(request: Request) -> str:
    limit, found = request.app.state.site.limits, bytearray()
    try:
        async with asyncio.timeout(limit.seconds):
            async for chunk in request.stream():
                found += chunk
                if len(found) > limit.query_bytes:
                    raise HTTPException(413, f"a request has at most {limit.query_bytes} bytes\n")
        return found.decode()
    except TimeoutError as error:
        raise HTTPException(408, f"the request was not sent within {limit.seconds:g} seconds\n") from error
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error.reason} at byte {error.start}\n") from error


def _parameters(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise HTTPException(400, f"the parameters cannot be read: {error}\n") from error


async def _answer(request: Request, parameters: Mapping[str, list[str]]) -> Response:
    site: Site = request.app.state.site
    if "update" in parameters:
        raise HTTPException(403, "updates are refused: the graph is only read here\n")
    query = parameters.get("query", [])
    if len(query) != 1:
        raise HTTPException(400, "give exactly one query\n")
    asked = {
        "query": query[0],
        "accept": request.headers.get("accept", ""),
        "default": parameters.get("default-graph-uri", []),
        "named": parameters.get("named-graph-uri", []),
    }
    reply = await _unless_gone(request, site.pool.answer(asked))
    if reply is None:
        return Response(status_code=_GONE)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", **({"Retry-After": "1"} if reply.status == 503 else {})}
    return Response(reply.content, reply.status, headers, _with_charset(reply.media))


def _with_charset(media: str) -> str:
    return media if media.endswith(("json", "xml")) else f"{media}; charset=utf-8"


async def _unless_gone(request: Request, answering: Any) -> Any:
    """Return the reply, or None as soon as the client has gone, so that its query stops."""
    answer, gone = asyncio.ensure_future(answering), asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else None
    finally:
        answer.cancel()
        gone.cancel()


async def _disconnected(request: Request) -> None:
    try:
        async for _ in request.stream():  # of a request that was read already, nothing is left
            pass
    except (ClientDisconnect, RuntimeError):
        pass
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _describe(request: Request) -> Response:
    """Return the service description, or lead a browser to the page."""
    accept = request.headers.get("accept", "")
    types = ["text/turtle", "text/html", *(media for media in GRAPH_TYPES if media != "text/turtle")]
    media = negotiate(accept, types)
    if media is None:
        raise HTTPException(406, f"the description can be had as {', '.join(types)}\n")
    if media == "text/html":
        return RedirectResponse("/", 303)
    endpoint = str(request.url.replace(query="", fragment=""))
    content = write_graph(description(endpoint, request.app.state.site.graphs), GRAPH_TYPES[media])
    return Response(content, headers={"Vary": "Accept"}, media_type=_with_charset(media))
