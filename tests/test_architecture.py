"""The layers: a module imports only from its own layer or from lower ones, and heavy libraries stay where they belong."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import networkx as nx
import pytest

PACKAGE = Path(__file__).parent.parent / "graphbuild"

LAYERS = [
    {"errors", "records", "display", "garbage"},
    {"vocabulary", "periods", "timewords", "dates", "times", "catalogue", "gazetteer", "namesakes", "names", "places", "agreement"}
    | {"spelling", "occupations", "thingnames", "peoples"},
    {"questions", "sparql", "answers", "context"},
    {"formats", "read", "boilerplate", "clean", "english", "origin"},
    {"classes", "datelines", "language"},
    {"syntax", "phrases", "surroundings", "speech", "voice", "titles", "mentions", "senses", "chains", "holders", "collectives", "descriptions", "coref"}
    | {"entities", "linking"},
    {"relations", "schema"},
    {"confidence", "corrections", "amend", "traits", "likeness", "identity", "sources", "claims", "graph"},
    {"export", "draw", "shards", "big", "store"},
    {"rdfstore", "query", "networks", "validate", "explain", "whynot", "evaluate", "diff", "retract", "verify"},
    {"jobs", "engines", "cluster", "cache"},
    {"pipeline", "endpoint"},
    {"console", "fetch", "cli", "__init__", "__main__"},
]
"""The drawing of CONTRIBUTING.md, bottom up; a folder is one module."""

HOMES = {
    "spacy": {"language", "syntax", "phrases", "surroundings", "speech", "voice", "titles", "mentions", "senses", "chains", "holders", "collectives"}
    | {"datelines", "descriptions", "coref", "entities", "linking", "relations", "pipeline"},
    "onnxruntime": {"language"},
    "tokenizers": {"language"},
    "rdflib": {"schema", "export", "query", "sparql", "validate"},
    "oxrdflib": {"query"},
    "pyoxigraph": {"export", "sparql", "answers", "rdfstore", "query", "networks", "validate", "endpoint"},
    "starlette": {"endpoint"},
    "uvicorn": {"endpoint"},
    "pyshacl": {"validate"},
    "matplotlib": {"draw"},
    "networkx": {"graph", "export", "networks", "draw"},
    "typer": {"cli"},
    "rich": {"console"},
    "ray": {"cluster"},
    "datasketch": {"sources"},
    "zstandard": {"shards"},
    "py3langid": {"english"},
    "graphviz": {"export"},
    "pyarrow": {"export"},
    "torch": set(),
    "transformers": set(),
}


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, everywhere: bool = True) -> set[str]:
    """All modules that a file imports, at its top, in functions and for types; or only those at its top."""
    found, tree = set(), ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            found |= {f"graphbuild.{alias.name}" for alias in node.names} if node.module == "graphbuild" else {node.module or ""}
    return found - {"graphbuild.__version__"}


FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = sorted({module_of(path) for path in FILES})
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}


def inner(path: Path) -> set[str]:
    """Modules of graphbuild that a file imports, other than its own."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("graphbuild.")} - {module_of(path)}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_layer(module: str):
    assert module in HEIGHT, f"give graphbuild/{module} a place in LAYERS and in the drawing of CONTRIBUTING.md"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path):
    upward = {name for name in inner(path) if HEIGHT[name] > HEIGHT[module_of(path)]}
    assert not upward


def test_no_module_imports_itself_through_others():
    graph = nx.DiGraph((module_of(path), name) for path in FILES if module_of(path) != "__init__" for name in inner(path))
    assert list(nx.simple_cycles(graph)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_at_home(path: Path):
    used = {name.split(".")[0] for name in imports(path)}
    astray = {library for library in used & HOMES.keys() if module_of(path) not in HOMES[library]}
    assert not astray


PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = {"endpoint": "serve", "formats": "readers", "cluster": "cluster"}
"""Modules whose own imports, beside those that everybody has, come with an extra; elsewhere such imports stand where they are asked for."""


def declared(requirements: list[str]) -> set[str]:
    """Names of the distributions that are required, as they are compared."""
    return {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line)[0]).lower() for line in requirements}  # type: ignore[index]


owners = cache(packages_distributions)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_library_that_is_used_is_declared(path: Path):
    extras = {name for lines in PROJECT["optional-dependencies"].values() for name in declared(lines)}
    always, module = declared(PROJECT["dependencies"]), module_of(path)
    for name in {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"graphbuild", ""}:
        found = declared(owners().get(name, [name]))
        at_top = name in {n.split(".")[0] for n in imports(path, everywhere=False)} and module not in OPTIONAL
        assert found & (always if at_top else always | extras), f"{name} comes with {', '.join(found)}, which pyproject.toml does not name"


def test_every_dependency_has_a_lower_bound():
    every = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]
    assert [line for line in every if ">=" not in line and not line.startswith("graphbuild[")] == []


NETWORK = {"socket", "http", "urllib.request", "ssl", "requests", "httpx", "uvicorn", "ray"}
"""What reaches other machines; `SECURITY.md` says which modules may use it."""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_reaches_the_network_or_runs_what_it_reads(path: Path):
    used = imports(path)
    reaching = {name for name in used if name in NETWORK or name.split(".")[0] in NETWORK}
    assert not reaching or module_of(path) in {"fetch", "endpoint", "cluster"}
    assert not used & {"pickle", "marshal", "shelve", "dill"}
    called = {node.func.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile"}


def loaded(code: str) -> set[str]:
    """Names of the top-level modules that a fresh interpreter has loaded after running code."""
    result = subprocess.run([sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert result.stderr == ""
    return {name.split(".")[0] for name in result.stdout.split()}


CHEAP = [
    ("import graphbuild", {"spacy", "numpy", "rdflib", "matplotlib", "networkx", "typer", "rich"}),
    ("import graphbuild.cli", {"spacy", "numpy", "rdflib", "matplotlib", "networkx"}),
    ("import graphbuild.query", {"spacy", "onnxruntime", "matplotlib", "rdflib"}),
    ("import graphbuild.store, graphbuild.explain", {"spacy", "onnxruntime", "matplotlib", "rdflib"}),
    ("import graphbuild.evaluate.page", {"spacy", "onnxruntime", "matplotlib", "rdflib"}),
    ("from graphbuild.draw import draw", {"spacy", "onnxruntime", "matplotlib", "rdflib"}),
]


@pytest.mark.parametrize(("code", "without"), CHEAP)
def test_imports_are_cheap_and_silent(code: str, without: set[str]):
    assert not loaded(code) & without


RUN = """
import contextlib, io
from graphbuild.cli import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
    main({arguments!r})
"""
ELSEWHERE = {"torch", "transformers", "ray", "pandas", "duckdb", "sklearn", "IPython", "starlette", "uvicorn", "trafilatura", "docx", "pypdf", "feedparser"}
STARTS = [
    (["query", "outputs/", "who-met-whom"], 0.6, {"spacy", "onnxruntime", "tokenizers", "numpy", "networkx", "matplotlib", "rdflib", "pyshacl", "scipy"}),
    (["build", "seeds/"], 2.5, {"networkx", "matplotlib", "rdflib", "pyshacl", "scipy", "datasketch", "py3langid", "pyarrow"}),
    (["build", "-h"], 0.6, {"spacy", "numpy", "networkx", "matplotlib", "rdflib", "pyoxigraph"}),
]
"""Commands, the seconds in which they are to start (benchmarks/startup.py measures them), and what they do without for that."""


@pytest.mark.parametrize(("arguments", "seconds", "without"), STARTS, ids=lambda value: " ".join(value) if isinstance(value, list) else None)
def test_commands_start_without_what_they_do_not_need(arguments: list[str], seconds: float, without: set[str]):
    found = loaded(RUN.format(arguments=arguments))
    assert "graphbuild" in found
    assert sorted(found & (without | ELSEWHERE)) == [], f"{arguments} is to start within {seconds} s"


def test_other_pipelines_of_spacy_do_not_pay_for_graphbuild():
    assert not loaded("import spacy; spacy.blank('en')") & {"onnxruntime", "tokenizers"}, "spaCy loads the entry points of every package installed"


def test_every_public_name_exists():
    import graphbuild

    assert sorted(graphbuild.__all__) == dir(graphbuild)
    assert all(getattr(graphbuild, name) is not None for name in graphbuild.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        graphbuild.nothing  # noqa: B018
