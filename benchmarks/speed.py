"""How fast a build is, stage by stage, what memory it takes, and whether the cost of a document stays the same.

Usage: python benchmarks/speed.py [--sizes 10,100,1000] [--workers N] [--write]; with --write the figures go to
benchmarks/results/speed.json. The documents are texts of training/corpus with other names in each copy, so that the graph grows
with them. Every size is measured in a process of its own.
"""

import argparse
import contextlib
import json
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graphbuild import pipeline
from graphbuild.records import Document
from graphbuild.store import write_build
from training.corpus.reader import CorpusText, read_corpus

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "speed.json"
KEPT = ("Country", "Region", "Nationality", "Position")
"""Classes whose names stay: there is no endless number of countries."""
SYLLABLES = [c + v for c in "b d f g h k l m n p r s t v z br dr kl st tr".split() for v in "a e i o u".split()]
STAGES = ("clean", "find_mentions", "read_senses", "find_speech", "resolve", "read_entities", "link_entities", "_times", "find_statements")
FORMATS = ("turtle", "graphml")


def documents(count: int) -> Iterator[Document]:
    """Yield texts of the corpus, over and over, each copy with other names."""
    texts = list(read_corpus())
    for number in range(count):
        text = texts[number % len(texts)]
        round_ = number // len(texts)
        yield Document(f"{text.id}-{round_}", text.id, renamed(text, round_), published=_day(text))


def renamed(text: CorpusText, round_: int) -> str:
    """Return a text with each word of its names replaced, but not in the first round."""
    if not round_:
        return text.text
    names = {word for mark in text.mentions if not mark.refers and _renamable(text, mark.ids) for word in _words(text.text[mark.start : mark.end])}
    if not names:
        return text.text
    new = {name: _invented(f"{name} {round_}") for name in sorted(names)}
    return re.sub(rf"\b(?:{'|'.join(sorted(new, key=len, reverse=True))})\b", lambda found: new[found[0]], text.text)


def _renamable(text: CorpusText, ids: tuple[str, ...]) -> bool:
    return all(ident in text.entities and text.entities[ident][0] not in KEPT for ident in ids)


def _words(name: str) -> list[str]:
    return re.findall(r"\b[A-Z][a-z]{3,}\b", name)


def _invented(seed: str) -> str:
    dice = random.Random(seed)
    return "".join(dice.choices(SYLLABLES, k=dice.choice((2, 3)))).capitalize()


def _day(text: CorpusText) -> str | None:
    found = re.search(r"\d{4}-\d\d-\d\d", text.meta.get("date", ""))
    return found[0] if found else None


def peak_mib() -> float:
    """Return the most memory that this process, or one that it waited for, has had, in MiB."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


class Clock:
    """Marks of wall time and of processor time (of this process alone), in the order in which they are set."""

    def __init__(self) -> None:
        self.marks: dict[str, tuple[float, float]] = {}
        self.set("begin")

    def set(self, name: str) -> None:
        """Set a mark, the first time that it is asked for."""
        self.marks.setdefault(name, (time.perf_counter(), time.process_time()))

    def between(self, first: str, last: str) -> tuple[float, float]:
        """Return wall and processor seconds between two marks."""
        (wall, cpu), (wall_, cpu_) = self.marks[first], self.marks[last]
        return wall_ - wall, cpu_ - cpu


def measured(count: int, workers: int) -> dict[str, Any]:
    """Build a graph of so many documents, and return seconds, words a second and memory; `cpu` is processor time, of one worker only."""
    given = list(documents(count))
    words = sum(len(document.text.split()) for document in given)
    assemble, clock, peaks = pipeline.assemble, Clock(), {}

    def marked(*arguments: Any) -> Any:
        clock.set("read")
        peaks.setdefault("reading_peak_mib", round(peak_mib()))
        return assemble(*arguments)

    pipeline.assemble = marked
    with tempfile.TemporaryDirectory() as folder:
        built = pipeline.build(given, folder=Path(folder), workers=workers, progress=lambda done: clock.set("first"))
        clock.set("assembled")
        peaks["assembled_peak_mib"] = round(peak_mib())
        write_build(built.graph, folder, formats=FORMATS, info=built.info)
        clock.set("written")
        peaks["peak_mib"] = round(peak_mib())
        pipeline.build(given, folder=Path(folder), workers=workers)
        clock.set("again")
    spans = {"read": ("first", "read"), "assemble": ("read", "assembled"), "write": ("assembled", "written"), "again": ("written", "again")}
    seconds = {name: clock.between(*marks) for name, marks in spans.items()}
    rest = words - len(given[0].text.split())  # the first document is read while the model loads
    after_start = clock.between("first", "written")
    row = {"documents": count, "failed": len(built.failures), "words": words, "workers": workers}
    row |= {"nodes": len(built.graph.nodes), "facts": len(built.graph.listed)}
    row |= {f"{name}_s": round(wall, 2) for name, (wall, _) in seconds.items()}
    row |= {"read_words_per_s": round(rest / seconds["read"][0]), "words_per_s": round(rest / after_start[0])}
    if workers == 1:
        row |= {f"{name}_cpu_s": round(cpu, 2) for name, (_, cpu) in seconds.items()}
        row |= {"read_words_per_cpu_s": round(rest / seconds["read"][1]), "words_per_cpu_s": round(rest / after_start[1])}
        row |= {"cpu_ms_per_1000_words": round(1e6 * after_start[1] / rest, 1)}
    return row | peaks


def stages(count: int) -> dict[str, float]:
    """Return the processor time of each stage of reading, in milliseconds for 1,000 words."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            started = time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                spent[name] += time.process_time() - started

        return run

    read = pipeline._reader(None, (), ())
    given = list(documents(count))
    read(given[0])
    for name in STAGES:
        setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    nlp = read.keywords["nlp"]  # type: ignore[attr-defined]  # a partial
    read.keywords["nlp"] = timed("model", nlp)  # type: ignore[attr-defined]
    whole = timed("all", read)
    for document in given:
        whole(document)
    words = sum(len(document.text.split()) for document in given)
    return {name.strip("_"): round(1e6 * seconds / words, 1) for name, seconds in sorted(spent.items(), key=lambda item: -item[1])}


def apart(*arguments: str) -> Any:
    """Measure in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--one", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout.splitlines()[-1])


def commit() -> str:
    """Return the commit that is measured, with a + if it is changed."""
    return subprocess.run(["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.strip()


def processor() -> str:
    """Return the name of the processor."""
    with contextlib.suppress(OSError):
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        if found:
            return found[1]
    return platform.processor()


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("SIZE", "WORKERS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        size, workers = map(int, arguments.one)
        print(json.dumps(measured(size, workers) if workers else stages(size)))
        return
    sizes = [int(size) for size in arguments.sizes.split(",")]
    rows = []
    for size in sizes:
        rows.append(apart(str(size), str(arguments.workers)))
        print(json.dumps(rows[-1]), flush=True)
    costs = [row["cpu_ms_per_1000_words"] for row in rows if row["documents"] >= 100 and arguments.workers == 1]
    spread = round(max(costs) / min(costs) - 1, 3) if len(costs) > 1 else None
    results = {"commit": commit(), "processor": processor(), "python": platform.python_version(), "sizes": rows, "spread_from_100_on": spread}
    results["stages_cpu_ms_per_1000_words"] = apart("100", "0")
    print(json.dumps(results["stages_cpu_ms_per_1000_words"]), f"spread {spread}", sep="\n")
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
