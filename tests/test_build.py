"""The whole road with the shipped model: offline, and the same every time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OFFLINE = """
import socket, sys

def refuse(*arguments, **options):
    raise AssertionError("the build opened a socket")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from graphbuild.cli import main
main(sys.argv[1:])
"""


def build(folder: Path, seed: str, *options: str) -> str:
    environment = {"PYTHONHASHSEED": seed, "PATH": "", "LC_ALL": "C", "MPLCONFIGDIR": str(folder.parent)}
    command = [sys.executable, "-c", OFFLINE, "build", "seeds/", "-o", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "out"
    assert "1 document" in build(folder, "1")
    return folder


def test_two_builds_are_equal_under_different_hash_seeds_and_engines(first: Path, tmp_path: Path):
    build(tmp_path / "out", "2", "--workers", "2")
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert Path("graph.svg") in names
    for name in names:
        assert (first / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_the_graph_conforms_to_its_shapes(first: Path):
    from graphbuild.validate import validate

    assert validate(first).violations == ()
