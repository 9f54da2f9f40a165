"""Who is who across documents: entities of single documents become nodes, and every decision is kept with its reason.

Entities of one link are one node. Without a link, entities of one class family are one node when their names are compatible and
nothing that the documents say of them speaks against it (`likeness`). The plainest likeness goes first: equal names, then names
that leave something out, then spellings, then short names and acronyms. Compatibility is not transitive, so at each step only true
twins are joined (`agreement.twins`): a name that fits two persons who do not fit each other joins neither, unless nearly all
documents speak of one of the two. A short name joins the only full name that it fits. Things without a name ("the convoy") are
never joined across documents. What people pinned is one, what they parted is two, whatever else is said. The result is a pure
function of the set of extractions and of those rulings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final, Literal

from graphbuild.agreement import connected, twins
from graphbuild.amend import Rulings
from graphbuild.catalogue import Catalogue
from graphbuild.gazetteer.names import name_key
from graphbuild.likeness import COMPATIBLE, INITIALS, SAME_NAME, SHORT, VARIANT, Likeness, Member, Unit, block_keys, conflict, likeness
from graphbuild.namesakes import is_short
from graphbuild.records import Entity, Extraction, Node, Record, Span
from graphbuild.traits import SHARED_NAME, traits_of
from graphbuild.vocabulary import link_name, node_id

_NAMING_FORMS = frozenset({"name", "title"})
_WIKIDATA = "wikidata.org/"
_BY_HAND: Final = "decided by hand"
_TELLING = ("gender", "country", "born", "died", "field", "active", "seat", "prefix", "region")
"""Kinds of traits that may part namesakes: those who differ in one are compared, not taken for one at once."""
_PREDOMINANCE: Final = 4
"""How many times as many documents must speak of one namesake as of all others before a name that fits both is taken for his."""
_LARGEST_BLOCK: Final = 400
"""Units in a block that are compared each with each. In a larger one a name fits too many to be anybody's."""

_Pair = tuple[int, int]


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
class _Compared:
    """Units, which pairs of them are alike and how, and which speak against each other and why."""

    units: Sequence[Unit]
    alike: Mapping[_Pair, Likeness]
    against: Mapping[_Pair, str]
    parted: frozenset[_Pair]
    """Pairs that people parted; part of `against`."""

    def agreeing(self, *levels: int) -> list[_Pair]:
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
    members = sorted((m for x in extractions for m in _members(x)), key=lambda m: m.order)
    units = _units(members, ruled, catalogue)
    compared = _compare(units, ruled, catalogue)
    groups = _groups(compared)
    nodes = _name_apart([_node([m for n in group for m in units[n].members], catalogue) for group in groups])
    node_of = {member: node.id for node in nodes for member in node.members}
    decisions = [*_within(units, ruled), *_pinned(members, ruled), *_between(compared, groups)]
    return Identities(tuple(nodes), node_of, tuple(sorted(decisions, key=lambda d: (d.left, d.right, d.reason))))


# --- members and units ----------------------------------------------------------------------------------------------------------------


def _members(extraction: Extraction) -> Iterator[Member]:
    traits = traits_of(extraction)
    for entity in extraction.entities:
        mentions = [extraction.mentions[number] for number in entity.mentions]
        span = min((m.span for m in mentions), default=Span(0, 0))
        named = not mentions or any(m.form in _NAMING_FORMS for m in mentions)
        yield Member(extraction.document.id, entity, span, named, traits[entity.id])


def _units(members: Sequence[Member], ruled: Rulings, catalogue: Catalogue) -> list[Unit]:
    """Put together what is one beyond question; whoever is parted from somebody by hand begins alone."""
    parted = {member for pair in ruled.vetoes for member in pair}
    parts = [*_alike([m for m in members if m.id not in parted]), *([m] for m in members if m.id in parted)]
    part_of = {m.id: number for number, part in enumerate(parts) for m in part} if ruled.pins else {}
    joined = connected(len(parts), [(part_of[a], part_of[b]) for a, b in ruled.pins])
    return sorted((_unit([m for n in group for m in parts[n]], catalogue) for group in joined), key=lambda u: u.members[0].order)


def _alike(members: Sequence[Member]) -> Iterator[list[Member]]:
    linked = [m for m in members if m.entity.links]
    for group in connected(len(linked), _sharing_a_link(linked)):
        yield [linked[n] for n in group]
    alike: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for member in members:
        if not member.entity.links:
            alike[_profile(member)].append(member)
    yield from alike.values()


def _sharing_a_link(linked: Sequence[Member]) -> list[list[int]]:
    by_link: dict[str, list[int]] = defaultdict(list)
    for number, member in enumerate(linked):
        for link in member.entity.links:
            by_link[link].append(number)
    return list(by_link.values())


def _profile(member: Member) -> tuple[object, ...]:
    key = member.key
    if not member.named or not key or SHARED_NAME in member.traits:
        return member.order
    kinds: tuple[str, ...] = _TELLING
    if member.entity.type == "Person" and is_short(key):
        kinds = (*_TELLING, "position", "organization")
        if not any(member.trait(kind) for kind in ("position", "country", "organization")):
            return member.order
    return member.entity.type, key, tuple(sorted(trait for trait in member.traits if trait[0] in kinds))


def _unit(members: Iterable[Member], catalogue: Catalogue) -> Unit:
    ordered = tuple(sorted(members, key=lambda m: m.order))
    label = ordered[0].entity.type
    return Unit(ordered, (label, *catalogue.ancestors(label))[-1])


# --- comparing and grouping -----------------------------------------------------------------------------------------------------------


def _compare(units: Sequence[Unit], ruled: Rulings, catalogue: Catalogue) -> _Compared:
    """Compare the units that share a block; what people parted is apart."""
    alike, against = {}, {}
    for left, right in sorted(_candidates(units)):
        found = likeness(units[left], units[right], catalogue)
        if found:
            alike[left, right] = found
            if reason := conflict(units[left], units[right]):
                against[left, right] = reason
    unit_of = {m.id: number for number, unit in enumerate(units) for m in unit.members} if ruled.vetoes else {}
    parted = frozenset((min(unit_of[a], unit_of[b]), max(unit_of[a], unit_of[b])) for a, b in ruled.vetoes)
    return _Compared(units, alike, against | dict.fromkeys(sorted(parted), _BY_HAND), parted)


def _candidates(units: Sequence[Unit]) -> set[_Pair]:
    """Return the pairs that share a block; of a block too large only those of one name."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for key in block_keys(unit):
            blocks[unit.family, key].append(number)
    pairs: set[_Pair] = set()
    for block in blocks.values():
        pairs.update(combinations(block, 2) if len(block) <= _LARGEST_BLOCK else _of_one_name(block, units))
    return pairs


def _of_one_name(block: Sequence[int], units: Sequence[Unit]) -> Iterator[_Pair]:
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in block:
        by_name[units[number].keys].append(number)
    for same in by_name.values():
        if len(same) <= _LARGEST_BLOCK:
            yield from combinations(same, 2)


def _groups(compared: _Compared) -> list[list[int]]:
    """Join step by step, the plainest likeness first; short names join the only full name that they fit, last."""
    groups = [[number] for number in range(len(compared.units))]
    for level in (SAME_NAME, COMPATIBLE, VARIANT):
        groups = _joined(groups, compared.agreeing(*range(SAME_NAME, level + 1)), compared)
    groups = _joined(groups, [p for p in compared.agreeing(SHORT) if _both_short(p, compared)], compared)
    for level in (SHORT, INITIALS):
        groups = _with_short_names(groups, [p for p in compared.agreeing(level) if not _both_short(p, compared)], compared)
    return groups


def _both_short(pair: _Pair, compared: _Compared) -> bool:
    return compared.units[pair[0]].short and compared.units[pair[1]].short


def _joined(groups: list[list[int]], agreeing: Iterable[_Pair], compared: _Compared) -> list[list[int]]:
    """Join the groups that are true twins; then let one that stands between namesakes join the one who predominates by far."""
    edges = _between_groups(groups, agreeing, compared)
    if not edges:
        return groups
    together = twins(len(groups), edges)
    merged = [sorted(n for g in group for n in groups[g]) for group in together]
    group_of = {g: index for index, group in enumerate(together) for g in group}
    left = {(min(x, y), max(x, y)) for a, b in edges if (x := group_of[a]) != (y := group_of[b])}
    return _settled(merged, left, compared)


def _between_groups(groups: list[list[int]], agreeing: Iterable[_Pair], compared: _Compared) -> set[_Pair]:
    """Return the pairs of groups of which some units agree and none speak against each other."""
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    near = {(min(a, b), max(a, b)) for x, y in agreeing if (a := group_of[x]) != (b := group_of[y])}
    return {(a, b) for a, b in near if not compared.opposed(groups[a], groups[b])}


def _settled(groups: list[list[int]], edges: set[_Pair], compared: _Compared) -> list[list[int]]:
    """Let a group that fits namesakes who do not fit each other join the one who predominates by far.

    A group whose neighbours all agree is nobody's middle; only such a group may be joined, and only by groups that agree with each
    other: no two of a node disagree.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    size = {g: len({m.document for n in groups[g] for m in compared.units[n].members}) for g in near}
    torn = {g for g, around in near.items() if any(b not in near[a] for a, b in combinations(sorted(around), 2))}
    joining: dict[int, list[int]] = defaultdict(list)
    for group in sorted(torn):
        anchor = max((g for g in near[group] if g not in torn), key=lambda g: (size[g], -g), default=None)
        if anchor is not None and size[anchor] >= _PREDOMINANCE * sum(size[g] for g in near[group] - near[anchor] - {anchor}):
            joining[anchor].append(group)
    pairs = [(anchor, g) for anchor, found in joining.items() for g in found if all(g == h or h in near[g] for h in found)]
    return _fused(groups, pairs)


def _with_short_names(groups: list[list[int]], agreeing: Iterable[_Pair], compared: _Compared) -> list[list[int]]:
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


def _fused(groups: list[list[int]], pairs: Iterable[_Pair]) -> list[list[int]]:
    return [sorted(n for g in together for n in groups[g]) for together in connected(len(groups), list(pairs))]


# --- decisions ------------------------------------------------------------------------------------------------------------------------


def _within(units: Iterable[Unit], ruled: Rulings) -> Iterator[Decision]:
    pinned = {member for pin in ruled.pins for member in pin}
    for first, *others in (unit.members for unit in units):
        for other in others:
            if other.id in pinned:
                continue
            same = sorted(set(first.entity.links) & set(other.entity.links)) or sorted(other.entity.links)
            reason = f"same link: {', '.join(same)}" if same else "same name, class and traits"
            yield Decision("merge", first.ref, other.ref, reason, 1.0 if same else 0.9)


def _pinned(members: Sequence[Member], ruled: Rulings) -> Iterator[Decision]:
    by_id = {m.id: m for m in members} if ruled.pins else {}
    for pin in ruled.pins:
        left, right = sorted((by_id[side] for side in pin), key=lambda m: m.order)
        yield Decision("merge", left.ref, right.ref, _BY_HAND, 1.0)


def _between(compared: _Compared, groups: list[list[int]]) -> Iterator[Decision]:
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    for left, right in sorted({*compared.alike, *compared.parted}):
        ends = compared.units[left].members[0].ref, compared.units[right].members[0].ref
        against = compared.against.get((left, right))
        if against is not None:
            yield Decision("apart", *ends, against, 0.9 if against != _BY_HAND and "links" not in against else 1.0)
            continue
        _, reason, score = compared.alike[left, right]
        if group_of[left] == group_of[right]:
            yield Decision("merge", *ends, reason, score)
        else:
            yield Decision("apart", *ends, f"{reason}, but that fits others as well", score)


# --- nodes ----------------------------------------------------------------------------------------------------------------------------


def _node(members: Iterable[Member], catalogue: Catalogue) -> Node:
    members = sorted(members, key=lambda m: m.order)
    entities = [m.entity for m in members]
    links = sorted({link for e in entities for link in e.links}, key=lambda link: (_WIKIDATA not in link, link))
    name = _best_name(entities, bool(links))
    names = {form for e in entities for form in (e.name, *e.aliases) if form}
    label = _best_type(entities, catalogue)
    key = ("link", links[0]) if links else (label, name_key(name) or name)
    ident = node_id(key, link_name(links[0]) if links else name)
    return Node(ident, label, name, tuple(sorted(names - {name})), tuple(links), tuple(m.id for m in members))


def _best_name(entities: Sequence[Entity], linked: bool) -> str:
    """Return the fullest name; of linked things, whose canonical name is known, the most frequent one."""
    counts = Counter(e.name for e in entities)
    return max(counts, key=lambda name: (counts[name] if linked else 0, len(name.split()), len(name), name))


def _best_type(entities: Sequence[Entity], catalogue: Catalogue) -> str:
    counts = Counter(e.type for e in entities)
    return max(counts, key=lambda label: (counts[label], len(catalogue.ancestors(label)), label))


def _name_apart(nodes: Sequence[Node]) -> list[Node]:
    """Give nodes of equal class and name ids of their own, from their first member."""
    counts = Counter(node.id for node in nodes)
    apart = [replace(n, id=node_id((n.id, *n.members[0]), n.name)) if counts[n.id] > 1 else n for n in nodes]
    return sorted(apart, key=lambda n: n.id)
