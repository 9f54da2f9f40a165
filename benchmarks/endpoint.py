"""The endpoint under load: concurrent clients on loopback, the ready-made questions, and queries that exceed the limits.

    python benchmarks/endpoint.py outputs/ --clients 50 --seconds 60 -o benchmarks/results/endpoint.json

Counts answers, errors and refusals by limits, measures latency, and the memory of the server and its processes every second.
"""

import argparse
import http.client
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from graphbuild.query import questions

ROOT = Path(__file__).parent.parent
LIMIT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""Runs for ever; asked once in a while, so that the limit works under load too."""
REFUSED = "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:8/> { ?a ?b ?c } } } }"


@dataclass
class Seen:
    """What the clients saw."""

    statuses: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: str, took: float, ordinary: bool) -> None:
        """Count one answer; times are those of ordinary questions."""
        with self.lock:
            self.statuses[status] += 1
            if ordinary:
                self.milliseconds.append(took * 1000)


def client(number: int, address: str, until: float, seen: Seen, asked: Sequence[str]) -> None:
    """Ask one query after the other until the time is over."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
    turn = number
    while time.monotonic() < until:
        turn += 1
        query = LIMIT if turn % 997 == 0 else REFUSED if turn % 101 == 0 else asked[turn % len(asked)]
        began = time.monotonic()
        try:
            connection.request("POST", "/sparql", urlencode({"query": query}), {"Content-Type": "application/x-www-form-urlencoded"})
            response = connection.getresponse()
            response.read()
            status = str(response.status)
        except OSError as error:
            status = type(error).__name__
            connection.close()
        seen.add(status, time.monotonic() - began, query not in (LIMIT, REFUSED))
    connection.close()


def memory(server: int) -> dict[str, float]:
    """Return the resident memory of the server and of its processes, in MiB."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return {"server": resident(server), "processes": round(sum(resident(int(child)) for child in children), 1)}


def resident(process: int) -> float:
    """Return the resident memory of one process in MiB; 0 if it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    match = re.search(r"VmRSS:\s+(\d+)", status)
    return round(int(match[1]) / 1024, 1) if match else 0.0


def load(source: Path, clients: int, seconds: float, limit: float) -> dict[str, object]:
    """Start the endpoint over a source, ask it, and return what was seen."""
    command = [sys.executable, "-m", "graphbuild", "serve", str(source), "--port", "0", "--max-seconds", str(limit)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    address = re.search(r"at (http://\S+) ", (server.stderr or sys.stdin).readline())
    if address is None:
        raise SystemExit("the endpoint did not start")
    asked, seen = [question.sparql for question in questions().values() if not question.missing([])], Seen()
    until, sizes = time.monotonic() + seconds, []
    threads = [threading.Thread(target=client, args=(number * 31, address[1], until, seen, asked)) for number in range(clients)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        time.sleep(1)
        sizes.append(memory(server.pid))
    for thread in threads:
        thread.join()
    server.terminate()
    said = server.communicate(timeout=20)[1]
    return {"clients": clients, "seconds": seconds, "time limit of a query, s": limit, **summary(seen, sizes, seconds), "said by the server": said.splitlines()}


def summary(seen: Seen, sizes: Sequence[dict[str, float]], seconds: float) -> dict[str, object]:
    """Return counts, times, and the memory of the second sixth of the run beside that of the last."""
    times, sixth = sorted(seen.milliseconds), max(1, len(sizes) // 6)
    allowed = {"200", "400", "422", "503"}
    return {
        "answers by status": dict(sorted(seen.statuses.items())),
        "errors other than limits and refusals": sum(n for status, n in seen.statuses.items() if status not in allowed),
        "answers per second": round(sum(seen.statuses.values()) / seconds, 1),
        "milliseconds of ordinary questions": {
            "median": round(statistics.median(times), 1),
            "95th percentile": round(times[int(len(times) * 0.95)], 1),
            "worst": round(times[-1], 1),
        },
        "MiB, median of the second sixth": _median(sizes[sixth : 2 * sixth]),
        "MiB, median of the last sixth": _median(sizes[-sixth:]),
    }


def _median(sizes: Sequence[dict[str, float]]) -> dict[str, float]:
    return {part: round(statistics.median(size[part] for size in sizes), 1) for part in ("server", "processes")}


def commit() -> str:
    """Return the commit that is measured."""
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--limit", type=float, default=2.0, help="time limit of a query")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count(), "python": platform.python_version(), "commit": commit()}
    text = json.dumps({"machine": machine, **load(given.source, given.clients, given.seconds, given.limit)}, indent=2) + "\n"
    print(text, end="")
    if given.output:
        given.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
