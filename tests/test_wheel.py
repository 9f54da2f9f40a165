"""The wheel holds all that the program needs: installed in an environment of its own, it builds the seed, and nothing reaches the network."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.test_build import OFFLINE

pytest.importorskip("hatchling", reason="builds the wheel; it comes with graphbuild[test]")

ROOT = Path(__file__).parent.parent
IMPORTS = """
import importlib, re, sys, warnings
from importlib.metadata import packages_distributions, requires
import graphbuild
assert graphbuild.__file__.startswith(sys.prefix), graphbuild.__file__
plain = lambda name: re.sub("[-_.]+", "-", name).lower()
needed = {plain(re.match(r"[\\w.-]+", line)[0]) for line in requires("graphbuild") if "extra ==" not in line}
found = {name: {plain(d) for d in owners} for name, owners in packages_distributions().items() if name.isidentifier() and name[0] != "_"}
modules = {name: sorted(module for module, owners in found.items() if name in owners) for name in needed}
assert all(modules.values()), modules
warnings.simplefilter("ignore")
for module in sum(modules.values(), []):
    importlib.import_module(module)
print(len(needed))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, capture_output=True, check=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has the wheel, and beside it only what this one has, without this checkout."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False)
    inside = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:  # a wheel of pure Python is installed by unpacking it
        archive.extractall(inside)
    (inside / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")  # .pth files in there, as of this checkout, are not followed
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / Path(sys.executable).name


def run(python: Path, cwd: Path, code: str, *arguments: str) -> str:
    done = subprocess.run([str(python), "-I", "-c", code, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_holds_the_package_and_the_ontology_and_nothing_else(wheel: Path):
    places = {"graphbuild": ROOT / "graphbuild", "graphbuild/ontology": ROOT / "ontology"}
    expected = {
        f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for name, folder in places.items()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    assert held.keys() == expected.keys()
    assert held == expected


def test_every_runtime_dependency_can_be_imported(python: Path, tmp_path: Path):
    needed = [line for line in distribution("graphbuild").requires or () if "extra ==" not in line]
    assert int(run(python, tmp_path, IMPORTS)) == len(needed)


def test_the_seed_is_built_without_network(python: Path, tmp_path: Path):
    said = run(python, tmp_path, OFFLINE, "build", str(ROOT / "seeds"), "-o", str(tmp_path / "out"))
    assert "1 document" in said
    assert "nothing is wrong" in run(python, tmp_path, OFFLINE, "verify", str(tmp_path / "out"))
    assert "who-met-whom" in run(python, tmp_path, OFFLINE, "query", str(tmp_path / "out"))  # questions lie in the ontology's folder
