"""How a name is compared: one key per name, and what its letter case says.

The key forgets what writers vary without meaning anything by it: letter case, diacritics, full stops, apostrophes, hyphens,
commas and a leading "the". What case does mean stays outside the key: English names carry a capital, so a form without any
("turkey", "us") is no name, and a short acronym is written in capitals ("US", "WHO"), never as a word ("Us", "Who").
"""

import re
import unicodedata
from functools import lru_cache

_DROPPED = dict.fromkeys(map(ord, ".'’‘ʼ`´ʿʾ\u00ad\u200b"), None)
_SPACED = dict.fromkeys(map(ord, "-‐‑‒–—_/,;:()[]\"“”&+*"), " ")
_TABLE = _DROPPED | _SPACED
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"})
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_WORD_LENGTH_OF_ACRONYM = 3


def name_key(name: str) -> str:
    """The comparison key of a name.

    >>> name_key("The U.S.A.") == name_key("USA")
    True
    >>> name_key("Côte d’Ivoire")
    'cote divoire'
    """
    folded = name.casefold()
    if folded.isalpha() and folded.isascii():
        return folded
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).translate(_LETTERS)
    words = folded.translate(_TABLE).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def without_possessive(form: str) -> str:
    """The form without a possessive ending: "Iraq's" is "Iraq", "the United States'" is "the United States"."""
    return _POSSESSIVE.sub("", form)


def is_acronym(name: str) -> bool:
    """Whether a name is a short acronym, which must be written in capitals to be meant: US, UK, WHO, D.C."""
    letters = [c for c in name if c.isalpha()]
    return 0 < len(letters) <= _WORD_LENGTH_OF_ACRONYM and all(c.isupper() for c in letters) and " " not in name.strip()


@lru_cache(maxsize=65536)
def may_be_name(form: str) -> bool:
    """Whether the form can be a name at all: English names carry a capital, a digit, or letters of a script without case."""
    if form.startswith("The ") and form[4:].islower():
        return False
    return any(c.isupper() or c.isdigit() or (c.isalpha() and c.upper() == c.lower()) for c in form)


def written_as_word(form: str) -> bool:
    """Whether a form, its article aside, carries lower-case letters, and so is a word or name rather than an acronym."""
    return any(c.islower() for c in form.removeprefix("the "))


def make_of(name: str) -> str:
    """Return the make of a ship, aircraft or weapon, without the model's number or letter behind it.

    >>> make_of("Hwasong-17"), make_of("Scud-B"), make_of("Hsiung Feng III"), make_of("Iron Dome")
    ('Hwasong', 'Scud', 'Hsiung Feng', 'Iron Dome')
    """
    return re.sub(r"[ -](?:[A-Z]{0,2}\d\S*|[A-Z]|[IVX]+)$", "", name)
