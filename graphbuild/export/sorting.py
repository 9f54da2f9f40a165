"""Lines of any number, sorted in bounded memory: sorted runs on disk, merged (external merge sort)."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, BinaryIO, Final

from graphbuild.errors import OutputError

MEMORY: Final = 256 * 2**20
"""Bytes of lines that are held before they go to disk."""
END: Final = b"\n"
"""Stands in no line: in literals it is escaped."""
_BATCH: Final = 2_000
"""Lines that are encoded at a time."""
_FAN_IN: Final = 64
"""Runs that are merged at a time; few enough for any limit of open files."""
_OVERHEAD: Final = 50
"""Bytes that Python needs for a line beside its own: the head of the object, and a place in a list."""
_JOINED: Final = 2_000
"""Lines that are written at a time."""


def write_sorted(lines: Iterable[str], out: BinaryIO, *, memory: int = MEMORY) -> None:
    """Write lines sorted, each once.

    Raises:
        OutputError: there is no room on disk for the runs.
        OSError: `out` cannot be written.
    """
    for batch in sorted_batches(lines, memory=memory):
        out.write(END.join(batch) + END)


def sorted_batches(lines: Iterable[str], *, memory: int = MEMORY) -> Iterator[list[bytes]]:
    """Yield lines (which must hold no line end) in UTF-8, sorted, each once, some thousands at a time.

    What does not fit in `memory` (bytes) is sorted in runs on disk, in the folder for temporary files, which needs about twice the
    room of the lines.

    Raises:
        OutputError: there is no room on disk for the runs.
    """
    with ExitStack() as opened:
        files: list[IO[bytes]] = []
        for run, last in _runs(lines, memory):
            if last and not files:
                yield from _batches(run)
                return
            files.append(_spilled(run, opened))
            run.clear()  # before the next one is made
            if len(files) == _FAN_IN:
                files = [_spilled(_merged(files), opened)]
        yield from _batches(_merged(files))


def _runs(lines: Iterable[str], memory: int) -> Iterator[tuple[list[bytes], bool]]:
    """Yield sorted runs of lines, and whether each is the last, which may be empty."""
    held: list[bytes] = []
    size = 0
    for data in _encoded(lines):
        held += data.split(END)
        size += len(data) + _OVERHEAD * _BATCH
        if size > memory:
            held.sort()
            yield held, False
            held, size = [], 0
    held.sort()
    yield held, True


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    every = iter(lines)
    while batch := list(islice(every, _BATCH)):
        yield "\n".join(batch).encode()


def _merged(files: Iterable[IO[bytes]]) -> Iterator[bytes]:
    return (line[:-1] for line in heapq.merge(*files))  # lines end alike, so that they sort alike with their ends


def _spilled(lines: Iterable[bytes], opened: ExitStack) -> IO[bytes]:
    try:
        file = opened.enter_context(tempfile.TemporaryFile(prefix="graphbuild-"))  # noqa: SIM115  # the stack closes it
        for batch in _batches(lines):
            file.write(END.join(batch) + END)
        file.seek(0)
    except OSError as error:
        raise OutputError(f"{tempfile.gettempdir()}: there is no room to sort in: {error.strerror or error}; set TMPDIR to another folder") from error
    return file


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    distinct = (line for line, _ in groupby(lines))
    while batch := list(islice(distinct, _JOINED)):
        yield batch
