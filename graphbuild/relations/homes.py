"""Whose an office is that names no country or body beside it: "President Okoye", "the foreign minister", "chief executive Ana Lind".

News says it once, elsewhere: in the date line, the heading, the sentence before, or as what acts in the same sentence. What decides, best
first: that the gazetteer knows them from a country that is spoken of there; that one country (or firm) alone acts in the sentence before the
title; that the text has one country at home, that of its date line or of who says "we". Nobody gets a country whose like office somebody else
holds in the same text, or one from which the gazetteer does not know them, and nobody who serves another by a title of their own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.datelines import dateline_end
from graphbuild.entities import Reading
from graphbuild.mentions import TokenMention
from graphbuild.names import MINISTRIES
from graphbuild.relations.arguments import Argument
from graphbuild.speech import SAY, Speech, speech_at
from graphbuild.syntax import case_of

_SOVEREIGN = frozenset("president king queen emir sultan premier".split())
_RULING = _SOVEREIGN | {"leader"}
_RANKED = frozenset("acting interim caretaker outgoing incoming current visiting new then".split())
"""Words beside an office that make no other office of it."""
_OF_STATES = frozenset(
    (
        "foreign secretary", "home secretary", "defence secretary", "defense secretary", "secretary of state", "cabinet secretary", "crown prince",
        "deputy secretary of state", "assistant secretary of state", "chief cabinet secretary", "national security adviser",
        "national security advisor", "chief of defence", "chief of the defence staff", "chief of defence staff", "first vice president",
    )
)  # fmt: skip
"""Offices without "minister" that countries have, and nobody else."""
_SPOKES = frozenset("spokesman spokeswoman spokesperson".split())
_PASSING = frozenset(("acting", "interim", "caretaker"))
"""Words beside a president of a state, also written small."""
_GOVERNING = frozenset(("government", "cabinet", "military", "army", "navy"))
"""Words before "spokesman" for what each country has one of."""
_MANAGERS = frozenset(("chief executive", "ceo", "managing director", "general manager", "chairman", "chairwoman", "chief executive officer"))
"""Offices that firms have; written small they stand beside the firm that acts."""
_BODY_NOUNS = {
    "ministry": "GovernmentBody", "army": "MilitaryForce", "navy": "MilitaryForce", "police": "GovernmentBody", "party": "PoliticalParty",
    "union": "Organization", "company": "Company", "bank": "Company", "court": "GovernmentBody", "force": "MilitaryForce", "club": "Organization",
}  # fmt: skip
"""Nouns before an office that take up a body named before: "ministry spokesman"."""
_ACTING = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_COMMIT = frozenset("announce pledge promise vow declare".split())
"""Verbs by which officials bind their own country: what it "will" do is theirs to say."""
_ENCOUNTER = frozenset(
    "meet visit host receive greet welcome invite telephone phone call speak talk negotiate confer accompany thank praise congratulate accuse criticise"
    " criticize condemn denounce blame urge warn sanction back support recognise recognize tell inform brief discuss sign agree hold have join".split()
)
"""Verbs for what officials of two countries do to one another: whom they meet or blame may be anybody's."""
_GUESTS = frozenset("visit arrive fly travel thank praise congratulate leave".split())
"""Verbs for what officials do in, or to, a country that is not theirs."""
_LABEL = 14
"""How far from the office the speech begins, at most, whose speaker is named with it."""
_PEERS = frozenset(("counterpart", "colleague", "homologue"))
_OFTEN = 3
"""How often a text must name the country that it is about, at least."""
_FAR_MORE = 2
_OWN_SIDE = frozenset("i we us our my".split())
"""Words by which a text speaks of its own side, which need not be the country that it is about."""
_OPENING = 14
"""How far into the text its first sentence may begin."""



@dataclass(frozen=True, slots=True)
class Vacant:
    """A title whose holder is known and whose country is not."""

    title: TokenMention
    holder: Argument


class Homes:
    """Finds the wholes of offices without one, for one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, speeches: tuple[Speech, ...]) -> None:
        self.reading, self.doc, self.catalogue, self.speeches = reading, reading.doc, catalogue, speeches

    def wholes(self, vacant: Sequence[Vacant], held: Iterable[tuple[TokenMention, str, str]]) -> dict[tuple[int, str], Argument]:
        """Return the country or body of offices, by first token of the title and holder.

        Parameters:
            vacant: titles without one, each with one holder.
            held: title, holder and whole where the text says all three.
        """
        taken = {(self._kind(title), whole): holder for title, holder, whole in held}
        out: dict[tuple[int, str], Argument] = {}
        ranked = [(rank, one, found) for one in vacant if not self._is_local(one.title) for rank, found in self._options(one)]
        for _, one, found in sorted(ranked, key=lambda r: (r[0], r[1].title.start)):
            kind = self._kind(one.title)
            if (one.title.start, one.holder.entity) in out or taken.setdefault((kind, found.entity), one.holder.entity) != one.holder.entity:
                continue
            if kind == "minister":
                del taken[kind, found.entity]  # there are many ministers
            out[one.title.start, one.holder.entity] = found
        return out

    def is_of_state(self, title: TokenMention) -> bool:
        """Tell whether countries have an office of this name; a president without a capital may be anybody's."""
        words, kind = self._words(title), self._kind(title)
        before = self.doc[title.start - 1].lower_ if title.start else ""
        if "minister" in words or kind in _OF_STATES or (words[-1:] and words[-1] in _SPOKES and (words[:-1] or [before])[0] in _GOVERNING):
            return True
        vice = words[:1] == ["vice"] and words[1:] in (["president"], ["-", "president"])
        if not (vice or (len(words) == 1 and words[0].rstrip("s") in _SOVEREIGN)):
            return False
        passing = any(t.lower_ in _PASSING for t in self.doc[max(0, title.start - 1) : title.end])
        return self.doc[title.end - 1].is_title or words[-1] == "premier" or passing

    def _options(self, vacant: Vacant) -> Iterable[tuple[int, Argument]]:
        title, country = vacant.title, self.reading.country_of.get(vacant.holder.entity)
        known = self._known(vacant, country) if country else None
        if known is not None:
            found: Argument | None = known
        elif self._kind(title) == "ambassador":
            found = self._of_embassy(title)
        elif self._is_of_alliance(title):
            found = self._only_alliance(title)
        elif self._is_of_firm(title):
            found = self._acting_firm(title)
        elif not self.is_of_state(title):
            found = self._body_taken_up(title) or self._acting_before_line(title)
        else:
            found = self._ministry(title) or self._acting_country(vacant) or self._acted_before(vacant) or self._at_home(vacant)
            elsewhere = country not in (None, found.entity) if found is not None else False  # the gazetteer knows the name from another country
            if found is not None and self.reading.label(found.entity) == "Country" and (elsewhere or self._is_guest(vacant, found)):
                found = None
        if found is not None:
            yield found.hops, found

    def _is_guest(self, vacant: Vacant, country: Argument) -> bool:
        """Tell whether who holds an office visits or thanks a country, which then is another's: "Kenya signed it. President Ortega visited Nairobi"."""
        verb = self.doc[self.reading.mentions[vacant.holder.mention].root].head
        if verb.lemma_ not in _GUESTS:
            return False
        there = {t.i for c in verb.children if c.dep_ in ("obj", "obl", "iobj") for t in (c, *c.children)}
        told = [(e, i) for i, m in enumerate(self.reading.mentions) if m.root in there for e in self.reading.of_mention.get(i, ())]
        return any(country.entity in (e, self.reading.country_of.get(e)) for e, _ in told)

    # What kind of office it is

    def _words(self, title: TokenMention) -> list[str]:
        return [t.lower_ for t in self.doc[title.start : title.end] if t.lower_ not in _RANKED]

    def _kind(self, title: TokenMention) -> str:
        return " ".join(self._words(title))

    def _is_local(self, title: TokenMention) -> bool:
        """Tell whether an office is that of the city or region named right before it: "Delhi Chief Minister Ana Lind"."""
        return any(m.end == title.start and m.form == "name" and m.label in ("City", "Region") for m in self.reading.mentions)

    def _is_of_alliance(self, title: TokenMention) -> bool:
        kind = self._kind(title).replace(" - ", "-").replace("secretary general", "secretary-general")
        return kind.endswith("secretary-general") and " of " not in kind and " to " not in kind

    def _is_of_firm(self, title: TokenMention) -> bool:
        return self._kind(title) in _MANAGERS and (title.start == self.doc[title.start].sent.start or not self.doc[title.end - 1].is_title)

    # Whose it is

    def _known(self, vacant: Vacant, country: str) -> Argument | None:
        """Return the country that the gazetteer knows the holder from, where it is at home, stands in the sentence, or acts in the one before."""
        title, words = vacant.title, self._words(vacant.title)
        if not (self.is_of_state(title) or (words and words[-1].rstrip("s") in _RULING)):
            return None
        sentence = self.doc[title.start].sent
        before = self.doc[max(0, sentence.start - 1)].sent.start
        said = [m for i in self.reading.entity(country).mentions if before <= (m := self.reading.mentions[i]).start < sentence.end]
        spoken_of = any(m.start >= sentence.start or self.doc[m.root].dep_ in (*_ACTING, "nmod:poss") for m in said)
        return self._nearest(country, title) if spoken_of or self.home(title.start) == country else None

    def _nearest(self, entity: str, title: TokenMention) -> Argument:
        """Return an entity as an argument by the mention of its name that stands nearest before a title, else the first."""
        named = [i for i in self.reading.entity(entity).mentions if self.reading.mentions[i].form == "name"] or list(self.reading.entity(entity).mentions)
        before = [i for i in named if self.reading.mentions[i].start < title.start]
        return Argument(entity, max(before, key=lambda i: self.reading.mentions[i].start) if before else named[0], 2)

    def _body_taken_up(self, title: TokenMention) -> Argument | None:
        """Return the body that a common noun before an office takes up, the only one of its kind so far: "ministry spokesman"."""
        first = next((t for t in (self.doc[title.start], *([self.doc[title.start - 1]] if title.start else [])) if t.text in _BODY_NOUNS), None)
        if first is None or (first.i < title.start and first.head.i < title.start):
            return None
        label = _BODY_NOUNS[first.text]
        found = {
            e
            for i, m in self._names_before(first.i)
            for e in self.reading.of_mention[i]
            if self.catalogue.admits((label,), m.label) and (label in ("PoliticalParty", "Company") or first.text in self.reading.entity(e).name.lower())
        }
        return self._nearest(found.pop(), title) if len(found) == 1 else None

    def _acting_before_line(self, title: TokenMention) -> Argument | None:
        """Return what alone acts in the sentence before a spokesman who opens the next: "The ministry denied it. Spokesman Rui Lima said …"."""
        sentence = self.doc[title.start].sent
        if self._kind(title) not in _SPOKES or title.start != sentence.start or not title.start:
            return None
        before = self.doc[title.start - 1].sent
        named = [(i, m) for i, m in self._names_before(title.start) if m.start >= before.start and self.doc[m.root].dep_ in _ACTING]
        bodies = [(i, m) for i, m in named if self.catalogue.admits(("Organization",), m.label)]
        acting = {e: i for i, m in bodies for e in self.reading.of_mention[i]}
        return Argument(*acting.popitem(), 2) if len(acting) == 1 else None

    def _mentions_before(self, token: int) -> list[tuple[int, TokenMention]]:
        """Return the names, and the pronouns for one thing, before a token."""
        return [
            (i, m)
            for i, m in enumerate(self.reading.mentions)
            if m.start < token and (m.form == "name" or (m.form == "pronoun" and len(self.reading.of_mention.get(i, ())) == 1)) and i in self.reading.of_mention
        ]

    def _names_before(self, token: int) -> list[tuple[int, TokenMention]]:
        return [(i, m) for i, m in enumerate(self.reading.mentions) if m.form == "name" and m.start < token and i in self.reading.of_mention]

    def _acting_before(self, title: TokenMention, classes: tuple[str, ...]) -> list[tuple[int, TokenMention]]:
        """Return the names of some classes that are subjects in the sentence of a title, before it and in the same quotation or none."""
        sentence = self.doc[title.start].sent.start
        return [
            (i, m)
            for i, m in self._names_before(title.start)
            if m.start >= sentence and self.catalogue.admits(classes, m.label) and self.doc[m.root].dep_ in _ACTING
        ]

    def _only_alliance(self, title: TokenMention) -> Argument | None:
        """Return the alliance of a secretary-general: the only one that the text names before."""
        found = {e for i, m in self._names_before(title.start) if m.label == "Alliance" for e in self.reading.of_mention[i]}
        return self._nearest(found.pop(), title) if len(found) == 1 else None

    def _acting_firm(self, title: TokenMention) -> Argument | None:
        """Return the firm that acts before the title, or in the sentence before that it opens: "Nordlys has sold its ferries, chief executive Lind said"."""
        sentence = self.doc[title.start].sent.start
        acting = {e: i for i, m in self._acting_before(title, ("Organization",)) for e in self.reading.of_mention[i]}
        opens = not any(m.start >= sentence and self.catalogue.admits(("Organization",), m.label) for _, m in self._names_before(title.start))
        if not acting and opens and title.start <= sentence + 1:
            last = [(i, m) for i, m in self._names_before(sentence) if m.label == "Company" and m.start >= self.doc[max(0, sentence - 1)].sent.start]
            acting = {e: i for i, m in last if self.doc[m.root].dep_ in _ACTING for e in self.reading.of_mention[i]}
        return Argument(*acting.popitem(), 2) if len(acting) == 1 else None

    def _ministry(self, title: TokenMention) -> Argument | None:
        """Return the ministry of a plain "Minister", where the text is its statement: it stands in the heading, or is what first acts."""
        if self._words(title) != ["minister"]:
            return None
        bodies = [(i, m) for i, m in self._names_before(title.start) if self.catalogue.admits(("Organization",), m.label)]
        if not bodies or not MINISTRIES & set(bodies[0][1].text(self.doc).lower().split()):
            return None
        index, mention = bodies[0]
        head = self.doc[mention.root]
        heading = "\n" not in self.doc[: mention.end].text and not any(t.pos_ in ("VERB", "AUX") for t in head.sent)
        acts = head.dep_ in _ACTING and head.head.tag_ in ("VBZ", "VBP") and head.head.dep_ in ("root", "ROOT") and head.sent.start <= _OPENING
        return Argument(self.reading.of_mention[index][0], index, 2) if heading or acts else None

    def _of_embassy(self, title: TokenMention) -> Argument | None:
        """Return the country whose embassy the heading names: "EMBASSY OF SWEDEN, NAIROBI"."""
        line = next((t.i for t in self.doc if t.is_space and "\n" in t.text), 0)
        if not line or line > title.start or not any(t.lower_ in ("embassy", "mission", "consulate") for t in self.doc[:line]):
            return None
        found = [(i, e) for i, m in self._names_before(line) if m.label == "Country" for e in self.reading.of_mention[i]]
        return Argument(found[0][1], found[0][0], 2) if found else None

    def _acting_country(self, vacant: Vacant) -> Argument | None:
        """Return the country that alone acts in the sentence before the title: "Serbia condemned the raid, and President Lukic appealed".

        What somebody says that another country does is no sign of their own ("Russia has fired, President Bondar said"), unless that country is
        at home in the text.
        """
        title = vacant.title
        acting = {e: (i, m) for i, m in self._acting_before(title, ("Country",)) for e in self.reading.of_mention[i]}
        if len(acting) != 1 or not self._acts(vacant):
            return None
        (country, (index, mention)), home = next(iter(acting.items())), self.home(title.start)
        told = self._is_told_by(self.doc[mention.root], self.doc[title.root]) and not self._is_committed(self.doc[mention.root], self.doc[title.root])
        if country != home and (home is not None or told):
            return None
        return Argument(country, index, 2)

    def _acted_before(self, vacant: Vacant) -> Argument | None:
        """Return the country that alone acts in the sentence before one that an office opens: "Peru has closed the road. Foreign Minister Lind said …"."""
        title, sentence = vacant.title, self.doc[vacant.title.start].sent
        if self._has_own_side or title.start != sentence.start or not sentence.start or "\n" in self.doc[sentence.start - 1].text:
            return None
        if not self._acts(vacant):
            return None
        before = self.doc[sentence.start - 1].sent
        countries = [(i, m) for i, m in self._names_before(title.start) if m.start >= before.start and self.catalogue.admits(("Country",), m.label)]
        acting = {e for i, m in countries if self.doc[m.root].dep_ in _ACTING and self.doc[m.root].head.i == before.root.i for e in self.reading.of_mention[i]}
        known = {self.home(title.start), self.reading.country_of.get(vacant.holder.entity)} - {None}
        if len(acting) != 1 or known - acting:
            return None
        return self._nearest(acting.pop(), title)

    def _acts(self, vacant: Vacant) -> bool:
        """Tell whether who holds the office is a subject, or stands in a line without a verb; whom others meet or call may be anybody's."""
        token = self.doc[self.reading.mentions[vacant.holder.mention].root]
        while (token.dep_ in ("appos", "flat", "compound", "nmod:desc") or (token.dep_ == "nmod" and case_of(token) == "by")) and token.head.i != token.i:
            token = token.head  # "Statement by Ana Lind, Minister of Trade"
        return token.dep_ in _ACTING or (token.dep_ in ("root", "ROOT", "parataxis") and token.pos_ not in ("VERB", "AUX"))

    def _is_beside(self, vacant: Vacant) -> bool:
        """Tell whether who holds the office is only spoken of, not met or blamed by others: "raised the pressure on President Lind"."""
        token = self.doc[self.reading.mentions[vacant.holder.mention].root]
        verbs = {t.lemma_ for t in token.ancestors if t.pos_ == "VERB"}
        return not verbs & _ENCOUNTER and case_of(token) not in ("with", "between")

    def _is_told_by(self, subject: Token, title: Token) -> bool:
        """Tell whether the clause of a subject is what somebody says whose title is given."""
        return any(t.lemma_ in SAY and any(c.dep_ in ("ccomp", "parataxis") and subject in c.subtree for c in t.children) for t in title.ancestors)

    def _is_committed(self, subject: Token, title: Token) -> bool:
        """Tell whether who holds an office announces what the country of a subject will do: "Peru will send doctors, the health minister announced"."""
        verb = subject.head
        ahead = any(c.lower_ in ("will", "would", "is", "are", "shall") and c.dep_ == "aux" for c in verb.children)
        return ahead and any(t.lemma_ in _COMMIT for t in title.ancestors)

    def _at_home(self, vacant: Vacant) -> Argument | None:
        """Return the country at home, where it acted last, and no other country stands before the title in its sentence.

        Of a side that says "we", and of a plain "Minister", the ministers that act are its own, whoever acted last.
        """
        title, words = vacant.title, self._words(vacant.title)
        (home, told), sentence = self._home_told(title.start), self.doc[title.start].sent.start
        if home is None and self._voice(title.start) is None and "secretary" not in words:  # few countries have those
            home, told = self._foremost, True
        if home is None or self._has_counterpart_from(home, title) or not (self._acts(vacant) or (told and self._is_beside(vacant))):
            return None
        countries = [(m, e) for i, m in self._mentions_before(title.start) if self.reading.label(e := self.reading.of_mention[i][0]) == "Country"]
        if any(e != home for m, e in countries if m.start >= sentence):
            return None
        own = "minister" in words and (not told or words == ["minister"])
        acting = [e for m, e in countries if self.doc[m.root].dep_ in (*_ACTING, "nmod:poss")]
        return self._nearest(home, title) if own or not acting or acting[-1] == home else None

    def _has_counterpart_from(self, country: str, title: TokenMention) -> bool:
        """Tell whether the sentence of an office speaks of a counterpart from a country: "Minister Lind met her Chadian counterpart" is not from Chad."""
        sentence = self.doc[title.start].sent
        peers = {t.i for t in sentence if t.lemma_.lower() in _PEERS}
        return any(self.reading.mentions[i].end in peers for i in self.reading.entity(country).mentions)

    # Where the text is at home

    def home(self, token: int) -> str | None:
        """Return the country of the last date line before a token, else the one that says "we"."""
        return self._home_told(token)[0]

    def _home_told(self, token: int) -> tuple[str | None, bool]:
        """Return the country at home, and whether a date line tells it."""
        lines = [(start, country) for start, country in self._datelines if start <= token]
        return (lines[-1][1], True) if lines else (self.speaking(token), False)

    @cached_property
    def _has_own_side(self) -> bool:
        """Tell whether the text speaks of its own side as "we", as statements do."""
        return any(t.lower_ in _OWN_SIDE and self._voice(t.i) is None for t in self.doc)

    @cached_property
    def _foremost(self) -> str | None:
        """Return the country that a report without date lines is about: named first, and far more often than any other."""
        if self._datelines or self._has_own_side:
            return None
        named = [(self.reading.of_mention[i][0], self.doc[m.root].dep_) for i, m in self._names_before(len(self.doc)) if m.label == "Country"]
        count = Counter(country for country, _ in named)
        first = named[0][0] if named else None
        others = [n for country, n in count.items() if country != first]
        if first is None or count[first] < max(_OFTEN, sum(others), _FAR_MORE * max(others, default=0)):
            return None
        acts = any(country == first and label in (*_ACTING, "nmod:poss") for country, label in named)
        return first if acts else None  # what a release of another country's ministry is only about does nothing in it

    @cached_property
    def _datelines(self) -> list[tuple[int, str | None]]:
        """The lines that open with a city, and its country, None where the text names none: "NAIROBI –", "Lisbon, 4 May –"."""
        out: list[tuple[int, str | None]] = []
        for i, mention in enumerate(self.reading.mentions):
            if mention.form == "name" and mention.label == "City" and i in self.reading.of_mention and dateline_end(self.doc, mention.start):
                country = self.reading.country_of.get(self.reading.of_mention[i][0]) or None
                out.append((mention.start, None if self.doc[mention.end].text == "/" else country))
        return out

    def speaking(self, token: int) -> str | None:
        """Return the country that says "we" most often in the speech that holds a token, or whose speaker it names; else in the text's own voice."""
        voice = self._voice(token) or self._announced(token)
        said = [
            e
            for i, m in enumerate(self.reading.mentions)
            if m.form == "pronoun" and self.doc[m.root].lower_ in ("we", "our") and self._voice(m.start) == voice
            for e in self.reading.of_mention.get(i, ())
            if self.reading.label(e) == "Country" and len(self.reading.of_mention[i]) == 1  # "we" of a joint statement are at home nowhere
        ]
        return max(sorted(set(said)), key=said.count, default=None)

    def _announced(self, token: int) -> int | None:
        """Return the word for who speaks, where a token belongs to the words around a speech that say so: "the foreign secretary, Ana Lind, said: …"."""
        for speech in self.speeches:
            who = speech.speaker
            if who is not None and (token <= who < speech.start <= token + _LABEL or speech.end <= token <= who <= speech.end + _LABEL):
                return who
        return None

    def _voice(self, token: int) -> int | None:
        """Return the word for who speaks at a token, None for the text itself."""
        speech = speech_at(self.speeches, token)
        return None if speech is None else speech.speaker
