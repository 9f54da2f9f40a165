"""Diagrams of a graph as PNG, SVG or PDF, and a page that explores it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from graphbuild.draw.picture import LIMIT, Picture, choose, resolve_relations, select
from graphbuild.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from graphbuild.draw.sheet import Format
    from graphbuild.graph import KnowledgeGraph

__all__ = ["FORMATS", "KINDS", "LIMIT", "Kind", "draw", "draw_all", "picture_of"]

FORMATS: Final = ("png", "svg", "pdf", "html")
"""Formats of pictures; html is a page to explore the graph in a browser."""
Kind = Literal["network", "timeline", "matrix"]
"""Who is related to whom as nodes and lines, what happened when, or who acts on whom as a table."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_TITLES: Final[dict[Kind, str]] = {"network": "Who, what and where", "timeline": "What happened when", "matrix": "Who and whom"}


def draw(graph: "KnowledgeGraph", form: "Format | Literal['html']" = "png", **options: Any) -> bytes:
    """Draw the graph, or a part of it, and return the picture as the bytes of a file; the options are those of `draw_all`."""
    return next(data for _, data in draw_all(graph, [form], **options))


def draw_all(
    graph: "KnowledgeGraph",
    forms: "Iterable[Format | Literal['html']]",
    *,
    kind: Kind = "network",
    around: str | None = None,
    title: str | None = None,
    **options: Any,
) -> Iterator[tuple[str, bytes]]:
    """Draw once, and yield each format with the bytes of its file.

    Args:
        graph: what to draw; of facts that follow from stronger ones only the stronger are drawn.
        forms: "png", "svg", "pdf", "html".
        kind: "network", "timeline" or "matrix"; a page is always a network.
        around: name or id of an entity; only what lies near it is drawn.
        title: stands above; by default it says what is shown.
        options: hops, relations and limit, as `picture_of` takes them; a page has no limit.

    Raises:
        UnknownEntity: nothing is called `around`; the message has the nearest names.
        InputError: a relation or a kind is unknown, or a page is asked for of another kind.
    """
    wanted = tuple(forms)
    if unknown := [form for form in wanted if form not in FORMATS]:
        raise InputError(f"a picture cannot be written as {unknown[0]!r}; choose from {', '.join(FORMATS)}")
    if kind not in KINDS or ("html" in wanted and kind != "network"):
        raise InputError(f"a {'page' if kind in KINDS else 'picture'} cannot be a {kind!r}; choose png, svg or pdf, and one of {', '.join(KINDS)}")
    heading = title if title is not None else f"Around {graph.node(around).name}" if around else _TITLES[kind]
    if "html" in wanted:
        from graphbuild.draw.page import page

        reach = {name: value for name, value in options.items() if name != "limit"}
        yield "html", page(graph, title=heading, source=_source(graph), around=around, **reach)
    if pictures := [form for form in wanted if form != "html"]:
        from graphbuild.draw.sheet import render

        drawn = _DRAWN[kind](graph, heading, around=around, **options)
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


def _network(graph: "KnowledgeGraph", title: str, **options: Any) -> "Figure":
    from graphbuild.draw.figure import figure

    return figure(picture_of(graph, **options), graph.catalogue, title=title, source=_source(graph))


def _timeline(graph: "KnowledgeGraph", title: str, *, limit: int = LIMIT, **reach: Any) -> "Figure":
    from graphbuild.draw.timeline import chronicle, timeline_figure

    return timeline_figure(chronicle(graph.by_id, select(graph, **reach), graph.catalogue, limit), graph.catalogue, title=title, source=_source(graph))


def _matrix(graph: "KnowledgeGraph", title: str, *, limit: int = LIMIT, **reach: Any) -> "Figure":
    from graphbuild.draw.matrix import cross_table, matrix_figure

    table = cross_table(graph.by_id, select(graph, **reach), graph.catalogue, everything=bool(reach.get("relations")), limit=limit)
    return matrix_figure(table, graph.catalogue, title=title, source=_source(graph))


_DRAWN: Final[dict[Kind, Callable[..., "Figure"]]] = {"network": _network, "timeline": _timeline, "matrix": _matrix}


def _source(graph: "KnowledgeGraph") -> str:
    """Name the documents, or how many there are, and the days they were published."""
    names = [document.title or document.id for document in graph.documents]
    days = sorted({document.published[:10] for document in graph.documents if document.published})
    when = f" ({days[0]})" if len(days) == 1 else f" ({days[0]} to {days[-1]})" if days else ""
    return (", ".join(names) if len(names) <= 3 else f"{len(names)} documents") + when
