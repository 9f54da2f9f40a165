"""What people decided: applied at every build, refused as a whole when one line is bad, kept in the build folder, exported."""

import json
from pathlib import Path
from typing import Any

import pytest

from graphbuild.catalogue import load_catalogue
from graphbuild.corrections import Corrections, parse, read_corrections
from graphbuild.errors import CorrectionError
from graphbuild.export import export
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Extraction
from graphbuild.store import load_build, write_build
from tests.documents import Told, both, denial, talks, triples

Row = dict[str, Any]


def corrections(*rows: Row) -> Corrections:
    return parse("\n".join(map(json.dumps, rows)), "mine.jsonl")


def at(extraction: Extraction, words: str) -> list[int]:
    start = extraction.document.text.index(words)
    return [start, start + len(words)]


def mention(extraction: Extraction, words: str) -> Row:
    start, end = at(extraction, words)
    return {"document": extraction.document.id, "start": start, "end": end, "text": words}


def met(first: str, second: str, relation: str = "met") -> Row:
    return {"document": "talks", "relation": relation, "subject": at(talks(), first), "object": at(talks(), second)}


def brooks() -> list[Extraction]:
    out = []
    for ident, name in (("a", "Ada Brook"), ("b", "Ada Brook"), ("c", "The Weaver")):
        told = Told(ident, f"{name} spoke.")
        told.entity("p", "Person", name)
        out.append(told.done())
    return out


def groups(graph: KnowledgeGraph) -> set[str]:
    return {"".join(sorted(document for document, _ in node.members)) for node in graph.nodes}


A, B, C = ({"document": d, "start": 0, "end": n} for d, n in (("a", 9), ("b", 9), ("c", 10)))


def test_a_pin_joins_and_a_veto_parts_whatever_the_names() -> None:
    assert groups(assemble(brooks())) == {"ab", "c"}
    assert groups(assemble(brooks(), corrections=corrections({"same": [A, C]}))) == {"abc"}
    assert groups(assemble(brooks(), corrections=corrections({"apart": [A, B]}))) == {"a", "b", "c"}
    assert groups(assemble(reversed(brooks()), corrections=corrections({"same": [A, C]}, {"apart": [A, B]}))) == {"ac", "b"}


def test_what_people_decided_is_told_in_the_decisions() -> None:
    graph = assemble(brooks(), corrections=corrections({"same": [A, C]}, {"apart": [A, B]}))
    by_hand = {(d.verdict, d.left[0], d.right[0]) for d in graph.decisions if d.reason == "decided by hand"}
    assert ("merge", "a", "c") in by_hand
    assert ("apart", "a", "b") in by_hand


def facts(*rows: Row) -> list[tuple[str, str, str, str]]:
    return triples(list(assemble(both(), corrections=corrections(*rows)).facts()))


def test_a_fact_is_rejected() -> None:
    fact = met("Ilves", "Sudria", "visited") | {"subject": at(talks(), "Mara Ilves")}
    assert ("Mara Ilves", "visited", "Sudria", "planned") in facts()
    assert set(facts()) - set(facts({"reject": fact})) == {("Mara Ilves", "visited", "Sudria", "planned")}


def test_a_fact_is_edited_and_accepted_ones_are_sure() -> None:
    row = met("Ardeni", "Sudria", "leads") | {"subject": at(talks(), "Tomas Ardeni")}
    assert ("Tomas Ardeni", "leads", "Sudria", "denied") in facts({"edit": row, "to": {"status": "denied", "time": "2031-03"}})
    graph = assemble(both(), corrections=corrections({"edit": row, "to": {"time": "2031-03"}}))
    (fact,) = (f for f in graph.facts() if f["relation"] == "leads")
    assert fact["time"]["start"] == "2031-03"
    assert {e["rule"] for e in fact["evidence"]} == {"corrected"}


def test_a_fact_that_was_missed_is_added_with_its_words() -> None:
    row = met("Goran Pesk", "Norland", "visited") | {"evidence": at(talks(), "Ilves did not meet Goran Pesk.")}
    assert ("Goran Pesk", "visited", "Norland", "asserted") in facts({"accept": row})


BAD = [
    ({"same": [A, {"document": "a", "start": 3, "end": 5}]}, "no entity is mentioned at 3–5"),
    ({"same": [A, {"document": "zz", "start": 0, "end": 9}]}, "the document 'zz' is not in this build"),
    ({"same": [A, B | {"text": "Bea Brook"}]}, "stands 'Ada Brook', not 'Bea Brook'"),
    ({"same": [A, A]}, "names one mention twice"),
    ({"same": [A]}, "needs a list of two mentions"),
    ({"joined": [A, B]}, "needs exactly one of"),
    ({"reject": {"document": "a", "relation": "frobnicates", "subject": [0, 9], "object": [0, 9]}}, "there is no relation 'frobnicates'"),
    ({"reject": {"document": "a", "relation": "met", "subject": [0, 9], "object": [0, 9]}}, "does not tell this fact"),
    ({"edit": {"document": "a", "relation": "met", "subject": [0, 9], "object": [0, 9]}, "to": {"status": "maybe"}}, "status cannot be"),
]


@pytest.mark.parametrize(("row", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_line_refuses_the_file_with_line_and_reason(row: Row, reason: str) -> None:
    with pytest.raises(CorrectionError, match=rf"mine\.jsonl, line 2: .*{reason}"):
        assemble(brooks(), corrections=corrections({"same": [A, C]}, row))


def test_a_veto_against_pins_is_refused_also_over_several() -> None:
    with pytest.raises(CorrectionError, match=r"line 3: keeps apart what lines 1, 2 have joined"):
        assemble(brooks(), corrections=corrections({"same": [A, B]}, {"same": [B, C]}, {"apart": [A, C]}))


def test_what_is_no_json_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="line 2: is not JSON"):
        parse('{"same": []}\n{"same"'.replace('{"same": []}', json.dumps({"same": [A, B]})), "mine.jsonl")
    with pytest.raises(CorrectionError, match="cannot be read"):
        read_corrections(tmp_path / "none.jsonl")


def test_a_build_folder_keeps_corrections_and_loads_with_them(tmp_path: Path) -> None:
    made = assemble(both(), corrections=corrections({"reject": met("Mara Ilves", "Sudria", "visited")}))
    write_build(made, tmp_path)
    again = load_build(tmp_path, load_catalogue())
    assert list(again.facts()) == list(made.facts())
    assert [x for x in again.as_read if x.document.id == "talks"] == [talks()]
    write_build(assemble(both()), tmp_path)
    assert not (tmp_path / "corrections.jsonl").exists()


def test_corrected_documents_are_exported_as_annotated_ones() -> None:
    made = assemble(both(), corrections=corrections({"reject": met("Mara Ilves", "Sudria", "visited")}))
    (row,) = map(json.loads, export(made, "annotations").splitlines())
    assert row["doc"] == "talks"
    ids = {e["id"]: e["name"] for e in row["entities"]}
    told = {(ids[f["s"]], f["r"], ids[f["o"]], f["status"]) for f in row["facts"]}
    assert ("Mara Ilves", "visited", "Port Selby", "asserted") in told
    assert ("Mara Ilves", "visited", "Sudria", "planned") not in told
    assert all(talks().document.text[slice(*f["span"])] for f in row["facts"])
    assert len(export(assemble([talks(), denial()]), "annotations").splitlines()) == 2
