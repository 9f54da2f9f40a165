"""N-Quads and N-Triples of any size, sorted in bounded memory: sorted runs on disk, merged (external merge sort)."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, BinaryIO, Final

from pyoxigraph import Quad, RdfFormat, serialize

from graphbuild.errors import OutputError

MEMORY: Final = 256 * 2**20
"""Bytes of lines that are held before they go to disk."""
_END: Final = b"\n"
"""Stands in no line: in literals it is escaped."""
_BATCH: Final = 2_000
"""Quads that are turned into lines at a time."""
_FAN_IN: Final = 64
"""Runs that are merged at a time; few enough for any limit of open files."""
_OVERHEAD: Final = 50
"""Bytes that Python needs for a line beside its own: the head of the object, and a place in a list."""
_JOINED: Final = 2_000
"""Lines that are written at a time."""


def write_sorted(quads: Iterable[Quad], out: BinaryIO, syntax: RdfFormat, *, memory: int = MEMORY) -> None:
    """Write quads as sorted lines, each once; `syntax` is N-Quads, or N-Triples, which leave the graphs out.

    What does not fit in `memory` (bytes) is sorted in runs on disk, in the folder for temporary files, which needs about twice the
    room of the output.

    Raises:
        OutputError: there is no room on disk for the runs.
        OSError: `out` cannot be written.
    """
    with ExitStack() as opened:
        files: list[IO[bytes]] = []
        for run, last in _runs(quads, syntax, memory):
            if last and not files:
                _write(run, out, _END)
                return
            files.append(_spilled(run, opened, _END))
            run.clear()  # before the next one is made
            if len(files) == _FAN_IN:
                files = [_spilled(heapq.merge(*files), opened)]
        _write(heapq.merge(*files), out)


def _runs(quads: Iterable[Quad], syntax: RdfFormat, memory: int) -> Iterator[tuple[list[bytes], bool]]:
    """Yield sorted runs of lines without their ends, and whether each is the last, which may be empty."""
    held: list[bytes] = []
    size = 0
    for data in _serialized(quads, syntax):
        lines = data.split(_END)
        lines.pop()  # behind the last end
        held += lines
        size += len(data) + _OVERHEAD * len(lines)
        if size > memory:
            held.sort()
            yield held, False
            held, size = [], 0
    held.sort()
    yield held, True


def _serialized(quads: Iterable[Quad], syntax: RdfFormat) -> Iterator[bytes]:
    whole = syntax.supports_datasets
    every = iter(quads)
    while batch := list(islice(every, _BATCH)):
        yield serialize(batch if whole else (quad.triple for quad in batch), format=syntax) or b""


def _spilled(lines: Iterable[bytes], opened: ExitStack, end: bytes = b"") -> IO[bytes]:
    try:
        file = opened.enter_context(tempfile.TemporaryFile(prefix="graphbuild-"))  # noqa: SIM115  # the stack closes it
        _write(lines, file, end)
        file.seek(0)
    except OSError as error:
        raise OutputError(f"{tempfile.gettempdir()}: there is no room to sort in: {error.strerror or error}; set TMPDIR to another folder") from error
    return file


def _write(lines: Iterable[bytes], out: IO[bytes], end: bytes = b"") -> None:
    """Write sorted lines, equal ones once, and `end` behind each."""
    distinct = (line for line, _ in groupby(lines))
    while batch := list(islice(distinct, _JOINED)):
        out.write(end.join(batch) + end)
