"""Starts and stops the endpoint."""

import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graphbuild.endpoint.limits import Limits
from graphbuild.errors import InputError
from graphbuild.rdfstore import load, read_only, store_on_disk

if TYPE_CHECKING:
    import uvicorn

    from graphbuild.graph import KnowledgeGraph

_SECONDS_TO_CLOSE = 5


def serve(
    source: "KnowledgeGraph | Path | str",
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    cors: Sequence[str] = (),
    explorer: Callable[[], str] | None = None,
    started: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve a source over HTTP until interrupted; `started` is told the address once it answers.

    Args:
        source: a graph, a build folder, an RDF file or an Oxigraph store on disk.
        host: address to listen on; anything but loopback lets other machines ask.
        port: TCP port; 0 takes a free one.
        limits: what one client may cost.
        cors: origins whose pages may ask, or "*"; none by default.
        explorer: makes the HTML of the interactive explorer, which is served at /explore.
        started: called with the address.

    Raises:
        InputError: the extra `serve` is not installed, or the address cannot be listened on.
        GraphFileError: the source cannot be loaded.
    """
    try:
        import uvicorn

        from graphbuild.endpoint.app import Site, application
        from graphbuild.endpoint.description import graph_names
        from graphbuild.endpoint.pool import Pool
    except ImportError as error:
        raise InputError(f"serving needs {error.name}: pip install 'graphbuild[serve]'") from error
    chosen = limits or Limits()
    with ExitStack() as stack:
        stack.enter_context(_ended_politely())
        listening = stack.enter_context(_listen(host, port))
        folder = _on_disk(source, stack)
        site = Site(
            Pool(folder, chosen),
            chosen,
            graph_names(read_only(folder)),
            _names(host),
            cors,
            title=str(source) if isinstance(source, Path | str) else "graph",
            explorer=explorer,
        )
        config = uvicorn.Config(
            application(site),
            lifespan="on",
            http="h11",
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=chosen.connections,
            h11_max_incomplete_event_size=chosen.query_bytes,
            timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        )
        _run(uvicorn.Server(config), listening, started)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(server: "uvicorn.Server", listening: socket.socket, started: Callable[[str], None]) -> None:
    """Run until interrupted, and say when it answers."""
    import asyncio

    async def watched() -> None:
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            started(_address(listening))
        await serving

    try:
        asyncio.run(watched())
    except KeyboardInterrupt:  # uvicorn raises it again once it has closed
        return


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does: uvicorn passes it on when it has closed, and the temporary store must still go."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # the only one that may handle signals
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _on_disk(source: "KnowledgeGraph | Path | str", stack: ExitStack) -> Path:
    """Return the folder of a store that holds the source; one made for this goes away with the stack.

    All processes that answer open the same store, so that one which was killed is replaced in no time.
    """
    kept = store_on_disk(source)
    if kept:
        return kept
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphbuild-")))
    store = load(source, ox.Store(str(folder)))
    store.flush()
    return folder


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(f"cannot listen on {host}, port {port}: {error.strerror or error}; choose another with --host and --port") from error


def _names(host: str) -> tuple[str, ...]:
    """Return the host names that requests may come by; none means any."""
    from graphbuild.endpoint.guard import LOOPBACK

    return tuple({*LOOPBACK, host.lower()}) if is_loopback(host) else ()


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
