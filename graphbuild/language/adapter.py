"""Any spaCy pipeline with a parser and entities as our language model: its trees and names, our descriptions, coreference and relations."""

from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from graphbuild.errors import ModelError
from graphbuild.gazetteer import Gazetteer
from graphbuild.language.clearnlp import is_clearnlp, to_ud, ud_pos
from graphbuild.language.components import MODEL, Columns, LanguageModel, breaks_of, noun_chunks, set_blank, set_reading, set_tokens
from graphbuild.language.encoder import Window
from graphbuild.language.ontonotes import is_person, name_of, together
from graphbuild.language.spans import Mention, decode_spans

ADAPTER = "graphbuild_adapter"
_EARLIER_UD = {"obl:tmod": "obl:unmarked", "obl:npmod": "obl:unmarked", "nmod:tmod": "nmod:unmarked", "nmod:npmod": "nmod:unmarked"}
"""Subtypes as English treebanks had them before UD 2.13."""


@Language.factory(
    ADAPTER,
    default_config={"path": None, "threads": 1},
    requires=["token.dep", "token.head", "doc.ents"],
    assigns=["doc.ents", "doc.sents", "doc.spans", "token.dep", "token.head", "token.pos"],
)
def make_adapter(nlp: Language, name: str, path: str | None, threads: int) -> "Adapter":
    """Make the component for the end of any pipeline: `nlp.add_pipe("graphbuild_adapter")`."""
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub says spans; spaCy itself takes offsets
    return Adapter(nlp, Path(path) if path else MODEL, threads)


class Adapter:
    """Turns what a pipeline says into what `LanguageModel` would: UD v2 trees, names in the classes of the catalogue, mentions and their pairs.

    A tree of ClearNLP's scheme is converted, one of UD's is taken as it is. Tags and lemmas that the pipeline lacks are our model's.
    """

    def __init__(self, nlp: Language, path: Path, threads: int) -> None:
        self._model = LanguageModel(nlp, path, threads)
        self._gazetteer = Gazetteer.load()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place.

        Raises:
            ModelError: the pipeline has set no trees or no entities.
        """
        tokens = [token for token in doc if not token.is_space]
        if tokens:
            _check(doc)
            self._annotate(doc, tokens)
        else:
            set_blank(doc)
        return doc

    def _annotate(self, doc: Doc, tokens: list[Token]) -> None:
        words = [token.text for token in tokens]
        number = {token.i: n for n, token in enumerate(tokens)}
        names = {(number[s.start], number[s.end - 1] + 1): s.label_ for s in map(_trimmed, doc.ents) if s is not None}
        breaks, starts = breaks_of(doc, tokens)
        columns: list[Columns] = []

        def mentions_of(window: Window) -> list[Mention]:
            columns.append(self._model.token_columns(window, words, doc))
            return together(self._names(words, names, window), decode_spans(window, self._model.label_lists, words))

        reading = self._model.read(words, breaks, starts, mentions_of)
        persons = [place for place, label in names.items() if is_person(label)]
        set_tokens(doc, _own_columns(doc, tokens, number, np.concatenate(columns), persons), tokens, doc.vocab.strings.add("_SP"))
        set_reading(doc, reading, tokens)

    def _names(self, words: list[str], names: dict[tuple[int, int], str], window: Window) -> list[Mention]:
        """The pipeline's names that begin in the window's own sentences."""
        found = (
            name_of(" ".join(words[start:end]), label, (start, end), window, self._model.label_lists, self._gazetteer)
            for (start, end), label in names.items()
            if window.own_from <= start < window.own_to
        )
        return [mention for mention in found if mention is not None]


def _check(doc: Doc) -> None:
    """Raise what says what the pipeline lacks."""
    missing = [what for attribute, what in (("DEP", "a parser"), ("ENT_IOB", "an entity recogniser")) if not doc.has_annotation(attribute)]
    if missing:
        raise ModelError(f"the spaCy pipeline lacks {' and '.join(missing)}: take one that sets dependencies and entities, as en_core_web_sm does")


def _trimmed(span: Span) -> Span | None:
    """A name without the article before and the possessive ending behind it."""
    start, end = span.start, span.end
    while start < end and (span.doc[start].lower_ in ("the", "a", "an") or span.doc[start].is_space):
        start += 1
    while end > start and (span.doc[end - 1].lower_ in ("'s", "’s", "'", "’") or span.doc[end - 1].is_space):
        end -= 1
    return Span(span.doc, start, end, label=span.label) if start < end else None


def _own_columns(doc: Doc, tokens: list[Token], number: dict[int, int], columns: Columns, persons: list[tuple[int, int]]) -> Columns:
    """Write what the pipeline says over what our model says: head, label, tag, part of speech, features, lemma of each word."""
    heads = [_word_above(token, number) for token in tokens]
    labels = [token.dep_ for token in tokens]
    tags = [token.tag_ for token in tokens] if doc.has_annotation("TAG") else [doc.vocab.strings[int(tag)] for tag in columns[:, 2]]
    converted = is_clearnlp(tags, heads, labels)
    if converted:
        heads, labels = _converted(doc, tags, heads, persons)
    add = doc.vocab.strings.add
    table = columns.copy()
    table[:, 0] = heads
    table[:, 1] = [add("ROOT" if head == n else _EARLIER_UD.get(label, label)) for n, (head, label) in enumerate(zip(heads, labels, strict=True))]
    if doc.has_annotation("TAG"):
        table[:, 2] = [token.tag for token in tokens]
    if doc.has_annotation("POS"):
        coarse = [token.pos_ for token in tokens]
        table[:, 3] = [add(pos) for pos in (map(ud_pos, coarse, tags, labels) if converted else coarse)]
    if doc.has_annotation("MORPH"):
        table[:, 4] = doc.to_array("MORPH")[[token.i for token in tokens]]
    if doc.has_annotation("LEMMA"):
        table[:, 5] = [token.lemma for token in tokens]
    return table


def _word_above(token: Token, number: dict[int, int]) -> int:
    """The head of a word, or the word itself if it is a root or hangs on white space only."""
    head = token.head
    while head.i not in number and head.head.i != head.i:
        head = head.head
    return number.get(head.i, number[token.i])


def _converted(doc: Doc, tags: list[str], heads: list[int], persons: list[tuple[int, int]]) -> tuple[list[int], list[str]]:
    """Convert sentence by sentence; a word whose head is in another one becomes a root."""
    new_heads: list[int] = []
    labels: list[str] = []
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        start, end = len(new_heads), len(new_heads) + len(tokens)
        inside = [(a - start, b - start) for a, b in persons if start <= a and b <= end]
        own = [head - start if start <= head < end else n for n, head in enumerate(heads[start:end])]
        moved, named = to_ud([t.text for t in tokens], tags[start:end], own, [t.dep_ for t in tokens], inside)
        new_heads.extend(head + start for head in moved)
        labels.extend(named)
    return new_heads, labels
