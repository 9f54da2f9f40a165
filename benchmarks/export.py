"""Writing and loading RDF: our N-Quads and Turtle beside the serialisers of pyoxigraph and rdflib, and a question with three joins.

    python benchmarks/export.py --quads 1000000 -o benchmarks/results/export.json
    python benchmarks/export.py --steps rdflib -o benchmarks/results/export.json                          # slow: minutes
    python benchmarks/export.py --steps rdflib-turtle --quads 50000 -o benchmarks/results/export.json
    python benchmarks/export.py --steps sort --quads 10000000 -o benchmarks/results/export.json   # the external merge alone

The graph is that of many documents: the one of `outputs/` under other names of people, again and again, until its quads suffice.
Every step runs in a process of its own on these quads, in the order in which the exporter makes them. Seconds are those of the step
alone, without making or reading the quads: of the processor for writing into a file (the best of three, of N-Quads), by the clock for
the rest. Peak memory is that of the process, quads and all.
"""

import argparse
import io
import json
import os
import platform
import random
import re
import string
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import pyoxigraph as ox

from graphbuild.export.layers import Quad, RdfOptions, quads
from graphbuild.export.rdf import write_quads
from graphbuild.graph import assemble
from graphbuild.records import Extraction
from graphbuild.store import load_extractions
from graphbuild.vocabulary import GB, PREFIXES

ROOT = Path(__file__).parent.parent
QUESTION: Final = f"""PREFIX gb: <{GB}> PREFIX rdf: <{PREFIXES["rdf"]}>
SELECT (COUNT(*) AS ?n) WHERE {{
  ?claim rdf:subject ?who . ?claim gb:status "reported" . ?claim gb:evidence ?words . ?words gb:quote ?quote }}"""
"""Three joins: from the claims that somebody reports to who is meant, and to the words that say it."""
RENAMED: Final = ("Austin", "LaCamera", "Jung-sup", "Suk Yeol")
TIMES: Final = 3


def copies() -> Iterator[Extraction]:
    """Yield the document of outputs/ again and again, about people of other names; the offsets stay right."""
    ((_, told),) = load_extractions(ROOT / "outputs")
    for number in count():
        chance, line = random.Random(number), told.to_line().replace(json.dumps(told.document.id), json.dumps(f"news-{number:06d}.txt"))
        for name in RENAMED:
            line = line.replace(name, "".join(chance.choices(string.ascii_lowercase, k=len(name))).capitalize())
        yield Extraction.from_json(json.loads(line))


def write_some(number: int, path: Path) -> None:
    """Write that many quads of a graph, as they come."""
    per_document = sum(1 for _ in quads(assemble(islice(copies(), 1)), RdfOptions()))
    graph = assemble(islice(copies(), number // per_document * 5 // 4 + 1))  # documents share some
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{s} {p} {o} {g} .\n" for s, p, o, g in islice(quads(graph, RdfOptions()), number))


def read_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of a file, as the exporter makes them."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            subject, predicate, rest = line.split(" ", 2)
            value, graph, _ = rest.rsplit(" ", 2)
            yield subject, predicate, value, graph


def multiplied(number: int, path: Path) -> Iterator[Quad]:
    """Yield that many different quads: those of a file, again and again in other named graphs."""

    def every() -> Iterator[ox.Quad]:
        for turn in count():
            for subject, predicate, value, graph in read_quads(path):
                yield subject, predicate, value, f"{graph[:-1]}-{turn}>"

    return islice(every(), number)


Timed = dict[str, float]
Result = TypeVar("Result")


def timed(step: Callable[[], Result], clock: Callable[[], float] = time.perf_counter) -> tuple[float, Result]:
    """Run a step and return its seconds and what it returned."""
    began = clock()
    result = step()
    return round(clock() - began, 2), result


def peak() -> int:
    """Return the most memory that this process has had, in MiB; getrusage would count what the parent had when it started this one."""
    return round(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024)


def into_file(write: Callable[[IO[bytes]], object]) -> int:
    """Write into a file and return its size."""
    with tempfile.TemporaryFile() as out:
        write(out)
        return out.seek(0, io.SEEK_END)


def writing(write: Callable[[IO[bytes]], object], times: int = 1) -> float:
    """Return the processor seconds of writing into a file, of the fastest of some runs: other programs can only make one slower."""
    return min(timed(lambda: into_file(write), time.process_time)[0] for _ in range(times))


def write_ours(_: int, path: Path) -> Timed:
    """Write sorted N-Quads and Turtle."""
    found = list(read_quads(path))
    held = peak()
    nquads = writing(lambda out: write_quads(found, "nquads", out), TIMES)
    after = peak()
    unsorted = writing(lambda out: out.writelines(as_they_come(found)), TIMES)
    turtle = writing(lambda out: write_quads(found, "turtle", out))
    seconds = {"write N-Quads, s": nquads, "of which sorting, s": round(nquads - unsorted, 2), "write Turtle, s": turtle}
    return {**seconds, "MiB of the quads": held, "MiB with N-Quads": after, "MiB with Turtle": peak()}


def as_they_come(found: Iterable[Quad]) -> Iterator[bytes]:
    """Yield what `write_quads` would write if it sorted nothing, some thousand lines at a time."""
    lines = map(str.encode, map(" ".join, found))
    while batch := list(islice(lines, 2_000)):
        yield b" .\n".join(batch) + b" .\n"


def write_pyoxigraph(_: int, path: Path) -> Timed:
    """Write N-Quads and Turtle as they come, not sorted."""
    found = list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
    held = peak()
    nquads = writing(lambda out: ox.serialize(found, out, format=ox.RdfFormat.N_QUADS), TIMES)
    after = peak()
    triples, prefixes = [quad.triple for quad in found], dict(PREFIXES)
    turtle = writing(lambda out: ox.serialize(triples, out, format=ox.RdfFormat.TURTLE, prefixes=prefixes))
    return {"write N-Quads, s": nquads, "write Turtle, s": turtle, "MiB of the quads": held, "MiB with N-Quads": after, "MiB with Turtle": peak()}


def load_oxigraph(_: int, path: Path) -> Timed:
    """Load N-Quads into a store in memory as graphbuild does, and ask."""
    from graphbuild.rdfstore import load

    store = ox.Store()
    plain, _ = timed(lambda: store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS))
    seconds, loaded = timed(lambda: load(path, ox.Store()))
    asked, result = timed(lambda: [row["n"].value for row in loaded.query(QUESTION)])
    return {"load N-Quads, s": plain, "load with the union as default graph, s": seconds, "three joins, s": asked, "rows": int(result[0]), "MiB": peak()}


def rdflib_nquads(_: int, path: Path) -> Timed:
    """Load N-Quads into rdflib's store in memory, ask, and write them again."""
    dataset, loading = loaded_by_rdflib(path)
    asked, result = timed(lambda: [int(row[0]) for row in dataset.query(QUESTION)])
    nquads = writing(lambda out: dataset.serialize(out, format="nquads", encoding="utf-8"))
    return {"load N-Quads, s": loading, "three joins, s": asked, "rows": result[0], "write N-Quads, s": nquads, "MiB": peak()}


def rdflib_turtle(_: int, path: Path) -> Timed:
    """Write Turtle by rdflib."""
    dataset, _ = loaded_by_rdflib(path)
    turtle = writing(lambda out: dataset.serialize(out, format="turtle", encoding="utf-8"))
    return {"write Turtle, s": turtle, "MiB": peak()}


def loaded_by_rdflib(path: Path) -> tuple[Any, float]:
    """Return the quads of a file in rdflib's store in memory, and the seconds that took."""
    import rdflib

    warnings.simplefilter("ignore", DeprecationWarning)
    dataset = rdflib.Dataset(default_union=True)
    return dataset, timed(lambda: dataset.parse(path, format="nquads"))[0]


def sort_only(number: int, path: Path) -> Timed:
    """Write sorted N-Quads of quads that are made as they go, as an exporter does."""
    seconds, size = timed(lambda: into_file(lambda out: write_quads(multiplied(number, path), "nquads", out)))
    return {"quads": number, "GB": round(size / 1e9, 2), "making and writing, s": seconds, "MiB": peak()}


STEPS: Final[Mapping[str, Callable[[int, Path], Timed]]] = {
    "graphbuild": write_ours,
    "pyoxigraph": write_pyoxigraph,
    "oxigraph-store": load_oxigraph,
    "rdflib": rdflib_nquads,
    "rdflib-turtle": rdflib_turtle,
    "sort": sort_only,
}
USUAL: Final = ("graphbuild", "pyoxigraph", "oxigraph-store")
_MOST: Final = 1_000_000
"""Quads in the file of a run; for the merge alone they are multiplied."""


def run(step: str, number: int, path: Path) -> Timed:
    """Run a step in a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--quads", str(number), "--file", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    if done.returncode:
        raise SystemExit(f"{step}: {done.stderr}")
    found: Timed = json.loads(done.stdout)
    print(step, found, file=sys.stderr)
    return {"quads": number, **found}


def measured(steps: list[str], number: int) -> dict[str, Timed]:
    """Return the figures of some steps on equal quads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        write_some(min(number, _MOST), path)
        return {step: run(step, number, path) for step in steps}


def ratios(found: Mapping[str, Timed]) -> dict[str, float]:
    """Return how the figures compare, of those that were measured on as many quads."""
    out: dict[str, float] = {}
    ours, theirs, store, rdflib = (found.get(name, {}) for name in ("graphbuild", "pyoxigraph", "oxigraph-store", "rdflib"))
    if ours and theirs and ours["quads"] == theirs["quads"]:
        out["our N-Quads, sorted, to pyoxigraph's, not sorted"] = round(ours["write N-Quads, s"] / theirs["write N-Quads, s"], 2)
    if ours and rdflib and ours["quads"] == rdflib["quads"]:
        out["rdflib's N-Quads to ours"] = round(rdflib["write N-Quads, s"] / ours["write N-Quads, s"], 1)
    if store and rdflib and store["quads"] == rdflib["quads"]:
        out["three joins, rdflib to Oxigraph"] = round(rdflib["three joins, s"] / max(store["three joins, s"], 0.01), 1)
    return out


def machine() -> dict[str, object]:
    """Return what was measured on; the load tells how much else ran."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    load, processor = round(os.getloadavg()[1], 1), platform.processor() or platform.machine()
    return {"processor": processor, "cores": os.cpu_count(), "load": load, "python": platform.python_version(), "commit": commit}


def main() -> None:
    """Measure, and write the results; a file that exists keeps the steps that are not measured anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=_MOST)
    parser.add_argument("--steps", default=",".join(USUAL), help=f"some of {', '.join(STEPS)}")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, default=Path(), help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.quads, given.file)))
        return
    before = json.loads(given.output.read_text(encoding="utf-8")) if given.output and given.output.is_file() else {"steps": {}}
    steps = {**before["steps"], **measured(given.steps.split(","), given.quads)}
    text = json.dumps({"machine": machine(), "steps": steps, "ratios": ratios(steps)}, indent=2) + "\n"
    print(text, end="")
    if given.output:
        given.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
