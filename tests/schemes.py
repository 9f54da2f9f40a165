"""Reads sentences with two trees (data/two_schemes.txt) and makes Docs of them, in either scheme."""

import re
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

FILE = Path(__file__).parent / "data" / "two_schemes.txt"
_COARSE = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "IN": "ADP", "TO": "PART", "DT": "DET", "PDT": "DET", "RB": "ADV", "WRB": "ADV",
    "CC": "CCONJ", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "WDT": "PRON", "EX": "PRON", "MD": "AUX", "POS": "PART", "CD": "NUM",
    "$": "SYM", "HYPH": "PUNCT", "RP": "ADP", ",": "PUNCT", ".": "PUNCT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tree:
    """Heads (0-based; a root is its own) and labels."""

    heads: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with a tree in each scheme, entities as token ranges with OntoNotes labels, and the facts to be read."""

    id: str
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    clearnlp: Tree
    ud: Tree
    entities: tuple[tuple[int, int, str], ...]
    facts: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return re.sub(r" ([,.?]|'s)|(?<=\$) | ?(-) ?", r"\1\2", " ".join(self.words))


def sentences() -> list[Sentence]:
    blocks = FILE.read_text(encoding="utf-8").split("\n# id ")[1:]
    return [_sentence(block.splitlines()) for block in blocks]


def _sentence(lines: list[str]) -> Sentence:
    facts = frozenset(line.removeprefix("# fact ") for line in lines[1:] if line.startswith("# fact "))
    rows = [line.split() for line in lines[1:] if line and not line.startswith("#")]
    words = tuple(row[0].split("/")[0] for row in rows)
    tags = tuple(row[1] for row in rows)
    lemmas = tuple(_lemma(row[0], row[1]) for row in rows)
    first = Tree(tuple(_head(row[2], number, words, lines[0]) for number, row in enumerate(rows)), tuple(row[3] for row in rows))
    heads = tuple(first.heads[n] if row[4] == "=" else _head(row[4], n, words, lines[0]) for n, row in enumerate(rows))
    labels = tuple(row[3] if row[5] == "=" else row[5] for row in rows)
    return Sentence(lines[0], words, lemmas, tags, first, Tree(heads, labels), tuple(_entities(rows)), facts)


def _lemma(form: str, tag: str) -> str:
    word, _, lemma = form.partition("/")
    return lemma or (word if tag in ("NNP", "NNPS") else word.lower())


def _head(name: str, own: int, words: tuple[str, ...], where: str) -> int:
    if name == "-":
        return own
    form, _, number = name.rpartition(":") if name[-1:].isdigit() and ":" in name else (name, "", "1")
    places = [place for place, word in enumerate(words) if word == form]
    if len(places) < int(number):
        raise ValueError(f"{FILE.name}, {where}: there is no {name!r} to be a head")
    return places[int(number) - 1]


def _entities(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for number, row in enumerate(rows):
        if row[6:] == ["I"]:
            start, _, label = found.pop()
            found.append((start, number + 1, label))
        elif row[6:]:
            found.append((number, number + 1, row[6]))
    return found


def fill(doc: Doc, sentence: Sentence, tree: Tree) -> Doc:
    """Make a Doc with the words of `doc` as a pipeline of the tree's scheme would annotate them."""
    labels = ["ROOT" if label == "root" else label for label in tree.labels]
    pos = ["AUX" if label in ("aux", "auxpass", "aux:pass", "cop") else _COARSE.get(tag, _open(tag)) for tag, label in zip(sentence.tags, labels, strict=True)]
    for token, tag, coarse, lemma in zip(doc, sentence.tags, pos, sentence.lemmas, strict=True):
        token.tag_, token.pos_, token.lemma_ = tag, coarse, lemma
    made = Doc(
        doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc], tags=list(sentence.tags), pos=pos, lemmas=list(sentence.lemmas),
        heads=list(tree.heads), deps=labels,
    )  # fmt: skip
    made.ents = [Span(made, start, end, label=label) for start, end, label in sentence.entities]
    return made


def _open(tag: str) -> str:
    return {"J": "ADJ", "V": "VERB"}.get(tag[:1], "X")


def doc_of(sentence: Sentence, tree: Tree, vocab: Vocab) -> Doc:
    return fill(Doc(vocab, list(sentence.words)), sentence, tree)
