"""Which place a name means: the likeliest of those that bear it, given the countries and regions named around it. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.gazetteer.cities import weight
from graphbuild.gazetteer.names import name_key

MARGIN = 0.5
"""How far apart, as a power of ten, the likelihoods of two places of one name must lie for the likelier one to be meant."""
_REGION_PRIOR = 5.5  # a province is spoken of about as often as a city of 300,000 people
_NEAR, _NAMED, _REGION, _HOLDS, _CLASS = 2.5, 2.0, 1.0, 2.0, 1.0
_KNOWN_ABROAD, _KNOWN_ALONE = 500_000, 100_000
_SUFFIXES = (" state", " province", " region", " governorate", " oblast", " county", " prefecture", " district")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text names around a place.

    Attributes:
        near, named: ids of the countries and regions named in the same sentence, and anywhere in the text.
        within: what the name right after the comma may mean ("Paris, Texas"): the place lies in one of them.
        holds: names right before the comma ("Savannah, Georgia"): the place holds one of them.
    """

    near: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    within: tuple[Entry, ...] = ()
    holds: tuple[str, ...] = ()


def place_meant(name: str, label: str, around: Surroundings, gazetteer: Gazetteer) -> Entry | None:
    """Return the city or region that a name means, None where nothing decides between several or nothing speaks for the only one.

    Population decides where one place is far likelier than its namesakes; a country or region named around it counts as a hundredfold
    population, the class that the text seems to give it (`label`: City or Region) as tenfold; what stands behind a comma decides alone.
    """
    found = [c for c in candidates(name, gazetteer) if not around.within or any(lies_in(c, outer, gazetteer) for outer in around.within)]
    ranked = sorted(((likelihood(c, name, around, gazetteer) + _CLASS * (c.type == label), c) for c in found), key=lambda pair: (-pair[0], pair[1].id))
    if not ranked:
        return None
    best, place = ranked[0]
    rival = next((score for score, other in ranked[1:] if not _same_ground(place, other)), None)
    if rival is not None and best - rival < MARGIN:
        return None
    return place if _supported(place, around, gazetteer) else None


def candidates(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the cities and regions of a name; with "State" or "Province" behind it, the regions only."""
    bare = next((name[: -len(s)] for s in _SUFFIXES if name.lower().endswith(s)), None)
    return gazetteer.lookup(name, {"City", "Region"}) or (gazetteer.lookup(bare, {"Region"}) if bare else ())


def likelihood(place: Entry, name: str, around: Surroundings, gazetteer: Gazetteer) -> float:
    """Return how likely a place is meant, as a power of ten."""
    prior = _REGION_PRIOR if place.type == "Region" else log10(weight(place, name_key(name)))
    country = _NEAR if place.country in around.near else _NAMED if place.country in around.named else 0.0
    region = _REGION if any(lies_in(place, r, gazetteer) for r in _regions(around.named, gazetteer)) else 0.0
    holds = _HOLDS if any(_holds(place, inner, gazetteer) for inner in around.holds) else 0.0
    return prior + country + region + holds


def lies_in(place: Entry, outer: Entry, gazetteer: Gazetteer) -> bool:
    """Tell whether a city or region lies in a country or region, as far as the gazetteer knows."""
    if outer.type != "Region":
        return place.country == outer.id
    code = gazetteer.region_code(outer)
    return place.type == "City" and place.country == outer.country and (code is None or place.region == code)


def _holds(outer: Entry, name: str, gazetteer: Gazetteer) -> bool:
    return outer.type == "Region" and any(lies_in(city, outer, gazetteer) for city in gazetteer.cities(name))


def _regions(ids: Iterable[str], gazetteer: Gazetteer) -> list[Entry]:
    return [entry for entry in map(gazetteer.get, sorted(i for i in ids if i.startswith("region/"))) if entry]


def _same_ground(one: Entry, other: Entry) -> bool:
    """Tell whether two places are a city and the region around it."""
    return one.country == other.country and {one.type, other.type} == {"City", "Region"}


def _supported(place: Entry, around: Surroundings, gazetteer: Gazetteer) -> bool:
    if around.within or place.country in around.named or any(_holds(place, inner, gazetteer) for inner in around.holds):
        return True
    if place.type == "Region":
        return not around.named
    return place.capital or place.population >= (_KNOWN_ABROAD if around.named else _KNOWN_ALONE)


def only_country(places: Sequence[Entry]) -> str | None:
    """Return the country in which all places lie, if they lie in one."""
    found = {place.country for place in places}
    return found.pop() if len(found) == 1 else None
