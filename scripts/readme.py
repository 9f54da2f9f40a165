"""Writes into README.md what `graphbuild` really prints of outputs/, so that the README shows nothing invented.

Run it with --check to learn, by exit code 1, that README.md is not up to date.
"""

import io
import json
import re
import sys
from pathlib import Path

from rich.console import Console

from graphbuild.console import WIDTH, facts_table

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = 16
BLOCK = re.compile(r"(<!-- facts: written by scripts/readme\.py -->\n).*?(<!-- end of facts -->)", re.DOTALL)


def renewed(text: str, facts: Path = ROOT / "outputs" / "facts.jsonl") -> str:
    """Return the text of the README with the facts of outputs/ as they are printed; without outputs/, with none."""
    return BLOCK.sub(lambda block: block[1] + _table(facts) + block[2], text)


def _table(path: Path) -> str:
    if not path.exists():
        return ""
    facts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    shown = io.StringIO()
    # Facts between entities say more at a glance than quotations do.
    between = [fact for fact in facts if "name" in fact["object"]]
    Console(file=shown, width=WIDTH, color_system=None).print(facts_table(between, SHOWN))
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
