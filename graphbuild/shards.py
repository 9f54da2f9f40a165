"""Shards: files of JSON Lines in zstd, written and read line by line.

While a build goes on, each line is flushed as a block of its own, so that it outlives its process, though the stream has no end yet:
what comes before a torn end is read all the same. Shards of earlier versions, not compressed, are read too.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import zstandard

ENDING: Final = ".jsonl.zst"
_PLAIN: Final = ".jsonl"
_LEVEL: Final = 3
_CHUNK: Final = 2**20
"""Bytes that are unpacked at a time."""


def shard_name(number: int) -> str:
    """Return the name of the file of a shard.

    >>> shard_name(7)
    '00007.jsonl.zst'
    """
    return f"{number:05d}{ENDING}"


def shard_number(path: Path) -> int:
    """Return the number of a shard."""
    return int(path.name.partition(".")[0])


def shards_in(folder: Path) -> list[Path]:
    """Return the shards of a folder, in order."""
    return sorted((*folder.glob(f"*{ENDING}"), *folder.glob(f"*{_PLAIN}")), key=lambda path: path.name)


def read_shard(path: Path) -> Iterator[bytes]:
    """Yield the whole lines of a shard without their ends; what a killed process left of one is none.

    Raises:
        OSError: the file cannot be read.
    """
    part = b""
    for data in _unpacked(path):
        *lines, part = (part + data).split(b"\n")
        yield from lines


def write_shard(lines: Iterable[bytes], out: BinaryIO) -> None:
    """Write lines, which end in line ends, as a shard."""
    with zstandard.ZstdCompressor(_LEVEL).stream_writer(out, closefd=False) as packed:
        for line in lines:
            packed.write(line)


def pack(line: bytes) -> bytes:
    """Return a line in zstd, by itself."""
    return zstandard.ZstdCompressor(_LEVEL).compress(line)


def unpack(data: bytes) -> bytes:
    """Return the line that `pack` was given."""
    return zstandard.ZstdDecompressor().decompress(data)


class GrowingShard:
    """A shard that is written while a build goes on."""

    def __init__(self, path: Path) -> None:
        """Begin a new file.

        Raises:
            OSError: it is there already, or cannot be written.
        """
        self._file = path.open("xb")
        self._packed = zstandard.ZstdCompressor(_LEVEL).stream_writer(self._file, closefd=False)

    def write(self, line: bytes) -> None:
        """Write a line; from then on it outlives this process.

        Raises:
            OSError: it cannot be written.
        """
        self._packed.write(line)
        self._packed.flush(zstandard.FLUSH_BLOCK)
        self._file.flush()

    def close(self) -> None:
        """End the shard, on disk.

        Raises:
            OSError: it cannot be written.
        """
        with self._file:
            self._packed.close()  # type: ignore[no-untyped-call]
            self._file.flush()
            os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _unpacked(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if path.suffix == _PLAIN:
            yield from iter(lambda: file.read(_CHUNK), b"")
            return
        packed = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        try:
            yield from iter(lambda: packed.read(_CHUNK), b"")
        except zstandard.ZstdError:  # the end is torn, or this is no zstd at all: whoever needs all of it compares digests
            return
