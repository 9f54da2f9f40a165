"""CoNLL-U with documents and paragraphs: UD EWT and GUM."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.examples import Example, Parse


@dataclass(slots=True)
class Document:
    """The columns of one document; `entity` and `space_after` come from MISC."""

    name: str
    forms: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    space_after: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    joined: list[tuple[int, int, str]] = field(default_factory=list)
    """Multi-word tokens: first word, past the last, surface form."""


def read_documents(path: Path) -> Iterator[Document]:
    """Every document of a CoNLL-U file, in order; a file without `newdoc` is one document."""
    document = Document(path.stem)
    paragraph = True
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        for line in lines:
            if line.startswith("# newdoc"):
                if document.forms:
                    yield document
                document = Document(line.partition("= ")[2].strip() or path.stem)
                paragraph = True
            elif line.startswith("# newpar"):
                paragraph = True
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            _add_sentence(document, rows, paragraph)
            paragraph = False
    if document.forms:
        yield document


def _add_sentence(document: Document, rows: list[list[str]], paragraph: bool) -> None:
    offset = len(document.forms)
    document.starts.append(offset)
    for row in rows:
        if "-" in row[0]:
            first, last = (int(number) for number in row[0].split("-"))
            document.joined.append((offset + first - 1, offset + last, row[1]))
            if "SpaceAfter=No" in row[9].split("|"):
                document.joined[-1] = (offset + first - 1, offset + last, row[1] + "\0")
        elif "." not in row[0]:
            _add_word(document, row, offset)
            document.breaks.append(paragraph and row[0] == "1")


def _add_word(document: Document, row: list[str], offset: int) -> None:
    misc = dict(field.partition("=")[::2] for field in row[9].split("|"))
    index, head = offset + int(row[0]) - 1, int(row[6])
    document.forms.append(row[1])
    document.lemmas.append(row[2])
    document.upos.append(row[3])
    document.xpos.append(row[4])
    document.feats.append(row[5])
    document.heads.append(offset + head - 1 if head else index)
    document.deprels.append(row[7])
    document.entity.append(misc.get("Entity", ""))
    document.space_after.append(misc.get("SpaceAfter") != "No")


def morph_label(upos: str, feats: str) -> str:
    """UPOS and features in one label."""
    return upos if feats == "_" else f"{upos}|{feats}"


def parse_layer(document: Document) -> Parse:
    """The treebank layers of a document."""
    return Parse(
        xpos=tuple(document.xpos),
        morph=tuple(morph_label(u, f) for u, f in zip(document.upos, document.feats, strict=True)),
        lemmas=tuple(document.lemmas),
        heads=tuple(document.heads),
        deprels=tuple(document.deprels),
    )


def read_treebank(path: Path, source: str) -> Iterator[Example]:
    """Documents of a treebank without entities, as examples."""
    for document in read_documents(path):
        yield Example(
            name=f"{source}/{document.name}",
            source=source,
            words=tuple(document.forms),
            breaks=tuple(document.breaks),
            starts=tuple(document.starts),
            trusted_starts=True,
            parse=parse_layer(document),
        )


def raw_text(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """The document's text, rebuilt from the spacing, and the character span of every word.

    The words of a multi-word token share its letters where they can ("don't" → "do", "n't") and its whole span
    otherwise. Paragraphs are set apart by a blank line.
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    position, index = 0, 0
    joined = {first: (last, form) for first, last, form in document.joined}
    while index < len(document.forms):
        last, surface = joined.get(index, (index + 1, document.forms[index]))
        after = document.space_after[last - 1] and not surface.endswith("\0")
        surface = surface.rstrip("\0")
        if document.breaks[index] and position:
            pieces.append("\n\n")
            position += 2
        spans.extend(_share(surface, document.forms[index:last], position))
        blank = " " if after and not (last < len(document.forms) and document.breaks[last]) else ""
        pieces.append(surface + blank)
        position += len(surface) + len(blank)
        index = last
    return "".join(pieces), spans


def _share(surface: str, forms: list[str], position: int) -> list[tuple[int, int]]:
    if "".join(forms) != surface:
        return [(position, position + len(surface))] * len(forms)
    spans = []
    for form in forms:
        spans.append((position, position + len(form)))
        position += len(form)
    return spans
