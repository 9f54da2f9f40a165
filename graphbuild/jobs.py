"""Jobs: what engines have in common. An item, its number, its result; what is lost, and what is tried again."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from graphbuild.errors import GraphbuildError

A = TypeVar("A")
B = TypeVar("B")
Start = Callable[[], Callable[[A], B]]
Limit = Callable[[A], float]
"""Seconds that an item may take at most."""

AHEAD: Final = 4
"""Items between the next result and the newest, for each process: enough to keep it busy, few enough to bound memory."""


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result for an item, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Job(Generic[A]):
    """An item on its way; `tries` counts the processes that died of it."""

    number: int
    item: A
    tries: int = 0


class Jobs(Generic[A, B]):
    """What is to be done, and what is done: items are taken as needed, results leave in their order."""

    def __init__(self, items: Iterable[A], ahead: int) -> None:
        self._items = enumerate(items)
        self._ahead = ahead
        self._again: list[Job[A]] = []
        self._done: dict[int, tuple[A, B | Lost | GraphbuildError]] = {}
        self._taken = self._next = 0

    def take(self) -> Job[A] | None:
        """Return what to do next; None if there is nothing, or if results have to leave first."""
        if self._again:
            return self._again.pop()
        if self._taken - self._next >= self._ahead:
            return None
        for number, item in self._items:
            self._taken += 1
            return Job(number, item)
        return None

    def done(self, job: Job[A], result: B | Lost | GraphbuildError) -> None:
        """Take in a result, or an error that ends it all."""
        self._done[job.number] = job.item, result

    def died(self, job: Job[A]) -> None:
        """Let a job be tried once more, as its process may have died of something else; then it is lost."""
        if job.tries:
            self.done(job, Lost("the process that read it died, twice; it may need more memory than there is"))
        else:
            self._again.append(replace(job, tries=job.tries + 1))

    def ready(self) -> Iterator[tuple[A, B | Lost]]:
        """Yield the results whose turn it is.

        Raises:
            GraphbuildError: one of them is that error.
        """
        while self._next in self._done:
            item, result = self._done.pop(self._next)
            self._next += 1
            if isinstance(result, GraphbuildError):
                raise result
            yield item, result


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def attempt(function: Callable[[A], B], item: A) -> B | Lost:
    """Apply a function to an item; what it raises, other than errors of graphbuild, makes the item lost."""
    try:
        return function(item)
    except GraphbuildError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a document does to the model is told of, and the others go on
        return Lost(f"reading it failed ({type(error).__name__}: {error}); please report it with the document")


def stop_after(seconds: float) -> None:
    """Let the system end this process in so many seconds, whatever it does then; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def answer(function: Callable[[A], B], item: A, seconds: float) -> B | Lost | GraphbuildError:
    """Do a job in a process of its own: return what comes of it, or the error that it raises; the process ends if it takes longer."""
    stop_after(seconds)
    try:
        return attempt(function, item)
    except GraphbuildError as error:
        return error
    finally:
        stop_after(0)
