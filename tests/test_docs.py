"""What docs/ says of formats and commands is so."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from graphbuild.cli import app
from graphbuild.export import EXPORTERS
from graphbuild.export.actors import SECTORS
from graphbuild.export.events import COLUMNS

DOCS = Path(__file__).parent.parent / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
COMMANDS = [
    (name, line.split("  #")[0].strip())
    for name, text in PAGES.items()
    for line in re.findall(r"^(?:    )?(graphbuild .*)$", text, re.MULTILINE)
]
PROGRAM = typer.main.get_command(app)


def test_the_table_has_every_format_with_its_file() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| `([\w.-]+)` \|", FORMATS, re.MULTILINE)
    assert rows == [(name, exporter.file) for name, exporter in EXPORTERS.items()]


def test_every_column_of_event_data_is_explained() -> None:
    explained = set(re.findall(r"`([a-z_]+)`", FORMATS))
    sides = {f"{side}_{what}" for side in ("source", "target") for what in ("country", "sector", "code")}
    assert set(COLUMNS) - sides <= explained
    assert all(f"`…_{what}`" in FORMATS for what in ("country", "sector", "code"))


def test_every_sector_is_named() -> None:
    assert set(SECTORS) == set(re.findall(r"\b[A-Z]{3}\b", FORMATS[FORMATS.index("one of GOV") : FORMATS.index("`…_code`")]))


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_commands_are_understood(page: str, line: str) -> None:
    _, name, *arguments = shlex.split(line)
    assert PROGRAM.commands[name].make_context(name, arguments).params  # type: ignore[attr-defined]


@pytest.mark.parametrize(("page", "target"), [(name, link) for name, text in PAGES.items() for link in re.findall(r"\]\(([^)#:]+)\)", text)])
def test_links_lead_somewhere(page: str, target: str) -> None:
    assert (DOCS / target).exists()


def test_what_is_written_of_graphs_beyond_memory_is_said() -> None:
    said = re.search(r"^(.*) are also written of graphs", FORMATS, re.MULTILINE)
    assert said
    assert re.findall(r"`(\w+)`", said[1]) == [name for name, exporter in EXPORTERS.items() if exporter.streams]
