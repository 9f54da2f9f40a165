"""Which labels the heads know: counted on the training data, written beside the weights."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graphbuild.language.lemmas import lemma_rule
from training.examples import Example
from training.labels import SPAN_LABELS
from training.relation_map import RELATIONS

MIN_COUNT = 3
"""A tag or rule seen less often is not learned."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The label lists, in the order of the heads' outputs."""

    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    span: tuple[str, ...] = SPAN_LABELS
    relation: tuple[str, ...] = RELATIONS
    status: tuple[str, ...] = ("asserted", "denied", "planned", "reported")


def count_inventory(examples: Iterable[Example]) -> Inventory:
    """The labels of the parse layers that occur at least `MIN_COUNT` times, most frequent first."""
    xpos, morph, lemma, deprel = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for example in examples:
        if example.parse is not None:
            xpos.update(example.parse.xpos)
            morph.update(example.parse.morph)
            deprel.update(example.parse.deprels)
            lemma.update(lemma_rule(w, le) for w, le in zip(example.words, example.parse.lemmas, strict=True))
    return Inventory(_frequent(xpos), _frequent(morph), _frequent(lemma), _frequent(deprel))


def _frequent(counts: Counter[str]) -> tuple[str, ...]:
    kept = [(label, count) for label, count in counts.items() if count >= MIN_COUNT]
    return tuple(label for label, _ in sorted(kept, key=lambda item: (-item[1], item[0])))


def write_inventory(inventory: Inventory, path: Path) -> None:
    """Write as JSON, one list a head."""
    path.write_text(json.dumps(asdict(inventory), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def read_inventory(path: Path) -> Inventory:
    """Read what `write_inventory` wrote."""
    lists = json.loads(path.read_text(encoding="utf-8"))
    return Inventory(**{name: tuple(labels) for name, labels in lists.items()})
