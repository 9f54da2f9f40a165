"""Event data: who is coded how, which day, where, how often; and that the codes are those of the ontology."""

import csv
import io
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from graphbuild.catalogue import load_catalogue
from graphbuild.export import export
from graphbuild.export.actors import Actors
from graphbuild.export.events import QUAD_CLASSES
from graphbuild.export.layers import RdfOptions
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.schema import ontology
from graphbuild.vocabulary import PLOVER, PREFIXES
from tests.documents import Told, both

INDIA, PAKISTAN = "Q668", "Q843"
GEONAMES = "https://sws.geonames.org/1261481/"  # New Delhi


def delhi(name: str = "delhi", published: str = "2031-05-03") -> Told:
    """A report of talks in New Delhi, a shelling, a visit and an arrest."""
    told = Told(
        name,
        "Defence Minister Asha Rao of India met Gen. Omar Khan of the Pakistan Army in New Delhi on 2 May. Indian troops shelled Pakistan on 2 May. "
        "Khan visited India on 1 May. Police arrested Ravi Sen of the Daily Ganges, the Supreme Court said.",
        published,
    )
    told.entity("rao", "Person", "Asha Rao")
    told.entity("khan", "Person", "Omar Khan", "Khan")
    told.entity("army", "MilitaryForce", "Pakistan Army")
    told.entity("india", "Country", "India", link=INDIA)
    told.entity("pakistan", "Country", "Pakistan", link=PAKISTAN)
    told.entity("delhi", "City", "New Delhi")
    told.entities[-1] = replace(told.entities[-1], links=(GEONAMES,))
    told.entity("troops", "Group", "Indian troops")
    told.entity("police", "Group", "Police")
    told.entity("sen", "Person", "Ravi Sen")
    told.entity("daily", "MediaOrganization", "Daily Ganges")
    told.entity("court", "GovernmentBody", "Supreme Court")
    told.entity("minister", "Position", "Defence Minister", form="title")
    met = "Defence Minister Asha Rao of India met Gen. Omar Khan of the Pakistan Army in New Delhi on 2 May."
    told.say("rao", "holdsPosition", "minister", met, theme="india")
    told.say("rao", "officialOf", "india", met)
    told.say("khan", "commands", "army", met)
    told.say("rao", "met", "khan", met, place="delhi", time="2031-05-02", score=0.9)
    told.say("troops", "attacked", "pakistan", "Indian troops shelled Pakistan on 2 May.", time="2031-05-02")
    told.say("khan", "visited", "india", "Khan visited India on 1 May.", time="2031-05-01")
    told.say("sen", "employedBy", "daily", "Police arrested Ravi Sen of the Daily Ganges")
    told.say("police", "arrested", "sen", "Police arrested Ravi Sen of the Daily Ganges", score=0.6)
    return told


def events(kg: KnowledgeGraph, name: str = "events", options: RdfOptions | None = None) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(export(kg, name, options).decode(), newline="")))


def coded(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in ("date", "source_code", "target_code", "category", "mode", "quad_class")) for row in rows]


def test_events_are_coded_by_day_dyad_category_and_class() -> None:
    assert coded(events(assemble([delhi().done()]))) == [
        ("", "COP", "MED", "COERCE", "arrest", "4"),
        ("2031-05-01", "PAKMIL", "INDGOV", "CONSULT", "visit", "1"),
        ("2031-05-02", "INDGOV", "PAKMIL", "CONSULT", "", "1"),
        ("2031-05-02", "INDMIL", "PAKGOV", "ASSAULT", "", "4"),
        ("2031-05-02", "PAKMIL", "INDGOV", "CONSULT", "", "1"),
    ]


def test_a_place_has_its_country_and_coordinates_and_a_visit_is_where_it_leads() -> None:
    rows = events(assemble([delhi().done()]))
    (there,) = {(r["place"], r["place_country"], r["latitude"], r["longitude"]) for r in rows if r["relation"] == "met"}
    assert there[:2] == ("New Delhi", "IND")
    assert (round(float(there[2])), round(float(there[3]))) == (29, 77)
    (visit,) = [r for r in rows if r["relation"] == "visited"]
    assert (visit["place"], visit["place_country"], visit["latitude"]) == ("India", "IND", "")


def test_the_two_sides_of_a_meeting_share_their_event_text_and_dates() -> None:
    one, other = (r for r in events(assemble([delhi().done()])) if r["relation"] == "met")
    sides = {"source", "source_country", "source_sector", "source_code", "target", "target_country", "target_sector", "target_code"}
    assert {name for name in one if one[name] != other[name]} <= sides
    assert (one["source"], one["target"]) == (other["target"], other["source"])
    assert one["text"].startswith("Defence Minister Asha Rao of India met")
    assert (one["date"], one["published"], one["precision"]) == ("2031-05-02", "2031-05-03", "day")


def test_one_a_day_keeps_the_surest_of_a_dyad_and_counts_the_others() -> None:
    text = "Asha Rao met Lt. Gen. Ali Shah of the Pakistan Army on 2 May. Asha Rao met Eve Doe on 2 May. Asha Rao met Mo Fay on 2 May."
    second = Told("second", text, "2031-05-04")
    second.entity("rao", "Person", "Asha Rao")
    second.entity("shah", "Person", "Ali Shah")
    second.entity("eve", "Person", "Eve Doe")
    second.entity("mo", "Person", "Mo Fay")
    second.entity("army", "MilitaryForce", "Pakistan Army")
    second.say("shah", "commands", "army", "Ali Shah of the Pakistan Army")
    for other, words in (("shah", "Asha Rao met Lt. Gen. Ali Shah"), ("eve", "Asha Rao met Eve Doe on 2 May."), ("mo", "Asha Rao met Mo Fay on 2 May.")):
        second.say("rao", "met", other, words, time="2031-05-02", score=0.5)
    kg = assemble([delhi().done(), second.done()])
    every, daily = events(kg), events(kg, "events-daily")
    assert len(every) == 11
    assert sum(int(row["merged"]) for row in daily) == len(every)
    (kept,) = [r for r in daily if (r["date"], r["source_code"], r["target_code"]) == ("2031-05-02", "INDGOV", "PAKMIL")]
    assert (kept["target"], kept["merged"]) == ("Omar Khan", "2")
    assert {r["target"] for r in daily if not r["target_country"] and r["source"] == "Asha Rao"} == {"Eve Doe", "Mo Fay"}  # no codes, no dyad


def test_what_is_denied_is_no_event_and_what_is_reported_or_planned_only_on_request() -> None:
    def relations(project: Any) -> list[str]:
        return sorted({f"{r['relation']} {r['status']}" for r in events(assemble(both()), options=RdfOptions(project=project))})

    assert relations("asserted") == ["met asserted", "visited asserted"]
    assert relations("reported") == ["attacked reported", "met asserted", "visited asserted"]
    assert relations("all") == ["attacked reported", "met asserted", "visited asserted", "visited planned"]
    assert not any("Pesk" in r["source"] + r["target"] for r in events(assemble(both())))


def test_the_quad_classes_are_those_of_the_ontology() -> None:
    broader = {
        quad.subject.value.removeprefix(PLOVER): quad.object.value.removeprefix(PLOVER).replace("-", " ")
        for quad in ox.parse(path=str(ontology() / "plover.ttl"))
        if quad.predicate.value == f"{PREFIXES['skos']}broader"
    }
    assert {category: name for category, (_, name) in QUAD_CLASSES.items()} == broader
    assert {relation.plover for relation in load_catalogue().relations.values() if relation.plover} <= QUAD_CLASSES.keys()


@pytest.mark.parametrize(
    ("label", "name", "sector", "country"),
    [
        ("Country", "India", "GOV", ""),
        ("GovernmentBody", "Supreme Court of India", "JUD", "IND"),
        ("GovernmentBody", "Indian Parliament", "LEG", "IND"),
        ("GovernmentBody", "Ministry of Trade", "GOV", ""),
        ("Alliance", "United Nations", "IGO", ""),
        ("ArmedGroup", "Red Hand", "REB", ""),
        ("Group", "Pakistani militants", "REB", "PAK"),
        ("Group", "U.S. officials", "GOV", "USA"),
        ("Group", "villagers", "CVL", ""),
        ("Organization", "Harbour Society", "", ""),
        ("Organization", "Norland University", "EDU", ""),
        ("Person", "Jo Public", "", ""),
        ("Company", "Acme", "BUS", ""),
    ],
)
def test_sector_and_country_by_class_and_name(label: str, name: str, sector: str, country: str) -> None:
    told = Told("d", f"{name} spoke.")
    told.entity("a", label, name)
    kg = assemble([told.done()])
    actors = Actors(kg)
    assert (actors.sector(kg.nodes[0]), actors.country(kg.nodes[0])) == (sector, country)


@pytest.mark.parametrize(
    ("office", "sector"),
    [("Deputy Defense Minister", "GOV"), ("Attorney General", "JUD"), ("Army General", "MIL"), ("Senator", "LEG"), ("Police Chief", "COP"), ("poet", "")],
)
def test_an_office_tells_the_sector_of_who_holds_it(office: str, sector: str) -> None:
    told = Told("d", f"{office} Ada Brook spoke.")
    told.entity("a", "Person", "Ada Brook")
    told.entity("o", "Position", office)
    told.say("a", "holdsPosition", "o", f"{office} Ada Brook")
    kg = assemble([told.done()])
    assert Actors(kg).sector(kg.node("Ada Brook")) == sector
