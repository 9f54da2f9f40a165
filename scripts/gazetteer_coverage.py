"""What the gazetteer holds of every country, and what it lacks.

    python scripts/gazetteer_coverage.py            prints the table
    python scripts/gazetteer_coverage.py --write    writes docs/gazetteer.md

A gap is shown as a gap: an empty cell means that no source gave anything.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from graphbuild.gazetteer import tables  # noqa: E402  (the checkout need not be installed)
from graphbuild.gazetteer.names import name_key  # noqa: E402

PAGE = ROOT / "docs" / "gazetteer.md"
COLUMNS = {
    "names": "forms of its name, adjectives and demonyms included",
    "cities": "cities of 15,000 people and more",
    "regs": "first-level divisions",
    "ids": "of these with a GeoNames id",
    "heads": "heads of state and of government of today",
    "past": "other terms of office, envoys and leaders since 1945 mostly",
    "force": "armed forces and commands",
    "def": "ministry of defence",
    "for": "ministry of foreign affairs",
    "body": "other ministries, parliament, courts, police",
    "party": "political parties",
    "group": "armed groups",
    "arms": "ships, aircraft and weapons of its make or fleet",
    "in": "international organisations it belongs to",
}
_DEFENCE = re.compile(r"\bdefen[cs]e\b|\barmed forces\b|\bnational security and defen", re.IGNORECASE)
_FOREIGN = re.compile(r"\bforeign\b|\bexternal\b|\bglobal affairs\b|\bdepartment of state\b", re.IGNORECASE)
_MINISTRY = re.compile(r"\bministry\b|\bdepartment\b|\bsecretariat\b|\boffice\b|\baffairs\b|\bpentagon\b", re.IGNORECASE)
_HEADS = ("chief of state", "head of government")


def coverage() -> tuple[list[tuple[str, str, str]], dict[str, Counter[str]]]:
    """Count the rows of every kind by country.

    Returns:
        the countries (ISO code, name, status), and for each column how many rows a code has.
    """
    countries = sorted(((row[2], row[5], row[7]) for row in tables.read_rows("countries")), key=lambda c: name_key(c[1]))
    counts: dict[str, Counter[str]] = {column: Counter() for column in COLUMNS}
    counts["names"].update(row[2] for row in tables.read_forms() if row[1] != "metonym")
    iso3 = {row[1]: row[2] for row in tables.read_rows("countries") if row[1]}
    counts["cities"].update(iso3.get(line.split("\t", 5)[4], "") for line in tables.read_city_lines())
    for column, code in _entries():
        counts[column][code] += 1
    for line in (line for lines in tables.read_office_lines().values() for line in lines):
        cells = line.split("\t")
        counts["heads" if cells[5].endswith(_HEADS) else "past"][cells[2]] += 1
    counts["in"].update(code for row in tables.read_rows("memberships") if row[1] == "member" for code in row[2].split())
    return countries, counts


def _entries() -> Iterator[tuple[str, str]]:
    """Yield the columns that each entry counts in, with its country."""
    for line in tables.read_entry_lines():
        _, kind, name, aliases, code, links, *_ = line.split("\t")
        for column in _columns(kind, f"{name} {aliases}", links) if code else ():
            yield column, code


def _columns(kind: str, names: str, links: str) -> Iterable[str]:
    if kind == "Region":
        return ("regs", "ids") if links else ("regs",)
    if kind == "GovernmentBody" and _MINISTRY.search(names):
        return ("def",) if _DEFENCE.search(names) else ("for",) if _FOREIGN.search(names) else ("body",)
    by_kind = {"GovernmentBody": "body", "MilitaryForce": "force", "PoliticalParty": "party", "ArmedGroup": "group", "Vehicle": "arms", "Weapon": "arms"}
    return (by_kind[kind],) if kind in by_kind else ()


def page() -> str:
    """Return the text of docs/gazetteer.md."""
    countries, counts = coverage()
    members = [c for c in countries if c[2] == "UN member"]
    about = "Written by `python scripts/gazetteer_coverage.py --write`. An empty cell is a gap: no source gave anything."
    lines = ["# What the gazetteer holds", "", about, ""]
    lines += ["| column | what | rows | UN members that have it |", "|---|---|---:|---:|"]
    for column, what in COLUMNS.items():
        having = sum(bool(counts[column][code]) for code, *_ in members)
        lines.append(f"| {column} | {what} | {sum(counts[column].values()):,} | {having} of {len(members)} |")
    lines += ["", "What belongs to no one country:", "", "| kind | rows |", "|---|---:|"]
    lines += [f"| {kind} | {number} |" for kind, number in sorted(_international().items())]
    lines += ["", "| country | status | " + " | ".join(COLUMNS) + " |", "|---|---|" + "---:|" * len(COLUMNS)]
    for code, name, status in countries:
        lines.append(f"| {name} ({code}) | {status} | " + " | ".join(str(counts[column][code] or "") for column in COLUMNS) + " |")
    sources = (ROOT / "graphbuild" / "gazetteer" / "SOURCES.md").read_text(encoding="utf-8").split("\nKnown gaps: ")[1]
    return "\n".join([*lines, "", "## Known gaps", "", sources[0].upper() + sources[1:].strip(), ""])


def _international() -> Counter[str]:
    return Counter(cells[1] for cells in (line.split("\t", 5) for line in tables.read_entry_lines()) if not cells[4])


def show() -> None:
    """Print the table, at most 100 columns wide."""
    countries, counts = coverage()
    table = Table(title="The gazetteer by country", title_justify="left", padding=(0, 0, 0, 1), pad_edge=False, box=None)
    table.add_column("country", max_width=17, no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for code, name, _ in countries:
        table.add_row(f"{code} {name}", *(str(counts[column][code] or "") for column in COLUMNS))
    Console(width=100).print(table)


def main() -> None:
    """Print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/gazetteer.md")
    if parser.parse_args().write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    else:
        show()


if __name__ == "__main__":
    main()
