"""The training loop: seeded, resumable, a checkpoint after every epoch."""

import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from training.examples import Example
from training.losses import losses
from training.model import Network
from training.tensors import Collator
from training.windows import Window, batches, cut, varied_goals


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast.

    Attributes:
        repeats: how often an epoch passes over the documents of a source (default once); a fraction takes a sample.
        floor: the part of the rates that is left at the end.
    """

    epochs: int = 6
    words: int = 1500
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    floor: float = 0.0
    seed: int = 20261123
    repeats: tuple[tuple[str, float], ...] = ()


def epoch_windows(examples: Sequence[Example], collator: Collator, schedule: Schedule, seed: random.Random) -> list[Window]:
    """The windows of one epoch: every document as often as its source repeats."""
    repeats = dict(schedule.repeats)
    goals = varied_goals(seed)
    windows: list[Window] = []
    for example in examples:
        times = repeats.get(example.source, 1.0)
        if not times:
            continue
        whole = int(times) + (seed.random() < times - int(times))
        for _ in range(whole):
            windows.extend(cut(example, collator.piece_counts(example), goals))
    return windows


def make_optimizer(network: Network, schedule: Schedule) -> torch.optim.Optimizer:
    """AdamW with a rate for the encoder and one for the heads; no decay on vectors and biases."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = defaultdict(list)
    for name, parameter in network.named_parameters():
        rate = schedule.encoder_rate if name.startswith("encoder.") else schedule.head_rate
        groups[rate, 0.01 if parameter.dim() > 1 else 0.0].append(parameter)
    return torch.optim.AdamW(
        [{"params": ps, "lr": rate, "peak": rate, "weight_decay": decay} for (rate, decay), ps in groups.items()], fused=True
    )


def rate_factor(step: int, total: int, warmup: float, floor: float = 0.0) -> float:
    """Linear warm-up, then linear decay to `floor`."""
    rise = max(1, int(total * warmup))
    return (step + 1) / rise if step < rise else floor + (1 - floor) * max(0.0, (total - step) / max(1, total - rise))


def has_bfloat16() -> bool:
    """Tell whether the processor itself reckons in bfloat16; where it is emulated, training takes many times longer than in 32 bits."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def train(network: Network, examples: Sequence[Example], collator: Collator, schedule: Schedule, run: Path) -> None:
    """Train, writing `checkpoint.pt` and a line of `log.jsonl` into `run` after every epoch; goes on where a checkpoint stops."""
    torch.set_flush_denormal(True)
    optimizer = make_optimizer(network, schedule)
    first = _resume(run / "checkpoint.pt", network, optimizer)
    for epoch in range(first, schedule.epochs):
        seed = random.Random(schedule.seed + epoch)
        torch.manual_seed(schedule.seed + epoch)
        plan = batches(epoch_windows(examples, collator, schedule, seed), schedule.words, seed)
        summary = _epoch(network, optimizer, collator, schedule, plan, epoch, seed, run)
        _save(run, network, optimizer, epoch + 1, summary)


def _epoch(
    network: Network, optimizer: torch.optim.Optimizer, collator: Collator, schedule: Schedule, plan: list[list[Window]], epoch: int,
    seed: random.Random, run: Path,
) -> dict[str, float]:  # fmt: skip
    network.train()
    sums: dict[str, float] = defaultdict(float)
    began, words = time.monotonic(), 0
    for number, windows in enumerate(plan):
        factor = rate_factor(epoch * len(plan) + number, schedule.epochs * len(plan), schedule.warmup, schedule.floor)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        batch = collator.batch(windows, seed)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            parts = losses(network, batch, collator.admits)
        total = torch.stack(list(parts.values())).sum()
        if not math.isfinite(total.item()):
            raise ValueError(f"loss of batch {number} of epoch {epoch} is not finite: {parts}")
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        words += sum(w.end - w.start for w in windows)
        for name, loss in parts.items():
            sums[name] += loss.item()
        if (number + 1) % 20 == 0:
            log_row(run, {"epoch": epoch, "batch": number + 1, "of": len(plan), "words_per_s": words / (time.monotonic() - began), **_means(sums, number + 1)})
    return {"seconds": time.monotonic() - began, "words": words, **_means(sums, len(plan))}


def _means(sums: dict[str, float], count: int) -> dict[str, float]:
    return {name: round(total / count, 4) for name, total in sums.items()}


def log_row(run: Path, row: dict[str, float]) -> None:
    """Add a line to the run's `log.jsonl`."""
    with (run / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def _resume(path: Path, network: Network, optimizer: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["epoch"])


def _save(run: Path, network: Network, optimizer: torch.optim.Optimizer, epoch: int, summary: dict[str, float]) -> None:
    temporary = run / "checkpoint.tmp"
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, temporary)
    temporary.replace(run / "checkpoint.pt")
    log_row(run, {"finished": epoch, **summary})
