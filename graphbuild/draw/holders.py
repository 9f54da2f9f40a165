"""Offices as pictures show them: "President" is one entity of the graph, but each holder is drawn with a president of their own.

Else a line would lead from every president to every other, and strangers would stand side by side as if they had to do with
each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphbuild.catalogue import Catalogue
from graphbuild.records import Claim, Node

POSITION = "Position"
"""The class of the catalogue that holds offices and ranks."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Nodes and claims as drawn; `origin` says which node of the graph a node stands for that the graph lacks."""

    nodes: tuple[Node, ...]
    claims: tuple[Claim, ...]
    origin: Mapping[str, str]


def positions(nodes: Iterable[Node], catalogue: Catalogue) -> frozenset[str]:
    """Return the ids of the nodes that are offices or ranks."""
    return frozenset(node.id for node in nodes if POSITION in (node.type, *catalogue.ancestors(node.type)))


def per_holder(nodes: Sequence[Node], claims: Sequence[Claim], catalogue: Catalogue, *, whole: str | None = None) -> Drawn:
    """Give every holder of a position that several hold a node of their own for it, named after what it is an office of.

    Args:
        nodes: all nodes that are spoken of.
        claims: the claims to draw.
        catalogue: says which classes are positions.
        whole: id of a position that stays one node, as it is what was asked for.
    """
    offices = positions(nodes, catalogue) - {whole}
    held: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if isinstance(claim.object, str) and claim.object in offices:
            held[claim.object][claim.subject].append(claim)
    by_id = {node.id: node for node in nodes}
    copies = list(_copies(held, by_id))
    made = {(copy.origin, copy.holder): copy.node.id for copy in copies}
    drawn = tuple(replace(c, object=made.get((c.object, c.subject), c.object)) if isinstance(c.object, str) else c for c in claims)
    spoken = {other for c in claims for other in (c.subject, c.theme, c.place, c.speaker)}
    stay = [node for node in nodes if node.id not in held or node.id in spoken]
    return Drawn((*stay, *(copy.node for copy in copies)), drawn, {copy.node.id: copy.origin for copy in copies})


@dataclass(frozen=True, slots=True)
class _Copy:
    node: Node
    origin: str
    holder: str


def _copies(held: Mapping[str, Mapping[str, Sequence[Claim]]], by_id: Mapping[str, Node]) -> Iterator[_Copy]:
    for office in sorted(held):
        node = by_id[office]
        for holder in sorted(held[office]):
            bodies = {by_id[c.theme].name for c in held[office][holder] if isinstance(c.theme, str) and c.theme in by_id}
            body = bodies.pop() if len(bodies) == 1 else ""
            yield _Copy(replace(node, id=f"{office} of {holder}", name=f"{node.name} ({body})" if body else node.name), office, holder)
