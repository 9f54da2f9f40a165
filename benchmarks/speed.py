"""How fast a build is, stage by stage, what memory it takes, and whether the cost of a document stays the same.

Usage: python -m benchmarks.speed [--sizes 10,100,1000,10000] [--pairs 5] [--write]; with --write the figures go to
benchmarks/results/speed.json. The documents are texts of training/corpus with other names in each copy, so that the graph grows
with them. Every size is measured in a process of its own. What happens once in a process (imports, loading, the first use of
everything) is done before, on a few documents, and is shown apart. Texts come in a mixed order, and a size smaller than the corpus
is built several times, from other texts each time, so that all sizes are of the same mixture. --pairs measures two workers against one, each with one
thread, so many times; loading is left out there too.

On a quiet machine with two cores the whole should take about 17 minutes (reckoned, not measured): 10,000 documents are read, put
together, written and looked through again in 9 to 10, the smaller sizes take 4 to 5, five pairs 3. What is beyond that, without
reading: benchmarks.big.
"""

import argparse
import contextlib
import json
import math
import multiprocessing
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import graphbuild.export
from graphbuild import pipeline
from graphbuild.cache import open_shelf
from graphbuild.engines import apply
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
WARM = 999
"""Round whose names the documents of the warm-up carry."""
BUILDS = 20
"""Builds of a small size, at most."""
SETTLED = 24
"""Results after which all workers have loaded."""


def documents(count: int, first: int = 0) -> Iterator[Document]:
    """Yield texts of the corpus, over and over, each copy with other names, from document number `first` on."""
    texts = list(read_corpus())
    random.Random(1).shuffle(texts)  # kinds of text lie together there
    for number in range(first, first + count):
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
    """Adds up wall time and processor time (of this process alone) by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._last = self._now()

    def stage(self, name: str | None) -> None:
        """Count the time since the last call to a stage; to none if it has no name."""
        now = self._now()
        if name is not None:
            self.spent[name] = [total + new - old for total, new, old in zip(self.spent[name], now, self._last, strict=True)]
        self._last = now

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


class Stages:
    """Builds collections of documents with a clock set at the seams of the pipeline, and notes the most memory after each stage."""

    def __init__(self) -> None:
        self.clock, self.peaks = Clock(), dict[str, int]()
        self.words = self.documents = self.failed = self.nodes = self.facts = 0
        self._again = False

    def build(self, given: Sequence[Document]) -> None:
        """Build and write a graph, and build it again, when nothing is new."""
        with tempfile.TemporaryDirectory() as folder, self._marked():
            built = pipeline.build(given, folder=Path(folder), workers=1)
            self._done("assemble")
            write_build(built.graph, folder, formats=FORMATS, info=built.info)
            self._done("write_folder")
            self._again = True
            pipeline.build(given, folder=Path(folder), workers=1)
            self._done("again")
            self._again = False
        self.documents += len(given)
        self.words += sum(len(document.text.split()) for document in given)
        self.failed += len(built.failures)
        self.nodes, self.facts = self.nodes + len(built.graph.nodes), self.facts + len(built.graph.listed)

    def _done(self, stage: str | None) -> None:
        self.clock.stage(stage)
        if stage is not None:
            self.peaks[stage] = round(peak_mib())

    @contextlib.contextmanager
    def _marked(self) -> Iterator[None]:
        """Put marks where the model has been loaded, where reading ends, and around each format."""
        load, assemble, export = pipeline._reader, pipeline.assemble_either, graphbuild.export.write_export

        def loaded(*arguments: Any) -> Any:
            reader = load(*arguments)
            self._done(None)
            return reader

        def assembled(*arguments: Any, **options: Any) -> Any:
            self._done("again" if self._again else "read")
            return assemble(*arguments, **options)

        def exported(graph: Any, name: str, out: BinaryIO, *options: Any) -> None:
            self._done("write_folder")
            export(graph, name, out, *options)
            self._done(f"write_{name}")

        pipeline._reader, pipeline.assemble_either, graphbuild.export.write_export = loaded, assembled, exported
        try:
            yield
        finally:
            pipeline._reader, pipeline.assemble_either, graphbuild.export.write_export = load, assemble, export


def measured(count: int) -> dict[str, Any]:
    """Build graphs of so many documents, and return seconds, words a second and memory, by stage; `cpu` is processor time."""
    stages = Stages()
    began = time.perf_counter(), time.process_time()
    stages.build(list(documents(3, WARM * len(list(read_corpus())))))
    start = [now - then for now, then in zip((time.perf_counter(), time.process_time()), began, strict=True)]
    stages = Stages()
    builds = min(BUILDS, math.ceil(len(list(read_corpus())) / count))
    for number in range(builds):
        stages.build(list(documents(count, number * count)))
    row: dict[str, Any] = {"documents": count, "builds": builds, "failed": stages.failed, "words": stages.words}
    row |= {"nodes": stages.nodes, "facts": stages.facts, "load_average": round(os.getloadavg()[0], 1)}
    row |= {"start_s": round(start[0], 2), "start_cpu_s": round(start[1], 2)}
    for name, (wall, cpu) in stages.clock.spent.items():
        row |= {f"{name}_s": round(wall, 2), f"{name}_cpu_s": round(cpu, 2)}
    once = [spent for name, spent in stages.clock.spent.items() if name != "again"]
    wall, cpu = (sum(part) for part in zip(*once, strict=True))
    read = stages.clock.spent["read"]
    row |= {"read_words_per_s": round(stages.words / read[0]), "words_per_s": round(stages.words / wall)}
    row |= {"read_words_per_cpu_s": round(stages.words / read[1]), "words_per_cpu_s": round(stages.words / cpu)}
    row |= {"cpu_ms_per_1000_words": round(1e6 * cpu / stages.words, 1), "cpu_ms_per_document": round(1e3 * cpu / stages.documents, 2)}
    peaks = {f"{name}_peak_mib": peak for name, peak in stages.peaks.items() if name != "again"}
    return row | {"reading_peak_mib": stages.peaks["read"], **peaks, "peak_mib": max(stages.peaks.values())}


def rate(count: int, workers: int) -> dict[str, float]:
    """Return the words that so many workers read and write down in a second of wall time, and of the processor time of all processes.

    Nothing counts before all have loaded. Further workers are processes of their own, started by spawn, each with one thread.
    """
    given = list(documents(SETTLED + count))
    words, began, cpu = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder, open_shelf(Path(folder)) as shelf:
        for number, (document, result) in enumerate(apply(partial(pipeline._reader, None, (), ()), given, workers), start=1):
            shelf.put(f"{number:064x}", result)  # type: ignore[arg-type]  # none of these is lost
            if number == SETTLED:
                began, cpu = time.perf_counter(), processor_seconds()
            elif number > SETTLED:
                words += len(document.text.split())
                if number == len(given):
                    return {"words_per_s": round(words / (time.perf_counter() - began)), "words_per_cpu_s": round(words / (processor_seconds() - cpu))}
    raise AssertionError("the last document was not read")


def processor_seconds() -> float:
    """Return the processor time of this process and of those that it has started and that still run (Linux only)."""
    ticks = os.sysconf("SC_CLK_TCK")
    stats = (Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for child in multiprocessing.active_children())
    return time.process_time() + sum(int(fields[11]) + int(fields[12]) for fields in stats) / ticks


def pairs(count: int, times: int) -> dict[str, Any]:
    """Return how many times as fast two workers read as one: the median of some pairs of runs, one right after the other.

    On a machine with other work to do, wall time says little: `by_cpu` is what the processor time of all processes allows on two
    processors that are free.
    """
    rows = [{"load_average": round(os.getloadavg()[0], 1), "one": apart("rate", str(count), "1"), "two": apart("rate", str(count), "2")} for _ in range(times)]
    ratios = [round(row["two"]["words_per_s"] / row["one"]["words_per_s"], 3) for row in rows]
    by_cpu = [round(2 * row["two"]["words_per_cpu_s"] / row["one"]["words_per_cpu_s"], 3) for row in rows]
    return {"documents": count, "runs": rows, "ratios": ratios, "median": statistics.median(ratios), "median_by_cpu": statistics.median(by_cpu)}


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
    """Measure in a process of its own, which starts processes with one thread each."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.speed", "--one", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
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


ONE: dict[str, Callable[..., Any]] = {"build": measured, "stages": stages, "rate": rate}


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("--pairs", type=int, default=5, help="how often two workers are measured against one")
    parser.add_argument("--note", help="what else the machine was doing; goes into the file")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(ONE[arguments.one[0]](*map(int, arguments.one[1:]))))
        return
    rows = []
    for size in filter(None, arguments.sizes.split(",")):
        rows.append(apart("build", size))
        print(json.dumps(rows[-1]), flush=True)
    costs = [row["cpu_ms_per_document"] for row in rows]
    spread = round(max(costs) / min(costs) - 1, 3) if len(costs) > 1 else None
    results = {"commit": commit(), "processor": processor(), "cores": os.cpu_count(), "python": platform.python_version(), "note": arguments.note}
    results |= {"sizes": rows, "spread": spread, "stages_cpu_ms_per_1000_words": apart("stages", "100")}
    print(json.dumps(results["stages_cpu_ms_per_1000_words"]), f"spread {spread}", sep="\n", flush=True)
    if arguments.pairs:
        results["workers"] = pairs(300, arguments.pairs)
        print(json.dumps(results["workers"]))
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
