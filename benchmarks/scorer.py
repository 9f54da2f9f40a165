"""Whether `graphbuild eval` and another scorer of the same format count the same: on annotated documents, and on builds made to fool a scorer.

`python -m benchmarks.scorer SCORER GOLD…`: SCORER is a script that takes GOLD.jsonl FACTS.jsonl ENTITIES.jsonl and prints counts; each GOLD is a
folder of annotated texts (as tests/gold), or a folder with `*_docs.jsonl` and `*_gold.jsonl`. Exit code 1 if a single count differs.
"""

import argparse
import importlib.util
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks.gold import Gold, annotated, built
from graphbuild.catalogue import load_catalogue
from graphbuild.evaluate import Evaluation, Outputs, evaluate, read_gold
from graphbuild.evaluate.definitions import Relations
from graphbuild.language import load_model

Row = dict[str, Any]
ROUNDS = 3
SEED = 20240301
_SCORE = re.compile(r"^(entity|strict|lenient) .*\(right (\d+) wrong (\d+) missed (\d+)\)", re.MULTILINE)
_CLASS = re.compile(r"class right (\d+)/\d+ split (\d+) merged (\d+)")
_STATUS = re.compile(
    r"status right (\d+)/\d+; not asserted: (\d+) in gold, (\d+) found as such, (\d+) leaked as asserted; "
    r"places right (\d+)/(\d+), dates right (\d+)/(\d+)"
)
_RELATION = re.compile(r"^ {2}(\w+) +gold +(\d+) found +(\d+) wrong +(\d+)", re.MULTILINE)
_ENTITY = ("class right", "split", "merged")
_QUALIFIERS = ("status right", "hedged annotated", "hedged right", "leaked", "place right", "places", "time right", "times")


def theirs(printed: str) -> dict[str, int]:
    """Read the counts that the other scorer prints."""
    out: dict[str, int] = {}
    for kind, *numbers in _SCORE.findall(printed):
        out |= {f"{kind} {name}": int(n) for name, n in zip(("right", "wrong", "missed"), numbers, strict=True)}
    out |= {name: int(n) for names, pattern in ((_ENTITY, _CLASS), (_QUALIFIERS, _STATUS)) for name, n in zip(names, pattern.findall(printed)[0], strict=True)}
    for name, *numbers in _RELATION.findall(printed):
        out |= {f"{name} {what}": int(n) for what, n in zip(("gold", "found", "wrong"), numbers, strict=True)}
    return out


def ours(found: Evaluation) -> dict[str, int]:
    """Give the same counts by the same names."""
    s, out = found.scores, {}
    for kind, name in (("entity", "entities"), ("strict", "strict"), ("lenient", "lenient")):
        out |= {f"{kind} right": s[name].right, f"{kind} wrong": s[name].found - s[name].right, f"{kind} missed": s[name].wanted - s[name].right}
    out |= {"class right": s["class"].right, "split": found.tallies["split"], "merged": found.tallies["merged"], "leaked": found.tallies["leaked as asserted"]}
    out |= {"status right": s["status"].right, "hedged annotated": s["hedged"].wanted, "hedged right": s["hedged"].right}
    out |= {"place right": s["place"].right, "places": s["place"].wanted, "time right": s["time"].right, "times": s["time"].wanted}
    for name, one in found.by_relation.items():
        out |= {f"{name} gold": one.wanted, f"{name} found": one.right, f"{name} wrong": one.found - one.right}
    return out


def load_scorer(path: Path) -> Callable[[list[Path]], str]:
    """Return what runs the other scorer on files and gives what it prints."""
    spec = importlib.util.spec_from_file_location("other_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)

    def run(files: list[Path]) -> str:
        arguments, sys.argv = sys.argv, [str(path), *map(str, files)]
        try:
            with redirect_stdout(StringIO()) as printed:
                scorer.main()
        finally:
            sys.argv = arguments
        return printed.getvalue()

    return run


def one_node(facts: list[Row], nodes: list[Row], dice: random.Random) -> tuple[list[Row], list[Row]]:
    """Make one node of everything."""
    whole = {**nodes[0], "aliases": [n["name"] for n in nodes], "mentions": [m for n in nodes for m in n["mentions"]]}
    return [{**f, "subject": whole, "object": f["object"] if dice.random() < 0.5 else whole} for f in facts], [whole]


def repeated(facts: list[Row], nodes: list[Row], dice: random.Random) -> tuple[list[Row], list[Row]]:
    """Say facts and list nodes many times."""
    return [f for f in facts for _ in range(dice.choice((1, 1, 30)))], [n for n in nodes for _ in range(dice.choice((1, 2)))]


def varied(facts: list[Row], nodes: list[Row], dice: random.Random) -> tuple[list[Row], list[Row]]:
    """Say every fact with every status and with many days and places."""
    days = [None, {"start": "2024-02-26"}, {"start": "2023"}, {"start": None}]
    many = [
        {**f, "status": status, "time": dice.choice(days), "place": dice.choice((None, f["object"] if "id" in f["object"] else None, f["subject"]))}
        for f in facts
        for status in ("asserted", "denied", "planned", "reported")
    ]
    return many, nodes


def shuffled(facts: list[Row], nodes: list[Row], dice: random.Random) -> tuple[list[Row], list[Row]]:
    """Swap ends, relations and names between facts and nodes, and lose some."""
    relations = sorted(load_catalogue().relations)
    names = [n["name"] for n in nodes]
    out = []
    for f in facts:
        other = dice.choice(facts)
        out.append(dice.choice((f, {**f, "subject": other["subject"]}, {**f, "relation": dice.choice(relations)}, {**f, "object": other["subject"]})))
        if "id" in f["object"] and dice.random() < 0.3:
            out.append({**f, "subject": f["object"], "object": f["subject"]})
    dice.shuffle(out)
    kept = [{**n, "aliases": [*n["aliases"], dice.choice(names)]} if dice.random() < 0.2 else n for n in nodes if dice.random() < 0.9]
    return out, kept


TRICKS = (one_node, repeated, varied, shuffled)


def attempts(facts: list[Row], nodes: list[Row]) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Yield the build as it is, and what tricks make of it, alone and on top of each other."""
    yield "as built", facts, nodes
    dice = random.Random(SEED)
    for number in range(ROUNDS):
        for trick in TRICKS:
            made = trick(facts, nodes, dice)
            yield f"{trick.__name__} {number}", *made
            second = dice.choice(TRICKS)
            yield f"{trick.__name__}, {second.__name__} {number}", *second(*made, dice)


def differences(name: str, gold: Gold, run: Callable[[list[Path]], str]) -> Iterator[str]:
    """Yield a line for each count that differs."""
    documents, records = gold
    texts = {d.id: d.text for d in documents}
    graph = built(documents, load_model())
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f for f in ("gold.jsonl", "facts.jsonl", "entities.jsonl")]
        files[0].write_text("".join(json.dumps(row) + "\n" for row in records), encoding="utf-8")
        wanted = read_gold(files[0], load_catalogue(), texts)
        for attempt, facts, nodes in attempts(list(graph.facts()), list(graph.entities())):
            for path, rows in zip(files[1:], (facts, nodes), strict=True):
                path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            one, other = ours(evaluate(wanted, Outputs.of(facts, nodes, texts), Relations(load_catalogue()))), theirs(run(files))
            differing = [k for k in sorted({*one, *other}) if one.get(k, 0) != other.get(k, 0)]
            yield from (f"{name}, {attempt}: {k} is {one.get(k, 0)} here, {other.get(k, 0)} there" for k in differing)


def main() -> int:
    """Compare on all collections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path, nargs="*", help="folders with further annotated documents")
    options = parser.parse_args()
    run, wrong = load_scorer(options.scorer), 0
    for name, gold in annotated(*options.gold):
        lines = list(differences(name, gold, run))
        wrong += len(lines)
        print(f"{name}: {1 + ROUNDS * 2 * len(TRICKS)} builds compared, {len(lines)} counts differ", *lines[:20], sep="\n  ")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
