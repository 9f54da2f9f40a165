"""Every format is deterministic, well-formed for parsers of other hands, and loses nothing that it can hold."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from graphbuild.errors import InputError
from graphbuild.export import EXPORTERS, export
from graphbuild.export.layers import LAYERS, RdfOptions, date_literal
from graphbuild.export.rdf import FORMATS, rdf
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.schema import ontology
from graphbuild.vocabulary import GB, PREFIXES
from tests.documents import Told, both, named

# rdflib 7.6 warns about its own use of its own deprecated properties.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")

RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"}
LIBRARY = {"parquet": "pyarrow", "dot": "graphviz"}


def needs_library(name: str) -> None:
    pytest.importorskip(LIBRARY.get(name, "json"), reason=f"{name} needs an extra")


def quads(data: bytes, name: str) -> set[tuple[str, ...]]:
    return {tuple(map(str, (q.subject, q.predicate, q.object, q.graph_name))) for q in ox.parse(data, format=FORMATS[name])}


def direct(kg: KnowledgeGraph, **options: Any) -> set[tuple[str, str, str]]:
    """Return the direct triples between named things, as names."""
    store = ox.Store()
    store.load(rdf(kg, "turtle", RdfOptions(**options)), format=ox.RdfFormat.TURTLE)
    found = store.query("SELECT ?a ?p ?b { ?x ?p ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }", prefixes=dict(PREFIXES))
    return {(s["a"].value, s["p"].value.removeprefix(GB), s["b"].value) for s in found}


@pytest.mark.parametrize("name", FORMATS)
def test_two_parsers_read_the_same(name: str) -> None:
    data = rdf(assemble(both()), name)
    theirs = rdflib.Dataset(default_union=True)
    theirs.parse(data=data, format=RDFLIB_NAMES[name])
    assert {tuple(map(str, t.triple)) for t in ox.parse(theirs.serialize(format="nquads").encode(), format=ox.RdfFormat.N_QUADS)} == {
        tuple(map(str, q.triple)) for q in ox.parse(data, format=FORMATS[name])
    }


RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "trig": "trig", "rdfxml": "rdfxml"}


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed: apt install raptor2-utils")
@pytest.mark.parametrize("name", RAPPER)
def test_a_third_parser_reads_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / EXPORTERS[name].file
    path.write_bytes(export(assemble([*both(), named('say "ï" \\ &amp; \r')]), name))
    done = subprocess.run(["rapper", "-q", "-i", RAPPER[name], "-o", "ntriples", path], capture_output=True, check=True)
    assert done.stderr == b""
    assert {str(q.triple) for q in ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)} == {str(q.triple) for q in ox.parse(path=str(path))}


def test_json_ld_says_what_n_quads_say_and_is_short() -> None:
    kg = assemble(both())
    data = export(kg, "jsonld")
    assert quads(data, "jsonld") == quads(export(kg, "nquads"), "nquads")
    assert json.loads(data)["@context"] == json.loads((ontology() / "context.jsonld").read_text())["@context"]
    nodes = [node for graph in json.loads(data)["@graph"] for node in graph["@graph"]]
    (claim,) = [node for node in nodes if "Claim" in node.get("@type", ()) and node.get("place")]
    assert claim["rdf:subject"].startswith("e:mara-ilves-")
    assert (claim["@id"][:2], claim["status"], claim["rdf:predicate"], claim["earliest"]) == ("c:", "asserted", "gb:met", "2031-03-04")


def test_json_ld_under_another_base_says_the_same() -> None:
    kg, options = assemble(both()), RdfOptions(base="https://x.example/g/")
    assert quads(rdf(kg, "jsonld", options), "jsonld") == quads(rdf(kg, "nquads", options), "nquads")


@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig"])
def test_with_rdf_1_2_claims_reify_their_triples_and_nothing_is_lost(name: str) -> None:
    kg = assemble(both())
    parsed = list(ox.parse(rdf(kg, name, RdfOptions(version="1.2")), format=FORMATS[name]))
    reified = {q.subject.value.rpartition("/")[2]: q.object for q in parsed if isinstance(q.object, ox.Triple)}
    assert {ident: triple.predicate.value for ident, triple in reified.items()} == {claim.id: GB + claim.relation for claim in kg.claims}
    assert {str(q) for q in parsed if not isinstance(q.object, ox.Triple)} == {str(q) for q in ox.parse(rdf(kg, name), format=FORMATS[name])}


@pytest.mark.parametrize("name", ["jsonld", "rdfxml"])
def test_formats_without_triple_terms_refuse_rdf_1_2(name: str) -> None:
    with pytest.raises(InputError, match=f"{name} cannot hold RDF 1.2; choose from turtle, ntriples, nquads, trig"):
        rdf(assemble(both()), name, RdfOptions(version="1.2"))


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_order_of_documents_does_not_matter(name: str) -> None:
    needs_library(name)
    assert export(assemble(both()), name) == export(assemble(reversed(both())), name)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    missing = [name for name, library in LIBRARY.items() if find_spec(library) is None]
    program = (
        "import hashlib; from graphbuild.export import EXPORTERS, export; from graphbuild.graph import assemble; from tests.documents import both;"
        f"print([hashlib.sha256(export(assemble(both()), name)).hexdigest() for name in EXPORTERS if name not in {missing!r}])"
    )
    root = Path(__file__).parent.parent
    runs = [
        subprocess.run([sys.executable, "-c", program], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_no_node_is_blank_and_lines_are_sorted() -> None:
    data = rdf(assemble(both()), "nquads")
    assert b"_:" not in data
    assert data.splitlines() == sorted(set(data.splitlines()))


def test_only_asserted_undenied_facts_are_direct_triples_both_ways_and_for_super_properties() -> None:
    assert direct(assemble(both())) == {
        ("Mara Ilves", "met", "Tomas Ardeni"),
        ("Tomas Ardeni", "met", "Mara Ilves"),
        ("Mara Ilves", "visited", "Port Selby"),
        ("Mara Ilves", "holdsPosition", "Foreign Minister"),
        ("Mara Ilves", "officialOf", "Norland"),
        ("Mara Ilves", "employedBy", "Norland"),
        ("Norland", "alliedWith", "Sudria"),
        ("Sudria", "alliedWith", "Norland"),
        ("Tomas Ardeni", "leads", "Sudria"),
        ("Tomas Ardeni", "officialOf", "Sudria"),
        ("Tomas Ardeni", "employedBy", "Sudria"),
    }


def test_projection_widens_to_what_is_reported_and_planned_but_never_denied() -> None:
    kg = assemble(both())
    attack, plan = ("Goran Pesk", "attacked", "Sudria"), ("Mara Ilves", "visited", "Sudria")
    asserted = direct(kg, layers="direct")
    assert direct(kg, layers="direct", project="reported") == asserted | {attack}
    assert direct(kg, layers="direct", project="all") == asserted | {attack, plan}


def test_layers_grow_and_a_denied_meeting_is_no_event() -> None:
    kg = assemble(both())
    sizes = [quads(rdf(kg, "turtle", RdfOptions(layers=layers)), "turtle") for layers in LAYERS]
    assert all(len(less) < len(more) for less, more in pairwise(sizes))
    assert sizes[0] < sizes[1]
    assert sizes[2] < sizes[3]
    met = next(c for c in kg.claims if c.status == "denied").event
    assert all(met not in subject for subject, *_ in sizes[3])
    assert sum(value.endswith(f"{GB}Happening>") for _, _, value, _ in sizes[1]) == 2


def test_a_document_graph_holds_only_what_that_document_says() -> None:
    kg = assemble(both())
    met = next(c for c in kg.claims if c.relation == "met" and c.place)
    facts = [q for q in quads(rdf(kg, "nquads"), "nquads") if q[0].endswith(f"/claim/{met.id}>")]
    graphs = {
        name: {graph.rpartition("/")[2].rstrip(">") for _, p, _, graph in facts if p == f"<{GB}{name}>"} for name in ("status", "start", "place", "confidence")
    }
    assert graphs == {"status": {"talks", "denial"}, "start": {"talks"}, "place": {"talks"}, "confidence": {"derived"}}


def test_mentions_point_into_the_raw_text() -> None:
    kg = assemble(both())
    store = ox.Store()
    store.load(rdf(kg, "turtle"), format=ox.RdfFormat.TURTLE)
    query = """SELECT ?words ?text ?b ?e { ?m nif:anchorOf ?words ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:referenceContext/nif:isString ?text }"""
    rows = list(store.query(query, prefixes=dict(PREFIXES)))
    assert len(rows) > 20
    assert all(row["text"].value[int(row["b"].value) : int(row["e"].value)] == row["words"].value for row in rows)


def test_without_text_documents_have_none() -> None:
    assert b"isString" in rdf(assemble(both()), "ntriples")
    assert b"isString" not in rdf(assemble(both()), "ntriples", RdfOptions(text=False))


def test_the_base_can_be_chosen_and_must_be_one() -> None:
    assert b"<https://x.example/g/claim/" in rdf(assemble(both()), "ntriples", RdfOptions(base="https://x.example/g/"))
    for wrong in ("x.example/", "https://x.example/a", "https://x.example/a#", "https://x.example/ /"):
        with pytest.raises(InputError, match="must be an absolute IRI"):
            rdf(assemble(both()), "turtle", RdfOptions(base=wrong))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2031-03-04", "date"), ("2031-03", "gYearMonth"), ("2031", "gYear"), ("--03-04", "gMonthDay"), ("-0043", "gYear"), ("spring", "string")],
)
def test_dates_are_typed_as_precisely_as_they_are_told(text: str, datatype: str) -> None:
    assert date_literal(text) == str(ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype)))


@pytest.mark.parametrize(
    ("told", "earliest", "latest"),
    [("2032-02", "2032-02-01", "2032-02-29"), ("2031", "2031-01-01", "2031-12-31"), ("--02-30", None, None), ("-0043", None, None)],
)
def test_bounds_can_be_compared_as_days(told: str, earliest: str | None, latest: str | None) -> None:
    document = Told("d", "Ada Brook met Ben Cole.")
    document.entity("a", "Person", "Ada Brook")
    document.entity("b", "Person", "Ben Cole")
    document.say("a", "met", "b", document.text, time=told)
    data = rdf(assemble([document.done()]), "ntriples", RdfOptions(layers="events")).decode()
    found = {name: match[1] if (match := re.search(rf'{name}> "([^"]*)"', data)) else None for name in ("earliest", "latest")}
    assert found == {"earliest": earliest, "latest": latest}


def test_cytoscape_and_node_link_hold_every_claim() -> None:
    kg = assemble(both())
    ids = {claim.id for claim in kg.claims}
    assert {edge["data"]["id"] for edge in json.loads(export(kg, "cytoscape"))["elements"]["edges"]} == ids
    assert {edge["key"] for edge in json.loads(export(kg, "nodelink"))["edges"]} == ids


def test_an_unknown_format_is_refused_with_all_that_are_known() -> None:
    with pytest.raises(InputError, match=r"no export format 'xls'; choose from turtle, .*csv"):
        export(assemble(both()), "xls")
