"""The README tells the truth: its commands exist, all commands are in it, and what it shows is what comes out."""

import ast
import importlib.util
import re
import shlex
from pathlib import Path

import pytest
import typer

import graphbuild
from graphbuild.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [line.split("  #")[0].strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line.strip()]
SHOWN = [line.removeprefix("$ ") for line in README.splitlines() if line.startswith("$ ")]
COMMANDS = [line.split(" < ")[0].removeprefix(".venv/bin/") for line in (*SHELL, *SHOWN) if re.match(r"(\.venv/bin/)?graphbuild ", line)]
PROGRAM = typer.main.get_command(app)


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_the_readme_are_understood(line: str):
    _, name, *arguments = shlex.split(line)
    command = PROGRAM.commands[name]  # type: ignore[attr-defined]
    assert command.make_context(name, arguments).params


def test_every_command_is_in_the_readme():
    assert {shlex.split(line)[1] for line in COMMANDS} == set(PROGRAM.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", "\n".join(SHELL), re.MULTILINE))
def test_make_targets_exist(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_ci_calls_the_test_command_of_the_readme():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] in SHELL


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(target: str):
    assert (ROOT / target).exists()


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_python_of_the_readme_uses_public_names(code: str):
    imported = [alias.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom) and node.module == "graphbuild" for alias in node.names]
    assert set(imported) <= set(graphbuild.__all__)
    assert set(re.findall(r"graphbuild\.(\w+)\(", README)) <= set(graphbuild.__all__)


def test_the_facts_shown_are_those_of_outputs():
    spec = importlib.util.spec_from_file_location("readme", ROOT / "scripts" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.renewed(README) == README, "run: python scripts/readme.py"


def test_licences_are_complete():
    assert "END OF TERMS AND CONDITIONS" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    sources = (ROOT / "graphbuild" / "gazetteer" / "SOURCES.md").read_text(encoding="utf-8")
    repositories = set(re.findall(r"github\.com/[\w.-]+/[\w.-]+", sources))
    assert {name for name in repositories if name not in notice} == set()
