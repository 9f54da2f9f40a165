"""Names as words: what two forms of one name may differ in. Pure functions, no parse, no gazetteer."""

import re
from functools import lru_cache

from graphbuild.gazetteer.names import name_key, without_possessive
from graphbuild.namesakes import compatible, may_shorten, parts

_SMALL = frozenset("of the and for in on to at de la du des y &".split())
_OF_STATES = frozenset("armed security national defense defence and special".split())
"""What the forces of a country are called, as those of a faction are not."""
FAMILIES = {
    "Person": "person", "Country": "country", "Position": "position", "Agreement": "agreement", "Vehicle": "vehicle", "Weapon": "weapon",
    "Event": "event", "Work": "work", "Group": "group", "City": "place", "Region": "place", "Facility": "place", "Place": "place",
}  # fmt: skip
MINISTRIES = frozenset(("ministry", "department"))
"""Nouns for the bodies that ministers lead."""
BODIES = frozenset(
    ("Alliance", "Organization", "GovernmentBody", "MilitaryForce", "ArmedGroup", "PoliticalParty", "MediaOrganization", "Company")
)
"""The classes of bodies: what `family` calls organisations, without what has no class."""


def family(label: str) -> str:
    """Return the family of a class: names are compared within one. All organisations are one family.

    >>> family("Alliance")
    'organization'
    """
    return FAMILIES.get(label, "organization")


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Split a name into comparable words: no case, accents, full stops, possessives or articles.

    >>> words_of("the U.S. Forces' Korea")
    ('us', 'forces', 'korea')
    """
    return tuple(w for w in name_key(without_possessive(name)).split() if w not in ("the", "a", "an"))


def same_person(one: str, other: str) -> bool:
    """Tell whether two forms in one text may name one person: as across texts, or by a surname or given name alone.

    >>> same_person("Lloyd J. Austin III", "Austin"), same_person("J. Austin", "Peter Austin"), same_person("Lee Jung-sup", "Lee")
    (True, False, True)
    """
    a, b = sorted((" ".join(words_of(one)), " ".join(words_of(other))), key=lambda key: (key.count(" "), key))
    return bool(a) and (compatible(a, b) or may_shorten(a, b) or _is_tail(a, b) or _is_without_origin(a, b))


def _is_without_origin(short: str, full: str) -> bool:
    """Tell whether a form is a full name without its end of an origin or family: "Abu Jandal" of "Abu Jandal al-Kuwaiti"."""
    words, front = full.split(), short.split()
    return 1 < len(front) < len(words) - 1 and words[: len(front)] == front and words[len(front)] in ("al", "el", "bin", "ibn", "bint")


def _is_tail(short: str, full: str) -> bool:
    """Tell whether a form is the end of a full name, particles included: "al-Abadi" of "Haider al-Abadi"."""
    words, _ = parts(full)
    tail = tuple(short.split())
    return 1 < len(tail) < len(words) and words[-len(tail) :] == tail


def is_inner_name(one: str, other: str) -> bool:
    """Tell whether one form is a word from the middle of the other, as the first of two family names is, or a name before a patronymic.

    >>> is_inner_name("Boric", "Gabriel Boric Font"), is_inner_name("Gabriel", "Gabriel Boric Font"), is_inner_name("bin", "Nur binti bin Osman")
    (True, False, False)
    """
    short, full = sorted((words_of(one), words_of(other)), key=len)
    return len(short) == 1 and len(full) > 2 and len(short[0]) > 3 and short[0] in full[1:-1]


def same_thing(one: str, other: str) -> bool:
    """Tell whether two forms may name one organisation, place or thing: equal words, an acronym, or a shorter form of the name.

    >>> same_thing("Combined Forces Command", "CFC"), same_thing("Yonhap", "Yonhap news agency"), same_thing("North Korea", "South Korea")
    (True, True, False)
    """
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return False
    if a == b:
        return True
    if is_acronym_of(one, other) or is_acronym_of(other, one):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) < len(long) and (long[: len(short)] == short or (len(short) > 1 and long[-len(short) :] == short))


def shortens_forces(one: str, other: str) -> bool:
    """Tell whether one of two forms is "X forces", and the other the full name of the forces of a country, and of no faction in it.

    >>> shortens_forces("Iraqi forces", "Iraqi Security Forces"), shortens_forces("Syrian forces", "Syrian Democratic Forces")
    (True, False)
    """
    short, full = sorted((words_of(one), words_of(other)), key=len)
    return len(short) == 2 < len(full) and short[-1] == full[-1] == "forces" and short[0] == full[0] and set(full[1:-1]) <= _OF_STATES


def is_acronym_of(short: str, long: str) -> bool:
    """Tell whether `short` is made of the initials of `long`: EU, ECOWAS, UNSC.

    >>> is_acronym_of("AU", "African Union"), is_acronym_of("UN", "United States")
    (True, False)
    """
    letters = re.sub(r"[^A-Za-z]", "", short)
    words = [w for w in re.split(r"[\s\-–/]+", long) if w]
    if not 2 <= len(letters) <= 8 or sum(c.isupper() for c in letters) < 2 or len(words) < 2:
        return False
    every = "".join(w[0] for w in words if w[0].isalpha()).casefold()
    major = "".join(w[0] for w in words if w[0].isalpha() and w.casefold() not in _SMALL).casefold()
    return letters.casefold() in (every, major)
