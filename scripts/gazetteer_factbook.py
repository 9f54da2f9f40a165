"""What the World Factbook says of one country, as plain values: names, demonyms, offices, forces, memberships."""

import calendar
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Record = dict[str, Any]

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<br\s*/?>|</p>")
_MONTHS = {m: i for i, m in enumerate(calendar.month_name) if m}
_SINCE = re.compile(r"\((?:\w+ )?(?:since )?(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})[;,)]")
_TITLE_WORDS = {
    "a", "acting", "ad", "administrator", "affaires", "affairs", "ambassador", "amir", "and", "armed", "bailiff", "capt", "captain", "captains",
    "caretaker", "chair", "chairman", "chairperson", "chancellor", "charge", "chargé", "chief", "city", "cnsp", "co", "col", "commander",
    "commission", "commissioner", "confederation", "council", "counselor", "crown", "d", "dame", "deputy", "designate", "dr", "duke", "economic",
    "emir", "emperor", "envoy", "equivalent", "excellency", "executive", "extraordinary", "first", "for", "forces", "foreign", "french", "gen",
    "general", "gnu", "government", "governor", "governorate", "grand", "head", "her", "high", "his", "homeland", "hon", "in", "interim", "island",
    "joint", "king", "leader", "lieutenant", "lord", "majesty", "mann", "mayor", "minister", "ministers", "mr", "mrs", "national", "of", "paramount",
    "plenipotentiary", "political", "polynesia", "pontifical", "pope", "prefect", "premier", "president", "presidential", "prime", "prince", "queen",
    "ratu", "regent", "safeguard", "second", "secretary", "sir", "sovereign", "spain", "sr", "state", "sudanese", "sultan", "superior", "supreme",
    "swiss", "taliban", "territorial", "the", "their", "transition", "transitional", "vatican", "vice",
}


_REMARK = re.compile(r"\b(?:is|are|represented|Commissioner|Minister|Archbishop|President|China|Consul|Nuncio|Cabinet|Commonwealth|Council|"
                     r"chief|Head|Chairperson|also|o)\b")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in an office, as the factbook writes it: the family name in capitals."""

    office: str
    name: str
    family: str
    since: str


@dataclass(frozen=True, slots=True)
class Body:
    """A named body: its name, other names, and the class it has in the graph."""

    type: str
    name: str
    aliases: tuple[str, ...]


def read_records(path: Path) -> Iterator[Record]:
    """The factbook's records, one per country or territory."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def text_of(record: Record, *path: str) -> str:
    """The text at a path of field names, with entities decoded; "" where the factbook has none."""
    here: Any = record
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    if isinstance(here, dict):
        here = here.get("text")
    text = html.unescape(here) if isinstance(here, str) else ""
    return "" if text.strip() in {"none", "NA", "-"} else text.replace("\xa0", " ")


def note_of(record: Record, field: str) -> str:
    """The note beside a field of Government, with its markup."""
    here = (record.get("Government") or {}).get(field) or {}
    return html.unescape(str(here.get("note", "")))


def plain(text: str) -> str:
    """Text without markup, on one line."""
    return " ".join(_TAG.sub(" ", text).split())


def split_outside(text: str, separators: str) -> list[str]:
    """Parts of the text between separators that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth = max(0, depth + (c in "([") - (c in ")]"))
        if depth == 0 and c in separators:
            parts.append(text[start:i])
            start = i + 1
    return [p.strip() for p in [*parts, text[start:]] if p.strip()]


# --- names of the country ---------------------------------------------------------------------------------------------------

def country_names(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs (form, kind) from the field "Country name"; kind is official, short, abbreviation or former."""
    name = ("Government", "Country name")
    official = text_of(record, *name, "conventional long form").split(";")[0].split(" (prior")[0]
    short = text_of(record, *name, "conventional short form").split(" (sometimes")[0]
    yield from (("".join(official.split(" (Vatican City State)")), "official"),) if official else ()
    for part in re.split(r",\s*(?=Gaza Strip)", short):
        yield from ((form, "short") for form in _with_and_without_bracket(part))
    for part in re.split(r" or |/ |\(or |\)", text_of(record, *name, "abbreviation")):
        bare = re.sub(r"\s*\((?:French|English)\)?|\s*\(English", "", part).strip()
        if bare:
            yield bare, "abbreviation"
    for part in split_outside(plain(text_of(record, *name, "former")), ",;"):
        bare = re.sub(r"\s*\([^)]*\)", "", part).strip()
        if re.fullmatch(r"(?:[A-ZÉ][\w'’/-]*|of|the|and|et|el|del|du|des|de|la|in)(?: (?:[A-ZÉ][\w'’/-]*|of|the|and|et|el|del|du|des|de|la))*", bare):
            yield bare, "former"


def _with_and_without_bracket(name: str) -> list[str]:
    found = re.fullmatch(r"(.+?) \(([^)]+)\)", name.strip())
    if not found:
        return [name.strip()] if name.strip() else []
    return [name.strip(), *([] if found[1] == "Congo" else [found[1]]), *([found[2]] if found[2] in {"Vatican City", "Islas Malvinas"} else [])]


_DEMONYM = re.compile(r"^(.+?)\s*\((.+?)\)$")


def demonyms(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs (form, kind) from the field "Nationality"; kind is noun, plural or adjective."""
    nouns = plain(text_of(record, "Nationality", "noun"))
    nouns = re.sub(r"; note.*|\s*\((?:US (?:nationals|citizens)|colloquial)\)|^NA$", "", nouns)
    for part in re.split(r", or |, | or |/|; ", nouns):
        yield from _noun_forms(part.strip())
    adjectives = re.sub(r"; note.*", "", plain(text_of(record, "Nationality", "adjective")))
    for part in re.split(r", or |, | or |/|; |\(or ", adjectives):
        bare = re.sub(r"\s*\([^)]*\)|\)$", "", part).strip()
        if bare and bare != "NA":
            yield bare, "adjective"


def _noun_forms(part: str) -> Iterator[tuple[str, str]]:
    if not part or part in {"none", "NA"}:
        return
    found = _DEMONYM.match(part)
    stem, ending = (found[1], found[2]) if found else (part, "")
    plurals = {"s": stem + "s", "men": re.sub("man$", "men", stem), "women": re.sub("woman$", "women", stem)}
    if ending in plurals:
        yield stem, "noun"
        yield plurals[ending], "plural"
    elif ending in {"plural", "collective plural"}:
        yield stem, "plural"
    else:
        yield stem, "noun"
        if ending == "singular and plural":
            yield stem, "plural"


def capitals(record: Record) -> list[str]:
    """Names of the capital or capitals, the first first, without notes."""
    text = re.split(r"; note|note -", plain(text_of(record, "Government", "Capital", "name")))[0]
    found = []
    for part in split_outside(text, ";" if ";" in text else ",") if "D.C." not in text else [text]:
        bare = re.sub(r"\s*\(.*|\s+in Romanian.*", "", part).strip()
        if bare and bare[0].isupper() and len(bare.split()) <= 4:
            found.append(bare)
    return found


_LANGUAGES = {"Arabic", "Kurdish", "French", "Dutch", "Finnish", "Swedish", "Italian", "German", "Castilian", "Catalan", "Basque",
              "Galician", "Valencian", "English"}
_LABEL = re.compile(r"<strong>\s*[a-z][^<]*:\s*</strong>|<strong>\s*[a-z][^<]*</strong>:|<em>[a-z][^<]*: ?</em>")


def regions(record: Record) -> list[tuple[str, str]]:
    """First-level divisions as (name, other name or ""): one plain list, or several with a heading each; else none."""
    text = re.split(r"; note|<strong>note|\bnote\b", text_of(record, "Government", "Administrative divisions"))[0]
    if "no first-order" in text or "first-order administrative" in text or "England" in text:
        return []
    if _LABEL.search(text):
        found = [r for part in _LABEL.split(text)[1:] for r in _region_list(_BREAK.split(part)[0])]
    else:
        found = _region_list(_after_counts(plain(text)))
    if "administrative center" in text_of(record, "Government", "Administrative divisions") + note_of(record, "Administrative divisions"):
        found = [(name, "") for name, _ in found]  # the bracket then holds a town, not another name of the region
    return list({name: (name, other) for name, other in reversed(found)}.values())[::-1] if len(found) > 1 else []


def _after_counts(text: str) -> str:
    """The list behind "58 provinces (wilayas, singular - wilaya);"."""
    parts = split_outside(text, ";")
    if len(parts) > 1:
        return "; ".join(parts[1:])
    return text.split(": ", 1)[1] if ": " in text else ""


def _region_list(text: str) -> list[tuple[str, str]]:
    parts = split_outside(plain(text), ";")
    names = [p.split(",")[0] for p in parts] if len(parts) > 3 else [n for p in parts for n in split_outside(p, ",")]
    return [r for r in map(_region, names) if r]


def _region(part: str) -> tuple[str, str] | None:
    name = re.sub(r"^and |\s*[\[(].*|\*+", "", part).strip(" '.")
    other = re.search(r"\(([A-Z][\w' -]+)\)", part)
    if not name or not name[0].isupper() or len(name) > 40 or name.count(" ") > 5:
        return None
    alias = other[1] if other and other[1] not in _LANGUAGES else ""
    return name, alias if alias != name else ""


# --- people in office ---------------------------------------------------------------------------------------------------------

def holders(text: str) -> Iterator[Holder]:
    """Who holds which office: "President Abdelmadjid TEBBOUNE (since 12 December 2019)"."""
    clauses = re.sub(r"; also (?:spelled|referred to as) \w+|[;,]? represented by ", lambda m: ";" if "repre" in m[0] else "", plain(text))
    for clause in split_outside(clauses, ";"):
        found = _SINCE.search(clause)
        holder = _holder(clause[: found.start()].strip(" ,"), _iso(*found.groups())) if found else None
        if holder:
            yield holder


def _holder(words: str, since: str) -> Holder | None:
    tokens = words.replace("(prime minister-equivalent) ", "").split()
    split = next((i for i, token in enumerate(tokens) if not _is_title_word(token)), len(tokens))
    office, name = " ".join(tokens[:split]).strip(" ,"), tokens[split:]
    family = [t for i, t in enumerate(name) if re.search(r"[^\W\d_]{2,}", t) and _has_capitals(t) and (i == 0 or not _is_numeral(t))]
    if not family or not name[0][:1].isalpha() or len(name) > 9 or office.endswith(" of") or _REMARK.search(" ".join(name)):
        return None
    written = " ".join(_cased(t) if t in family else t for t in name)
    if len(name) == 1:
        written = f"{office} {written}"  # a single name is told from others' given names by the office only: "King Philippe"
    return Holder(office, re.sub(r"\s*\((\w+)\)", "", written), " ".join(map(_cased, family)).rstrip(","), since)


def _is_title_word(token: str) -> bool:
    parts = [p for p in re.split(r"[^a-zà-ÿ]+", token.casefold()) if p]
    if token.upper() == token and len(token) > 4:
        return False
    return not parts or token.startswith("(") or all(p in _TITLE_WORDS for p in parts)


def _has_capitals(token: str) -> bool:
    letters = [c for c in token if c.isalpha()]
    return any(a.isupper() and b.isupper() for a, b in pairwise(letters))


def _is_numeral(token: str) -> bool:
    return re.fullmatch(r"[IVX]+", token) is not None


def _cased(token: str) -> str:
    """KIRCHNER → Kirchner, AL-SISI → Al-Sisi, O'NEILL → O'Neill, MCCARTHY → McCarthy."""
    word = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize() if m[0][-1:].isupper() else m[0], token)
    word = re.sub(r"(['’])S\b", r"\1s", word)
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), word)


def _iso(day: str | None, month: str | None, year: str) -> str:
    number = _MONTHS.get(month or "")
    return f"{year}-{number:02d}-{int(day):02d}" if day and number else f"{year}-{number:02d}" if number else year


# --- bodies ---------------------------------------------------------------------------------------------------------------------

_NOT_A_NAME = re.compile(r"\b(?:is|are|has|have|was|were|which|that|also|maintains?|operates?|under|divided|organized|structured|"
                         r"responsible|see|includes?|including|component|components|formerly|some|various|none)\b|\d{3}")
_CIVIL = re.compile(r"polic|ministr|intelligence|security (?:service|agency|directorate|department)|directorate|interior|justice|"
                    r"secretariat|department|bureau|prison|customs|fire|investigat", re.I)


def forces(record: Record) -> Iterator[Body]:
    """Armed forces, their services, and the ministries and police named beside them."""
    text = text_of(record, "Military", "Military and security forces")
    for paragraph in _BREAK.split(text):
        for clause in split_outside(re.sub(r"\(\d{4}?\)\s*$", "", plain(paragraph)), ";"):
            head, _, rest = _colon(clause)
            for part in [head, *split_outside(rest, ",")]:
                body = named_body(part)
                if body:
                    yield body


def _colon(clause: str) -> tuple[str, str, str]:
    parts = split_outside(clause, ":")
    return (parts[0], ":", ", ".join(parts[1:])) if parts else ("", "", "")


def named_body(part: str, type: str = "") -> Body | None:
    """A body from "Name (aka Other; ACRONYM)"; None where the words are a remark and no name."""
    part = re.sub(r"^(?:the|and|aka)\s+", "", part.strip(" .)"))
    name, bracket = (re.sub(r"\s*\(.*", "", part).strip(), re.findall(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)?", part))
    if not name or not name[0].isupper() or len(name.split()) > 9 or _NOT_A_NAME.search(name) or not re.search(r"[a-z]{3}", name):
        return None
    aliases = [alias for inside in bracket for alias in _aliases(inside) if alias != name]
    return Body(type or ("GovernmentBody" if _CIVIL.search(name) else "MilitaryForce"), name, tuple(dict.fromkeys(aliases)))


def _aliases(inside: str) -> Iterator[str]:
    inside = re.sub(r"[()]", ",", inside)
    for piece in re.split(r"[;,]| or | aka ", inside):
        bare = re.sub(r"^(?:aka|or|also|the|les|le|formerly)\s+", "", piece.strip(" '\"“”"))
        if _is_alias(bare):
            yield bare


def _is_alias(words: str) -> bool:
    return bool(words) and words[0].isupper() and len(words) > 1 and len(words.split()) <= 8 and not _NOT_A_NAME.search(words)


def legislature(record: Record) -> Iterator[Body]:
    """The legislature, with its name in the country's own language."""
    for field in ("legislature name", "chamber name"):
        for part in split_outside(plain(text_of(record, "Government", "Legislative branch", field)), ";"):
            names = [n for n in re.split(r"\s+[-–]\s+", part) if n]
            bodies = [b for b in (named_body(n, "GovernmentBody") for n in names) if b]
            if bodies:
                yield Body("GovernmentBody", bodies[0].name, bodies[0].aliases + tuple(b.name for b in bodies[1:]))


def highest_courts(record: Record) -> Iterator[Body]:
    """The highest courts by name."""
    text = plain(text_of(record, "Government", "Judicial branch", "highest court(s)"))
    for part in split_outside(text, ";"):
        name = re.split(r" or |, |\(", part)[0].strip()
        if re.search(r"\b(?:Court|Tribunal|Council|Chamber)\b", name):
            body = named_body(name, "GovernmentBody")
            if body:
                yield body


_MINISTRY = re.compile(r"\b(?:Ministry|Secretariat|Department) of (?:the )?[A-Z][a-z]+(?:(?:,? and |, | of (?:the )?| for (?:the )?| )[A-Z][a-z]+)*")


def ministries(record: Record) -> Iterator[Body]:
    """Ministries that the text on forces and government names word for word."""
    for field in (("Military", "Military and security forces"), ("Government", "Executive branch"), ("Government", "Judicial branch")):
        here: Any = record
        for name in field[:-1]:
            here = (here or {}).get(name)
        here = (here or {}).get(field[-1]) or {}
        texts = [html.unescape(str(v)) for k, v in sorted(here.items()) if k in {"text", "note"}] if isinstance(here, dict) else []
        for text in texts:
            for found in _MINISTRY.finditer(plain(text)):
                yield Body("GovernmentBody", found[0], ())


def parties(record: Record) -> Iterator[Body]:
    """Political parties: "National Liberation Front or FLN"."""
    for line in _BREAK.split(text_of(record, "Government", "Political parties")):
        words = plain(line).rstrip(":; ")
        name, *others = re.split(r" or ", re.sub(r"\s*\[[^\]]*\]", "", words))
        body = named_body(name, "PoliticalParty")
        if body and not re.search(r"part(?:y|ies)$|parties", body.name.split()[0].casefold()) and "none" not in words[:6]:
            more = tuple(re.sub(r"\s*\(.*", "", o).strip() for o in others if re.match(r"[A-Z]", o))
            yield Body("PoliticalParty", body.name, tuple(dict.fromkeys(body.aliases + tuple(m for m in more if _is_alias(m)))))


def armed_groups(record: Record) -> Iterator[Body]:
    """Groups of the field "Terrorist group(s)": "Real Irish Republican Army (RIRA)"."""
    for part in split_outside(plain(text_of(record, "Terrorism", "Terrorist group(s)")), ";"):
        # "Islamic State of Iraq and ash-Sham (ISIS) – Algeria": the acronym is that of the whole, not of the branch.
        acronym = re.findall(r"\(([^()]+)\)(?! *[–-]| in )", part)
        name = re.sub(r"\s*\([^)]*\)", "", part).strip().replace("’", "'")
        if len(name.split()) <= 9 and "," not in name and not re.search(r"\b(?:designated|individual|groups|network in|Guard Corps)\b", name):
            yield Body("ArmedGroup", name, tuple(re.sub(r"^aka ", "", a) for a in acronym if len(a) < 40 and "known" not in a))


def memberships(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs (organisation's acronym, standing); standing is member, observer, partner … as the factbook brackets it."""
    text = plain(text_of(record, "Government", "International organization participation"))
    for part in split_outside(text.split(": ")[-1], ",;"):
        found = re.fullmatch(r"([^()]+?)\s*(?:\((.+?)\)?)?", part)
        if found and found[1] not in {"none", ""}:
            yield found[1].replace("G- 9", "G-9"), _standing(found[2] or "")


def _standing(note: str) -> str:
    words = re.sub(r"\s+", " ", note).strip()
    inside = {"", "NGOs", "national committees", "national committee", "regional member", "nonregional member", "NGO", "permanent",
              "implementing country", "de facto member", "national committees)", "nonregional members", "full member", "members"}
    return "member" if words in inside else words
