"""Names and demonyms of countries, which make the coarse place labels of the open sets precise."""

import csv
import json
import re
from pathlib import Path

_AMERICA = ("us", "u.s.", "usa", "u.s.a.", "america", "american", "americans", "united states", "united states of america")
_BRITAIN = ("uk", "u.k.", "britain", "british", "britons", "great britain", "united kingdom", "scottish", "welsh")
_FORMER = ("ussr", "soviet", "soviets", "soviet union", "prussia", "yugoslavia", "czechoslovakia")
_COMMON = frozenset((*_AMERICA, *_BRITAIN, *_FORMER))
_known: set[str] = set(_COMMON)


def load_countries(folder: Path) -> None:
    """Read country names from `country-codes.csv` and demonyms from `factbook.jsonl` in `folder`."""
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _known.update(_clean(row[key]) for key in ("CLDR display name", "official_name_en", "UNTERM English Short"))
    for line in (folder / "factbook.jsonl").read_text(encoding="utf-8").splitlines():
        _known.update(_factbook_names(json.loads(line)))
    _known.discard("")


def _factbook_names(entry: dict[str, dict[str, dict[str, dict[str, str]]]]) -> set[str]:
    nationality = entry.get("Nationality") or {}
    texts = [(nationality.get(key) or {}).get("text", "") for key in ("noun", "adjective")]
    names = (entry.get("Government") or {}).get("Country name") or {}
    texts += [(names.get(key) or {}).get("text", "") for key in ("conventional long form", "conventional short form")]
    words = {_clean(part) for text in texts for part in re.split(r"[,;]|\bor\b|\(|\)", str(text))}
    return {word for word in words if word and word not in {"none", "singular", "plural", "and"} and len(word) > 3}


def _clean(text: str) -> str:
    return text.strip().lower().removeprefix("the ").removesuffix(" (the)")


def is_country(name: str) -> bool:
    """Whether `name` is the name of a country or of its people, as far as the loaded tables know."""
    return _clean(name) in _known
