"""How like two entities of different documents are: what suggests that they are one, and what speaks against it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from graphbuild import namesakes
from graphbuild.catalogue import Catalogue
from graphbuild.gazetteer.names import name_key
from graphbuild.records import Entity, Span
from graphbuild.spelling import fold
from graphbuild.thingnames import initials, is_acronym, is_generic, short_key, tail_key, thing_key, without_ship_prefix
from graphbuild.traits import SHARED_NAME, Trait, nation_in

SAME_NAME: Final = 1
COMPATIBLE: Final = 2
VARIANT: Final = 3
SHORT: Final = 4
INITIALS: Final = 5

_SUPPORTING = ("position", "country", "organization")
_PARTING = ("gender", "country", "field", "prefix", "region")
"""Kinds of traits in which one thing does not differ between documents."""
_LIFETIME = 70
_OF_AGE = 15
_LONG_NAME = 8


class Likeness(NamedTuple):
    """What suggests that two are one: how plain it is (1 is plainest), why, and how surely."""

    level: int
    reason: str
    score: float


@dataclass(frozen=True)
class Member:
    """An entity of one document, with its first mention and what the document says of it."""

    document: str
    entity: Entity
    span: Span
    named: bool
    traits: frozenset[Trait]

    @property
    def id(self) -> tuple[str, str]:
        """Document and local entity."""
        return self.document, self.entity.id

    @property
    def ref(self) -> tuple[str, Span, str]:
        """How decisions name it."""
        return self.document, self.span, self.entity.name

    @property
    def order(self) -> tuple[str, Span, str]:
        """What members are sorted by."""
        return self.document, self.span, self.entity.id

    def trait(self, kind: str) -> frozenset[str]:
        """Return the values of one kind of trait."""
        return frozenset(value for key, value in self.traits if key == kind)

    @property
    def key(self) -> str:
        """The comparison key of its name."""
        return _key_of(self.entity.type, self.entity.name, bool(self.entity.links))


@dataclass(frozen=True)
class Unit:
    """Members that are one beyond question (one link, one name with one set of traits, or pinned by hand), as they are compared."""

    first: tuple[str, Span, str]
    """How decisions name the first member."""
    named: bool
    """Whether the first member has a name."""
    family: str
    forms: frozenset[tuple[str, str, bool]]
    """Class and name of each member, and whether it is linked."""
    aliases: frozenset[str]
    links: frozenset[str]
    traits: frozenset[Trait]

    @cached_property
    def types(self) -> frozenset[str]:
        """Their classes."""
        return frozenset(label for label, _, _ in self.forms)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of their names, sorted."""
        return tuple(sorted({key for form in self.forms if (key := _key_of(*form))}))

    @cached_property
    def other_keys(self) -> frozenset[str]:
        """Keys of other names that their texts give them; acronyms and generic ones aside."""
        names = {alias for alias in self.aliases if not is_acronym(alias)}
        return frozenset(key for name in names if (key := thing_key(name)) and not is_generic(key))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Acronyms that their texts give them."""
        return frozenset(name_key(alias) for alias in self.aliases if is_acronym(alias))

    @cached_property
    def initials(self) -> frozenset[str]:
        """Acronyms that their names would make."""
        return frozenset(letters for _, name, _ in self.forms for letters in initials(name))

    @cached_property
    def short(self) -> bool:
        """Whether they are known by a short name only, which many may share; a link settles it."""
        if self.links:
            return False
        return all(namesakes.is_short(k) for k in self.keys) if self.family == "Person" else all(is_acronym(name) for _, name, _ in self.forms)

    def trait(self, kind: str) -> frozenset[str]:
        """Return the values of one kind of trait."""
        return frozenset(value for key, value in self.traits if key == kind)


def unit_of(members: Iterable[Member], catalogue: Catalogue) -> Unit:
    """Take members, sorted, together; there must be one."""
    every = iter(members)
    first = next(every)
    forms, aliases, links, traits = set[tuple[str, str, bool]](), set[str](), set[str](), set[Trait]()
    for member in chain((first,), every):
        entity = member.entity
        forms.add((entity.type, entity.name, bool(entity.links)))
        aliases.update(entity.aliases)
        links.update(entity.links)
        traits.update(member.traits)
    family = (first.entity.type, *catalogue.ancestors(first.entity.type))[-1]
    return Unit(first.ref, first.named, family, frozenset(forms), frozenset(aliases), frozenset(links), frozenset(traits))


def _key_of(label: str, name: str, linked: bool) -> str:
    """Return the key under which a name of an entity of a class is compared."""
    if label == "Person":
        return namesakes.person_key(name_key(name))
    if label == "Vehicle":
        return without_ship_prefix(thing_key(name))[1]
    return thing_key(name if linked or label in ("Country", "City", "Region") else nation_in(name)[1])


def block_keys(unit: Unit) -> frozenset[str]:
    """Return the keys of the blocks a unit is compared in: whatever is like it shares one."""
    if not unit.named or SHARED_NAME in unit.traits:
        return frozenset()
    return frozenset(_person_blocks(unit) if unit.family == "Person" else _thing_blocks(unit))


def likeness(left: Unit, right: Unit, catalogue: Catalogue) -> Likeness | None:
    """Return what suggests that two units of one family are one; None where nothing does."""
    if left.family == "Person":
        return _person_likeness(left, right)
    return _thing_likeness(left, right) if _related(left, right, catalogue) else None


def conflict(left: Unit, right: Unit) -> str | None:
    """Return what speaks against two units being one, None if nothing does."""
    if left.links and right.links and not left.links & right.links:
        return "different links"
    for kind in _PARTING:
        ours, theirs = left.trait(kind), right.trait(kind)
        if _disjoint(ours, theirs):
            return f"different {kind}: {_listed(ours)} and {_listed(theirs)}"
    return _life_conflict(left, right) or _life_conflict(right, left) or _seat_conflict(left, right)


def _disjoint(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two sets of values are known and share none; a link and a bare name cannot be compared."""
    if not ours or not theirs or ours & theirs:
        return False
    return any(a.startswith("http") == b.startswith("http") for a in ours for b in theirs)


def _life_conflict(left: Unit, right: Unit) -> str | None:
    for kind in ("born", "died"):
        ours, theirs = left.trait(kind), right.trait(kind)
        if ours and theirs and not any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs):
            return f"different dates: {kind} {_listed(ours)} and {_listed(theirs)}"
    if (born := _years(left.trait("born"))) and (died := _years(right.trait("died"))) and min(born) > max(died):
        return f"born {min(born)}, after the other died in {max(died)}"
    active, born, died = _years(right.trait("active")), _years(left.trait("born")), _years(left.trait("died"))
    if active and ((born and max(active) + 9 < min(born) + _OF_AGE) or (died and min(active) > max(died))):
        return f"in office in the {min(active)}s, which is outside the other's life"
    ours_active = _years(left.trait("active"))
    if active and ours_active and min(active) - max(ours_active) >= _LIFETIME:
        return f"in office in the {max(ours_active)}s and in the {min(active)}s"
    return None


def _seat_conflict(left: Unit, right: Unit) -> str | None:
    ours, theirs = left.trait("seat"), right.trait("seat")
    if _disjoint(ours, theirs) and not _disjoint(left.trait("position"), right.trait("position")):
        return f"different seats: {_listed(ours)} and {_listed(theirs)}"
    return None


def _years(dates: frozenset[str]) -> list[int]:
    return [int(date[:4]) for date in sorted(dates) if date[:4].isdigit()]


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


# --- persons --------------------------------------------------------------------------------------------------------------------------


def _person_blocks(unit: Unit) -> Iterator[str]:
    supports = [f"{kind} {value}" for kind in _SUPPORTING for value in sorted(unit.trait(kind))]
    for key in unit.keys:
        yield key
        yield from namesakes.block_keys(key)
        for word in namesakes.ends(key):
            yield from (f"{fold(word)} {support}" for support in supports)


def _person_likeness(left: Unit, right: Unit) -> Likeness | None:
    pairs = [(a, b) for a in left.keys for b in right.keys]
    full = not left.short and not right.short
    if full and any(a == b for a, b in pairs):
        return Likeness(SAME_NAME, "same full name", 0.9)
    if full and any(namesakes.compatible(a, b) for a, b in pairs):
        return Likeness(COMPATIBLE, "compatible full names", 0.8)
    support = _support(left, right)
    if not support:
        return None
    if full:
        return Likeness(VARIANT, f"variant names and {support}", 0.7) if any(namesakes.variants(a, b) for a, b in pairs) else None
    if any(namesakes.same_short(a, b) for a, b in pairs):
        return Likeness(SHORT, f"same name and {support}", 0.6)
    return None


def _support(left: Unit, right: Unit) -> str:
    for kind in _SUPPORTING:
        shared = left.trait(kind) & right.trait(kind)
        if shared:
            return f"{kind} ({_listed(shared)})"
    return ""


# --- things ---------------------------------------------------------------------------------------------------------------------------


def _thing_blocks(unit: Unit) -> Iterator[str]:
    for key in (*unit.keys, *sorted(unit.other_keys)):
        yield key
        yield short_key(key)
        if unit.family != "Place" and (tail := tail_key(key)):
            yield tail
        yield _folds(key)
    if unit.family == "Organization":
        yield from sorted(unit.acronyms | unit.initials)


def _thing_likeness(left: Unit, right: Unit) -> Likeness | None:
    ours, theirs = frozenset(left.keys), frozenset(right.keys)
    unowned = not left.links and not right.links and _without_owner(left, right)
    if ours & theirs and not unowned:
        return Likeness(SAME_NAME, "same name", 0.9)
    if left.family == "Organization":
        found = None if unowned else _body_likeness(left, right)
        if found and left.short != right.short:
            found = found._replace(level=SHORT)
        return found or _acronym_likeness(left, right, unowned)
    if left.family in ("Place", "Vehicle") and {_folds(k) for k in ours} & {_folds(k) for k in theirs}:
        return Likeness(VARIANT, "spellings of one name", 0.7)
    return None


def _without_owner(left: Unit, right: Unit) -> bool:
    """Tell whether a generic name is all that two have in common."""
    if left.family != "Organization" or not any(is_generic(key) for key in (*left.keys, *right.keys)):
        return False
    return not any(left.trait(kind) & right.trait(kind) for kind in ("country", "organization"))


def _body_likeness(left: Unit, right: Unit) -> Likeness | None:
    ours, theirs = frozenset(left.keys), frozenset(right.keys)
    if ours & right.other_keys or left.other_keys & theirs:
        return Likeness(COMPATIBLE, "a name that a text gives the other", 0.8)
    if {short_key(k) for k in ours} & theirs or ours & {short_key(k) for k in theirs}:
        return Likeness(COMPATIBLE, "same name, described", 0.8)
    if any(a.endswith(f" {b}") or b.endswith(f" {a}") for a in ours for b in theirs if tail_key(a) and tail_key(b)):
        return Likeness(COMPATIBLE, "same name, its beginning left out", 0.7)
    if any(len(key) >= _LONG_NAME and " " in key for key in {_folds(k) for k in ours} & {_folds(k) for k in theirs}):
        return Likeness(VARIANT, "spellings of one name", 0.7)
    return None


def _acronym_likeness(left: Unit, right: Unit, unowned: bool) -> Likeness | None:
    """Compare a full name with an acronym; the initials of a generic name fit the bodies of many countries."""
    if left.short == right.short:
        return None
    short, full = (left, right) if left.short else (right, left)
    if frozenset(short.keys) & full.acronyms:
        return Likeness(SHORT, "name and its acronym", 0.7)
    if frozenset(short.keys) & full.initials and not unowned:
        return Likeness(INITIALS, "name and its initials", 0.6)
    return None


def _folds(key: str) -> str:
    return " ".join(map(fold, key.split()))


def _related(left: Unit, right: Unit, catalogue: Catalogue) -> bool:
    """Tell whether the classes can be one thing's: organisations are often classed differently, places are not."""
    if left.family == "Organization":
        return True
    return any(a == b or a in catalogue.ancestors(b) or b in catalogue.ancestors(a) for a in left.types for b in right.types)
