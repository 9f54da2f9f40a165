"""From arc scores to well-formed trees: one root a sentence, no circles."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FORBIDDEN = -1e9
_ROOTS_TRIED = 3


def decode_heads(arcs: Floats, sentences: Ints) -> Ints:
    """The head of every word, its own index for a root.

    The best head of each word is taken; a sentence where that gives no tree is decoded anew as the highest-scoring tree
    (Chu-Liu/Edmonds) for the best of the likeliest roots.

    Args:
        arcs: scores [dependent, head], the root on the diagonal.
        sentences: number of the sentence of every word, rising.
    """
    scores = np.where(sentences[:, None] == sentences[None, :], arcs, _FORBIDDEN)
    heads: Ints = scores.argmax(axis=1)
    bounds = np.flatnonzero(np.diff(sentences, prepend=sentences[0] - 1, append=sentences[-1] + 1))
    whole = _are_trees(heads, bounds[:-1])
    for start, end in zip(bounds[:-1][~whole].tolist(), bounds[1:][~whole].tolist(), strict=True):
        heads[start:end] = best_tree(scores[start:end, start:end].astype(np.float64)) + start
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


def decode_clauses(arcs: Floats, sentences: Ints, semicolons: Ints, finite: Bools) -> tuple[Ints, Ints]:
    """The head of every word, where no arc crosses a semicolon between two clauses but that of the second's top to those before; and those tops.

    A semicolon parts two clauses if a finite verb stands before it, and the words behind it hang on the rest by a finite verb, or by what has a
    finite auxiliary; so it does not part the items of a list. Where further arcs cross it, every clause is decoded anew, by itself.

    Args:
        arcs: scores [dependent, head], the root on the diagonal.
        sentences: number of the sentence of every word, rising.
        semicolons: the words that are semicolons, rising.
        finite: whether a word is a finite verb or auxiliary.
    """
    heads = decode_heads(arcs, sentences)
    clauses, tops = _clauses(heads, sentences, semicolons, finite)
    if not len(tops):
        return heads, tops
    crossing = clauses[heads] != clauses
    crossing[np.concatenate((tops, semicolons))] = False
    if not crossing.any():
        return heads, tops
    parted = decode_heads(arcs, clauses)
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
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return int((heads == np.arange(len(heads))).sum()) == 1 and bool((heads[above] == above).all())


def _are_trees(heads: Ints, starts: Ints) -> Bools:
    """Whether the words of each sentence, of which no head lies in another, are a tree as `is_tree` has it; all at once takes less time."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    roots = np.add.reduceat(heads == np.arange(len(heads)), starts, dtype=np.int64)
    trees: Bools = (roots == 1) & np.logical_and.reduceat(heads[above] == above, starts)
    return trees


def best_tree(scores: npt.NDArray[np.float64]) -> Ints:
    """The tree of one sentence with the highest sum, over the roots that score best."""
    size = len(scores)
    others = np.where(np.eye(size, dtype=bool), -np.inf, scores).max(axis=1)
    roots = np.argsort(np.where(np.isinf(others), 0.0, others) - np.diagonal(scores), kind="stable")[:_ROOTS_TRIED]
    best, best_sum = np.zeros(size, dtype=np.int64), -np.inf
    for root in roots.tolist():
        heads = _arborescence(scores, root)
        total = float(scores[np.arange(size), heads].sum())
        if total > best_sum:
            best, best_sum = heads, total
    return best


def _arborescence(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """Chu-Liu/Edmonds: the best heads with `root` as the only root."""
    work = scores.copy()
    np.fill_diagonal(work, -np.inf)
    work[root] = -np.inf
    work[root, root] = 0.0
    return _solve(work, root)


def _solve(work: npt.NDArray[np.float64], root: int) -> Ints:
    heads: Ints = work.argmax(axis=1)
    heads[root] = root
    circle = _circle(heads, root)
    if circle is None:
        return heads
    return _expand(work, root, heads, circle)


def _expand(work: npt.NDArray[np.float64], root: int, heads: Ints, circle: Ints) -> Ints:
    """Contract the circle into one node, solve the smaller problem, and open the circle where its new head enters."""
    inside = np.zeros(len(work), dtype=np.bool_)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    loss = work[circle, heads[circle]]
    entering = work[circle[:, None], outside] - loss[:, None]
    leaving = work[outside[:, None], circle]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = work[outside[:, None], outside]
    smaller[size, :size] = entering.max(axis=0)
    smaller[:size, size] = leaving.max(axis=1)
    new_root = int(np.flatnonzero(outside == root)[0])
    smaller[new_root, :] = -np.inf
    smaller[new_root, new_root] = 0.0
    solved = _solve(smaller, new_root)
    result = heads.copy()
    on_circle = solved[:size] == size
    result[outside] = np.where(on_circle, circle[leaving.argmax(axis=1)], outside[np.where(on_circle, 0, solved[:size])])
    entry = int(solved[size])
    broken = int(entering[:, entry].argmax())
    result[circle[broken]] = outside[entry]
    result[root] = root
    return result


def _circle(heads: Ints, root: int) -> Ints | None:
    """The words of one circle, or None."""
    above = heads.tolist()
    state = [0] * len(above)
    state[root] = -1
    for begin in range(len(above)):
        path, word = [], begin
        while state[word] == 0:
            state[word] = begin + 1
            path.append(word)
            word = above[word]
        if state[word] == begin + 1 and path:
            return np.array(sorted(path[path.index(word) :]))
        for word in path:
            state[word] = -1
    return None
