"""Who is who across documents: entities of single documents become nodes, and every decision is kept with its reason.

Entities of one link are one node. Without a link, entities of one class family are one node when their names are compatible
and nothing that the documents say of them (gender, country, another link) speaks against it. Compatibility is not transitive,
so only true twins are joined (`agreement.twins`): a name that fits two persons who do not fit each other joins neither. Short
names (a bare family name, an acronym) come second: each joins the one full name that it fits, if there is exactly one. Things
without a name ("the convoy") are never joined across documents. The result is a pure function of the set of extractions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Literal

from graphbuild import namesakes
from graphbuild.agreement import connected, twins
from graphbuild.catalogue import Catalogue
from graphbuild.gazetteer.names import name_key
from graphbuild.records import Entity, Extraction, Node, Record, Span
from graphbuild.vocabulary import link_name, node_id

_NAMING_FORMS = frozenset({"name", "title"})
_WIKIDATA = "wikidata.org/"


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
class _Member:
    document: str
    entity: Entity
    span: Span
    named: bool

    @property
    def ref(self) -> tuple[str, Span, str]:
        return self.document, self.span, self.entity.name

    @property
    def order(self) -> tuple[str, Span, str]:
        return self.document, self.span, self.entity.id

    def trait(self, name: str) -> frozenset[str]:
        return frozenset(value for key, value in self.entity.traits if key == name)


@dataclass(frozen=True)
class _Unit:
    """Members that are one beyond question: one link, or one name, class and set of traits."""

    members: tuple[_Member, ...]
    family: str

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(m.entity.type for m in self.members)

    @cached_property
    def links(self) -> frozenset[str]:
        return frozenset(link for m in self.members for link in m.entity.links)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for m in self.members if (key := name_key(m.entity.name)))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        return frozenset(name_key(alias) for m in self.members for alias in m.entity.aliases if _is_acronym(alias))

    @cached_property
    def short(self) -> bool:
        """Whether the unit is known by a short name only, which many may share; a link settles it."""
        names = {m.entity.name for m in self.members}
        return not self.links and all(" " not in name_key(n) if self.family == "Person" else _is_acronym(n) for n in names)

    @property
    def named(self) -> bool:
        return self.members[0].named

    def trait(self, name: str) -> frozenset[str]:
        return frozenset[str]().union(*(m.trait(name) for m in self.members))


def identify(extractions: Sequence[Extraction], catalogue: Catalogue) -> Identities:
    """Decide which entities of the documents are one, and make the nodes.

    `extractions` hold one per document; their order does not matter.
    """
    members = sorted((m for x in extractions for m in _members(x)), key=lambda m: m.order)
    units = list(_units(members, catalogue))
    verdicts = dict(sorted(_compare(units, catalogue)))
    groups = _groups(units, verdicts)
    nodes = _name_apart([_node([m for n in group for m in units[n].members], catalogue) for group in groups])
    node_of = {member: node.id for node in nodes for member in node.members}
    decisions = [*_within(units), *_between(units, verdicts, groups)]
    return Identities(tuple(nodes), node_of, tuple(sorted(decisions, key=lambda d: (d.left, d.right, d.reason))))


def _groups(units: Sequence[_Unit], verdicts: Mapping[tuple[int, int], "_Verdict"]) -> list[list[int]]:
    """Join twins of one strength; then let each group of short names join the only full name that it fits."""
    agreeing = [pair for pair, (agree, _, _) in verdicts.items() if agree]
    groups = twins(len(units), (pair for pair in agreeing if units[pair[0]].short == units[pair[1]].short))
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    fits: dict[int, set[int]] = defaultdict(set)
    for left, right in agreeing:
        short, full = sorted((left, right), key=lambda n: not units[n].short)
        if units[short].short and not units[full].short:
            fits[group_of[short]].add(group_of[full])
    against = {(group_of[a], group_of[b]) for (x, y), (agree, _, _) in verdicts.items() if not agree for a, b in ((x, y), (y, x))}
    joined = [(short, *full) for short, full in fits.items() if len(full) == 1 and not any((short, f) in against for f in full)]
    return [sorted(n for index in group for n in groups[index]) for group in connected(len(groups), joined)]


def _members(extraction: Extraction) -> Iterator[_Member]:
    for entity in extraction.entities:
        mentions = [extraction.mentions[number] for number in entity.mentions]
        span = min((m.span for m in mentions), default=Span(0, 0))
        named = not mentions or any(m.form in _NAMING_FORMS for m in mentions)
        yield _Member(extraction.document.id, entity, span, named)


def _units(members: Sequence[_Member], catalogue: Catalogue) -> Iterator[_Unit]:
    linked = [m for m in members if m.entity.links]
    for group in connected(len(linked), _sharing_a_link(linked)):
        yield _unit([linked[n] for n in group], catalogue)
    alike: dict[tuple[object, ...], list[_Member]] = defaultdict(list)
    for member in members:
        if not member.entity.links:
            alike[_profile(member)].append(member)
    for _, group_members in sorted(alike.items(), key=lambda item: item[1][0].order):
        yield _unit(group_members, catalogue)


def _sharing_a_link(linked: Sequence[_Member]) -> list[list[int]]:
    by_link: dict[str, list[int]] = defaultdict(list)
    for number, member in enumerate(linked):
        for link in member.entity.links:
            by_link[link].append(number)
    return list(by_link.values())


def _profile(member: _Member) -> tuple[object, ...]:
    key = name_key(member.entity.name)
    if not member.named or not key:
        return member.order
    weak = member.entity.type == "Person" and " " not in key
    traits = [member.trait("gender"), member.trait("country"), member.trait("position") if weak else frozenset()]
    if weak and not traits[1] and not traits[2]:
        return member.order
    return member.entity.type, key, *(tuple(sorted(values)) for values in traits)


def _unit(members: Sequence[_Member], catalogue: Catalogue) -> _Unit:
    label = members[0].entity.type
    return _Unit(tuple(members), (label, *catalogue.ancestors(label))[-1])


_Verdict = tuple[bool, str, float]


def _compare(units: Sequence[_Unit], catalogue: Catalogue) -> Iterator[tuple[tuple[int, int], _Verdict]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for key in sorted(_block_keys(unit)):
            blocks[unit.family, key].append(number)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    for left, right in sorted(pairs):
        verdict = _verdict(units[left], units[right], catalogue)
        if verdict:
            yield (left, right), verdict


def _block_keys(unit: _Unit) -> frozenset[str]:
    if not unit.named:
        return frozenset()
    if unit.family == "Person":
        return frozenset(word for key in unit.keys for word in namesakes.block_keys(key))
    return unit.keys | unit.acronyms


def _verdict(left: _Unit, right: _Unit, catalogue: Catalogue) -> _Verdict | None:
    """Return whether two units agree, why, and how surely; None where nothing suggests that they are one."""
    likeness = _person_likeness(left, right) if left.family == "Person" else _name_likeness(left, right)
    if likeness is None or not _related(left, right, catalogue):
        return None
    if left.links and right.links:
        return False, "different links", 1.0
    for trait in ("gender", "country"):
        ours, theirs = left.trait(trait), right.trait(trait)
        if ours and theirs and not ours & theirs:
            return False, f"different {trait}: {', '.join(sorted(ours))} and {', '.join(sorted(theirs))}", 0.9
    return True, *likeness


def _related(left: _Unit, right: _Unit, catalogue: Catalogue) -> bool:
    """Tell whether the classes can be one thing's: organisations are often classed differently, places are not."""
    if left.family == "Organization":
        return True
    return any(a == b or a in catalogue.ancestors(b) or b in catalogue.ancestors(a) for a in left.types for b in right.types)


def _person_likeness(left: _Unit, right: _Unit) -> tuple[str, float] | None:
    pairs = [(a, b) for a in sorted(left.keys) for b in sorted(right.keys)]
    if any(a == b and " " in a for a, b in pairs):
        return "same full name", 0.9
    if any(" " in a and namesakes.compatible(a, b) for a, b in pairs):
        return "compatible full names", 0.8
    if not any(a == b or namesakes.may_shorten(a, b) or namesakes.may_shorten(b, a) for a, b in pairs):
        return None
    for trait in ("position", "country"):
        shared = left.trait(trait) & right.trait(trait)
        if shared:
            return f"same name and {trait} ({', '.join(sorted(shared))})", 0.6
    return None


def _name_likeness(left: _Unit, right: _Unit) -> tuple[str, float] | None:
    if left.keys & right.keys:
        return "same name", 0.9
    if left.keys & right.acronyms or left.acronyms & right.keys:
        return "name and its acronym", 0.7
    return None


def _within(units: Iterable[_Unit]) -> Iterator[Decision]:
    for unit in units:
        first, *others = unit.members
        reason = f"same link: {', '.join(sorted(unit.links))}" if unit.links else "same name, class and traits"
        for other in others:
            yield Decision("merge", first.ref, other.ref, reason, 1.0 if unit.links else 0.9)


def _between(units: Sequence[_Unit], verdicts: Mapping[tuple[int, int], _Verdict], groups: list[list[int]]) -> Iterator[Decision]:
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    for (left, right), (agree, reason, score) in verdicts.items():
        ends = units[left].members[0].ref, units[right].members[0].ref
        if group_of[left] == group_of[right]:
            if left == groups[group_of[left]][0]:
                yield Decision("merge", *ends, reason, score)
        else:
            yield Decision("apart", *ends, f"{reason}, but that fits others as well" if agree else reason, score)


def _is_acronym(name: str) -> bool:
    return len(name) > 1 and " " not in name and name.isupper()


def _node(members: Sequence[_Member], catalogue: Catalogue) -> Node:
    members = sorted(members, key=lambda m: m.order)
    links = sorted({link for m in members for link in m.entity.links}, key=lambda link: (_WIKIDATA not in link, link))
    name = _best_name(members, bool(links))
    names = {form for m in members for form in (m.entity.name, *m.entity.aliases) if form}
    label = _best_type(members, catalogue)
    key = ("link", links[0]) if links else (label, name_key(name) or name)
    ident = node_id(key, link_name(links[0]) if links else name)
    return Node(ident, label, name, tuple(sorted(names - {name})), tuple(links), tuple((m.document, m.entity.id) for m in members))


def _best_name(members: Sequence[_Member], linked: bool) -> str:
    """Return the fullest name; of linked things, whose canonical name is known, the most frequent one."""
    counts = Counter(m.entity.name for m in members)
    return max(counts, key=lambda name: (counts[name] if linked else 0, len(name.split()), len(name), name))


def _best_type(members: Sequence[_Member], catalogue: Catalogue) -> str:
    counts = Counter(m.entity.type for m in members)
    return max(counts, key=lambda label: (counts[label], len(catalogue.ancestors(label)), label))


def _name_apart(nodes: Sequence[Node]) -> list[Node]:
    """Give nodes of equal class and name ids of their own, from their first member."""
    counts = Counter(node.id for node in nodes)
    apart = [replace(n, id=node_id((n.id, *n.members[0]), n.name)) if counts[n.id] > 1 else n for n in nodes]
    return sorted(apart, key=lambda n: n.id)
