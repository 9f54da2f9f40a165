"""Who an actor is in event data: the country by ISO 3166-1 alpha-3, and the sector (GOV, MIL, REB …), by PLOVER's three letters.

Both come from what is known: the gazetteer, the class, and what the documents say of office, employer and seat. What nobody says
stays empty.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.gazetteer.tables import read_rows
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Node
from graphbuild.traits import traits_of
from graphbuild.vocabulary import GAZETTEER

_OF_CLASS: Final = {
    "Country": "GOV",
    "MilitaryForce": "MIL",
    "Alliance": "IGO",
    "ArmedGroup": "REB",
    "PoliticalParty": "PTY",
    "Company": "BUS",
    "MediaOrganization": "MED",
}
_BODY_WORDS: Final = {
    "JUD": "court courts tribunal judiciary",
    "LEG": "parliament senate congress assembly legislature chamber house knesset duma bundestag diet",
    "COP": "police gendarmerie constabulary",
    "EDU": "university college school academy institute",
}
_GROUP_WORDS: Final = {
    "COP": "police policemen officers",
    "REB": "rebels militants insurgents guerrillas fighters separatists gunmen jihadists militia militias militiamen",
    "MIL": "military army navy troops forces soldiers marines airmen sailors",
    "REF": "refugees migrants",
    "MED": "journalists reporters media press",
    "BUS": "companies investors businesses",
    "GOV": "officials authorities ministers diplomats government governments",
    "LEG": "lawmakers senators legislators deputies",
    "OPP": "opposition protesters demonstrators activists dissidents",
}
_OFFICE_WORDS: Final = {
    "JUD": "judge justice magistrate prosecutor attorney",
    "LEG": "senator congressman congresswoman lawmaker legislator parliamentarian mp speaker parliament",
    "COP": "police sheriff detective inspector constable",
    "MED": "journalist reporter correspondent editor",
    "REL": "pope cardinal archbishop bishop priest rabbi imam ayatollah patriarch",
    "EDU": "professor teacher student rector",
    "GOV": "president minister premier chancellor secretary undersecretary ambassador envoy consul diplomat governor mayor king queen emir"
    " sultan prince spokesman spokeswoman spokesperson commissioner councillor cabinet adviser advisor",
    "MIL": "general admiral colonel major captain lieutenant sergeant commander brigadier marshal chief soldier",
    "BUS": "ceo executive chairman chairwoman banker entrepreneur",
}
"""In the order in which they decide: a deputy defence minister is in government, an attorney general a jurist."""
_WORDS_OF_CLASS: Final = {"GovernmentBody": (_BODY_WORDS, "GOV"), "Organization": (_BODY_WORDS, ""), "Group": (_GROUP_WORDS, "CVL")}
"""Class → words of names that tell the sector, and the sector where they tell none."""
SECTORS: Final = tuple(sorted({*_OF_CLASS.values(), *_BODY_WORDS, *_GROUP_WORDS, *_OFFICE_WORDS, "CVL"}))
"""All sectors that an actor can have."""
_INTERNATIONAL: Final = "org/"
"""What the ids of international organisations begin with in the gazetteer."""
_NOT_OF_STATES: Final = frozenset(f"org/{name}" for name in ("ICC", "ICRC", "ICRM", "IFRCS", "IOC", "ISO", "ITUC", "WFTU"))
_BELONGS: Final = ("officialOf", "leads", "commands", "employedBy", "memberOf", "citizenOf", "partOf", "subsidiaryOf", "basedIn", "locatedIn")
_SERVES: Final = ("officialOf", "leads", "commands", "employedBy", "memberOf")
_DEPTH: Final = 3
"""Steps from a person to the body, the body's parent, the parent's country."""


class Actors:
    """Looks actors of one graph up; holds what all of them need."""

    def __init__(self, graph: KnowledgeGraph, gazetteer: Gazetteer | None = None) -> None:
        self._graph = graph
        self._gazetteer = gazetteer or Gazetteer.load()
        self._codes = {row[0]: row[2] for row in read_rows("countries")}

    def country(self, node: Node, depth: int = _DEPTH) -> str:
        """Return the country that an actor belongs to, or is; "" if nothing says so, or if it is of several."""
        entry = self.entry(node)
        if entry is not None and (code := self._code(entry.id if entry.type == "Country" else entry.country)):
            return code
        if self._is_of_states(node):
            return ""
        return self._by_traits(node) or self._by_name(node) or (self._by_belonging(node, depth - 1) if depth else "")

    def sector(self, node: Node, depth: int = _DEPTH) -> str:
        """Return the sector of an actor; "" if nothing says so."""
        if node.type == "Person":
            return self._of_person(node, depth)
        if self._is_of_states(node):
            return "IGO"
        words, otherwise = _WORDS_OF_CLASS.get(node.type, ({}, ""))
        return _by_words(node.name, words) or otherwise or _OF_CLASS.get(node.type, "")

    def _is_of_states(self, node: Node) -> bool:
        """Tell whether states are the members of a body: an alliance, or an agency such as the IMF."""
        entry = self.entry(node) if node.type == "Organization" else None
        agency = entry is not None and entry.id.startswith(_INTERNATIONAL) and entry.id not in _NOT_OF_STATES
        return node.type == "Alliance" or agency

    def entry(self, node: Node) -> Entry | None:
        """Return what the gazetteer knows of a node by its links."""
        references = (unquote(link.removeprefix(GAZETTEER)) if link.startswith(GAZETTEER) else link for link in node.links)
        return next(filter(None, map(self._gazetteer.get, references)), None)

    def _code(self, country: str | None) -> str:
        return self._codes.get(country or "", "")

    def _by_traits(self, node: Node) -> str:
        told_of = (trait for member in node.members for trait in sorted(self._traits.get(member, ())))
        told = Counter(code for kind, value in told_of if kind == "country" and (code := self._code(value)))
        return min(told, key=lambda code: (-told[code], code), default="")

    def _by_name(self, node: Node) -> str:
        """Return the country whose name or adjective begins the name of a group or body: "Indian troops"."""
        if node.type not in (*_OF_CLASS, *_WORDS_OF_CLASS):
            return ""
        words = node.name.split()
        heads = (self._gazetteer.country(" ".join(words[:n])) for n in range(min(3, len(words) - 1), 0, -1))
        return next((code for head in heads if head and (code := self._code(head.id))), "")

    @cached_property
    def _traits(self) -> Mapping[tuple[str, str], frozenset[tuple[str, str]]]:
        return {(x.document.id, local): traits for x in self._graph.extractions for local, traits in traits_of(x).items()}

    def _by_belonging(self, node: Node, depth: int) -> str:
        wholes = (self._graph.by_id[whole] for whole in self._wholes(node, _BELONGS))
        return next(filter(None, (self.country(whole, depth) for whole in wholes)), "")

    def _of_person(self, node: Node, depth: int) -> str:
        """Return the sector of a person: that of the body served, else what the words of an office say, else government of a country."""
        bodies = [self._graph.by_id[whole] for whole in self._wholes(node, _SERVES)]
        of_bodies = (self.sector(body, depth - 1) for body in bodies if body.type not in ("Country", "Person") and depth)
        of_offices = (_by_words(self._graph.by_id[office].name, _OFFICE_WORDS) for office in self._offices(node))
        return next(filter(None, (*of_bodies, *of_offices)), "GOV" if any(body.type == "Country" for body in bodies) else "")

    def _wholes(self, node: Node, relations: tuple[str, ...]) -> Iterator[str]:
        """Yield what a node belongs to by claims, the surest first; of an office held, the organisation."""
        for claim in self._claims_of.get(node.id, ()):
            if claim.relation in relations and isinstance(claim.object, str):
                yield claim.object
            elif claim.relation == "holdsPosition" and isinstance(claim.theme, str) and self._graph.by_id[claim.theme].type != "Country":
                yield claim.theme

    def _offices(self, node: Node) -> Iterator[str]:
        return (c.object for c in self._claims_of.get(node.id, ()) if c.relation == "holdsPosition" and isinstance(c.object, str))

    @cached_property
    def _claims_of(self) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self._graph.claims, key=lambda c: (-c.confidence, c.id)):
            if claim.polarity == "positive" and claim.modality == "actual":
                found[claim.subject].append(claim)
        return found


def _by_words(name: str, words: Mapping[str, str]) -> str:
    found = set(re.findall(r"[a-z]+", name.casefold()))
    return next((sector for sector, some in words.items() if found & set(some.split())), "")
