"""Engines: how a per-document function is applied to many documents. Results come in the order of the documents.

An engine gets a `Start`, which makes the per-document function (and loads the model); it is called once in each process, and
is picklable. What comes out does not depend on the engine.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from graphbuild.errors import GraphbuildError

A = TypeVar("A")
B = TypeVar("B")
Start = Callable[[], Callable[[A], B]]

AHEAD = 4
"""Documents that wait for each process: enough to keep it busy, few enough to bound memory."""

_read: Callable[[Any], Any] | None = None
"""The per-document function of this worker process."""


def apply(start: "Start[A, B]", items: Iterable[A], workers: int = 1) -> Iterator[B]:
    """Apply a function to items in one process, or in `workers` processes.

    Args:
        start: makes the function; with more than one worker it must be picklable.
        items: what the function is applied to; taken as needed, never all at once.
        workers: number of processes.

    Raises:
        GraphbuildError: a worker process died, as when memory ran out.
    """
    return _here(start, items) if workers <= 1 else _processes(start, items, workers)


def _here(start: "Start[A, B]", items: Iterable[A]) -> Iterator[B]:
    function = start()
    for item in items:
        yield function(item)


def _processes(start: "Start[A, B]", items: Iterable[A], workers: int) -> Iterator[B]:
    # Spawned, not forked: a forked copy of a loaded runtime and its threads may lock up.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(start,)) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(_work, item))
                if len(waiting) >= workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise GraphbuildError(f"one of {workers} worker processes died; is there memory for so many? Try fewer: --workers {workers // 2 or 1}") from error


def _start_worker(start: "Start[Any, Any]") -> None:
    global _read  # the one state of a worker process: the model it has loaded
    _read = start()


def _work(item: Any) -> Any:
    if _read is None:
        raise GraphbuildError("a worker process was given work before it was started; this is a mistake in graphbuild, please report it")
    return _read(item)
