"""Documents and persons are taken out of a build folder, and nothing is left of them."""

import json
from pathlib import Path

import pytest

from graphbuild.corrections import parse
from graphbuild.errors import GraphFileError, InputError, UnknownEntity
from graphbuild.graph import assemble
from graphbuild.records import Failure
from graphbuild.retract import BLOT, remove
from graphbuild.store import BuildInfo, load_build, load_extractions, write_build
from graphbuild.verify import verify
from tests.documents import Told, both, denial, talks
from tests.toy import contents

FORMATS = ["turtle", "nquads", "graphml", "csv", "svg", "annotations"]
FAILED = Failure("c.txt", "c.txt: empty; Mara Ilves could not be read")


def bystander() -> "Told":
    told = Told("bystander", "Mara  Ilves and the mayor of Ilves spoke of Tomas Ardeni. ILVES WON.")
    told.entity("a", "Person", "Tomas Ardeni")
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    info = BuildInfo(keys={"talks": "1" * 64, "denial": "2" * 64, "bystander": "3" * 64}, failures=(FAILED,))
    write_build(assemble([*both(), bystander().done()]), tmp_path / "out", formats=FORMATS, info=info)
    return tmp_path / "out"


def test_a_document_leaves_no_trace(folder: Path, tmp_path: Path):
    graph = remove(folder, ["talks"])
    left = [denial(), bystander().done()]
    write_build(assemble(left), tmp_path / "fresh", formats=FORMATS, info=BuildInfo(keys={"denial": "2" * 64, "bystander": "3" * 64}, failures=(FAILED,)))
    assert contents(folder) == contents(tmp_path / "fresh")
    assert graph == assemble(left)


def test_a_document_that_failed_can_be_removed(folder: Path):
    remove(folder, ["c.txt"])
    assert (folder / "failed.jsonl").read_bytes() == b""


@pytest.mark.parametrize("text", [True, False])
def test_a_person_leaves_no_trace(folder: Path, text: bool):
    write_build(load_build(folder), folder, formats=FORMATS, text=text)
    before = load_build(folder)
    graph = remove(folder, persons=["Mara Ilves"])
    assert list(verify(folder)) == []
    for name, data in contents(folder).items():
        shown = data.decode(errors="replace").lower()
        assert "mara" not in shown, name
        assert "m. ilves" not in shown, name
        assert "mara-ilves" not in shown, name
    assert {n.name for n in graph.nodes} == {n.name for n in before.nodes} - {"Mara Ilves"}
    gone = {c.id for c in before.claims if before.node("Mara Ilves").id in (c.subject, c.object)}
    assert {c.id for c in graph.claims} == {c.id for c in before.claims} - gone
    assert gone


def test_blots_keep_all_offsets(folder: Path):
    texts = {d.id: d.text for d in load_build(folder).documents}
    remove(folder, persons=["Mara Ilves"])
    for _, x in load_extractions(folder):
        assert len(x.document.text) == len(texts[x.document.id])
        assert all(a in (b, BLOT) for a, b in zip(x.document.text, texts[x.document.id], strict=True))
        assert all(x.document.text[e.span.start : e.span.end] == e.quote for s in x.statements for e in s.evidence)
    blotted = next(x.document.text for _, x in load_extractions(folder) if x.document.id == "bystander")
    assert blotted == f"{BLOT * 11} and the mayor of Ilves spoke of Tomas Ardeni. ILVES WON.", "a surname alone is blotted only where the person is spoken of"


def test_another_of_the_same_surname_keeps_the_full_name(tmp_path: Path):
    text = "John Smith met Mary Smith. Smith slept. Mrs Smith and Mary Smith Jones left. JOHN SMITH WON."
    told = Told("smiths", text)
    told.entity("m", "Person", "Mary Smith", "Mrs Smith")
    told.entity("j", "Person", "John Smith")
    told.say("j", "met", "m", "John Smith met Mary Smith.")
    write_build(assemble([told.done()]), tmp_path, formats=["turtle"])
    graph = remove(tmp_path, persons=["Mary Smith"])
    (x,) = graph.extractions
    blot = BLOT * 5
    assert x.document.text == f"John Smith met {BLOT * 10}. {blot} slept. {BLOT * 9} and {BLOT * 10} Jones left. JOHN SMITH WON."
    assert [node.name for node in graph.nodes] == ["John Smith"]
    assert list(verify(tmp_path)) == []


@pytest.mark.parametrize("form", ["Mrs Smith", "M. Smith", "Mary Smith Jones", "Smith", "Smith Mary"])
def test_a_name_that_may_be_the_persons_is_not_kept_for_another(tmp_path: Path, form: str):
    told = Told("smiths", f"{form} left. Mary Smith slept.")
    told.entity("m", "Person", "Mary Smith")
    told.entity("o", "Person", form)
    write_build(assemble([told.done()]), tmp_path, formats=[])
    (x,) = remove(tmp_path, persons=["Mary Smith"]).extractions
    assert "Smith" not in x.document.text


def test_what_was_blotted_is_not_taken_for_what_was_read(folder: Path):
    remove(folder, persons=["Goran Pesk"])
    assert {x.document.id: key for key, x in load_extractions(folder)} == {"talks": None, "denial": None, "bystander": "3" * 64}


def test_a_name_that_no_entity_has_is_blotted_where_it_stands(folder: Path):
    remove(folder, persons=["mayor of Ilves"])
    assert any(f"the {BLOT * 14} spoke" in x.document.text for _, x in load_extractions(folder))


def test_a_person_whose_name_is_a_relation_harms_nothing(tmp_path: Path):
    told = Told("a", "Met Name met Ada Brook. MET NAME left.")
    told.entity("x", "Person", "Met Name")
    told.entity("y", "Person", "Ada Brook")
    told.say("y", "met", "y", "met Ada Brook")
    write_build(assemble([told.done()]), tmp_path, formats=[])
    (x,) = remove(tmp_path, persons=["Met Name"]).extractions
    assert x.document.text == f"{BLOT * 8} met Ada Brook. {BLOT * 8} left."
    assert [s.relation for s in x.statements] == ["met"]


def test_namesakes_are_told_apart_by_id(tmp_path: Path):
    reports = []
    for number, country in enumerate(("Q1", "Q2")):
        told = Told(f"d{number}", "Ada Brook slept.")
        told.entity("a", "Person", "Ada Brook", country=country, gender="female")
        reports.append(told.done())
    graph = assemble(reports)
    assert len(graph.nodes) == 2
    write_build(graph, tmp_path, formats=[])
    with pytest.raises(InputError, match="2 persons are called 'Ada Brook'; give the id of one: ada-brook-"):
        remove(tmp_path, persons=["Ada Brook"])
    gone, kept = graph.nodes
    left = remove(tmp_path, persons=[gone.id])
    assert [(node.name, node.members) for node in left.nodes] == [("Ada Brook", kept.members)]
    assert sorted(document.text for document in left.documents) == ["Ada Brook slept.", f"{BLOT * 9} slept."]


def test_what_cannot_be_removed_changes_nothing(folder: Path, tmp_path: Path):
    before = contents(folder)
    refusals = [
        (([],), {}, InputError, "nothing to remove"),
        ((["nothing"],), {}, InputError, "no document 'nothing' in this build"),
        (([],), {"persons": ["Nobody Here"]}, UnknownEntity, "no person is called 'Nobody Here', and no text contains that"),
    ]
    for arguments, options, error, message in refusals:
        with pytest.raises(error, match=message):
            remove(folder, *arguments, **options)  # type: ignore[arg-type]
    assert contents(folder) == before
    told = Told("Ada Brook.txt", "Ada Brook slept.")
    told.entity("a", "Person", "Ada Brook")
    write_build(assemble([told.done()]), tmp_path / "named", formats=[])
    with pytest.raises(InputError, match=r"stands in the id of the document 'Ada Brook\.txt'; remove the document"):
        remove(tmp_path / "named", persons=["Ada Brook"])


def test_another_catalogue_is_refused(folder: Path):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"catalogue": "other"}))
    with pytest.raises(GraphFileError, match="built with another catalogue"):
        remove(folder, ["talks"])


def test_decisions_on_a_person_go_with_the_person(folder: Path):
    x = talks()
    mention = {e.id: x.mentions[e.mentions[0]].span for e in x.entities}

    def pair(local: str) -> list[int]:
        return [mention[local].start, mention[local].end]

    rows = [
        {"reject": {"document": "talks", "relation": "met", "subject": pair("ilves"), "object": pair("ardeni")}, "note": "Mara Ilves says so"},
        {"reject": {"document": "talks", "relation": "leads", "subject": pair("ardeni"), "object": pair("sudria")}, "note": "asked Mara Ilves"},
    ]
    decided = parse("\n".join(map(json.dumps, rows)), "mine.jsonl")
    write_build(assemble(both(), corrections=decided), folder, formats=[])
    graph = remove(folder, persons=["Mara Ilves"])
    assert [r.relation for r in graph.corrections.reviews] == ["leads"]
    assert "Mara" not in (folder / "corrections.jsonl").read_text()
