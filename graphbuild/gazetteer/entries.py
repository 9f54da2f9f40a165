"""What the gazetteer returns: entries, offices, titles, demonyms."""

from dataclasses import dataclass
from typing import Literal

TitleKind = Literal["rank", "office", "honorific"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing that the gazetteer knows.

    Attributes:
        id: the link if there is one (Wikidata for countries, GeoNames for cities), else a stable path such as ``org/NATO``.
        type: a class of the catalogue.
        name: the usual English name; aliases: other names, abbreviations, former names.
        country: id of the country it belongs to; None for what is international.
        links: IRIs of the same thing elsewhere; only what a source states.
        valid_from, valid_to: ISO dates, as precise as the source has them.
        region: GeoNames first-level code of a city; latitude, longitude: degrees; population: people; capital: of its country.
        source: the record this was taken from.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    links: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    capital: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's office: ``title`` of a country (``of`` is its id), from and to as ISO dates.

    ``title`` is "" where the source dates a term in government without naming the office.
    """

    person: str
    title: str
    of: str
    valid_from: str | None
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name, written out: "General" for "Gen."."""

    name: str
    kind: TitleKind


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people of a country, or of each of several: "Iraqi" is an adjective and a noun, "Iraqis" a plural."""

    countries: tuple[Entry, ...]
    adjective: bool
    noun: bool
    plural: bool
