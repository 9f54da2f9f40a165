"""KnowledgeNet: passages with facts between mentions (CC BY-SA 4.0). Folds 1 and 2 train, fold 3 measures."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from graphbuild.language.tokenizer import set_tokenizer
from training.examples import Example, Fact, SpanTarget
from training.relation_map import KNOWLEDGENET

_ENDS = frozenset(".!?")


def read_knowledgenet(path: Path, folds: frozenset[int]) -> Iterator[Example]:
    """The passages of some folds that have a fact of the table; every mention is an entity of its own."""
    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        passage = json.loads(line)
        if passage["fold"] in folds:
            example = _example(passage, number, nlp)
            if example.facts:
                yield example


def _example(passage: dict[str, Any], number: int, nlp: Language) -> Example:
    doc = nlp(passage["passageText"])
    words = [token for token in doc if not token.is_space]
    place = {token.i: index for index, token in enumerate(words)}
    spans: dict[tuple[int, int], int] = {}
    facts: list[Fact] = []
    for fact in passage["facts"]:
        ends = [
            doc.char_span(fact[f"{end}Start"] - passage["passageStart"], fact[f"{end}End"] - passage["passageStart"], alignment_mode="expand")
            for end in ("subject", "object")
        ]
        if fact["property"] in KNOWLEDGENET and all(ends):
            relation, swapped = KNOWLEDGENET[fact["property"]]
            keys = [(place[span[0].i], place[span[-1].i] + 1) for span in ends if span]
            one, other = (spans.setdefault(key, len(spans)) for key in keys)
            facts.append(Fact(other, relation, one) if swapped else Fact(one, relation, other))
    return Example(
        name=f"knowledgenet/{number}",
        source="knowledgenet",
        words=tuple(token.text for token in words),
        breaks=tuple(index == 0 for index in range(len(words))),
        starts=tuple(index for index in range(len(words)) if index == 0 or (words[index - 1].text[-1] in _ENDS and words[index].text[0].isupper())),
        spans=tuple(SpanTarget(start, end, "anything") for start, end in spans),
        entities=tuple((index,) for index in range(len(spans))),
        facts=tuple(facts),
        relations=frozenset(KNOWLEDGENET[name][0] for name in passage["properties"] if name in KNOWLEDGENET),
    )
