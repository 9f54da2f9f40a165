"""Engines: how a per-document function is applied to many documents. Results come in the order of the documents.

An engine gets a `Start`, which makes the per-document function (and loads the model); it is called once in each process, and
is picklable. What comes out does not depend on the engine. A document on which the function raises, stalls or ends its process
is `Lost`; the others go on.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeVar

from graphbuild.cluster import on_ray
from graphbuild.errors import GraphbuildError, InputError
from graphbuild.jobs import AHEAD, Job, Jobs, Limit, Lost, Start, answer, attempt, cores

A = TypeVar("A")
B = TypeVar("B")

ENGINES: Final = ("processes", "ray")
FEW: Final = 8
"""From this many items on, starting further processes is worth their time."""
_SPAWN = multiprocessing.get_context("spawn")  # a forked copy of a loaded runtime and its threads may lock up


def apply(
    start: "Start[A, B]", items: Iterable[A], workers: int | None = None, *, engine: str = "processes", limit: "Limit[A] | None" = None
) -> Iterator[tuple[A, B | Lost]]:
    """Apply a function to items and yield each with its result, in order.

    Args:
        start: makes the function; unless everything happens in this process it must be picklable.
        items: what the function is applied to; taken as needed, never all at once.
        workers: number of processes; 1 is this one. By default one for each core, if there are more than a few items.
        engine: "processes" of this machine, or "ray" for a Ray cluster.
        limit: how long an item may take. Nothing can be stopped within this process (one worker), nor on Windows.

    Raises:
        GraphbuildError: the function raised it, or a process died before it took an item.
        InputError: there is no such engine, or its library is not installed.
    """
    if engine not in ENGINES:
        raise InputError(f"there is no engine {engine!r}; choose from {', '.join(ENGINES)}")
    if engine == "ray":
        return on_ray(start, items, workers, limit)
    if workers is None:
        first = list(islice(items := iter(items), FEW))
        workers, items = (cores() if len(first) == FEW else 1), chain(first, items)
    return _here(start, items) if workers <= 1 else _processes(start, items, workers, limit)


def _here(start: "Start[A, B]", items: Iterable[A]) -> Iterator[tuple[A, B | Lost]]:
    function = None
    for item in items:
        function = function or start()  # nothing is loaded if there is nothing to do
        yield item, attempt(function, item)


class _Worker(Generic[A, B]):
    """A process that does one job at a time, and our end of the pipe to it."""

    def __init__(self, start: "Start[A, B]", limit: "Limit[A] | None") -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, start), daemon=True)
        self.process.start()
        theirs.close()  # so that the pipe ends when the process does
        self.started = False
        self.job: Job[A] | None = None
        self._limit = limit

    def give(self, job: Job[A]) -> None:
        """Let it do a job, as soon as it has started."""
        self.job = job
        if self.started:
            self._send()

    def begin(self) -> None:
        """Note that it has started."""
        self.started = True
        if self.job is not None:
            self._send()

    def _send(self) -> None:
        if self.job is not None:
            with contextlib.suppress(OSError):  # it has died, and the end of the pipe will say so
                self.pipe.send((self.job.item, self._limit(self.job.item) if self._limit else 0.0))

    def why_it_died(self) -> str | None:
        """Return why, if that was its time limit."""
        self.process.join()
        if self.job and self._limit and self.process.exitcode == -getattr(signal, "SIGALRM", 0):
            return f"reading it took longer than {self._limit(self.job.item):.0f} s; split it, or report it with the document"
        return None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _processes(start: "Start[A, B]", items: Iterable[A], workers: int, limit: "Limit[A] | None") -> Iterator[tuple[A, B | Lost]]:
    jobs: Jobs[A, B] = Jobs(items, workers * AHEAD)
    crew: list[_Worker[A, B]] = []
    try:
        while True:
            yield from jobs.ready()
            _hand_out(jobs, crew, workers, lambda: _Worker(start, limit))
            busy = {worker.pipe: worker for worker in crew if worker.job}
            if not busy:
                return
            for pipe in wait(list(busy)):
                _hear(busy[pipe], jobs, crew)  # type: ignore[index]  # wait returns what it was given
    finally:
        for worker in crew:
            worker.end()


def _hand_out(jobs: Jobs[A, B], crew: "list[_Worker[A, B]]", workers: int, new: "Callable[[], _Worker[A, B]]") -> None:
    """Give jobs to those who have none, and let further ones start where there is more to do."""
    while True:
        free = next((worker for worker in crew if worker.job is None), None)
        if free is None and len(crew) >= workers:
            return
        job = jobs.take()
        if job is None:
            return
        if free is None:
            crew.append(free := new())
        free.give(job)


def _hear(worker: "_Worker[A, B]", jobs: Jobs[A, B], crew: "list[_Worker[A, B]]") -> None:
    """Take in what a worker says, or that it has died."""
    job = worker.job
    if job is None:
        return
    try:
        said = worker.pipe.recv()
    except (EOFError, OSError):
        _bury(worker, job, jobs, crew)
        return
    if not worker.started:
        if isinstance(said, GraphbuildError):
            raise said
        worker.begin()
        return
    worker.job = None
    jobs.done(job, said)


def _bury(worker: "_Worker[A, B]", job: Job[A], jobs: Jobs[A, B], crew: "list[_Worker[A, B]]") -> None:
    crew.remove(worker)
    stalled = worker.why_it_died()
    worker.end()
    if not worker.started:
        raise GraphbuildError(
            f"a process died while loading the model; is there memory for so many? Try fewer: --workers {max(1, len(crew))};"
            ' a script of your own must start builds under if __name__ == "__main__"'
        )
    if stalled:
        jobs.done(job, Lost(stalled))
    else:
        jobs.died(job)


def _serve(pipe: "Connection[Any, Any]", start: "Start[Any, Any]") -> None:
    """Be a worker process: start, say so, and do what comes until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with contextlib.suppress(EOFError, BrokenPipeError):  # whoever asked has gone
        try:
            function = start()
        except GraphbuildError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            pipe.send(answer(function, *pipe.recv()))
