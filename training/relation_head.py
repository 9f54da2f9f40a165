"""The relation head: which relations hold between two mentions of a sentence, and with which status.

For an ordered pair of mentions the head attends from the pair to the words around it (so that it can find the verb or noun that
says the relation), and scores every relation by itself; the status is one of four, learned where a relation holds.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from graphbuild.catalogue import load_catalogue
from graphbuild.language.features import DISTANCE_BUCKETS, distance_bucket
from graphbuild.relations.inventory import RELATIONS, STATUSES
from training.examples import Example
from training.windows import Window

if TYPE_CHECKING:
    from training.model import Network

HIDDEN = 384

MAX_DISTANCE = 45
"""Pairs further apart, in words, are not looked at."""
_INDEX = {name: number for number, name in enumerate(RELATIONS)}
SYMMETRIC = frozenset(name for name in RELATIONS if load_catalogue().relations[name].symmetric)


@dataclass(frozen=True, slots=True)
class RelationPairs:
    """Pairs of mentions of one batch: per mention its window, first and last word; per pair its ends, distance, targets and mask."""

    window: Tensor
    first: Tensor
    last: Tensor
    subject: Tensor
    object: Tensor
    distance: Tensor
    target: Tensor
    """(P, relations): 1 where it holds."""
    known: Tensor
    """(P, relations): 1 where that is known."""
    status: Tensor
    """(P,): index of the status, -100 if unknown."""


class RelationHead(nn.Module):
    """Scores ordered pairs of mentions."""

    def __init__(self, size: int = 192, dropout: float = 0.2) -> None:
        super().__init__()
        self.mention = nn.Linear(3 * HIDDEN, size)
        self.left = nn.Linear(size, size)
        self.right = nn.Linear(size, size)
        self.query = nn.Linear(size, size)
        self.key = nn.Linear(HIDDEN, size)
        self.value = nn.Linear(HIDDEN, size)
        self.left_gate = nn.Linear(size, size)
        self.right_gate = nn.Linear(size, size)
        self.distance = nn.Embedding(2 * DISTANCE_BUCKETS, size)
        self.dropout = nn.Dropout(dropout)
        self.relation = nn.Linear(size, len(RELATIONS))
        self.status = nn.Linear(size, len(STATUSES))
        nn.init.constant_(self.relation.bias, -4.0)

    def forward(self, words: Tensor, present: Tensor, pairs: RelationPairs) -> tuple[Tensor, Tensor]:
        """Relation and status scores of every pair; `words` (B, N, 384), `present` (B, N)."""
        mentions = torch.relu(self.mention(self.dropout(_mention_input(words, pairs))))
        left, right = mentions[pairs.subject], mentions[pairs.object]
        base = self.left(left) + self.right(right) + self.left_gate(left) * self.right_gate(right) + self.distance(pairs.distance)
        context = self._attend(torch.relu(base), words, present, pairs.window[pairs.subject])
        hidden = self.dropout(torch.relu(base + context))
        return self.relation(hidden), self.status(hidden)

    def _attend(self, pair: Tensor, words: Tensor, present: Tensor, window: Tensor) -> Tensor:
        queries, keys, values = self.query(pair), self.key(words), self.value(words)
        out = torch.zeros_like(queries)
        for row in window.unique().tolist():
            chosen = (window == row).nonzero().squeeze(1)
            scores = queries[chosen] @ keys[row].T / queries.shape[1] ** 0.5
            weights = scores.float().masked_fill(~present[row], float("-inf")).softmax(-1).to(values.dtype)
            out = out.index_copy(0, chosen, weights @ values[row])
        return out


def _mention_input(words: Tensor, pairs: RelationPairs) -> Tensor:
    sums = functional.pad(words.float().cumsum(1), (0, 0, 1, 0))
    mean = (sums[pairs.window, pairs.last + 1] - sums[pairs.window, pairs.first]) / (pairs.last - pairs.first + 1)[:, None]
    return torch.cat([words[pairs.window, pairs.first], words[pairs.window, pairs.last], mean.to(words.dtype)], dim=-1)


def relation_loss(network: "Network", words: Tensor, present: Tensor, pairs: RelationPairs) -> Tensor:
    """Binary cross-entropy of every known relation, and cross-entropy of the status where one holds; summed."""
    relations, statuses = network.relations(words, present, pairs)
    each = functional.binary_cross_entropy_with_logits(relations.float(), pairs.target, reduction="none")
    return (each * pairs.known).sum() + 0.5 * functional.cross_entropy(statuses.float(), pairs.status, ignore_index=-100, reduction="sum")


def relation_pairs(windows: Sequence[Window]) -> RelationPairs | None:
    """Build the pairs of a batch; None if no window has facts."""
    mentions: list[tuple[int, int, int]] = []
    rows: list[tuple[int, int, int, set[int], frozenset[str], set[int], int]] = []
    for number, window in enumerate(windows):
        if window.example.facts is not None:
            base = len(mentions)
            spans = _inside(window)
            mentions.extend((number, window.example.spans[i].start - window.start, window.example.spans[i].end - 1 - window.start) for i in spans)
            rows.extend((a + base, b + base, d, t, window.example.relations, u, s) for a, b, d, t, u, s in _window_rows(window, spans))
    if not rows:
        return None
    target, known = torch.zeros(len(rows), len(RELATIONS)), torch.zeros(len(rows), len(RELATIONS))
    for number, (_, _, _, holds, relations, unsure, _) in enumerate(rows):
        known[number, [_INDEX[r] for r in sorted(relations) if r in _INDEX]] = 1.0
        known[number, sorted(unsure)] = 0.0
        target[number, sorted(holds)] = 1.0
        known[number, sorted(holds)] = 1.0
    window_, first, last = (torch.tensor(column) for column in zip(*mentions, strict=True))
    subject, object_, distance = (torch.tensor([row[i] for row in rows]) for i in range(3))
    return RelationPairs(window_, first, last, subject, object_, distance, target, known, torch.tensor([row[6] for row in rows]))


def _inside(window: Window) -> list[int]:
    spans = window.example.spans
    used = {i for entity in window.example.entities for i in entity}
    return [i for i in sorted(used, key=lambda i: (spans[i].start, -spans[i].end)) if window.start <= spans[i].start and spans[i].end <= window.end]


def pair_distance(subject: tuple[int, int], object_: tuple[int, int]) -> int:
    """Bucket of the distance between two mentions, told apart by order."""
    gap = object_[0] - subject[1] if subject[0] < object_[0] else subject[0] - object_[1]
    return distance_bucket(max(0, gap)) + DISTANCE_BUCKETS * (subject[0] < object_[0])


def _window_rows(window: Window, spans: list[int]) -> Iterator[tuple[int, int, int, set[int], set[int], int]]:
    """Yield (subject, object, distance, relations that hold, relations in doubt, status) of every pair within a sentence."""
    example = window.example
    entity_of = {i: number for number, entity in enumerate(example.entities) for i in entity}
    sentence = _sentences(example)
    facts = _facts_by_pair(example)
    best = _told_by(example, spans, sentence)
    for a, one in enumerate(spans):
        for b, other in enumerate(spans):
            left, right = example.spans[one], example.spans[other]
            ends = entity_of[one], entity_of[other]
            if ends[0] == ends[1] or sentence[left.start] != sentence[right.start] or abs(left.start - right.start) > MAX_DISTANCE:
                continue
            told = best.get((one, other), {})
            unsure = {_INDEX[r] for r, _, cue in facts.get(ends, ()) if r in _INDEX and (cue is None or sentence[cue[0]] == sentence[left.start])}
            status = next((STATUSES.index(s) for s in told.values()), -100)
            holds = {_INDEX[r] for r in told}
            yield a, b, pair_distance((left.start, left.end), (right.start, right.end)), holds, unsure - holds, status


def _sentences(example: Example) -> list[int]:
    out, number = [], -1
    starts = set(example.starts)
    for i in range(len(example.words)):
        number += i in starts
        out.append(number)
    return out


def _facts_by_pair(example: Example) -> dict[tuple[int, int], list[tuple[str, str, tuple[int, int] | None]]]:
    out: dict[tuple[int, int], list[tuple[str, str, tuple[int, int] | None]]] = defaultdict(list)
    for fact in example.facts or ():
        out[fact.subject, fact.object].append((fact.relation, fact.status, fact.cue))
        if fact.relation in SYMMETRIC:
            out[fact.object, fact.subject].append((fact.relation, fact.status, fact.cue))
    return out


def _told_by(example: Example, spans: list[int], sentence: list[int]) -> dict[tuple[int, int], dict[str, str]]:
    """Find for every fact the pair of mentions that stands nearest to its cue, in one sentence; without a cue, every pair in one sentence."""
    out: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    entities = [[i for i in entity if i in set(spans)] for entity in example.entities]
    for ends, told in _facts_by_pair(example).items():
        together = [(a, b) for a in entities[ends[0]] for b in entities[ends[1]] if sentence[example.spans[a].start] == sentence[example.spans[b].start]]
        for relation, status, cue in told:
            if relation not in _INDEX:
                continue
            near = [(a, b) for a, b in together if cue is None or sentence[example.spans[a].start] == sentence[cue[0]]]
            if cue is not None and near:
                at = cue[0]
                near = [min(near, key=lambda pair: abs(example.spans[pair[0]].start - at) + abs(example.spans[pair[1]].start - at))]
            for pair in near:
                out[pair][relation] = status
    return out
