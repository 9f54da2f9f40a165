"""The graph for Graphviz: DOT, written by the library `graphviz`, which owns the quoting."""

import re
import textwrap
from typing import Any, Final

from graphbuild.errors import InputError
from graphbuild.export.texts import REPLACED, whole
from graphbuild.graph import VALUE, KnowledgeGraph

_STYLES: Final = {"asserted": "solid", "reported": "dashed", "planned": "dotted", "denied": "dashed"}
_COLOURS: Final = {"denied": "#b00020"}
_WIDTH: Final = 60
"""Characters of a value that are drawn; its tooltip has all."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
"""Graphviz reads HTML's names of characters in any text."""


def dot(graph: KnowledgeGraph) -> bytes:
    """Return a directed graph: a node per entity or value, an edge per claim with its relation, status and first quote.

    DOT holds one text per attribute: aliases and links are left out, and the null character becomes U+FFFD.

    Raises:
        InputError: the library graphviz is not installed.
    """
    try:
        import graphviz
    except ImportError as error:
        raise InputError("DOT needs the library graphviz: pip install 'graphbuild[dot]'") from error

    def text(value: str) -> Any:
        # What it returns is no plain string: it remembers that <…> is no markup.
        return graphviz.escape(_ENTITY.sub("&amp;", whole(value).replace("\0", REPLACED)))

    drawn = graphviz.Digraph("graphbuild", graph_attr={"rankdir": "LR"}, node_attr={"shape": "box"})
    for node, data in sorted(graph.nx.nodes(data=True)):
        name, tooltip, shape = data["name"], data["type"], "box"
        if data["type"] == VALUE:  # a quotation would make the picture as wide as it is long
            name, tooltip, shape = textwrap.shorten(name, _WIDTH, placeholder=" …"), name, "plaintext"
        drawn.node(node, label=text(name), tooltip=text(tooltip), shape=shape, **{"class": text(data["type"])})
    for source, target, claim, data in sorted(graph.nx.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        drawn.edge(source, target, label=text(data["label"]), id=claim, tooltip=text(_tooltip(data)), **_look(data))
    return str(drawn.source).encode()


def _tooltip(data: dict[str, Any]) -> str:
    return ": ".join([data["status"], *data["quotes"][:1]])


def _look(data: dict[str, Any]) -> dict[str, str]:
    colour = _COLOURS.get(data["status"])
    return {"style": _STYLES[data["status"]], "class": data["status"], **({"color": colour} if colour else {})}
