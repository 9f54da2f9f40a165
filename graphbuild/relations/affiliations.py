"""Where people and bodies belong, in the short forms of news: "Labour MP Ana Lind", "Ana Lind (Labour)", "Geneva-based", "to which both are parties"."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.classes import DEEDS
from graphbuild.entities import Reading
from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions import TokenMention
from graphbuild.mentions.base import WHOLES
from graphbuild.mentions.described import BETWEEN, is_sought
from graphbuild.names import BODIES
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.syntax import antecedent, case_of, conjuncts, has_copula, is_negated, possessors, subjects

_SEATED = frozenset(("based", "headquartered", "registered", "incorporated"))
_OWNED = frozenset(("owned", "operated", "run", "managed", "chartered"))
_TRADING = frozenset(
    "buy sell sale order purchase procure acquire acquisition supply deliver delivery export import donate give receive get transfer build make produce"
    " manufacture use employ want need offer equip obtain request gift contract lease replace modernise modernize train".split()
)
"""Words beside a type of aircraft whose nationality says who made it, not who flies it."""
_TRADES = frozenset(
    "company firm group giant maker conglomerate manufacturer producer operator contractor startup start-up bank lender insurer airline carrier retailer"
    " utility shipbuilder carmaker automaker drugmaker chipmaker miner brewer builder developer supplier broadcaster newspaper daily weekly magazine tabloid"
    " website publisher agency paper outlet".split()
)
"""Nouns for what a firm or paper is, right before its name."""
_LONGEST_TRADE = 5
_GATHERINGS = frozenset(
    "summit meeting conference talk round session forum ceremony congress symposium workshop seminar dialogue negotiation briefing exercise drill trial"
    " festival rally hearing".split()
)
"""Nouns for what takes place somewhere."""
_LANDMARKS = frozenset(
    "airport airfield airbase palace base headquarters refinery plant port prison dam garrison barracks shipyard mine embassy consulate".split()
)
"""Nouns for what a town has one of, so that "the airport in Bergen" says which."""
_GATHERING = frozenset("meet gather convene attend join take participate be travel".split())
"""Verbs of who is at an event, whose place is that of the event."""
_WORKS = frozenset("factory plant mill refinery brewery shipyard works smelter".split())
_AGENCIES = frozenset("organisation organization agency authority commission committee council academy institute office service guard".split())
"""Last words, written small, of names of public bodies."""
_GOVERNMENTS = frozenset("government administration cabinet regime coalition".split())
_ORGANS = frozenset("commission council committee secretariat assembly parliament court tribunal bureau board directorate panel".split())
"""Last words of names of organs of alliances."""
_SCHOOLS = frozenset("school faculty department institute college center centre laboratory".split())
_FLAGGED = frozenset("flagged registered owned operated run managed chartered crewed built backed led".split())
"""Participles behind a hyphen that stand in a row: "a Palauan-flagged, Greek-owned ship"."""
_HEADS = frozenset("leader chief chairman chairwoman chair president head founder boss spokesman spokeswoman spokesperson treasurer secretary".split())
"""Offices that a party has itself: who holds them is told by what they are of."""
_UNPOLITICAL = frozenset("international watch foundation agency institute association".split())
"""Last words of names that are no party's, whatever their class."""
_HOUSES = frozenset("court courts tribunal privy university college school academy hospital museum".split())
"""Words in the names of bodies that have one house."""
_STILL_OPEN = frozenset("proposed possible potential planned draft prospective future".split())
"""What nobody has signed yet."""
_PIED = {"to": ("party", "signatory"), "of": ("member",)}
"""The preposition before "which", and the nouns that it goes with."""
_OF_ALLIANCES = frozenset("ally member state country nation partner force government".split())
_DASHES = ("-", "‑", "–")
_MODIFIERS = frozenset(("compound", "amod", "nmod:desc", "flat", "nmod"))

_UNDER_TALKS = frozenset("trade partnership investment draft proposed future possible negotiate negotiated negotiating negotiations talks".split())
"""Words beside an agreement that is not yet one, or may not be."""

Affiliation = tuple[str, Argument, Argument, Token]
"""Relation, its two ends, and the word that says it."""


class Affiliations:
    """Finds them in one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, arguments: Arguments, games: Collection[int] = ()) -> None:
        self.reading, self.doc, self.catalogue, self.arguments = reading, reading.doc, catalogue, arguments
        self.games = games
        self.delegates: set[str] = set()
        """Who of a list comes for which country."""
        self.seats: set[int] = set()
        """Mentions of places in "Geneva-based", whose bodies are found here."""

    def facts(self) -> Iterator[Affiliation]:
        """Yield them in the order of the constructions."""
        yield from self._of_parties()
        yield from self._of_delegations()
        yield from self._of_places()
        yield from self._owned()
        yield from self._backed()
        yield from self._flown()
        yield from self._pied_piped()
        yield from self._bare_members()
        yield from self._listed_members()
        yield from self._among_others()
        yield from self._of_nations()
        yield from self._of_wholes()
        yield from self._held_at()
        yield from self._gathered()
        yield from self._seats()
        yield from self._seated()
        yield from self._led()
        yield from self._joined_by()
        yield from self._between()

    def _names(self, *labels: str) -> Iterator[tuple[int, Argument]]:
        for i, mention in enumerate(self.reading.mentions):
            if mention.form == "name" and mention.label in labels and i in self.reading.of_mention:
                yield i, Argument(self.reading.of_mention[i][0], i)

    def _starting_at(self, token: int, *labels: str) -> Argument | None:
        return next((a for i, a in self._names(*labels) if self.reading.mentions[i].start == token), None)

    def _joined_by(self) -> Iterator[Affiliation]:
        """Yield the two sides of an agreement whose name they open, joined by a hyphen: "the Chad-Mali Framework Agreement"."""
        sides = list(self._names("Country", "Alliance"))
        ending = {self.reading.mentions[i].end: a for i, a in sides}
        starting = {self.reading.mentions[i].start: a for i, a in sides}
        for index, agreement in self._names("Agreement"):
            mention = self.reading.mentions[index]
            for dash in self.doc[mention.start : mention.end]:
                one, other = (ending.get(dash.i), starting.get(dash.i + 1)) if dash.text in ("-", "–") else (None, None)
                if one is not None and other is not None and not self._is_open(mention):
                    # The dash, not the agreement, says it: who rejects "the Chad-Mali deal" does not deny that the two have made it.
                    yield from (("partyTo", side, agreement, dash) for side in (one, other))

    def _between(self) -> Iterator[Affiliation]:
        """Read the two sides that stand behind "between", wherever the parse hangs it: "an MoU between Halden Ltd and Nord AS"."""
        sides = {self.reading.mentions[i].start: (self.reading.mentions[i].end, a) for i, a in self._names("Country", *BODIES)}
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

    def _is_open(self, agreement: TokenMention) -> bool:
        """Tell whether an agreement is not one yet, or may not be: proposed, or talked about."""
        around = (*self.doc[agreement.start : agreement.end], *self.doc[agreement.root].sent)
        return any(t.lower_ in _STILL_OPEN for t in self.doc[agreement.root].children) or any(t.lower_ in _UNDER_TALKS for t in around)

    # Parties

    def _of_parties(self) -> Iterator[Affiliation]:
        for index, party in self._names("PoliticalParty"):
            if self.doc[self.reading.mentions[index].end - 1].lower_ in _UNPOLITICAL:
                continue
            mention = self.reading.mentions[index]
            member = (
                self._bracketed(mention.start, mention.end)
                or self._speaking_for(mention.start, mention.end)
                or self._titled(mention.end)
                or self._called(mention.start, self.doc[mention.root])
            )
            if member is not None:
                yield "memberOf", member, party, self.doc[mention.root]

    def _of_delegations(self) -> Iterator[Affiliation]:
        """Read who speaks or comes for a country, outside games: "Ms Beridze (Georgia)", "talks with Qin of China and Saidov of Uzbekistan"."""
        of: dict[int, list[tuple[Argument, Argument]]] = {}
        for index, country in self._names("Country"):
            mention = self.reading.mentions[index]
            if mention.start < 2 or (self.games and self.doc[mention.root].sent.start in self.games):
                continue
            before = self._bracketed(mention.start, mention.end)
            if before is not None:
                yield "officialOf", before, country, self.doc[mention.root]
            at = mention.start - 1 - (self.doc[mention.start - 1].lower_ == "the")
            person = next((a for i, a in self._names("Person") if self.reading.mentions[i].end == at), None) if self._comes_from(at, mention.end) else None
            if person is not None:
                of.setdefault(self.doc[mention.root].sent.start, []).append((person, country))
        for pairs in of.values():
            if len(pairs) > 1:
                self.delegates |= {person.entity for person, _ in pairs}
                yield from (("officialOf", person, country, self.doc[self.reading.mentions[country.mention].root]) for person, country in pairs)

    def _comes_from(self, of: int, end: int) -> bool:
        """Tell whether "of" and a country say where somebody comes from, not whose something is: "assured Sandu of Romania's support"."""
        return self.doc[of].lower_ == "of" and not (end < len(self.doc) and self.doc[end].tag_ == "POS")

    def _bracketed(self, start: int, end: int) -> Argument | None:
        """Take the person before a party in brackets: "Ana Lind (Labour)"."""
        if start < 2 or self.doc[start - 1].text != "(" or end >= len(self.doc) or self.doc[end].text[0] not in "),-–/":
            return None
        return next((a for i, a in self._names("Person") if self.reading.mentions[i].end == start - 1), None)

    def _speaking_for(self, start: int, end: int) -> Argument | None:
        """Take the person before a party between commas: "Ana Lind, for Labour, asked"."""
        if start < 3 or self.doc[start - 1].lower_ != "for" or self.doc[start - 2].text != "," or end >= len(self.doc) or self.doc[end].text != ",":
            return None
        return next((a for i, a in self._names("Person") if self.reading.mentions[i].end == start - 2), None)

    def _titled(self, end: int) -> Argument | None:
        """Take the person named right behind a party, or behind party and office: "Social Democrat Ana Lind", "Labour defence critic Ana Lind"."""
        titles = {self.reading.mentions[i].start: self.reading.mentions[i].end for i, _ in self._names("Position")}
        at = end
        while at < len(self.doc) and at - end < 4 and (at in titles or (self.doc[at].pos_ in ("NOUN", "ADJ") and self.doc[at].dep_ in _MODIFIERS)):
            at = titles.get(at, at + 1)
        office = self.doc[end:at]
        if at >= len(self.doc) or self.doc[at].sent.start != self.doc[end - 1].sent.start or any(t.lemma_.lower() in _HEADS for t in office):
            return None
        return self._starting_at(at, "Person")

    def _called(self, start: int, head: Token) -> Argument | None:
        """Take the person who is called by a party's name: "Ana Lind, a Republican from Ohio"."""
        if not start or self.doc[start - 1].lower_ not in ("a", "an"):
            return None
        if has_copula(head):
            return next((a for a in self.arguments.of_phrases(subjects(head)) if self.reading.label(a.entity) == "Person"), None)
        found = self.arguments.of_head(head.head) if head.dep_ == "appos" and head.head.i < head.i else ()
        return next((a for a in found if self.reading.label(a.entity) == "Person"), None)

    # Places

    def _of_places(self) -> Iterator[Affiliation]:
        """Read "Geneva-based group Clean Wells", "Clean Wells, a Geneva-based charity", "Faro-born Rui Lima"."""
        for index, place in self._names("City", "Region", "Country", "Place", "Facility"):
            end = self.reading.mentions[index].end
            if end + 1 >= len(self.doc) or self.doc[end].text not in ("-", "‑", "–") or self.doc[end + 1].lower_ not in _SEATED | {"born"}:
                continue
            participle = self.doc[end + 1]
            relation, labels = ("bornIn", ("Person",)) if participle.lower_ == "born" else ("basedIn", ("Organization",))
            found = [a for a in self._described(participle) if self.catalogue.admits(labels, self.reading.label(a.entity))][:1]
            if found and relation == "basedIn":
                self.seats.add(index)
            yield from ((relation, a, place, participle) for a in found)

    def _of_nations(self) -> Iterator[Affiliation]:
        """Read a firm or paper behind what it is and whose: "French nuclear group Solane", "the Quito newspaper La Voz", "Italy's Fiori Aerospace"."""
        homes = {self.reading.mentions[i].end: (self.reading.mentions[i], a) for i, a in self._names("Country", "City")}
        for index, firm in self._names("Company", "MediaOrganization"):
            start = self.reading.mentions[index].start
            at = start - (start > 0 and self.doc[start - 1].lemma_.lower() in _TRADES)
            told = at < start
            while told and at and at not in homes and start - at < _LONGEST_TRADE and (self.doc[at - 1].pos_ in ("NOUN", "ADJ") or self.doc[at - 1].text == "-"):
                at -= 1
            home = homes.get(at) if told else None
            works = self._works_in(self.reading.mentions[index].end)
            if works is not None:
                yield "basedIn", firm, works, self.doc[self.reading.mentions[index].root]
            home = None if home is not None and home[0].start in homes else home  # "Bosnian Serb news agency"
            if home is not None and (home[0].label == "City" or self.doc[home[0].root].pos_ == "ADJ" or self.doc[home[0].root].dep_ in ("amod", "compound")):
                yield "basedIn", firm, home[1], self.doc[start - 1]

    def _works_in(self, end: int) -> Argument | None:
        """Return the town of a firm named by its factory: "the Rivatex textile factory in Eldoret"."""
        at = end
        while at < len(self.doc) and at < end + 3 and self.doc[at].pos_ == "NOUN":
            at += 1
        if at == end or at + 1 >= len(self.doc) or self.doc[at - 1].lemma_.lower() not in _WORKS or self.doc[at].lower_ not in ("in", "at"):
            return None
        return self._starting_at(at + 1, "City", "Region")

    def _of_wholes(self) -> Iterator[Affiliation]:
        """Read a body beside the one that it is part of: "the PLA's Southern Theater Command", "Iran's elite Quds Force", "the ECCAS Commission"."""
        wholes = [(self.reading.mentions[i], a) for i, a in self._names("Country", "PoliticalParty", *WHOLES)]
        for index, part in self._names("GovernmentBody", "MilitaryForce", "Organization", "Alliance", "ArmedGroup"):
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
            public = part.label in ("GovernmentBody", "MilitaryForce") or (last and kind in _AGENCIES)
            return owner[1] if public and kind not in _GOVERNMENTS else None
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
        return next((named[t] for n in range(part.end - 1, part.start, -1) if (t := self.doc[part.start : n].text) in named), None)

    def _held_at(self) -> Iterator[Affiliation]:
        """Read an event or building with its place right behind it: "an energy conference in Doha", "the palace in Niamey", "the embassy in Juba"."""
        places = {self.reading.mentions[i].start: (self.reading.mentions[i], a) for i, a in self._names("City", "Region", "Place", "Country", "Facility")}
        for index, mention in enumerate(self.reading.mentions):
            head = self.doc[mention.root]
            if len(self.reading.of_mention.get(index, ())) != 1 or not self._is_somewhere(mention, head):
                continue
            place = self._right_behind(mention, places)
            if place is not None and (place[0].label != "Country" or head.lemma_.lower() in _GATHERINGS):
                relation = "basedIn" if mention.label == "GovernmentBody" else "locatedIn"
                yield relation, Argument(self.reading.of_mention[index][0], index), place[1], head

    def _gathered(self) -> Iterator[Affiliation]:
        """Read a named event with the place that the clause names beside it: "met in Manila for the Maritime Dialogue", "in Oslo for the Arctic Forum"."""
        cities = {self.reading.mentions[i].root: a for i, a in self._names("City")}
        for index, event in self._names("Event"):
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
        places = {self.reading.mentions[i].start: (self.reading.mentions[i], a) for i, a in self._names("City", "Region", "Place", "Facility")}
        bodies = {self.reading.mentions[i].start: (self.reading.mentions[i], a) for i, a in self._names(*BODIES)}
        for noun in spelled(self.doc, ("headquarters", "base", "seat", "secretariat")):
            end = noun.i + 1
            owners = self.arguments.of_phrases(possessors(noun))
            if not owners and end + 1 < len(self.doc) and self.doc[end].lower_ == "of":
                found = bodies.get(end + 1 + (self.doc[end + 1].lower_ == "the"))
                owners, end = ((found[1],), found[0].end) if found is not None else ((), end)
            place = places.get(end + 1) if end + 1 < len(self.doc) and self.doc[end].lower_ in ("in", "at") else None
            if place is not None and noun.pos_ in ("NOUN", "PROPN"):
                yield from (("basedIn", a, place[1], noun) for a in owners[:1] if self.reading.label(a.entity) in BODIES)

    def _is_somewhere(self, mention: TokenMention, head: Token) -> bool:
        """Tell whether what a mention names takes place or stands somewhere, and no verb above says so itself."""
        if mention.label in ("Facility", "GovernmentBody"):
            return head.pos_ == "NOUN" and head.lower_ in _LANDMARKS
        if mention.label != "Event" or mention.form == "pronoun":
            return False
        held = head.dep_ in ("obj", "nsubj:pass") and head.head.lemma_ in ("hold", "host", "stage", "convene")
        deed = head.lemma_.lower() in DEEDS and head.tag_ not in ("NNS", "NNPS") and head.lemma_.lower() != "coup"
        return not held and (deed or head.lemma_.lower() in _GATHERINGS)

    def _is_day(self, case: Token) -> bool:
        """Tell whether a preposition leads to a day: "the ambush of 15 January near Grimari"."""
        return case.nbor().like_num or case.nbor().lower_ in CALENDAR

    def _right_behind(self, mention: TokenMention, places: Mapping[int, tuple[TokenMention, Argument]]) -> tuple[TokenMention, Argument] | None:
        """Return the place that "in", "at" or "near" joins to a mention, in it or right behind it."""
        ahead = range(mention.root + 1, min(mention.end + 1, len(self.doc)))
        case = next((i for i in ahead if self.doc[i].lower_ in ("in", "at", "near")), None)
        if case is None or (mention.label != "Event" and self.doc[case].lower_ == "near"):
            return None
        deed = self.doc[mention.root].lemma_.lower() in DEEDS  # "the attack on a convoy in Bergen": the convoy may be there
        if any(t.is_punct or (deed and t.lower_ in ("on", "against", "of", "outside") and not self._is_day(t)) for t in self.doc[mention.root : case]):
            return None
        at = case + 1
        while at < case + 4 and at + 1 < len(self.doc) and at not in places and self.doc[at].is_lower and self.doc[at].pos_ in ("DET", "ADJ", "NOUN"):
            at += 1
        return places.get(at)

    def _seated(self) -> Iterator[Affiliation]:
        """Read a court or school with its place right behind it, wherever the parse hangs that: "petition the Privy Council in London"."""
        places = {self.reading.mentions[i].start: a for i, a in self._names("City", "Region", "Country")}
        for index, body in self._names("GovernmentBody", "Organization"):
            mention = self.reading.mentions[index]
            words = {t.lower_ for t in self.doc[mention.start : mention.end]}
            place = places.get(mention.end + 1) if words & _HOUSES and mention.end < len(self.doc) and self.doc[mention.end].lower_ == "in" else None
            if place is not None and any(t.is_title for t in self.doc[mention.start : mention.end]):
                yield "basedIn", body, place, self.doc[mention.root]

    def _led(self) -> Iterator[Affiliation]:
        """Read "the NATO-led force KFOR", "ISAF, a NATO-led force"."""
        for index, alliance in self._names("Alliance"):
            end = self.reading.mentions[index].end
            if end + 1 < len(self.doc) and self.doc[end].text in ("-", "‑", "–") and self.doc[end + 1].lower_ == "led":
                led = [a for a in self._described(self.doc[end + 1]) if self.catalogue.admits(("Organization",), self.reading.label(a.entity))][:1]
                yield from (("partOf", a, alliance, self.doc[end + 1]) for a in led)

    def _owned(self) -> Iterator[Affiliation]:
        """Read "the Greek-owned ferry Ionis", "M/V Halden, a Liberian-flagged, Polish-operated tanker", "the Solane-run mine at Arlit"."""
        for index, owner in self._names("Country", *BODIES):
            end = self.reading.mentions[index].end
            if end + 1 >= len(self.doc) or self.doc[end].text not in _DASHES or self.doc[end + 1].lower_ not in _OWNED:
                continue
            participle = self.doc[end + 1]
            for thing in self._described(participle, ("Vehicle", "Facility", "Organization"))[:1]:
                label = self.reading.label(thing.entity)
                if label in ("Vehicle", "Facility"):
                    yield "operates", owner, thing, participle
                elif participle.lower_ == "owned" and self.reading.label(owner.entity) in BODIES and label in BODIES and thing.entity != owner.entity:
                    yield "subsidiaryOf", thing, owner, participle

    def _backed(self) -> Iterator[Affiliation]:
        """Read "the Kremlin-backed leader Ana Lind", "the pro-Iranian militia Saraya": who stands behind whom."""
        for index, side in self._names("Country", "Person", *BODIES):
            mention = self.reading.mentions[index]
            end, start = mention.end, mention.start
            if end + 1 < len(self.doc) and self.doc[end].text in _DASHES and self.doc[end + 1].lower_ in ("backed", "supported", "sponsored"):
                found = self._described(self.doc[end + 1])[:1]
                yield from (("supported", side, a, self.doc[end + 1]) for a in found if a.entity != side.entity)
            if start > 1 and self.doc[start - 1].text in _DASHES and self.doc[start - 2].lower_ == "pro":
                named = (a for a in self._described(self.doc[end - 1])[:1] if self.doc[self.reading.mentions[a.mention].root].pos_ == "PROPN")
                yield from (("supported", a, side, self.doc[start - 2]) for a in named if a.entity != side.entity)

    def _flown(self) -> Iterator[Affiliation]:
        """Read "two Danish F-16s", "a Royal Navy Wildcat helicopter": a type has its owner before it, unless it is traded, or another's origin."""
        spans = ((self.reading.mentions[i], a) for i, a in self._names("Country", "MilitaryForce"))
        sides = sorted(((m.start, -m.end, a) for m, a in spans), key=lambda side: side[:2])
        sides = [side for side in sides if not side[0] or self.doc[side[0] - 1].tag_ != "POS"]  # "Ukraine's German tanks"
        flying: tuple[int, Argument] | None = None
        for index, craft in self._names("Vehicle"):
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

    def _described(self, participle: Token, labels: tuple[str, ...] = ("Organization", "Person")) -> tuple[Argument, ...]:
        """Return what a participle before a noun says something of: the first name behind it in its phrase, else what the phrase stands for."""
        noun = participle.head if participle.head.i > participle.i else None
        for token in self.doc[participle.i + 1 : participle.sent.end]:
            cover = self.arguments.covering.get(token.i)
            mention = self.reading.mentions[cover] if cover is not None else None
            if cover is not None and mention and mention.start == token.i and self.catalogue.admits(labels, mention.label):
                return (Argument(self.reading.of_mention[cover][0], cover),)
            if not self._goes_on(token):
                break
            noun = token if token.pos_ == "NOUN" and token.head.i < participle.i else noun
        found = () if noun is None else self.arguments.of_head(noun) or self.arguments.denoted(noun)
        named = tuple(a for a in found if any(self.reading.mentions[i].form == "name" for i in self.reading.entity(a.entity).mentions))
        return self._renamed(participle, labels) or named

    def _goes_on(self, token: Token) -> bool:
        """Tell whether the words before a noun go on with a token, or with one more participle behind a comma: "Greek-owned, Polish-operated tanker"."""
        if token.text == ",":
            ahead = self.doc[token.i + 1 : token.i + 6]
            return any(t.text in _DASHES and t.i + 1 < len(self.doc) and t.nbor().lower_ in _FLAGGED for t in ahead)
        return token.pos_ in ("NOUN", "ADJ", "PROPN", "CCONJ") or token.text == "-" or (token.lower_ in _FLAGGED and token.nbor(-1).text in _DASHES)

    def _renamed(self, participle: Token, labels: tuple[str, ...]) -> tuple[Argument, ...]:
        """Return the name that a phrase behind a comma tells more of, wherever the parse hangs it: "hit the Ionis, a Greek-owned ferry"."""
        start = participle.i
        while start > participle.sent.start and self.doc[start - 1].text != "," and self.doc[start].lower_ not in ("a", "an"):
            start -= 1
        while start > participle.sent.start and self.doc[start].lower_ not in ("a", "an") and self._is_in_row(start - 1):
            start -= 1
        if self.doc[start].lower_ not in ("a", "an") or start < 2 or self.doc[start - 1].text != ",":
            return ()
        before = self._ending_at(start - 1)
        named = before is not None and self.reading.mentions[before.mention].form == "name" and self.catalogue.admits(labels, self.reading.label(before.entity))
        return (before,) if named and before is not None else ()

    def _is_in_row(self, position: int) -> bool:
        token = self.doc[position]
        return token.text in (",", *_DASHES, "a", "an") or token.lower_ in _FLAGGED or token.pos_ in ("ADJ", "PROPN")

    # Relative clauses whose preposition goes before

    def _pied_piped(self) -> Iterator[Affiliation]:
        """Read "the treaty, to which both Ghana and Togo are parties", "the bloc, of which Peru is a member"."""
        for which in (t for t in spelled(self.doc, ("which",)) if t.i > 1):
            prep = which.nbor(-1)
            if prep.lower_ not in _PIED:
                continue
            before = prep.i - 1 - (prep.nbor(-1).text == ",")
            cover = self._ending_at(before + 1)
            noun = next((t for t in self.doc[which.i : which.sent.end] if t.lemma_.lower() in _PIED[prep.lower_] and _is_predicate(t)), None)
            if cover is None or noun is None:
                continue
            own = [antecedent(c, noun) for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer") and c.i > which.i] or subjects(noun.head)
            relation = "memberOf" if prep.lower_ == "of" else "partyTo"
            yield from ((relation, a, cover, noun) for a in self.arguments.of_phrases(own) if a.entity != cover.entity)

    def _bare_members(self) -> Iterator[Affiliation]:
        """Read "Chad and Niger remain members": of the alliance named last."""
        alliances = [(i, a) for i, a in self._names("Alliance")]
        for noun in spelled(self.doc, ("member", "members")):
            if not _is_predicate(noun) or any(c.dep_ in ("nmod", "nmod:poss", "compound", "amod") for c in noun.children):
                continue
            body = next((a for i, a in reversed(alliances) if self.reading.mentions[i].end <= noun.i), None)
            own = [c for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer")] or subjects(noun.head)
            if body is not None and not any(c.lower_ in ("which", "whom") for c in noun.children):
                yield from (("memberOf", a, body, noun) for a in self.arguments.of_phrases(own) if self.reading.label(a.entity) == "Country")

    def _listed_members(self) -> Iterator[Affiliation]:
        """Read "the eight states of the Arctic Council are Canada, …", "the members of the bloc: Chad, Mali and Niger"."""
        alliances = {self.reading.mentions[i].start: (self.reading.mentions[i].end, a) for i, a in self._names("Alliance")}
        for noun in spelled(self.doc, ("members", "nations", "countries", "states")):
            at = noun.i + 1
            if at + 1 >= len(self.doc) or self.doc[at].lower_ != "of":
                continue
            found = alliances.get(at + 1 + (self.doc[at + 1].lower_ == "the"))
            if found is None:
                continue
            end, alliance = found
            listed: list[Token] = list(conjuncts(noun.head)) if noun.dep_ == "nsubj" and has_copula(noun.head) else []
            if not listed and end < len(self.doc) and self.doc[end].text in (":", "–", "—", "("):
                listed = self._row(end + 1)
            members = [a for t in listed for a in self.arguments.of_head(t) if self.reading.label(a.entity) == "Country"]
            if len(members) > 1:
                yield from (("memberOf", a, alliance, noun) for a in members)

    def _row(self, position: int) -> list[Token]:
        """Return the heads of the countries that stand one behind the other from a word on, parted by commas and "and"."""
        countries = {self.reading.mentions[i].start: self.reading.mentions[i] for i, _ in self._names("Country")}
        out = []
        while position < len(self.doc) and (self.doc[position].lower_ in (",", "and", "the") or position in countries):
            if position in countries:
                out.append(self.doc[countries[position].root])
                position = countries[position].end
            else:
                position += 1
        return out

    def _among_others(self) -> Iterator[Affiliation]:
        """Read "Norway and other NATO allies", "the army and other Coalition forces": those named before are of them."""
        for index, body in self._names("Alliance", "MilitaryForce"):
            whole = self.doc[self.reading.mentions[index].root].lemma_.lower() == "force"  # "Coalition forces" is a name, too
            end = self.reading.mentions[index].end - whole
            noun = self.doc[end] if end < len(self.doc) else None
            other = self.doc[self.reading.mentions[index].start - 1]
            if noun is None or noun.lemma_.lower() not in _OF_ALLIANCES or noun.tag_ not in ("NNS", "NNPS") or other.lower_ not in ("other", "fellow"):
                continue
            named = list(conjuncts(noun.head)) if noun.dep_ == "conj" else []
            if noun.lemma_.lower() == "partner" and "coalition" not in self.reading.entity(body.entity).name.lower():
                continue  # NATO's partners are none of its members
            for member in (a for t in named if t.i < noun.i and t.pos_ == "PROPN" for a in self.arguments.of_head(t)):
                if member.entity != body.entity and self.reading.label(member.entity) in ("Country", "MilitaryForce"):
                    yield "memberOf", member, body, noun

    def _ending_at(self, end: int) -> Argument | None:
        found = [
            (m.start, i) for i, m in enumerate(self.reading.mentions) if m.end == end and m.form != "pronoun" and len(self.reading.of_mention.get(i, ())) == 1
        ]
        return Argument(self.reading.of_mention[min(found)[1]][0], min(found)[1]) if found else None


def _is_predicate(noun: Token) -> bool:
    return has_copula(noun) or (noun.dep_ in ("xcomp", "obj") and noun.head.lemma_ in ("become", "remain"))
