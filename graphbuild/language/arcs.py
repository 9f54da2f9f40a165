"""The tree of one sentence while its scheme is being changed: heads and labels that can be moved."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence


class Arcs:
    """Words with their heads and labels; a root is its own head. Dependents are kept in text order."""

    def __init__(self, words: Sequence[str], tags: Sequence[str], heads: Sequence[int], labels: Sequence[str]) -> None:
        self.words = [word.lower() for word in words]
        self.tags = list(tags)
        self.heads = list(heads)
        self.labels = list(labels)
        self._below: list[list[int]] = [[] for _ in heads]
        for word, head in enumerate(heads):
            if head != word:
                self._below[head].append(word)

    def __len__(self) -> int:
        return len(self.heads)

    def below(self, word: int, *labels: str) -> list[int]:
        """The dependents of a word, those with one of the labels if any are given."""
        return [w for w in self._below[word] if not labels or self.labels[w] in labels]

    def is_root(self, word: int) -> bool:
        """Whether a word is the root."""
        return self.heads[word] == word

    def attach(self, word: int, head: int, label: str | None = None) -> None:
        """Hang a word on another head, or make it the root (`head` is the word itself); under a new label if one is given.

        The caller sees to it that the head is not below the word.
        """
        if not self.is_root(word):
            self._below[self.heads[word]].remove(word)
        self.heads[word] = head
        if head != word:
            insort(self._below[head], word)
        if label is not None:
            self.labels[word] = label

    def promote(self, word: int, label: str, keep: Iterable[int] = ()) -> None:
        """Let a word change places with its head, which becomes its dependent as `label` and hands over all others but `keep`."""
        head = self.heads[word]
        kept = {word, *keep}
        above = word if self.is_root(head) else self.heads[head]
        self.attach(word, above, self.labels[head])
        self.attach(head, word, label)
        for other in self.below(head):
            if other not in kept:
                self.attach(other, word)

    def upwards(self) -> Iterator[int]:
        """All words as they now stand, each before its head."""
        order = [word for word in range(len(self)) if self.is_root(word)]
        for word in order:  # grows while it is read
            order.extend(self._below[word])
        return reversed(order)

    def ancestors(self, word: int) -> Iterator[int]:
        """The words above a word, the nearest first."""
        while not self.is_root(word):
            word = self.heads[word]
            yield word
