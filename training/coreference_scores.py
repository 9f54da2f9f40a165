"""MUC, B³ and CEAF-e, and their mean, the CoNLL score.

Sources: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B³), Luo 2005 (CEAF with the entity similarity φ4), Pradhan et al. 2014 for
predicted mentions. A mention is anything hashable; a chain is a set of mentions.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Chains = Sequence[frozenset[Hashable]]


@dataclass(slots=True)
class Counts:
    """Numerators and denominators of recall and precision, summed over documents."""

    recall: list[float] = field(default_factory=lambda: [0.0, 0.0])
    precision: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def add(self, recall: tuple[float, float], precision: tuple[float, float]) -> None:
        """Add one document."""
        for total, part in ((self.recall, recall), (self.precision, precision)):
            total[0] += part[0]
            total[1] += part[1]

    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where nothing is right."""
        recall, precision = (part / whole if whole else 0.0 for part, whole in (self.recall, self.precision))
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@dataclass(slots=True)
class CoreferenceScores:
    """The three measures over many documents."""

    muc: Counts = field(default_factory=Counts)
    b_cubed: Counts = field(default_factory=Counts)
    ceaf_e: Counts = field(default_factory=Counts)

    def add(self, gold: Chains, system: Chains) -> None:
        """Add one document's chains."""
        self.muc.add(muc(gold, system), muc(system, gold))
        self.b_cubed.add(b_cubed(gold, system), b_cubed(system, gold))
        similarity = ceaf_e(gold, system)
        self.ceaf_e.add((similarity, float(len(gold))), (similarity, float(len(system))))

    def conll(self) -> float:
        """Mean of the three F1 values."""
        return (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3


def muc(key: Chains, response: Chains) -> tuple[float, float]:
    """Links of `key` that `response` keeps, and all links of `key`."""
    chain_of = {mention: number for number, chain in enumerate(response) for mention in chain}
    kept = 0
    for chain in key:
        parts = {chain_of[m] for m in chain if m in chain_of}
        kept += len(chain) - len(parts) - sum(m not in chain_of for m in chain)
    return float(kept), float(sum(len(chain) - 1 for chain in key))


def b_cubed(key: Chains, response: Chains) -> tuple[float, float]:
    """For every mention of `key` the share of its chain that `response` has with it, summed; and the number of mentions."""
    chain_of = {mention: chain for chain in response for mention in chain}
    total = sum(len(chain & chain_of[mention]) / len(chain) for chain in key for mention in chain if mention in chain_of)
    return float(total), float(sum(len(chain) for chain in key))


def ceaf_e(key: Chains, response: Chains) -> float:
    """Similarity φ4 = 2|K ∩ R| / (|K| + |R|), summed over the best one-to-one assignment of chains."""
    if not key or not response:
        return 0.0
    table = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum())


def chains_of(links: dict[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    """Chains of two or more mentions from links mention → antecedent."""
    root: dict[Hashable, Hashable] = {}

    def find(mention: Hashable) -> Hashable:
        while root.setdefault(mention, mention) != mention:
            mention = root[mention]
        return mention

    for mention, antecedent in links.items():
        root[find(mention)] = find(antecedent)
    groups: dict[Hashable, set[Hashable]] = {}
    for mention in list(root):
        groups.setdefault(find(mention), set()).add(mention)
    return [frozenset(group) for group in groups.values() if len(group) > 1]
