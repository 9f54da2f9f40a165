"""The city table: 34,000 lines, found by name or by id, split when asked for."""

from collections.abc import Mapping
from functools import cache, cached_property

from graphbuild.gazetteer.entries import Entry
from graphbuild.gazetteer.names import name_key
from graphbuild.gazetteer.tables import read_city_lines

GEONAMES = "https://sws.geonames.org/"
_CAPITAL_WEIGHT, _ALIAS_WEIGHT = 10.0, 0.5


class CityIndex:
    """Line numbers of the city table by name and by id.

    The table carries the keys of its names, so that no name has to be folded when it is read.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.lines_of: dict[str, tuple[int, ...]] = {}
        for number, line in enumerate(lines):
            keys = line[: line.index("\t")]
            for key in keys.split("|") if "|" in keys else (keys,):
                self.lines_of[key] = (*self.lines_of[key], number) if key in self.lines_of else (number,)

    @cached_property
    def line_of(self) -> dict[str, int]:
        """Line number by id."""
        return {_link(line.split("\t", 2)[1]): number for number, line in enumerate(self.lines)}


@cache
def city_index() -> CityIndex:
    """The one index of the shipped table."""
    return CityIndex(read_city_lines())


def city_entry(number: int, country_of: Mapping[str, str]) -> Entry:
    """The entry of a line; ``country_of`` gives the id of a country by its ISO code of two letters."""
    _, id, name, aliases, code, region, latitude, longitude, population, capital, source, *_ = city_index().lines[number].split("\t")
    return Entry(_link(id), "City", name, tuple(aliases.split("|")) if aliases else (), country_of.get(code), (_link(id),),
                 region=region or None, latitude=float(latitude), longitude=float(longitude), population=int(population),
                 capital=bool(capital), source=source)


def weight(city: Entry, key: str) -> float:
    """How likely a name with this key means the city: population, more for a capital, less for an alternate name."""
    named = 1.0 if name_key(city.name) == key else _ALIAS_WEIGHT
    return max(city.population, 1) * named * (_CAPITAL_WEIGHT if city.capital else 1.0)


def _link(id: str) -> str:
    return f"{GEONAMES}{id}/"
