"""Sets with one word and its label a line: wikigold (CC BY 4.0) and CrossNER politics (MIT)."""

from collections.abc import Iterator
from pathlib import Path

from training.countries import is_country
from training.examples import Example, SpanTarget

_WIKIGOLD = {"PER": "name:PER", "ORG": "name:ORG", "LOC": "name:LOC", "MISC": "name:MISC?"}
_CROSSNER = {
    "person": "name:PER", "politician": "name:PER", "politicalparty": "name:PARTY", "organisation": "name:BODY",
    "country": "name:COUNTRY", "location": "name:AREA", "event": "name:EVENT", "election": "name:EVENT", "misc": "name:MISC?",
}  # fmt: skip

Labelled = tuple[list[str], list[tuple[int, int, str]]]
"""Words of a sentence, and its labelled spans."""


def read_sentences(path: Path, separator: str) -> Iterator[list[Labelled]]:
    """Documents (lists of labelled sentences) of a file in BIO or IO columns; a `-DOCSTART-` line begins a document."""
    document: list[Labelled] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split(separator) for line in block.splitlines() if line.strip()]
        if rows and rows[0][0] == "-DOCSTART-":
            if document:
                yield document
            document, rows = [], rows[1:]
        if rows:
            document.append(([row[0] for row in rows], _spans([row[1].strip() for row in rows])))
    if document:
        yield document


def _spans(labels: list[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if label == "O":
            continue
        prefix, _, kind = label.partition("-")
        continues = index > 0 and labels[index - 1].partition("-")[2] == kind and prefix == "I"
        start = spans.pop()[0] if continues else index
        spans.append((start, index + 1, kind))
    return spans


def read_wikigold(path: Path) -> list[Example]:
    """All documents of wikigold, in the order of the file."""
    documents = list(read_sentences(path, " "))
    return [_example(f"wikigold/{number}", document, _WIKIGOLD, "rest:names") for number, document in enumerate(documents)]


def read_crossner(path: Path) -> list[Example]:
    """Every sentence of a CrossNER politics file as a document of its own."""
    (sentences,) = read_sentences(path, "\t")
    return [
        _example(f"crossner/{path.stem}-{number}", [sentence], _CROSSNER, "rest:names-and-events")
        for number, sentence in enumerate(sentences)
    ]


def _example(name: str, document: list[Labelled], table: dict[str, str], rest: str) -> Example:
    words: list[str] = []
    starts: list[int] = []
    spans: list[SpanTarget] = []
    for sentence, labelled in document:
        offset = len(words)
        starts.append(offset)
        words.extend(sentence)
        spans.extend(
            SpanTarget(offset + start, offset + end, refine(table[kind], " ".join(sentence[start:end]))) for start, end, kind in labelled
        )
    breaks = tuple(index == 0 for index in range(len(words)))
    return Example(name, name.split("/")[0], tuple(words), breaks, tuple(starts), spans=tuple(spans), rest=rest, flat=True)


def refine(admits: str, name: str) -> str:
    """`name:COUNTRY` for a place (or a nationality among the miscellaneous) that the country tables know."""
    return "name:COUNTRY" if admits in {"name:LOC", "name:AREA", "name:MISC?"} and is_country(name) else admits
