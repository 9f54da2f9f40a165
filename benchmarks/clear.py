"""Trees of Universal Dependencies rewritten with the labels of spaCy's English models (ClearNLP's), which other tools expect.

Prepositions and copulas become heads ("spoke -prep-> to -pobj-> Togo", "is -attr-> minister"), passives get labels of their own, negation is `neg`.
"""

from functools import cache

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_LABELS = {
    "nsubj:pass": "nsubjpass", "csubj:pass": "csubjpass", "obj": "dobj", "iobj": "dative", "aux:pass": "auxpass", "nmod:poss": "poss", "root": "ROOT",
    "acl:relcl": "relcl", "compound:prt": "prt", "det:predet": "predet", "cc:preconj": "preconj", "flat": "compound",
    "obl:tmod": "npadvmod", "obl:npmod": "npadvmod",
    "obl:unmarked": "npadvmod", "nmod:tmod": "npadvmod", "nmod:npmod": "npadvmod", "nmod:unmarked": "npadvmod", "obl": "npadvmod",
    "nmod:desc": "compound",
    "discourse": "intj", "vocative": "npadvmod", "fixed": "pcomp", "list": "dep", "orphan": "dep", "dislocated": "dep", "goeswith": "dep", "reparandum": "dep",
}  # fmt: skip
_PREDICATE_KEEPS = frozenset("amod compound det nummod nmod nmod:poss nmod:desc flat acl acl:relcl appos case conj cc fixed".split())
_OBLIQUE = ("obl", "nmod", "attr", "obl:agent")


@cache
def _vocabulary() -> Vocab:
    """Return spaCy's own, whose noun chunks go by its labels."""
    return spacy.blank("en").vocab


def clear_style(doc: Doc) -> Doc:
    """Return a copy of a parsed document with the labels and heads that spaCy's English models give; words, tags and names stay."""
    heads, labels = [token.head.i for token in doc], [token.dep_ for token in doc]
    _end_names(heads, labels)
    _raise_copulas(heads, labels, [token.pos_ for token in doc])
    _raise_prepositions(heads, labels)
    negative = [token.lower_ in ("not", "n't", "n’t", "never") for token in doc]
    deps = ["neg" if no and label == "advmod" else _LABELS.get(label, label.split(":")[0]) for label, no in zip(labels, negative, strict=True)]
    out = Doc(
        _vocabulary(),
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=[token.pos_ for token in doc],
        tags=[token.tag_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=heads,
        deps=deps,
    )
    out.ents = [Span(out, ent.start, ent.end, ent.label_) for ent in doc.ents]
    return out


def _end_names(heads: list[int], labels: list[str]) -> None:
    """Let the last word of a name be its head: "Ada" hangs from "Brook"."""
    last_of = {heads[n]: n for n, label in enumerate(labels) if label == "flat"}
    for first, last in sorted(last_of.items()):
        heads[last], labels[last] = last if heads[first] == first else heads[first], labels[first]
        for child in (n for n in range(len(heads)) if heads[n] == first and n != first):
            heads[child] = last
        heads[first], labels[first] = last, "flat"


def _raise_copulas(heads: list[int], labels: list[str], tags: list[str]) -> None:
    """Let a copula stand where its predicate stood, and take over what belongs to the clause."""
    for copula in (n for n, label in enumerate(labels) if label == "cop"):
        predicate = heads[copula]
        heads[copula] = copula if heads[predicate] == predicate else heads[predicate]
        labels[copula] = labels[predicate]
        for child in (n for n in range(len(heads)) if heads[n] == predicate and n not in (predicate, copula)):
            if labels[child] not in _PREDICATE_KEEPS:
                heads[child] = copula
        heads[predicate], labels[predicate] = copula, "acomp" if tags[predicate] == "ADJ" else "attr"


def _raise_prepositions(heads: list[int], labels: list[str]) -> None:
    """Let a preposition stand between a word and what it governs."""
    for noun in range(len(heads)):
        cases = [n for n in range(len(heads)) if heads[n] == noun and labels[n] == "case" and n < noun]
        if not cases or labels[noun] not in _OBLIQUE:
            continue
        first = cases[0]
        labels[first] = "agent" if labels[noun] == "obl:agent" else "prep"
        heads[first], heads[noun], labels[noun] = heads[noun], first, "pobj"
        for further in cases[1:]:
            heads[further], labels[further] = first, "prep"
