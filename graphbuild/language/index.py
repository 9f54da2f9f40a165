"""Where the words of a Doc stand: what looks for a few words need not go through all of them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from spacy.tokens import Doc, Token

BULLETS = frozenset("- – — • * · ▪ ● ◦".split())
"""Marks that an item begins with, at the start of its line."""


@lru_cache(maxsize=2)
def _places(doc: Doc) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for token in doc:
        found.setdefault(token.lower_, []).append(token.i)
    return found


def spelled(doc: Doc, words: Iterable[str]) -> list[Token]:
    """Return the tokens that are one of some words, given in small letters, in text order."""
    places = _places(doc)
    return [doc[i] for i in sorted(i for word in words for i in places.get(word, ()))]
