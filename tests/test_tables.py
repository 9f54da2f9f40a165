"""The facts as tables, and the graph for Neo4j: columns, types, and nothing left out."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from graphbuild.errors import InputError
from graphbuild.export import EXPORTERS, export
from graphbuild.export.neo4j import ARRAY_DELIMITER, EDGE_COLUMNS
from graphbuild.export.tables import COLUMNS
from graphbuild.graph import VALUE, assemble
from tests.documents import both, named

KG = assemble(both())


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(KG, name).decode(), newline="")))


def test_parquet_holds_the_facts_with_types_and_all_evidence() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with graphbuild[tables]")
    table = parquet.read_table(io.BytesIO(export(KG, "parquet")))
    assert table.column_names == [*COLUMNS, "evidence"]
    facts = list(KG.facts())
    assert [row["id"] for row in table.to_pylist()] == [fact["id"] for fact in facts]
    assert [row["evidence"] for row in table.to_pylist()] == [fact["evidence"] for fact in facts]
    assert [(row["confidence"], row["sources"]) for row in table.to_pylist()] == [(fact["confidence"], fact["sources"]) for fact in facts]
    assert [{k: v for k, v in row.items() if k not in ("evidence", "documents", "confidence", "sources")} for row in table.to_pylist()] == [
        {k: v or None for k, v in row.items() if k not in ("documents", "confidence", "sources")} for row in rows("csv")
    ]


@pytest.mark.parametrize(("name", "library"), [("parquet", "pyarrow"), ("dot", "graphviz")])
def test_a_missing_library_is_named_with_what_to_install(name: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(InputError, match=rf"needs .*{library}: pip install 'graphbuild\["):
        export(KG, name)


def test_neo4j_has_every_node_and_claim_and_no_loose_end() -> None:
    nodes, edges = rows("neo4j-nodes"), rows("neo4j-relationships")
    assert {row["id:ID"] for row in nodes} == set(KG.nx.nodes)
    assert {row["claim"] for row in edges} == {claim.id for claim in KG.claims}
    assert {row[end] for row in edges for end in (":START_ID", ":END_ID")} <= {row["id:ID"] for row in nodes}
    labels = {row["name"]: row[":LABEL"].split(ARRAY_DELIMITER) for row in nodes}
    assert labels["Port Selby"] == ["Node", "Entity", "Place", "City"]
    assert labels["1999-05"] == ["Node", VALUE]


def test_neo4j_columns_hold_every_attribute_of_an_edge() -> None:
    kept = set(EDGE_COLUMNS) - {"source", "target", "claim"}
    assert {name for *_, data in KG.nx.edges(data=True) for name in data} - {"label"} <= kept


def test_the_cypher_script_has_every_node_and_claim_in_parameters_alone() -> None:
    lines = export(KG, "cypher").decode("ascii").splitlines()
    parameters, statements = ([line for line in lines if line.startswith(kind)] for kind in (":param", "UNWIND"))
    assert len(parameters) == len(statements)
    assert set(re.findall(r'\{id: "([^"]+)"', " ".join(parameters))) == set(KG.nx.nodes)
    assert set(re.findall(r'claim: "([^"]+)"', " ".join(parameters))) == {claim.id for claim in KG.claims}
    assert not any("Ilves" in statement for statement in statements)
    relations = {match for statement in statements for match in re.findall(r"\[r:(\w+) ", statement)}
    assert relations == {claim.relation for claim in KG.claims}


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("text", ['say "hi"', "back\\slash\\", "<b>no html</b>", "line\r\nfeed", "&amp; &#65;", "😀", "\x00"], ids=ascii)
def test_graphviz_reads_dot(text: str) -> None:
    done = subprocess.run(["dot", "-Tcanon"], input=export(assemble([named(text)]), "dot"), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Ada Brook" in done.stdout


def test_dot_tells_statuses_apart() -> None:
    text = export(KG, "dot").decode()
    assert text.count(" -> ") == len(KG.claims)
    assert {style: len(re.findall(rf"class={style} ", text)) for style in ("denied", "planned", "reported")} == {"denied": 1, "planned": 1, "reported": 1}


def test_every_exporter_has_a_file_of_its_own() -> None:
    files = [exporter.file for exporter in EXPORTERS.values()]
    assert len(set(files)) == len(files)
    assert all(Path(file).name == file for file in files)
