"""The scripts that load N-Quads into triple stores: run for real where a store is installed, else against a server that writes down what it gets."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graphbuild.export import export
from graphbuild.graph import assemble
from graphbuild.store import write_build
from tests.documents import both, named

SPEC = importlib.util.spec_from_file_location("stores", Path(__file__).parent.parent / "scripts" / "stores.py")
assert SPEC is not None
assert SPEC.loader is not None
stores = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(stores)
SCRIPTS = Path(__file__).parent.parent / "scripts" / "load"
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
ENVIRONMENT = {**os.environ, "PATH": PATH}
HOSTILE = 'say "ï"\\ & </script>\r\n😀'


def load(store: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([SCRIPTS / f"{store}.sh", *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, check=False)


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "graph.nq"
    path.write_bytes(export(assemble([*both(), named(HOSTILE)]), "nquads"))
    return path


# Stores that are installed here


def test_scripts_of_cypher_give_their_parameters_back(tmp_path: Path) -> None:
    graph = assemble([*both(), named(HOSTILE)])
    stores.files(graph, tmp_path)
    rows = [row for _, parameters in stores.script(tmp_path) for row in parameters["rows"]]
    assert {row["id"]: row["properties"]["name"] for row in rows if "id" in row} == dict(graph.nx.nodes(data="name"))
    assert {row["claim"]: tuple(row["properties"]["quotes"]) for row in rows if "claim" in row} == {
        claim: quotes for *_, claim, quotes in graph.nx.edges(keys=True, data="quotes")
    }


@pytest.mark.parametrize("store", stores.STORES, ids=lambda store: store.name)
def test_a_store_answers_as_we_do(store, tmp_path: Path) -> None:
    if not store.installed():
        pytest.skip(f"{store.name} is not installed: {store.install}")
    write_build(assemble([*both(), named(HOSTILE)]), tmp_path, formats=[])
    found = stores.alone(store, tmp_path)
    assert (found["answered otherwise"], found["rows twice"]) == ([], [])
    assert found["questions"] in (len(stores.asked()), len(stores.CYPHER))
    assert found["rows"] > 0


@pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso is not installed: apt install virtuoso-opensource")
def test_virtuoso_loads_every_quad_and_says_what_it_did_not_load(nquads: Path, tmp_path: Path) -> None:
    with stores.running_virtuoso(tmp_path, nquads.parent) as (port, _):
        done = load("virtuoso", nquads, port)
        assert done.returncode == 0, done.stdout + done.stderr
        ours = "FILTER (STRSTARTS(STR(?g), 'https://w3id.org/graphbuild/data/'))"
        total = stores.isql(port, f"SPARQL SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {ours} }};")
        assert int(total.stdout.split()[-1]) == len(nquads.read_bytes().splitlines())
        broken = nquads.with_name("broken.nq")
        broken.write_text("<https://x.example/a> <https://x.example/b> .\n")
        refused = load("virtuoso", broken, port)
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
