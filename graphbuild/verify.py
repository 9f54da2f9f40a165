"""Checks a build folder against its manifest and against itself: nothing is lost, changed, or said without words that say it."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.errors import GraphbuildError
from graphbuild.export.layers import RdfOptions
from graphbuild.export.ondisk import holds_just
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Extraction
from graphbuild.store import MANIFEST, SHARDS, STORE, UNFINISHED, digest_of, load_build, load_manifest, rows
from graphbuild.vocabulary import BUILD_STORE


def verify(directory: Path | str, catalogue: Catalogue | None = None) -> Iterator[str]:
    """Yield what is wrong with a build folder, a line each: files, quotations, and what follows from the extractions.

    Raises:
        GraphFileError: there is no manifest, or it is broken.
    """
    root = Path(directory)
    manifest = load_manifest(root)
    yield from _files(root, manifest["files"])
    try:
        graph = load_build(root, _same_catalogue(manifest["catalogue"], catalogue))
    except GraphbuildError as error:
        yield str(error)
        return
    yield from _quotes(graph.as_read)
    yield from _derived(root, graph, manifest["files"])
    if STORE in manifest["formats"]:
        yield from _store(root, graph, RdfOptions(**manifest["rdf"]))
    if manifest["counts"]["documents"] != len(graph.documents):
        yield f"{root / MANIFEST}: counts {manifest['counts']['documents']} documents, the extractions are of {len(graph.documents)}; build the folder again"


def _same_catalogue(digest: str, catalogue: Catalogue | None) -> Catalogue:
    catalogue = catalogue or load_catalogue()
    if catalogue.digest() != digest:
        raise GraphbuildError("the catalogue is not the one that this was built with; give that (--catalogue), or build the folder again")
    return catalogue


def _files(root: Path, expected: dict[str, str]) -> Iterator[str]:
    for name, digest in sorted(expected.items()):
        path = root / name
        if not path.is_file():
            yield f"{path}: is missing; build the folder again"
        elif digest_of(path) != digest:
            yield f"{path}: is not what the manifest says; it was changed since, or a build was interrupted: build the folder again"
    known = {root / name for name in expected}
    yield from (f"{path}: is of no build; remove it" for path in sorted((root / SHARDS).glob("*")) if path not in known)
    if (root / UNFINISHED).exists():
        yield f"{root / UNFINISHED}: a build was interrupted, or goes on now; build the folder again to finish it"


def _quotes(extractions: Iterable[Extraction]) -> Iterator[str]:
    for x in extractions:
        text = x.document.text
        for evidence in (e for s in x.statements for e in s.evidence):
            if text and text[evidence.span.start : evidence.span.end] != evidence.quote:
                yield f"{x.document.id}: {evidence.quote!r} does not stand at {evidence.span.start}–{evidence.span.end} of its text; build the folder again"


def _derived(root: Path, graph: KnowledgeGraph, expected: dict[str, str]) -> Iterator[str]:
    for name, lines in rows(graph):
        digest = hashlib.sha256()
        for line in lines:
            digest.update(line)
        if digest.hexdigest() != expected.get(name):
            yield f"{root / name}: is not what this version of graphbuild makes of the extractions; build the folder again"


def _store(root: Path, graph: KnowledgeGraph, options: RdfOptions) -> Iterator[str]:
    if not holds_just(root / BUILD_STORE, graph, options):
        yield f"{root / BUILD_STORE}: is not what this version of graphbuild makes of the extractions; build the folder again"
