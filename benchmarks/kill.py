"""Kills builds at random moments, and shows that the last one, left alone, gives what an undisturbed build gives, byte by byte.

Usage: python benchmarks/kill.py [--kills 50] [--documents 40] [--workers 2] [--write]; with --write the figures go to
benchmarks/results/kill.json. Whenever a build ends before it is killed, it is compared, and the next begins anew.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.speed import commit, documents, processor

RESULTS = Path(__file__).parent / "results" / "kill.json"
FORMATS = "turtle,graphml,csv,svg"


def start(folder: Path, out: Path, workers: int) -> "subprocess.Popen[bytes]":
    """Start a build in a group of processes of its own."""
    command = [sys.executable, "-m", "graphbuild", "build", str(folder / "texts.jsonl"), "-o", str(out), "--formats", FORMATS, "--workers", str(workers)]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def finished(running: "subprocess.Popen[bytes]") -> None:
    """Wait for a build that nobody kills."""
    _, errors = running.communicate()
    if running.returncode or errors:
        raise SystemExit(f"a build that was left alone ended with {running.returncode}: {errors.decode()}")


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, hidden ones too, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def same(one: Path, other: Path) -> None:
    """Compare two build folders."""
    left, right = contents(one), contents(other)
    if left != right:
        raise SystemExit(f"these files differ: {sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))}")


def main() -> None:
    """Kill, compare, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    dice, killed, in_time = random.Random(7), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = ({"id": d.id, "text": d.text} for d in documents(arguments.documents))
        (folder / "texts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        began = time.monotonic()
        finished(start(folder, folder / "whole", arguments.workers))
        length = time.monotonic() - began
        round_ = 0
        while killed < arguments.kills:
            out = folder / f"out{round_}"
            running = start(folder, out, arguments.workers)
            try:
                _, errors = running.communicate(timeout=dice.uniform(0.2, 1.0) * length)
                if running.returncode:
                    raise SystemExit(f"a build ended with {running.returncode}: {errors.decode()}")
                same(folder / "whole", out)
                in_time, round_ = in_time + 1, round_ + 1
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.communicate()
                killed += 1
        finished(start(folder, folder / f"out{round_}", arguments.workers))
        same(folder / "whole", folder / f"out{round_}")
    results = {"commit": commit(), "processor": processor(), "documents": arguments.documents, "workers": arguments.workers, "kills": killed}
    results |= {"builds_finished_and_equal": in_time + 1, "undisturbed_s": round(length, 1)}
    print(json.dumps(results))
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
