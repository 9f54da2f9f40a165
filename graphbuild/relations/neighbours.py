"""What stands beside a name: the name that begins or ends at a word, and what a participle behind a hyphen is said of."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.entities import Reading
from graphbuild.relations.arguments import Argument, Arguments

DASHES = ("-", "‑", "–")
_FLAGGED = frozenset("flagged registered owned operated run managed chartered crewed built backed led".split())
"""Participles behind a hyphen that stand in a row: "a Palauan-flagged, Greek-owned ship"."""


class Neighbours:
    """Finds names by where they stand, in one document."""

    def __init__(self, reading: Reading, catalogue: Catalogue, arguments: Arguments) -> None:
        self.reading, self.doc, self.catalogue, self.arguments = reading, reading.doc, catalogue, arguments

    def names(self, *labels: str) -> Iterator[tuple[int, Argument]]:
        """Yield the names of some classes, by number of the mention."""
        for i, mention in enumerate(self.reading.mentions):
            if mention.form == "name" and mention.label in labels and i in self.reading.of_mention:
                yield i, Argument(self.reading.of_mention[i][0], i)

    def starting_at(self, token: int, *labels: str) -> Argument | None:
        """Return the name of some classes that begins at a word."""
        return next((a for i, a in self.names(*labels) if self.reading.mentions[i].start == token), None)

    def ending_at(self, end: int) -> Argument | None:
        """Return the longest name or description that ends before a word."""
        found = [
            (m.start, i) for i, m in enumerate(self.reading.mentions) if m.end == end and m.form != "pronoun" and len(self.reading.of_mention.get(i, ())) == 1
        ]
        return Argument(self.reading.of_mention[min(found)[1]][0], min(found)[1]) if found else None

    def described(self, participle: Token, labels: tuple[str, ...] = ("Organization", "Person")) -> tuple[Argument, ...]:
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
            return any(t.text in DASHES and t.i + 1 < len(self.doc) and t.nbor().lower_ in _FLAGGED for t in ahead)
        return token.pos_ in ("NOUN", "ADJ", "PROPN", "CCONJ") or token.text == "-" or (token.lower_ in _FLAGGED and token.nbor(-1).text in DASHES)

    def _renamed(self, participle: Token, labels: tuple[str, ...]) -> tuple[Argument, ...]:
        """Return the name that a phrase behind a comma tells more of, wherever the parse hangs it: "hit the Ionis, a Greek-owned ferry"."""
        start = participle.i
        while start > participle.sent.start and self.doc[start - 1].text != "," and self.doc[start].lower_ not in ("a", "an"):
            start -= 1
        while start > participle.sent.start and self.doc[start].lower_ not in ("a", "an") and self._is_in_row(start - 1):
            start -= 1
        if self.doc[start].lower_ not in ("a", "an") or start < 2 or self.doc[start - 1].text != ",":
            return ()
        before = self.ending_at(start - 1)
        named = before is not None and self.reading.mentions[before.mention].form == "name" and self.catalogue.admits(labels, self.reading.label(before.entity))
        return (before,) if named and before is not None else ()

    def _is_in_row(self, position: int) -> bool:
        token = self.doc[position]
        return token.text in (",", *DASHES, "a", "an") or token.lower_ in _FLAGGED or token.pos_ in ("ADJ", "PROPN")
