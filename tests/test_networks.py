"""Round trips: a file becomes the NetworkX graph again that it was written from, as far as the format holds it."""

import io
import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.errors import GraphFileError
from graphbuild.export import EXPORTERS, export
from graphbuild.export.graphml import flat_graph
from graphbuild.export.layers import RdfOptions
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.networks import network
from graphbuild.records import Time, Value
from graphbuild.store import load_build, write_build
from tests.documents import Told, both, named

RDF = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
OUTPUTS = Path(__file__).parent.parent / "outputs"


def full() -> KnowledgeGraph:
    """Return a graph with everything that an edge can carry: themes of both kinds, open times, quantities, literal ends, speakers, aliases."""
    asked = "Ada Brook (A. Brook) asked Norland for 12 ships, Ben Cole said."
    told = Told("full", f"{asked} Norland is allied with Sudria. Ben Cole was born in 1999-05.", "2031-03-05")
    told.entity("ada", "Person", "Ada Brook", "A. Brook")
    told.entity("ben", "Person", "Ben Cole")
    told.entity("norland", "Country", "Norland", link="Q1")
    told.entity("sudria", "Country", "Sudria", link="Q2")
    told.say("ada", "requested", "norland", asked, theme=Value("12 ships"), speaker="ben", place="sudria", time=Time("2031-03", None, "month", "context"))
    told.say("ada", "requested", "norland", asked, theme="sudria", polarity="negative", time=Time("--03-04", "--03-04", "day", "explicit"))
    told.say("norland", "alliedWith", "sudria", "Norland is allied with Sudria.", modality="possible")
    told.say("ben", "bornOn", Value("1999-05", "xsd:gYearMonth"), "Ben Cole was born in 1999-05.")
    told.say("ada", "said", Value("Norland is allied with Sudria."), "Norland is allied with Sudria.")
    return assemble([*both(), told.done()])


def projected_events(kg: KnowledgeGraph) -> "networkx.MultiDiGraph[str]":
    """Return the graph as RDF has it: what is only denied, planned or reported is no event."""
    denied = {told.proposition for told in kg.told if told.claim.polarity == "negative"}
    happened = {told.claim.id for told in kg.told if told.claim.status == "asserted" and told.proposition not in denied}
    graph = kg.nx.copy()
    for *_, claim, data in graph.edges(keys=True, data=True):
        if claim not in happened:
            data.pop("event", None)
    return graph


def parts(graph: "networkx.MultiDiGraph[str]") -> tuple[dict[str, Any], dict[Any, Any]]:
    return dict(graph.nodes(data=True)), {edge[:3]: edge[3] for edge in graph.edges(keys=True, data=True)}


def written(kg: KnowledgeGraph, name: str, folder: Path) -> Path:
    path = folder / EXPORTERS[name].file
    path.write_bytes(export(kg, name))
    return path


@pytest.mark.parametrize("name", RDF)
def test_rdf_gives_the_graph_again(name: str, tmp_path: Path) -> None:
    kg = full()
    assert parts(network(written(kg, name, tmp_path))) == parts(projected_events(kg))


def test_rdf_1_2_gives_the_graph_again(tmp_path: Path) -> None:
    kg = full()
    (tmp_path / "graph.nq").write_bytes(export(kg, "nquads", RdfOptions(version="1.2", base="https://x.example/g/")))
    assert parts(network(tmp_path / "graph.nq")) == parts(projected_events(kg))


def test_graphml_gives_the_graph_again(tmp_path: Path) -> None:
    kg = full()
    assert parts(network(written(kg, "graphml", tmp_path))) == parts(kg.nx)


def test_the_seed_comes_back_from_the_committed_folder(tmp_path: Path) -> None:
    kg = load_build(OUTPUTS)
    for name, expected in (("turtle", projected_events(kg)), ("graphml", kg.nx)):
        assert parts(network(written(kg, name, tmp_path))) == parts(expected)


def test_a_build_folder_is_read(tmp_path: Path) -> None:
    kg = full()
    write_build(kg, tmp_path, formats=["turtle"])
    assert parts(network(tmp_path)) == parts(projected_events(kg))


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    kg, folder = assemble([named(text)]), tmp_path_factory.mktemp("any")
    assert parts(network(written(kg, "turtle", folder))) == parts(projected_events(kg))
    if not re.search("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text):
        assert parts(network(written(kg, "graphml", folder))) == parts(kg.nx)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("a.ttl", "<https://x.example/a> <https://x.example/b> 1 .", "holds no claims of graphbuild; export it with --layers claims"),
        ("a.ttl", "<a> <b>", "is not well-formed Turtle"),
        ("a.graphml", "<graphml", "cannot be read as GraphML"),
        ("a.graphml", "<graphml/>", "cannot be read as GraphML"),
        ("a.graphml", None, "cannot be read as GraphML"),
    ],
)
def test_what_is_no_graph_is_named(file: str, text: str | None, message: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / file).write_text(text)
    with pytest.raises(GraphFileError, match=rf"{re.escape(file)}: .*{message}|{message}"):
        network(tmp_path / file)


def test_graphml_is_what_networkx_writes_but_for_the_order_of_keys() -> None:
    kg = assemble([*both(), named('say "ï" \\ &amp; <b> \U0001f30d \t \n')])
    theirs = io.BytesIO()
    networkx.write_graphml_xml(flat_graph(kg), theirs, named_key_ids=True, edge_id_from_attribute="claim")
    assert sorted(export(kg, "graphml").split(b"\n")) == sorted(theirs.getvalue().split(b"\n"))
