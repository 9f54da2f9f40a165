"""The command line on hand-built extractions: what it prints, writes and refuses, and with which exit code."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graphbuild import cli, pipeline
from graphbuild.draw import FORMATS
from graphbuild.export import EXPORTERS
from graphbuild.graph import assemble
from graphbuild.records import Document, Extraction
from graphbuild.store import write_build
from tests.documents import both, denial, talks

TOLD = {x.document.text: x for x in both()}


def reader(*_: object) -> Callable[[Document], Extraction]:
    """Stands for the language model: gives what was made by hand for a text, and nothing for other texts."""

    def read(document: Document) -> Extraction:
        known = TOLD.get(document.text, Extraction(document))
        return Extraction.from_json(json.loads(known.to_line().replace(f'"{known.document.id}"', json.dumps(document.id))))

    return read


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    monkeypatch.setattr(pipeline, "_reader", reader)

    def command(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main([str(a) for a in arguments])
        out, err = capsysbinary.readouterr()
        return int(ended.value.code or 0), out.decode("utf-8", "replace"), err.decode()

    return command


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    write_build(assemble(both()), folder)
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "talks.txt").write_text(talks().document.text, encoding="utf-8")
    (folder / "denial.txt").write_text(denial().document.text, encoding="utf-8")
    return folder


def test_build_prints_the_facts_and_what_it_wrote(run, texts: Path, tmp_path: Path):
    code, out, err = run("build", texts, "-o", tmp_path / "out", "--formats", "turtle,svg")
    assert (code, err) == (0, "")
    assert "Mara Ilves" in out
    assert "reported by" in out
    assert "2 documents" in out
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"entities.jsonl", "extractions", "facts.jsonl", "failed.jsonl", "graph.svg", "graph.ttl", "identities.jsonl", "manifest.json"}
    assert all(line.split("/")[-1] in out for line in written)
    assert max(map(len, out.splitlines())) <= max(100, len(str(tmp_path)) + 40)


def test_build_names_what_it_left_out_and_goes_on(run, texts: Path, tmp_path: Path):
    (texts / "picture.txt").write_bytes(b"\x89PNG\x00\x00\x01")
    (texts / "empty.txt").write_text("", encoding="utf-8")
    code, out, err = run("build", texts, texts / "missing.txt", "-o", tmp_path / "out", "--formats", "turtle")
    assert code == 2
    assert "Mara Ilves" in out
    assert len(err.splitlines()) == 3
    assert all(f"/{name}" in err for name in ("picture.txt", "empty.txt", "missing.txt"))
    assert len((tmp_path / "out" / "failed.jsonl").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("given", ["folder", "missing.txt", "blank.txt"])
def test_a_build_of_nothing_writes_nothing(run, tmp_path: Path, given: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    code, out, err = run("build", tmp_path / given, "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith(f"graphbuild: error: {tmp_path / given}: ")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_build_of_several_that_cannot_be_read_names_each(run, tmp_path: Path):
    code, out, err = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["left out", "left out", "error"]
    assert not (tmp_path / "out").exists()


def test_a_build_of_nothing_empties_the_build_that_was_there(run, texts: Path, tmp_path: Path):
    run("build", texts, "-o", tmp_path / "out", "--formats", "turtle")
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    code, out, _ = run("build", tmp_path / "blank.txt", "-o", tmp_path / "out", "--formats", "turtle")
    assert (code, out.splitlines()[0]) == (2, "0 documents, 0 entities, 0 facts. Written:")
    assert (tmp_path / "out" / "facts.jsonl").read_bytes() == b""


def test_a_store_on_disk_is_listed(run, texts: Path, tmp_path: Path):
    _, out, _ = run("build", texts, "-o", tmp_path / "out", "--formats", "oxigraph,turtle")
    listed = [line.rpartition("/")[2] for line in out.partition("Written:")[2].split()]
    assert listed == ["entities.jsonl", "00000.jsonl.zst", "facts.jsonl", "failed.jsonl", "graph.oxigraph", "graph.ttl", "identities.jsonl", "manifest.json"]


def test_a_library_that_logs_is_not_heard(run, texts: Path, tmp_path: Path):
    pytest.importorskip("pypdf")
    (texts / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    command = [sys.executable, "-m", "graphbuild", "build", texts, "-o", tmp_path / "out", "--formats", "turtle"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line.startswith("graphbuild: left out: ") for line in done.stderr.splitlines()] == [True]


def test_a_gazetteer_goes_into_the_manifest(run, texts: Path, tmp_path: Path):
    (tmp_path / "my.csv").write_text("id,type,name,aliases\nfirm/acme,Company,Acme Ltd,Acme|ACME\n", encoding="utf-8")
    code, _, err = run("build", texts, "-o", tmp_path / "out", "--formats", "turtle", "--gazetteer", tmp_path / "my.csv")
    assert (code, err) == (0, "")
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["options"]["gazetteers"] == ["my.csv"]


def test_a_bad_row_of_a_gazetteer_refuses_the_build(run, texts: Path, tmp_path: Path):
    (tmp_path / "my.csv").write_text("id,type,name\nfirm/acme,Company,Acme Ltd\nfirm/2,Wizard,Bob\n", encoding="utf-8")
    code, out, err = run("build", texts, "-o", tmp_path / "out", "--gazetteer", tmp_path / "my.csv")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "my.csv, line 3: the class 'Wizard' is unknown" in err
    assert not (tmp_path / "out").exists()


def test_without_output_facts_go_to_standard_output_as_json_lines(run, texts: Path):
    code, out, _ = run("build", texts / "denial.txt")
    assert code == 0
    assert {json.loads(line)["relation"] for line in out.splitlines()} == {"met", "officialOf", "bornOn"}


def test_standard_input_is_a_dash(run):
    code, out, _ = run("build", "-", stdin=denial().document.text)
    assert code == 0
    assert len(out.splitlines()) == 4


def test_workers_change_nothing(texts: Path):
    one, two = (pipeline.apply(reader, [x.document for x in both()], workers) for workers in (1, 2))
    assert list(one) == list(two)


def test_the_order_of_paths_changes_nothing(run, texts: Path, tmp_path: Path):
    run("build", texts / "talks.txt", texts / "denial.txt", "-o", tmp_path / "a")
    run("build", texts / "denial.txt", texts / "talks.txt", "-o", tmp_path / "b")
    for path in sorted(p for p in (tmp_path / "a").rglob("*") if p.is_file()):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path.name


def test_a_build_is_verified_and_documents_and_persons_are_removed(run, texts: Path, tmp_path: Path):
    out = tmp_path / "out"
    run("build", texts, "-o", out, "--formats", "turtle")
    assert run("verify", out) == (0, "nothing is wrong\n", "")
    assert run("remove", out, "denial.txt")[:2] == (0, "1 document left, 7 entities, 9 facts.\n")
    assert "denial" not in (out / "facts.jsonl").read_text(encoding="utf-8")
    assert run("remove", out, "--person", "Goran Pesk")[:2] == (0, "1 document left, 6 entities, 7 facts.\n")
    assert "Pesk" not in (out / "graph.ttl").read_text(encoding="utf-8")
    (out / "graph.ttl").write_text("")
    code, shown, _ = run("verify", out)
    assert code == 1
    assert "graph.ttl: is not what the manifest says" in " ".join(shown.split())
    assert shown.endswith("1 problem\n")


def test_a_web_address_is_fetched_only_if_asked(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = Document("https://example.org/a", "https://example.org/a", denial().document.text)
    monkeypatch.setattr("graphbuild.fetch.fetch", lambda address: [page])
    code, out, err = run("build", "https://example.org/a")
    assert (code, out) == (2, "")
    assert "nothing is fetched from the network unless you say so; add --fetch" in err
    code, out, _ = run("build", "https://example.org/a", "--fetch")
    assert code == 0
    assert len(out.splitlines()) == 4


def test_a_ready_made_question(run, built: Path):
    code, out, _ = run("query", built, "who-met-whom")
    assert code == 0
    assert "Port Selby" in out


def test_questions_are_listed(run, built: Path):
    code, out, _ = run("query", built)
    assert code == 0
    assert "who-met-whom" in out


ANSWERS = [
    (("SELECT ?n WHERE { ?c a schema:City ; rdfs:label ?n }", "--format", "csv"), "n\r\nPort Selby\r\n"),
    (("SELECT ?n WHERE { ?c a schema:City ; rdfs:label ?n }", "--format", "csv", "--engine", "rdflib"), "n\r\nPort Selby\r\n"),
    (("ASK { ?c a schema:City }",), "yes\n"),
    (("ASK { ?c a schema:Corporation }",), "no\n"),
]


@pytest.mark.parametrize(("arguments", "answer"), ANSWERS)
def test_sparql(run, built: Path, arguments: tuple[str, ...], answer: str):
    assert run("query", built, *arguments) == (0, answer, "")


def test_sparql_from_standard_input_with_a_parameter(run, built: Path):
    code, out, _ = run("query", built, "-", "-p", "n=Port Selby", "--format", "json", stdin="SELECT ?c WHERE { ?c rdfs:label ?n }")
    assert code == 0
    assert len(json.loads(out)["results"]["bindings"]) == 1


def test_draw_takes_the_format_from_the_name(run, built: Path, tmp_path: Path):
    assert run("draw", built, "-o", tmp_path / "a.svg", "--around", "Pesk", "--hops", "2", "--relations", "met,visited")[0] == 0
    assert "Around Goran Pesk" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_draw_writes_to_standard_output(run, built: Path):
    code, out, _ = run("draw", built)
    assert code == 0
    assert "PNG" in out[:8]


def test_explain_shows_the_words_and_the_merge(run, built: Path):
    code, out, _ = run("explain", built, "--between", "Ilves", "Ardeni")
    assert code == 0
    assert "Tomas Ardeni received M. Ilves." in out
    assert "are one: same full name" in out
    assert "confidence 0.90 from 2 independent sources: 1 − (1 − 0.80)(1 − 0.50)" in out
    assert "met.active, by the construction “active”, score 0.50" in out


def test_explain_shows_what_a_score_was_made_of(run, tmp_path: Path):
    told = talks()
    features = (("distance", 3.0), ("entity", 0.97), ("model", 0.0), ("names", 2.0), ("pronouns", 0.0), ("weather", 0.5))
    said = tuple(replace(s, evidence=tuple(replace(e, rule="met.model", features=features) for e in s.evidence)) for s in told.statements)
    write_build(assemble([replace(told, statements=said)]), tmp_path)
    out = " ".join(run("explain", tmp_path, "--between", "Norland", "Sudria")[1].split())
    assert "by the relation model, score 0.80" in out
    assert "the relation model gives it 0.00; the ends are read with 0.97; 3 words between them; 2 by name; weather 0.5" in out


def test_explain_by_id(run, built: Path):
    fact = json.loads((built / "facts.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert fact["id"] in run("explain", built, fact["id"])[1]
    assert fact["id"] in run("explain", built, fact["id"][:8])[1]


def test_diff_in_all_formats(run, built: Path, tmp_path: Path):
    write_build(assemble([talks()]), tmp_path / "one")
    code, out, _ = run("diff", tmp_path / "one", built)
    assert code == 0
    assert "+ document denial" in out
    assert "confidence: 0.80 → 0.90" in out
    assert "documents: 1 added, 0 lost, 0 changed" in out
    assert json.loads(run("diff", tmp_path / "one", built, "--format", "json")[1])["documents"]["added"] == ["denial"]
    assert run("diff", tmp_path / "one", built, "-o", tmp_path / "d.html")[0] == 0
    assert "Tomas Ardeni" in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "facts: 0 added, 0 lost, 0 changed" in run("diff", built, built)[1]


def test_draw_in_all_kinds(run, built: Path, tmp_path: Path):
    for kind, words in (("timeline", "2031-03-04"), ("matrix", "Goran Pesk")):
        assert run("draw", built, "-o", tmp_path / f"{kind}.svg", "--kind", kind)[0] == 0
        assert words in (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")


def test_export_writes_what_the_build_wrote(run, built: Path, tmp_path: Path):
    assert run("export", built, "-f", "turtle", "-o", tmp_path / "g.ttl")[0] == 0
    assert (tmp_path / "g.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_validate(run, built: Path, tmp_path: Path):
    code, out, _ = run("validate", built)
    assert (code, out.split()[0]) == (0, "conforms")
    broken = tmp_path / "broken.ttl"
    lines = (built / "graph.ttl").read_text(encoding="utf-8").replace('gb:status "asserted"', 'gb:status "perhaps"')
    broken.write_text(lines, encoding="utf-8")
    code, out, _ = run("validate", broken)
    assert code == 1
    assert "does not conform" in out


BAD = [
    (("build", "{tmp}/nothing.txt"), "nothing.txt"),
    (("build", "{texts}", "--formats", "turtel"), "there is no format 'turtel'; choose from turtle"),
    (("build", "{texts}", "--catalogue", "{tmp}/none.toml"), "none.toml"),
    (("build", "{texts}", "-o", "{texts}/talks.txt/out"), "cannot be written"),
    (("query", "{tmp}", "who-met-whom"), "{tmp}"),
    (("query", "{built}", "SELECT ?x WHERE {"), "line 1"),
    (("query", "{built}", "who-met-who"), "who-met-whom"),
    (("query", "{built}", "names", "--format", "xlsx"), "choose from table, csv"),
    (("query", "{built}", "names", "--engine", "sql"), "choose from oxigraph"),
    (("query", "{built}", "names", "-p", "x"), "NAME=TEXT"),
    (("draw", "{built}", "--around", "Mara Elves"), "Mara Ilves"),
    (("draw", "{built}", "-o", "{tmp}/g.jpeg"), "cannot be written as 'jpeg'"),
    (("draw", "{built}", "--relations", "mett"), "near it: met"),
    (("draw", "{tmp}"), "is no build folder"),
    (("draw", "{built}", "--kind", "tree"), "--kind cannot be 'tree'; choose from network, timeline, matrix"),
    (("draw", "{built}", "--kind", "matrix", "-o", "{tmp}/g.html"), "a page cannot be a 'matrix'"),
    (("diff", "{built}", "{tmp}/nowhere"), "is no build folder"),
    (("diff", "{tmp}", "{built}"), "is no build folder"),
    (("diff", "{built}", "{built}", "--format", "xml"), "choose from table, json, html"),
    (("diff", "{built}", "{built}", "-o", "{tmp}/d.table"), "a table is for the terminal"),
    (("explain", "{built}"), "give one of"),
    (("explain", "{built}", "zzz"), "no fact has the id"),
    (("explain", "{built}", "--between", "Ilves", "Nobody At All"), "Nobody At All"),
    (("explain", "{built}", "--why-not", "Ilves"), "no relation stands in"),
    (("explain", "{built}", "--why-not", "Ilves visits Sudria"), "near its words: visited; say it as in"),
    (("explain", "{built}", "--why-not", "Ilves met"), "has 'met' but no two names around it"),
    (("export", "{built}", "-f", "docx"), "there is no export format 'docx'"),
    (("export", "{built}", "--layers", "some"), "--layers cannot be 'some'; choose from direct, events, claims, all"),
    (("export", "{built}", "--project", "denied"), "--project cannot be 'denied'; choose from asserted, reported, all"),
    (("export", "{built}", "--base", "news"), "the base 'news' must be an absolute IRI that ends in '/'"),
    (("export", "{built}", "--rdf", "1.2", "-f", "jsonld"), "jsonld cannot hold RDF 1.2; choose from turtle"),
    (("build", "{texts}", "--base", "news"), "must be an absolute IRI"),
    (("export", "{built}", "-f", "nquads", "-o", "{texts}/talks.txt/g.nq"), "cannot be written"),
    (("validate", "{built}", "--shapes", "{tmp}/no.ttl"), "no.ttl"),
    (("unknown",), "No such command"),
    (("build",), "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=lambda value: " ".join(value) if isinstance(value, tuple) else None)
def test_bad_input_is_one_clear_line_and_exit_code_2(run, built: Path, texts: Path, tmp_path: Path, arguments: tuple[str, ...], message: str):
    places = {"tmp": tmp_path, "built": built, "texts": texts}
    code, _, err = run(*(a if " " in a else a.format(**places) for a in arguments))
    assert code == 2
    assert message.replace("{tmp}", str(tmp_path)) in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1 or err.startswith("Usage:")


@pytest.mark.parametrize("command", ["build", "query", "draw", "explain", "diff", "validate", "export", "serve"])
def test_every_command_has_help_with_an_example(run, command: str):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Example: graphbuild {command}" in " ".join(out.split())


def test_export_and_build_take_base_layers_and_statuses(run, built: Path, texts: Path, tmp_path: Path):
    options = ("--base", "https://x.example/g/", "--layers", "direct", "--project", "reported")
    code, out, err = run("export", built, "--format", "ntriples", *options)
    assert (code, err) == (0, "")
    assert "ns#attacked> <https://x.example/g/entity/" in out
    assert "ns#Claim>" not in out
    assert run("build", texts, "-o", tmp_path / "out", "--formats", "ntriples", *options)[0] == 0
    assert (tmp_path / "out" / "graph.nt").read_text(encoding="utf-8") == out
    assert run("export", built, "-f", "ntriples", *options, "-o", tmp_path / "g.nt")[0] == 0
    assert (tmp_path / "g.nt").read_text(encoding="utf-8") == out


def test_what_a_format_cannot_hold_is_said(run, tmp_path: Path):
    from tests.documents import named

    write_build(assemble([named("bell \x07")]), tmp_path)
    said = "graphbuild: graphml: characters that GraphML cannot hold become U+FFFD, first in 'bell \\x07'\n"
    assert run("export", tmp_path, "-f", "graphml", "-o", tmp_path / "g.graphml") == (0, "", said)
    assert run("export", tmp_path, "-f", "turtle", "-o", tmp_path / "g.ttl")[2] == ""


def test_the_help_lists_all_formats():
    assert set(cli.EXPORTS.rstrip(".").replace(" or ", ", ").split(", ")) == set(EXPORTERS)
    assert set(cli.DEFAULT_FORMATS.split(",")) <= set(EXPORTERS) | set(FORMATS)


def test_version(run):
    assert run("--version") == (0, "graphbuild 0.1.0\n", "")


def test_hostile_text_does_not_steer_the_terminal(run, tmp_path: Path):
    from tests.documents import named

    write_build(assemble([named("\x1b[31m[bold]Eve\u202e")]), tmp_path)
    shown = run("explain", tmp_path, "--between", "Ada Brook", "Ada Brook")[1] + run("query", tmp_path, "names")[1]
    assert "[31m[bold]Eve" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
