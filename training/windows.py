"""Windows of documents: what the encoder sees at once, cut at sentence boundaries, lengths varied in training."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.examples import Example

MAX_WORDS = 180
MAX_PIECES = 250


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` of an example."""

    example: Example
    start: int
    end: int


def sentence_bounds(example: Example, pieces: list[int]) -> list[tuple[int, int]]:
    """The sentences of an example, one that is too long for a window cut into several."""
    bounds = []
    for start, end in zip(example.starts, [*example.starts[1:], len(example.words)], strict=True):
        while end - start > MAX_WORDS or sum(pieces[start:end]) > MAX_PIECES:
            cut = start + 1
            while cut - start < MAX_WORDS and sum(pieces[start : cut + 1]) <= MAX_PIECES:
                cut += 1
            bounds.append((start, cut))
            start = cut
        bounds.append((start, end))
    return bounds


def cut(example: Example, pieces: list[int], goals: Iterator[int]) -> Iterator[Window]:
    """Consecutive windows of whole sentences, each as long as the next of `goals` (in words) allows."""
    begin, size, goal, previous = 0, 0, next(goals), 0
    for start, end in sentence_bounds(example, pieces):
        grown = size + sum(pieces[start:end])
        if previous > begin and (end - begin > goal or grown > MAX_PIECES):
            yield Window(example, begin, previous)
            begin, grown, goal = start, sum(pieces[start:end]), next(goals)
        size, previous = grown, end
    if previous > begin:
        yield Window(example, begin, previous)


def varied_goals(seed: random.Random) -> Iterator[int]:
    """Goals for training: mostly long windows, some short ones, so that a headline alone is nothing new."""
    while True:
        yield seed.choice((1, 25, 60, 100, 140, 180, 180, 180))


def fixed_goals() -> Iterator[int]:
    """Goals for evaluation: as long as allowed."""
    while True:
        yield MAX_WORDS


def batches(windows: Iterable[Window], words: int, seed: random.Random) -> list[list[Window]]:
    """Batches of about `words` words of windows of like length, in random order."""
    ordered = sorted(windows, key=lambda window: (window.end - window.start, seed.random()))
    result: list[list[Window]] = [[]]
    for window in ordered:
        if result[-1] and (len(result[-1]) + 1) * (window.end - window.start) > words:
            result.append([])
        result[-1].append(window)
    seed.shuffle(result)
    return result
