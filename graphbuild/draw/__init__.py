"""Diagrams of a graph as PNG, SVG or PDF, and a page that explores it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from graphbuild.draw.picture import LIMIT, Picture, choose, resolve_relations

if TYPE_CHECKING:
    from graphbuild.draw.figure import Format
    from graphbuild.graph import KnowledgeGraph

__all__ = ["FORMATS", "LIMIT", "draw", "draw_all", "picture_of"]

FORMATS = ("png", "svg", "pdf", "html")
"""Formats of pictures; html is a page to explore the graph in a browser."""


def draw(graph: "KnowledgeGraph", form: "Format | Literal['html']" = "png", **options: Any) -> bytes:
    """Draw the graph, or a part of it, and return the picture as the bytes of a file; the options are those of `draw_all`."""
    return next(data for _, data in draw_all(graph, [form], **options))


def draw_all(
    graph: "KnowledgeGraph", forms: "Iterable[Format | Literal['html']]", *, around: str | None = None, title: str | None = None, **options: Any
) -> Iterator[tuple[str, bytes]]:
    """Draw once, and yield each format with the bytes of its file.

    Args:
        graph: what to draw; of facts that follow from stronger ones only the stronger are drawn.
        forms: "png", "svg", "pdf", "html".
        around: name or id of an entity; only what lies near it is drawn.
        title: stands above; by default it says what is shown.
        options: hops, relations and limit, as `picture_of` takes them; a page has no limit.

    Raises:
        UnknownEntity: nothing is called `around`; the message has the nearest names.
        InputError: a relation is unknown.
    """
    wanted = tuple(forms)
    heading = title if title is not None else f"Around {graph.node(around).name}" if around else "Who, what and where"
    if "html" in wanted:
        from graphbuild.draw.page import page

        reach = {name: value for name, value in options.items() if name != "limit"}
        yield "html", page(graph, title=heading, source=_source(graph), around=around, **reach)
    if pictures := [form for form in wanted if form != "html"]:
        from graphbuild.draw.figure import figure
        from graphbuild.draw.sheet import render

        drawn = figure(picture_of(graph, around=around, **options), graph.catalogue, title=heading, source=_source(graph))
        for form in pictures:
            yield form, render(drawn, form)


def picture_of(
    graph: "KnowledgeGraph", *, around: str | None = None, hops: int = 1, relations: Iterable[str] = (), limit: int = LIMIT
) -> Picture:
    """Choose what a diagram shows.

    Args:
        graph: what to draw.
        around: name or id of an entity; only what lies within `hops` steps of it is drawn.
        hops: steps from `around`.
        relations: names of relations or of families of relations; none means all.
        limit: most entities to draw; the most important are kept.
    """
    names = resolve_relations(relations, graph.catalogue)
    return choose(graph.nodes, graph.listed, graph.catalogue, around=graph.node(around).id if around else None, hops=hops, relations=names, limit=limit)


def _source(graph: "KnowledgeGraph") -> str:
    """Name the documents, or how many there are, and the days they were published."""
    names = [document.title or document.id for document in graph.documents]
    days = sorted({document.published[:10] for document in graph.documents if document.published})
    when = f" ({days[0]})" if len(days) == 1 else f" ({days[0]} to {days[-1]})" if days else ""
    return (", ".join(names) if len(names) <= 3 else f"{len(names)} documents") + when
