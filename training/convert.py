"""All data sets to examples: what is trained on, and what is measured on."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.countries import load_countries
from training.examples import Example
from training.sources.columns import read_crossner, read_wikigold
from training.sources.conllu import read_treebank
from training.sources.gum import read_gum
from training.sources.knowledgenet import read_knowledgenet
from training.sources.litbank import read_litbank
from training.sources.redocred import read_redocred

REDOCRED_TRAIN = 400
SHORT = 8
"""Sentences below this many words are no sign that two texts share anything."""


@dataclass(frozen=True, slots=True)
class Data:
    """Training examples, and the measuring sets by name."""

    train: tuple[Example, ...]
    measure: dict[str, tuple[Example, ...]]


def read_all(data: Path) -> Data:
    """Read every set under `data` and drop training texts that a measuring set contains."""
    load_countries(data / "gazetteers")
    wikigold = read_wikigold(data / "wikigold" / "wikigold.conll.txt")
    redocred = list(read_redocred(data / "redocred" / "dev_revised.json"))
    split = len(wikigold) * 2 // 3
    measure = {
        "ewt-dev": tuple(read_treebank(data / "ud_ewt" / "dev.conllu", "ewt")),
        "ewt-test": tuple(read_treebank(data / "ud_ewt" / "test.conllu", "ewt")),
        "gum-dev": tuple(read_gum(data / "gum_open", "dev")),
        "gum-test": tuple(read_gum(data / "gum_open", "test")),
        "wikigold-last": tuple(wikigold[split:]),
        "redocred-last": tuple(redocred[REDOCRED_TRAIN:]),
        "crossner-dev": tuple(read_crossner(data / "crossner_politics" / "dev.txt")),
    }
    train = [
        *read_treebank(data / "ud_ewt" / "train.conllu", "ewt"),
        *read_gum(data / "gum_open", "train"),
        *wikigold[:split],
        *redocred[:REDOCRED_TRAIN],
        *read_crossner(data / "crossner_politics" / "train.txt"),
        *read_litbank(data / "litbank_coref"),
        *read_knowledgenet(data / "knowledgenet" / "folds123.jsonl", frozenset((1, 2))),
    ]
    return Data(tuple(without_measured(train, measure.values())), measure)


def sentence_keys(example: Example) -> set[str]:
    """The longer sentences of an example, letters and digits only, lower case."""
    bounds = zip(example.starts, [*example.starts[1:], len(example.words)], strict=True)
    texts = (example.words[start:end] for start, end in bounds if end - start >= SHORT)
    return {"".join(c for c in "".join(words).lower() if c.isalnum()) for words in texts}


def without_measured(train: Iterable[Example], measure: Iterable[Sequence[Example]]) -> list[Example]:
    """The training examples that share no longer sentence with a measured text."""
    held: set[str] = set().union(*(sentence_keys(example) for examples in measure for example in examples))
    return [example for example in train if not sentence_keys(example) & held]


def set_names(examples: Iterable[Example]) -> tuple[str, ...]:
    """The names of all label sets that occur, `anything` last."""
    names = {span.admits for example in examples for span in example.spans} | {e.rest for e in examples if e.rest}
    return (*sorted(names - {"anything"}), "anything")


def write_data(data: Data, path: Path) -> None:
    """Keep for the next step (a local file of our own making, never one from elsewhere)."""
    path.write_bytes(pickle.dumps(data, protocol=5))


def load_data(path: Path) -> Data:
    """Read what `write_data` wrote."""
    data = pickle.loads(path.read_bytes())
    assert isinstance(data, Data)
    return data
