"""Where words of war and diplomacy mean a game: sport, contests and their reports.

"France beat Brazil 2–1" says nothing of two states. A sentence is taken for a game's where it has words of sport and scores enough,
or some of them in a document that is full of them. Facts of the families named below are refused there; offices and places stay.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

GAME_FAMILIES = frozenset(("conflict", "force", "cooperation"))
GAME_RELATIONS = frozenset(("met", "agreedWith", "visited", "succeeded", "hosted", "signed", "requested"))
"""Relations outside those families that reports of games imitate: sides meet, players are signed, substitutes succeed."""

_WORDS = frozenset(
    "match goal goalkeeper striker midfielder defender winger coach league cup tournament championship semifinal semi-final quarterfinal quarter-final final"
    " half-time halftime kickoff kick-off penalty referee innings wicket batsman bowler over-time overtime quarterback touchdown home-run"
    " pitcher inning playoff"
    " play-off season squad fixture medal olympics olympic marathon sprint relay racket tiebreak wimbledon grand-slam podium lap championship"
    " scoreline equaliser"
    " equalizer header free-kick substitute captain stadium team-mate teammate football rugby cricket hockey basketball tennis volleyball"
    " handball baseball boxer bout"
    " chess rematch qualifier fifa uefa nba grandmaster knockout derby fullback centre-back hat-trick seed try-line premiership".split()
)
_SCORE = re.compile(r"\b\d{1,3}\s?[–-]\s?\d{1,3}\b")
_FULL = 3
"""Cues in a document that make it a sports report."""


def game_sentences(doc: Doc) -> frozenset[int]:
    """Return the first tokens of the sentences that tell of games."""
    cues = {sentence.start: len(set(_cues(sentence))) for sentence in doc.sents}
    full = sum(cues.values()) >= _FULL
    return frozenset(start for start, count in cues.items() if count >= 2 or (full and count >= 1) or (full and _mostly(cues)))


def _mostly(cues: dict[int, int]) -> bool:
    return sum(1 for count in cues.values() if count) * 2 >= len(cues)


def _cues(sentence: Span) -> Iterator[str]:
    for token in sentence:
        if token.lemma_.lower() in _WORDS and token.ent_type_ != "Position":
            yield token.lemma_.lower()
    if _SCORE.search(sentence.text):
        yield "score"
