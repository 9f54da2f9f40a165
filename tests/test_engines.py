"""Engines: the same results in the same order from each, and nothing that one item does harms another."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphbuild.engines import FEW, apply
from graphbuild.errors import GraphbuildError, InputError, ReadError
from graphbuild.jobs import AHEAD, Lost

BAD = 7


def doubler() -> Callable[[int], int]:
    return double


def double(number: int) -> int:
    return 2 * number


def breaker() -> Callable[[int], int]:
    return refuse


def refuse(number: int) -> int:
    raise ReadError(f"number {number}")


def crasher() -> Callable[[int], int]:
    return crash


def crash(number: int) -> int:
    return double(number) if number != BAD else 1 // 0


def quitter() -> Callable[[int], int]:
    return leave


def leave(number: int) -> int:
    return double(number) if number != BAD else os._exit(3)


def staller() -> Callable[[int], int]:
    return stall


def stall(number: int) -> int:
    if number == BAD:
        time.sleep(100)
    return double(number)


def unstartable() -> Callable[[int], int]:
    os._exit(3)


def unloadable() -> Callable[[int], int]:
    raise ReadError("no model here")


def once_broken(flag: Path) -> Callable[[int], int]:
    """Make a function whose process is killed the first time that it meets the bad number."""

    def work(number: int) -> int:
        if number == BAD and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return double(number)

    return work


class OnceBroken:
    def __init__(self, flag: Path) -> None:
        self.flag = flag

    def __call__(self) -> Callable[[int], int]:
        return once_broken(self.flag)


DOUBLED = [(number, 2 * number) for number in range(25)]


@pytest.mark.parametrize("workers", [None, 1, 2, 3])
def test_results_come_in_order(workers: int | None):
    assert list(apply(doubler, range(25), workers)) == DOUBLED


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_of_graphbuild_reach_the_caller(workers: int):
    with pytest.raises(ReadError, match="number 0"):
        list(apply(breaker, range(3), workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_an_item_raises_makes_only_it_lost(workers: int):
    lost = Lost("reading it failed (ZeroDivisionError: integer division or modulo by zero); please report it with the document")
    assert list(apply(crasher, range(25), workers)) == [(n, lost) if n == BAD else (n, d) for n, d in DOUBLED]


def test_an_item_that_kills_its_process_twice_is_lost():
    lost = Lost("the process that read it died, twice; it may need more memory than there is")
    assert list(apply(quitter, range(25), 2)) == [(n, lost) if n == BAD else (n, d) for n, d in DOUBLED]


def test_a_process_that_dies_once_changes_nothing(tmp_path: Path):
    assert list(apply(OnceBroken(tmp_path / "flag"), range(25), 2)) == DOUBLED
    assert (tmp_path / "flag").exists()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers that end a process")
def test_an_item_that_stalls_is_lost():
    lost = Lost("reading it took longer than 1 s; split it, or report it with the document")
    assert list(apply(staller, range(10), 2, limit=lambda _: 0.7)) == [(n, lost) if n == BAD else (n, d) for n, d in DOUBLED[:10]]


def test_what_cannot_start_is_an_error():
    with pytest.raises(GraphbuildError, match="died while loading the model"):
        list(apply(unstartable, range(3), 2))
    with pytest.raises(ReadError, match="no model here"):
        list(apply(unloadable, range(3), 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_started_for_nothing(workers: int):
    assert list(apply(unstartable, [], workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_taken_as_needed(workers: int):
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = apply(doubler, items(), workers)
    assert next(results) == (0, 0)
    assert len(taken) <= workers * AHEAD
    results.close()  # type: ignore[attr-defined]


def test_few_items_stay_in_this_process():
    assert list(apply(lambda: double, range(FEW - 1))) == DOUBLED[: FEW - 1]  # a lambda cannot be sent to another process


def test_an_unknown_engine_is_refused():
    with pytest.raises(InputError, match="no engine 'warp'; choose from processes, ray"):
        apply(doubler, [1], engine="warp")
