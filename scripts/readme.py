"""Writes into README.md what `graphbuild` really prints of outputs/, and the figures of benchmarks/results/, so that it shows nothing invented.

Run it with --check to learn, by exit code 1, that README.md is not up to date.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from graphbuild.console import WIDTH, facts_table

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = 16
RESULTS = ROOT / "benchmarks" / "results"
FIGURES = re.compile(r"(<!-- figures: written by scripts/readme\.py -->\n).*?(<!-- end of figures -->)", re.DOTALL)
MEASURES = {"strict": "facts, strict", "lenient": "facts, lenient", "entities": "entities", "status": "status of facts found", "time": "time of facts found"}
SPEED = re.compile(r"(<!-- speed: written by scripts/readme\.py -->\n).*?(<!-- end of speed -->)", re.DOTALL)
BLOCK = re.compile(r"(<!-- facts: written by scripts/readme\.py -->\n).*?(<!-- end of facts -->)", re.DOTALL)


def renewed(text: str, facts: Path = ROOT / "outputs" / "facts.jsonl") -> str:
    """Return the text of the README with the facts of outputs/ as they are printed, without outputs/ with none, and with the figures measured."""
    text = FIGURES.sub(lambda block: f"{block[1]}\n{_figures()}\n{block[2]}", text)
    text = SPEED.sub(lambda block: f"{block[1]}\n{_speed()}\n{block[2]}", text)
    return BLOCK.sub(lambda block: block[1] + _table(facts) + block[2], text)


def _figures() -> str:
    """Write what was measured on the gold, beside other tools, and on open sets."""
    quality, peers, sets = (json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")) for name in ("quality", "peers", "open_sets"))
    return "\n".join([*_gold_table(quality), "", *_peer_table(peers), "", *_set_table(sets)]) + "\n"


def _gold_table(quality: dict[str, Any]) -> Iterator[str]:
    own = quality["facts"]["own gold"]
    yield f"| own gold, {own['documents']} texts | precision | recall | F1 | 95 % |"
    yield "|---|--:|--:|--:|---|"
    for name, label in MEASURES.items():
        row = own[name]
        low, high = row["F1 95%"]
        yield f"| {label} | {row['P']:.2f} | {row['R']:.2f} | **{row['F1']:.2f}** | {low:.2f} – {high:.2f} |"
    others = quality["facts"]["statements, unseen"]
    strict = others["strict"]
    yield ""
    yield (
        f"On {others['documents']} invented statements and reports that no rule was made from ([training/statements](training/statements/README.md)),"
        f" facts, strict: precision {strict['P']:.2f}, recall {strict['R']:.2f}, F1 {strict['F1']:.2f}. Found are {others['named']['R']:.2f} of the"
        f" facts between names there and {others['described']['R']:.2f} of those with an end that is only described (“two soldiers”); on own gold"
        f" {own['named']['R']:.2f} and {own['described']['R']:.2f}."
    )
    sure, fitted = (quality["calibration"][f"own gold, {how}"] for how in ("as shipped", "cross-fitted"))
    yield ""
    yield (
        f"Confidence, on the same texts: AUROC of right against wrong {sure['AUROC']:.2f}, calibration error {sure['calibration error']:.2f}, Brier skill"
        f" {sure['Brier skill']:.2f} ({fitted['Brier skill']:.2f} if fitted on the other documents, too; [plot](docs/reliability.png))."
        " [What goes wrong](docs/errors.md), sorted, with examples."
    )


def _peer_table(peers: dict[str, Any]) -> Iterator[str]:
    yield "| on the same texts | facts, lenient: precision | recall | F1 | words / CPU second | memory |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, row in peers["tools"].items():
        shares = " | ".join(f"{row['lenient'][share]:.2f}" for share in ("P", "R", "F1"))
        yield f"| {name} | {shares} | {row['words / CPU s']:,} | {row['memory MiB']} MiB |"
    yield ""
    yield "The others are given our parse and names, and all doubt about what their triples mean is decided for them (`benchmarks/peers.py`)."
    told = "; ".join(f"{row['tool']} {row['score']:.2f} ({row['set']})" for row in peers["published"])
    yield f"Those that need a service or a download did not run here; published, on other texts, and not to be compared: {told}."


def _set_table(sets: dict[str, Any]) -> Iterator[str]:
    net, doc = sets["KnowledgeNet, fold 3"], sets["Re-DocRED, last 100"]
    published = sets["published"]["KnowledgeNet, fold 5"]
    yield "| from raw text, sets of others | precision | recall | F1 |"
    yield "|---|--:|--:|--:|"
    for label, row in (("KnowledgeNet, fold 3: text", net["text F1"]), ("KnowledgeNet, fold 3: link", net["link F1"]), ("Re-DocRED, last 100", doc["F1"])):
        yield f"| {label} | {row['P']:.2f} | {row['R']:.2f} | {row['F1']:.2f} |"
    told = ", ".join(f"{name} {row['text F1']:.2f} and {row['link F1']:.2f}" for name, row in published.items())
    jerex = sets["published"]["DocRED, end to end"]["JEREX"]["F1"]
    yield ""
    yield f"Published, not measured here, on fold 5: {told}; on DocRED, all of its relations: JEREX {jerex:.2f}. Wikidata links of people are not shipped."


def _speed() -> str:
    """Write how fast one process reads and builds, and what became of builds that were killed."""
    speed, killed = (json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")) for name in ("speed", "kill"))
    rows = [
        f"| {r['documents']:,} | {r['read_words_per_cpu_s']:,} | {r['words_per_cpu_s']:,} | {r['reading_peak_mib']:,} MiB | {r['peak_mib']:,} MiB |"
        for r in speed["sizes"]
    ]
    head = ["| documents | words read in a second | with graph, Turtle and GraphML | memory while reading | at the end |", "|--:|--:|--:|--:|--:|"]
    told = f"{killed['kills']} builds were killed at random moments; all were finished by the same command, byte by byte as if nothing had been."
    return "\n".join([*head, *rows, "", told, "", " ".join(_guarded())]) + "\n"


def _guarded() -> Iterator[str]:
    """Write what became of hostile input and of many clients, and how soon the program starts."""
    fuzz, endpoint = (json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")) for name in ("fuzz", "endpoint"))
    inputs, found = (sum(count) for count in zip(*((t["inputs"], len(t["found"])) for t in fuzz["targets"].values()), strict=True))
    yield f"[Fuzzing](benchmarks/fuzz.py) for {fuzz['minutes']:.0f} minutes, {inputs:,} inputs: {found or 'no'} crashes, hangs or invalid outputs."
    answers, errors = sum(endpoint["answers by status"].values()), endpoint["errors other than limits and refusals"]
    memory = [sum(endpoint[f"MiB, median of the {part} sixth"].values()) for part in ("second", "last")]
    yield f"{endpoint['clients']} clients asked the endpoint for {endpoint['seconds']:.0f} s: {answers:,} answers, {errors or 'no'} errors but the limits,"
    yield f"{memory[0]:.0f} MiB of memory at first and {memory[1]:.0f} at last."
    if (RESULTS / "startup.json").exists():
        commands = json.loads((RESULTS / "startup.json").read_text(encoding="utf-8"))["commands"]
        yield " and ".join(f"`graphbuild {name}` is done in {commands[name]['clock_s']:.1f} s" for name in ("query", "build")) + " from its start."


def _table(path: Path) -> str:
    if not path.exists():
        return ""
    facts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    shown = io.StringIO()
    # Facts between entities say more at a glance than quotations do.
    between = [fact for fact in facts if "name" in fact["object"]]
    table = facts_table(between, len(between), SHOWN)
    rest = ((len(between) - SHOWN, "more between entities"), (len(facts) - len(between), "quotations and dates"))
    left = [f"{number} {what}" for number, what in rest if number > 0]
    table.caption = f"… and {', and '.join(left)}; facts.jsonl has all" if left else None
    Console(file=shown, width=WIDTH, color_system=None).print(table)
    lines = [line.rstrip() for line in shown.getvalue().splitlines() if line.strip()]
    return "\n".join(["", "```console", "$ graphbuild build seeds/ -o outputs/", *lines, "```", "", ""])


def main() -> int:
    """Check or write; return the exit code."""
    text = README.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        return int(renewed(text) != text)
    README.write_text(renewed(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
