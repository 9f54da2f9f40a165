"""What a document says of its entities that may tell namesakes apart: gender, country, office, walk of life, birth, death.

Traits come from the pronouns of a chain, from the name itself ("the Philippine Coast Guard") and from statements that the document
affirms. What it denies, plans, or says in two ways (he and she) is no trait.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from graphbuild.gazetteer import Gazetteer
from graphbuild.gazetteer.names import name_key
from graphbuild.names import BODIES
from graphbuild.occupations import field_of
from graphbuild.records import Entity, Extraction, Statement, Value
from graphbuild.thingnames import is_generic, thing_key, without_ship_prefix

Trait = tuple[str, str]
"""Kind and value: ("position", "defense minister"), ("country", an IRI or name key)."""
SHARED_NAME: Trait = ("name", "shared by many")
"""Trait of a body whose name many countries have, where the document does not say whose it is."""

_GENDER_OF = {
    **dict.fromkeys("he him his himself".split(), "male"),
    **dict.fromkeys("she her hers herself".split(), "female"),
}
_SERVES = frozenset({"officialOf", "leads", "commands", "employedBy", "memberOf", "citizenOf"})
_BELONGS = frozenset({"partOf", "subsidiaryOf", "locatedIn", "basedIn"})
_DATED = {"bornOn": "born", "diedOn": "died"}
_ABROAD = frozenset("ambassador envoy representative attache consul coordinator negotiator mediator rapporteur correspondent".split())
"""Offices whose country is the one they are sent to, not their own."""
_LOCAL = frozenset("mayor governor sheriff alderman councilman councilwoman councillor".split())
"""Offices bound to a place: two at one time are two persons."""
_ALONE = frozenset("army navy parliament senate police government marines cabinet congress coastguard embassy".split())
"""Generic names of one word that stand with a country: "Indian Navy", but not "Bank of America"."""
_PLACES = frozenset({"Place", "City", "Region", "Facility"})


def traits_of(extraction: Extraction) -> Mapping[str, frozenset[Trait]]:
    """Return the traits of each entity of a document, by its local id: those it carries and those that the document states."""
    found: dict[str, set[Trait]] = {e.id: {*e.traits, *_by_itself(e, extraction)} for e in extraction.entities}
    by_id = {e.id: e for e in extraction.entities}
    for statement in extraction.statements:
        if statement.polarity == "positive" and statement.modality == "actual" and statement.subject in found:
            found[statement.subject].update(_stated(by_id[statement.subject], statement, by_id))
    countries = sorted({_known_as(e) for e in extraction.entities if e.type == "Country"})
    for entity in extraction.entities:
        found[entity.id].update(_owner(entity, found[entity.id], countries))
    return {local: frozenset(traits) for local, traits in found.items()}


@lru_cache(maxsize=1 << 16)
def nation_in(name: str) -> tuple[str | None, str]:
    """Split off the country that stands in a generic name: its link, and the rest of the name; None and the name if there is none.

    >>> nation_in("Philippine Coast Guard")[1], nation_in("Ministry of Defence of India")[1], nation_in("Bank of America")[0]
    ('Coast Guard', 'Ministry of Defence', None)
    """
    words = name.split()
    before, of, after = name.rpartition(" of ")
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in (3, 2, 1) if n < len(words)] + ([(after, before)] if of else [])
    for form, rest in splits:
        key = thing_key(rest)
        if is_generic(key) and (" " in key or key in _ALONE) and (country := Gazetteer.load().country(form.removeprefix("the "))):
            return country.links[0] if country.links else country.id, rest
    return None, name


def _by_itself(entity: Entity, extraction: Extraction) -> Iterator[Trait]:
    if entity.type == "Person":
        pronouns = (extraction.mentions[n] for n in entity.mentions)
        genders = {_GENDER_OF[m.text.casefold()] for m in pronouns if m.form == "pronoun" and m.text.casefold() in _GENDER_OF}
        if len(genders) == 1:
            yield "gender", genders.pop()
    elif entity.type == "Vehicle":
        prefix, _ = without_ship_prefix(thing_key(entity.name))
        if prefix:
            yield "prefix", prefix
    elif entity.type in BODIES and not entity.links:
        nation, _ = nation_in(entity.name)
        if nation:
            yield "country", nation
    elif entity.type in _PLACES:
        yield from _where(entity)


def _where(place: Entity) -> Iterator[Trait]:
    entry = next(filter(None, map(Gazetteer.load().get, place.links)), None)
    if entry is not None and entry.country:
        yield "country", entry.country


def _stated(entity: Entity, statement: Statement, by_id: Mapping[str, Entity]) -> Iterator[Trait]:
    if isinstance(statement.object, Value):
        if statement.relation in _DATED:
            yield _DATED[statement.relation], statement.object.value
        return
    target = by_id.get(statement.object)
    if target is None:
        return
    if statement.relation == "holdsPosition":
        yield from _office(target, by_id.get(statement.theme) if isinstance(statement.theme, str) else None)
        yield from _active(statement)
    elif statement.relation in _SERVES:
        yield "country" if target.type == "Country" else "organization", _known_as(target)
    elif statement.relation in _BELONGS and not (statement.relation == "basedIn" and entity.type == "Company"):
        yield from _container(target)


def _office(position: Entity, of: Entity | None) -> Iterator[Trait]:
    title = thing_key(position.name)
    words = set(title.split())
    yield "position", " ".join(sorted(words))
    field = field_of(position.name)
    if field:
        yield "field", field
    if of is None:
        return
    yield "country" if of.type == "Country" and not words & _ABROAD else "organization", _known_as(of)
    if words & _LOCAL:
        yield "seat", f"{title} {_known_as(of)}"


def _active(statement: Statement) -> Iterator[Trait]:
    """Yield the decade for which the text itself dates an office."""
    time = statement.time
    if time and time.basis == "explicit" and (time.start or "")[:4].isdigit():
        yield "active", f"{(time.start or '')[:3]}0"


def _container(target: Entity) -> Iterator[Trait]:
    if target.type == "Country":
        yield "country", _known_as(target)
    elif target.type in _PLACES:
        yield "region", _known_as(target)
        for entry in Gazetteer.load().lookup(target.name):  # a region's name may be of several countries: any of them
            if entry.type == target.type and entry.country:
                yield "country", entry.country
    else:
        yield "organization", _known_as(target)


def _owner(entity: Entity, traits: set[Trait], countries: Sequence[str]) -> Iterator[Trait]:
    """Yield whose a body with a generic name is: the only country of the text, if nothing is said."""
    if entity.type not in BODIES or entity.links or not is_generic(thing_key(nation_in(entity.name)[1])):
        return
    if any(kind in ("country", "organization") for kind, _ in traits):
        return
    yield ("country", countries[0]) if len(countries) == 1 else SHARED_NAME


def _known_as(entity: Entity) -> str:
    return entity.links[0] if entity.links else name_key(entity.name)
