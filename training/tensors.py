"""Windows to tensors: inputs and targets of every head."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from graphbuild.language.casing import word_case
from graphbuild.language.features import distance_bucket, match_kind
from graphbuild.language.lemmas import lemma_rule
from graphbuild.language.pieces import WordPieces
from training.examples import Example
from training.inventory import Inventory
from training.labels import admitted
from training.model import FORMS, WIDTH
from training.relation_head import RelationPairs, relation_pairs
from training.windows import Window

IGNORE = -100
MAX_ANTECEDENTS = 50
MASK = 103
"""The encoder's piece for what is hidden."""
HIDDEN_PIECES = 0.08
"""Part of the pieces that training hides, so that context counts and no name is learned by heart."""
FORM_NAMES = ("name", "noun", "pronoun")


@dataclass(slots=True)
class Pairs:
    """Mentions and candidate pairs of one batch for the antecedent head.

    Attributes:
        window, first, last: per mention: its window, first and last word.
        earlier, later: per pair: indexes of mentions.
        words, between, match: per pair: features.
        gold: per pair: whether the earlier is an antecedent of the later.
    """

    window: Tensor
    first: Tensor
    last: Tensor
    earlier: Tensor
    later: Tensor
    words: Tensor
    between: Tensor
    match: Tensor
    gold: Tensor


@dataclass(slots=True)
class Batch:
    """Inputs and targets; a target that a window lacks is `IGNORE` or None."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    firsts: Tensor
    present: Tensor
    start: Tensor
    xpos: Tensor
    morph: Tensor
    lemma: Tensor
    head: Tensor
    deprel: Tensor
    sentence: Tensor
    spans: Tensor
    pairs: Pairs | None
    relations: RelationPairs | None


class Collator:
    """Makes batches; holds the vocabulary, the label indexes and the table of admitted labels."""

    def __init__(self, pieces: WordPieces, inventory: Inventory, sets: Sequence[str]) -> None:
        self.pieces = pieces
        self.index = {
            "xpos": _positions(inventory.xpos),
            "morph": _positions(inventory.morph),
            "lemma": _positions(inventory.lemma),
            "deprel": _positions(inventory.deprel),
        }
        self.sets = {name: number for number, name in enumerate(sets)}
        table = [[label in admitted(name) for label in inventory.span] for name in sets]
        self.admits = torch.zeros(len(table), len(inventory.span)).masked_fill(~torch.tensor(table), float("-inf"))

    def piece_counts(self, example: Example) -> list[int]:
        """Number of pieces of every word."""
        return [len(self.pieces.ids(word)) for word in example.words]

    def batch(self, windows: list[Window], seed: random.Random | None) -> Batch:
        """Tensors for some windows; with a seed, some pieces are hidden, and from a third of the windows the paragraph breaks."""
        encoded = []
        for window in windows:
            breaks = window.example.breaks[window.start : window.end]
            if seed is not None and seed.random() < 0.3:
                breaks = tuple(False for _ in breaks)
            words = window.example.words[window.start : window.end]
            ids, types, firsts = self.pieces.encode(words, [word_case(word) for word in words], breaks)
            if seed is not None:
                ids = [ids[0], *(MASK if seed.random() < HIDDEN_PIECES else piece for piece in ids[1:-1]), ids[-1]]
            encoded.append((ids, types, firsts))
        length = max(len(ids) for ids, _, _ in encoded)
        words = max(window.end - window.start for window in windows)
        shape = (len(windows), words)
        batch = Batch(
            ids=_padded([ids for ids, _, _ in encoded], length, 0),
            types=_padded([types for _, types, _ in encoded], length, 0),
            mask=_padded([[1] * len(ids) for ids, _, _ in encoded], length, 0),
            firsts=_padded([firsts for _, _, firsts in encoded], words, 0),
            present=_padded([[1] * (w.end - w.start) for w in windows], words, 0).bool(),
            start=torch.full(shape, -1.0),
            xpos=torch.full(shape, IGNORE),
            morph=torch.full(shape, IGNORE),
            lemma=torch.full(shape, IGNORE),
            head=torch.full(shape, IGNORE),
            deprel=torch.full(shape, IGNORE),
            sentence=torch.zeros(shape, dtype=torch.long),
            spans=torch.full((*shape, WIDTH), self.sets["anything"], dtype=torch.long),
            pairs=None,
            relations=None,
        )
        for row, window in enumerate(windows):
            self._parse(batch, row, window)
            self._spans(batch, row, window)
        batch.pairs = _pairs(windows)
        batch.relations = relation_pairs(windows)
        return batch

    def _parse(self, batch: Batch, row: int, window: Window) -> None:
        example, size = window.example, window.end - window.start
        begins = [index - window.start for index in example.starts if window.start <= index < window.end]
        marks = torch.zeros(size)
        marks[begins] = 1.0
        batch.sentence[row, :size] = marks.cumsum(0).long()
        batch.sentence[row, size:] = -1
        if example.trusted_starts:
            batch.start[row, :size] = marks
        if example.parse is None:
            return
        part = slice(window.start, window.end)
        words, parse = example.words[part], example.parse
        batch.xpos[row, :size] = self._labels("xpos", parse.xpos[part])
        batch.morph[row, :size] = self._labels("morph", parse.morph[part])
        rules = [lemma_rule(word, lemma) for word, lemma in zip(words, parse.lemmas[part], strict=True)]
        batch.lemma[row, :size] = self._labels("lemma", rules)
        heads = [head - window.start if window.start <= head < window.end else IGNORE for head in parse.heads[part]]
        batch.head[row, :size] = torch.tensor(heads)
        batch.deprel[row, :size] = self._labels("deprel", parse.deprels[part])

    def _labels(self, head: str, labels: Sequence[str]) -> Tensor:
        return torch.tensor([self.index[head].get(label, IGNORE) for label in labels])

    def _spans(self, batch: Batch, row: int, window: Window) -> None:
        example, size = window.example, window.end - window.start
        if example.rest is None:
            return
        grid = batch.spans[row]
        for width in range(min(WIDTH, size)):
            grid[: size - width, width] = self.sets[example.rest]
        inside = [s for s in example.spans if window.start <= s.start and s.end <= window.end]
        for span in inside if example.flat else ():
            for start in range(span.start, span.end):
                grid[start - window.start, : max(0, min(WIDTH, span.end - start))] = self.sets["anything"]
        for span in inside:
            if span.end - span.start <= WIDTH:
                grid[span.start - window.start, span.end - span.start - 1] = self.sets[span.admits]


def span_form(admits: str) -> int:
    """Index of the form that a set of labels speaks of; a phrase around a name counts as a name."""
    if admits.startswith(("noun:", "mention:noun")):
        return 1
    return 2 if admits.startswith("pronoun:") else 0


def _positions(labels: Sequence[str]) -> dict[str, int]:
    return {label: number for number, label in enumerate(labels)}


def _padded(rows: list[list[int]], length: int, fill: int) -> Tensor:
    return torch.tensor([[*row, *[fill] * (length - len(row))] for row in rows])


def _pairs(windows: list[Window]) -> Pairs | None:
    mentions: list[tuple[int, int, int]] = []
    rows: list[tuple[int, int, int, int, int, bool]] = []
    for number, window in enumerate(windows):
        if window.example.clusters is not None:
            own, pairs = _window_pairs(window)
            rows.extend((a + len(mentions), b + len(mentions), *rest) for a, b, *rest in pairs)
            mentions.extend((number, first, last) for first, last in own)
    if not rows:
        return None
    window_, first, last = (torch.tensor(column) for column in zip(*mentions, strict=True))
    earlier, later, words, between, match, gold = (torch.tensor(column) for column in zip(*rows, strict=True))
    return Pairs(window_, first, last, earlier, later, words, between, match, gold)


def _window_pairs(window: Window) -> tuple[list[tuple[int, int]], list[tuple[int, int, int, int, int, bool]]]:
    example = window.example
    assert example.clusters is not None
    chain = {index: number for number, members in enumerate(example.clusters) for index in members}
    chosen = sorted(
        (i for i in chain if window.start <= example.spans[i].start and example.spans[i].end <= window.end),
        key=lambda i: (example.spans[i].start, -example.spans[i].end),
    )
    spans = [example.spans[i] for i in chosen]
    words = [[word.lower() for word in example.words[span.start : span.end]] for span in spans]
    forms = [span_form(span.admits) for span in spans]
    pairs = []
    for later in range(len(spans)):
        for earlier in range(max(0, later - MAX_ANTECEDENTS), later):
            if spans[earlier].end > spans[later].start:
                continue
            match = match_kind(words[earlier], words[later], FORM_NAMES[forms[earlier]], FORM_NAMES[forms[later]])
            pairs.append((
                earlier,
                later,
                distance_bucket(spans[later].start - spans[earlier].end),
                distance_bucket(later - earlier - 1),
                joint_match(match, forms[earlier], forms[later]),
                chain[chosen[earlier]] == chain[chosen[later]],
            ))  # fmt: skip
    return [(s.start - window.start, s.end - 1 - window.start) for s in spans], pairs


def joint_match(match: int, earlier_form: int, later_form: int) -> int:
    """Row of the match embedding: kind of match with both forms."""
    return (match * FORMS + earlier_form) * FORMS + later_form


