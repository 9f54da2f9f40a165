"""Trains the pair heads alone, on the word vectors of a finished encoder.

In the joint training these heads see too few pairs to finish learning. With the encoder frozen its vectors are computed once, and an
epoch takes seconds instead of minutes.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.examples import Example
from training.losses import antecedent_loss
from training.model import Network
from training.relation_head import RelationPairs, relation_loss
from training.tensors import Collator, Pairs
from training.train import has_bfloat16, log_row
from training.windows import Window, batches, cut, fixed_goals, varied_goals


@dataclass(frozen=True, slots=True)
class HeadSchedule:
    """How long and how fast the heads are trained on the frozen vectors."""

    epochs: int = 5
    words: int = 1500
    rate: float = 1e-3
    seed: int = 5
    repeats: tuple[tuple[str, int], ...] = (("project", 2), ("redocred", 1), ("knowledgenet", 1), ("gum", 2))


@dataclass(slots=True)
class Frozen:
    """Word vectors of one batch, which words are present, and the pairs on them."""

    source: str
    words: Tensor
    present: Tensor
    pairs: Pairs | None
    relations: RelationPairs | None


def freeze(network: Network, examples: Sequence[Example], collator: Collator, schedule: HeadSchedule) -> list[Frozen]:
    """Batches of one source each, with the vectors of the encoder as it is at run time; twice, with windows of full and of varied length."""
    network.eval()
    seed = random.Random(schedule.seed)
    frozen = []
    for source, _ in schedule.repeats:
        own = [example for example in examples if example.source == source]
        for goals in (fixed_goals(), varied_goals(seed)):
            windows: list[Window] = [window for example in own for window in cut(example, collator.piece_counts(example), goals)]
            for group in batches(windows, schedule.words, seed):
                batch = collator.batch(group, None)
                if batch.pairs is None and batch.relations is None:
                    continue
                with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
                    words = network.words(batch.ids, batch.types, batch.mask, batch.firsts)
                frozen.append(Frozen(source, words.to(torch.bfloat16), batch.present, batch.pairs, batch.relations))
            if source in {"redocred", "knowledgenet"}:
                break
    return frozen


def heads_of(network: Network) -> list[nn.Module]:
    """The modules that are trained here."""
    return [network.mention, network.antecedent, network.antecedent_distance, network.antecedent_match, network.antecedent_output, network.relations]


def train_heads(network: Network, frozen: list[Frozen], schedule: HeadSchedule, run: Path) -> None:
    """Train the pair heads on frozen batches; writes a line of the run's log an epoch."""
    parameters = [parameter for module in heads_of(network) for parameter in module.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=schedule.rate, weight_decay=0.02)
    repeats = dict(schedule.repeats)
    plan = [batch for batch in frozen for _ in range(repeats[batch.source])]
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, schedule.rate, total_steps=schedule.epochs * len(plan), pct_start=0.06, anneal_strategy="linear")
    seed = random.Random(schedule.seed)
    torch.manual_seed(schedule.seed)
    network.train()
    for epoch in range(schedule.epochs):
        seed.shuffle(plan)
        sums = {"antecedents": 0.0, "relations": 0.0}
        for batch in plan:
            parts = _losses(network, batch)
            torch.stack(list(parts.values())).sum().backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad()
            for name, loss in parts.items():
                sums[name] += loss.item() / len(plan)
        log_row(run, {"heads": epoch + 1, **{name: round(value, 5) for name, value in sums.items()}})


def _losses(network: Network, batch: Frozen) -> dict[str, Tensor]:
    words, total = batch.words.float(), batch.present.sum()
    parts = {}
    if batch.pairs is not None:
        parts["antecedents"] = antecedent_loss(network, words, batch.pairs) / total
    if batch.relations is not None:
        parts["relations"] = relation_loss(network, words, batch.present, batch.relations) / total
    return parts
