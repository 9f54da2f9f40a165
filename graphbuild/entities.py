"""From chains to the entities of one document: class, canonical name, aliases, links."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from graphbuild.chains import Chains
from graphbuild.gazetteer import Gazetteer
from graphbuild.gazetteer.names import without_possessive
from graphbuild.mentions import TokenMention
from graphbuild.names import family, words_of
from graphbuild.records import Entity, Mention, Span, Statement

_OF_COUNTRIES = ("GovernmentBody", "MilitaryForce")
_DETERMINERS = frozenset("the a an this that these those".split())


@dataclass(frozen=True)
class Reading:
    """A document as understood so far: its Doc, mentions, and which entities each mention stands for.

    `raw` maps a token range to the span of the raw text. `country_of` maps a city to the country that it lies in, and a person to the
    one whose office the gazetteer knows them in, by entity ids; to "" where the text does not name that country.
    """

    doc: Doc
    mentions: tuple[TokenMention, ...]
    entities: tuple[Entity, ...]
    of_mention: dict[int, tuple[str, ...]]
    raw: Callable[[int, int], Span]
    country_of: Mapping[str, str] = field(default_factory=dict)

    def entity(self, identifier: str) -> Entity:
        """Return an entity by its local id."""
        return self._by_id[identifier]

    def label(self, identifier: str) -> str:
        """Return the class of an entity."""
        return self._by_id[identifier].type

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}


def read_entities(doc: Doc, chains: Chains, gazetteer: Gazetteer, raw: Callable[[int, int], Span]) -> Reading:
    """Make the entities of a document from its chains, in order of first mention."""
    order = sorted(range(len(chains.members)), key=lambda c: min(chains.mentions[i].start for i in chains.members[c]))
    number = {cluster: f"e{n}" for n, cluster in enumerate(order, 1)}
    entities = tuple(_entity(number[c], c, doc, chains, gazetteer) for c in order)
    of_mention = {i: tuple(number[c] for c in clusters) for i, clusters in chains.of.items()}
    return Reading(doc, chains.mentions, entities, of_mention, raw)


def worth_keeping(reading: Reading, statements: Iterable[Statement]) -> tuple[Entity, ...]:
    """Return the entities that are named, or that a statement needs: what is only described is no node by itself."""
    needed = {end for s in statements for end in (s.subject, s.object, s.theme, s.place, s.speaker) if isinstance(end, str)}
    return tuple(e for e in reading.entities if e.id in needed or any(reading.mentions[i].form == "name" for i in e.mentions))


def public_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions as records, with offsets into the raw text."""
    return tuple(
        Mention(span=reading.raw(m.start, m.end), form=m.form, type=m.label or None, text=m.text(reading.doc), score=round(m.score, 3))
        for m in reading.mentions
    )


def _entity(identifier: str, cluster: int, doc: Doc, chains: Chains, gazetteer: Gazetteer) -> Entity:
    label = chains.label(cluster)
    members = sorted(chains.members[cluster])
    named = [i for i in members if chains.mentions[i].form == "name"] or members[:1]
    forms = list(dict.fromkeys(_clean(chains.mentions[i].text(doc)) for i in named))
    name, links = _canonical(forms, label, gazetteer)
    aliases = tuple(sorted({*forms, *_without_country(name, label, gazetteer)} - {name}))
    return Entity(identifier, label, name, aliases, tuple(members), links)


def _clean(form: str) -> str:
    words = without_possessive(form).split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in _DETERMINERS else words)


def _without_country(name: str, label: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the name of a body without the country or nationality that begins it: "Justice Department" of "U.S. Justice Department"."""
    words = name.split()
    if label in _OF_COUNTRIES:
        length = next((n for n in range(min(3, len(words) - 2), 0, -1) if gazetteer.country(" ".join(words[:n])) is not None), 0)
        if length and words[length][0].isupper() and words[length].lower() not in ("of", "and", "for"):
            yield " ".join(words[length:])


def _canonical(forms: list[str], label: str, gazetteer: Gazetteer) -> tuple[str, tuple[str, ...]]:
    if family(label) == "country":
        entry = next(filter(None, (*map(gazetteer.country, forms), *map(gazetteer.metonym_of, forms))), None)
        if entry:
            return entry.name, tuple(entry.links)
    if label == "Position":
        return _singular(written_out(min(forms, key=lambda f: (len(f), f)) if len(forms) == 1 else max(forms, key=len), gazetteer), gazetteer), ()
    return _in_ordinary_letters(fullest(forms), forms, label, gazetteer), ()


def _in_ordinary_letters(name: str, forms: Iterable[str], label: str, gazetteer: Gazetteer) -> str:
    """Return a name in capitals, as date lines and headings have it, as it is written elsewhere in the text, or as the gazetteer has it of a city."""
    place = family(label) == "place"
    if not name.isupper() or not (place or " " in name):  # one word in capitals may be an acronym
        return name
    written = next((form for form in forms if form.casefold() == name.casefold() and form != name), None)
    city = gazetteer.city(name) if place and written is None else None
    return written or (city.name if city is not None and city.name.casefold() == name.casefold() else name)


def fullest(forms: Iterable[str]) -> str:
    """Return the fullest of several forms of one name: most words, then longest, then first in the alphabet."""
    return min(forms, key=lambda form: (-len(words_of(form)), -len(form), form))


def written_out(title: str, gazetteer: Gazetteer) -> str:
    """Write the abbreviated ranks of a title in full: "Army Gen." is "Army General"; a lower-case title gets capitals.

    The forms of several words ("Lt. Gen.") are tried before the single ones.
    """
    words = title.split()
    out: list[str] = []
    while words:
        length = next((n for n in range(min(3, len(words)), 0, -1) if gazetteer.title(" ".join(words[:n]))), 0)
        found = gazetteer.title(" ".join(words[:length])) if length else None
        abbreviated = found is not None and (found.kind == "rank" or "." in " ".join(words[:length]))
        out.append(found.name if found and abbreviated else " ".join(words[: length or 1]))
        words = words[length or 1 :]
    return _capitalised(" ".join(out))


def _singular(title: str, gazetteer: Gazetteer) -> str:
    """Return the office of one of several holders: "Prime Ministers" is "Prime Minister"."""
    last = title.split()[-1] if title else ""
    known = gazetteer.title(last) is None and gazetteer.title(last[:-1]) is not None
    return title[:-1] if known and last.endswith("s") and " of " not in title else title


def _capitalised(title: str) -> str:
    small = {"of", "the", "and", "for", "to", "in", "on", "at"}
    return " ".join(w if (w in small and n) or w[:1].isupper() else w[:1].upper() + w[1:] for n, w in enumerate(title.split()))
