"""The whole flow on one page: a document to its Extraction, a collection to its graph."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from graphbuild import __version__
from graphbuild.big import MOST_IN_MEMORY, assemble_either
from graphbuild.cache import LIBRARIES, Intake, digests, key_maker, open_shelf
from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.clean import CleanText, clean
from graphbuild.coref import resolve
from graphbuild.corrections import Corrections, read_corrections
from graphbuild.dates import find_times
from graphbuild.engines import apply
from graphbuild.entities import public_mentions, read_entities, worth_keeping
from graphbuild.errors import ModelError
from graphbuild.garbage import loading, no_search_for_cycles, spare_what_is_loaded
from graphbuild.gazetteer import Gazetteer
from graphbuild.graph import KnowledgeGraph
from graphbuild.language import load_model
from graphbuild.language.components import MODEL
from graphbuild.linking import link_entities
from graphbuild.mentions import find_mentions
from graphbuild.phrases import mend_phrases
from graphbuild.read import read
from graphbuild.records import Document, Entity, Extraction, Failure, Rejected
from graphbuild.relations import find_statements
from graphbuild.relations.qualifiers import FoundTime
from graphbuild.relations.scoring import scored
from graphbuild.senses import read_senses
from graphbuild.speech import find_speech
from graphbuild.store import ON_DISK, BuildInfo

Progress = Callable[[int], None]
"""Called with the number of documents that have been read."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build yields: the graph, what was left out, and what it was made with."""

    graph: KnowledgeGraph
    info: BuildInfo

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Documents and paths that were left out, each with the reason."""
        return self.info.failures


def build(  # noqa: PLR0913  # the options of a build are its parameters
    paths: Iterable[str | os.PathLike[str] | Document | Failure],
    *,
    folder: Path | None = None,
    text: bool = True,
    root: str | os.PathLike[str] | None = None,
    model: str | Path | None = None,
    catalogues: Sequence[Path] = (),
    gazetteers: Sequence[Path] = (),
    corrections: Path | None = None,
    workers: int | None = 1,
    engine: str = "processes",
    any_language: bool = False,
    on_disk: bool | None = None,
    progress: Progress = lambda done: None,
) -> Build:
    """Read documents and assemble their graph.

    Parameters:
        paths: files, folders, globs, "-" for standard input, or documents.
        folder: the build folder that it is for: what has been read for it before is not read again, and if this build is
            interrupted, the next goes on where it was. `write_build` writes the rest there.
        text: whether the texts are kept there.
        root: document ids are paths relative to it.
        model: an installed spaCy pipeline, or the folder of one or of a model of ours, as `load_model` takes it; the shipped one by default.
        catalogues: files with further relations.
        gazetteers: CSV files with further names, as `gazetteer.userfile` reads them.
        corrections: a file of what people decided on entities and facts, as `corrections` reads it.
        workers: number of processes; None means all cores.
        engine: one of `engines.ENGINES`.
        any_language: read texts that are not English, too.
        on_disk: hold the graph in a database in the folder for temporary files (`big`), so that its size does not matter; by default
            from `MOST_IN_MEMORY` characters of text on.
        progress: is told after each document how many have been read.

    Raises:
        DuplicateDocument: two different texts carry one id.
        ModelError: the language model cannot be loaded, or lacks a parser or entities.
        CatalogueError: a catalogue file is malformed.
        GazetteerError: a row of a gazetteer file is bad; nothing is read then.
        CorrectionError: a line of the corrections is bad, or does not fit the documents; nothing is applied then.
        OutputError: the folder cannot be written to.
    """
    gazetteer = Gazetteer.load(tuple(gazetteers))  # a bad row is told before the work begins, and so is a bad line
    decided = read_corrections(corrections) if corrections else Corrections()
    catalogue = load_catalogue(tuple(catalogues))
    parts = digests(model or MODEL, catalogue, gazetteer)
    with open_shelf(folder, text=text) as shelf, loading():
        intake = Intake(shelf, key_maker(parts), decided.documents)
        documents = intake.unread(read(paths, root=root, any_language=any_language))
        reader = partial(_reader, model, tuple(catalogues), tuple(gazetteers))
        for number, (document, result) in enumerate(apply(reader, documents, workers, engine=engine, limit=patience), start=1):
            intake.add(document, result)
            progress(number)
        if on_disk is None:
            on_disk = intake.characters >= MOST_IN_MEMORY
        graph = assemble_either(intake.extractions(), catalogue, decided, on_disk=on_disk)
    versions = {"graphbuild": __version__} | {name: version(name) for name in LIBRARIES}
    options: dict[str, object] = {"catalogues": [path.name for path in catalogues], "gazetteers": [path.name for path in gazetteers]}
    if on_disk:
        options[ON_DISK] = True
    if model is not None:
        options["model"] = Path(model).name
    return Build(graph, BuildInfo(versions, options, intake.keys, intake.failures, parts))


def patience(document: Document) -> float:
    """Return the seconds that a document may take: many times what it needs, so that only what hangs is stopped."""
    return 120 + len(document.text) / 200


def _reader(model: str | Path | None, catalogues: tuple[Path, ...], gazetteers: tuple[Path, ...]) -> Callable[[Document], Extraction]:
    """Load what reading needs; the result reads one document."""
    reader = partial(extract, nlp=load_model(model), catalogue=load_catalogue(catalogues), gazetteer=Gazetteer.load(gazetteers))
    spare_what_is_loaded()
    return reader


@no_search_for_cycles()
def extract(document: Document, nlp: Language, catalogue: Catalogue | None = None, gazetteer: Gazetteer | None = None) -> Extraction:
    """Read one document: clean text → Doc → mentions → chains → entities → links → statements → scores.

    Parameters:
        document: the text as read; all offsets of the result are into it.
        nlp: a pipeline that parses and finds mentions, as `load_model` returns it.
        catalogue: what the graph can say; the shipped one by default.
        gazetteer: who is who; the shipped one by default.

    Raises:
        ModelError: the pipeline sets no trees, entities or mentions.
    """
    catalogue, gazetteer = catalogue or load_catalogue(), gazetteer or Gazetteer.load()
    cleaned = clean(document.text)
    doc = nlp(cleaned.text)
    if "mentions" not in doc.spans:
        raise ModelError('the spaCy pipeline sets no mentions: end it with nlp.add_pipe("graphbuild_adapter"), or take graphbuild.load_model()')
    mend_phrases(doc, gazetteer)
    mentions = read_senses(doc, find_mentions(doc, gazetteer), gazetteer)
    speeches = find_speech(doc, _paragraphs(doc, cleaned))
    chains = resolve(doc, mentions, speeches, gazetteer)
    reading = read_entities(doc, chains, gazetteer, lambda start, end: cleaned.raw_span(doc[start].idx, _end(doc, end)))
    reading = link_entities(reading, gazetteer, document.published)
    times = _times(doc, cleaned, document.published)
    statements, rejected = find_statements(reading, catalogue, speeches, times, document.id, document.text)
    entities = worth_keeping(reading, statements)
    chains_ = tuple(e.mentions for e in entities)
    return scored(Extraction(document, public_mentions(reading), chains_, entities, statements, _about(entities, rejected)))


def _about(entities: Sequence[Entity], rejected: Sequence[Rejected]) -> tuple[Rejected, ...]:
    """Keep what was refused between entities that are kept."""
    kept = {e.id for e in entities}
    return tuple(r for r in rejected if {r.subject, r.object} <= kept | {None})


def _end(doc: Doc, end: int) -> int:
    return doc[end - 1].idx + len(doc[end - 1])


def _paragraphs(doc: Doc, cleaned: CleanText) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs as token ranges."""
    spans = [doc.char_span(p.start, p.end, alignment_mode="expand") for p in cleaned.paragraphs]
    return tuple((s.start, s.end) for s in spans if s is not None and len(s))


def _times(doc: Doc, cleaned: CleanText, published: str | None) -> Sequence[FoundTime]:
    """Find time expressions, as tokens, with their readings in the past and in the future."""
    day = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    out = []
    for found in find_times(cleaned.text, day):
        span = doc.char_span(found.span.start, found.span.end, alignment_mode="expand")
        if found.time is not None and span is not None:
            out.append(FoundTime(span.start, span.end, found.time, found.past, found.future))
    return out
