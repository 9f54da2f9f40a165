"""Names of organisations, units, ships and places as keys that forget what writers vary without meaning anything by it.

A ministry is written in many ways (Ministry of Defence, Defense Ministry); a generic name (Supreme Court, Coast Guard) belongs to
many countries and says which thing it is only together with its country.
"""

import re
from functools import lru_cache

from graphbuild.gazetteer.names import name_key

_SMALL = frozenset("of the and for in on to at de la du des y".split())
_RESPELLED = {
    "defence": "defense", "labour": "labor", "centre": "center", "organisation": "organization", "programme": "program", "harbour": "harbor",
    "saint": "st", "sainte": "st", "mount": "mt", "fort": "ft", "armoured": "armored", "us": "united states", "uk": "united kingdom",
}  # fmt: skip
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth".split(), 1
    )
}
_AIRFIELD = re.compile(r"\bair ?(?:base|field)\b")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|d)")
_OFFICES = frozenset("ministry department office secretariat directorate".split())
"""Heads that stand before or after what they are for: Ministry of Defence, Defence Ministry."""
_GENERIC = _OFFICES | frozenset(
    "affairs defense foreign interior finance health justice education energy trade commerce agriculture transport labor culture environment"
    " state security national federal royal supreme constitutional court army navy air force forces armed military marine marines coast guard"
    " border police parliament senate house assembly congress council cabinet government presidency presidential general staff joint chiefs"
    " central bank election electoral commission committee agency authority bureau intelligence service secret republican democratic social"
    " socialist communist conservative liberal people peoples party union workers opposition front movement civil aviation emergency"
    " emergencies disaster management prosecutor prosecutors attorney embassy consulate high appeals district television radio news times daily"
    " herald tribune star post mail broadcasting infantry armored airborne division brigade battalion regiment corps command fleet group guards"
    " squadron wing special operations northern southern eastern western unit red crescent cross society chamber deputies representatives lower upper".split()
)
_PROPER_ANYWAY = frozenset({"red cross", "red crescent", "central intelligence agency", "federal bureau investigation", "national security agency"})
"""Names of generic words that one body has, or that all bearers share."""
_LOOSE_ENDS = ("news agency", "agency", "party", "company", "group", "movement", "division", "corporation", "airlines", "newspaper", "television")
"""Descriptions at the end of a name that short forms leave out: Yonhap (News Agency), Boeing (Company)."""
_COMPANY_FORMS = frozenset("inc corp co ltd plc gmbh ag sa nv llc llp spa limited incorporated corporation company".split())
_SHIP = frozenset(
    "uss hms hmas hmcs ins rss roks jds js brp usns mv ms mt ss fs its tcg eml kns arc hnoms hmjs hmnzs hdms hswms nns bns bap ara kri kd ens orp ros hs slns"
    " cns uscgc fgs fns pns sas lns esps nrp icgv htms rov vts".split()
)
_MIN_INITIALS = 3


@lru_cache(maxsize=1 << 17)
def thing_key(name: str) -> str:
    """Return the comparison key of a name.

    >>> thing_key("Ministry of Defence") == thing_key("the Defense Ministry")
    True
    >>> thing_key("First Infantry Division"), thing_key("Boeing Co."), thing_key("St. Petersburg") == thing_key("Saint Petersburg")
    ('1 infantry division', 'boeing', True)
    """
    plain = _AIRFIELD.sub("airfield", name_key(name)).split()
    words = [_spelled(word) for word in plain if word not in _SMALL] or plain
    while len(words) > 1 and words[-1] in _COMPANY_FORMS:
        words.pop()
    if len(words) > 1 and _OFFICES & set(words):
        kept = [word for word in words if word != "affairs"]
        words = sorted(kept if len(kept) > 1 else words)
    return " ".join(words)


def is_generic(key: str) -> bool:
    """Tell whether a key names a kind of body that many countries have.

    >>> is_generic("coast guard"), is_generic("1 infantry division"), is_generic("azov brigade")
    (True, True, False)
    """
    return key not in _PROPER_ANYWAY and bool(key) and all(word in _GENERIC or word.isdigit() for word in key.split())


def is_hull_number(text: str) -> bool:
    """Tell whether a form is the number on the hull of a ship.

    >>> is_hull_number("DDG 65"), is_hull_number("WPC 1147"), is_hull_number("LCS-21"), is_hull_number("Resolution 1701")
    (True, True, True, False)
    """
    return re.fullmatch(r"[A-Z]{1,5}[ -]?\d{1,4}", text) is not None


def without_ship_prefix(key: str) -> tuple[str, str]:
    """Split the key of a vessel into its prefix and its name.

    >>> without_ship_prefix("uss ronald reagan"), without_ship_prefix("ever given")
    (('uss', 'ronald reagan'), ('', 'ever given'))
    """
    first, _, rest = key.partition(" ")
    return (first, rest) if rest and first in _SHIP else ("", key)


@lru_cache(maxsize=1 << 17)
def short_key(key: str) -> str:
    """Return the key without the description at its end, if what remains is a name of its own; else the key.

    >>> short_key("yonhap news agency"), short_key("101 airborne division"), short_key("labor party")
    ('yonhap', '101 airborne', 'labor party')
    """
    for end in _LOOSE_ENDS:
        rest = key.removesuffix(f" {end}")
        if rest != key and (not is_generic(rest) or any(word.isdigit() for word in rest.split())):
            return rest
    return key


def tail_key(key: str) -> str | None:
    """Return the last three words of a longer key, by which a fuller name and one that leaves out its beginning meet.

    >>> tail_key("islamic revolutionary guard corps"), tail_key("coast guard")
    ('revolutionary guard corps', None)
    """
    words = key.split()
    tail = " ".join(words[-3:])
    return tail if len(words) >= 3 and not is_generic(tail) else None


@lru_cache(maxsize=1 << 17)
def initials(name: str) -> frozenset[str]:
    """Return the acronyms that the words of a name make, with and without the small words; short ones are left out.

    >>> sorted(initials("International Atomic Energy Agency")), sorted(initials("Department of Homeland Security"))
    (['iaea'], ['dhs', 'dohs'])
    """
    words = name_key(name).split()
    made = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}
    return frozenset(letters for letters in made if len(letters) >= _MIN_INITIALS)


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an acronym.

    >>> is_acronym("NATO"), is_acronym("Hamas")
    (True, False)
    """
    return len(name) > 1 and " " not in name and name.isupper()


def _spelled(word: str) -> str:
    ordinal = _ORDINAL.fullmatch(word)
    return ordinal.group(1) if ordinal else _ORDINALS.get(word) or _RESPELLED.get(word, word.replace("isation", "ization"))
