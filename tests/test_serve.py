"""The endpoint as its clients see it: a real server on loopback, asked by clients that others wrote."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

pytest.importorskip("starlette", reason="the endpoint comes with graphbuild[serve]")
pytest.importorskip("uvicorn", reason="the endpoint comes with graphbuild[serve]")

from graphbuild.endpoint import Limits, is_loopback
from graphbuild.endpoint.negotiate import negotiate
from graphbuild.endpoint.worker import reply_to
from graphbuild.errors import QueryError
from graphbuild.export import export
from graphbuild.graph import assemble
from graphbuild.query import ENGINES, ask, questions, run
from graphbuild.rdfstore import open_store
from graphbuild.vocabulary import BASE, GB
from tests.documents import both, named

# rdflib 7.6 warns about its own use of its own deprecated classes.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")

ROOT = Path(__file__).parent.parent
HOSTILE = '<img src=x onerror="document.title=1">"\'</script>\u202eEve'
STORE = Store()
MET = "SELECT ?a ?b { ?a gb:met ?b } ORDER BY ?a"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True)
class Running:
    """A server under test."""

    process: subprocess.Popen[str]
    address: str

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more) -> httpx.Response:
        return httpx.post(self.sparql, data={"query": query, **more}, headers={"Accept": accept}, timeout=30)

    def workers(self) -> set[int]:
        return {int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()}

    def stop(self) -> int:
        """Wait for the end and return the exit code; nothing more may have been said."""
        _, said = self.process.communicate(timeout=10)
        assert said == ""
        return self.process.returncode


def start(source: Path, *options: str) -> Running:
    command = [sys.executable, "-m", "graphbuild", "serve", str(source), "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    said = ""
    for line in process.stderr:
        said += line
        if match := re.search(r"at (http://\S+) ", line):
            return Running(process, match[1])
    raise AssertionError(said)


@pytest.fixture(scope="module")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "graph.nq"
    path.write_bytes(export(assemble([*both(), named(HOSTILE)]), "nquads"))
    return path


@pytest.fixture(scope="module")
def server(nquads: Path) -> Iterator[Running]:
    running = start(nquads, "--max-seconds", "2", "--max-rows", "2000", "--max-memory", "512")
    yield running
    running.process.send_signal(signal.SIGINT)
    assert running.stop() == 0


# The protocol


def test_a_query_is_sent_in_three_ways(server: Running):
    direct = httpx.post(server.sparql, content=MET, headers={"Content-Type": "application/sparql-query"})
    got = httpx.get(server.sparql, params={"query": MET})
    assert got.json() == direct.json() == server.ask(MET).json()
    assert len(got.json()["results"]["bindings"]) == 4


@pytest.mark.parametrize("name", [name for name, question in questions().items() if not question.missing([])])
def test_ready_made_questions_answer_as_the_library_does(name: str, server: Running, nquads: Path):
    sparql = httpx.get(f"{server.address}questions/{name}").text
    got = server.ask(sparql)
    assert got.status_code == 200, got.text
    assert got.json() == json.loads(ask(nquads, name).to_json())


NEGOTIATED = [
    (MET, "", "application/sparql-results+json"),
    (MET, "*/*", "application/sparql-results+json"),
    (MET, "text/csv", "text/csv"),
    (MET, "text/csv;q=0.3, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    (MET, "text/tab-separated-values", "text/tab-separated-values"),
    (MET, "application/json, */*;q=0.1", "application/json"),
    ("ASK { }", "application/sparql-results+xml", "application/sparql-results+xml"),
    ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "*/*", "text/turtle"),
    ("DESCRIBE gb:met", "application/n-triples", "application/n-triples"),
    ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "application/rdf+xml", "application/rdf+xml"),
    ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "application/ld+json, text/turtle;q=0.5", "application/ld+json"),
    ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "application/trig", "application/trig"),
]


@pytest.mark.parametrize(("query", "accept", "media"), NEGOTIATED)
def test_the_format_is_negotiated(query: str, accept: str, media: str, server: Running):
    response = server.ask(query, accept)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)
    assert response.headers["vary"] == "Accept"


GRAPH_MEDIA = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads"]


@pytest.mark.parametrize("media", GRAPH_MEDIA)
def test_graphs_say_the_same_in_every_format(media: str, server: Running):
    construct = "CONSTRUCT { ?a gb:met ?b ; rdfs:label ?name } WHERE { ?a gb:met ?b ; rdfs:label ?name }"
    text = server.ask(construct, media).text
    parsed = rdflib.Dataset()
    parsed.parse(data=text, format={"application/ld+json": "json-ld"}.get(media, media))
    assert len({(s, p, o) for s, p, o, _ in parsed.quads()}) == 8


def test_what_likes_best_is_chosen_of_what_is_offered():
    assert negotiate("text/*;q=0.2, text/csv;q=0", ["text/csv", "text/html"]) == "text/html"
    assert negotiate("image/png", ["text/csv"]) is None
    assert negotiate("text/csv;q=no", ["text/csv"]) is None


def test_the_service_describes_itself(server: Running):
    response = httpx.get(server.sparql, headers={"Accept": "application/rdf+xml"})
    graph = rdflib.Graph().parse(data=response.text, format="xml")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(server.sparql)
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph
    assert rdflib.URIRef(f"{BASE}graph/derived") in set(graph.objects(None, sd.name))
    assert httpx.get(server.sparql, headers={"Accept": "text/html"}).status_code == 303


def test_graphs_can_be_chosen_by_the_protocol(server: Running):
    counted = "SELECT (COUNT(*) AS ?n) { ?a gb:leads ?b }"

    def count(**graphs) -> str:
        return server.ask(counted, "text/csv", **graphs).text.split()[1]

    assert count(**{"default-graph-uri": f"{BASE}graph/document/talks"}) == "1"
    assert count(**{"default-graph-uri": f"{BASE}graph/derived"}) == "0"
    assert count(**{"named-graph-uri": f"{BASE}graph/derived"}) == "0"
    refused = server.ask(counted, **{"default-graph-uri": "http://127.0.0.1:8/x"})
    assert (refused.status_code, "no graph <http://127.0.0.1:8/x> in the store" in refused.text) == (400, True)


# Refusals


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a WHERE {\n ?a b }", "line 2, column 8"),
        ("SELECT * { { SELECT * { SERVICE <http://127.0.0.1:8/> { ?a ?b ?c } } } }", "SERVICE is refused"),
        ("ASK { SERVICESILENT<http://127.0.0.1:8/>{ ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * FROM <http://127.0.0.1:8/> { ?a ?b ?c }", "no graph"),
        ("INSERT DATA { gb:a gb:b gb:c }", "updates are refused"),
        ("LOAD <http://127.0.0.1:8/>", "updates are refused"),
    ],
)
def test_what_may_not_run_is_refused_with_the_reason(query: str, message: str, server: Running):
    response = server.ask(query)
    assert response.status_code == 400
    assert message in response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_nothing_is_fetched(server: Running, nquads: Path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        service = f"SERVICE SILENT <{url}> {{ ?a ?b ?c }}"
        for query in (f"SELECT * {{ {service} }}", f"ASK {{ {service} }}", f"SELECT * {{ ?a ?b true{service} }}", f"SELECT * FROM <{url}> {{ ?a ?b ?c }}"):
            assert server.ask(query).status_code == 400
            for engine in ENGINES:
                with pytest.raises(QueryError, match=r"refused|no graph"):
                    run(nquads, query, engine=engine)
        server.ask("ASK { }", **{"default-graph-uri": url})
        httpx.post(server.sparql, data={"update": f"LOAD <{url}>"})
        with pytest.raises(TimeoutError):
            listening.accept()


def test_requests_that_are_no_queries_are_refused(server: Running):
    assert httpx.post(server.sparql, data={"update": "CLEAR ALL"}).status_code == 403
    assert httpx.post(server.sparql, content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}).status_code == 403
    assert httpx.get(server.sparql, params={"update": "CLEAR ALL"}).status_code == 403
    assert httpx.get(server.sparql, params=[("query", MET), ("query", MET)]).status_code == 400
    assert httpx.post(server.sparql, content=MET, headers={"Content-Type": "text/plain"}).status_code == 415
    assert httpx.post(server.sparql, content=b"\xff", headers={"Content-Type": "application/sparql-query"}).status_code == 400
    assert httpx.put(server.sparql, content=MET).status_code == 405
    assert server.ask(MET, "image/png").status_code == 406
    assert server.ask(f"# {'x' * 300_000}\n{MET}").status_code == 413
    assert httpx.get(f"{server.address}questions/chain").status_code == 400


def test_a_browser_is_kept_in(server: Running):
    assert httpx.get(server.address, headers={"Host": "evil.example"}).status_code == 403  # DNS rebinding
    other_site = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    foreign = httpx.get(server.sparql, params={"query": MET}, headers=other_site)
    assert foreign.status_code == 403
    assert "access-control-allow-origin" not in server.ask(MET).headers
    page = httpx.get(server.address)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


def test_pages_of_an_allowed_origin_may_ask(nquads: Path):
    running = start(nquads, "--cors", "http://friend.example", "--workers", "1")
    try:
        def allowed(origin: str) -> str | None:
            return httpx.get(running.sparql, params={"query": MET}, headers={"Origin": origin}).headers.get("access-control-allow-origin")

        assert allowed("http://friend.example") == "http://friend.example"
        assert allowed("http://evil.example") is None
    finally:
        running.process.terminate()
        running.stop()


# Limits


def alive(server: Running) -> bool:
    return server.ask("ASK { ?a gb:met ?b }").json()["boolean"] is True


def test_a_query_over_the_time_limit_is_stopped(server: Running):
    before = time.monotonic()
    response = server.ask(ENDLESS)
    assert (response.status_code, "longer than 2 seconds and was stopped" in response.text) == (422, True)
    assert time.monotonic() - before < 6
    assert alive(server)


def test_a_query_over_the_memory_limit_is_stopped(server: Running):
    response = server.ask("SELECT ?a ?d ?g (CONCAT(STR(?a), STR(?d), STR(?g)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?x")
    assert response.status_code == 422
    assert "memory" in response.text or "seconds" in response.text
    assert alive(server)


def test_an_answer_over_the_row_limit_is_refused_not_cut(server: Running):
    for query in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a gb:x ?d } WHERE { ?a ?b ?c . ?d ?e ?f }"):
        response = server.ask(query, "*/*")
        assert (response.status_code, "more than 2000 rows" in response.text) == (422, True)
    assert len(server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 2000").json()["results"]["bindings"]) == 2000


def test_an_answer_over_the_size_limit_is_refused(nquads: Path):
    request = {"query": "SELECT * { ?a ?b ?c }", "accept": "", "default": [], "named": []}
    status, _, content = reply_to(open_store(nquads), request, Limits(answer_bytes=100))
    assert (status, b"longer than 100 bytes" in content) == (422, True)


WORDS = [*"SELECT ASK CONSTRUCT DESCRIBE * ?a ?b gb:met { } ( ) . ; FROM NAMED SERVICE <http://x.example/> 'a' \\u0022 # GRAPH LIMIT 1 < >".split(), *'"\n\0😀']


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30), st.sampled_from(["", "*/*", "text/csv", ";q=,,/"]))
def test_whatever_is_asked_gets_an_answer_or_a_reason(query: str, accept: str):
    status, media, content = reply_to(STORE, {"query": query, "accept": accept, "default": [], "named": []}, Limits(rows=100))
    assert (status, media) == (200, media) or (status in (400, 406, 422) and content.endswith(b"\n"))


def test_a_query_that_breaks_its_process_harms_nobody_else(server: Running):
    nested = server.ask(f"SELECT * {{ {'{' * 20_000} {'}' * 20_000} }}")
    assert nested.status_code in (400, 422)
    assert alive(server)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the processes of Linux from /proc")
def test_processes_are_replaced_when_they_die(server: Running):
    before = server.workers()
    victim = min(before)
    subprocess.run(["kill", "-9", str(victim)], check=True)
    time.sleep(0.2)
    assert [server.ask("ASK { }").status_code for _ in range(4)] == [200] * 4
    deadline = time.monotonic() + 10
    while len(server.workers()) != 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(server.workers()) == 2
    assert victim not in server.workers()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the processes of Linux from /proc")
def test_a_query_ends_with_the_client_that_asked_it(nquads: Path):
    running = start(nquads, "--max-seconds", "60", "--workers", "1")
    try:
        before = running.workers()
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(running.sparql, data={"query": ENDLESS}, timeout=1)
        assert alive(running)
        assert running.workers() != before
    finally:
        running.process.terminate()
        running.stop()


def test_many_clients_are_answered_at_once(server: Running):
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(server.ask(MET).status_code)) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 30


# Starting


def test_the_explorer_has_its_place(nquads: Path):
    program = f"""
from graphbuild.endpoint import serve
serve({str(nquads)!r}, port=0, explorer=lambda: "<title>Explorer</title>", started=lambda address: print(address, flush=True))
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}explore").text == "<title>Explorer</title>"
        assert httpx.get(f"{address}about").json()["explorer"] == "/explore"
        process.send_signal(signal.SIGINT)


def test_without_an_explorer_there_is_none(server: Running):
    assert httpx.get(f"{server.address}explore").status_code == 404
    assert httpx.get(f"{server.address}about").json()["explorer"] is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_leaves_nothing_behind(number: signal.Signals, nquads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    running = start(nquads)
    assert [path.name.startswith("graphbuild-") for path in tmp_path.iterdir()] == [True]
    running.process.send_signal(number)
    assert running.stop() == 0
    assert list(tmp_path.iterdir()) == []


def test_only_loopback_is_served_unless_asked_for():
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.1", "example.org")] == [True] * 3 + [False] * 3


def test_serving_others_warns(nquads: Path):
    command = [sys.executable, "-m", "graphbuild", "serve", nquads, "--host", "0.0.0.0", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert "warning: on 0.0.0.0 other machines can ask" in process.stderr.readline()
    process.terminate()
    process.communicate(timeout=20)


def test_a_port_in_use_and_a_broken_file_are_named(nquads: Path, tmp_path: Path):
    def complaint(*arguments: str | Path) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "-m", "graphbuild", "serve", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30)
        return done.returncode, done.stderr

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = complaint(nquads, "--port", port)
    assert (code, len(said.splitlines())) == (2, 1)
    assert f"cannot listen on 127.0.0.1, port {port}" in said
    (tmp_path / "a.ttl").write_text("<a> <b>")
    code, said = complaint(tmp_path / "a.ttl", "--port", "0")
    assert code == 2
    assert re.search(r"a\.ttl: is not well-formed Turtle: .* line 1", said)


# Clients that others wrote


def test_sparqlwrapper_asks(server: Running):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    asking = wrapper.SPARQLWrapper(server.sparql)
    asking.setQuery(f"PREFIX gb: <{GB}> {MET}")
    asking.setReturnFormat(wrapper.JSON)
    assert len(asking.queryAndConvert()["results"]["bindings"]) == 4
    asking.setReturnFormat(wrapper.XML)
    assert len(asking.queryAndConvert().getElementsByTagName("result")) == 4
    asking.setMethod(wrapper.POST)
    asking.setQuery("CONSTRUCT { ?a gb:met ?b } WHERE { ?a gb:met ?b }")
    asking.setReturnFormat(wrapper.TURTLE)
    assert asking.queryAndConvert().count(b"gb:met") == 4
    asking.setQuery("SELECT nonsense")
    asking.setReturnFormat(wrapper.JSON)
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="does not parse"):
        asking.query()


def test_rdflib_asks_as_a_remote_graph(server: Running):
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(server.sparql, method=method))
        met = rdflib.URIRef(f"{GB}met")
        assert len(list(graph.subject_objects(met))) == 4
        assert [len(graph.query(query)) for query in (MET, "SELECT ?x { BIND (1 AS ?x) }")] == [4, 1]
        assert bool(graph.query("ASK { ?a gb:met ?b }"))
        graph.close()


def npm_packages() -> Path | None:
    """The node_modules that has fetch-sparql-endpoint: `npm install --prefix .npm fetch-sparql-endpoint`."""
    return next((path for path in (ROOT / ".npm" / "node_modules", ROOT / "node_modules") if (path / "fetch-sparql-endpoint").is_dir()), None)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.skipif(npm_packages() is None, reason="fetch-sparql-endpoint is not installed: npm install --prefix .npm fetch-sparql-endpoint")
def test_a_client_in_javascript_asks(server: Running, tmp_path: Path):
    program = f"""
    const {{ SparqlEndpointFetcher }} = require({str(npm_packages() / "fetch-sparql-endpoint")!r});
    const all = stream => new Promise((done, fail) => {{
      const found = [];
      stream.on("data", x => found.push(x)).on("end", () => done(found)).on("error", fail);
    }});
    (async () => {{
      const fetcher = new SparqlEndpointFetcher(), at = {server.sparql!r}, prefix = "PREFIX gb: <{GB}> ";
      const rows = await all(await fetcher.fetchBindings(at, prefix + "SELECT ?a ?b {{ ?a gb:met ?b }}"));
      const triples = await all(await fetcher.fetchTriples(at, prefix + "CONSTRUCT {{ ?a gb:met ?b }} WHERE {{ ?a gb:met ?b }}"));
      const truth = await fetcher.fetchAsk(at, prefix + "ASK {{ ?a gb:met ?b }}");
      const refused = await fetcher.fetchBindings(at, "SELECT * {{ SERVICE <http://x.example/> {{ ?a ?b ?c }} }}").then(all).catch(error => "refused");
      console.log(JSON.stringify([rows.length, rows[0].a.termType, triples.length, truth, refused]));
    }})();
    """
    (tmp_path / "ask.cjs").write_text(program)
    done = subprocess.run(["node", tmp_path / "ask.cjs"], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert json.loads(done.stdout) == [4, "NamedNode", 4, True, "refused"]


# The page


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(chromium() is None, reason="no Chromium is installed")
def test_the_page_asks_and_shows_hostile_text_as_text(server: Running):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium())
        page = browser.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(server.address)
        page.select_option("#question", "names")
        playwright.expect(page.locator("#editor")).to_have_value(re.compile("skos:altLabel"))
        page.click("#run")
        playwright.expect(page.locator("#status")).to_have_text(re.compile(r"\d+ rows, in"))
        assert HOSTILE in page.locator("td").all_inner_texts()
        assert (page.title(), page.locator("main img").count()) == ("graphbuild – ask the graph", 0)
        page.select_option("#question", "timeline")
        page.fill("#parameters input", 'Ilves"')
        page.keyboard.press("Tab")
        playwright.expect(page.locator("#editor")).to_have_value(re.compile(r'"Ilves\\""'))
        page.fill("#editor", "SELECT ?a {\n ?a b }")
        page.keyboard.press("Control+Enter")
        playwright.expect(page.locator("#status")).to_have_text(re.compile("line 2, column 8"))
        assert page.locator("#lines .bad").inner_text() == "2"
        assert all(url.startswith((server.address, "data:")) for url in asked)
        assert [text for text in complaints if "400" not in text] == []
        browser.close()
