"""Repairs of the items of lists whose clauses lack their subject: "The Council: 1. Condemns the raid; 2. Demands that …; (c) Thanks Nepal"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import SUBJECTS, Move, hang, labelled, relabel

_RESOLVING = frozenset(
    "acknowledge adopt affirm appeal appoint appreciate approve authorise authorize call commend condemn congratulate decide declare demand denounce deplore"
    " deploy direct emphasise emphasize encourage endorse express extend impose instruct invite lift mandate mourn note praise reaffirm recall recognise"
    " recognize recommend reiterate reject renew request resolve salute stress suspend support thank underline underscore underscoring urge voice warn welcome"
    " agree deny honour honor remind regret remember".split()
)
"""What bodies do in the items of their resolutions and communiqués."""
_BULLETS = frozenset(("-", "–", "—", "•", "*", "·", "▪", "●", "►", "o"))
_OPENING, _CLOSING = ("(", "["), (")", "]", ".", ":")
_NOUN_TAGS = ("NNS", "NN", "NNP", "NNPS", "JJ", "VBP", "VB", "FW", "UH")
_LONGEST_MARK = 4
_ROMAN = frozenset("ivxlc")


def items(doc: Doc) -> None:
    """Make the verbs that items open with verbs, with what stands behind them for objects, and numbers and letters no subjects, in place."""
    for start in _starts(doc):
        first = _behind_mark(doc, start)
        verb = _verb_at(doc, first) if first is not None else None
        if first is None or verb is None:
            continue
        for mark in doc[start:first]:
            if mark.head == verb and mark.dep_ in (*SUBJECTS, "obl", "advmod", "dep", "nmod", "obj"):
                relabel(mark, "discourse")
        _as_verb(verb)
        for word, head, label in list(_taken(verb)):
            hang(word, head, label)


def _starts(doc: Doc) -> Iterator[int]:
    """Yield where lines begin, and what stands behind semicolons and colons, in text order."""
    lines = [t.i + 1 for t in labelled(doc, "dep") if t.is_space and "\n" in t.text]
    inline = [t.i + 1 for t in spelled(doc, (";", ":"))]
    yield from (i for i in sorted({*lines, *inline}) if i < len(doc) - 1)


def _behind_mark(doc: Doc, start: int) -> int | None:
    """Return the first word behind the number, letter or dash of an item: "2. ", "(a) ", "– "; where a line begins, there need be none."""
    words = [t for t in doc[start : start + _LONGEST_MARK] if not t.is_space]
    if not words:
        return None
    i = start + doc[start].is_space
    if doc[i].text in _BULLETS:
        return i + 1
    if i + 1 < len(doc) and doc[i].text in _OPENING and _is_mark(doc[i + 1].text):
        return i + 3 if i + 2 < len(doc) and doc[i + 2].text in _CLOSING else None
    if _is_mark(doc[i].text.rstrip(".)")) and doc[i].text != doc[i].text.rstrip(".)"):
        return i + 1
    if i + 1 < len(doc) and _is_mark(doc[i].text) and doc[i + 1].text in _CLOSING:
        return i + 2
    return i if start and doc[start - 1].is_space else None


def _is_mark(word: str) -> bool:
    small = word.lower()
    return word.isdigit() or (len(word) == 1 and word.isalpha()) or (bool(small) and set(small) <= _ROMAN)


def _verb_at(doc: Doc, first: int) -> Token | None:
    """Return the verb that an item opens with, behind adverbs, as it is or misread for a noun: "Strongly condemns the raid", "Demands that"."""
    if first >= len(doc):
        return None
    while first < len(doc) - 2 and (doc[first].is_space or doc[first].pos_ == "ADV" or doc[first].lower_.endswith("ly") or doc[first].text == ","):
        first += 1
    verb = doc[first]
    form = verb.lower_
    subject = any(c.dep_ in (*SUBJECTS, "cop", "expl") and c.i < first and c.pos_ in ("NOUN", "PROPN", "PRON") for c in verb.children)
    if subject or _base(form) in (None, form):
        return None
    if verb.pos_ == "VERB" and verb.tag_ in ("VBZ", "VBG"):
        return verb
    behind = doc[first + 1]
    led = behind.pos_ in ("DET", "PROPN", "PRON", "ADJ", "SCONJ") or behind.lower_ in ("that", "upon", "on", "to", "all", "with")
    return verb if led and verb.tag_ in _NOUN_TAGS and verb.dep_ in ("ROOT", "parataxis", "conj", "ccomp", "appos", "nsubj", "dep") else None


def _base(form: str) -> str | None:
    """Return the base form of what bodies do, of its third person or its participle."""
    stems = (form.removesuffix("ing"), form.removesuffix("ing") + "e") if form.endswith("ing") else (form.removesuffix("s"), form.removesuffix("es"))
    return next((b for b in stems if b in _RESOLVING), None)


def _as_verb(verb: Token) -> None:
    """Give a verb that was read as a noun its part of speech, tag and lemma."""
    form = verb.lower_
    base = _base(form)
    if base is not None and verb.pos_ != "VERB":
        verb.pos_, verb.lemma_ = "VERB", base
    if base is not None and verb.tag_ not in ("VBZ", "VBG"):
        verb.tag_ = "VBG" if form.endswith("ing") else "VBZ"


def _taken(verb: Token) -> Iterator[Move]:
    """Yield what stands behind a verb that has no subject there as its object, and what it says as its clause."""
    has_object = any(c.dep_ == "obj" for c in verb.children)
    for child in verb.children:
        if child.i > verb.i and child.dep_ in (*SUBJECTS, "vocative", "appos", "dep", "flat", "compound") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            led = any(c.dep_ == "case" for c in child.children)
            if not has_object or led:
                yield child, verb, "obl" if led else "obj"
        if child.i > verb.i and child.dep_ in ("nmod", "nmod:unmarked"):
            yield child, verb, "obl"
        if child.dep_ in ("acl", "appos", "acl:relcl") and any(c.dep_ == "mark" and c.lower_ in ("that", "to") for c in child.children):
            yield child, verb, "xcomp" if any(c.dep_ == "mark" and c.lower_ == "to" for c in child.children) else "ccomp"
