"""Engines: the same results in the same order, with one process or several."""

import os
from collections.abc import Callable, Iterator

import pytest

from graphbuild.engines import AHEAD, apply
from graphbuild.errors import GraphbuildError, ReadError


def doubler() -> Callable[[int], int]:
    return double


def double(number: int) -> int:
    return 2 * number


def breaker() -> Callable[[int], int]:
    return refuse


def refuse(number: int) -> int:
    raise ReadError(f"number {number}")


def quitter() -> Callable[[int], int]:
    return leave


def leave(number: int) -> int:
    os._exit(3)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int):
    assert list(apply(doubler, range(25), workers)) == list(range(0, 50, 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_reach_the_caller(workers: int):
    with pytest.raises(ReadError, match="number 0"):
        list(apply(breaker, range(3), workers))


def test_a_dead_process_is_reported():
    with pytest.raises(GraphbuildError, match="one of 2 worker processes died"):
        list(apply(quitter, range(3), 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_taken_as_needed(workers: int):
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = apply(doubler, items(), workers)
    assert next(results) == 0
    assert len(taken) <= workers * AHEAD
    results.close()  # type: ignore[attr-defined]
