"""The Ray engine: the per-document function on the machines of a Ray cluster (extra `cluster`).

Every actor loads the model once and reads one document at a time, so that results are those of any other engine. Without a
cluster (`RAY_ADDRESS`), Ray starts on this machine. docs/scaling.md says how to run one.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from graphbuild.errors import GraphbuildError, InputError
from graphbuild.jobs import AHEAD, Job, Jobs, Limit, Lost, Start, answer, cores

A = TypeVar("A")
B = TypeVar("B")


class Reader:
    """What an actor is: the function, made once."""

    def __init__(self, start: "Start[Any, Any]") -> None:
        self.function = start()

    def read(self, item: Any, seconds: float) -> Any:
        """Apply the function to an item; if it takes too long the actor's process ends."""
        return answer(self.function, item, seconds)


def on_ray(start: "Start[A, B]", items: Iterable[A], workers: int | None, limit: "Limit[A] | None") -> Iterator[tuple[A, B | Lost]]:
    """Apply a function to items on `workers` actors, as `engines.apply` does; by default one for each core of the cluster.

    Raises:
        InputError: Ray is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise InputError(f"the Ray engine needs Ray ({error}); pip install 'graphbuild[cluster]'") from error
    if not ray.is_initialized():
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        ray.init(num_cpus=None if _has_cluster() else workers or cores(), include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    library: Any = ray
    count = workers or int(library.cluster_resources().get("CPU", 1))
    return _Crew(library, start, limit).run(items, count)


def _has_cluster() -> bool:
    return "RAY_ADDRESS" in os.environ


class _Crew:
    """The actors and what each of them does."""

    def __init__(self, ray: Any, start: "Start[Any, Any]", limit: "Limit[Any] | None") -> None:
        self._ray, self._start, self._limit = ray, start, limit
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(Reader)
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, Job[Any]]] = {}

    def run(self, items: Iterable[Any], count: int) -> Iterator[tuple[Any, Any]]:
        jobs: Jobs[Any, Any] = Jobs(items, count * AHEAD)
        try:
            while True:
                yield from jobs.ready()
                self._hand_out(jobs, count)
                if not self._busy:
                    return
                for ref in self._ray.wait(list(self._busy), num_returns=1)[0]:
                    self._hear(ref, jobs)
        finally:
            for actor in (*self._idle, *(actor for actor, _ in self._busy.values())):
                self._ray.kill(actor)

    def _hand_out(self, jobs: Jobs[Any, Any], count: int) -> None:
        while len(self._busy) < count:
            job = jobs.take()
            if job is None:
                return
            actor = self._idle.pop() if self._idle else self._actor.remote(self._start)
            seconds = self._limit(job.item) if self._limit else 0.0
            self._busy[actor.read.remote(job.item, seconds)] = actor, job

    def _hear(self, ref: Any, jobs: Jobs[Any, Any]) -> None:
        actor, job = self._busy.pop(ref)
        try:
            jobs.done(job, self._ray.get(ref))
            self._idle.append(actor)
        except self._ray.exceptions.ActorDiedError as error:
            if "creation task" in str(error):  # it raised while starting, and so would the next
                raise GraphbuildError(f"a Ray actor could not start: {' '.join(str(error).split())}") from error
            jobs.died(job)
