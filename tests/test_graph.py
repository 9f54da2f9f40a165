"""Assembling: claims join across documents, and the graph is a pure function of the set of extractions."""

import json
from dataclasses import replace
from itertools import permutations

import networkx
import pytest

from graphbuild.errors import DuplicateDocument, GraphFileError, UnknownEntity
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Extraction, Statement
from tests.documents import Told, both, day, denial, talks, triples


def rows(kg: KnowledgeGraph) -> str:
    return json.dumps([list(kg.facts()), list(kg.entities()), [d.to_json() for d in kg.decisions]])


def test_two_reports_make_these_facts() -> None:
    assert triples(list(assemble(both()).facts())) == [
        ("Goran Pesk", "attacked", "Sudria", "reported"),
        ("Goran Pesk", "bornOn", "1999-05", "asserted"),
        ("Goran Pesk", "met", "Mara Ilves", "denied"),
        ("Goran Pesk", "met", "Mara Ilves", "asserted"),
        ("Mara Ilves", "holdsPosition", "Foreign Minister", "asserted"),
        ("Mara Ilves", "met", "Tomas Ardeni", "asserted"),
        ("Mara Ilves", "officialOf", "Norland", "asserted"),
        ("Mara Ilves", "visited", "Port Selby", "asserted"),
        ("Mara Ilves", "visited", "Sudria", "planned"),
        ("Norland", "alliedWith", "Sudria", "asserted"),
        ("Tomas Ardeni", "leads", "Sudria", "asserted"),
        ("Tomas Ardeni", "officialOf", "Sudria", "asserted"),
    ]


def test_order_and_repetition_do_not_matter() -> None:
    expected = rows(assemble(both()))
    for order in permutations([talks(), denial(), talks()]):
        assert rows(assemble(order)) == expected


def test_removing_a_document_gives_the_graph_that_never_had_it() -> None:
    assert rows(assemble(x for x in both() if x.document.id != "denial")) == rows(assemble([talks()]))


def test_the_same_claim_from_two_texts_is_one_claim_with_two_evidences() -> None:
    met = next(f for f in assemble(both()).facts() if f["relation"] == "met" and f["object"]["name"] == "Tomas Ardeni")
    assert [(e["document"], e["quote"]) for e in met["evidence"]] == [
        ("denial", "Tomas Ardeni received M. Ilves."),
        ("talks", "Ilves met Tomas Ardeni in Port Selby."),
    ]
    assert met["time"] == {"start": "2031-03-04", "end": "2031-03-04", "precision": "day", "basis": "explicit"}
    assert met["place"]["name"] == "Port Selby"
    assert met["sources"] == 2
    assert met["confidence"] == pytest.approx(0.9)


def test_only_the_stronger_fact_of_a_document_is_listed() -> None:
    def facts(*also: str) -> list[str]:
        told = Told("d", "Ada Brook commands Hill Brigade.")
        told.entity("a", "Person", "Ada Brook")
        told.entity("b", "MilitaryForce", "Hill Brigade")
        for relation in ("commands", *also):
            told.say("a", relation, "b", told.text)
        return [f["relation"] for f in assemble([told.done()]).facts()]

    assert facts("leads", "officialOf") == ["commands"]
    assert facts("partOf") == ["commands", "partOf"]


def meetings(*times: str | None, places: tuple[str | None, ...] = ()) -> list[Extraction]:
    """One document per meeting of Ada Brook and Ben Cole, on these days at these places."""
    out = []
    for number, (time, place) in enumerate(zip(times, places or (None,) * len(times), strict=True)):
        told = Told(f"d{number}", "Ada Brook met Ben Cole. Hilltown Lowtown")
        told.entity("a", "Person", "Ada Brook")
        told.entity("b", "Person", "Ben Cole")
        if place:
            told.entity(place, "City", place)
        told.say("a", "met", "b", "Ada Brook met Ben Cole.", place=place, time=time and day(time))
        out.append(told.done())
    return out


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["2031-03-04", "2031-03-04"], ["2031-03-04"]),
        (["2031-03-04", "2031-03-05"], ["2031-03-04", "2031-03-05"]),
        (["2031-03-04", None], ["2031-03-04"]),
        (["2031-03-04", "2031-03"], ["2031-03-04"]),
        (["2031-03-04", "2031-04", None], ["", "2031-03-04", "2031-04"]),
        (["2031-03-04", "2031-03-05", "2031-03"], ["2031-03", "2031-03-04", "2031-03-05"]),
        (["--03-04", "2031-03-04"], ["2031-03-04"]),
        ([None, None], [""]),
    ],
)
def test_an_undated_meeting_joins_the_only_one_it_fits(times: list[str | None], expected: list[str]) -> None:
    facts = assemble(meetings(*times)).facts()
    assert [f["time"]["start"] if f["time"] else "" for f in facts] == expected


def test_a_placeless_meeting_joins_the_only_one_it_fits() -> None:
    def places(*told: str | None) -> list[str]:
        facts = assemble(meetings(*["2031-03-04"] * len(told), places=told)).facts()
        return sorted(f["place"]["name"] if f["place"] else "" for f in facts)

    assert places("Hilltown", None) == ["Hilltown"]
    assert places("Hilltown", "Lowtown") == ["Hilltown", "Lowtown"]
    assert places("Hilltown", "Lowtown", None) == ["", "Hilltown", "Lowtown"]


def test_a_state_told_at_two_times_is_one_claim_over_both() -> None:
    def held(ident: str, time: str) -> Extraction:
        told = Told(ident, "Treasurer Ada Brook")
        told.entity("a", "Person", "Ada Brook")
        told.entity("p", "Position", "Treasurer", form="title")
        told.say("a", "holdsPosition", "p", told.text, time=time)
        return told.done()

    (fact,) = assemble([held("d1", "2031-03-04"), held("d2", "2029-01")]).facts()
    assert (fact["time"]["start"], fact["time"]["end"], fact["time"]["precision"]) == ("2029-01", "2031-03-04", "interval")


def test_statements_of_one_event_share_it_across_relations_and_documents() -> None:
    told = Told("d", "Ada Brook, Ben Cole and Cy Dorn met.")
    for local, name in zip("abc", ("Ada Brook", "Ben Cole", "Cy Dorn"), strict=True):
        told.entity(local, "Person", name)
    for left, right in ("ab", "bc", "ac"):
        told.say(left, "met", right, told.text, event="talks")
    events = {f["event"] for f in assemble([told.done()]).facts()}
    assert len(events) == 1
    assert None not in events
    again = {f["event"] for f in assemble([told.done(), *meetings(None)]).facts()}
    assert again == events


def test_a_fact_from_a_thing_to_itself_is_left_out() -> None:
    told = Told("d", "Norland met Norlanders.")
    told.entity("a", "Country", "Norland", link="Q1")
    told.entity("b", "Country", "Norlanders", link="Q1")
    told.say("a", "met", "b", told.text)
    assert list(assemble([told.done()]).facts()) == []


def test_networkx_holds_every_claim_with_plain_attributes() -> None:
    kg = assemble(both())
    assert sorted(key for _, _, key in kg.nx.edges(keys=True)) == [claim.id for claim in kg.claims]
    edge = kg.nx.edges[kg.node("Mara Ilves").id, kg.node("Tomas Ardeni").id, next(c.id for c in kg.claims if c.place)]
    assert (edge["relation"], edge["status"], edge["start"], edge["listed"]) == ("met", "asserted", "2031-03-04", True)
    assert all(type(value) in (str, int, float, bool, tuple) for *_, data in kg.nx.edges(data=True) for value in data.values())
    assert any(data["type"] == "Value" and data["name"] == "1999-05" for _, data in kg.nx.nodes(data=True))


def test_the_simple_graph_counts_claims_and_leaves_denials_out() -> None:
    kg = assemble(both())
    simple = kg.simple()
    assert simple.edges[kg.node("Ilves").id, kg.node("Ardeni").id]["weight"] == 1
    assert simple.edges[kg.node("Ilves").id, kg.node("Pesk").id] == {"weight": 1, "relations": ("met",)}
    assert not assemble([talks()]).simple().has_edge(kg.node("Ilves").id, kg.node("Pesk").id)
    assert networkx.shortest_path(simple, kg.node("Pesk").id, kg.node("Norland").id)


def test_a_node_is_found_by_any_name_and_the_nearest_are_offered() -> None:
    kg = assemble(both())
    assert kg.node("ilves") == kg.node("Mara Ilves") == kg.node(kg.node("M. Ilves").id)
    with pytest.raises(UnknownEntity, match=r"'Mara Ilvess'; the nearest are: .*Mara Ilves"):
        kg.node("Mara Ilvess")


def test_two_texts_under_one_id_are_refused() -> None:
    other = replace(talks(), document=replace(talks().document, text="another", source="other.txt"))
    with pytest.raises(DuplicateDocument, match=r"'talks' \(other\.txt and talks\.txt\)"):
        assemble([talks(), other])


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (Statement("frobnicated", "ilves", "ardeni"), "the catalogue lacks"),
        (Statement("met", "ilves", "nobody"), "names the entity 'nobody'"),
    ],
)
def test_a_broken_extraction_is_named(statement: Statement, message: str) -> None:
    with pytest.raises(GraphFileError, match=f"talks: .*{message}"):
        assemble([replace(talks(), statements=(statement,))])
