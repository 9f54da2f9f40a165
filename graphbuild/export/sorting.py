"""Lines of any number, sorted in bounded memory: sorted runs on disk, merged (external merge sort)."""

import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import compress, islice
from operator import ne
from typing import IO, BinaryIO, Final

from graphbuild.errors import OutputError

MEMORY: Final = 320 * 2**20
"""Bytes of lines that are held before they go to disk."""
END: Final = b"\n"
"""Stands in no line: in literals it is escaped."""
_BATCH: Final = 2_000
"""Lines that are counted, or written, at a time."""
_BLOCK: Final = 256 * 2**10
"""Bytes that are read of a run at a time."""
_FAN_IN: Final = 64
"""Runs that are merged at a time; few enough for any limit of open files."""
_OVERHEAD: Final = 50
"""Bytes that Python needs for a line beside its own: the head of the object, and a place in a list."""


def write_sorted(lines: Iterable[str], out: BinaryIO, *, end: bytes = END, memory: int = MEMORY) -> None:
    """Write lines sorted, each once, with `end` behind each.

    Raises:
        OutputError: there is no room on disk for the runs.
        OSError: `out` cannot be written.
    """
    for batch in sorted_batches(lines, memory=memory):
        out.write(end.join([*batch, b""]))


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
                yield from _distinct(run)
                return
            files.append(_spilled(_distinct(run), opened))
            run.clear()  # before the next one is made
            if len(files) == _FAN_IN:
                files = [_spilled(_merged(files), opened)]
        yield from _merged(files)


def _runs(lines: Iterable[str], memory: int) -> Iterator[tuple[list[bytes], bool]]:
    """Yield sorted runs of lines, and whether each is the last, which may be empty."""
    held: list[bytes] = []
    size = 0
    encoded = map(str.encode, lines)
    while batch := list(islice(encoded, _BATCH)):
        held += batch
        size += sum(map(len, batch)) + _OVERHEAD * len(batch)
        if size > memory:
            held.sort()
            yield held, False
            held, size = [], 0
    held.sort()
    yield held, True


def _distinct(run: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines of a sorted run, each once, some at a time: those that differ from the next."""
    for start in range(0, len(run), _BATCH):
        part, following = run[start : start + _BATCH], [*run[start + 1 : start + _BATCH + 1], None]
        if batch := list(compress(part, map(ne, part, following))):
            yield batch


def _merged(files: Iterable[IO[bytes]]) -> Iterator[list[bytes]]:
    """Yield the lines of sorted runs, sorted, each once.

    Up to the least of the last lines that were read of each, all is there; a sort of it finds the runs, and merges them.
    """
    heads: list[tuple[IO[bytes], list[bytes]]] = [(file, []) for file in files]
    while heads := [(file, block) for file, block in ((file, block or _block(file)) for file, block in heads) if block]:
        bound = min(block[-1] for _, block in heads)
        ready: list[bytes] = []
        for _, block in heads:
            cut = bisect_right(block, bound)
            ready += block[:cut]
            del block[:cut]
        ready.sort()
        yield from _distinct(ready)


def _block(file: IO[bytes]) -> list[bytes]:
    """Return the next lines of a run; none at its end."""
    data = file.read(_BLOCK) + file.readline()
    return data.removesuffix(END).split(END) if data else []


def _spilled(batches: Iterable[list[bytes]], opened: ExitStack) -> IO[bytes]:
    try:
        file = opened.enter_context(tempfile.TemporaryFile(prefix="graphbuild-"))  # noqa: SIM115  # the stack closes it
        for batch in batches:
            file.write(END.join([*batch, b""]))
        file.seek(0)
    except OSError as error:
        raise OutputError(f"{tempfile.gettempdir()}: there is no room to sort in: {error.strerror or error}; set TMPDIR to another folder") from error
    return file
