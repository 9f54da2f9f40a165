"""Whose bodies and things are, and where they have their place, by what stands right beside their names: "Greek-owned", "the PLA's Southern Command"."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from spacy.tokens import Token

from graphbuild.language.index import spelled, words_between
from graphbuild.mentions import TokenMention
from graphbuild.mentions.base import WHOLES
from graphbuild.mentions.described import BETWEEN, is_sought
from graphbuild.names import BODIES
from graphbuild.relations.affiliations import Affiliation
from graphbuild.relations.arguments import Argument
from graphbuild.relations.neighbours import DASHES, Neighbours
from graphbuild.syntax import case_of, is_negated, possessors

_OWNED = frozenset(("owned", "operated", "run", "managed", "chartered"))
_TRADING = frozenset(
    "buy sell sale order purchase procure acquire acquisition supply deliver delivery export import donate give receive get transfer build make produce"
    " manufacture use employ want need offer equip obtain request gift contract lease replace modernise modernize train".split()
)
"""Words beside a type of aircraft whose nationality says who made it, not who flies it."""
_TRADES = frozenset(
    "company firm group giant maker conglomerate manufacturer producer operator contractor startup start-up bank lender insurer airline carrier"
    " retailer utility shipbuilder carmaker automaker drugmaker chipmaker miner brewer builder developer supplier broadcaster newspaper daily"
    " weekly magazine tabloid website publisher agency paper outlet fund holding trader merchant chain discounter grocer supermarket wholesaler"
    " distributor importer exporter refiner steelmaker toolmaker planemaker arms-maker gunmaker watchmaker distiller bottler baker brokerage"
    " broker consultancy investor financier reinsurer studio label consortium corporation enterprise multinational business vendor provider"
    " shipper shipowner railway telecom hotelier shipyard foundry mill brewery winery dairy co-operative cooperative".split()
)
"""Nouns for what a firm or paper is, right before its name."""
_ALLIED = frozenset(("allied", "aligned"))
_JOINED = _ALLIED | {"linked", "affiliated"}
"""Participles that join an armed group to another, where others may only deal with it."""
_LONGEST_TRADE = 5
_GATHERINGS = frozenset(
    "summit meeting conference talk round session forum ceremony congress symposium workshop seminar dialogue negotiation briefing exercise drill trial"
    " festival rally hearing".split()
)
"""Nouns for what takes place somewhere."""
_GATHERING = frozenset("meet gather convene attend join take participate be travel".split())
"""Verbs of who is at an event, whose place is that of the event."""
_WORKS = frozenset("factory plant mill refinery brewery shipyard works smelter".split())
_GOVERNMENTS = frozenset("government administration cabinet regime coalition".split())
_ORGANS = frozenset("commission council committee secretariat assembly parliament court tribunal bureau board directorate panel".split())
"""Last words of names of organs of alliances."""
_SCHOOLS = frozenset("school faculty department institute college center centre laboratory".split())


class Belongings(Neighbours):
    """Finds them in one document."""

    def facts(self) -> Iterator[Affiliation]:
        """Yield them in the order of the constructions."""
        yield from self._between()
        yield from self._owned()
        yield from self._backed()
        yield from self._flown()
        yield from self._of_nations()
        yield from self._of_wholes()
        yield from self._gathered()
        yield from self._seats()

    def _between(self) -> Iterator[Affiliation]:
        """Read the two sides that stand behind "between", wherever the parse hangs it: "an MoU between Halden Ltd and Nord AS"."""
        sides = {self.reading.mentions[i].start: (self.reading.mentions[i].end, a) for i, a in self.names("Country", *BODIES)}
        for index, mention in enumerate(self.reading.mentions):
            if mention.label != "Agreement" or mention.form == "pronoun" or len(self.reading.of_mention.get(index, ())) != 1:
                continue
            case = next((i for i in range(mention.root + 1, min(mention.end + 3, len(self.doc))) if self.doc[i].lower_ == "between"), None)
            first = sides.get(self._past_article(case + 1)) if case is not None else None
            second = sides.get(self._past_article(first[0] + 1)) if first is not None and self._is_and(first[0]) else None
            made = self.doc[mention.root].lemma_.lower() in BETWEEN and not is_sought(self.doc[mention.root])
            if first is not None and second is not None and made:
                agreement = Argument(self.reading.of_mention[index][0], index)
                # The preposition says it: whoever discusses "the pact between Chad and Mali" does not doubt that the two have made it.
                yield from (("partyTo", side, agreement, self.doc[first[0] - 1]) for side in (first[1], second[1]) if side.entity != agreement.entity)

    def _past_article(self, position: int) -> int:
        return position + (position < len(self.doc) and self.doc[position].lower_ == "the")

    def _is_and(self, position: int) -> bool:
        return position < len(self.doc) and self.doc[position].lower_ == "and"

    def _owned(self) -> Iterator[Affiliation]:
        """Read "the Greek-owned ferry Ionis", "M/V Halden, a Liberian-flagged, Polish-operated tanker", "the Solane-run mine at Arlit"."""
        for index, owner in self.names("Country", *BODIES):
            end = self.reading.mentions[index].end
            if end + 1 >= len(self.doc) or self.doc[end].text not in DASHES or self.doc[end + 1].lower_ not in _OWNED:
                continue
            participle = self.doc[end + 1]
            for thing in self.described(participle, ("Vehicle", "Facility", "Organization"))[:1]:
                label = self.reading.label(thing.entity)
                if label in ("Vehicle", "Facility"):
                    yield "operates", owner, thing, participle
                elif participle.lower_ == "owned" and self.reading.label(owner.entity) in BODIES and label in BODIES and thing.entity != owner.entity:
                    yield "subsidiaryOf", thing, owner, participle

    def _backed(self) -> Iterator[Affiliation]:
        """Read "the Kremlin-backed leader Ana Lind", "the pro-Iranian militia Saraya": who stands behind whom."""
        for index, side in self.names("Country", "Person", *BODIES):
            mention = self.reading.mentions[index]
            end, start = mention.end, mention.start
            if end + 1 < len(self.doc) and self.doc[end].text in DASHES and self.doc[end + 1].lower_ in ("backed", "supported", "sponsored"):
                found = self.described(self.doc[end + 1])[:1]
                yield from (("supported", side, a, self.doc[end + 1]) for a in found if a.entity != side.entity)
            yield from (("alliedWith", a, side, self.doc[end + 1]) for a in self._joined(side, end))
            if start > 1 and self.doc[start - 1].text in DASHES and self.doc[start - 2].lower_ == "pro":
                named = (a for a in self.described(self.doc[end - 1])[:1] if self.doc[self.reading.mentions[a.mention].root].pos_ == "PROPN")
                yield from (("supported", a, side, self.doc[start - 2]) for a in named if a.entity != side.entity)

    def _joined(self, side: Argument, end: int) -> Iterator[Argument]:
        """Yield the body that a participle behind a hyphen joins with another: "the al-Qaida-linked Saraya group", "the Tehran-allied militia"."""
        participles = _JOINED if self.reading.label(side.entity) == "ArmedGroup" else _ALLIED
        if end + 1 >= len(self.doc) or self.doc[end].text not in DASHES or self.doc[end + 1].lower_ not in participles:
            return
        for body in self.described(self.doc[end + 1], ("Organization",))[:1]:
            if body.entity != side.entity and self.reading.label(side.entity) in ("Country", *BODIES) and self.reading.label(body.entity) in BODIES:
                yield body

    def _flown(self) -> Iterator[Affiliation]:
        """Read "two Danish F-16s", "a Royal Navy Wildcat helicopter": a type has its owner before it, unless it is traded, or another's origin."""
        spans = ((self.reading.mentions[i], a) for i, a in self.names("Country", "MilitaryForce"))
        sides = sorted(((m.start, -m.end, a) for m, a in spans), key=lambda side: side[:2])
        sides = [side for side in sides if not side[0] or self.doc[side[0] - 1].tag_ != "POS"]  # "Ukraine's German tanks"
        flying: tuple[int, Argument] | None = None
        for index, craft in self.names("Vehicle"):
            mention = self.reading.mentions[index]
            first = mention.start + sum(1 for _ in takewhile(lambda t: t.pos_ in ("NUM", "DET"), self.doc[mention.start : mention.end]))
            owner = next((a for start, end, a in sides if -end == mention.start or (start == first and -end < mention.end)), None)
            if self.doc[mention.root].text.isupper() and not any(c.isdigit() for c in mention.text(self.doc)):
                continue  # a heading in capitals
            own = self.doc[self._past(owner, mention.start) : mention.end] if owner is not None else self.doc[mention.start : mention.end]
            typed = any(any(c.isdigit() for c in t.text) or t.tag_ == "NNPS" or (t.pos_ == "PROPN" and t.i == mention.root) for t in own)
            typed = typed and (len(own) > 1 or not own[0].text.isdigit())  # "CG 58" is a pennant
            if owner is None and flying is not None and mention.start == flying[0] + 1 and self.doc[flying[0]].lower_ == "and":
                owner, typed = flying[1], True  # "Royal Air Force P-8A Poseidon and Rivet Joint aircraft"
            flying = (mention.end, owner) if owner is not None else None
            if owner is not None and typed and not self._is_traded(self.doc[mention.root]):
                yield "operates", owner, craft, self.doc[mention.root]

    def _past(self, owner: Argument, start: int) -> int:
        """Return where a name goes on behind its owner, if it begins with that."""
        return max(start, self.reading.mentions[owner.mention].end)

    def _is_traded(self, craft: Token) -> bool:
        """Tell whether a craft changes hands, is made, or is used by another, so that the nationality is that of its maker: "bought American F-35s"."""
        return any(t.lemma_.lower() in _TRADING for t in craft.sent) or any(c.dep_ == "nmod:poss" for c in craft.children)

    def _of_nations(self) -> Iterator[Affiliation]:
        """Read a firm or paper behind what it is and whose: "French nuclear group Solane", "the Quito newspaper La Voz", "Peru's Minera Sol"."""
        homes = {self.reading.mentions[i].end: (self.reading.mentions[i], a) for i, a in self.names("Country", "City")}
        for index, firm in self.names("Company", "MediaOrganization"):
            start = self.reading.mentions[index].start
            at = start - (start > 0 and self.doc[start - 1].lemma_.lower() in _TRADES)
            told = at < start
            while told and at and at not in homes and start - at < _LONGEST_TRADE and self._is_trade(self.doc[at - 1]):
                at -= 1
            home = homes.get(at) if told else None
            works = self._works_in(self.reading.mentions[index].end)
            if works is not None:
                yield "basedIn", firm, works, self.doc[self.reading.mentions[index].root]
            home = None if home is not None and home[0].start in homes else home  # "Bosnian Serb news agency"
            if home is not None and (home[0].label == "City" or self._describes(self.doc[home[0].root])):
                yield "basedIn", firm, home[1], self.doc[start - 1]
            elif (owner := self._owning(self.reading.mentions[index], at, homes)) is not None:
                yield "basedIn", firm, owner, self.doc[self.reading.mentions[index].root]

    def _owning(self, firm: TokenMention, at: int, homes: Mapping[int, tuple[TokenMention, Argument]]) -> Argument | None:
        """Return the country or city whose possessive stands before a firm, or opens its name: "Peru's Minera Sol", "Lima's state lender Banco Sol"."""
        if at and self.doc[at - 1].tag_ == "POS" and at - 1 in homes:
            return homes[at - 1][1]
        within = next((end for end in homes if firm.start < end < firm.end - 1 and self.doc[end].tag_ == "POS"), None)
        return homes[within][1] if within is not None and homes[within][0].start == firm.start else None

    def _describes(self, home: Token) -> bool:
        return home.pos_ == "ADJ" or home.dep_ in ("amod", "compound")

    def _is_trade(self, word: Token) -> bool:
        return word.pos_ in ("NOUN", "ADJ") or word.text == "-"

    def _works_in(self, end: int) -> Argument | None:
        """Return the town of a firm named by its factory: "the Rivatex textile factory in Eldoret"."""
        at = end
        while at < len(self.doc) and at < end + 3 and self.doc[at].pos_ == "NOUN":
            at += 1
        if at == end or at + 1 >= len(self.doc) or self.doc[at - 1].lemma_.lower() not in _WORKS or self.doc[at].lower_ not in ("in", "at"):
            return None
        return self.starting_at(at + 1, "City", "Region")

    def _of_wholes(self) -> Iterator[Affiliation]:
        """Read a body beside the one that it is part of: "the PLA's Southern Theater Command", "Iran's elite Quds Force", "the ECCAS Commission"."""
        wholes = [(self.reading.mentions[i], a) for i, a in self.names("Country", "PoliticalParty", *WHOLES)]
        for index, part in self.names("GovernmentBody", "MilitaryForce", "Organization", "Alliance", "ArmedGroup"):
            mention = self.reading.mentions[index]
            whole = self._owner(mention, wholes) or self._bracketed_whole(mention, wholes) or self._whole_behind(mention, wholes)
            whole = whole or self._whole_within(mention, wholes)
            if whole is not None and whole.entity != part.entity:
                yield "partOf", part, whole, self.doc[mention.root]

    def _owner(self, part: TokenMention, wholes: Sequence[tuple[TokenMention, Argument]]) -> Argument | None:
        """Return the body that a body is said to be of by its possessive, or the country of its ministry or force."""
        at = part.start
        while at > part.start - _LONGEST_TRADE and at > 1 and self.doc[at - 1].is_lower and self.doc[at - 1].pos_ in ("ADJ", "NOUN"):
            at -= 1
        if at < 2 or self.doc[at - 1].tag_ != "POS":
            return None
        owner = next(((m, a) for m, a in wholes if m.end == at - 1), None)
        if owner is None:
            return None
        kind, last = self.doc[part.end - 1].lower_, self.doc[part.end - 1].is_lower
        if owner[0].label == "Country":
            if self.reading.entity(owner[1].entity).name.lower() not in owner[0].text(self.doc).lower():
                return None  # "Baku's defence ministry" may be the city's
            return owner[1] if part.label in ("GovernmentBody", "MilitaryForce") and not last else None  # not "Chad's army", which has no name
        return owner[1] if part.label in ("GovernmentBody", "MilitaryForce", "Organization") or kind in _ORGANS else None

    def _bracketed_whole(self, part: TokenMention, wholes: Sequence[tuple[TokenMention, Argument]]) -> Argument | None:
        """Return the force named in brackets behind a unit: "the 11th Army Corps (Leningrad Military District)"."""
        if part.label != "MilitaryForce" or part.end >= len(self.doc) or self.doc[part.end].text != "(":
            return None
        return next((a for m, a in wholes if m.start == part.end + 1 and m.label == "MilitaryForce" and m.end - m.start > 1 and self._closes(m)), None)

    def _closes(self, mention: TokenMention) -> bool:
        return mention.end < len(self.doc) and self.doc[mention.end].text in (")", ",", ";")

    def _whole_behind(self, part: TokenMention, wholes: Sequence[tuple[TokenMention, Argument]]) -> Argument | None:
        """Return the body behind "of" or "at": "the Peace and Security Council (PSC) of the African Union", "the School of Law at Halden University"."""
        at = part.end
        if at + 3 < len(self.doc) and self.doc[at].text == "(" and self.doc[at + 2].text == ")":
            at += 3
        if at + 1 >= len(self.doc) or self.doc[at].lower_ not in ("of", "at") or self.doc[part.end - 1].lower_ in _GOVERNMENTS:
            return None
        academic = {t.lower_ for t in self.doc[part.start : part.end]} & _SCHOOLS
        behind = at + 1 + (self.doc[at + 1].lower_ == "the")
        found = next(((m, a) for m, a in wholes if m.start == behind and m.label != "Country"), None)
        if found is None or (self.doc[at].lower_ == "at" and not (academic and "University" in found[0].text(self.doc))):
            return None
        return found[1] if part.label in ("GovernmentBody", "MilitaryForce", "Organization") or self.doc[part.end - 1].lower_ in _ORGANS else None

    def _whole_within(self, part: TokenMention, wholes: Sequence[tuple[TokenMention, Argument]]) -> Argument | None:
        """Return the alliance whose name opens that of its organ: "the ECCAS Commission"."""
        if self.doc[part.end - 1].lower_ not in _ORGANS:
            return None
        named = {m.text(self.doc): a for m, a in wholes if m.label == "Alliance"}
        return next((named[t] for n in range(part.end - 1, part.start, -1) if (t := words_between(self.doc, part.start, n)) in named), None)

    def _gathered(self) -> Iterator[Affiliation]:
        """Read a named event with the place that the clause names beside it: "met in Manila for the Maritime Dialogue", "in Oslo for the Arctic Forum"."""
        cities = {self.reading.mentions[i].root: a for i, a in self.names("City")}
        for index, event in self.names("Event"):
            head = self.doc[self.reading.mentions[index].root]
            named = any(t.pos_ == "PROPN" for t in self.doc[self.reading.mentions[index].start : self.reading.mentions[index].end])
            gathering = any(t.lemma_.lower() in _GATHERINGS for t in self.doc[self.reading.mentions[index].start : self.reading.mentions[index].end])
            verb = head.head.head if head.head.lemma_ == "part" else head.head
            if not (named and gathering) or verb.lemma_ not in _GATHERING or case_of(head) not in ("for", "at", "in", None) or is_negated(verb):
                continue
            there = [c for c in verb.children if c.dep_ == "obl" and case_of(c) == "in" and c.i in cities]
            if len(there) == 1:
                yield "locatedIn", event, cities[there[0].i], verb

    def _seats(self) -> Iterator[Affiliation]:
        """Read "the headquarters of the Northern Party in Kano", "its base in Walvis Bay", "NATO's headquarters in Brussels"."""
        places = {self.reading.mentions[i].start: (self.reading.mentions[i], a) for i, a in self.names("City", "Region", "Place", "Facility")}
        bodies = {self.reading.mentions[i].start: (self.reading.mentions[i], a) for i, a in self.names(*BODIES)}
        for noun in spelled(self.doc, ("headquarters", "base", "seat", "secretariat")):
            end = noun.i + 1
            owners = self.arguments.of_phrases(possessors(noun))
            if not owners and end + 1 < len(self.doc) and self.doc[end].lower_ == "of":
                found = bodies.get(end + 1 + (self.doc[end + 1].lower_ == "the"))
                owners, end = ((found[1],), found[0].end) if found is not None else ((), end)
            place = places.get(end + 1) if end + 1 < len(self.doc) and self.doc[end].lower_ in ("in", "at") else None
            if place is not None and noun.pos_ in ("NOUN", "PROPN"):
                yield from (("basedIn", a, place[1], noun) for a in owners[:1] if self.reading.label(a.entity) in BODIES)
