"""Groups things by pairwise agreement so that no group holds two that disagree.

Agreement is not transitive: an "A. Reed" agrees with Anna Reed and with Albert Reed, who do not agree with each other. Joining
whatever is connected would make one of the three. Here two things are joined only when they agree with each other and with
exactly the same others (true twins, in the language of graphs). This is an equivalence relation, so the groups do not depend
on any order; what stands between two camps stays alone.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable


def twins(count: int, agreeing: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Partition the numbers below `count` into groups of true twins under the symmetric relation `agreeing`.

    Returns the groups sorted, each sorted.

    >>> twins(3, [(0, 1), (0, 2)])
    [[0], [1], [2]]
    >>> twins(4, [(0, 1), (0, 2), (1, 2)])
    [[0, 1, 2], [3]]
    """
    near: list[set[int]] = [{number} for number in range(count)]
    for left, right in agreeing:
        near[left].add(right)
        near[right].add(left)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number in range(count):
        groups[tuple(sorted(near[number]))].append(number)
    return sorted(groups.values())


class Partition:
    """The numbers below a count in classes that grow together; eight bytes a number."""

    def __init__(self, count: int) -> None:
        self._parent = array("q", range(count))

    def join(self, numbers: Collection[int]) -> None:
        """Make one class of the classes of some numbers."""
        first = min(numbers, default=0)
        for number in numbers:
            low, high = sorted((self.least(first), self.least(number)))
            self._parent[high] = low

    def least(self, number: int) -> int:
        """Return the least number of a number's class, which stands for the class."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number


def connected(count: int, joined: Iterable[Collection[int]]) -> list[list[int]]:
    """Partition the numbers below `count` into the classes that `joined` connects, sorted, each sorted.

    >>> connected(4, [(0, 2), (2, 3)])
    [[0, 2, 3], [1]]
    """
    partition = Partition(count)
    for group in joined:
        partition.join(group)
    classes: dict[int, list[int]] = defaultdict(list)
    for number in range(count):
        classes[partition.least(number)].append(number)
    return sorted(classes.values())
