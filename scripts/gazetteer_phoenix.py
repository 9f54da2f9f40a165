"""What the Phoenix actor dictionaries say: armed groups, and leaders with the days of their office (to about 2012)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SMALL = {"of", "the", "for", "and", "in", "de", "la", "el", "del", "da", "do", "dos", "von", "van", "bin", "ibn", "bint", "ul", "y", "e", "on", "to"}
_GROUP = re.compile(r"ARM(?:Y|ED)|FRONT|BRIGADE|MOVEMENT|PARTY|ORGANI[SZ]ATION|GROUP|LEAGUE|COUNCIL|FORCE|UNION|CELL|COMMAND|BATTALION|JIHAD|"
                    r"LIBERATION|REVOLUTION|RESISTANCE|HARAKAT|JA[IY]SH|LASHKAR|KATA|ANSAR|HIZB|LIWA|TIGERS|NETWORK|COMMITTEE|FEDERATION|"
                    r"ALLIANCE|ASSOCIATION|FACTION|NUCLE|ISLAMIC|PEOPLE|NATIONAL|WARRIORS|FIGHTERS|GUARD|MILITIA|SOCIETY|CONGRESS|STATE")
_WITH_TITLE = re.compile(r"PRESIDENT|MINISTER|SECRETARY|LEADER|FORMER|SENATOR|GOVERN|\bMRS?[._]|\bGOV\._|\bGEN\._|^(?:MR|US|U\.S\.|THE)_|ADMINISTRATION|"
                         r"KANZLER|CHANCELLOR|PREMIER|REGIME|DICTATOR|GENERAL_|COLONEL|KING_|QUEEN_|PRINCE_|_AND_|CANDIDATE")
_HONORIFIC = re.compile(r"^(?:Sir|Dame|Lord|Sheikh|Ayatollah|Hojatolislam|Dato|Tuanku|Pehin|Pengiran) (?=\S+ \S)")
_PERSON = re.compile(r"OSAMA|SHEIKH_|ABU_MUSAB|AYMAN|MULLAH_|HASSAN_N|ABDUL_|MOHAMMED_")
_NO_ACRONYM = {"GREECE", "CHILE", "ITALY", "IRAQ", "PERU", "INDIA", "FRANCE", "SPAIN", "TURKEY", "JAPAN", "NEPAL", "EGYPT", "SYRIA", "YEMEN", "US", "UK"}
_TERM = re.compile(r"\[(\w{3})GOV(\w*) (?:>(\d+)|(\d+)-(\d+))\s*\]")
_ELITE = re.compile(r"\[\w{3}ELI")


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group: name, other names, and the three-letter code of its country ("" where the dictionary gives none)."""

    name: str
    aliases: tuple[str, ...]
    country: str
    record: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody in government: name, other names, country, and terms (from, to) as ISO days; the dictionary does not say the office."""

    name: str
    aliases: tuple[str, ...]
    country: str
    terms: tuple[tuple[str, str], ...]
    record: str


def read_groups(path: Path) -> Iterator[Group]:
    """The armed groups of Phoenix.MilNonState: a head line with a code, then lines of other names that begin with "+".

    The last part of the file mixes groups with single persons under one code, so it is left out; the one person before it too.
    """
    for head, aliases, codes in _blocks(path, until="KEDS Project International Militarized Groups"):
        code = codes[0][1:4] if codes else ""
        same = [raw for raw in aliases if _names_group(raw) or _common_word(raw, head)]
        names = [n for raw in [head, *same] for n in _spelled(raw)]
        if names and (_names_group(head) or (codes and not re.search(r"\d", codes[0]))) and not _PERSON.match(head):
            yield Group(names[0], tuple(dict.fromkeys(n for n in names[1:] if n != names[0])), code, head)


def read_leaders(path: Path) -> Iterator[Leader]:
    """National leaders of Phoenix.Countries: people with a term in government to the day, and a career listed around it."""
    for head, aliases, codes in _blocks(path):
        terms = [m for m in map(_TERM.match, codes) if m and not m[2]]
        if not terms or not any(_ELITE.match(c) for c in codes) or "_" not in head or "(" in head:
            continue
        spans = tuple(dict.fromkeys((_day(m[3] or m[4]), _day(m[5]) if m[5] else "") for m in terms))
        name = _HONORIFIC.sub("", _cased(head))
        others = tuple(dict.fromkeys(_cased(a) for a in aliases if len(a.split("_")) > 1 and not _WITH_TITLE.search(a)))
        yield Leader(name, tuple(a for a in (_cased(head), *others) if a != name), terms[0][1], spans, head)


def _names_group(raw: str) -> bool:
    """Whether the words say that this is a group: the dictionary lists leaders, too, under the code of their group."""
    return bool(_GROUP.search(raw)) or bool(re.fullmatch(r"[A-Z/-]{2,6}", raw))


def _common_word(raw: str, head: str) -> bool:
    """Whether two names share the beginning of a word of four letters and more."""
    starts = {w[:4] for w in re.split(r"[_ ()-]+", head) if len(w) > 3}
    return any(w[:4] in starts for w in re.split(r"[_ ()-]+", raw) if len(w) > 3)


def attested_names(*paths: Path) -> set[str]:
    """Every name that the dictionaries list for any actor, spelled with spaces."""
    found = set()
    for path in paths:
        for head, aliases, _ in _blocks(path):
            found.update(" ".join(raw.replace("_", " ").split()) for raw in [head, *aliases])
    return found


def _blocks(path: Path, until: str = "\0") -> Iterator[tuple[str, list[str], list[str]]]:
    head, aliases, codes = "", [], []  # type: str, list[str], list[str]
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if until in line:
            break
        body = line.split("#")[0]
        words, brackets = re.sub(r"\[.*", "", body).strip(), re.findall(r"\[[^\]]*\]", body)
        if words.startswith("+"):
            aliases.append(words[1:].rstrip("_ "))
        elif words and not line.startswith("\t"):
            if head:
                yield head, aliases, codes
            head, aliases, codes = words.rstrip("_ "), [], []
        codes.extend(brackets)
    if head:
        yield head, aliases, codes


def _spelled(raw: str) -> Iterator[str]:
    words = raw.replace("_", " ")
    if "+" in words:
        return
    yield from filter(None, [_cased(re.sub(r"\s*\([^)]*\)", "", words).strip().replace(" ", "_"))])
    yield from (a for a in re.findall(r"\(([A-Z/-]{2,6})\)", words) if a not in _NO_ACRONYM)


def _cased(raw: str) -> str:
    """SIERRA_LEONE_ARMY → Sierra Leone Army; short forms without a vowel, or of one word, stay capitals."""
    words = raw.replace("_", " ").split()
    return " ".join(_cased_word(w, i == 0, len(words) == 1) for i, w in enumerate(words))


def _cased_word(word: str, first: bool, alone: bool) -> str:
    letters = re.sub(r"[^A-Z]", "", word)
    if (alone and len(word) <= 5) or (len(letters) > 1 and not re.search(r"[AEIOUY]", letters)) or "/" in word:
        return word
    if word.casefold() in _SMALL and not first:
        return word.casefold()
    spelled = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)
    spelled = re.sub(r"'S\b", "'s", spelled)
    spelled = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), spelled)
    return re.sub(r"^(A[dlnrstz]|El|Ul)-", lambda m: m[1].casefold() + "-" if not first else m[0], spelled)


def _day(raw: str) -> str:
    """800131 → 1980-01-31; 19800131 → 1980-01-31. Years of two digits up to 14 are of this century: the files end in 2014."""
    digits = raw if len(raw) == 8 else ("20" if int(raw[:2]) <= 14 else "19") + raw
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else digits[:4]
