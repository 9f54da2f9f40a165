"""Who is who across documents: entities of single documents become nodes, and every decision is kept with its reason.

Entities of one link are one node. Without a link, entities of one class family are one node when their names are compatible and
nothing that the documents say of them speaks against it (`likeness`). The plainest likeness goes first: equal names, then names
that leave something out, then spellings, then short names and acronyms. Compatibility is not transitive, so at each step only true
twins are joined (`agreement.twins`): a name that fits two persons who do not fit each other joins neither, unless nearly all
documents speak of one of the two. A short name joins the only full name that it fits. Things without a name ("the convoy") are
never joined across documents. What people pinned is one, what they parted is two, whatever else is said. The result is a pure
function of the set of extractions and of those rulings.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final, Literal

from graphbuild.agreement import connected, twins
from graphbuild.amend import Rulings
from graphbuild.catalogue import Catalogue
from graphbuild.gazetteer.names import name_key
from graphbuild.likeness import COMPATIBLE, INITIALS, SAME_NAME, SHORT, VARIANT, Likeness, Member, Unit, block_keys, conflict, likeness, unit_of
from graphbuild.namesakes import is_short
from graphbuild.records import Extraction, Node, Record, Span
from graphbuild.traits import SHARED_NAME, traits_of
from graphbuild.vocabulary import link_name, node_id

_NAMING_FORMS = frozenset({"name", "title"})
_WIKIDATA = "wikidata.org/"
BY_HAND: Final = "decided by hand"
_TELLING = ("gender", "country", "born", "died", "field", "active", "seat", "prefix", "region")
"""Kinds of traits that may part namesakes: those who differ in one are compared, not taken for one at once."""
_PREDOMINANCE: Final = 4
"""How many times as many documents must speak of one namesake as of all others before a name that fits both is taken for his."""
_LARGEST_BLOCK: Final = 400
"""Units in a block that are compared each with each. In a larger one a name fits too many to be anybody's."""

Pair = tuple[int, int]
"""Numbers of two units, the lower first."""


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """Why two entities are one node, or are not; each side is named by its first mention."""

    verdict: Literal["merge", "apart"]
    left: tuple[str, Span, str]
    """Document, span of the first mention there, and name."""
    right: tuple[str, Span, str]
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Identities:
    """Nodes sorted by id, the node of each (document, local entity), and the decisions behind them."""

    nodes: tuple[Node, ...]
    node_of: Mapping[tuple[str, str], str]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Compared:
    """Units by number, which pairs of them are alike and how, and which speak against each other and why.

    They are all units of a collection, or some that are like no others: then what is found out of them is the same.
    """

    units: Mapping[int, Unit]
    alike: Mapping[Pair, Likeness]
    against: Mapping[Pair, str]
    parted: frozenset[Pair]
    """Pairs that people parted; part of `against`."""
    spread: Callable[[Collection[int]], int]
    """Returns how many documents speak of some units."""

    def agreeing(self, *levels: int) -> list[Pair]:
        """Return the pairs that are alike on one of the levels and do not conflict."""
        return [pair for pair, found in self.alike.items() if found.level in levels and pair not in self.against]

    def opposed(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Tell whether anything speaks against two groups of units being one."""
        return any((min(a, b), max(a, b)) in self.parted or conflict(self.units[a], self.units[b]) for a, b in product(left, right))


def identify(extractions: Sequence[Extraction], catalogue: Catalogue, ruled: Rulings | None = None) -> Identities:
    """Decide which entities of the documents are one, and make the nodes.

    `extractions` hold one per document; their order does not matter. `ruled` is what people decided.
    """
    ruled = ruled or Rulings()
    members = sorted((m for x in extractions for m in members_of(x)), key=lambda m: m.order)
    parts = _parts(members, ruled)
    units = [unit_of(part, catalogue) for part in parts]
    compared = _compare(units, parts, ruled, catalogue)
    together = groups(compared)
    nodes = _name_apart([node_of_members(sorted((m for n in group for m in parts[n]), key=lambda m: m.order), catalogue) for group in together])
    node_of = {member: node.id for node in nodes for member in node.members}
    decisions = [*(d for part in parts for d in within(part, ruled)), *pinned(members, ruled), *between(compared, together)]
    return Identities(tuple(nodes), node_of, tuple(sorted(decisions, key=lambda d: (d.left, d.right, d.reason))))


# --- members and units ----------------------------------------------------------------------------------------------------------------


def members_of(extraction: Extraction) -> Iterator[Member]:
    """Yield the entities of a document, with what tells them apart."""
    traits = traits_of(extraction)
    for entity in extraction.entities:
        mentions = [extraction.mentions[number] for number in entity.mentions]
        span = min((m.span for m in mentions), default=Span(0, 0))
        named = not mentions or any(m.form in _NAMING_FORMS for m in mentions)
        yield Member(extraction.document.id, entity, span, named, traits[entity.id])


class Bonds:
    """What makes members one beyond question: a link, a name with telling traits, or what people pinned.

    Whoever is parted from somebody by hand is bound by pins only. Memory is taken only by bonds that share a member.
    """

    def __init__(self, ruled: Rulings) -> None:
        self._parted = {member for pair in ruled.vetoes for member in pair}
        self._pins: dict[tuple[str, str], list[_Bond]] = defaultdict(list)
        for number, pin in enumerate(ruled.pins):
            for member in pin:
                self._pins[member].append(("pin", number))
        self._stands_for: dict[bytes, bytes] = {}

    def of(self, member: Member) -> bytes:
        """Return a bond of a member, after noting that its bonds are one."""
        bonds: list[_Bond] = [*self._pins.get(member.id, ())]
        if member.id in self._parted:
            bonds = bonds or [member.order]
        else:
            bonds += [("link", link) for link in member.entity.links] or [_profile(member)]
        first, *others = map(_digested, bonds)
        for other in others:
            self._stands_for[self.least(other)] = self.least(first)
        return first

    def least(self, bond: bytes) -> bytes:
        """Return the bond that stands for all that are one with a bond; final when all members are noted."""
        while (other := self._stands_for.get(bond, bond)) != bond:
            self._stands_for[bond] = self._stands_for.get(other, other)  # the next time the way is half as long
            bond = other
        return bond


_Bond = tuple[object, ...]


def _digested(bond: _Bond) -> bytes:
    return hashlib.blake2b(repr(bond).encode(), digest_size=16).digest()


def _parts(members: Sequence[Member], ruled: Rulings) -> list[list[Member]]:
    """Put together what is one beyond question; in the order of first members."""
    bonds, parts = Bonds(ruled), defaultdict[bytes, list[Member]](list)
    bond_of = [bonds.of(member) for member in members]
    for member, bond in zip(members, bond_of, strict=True):
        parts[bonds.least(bond)].append(member)
    return list(parts.values())


def _profile(member: Member) -> _Bond:
    key = member.key
    if not member.named or not key or SHARED_NAME in member.traits:
        return member.order
    kinds: tuple[str, ...] = _TELLING
    if member.entity.type == "Person" and is_short(key):
        kinds = (*_TELLING, "position", "organization")
        if not any(member.trait(kind) for kind in ("position", "country", "organization")):
            return member.order
    return member.entity.type, key, tuple(sorted(trait for trait in member.traits if trait[0] in kinds))


# --- comparing and grouping -----------------------------------------------------------------------------------------------------------


def _compare(units: Sequence[Unit], parts: Sequence[Sequence[Member]], ruled: Rulings, catalogue: Catalogue) -> Compared:
    """Compare the units that share a block; what people parted is apart."""
    alike, against = {}, {}
    for left, right in sorted(_candidates(units)):
        if found := compare(units[left], units[right], catalogue):
            alike[left, right], reason = found
            if reason:
                against[left, right] = reason
    unit_of_member = {m.id: number for number, part in enumerate(parts) for m in part} if ruled.vetoes else {}
    parted = parted_units(ruled, unit_of_member)

    def spread(numbers: Collection[int]) -> int:
        return len({m.document for n in numbers for m in parts[n]})

    return Compared(dict(enumerate(units)), alike, against | dict.fromkeys(sorted(parted), BY_HAND), parted, spread)


def compare(left: Unit, right: Unit, catalogue: Catalogue) -> tuple[Likeness, str | None] | None:
    """Return what suggests that two units are one, and what speaks against it; None where nothing suggests it."""
    found = likeness(left, right, catalogue)
    return (found, conflict(left, right)) if found else None


def parted_units(ruled: Rulings, unit_of_member: Mapping[tuple[str, str], int]) -> frozenset[Pair]:
    """Return the pairs of units that people parted."""
    pairs = ((unit_of_member[a], unit_of_member[b]) for a, b in ruled.vetoes)
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _candidates(units: Sequence[Unit]) -> set[Pair]:
    """Return the pairs that share a block."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for key in block_keys(unit):
            blocks[unit.family, key].append(number)
    return {pair for block in blocks.values() for pair in pairs_of(block, lambda number: units[number].keys)}


def pairs_of(block: Sequence[int], names: Callable[[int], Sequence[str]]) -> Iterator[Pair]:
    """Yield the pairs of a block of units; of one too large only those of one name."""
    if len(block) <= _LARGEST_BLOCK:
        yield from combinations(block, 2)
        return
    by_name: dict[Sequence[str], list[int]] = defaultdict(list)
    for number in block:
        by_name[names(number)].append(number)
    for same in by_name.values():
        if len(same) <= _LARGEST_BLOCK:
            yield from combinations(same, 2)


def groups(compared: Compared) -> list[list[int]]:
    """Join step by step, the plainest likeness first; short names join the only full name that they fit, last. Return the units of each node."""
    together = [[number] for number in sorted(compared.units)]
    for level in (SAME_NAME, COMPATIBLE, VARIANT):
        together = _joined(together, compared.agreeing(*range(SAME_NAME, level + 1)), compared)
    together = _joined(together, [p for p in compared.agreeing(SHORT) if _both_short(p, compared)], compared)
    for level in (SHORT, INITIALS):
        together = _with_short_names(together, [p for p in compared.agreeing(level) if not _both_short(p, compared)], compared)
    return together


def _both_short(pair: Pair, compared: Compared) -> bool:
    return compared.units[pair[0]].short and compared.units[pair[1]].short


def _joined(groups: list[list[int]], agreeing: Iterable[Pair], compared: Compared) -> list[list[int]]:
    """Join the groups that are true twins; then let one that stands between namesakes join the one who predominates by far."""
    edges = _between_groups(groups, agreeing, compared)
    if not edges:
        return groups
    together = twins(len(groups), edges)
    merged = [sorted(n for g in group for n in groups[g]) for group in together]
    group_of = {g: index for index, group in enumerate(together) for g in group}
    left = {(min(x, y), max(x, y)) for a, b in edges if (x := group_of[a]) != (y := group_of[b])}
    return _settled(merged, left, compared)


def _between_groups(groups: list[list[int]], agreeing: Iterable[Pair], compared: Compared) -> set[Pair]:
    """Return the pairs of groups of which some units agree and none speak against each other."""
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    near = {(min(a, b), max(a, b)) for x, y in agreeing if (a := group_of[x]) != (b := group_of[y])}
    return {(a, b) for a, b in near if not compared.opposed(groups[a], groups[b])}


def _settled(groups: list[list[int]], edges: set[Pair], compared: Compared) -> list[list[int]]:
    """Let a group that fits namesakes who do not fit each other join the one who predominates by far.

    A group whose neighbours all agree is nobody's middle; only such a group may be joined, and only by groups that agree with each
    other: no two of a node disagree.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    size = {g: compared.spread(groups[g]) for g in near}
    torn = {g for g, around in near.items() if any(b not in near[a] for a, b in combinations(sorted(around), 2))}
    joining: dict[int, list[int]] = defaultdict(list)
    for group in sorted(torn):
        anchor = max((g for g in near[group] if g not in torn), key=lambda g: (size[g], -g), default=None)
        if anchor is not None and size[anchor] >= _PREDOMINANCE * sum(size[g] for g in near[group] - near[anchor] - {anchor}):
            joining[anchor].append(group)
    pairs = [(anchor, g) for anchor, found in joining.items() for g in found if all(g == h or h in near[g] for h in found)]
    return _fused(groups, pairs)


def _with_short_names(groups: list[list[int]], agreeing: Iterable[Pair], compared: Compared) -> list[list[int]]:
    """Let each group of short names join the only full name that it fits; those that do not fit each other stay alone."""
    units = compared.units
    fits: dict[int, set[int]] = defaultdict(set)
    for a, b in _between_groups(groups, agreeing, compared):
        short, full = (a, b) if units[groups[a][0]].short else (b, a)
        if all(units[n].short for n in groups[short]) and not all(units[n].short for n in groups[full]):
            fits[short].add(full)
    joining: dict[int, list[int]] = defaultdict(list)
    for short, full_names in sorted(fits.items()):
        if len(full_names) == 1:
            joining[min(full_names)].append(short)
    pairs = [(f, s) for f, found in joining.items() for s in found if not any(s != o and compared.opposed(groups[s], groups[o]) for o in found)]
    return _fused(groups, pairs)


def _fused(groups: list[list[int]], pairs: Iterable[Pair]) -> list[list[int]]:
    return [sorted(n for g in together for n in groups[g]) for together in connected(len(groups), list(pairs))]


# --- decisions ------------------------------------------------------------------------------------------------------------------------


def within(members: Iterable[Member], ruled: Rulings) -> Iterator[Decision]:
    """Yield why the members of a unit, sorted, are one beyond question; pins are told of apart."""
    by_hand = {member for pin in ruled.pins for member in pin}
    every = iter(members)
    first = next(every)
    for other in every:
        if other.id in by_hand:
            continue
        same = sorted(set(first.entity.links) & set(other.entity.links)) or sorted(other.entity.links)
        reason = f"same link: {', '.join(same)}" if same else "same name, class and traits"
        yield Decision("merge", first.ref, other.ref, reason, 1.0 if same else 0.9)


def pinned(members: Iterable[Member], ruled: Rulings) -> Iterator[Decision]:
    """Yield what people pinned; `members` have at least theirs."""
    by_id = {m.id: m for m in members} if ruled.pins else {}
    for pin in ruled.pins:
        left, right = sorted((by_id[side] for side in pin), key=lambda m: m.order)
        yield Decision("merge", left.ref, right.ref, BY_HAND, 1.0)


def between(compared: Compared, together: list[list[int]]) -> Iterator[Decision]:
    """Yield why units that are alike became one, or did not."""
    group_of = {number: index for index, group in enumerate(together) for number in group}
    for left, right in sorted({*compared.alike, *compared.parted}):
        ends = compared.units[left].first, compared.units[right].first
        against = compared.against.get((left, right))
        if against is not None:
            yield Decision("apart", *ends, against, 0.9 if against != BY_HAND and "links" not in against else 1.0)
            continue
        _, reason, score = compared.alike[left, right]
        if group_of[left] == group_of[right]:
            yield Decision("merge", *ends, reason, score)
        else:
            yield Decision("apart", *ends, f"{reason}, but that fits others as well", score)


# --- nodes ----------------------------------------------------------------------------------------------------------------------------


def node_of_members(members: Iterable[Member], catalogue: Catalogue) -> Node:
    """Make the node of members, sorted, whose id others may have too."""
    names, labels = Counter[str](), Counter[str]()
    forms, known, ids = set[str](), set[str](), []
    for member in members:
        entity = member.entity
        names[entity.name] += 1
        labels[entity.type] += 1
        forms.update(form for form in (entity.name, *entity.aliases) if form)
        known.update(entity.links)
        ids.append(member.id)
    links = sorted(known, key=lambda link: (_WIKIDATA not in link, link))
    name = _best_name(names, bool(links))
    label = max(labels, key=lambda label: (labels[label], len(catalogue.ancestors(label)), label))
    key = ("link", links[0]) if links else (label, name_key(name) or name)
    ident = node_id(key, link_name(links[0]) if links else name)
    return Node(ident, label, name, tuple(sorted(forms - {name})), tuple(links), tuple(ids))


def _best_name(counts: Mapping[str, int], linked: bool) -> str:
    """Return the fullest name; of linked things, whose canonical name is known, the most frequent one."""
    return max(counts, key=lambda name: (counts[name] if linked else 0, len(name.split()), len(name), name))


def _name_apart(nodes: Sequence[Node]) -> list[Node]:
    """Give nodes of equal class and name ids of their own."""
    counts = Counter(node.id for node in nodes)
    apart = [replace(n, id=own_id(n.id, n.name, n.members[0])) if counts[n.id] > 1 else n for n in nodes]
    return sorted(apart, key=lambda n: n.id)


def own_id(ident: str, name: str, first: tuple[str, str]) -> str:
    """Return the id of a node whose class and name others have, too: it comes from the first member."""
    return node_id((ident, *first), name)
