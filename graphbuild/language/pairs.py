"""Runs the pair heads: labels of arcs, antecedents of mentions, relations between mentions of a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from graphbuild.language.encoder import Floats, Ints, Labels, Window, open_session
from graphbuild.language.features import distance_bucket, joint_match, match_kind, pair_distance
from graphbuild.language.spans import FORMS, Mention

MAX_ANTECEDENTS = 50
MIN_ANTECEDENT = 0.05
MAX_DISTANCE = 45
MIN_RELATION = 0.1

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that the words between two mentions (word offsets) may tell, and the likeliest status."""

    subject: Key
    object: Key
    relation: str
    probability: float
    status: str
    status_probability: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with what the heads need of it: its lower-cased words and its vectors."""

    mention: Mention
    words: tuple[str, ...]
    vectors: Floats
    """(3, 384): first word, last word, mean."""


class PairHeads:
    """The sessions of the pair heads."""

    def __init__(self, folder: Path, labels: Labels, threads: int = 1) -> None:
        self._labels = labels
        self._arc_labels = open_session(folder / "labels.onnx", threads)
        self._antecedents = open_session(folder / "antecedents.onnx", threads)
        self._relations = open_session(folder / "relations.onnx", threads) if (folder / "relations.onnx").exists() else None
        self._root = labels.deprel.index("root")

    def arc_labels(self, vectors: Floats, heads: Ints) -> Ints:
        """Index of the label of every arc; `root` for roots and for nothing else."""
        scores = self._arc_labels.run(None, {"dependents": vectors, "heads": vectors[heads]})[0]
        scores[:, self._root] = -np.inf
        best: Ints = scores.argmax(axis=1)
        best[heads == np.arange(len(heads))] = self._root
        return best

    def antecedents(self, earlier: Sequence[Seen], new: Sequence[Seen]) -> Iterator[tuple[Key, list[tuple[Key, float]]]]:
        """For every new mention its candidate antecedents with their probability, best first; the rest is that of none.

        Candidates are the last `MAX_ANTECEDENTS` mentions of `earlier` and of `new` before it that do not overlap it.
        """
        seen = [*earlier, *new]
        pairs = _candidates(seen, len(earlier)) if new else np.zeros((0, 5), dtype=np.int64)
        if not len(pairs):
            return
        vectors = np.stack([s.vectors for s in seen])
        inputs = {"first": vectors[:, 0], "last": vectors[:, 1], "mean": vectors[:, 2], "pairs": pairs}
        scores = np.exp(np.minimum(self._antecedents.run(None, inputs)[0].astype(np.float64), 50.0))
        totals = 1.0 + np.bincount(pairs[:, 1], scores, minlength=len(seen))
        shares = scores / totals[pairs[:, 1]]
        found: dict[int, list[tuple[Key, float]]] = {}
        for row in np.flatnonzero(shares >= MIN_ANTECEDENT).tolist():
            found.setdefault(int(pairs[row, 1]), []).append((_key(seen[pairs[row, 0]].mention), round(float(shares[row]), 4)))
        for later, candidates in found.items():
            yield _key(seen[later].mention), sorted(candidates, key=lambda pair: (-pair[1], -pair[0][0]))

    def relations(self, window: Window, new: Sequence[Seen]) -> Iterator[Relation]:
        """Relations between the mentions of one sentence that reach `MIN_RELATION`."""
        rows = _relation_rows(window, new)
        if not rows or self._relations is None:
            return
        vectors = np.stack([s.vectors for s in new])
        inputs = {"words": window.vectors, "first": vectors[:, 0], "last": vectors[:, 1], "mean": vectors[:, 2], "pairs": np.array(rows)}
        shares, statuses = self._relations.run(None, inputs)[:2]
        for row, relation in zip(*(index.tolist() for index in np.nonzero(shares >= MIN_RELATION)), strict=True):
            status = int(statuses[row].argmax())
            yield Relation(
                _key(new[rows[row][0]].mention), _key(new[rows[row][1]].mention), self._labels.relation[relation],
                round(float(shares[row, relation]), 4), self._labels.status[status], round(float(statuses[row, status]), 4),
            )  # fmt: skip


def see(mentions: Sequence[Mention], words: Sequence[str], window: Window) -> list[Seen]:
    """Mentions of a window with their words and vectors."""
    seen = []
    for mention in mentions:
        start, end = mention.start - window.begin, mention.end - window.begin
        vectors = window.vectors[[start, end - 1, start]]
        if end > start + 1:
            vectors[2] = np.add.reduce(window.vectors[start:end]) / np.float32(end - start)
        lowered = tuple(word.lower() for word in words[mention.start : mention.end])
        seen.append(Seen(mention, lowered, vectors))
    return seen


def _key(mention: Mention) -> Key:
    return mention.start, mention.end


def _candidates(seen: Sequence[Seen], first: int) -> Ints:
    """Rows of earlier and later mention, distance in words, distance in mentions, and match, for the later ones from `first` on."""
    later = np.arange(first, len(seen))[:, None]
    earlier = later - np.arange(MAX_ANTECEDENTS, 0, -1)
    starts, ends = np.array([s.mention.start for s in seen]), np.array([s.mention.end for s in seen])
    rows, columns = np.nonzero((earlier >= 0) & (ends[np.maximum(earlier, 0)] <= starts[later]))
    earlier, later = earlier[rows, columns], later[rows, 0]
    forms = [s.mention.form for s in seen]
    words = [s.words for s in seen]
    matches = [match_kind(words[a], words[b], forms[a], forms[b]) for a, b in zip(earlier.tolist(), later.tolist(), strict=True)]
    numbers = np.array([FORMS.index(form) for form in forms])
    joint = joint_match(np.array(matches, dtype=np.int64), numbers[earlier], numbers[later])
    return np.stack([earlier, later, _buckets(starts[later] - ends[earlier]), _buckets(later - earlier - 1), joint], axis=1)


_BUCKETS = np.array([distance_bucket(distance) for distance in range(100)])
"""Distances beyond share the last bucket."""


def _buckets(distances: Ints) -> Ints:
    return cast("Ints", _BUCKETS[np.minimum(distances, len(_BUCKETS) - 1)])


def _relation_rows(window: Window, new: Sequence[Seen]) -> list[tuple[int, int, int]]:
    places = [(s.mention.start, s.mention.end, int(window.sentences[s.mention.start - window.begin])) for s in new if s.mention.label != "Other"]
    chosen = [number for number, s in enumerate(new) if s.mention.label != "Other"]
    return [
        (chosen[a], chosen[b], pair_distance((left, left_end), (right, right_end)))
        for a, (left, left_end, sentence) in enumerate(places)
        for b, (right, right_end, other) in enumerate(places)
        if a != b and sentence == other and abs(left - right) <= MAX_DISTANCE
    ]
