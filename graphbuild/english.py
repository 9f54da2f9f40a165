"""Tells texts in another language from English ones: what is not English is left out, and named.

English gives itself away by its small words; only a text that has few of them is shown to py3langid (Lui and Baldwin, "langid.py: An
Off-the-shelf Language Identification Tool", ACL 2012), which is asked to be sure, as lists of foreign names are English too.
"""

import re
import unicodedata
from functools import cache
from typing import Any, Final

SURE: Final = 0.9
"""From this probability on a text is taken for one of another language."""
_SMALL_WORDS: Final = frozenset("the of and to that with from by was has".split())
_ENOUGH: Final = 0.08
_SHOWN: Final = 5_000
_WORD: Final = re.compile(r"\w+")
_NEARLY_ENGLISH: Final = frozenset({"en", "pcm"})  # Nigerian Pidgin, which short English texts are taken for


def other_language(text: str) -> str | None:
    """Return the code (ISO 639) of the language of a text that is not English, "und" if only the script tells; None if it is English, or may be.

    >>> other_language("The minister of defence met the ambassador of Norland.") is None
    True
    """
    shown = text[:_SHOWN]
    words = _WORD.findall(shown.lower())
    if not words or sum(word in _SMALL_WORDS for word in words) >= _ENOUGH * len(words):
        return None
    language, probability = _identifier().classify(shown)
    if language not in _NEARLY_ENGLISH and probability >= SURE:
        return str(language)
    return "und" if _other_script(shown) else None


def _other_script(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(unicodedata.name(c, "").startswith("LATIN") for c in letters) * 2 < len(letters)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
