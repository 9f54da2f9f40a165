"""Where words of war and diplomacy tell of no act: games, fiction, suppositions, animals and storms.

"France beat Brazil 2–1" says nothing of two states. A sentence is taken for a game's where it has words of sport and scores enough,
or some of them in a document that is full of them. Facts of the families named below are refused there; offices and places stay.
What a sentence puts into a work ("In the third episode, …", "Plot: …") or only supposes ("Imagine that …") is no fact of any relation.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

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
_PLAIN = frozenset(
    "semifinal semi-final quarterfinal quarter-final halftime half-time kickoff kick-off goalkeeper midfielder innings wicket scoreline"
    " hat-trick touchdown try-line playoff play-off equaliser equalizer rematch tiebreak free-kick".split()
)
"""Words that only games use."""
_CLOSE = re.compile(
    r"\b(beat|beats|edge|edges|edged|down|downed|held|hold|drew|draw|lead|leads|led|level|won|win|wins|lost|thrash\w*|crush\w*)\b"
    r"[^.]*\b\d{1,2}\s?[–-]\s?\d{1,2}\b"
)
"""A verb of winning and a score: a game, whatever else the sentence says."""
_WORKS = frozenset(
    "episode novel film movie thriller play series sketch opera operetta musical comedy drama saga sitcom cartoon comic fable tale myth legend"
    " poem ballad chapter act scene trilogy sequel prequel remake satire parody game simulation anime manga"
    " mini-series miniseries telenovela soap screenplay storyline".split()
)
_FRAMES = frozenset("plot synopsis storyline premise logline blurb scenario".split())
_OPENING = 8
"""How many words of a sentence may open it by naming a work."""
_SUPPOSE = frozenset("imagine suppose assume picture pretend say presume".split())
_BEASTS = frozenset(
    "shark locust wolf bear lion tiger elephant dog cat rat mouse bird bee wasp ant termite mosquito crocodile snake whale dolphin jellyfish fish monkey"
    " baboon hyena leopard jackal fox boar pig cow bull horse camel goat sheep hawk eagle crow gull pigeon spider scorpion worm beetle moth caterpillar"
    " virus bacterium parasite fungus storm hurricane typhoon cyclone tornado flood wildfire fire wave tsunami earthquake avalanche blizzard heatwave drought"
    " volcano lava landslide mudslide fog frost swarm herd flock pest weed alga".split()
)
"""Heads of described groups that act on nobody's behalf."""
_STORM = re.compile(r"^(super )?(typhoon|hurricane|cyclone|tropical storm|storm|winter storm|tropical cyclone)\b", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3}\s?[–-]\s?\d{1,3}\b")
_FULL = 3
"""Cues in a document that make it a sports report."""


def game_sentences(doc: Doc) -> frozenset[int]:
    """Return the first tokens of the sentences that tell of games."""
    lowered = [token.lemma_.lower() for token in doc]
    sentences = [(sentence, sentence.text, lowered[sentence.start : sentence.end]) for sentence in doc.sents]
    cues = {sentence.start: len(set(_cues(sentence, text, lemmas))) for sentence, text, lemmas in sentences}
    full = sum(cues.values()) >= _FULL
    hyphens = "-" in doc.text
    scored = {
        sentence.start
        for sentence, text, lemmas in sentences
        if not _PLAIN.isdisjoint(lemmas) or _CLOSE.search(text.lower()) or (hyphens and any(_compound(t) in _PLAIN for t in sentence))
    }
    return frozenset(start for start, count in cues.items() if start in scored or count >= 2 or (full and count >= 1) or (full and _mostly(cues)))


def _compound(token: Token) -> str:
    """Join what the tokenizer parts at a hyphen: "semi-final"."""
    return "".join(t.lower_ for t in token.doc[token.i - 2 : token.i + 1]) if token.i > 1 and token.nbor(-1).text == "-" else ""


def unreal_sentences(doc: Doc) -> frozenset[int]:
    """Return the first tokens of the sentences that tell of a work's world, or of a supposed one."""
    worded = ((sentence, [t for t in sentence if not t.is_space and not t.is_punct]) for sentence in doc.sents)
    return frozenset(sentence.start for sentence, words in worded if words and (_is_fiction(sentence, words) or _is_supposition(words)))


def is_no_actor(phrase: Span, label: str = "") -> bool:
    """Tell whether a name or description is that of an animal, an illness or a storm, which acts on nobody's behalf.

    Parameters:
        phrase: the mention, its head word the root.
        label: its class; aircraft are called after storms and beasts, "RAF Typhoons".
    """
    if label == "Vehicle" and phrase.root.tag_ in ("NNS", "NNPS"):
        return False
    return phrase.root.lemma_.lower() in _BEASTS or _STORM.match(phrase.text) is not None


def _is_fiction(sentence: Span, words: list[Token]) -> bool:
    opening = words[:_OPENING]
    if opening[0].lower_ in _FRAMES | {"act", "scene", "chapter", "episode"} and any(t.text == ":" for t in sentence[: _OPENING]):
        return True
    if opening[0].lower_ != "in":
        return False
    comma = next((t.i for t in sentence if t.text == ","), sentence.end)
    return any(t.lemma_.lower() in _WORKS and t.i < comma for t in opening) and comma < sentence.end


def _is_supposition(words: list[Token]) -> bool:
    if len(words) < 3:
        return False
    orders = words[0].lemma_.lower() in _SUPPOSE and words[0].tag_ in ("VB", "VBP") and not any(c.dep_ in ("nsubj", "aux") for c in words[0].children)
    lets = words[0].lower_ == "let" and words[1].lower_ in ("us", "'s", "’s") and any(t.lemma_.lower() in _SUPPOSE for t in words[2:4])
    return orders or lets


def _mostly(cues: dict[int, int]) -> bool:
    return sum(1 for count in cues.values() if count) * 2 >= len(cues)


def _cues(sentence: Span, text: str, lemmas: list[str]) -> Iterator[str]:
    for place, lemma in enumerate(lemmas):
        if lemma in _WORDS and sentence[place].ent_type_ != "Position":
            yield lemma
    if _SCORE.search(text):
        yield "score"
