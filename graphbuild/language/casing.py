"""The case of words as far as it tells something: in the line of a headline that capitalises every word, it tells nothing of the common ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LOWER, TITLE, UPPER, MIXED = range(4)
_LONG = 4
"""Letters of a word that headlines capitalise whatever it is, at least: "in", "for" and "and" they may leave small."""
_LINE = 3
"""Words so long that a headline has, at least."""


def word_case(word: str) -> int:
    """Lower or without letters, title, upper, or mixed.

    >>> [word_case(w) for w in ("talks", "Seoul", "NATO", "McCain", "1,000")]
    [0, 1, 2, 3, 0]
    """
    if word == word.lower():
        return LOWER
    if word == word.upper() and len(word) > 1:
        return UPPER
    return TITLE if word[:1].isupper() and word[1:] == word[1:].lower() else MIXED


@dataclass(frozen=True, slots=True)
class Words:
    """What a language knows of its words, in whatever case.

    Attributes:
        is_common: tells of a word whether it is no name only.
        is_verb: tells of a word whether it is a finite verb and nothing else, and
        may_tell: whether it may be one in the third person: behind a name it is.
    """

    is_common: Callable[[str], bool]
    is_verb: Callable[[str], bool]
    may_tell: Callable[[str], bool]


def told_cases(words: Sequence[str], breaks: Sequence[bool], known: Words) -> list[int]:
    """The case of every word; in a headline, where it is capitals by custom, that of a common word behind the first is lower.

    Args:
        words: tokens without white space.
        breaks: whether a line or paragraph begins at the word.
        known: the words of the language.

    >>> known = Words({"Seizes", "Tanker"}.__contains__, {"Seizes"}.__contains__, set().__contains__)
    >>> told_cases("Iran Seizes Greek Tanker".split(), [True, False, False, False], known)
    [1, 0, 1, 0]
    """
    cases = [word_case(word) for word in words]
    begins = sorted({0, *(at for at, begins in enumerate(breaks) if begins), len(words)})
    for begin, end in pairwise(begins):
        if _is_headline(words[begin:end], known):
            for at in range(begin + 1, end):
                if cases[at] == TITLE and known.is_common(words[at]):
                    cases[at] = LOWER
    return cases


def _is_headline(line: Sequence[str], known: Words) -> bool:
    """Tell of a line without full stop whether all its long words begin with a capital, a verb among them: "Press Office, Harbour Street" has none."""
    if line[-1] in (".", ",", ";"):
        return False
    long = [word for word in line if len(word) >= _LONG and word[0].isalpha()]
    told = any(known.is_verb(word) or (known.may_tell(word) and not known.is_common(before)) for before, word in pairwise(line))
    return len(long) >= _LINE and all(word[0].isupper() for word in long) and told
