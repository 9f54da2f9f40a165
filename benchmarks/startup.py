"""How long the program takes to start: a question to a finished build, and a build of one sentence, each from the shell's prompt to its end.

Usage: python benchmarks/startup.py [--times 5] [--write]; with --write the figures go to benchmarks/results/startup.json. Medians, in
seconds: as a clock shows them, which needs a machine with nothing else to do, and of the processor. What is imported, and so most of
this, is held by tests/test_architecture.py.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.speed import commit, processor

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "startup.json"
SENTENCE = "Foreign Minister Mara Ilves of Norway met Tomas Ardeni in Lisbon on Tuesday.\n"
LIMITS = {"query": 0.6, "build": 2.5}
"""Seconds that are promised."""


def seconds(arguments: list[str]) -> tuple[float, float]:
    """Run a command and return how long it took by the clock, and of the processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([sys.executable, "-m", "graphbuild", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        text = Path(name) / "a.txt"
        text.write_text(SENTENCE, encoding="utf-8")
        commands = {
            "query": ["query", str(ROOT / "outputs"), "who-met-whom"],
            "build": ["build", str(text)],
            "build, with Turtle, GraphML and two pictures": ["build", str(text), "-o", f"{name}/out"],
        }
        measured = {}
        for told, command in commands.items():
            seconds(command)  # the first run fills the caches of the disk
            runs = [seconds(command) for _ in range(arguments.times)]
            clock, cpu = (round(statistics.median(times), 2) for times in zip(*runs, strict=True))
            measured[told] = {"clock_s": clock, "processor_s": cpu, **({"limit_s": LIMITS[told]} if told in LIMITS else {})}
    results = {"commit": commit(), "processor": processor(), "python": platform.python_version(), "times": arguments.times, "commands": measured}
    print(json.dumps(results, indent=2))
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
