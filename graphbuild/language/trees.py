"""From arc scores to well-formed trees: one root a sentence, no circles, no arcs that cross."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FORBIDDEN = -1e9


def decode_heads(arcs: Floats, sentences: Ints, free: Bools | None = None) -> Ints:
    """The head of every word, its own index for a root.

    The best head of each word is taken; a sentence where that gives no tree, or one with arcs that cross, is decoded anew as the highest-scoring
    projective tree. Few English sentences have crossing arcs but those of wh-words ("which the Herald refused to print"), which may cross; most
    others that the scores alone show are errors: "Lind spoke with Berg by telephone and said", with Berg as an object of "said".

    Args:
        arcs: scores [dependent, head], the root on the diagonal.
        sentences: number of the sentence of every word, rising.
        free: words whose arcs may cross others, as those of wh-words; none where not given.
    """
    scores = np.where(sentences[:, None] == sentences[None, :], arcs, _FORBIDDEN)
    heads: Ints = scores.argmax(axis=1)
    loose = np.zeros(len(heads), dtype=np.bool_) if free is None else free
    bounds = np.flatnonzero(np.diff(sentences, prepend=sentences[0] - 1, append=sentences[-1] + 1))
    parted = crosses(heads, sentences, loose)
    again = np.logical_or.reduceat(parted, bounds[:-1]) | ~_are_trees(heads, bounds[:-1])
    anew = [slice(start, end) for start, end in zip(bounds[:-1][again].tolist(), bounds[1:][again].tolist(), strict=True)]
    for own, tree in zip(anew, projective_trees([scores[own, own].astype(np.float64) for own in anew]), strict=True):
        moved = np.where(loose[own], heads[own] - own.start, tree)
        heads[own] = (moved if is_tree(moved) else tree) + own.start
    return heads


def head_shares(arcs: Floats, sentences: Ints, heads: Ints, first: int) -> Floats:
    """How much of a word's probability its head has among all words of its sentence, for the words from `first` on.

    Args:
        arcs: scores [dependent, head], the root on the diagonal.
        sentences: number of the sentence of every word, rising.
        heads: the head of each of those words, its own index for a root.
        first: the first of them.
    """
    rows = slice(first, first + len(heads))
    scores = np.where(sentences[rows, None] == sentences[None, :], arcs[rows], _FORBIDDEN)
    scores -= scores.max(axis=1, keepdims=True)
    shares: Floats = np.exp(scores[np.arange(len(heads)), heads]) / np.exp(scores).sum(axis=1)
    return shares


def decode_clauses(arcs: Floats, sentences: Ints, semicolons: Ints, finite: Bools, free: Bools) -> tuple[Ints, Ints]:
    """The head of every word, where no arc crosses a semicolon between two clauses but that of the second's top to those before; and those tops.

    A semicolon parts two clauses if a finite verb stands before it, and the words behind it hang on the rest by a finite verb, or by what has a
    finite auxiliary; so it does not part the items of a list. Where further arcs cross it, every clause is decoded anew, by itself.

    Args:
        arcs: scores [dependent, head], the root on the diagonal.
        sentences: number of the sentence of every word, rising.
        semicolons: the words that are semicolons, rising.
        finite: whether a word is a finite verb or auxiliary.
        free: words whose arcs may cross others.
    """
    heads = decode_heads(arcs, sentences, free)
    clauses, tops = _clauses(heads, sentences, semicolons, finite)
    if not len(tops):
        return heads, tops
    crossing = clauses[heads] != clauses
    crossing[np.concatenate((tops, semicolons))] = False
    if not crossing.any():
        return heads, tops
    parted = decode_heads(arcs, clauses, free)
    roots = np.flatnonzero(parted == np.arange(len(parted)))
    inner = roots[1:][sentences[roots[1:]] == sentences[roots[:-1]]]
    for before, top in zip(roots[:-1].tolist(), roots[1:].tolist(), strict=True):
        if sentences[before] == sentences[top]:
            above = int(heads[top])
            parted[top] = above if clauses[above] < clauses[top] and sentences[above] == sentences[top] else before
    return parted, inner


def _clauses(heads: Ints, sentences: Ints, semicolons: Ints, finite: Bools) -> tuple[Ints, Ints]:
    """The number of the clause of every word, rising, and the tops of those that follow a semicolon."""
    opening = np.zeros(len(heads), dtype=np.int64)
    tops: list[int] = []
    stops = semicolons.tolist()
    start = 0
    for place, at in enumerate(stops):
        low, high = (int(np.searchsorted(sentences, sentences[at], side=side)) for side in ("left", "right"))
        start, end = max(start, low), min([high, *stops[place + 1 : place + 2]])
        above = [word for word in range(at + 1, end) if not at <= heads[word] < end or heads[word] == word]
        top = next((word for word in above if finite[word] or finite[at:end][heads[at:end] == word].any()), None)
        if top is not None and finite[start:at].any():
            opening[at], start = 1, at
            tops.append(top)
    return np.cumsum(opening) + sentences, np.array(tops, dtype=np.int64)


def is_tree(heads: Ints) -> bool:
    """Whether exactly one word is its own head and every word leads to it."""
    return bool(_are_trees(heads, np.zeros(1, dtype=np.int64))[0])


def crosses(heads: Ints, sentences: Ints, free: Bools) -> Bools:
    """Of every word whether the arc to its head crosses another arc of its sentence, or leads over its root, as "told journalists in Cairo" does
    where "Cairo" hangs on a verb before "told".

    Args:
        heads: the head of every word, its own index for a root.
        sentences: number of the sentence of every word, rising.
        free: words whose arcs may cross others.
    """
    words = np.arange(len(heads))
    left, right = np.minimum(heads, words), np.maximum(heads, words)
    over = (left[:, None] < left[None, :]) & (left[None, :] < right[:, None]) & (right[:, None] < right[None, :])
    over |= (heads == words)[:, None] & (left[None, :] < words[:, None]) & (words[:, None] < right[None, :])
    over &= (sentences[:, None] == sentences[None, :]) & ~free[:, None] & ~free[None, :]
    return np.logical_or(over.any(axis=1), over.any(axis=0), dtype=np.bool_)


def _are_trees(heads: Ints, starts: Ints) -> Bools:
    """Whether the words of each sentence, of which no head lies in another, are a tree; all at once takes less time."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    roots = np.add.reduceat(heads == np.arange(len(heads)), starts, dtype=np.int64)
    trees: Bools = (roots == 1) & np.logical_and.reduceat(heads[above] == above, starts)
    return trees


def projective_trees(sentences: Sequence[Doubles]) -> list[Ints]:
    """The tree of each sentence with the highest sum in which no arcs cross (Eisner 1996), with one root; for all at once, which takes less time.

    Args:
        sentences: scores [dependent, head] of each, the root on the diagonal.
    """
    size = max(map(len, sentences), default=0) + 1
    arcs = np.full((len(sentences), size, size), -np.inf)  # [sentence, head, dependent]
    for own, scores in zip(arcs, sentences, strict=True):
        end = len(scores) + 1  # the first row and column stand for what is above the root
        own[1:end, 1:end] = scores.T
        own[0, 1:end] = np.diagonal(scores) + _FORBIDDEN  # a second root costs more than anything else gains
    right, left, open_right, open_left = (_Chart(arcs.shape) for _ in range(4))
    split = {part: np.zeros(arcs.shape, dtype=np.int64) for part in ("open", "right", "left")}
    for length in range(1, size):
        best, split["open"][:, :-length, length] = _joined(right.starts[:, :-length, :length], left.ends[:, length:, :length])
        open_right.keep(length, best + np.diagonal(arcs, length, 1, 2))
        open_left.keep(length, best + np.diagonal(arcs, -length, 1, 2))
        best, at = _joined(open_right.starts[:, :-length, 1 : length + 1], right.ends[:, length:, :length])
        right.keep(length, best)
        split["right"][:, :-length, length] = at + 1
        best, split["left"][:, :-length, length] = _joined(left.starts[:, :-length, :length], open_left.ends[:, length:, 1 : length + 1])
        left.keep(length, best)
    return [_unfold({part: lengths[number] for part, lengths in split.items()}, len(scores) + 1) for number, scores in enumerate(sentences)]


class _Chart:
    """The best sums of all stretches of words, by where they start and by where they end, and by their length; both, so that slices need no copies."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.starts, self.ends = np.full(shape, -np.inf), np.full(shape, -np.inf)
        self.starts[:, :, 0] = self.ends[:, :, 0] = 0.0

    def keep(self, length: int, sums: Doubles) -> None:
        """Take in the sums of the stretches of a length, a row for each sentence, in text order."""
        self.starts[:, :-length, length] = self.ends[:, length:, length] = sums


def _joined(first: Doubles, second: Doubles) -> tuple[Doubles, Ints]:
    """For every stretch of a length the best sum of two parts that make it up, and how long the first is, less its least length.

    Args:
        first: sums of first parts, [sentence, stretch, length], from short to long.
        second: sums of second parts, likewise; what is long in one goes with what is short in the other.
    """
    sums = first + second[:, :, ::-1]
    rows = sums.reshape(-1, sums.shape[2])
    chosen = rows.argmax(axis=1)
    return rows[np.arange(len(rows)), chosen].reshape(sums.shape[:2]), chosen.reshape(sums.shape[:2])


def _unfold(split: dict[str, Ints], size: int) -> Ints:
    """Read the heads off the lengths at which the parts of the chart meet."""
    heads = np.zeros(size, dtype=np.int64)
    spans = [("right", 0, size - 1)]
    while spans:
        part, start, end = spans.pop()
        if start == end:
            continue
        place = start + int(split["open" if part.startswith("open") else part][start, end - start])
        if part == "right":
            spans += [("open right", start, place), ("right", place, end)]
        elif part == "left":
            spans += [("left", start, place), ("open left", place, end)]
        else:
            dependent, head = (end, start) if part == "open right" else (start, end)
            heads[dependent] = head
            spans += [("right", start, place), ("left", place + 1, end)]
    return np.where(heads[1:] == 0, np.arange(size - 1), heads[1:] - 1)
