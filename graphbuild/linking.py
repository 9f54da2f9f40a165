"""Links the entities of one document to the gazetteer: countries, cities and regions by context, bodies by name, people by office and day.

No link without evidence: where several entries fit, or none but a namesake, the entity stays without.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from graphbuild.entities import Reading
from graphbuild.gazetteer import Entry, Gazetteer, Office
from graphbuild.language.index import words_between
from graphbuild.mentions import TokenMention, sharing_head
from graphbuild.names import BODIES, family, same_person, words_of
from graphbuild.places import Surroundings, place_meant
from graphbuild.records import Entity
from graphbuild.senses import Around, surroundings
from graphbuild.vocabulary import gazetteer_iri

_THINGS = frozenset(("Agreement", "Vehicle", "Weapon", "Place", "Region", "Event"))
_PAST = frozenset(("former", "ex", "late", "then"))
_DEPUTIES = frozenset(("vice", "deputy", "assistant"))
_TITLE_DISTANCE = 3
_TITLE_WORDS = 4


def link_of(entry: Entry) -> tuple[str, ...]:
    """Return the links of a gazetteer entry: what its source states, else the IRI of the entry itself."""
    return entry.links or (gazetteer_iri(entry.id),)


def link_entities(reading: Reading, gazetteer: Gazetteer, published: str | None) -> Reading:
    """Add the links that the text gives evidence for.

    Parameters:
        reading: a document's entities.
        gazetteer: who is who.
        published: ISO date of the document; whose term of office covers it is meant by "President Bush".
    """
    around = surroundings(reading.doc, reading.mentions, gazetteer)
    places = [_with_place(e, reading, around, gazetteer) for e in reading.entities]
    known = frozenset(country for e in places for country in _country_ids(e, gazetteer)) | around.named
    linked = tuple(_with_other(e, reading, known, gazetteer, published) for e in places)
    return replace(reading, entities=linked, country_of=_countries_of(linked, gazetteer))


def _countries_of(entities: Iterable[Entity], gazetteer: Gazetteer) -> dict[str, str]:
    """Map cities and people whom the gazetteer knows from one country to its entity; to "" where the text does not name it."""
    every = tuple(entities)
    named = {link: e.id for e in every if e.type == "Country" for link in e.links}
    homes = {e.id: set(_home_countries(e, gazetteer)) for e in every if e.type in ("City", "Person")}
    return {entity: named.get(countries.pop(), "") for entity, countries in homes.items() if len(countries) == 1}


def _home_countries(entity: Entity, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the countries of what an entity is linked to, or of those who bear the full name of a person without a link."""
    entries = [gazetteer.get(link.removeprefix(gazetteer_iri(""))) for link in entity.links]
    if not entries and entity.type == "Person" and " " in entity.name:
        entries = list(gazetteer.lookup(entity.name, {"Person"}))
    yield from (e.country for e in entries if e is not None and e.country)


def _with_place(entity: Entity, reading: Reading, around: Around, gazetteer: Gazetteer) -> Entity:
    if family(entity.type) != "place" or entity.type == "Facility" or entity.links:
        return entity
    found = {e.id: e for e in _places(entity, reading, around, gazetteer)}
    place = next(iter(found.values())) if len(found) == 1 else None
    if place is None or (entity.type == "Place" and place.type == "City"):
        return entity
    return replace(entity, links=link_of(place))


def _places(entity: Entity, reading: Reading, around: Around, gazetteer: Gazetteer) -> Iterator[Entry]:
    """Yield the places that the mentions mean; where one is told by what stands behind a comma, the others mean the same."""
    views = [(m.text(reading.doc), around.of(reading.doc, m, gazetteer)) for m in _names(entity, reading)]
    told = [(form, view) for form, view in views if view.within]
    for form, view in told or [_widest(views)] if views else []:
        meant = place_meant(form, entity.type, view, gazetteer)
        if meant:
            yield meant


def _widest(views: list[tuple[str, Surroundings]]) -> tuple[str, Surroundings]:
    """Put together what stands around all mentions of one place."""
    near = frozenset(i for _, view in views for i in view.near)
    holds = tuple(sorted({name for _, view in views for name in view.holds}))
    return views[0][0], replace(views[0][1], near=near, holds=holds)


def _names(entity: Entity, reading: Reading) -> list[TokenMention]:
    return [reading.mentions[i] for i in entity.mentions if reading.mentions[i].form == "name"]


def _country_ids(entity: Entity, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the country that an entity is or lies in."""
    for link in entity.links:
        entry = gazetteer.get(link)
        if entry:
            yield entry.id if entry.type == "Country" else entry.country or entry.id


def _with_other(entity: Entity, reading: Reading, known: frozenset[str], gazetteer: Gazetteer, published: str | None) -> Entity:
    if entity.links or not _names(entity, reading):
        return entity
    forms = list(dict.fromkeys(m.text(reading.doc) for m in _names(entity, reading)))
    if entity.type == "Country":
        shared = next((c for m in _names(entity, reading) if (c := sharing_head(reading.doc, m, gazetteer)) is not None), None)
        return replace(entity, name=shared.name, aliases=(*forms,), links=shared.links) if shared else _with_country(entity, forms, known, gazetteer)
    if entity.type == "Person":
        found = _person(entity, reading, known, gazetteer, published)
    elif entity.type in BODIES:
        found = _body(forms, known, gazetteer)
    else:
        found = _thing(forms, entity.type, gazetteer)
    return replace(entity, links=link_of(found)) if found else entity


def _with_country(entity: Entity, forms: list[str], known: frozenset[str], gazetteer: Gazetteer) -> Entity:
    """Link a country of an ambiguous name to the candidate that the text speaks of, else to the one usually meant."""
    for form in forms:
        options = [c for c in gazetteer.candidates(form) if c.type == "Country"]
        spoken_of = [c for c in options if c.id in known]
        default = gazetteer.default(form)
        country = spoken_of[0] if len(spoken_of) == 1 else default if default in options else None
        if country:
            aliases = tuple(sorted({*entity.aliases, entity.name} - {country.name}))
            return replace(entity, name=country.name, aliases=aliases, links=country.links)
    return entity


def _body(forms: Iterable[str], known: frozenset[str], gazetteer: Gazetteer) -> Entry | None:
    """Find the one body that all forms name."""
    found: dict[str, Entry] = {}
    for form in forms:
        entries = gazetteer.lookup(form, BODIES)
        international = tuple(e for e in entries if e.country is None)
        entries = international if form.isupper() and len(international) == 1 else entries
        if len(entries) > 1 or not all(_is_told(e, form, known, gazetteer) for e in entries):
            return None
        found |= {e.id: e for e in entries}
    return next(iter(found.values())) if len(found) == 1 else None


def _thing(forms: Iterable[str], label: str, gazetteer: Gazetteer) -> Entry | None:
    """Find the one treaty, ship, weapon or sea of a name."""
    types = {"Place", "Region"} if family(label) == "place" else {label}
    found = {e.id: e for form in forms for e in gazetteer.lookup(form, types) if label != "Region" or e.country is None}
    return next(iter(found.values())) if len(found) == 1 and label in _THINGS else None


def _is_told(body: Entry, form: str, known: frozenset[str], gazetteer: Gazetteer) -> bool:
    """Tell whether a form says whose body it is: the "Senate" of a text is no other country's because the gazetteer lacks its own.

    International bodies, armed groups, media and seats of government ("the Kremlin") say it by their names; any other needs its country in the
    text, and a name that is not made of words which the bodies of many countries share.
    """
    alone = body.country is None or body.type in ("ArmedGroup", "MediaOrganization") or gazetteer.metonym_of(form) is not None
    return alone or (body.country in known and gazetteer.is_own_name(form))


def _person(entity: Entity, reading: Reading, known: frozenset[str], gazetteer: Gazetteer, published: str | None) -> Entry | None:
    """Find who held the office that stands at the name, for a country of the text, on the day of the document."""
    names = _names(entity, reading)
    offices = [office for m in names for office in _offices_at(m, reading, gazetteer)]
    if not offices:
        return None
    fullest = max((m.text(reading.doc) for m in names), key=lambda form: (len(words_of(form)), form))
    outer = sorted({*words_of(fullest)[:1], *words_of(fullest)[-1:]})
    officials = (pair for country in sorted(known) for word in outer for pair in _officials(country, gazetteer).get(word, ()))
    found = {person.id: person for person, term in officials if _bears(fullest, person) and _held(term, offices, published)}
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=300)
def _officials(country: str, gazetteer: Gazetteer) -> Mapping[str, Sequence[tuple[Entry, Office]]]:
    """Return the people known to have held office for a country, with each term, by the first and last words of their names."""
    found: dict[str, list[tuple[Entry, Office]]] = defaultdict(list)
    entry = gazetteer.get(country)
    for office in gazetteer.officials(entry) if entry else ():
        person = gazetteer.get(office.person)
        if person and (office.title or _only_untitled(person, gazetteer)):
            for word in sorted({word for name in (person.name, *person.aliases) if (words := words_of(name)) for word in (words[0], words[-1])}):
                found[word].append((person, office))
    return found


def _held(term: Office, titles: Iterable[tuple[str, bool]], day: str | None) -> bool:
    return any(_is_office(term.title, title) and _covers(term, day, past) for title, past in titles)


def _only_untitled(person: Entry, gazetteer: Gazetteer) -> bool:
    """Tell whether the sources name none of a person's offices; else the terms without a name were other ones."""
    return not any(office.title for office in gazetteer.offices(person))


def _offices_at(mention: TokenMention, reading: Reading, gazetteer: Gazetteer) -> Iterator[tuple[str, bool]]:
    """Yield the titles right before or, after a comma, behind a name, and whether they are held no more."""
    doc: Doc = reading.doc
    longest = next((i for i in range(max(0, mention.start - _TITLE_WORDS), mention.start) if gazetteer.title(words_between(doc, i, mention.start))), None)
    if longest is not None:
        yield words_between(doc, longest, mention.start), _is_past(doc, longest)
    for title in reading.mentions:
        if title.label != "Position" or title.form != "name":
            continue
        gap = mention.start - title.end if title.end <= mention.start else title.start - mention.end
        between = doc[min(title.end, mention.end) : max(title.start, mention.start)]
        if 0 <= gap <= _TITLE_DISTANCE and not any(t.pos_ in ("VERB", "AUX") or t.lower_ == "and" for t in between):
            yield title.text(doc), _is_past(doc, title.start)


def _is_past(doc: Doc, title: int) -> bool:
    """Tell whether "former" or the like stands at or shortly before the first word of a title."""
    return any(t.lower_ in _PAST for t in doc[max(0, title - 3) : title + 1])


def _bears(form: str, person: Entry) -> bool:
    """Tell whether a text's form may be short for a known person's name: the surname, or the first names with it."""
    short = words_of(form)
    known = [(name, words_of(name)) for name in (person.name, *person.aliases)]
    return bool(short) and any((short[-1] == full[-1] or short == full[: len(short)]) and same_person(form, name) for name, full in known)


def _is_office(known: str, written: str) -> bool:
    """Tell whether a title in a text is the office of the record; a record without a title says only that the person governed."""
    title, office = words_of(written), words_of(known)
    if not office:
        return bool({"president", "minister", "king", "queen"} & set(title))
    rest = title[: -len(office)]
    return office[: len(title)] == title or (title[-len(office) :] == office and not set(rest) & _DEPUTIES)


def _covers(term: Office, day: str | None, past: bool) -> bool:
    """Tell whether a term of office covers a day, or, of a former official, begins before it. Without a day any term fits."""
    if day is None:
        return True
    return (term.valid_from or "") <= day and (past or day <= (term.valid_to or "9999"))
