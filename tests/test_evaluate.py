"""A build measured against annotated documents: the numbers worked out by hand, scorers that cannot be fooled, bad annotations refused."""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graphbuild import cli
from graphbuild.catalogue import load_catalogue
from graphbuild.errors import GoldError, GraphFileError
from graphbuild.evaluate import Evaluation, Outputs, evaluate, evaluate_build, parse_gold
from graphbuild.evaluate.definitions import Named, Relations, fit
from graphbuild.evaluate.errors import mistakes
from graphbuild.evaluate.measures import scores
from graphbuild.evaluate.page import REASONS, page
from graphbuild.export import export
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.store import write_build
from tests.documents import Told, both, talks

Row = dict[str, Any]
CATALOGUE = load_catalogue()
TEXT = talks().document.text


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


GOLD: Row = {
    "doc": "talks",
    "entities": [
        {"id": "i", "type": "Person", "name": "Mara Ilves", "aliases": ["Ilves"]},
        {"id": "a", "type": "Person", "name": "Tomas Ardeni"},
        {"id": "p", "type": "Person", "name": "Goran Pesk"},
        {"id": "n", "type": "Country", "name": "Norland"},
        {"id": "s", "type": "Country", "name": "Sudria"},
        {"id": "ps", "type": "Facility", "type_alt": ["Place"], "name": "Port Selby"},
        {"id": "m", "type": "Position", "name": "Foreign Minister"},
        {"id": "u", "type": "Alliance", "name": "Harbour Union"},
    ],
    "facts": [
        {"s": "i", "r": "visited", "o": "ps", "date": "2031-03-04", "span": at("visited")},
        {"s": "i", "r": "holdsPosition", "o": "m", "span": at("Foreign Minister")},
        {"s": "a", "r": "met", "o": "i", "place": "ps", "date": "2031-03", "span": at("met Tomas")},
        {"s": "i", "r": "met", "o": "p", "status": "denied", "span": at("meet")},
        {"s": "p", "r": "attacked", "o": "s", "status": "reported", "speaker": "a", "span": at("attacked")},
        {"s": "i", "r": "visited", "o": "s", "span": at("will visit")},
        {"s": "a", "r": "accused", "o": "p", "span": at("said")},
        {"s": "n", "r": "memberOf", "o": "s", "span": at("allies")},
    ],
    "optional": [{"s": "i", "r": "officialOf", "o": "n"}],
}
"""Of the nine facts of `talks`, six are right (one with the wrong status), one is optional, one is right in the lenient sense, one is wrong; one is missed."""


def measured(gold: Row | list[Row] = GOLD, graph: KnowledgeGraph | None = None, *, every: bool = False, **replaced: list[Row]) -> Evaluation:
    graph = graph or assemble([talks()])
    texts = {document.id: document.text for document in graph.documents}
    rows = {"facts": list(graph.facts()), "nodes": list(graph.entities()), **replaced}
    lines = "\n".join(map(json.dumps, gold if isinstance(gold, list) else [gold]))
    return evaluate(parse_gold(lines, "gold.jsonl", CATALOGUE, texts), Outputs.of(rows["facts"], rows["nodes"], texts), Relations(CATALOGUE, every))


COUNTED = {
    "entities": (6, 6, 7),
    "class": (5, 6, 6),
    "strict": (6, 8, 8),
    "named": (6, 8, 8),
    "described": (0, 0, 0),
    "lenient": (7, 8, 8),
    "status": (5, 6, 6),
    "hedged": (2, 3, 2),
    "place": (1, 1, 1),
    "time": (2, 3, 2),
}


@pytest.mark.parametrize("name", COUNTED)
def test_counts_are_those_worked_out_by_hand(name: str) -> None:
    found = measured().scores[name]
    assert (found.right, found.found, found.wanted) == COUNTED[name]


def test_facts_are_told_apart_by_whether_their_ends_have_names() -> None:
    entities = [{**e, "name": "the port", "aliases": ["port"]} if e["id"] == "ps" else e for e in GOLD["entities"]]
    found = measured(GOLD | {"entities": entities}).scores
    assert (found["named"].wanted, found["described"].wanted, found["described"].right) == (7, 1, 0)


def test_shares_follow_from_the_counts() -> None:
    lenient = measured().scores["hedged"]
    assert (lenient.precision, lenient.recall, lenient.f1) == (pytest.approx(2 / 3), 1.0, pytest.approx(0.8))
    assert measured().tallies == {"split": 0, "merged": 0, "leaked as asserted": 0}


def test_by_relation_what_is_wrong_counts_where_it_was_said() -> None:
    found = measured().by_relation
    assert (found["met"].right, found["met"].found, found["met"].wanted) == (2, 2, 2)
    assert (found["memberOf"].found, found["memberOf"].wanted) == (0, 1)
    assert {name: one.found for name, one in found.items() if not one.wanted} == {"leads": 1, "alliedWith": 1}
    assert list(found)[:2] == ["met", "visited"]


def test_sparse_relations_count_only_when_asked_for() -> None:
    gold = GOLD | {"facts": [{"s": "a", "r": "livesIn", "o": "ps"}, {"s": "p", "r": "bornOn", "o": "1999-05"}]}
    assert measured(gold).scores["strict"].wanted == 0
    assert measured(gold, every=True).scores["strict"].wanted == 2


def test_a_date_is_an_end_like_any_other() -> None:
    gold = {"doc": "denial", "entities": [{"id": "p", "type": "Person", "name": "Goran Pesk"}], "facts": [{"s": "p", "r": "bornOn", "o": "1999-05"}]}
    assert measured(gold, assemble(both()), every=True).scores["strict"].right == 1


def test_a_build_against_its_own_annotations_is_perfect(tmp_path: Path) -> None:
    graph = assemble([talks()])  # of two documents each may learn place and time from the other
    (tmp_path / "gold.jsonl").write_bytes(export(graph, "annotations"))
    write_build(graph, tmp_path / "build")
    found, _ = evaluate_build(tmp_path / "gold.jsonl", tmp_path / "build", every_relation=True)
    assert {name: one.f1 for name, one in found.scores.items() if one.wanted} == dict.fromkeys(COUNTED.keys() - {"described"}, 1.0)


# --- no scorer to be fooled


def test_one_node_for_everything_finds_one_entity_and_no_fact() -> None:
    nodes = list(assemble([talks()]).entities())
    swallowed = {**nodes[0], "aliases": [n["name"] for n in nodes], "mentions": [m for n in nodes for m in n["mentions"]], "type": "Person"}
    facts = [{**f, "subject": swallowed, "object": swallowed} for f in assemble([talks()]).facts()]
    found = measured(facts=facts, nodes=[swallowed])
    assert found.scores["strict"].right == found.scores["lenient"].right == 0
    assert found.scores["entities"].right == 1
    assert found.tallies["merged"] == 5


def test_one_node_for_everything_as_one_end_finds_at_most_what_it_stands_for() -> None:
    nodes = list(assemble([talks()]).entities())
    aliases = [n["name"] for n in nodes]
    facts = [{**f, "object": {"id": "x", "type": "Person", "name": "x", "aliases": aliases}} for f in assemble([talks()]).facts()]
    assert measured(facts=facts, nodes=nodes).scores["strict"].right <= 1


def test_the_same_fact_thirty_times_is_right_once_and_wrong_twenty_nine_times() -> None:
    fact = next(f for f in assemble([talks()]).facts() if f["relation"] == "met" and f["status"] == "asserted")
    found = measured(facts=[{**fact, "id": f"c{n}"} for n in range(30)]).scores["strict"]
    assert (found.right, found.found) == (1, 30)


def test_saying_everything_of_everybody_ruins_precision() -> None:
    ends = [{k: n[k] for k in ("id", "type", "name", "aliases")} for n in assemble([talks()]).entities()]
    like = next(assemble([talks()]).facts())
    facts = [{**like, "subject": s, "relation": r, "object": o, "time": None} for r in ("met", "visited", "attacked") for s in ends for o in ends if s != o]
    found = measured(facts=facts).scores["strict"]
    assert found.recall <= 5 / 8
    assert found.precision < 0.1


def test_many_nodes_for_one_thing_are_splits() -> None:
    nodes = list(assemble([talks()]).entities())
    extra = [{**n, "id": f"{n['id']}-again"} for n in nodes if n["name"] == "Sudria"]
    assert measured(nodes=[*nodes, *extra]).tallies["split"] == 1


def test_what_is_asserted_wrongly_is_counted() -> None:
    facts = [{**f, "status": "asserted"} if f["relation"] == "attacked" else f for f in assemble([talks()]).facts()]
    assert measured(facts=facts).tallies["leaked as asserted"] == 1


def test_a_denial_is_not_the_fact() -> None:
    facts = [{**f, "status": "asserted"} if f["status"] == "denied" else f for f in assemble([talks()]).facts()]
    assert measured(facts=facts).scores["strict"].right == 5


@pytest.mark.parametrize(
    ("names", "label", "wanted", "wanted_label", "value"),
    [
        (["U.S.", "America"], "Country", ["United States", "US"], "Country", 2.5),
        (["Lomé"], "Place", ["Lome"], "City", 2.0),
        (["Austin"], "Person", ["Lloyd J. Austin"], "Person", 0.9),
        (["Austin"], "City", ["Lloyd J. Austin"], "Person", 0.0),
        (["Lloyd"], "Person", ["Lloyd J. Austin"], "Person", 0.0),
        (["army commander"], "Position", ["commander of the army"], "Position", 0.9),
        (["the convoy attack"], "Event", ["attack on the convoy"], "Event", 0.5 + 0.4 * 2 / 3),
        (["the convoy attack"], "Company", ["attack on the convoy"], "Company", 0.0),
        (["…"], "Person", ["—"], "Person", 0.0),
    ],
)
def test_names_fit_exactly_or_loosely(names: list[str], label: str, wanted: list[str], wanted_label: str, value: float) -> None:
    assert fit(Named.of(names, label), Named.of(wanted, wanted_label)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("found", "right", "strict", "agree"),
    [
        ("commands", "leads", True, True),
        ("leads", "commands", True, True),
        ("commands", "officialOf", True, True),
        ("officialOf", "leads", True, False),
        ("officialOf", "leads", False, True),
        ("leads", "employedBy", True, False),
        ("met", "visited", True, False),
        ("met", "visited", False, True),
        ("met", "attacked", False, False),
        ("unheardOf", "met", False, False),
    ],
)
def test_relations_agree(found: str, right: str, strict: bool, agree: bool) -> None:
    assert Relations(CATALOGUE).agree(found, [right], strict=strict) is agree


# --- intervals


def test_the_interval_is_that_of_documents_drawn_anew() -> None:
    names = {"strict right": 8, "strict found": 8, "facts annotated": 8}
    alike = scores([names] * 5)["strict"]
    assert alike.intervals == dict.fromkeys(("P", "R", "F1"), (1.0, 1.0))
    uneven = scores([names, names | {"strict right": 0}] * 20)["strict"]
    assert uneven.f1 == 0.5
    assert uneven.intervals["F1"] == pytest.approx((0.35, 0.65), abs=0.03)  # 1.96 · √(0.25 / 40) = 0.155
    assert scores([names])["strict"].intervals == {}
    assert scores([names] * 5)["place"].intervals == {}


# --- bad annotations


def changed(**fields: Any) -> Row:
    return GOLD | fields


def fact(**fields: Any) -> Row:
    return GOLD | {"facts": [{"s": "i", "r": "met", "o": "a"} | fields]}


BAD = {
    "document 'other' is not in the build": changed(doc="other"),
    "fact 1 (i hugged a): relation 'hugged' is unknown": fact(r="hugged"),
    "fact 1 (i met a): relation 'hugged' is unknown": fact(alt=["hugged"]),
    "fact 1 (x met a): entity 'x' is unknown": fact(s="x"),
    "fact 1 (i met 2031): entity '2031' is unknown": fact(o="2031"),
    "fact 1 (i met a): entity 'y' is unknown": fact(place="y"),
    "fact 1 (i met a): entity 'z' is unknown": fact(speaker="z"),
    "fact 1 (i met a): status 'certain' is unknown": fact(status="certain"),
    "date '5 March' is neither like": fact(date="5 March"),
    "date '/2016' is neither like": fact(date="/2016"),
    f"span [7, 99999] is not [start, end] in the text; talks has {len(TEXT)} characters": fact(span=[7, 99999]),
    "span [7, 7] is not": fact(span=[7, 7]),
    'span ["7", "9"] is not': fact(span=["7", "9"]),
    "fact 1 has an unknown field 'staus'": fact(staus="denied"),
    "fact 1: 'alt' must be a list": fact(alt="met"),
    "fact 1: 's_alt' must be a list": fact(s_alt=[1]),
    "the line lacks 'facts'": {"doc": "talks", "entities": []},
    "the line must be a JSON object": ["talks"],
    "entity 1 lacks 'name'": changed(entities=[{"id": "i", "type": "Person"}]),
    "entity 1 (i): class 'Human' is unknown": changed(entities=[{"id": "i", "type": "Human", "name": "Ilves"}]),
    "two entities have the id 'i'": changed(entities=[*GOLD["entities"], GOLD["entities"][0]]),
    "optional fact 1 (i likes n): relation 'likes' is unknown": changed(optional=[{"s": "i", "r": "likes", "o": "n"}]),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_annotations_are_refused_with_file_line_and_reason(message: str) -> None:
    lines = ["", json.dumps(BAD[message])]
    with pytest.raises(GoldError) as refused:
        parse_gold("\n".join(lines), "gold.jsonl", CATALOGUE, {"talks": TEXT})
    assert str(refused.value).startswith("gold.jsonl:2: ")
    assert message in str(refused.value)


@pytest.mark.parametrize(("text", "message"), [("{", "gold.jsonl:1: is no JSON"), ("\n \n", "gold.jsonl: has no annotated document")])
def test_what_is_no_annotation_is_refused(text: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        parse_gold(text, "gold.jsonl", CATALOGUE, {})


def test_a_document_annotated_twice_is_refused() -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: document 'talks' is annotated twice"):
        measured([GOLD, GOLD])


def test_without_texts_offsets_are_taken_as_they_are() -> None:
    (document,) = parse_gold(json.dumps(fact(span=[7, 99999])), "gold.jsonl", CATALOGUE, {"talks": None})
    assert document.facts[0].span == (7, 99999)


# --- the command


@pytest.fixture
def build(tmp_path: Path) -> Path:
    write_build(assemble(both()), tmp_path / "build")
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["eval", *map(str, arguments)])
    sys.stdout.flush()
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_command_shows_scores_and_says_what_it_left_out(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, build / "gold.jsonl", build / "build")
    assert code == 0
    assert "facts, lenient" in out
    assert "1 document of the build left out" in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_command_fails_when_quality_is_below_what_is_asked_for(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, build / "gold.jsonl", build / "build", "--at-least", "0.7")[0] == 0
    code, _, err = run(capsys, build / "gold.jsonl", build / "build", "--at-least", "0.8")
    assert code == 1
    assert "strict F1 of facts is 0.750, below 0.8" in err


def test_the_command_gives_json(build: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["eval", str(build / "gold.jsonl"), str(build / "build"), "--format", "json"])
    assert json.loads(capsysbinary.readouterr().out)["strict"] == {"P": 0.75, "R": 0.75, "F1": 0.75, "right": 6, "found": 8, "annotated": 8}


def test_bad_annotations_end_the_command_with_one_line(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (build / "gold.jsonl").write_text(json.dumps(fact(r="hugged")), encoding="utf-8")
    code, out, err = run(capsys, build / "gold.jsonl", build / "build")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "gold.jsonl:1: fact 1 (i hugged a): relation 'hugged' is unknown" in err


def test_a_broken_build_is_named_with_its_line(build: Path) -> None:
    path = build / "build" / "facts.jsonl"
    path.write_text('{"relation": "met"}\n', encoding="utf-8")
    with pytest.raises(GraphFileError, match=r"facts\.jsonl:1: is no row of a build"):
        evaluate_build(build / "gold.jsonl", build / "build")


# --- the page


def tags(data: bytes) -> set[str]:
    """All tags of a page."""
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.add(tag)  # type: ignore[method-assign]
    parser.feed(data.decode())
    return found


def test_the_page_shows_each_miss_and_each_wrong_fact_in_its_sentence() -> None:
    shown = page(measured(), {"talks": TEXT}, "talks")
    text = shown.decode()
    assert re.findall("<mark>(.*?)</mark>", text) == ["Ardeni leads Sudria.", "Norland and Sudria are allies.", "allies", "said"]
    assert "Tomas Ardeni | accused | Goran Pesk" in text
    assert "the other side has another relation between the two: Norland | memberOf | Sudria" in text


def test_the_page_shows_quotes_where_there_is_no_text() -> None:
    assert "Ardeni leads Sudria." in page(measured(), {"talks": None}, "talks").decode()


def test_hostile_text_is_no_markup() -> None:
    told = Told("<b>", "<script>alert(1)</script> met Ada & Co")
    told.say(told.entity("a", "Person", "<script>alert(1)</script>"), "met", told.entity("b", "Company", "Ada & Co"), "met")
    gold = {"doc": "<b>", "entities": [], "facts": []}
    shown = page(measured(gold, assemble([told.done()])), {"<b>": told.text}, "<i>")
    assert {"script", "b", "i"}.isdisjoint(tags(shown))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; met Ada &amp; Co" in shown.decode().replace("<mark>", "").replace("</mark>", "")


def facts_of(**changes: Any) -> list[Row]:
    return [{**f, **changes} if f["relation"] == "attacked" else f for f in assemble([talks()]).facts()]


def ends(fact_: Row) -> Row:
    return {"subject": fact_["object"], "object": fact_["subject"]}


ATTACK = next(f for f in assemble([talks()]).facts() if f["relation"] == "attacked")
NORLAND = next(f for f in assemble([talks()]).facts() if f["relation"] == "alliedWith")["subject"]
WRONG = {
    "ends swapped": ends(ATTACK),
    "polarity": {"status": "denied"},
    "other relation": {"relation": "visited"},
    "other object": {"object": NORLAND},
    "other subject": {"subject": NORLAND},
    "subject not annotated": {"subject": {"id": "q", "name": "Queen", "type": "Person"}},
    "object not annotated": {"object": {"id": "q", "name": "Queen", "type": "Person"}},
    "both ends are one thing": {"object": ATTACK["subject"]},
    "nothing near": {"relation": "killed", "subject": NORLAND, "object": ATTACK["subject"]},
}


@pytest.mark.parametrize("reason", WRONG)
def test_why_a_fact_is_wrong(reason: str) -> None:
    (result,) = measured(facts=facts_of(**WRONG[reason])).results
    found = [m.reason for m in mistakes(result.judge, result.wrong, ()) if m.quote == "Ardeni said that Pesk attacked Sudria."]
    assert found == [reason]
    assert reason in REASONS
