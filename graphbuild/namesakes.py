"""Whether two names of persons can be names of one person.

Names are compared as keys (`gazetteer.names.name_key`): folded to lower-case words without stops and diacritics.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from graphbuild.spelling import fold, folded

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONG, _NEARLY = 5, 0.85
_ARTICLES = frozenset({"al", "el", "ul"})
"""The Arabic article, which some leave out and some write otherwise: al-Assad, Assad; al-Sisi, el-Sisi."""
_PARTICLES = frozenset("al el bin ibn bint van von der den de del della di da das dos du la le ter ten af av".split())
"""Words that begin a family name: von der Leyen, bin Laden, de Gaulle."""

_NICKNAMES = {
    "alexander": "alex sandy", "andrew": "andy drew", "anthony": "tony", "antonio": "tony", "antony": "tony", "benjamin": "ben binyamin",
    "charles": "charlie chuck", "christopher": "chris", "daniel": "dan danny", "david": "dave", "donald": "don", "edward": "ed ted eddie",
    "elizabeth": "liz betsy beth", "eugene": "gene", "frederick": "fred", "gerald": "gerry jerry", "gregory": "greg", "henry": "harry hank",
    "jacob": "jake", "james": "jim jimmy", "jeffrey": "jeff", "john": "jack johnny", "joseph": "joe", "joshua": "josh", "judith": "judy",
    "katherine": "kate kathy", "kenneth": "ken", "lawrence": "larry", "leonard": "len", "margaret": "maggie peggy meg", "matthew": "matt",
    "michael": "mike mick", "mitchell": "mitch", "nathaniel": "nate nat", "nicholas": "nick", "patricia": "pat patty", "patrick": "pat",
    "peter": "pete", "philip": "phil", "phillip": "phil", "rafael": "rafa", "raymond": "ray", "rebecca": "becky", "richard": "rick dick rich",
    "robert": "bob bobby rob", "ronald": "ron", "samuel": "sam", "stanley": "stan", "stephen": "steve", "steven": "steve", "susan": "sue",
    "terrence": "terry", "theodore": "ted teddy", "thomas": "tom", "timothy": "tim", "victoria": "vicky", "vincent": "vince", "walter": "walt",
    "william": "bill billy will", "zachary": "zach",
}  # fmt: skip
_FULL_OF: dict[str, frozenset[str]] = {
    short: frozenset(full for full, names in _NICKNAMES.items() if short in names.split()) for names in _NICKNAMES.values() for short in names.split()
}


def parts(key: str) -> tuple[tuple[str, ...], str | None]:
    """Split a name key into its words, the Arabic article left out, and its generation suffix.

    >>> parts("lloyd j austin iii")
    (('lloyd', 'j', 'austin'), 'iii')
    >>> parts("bashar al assad")
    (('bashar', 'assad'), None)
    """
    words = tuple(key.split())
    words = (tuple(w for w in words[:-1] if w not in _ARTICLES) + words[-1:]) if len(words) > 1 else words
    if len(words) > 2 and words[-1] in _SUFFIXES:
        return words[:-1], words[-1]
    return words, None


def compatible(left: str, right: str) -> bool:
    """Tell whether two full names can be one person's: nothing in one contradicts the other.

    Family names agree, given names agree up to initials, short forms (Joe, Joseph) and left-out middle names, generation suffixes
    do not differ. Three and more equal words in another order (family name first or last) agree too. A bare single word agrees only with itself.

    >>> compatible("lloyd j austin iii", "lloyd austin")
    True
    >>> compatible("john a smith", "john b smith"), compatible("joe biden", "joseph r biden jr")
    (False, True)
    """
    (first, suffix), (second, other_suffix) = parts(left), parts(right)
    if suffix and other_suffix and suffix != other_suffix:
        return False
    if min(len(first), len(second)) < 2:
        return first == second
    if len(first) > 2 and sorted(first) == sorted(second):
        return True
    return first[-1] == second[-1] and _same_given(first[0], second[0]) and _middle_fits(first[1:-1], second[1:-1])


def person_key(key: str) -> str:
    """Return a name key without words said twice in a row.

    >>> person_key("boutros boutros ghali"), person_key("marr marr")
    ('boutros ghali', 'marr')
    """
    words = key.split()
    return " ".join(word for number, word in enumerate(words) if number == 0 or word != words[number - 1])


def is_short(key: str) -> bool:
    """Tell whether a name is a family name or a given name alone, particles aside.

    >>> is_short("al assad"), is_short("von der leyen"), is_short("bashar al assad")
    (True, True, False)
    """
    words = key.split()
    return len(words) < 2 or all(word in _PARTICLES for word in words[:-1])


def may_shorten(short: str, full: str) -> bool:
    """Tell whether a single word, particles aside, can be the short form of a full name: its first or its last word.

    >>> may_shorten("austin", "lloyd j austin iii"), may_shorten("al assad", "bashar al assad"), may_shorten("gaddafi", "muammar qadhafi")
    (True, True, False)
    """
    if not short or not is_short(short):
        return False
    words, _ = parts(full)
    word = short.split()[-1]
    return len(words) > 1 and (word == words[-1] or (short == word and word == words[0]))


def same_short(left: str, right: str) -> bool:
    """Tell whether of two names one is a short form of the other, or both are short and equal, in whatever spelling.

    >>> same_short("gaddafi", "muammar al qadhafi"), same_short("zelenskiy", "zelensky"), same_short("bin laden", "ladin")
    (True, True, True)
    """
    if is_short(left) and is_short(right):
        return fold(left.split()[-1]) == fold(right.split()[-1]) if left and right else False
    short, full = (left, right) if is_short(left) else (right, left)
    if not short or not is_short(short) or is_short(full):
        return False
    one, words = fold(short.split()[-1]), folded(parts(full)[0])
    return one == words[-1] or (" " not in short and one == words[0])


def variants(left: str, right: str) -> bool:
    """Tell whether two full names can be spellings of one: word for word by their folds, family name first or last, or one without its end or beginning.

    This alone is no reason to take two persons for one.

    >>> variants("muammar qaddafi", "moammar el gadhafi"), variants("shinzo abe", "abe shinzo"), variants("suu kyi", "aung san suu kyi")
    (True, True, True)
    >>> variants("kim jong un", "kim jong il"), variants("aung san", "aung san suu kyi")
    (False, False)
    """
    (one, suffix), (other, other_suffix) = parts(left), parts(right)
    first, second = sorted((folded(one), folded(other)), key=len)
    if len(first) < 2 or (suffix and other_suffix and suffix != other_suffix):
        return False
    if sorted(first) == sorted(second) or second[-len(first) :] == first or second[:-1] == first:
        return True
    return fold("".join(one)) == fold("".join(other)) or (len(first) == len(second) > 2 and _nearly_equal(first, second))


def _nearly_equal(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether words are equal but for one longer word that differs in a letter: Dagalo, Daglo."""
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1 or min(map(len, differing[0])) < _LONG:
        return False
    return SequenceMatcher(None, *differing[0], autojunk=False).ratio() > _NEARLY


def ends(key: str) -> tuple[str, ...]:
    """Return the words that may stand for a whole name: its first and its last.

    >>> ends("yoon suk yeol"), ends("von der leyen")
    (('yeol', 'yoon'), ('leyen',))
    """
    if is_short(key):
        return tuple(key.split()[-1:])
    words, _ = parts(key)
    return tuple(sorted({words[0], words[-1]})) if words else ()


def block_keys(key: str) -> tuple[str, ...]:
    """Return the keys under which a full name must be filed so that every pair that can be one person's shares one.

    They are the family name with the first letter of the given name, all words in alphabetical order, the first two and the last two.

    >>> bool(set(block_keys("lee jung sup")) & set(block_keys("lee jong sup"))), bool(set(block_keys("bob gates")) & set(block_keys("robert m gates")))
    (True, True)
    """
    words = folded(parts(key)[0])
    given = parts(key)[0][:1]
    if len(words) < 2:
        return words
    starts = {fold(full[0]) for name in given for full in (name, *_FULL_OF.get(name, ()))}
    return tuple(sorted({*(f"{words[-1]} {start}" for start in starts), " ".join(sorted(words)), f"{words[-2]}_{words[-1]}", f"{words[0]}_{words[1]}"}))


def _same_given(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return left == right or left in _FULL_OF.get(right, ()) or right in _FULL_OF.get(left, ())


def _middle_fits(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether the shorter list of middle names is in the longer one; initials must begin alike: George W. is not George H. W."""
    short, long = sorted((left, right), key=len)
    if short and max(map(len, (*short, *long))) == 1 and short[0] != long[0]:
        return False
    rest = iter(long)
    return all(any(_same_given(word, other) for other in rest) for word in short)
