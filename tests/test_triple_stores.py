"""The scripts that load N-Quads into triple stores: run for real where a store is installed, else against a server that writes down what it gets."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graphbuild.export import export
from graphbuild.graph import assemble
from graphbuild.query import questions, run
from graphbuild.sparql import KNOWN_PREFIXES
from tests.documents import both, named

SCRIPTS = Path(__file__).parent.parent / "scripts" / "load"
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
ENVIRONMENT = {**os.environ, "PATH": PATH}
HOSTILE = 'say "ï"\\ & </script>\r\n😀'
COUNT = "SELECT (COUNT(DISTINCT ?claim) AS ?n) WHERE { GRAPH ?g { ?claim a gb:Claim } }"
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in KNOWN_PREFIXES.items())


def load(store: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([SCRIPTS / f"{store}.sh", *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, check=False)


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "graph.nq"
    path.write_bytes(export(assemble([*both(), named(HOSTILE)]), "nquads"))
    return path


# Oxigraph


@pytest.mark.skipif(shutil.which("oxigraph", path=PATH) is None, reason="oxigraph is not installed: pip install oxigraph")
def test_oxigraph_answers_as_the_library_does(nquads: Path, tmp_path: Path) -> None:
    done = load("oxigraph", nquads, tmp_path / "store")
    assert done.returncode == 0, done.stderr
    for name in (name for name, question in questions().items() if not question.missing([])):
        asked = ["oxigraph", "query", "--location", tmp_path / "store", "--union-default-graph", "--results-format", "json", "--query"]
        said = subprocess.run([*asked, PREFIXES + questions()[name].sparql], capture_output=True, text=True, env=ENVIRONMENT, check=True).stdout
        assert bindings(said) == bindings(run(nquads, questions()[name].sparql).to_json())


def bindings(text: str) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(text)["results"]["bindings"])


# Virtuoso

INI = """[Database]
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


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def virtuoso(nquads: Path, tmp_path: Path) -> Iterator[int]:
    port = free_port()
    (tmp_path / "virtuoso.ini").write_text(INI.format(port=port, http=free_port(), folder=nquads.parent))
    server = subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while isql(port, "SELECT 1;").returncode and time.monotonic() < until:
        time.sleep(0.5)
    yield port
    isql(port, "shutdown();")
    server.wait(timeout=30)


def isql(port: int, command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["isql-vt", str(port), "dba", "dba", "BANNER=OFF", "VERBOSE=OFF", f"exec={command}"], capture_output=True, text=True, check=False)


@pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso is not installed: apt install virtuoso-opensource")
def test_virtuoso_loads_every_quad(virtuoso: int, nquads: Path) -> None:
    done = load("virtuoso", nquads, virtuoso)
    assert done.returncode == 0, done.stdout + done.stderr
    said = isql(virtuoso, f"SPARQL {PREFIXES} {COUNT};").stdout.split()
    assert said[-1] == run(nquads, COUNT).texts()[0][0]
    total = isql(virtuoso, "SPARQL SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?g), 'https://w3id.org/graphbuild/data/')) };")
    assert int(total.stdout.split()[-1]) == len(nquads.read_bytes().splitlines())
    broken = nquads.with_name("broken.nq")
    broken.write_text("<https://x.example/a> <https://x.example/b> .\n")
    refused = load("virtuoso", broken, virtuoso)
    assert refused.returncode == 1
    assert f"{broken} was not loaded" in refused.stderr


# Stores that are loaded over HTTP


class Recorder(BaseHTTPRequestHandler):
    """Writes requests down; answers 204, or 400 where the path says so."""

    got: list[tuple[str, str, str, bytes]]

    def do_POST(self) -> None:
        body = self.chunked() if self.headers.get("Transfer-Encoding") == "chunked" else self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.command, self.path, self.headers["Content-Type"], body))
        self.send_response(400 if "refused" in self.path else 204)
        self.end_headers()

    def chunked(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        return body

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str, str, bytes]]]]:
    got: list[tuple[str, str, str, bytes]] = []
    running = HTTPServer(("127.0.0.1", 0), type("Recording", (Recorder,), {"got": got}))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", got
    running.shutdown()
    running.server_close()


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@needs_curl
@pytest.mark.parametrize(("store", "place", "path"), [("fuseki", "/news", "/news/data"), ("graphdb", "/repositories/news", "/repositories/news/statements")])
def test_the_file_is_posted_as_n_quads(store: str, place: str, path: str, server, nquads: Path) -> None:
    address, got = server
    done = load(store, nquads, address + place)
    assert done.returncode == 0, done.stderr
    assert got == [("POST", path, "application/n-quads", nquads.read_bytes())]
    assert load(store, nquads, f"{address}/refused").returncode != 0


@needs_curl
def test_neptune_is_told_where_the_file_lies(server) -> None:
    address, got = server
    assert load("neptune", "s3://news/graph.nq", address, "arn:aws:iam::1:role/load", "eu-west-1").returncode == 0
    ((_, path, media, body),) = got
    assert (path, media) == ("/loader", "application/json")
    told = {"source": "s3://news/graph.nq", "format": "nquads", "iamRoleArn": "arn:aws:iam::1:role/load", "region": "eu-west-1", "failOnError": "TRUE"}
    assert json.loads(body) == told
    assert load("neptune", 's3://a", "x": "', address, "role", "region").returncode == 2


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.stem)
def test_without_arguments_each_script_says_how_it_is_called(script: Path) -> None:
    done = subprocess.run([script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"usage: {script}")
