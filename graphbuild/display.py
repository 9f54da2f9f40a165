"""Text from documents, made safe to show: nothing in it steers a terminal or a drawing."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(text: str) -> str:
    r"""Return the text on one line, without control characters, direction marks and what Unicode has not assigned.

    >>> one_line("a\x1b[31m\u202eb\n c\x07")
    'a[31mb c'
    """
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
