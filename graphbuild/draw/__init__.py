"""Diagrams of a graph as PNG, SVG or PDF."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphbuild.draw.picture import LIMIT, Picture, choose, resolve_relations

if TYPE_CHECKING:
    from graphbuild.draw.figure import Format
    from graphbuild.graph import KnowledgeGraph

__all__ = ["FORMATS", "LIMIT", "draw", "picture_of"]

FORMATS = ("png", "svg", "pdf")
"""Formats of pictures."""


def draw(
    graph: "KnowledgeGraph", form: "Format" = "png", *, around: str | None = None, hops: int = 1, relations: Iterable[str] = (), limit: int = LIMIT, title: str | None = None
) -> bytes:
    """Draw the graph, or a part of it, and return the picture as the bytes of a file.

    Args:
        graph: what to draw; of facts that follow from stronger ones only the stronger are drawn.
        form: "png", "svg" or "pdf".
        around: name or id of an entity; only what lies within `hops` of it is drawn.
        hops: steps from `around`.
        relations: names of relations or of families of relations; none means all.
        limit: most entities to draw; the picture says how many it leaves out.
        title: stands above; by default it says what is shown.

    Raises:
        UnknownEntity: nothing is called `around`; the message has the nearest names.
        InputError: a relation is unknown.
    """
    from graphbuild.draw.figure import figure, render

    centre = graph.node(around) if around else None
    picture = picture_of(graph, around=around, hops=hops, relations=relations, limit=limit)
    heading = title if title is not None else f"Around {centre.name}" if centre else "Who, what and where"
    return render(figure(picture, graph.catalogue, title=heading, source=_source(graph)), form)


def picture_of(graph: "KnowledgeGraph", *, around: str | None = None, hops: int = 1, relations: Iterable[str] = (), limit: int = LIMIT) -> Picture:
    """Choose what a diagram shows; the parameters are those of `draw`."""
    names = resolve_relations(relations, graph.catalogue)
    return choose(graph.nodes, graph.listed, graph.catalogue, around=graph.node(around).id if around else None, hops=hops, relations=names, limit=limit)


def _source(graph: "KnowledgeGraph") -> str:
    """Name the documents, or how many there are, and the days they were published."""
    names = [document.title or document.id for document in graph.documents]
    days = sorted({document.published[:10] for document in graph.documents if document.published})
    when = f" ({days[0]})" if len(days) == 1 else f" ({days[0]} to {days[-1]})" if days else ""
    return (", ".join(names) if len(names) <= 3 else f"{len(names)} documents") + when
