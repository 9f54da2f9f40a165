"""The corpus written for this project (CC0): entities of all classes, coreference, facts with status."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc

from graphbuild.language.tokenizer import set_tokenizer
from graphbuild.mentions import PERSONAL
from graphbuild.relations.inventory import RELATIONS
from training.corpus.reader import TEXTS, CorpusText, MentionMark, read_corpus
from training.corpus.reader import Fact as CorpusFact
from training.examples import Example, Fact, SpanTarget

HELD_OUT_REGIONS = frozenset(("oceania-pacific", "southern-africa"))
HELD_OUT_KINDS = frozenset(("communique", "obituary"))
READ_BY_THE_MODEL = {
    "project": tuple("abcdefghi"),
    "project-second": ("j", "k0", "k1", "k2", "k3", "k4"),
    "project-third": ("l0", "l1", "l2", "l3", "l4"),
}
"""How the ids begin of the texts that the shipped weights were trained on, in the parts of the corpus that came to the training one after the other."""
UNREAD = "project-unread"
"""The part that all other texts are in."""


def is_held_out(text: CorpusText) -> bool:
    """Tell whether a text is measured on and never trained on: chosen by whole regions and kinds of text."""
    return text.meta.get("region") in HELD_OUT_REGIONS or text.meta.get("kind") in HELD_OUT_KINDS


def is_new_to_the_model(text: CorpusText) -> bool:
    """Tell whether the shipped weights have never seen a text: it is held out, or in no part that they were trained on."""
    return is_held_out(text) or part_of(text) == UNREAD


def part_of(text: CorpusText) -> str:
    """Return the part of the corpus that a text is in: a key of `READ_BY_THE_MODEL`, or `UNREAD`."""
    return next((part for part, beginnings in READ_BY_THE_MODEL.items() if text.id.startswith(beginnings)), UNREAD)


def read_project(folder: Path = TEXTS) -> Iterator[tuple[Example, bool]]:
    """Yield every text as an example, with whether it is held out."""
    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    for text in read_corpus(folder):
        yield to_example(text, nlp(text.text)), is_held_out(text)


def to_example(text: CorpusText, doc: Doc) -> Example:
    """Align a text with its tokens; a mention that no tokens fit takes those that it touches."""
    words = [token for token in doc if not token.is_space]
    position = {token.i: number for number, token in enumerate(words)}
    spans: list[SpanTarget] = []
    mentions_of: dict[str, list[int]] = {}
    for mark in text.mentions:
        bounds = _bounds(doc, mark, position)
        if bounds is None or any((s.start, s.end) == bounds for s in spans):
            continue
        label = text.entities[mark.ids[0]][0]
        for identifier in mark.ids if len(mark.ids) == 1 else ():
            mentions_of.setdefault(identifier, []).append(len(spans))
        spans.append(SpanTarget(*bounds, f"{_form(text.text, mark)}:{label}"))
    order = sorted(mentions_of)
    facts = [f for fact in text.facts if (f := _fact(fact, order, doc, position)) is not None]
    return Example(
        name=f"project/{text.id}",
        source=part_of(text),
        words=tuple(token.text for token in words),
        breaks=tuple(_breaks(doc)),
        starts=tuple(_starts(words)),
        spans=tuple(spans),
        rest="rest:corpus",
        clusters=tuple(tuple(mentions_of[name]) for name in order),
        entities=tuple(tuple(mentions_of[name]) for name in order),
        facts=tuple(facts),
        relations=frozenset(RELATIONS),
    )


def _bounds(doc: Doc, mark: MentionMark, position: dict[int, int]) -> tuple[int, int] | None:
    span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    tokens = [position[t.i] for t in span if t.i in position] if span is not None else []
    return (tokens[0], tokens[-1] + 1) if tokens else None


def _form(text: str, mark: MentionMark) -> str:
    if not mark.refers:
        return "name"
    return "pronoun" if text[mark.start : mark.end].lower() in PERSONAL else "noun"


def _fact(fact: CorpusFact, order: Sequence[str], doc: Doc, position: dict[int, int]) -> Fact | None:
    if fact.subject not in order or fact.object not in order:
        return None
    span = doc.char_span(*fact.by, alignment_mode="expand")
    cue = (position[span[0].i], position[span[-1].i] + 1) if span is not None and span[0].i in position and span[-1].i in position else None
    return Fact(order.index(fact.subject), fact.relation, order.index(fact.object), fact.status, cue)


def _breaks(doc: Doc) -> Iterator[bool]:
    """Tell of every word whether a line begins with it."""
    begins = True
    for token in doc:
        if token.is_space:
            begins = begins or "\n" in token.text
        else:
            yield begins
            begins = False


def _starts(words: Sequence[spacy.tokens.Token]) -> Iterator[int]:
    """Guess sentence starts, for cutting windows only."""
    for number, token in enumerate(words):
        if number == 0 or (words[number - 1].text in (".", "!", "?", ".”", "”") and token.text[:1].isupper()) or (token.i and token.nbor(-1).is_space):
            yield number
