"""The build folder: extractions in shards, rows of facts, entities and identities, exports, and a manifest.

Everything but the extractions and the manifest can be made again from the extractions, without the model. Every file is
written aside and then put in place, so that a reader never sees half of one.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphbuild.catalogue import Catalogue
from graphbuild.corrections import Corrections, read_corrections, with_quotes
from graphbuild.errors import GraphFileError, OutputError
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Extraction, Failure

if TYPE_CHECKING:
    from graphbuild.export.layers import RdfOptions

FORMAT: Final = 1
"""Version of the folder's layout; a reader refuses a newer one."""
MANIFEST: Final = "manifest.json"
CORRECTIONS: Final = "corrections.jsonl"
"""What people decided; the folder has it only if there is something in it."""
SHARD_SIZE: Final = 500
"""Documents per file of extractions."""
_SHARDS: Final = "extractions"


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """What a build was made with; it goes into the manifest.

    `keys` gives each document the digest of all that its extraction depends on: with equal keys it need not be read again.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


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

    `formats` are names of `export.EXPORTERS`; `rdf` says how much of the graph RDF formats hold. Without `text`, the
    documents' texts are left out of the extractions and of RDF; the quotes of the evidence stay.

    Raises:
        OutputError: the folder or a file cannot be written.
        InputError: a format is unknown.
    """
    from graphbuild.export import EXPORTERS, export

    root, info = Path(directory), info or BuildInfo()
    exports = {name: export(graph, name, _rdf_options(rdf, text)) for name in formats}
    files = dict(_rows(graph, info)) | {EXPORTERS[name].file: data for name, data in exports.items()}
    shards = dict(_shards(graph.as_read if text else [_without_text(x) for x in graph.as_read], info.keys))
    _drop_old(root, {**shards, **files})
    written = [write_file(root / name, data) for name, data in sorted({**shards, **files}.items())]
    manifest = _manifest(graph, info, {**shards, **files}, formats, text=text)
    return [*written, write_file(root / MANIFEST, _json(manifest))]


def load_build(directory: Path | str, catalogue: Catalogue | None = None) -> KnowledgeGraph:
    """Assemble the graph of a build folder from its extractions and corrections, with the catalogue it was built with.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    return assemble((extraction for _, extraction in load_extractions(directory)), catalogue, _load_corrections(Path(directory)))


def load_extractions(directory: Path | str) -> Iterator[tuple[str | None, Extraction]]:
    """Yield each extraction of a build folder with its cache key, in the order of document ids.

    Raises:
        GraphFileError: this is no build folder, or a file in it is broken; names file and line.
    """
    root = Path(directory)
    load_manifest(root)
    for shard in sorted((root / _SHARDS).glob("*.jsonl")):
        for number, line in enumerate(_read(shard).split("\n"), start=1):
            if line:
                yield _revive(line, f"{shard}:{number}")


def load_manifest(directory: Path | str) -> dict[str, Any]:
    """Return the manifest of a build folder.

    Raises:
        GraphFileError: there is none, or it is broken, or a newer version of graphbuild wrote it.
    """
    path = Path(directory) / MANIFEST
    if not path.is_file():
        raise GraphFileError(f"{directory}: is no build folder (it has no {MANIFEST}); make one with: graphbuild build DOCUMENTS -o {directory}")
    try:
        manifest: dict[str, Any] = json.loads(_read(path))
        version = int(manifest["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise GraphFileError(f"{path}: is no manifest of a build: {error}; build the folder again") from error
    if version > FORMAT:
        raise GraphFileError(f"{path}: was written by a newer graphbuild (format {version}, this one reads {FORMAT}); update graphbuild")
    return manifest


def write_file(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all, making its folder if needed.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(aside).chmod(0o666 & ~_umask())
            Path(aside).replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
            raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}; choose another place with -o") from error
    return path


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _rows(graph: KnowledgeGraph, info: BuildInfo) -> Iterator[tuple[str, bytes]]:
    yield "facts.jsonl", _lines(graph.facts())
    yield "entities.jsonl", _lines(graph.entities())
    yield "identities.jsonl", _lines(_decisions(graph))
    if graph.corrections.rows:
        yield CORRECTIONS, _lines(with_quotes(graph.corrections, {x.document.id: x.document.text for x in graph.as_read}))
    yield "failed.jsonl", _lines(failure.to_json() for failure in sorted(info.failures, key=lambda f: (f.source, f.reason)))


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


def _shards(extractions: Sequence[Extraction], keys: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for first in range(0, len(extractions), SHARD_SIZE):
        batch = extractions[first : first + SHARD_SIZE]
        rows = [{"key": keys.get(x.document.id), "extraction": x.to_json()} for x in batch]
        yield f"{_SHARDS}/{first // SHARD_SIZE:05d}.jsonl", _lines(rows)


def _without_text(extraction: Extraction) -> Extraction:
    return replace(extraction, document=replace(extraction.document, text=""))


def _drop_old(root: Path, files: Mapping[str, bytes]) -> None:
    """Remove what an earlier build left and this one has not: shards, corrections."""
    for old in (*sorted((root / _SHARDS).glob("*.jsonl")), *root.glob(CORRECTIONS)):
        if old.relative_to(root).as_posix() not in files:
            try:
                old.unlink()
            except OSError as error:
                raise OutputError(f"{old}: a file of an earlier build cannot be removed: {error.strerror or error}") from error


def _load_corrections(root: Path) -> Corrections:
    path = root / CORRECTIONS
    return read_corrections(path) if path.is_file() else Corrections()


def _manifest(graph: KnowledgeGraph, info: BuildInfo, files: Mapping[str, bytes], formats: Sequence[str], *, text: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "versions": dict(sorted(info.versions.items())),
        "options": dict(sorted(info.options.items())),
        "catalogue": graph.catalogue.digest(),
        "formats": sorted(formats),
        "text": text,
        "counts": {
            "documents": len(graph.documents),
            "failed": len(info.failures),
            "nodes": len(graph.nodes),
            "claims": len(graph.claims),
            "facts": len(graph.listed),
        },
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair in a name: escaped, JSON can hold it
        return "".join(json.dumps(json.loads(line)) + "\n" for line in text.split("\n") if line).encode()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphFileError(f"{path}: cannot be read: {error}; build the folder again") from error


def _revive(line: str, where: str) -> tuple[str | None, Extraction]:
    try:
        row = json.loads(line)
        return row["key"], Extraction.from_json(row["extraction"])
    except (ValueError, KeyError, TypeError) as error:
        raise GraphFileError(f"{where}: is no extraction: {error}; build the folder again") from error
