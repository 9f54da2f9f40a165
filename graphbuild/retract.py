"""Takes documents, or persons, out of a build folder; all else is made again from what is left, without the model.

A document is taken out as if it had never been there. A person is taken out of every document: entity, facts and decisions go, and
the words of the names are blotted out wherever they stand, texts included, so that all offsets still hold.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from graphbuild.big import Anew, assemble_either
from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.corrections import Corrections, Pairing, Review, parse
from graphbuild.errors import GraphFileError, InputError, UnknownEntity
from graphbuild.export.layers import RdfOptions
from graphbuild.gazetteer.names import name_key
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Entity, Evidence, Extraction, Failure, Node, Span, Statement
from graphbuild.store import BuildInfo, is_on_disk, load_corrections, load_extractions, load_failures, load_manifest, write_build

BLOT: Final = "█"
"""Stands in place of every character of a name."""
_PERSON: Final = "Person"
_HONORIFICS: Final = frozenset("miss mrs sir dame lord lady madam madame doctor professor sister brother father saint".split())
"""Words before a surname that make no other person of it; shorter ones are no names either."""
_WORDS: Final = frozenset("source text title url publisher author name aliases quote value candidate reason note".split())
"""Fields that hold words of people."""


def remove(
    directory: Path | str, documents: Collection[str] = (), *, persons: Collection[str] = (), catalogue: Catalogue | None = None
) -> KnowledgeGraph:
    """Take documents and persons out of a build folder, write it anew and return its graph.

    Args:
        directory: the build folder.
        documents: ids of documents.
        persons: names of persons, or ids of their nodes; namesakes of one given by id keep the name in other documents.
        catalogue: the one that the folder was built with.

    Raises:
        GraphFileError: this is no build folder, it is broken, or it was built with another catalogue.
        UnknownEntity: no person has a name, and no text contains it.
        InputError: a document is not in the build, a name fits several persons, or stands in the id of a document.
        OutputError: the folder cannot be written.
    """
    manifest, catalogue = load_manifest(directory), catalogue or load_catalogue()
    if catalogue.digest() != manifest["catalogue"]:
        raise GraphFileError(f"{directory}: was built with another catalogue; give that (--catalogue), or build the folder again")
    if not documents and not persons:
        raise InputError("there is nothing to remove; give the ids of documents, or --person NAME")
    held = _Held(_kept(partial(load_extractions, directory), manifest), load_corrections(directory), load_failures(directory))
    held = _without_documents(held, frozenset(documents), manifest)
    for name in persons:
        held = _without_person(held, name, catalogue, manifest)
    graph = held.graph(catalogue, manifest)
    keys = {x.document.id: key for key, x in held.extractions if key}
    info = BuildInfo(manifest["versions"], manifest["options"], keys, held.failures, manifest.get("digests", {}))
    write_build(graph, directory, formats=manifest["formats"], info=info, rdf=RdfOptions(**manifest.get("rdf", {})), text=manifest["text"])
    return graph


_Read = tuple[str | None, Extraction]
"""An extraction with its key, None if it is not what was read."""
_Manifest = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a build folder holds: extractions with their keys, decisions, and what was left out."""

    extractions: Iterable[_Read]
    corrections: Corrections
    failures: tuple[Failure, ...]

    def graph(self, catalogue: Catalogue, manifest: _Manifest) -> KnowledgeGraph:
        return assemble_either((x for _, x in self.extractions), catalogue, self.corrections, on_disk=is_on_disk(manifest))


def _kept(make: Callable[[], Iterator[_Read]], manifest: _Manifest) -> Iterable[_Read]:
    """Return extractions that can be gone through several times; those of a large build are made anew each time."""
    return Anew(make) if is_on_disk(manifest) else tuple(make())


def _without_documents(held: _Held, documents: frozenset[str], manifest: _Manifest) -> _Held:
    known = {failure.source for failure in held.failures} | {x.document.id for _, x in held.extractions}
    if unknown := sorted(documents - known):
        raise InputError(f"there is no document {unknown[0]!r} in this build; ids stand in entities.jsonl")
    return _Held(
        _kept(lambda: (pair for pair in held.extractions if pair[1].document.id not in documents), manifest),
        _keep(held.corrections, lambda decided: not decided.documents & documents),
        tuple(failure for failure in held.failures if failure.source not in documents),
    )


def _keep(corrections: Corrections, wanted: Callable[[Corrections], bool]) -> Corrections:
    """Return the decisions that are wanted."""
    rows = [row for row in corrections.rows if wanted(parse(row, corrections.source))]
    return parse("\n".join(rows), corrections.source)


# --- persons ---------------------------------------------------------------------------------------------------------------------


def _without_person(held: _Held, name: str, catalogue: Catalogue, manifest: _Manifest) -> _Held:
    node = _person(held.graph(catalogue, manifest), name)
    out = _Erasure(node, name)
    extractions = _kept(lambda: (out.of(key, x) for key, x in held.extractions), manifest)
    if node is None and all(x is y or x == y for (_, x), (_, y) in zip(held.extractions, extractions, strict=True)):
        raise UnknownEntity(f"no person is called {name!r}, and no text contains that; names stand in entities.jsonl")
    blotted = out.everywhere
    decided_on = {x.document.id: x for _, x in held.extractions if x.document.id in held.corrections.documents}
    decided = _keep(held.corrections, lambda decided: not out.concerns(decided, decided_on))
    rows = "\n".join(json.dumps(blotted.json(json.loads(row)), ensure_ascii=False) for row in decided.rows)
    return _Held(extractions, parse(rows, decided.source), tuple(Failure.from_json(blotted.json(f.to_json())) for f in held.failures))


def _person(graph: KnowledgeGraph, name: str) -> Node | None:
    """Return the person of a name or id; None if there is none."""
    if name in graph.by_id:
        return graph.by_id[name]
    key = name_key(name)
    found = [n for n in graph.nodes if n.type == _PERSON and key in {name_key(form) for form in (n.name, *n.aliases)}]
    if len(found) > 1:
        raise InputError(f"{len(found)} persons are called {name!r}; give the id of one: {', '.join(n.id for n in found)}")
    return found[0] if found else None


class _Blotter:
    """Blots names out of texts, each character by one, so that offsets hold: names of several words in any case, single words as names are written.

    Names of others that share a word are passed over whole.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        forms, kept = ("|".join(map(_as_pattern, _longest_first(some))) or "(?!)" for some in (names, others))
        self._pattern = re.compile(rf"(?<!\w)(?:(?P<kept>{kept})|{forms})(?!\w)")

    def text(self, text: str) -> str:
        return self._pattern.sub(lambda found: found[0] if found["kept"] else BLOT * len(found[0]), text)

    def json(self, value: Any, name: str = "") -> Any:
        """Blot the words of people in JSON values, which are those under certain names; ids, relations and rules are no words."""
        if isinstance(value, str):
            return self.text(value) if name in _WORDS else value
        if isinstance(value, list):
            return [self.json(item, name) for item in value]
        return {key: self.json(item, key) for key, item in value.items()} if isinstance(value, dict) else value


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted({form for form in forms if form.strip()}, key=lambda form: (-len(form), form))


def _as_pattern(form: str) -> str:
    words = [re.escape(word) for word in form.split()]
    joined = r"\s+".join(words)
    return f"(?i:{joined})" if len(words) > 1 else f"{joined}|{re.escape(form.strip().upper())}"


class _Erasure:
    """Takes one person out of extractions: full names everywhere, single words of a name where the person is spoken of."""

    def __init__(self, node: Node | None, name: str) -> None:
        names = {name, node.name, *node.aliases} if node else {name}
        by_id = node is not None and name == node.id  # then namesakes keep the name
        names -= {name} if by_id else set()
        self._members = frozenset(node.members) if node else frozenset()
        self._documents = {document for document, _ in self._members}
        self.everywhere = _Blotter(form for form in names if not by_id and (len(form.split()) > 1 or form == name))
        self._names = names
        self._parts = {word for form in names for word in form.split() if len(word) > 2 and word[:1].isupper()}

    def of(self, key: str | None, extraction: Extraction) -> tuple[str | None, Extraction]:
        """Return an extraction without the person, and its key if nothing of it changed: what changed is not to be taken for what was read."""
        ident = extraction.document.id
        blotter = _Blotter(self._names | self._parts, self._others(extraction)) if ident in self._documents else self.everywhere
        if blotter.text(ident) != ident:
            raise InputError(f"the name stands in the id of the document {ident!r}; remove the document: graphbuild remove BUILD {ident!r}")
        blotted = _blotted(extraction, blotter)
        gone = {local for document, local in self._members if document == ident}
        blotted = _without_entities(blotted, gone) if gone else blotted
        return (key, extraction) if blotted == extraction else (None, blotted)

    def _others(self, extraction: Extraction) -> set[str]:
        """Return the full names of other persons of a document that share a word with the person: "John Smith" beside "Mary Smith"."""
        own = {local for document, local in self._members if document == extraction.document.id}
        people = [e for e in extraction.entities if e.type == _PERSON and e.id not in own]
        forms = {extraction.mentions[number].text for e in people for number in e.mentions if extraction.mentions[number].form == "name"}
        return {form for form in forms | {e.name for e in people} if self._is_anothers(form)}

    def _is_anothers(self, form: str) -> bool:
        """Tell whether a name shares a word with the person, has a first name or surname of its own, and holds no full name of the person."""
        words = form.split()
        foreign = [bare for word in words if word not in self._parts and word[:1].isupper() and len(bare := word.strip(".").lower()) > 2]
        whole = any(name_key(own) in name_key(form) for own in self._names if " " in own)
        return not _HONORIFICS.issuperset(foreign) and not self._parts.isdisjoint(words) and not whole

    def concerns(self, decided: Corrections, extractions: Mapping[str, Extraction]) -> bool:
        """Tell whether a decision names the person, by a mention."""
        named = [*chain(*map(_of_pairing, decided.pairings), *map(_of_review, decided.reviews))]
        return any(self._is_mention(document, span, extractions) for document, span in named)

    def _is_mention(self, document: str, span: Span, extractions: Mapping[str, Extraction]) -> bool:
        if document not in self._documents:
            return False
        x = extractions[document]
        own = [e for e in x.entities if (document, e.id) in self._members]
        return any(x.mentions[n].span.overlaps(span) for e in own for n in e.mentions)


def _of_pairing(decision: Pairing) -> list[tuple[str, Span]]:
    return [(ref.document, ref.span) for ref in (decision.left, decision.right)]


def _of_review(decision: Review) -> list[tuple[str, Span]]:
    ends = (decision.subject, decision.object, *(value for _, value in decision.given))
    return [(decision.document, end) for end in ends if isinstance(end, Span)]


def _blotted(extraction: Extraction, blotter: _Blotter) -> Extraction:
    made = Extraction.from_json(blotter.json(extraction.to_json()))
    entities = tuple(replace(e, traits=tuple((name, blotter.text(value)) for name, value in e.traits)) for e in made.entities)
    text = made.document.text
    statements = tuple(replace(s, evidence=tuple(_requoted(e, text) for e in s.evidence)) for s in made.statements) if text else made.statements
    return replace(made, entities=entities, statements=statements)


def _requoted(evidence: Evidence, text: str) -> Evidence:
    return replace(evidence, quote=text[evidence.span.start : evidence.span.end])  # a quotation may end within a name


def _without_entities(extraction: Extraction, gone: Collection[str]) -> Extraction:
    statements = tuple(s for s in extraction.statements if not gone & _ends(s))  # type: ignore[operator]
    rejected = tuple(r for r in extraction.rejected if not {r.subject, r.object} & set(gone))
    entities: Sequence[Entity] = [e for e in extraction.entities if e.id not in gone]
    chains = tuple(e.mentions for e in entities)
    return replace(extraction, statements=statements, rejected=rejected, entities=tuple(entities), chains=chains)


def _ends(statement: Statement) -> set[Any]:
    return {statement.subject, statement.object, statement.theme, statement.place, statement.speaker}
