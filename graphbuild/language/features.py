"""What the pair heads are told beside the vectors: distances and how the words of two mentions compare."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Numbers = TypeVar("Numbers", int, npt.NDArray[np.int64])

DISTANCE_BUCKETS = 10
MATCHES = 7
"""none · same words · last word same · one's words within the other's · acronym · pronoun behind · pronoun before."""


class MentionLike(Protocol):
    """Words, form and place of a mention, which is all that the features need."""

    @property
    def start(self) -> int:
        """First word."""

    @property
    def end(self) -> int:
        """Past the last word."""

    @property
    def form(self) -> str:
        """Name, noun or pronoun."""


def distance_bucket(distance: int) -> int:
    """Bucket of a distance of 0 or more: 0, 1, 2, 3, 4, then by doubling, capped.

    >>> [distance_bucket(d) for d in (0, 1, 4, 5, 9, 20, 1000)]
    [0, 1, 4, 5, 6, 7, 9]
    """
    if distance < 5:
        return max(distance, 0)
    return min(DISTANCE_BUCKETS - 1, 2 + (distance - 1).bit_length())


def match_kind(earlier: Sequence[str], later: Sequence[str], earlier_form: str, later_form: str) -> int:
    """How the lower-cased words of an earlier and a later mention compare (see `MATCHES`)."""
    if later_form == "pronoun":
        return 5 if earlier_form != "pronoun" or list(earlier) != list(later) else 1
    if earlier_form == "pronoun":
        return 6
    if earlier[-1] == later[-1]:
        return 1 if list(earlier) == list(later) else 2
    if (later[0] in earlier and set(later) <= set(earlier)) or (earlier[0] in later and set(earlier) <= set(later)):
        return 3
    if (len(earlier) == 1) == (len(later) == 1):
        return 0
    return 4 if (is_acronym(earlier, later) if len(later) == 1 else is_acronym(later, earlier)) else 0


def is_acronym(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether `short` is one word made of the initials of `long`.

    >>> is_acronym(["world", "health", "organization"], ["who"])
    True
    """
    if len(short) != 1 or len(long) < 2:
        return False
    letters = short[0].replace(".", "")
    if not 1 < len(letters) <= len(long):
        return False
    initials = "".join(word[0] for word in long)
    content = "".join(word[0] for word in long if word not in {"of", "the", "and", "for", "in", "on", "'s"})
    return letters in (initials, content)


def joint_match(match: Numbers, earlier_form: Numbers, later_form: Numbers) -> Numbers:
    """Row of the match embedding: kind of match with both forms (0 name, 1 noun, 2 pronoun); numbers or arrays of them."""
    return (match * 3 + earlier_form) * 3 + later_form


def pair_distance(subject: tuple[int, int], object_: tuple[int, int]) -> int:
    """Bucket of the distance between two mentions (start and end), told apart by order."""
    gap = object_[0] - subject[1] if subject[0] < object_[0] else subject[0] - object_[1]
    return distance_bucket(max(0, gap)) + DISTANCE_BUCKETS * (subject[0] < object_[0])
