"""Hand-built extractions for the tests of everything behind the waist: invented people, places and events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphbuild.records import Document, Entity, Evidence, Extraction, Form, Mention, Span, Statement, Time, Value

WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass
class Told:
    """Collects entities and statements of one document; every name and quote must stand in its text."""

    id: str
    text: str
    published: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def entity(self, local: str, label: str, *names: str, link: str | None = None, form: Form = "name", **traits: str) -> str:
        """Add an entity with its names as they stand in the text, the first being the canonical one."""
        first = len(self.mentions)
        for name in names:
            self.mentions.append(Mention(self.span(name), form, label, name))
        links = (WIKIDATA + link,) if link else ()
        numbers = tuple(range(first, len(self.mentions)))
        self.entities.append(Entity(local, label, names[0], tuple(sorted(names[1:])), numbers, links, tuple(sorted(traits.items()))))
        return local

    def say(self, subject: str, relation: str, target: str | Value, quote: str, **more: Any) -> None:
        """Add a statement whose evidence is the quote; `time` may be a date."""
        if isinstance(more.get("time"), str):
            more["time"] = day(more["time"])
        score = more.pop("score", 0.8)
        span = self.span(quote)
        evidence = Evidence(self.id, span, quote, f"{relation}.active", (("trigger", span),), (), (), score)
        self.statements.append(Statement(relation, subject, target, evidence=(evidence,), **more))

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def done(self) -> Extraction:
        document = Document(self.id, f"{self.id}.txt", self.text, published=self.published)
        return Extraction(document, tuple(self.mentions), (), tuple(self.entities), tuple(self.statements))


def day(date: str) -> Time:
    """Return the time of a date as precise as it is written."""
    return Time(date, date, {10: "day", 7: "month", 4: "year"}.get(len(date), "day"), "explicit")  # type: ignore[arg-type]


def talks() -> Extraction:
    """The first report: a visit, talks, offices, a denial and a plan."""
    text = (
        "Foreign Minister Mara Ilves of Norland visited Port Selby on Tuesday. "
        "Ilves met Tomas Ardeni in Port Selby. "
        "Ardeni leads Sudria. "
        "Norland and Sudria are allies. "
        "Ilves did not meet Goran Pesk. "
        "Ilves will visit Sudria. "
        "Ardeni said that Pesk attacked Sudria."
    )
    told = Told("talks", text, "2031-03-05")
    told.entity("ilves", "Person", "Mara Ilves", "Ilves", gender="female", country="Q1")
    told.entity("ardeni", "Person", "Tomas Ardeni", "Ardeni")
    told.entity("pesk", "Person", "Goran Pesk", "Pesk")
    told.entity("norland", "Country", "Norland", link="Q1")
    told.entity("sudria", "Country", "Sudria", link="Q2")
    told.entity("selby", "City", "Port Selby")
    told.entity("minister", "Position", "Foreign Minister", form="title")
    visit = "Foreign Minister Mara Ilves of Norland visited Port Selby on Tuesday."
    told.say("ilves", "visited", "selby", visit, time="2031-03-04")
    told.say("ilves", "holdsPosition", "minister", "Foreign Minister Mara Ilves of Norland", theme="norland", time="2031-03-05")
    told.say("ilves", "officialOf", "norland", "Foreign Minister Mara Ilves of Norland")
    told.say("ilves", "met", "ardeni", "Ilves met Tomas Ardeni in Port Selby.", place="selby", time="2031-03-04", event="v1")
    told.say("ardeni", "leads", "sudria", "Ardeni leads Sudria.")
    told.say("norland", "alliedWith", "sudria", "Norland and Sudria are allies.")
    told.say("ilves", "met", "pesk", "Ilves did not meet Goran Pesk.", polarity="negative")
    told.say("ilves", "visited", "sudria", "Ilves will visit Sudria.", modality="planned")
    told.say("pesk", "attacked", "sudria", "Ardeni said that Pesk attacked Sudria.", speaker="ardeni")
    return told.done()


def denial() -> Extraction:
    """The second report: tells some of the first again, and contradicts it about one meeting."""
    text = "Tomas Ardeni received M. Ilves. Mara Ilves met Goran Pesk, too. Ardeni is an official of Sudria. Pesk was born in 1999-05."
    told = Told("denial", text, "2031-03-06")
    told.entity("e1", "Person", "Tomas Ardeni", "Ardeni")
    told.entity("e2", "Person", "Mara Ilves", "M. Ilves", gender="female")
    told.entity("e3", "Person", "Goran Pesk", "Pesk")
    told.entity("e4", "Country", "Sudria", link="Q2")
    told.say("e1", "met", "e2", "Tomas Ardeni received M. Ilves.", score=0.5)
    told.say("e2", "met", "e3", "Mara Ilves met Goran Pesk, too.")
    told.say("e1", "officialOf", "e4", "Ardeni is an official of Sudria.")
    told.say("e3", "bornOn", Value("1999-05", "xsd:gYearMonth"), "Pesk was born in 1999-05.")
    return told.done()


def both() -> list[Extraction]:
    """Both reports."""
    return [talks(), denial()]


def named(name: str) -> Extraction:
    """One document in which somebody with the given name, however hostile, met another."""
    told = Told(f"doc {name}", f"{name}\nmet Ada Brook.")
    told.entity("a", "Person", name)
    told.entity("b", "Person", "Ada Brook")
    told.say("a", "met", "b", told.text)
    return told.done()


def triples(facts: list[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Reduce rows of facts.jsonl to (subject name, relation, object name or value, status)."""
    return [(f["subject"]["name"], f["relation"], f["object"].get("name") or f["object"]["value"], f["status"]) for f in facts]
