"""Where people and bodies belong, in the short forms of news: "Labour MP Ana Lind", "Ana Lind (Labour)", "Geneva-based", "to which both are parties"."""

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.entities import Reading
from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import spelled
from graphbuild.mentions import TokenMention
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.neighbours import Neighbours
from graphbuild.relations.qualifiers import CALLED
from graphbuild.syntax import antecedent, conjuncts, has_copula, modifiers, possessors, subjects

_SEATED = frozenset(("based", "headquartered", "registered", "incorporated"))
_HEADS = frozenset("leader chief chairman chairwoman chair president head founder boss spokesman spokeswoman spokesperson treasurer secretary".split())
"""Offices that a party has itself: who holds them is told by what they are of."""
_UNPOLITICAL = frozenset("international watch foundation agency institute association".split())
"""Last words of names that are no party's, whatever their class."""
_HOUSES = frozenset("court courts tribunal privy university college school academy hospital museum".split())
"""Words in the names of bodies that have one house."""
_STILL_OPEN = CALLED | frozenset("proposed possible potential planned draft prospective future".split())
"""What nobody has signed yet."""
_PIED = {"to": ("party", "signatory"), "of": ("member",)}
"""The preposition before "which", and the nouns that it goes with."""
_OF_ALLIANCES = frozenset("ally member state country nation partner force government".split())
_MODIFIERS = frozenset(("compound", "amod", "nmod:desc", "flat", "nmod"))
_UNDER_TALKS = frozenset("trade partnership investment draft proposed future possible negotiate negotiated negotiating negotiations talks".split())
"""Words beside an agreement that is not yet one, or may not be."""
_TRADES = re.compile(r"(?:\w{2}er|or|ist|ian|eer|\w{2}man|\w{2}woman|hand|clerk|guard|cook|nurse|coach)$")
"""Endings of nouns for those who do a kind of work: scaffolder, organiser, machinist, signalman."""
_NO_TRADES = frozenset(
    "member partner leader founder co-founder cofounder owner co-owner holder shareholder stakeholder bondholder supporter follower fighter prisoner player"
    " brother father mother sister daughter grandfather grandmother observer minister customer subscriber visitor speaker user insider outsider newcomer"
    " winner runner contender volunteer negotiator mediator investor debtor creditor contributor competitor collaborator conspirator ambassador survivor donor"
    " sponsor politician civilian senior junior prisoner neighbor other number order matter letter paper power transfer dinner career interpreter liaison"
    " placeholder passenger commuter listener reader viewer buyer seller bidder lender borrower trader insurer supplier".split()
)
"""Nouns with such endings that say nothing of where somebody works."""
_EMPLOYERS = ("Company", "MediaOrganization", "Organization", "GovernmentBody", "Alliance")
_STAFF = frozenset(("staff", "payroll"))
Affiliation = tuple[str, Argument, Argument, Token]
"""Relation, its two ends, and the word that says it."""


class Affiliations(Neighbours):
    """Finds them in one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, arguments: Arguments, games: Collection[int] = ()) -> None:
        super().__init__(reading, catalogue, arguments)
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
        yield from self._nationals()
        yield from self._pied_piped()
        yield from self._bare_members()
        yield from self._listed_members()
        yield from self._among_others()
        yield from self._seated()
        yield from self._led()
        yield from self._joined_by()
        yield from self._working()

    def _working(self) -> Iterator[Affiliation]:
        """Read "Ana Lind, a scaffolder with Rigger", "was on the payroll of Rigger": whoever is called by a kind of work works where it is done."""
        listed = self.catalogue.evoked_by["noun"]
        for noun in self.doc:
            if noun.tag_ != "NN" or noun.pos_ != "NOUN":
                continue
            lemma = noun.lemma_.lower()
            if lemma in _STAFF:
                yield from self._on_staff(noun)
            elif _TRADES.search(lemma) and lemma not in _NO_TRADES and not any(r.name == "employedBy" for r, _ in listed.get(lemma, ())):
                people = [a for a in self.arguments.denoted(noun) if self.reading.label(a.entity) == "Person"]
                yield from self._employed(people, [*modifiers(noun, "at"), *modifiers(noun, "with")], noun) if people else ()

    def _on_staff(self, noun: Token) -> Iterator[Affiliation]:
        """Read "was on the staff of the bank", "spent nine years on its payroll"."""
        if not any(c.dep_ == "case" and c.lower_ == "on" for c in noun.children):
            return
        verb = noun if has_copula(noun) else noun.head if noun.dep_ == "obl" and noun.head.lemma_ in ("spend", "remain", "stay", "be") else None
        people = [a for a in self.arguments.of_phrases(subjects(verb)) if self.reading.label(a.entity) == "Person"] if verb is not None else []
        yield from self._employed(people, [*modifiers(noun, "of"), *modifiers(noun, "at"), *possessors(noun)], noun) if people else ()

    def _employed(self, people: Collection[Argument], phrases: Collection[Token], noun: Token) -> Iterator[Affiliation]:
        bodies = [a for a in self.arguments.of_phrases(phrases) if self.catalogue.admits(_EMPLOYERS, self.reading.label(a.entity))]
        yield from (("employedBy", person, body, noun) for person in people for body in bodies if person.entity != body.entity)

    def _joined_by(self) -> Iterator[Affiliation]:
        """Yield the two sides of an agreement whose name they open, joined by a hyphen: "the Chad-Mali Framework Agreement"."""
        sides = list(self.names("Country", "Alliance"))
        ending = {self.reading.mentions[i].end: a for i, a in sides}
        starting = {self.reading.mentions[i].start: a for i, a in sides}
        for index, agreement in self.names("Agreement"):
            mention = self.reading.mentions[index]
            for dash in self.doc[mention.start : mention.end]:
                one, other = (ending.get(dash.i), starting.get(dash.i + 1)) if dash.text in ("-", "–") else (None, None)
                if one is not None and other is not None and not self._is_open(mention):
                    # The dash, not the agreement, says it: who rejects "the Chad-Mali deal" does not deny that the two have made it.
                    yield from (("partyTo", side, agreement, dash) for side in (one, other))

    def _is_open(self, agreement: TokenMention) -> bool:
        """Tell whether an agreement is not one yet, or may not be: proposed, or talked about."""
        around = (*self.doc[agreement.start : agreement.end], *self.doc[agreement.root].sent)
        return any(t.lower_ in _STILL_OPEN for t in self.doc[agreement.root].children) or any(t.lower_ in _UNDER_TALKS for t in around)

    def _of_parties(self) -> Iterator[Affiliation]:
        for index, party in self.names("PoliticalParty"):
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
        for index, country in self.names("Country"):
            mention = self.reading.mentions[index]
            if mention.start < 2 or (self.games and self.doc[mention.root].sent.start in self.games):
                continue
            before = self._bracketed(mention.start, mention.end)
            if before is not None:
                yield "officialOf", before, country, self.doc[mention.root]
            at = mention.start - 1 - (self.doc[mention.start - 1].lower_ == "the")
            person = next((a for i, a in self.names("Person") if self.reading.mentions[i].end == at), None) if self._comes_from(at, mention.end) else None
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
        return next((a for i, a in self.names("Person") if self.reading.mentions[i].end == start - 1), None)

    def _speaking_for(self, start: int, end: int) -> Argument | None:
        """Take the person before a party between commas: "Ana Lind, for Labour, asked"."""
        if start < 3 or self.doc[start - 1].lower_ != "for" or self.doc[start - 2].text != "," or end >= len(self.doc) or self.doc[end].text != ",":
            return None
        return next((a for i, a in self.names("Person") if self.reading.mentions[i].end == start - 2), None)

    def _titled(self, end: int) -> Argument | None:
        """Take the person named right behind a party, or behind party and office: "Social Democrat Ana Lind", "Labour defence critic Ana Lind"."""
        titles = {self.reading.mentions[i].start: self.reading.mentions[i].end for i, _ in self.names("Position")}
        at = end
        while at < len(self.doc) and at - end < 4 and (at in titles or (self.doc[at].pos_ in ("NOUN", "ADJ") and self.doc[at].dep_ in _MODIFIERS)):
            at = titles.get(at, at + 1)
        office = self.doc[end:at]
        if at >= len(self.doc) or self.doc[at].sent.start != self.doc[end - 1].sent.start or any(t.lemma_.lower() in _HEADS for t in office):
            return None
        return self.starting_at(at, "Person")

    def _called(self, start: int, head: Token) -> Argument | None:
        """Take the person who is called by a party's name: "Ana Lind, a Republican from Ohio"."""
        if not start or self.doc[start - 1].lower_ not in ("a", "an"):
            return None
        if has_copula(head):
            return next((a for a in self.arguments.of_phrases(subjects(head)) if self.reading.label(a.entity) == "Person"), None)
        found = self.arguments.of_head(head.head) if head.dep_ == "appos" and head.head.i < head.i else ()
        return next((a for a in found if self.reading.label(a.entity) == "Person"), None)

    def _of_places(self) -> Iterator[Affiliation]:
        """Read "Geneva-based group Clean Wells", "Clean Wells, a Geneva-based charity", "Faro-born Rui Lima"."""
        for index, place in self.names("City", "Region", "Country", "Place", "Facility"):
            end = self.reading.mentions[index].end
            if end + 1 >= len(self.doc) or self.doc[end].text not in ("-", "‑", "–") or self.doc[end + 1].lower_ not in _SEATED | {"born"}:
                continue
            participle = self.doc[end + 1]
            relation, labels = ("bornIn", ("Person",)) if participle.lower_ == "born" else ("basedIn", ("Organization",))
            found = [a for a in self.described(participle) if self.catalogue.admits(labels, self.reading.label(a.entity))][:1]
            if found and relation == "basedIn":
                self.seats.add(index)
            yield from ((relation, a, place, participle) for a in found)

    def _nationals(self) -> Iterator[Affiliation]:
        """Read "the Spaniard Ana Lind", "Ana Lind, a Dane,": who is called by the noun for a country's people."""
        for index, country in self.names("Country"):
            mention = self.reading.mentions[index]
            people = Gazetteer.load().demonym_of(mention.text(self.doc))
            if people is None or not people.noun:
                continue
            noun = self.doc[mention.end - 1]
            person = self.starting_at(mention.end, "Person") if not people.adjective else None
            person = person or (self._called(mention.start, noun) if self._ends_phrase(mention.end) else None)
            if person is not None:
                yield "citizenOf", person, country, noun

    def _ends_phrase(self, end: int) -> bool:
        """Tell whether no noun follows that an adjective could belong to: "a Bahraini who", "a Bahraini,"."""
        return end >= len(self.doc) or self.doc[end].text in (",", ".", ";", ")") or self.doc[end].lower_ in ("who", "from", "by", "of", "with")

    def _seated(self) -> Iterator[Affiliation]:
        """Read a court or school with its place right behind it, wherever the parse hangs that: "petition the Privy Council in London"."""
        places = {self.reading.mentions[i].start: a for i, a in self.names("City", "Region", "Country")}
        for index, body in self.names("GovernmentBody", "Organization"):
            mention = self.reading.mentions[index]
            words = {t.lower_ for t in self.doc[mention.start : mention.end]}
            place = places.get(mention.end + 1) if words & _HOUSES and mention.end < len(self.doc) and self.doc[mention.end].lower_ == "in" else None
            if place is not None and any(t.is_title for t in self.doc[mention.start : mention.end]):
                yield "basedIn", body, place, self.doc[mention.root]

    def _led(self) -> Iterator[Affiliation]:
        """Read "the NATO-led force KFOR", "ISAF, a NATO-led force"."""
        for index, alliance in self.names("Alliance"):
            end = self.reading.mentions[index].end
            if end + 1 < len(self.doc) and self.doc[end].text in ("-", "‑", "–") and self.doc[end + 1].lower_ == "led":
                led = [a for a in self.described(self.doc[end + 1]) if self.catalogue.admits(("Organization",), self.reading.label(a.entity))][:1]
                yield from (("partOf", a, alliance, self.doc[end + 1]) for a in led)

    def _pied_piped(self) -> Iterator[Affiliation]:
        """Read "the treaty, to which both Ghana and Togo are parties", "the bloc, of which Peru is a member"."""
        for which in (t for t in spelled(self.doc, ("which",)) if t.i > 1):
            prep = which.nbor(-1)
            if prep.lower_ not in _PIED:
                continue
            before = prep.i - 1 - (prep.nbor(-1).text == ",")
            cover = self.ending_at(before + 1)
            noun = next((t for t in self.doc[which.i : which.sent.end] if t.lemma_.lower() in _PIED[prep.lower_] and _is_predicate(t)), None)
            if cover is None or noun is None:
                continue
            own = [antecedent(c, noun) for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer") and c.i > which.i] or subjects(noun.head)
            relation = "memberOf" if prep.lower_ == "of" else "partyTo"
            yield from ((relation, a, cover, noun) for a in self.arguments.of_phrases(own) if a.entity != cover.entity)

    def _bare_members(self) -> Iterator[Affiliation]:
        """Read "Chad and Niger remain members": of the alliance named last."""
        alliances = [(i, a) for i, a in self.names("Alliance")]
        for noun in spelled(self.doc, ("member", "members")):
            if not _is_predicate(noun) or any(c.dep_ in ("nmod", "nmod:poss", "compound", "amod") for c in noun.children):
                continue
            body = next((a for i, a in reversed(alliances) if self.reading.mentions[i].end <= noun.i), None)
            own = [c for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer")] or subjects(noun.head)
            if body is not None and not any(c.lower_ in ("which", "whom") for c in noun.children):
                yield from (("memberOf", a, body, noun) for a in self.arguments.of_phrases(own) if self.reading.label(a.entity) == "Country")

    def _listed_members(self) -> Iterator[Affiliation]:
        """Read "the eight states of the Arctic Council are Canada, …", "the members of the bloc: Chad, Mali and Niger"."""
        alliances = {self.reading.mentions[i].start: (self.reading.mentions[i].end, a) for i, a in self.names("Alliance")}
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
        countries = {self.reading.mentions[i].start: self.reading.mentions[i] for i, _ in self.names("Country")}
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
        for index, body in self.names("Alliance", "MilitaryForce"):
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


def _is_predicate(noun: Token) -> bool:
    return has_copula(noun) or (noun.dep_ in ("xcomp", "obj") and noun.head.lemma_ in ("become", "remain"))
