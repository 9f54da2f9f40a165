"""The case of words as far as it tells something: in the line of a headline that capitalises every word, it tells nothing of the common ones."""

from collections.abc import Callable, Sequence

LOWER, TITLE, UPPER, MIXED = range(4)
_LONG = 4
"""Letters of a word that headlines capitalise whatever it is, at least: "in", "for" and "and" they may leave small."""
_LINE = 3
"""Words so long that a headline has, at least: fewer are a name or a signature."""


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


def told_cases(words: Sequence[str], breaks: Sequence[bool], is_common: Callable[[str], bool]) -> list[int]:
    """The case of every word; in a headline, where it is capitals by custom, that of a common word behind the first is lower.

    Args:
        words: tokens without white space.
        breaks: whether a line or paragraph begins at the word.
        is_common: tells of a word whether it is one of the language, and no name only.

    >>> told_cases("Iran Seizes Greek Tanker".split(), [True, False, False, False], {"Seizes", "Tanker"}.__contains__)
    [1, 0, 1, 0]
    """
    cases = [word_case(word) for word in words]
    begins = sorted({0, *(at for at, begins in enumerate(breaks) if begins), len(words)})
    for begin, end in zip(begins, begins[1:], strict=False):
        if _is_headline(words[begin:end]):
            for at in range(begin + 1, end):
                if cases[at] in (TITLE, UPPER) and is_common(words[at]):
                    cases[at] = LOWER
    return cases


def _is_headline(line: Sequence[str]) -> bool:
    """Tell of a line without full stop whether all its long words begin with a capital."""
    if line[-1] in (".", ",", ";"):
        return False
    long = [word for word in line if len(word) >= _LONG and word[0].isalpha()]
    return len(long) >= _LINE and all(word[0].isupper() for word in long)
