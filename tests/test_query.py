"""SPARQL: the ready-made questions answer alike on every engine and format, and mistakes are named."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib import Literal, URIRef
from rdflib.query import Result

from graphbuild.errors import GraphFileError, QueryError
from graphbuild.export import EXPORTERS, export
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.query import ENGINES, Engine, ask, bind, check, question, questions, run
from graphbuild.rdfstore import load
from graphbuild.sparql import operators
from graphbuild.store import write_build
from graphbuild.vocabulary import BASE, BUILD_STORE, GB
from tests.documents import Told, both

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


VISIT = "Foreign Minister Mara Ilves of Norland visited Port Selby on Tuesday."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return written(assemble(both()), tmp_path_factory.mktemp("rdf"))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Fewer triples, for what rdflib takes long to answer."""
    return written(assemble(both()[:1]), tmp_path_factory.mktemp("few"))


def written(kg: KnowledgeGraph, folder: Path) -> dict[str, Path]:
    paths = {name: folder / EXPORTERS[name].file for name in ("turtle", "nquads", "trig", "jsonld", "rdfxml", "ntriples")}
    for name, path in paths.items():
        path.write_bytes(export(kg, name))
    return paths


def test_there_are_many_questions_and_each_says_what_it_answers() -> None:
    assert len(questions()) >= 15
    assert all(q.title.endswith("?") for q in questions().values())


@pytest.mark.parametrize("name", questions())
def test_every_question_has_equal_answers_on_every_engine_and_format(name: str, files: dict[str, Path], few: dict[str, Path]) -> None:
    given, asked = PARAMETERS.get(name, {}), few if name == "chain" else files
    answers = {(source, engine): ask(asked[source], name, engine=engine, parameters=given) for source in ("turtle", "nquads") for engine in ENGINES}
    expected = answers["turtle", "oxigraph"]
    assert len(expected) > 0
    assert all(answer == expected for answer in answers.values())


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("who-leads", {}, [["Tomas Ardeni", "gb:leads", "Sudria"]]),
        (
            "what-happened-where",
            {"name": "Port Selby"},
            [
                ["Port Selby", "2031-03-04", "Mara Ilves", "gb:met", "Tomas Ardeni", "asserted", "Ilves met Tomas Ardeni in Port Selby."],
                ["Port Selby", "2031-03-04", "Mara Ilves", "gb:met", "Tomas Ardeni", "asserted", "Tomas Ardeni received M. Ilves."],
                [*["Port Selby", "2031-03-04", "Mara Ilves", "gb:visited", "Port Selby", "asserted"], VISIT],
            ],
        ),
        ("denied", {}, [["Goran Pesk", "gb:met", "Mara Ilves", "", "Ilves did not meet Goran Pesk."]]),
        ("meetings-per-month", {}, [["2031-03", "1"]]),
        ("who-says", {}, [["Tomas Ardeni", "Goran Pesk", "gb:attacked", "Sudria", "Ardeni said that Pesk attacked Sudria."]]),
        ("who-held-office", {"day": "2031-03-05"}, [["Mara Ilves", "Foreign Minister", "Norland", "2031-03-05", "2031-03-05"]]),
        ("who-held-office", {"day": "2031-03-06"}, []),
        (
            "contradictions",
            {},
            [["Goran Pesk", "gb:met", "Mara Ilves", "", "Mara Ilves met Goran Pesk, too.", "denial", "", "Ilves did not meet Goran Pesk.", "talks"]],
        ),
        ("connected", {"name": "Norland"}, [["Norland", "Mara Ilves"], ["Norland", "Sudria"], ["Norland", "Tomas Ardeni"]]),
    ],
)
def test_answers(name: str, parameters: dict[str, str], expected: list[list[str]], files: dict[str, Path]) -> None:
    assert ask(files["turtle"], name, parameters=parameters).texts() == expected


@pytest.mark.parametrize("path", sorted((Path(__file__).parent.parent / "ontology" / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_a_question_stands_alone(path: Path) -> None:
    """Any engine takes the file as it is: prefixes are declared in it."""
    Store().query(path.read_text(encoding="utf-8"))


def test_a_symmetric_relation_answers_from_either_end(files: dict[str, Path]) -> None:
    def met(name: str) -> set[str]:
        rows = run(files["turtle"], "SELECT ?other { ?a rdfs:label ?name ; gb:met/rdfs:label ?other }", bindings={"name": name})
        return {row["other"] for row in rows.dicts()}

    assert met("Mara Ilves") == {"Tomas Ardeni"}
    assert met("Tomas Ardeni") == {"Mara Ilves"}


EITHER_END = [("who-met-whom", "Ilves", "Ardeni"), ("alliances", "Norland", "Sudria"), ("evidence", "Ilves", "Ardeni"), ("timeline", "Ilves", "Ardeni")]


@pytest.mark.parametrize(("name", "one", "other"), EITHER_END)
@pytest.mark.parametrize("source", ["turtle", "nquads"])
def test_questions_about_symmetric_relations_answer_from_either_end(name: str, one: str, other: str, source: str, files: dict[str, Path]) -> None:
    def pairs(given: str) -> set[frozenset[str]]:
        rows = ask(files[source], name, parameters={"name": given}).dicts()
        return {frozenset((row["who"], row["whom"])) for row in rows if row.get("how", row.get("relation", "")).endswith(("#met", "#alliedWith"))}

    shared = pairs(one) & pairs(other)
    assert any(one in " ".join(pair) and other in " ".join(pair) for pair in shared)


@pytest.mark.parametrize(
    ("one", "other", "relations"),
    [("Ilves", "Ardeni", ["met"]), ("Ardeni", "Norland", ["leads", "alliedWith"]), ("Port Selby", "Sudria", ["visited", "met", "leads"])],
)
@pytest.mark.parametrize("source", ["turtle", "nquads"])
def test_the_shortest_chain_is_found_from_either_end(one: str, other: str, relations: list[str], source: str, files: dict[str, Path]) -> None:
    there = ask(files[source], "chain", parameters={"from": one, "to": other}).dicts()
    back = ask(files[source], "chain", parameters={"from": other, "to": one}).dicts()
    steps = ("first", "second", "third")[: len(relations)]
    assert there[0]["steps"] == back[0]["steps"] == str(len(relations))
    assert [f"{GB}{name}" for name in relations] in [[row.get(step) for step in steps] for row in there]
    assert [f"{GB}{name}" for name in reversed(relations)] in [[row.get(step) for step in steps] for row in back]


def test_an_office_of_one_name_links_no_strangers() -> None:
    said = "President Ana Dembele met President Boris Lindqvist. President Chen Wei resigned."
    told = Told("offices", said)
    for key, name in (("a", "Ana Dembele"), ("b", "Boris Lindqvist"), ("c", "Chen Wei")):
        told.entity(key, "Person", name)
    told.entity("p", "Position", "President")
    for key in ("a", "b", "c"):
        told.say(key, "holdsPosition", "p", "President")
    told.say("a", "met", "b", "President Ana Dembele met President Boris Lindqvist.")
    graph = assemble([told.done()])
    assert ask(graph, "chain", parameters={"from": "Ana Dembele", "to": "Chen Wei"}).texts() == []
    assert len(ask(graph, "chain", parameters={"from": "Ana Dembele", "to": "Boris Lindqvist"})) == 1
    assert "President" not in [row[0] for row in ask(graph, "most-connected").texts()]


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
        ("DELETE WHERE { ?a ?b ?c }", "updates are refused"),
        ("SELECT * { { SELECT * { SERVICE <http://x.example/> { ?a ?b ?c } } } }", "SERVICE is refused"),
        ("SELECT * FROM <http://x.example/> { ?a ?b ?c }", r"no graph <http://x\.example/> in the store"),
        ("SELECT * { SeRvIcE # comment\n SILENT ?where { ?a ?b ?c } }", "SERVICE is refused"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_mistakes_in_a_query_are_named(sparql: str, message: str, engine: Engine, files: dict[str, Path]) -> None:
    with pytest.raises(QueryError, match=message):
        run(files["turtle"], sparql, engine=engine)


ELSEWHERE = [
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://x.example/> { ?a ?b ?c } } } } }",
    "SELECT * { MINUS { GRAPH ?g { SERVICE SILENT ?where { ?a ?b ?c } } } }",
    "SELECT (EXISTS { SERVICE <http://x.example/> { ?a ?b ?c } } AS ?x) { }",
    "ASK { SERVICE <http://x.example/> { ?a ?b ?c } }",
    "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <http://x.example/> { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE <http://x.example/> { ?a ?b ?c } }",
    # Oxigraph's parser needs no space between words …
    "SELECT * { SERVICESILENT<http://x.example/>{ ?a ?b ?c } }",
    "SELECT * { ?a ?b 1.5e3SERVICE<http://x.example/>{ ?a ?b ?c } }",
    "PREFIX ex: <http://x.example/> SELECT * { ?a ?b trueSERVICE ex:y { ?a ?b ?c } }",
    "PREFIX ex: <http://x.example/> SELECT * { SERVICEex:y { ?a ?b ?c } }",
    "PREFIX : <http://x.example/> SELECT * { SERVICE:y { ?a ?b ?c } }",
    # … nor do less-than signs begin IRIs for it, in which comments would be text, and strings then hide what follows.
    "ASK { FILTER(?a<?b#>'''\n && EXISTS { SERVICE <http://x.example/> { ?a ?b ?c } }) #'''\n}",
    "SELECT ?service { ?service ?b 'SERVICE' . SERVICE ?service { } } # SERVICE",
    "PREFIX zzzzzzzex: <http://x.example/> PREFIX ex: <http://x.example/> SELECT * { SERVICEex:y { } }",
]


@pytest.mark.parametrize("sparql", ELSEWHERE)
@pytest.mark.parametrize("engine", ENGINES)
def test_no_other_endpoint_is_asked_however_it_is_written(sparql: str, engine: Engine, files: dict[str, Path]) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run(files["turtle"], sparql, engine=engine)


HARMLESS = [
    "SELECT ?service { BIND ('SERVICE <http://x.example/> {' AS ?service) } # SERVICE <http://x.example/> { }",
    "PREFIX service: <http://x.example/SERVICE#> SELECT (1 AS ?one) { FILTER NOT EXISTS { service:SERVICE ?from <http://x.example/service> } }",
    "SELECT ('''\nFROM <x> INSERT DATA\n''' AS ?update) { } # FROM <http://x.example/>",
    "SELECT (<http://x.example/LOAD/SERVICE> AS ?delete) { }",
]


@pytest.mark.parametrize("sparql", HARMLESS)
@pytest.mark.parametrize("engine", ENGINES)
def test_the_words_are_allowed_in_names_strings_iris_and_comments(sparql: str, engine: Engine, files: dict[str, Path]) -> None:
    assert len(run(files["turtle"], sparql, engine=engine)) == 1


GROUPS = st.recursive(
    st.sampled_from(["?a ?b 'SERVICE' .", "?a gb:service ?service .", "# SERVICE <http://x.example/> {\n", "SERVICE <http://x.example/> { ?a ?b ?c }", ""]),
    lambda inner: st.one_of(
        st.builds("{{ {} {} }}".format, inner, inner),
        st.builds("OPTIONAL {{ {} }}".format, inner),
        st.builds("{{ SELECT * {{ {} }} }}".format, inner),
        st.builds("FILTER NOT EXISTS {{ {} }}".format, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
    ),
    max_leaves=8,
)


@given(GROUPS)
def test_what_is_refused_is_what_rdflib_parses_as_service(group: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery

    sparql = f"SELECT * {{ {group} }}"
    asks_elsewhere = "ServiceGraphPattern" in set(operators(parseQuery(sparql)))
    try:
        check(sparql)
    except QueryError as error:
        assert asks_elsewhere, error  # noqa: PT017
    else:
        assert not asks_elsewhere


@pytest.mark.parametrize("engine", ENGINES)
def test_from_asks_graphs_of_the_store_alone(engine: Engine, files: dict[str, Path]) -> None:
    talks, derived = f"{BASE}graph/document/talks", f"{BASE}graph/derived"
    counted = "SELECT (COUNT(*) AS ?n) {} {{ ?a gb:leads ?b }}".format
    assert run(files["nquads"], counted(f"FROM <{talks}>"), engine=engine).texts() == [["1"]]
    assert run(files["nquads"], counted(f"FROM <{derived}>"), engine=engine).texts() == [["0"]]
    assert run(files["nquads"], counted(f"FROM <{talks}> FROM <{derived}>"), engine=engine).texts() == [["1"]]
    assert run(files["nquads"], counted(f"FROM NAMED <{talks}>"), engine=engine).texts() == [["0"]]
    named = run(files["nquads"], f"SELECT DISTINCT ?g FROM <{derived}> FROM NAMED <{talks}> {{ GRAPH ?g {{ ?a ?b ?c }} }}", engine=engine)
    assert [row["g"] for row in named.dicts()] == [talks]


@pytest.mark.parametrize("engine", ENGINES)
def test_escapes_do_not_smuggle_from_past_rdflib(engine: Engine, files: dict[str, Path]) -> None:
    r"""Rdflib reads \u0022 as a quote before it parses; SPARQL 1.1 says so, Oxigraph reads it as a letter of the string."""
    secret = files["turtle"].parent / "secret.ttl"
    secret.write_text("<http://x.example/a> <http://x.example/secret> 1 .")
    sparql = f"SELECT ('\\u0027 AS ?x) ?secret FROM <{secret.as_uri()}> {{ ?secret <http://x.example/secret> ?y }} #' AS ?z) {{ }}"
    try:
        rows = run(files["turtle"], sparql, engine=engine)
    except QueryError:
        return
    assert not any(row.get("secret") for row in rows.dicts())


def test_a_remote_context_of_json_ld_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text('{"@context": "http://127.0.0.1:8/context", "name": "x"}')
    with pytest.raises(GraphFileError, match=r"a\.jsonld: is not well-formed JSON-LD: .*remote contexts"):
        run(tmp_path / "a.jsonld", "ASK { ?a ?b ?c }")


def test_rows_become_a_data_frame(files: dict[str, Path]) -> None:
    pytest.importorskip("pandas", reason="pandas comes with graphbuild[tables]")
    frame = run(files["turtle"], "SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d) { (1 2.5 true 'x') } }").to_pandas()
    assert frame.to_dict("list") == {"a": [1], "b": [2.5], "c": [True], "d": ["x"], "e": [None]}
    with pytest.raises(QueryError, match="only the rows of SELECT"):
        run(files["turtle"], "ASK { }").to_pandas()


def test_answers_are_xml_that_rdflib_reads(files: dict[str, Path]) -> None:
    sparql = """SELECT ?a ?b ?c ?d { BIND ("<&\\"\\u0001>" AS ?a) BIND ("x"@en AS ?b) BIND (<http://x.example/?a&b> AS ?c) }"""
    (row,) = Result.parse(io.BytesIO(run(files["turtle"], sparql).to_xml().encode()), format="xml").bindings
    assert {str(name): value for name, value in row.items()} == {"a": Literal('<&"\ufffd>'), "b": Literal("x", lang="en"), "c": URIRef("http://x.example/?a&b")}
    assert Result.parse(io.BytesIO(run(files["turtle"], "ASK { }").to_xml().encode()), format="xml").askAnswer is True


def test_a_store_on_disk_is_opened_as_it_is(files: dict[str, Path], tmp_path: Path) -> None:
    load(files["nquads"], Store(str(tmp_path / BUILD_STORE))).flush()
    for source in (tmp_path, tmp_path / BUILD_STORE):
        assert ask(source, "everything") == ask(files["nquads"], "everything")


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
