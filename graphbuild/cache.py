"""What need not be read again: Extractions by the digest of all that they depend on.

A key digests the document (id, text, title, day of publication) and the set-up: model, catalogue, gazetteer, libraries, and the
program's own files that have a part in reading. So there is no logic of changes anywhere: what has a key that is known is taken,
the rest is read. While a build runs, its extractions go line by line to files in the build folder; if it is killed, the next
one finds them there.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from graphbuild.catalogue import Catalogue
from graphbuild.errors import ModelError
from graphbuild.gazetteer import Gazetteer
from graphbuild.jobs import Lost
from graphbuild.records import Document, Extraction, Failure
from graphbuild.shards import GrowingShard, read_shard, shard_name, shard_number, shards_in
from graphbuild.store import SHARD_SIZE, SHARDS, UNFINISHED, locked, row_of, saying_what_cannot_be_written, to_line, without_text

LIBRARIES: Final = ("ftfy", "onnxruntime", "spacy", "tokenizers")
"""Libraries whose version may change what is read."""
_PACKAGE = Path(__file__).parent
_NO_PART_IN_READING: Final = frozenset(
    "amend claims confidence corrections graph identity likeness sources traits big draw export store cache schema answers questions sparql query"
    " rdfstore retract validate verify explain whynot evaluate diff networks jobs engines cluster endpoint console display cli fetch errors"
    " garbage shards __init__ __main__".split()
)
"""Modules that begin their work at Extractions, or have none in it; any other that changes makes all documents be read again."""
_KEY = re.compile(rb'\{"key": "([0-9a-f]{64})", ')
_Place = tuple[Path, int]


def digests(model: Path | str, catalogue: Catalogue, gazetteer: Gazetteer) -> dict[str, str]:
    """Return the digest of each part of what reads documents; `model` is a folder, or the name of an installed package.

    Raises:
        ModelError: the folder of the model cannot be read.
    """
    return {
        "catalogue": catalogue.digest(),
        "gazetteer": gazetteer.digest,
        "libraries": _digest_of({name: version(name).encode() for name in LIBRARIES}),
        "model": _digest_of_folder(_folder_of(model)),
        "program": _digest_of(dict(_program())),
    }


def key_maker(parts: Mapping[str, str]) -> Callable[[Document], str]:
    """Return what digests a document together with the set-up that reads it."""
    set_up = json.dumps(dict(sorted(parts.items())))

    def key(document: Document) -> str:
        row = json.dumps([set_up, document.id, document.text, document.title, document.published])
        return hashlib.sha256(row.encode()).hexdigest()

    return key


class Memory:
    """Extractions of a build that is written nowhere."""

    def __init__(self) -> None:
        self._all: list[Extraction] = []

    def take(self, key: str, document: Document) -> bool:
        """Tell that nothing is known of a document."""
        return False

    def put(self, key: str, extraction: Extraction) -> None:
        """Keep an extraction."""
        self._all.append(extraction)

    def __iter__(self) -> Iterator[Extraction]:
        return iter(self._all)


class Shelf:
    """Extractions in a build folder: those of the build before, and those of one that was not finished, or goes on now.

    Of each is known by its key where it stands, not what is in it, so that memory hardly grows with their number.
    """

    def __init__(self, folder: Path, *, text: bool = True) -> None:
        """Look through a folder, which may be new; without `text`, what is put there holds no texts.

        Raises:
            OutputError: the folder cannot be written to.
        """
        self._text = text
        self._fresh = folder / UNFINISHED / SHARDS
        with saying_what_cannot_be_written(folder):
            self._fresh.mkdir(parents=True, exist_ok=True)
        self._files = [*shards_in(folder / SHARDS), *shards_in(self._fresh)]
        self._place: dict[bytes, _Place] = {key: (path, number) for path in self._files for number, key in _keys(path)}
        self._wanted: dict[bytes, None] = {}
        self._file: GrowingShard | None = None
        self._written = 0
        self._lines = lru_cache(maxsize=2)(_lines)

    def take(self, key: str, document: Document) -> bool:
        """Tell whether the extraction of a document is here; if so it belongs to this build."""
        found = self._found(key)
        if found is None:
            return False
        if found["document"] != self._kept(Extraction(document)).document.to_json():  # as when its folder has another name now
            self.put(key, replace(Extraction.from_json(found), document=document))
        self._wanted[bytes.fromhex(key)] = None
        return True

    def put(self, key: str, extraction: Extraction) -> None:
        """Write an extraction down; it belongs to this build.

        Raises:
            OutputError: it cannot be written, as when the disk is full; what is there already stays.
        """
        file = self._open()
        with saying_what_cannot_be_written(self._files[-1]):
            file.write(to_line(row_of(key, self._kept(extraction))))
        self._place[bytes.fromhex(key)] = self._files[-1], self._written
        self._wanted[bytes.fromhex(key)] = None
        self._written += 1

    def __iter__(self) -> Iterator[Extraction]:
        """Yield the extractions of this build, in the order in which they lie here."""
        self.close()
        for path in self._files:
            for number, line in enumerate(read_shard(path)):
                key = _KEY.match(line)
                if key and (ident := bytes.fromhex(key[1].decode())) in self._wanted and self._place[ident] == (path, number):
                    yield Extraction.from_json(json.loads(line)["extraction"])

    def close(self) -> None:
        """Let go of the file that is being written."""
        file, self._file = self._file, None
        if file is not None:
            with saying_what_cannot_be_written(self._files[-1]):
                file.close()

    def _found(self, key: str) -> dict[str, Any] | None:
        """Return the extraction of a key as JSON values; None if there is none, or it is broken."""
        place = self._place.get(bytes.fromhex(key))
        if place is None:
            return None
        try:
            found: dict[str, Any] = json.loads(self._lines(place[0])[place[1]])["extraction"]
        except (ValueError, KeyError, IndexError):  # what a power cut may leave: it is read again
            return None
        return found

    def _open(self) -> GrowingShard:
        """Return the file to write to; each takes as many extractions as a shard, then comes the next."""
        if self._file is not None and self._written < SHARD_SIZE:
            return self._file
        self.close()
        path = self._fresh / shard_name(max(map(shard_number, shards_in(self._fresh)), default=-1) + 1)
        with saying_what_cannot_be_written(path):
            self._file = GrowingShard(path)
        self._files.append(path)
        self._written = 0
        return self._file

    def _kept(self, extraction: Extraction) -> Extraction:
        return extraction if self._text else without_text(extraction)


@contextmanager
def open_shelf(folder: Path | None, *, text: bool = True) -> Iterator[Shelf | Memory]:
    """Open the shelf of a build folder, keeping other builds out of it; without a folder, everything stays in memory.

    Raises:
        OutputError: the folder cannot be written to, or another build writes to it.
    """
    if folder is None:
        yield Memory()
        return
    with locked(folder), closing(Shelf(folder, text=text)) as shelf:
        yield shelf


class Intake:
    """What a build has taken in so far: extractions on a shelf, keys by document id, and what was left out."""

    def __init__(self, shelf: Shelf | Memory, key: Callable[[Document], str], needing_text: Collection[str] = ()) -> None:
        """Keep the texts of the documents `needing_text` even if the shelf does not."""
        self.keys: dict[str, str] = {}
        self.characters = 0
        """Of the texts."""
        self._failures: list[Failure] = []
        self._shelf, self._key, self._needing_text = shelf, key, needing_text
        self._texts: dict[str, str] = {}

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What was left out, sorted, as engines come upon it in different orders."""
        return tuple(sorted(self._failures, key=lambda failure: (failure.source, failure.reason)))

    def unread(self, items: Iterable[Document | Failure]) -> Iterator[Document]:
        """Yield the documents whose extraction is not there, and note the rest."""
        for item in items:
            if isinstance(item, Failure):
                self._failures.append(item)
                continue
            key = self.keys[item.id] = self._key(item)
            self.characters += len(item.text)
            if item.id in self._needing_text:
                self._texts[item.id] = item.text
            if not self._shelf.take(key, item):
                yield item

    def add(self, document: Document, result: Extraction | Lost) -> None:
        """Take in what an engine made of a document."""
        if isinstance(result, Lost):
            self._failures.append(Failure(document.source, result.reason))
        else:
            self._shelf.put(self.keys[document.id], result)

    def extractions(self) -> Iterator[Extraction]:
        """Yield what was read, in no particular order."""
        for x in self._shelf:
            text = self._texts.get(x.document.id, x.document.text)
            yield replace(x, document=replace(x.document, text=text)) if text != x.document.text else x


def _keys(path: Path) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(read_shard(path)):
        if found := _KEY.match(line):
            yield number, bytes.fromhex(found[1].decode())


def _lines(path: Path) -> list[bytes]:
    return list(read_shard(path))


def _program() -> Iterator[tuple[str, bytes]]:
    for path in (*_PACKAGE.rglob("*.py"), *(_PACKAGE / "relations").glob("*.toml")):
        name = path.relative_to(_PACKAGE)
        if name.parts[0].removesuffix(".py") not in _NO_PART_IN_READING:
            yield name.as_posix(), path.read_bytes().replace(b"\r\n", b"\n")


def _folder_of(model: Path | str) -> Path:
    if Path(model).is_dir():
        return Path(model)
    package = find_spec(str(model)) if str(model).isidentifier() else None
    if package is None or not package.submodule_search_locations:
        raise ModelError(f"{model}: is neither a folder nor an installed spaCy pipeline; install it with pip, or give the folder that nlp.to_disk wrote")
    return Path(package.submodule_search_locations[0])


def _digest_of_folder(folder: Path) -> str:
    try:
        files = sorted((path.relative_to(folder).as_posix(), path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())
        return _digest_of_files(tuple(files))
    except OSError as error:
        raise ModelError(f"{folder}: the language model cannot be read ({error.strerror}); install graphbuild again, or give another folder") from error


@lru_cache(maxsize=4)
def _digest_of_files(files: tuple[tuple[str, Path, int], ...]) -> str:
    return _digest_of({name: path.read_bytes() for name, path, _ in files})


def _digest_of(parts: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, data in sorted(parts.items()):
        total.update(f"{name}\n{hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()
