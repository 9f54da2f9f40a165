"""What counts as equal: names, relations, dates. The definitions are data (`definitions.toml`), the catalogue says the rest."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from graphbuild.catalogue import Catalogue

_FILE = Path(__file__).parent / "definitions.toml"
_POSSESSIVE = re.compile(r"'s\b")
_GAP = re.compile(r"[^a-z0-9]+")
SURNAME = 0.9
"""How well a name fits that is a part of a person's other name and ends alike: "Austin" and "Lloyd J. Austin"."""


@cache
def definitions() -> dict[str, Any]:
    """Load the definitions."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=65536)
def name_form(text: str) -> str:
    """Return what is compared of a name: no case, accents, punctuation, articles; countries by one of their names.

    >>> name_form("The U.S.")
    'united states'
    >>> name_form("Lomé's")
    'lome'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _GAP.sub(" ", _POSSESSIVE.sub("", plain)).split()
    form = " ".join(word for word in words if word not in definitions()["ignored_words"])
    return _one_name().get(form, form)


@cache
def _one_name() -> dict[str, str]:
    return {form: name for name, forms in definitions()["same"].items() for form in forms}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with names and a class, annotated or found; `also` are further classes that are as right."""

    forms: frozenset[str]
    type: str | None
    also: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], label: str | None, also: Iterable[str] = ()) -> "Named":
        """Make one from names as written."""
        return cls(frozenset(filter(None, map(name_form, names))), label, tuple(also))

    def has_class(self, label: str | None) -> bool:
        """Tell whether a class is right for it."""
        return label in (self.type, *self.also)


def fit(found: Named, wanted: Named) -> float:
    """Tell how well the names of a node fit an annotated entity.

    0: not at all. Below 1: loosely, as a part of a person's name, or as a description that shares half of the words. Else 1, plus 1 for each
    name that both have, plus a half if the class is right.
    """
    shared = found.forms & wanted.forms
    if shared:
        return 1 + len(shared) + 0.5 * wanted.has_class(found.type)
    pairs = [(x.split(), y.split()) for x in found.forms for y in wanted.forms]
    return max((_loosely(x, y, found.type, wanted.type) for x, y in pairs), default=0.0)


def _loosely(x: list[str], y: list[str], found: str | None, wanted: str | None) -> float:
    one, other = set(x), set(y)
    if wanted == "Person":
        return SURNAME if found in ("Person", None) and x[-1] == y[-1] and (one <= other or other <= one) else 0.0
    overlap = len(one & other) / len(one | other)
    return 0.5 + 0.4 * overlap if wanted in definitions()["described"] and overlap >= 0.5 else 0.0


@dataclass(frozen=True)
class Relations:
    """Which relations count, and which count as equal."""

    catalogue: Catalogue
    every: bool = False
    """Whether those count that not every set of annotations has."""

    def counts(self, relation: str) -> bool:
        """Tell whether a relation is scored."""
        known = definitions()
        return relation not in known["never"] and (self.every or relation not in known["sparse"])

    def symmetric(self, *names: str) -> bool:
        """Tell whether one of the relations holds both ways."""
        return any(name in self.catalogue.relations and self.catalogue.relations[name].symmetric for name in names)

    def agree(self, found: str, right: Collection[str], *, strict: bool) -> bool:
        """Tell whether a relation is one of the right ones, or its super- or sub-property, or implies it; leniently, one of their families."""
        if found in right or any(self._super(found) == name or self._super(name) == found or name in self._implied(found) for name in right):
            return True
        return not strict and any(_families(found) & _families(name) for name in right)

    def _super(self, name: str) -> str | None:
        entry = self.catalogue.relations.get(name)
        return entry.super_property if entry else None

    def _implied(self, name: str) -> tuple[str, ...]:
        """Return what a relation implies, by itself or as a sub-property."""
        lines = (self.catalogue.relations.get(one) for one in (name, self._super(name)) if one)
        return tuple(implied for entry in lines if entry for implied in entry.implies)


@cache
def _families(relation: str) -> frozenset[str]:
    return frozenset(family for family, members in definitions()["families"].items() if relation in members)


def day_agrees(found: str | None, days: Iterable[str]) -> bool:
    """Tell whether a date found agrees with an annotated one, by their beginnings: either may be coarser, an annotated one may lack its year.

    >>> day_agrees("2023-02-01", ["2023-02"]), day_agrees("2023", ["2023-02"]), day_agrees("2023-11-17", ["--11-17"]), day_agrees(None, ["2023"])
    (True, True, True, False)
    """
    starts = [day.split("/")[0] for day in days]
    return bool(found) and any(_same_day(found or "", day) for day in starts)


def _same_day(found: str, day: str) -> bool:
    return found.startswith(day) or day.startswith(found) or (day.startswith("--") and found.endswith(day[1:]))
