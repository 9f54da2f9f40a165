"""The build folder: extractions in shards, rows of facts, entities and identities, exports, pictures, and a manifest.

Everything but the extractions and the manifest can be made again from the extractions, without the model. A build is written
aside, every file of it, and then put in place, the manifest last; readers check what they read against the manifest's digests. So
whoever is killed at any moment leaves the old build, the new one, or one that says that it is neither: then build again.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from graphbuild.big import BigGraph, assemble_either
from graphbuild.catalogue import Catalogue
from graphbuild.corrections import Corrections, read_corrections, with_quotes
from graphbuild.errors import GraphFileError, InputError, OutputError
from graphbuild.garbage import no_search_for_cycles
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Extraction, Failure
from graphbuild.shards import read_shard, shard_name, shards_in, write_shard
from graphbuild.sources import signature
from graphbuild.vocabulary import BUILD_STORE

if TYPE_CHECKING:
    from graphbuild.export.layers import RdfOptions

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

FORMAT: Final = 2
"""Version of the folder's layout; a reader refuses a newer one."""
MANIFEST: Final = "manifest.json"
STORE: Final = "oxigraph"
"""Format of a store on disk: a folder, which queries open without loading it."""
COPIES: Final = "copies.jsonl"
"""Which documents count as one source; the folder has it only if there are any."""
FAILED: Final = "failed.jsonl"
CORRECTIONS: Final = "corrections.jsonl"
"""What people decided; the folder has it only if there is something in it."""
SHARD_SIZE: Final = 500
"""Documents per file of extractions."""
SHARDS: Final = "extractions"
ON_DISK: Final = "on_disk"
"""Option in the manifest of builds whose graph was never in memory."""
UNFINISHED: Final = ".unfinished"
"""Folder of what a build has not put in place yet; whatever is in it may be lost."""


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """What a build was made with; it goes into the manifest.

    `keys` gives each document the digest of all that its extraction depends on: with equal keys it need not be read again.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


@no_search_for_cycles()
def write_build(
    graph: KnowledgeGraph,
    directory: Path | str,
    *,
    formats: Sequence[str] = ("turtle", "graphml"),
    info: BuildInfo | None = None,
    rdf: "RdfOptions | None" = None,
    text: bool = True,
) -> list[Path]:
    """Write the graph as a build folder and return the paths of its files, the manifest last.

    `formats` are names of `export.EXPORTERS` and `draw.FORMATS`, or "oxigraph" for a store on disk; `rdf` says how much of the graph RDF formats hold. Without
    `text`, the documents' texts are left out of the extractions and of RDF; the quotes of the evidence stay. What an earlier build
    wrote and this one does not is removed; other files are left alone.

    Of a graph on disk, `left_out` says what is not written.

    Raises:
        OutputError: the folder or a file cannot be written; then the earlier build is still there.
        InputError: a format is unknown.
    """
    root, info, options = Path(directory), info or BuildInfo(), _rdf_options(rdf, text)
    formats = [name for name in formats if name not in left_out(graph, formats)]
    exports, pictures = split_formats(formats)
    with locked(root):
        old = _files_of(root)
        files = _files(graph, info, exports, pictures, options, text=text)
        digests = {name: _stage(root, name, write) for name, write in files}
        manifest = _manifest(graph, info, digests, formats, options, text=text)
        _stage(root, MANIFEST, _holding(_json(manifest)))
        if STORE in formats:
            _stage_store(root, graph, options)
        written = _put_in_place(root, sorted(digests), sorted(old - digests.keys()))
        return [*sorted([*written[:-1], root / BUILD_STORE]), written[-1]] if STORE in formats else written


def take_back(directory: Path | str) -> None:
    """Remove the folders that a build of nothing has made; one that holds anything stays."""
    root = Path(directory)
    for folder in (root / UNFINISHED / SHARDS, root / UNFINISHED, root):
        with contextlib.suppress(OSError):
            folder.rmdir()


def left_out(graph: KnowledgeGraph, formats: Sequence[str]) -> list[str]:
    """Return the formats that a build does without because its graph is on disk, and they need all of it in memory.

    Raises:
        InputError: a format is unknown.
    """
    from graphbuild.export import EXPORTERS

    exports, pictures = split_formats(formats)
    return [name for name in (*exports, *pictures) if name in pictures or not EXPORTERS[name].streams] if isinstance(graph, BigGraph) else []


def load_build(directory: Path | str, catalogue: Catalogue | None = None) -> KnowledgeGraph:
    """Assemble the graph of a build folder from its extractions and corrections, with the catalogue it was built with.

    It is on disk if that of the build was.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    found = (extraction for _, extraction in load_extractions(directory))
    return assemble_either(found, catalogue, load_corrections(directory), on_disk=is_on_disk(load_manifest(directory)))


def is_on_disk(manifest: Mapping[str, Any]) -> bool:
    """Tell whether the graph of a build is too large for memory, by its manifest."""
    return bool(manifest["options"].get(ON_DISK, False))


def load_extractions(directory: Path | str) -> Iterator[tuple[str | None, Extraction]]:
    """Yield each extraction of a build folder with its cache key, in the order of document ids.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    root = Path(directory)
    for name, expected in sorted(load_manifest(root)["files"].items()):
        if name.startswith(f"{SHARDS}/"):
            with _saying_what_cannot_be_read(root / name):
                for number, line in enumerate(read_shard(root / name), start=1):
                    if line:
                        yield _revive(line, f"{root / name}:{number}")
                digest = digest_of(root / name)
            if digest != expected:
                raise GraphFileError(f"{root / name}: is not what the manifest says; a build was interrupted, or the file changed: build the folder again")


def load_failures(directory: Path | str) -> tuple[Failure, ...]:
    """Return what a build left out.

    Raises:
        GraphFileError: failed.jsonl is broken.
    """
    path = Path(directory) / FAILED
    try:
        return tuple(Failure.from_json(json.loads(line)) for line in read_file(path).splitlines())
    except (ValueError, TypeError) as error:
        raise GraphFileError(f"{path}: is no list of failures: {error}; build the folder again") from error


def load_corrections(directory: Path | str) -> Corrections:
    """Return what people decided on a build; nothing if the folder holds no corrections.

    Raises:
        CorrectionError: a line is bad.
    """
    path = Path(directory) / CORRECTIONS
    return read_corrections(path) if path.is_file() else Corrections()


def load_manifest(directory: Path | str) -> dict[str, Any]:
    """Return the manifest of a build folder.

    Raises:
        GraphFileError: there is none, or it is broken, or a newer version of graphbuild wrote it.
    """
    path = Path(directory) / MANIFEST
    if not path.is_file():
        raise GraphFileError(f"{directory}: is no build folder (it has no {MANIFEST}); make one with: graphbuild build DOCUMENTS -o {directory}")
    try:
        manifest: dict[str, Any] = json.loads(read_file(path))
        version = int(manifest["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise GraphFileError(f"{path}: is no manifest of a build: {error}; build the folder again") from error
    if version <= FORMAT and not isinstance(manifest.get("files"), dict):
        raise GraphFileError(f"{path}: does not say which files there are; build the folder again")
    if version > FORMAT:
        raise GraphFileError(f"{path}: was written by a newer graphbuild (format {version}, this one reads {FORMAT}); update graphbuild")
    return manifest


@contextlib.contextmanager
def saying_what_cannot_be_written(path: Path) -> Iterator[None]:
    """Turn what the system says about a file or folder to be written into an `OutputError`."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}; make room there, or choose another place with -o") from error


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other builds out of a folder while one writes to it, where the system can (not on Windows).

    Raises:
        OutputError: the folder cannot be made, or another build writes to it.
    """
    with saying_what_cannot_be_written(root):
        (root / UNFINISHED).mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        if fcntl is not None:
            handle = os.open(root, os.O_RDONLY)
            held.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(f"{root}: another build is writing to this folder; wait for it, or choose another with -o") from error
        yield


def read_file(path: Path) -> bytes:
    """Return the bytes of a file of a build folder.

    Raises:
        GraphFileError: it cannot be read.
    """
    with _saying_what_cannot_be_read(path):
        return path.read_bytes()


def digest_of(path: Path) -> str:
    """Return the digest of a file, as manifests have it.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _saying_what_cannot_be_read(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GraphFileError(f"{path}: cannot be read: {error.strerror or error}; build the folder again") from error


def to_line(row: Mapping[str, Any]) -> bytes:
    """Return a row as a line of JSON Lines."""
    text = json.dumps(row, ensure_ascii=False) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair in a name: escaped, JSON can hold it
        return f"{json.dumps(row)}\n".encode()


def without_text(extraction: Extraction) -> Extraction:
    """Return an extraction that holds of its document's text only what it quotes, and what copies are told by."""
    document = extraction.document
    return replace(extraction, document=replace(document, text="", signature=signature(document.text))) if document.text else extraction


def row_of(key: str | None, extraction: Extraction) -> dict[str, Any]:
    """Return a line of a shard, as JSON values."""
    return {"key": key, "extraction": extraction.to_json()}


def rows(graph: KnowledgeGraph) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the files of rows that follow from a graph alone, by name, line by line."""
    yield "facts.jsonl", map(to_line, graph.facts())
    yield "entities.jsonl", map(to_line, graph.entities())
    yield "identities.jsonl", map(to_line, _decisions(graph))
    if graph.copies:
        yield COPIES, (to_line({"documents": list(group.documents), "reason": group.reason}) for group in graph.copies)
    if graph.corrections.rows:
        decided = graph.corrections.documents
        texts = {x.document.id: x.document.text for x in graph.as_read if x.document.id in decided}
        yield CORRECTIONS, map(to_line, with_quotes(graph.corrections, texts))


_Write = Callable[[BinaryIO], object]
"""Writes a file of a build."""


def _files(
    graph: KnowledgeGraph, info: BuildInfo, exports: Sequence[str], pictures: Sequence[Any], options: "RdfOptions", *, text: bool
) -> Iterator[tuple[str, _Write]]:
    """Yield the files of a build but the manifest, one after the other, and what writes them, so that none of them need be in memory."""
    from graphbuild.draw import draw_all
    from graphbuild.export import EXPORTERS, write_export

    for name, lines in rows(graph):
        yield name, _writing(lines)
    yield FAILED, _writing(to_line(failure.to_json()) for failure in sorted(info.failures, key=lambda f: (f.source, f.reason)))
    for name in exports:
        yield EXPORTERS[name].file, partial(_export, write_export, graph, name, options)
    for form, picture in draw_all(graph, pictures):
        yield f"graph.{form}", _holding(picture)
    for name, lines in _shards(graph.as_read, info.keys, text=text):
        yield name, partial(write_shard, lines)


def _export(write: Callable[..., object], graph: KnowledgeGraph, name: str, options: "RdfOptions", out: BinaryIO) -> None:
    write(graph, name, out, options)


def _writing(lines: Iterable[bytes]) -> _Write:
    return lambda out: out.writelines(lines)


def _holding(data: bytes) -> _Write:
    return lambda out: out.write(data)


def split_formats(formats: Sequence[str]) -> tuple[list[str], list[Any]]:
    """Tell exports from pictures, and leave out the store on disk, which is no file.

    Raises:
        InputError: a format is none of them.
    """
    from graphbuild.draw import FORMATS
    from graphbuild.export import EXPORTERS

    known = (*EXPORTERS, STORE, *FORMATS)
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise InputError(f"there is no format {unknown[0]!r}; choose from {', '.join(known)}")
    return [name for name in formats if name in EXPORTERS], [name for name in formats if name in FORMATS]


def _stage(root: Path, name: str, write: _Write) -> str:
    """Write a file aside and return its digest."""
    path = root / UNFINISHED / "files" / name
    with saying_what_cannot_be_written(root / name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            digested = _Digested(file)
            write(cast("BinaryIO", digested))
            _sync(file)
    return digested.digest.hexdigest()


class _Digested:
    """A file that is written, and digested on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)


def _stage_store(root: Path, graph: KnowledgeGraph, options: "RdfOptions") -> None:
    """Write a store on disk aside."""
    from graphbuild.export.ondisk import write_store

    aside = root / UNFINISHED / BUILD_STORE
    with saying_what_cannot_be_written(root / BUILD_STORE):
        shutil.rmtree(aside, ignore_errors=True)
        write_store(graph, aside, options)


def _put_store(root: Path) -> None:
    """Put the store on disk in place; one of an earlier build, which would answer with what was, goes in any case."""
    shutil.rmtree(root / BUILD_STORE, ignore_errors=True)
    if (root / UNFINISHED / BUILD_STORE).exists():
        (root / UNFINISHED / BUILD_STORE).replace(root / BUILD_STORE)


def _put_in_place(root: Path, names: Sequence[str], old: Sequence[str]) -> list[Path]:
    """Put staged files where they belong, remove what is older, and then put the manifest: from then on the build is valid."""
    with saying_what_cannot_be_written(root):
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / UNFINISHED / "files" / name).replace(root / name)
        for name in old:
            (root / name).unlink(missing_ok=True)
        _put_store(root)
        (root / UNFINISHED / "files" / MANIFEST).replace(root / MANIFEST)
        shutil.rmtree(root / UNFINISHED)
    return [root / name for name in (*names, MANIFEST)]


def _files_of(root: Path) -> set[str]:
    """Return what an earlier build wrote: by its manifest if it has one, and shards in any case."""
    found = {f"{SHARDS}/{path.name}" for path in shards_in(root / SHARDS)}
    with contextlib.suppress(GraphFileError):
        found.update(name for name in load_manifest(root)["files"] if not Path(name).is_absolute() and ".." not in Path(name).parts)
    return found


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _decisions(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for decision in graph.decisions:
        sides = {side: _mention(*getattr(decision, side)) for side in ("left", "right")}
        yield {"verdict": decision.verdict, **sides, "reason": decision.reason, "score": decision.score}


def _mention(document: str, span: Any, name: str) -> dict[str, Any]:
    return {"document": document, "start": span.start, "end": span.end, "name": name}


def _rdf_options(options: "RdfOptions | None", text: bool) -> "RdfOptions":
    from graphbuild.export.layers import RdfOptions

    options = options or RdfOptions()
    return options if text else replace(options, text=False)


def _shards(extractions: Iterable[Extraction], keys: Mapping[str, str], *, text: bool) -> Iterator[tuple[str, Iterator[bytes]]]:
    lines = (to_line(row_of(keys.get(x.document.id), x if text else without_text(x))) for x in extractions)
    for number in count():
        first = list(islice(lines, 1))
        if not first:
            return
        yield f"{SHARDS}/{shard_name(number)}", chain(first, islice(lines, SHARD_SIZE - 1))


def _manifest(
    graph: KnowledgeGraph, info: BuildInfo, digests: Mapping[str, str], formats: Sequence[str], options: "RdfOptions", *, text: bool
) -> dict[str, Any]:
    documents = "".join(f"{x.document.id}\0{info.keys.get(x.document.id)}\n" for x in graph.as_read)
    return {
        "format": FORMAT,
        "versions": dict(sorted(info.versions.items())),
        "options": dict(sorted(info.options.items())),
        "digests": dict(sorted(info.digests.items())),
        "catalogue": graph.catalogue.digest(),
        "documents": hashlib.sha256(documents.encode("utf-8", "surrogatepass")).hexdigest(),
        "formats": sorted(formats),
        "rdf": asdict(options),
        "text": text,
        "counts": {
            "documents": len(graph.documents),
            "failed": len(info.failures),
            "nodes": len(graph.nodes),
            "claims": len(graph.claims),
            "facts": len(graph.listed),
        },
        "files": dict(sorted(digests.items())),
    }


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _revive(line: bytes, where: str) -> tuple[str | None, Extraction]:
    try:
        row = json.loads(line)
        return row["key"], Extraction.from_json(row["extraction"])
    except (ValueError, KeyError, TypeError) as error:
        raise GraphFileError(f"{where}: is no extraction: {error}; build the folder again") from error
