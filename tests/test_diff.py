"""Two builds against each other: what came, what went, what changed, and how it is shown."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graphbuild.diff import Change, Difference, compare, diff_page, of_graph, read_build
from graphbuild.diff.words import changes, entity_words, fact_words
from graphbuild.errors import GraphFileError
from graphbuild.graph import assemble
from graphbuild.records import Extraction
from graphbuild.store import write_build
from tests.documents import Told, both, denial, named, talks

pytest_plugins = ["tests.browser"]


def difference(before: list[Extraction], after: list[Extraction]) -> Difference:
    return compare(of_graph(assemble(before)), of_graph(assemble(after)))


def told(found: tuple[Change, ...], words: Any) -> set[str]:
    return {f"{change.verdict} {words(change.row)}" for change in found}


def without(extraction: Extraction, relation: str) -> Extraction:
    return replace(extraction, statements=tuple(s for s in extraction.statements if s.relation != relation))


def test_a_build_does_not_differ_from_itself():
    found = difference(both(), both()[::-1])
    assert not found
    assert found.to_json()["facts"] == {"added": [], "lost": [], "changed": []}


def test_a_lost_statement_is_a_lost_fact():
    found = difference(both(), [without(talks(), "alliedWith"), denial()])
    assert told(found.facts, fact_words) == {"lost Norland allied with Sudria"}
    assert (found.entities, found.documents) == ((), ())


def test_back_and_forth_are_mirror_images():
    there, back = difference(both(), [talks()]), difference([talks()], both())
    assert there.documents == (("lost", "denial"),)
    assert back.documents == (("added", "denial"),)
    for one, other in (("added", "lost"), ("lost", "added"), ("changed", "changed")):
        assert [c.row["id"] for c in there.facts if c.verdict == one and one != "changed"] == [
            c.row["id"] for c in back.facts if c.verdict == other and one != "changed"
        ]
        assert there.count("facts", one) == back.count("facts", other)  # type: ignore[arg-type]
        assert there.count("entities", one) == back.count("entities", other)  # type: ignore[arg-type]


def test_another_status_of_the_same_words_is_a_change():
    planned = tuple(replace(s, modality="actual") if s.modality == "planned" else s for s in talks().statements)
    (change,) = difference([talks()], [replace(talks(), statements=planned)]).facts
    assert change.verdict == "changed"
    assert fact_words(change.row) == "Mara Ilves visited Sudria"
    assert {name: (old, new) for name, old, new in changes(change)} == {"status": ("planned", "asserted"), "modality": ("planned", "actual")}


def test_a_second_source_changes_confidence_and_evidence():
    found = difference([talks()], both())
    met = next(c for c in found.facts if c.row["relation"] == "met" and c.row["object"]["name"] == "Tomas Ardeni")
    assert met.verdict == "changed"
    assert set(met.fields) == {"confidence", "evidence"}
    assert {name: (old, new) for name, old, new in changes(met)}["evidence"] == ("", "denial 0–31")


@pytest.mark.parametrize("link", ["A1", "Z9"])
def test_an_entity_with_another_id_is_still_the_same_by_its_mentions(link: str):
    """Whatever the id: it decides in which order the ends of a meeting stand, and that is no difference."""
    entities = tuple(replace(e, links=(f"http://www.wikidata.org/entity/{link}",)) if e.name == "Mara Ilves" else e for e in talks().entities)
    found = difference([talks()], [replace(talks(), entities=entities)])
    (change,) = found.entities
    assert change.verdict == "changed"
    assert set(change.fields) == {"id", "links"}
    assert change.before is not None
    assert change.before["id"] != change.row["id"]
    assert found.facts == ()


def test_a_renamed_entity_is_changed_and_its_facts_stay():
    entities = tuple(replace(e, name="Mara van Ilves") if e.name == "Mara Ilves" else e for e in talks().entities)
    found = difference([talks()], [replace(talks(), entities=entities)])
    assert told(found.entities, entity_words) == {"changed Mara van Ilves (Person)"}
    assert found.facts == ()


def test_another_end_of_the_same_words_is_a_change():
    def read(her: str) -> Extraction:
        made = Told("d", "Ada Brook and Ada Stone know Ben Cole. He met her and praised her.")
        for local, name in (("brook", "Ada Brook"), ("stone", "Ada Stone"), ("ben", "Ben Cole")):
            made.entity(local, "Person", name)
        made.say("ben", "met", her, "He met her")
        made.say("ben", "praised", her, "praised her")
        return made.done()

    found = difference([read("brook")], [read("stone")])
    assert [c.verdict for c in found.facts] == ["changed", "changed"]
    assert {c.row["relation"]: changes(c)[0][1:] for c in found.facts} == {"met": ("Ada Brook", "Ada Stone"), "praised": ("Ada Brook", "Ada Stone")}
    assert all(len(c.fields) == 1 for c in found.facts)


def test_facts_of_one_pair_and_relation_are_told_apart_by_their_words():
    text = "Ana met Boris in Rome. Ana met Boris in Oslo."
    made = Told("d", text)
    for local, label, name in (("a", "Person", "Ana"), ("b", "Person", "Boris"), ("r", "City", "Rome"), ("o", "City", "Oslo")):
        made.entity(local, label, name)
    made.say("a", "met", "b", "Ana met Boris in Rome.", place="r", time="2031-03-01")
    made.say("a", "met", "b", "Ana met Boris in Oslo.", place="o", time="2031-03-09")
    whole = made.done()
    found = difference([whole], [replace(whole, statements=whole.statements[1:])])
    assert told(found.facts, fact_words) == {"lost Ana met Boris, Rome, 2031-03-01"}
    moved = tuple(replace(s, place="r") if s.place == "o" else s for s in whole.statements)
    (change,) = difference([whole], [replace(whole, statements=moved)]).facts
    assert changes(change) == [("place", "Oslo", "Rome")]


def test_everything_is_lost_to_an_empty_graph():
    found = difference(both(), [])
    assert {c.verdict for c in (*found.facts, *found.entities)} == {"lost"}
    assert found.count("facts", "lost") == len(assemble(both()).listed)
    assert not difference([], [])


def test_rows_of_a_folder_are_those_of_its_graph(tmp_path: Path):
    write_build(assemble(both()), tmp_path)
    assert not compare(read_build(tmp_path), of_graph(assemble(both())))


BROKEN = [
    ("manifest.json", None, "is no build folder"),
    ("facts.jsonl", None, "facts.jsonl: cannot be read"),
    ("facts.jsonl", b"{}\n", "facts.jsonl:1: the row lacks 'id'"),
    ("facts.jsonl", b"\n{\n", "facts.jsonl:2: is no row"),
    ("facts.jsonl", b"7\n", "facts.jsonl:1: is no row"),
    ("entities.jsonl", b"\xff\n", "entities.jsonl: cannot be read"),
]


@pytest.mark.parametrize(("name", "data", "message"), BROKEN)
def test_what_is_broken_is_named(tmp_path: Path, name: str, data: bytes | None, message: str):
    write_build(assemble(both()), tmp_path)
    (tmp_path / name).unlink()
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(GraphFileError, match=message):
        read_build(tmp_path)


def test_the_json_holds_whole_rows():
    data = json.loads(json.dumps(difference([talks()], both()).to_json()))
    rows = {row["id"]: row for row in map(dict, assemble(both()).facts())}
    assert data["documents"] == {"added": ["denial"], "lost": []}
    assert data["facts"]["added"]
    assert all(row == json.loads(json.dumps(rows[row["id"]])) for row in data["facts"]["added"])
    assert all(change["after"] == json.loads(json.dumps(rows[change["after"]["id"]])) for change in data["facts"]["changed"])


def test_the_page_has_every_change_once_and_nothing_leads_elsewhere():
    found = difference([talks()], both())
    text = diff_page(found, "before", "after").decode()
    for verdict in ("added", "lost", "changed"):
        assert text.count(f'<li class="{verdict}">') == sum(found.count(what, verdict) for what in ("documents", "entities", "facts"))  # type: ignore[arg-type]
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert "The two builds tell the same." in diff_page(difference([], []), "a", "b").decode()


# In the browser ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(browser: Any, tmp_path: Path, scheme: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe: pip install axe-playwright-python")
    hostile = '<img src=x onerror="window.hacked=1"></script>\u202e'
    tab = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    (tmp_path / "difference.html").write_bytes(diff_page(difference([talks()], [*both(), named(hostile)]), hostile, "after"))
    tab.goto((tmp_path / "difference.html").as_uri())
    assert 'img src=x onerror="window.hacked=1"' in tab.locator("main").inner_text()
    assert "\u202e" not in tab.locator("main").inner_text()
    assert tab.locator("img").count() == 0
    tab.locator("summary").first.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    violations = axe.Axe().run(tab).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations if v["impact"] in ("serious", "critical")] == []
    assert complaints == []
    tab.close()
