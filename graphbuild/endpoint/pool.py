"""A pool of processes that answer queries; one that exceeds the time limit is killed and replaced."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuild.endpoint.limits import Limits
from graphbuild.errors import GraphFileError

BUSY, OVER_LIMIT = 503, 422

AGAIN = 0.5
"""Seconds after which a process that could not be replaced is tried again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What answers a request over HTTP."""

    status: int
    media: str
    content: bytes


class WorkerLost(Exception):
    """A worker ended in the middle of a request."""


class Worker:
    """One process, and the requests that it has answered."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.answers = 0

    @classmethod
    async def start(cls, store: Path, limits: Limits) -> "Worker":
        """Start a process that has the store open.

        Raises:
            GraphFileError: it ends before it is ready.
        """
        command = [sys.executable, "-m", "graphbuild.endpoint.worker", str(store), *map(str, (limits.rows, limits.answer_bytes, limits.memory_bytes))]
        package = str(Path(__file__).parent.parent.parent)
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what a dying process says would only disturb the terminal
            # glibc reserves 64 MiB and more of address space for every thread's arena, which would leave little of the memory allowed.
            env={"MALLOC_ARENA_MAX": "1", **os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is for the server, which then ends its workers
        )
        worker = cls(process)
        try:
            await worker._reply()
        except WorkerLost as error:
            await worker.kill()
            raise GraphFileError(f"{store}: no process can open this store within {limits.memory_bytes // 2**20} MiB of memory; raise --max-memory") from error
        return worker

    async def ask(self, request: Mapping[str, Any]) -> Reply:
        """Return the reply to a request; WorkerLost if the process ends first."""
        if self._process.stdin is None:
            raise WorkerLost
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise WorkerLost from error
        self.answers += 1
        return await self._reply()

    async def _reply(self) -> Reply:
        if self._process.stdout is None:
            raise WorkerLost
        try:
            head = json.loads(await self._process.stdout.readuntil(b"\n"))
            return Reply(head["status"], head["media"], await self._process.stdout.readexactly(head["bytes"]))
        except asyncio.IncompleteReadError as error:
            raise WorkerLost from error

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None

    async def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self.alive:
            # Not the process's own kill(), which would first collect a child that has just died, before asyncio does, which then warns of a lost one.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()


class Pool:
    """Processes that answer queries over one store; more requests than processes wait for their turn."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._replacements: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Start the processes; GraphFileError if they cannot open the store."""
        for _ in range(self._limits.workers):
            await self._add()

    async def answer(self, request: Mapping[str, Any]) -> Reply:
        """Return the reply to a request; past a limit, what to do instead."""
        try:
            worker = await asyncio.wait_for(self._living(), self._limits.seconds)
        except TimeoutError:
            return _text(BUSY, "all processes are busy with other queries; try again in a moment")
        healthy = False
        try:
            reply = await asyncio.wait_for(worker.ask(request), self._limits.seconds)
            healthy = worker.answers < self._limits.answers_per_worker
        except TimeoutError:
            reply = _text(OVER_LIMIT, f"the query takes longer than {self._limits.seconds:g} seconds and was stopped; ask for less")
        except WorkerLost:
            memory = self._limits.memory_bytes // 2**20
            reply = _text(OVER_LIMIT, f"the query ended the process that answered it, as one does that needs more than {memory} MiB of memory; ask for less")
        finally:  # also where the client has gone and the task is cancelled
            if healthy:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        return reply

    async def close(self) -> None:
        """End all processes."""
        self._closing = True
        while self._replacements:
            await asyncio.gather(*self._replacements)
        for worker in tuple(self._workers):
            await worker.kill()

    async def _living(self) -> Worker:
        """Return the next idle worker that still runs; others, which something else ended, are replaced."""
        while not (worker := await self._idle.get()).alive:
            self._replace(worker)
        return worker

    async def _add(self) -> None:
        worker = await Worker.start(self._store, self._limits)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        task = asyncio.create_task(self._exchange(worker))
        self._replacements.add(task)  # the loop itself keeps no reference
        task.add_done_callback(self._replacements.discard)

    async def _exchange(self, worker: Worker) -> None:
        await worker.kill()
        self._workers.discard(worker)
        while not self._closing:
            try:
                await self._add()
            except GraphFileError:  # the store could be opened when the pool started: what is short now, as memory, comes back
                await asyncio.sleep(AGAIN)
            else:
                return


def _text(status: int, message: str) -> Reply:
    return Reply(status, "text/plain", f"{message}\n".encode())
