"""What one client may cost the endpoint."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the endpoint; whatever exceeds one is stopped and told which.

    Attributes:
        seconds: longest time that a query may run, and may wait for its turn.
        rows: most rows or triples of an answer.
        answer_bytes: longest answer.
        query_bytes: longest request body, and longest head of a request.
        memory_bytes: most address space of a process that answers (where the system can limit it).
        workers: number of processes that answer.
        connections: most connections at a time; more are told to come back.
        answers_per_worker: after so many, a process is replaced by a fresh one.
    """

    seconds: float = 10.0
    rows: int = 100_000
    answer_bytes: int = 64 * 2**20
    query_bytes: int = 2**18
    memory_bytes: int = 4 * 2**30
    workers: int = 2
    connections: int = 256
    answers_per_worker: int = 5_000
