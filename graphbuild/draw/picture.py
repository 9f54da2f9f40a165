"""What a diagram shows of a graph: which nodes, and the lines between them, before anything is drawn."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphbuild.catalogue import Catalogue
from graphbuild.confidence import independent_sources
from graphbuild.draw.holders import per_holder, positions
from graphbuild.errors import InputError
from graphbuild.records import Claim, Node, Status

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

LIMIT = 60
"""Nodes that a printed diagram can hold and still be read."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as drawn; `weight` counts the pieces of evidence that it takes part in."""

    id: str
    name: str
    type: str
    weight: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line between two dots (indexes): all claims of one direction and status, their relations stacked in its label."""

    source: int
    target: int
    labels: tuple[str, ...]
    status: Status
    directed: bool
    sources: int
    """Number of independent sources behind it: the width of the line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots and strokes, and how much of the graph they leave out."""

    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    claims: int = 0
    documents: int = 0
    left_out: int = 0
    """Nodes with relations that had to be left out for want of room."""


def choose(
    nodes: Iterable[Node],
    claims: Iterable[Claim],
    catalogue: Catalogue,
    *,
    around: str | None = None,
    hops: int = 1,
    relations: Iterable[str] = (),
    limit: int = LIMIT,
) -> Picture:
    """Choose what to draw of nodes and claims.

    Args:
        nodes: all nodes of the graph.
        claims: all claims; those whose object is a value (a date, a quotation) are not drawn.
        catalogue: says how relations are called and which are symmetric.
        around: id of a node; only what is reached from it in `hops` steps is drawn.
        hops: steps from `around`.
        relations: names of relations to draw; none means all.
        limit: most nodes to draw; those whose pieces of evidence and neighbours are most, counted together, stay.

    Only nodes with a relation are drawn; a position once for each holder.
    """
    wanted = frozenset(relations)
    every = tuple(nodes)
    near = [c for c in claims if isinstance(c.object, str) and (not wanted or c.relation in wanted)]
    if around is not None:
        near = within(near, around, hops, ends=positions(every, catalogue))
    apart = per_holder(every, near, catalogue, whole=around)
    drawn = apart.claims
    weight = _weights(drawn)
    kept = _most_important(drawn, weight, limit, around)
    shown = [c for c in drawn if c.subject in kept and c.object in kept]
    linked = {end for c in shown for end in _ends(c)} | ({around} if around else set())
    dots = tuple(Dot(n.id, n.name, n.type, weight[n.id]) for n in sorted(apart.nodes, key=lambda n: n.id) if n.id in linked)
    strokes = _strokes(shown, {dot.id: i for i, dot in enumerate(dots)}, catalogue)
    documents = {e.document for c in shown for e in c.evidence}
    entities = [{apart.origin.get(node, node) for node in some} for some in (weight.keys(), linked)]
    return Picture(dots, strokes, len(shown), len(documents), len(entities[0] - entities[1]))


def resolve_relations(words: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Turn names of relations or of their families ("diplomacy") into names of relations.

    Raises:
        InputError: a word is neither; the message has the nearest names.
    """
    families: dict[str, list[str]] = defaultdict(list)
    for relation in catalogue.relations.values():
        families[relation.family].append(relation.name)
    found: list[str] = []
    for word in words:
        if word not in catalogue.relations and word not in families:
            near = difflib.get_close_matches(word, [*catalogue.relations, *families], n=3)
            raise InputError(f"no relation is called {word!r}" + (f"; near it: {', '.join(near)}" if near else f"; families are {', '.join(sorted(families))}"))
        found += [word] if word in catalogue.relations else families[word]
    return tuple(dict.fromkeys(found))


def select(graph: "KnowledgeGraph", *, around: str | None = None, hops: int = 1, relations: Iterable[str] = ()) -> tuple[Claim, ...]:
    """Return the listed claims of a graph, or of a part of it.

    Args:
        graph: whose claims.
        around: name or id of an entity; only what lies within `hops` steps of it is kept.
        hops: steps from `around`.
        relations: names of relations or of families of relations; none means all.

    Raises:
        UnknownEntity: nothing is called `around`; the message has the nearest names.
        InputError: a relation is unknown.
    """
    names = frozenset(resolve_relations(relations, graph.catalogue))
    claims = [c for c in graph.listed if not names or c.relation in names]
    return tuple(claims if around is None else within(claims, graph.node(around).id, hops, ends=positions(graph.nodes, graph.catalogue)))


def relation_label(name: str, catalogue: Catalogue) -> str:
    """Return how people call a relation; of one that the catalogue lacks, its name in separate words.

    >>> from graphbuild.catalogue import Catalogue
    >>> relation_label("tradedWith", Catalogue({}, {}, {}))
    'traded with'
    """
    known = catalogue.relations.get(name)
    return known.label if known else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _ends(claim: Claim) -> tuple[str, ...]:
    return (claim.subject, claim.object) if isinstance(claim.object, str) else (claim.subject,)


def within(claims: Sequence[Claim], around: str, hops: int, ends: Collection[str] = ()) -> list[Claim]:
    """Return the claims whose ends all lie within `hops` steps of the node `around`; no step leads on from one of `ends`."""
    reached = {around}
    for _ in range(hops):
        starts = reached.difference(ends) | {around}
        reached |= {end for c in claims if starts.intersection(_ends(c)) for end in _ends(c)}
    return [c for c in claims if reached.issuperset(_ends(c))]


def _weights(claims: Iterable[Claim]) -> Counter[str]:
    return Counter(end for c in claims for end in _ends(c) for _ in range(max(1, len(c.evidence))))


def _most_important(claims: Sequence[Claim], weight: Counter[str], limit: int, around: str | None) -> set[str]:
    """Return the nodes with most evidence and most neighbours, each with a neighbour; the node in the middle always stays."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for end in _ends(claim):
            neighbours[end].update(_ends(claim))
    rank = {node: place for place, node in enumerate(sorted(weight, key=lambda n: (n != around, -weight[n] - len(neighbours[n]), -weight[n], n)))}
    kept: set[str] = set()
    for node in rank:
        others = neighbours[node] - {node}
        best = {node} if not others or others & kept else {node, min(others, key=rank.__getitem__)}
        if len(kept | best) <= max(limit, 2):
            kept |= best
    return kept


def _strokes(claims: Iterable[Claim], index: dict[str, int], catalogue: Catalogue) -> tuple[Stroke, ...]:
    groups: dict[tuple[int, int, bool, Status], list[Claim]] = defaultdict(list)
    for claim in claims:
        source, target = (index[end] for end in _ends(claim))
        known = catalogue.relations.get(claim.relation)
        directed = not (known and known.symmetric)
        ends = (source, target) if directed else (min(source, target), max(source, target))
        groups[(*ends, directed, claim.status)].append(claim)
    return tuple(_stroke(key, groups[key], catalogue) for key in sorted(groups))


def _stroke(key: tuple[int, int, bool, Status], claims: Sequence[Claim], catalogue: Catalogue) -> Stroke:
    source, target, directed, status = key
    labels = sorted({relation_label(c.relation, catalogue) for c in claims})
    return Stroke(source, target, tuple(labels), status, directed, independent_sources([e for c in claims for e in c.evidence]))
