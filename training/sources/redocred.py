"""Re-DocRED: Wikipedia documents with names, name coreference and Wikidata relations (MIT; text CC BY-SA)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.examples import Example, Fact, SpanTarget
from training.relation_map import REDOCRED, REDOCRED_RELATIONS
from training.sources.columns import refine

_TYPES = {"PER": "name:PER", "ORG": "name:ORG", "LOC": "name:LOC", "MISC": "name:MISC?"}


def read_redocred(path: Path) -> Iterator[Example]:
    """All documents, in the order of the file."""
    for document in json.loads(path.read_text(encoding="utf-8")):
        yield _example(document)


def _example(document: dict[str, Any]) -> Example:
    words: list[str] = []
    starts: list[int] = []
    for sentence in document["sents"]:
        starts.append(len(words))
        words.extend(sentence)
    spans: list[SpanTarget] = []
    entities: list[tuple[int, ...]] = []
    index_of: dict[tuple[int, int], int] = {}
    for vertex in document["vertexSet"]:
        own = []
        for mention in sorted(vertex, key=lambda m: (m["sent_id"], m["pos"])):
            target = _target(mention, starts[mention["sent_id"]], words)
            if target is None:
                continue
            key = (target.start, target.end)
            if key not in index_of:
                index_of[key] = len(spans)
                spans.append(target)
            own.append(index_of[key])
        entities.append(tuple(dict.fromkeys(own)))
    return Example(
        name=f"redocred/{document['title']}",
        source="redocred",
        words=tuple(words),
        breaks=tuple(index == 0 for index in range(len(words))),
        starts=tuple(starts),
        spans=tuple(spans),
        rest="rest:names",
        flat=True,
        entities=tuple(entities),
        facts=tuple(_facts(document, entities)),
        relations=REDOCRED_RELATIONS,
    )


def _target(mention: dict[str, Any], offset: int, words: list[str]) -> SpanTarget | None:
    start, end = offset + mention["pos"][0], offset + mention["pos"][1]
    if words[start].lower() == "the" and end - start > 1:
        start += 1
    admits = _TYPES.get(mention["type"])
    if admits is None or end <= start:
        return None
    return SpanTarget(start, end, refine(admits, " ".join(words[start:end])))


def _facts(document: dict[str, Any], entities: list[tuple[int, ...]]) -> Iterator[Fact]:
    seen = set()
    for label in document["labels"]:
        for relation, swapped in REDOCRED.get(label["r"], ()):
            ends = (label["t"], label["h"]) if swapped else (label["h"], label["t"])
            if all(entities[end] for end in ends) and (ends, relation) not in seen:
                seen.add((ends, relation))
                yield Fact(ends[0], relation, ends[1])
