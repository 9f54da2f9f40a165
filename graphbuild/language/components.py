"""The language model as one spaCy component, and the English of UD trees: noun chunks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy import util
from spacy.language import Language
from spacy.symbols import DEP, HEAD, LEMMA, MORPH, ORTH, POS, SPACE, TAG  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc, Span, SpanGroup, Token

from graphbuild.datelines import dateline_end, opens_line
from graphbuild.language.casing import Words, told_cases
from graphbuild.language.encoder import Encoder, Floats, Window
from graphbuild.language.index import BULLETS
from graphbuild.language.lemmas import read_lexicon
from graphbuild.language.pairs import MAX_ANTECEDENTS, PairHeads, Relation, Seen, see
from graphbuild.language.repairs import repair
from graphbuild.language.spans import Mention, decode_spans
from graphbuild.language.trees import decode_clauses, head_shares

FACTORY = "graphbuild"
MODEL = Path(__file__).parent / "model"
_LONG_LINE = 60
"""A line break after a line this long, without a full stop, is taken for a typist's, not for a paragraph."""

_FINITE = ("VBD", "VBZ", "VBP", "MD", "VBN")  # taggers take "denied" in "Kyiv denied it" for a participle too often
_CROSSING = ("WDT", "WP", "WP$", "WRB", ".")
"""Tags of words whose arcs may cross others: wh-words, and full stops, which hang on the main verb wherever it stands."""
_STOPS = frozenset(".!?")
_QUOTES = frozenset("\"“”'‘’")
_TITLES_CUT_SHORT = frozenset("Spc Pfc Pvt Sgt Cpl Lt Col Capt Maj Gen Brig Adm Cmdr Gov Sen Rep Rev Hon Mr Mrs Ms Dr Prof H.E".split())
"""Titles and ranks as they are written before names."""
_WORD = 4
"""Letters of a lower-case word that is no abbreviation, at least."""
_START_MARKS = {True: 1, False: -1, None: 0}
_BEFORE_YEARS = frozenset("in since by until during around from".split())
"""Prepositions behind which a year goes on with its sentence."""
_WITHIN = frozenset((",", "The", "A", "An"))
"""Words behind which a sentence goes on."""

Columns = npt.NDArray[np.uint64]
Key = tuple[int, int]
Antecedents = dict[Key, list[tuple[Key, float]]]

Span.set_extension("form", default="name", force=True)
Span.set_extension("score", default=1.0, force=True)
Span.set_extension("certainty", default=1.0, force=True)
Doc.set_extension("antecedents", default={}, force=True)
Doc.set_extension("relations", default=[], force=True)
Doc.set_extension("arcs", default=None, force=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """The mentions of a document, their antecedents and the relations between them; word offsets."""

    mentions: list[Mention]
    antecedents: Antecedents
    relations: list[Relation]


@Language.factory(
    FACTORY,
    default_config={"path": None, "threads": 1},
    assigns=["doc.ents", "doc.sents", "doc.spans", "token.dep", "token.head", "token.lemma", "token.morph", "token.pos", "token.tag"],
)
def make_component(nlp: Language, name: str, path: str | None, threads: int) -> "LanguageModel":
    """Make the component for any pipeline: `nlp.add_pipe("graphbuild")`."""
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub says spans; spaCy itself takes offsets
    return LanguageModel(nlp, Path(path) if path else MODEL, threads)


class LanguageModel:
    """Annotates a tokenised Doc.

    Sets sentence starts, `tag_`, `pos_`, `morph`, `lemma_`, `head`, `dep_` (UD v2; spaCy's `ROOT` for `root`); `doc.ents` (outermost names);
    `doc.spans["mentions"]` with `span.label_`, `span._.form` (name, noun, pronoun), `span._.score` and, of its class,
    `span._.certainty`;
    `doc._.antecedents`, for the token offsets of a mention the candidate
    antecedents with their probability, best first; `doc._.relations`: subject, object (token offsets), relation, probability,
    status and its probability; `doc._.arcs`: the parser's probability of each token's head.
    """

    def __init__(self, nlp: Language, path: Path, threads: int) -> None:
        self._encoder = Encoder(path, threads)
        self.label_lists = labels = self._encoder.labels
        self._pairs = PairHeads(path, labels, threads)
        strings = nlp.vocab.strings
        self._lemma_rules = labels.lemma
        lexicon = read_lexicon(path / "lexicon.json")
        self._lemma = lru_cache(maxsize=50_000)(lexicon.lemma)
        kinds = lru_cache(maxsize=50_000)(lexicon.parts_of_speech)
        self._known = Words(
            is_common=lambda word: bool(kinds(word)),
            is_verb=lambda word: kinds(word) == {"VERB"} and not word.endswith("ing"),
            may_tell=lambda word: "VERB" in kinds(word) and word.endswith("s"),
        )
        self._tags = np.array([strings.add(tag) for tag in labels.xpos], dtype=np.uint64)
        self._deps = np.array([strings.add("ROOT" if label == "root" else label) for label in labels.deprel], dtype=np.uint64)
        self._finite = np.array([tag in _FINITE for tag in labels.xpos])
        self._crossing = np.array([tag in _CROSSING for tag in labels.xpos])
        self._joining = np.array([label in ("parataxis", "conj") for label in labels.deprel])
        self._parataxis = labels.deprel.index("parataxis")
        upos, morphs = zip(*(label.partition("|")[::2] for label in labels.morph), strict=True)
        self._pos = upos
        self._upos = np.array([strings.add(tag) for tag in upos], dtype=np.uint64)
        self._morphs = np.array([nlp.vocab.morphology.add(feats) for feats in morphs], dtype=np.uint64)
        self._space_tag = strings.add("_SP")

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place."""
        tokens = [token for token in doc if not token.is_space]
        if tokens:
            self._annotate(doc, tokens)
        else:
            set_blank(doc)
        return doc

    def _annotate(self, doc: Doc, tokens: list[Token]) -> None:
        words = [token.text for token in tokens]
        columns: list[Columns] = []
        shares: list[Floats] = []

        def mentions_of(window: Window) -> list[Mention]:
            columns.append(self.token_columns(window, words, doc))
            heads = columns[-1][:, 0].astype(np.int64) - window.begin
            shares.append(head_shares(window.arcs, window.sentences, heads, window.own_from - window.begin))
            return decode_spans(window, self.label_lists, words)

        breaks, starts = breaks_of(doc, tokens)
        reading = self.read(words, breaks, starts, mentions_of)
        set_tokens(doc, np.concatenate(columns), tokens, self._space_tag)
        doc._.arcs = np.ones(len(doc), dtype=np.float32)
        doc._.arcs[[token.i for token in tokens]] = np.concatenate(shares)
        repair(doc)
        set_reading(doc, reading, tokens)

    def read(self, words: Sequence[str], breaks: Sequence[bool], starts: Sequence[int], mentions_of: Callable[[Window], list[Mention]]) -> Reading:
        """Pair up the mentions that are chosen in each window (sorted, within it); `starts` as `given` in `Encoder.windows`."""
        reading = Reading([], {}, [])
        seen: list[Seen] = []
        cases = told_cases(words, breaks, self._known)
        for window in self._encoder.windows(words, cases, breaks, starts):
            mentions = mentions_of(window)
            reading.mentions.extend(mentions)
            new = see([m for m in mentions if m.end <= window.begin + len(window.vectors)], words, window)
            reading.antecedents.update(self._pairs.antecedents(seen, new))
            reading.relations.extend(self._pairs.relations(window, new))
            seen = [*seen, *new][-MAX_ANTECEDENTS:]
        return reading

    def judge(self, words: Sequence[str], breaks: Sequence[bool], starts: Sequence[int], mentions: Sequence[Mention]) -> tuple[Antecedents, list[Relation]]:
        """Antecedents of, and relations between, given mentions (sorted) of given words; `starts` as `given` in `Encoder.windows`."""

        def own(window: Window) -> list[Mention]:
            return [m for m in mentions if window.own_from <= m.start < window.own_to]

        reading = self.read(words, breaks, starts, own)
        return reading.antecedents, reading.relations

    def token_columns(self, window: Window, words: list[str], doc: Doc) -> Columns:
        """Head (word offset in the document), label, tag, part of speech, features and lemma of the window's own words, a row each."""
        semicolons = np.flatnonzero([word == ";" for word in words[window.begin : window.begin + len(window.arcs)]])
        heads, clauses = decode_clauses(window.arcs, window.sentences, semicolons, self._finite[window.xpos], self._crossing[window.xpos])
        own = slice(window.own_from - window.begin, window.own_to - window.begin)
        deps = self._pairs.arc_labels(window.vectors, heads)
        deps[clauses] = np.where(self._joining[deps[clauses]], deps[clauses], self._parataxis)
        add = doc.vocab.strings.add
        lemmas = [
            add(self._lemma(word, self._pos[morph], self._lemma_rules[rule]))
            for word, morph, rule in zip(words[window.own_from : window.own_to], window.morph[own].tolist(), window.lemma[own].tolist(), strict=True)
        ]
        return np.stack(
            [
                (heads[own] + window.begin).astype(np.uint64), self._deps[deps[own]], self._tags[window.xpos[own]], self._upos[window.morph[own]],
                self._morphs[window.morph[own]], np.array(lemmas, dtype=np.uint64),
            ],
            axis=1,
        )  # fmt: skip


def breaks_of(doc: Doc, tokens: list[Token]) -> tuple[list[bool], list[int]]:
    """Of every word whether a line begins with it, and whether a sentence begins there for certain (1), surely not (-1) or perhaps (0).

    It begins for certain behind a blank line, with the bullet of an item, or behind a date line; what an earlier component or the caller
    has set counts before that.
    """
    line, given = [True], [1]
    text = doc.text
    reports = _behind_datelines(doc)
    for before, token in pairwise(tokens):
        gap = text[before.idx + len(before) : token.idx] if token.i > before.i + 1 else ""
        count = gap.count("\n")
        line.append(count > 1 or (count == 1 and _ends_paragraph(text, before.idx + len(before))))
        item = count > 0 and token.text in BULLETS and bool(token.whitespace_)
        within = count < 2 and (_is_title_before(before) or (not count and _is_within(before)))
        begins = -1 if within else int(count > 1 or item or token.i in reports or _follows_stop(before, token))
        given.append(_START_MARKS[token.is_sent_start] or begins)
    return line, given


def _behind_datelines(doc: Doc) -> set[int]:
    """Return the words that reports begin with behind a date line whose place stands in capitals: "LIMA, Aug 17 (AP) - Police"."""
    places = (t for t in doc if t.is_upper and len(t) >= _WORD and opens_line(doc, t.i))
    ends = (end for place in places if (end := dateline_end(doc, place.i)) is not None and doc[end].text != ":")
    return {end + 1 for end in ends}


def _is_within(before: Token) -> bool:
    """Tell that no sentence begins on the same line: behind a word in small letters, an article, a comma, a year: "the frigate Kent", "In 2019 Kenya"."""
    year = before.text.isdigit() and before.i > 0 and before.nbor(-1).lower_ in _BEFORE_YEARS
    return year or before.text in _WITHIN or (before.is_alpha and before.is_lower and bool(before.whitespace_))


def _is_title_before(stop: Token) -> bool:
    """Tell whether a full stop is that of a title cut short, behind which a name follows: "Spc. Lind"."""
    text = stop.text
    if not text.endswith("."):
        return False
    return (text[:-1] or (stop.nbor(-1).text if stop.i and not stop.nbor(-1).whitespace_ else "")) in _TITLES_CUT_SHORT


def _follows_stop(before: Token, token: Token) -> bool:
    """Tell whether spelling leaves no doubt that a sentence begins: a lower-case word of some length, a stop, a gap, a capital; quotes aside."""
    text = before.text
    if text not in _STOPS and text not in _QUOTES:
        return False
    closed = text in _QUOTES and before.i > 0 and not before.nbor(-1).whitespace_
    stop = before.nbor(-1) if closed else before
    if stop.text not in _STOPS or not stop.i or not before.whitespace_:
        return False
    opened = token.text in _QUOTES and token.i + 1 < len(token.doc) and not token.whitespace_
    word = stop.nbor(-1).text
    whole = word.isalpha() and ((word.islower() and len(word) >= _WORD) or (opened and len(word) > _WORD + 1))  # no abbreviation before a quotation
    return whole and (token.nbor() if opened else token).text[:1].isupper()


def _ends_paragraph(text: str, end: int) -> bool:
    return text[end - 1] in ".!?:;\"”’)" or end - (text.rfind("\n", 0, end) + 1) < _LONG_LINE


def set_tokens(doc: Doc, columns: Columns, tokens: list[Token], space_tag: int) -> None:
    """Write the columns; white space hangs on the word before it, or on the first word."""
    index = np.array([token.i for token in tokens], dtype=np.int64)
    table = np.zeros((len(doc), 6), dtype=np.uint64)
    anchor = np.zeros(len(doc), dtype=np.int64)
    anchor[index] = index
    anchor = np.maximum.accumulate(anchor)
    first = int(index[0]) if len(index) else 0
    anchor[:first] = first
    heads = anchor.copy()
    table[:, 1] = doc.vocab.strings.add("dep")
    if not len(index):
        table[0, 1] = doc.vocab.strings.add("ROOT")
    table[:, 2], table[:, 3] = space_tag, SPACE
    table[:, 5] = doc.to_array(ORTH)
    if len(index):
        table[index] = columns
        heads[index] = index[columns[:, 0].astype(np.int64)]
    table[:, 0] = (heads - np.arange(len(doc))).astype(np.uint64)
    doc.from_array([HEAD, DEP, TAG, POS, MORPH, LEMMA], cast("Any", table))


def _moved(key: Key, index: list[int]) -> Key:
    """Word offsets to token offsets."""
    return index[key[0]], index[key[1] - 1] + 1


def set_blank(doc: Doc) -> None:
    """Annotate a Doc of nothing but white space, or of nothing."""
    if len(doc):
        set_tokens(doc, np.zeros((0, 0), dtype=np.uint64), [], doc.vocab.strings.add("_SP"))
    doc.spans["mentions"] = SpanGroup(doc, name="mentions")


def set_reading(doc: Doc, reading: Reading, tokens: list[Token]) -> None:
    """Write mentions, outermost names, antecedents and relations; `tokens` are the words."""
    index = [token.i for token in tokens]
    _set_spans(doc, reading.mentions, index)
    doc._.antecedents = {_moved(key, index): [(_moved(other, index), p) for other, p in found] for key, found in reading.antecedents.items()}
    doc._.relations = [
        (_moved(r.subject, index), _moved(r.object, index), r.relation, r.probability, r.status, r.status_probability) for r in reading.relations
    ]


def _set_spans(doc: Doc, mentions: list[Mention], index: list[int]) -> None:
    group = SpanGroup(doc, name="mentions")
    names: list[Span] = []
    for mention in mentions:
        span = Span(doc, *_moved((mention.start, mention.end), index), label=mention.label)
        own = span._
        own.form, own.score, own.certainty = mention.form, mention.score, mention.certainty
        group.append(span)
        if mention.form == "name":
            names.append(span)
    doc.spans["mentions"] = group
    doc.ents = tuple(util.filter_spans(names))


_ARGUMENTS = frozenset(
    "nsubj nsubj:pass nsubj:outer csubj obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:unmarked appos conj dislocated vocative xcomp ROOT".split()
)
_INSIDE = frozenset("det det:predet nummod amod compound flat nmod:poss nmod:desc goeswith nummod:gov".split())


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Base noun phrases of a UD tree: start, end and label of each; the noun with what stands before it and flat names behind.

    Chunks do not overlap: what lies inside a longer one, as a possessor, is none of its own.
    """
    label = doclike.doc.vocab.strings.add("NP")
    found = sorted((_chunk_of(token) for token in doclike if _heads_chunk(token)), key=lambda chunk: (chunk[0], -chunk[1]))
    taken = 0
    for start, end in found:
        if start >= taken:
            taken = end
            yield start, end, label


def _heads_chunk(token: Token) -> bool:
    nominal = token.pos_ in ("NOUN", "PROPN", "PRON")
    return nominal and (token.dep_ in _ARGUMENTS or any(child.dep_ == "cop" for child in token.lefts))


def _chunk_of(token: Token) -> tuple[int, int]:
    start = token.i
    for child in reversed(list(token.lefts)):
        phrase = child.left_edge.dep_ == "case" and child.dep_ != "nummod"
        joined = (child.dep_ in _INSIDE and not phrase) or (child.dep_ == "punct" and child.text in {"-", "–", "/"})
        if not joined or child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    return start, max([token.i, *(child.right_edge.i for child in token.rights if child.dep_.startswith("flat"))]) + 1


__all__ = ["FACTORY", "MODEL", "LanguageModel", "make_component", "noun_chunks"]
