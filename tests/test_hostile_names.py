"""Names that break things — quotes, line ends, markup, directions, 10,000 characters — survive every format that can hold them."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.export import EXPORTERS, export, losses
from graphbuild.export.neo4j import ARRAY_DELIMITER
from graphbuild.export.rdf import FORMATS
from graphbuild.graph import assemble
from tests.documents import named

# rdflib 7.6 warns about its own use of its own deprecated properties.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")

RDFLIB_NAMES = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"}
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
LIBRARY = {"parquet": "pyarrow", "dot": "graphviz"}
ANY_NAME = st.text(st.characters(codec=None), min_size=1, max_size=40)
HOSTILE = [
    'say "hi"',
    "it's `this`",
    "back\\slash",
    "ends in \\",
    "line\nfeed\r\n",
    "</script><!-- ]]> &amp; <b>",
    "<not html>",
    "\u202eright to left",
    "😀 e\u0301",
    "https://x.example/a b?c=<d>",
    "x" * 10_000,
    "a;b,c|d\te",
    f"unit{ARRAY_DELIMITER}separator",
    "\x00\x1f\ufffe",
    "=1+1",
    "$rows }) DETACH DELETE n //",
    "\ud800",
]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def of_rdf(name: str) -> Callable[[bytes], set[str]]:
    def read(data: bytes) -> set[str]:
        ours = {q.object.value for q in ox.parse(data, format=FORMATS[name]) if q.predicate.value == LABEL}
        theirs = rdflib.Dataset(default_union=True)
        theirs.parse(data=data, format=RDFLIB_NAMES[name])
        assert {str(label) for label in theirs.objects(None, rdflib.URIRef(LABEL))} == ours
        return ours

    return read


def of_dot(data: bytes) -> set[str]:
    """Read labels as Graphviz does: within quotes a backslash escapes, and characters may be named as in HTML."""
    quoted = re.findall(r'^\t\S+ \[label=(?:"((?:[^"\\]|\\.)*)"|(\S+)) ', data.decode(), re.DOTALL | re.MULTILINE)
    return {re.sub(r"\\(.)", r"\1", re.sub(r"&amp;(?=#?\w+;)", "&", text or bare), flags=re.DOTALL) for text, bare in quoted}


def of_cypher(data: bytes) -> set[str]:
    parameters = [line for line in data.decode("ascii").splitlines() if line.startswith(":param rows => ")]
    return {json.loads(text) for line in parameters for text in re.findall(r'name: ("(?:[^"\\]|\\.)*")', line)}


def of_parquet(data: bytes) -> set[str]:
    from pyarrow import parquet

    return {row[end] for row in parquet.read_table(io.BytesIO(data)).to_pylist() for end in ("subject", "object")}


READERS: dict[str, Callable[[bytes], set[str]]] = {
    **{name: of_rdf(name) for name in FORMATS},
    "graphml": lambda data: {node["name"] for _, node in networkx.read_graphml(io.BytesIO(data)).nodes(data=True)},
    "gexf": lambda data: {node["label"] for _, node in networkx.read_gexf(io.BytesIO(data)).nodes(data=True)},
    "nodelink": lambda data: {node["name"] for node in json.loads(data)["nodes"]},
    "cytoscape": lambda data: {node["data"]["name"] for node in json.loads(data)["elements"]["nodes"]},
    "dot": of_dot,
    "neo4j-nodes": lambda data: {row["name"] for row in rows(data)},
    "cypher": of_cypher,
    "csv": lambda data: {row[end] for row in rows(data) for end in ("subject", "object")},
    "parquet": of_parquet,
    "events": lambda data: {row[end] for row in rows(data) for end in ("source", "target")},
    "events-daily": lambda data: {row[end] for row in rows(data) for end in ("source", "target")},
    "annotations": lambda data: {entity["name"] for entity in json.loads(data)["entities"]},
}
NAMELESS = {"neo4j-relationships"}
"""Formats that hold no names, only ids."""


def held(text: str, name: str) -> str:
    """Return what a format can hold of a text."""
    if name == "annotations":
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if name in ("graphml", "gexf", "rdfxml"):
        return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", whole)
    return whole.replace("\0", "\ufffd") if name == "dot" else whole


def survives(text: str, name: str) -> None:
    kg = assemble([named(text)])
    assert held(text, name) in READERS[name](export(kg, name))
    assert bool(list(losses(kg, [name]))) == (held(text, name) != text)


def test_every_format_is_tried() -> None:
    assert READERS.keys() | NAMELESS == EXPORTERS.keys()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("name", READERS)
def test_hostile_names_survive(name: str, text: str) -> None:
    pytest.importorskip(LIBRARY.get(name, "json"))
    survives(text, name)


@pytest.mark.parametrize("name", READERS)
@given(text=ANY_NAME)
@settings(max_examples=30, deadline=None)
def test_any_name_survives(name: str, text: str) -> None:
    pytest.importorskip(LIBRARY.get(name, "json"))
    survives(text, name)


@given(text=ANY_NAME)
@settings(max_examples=30, deadline=None)
def test_any_quote_survives_among_the_relationships(text: str) -> None:
    (row,) = rows(export(assemble([named(text)]), "neo4j-relationships"))
    assert row["quotes:string[]"] == held(f"{text}\nmet Ada Brook.", "csv").replace(ARRAY_DELIMITER, "\ufffd")
    assert row["documents:string[]"] == held(f"doc {text}", "csv").replace(ARRAY_DELIMITER, "\ufffd")


def parsed_cypher(text: str) -> Any:
    cypher = pytest.importorskip("antlr4_cypher", reason="antlr4-cypher is not installed")
    antlr4 = pytest.importorskip("antlr4")
    parser = cypher.CypherParser(antlr4.CommonTokenStream(cypher.CypherLexer(antlr4.InputStream(text))))
    parser.removeErrorListeners()
    parser.script()
    return parser.getNumberOfSyntaxErrors()


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) < 100], ids=lambda text: ascii(text)[:20])
def test_the_script_keeps_to_the_grammar_of_cypher(text: str) -> None:
    head, _, *lines = export(assemble([named(text)]), "cypher").decode().splitlines()
    statements = [line.replace(":param rows => ", "RETURN ") for line in lines]
    assert head.startswith("//")
    assert [line for line in statements if parsed_cypher(line)] == []
