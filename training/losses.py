"""The loss of a batch: a sum over the layers that its windows annotate."""

import torch
from torch import Tensor
from torch.nn import functional

from training.model import Network, WordOutput
from training.relation_head import relation_loss
from training.tensors import IGNORE, Batch, Pairs

WEIGHTS = {
    "start": 1.0, "xpos": 0.5, "morph": 0.5, "lemma": 0.5, "arcs": 2.0, "deprel": 1.5, "spans": 1.2, "antecedents": 1.5, "relations": 3.0,
}  # fmt: skip


def losses(network: Network, batch: Batch, admits: Tensor) -> dict[str, Tensor]:
    """The weighted loss of every layer that is present, per word of the batch."""
    words = network.words(batch.ids, batch.types, batch.mask, batch.firsts)
    output = network.token_heads(words)
    found = {
        "start": _start(output, batch),
        "xpos": _labels(output.xpos, batch.xpos),
        "morph": _labels(output.morph, batch.morph),
        "lemma": _labels(output.lemma, batch.lemma),
        "arcs": _arcs(output.arcs, batch),
        "deprel": _deprels(network, words, batch),
        "spans": _spans(output.spans, batch.spans, admits),
    }
    if batch.pairs is not None:
        found["antecedents"] = antecedent_loss(network, words, batch.pairs)
    if batch.relations is not None:
        found["relations"] = relation_loss(network, words, batch.present, batch.relations)
    total = batch.present.sum()
    return {name: WEIGHTS[name] * loss / total for name, loss in found.items()}


def _start(output: WordOutput, batch: Batch) -> Tensor:
    known = batch.start >= 0
    return functional.binary_cross_entropy_with_logits(output.start[known].float(), batch.start[known], reduction="sum")


def _labels(scores: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float().flatten(0, 1), target.flatten(), ignore_index=IGNORE, reduction="sum")


def _arcs(arcs: Tensor, batch: Batch) -> Tensor:
    same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
    masked = arcs.float().masked_fill(~same, -1e4)
    return functional.cross_entropy(masked.flatten(0, 1), batch.head.flatten(), ignore_index=IGNORE, reduction="sum")


def _deprels(network: Network, words: Tensor, batch: Batch) -> Tensor:
    known = (batch.deprel != IGNORE) & (batch.head != IGNORE)
    row, dependent = known.nonzero(as_tuple=True)
    scores = network.deprels(words[row, dependent], words[row, batch.head[known]])
    return functional.cross_entropy(scores.float(), batch.deprel[known], reduction="sum")


def _spans(scores: Tensor, target: Tensor, admits: Tensor) -> Tensor:
    """Marginal likelihood: -log of the probability that the admitted labels have together."""
    known = (target != admits.shape[0] - 1).nonzero(as_tuple=True)
    scores = scores[known].float()
    allowed = torch.logsumexp(scores + admits[target[known]], dim=-1)
    return (torch.logsumexp(scores, dim=-1) - allowed).sum()


def antecedent_loss(network: Network, words: Tensor, pairs: Pairs) -> Tensor:
    """-log of the probability of all gold antecedents together, or of none where there is none."""
    vectors = mention_vectors(network, words, pairs.window, pairs.first, pairs.last)
    scores = network.antecedents(vectors[pairs.earlier], vectors[pairs.later], pairs.words, pairs.between, pairs.match).float()
    count = len(pairs.window)
    gold = torch.where(pairs.gold, scores, torch.full_like(scores, -1e4))
    has_gold = torch.zeros(count, dtype=torch.bool).index_put((pairs.later[pairs.gold],), torch.tensor(True))
    dummy_gold = torch.where(has_gold, -1e4, 0.0)
    return (_grouped_logsumexp(scores, pairs.later, torch.zeros(count)) - _grouped_logsumexp(gold, pairs.later, dummy_gold)).sum()


def _grouped_logsumexp(scores: Tensor, group: Tensor, dummy: Tensor) -> Tensor:
    """log(exp(dummy) + Σ exp(scores)) for every group."""
    top = dummy.scatter_reduce(0, group, scores.detach(), "amax")
    total = torch.exp(dummy - top).index_add(0, group, torch.exp(scores - top[group]))
    return torch.log(total) + top


def mention_vectors(network: Network, words: Tensor, window: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Vectors of mentions, given by window, first and last word."""
    sums = functional.pad(words.float().cumsum(1), (0, 0, 1, 0))
    mean = (sums[window, last + 1] - sums[window, first]) / (last - first + 1)[:, None]
    return network.mentions(words[window, first], words[window, last], mean.to(words.dtype))
