"""Time and memory of putting a graph together on disk, and of writing it, beside the same in memory.

Usage: python -m benchmarks.big [--sizes 10000,50000,100000] [--memory 10000] [--write]; with --write the figures go to
benchmarks/results/big.json. Nothing is read but the corpus, once (two minutes): its extractions are used again and again, each time with other
names, as long as the old ones, of all that has no link. So the graph grows with the documents, but places, countries and dates are the same
few. Every size is measured in a process of its own, the making of its extractions left out of the seconds. A document takes 15 to 20 ms.
"""

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.export import peak
from benchmarks.speed import KEPT, ROOT, commit, documents, processor
from graphbuild import pipeline
from graphbuild.big import BigGraph, assemble_either
from graphbuild.records import Extraction
from graphbuild.store import write_build
from training.corpus.reader import read_corpus

RESULTS = Path(__file__).parent / "results" / "big.json"
FORMATS = ("turtle", "nquads")
WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
COMPARED = ("facts.jsonl", "entities.jsonl", "identities.jsonl", "graph.ttl", "graph.nq")


def read_once(path: Path) -> None:
    """Write the extractions of the corpus, a line each."""
    reader = pipeline._reader(None, (), ())
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"{reader(document).to_line()}\n" for document in documents(len(list(read_corpus()))))


def extractions(path: Path, count: int, spent: list[float]) -> Iterator[Extraction]:
    """Yield so many extractions, and add up the processor seconds that making them takes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number in range(count):
        began = time.process_time()
        made = Extraction.from_json(json.loads(renamed(lines[number % len(lines)], number // len(lines))))
        spent[0] += time.process_time() - began
        yield made


def renamed(line: str, round_: int) -> str:
    """Return an extraction with other names, but in the first round; lengths, and so offsets, stay."""
    found = json.loads(line)
    ident = json.dumps(found["document"]["id"], ensure_ascii=False)
    names = {word for e in found.get("entities", ()) if e["type"] not in KEPT and not e.get("links") for word in WORD.findall(e["name"])}
    if round_ and names:
        new = {name: invented(f"{name} {round_}", len(name)) for name in sorted(names)}
        line = re.sub(rf"\b(?:{'|'.join(sorted(new, key=len, reverse=True))})\b", lambda word: new[word[0]], line)
    return line.replace(ident, f'{ident[:-1]}-{round_}"')


def invented(seed: str, length: int) -> str:
    """Return a word of a length."""
    return "".join(random.Random(seed).choices("abcdefghiklmnoprstuvz", k=length)).capitalize()


def measured(path: Path, count: int, *, on_disk: bool) -> dict[str, Any]:
    """Put a graph together and write it; return seconds of the processor, milliseconds a document, memory, and digests."""
    spent, began = [0.0], time.process_time()
    graph = assemble_either(extractions(path, count, spent), on_disk=on_disk)
    assembled = time.process_time() - began - spent[0]
    row: dict[str, Any] = {"documents": count, "on_disk": on_disk, "assemble_cpu_s": round(assembled, 1), "assemble_peak_mib": peak()}
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        write_build(graph, folder, formats=FORMATS)
        wrote = time.process_time() - began
        manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    row |= {"write_cpu_s": round(wrote, 1), "peak_mib": peak(), "folder_mib": size >> 20}
    row |= {"cpu_ms_per_document": round(1e3 * (assembled + wrote) / count, 2), **{name: manifest["counts"][name] for name in ("nodes", "claims", "facts")}}
    if isinstance(graph, BigGraph):
        row["database_mib"] = graph.tables.database.size() >> 20
    return row | {"digests": {name: manifest["files"][name] for name in COMPARED}}


def apart(path: Path, count: int, *, on_disk: bool) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.big", "--one", str(path), str(count), str(int(on_disk))]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, encoding="utf-8", check=True)
    print(done.stdout.splitlines()[-1], flush=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,50000,100000", help="documents of graphs on disk")
    parser.add_argument("--memory", default="10000", help="documents of graphs in memory; where there is one on disk, too, they must be equal")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        path, count, on_disk = arguments.one
        print(json.dumps(measured(Path(path), int(count), on_disk=on_disk == "1")))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extractions.jsonl"
        read_once(path)
        measure = partial(apart, path)
        small = [measure(int(size), on_disk=False) for size in filter(None, arguments.memory.split(","))]
        large = [measure(int(size), on_disk=True) for size in filter(None, arguments.sizes.split(","))]
    for one in small:
        if any(one["digests"] != other["digests"] for other in large if other["documents"] == one["documents"]):
            raise SystemExit(f"{one['documents']} documents: the graph on disk is not the one in memory")
    results = {"commit": commit(), "processor": processor(), "cores": os.cpu_count(), "python": platform.python_version(), "sizes": [*small, *large]}
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
