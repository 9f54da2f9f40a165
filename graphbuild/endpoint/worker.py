"""The process that answers queries: reads requests from standard input, one JSON object a line, and writes replies.

A reply is one line of JSON, which says how many bytes of content follow. No pickles: what a query makes of a worker stays there.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from graphbuild.answers import TABLES, Rows, write_graph
from graphbuild.endpoint.limits import Limits
from graphbuild.endpoint.negotiate import GRAPH_TYPES, TABLE_TYPES, negotiate
from graphbuild.errors import QueryError, QueryLimitError
from graphbuild.query import answer
from graphbuild.rdfstore import read_only
from graphbuild.sparql import Selection

OK, BAD_QUERY, NOT_ACCEPTABLE, OVER_LIMIT = 200, 400, 406, 422


def reply_to(store: ox.Store, request: Mapping[str, Any], limits: Limits) -> tuple[int, str, bytes]:
    """Return the HTTP status, media type and content that answer a request (query, accept, default and named graphs)."""
    try:
        graphs = Selection(tuple(request["default"]), tuple(request["named"]))
        rows = answer(store, request["query"], graphs=graphs or None, limit=limits.rows)
    except QueryLimitError as error:
        return _text(OVER_LIMIT, str(error))
    except QueryError as error:
        return _text(BAD_QUERY, str(error))
    types = TABLE_TYPES if rows.triples is None else GRAPH_TYPES
    media = negotiate(request["accept"], list(types))
    if media is None:
        return _text(NOT_ACCEPTABLE, f"this answer can be had as {', '.join(dict.fromkeys(types))}")
    content = _write(rows, types[media])
    if len(content) > limits.answer_bytes:
        return _text(OVER_LIMIT, f"the answer is longer than {limits.answer_bytes} bytes; ask for less, or page through it with ORDER BY, LIMIT and OFFSET")
    return OK, media, content


def _write(rows: Rows, form: str) -> bytes:
    return TABLES[form](rows).encode() if rows.triples is None else write_graph(rows.triples, form)


def _text(status: int, message: str) -> tuple[int, str, bytes]:
    return status, "text/plain", f"{message}\n".encode()


def main(arguments: list[str]) -> None:
    """Answer requests until standard input ends; arguments are the store's folder and its limits: rows, bytes, memory."""
    folder, rows, answer_bytes, memory = arguments
    limits = Limits(rows=int(rows), answer_bytes=int(answer_bytes), memory_bytes=int(memory))
    replies = sys.stdout.buffer
    store = read_only(Path(folder))
    _limit_memory(limits.memory_bytes)
    _send(replies, OK, "", b"")
    for line in sys.stdin.buffer:
        try:
            status, media, content = reply_to(store, json.loads(line), limits)
        except MemoryError:
            status, media, content = _text(OVER_LIMIT, f"the query needs more than {limits.memory_bytes // 2**20} MiB of memory; ask for less")
        _send(replies, status, media, content)


def _send(replies: BinaryIO, status: int, media: str, content: bytes) -> None:
    replies.write(json.dumps({"status": status, "media": media, "bytes": len(content)}).encode() + b"\n" + content)
    replies.flush()


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # running out of memory ends the process by a signal that would leave a core file


if __name__ == "__main__":
    main(sys.argv[1:])
