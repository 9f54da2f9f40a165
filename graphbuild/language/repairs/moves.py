"""What repairs share: moves of words in a tree, and small questions about a phrase."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter

from spacy.tokens import Doc, Token

RELATIVE = frozenset("who whom which that".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tomorrow tonight".split()
)
SAYING = frozenset("say tell add announce report state write claim confirm declare explain note".split())
Move = tuple[Token, Token, str]
"""A word, the head that it is to have, and its label."""
LEADING = frozenset("of for from with into against to on over in at by as about towards toward".split())
"""Prepositions that lead in what a verb takes beside its object."""
NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP")
SUBJECTS = ("nsubj", "nsubj:pass")
VOWING = frozenset("threaten vow pledge promise swear".split())
"""Verbs for what one says that one will do oneself."""
COMPLEMENTS = ("obj", "iobj", "ccomp", "xcomp")
INVERTED = frozenset("say be become remain come go follow stand lie sit add reply ask answer write tell warn insist claim".split())
"""Verbs whose subject may stand behind them."""
BARE = ("nsubj", "obj", "iobj")
"""What no preposition leads in."""
TAKES_NO_CLAUSE = frozenset(
    "condemn welcome praise denounce deplore support sign reject violate criticise criticize hail commend back endorse join attend visit oppose mourn honour"
    " honor congratulate thank applaud salute decry slam blast lambast ratify adopt implement breach launch conduct attack strike hit kill arrest release"
    " free lift impose host inaugurate examine discuss review address resume suspend end".split()
)
"""Verbs with nouns for objects, and no clauses."""


def carry_out(moves: Iterator[Move]) -> None:
    """Make moves that were found in one state of a tree."""
    for word, head, label in list(moves):
        hang(word, head, label)


def hang(word: Token, head: Token, label: str | None = None) -> None:
    """Give a word another head, and label if one is given, unless the head hangs below the word: a tree must not become a ring."""
    above = head
    while above.i != word.i and above.head.i != above.i:
        above = above.head
    if above.i != word.i or head.i == word.i:
        word.head = head
        relabel(word, label or word.dep_)


def relabel(word: Token, label: str) -> None:
    """Give a word another label; repairs set none in another way, as `labelled` would not know."""
    if label != word.dep_:
        word.dep_ = label
        by_label.cache_clear()


def labelled(doc: Doc, *labels: str) -> list[Token]:
    """Return the words with one of the labels, in text order."""
    words = by_label(doc)
    if len(labels) == 1:
        return words.get(labels[0], [])
    return sorted((word for label in labels for word in words.get(label, ())), key=attrgetter("i"))


@lru_cache(maxsize=1)
def by_label(doc: Doc) -> Mapping[str, list[Token]]:
    """Return the words by label: the hundred repairs of a text ask for them, and few change a label."""
    words: dict[str, list[Token]] = {}
    for word in doc:
        words.setdefault(word.dep_, []).append(word)
    return words


def preposition_of(token: Token) -> Token | None:
    """Return the preposition before a word that leads it in."""
    led = (c for c in token.children if c.dep_ == "case" and c.i < token.i)
    return next((c for c in led if c.pos_ == "ADP" or (c.pos_ == "SCONJ" and c.lower_ in LEADING)), None)


def bounds_of(noun: Token) -> tuple[int, int]:
    """Return where the words under a token begin and end, without commas around them."""
    first, last = noun.left_edge.i, noun.right_edge.i
    while first < noun.i and noun.doc[first].is_punct:
        first += 1
    while last > noun.i and noun.doc[last].is_punct:
        last -= 1
    return first, last


def head_of_name(word: Token) -> Token:
    """Return the head of the name that a word is a later part of; the word itself where it is none."""
    while word.dep_ in ("flat", "compound") and word.head.i != word.i:
        word = word.head
    return word


def later_parts(name: Token) -> list[Token]:
    """Return the words of a name that hang on its head."""
    return [c for c in name.children if c.dep_ in ("flat", "compound")]


def start_of(name: Token) -> int:
    """Return where a name begins with what stands before it, whatever that hangs on: "the EU's Ana Lind", "Mr Lind"."""
    first, _ = bounds_of(name)
    while first > name.sent.start and (name.doc[first - 1].pos_ in ("PROPN", "DET") or name.doc[first - 1].tag_ == "POS"):
        first -= 1
    return first


def subject_label(verb: Token) -> str:
    """Return the label of the subject of a verb: that of a passive, if it is one."""
    return "nsubj:pass" if has_passive(verb) else "nsubj"


def has_passive(verb: Token) -> bool:
    """Tell whether an auxiliary makes a verb a passive."""
    return any(c.dep_ == "aux:pass" for c in verb.children)


def lacks_object(verb: Token) -> bool:
    """Tell whether a verb is active and has no object, nor a clause in its place."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    active = perfect or any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)  # "Lind co-chaired the talks", read with a participle
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children) or (verb.tag_ == "VBN" and not active)
    return verb.pos_ == "VERB" and not passive and not any(c.dep_ in COMPLEMENTS for c in verb.children)


def verb_before(noun: Token, phrase: Token | None = None, start: int | None = None) -> Token | None:
    """Return the active verb without an object that a noun phrase stands right behind; `phrase` counts for none, whatever its label."""
    first = bounds_of(noun)[0] if start is None else start
    if not first or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.tag_ in ("WP", "WDT"):
        return None
    verb = noun.doc[first - 1]
    active = any((c.lemma_ == "have" and c.dep_ == "aux") or (c.lower_ in ("who", "which") and c.dep_ == "nsubj") for c in verb.children)
    finite = verb.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VB") or (verb.tag_ == "VBN" and active)
    taken = any(c.dep_ in ("aux:pass", "nsubj:pass", *COMPLEMENTS) and c != phrase for c in verb.children)
    return verb if verb.pos_ == "VERB" and finite and not taken else None
