"""One HTML file that explores a graph: opened from disk, it asks nothing of any host.

Styles, scripts, the bundled library and the facts are all in the file. Its content security policy admits exactly these
scripts and styles, by their digests, and no connection at all; facts travel as JSON and become text nodes, never markup.
"""

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from graphbuild.draw.payload import payload
from graphbuild.draw.picture import select
from graphbuild.graph import KnowledgeGraph

_FILES = Path(__file__).parent / "explorer"
_LIBRARY = "d3.min.js"
_SCRIPTS = ("text.js", "signs.js", "data.js", "svg.js", "scene.js", "filters.js", "card.js", "lists.js", "export.js", "main.js")
"""In this order; together they are one script, and share one scope."""


def page(
    graph: KnowledgeGraph, *, title: str, source: str, around: str | None = None, hops: int = 1, relations: Iterable[str] = ()
) -> bytes:
    """Return the explorer of the graph, or of a part of it, as the bytes of an HTML file.

    Args:
        graph: what to explore; of facts that follow from stronger ones only the stronger are shown.
        title: stands above.
        source: says where it is from.
        around: name or id of an entity; only what lies within `hops` steps of it is shown.
        hops: steps from `around`.
        relations: names of relations or of families of relations; none means all.

    Raises:
        UnknownEntity: nothing is called `around`; the message has the nearest names.
        InputError: a relation is unknown.
    """
    whole = graph.node(around).id if around else None
    return render(payload(graph, select(graph, around=around, hops=hops, relations=relations), title, source, whole=whole))


def render(data: dict[str, Any]) -> bytes:
    """Return the page that shows what `payload.payload` returned."""
    style, library, script = _read("explorer.css"), _read(_LIBRARY), _script()
    sources = {"library": _digest(library), "script": _digest(script), "style": _digest(style)}
    template = Template(_read("explorer.html"))
    parts = {"title": html.escape(data["title"]), "css": style, "d3": library, "js": script, "data": _inert(data)}
    return template.substitute(parts, **sources).encode("utf-8", "replace")


def _inert(data: dict[str, Any]) -> str:
    """Write JSON in ASCII that holds nothing by which it could leave its element."""
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_read(name) for name in _SCRIPTS) + "\n})();\n"


@cache
def _read(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8").rstrip("\n")
