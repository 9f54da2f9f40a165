"""SPARQL: the ready-made questions answer alike on every engine and format, and mistakes are named."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from graphbuild.errors import GraphFileError, QueryError
from graphbuild.export import EXPORTERS, export
from graphbuild.graph import assemble
from graphbuild.query import ENGINES, Engine, ask, bind, question, questions, run
from graphbuild.store import write_build
from tests.documents import both

# rdflib 7.6 warns about its own use of its own deprecated properties.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")

PARAMETERS = {
    "timeline": {"name": "Ilves"},
    "evidence": {"name": "Sudria"},
    "chain": {"from": "Ardeni", "to": "Norland"},
    "connected": {"name": "Tomas Ardeni"},
    "who-held-office": {"day": "2031-03-05"},
    "what-happened-where": {"name": "Port Selby"},
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("rdf")
    kg = assemble(both())
    paths = {name: folder / EXPORTERS[name].file for name in ("turtle", "nquads", "trig", "jsonld", "rdfxml", "ntriples")}
    for name, path in paths.items():
        path.write_bytes(export(kg, name))
    return paths


def test_there_are_many_questions_and_each_says_what_it_answers() -> None:
    assert len(questions()) >= 15
    assert all(q.title.endswith("?") for q in questions().values())


@pytest.mark.parametrize("name", questions())
def test_every_question_has_equal_answers_on_every_engine_and_format(name: str, files: dict[str, Path]) -> None:
    given = PARAMETERS.get(name, {})
    answers = {(source, engine): ask(files[source], name, engine=engine, parameters=given) for source in ("turtle", "nquads") for engine in ENGINES}
    expected = answers["turtle", "oxigraph"]
    assert len(expected) > 0
    assert all(answer == expected for answer in answers.values())


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("who-leads", {}, [["Tomas Ardeni", "gb:leads", "Sudria"]]),
        ("denied", {}, [["Goran Pesk", "gb:met", "Mara Ilves", "", "Ilves did not meet Goran Pesk."]]),
        ("meetings-per-month", {}, [["2031-03", "1"]]),
        ("who-says", {}, [["Tomas Ardeni", "Goran Pesk", "gb:attacked", "Sudria", "Ardeni said that Pesk attacked Sudria."]]),
        ("who-held-office", {"day": "2031-03-05"}, [["Mara Ilves", "Foreign Minister", "Norland", "2031-03-05", "2031-03-05"]]),
        ("who-held-office", {"day": "2031-03-06"}, []),
        (
            "contradictions",
            {},
            [["Goran Pesk", "gb:met", "Mara Ilves", "Mara Ilves met Goran Pesk, too.", "denial", "Ilves did not meet Goran Pesk.", "talks"]],
        ),
        ("connected", {"name": "Norland"}, [["Norland", "Mara Ilves"], ["Norland", "Sudria"], ["Norland", "Tomas Ardeni"]]),
    ],
)
def test_answers(name: str, parameters: dict[str, str], expected: list[list[str]], files: dict[str, Path]) -> None:
    assert ask(files["turtle"], name, parameters=parameters).texts() == expected


def test_a_symmetric_relation_answers_from_either_end(files: dict[str, Path]) -> None:
    def met(name: str) -> set[str]:
        rows = run(files["turtle"], "SELECT ?other { ?a rdfs:label ?name ; gb:met/rdfs:label ?other }", bindings={"name": name})
        return {row["other"] for row in rows.dicts()}

    assert met("Mara Ilves") == {"Tomas Ardeni"}
    assert met("Tomas Ardeni") == {"Mara Ilves"}


def test_who_whom_where_when_how_sure_and_in_which_words(files: dict[str, Path]) -> None:
    row = next(r for r in ask(files["turtle"], "everything").texts() if r[3])
    assert row == ["Mara Ilves", "gb:met", "Tomas Ardeni", "Port Selby", "2031-03-04", "asserted", "0.9", "Ilves met Tomas Ardeni in Port Selby."]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("source", ["turtle", "nquads", "trig", "jsonld", "rdfxml", "ntriples"])
def test_every_rdf_format_can_be_asked(source: str, engine: Engine, files: dict[str, Path]) -> None:
    assert run(files[source], "SELECT (COUNT(*) AS ?n) { ?a gb:met ?b }", engine=engine).texts() == [["2"]]
    assert run(files[source], "ASK { ?a gb:leads ?b }", engine=engine).truth is True


@pytest.mark.parametrize("engine", ENGINES)
def test_construct_gives_turtle(engine: Engine, files: dict[str, Path]) -> None:
    turtle = run(files["nquads"], "CONSTRUCT { ?b gb:metBy ?a } WHERE { ?a gb:met ?b }", engine=engine).turtle
    assert turtle is not None
    assert turtle.count("gb:metBy") == 2


def test_named_graphs_can_be_asked(files: dict[str, Path]) -> None:
    rows = run(files["nquads"], "SELECT DISTINCT ?g { GRAPH ?g { ?a gb:leads ?b } }")
    assert [row["g"].rpartition("/")[2] for row in rows.dicts()] == ["talks"]


def test_a_build_folder_is_asked_with_or_without_rdf_in_it(tmp_path: Path) -> None:
    for formats in ([], ["turtle"]):
        write_build(assemble(both()), tmp_path / "out", formats=formats)
        assert len(ask(tmp_path / "out", "who-leads")) == 1


def test_rows_are_written_in_the_results_formats(files: dict[str, Path]) -> None:
    rows = run(files["turtle"], 'SELECT ?a ?b ?c { BIND ("x,\\"y\\"" AS ?a) BIND (1 AS ?b) }')
    assert rows.to_csv() == 'a,b,c\r\n"x,""y""",1,\r\n'
    assert rows.to_tsv() == '?a\t?b\t?c\n"x,\\"y\\""\t"1"^^<http://www.w3.org/2001/XMLSchema#integer>\t\n'
    (binding,) = json.loads(rows.to_json())["results"]["bindings"]
    assert binding == {
        "a": {"type": "literal", "value": 'x,"y"'},
        "b": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    assert json.loads(run(files["turtle"], "ASK {}").to_json()) == {"head": {}, "boolean": True}
    assert next(csv.reader(io.StringIO(rows.to_csv()))) == ["a", "b", "c"]


@pytest.mark.parametrize("value", ["O'Hara", 'say "x"', "back\\slash", "line\nfeed", "} UNION { ?s ?p ?o", "😀"])
@pytest.mark.parametrize("engine", ENGINES)
def test_bindings_cannot_break_out(value: str, engine: Engine, files: dict[str, Path]) -> None:
    assert run(files["turtle"], "SELECT ?x { }", bindings={"x": value}, engine=engine).dicts() == [{"x": value}]


def test_bindings_go_into_the_where_clause() -> None:
    asked = "CONSTRUCT { ?a gb:x '{' } # WHERE {\nWHERE { ?a ?b ?c }"
    assert bind(asked, {"c": "v"}) == "CONSTRUCT { ?a gb:x '{' } # WHERE {\nWHERE { VALUES (?c) { (\"v\") } ?a ?b ?c }"


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT ?a WHERE {\n ?a b }", "line 2, column 8: expected"),
        ("SELECT * { ?a nowhere:b ?c }", "column"),
        ("DELETE WHERE { ?a ?b ?c }", "does not parse"),
        ("SELECT * { { SELECT * { SERVICE <http://x.example/> { ?a ?b ?c } } } }", "SERVICE is refused"),
        ("SELECT * FROM <http://x.example/> { ?a ?b ?c }", "FROM is refused"),
        ("SELECT * { SeRvIcE # comment\n SILENT ?where { ?a ?b ?c } }", "SERVICE is refused"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_mistakes_in_a_query_are_named(sparql: str, message: str, engine: Engine, files: dict[str, Path]) -> None:
    with pytest.raises(QueryError, match=message):
        run(files["turtle"], sparql, engine=engine)


def test_words_in_strings_comments_and_variables_are_not_refused(files: dict[str, Path]) -> None:
    assert len(run(files["turtle"], "SELECT ?from { BIND ('SERVICE' AS ?from) } # FROM <x>")) == 1


def test_a_question_names_its_mistakes() -> None:
    with pytest.raises(QueryError, match=r"no ready-made question 'who'; choose from alliances, .*who-met-whom"):
        question("who")
    with pytest.raises(QueryError, match=r"'chain' lacks parameter 'to'; its parameters: from \(a name"):
        ask("nowhere", "chain", parameters={"from": "x"})
    with pytest.raises(QueryError, match=r"'denied' has no parameter 'name'; its parameters: none"):
        ask("nowhere", "denied", parameters={"name": "x"})
    with pytest.raises(QueryError, match="no variable 'x'"):
        run("nowhere", "SELECT ?a { ?a ?b ?c }", bindings={"x": "y"})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("a.ttl", "<a> <b> .", r"a\.ttl: is not well-formed Turtle: .* line 1"), ("a.txt", "", "neither a build folder nor an RDF file")],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_broken_file_is_named(name: str, text: str, message: str, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(GraphFileError, match=message):
        run(tmp_path / name, "ASK {}", engine=engine)


def test_a_folder_that_is_no_build_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphFileError, match="is no build folder"):
        run(tmp_path, "ASK {}")


def test_asking_loads_neither_spacy_nor_rdflib_nor_networkx(files: dict[str, Path]) -> None:
    heavy = "{'spacy', 'rdflib', 'networkx'}"
    program = f"import sys; from graphbuild.query import ask; ask({str(files['turtle'])!r}, 'everything'); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
