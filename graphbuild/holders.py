"""Who holds which title, and for whom, as the words at a name say: "Kenya's foreign minister, Ana Lind"."""

from dataclasses import dataclass

from spacy.tokens import Doc

from graphbuild.chains import Chains
from graphbuild.gazetteer import Gazetteer
from graphbuild.mentions import TokenMention
from graphbuild.names import family

_FORMER = frozenset("former then late outgoing new acting visiting ousted deposed current longtime".split())
"""Adjectives that say when a title is held, not which."""
_RANKING = frozenset("vice deputy prime secretary attorney assistant under first".split())
"""Words that make another title of one: the prime minister is not "the minister"."""
_CHOOSING = frozenset("become elect name appoint make choose".split())
"""Verbs by which somebody comes to hold the title behind them."""
_LEADERS = frozenset("president premier minister chancellor king queen emir sultan leader ruler prince".split())


@dataclass(frozen=True, slots=True)
class Holder:
    """A title at a name: where it stands, its words written out, who holds it (clusters), and for which country or body."""

    start: int
    head: str
    words: tuple[str, ...]
    person: tuple[int, ...]
    side: tuple[int, ...]


class Holders:
    """The titles of a text with their holders, in order."""

    def __init__(self, doc: Doc, chains: Chains, gazetteer: Gazetteer) -> None:
        self.doc, self.chains, self.gazetteer = doc, chains, gazetteer
        self._sides = [(i, m) for i, m in enumerate(chains.mentions) if m.form == "name" and i in chains.of and family(m.label) in ("country", "organization")]
        self._people = [(i, m) for i, m in enumerate(chains.mentions) if m.form == "name" and i in chains.of and m.label == "Person"]
        positions = [m for m in chains.mentions if m.form == "name" and m.label == "Position"]
        self.held = [holder for m in positions if (holder := self._held(m)) is not None]

    def of(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the last person before a description whose title it repeats: "the minister"; nobody where two such stand in one sentence."""
        words, country = self._words(mention), self._country_in(mention)
        head = self._written(self.doc[mention.root].text)[-1]
        fits = [h for h in self.held if h.start < mention.start and self._is_title(h, head, words) and (not country or h.side == country)]
        if not fits:
            return self._counterpart(mention, country) if country and head in _LEADERS | {"secretary"} else ()
        last = self.doc[fits[-1].start].sent.start
        rivals = {h.person for h in fits if self.doc[h.start].sent.start == last}
        return fits[-1].person if len(rivals) == 1 else ()

    def _counterpart(self, mention: TokenMention, country: tuple[int, ...]) -> tuple[int, ...]:
        """Return the only person named as a country's counterpart of somebody: "met her Norwegian counterpart, Tomas Berg. The Norwegian minister …"."""
        found: set[tuple[int, ...]] = set()
        for noun in (t for t in self.doc[: mention.start] if t.lower_ == "counterpart"):
            owned = any(m.end == noun.i and self.chains.of[i] == country for i, m in self._sides)
            found.update(self.chains.of[i] for i, m in self._people if owned and noun.i < m.start <= noun.i + 2)
        return found.pop() if len(found) == 1 else ()

    def only(self, mention: TokenMention) -> tuple[int, ...]:
        """Return who alone holds, anywhere in the text, the office that a description names in full: "The Foreign Secretary … Foreign Secretary Ana Lind"."""
        words = tuple(word for t in self.doc[mention.start : mention.end] if t.is_title and t.lower_ != "the" for word in self._written(t.text))
        found = {h.person for h in self.held if h.words == words}
        return found.pop() if len(found) == 1 else ()

    def leader(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the only head of state or government of a country named inside a description: "the Chadian leader"."""
        country = self._country_in(mention)
        if not country or self.doc[mention.root].lemma_.lower() != "leader":
            return ()
        found = {h.person for h in self.held if h.start < mention.start and h.side == country and h.head in _LEADERS and self._leads(h)}
        return found.pop() if len(found) == 1 else ()

    def _leads(self, holder: Holder) -> bool:
        return holder.head != "minister" or "prime" in holder.words

    def _is_title(self, holder: Holder, head: str, words: frozenset[str]) -> bool:
        own = frozenset(holder.words)
        return head in (holder.head, holder.words[-1]) and words <= own and words & _RANKING == own & _RANKING

    def _words(self, mention: TokenMention) -> frozenset[str]:
        """Return the words of a description that a title must have: without article, country, and what says when."""
        taken = {i for _, m in self._sides if m.label == "Country" for i in range(m.start, m.end)}
        words = [t for t in self.doc[mention.start : mention.end] if t.i not in taken and t.pos_ in ("NOUN", "PROPN", "ADJ") and t.lower_ not in _FORMER]
        return frozenset(word for t in words for word in self._written(t.text))

    def _country_in(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country named before the head of a description."""
        inside = [self.chains.of[i] for i, m in self._sides if m.label == "Country" and mention.start <= m.start and m.end <= mention.root]
        return inside[0] if inside else ()

    def _held(self, position: TokenMention) -> Holder | None:
        person = self._person(position)
        words = tuple(word for t in self.doc[position.start : position.end] if t.text[0].isalpha() for word in self._written(t.text))
        if not person or not words:
            return None
        return Holder(position.start, self._written(self.doc[position.root].text)[-1], words, person, self._side(position))

    def _written(self, word: str) -> tuple[str, ...]:
        """Write a word of a title out: "Gen." is "general"."""
        title = self.gazetteer.title(word) if word.endswith(".") else None
        return tuple((title.name if title else word).lower().split())

    def _person(self, position: TokenMention) -> tuple[int, ...]:
        """Find the person right after a title, else right before it with a comma and no verb between."""
        for i, m in self._people:
            if m.start == position.end or (m.start == position.end + 1 and (self.doc[position.end].text == "," or self._is_respectful(position.end))):
                return self.chains.of[i]
        for i, m in self._people:
            between = self.doc[m.end : position.start]
            if 0 < len(between) <= 5 and between[0].text == "," and not any(t.pos_ in ("VERB", "AUX") for t in between):
                return self.chains.of[i]
        start = self._behind_complement(position)
        return next((self.chains.of[i] for i, m in self._people if m.start == start), ()) or self._chosen(position)

    def _chosen(self, position: TokenMention) -> tuple[int, ...]:
        """Return who became, or was chosen for, what a title names: "Bakiev was elected president", "Parliament named Bakiev president"."""
        title = self.doc[position.root]
        verb = title.head
        passing = any(c.lower_ in ("acting", "interim", "caretaker") for c in title.children)
        if title.dep_ not in ("xcomp", "obj") or verb.lemma_ not in _CHOOSING or verb.i > title.i or passing:
            return ()
        labels = ("nsubj:pass",) if any(c.dep_ == "nsubj:pass" for c in verb.children) else ("nsubj",) if verb.lemma_ == "become" else ("obj",)
        named = {c.i for c in verb.children if c.dep_ in labels and c.i != title.i}
        return next((self.chains.of[i] for i, m in self._people if m.root in named), ())

    def _behind_complement(self, position: TokenMention) -> int | None:
        """Return where a name may stand behind whose title it is, and a comma: "the Secretary-General of the United Nations, Mr. Karl Beck"."""
        end = position.end
        while end + 1 < len(self.doc) and self.doc[end].lower_ in ("of", "for"):
            start = end + 1 + (self.doc[end + 1].lower_ == "the")
            end = next((m.end for _, m in self._sides if m.start == start), len(self.doc))
        if end >= len(self.doc) or self.doc[end].text != ",":
            return None
        end += 1
        while end < len(self.doc) and (self._is_respectful(end) or self.doc[end].text in (".", "the")):
            end += 1
        return end

    def _is_respectful(self, token: int) -> bool:
        """Tell whether a word is a title of respect: "Prime Minister Shri Narendra Modi"."""
        title = self.gazetteer.title(self.doc[token].text)
        return title is not None and title.kind == "honorific"

    def _side(self, position: TokenMention) -> tuple[int, ...]:
        """Return the country or body whose title it is: named right before it, or behind "of" or "for", that may stand behind the name, too."""
        name = next((m.end for _, m in self._people if m.start == position.end), position.end)
        for i, m in self._sides:
            gap = self.doc[m.end : position.start]
            if m.end <= position.start and len(gap) <= 1 and all(t.tag_ == "POS" for t in gap):
                return self.chains.of[i]
            for end in (position.end, name):
                behind = self.doc[end : m.start]
                if end < m.start and len(behind) <= 2 and behind[0].lower_ in ("of", "for") and all(t.lower_ == "the" for t in behind[1:]):
                    return self.chains.of[i]
        return ()
