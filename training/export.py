"""The trained network to ONNX: the encoder with its word and span heads in 8 bits, the small pair heads in 32."""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.labels import CLASSES, OTHER, SPAN_LABELS
from training.model import WIDTH, Network, PairLayer
from training.relation_head import RelationHead

OPSET = 17
GROUPS = ("none", "phrase", "name", "noun", "pronoun")


def span_groups() -> list[tuple[int, int]]:
    """First and past the last label of every group of `GROUPS` in the span head's output."""
    names, others = len(CLASSES), len((*CLASSES, OTHER))
    bounds = [(0, 1), (1, 2), (2, 2 + names), (2 + names, 2 + names + others), (2 + names + others, len(SPAN_LABELS))]
    if bounds[-1][1] - bounds[-1][0] != others:
        raise ValueError("the span labels do not stand in the order none, phrase, names, nouns, pronouns")
    return bounds


class WordGraph(nn.Module):
    """One window: piece ids and types (1, P) and first pieces (N) to vectors and decisions of its words and spans."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        bert = self.network.encoder
        hidden = bert.embeddings(input_ids=ids, token_type_ids=types)
        for layer in bert.encoder.layer:
            hidden = encoder_layer(layer, hidden)
        words = hidden[:, firsts]
        output = self.network.token_heads(words)
        share = torch.softmax(output.spans[0], dim=-1)
        groups = [share[:, :, first:last] for first, last in span_groups()]
        forms = torch.stack([group.sum(-1) for group in groups], dim=-1)
        best = [group.max(dim=-1) for group in groups[2:]]
        return (
            words[0],
            torch.sigmoid(output.start[0]),
            output.xpos[0].argmax(-1),
            output.morph[0].argmax(-1),
            output.lemma[0].argmax(-1),
            output.arcs[0],
            forms,
            torch.stack([b.indices for b in best], dim=-1),
            torch.stack([b.values for b in best], dim=-1),
        )


def encoder_layer(layer: nn.Module, hidden: Tensor) -> Tensor:
    """One BERT layer on one unpadded window, spelled out, so that the exported graph holds nothing but matrices."""
    attention = layer.attention.self
    heads, size = attention.num_attention_heads, attention.attention_head_size

    def split(x: Tensor) -> Tensor:
        return x.reshape(1, -1, heads, size).transpose(1, 2)

    query, key, value = split(attention.query(hidden)), split(attention.key(hidden)), split(attention.value(hidden))
    weights = torch.softmax(query @ key.transpose(2, 3) / size**0.5, dim=-1)
    mixed = (weights @ value).transpose(1, 2).reshape(1, -1, heads * size)
    hidden = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + hidden)
    inner = layer.intermediate.intermediate_act_fn(layer.intermediate.dense(hidden))
    result: Tensor = layer.output.LayerNorm(layer.output.dense(inner) + hidden)
    return result


class LabelGraph(nn.Module):
    """Labels of arcs: word vectors of dependents and of their heads (M, 384) to label scores (M, labels)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        return self.network.deprels(dependents, heads)


class AntecedentGraph(nn.Module):
    """Antecedents: mentions by first, last and mean vector (K, 384), pairs by index and features (Q) to scores (Q)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, first: Tensor, last: Tensor, mean: Tensor, pairs: Tensor) -> Tensor:
        network = self.network
        earlier, later, words, between, match = pairs.unbind(1)
        told = network.told(words, between, match)
        hidden = torch.relu(paired(network.antecedent, network.mentions(first, last, mean), earlier, later) + told)
        scores: Tensor = network.antecedent_output(hidden)
        return scores.squeeze(-1)


class RelationGraph(nn.Module):
    """Relations: the window's words (N, 384), mentions (K) and pairs (Q: subject, object, distance) to shares and status shares."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.head = network.relations

    def forward(self, words: Tensor, first: Tensor, last: Tensor, mean: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor]:
        head = self.head
        mentions = torch.relu(head.mention(torch.cat([first, last, mean], dim=-1)))
        base = paired(head, mentions, pairs[:, 0], pairs[:, 1]) + head.distance(pairs[:, 2])
        query, key = head.query(torch.relu(base)), head.key(words)
        weights = torch.softmax(query @ key.T / query.shape[1] ** 0.5, dim=-1)
        hidden = torch.relu(base + weights @ head.value(words))
        return torch.sigmoid(head.relation(hidden)), torch.softmax(head.status(hidden), dim=-1)


def paired(layer: PairLayer | RelationHead, vectors: Tensor, left: Tensor, right: Tensor) -> Tensor:
    """What a pair layer says of pairs of rows, before the rest is added: a mention is in many pairs, but goes through the matrices once."""
    total: Tensor = layer.left(vectors)[left] + layer.right(vectors)[right] + layer.left_gate(vectors)[left] * layer.right_gate(vectors)[right]
    return total


def export(network: Network, folder: Path) -> None:
    """Write `words.onnx` (and `words.fp32.onnx`, which is measured but not shipped) and the graphs of the pair heads."""
    network.eval().float()
    export_words(network, folder)
    vectors = torch.randn(7, 384)
    _write(LabelGraph(network), (vectors, vectors), folder / "labels.onnx", ["dependents", "heads"], ["scores"], {0: "pairs"})
    export_antecedents(network, folder)
    export_relations(network, folder)


def export_words(network: Network, folder: Path) -> None:
    """The encoder's graph, in 32 and in 8 bits (per channel, reduced range: AVX2 and VNNI then agree)."""
    names = ["vectors", "start", "xpos", "morph", "lemma", "arcs", "forms", "classes", "class_shares"]
    length = 40
    inputs = (torch.randint(1000, 2000, (1, length + 9)), torch.zeros(1, length + 9, dtype=torch.long), torch.arange(1, length + 1))
    axes = {"ids": {1: "pieces"}, "types": {1: "pieces"}, "firsts": {0: "words"}}
    axes |= {name: {0: "words"} for name in names}
    axes["arcs"] = {0: "words", 1: "words"}
    full, small = folder / "words.fp32.onnx", folder / "words.onnx"
    torch.onnx.export(
        WordGraph(network), inputs, str(full), input_names=["ids", "types", "firsts"], output_names=names, dynamic_axes=axes, opset_version=OPSET, dynamo=False
    )
    quantize_dynamic(
        str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        nodes_to_exclude=_head_nodes(full), op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip


def _head_nodes(path: Path) -> list[str]:
    """The nodes behind the choice of first pieces: the heads, which stay in 32 bits."""
    nodes = list(onnx.load(str(path)).graph.node)
    choice = next(number for number, node in enumerate(nodes) if "firsts" in node.input)
    return [node.name for node in nodes[choice:] if node.op_type in {"MatMul", "Gather", "Gemm"}]


def export_antecedents(network: Network, folder: Path) -> None:
    """The antecedent head's graph."""
    vectors, pairs = torch.randn(5, 384), torch.tensor([[0, 1, 2, 3, 4], [1, 2, 2, 3, 4]])
    axes = {"first": {0: "mentions"}, "last": {0: "mentions"}, "mean": {0: "mentions"}, "pairs": {0: "pairs"}, "scores": {0: "pairs"}}
    torch.onnx.export(
        AntecedentGraph(network), (vectors, vectors, vectors, pairs), str(folder / "antecedents.onnx"),
        input_names=["first", "last", "mean", "pairs"], output_names=["scores"], dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def export_relations(network: Network, folder: Path) -> None:
    """The relation head's graph."""
    words, vectors, pairs = torch.randn(9, 384), torch.randn(5, 384), torch.tensor([[0, 1, 2], [1, 2, 3]])
    axes = {"words": {0: "words"}, "first": {0: "mentions"}, "last": {0: "mentions"}, "mean": {0: "mentions"}}
    axes |= {name: {0: "pairs"} for name in ("pairs", "relations", "statuses")}
    torch.onnx.export(
        RelationGraph(network), (words, vectors, vectors, vectors, pairs), str(folder / "relations.onnx"),
        input_names=["words", "first", "last", "mean", "pairs"], output_names=["relations", "statuses"], dynamic_axes=axes,
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def _write(module: nn.Module, inputs: tuple[Tensor, ...], path: Path, ins: list[str], outs: list[str], axis: dict[int, str]) -> None:
    torch.onnx.export(
        module, inputs, str(path), input_names=ins, output_names=outs, dynamic_axes=dict.fromkeys((*ins, *outs), axis), opset_version=OPSET, dynamo=False
    )


__all__ = ["GROUPS", "WIDTH", "export", "span_groups"]
