"""The network: one encoder and a head for every layer."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

from graphbuild.language.features import DISTANCE_BUCKETS, MATCHES
from training.inventory import Inventory
from training.relation_head import RelationHead

WIDTH = 24
"""Longest span, in words."""
HIDDEN = 384
TYPES = 8
"""Rows of the token-type embedding: four cases, with and without a paragraph break before."""
FORMS = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the heads."""

    arc: int = 256
    label: int = 128
    span: int = 160
    mention: int = 192
    pair: int = 192
    dropout: float = 0.2


class WordOutput(NamedTuple):
    """What is computed for every word (and span) of a window; shapes with B windows, N words, W widths."""

    start: Tensor
    """(B, N): a sentence begins here."""
    xpos: Tensor
    morph: Tensor
    lemma: Tensor
    """(B, N, labels)"""
    arcs: Tensor
    """(B, N, N): [b, dependent, head]; the diagonal is the root."""
    spans: Tensor
    """(B, N, W, labels): the span of w + 1 words that begins at the word."""


class PairLayer(nn.Module):
    """A hidden layer over two vectors: relu(A a + B b + (C a)·(D b) + extra)."""

    def __init__(self, size: int, hidden: int) -> None:
        super().__init__()
        self.left = nn.Linear(size, hidden)
        self.right = nn.Linear(size, hidden)
        self.left_gate = nn.Linear(size, hidden)
        self.right_gate = nn.Linear(size, hidden)

    def forward(self, a: Tensor, b: Tensor, extra: Tensor | None = None) -> Tensor:
        """The hidden layer, over the last axis of `a` and `b`."""
        hidden = self.left(a) + self.right(b) + self.left_gate(a) * self.right_gate(b)
        return torch.relu(hidden if extra is None else hidden + extra)


class SpanHead(nn.Module):
    """Scores every span up to `WIDTH` words over the product of form and class."""

    def __init__(self, sizes: Sizes, labels: int) -> None:
        super().__init__()
        self.first = nn.Linear(HIDDEN, 2 * sizes.span)
        self.last = nn.Linear(HIDDEN, 2 * sizes.span)
        self.width = nn.Parameter(torch.zeros(WIDTH, sizes.span))
        self.dropout = nn.Dropout(sizes.dropout)
        self.output = nn.Linear(sizes.span, labels)

    def forward(self, words: Tensor) -> Tensor:
        """Scores (B, N, W, labels) of word vectors (B, N, 384)."""
        first, gate = self.first(words).chunk(2, dim=-1)
        last, last_gate = self.last(words).chunk(2, dim=-1)
        place = torch.arange(words.shape[1], device=words.device)
        index = torch.minimum(place[:, None] + torch.arange(WIDTH, device=words.device)[None, :], place[-1])
        hidden = first[:, :, None] + last[:, index] + gate[:, :, None] * last_gate[:, index] + self.width
        scores: Tensor = self.output(self.dropout(torch.relu(hidden)))
        return scores


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: BertModel, inventory: Inventory, sizes: Sizes = Sizes()) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(sizes.dropout)
        self.start = nn.Linear(HIDDEN, 1)
        self.xpos = nn.Linear(HIDDEN, len(inventory.xpos))
        self.morph = nn.Linear(HIDDEN, len(inventory.morph))
        self.lemma = nn.Linear(HIDDEN, len(inventory.lemma))
        self.arc_dependent = nn.Linear(HIDDEN, sizes.arc)
        self.arc_head = nn.Linear(HIDDEN, sizes.arc)
        self.arc_bilinear = nn.Linear(sizes.arc, sizes.arc)
        self.arc_bias = nn.Linear(sizes.arc, 1)
        self.root = nn.Linear(HIDDEN, 1)
        self.label = PairLayer(HIDDEN, sizes.label)
        self.label_output = nn.Linear(sizes.label, len(inventory.deprel))
        self.span = SpanHead(sizes, len(inventory.span))
        self.mention = nn.Linear(3 * HIDDEN, sizes.mention)
        self.antecedent = PairLayer(sizes.mention, sizes.pair)
        self.antecedent_distance = nn.Embedding(2 * DISTANCE_BUCKETS, sizes.pair)
        self.antecedent_match = nn.Embedding(MATCHES * FORMS * FORMS, sizes.pair)
        self.antecedent_output = nn.Linear(sizes.pair, 1)
        self.relations = RelationHead(dropout=sizes.dropout)

    def words(self, ids: Tensor, types: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Vector of every word, (B, N, 384): the encoder's output at its first piece."""
        encoded = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        vectors: Tensor = encoded.gather(1, firsts[:, :, None].expand(-1, -1, encoded.shape[2]))
        return vectors

    def token_heads(self, words: Tensor) -> WordOutput:
        """All heads that look at words and spans."""
        words = self.dropout(words)
        return WordOutput(
            start=self.start(words).squeeze(-1),
            xpos=self.xpos(words),
            morph=self.morph(words),
            lemma=self.lemma(words),
            arcs=self.arcs(words),
            spans=self.span(words),
        )

    def arcs(self, words: Tensor) -> Tensor:
        """Biaffine arc scores, (B, dependent, head), the root on the diagonal; in 32 bits, for they are large and near each other."""
        with torch.autocast(words.device.type, enabled=False):
            words = words.float()
            dependent = self.dropout(torch.relu(self.arc_dependent(words)))
            head = self.dropout(torch.relu(self.arc_head(words)))
            scores = self.arc_bilinear(dependent) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
            index = torch.arange(words.shape[1], device=words.device)
            return torch.where(index[:, None] == index[None, :], self.root(words), scores)

    def deprels(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Label scores of arcs, given the word vectors at both ends, (…, labels)."""
        scores: Tensor = self.label_output(self.dropout(self.label(self.dropout(dependents), self.dropout(heads))))
        return scores

    def mentions(self, first: Tensor, last: Tensor, mean: Tensor) -> Tensor:
        """Mention vectors from the first, the last and the mean word vector."""
        return self.dropout(torch.relu(self.mention(self.dropout(torch.cat([first, last, mean], dim=-1)))))

    def antecedents(self, earlier: Tensor, later: Tensor, words: Tensor, between: Tensor, match: Tensor) -> Tensor:
        """Score of `earlier` as antecedent of `later` against 0 for none; `words`, `between`: distance buckets; `match`: joint index."""
        scores: Tensor = self.antecedent_output(self.dropout(self.antecedent(earlier, later, self.told(words, between, match))))
        return scores.squeeze(-1)

    def told(self, words: Tensor, between: Tensor, match: Tensor) -> Tensor:
        """What distances and match of a pair add to its hidden layer."""
        total: Tensor = self.antecedent_distance(words) + self.antecedent_distance(between + DISTANCE_BUCKETS) + self.antecedent_match(match)
        return total


def new_network(encoder: Path, inventory: Inventory, sizes: Sizes = Sizes()) -> Network:
    """A network with the pretrained encoder of the folder `encoder` and fresh heads; the type embedding widened from row 0."""
    bert = BertModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
    widen_types(bert)
    return Network(bert, inventory, sizes)


def widen_types(bert: BertModel) -> None:
    """Give the token-type embedding `TYPES` rows, each starting as row 0."""
    old = bert.embeddings.token_type_embeddings.weight.data
    rows = nn.Embedding(TYPES, old.shape[1])
    rows.weight.data = old[:1].repeat(TYPES, 1)
    bert.embeddings.token_type_embeddings = rows
    bert.config.type_vocab_size = TYPES
