"""Whether two names of persons can be names of one person.

Names are compared as keys (`gazetteer.names.name_key`): folded to lower-case words without stops and diacritics.
"""

from collections.abc import Sequence

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def parts(key: str) -> tuple[tuple[str, ...], str | None]:
    """Split a name key into its words and its generation suffix.

    >>> parts("lloyd j austin iii")
    (('lloyd', 'j', 'austin'), 'iii')
    """
    words = tuple(key.split())
    if len(words) > 2 and words[-1] in _SUFFIXES:
        return words[:-1], words[-1]
    return words, None


def compatible(left: str, right: str) -> bool:
    """Tell whether two full names can be one person's: nothing in one contradicts the other.

    Family names agree, given names agree up to initials and left-out middle names, generation suffixes do not differ. Three
    and more equal words in another order (family name first or last) agree too. A bare single word agrees only with itself.

    >>> compatible("lloyd j austin iii", "lloyd austin")
    True
    >>> compatible("john a smith", "john b smith")
    False
    """
    (first, suffix), (second, other_suffix) = parts(left), parts(right)
    if suffix and other_suffix and suffix != other_suffix:
        return False
    if min(len(first), len(second)) < 2:
        return first == second
    if len(first) > 2 and sorted(first) == sorted(second):
        return True
    return first[-1] == second[-1] and _same_given(first[0], second[0]) and _middle_fits(first[1:-1], second[1:-1])


def may_shorten(short: str, full: str) -> bool:
    """Tell whether a single word can be the short form of a full name: its first or its last word.

    >>> may_shorten("austin", "lloyd j austin iii")
    True
    """
    words, _ = parts(full)
    return " " not in short and len(words) > 1 and short in (words[0], words[-1])


def block_keys(key: str) -> tuple[str, ...]:
    """Return the keys under which a name must be filed so that every compatible pair shares one.

    >>> block_keys("yoon suk yeol")
    ('yeol', 'yoon')
    """
    words, _ = parts(key)
    return tuple(sorted({words[0], words[-1]})) if words else ()


def _same_given(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return left == right


def _middle_fits(left: Sequence[str], right: Sequence[str]) -> bool:
    short, long = sorted((left, right), key=len)
    rest = iter(long)
    return all(any(_same_given(word, other) for other in rest) for word in short)
