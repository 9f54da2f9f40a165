"""The NetworkX graph in the formats that graph tools load: GraphML, GEXF, node-link JSON, Cytoscape JSON.

GraphML and GEXF hold only strings, numbers and truth values: lists become JSON strings. XML cannot hold control characters:
they become U+FFFD. In GEXF, `start` and `end` are called `startDate` and `endDate`.

GraphML is written element by element, as NetworkX would write it: NetworkX makes a tree of all elements first, which takes several
times the memory of the graph, and the time.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape

import networkx
from networkx.readwrite.graphml import GraphML

from graphbuild.export.texts import for_xml, utf8
from graphbuild.graph import KnowledgeGraph

_QUOTED: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#09;"}
_XML_TYPES: Final = {str: "string", bool: "boolean", int: "long", float: "double"}
_HEAD: Final = f"""<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="{GraphML.NS_GRAPHML}" xmlns:xsi="{GraphML.NS_XSI}" xsi:schemaLocation="{GraphML.SCHEMALOCATION}">"""
_JOINED: Final = 2_000
"""Elements that are written at a time."""
_Attributes = dict[str, str | int | float | bool]


def write_graphml(graph: KnowledgeGraph, out: BinaryIO) -> None:
    """Write GraphML; edges are named by their claim id.

    Raises:
        OSError: `out` cannot be written.
    """
    elements = _elements(graph)
    while batch := list(islice(elements, _JOINED)):
        out.write(("\n".join(batch) + "\n").encode())


def _elements(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield keys, nodes and edges as XML."""
    yield _HEAD
    yield from _keys("edge", (data | {"claim": key} for *_, key, data in graph.nx.edges(keys=True, data=True)))
    yield from _keys("node", (data for _, data in graph.nx.nodes(data=True)))
    yield '  <graph edgedefault="directed">'
    for node, data in graph.nx.nodes(data=True):
        yield _element("node", {"id": node}, _flat_attributes(data))
    for source, target, key, data in graph.nx.edges(keys=True, data=True):
        yield _element("edge", {"source": source, "target": target, "id": key}, {"claim": key} | _flat_attributes(data))
    yield "  </graph>\n</graphml>"


def _keys(scope: str, every: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Declare the attributes that nodes or edges have."""
    types = {name: _XML_TYPES.get(type(value), "string") for data in every for name, value in data.items() if value is not None}
    for name, kind in sorted(types.items()):
        yield f'  <key id="{name}" for="{scope}" attr.name="{name}" attr.type="{kind}" />'


def _element(tag: str, names: dict[str, str], data: _Attributes) -> str:
    opening = " ".join(f'{name}="{escape(value, _QUOTED)}"' for name, value in names.items())
    # Parsers read a bare carriage return as a line feed.
    texts = ((name, escape(str(value)).replace("\r", "&#13;")) for name, value in data.items())
    inner = "".join(f'      <data key="{name}">{text}</data>\n' if text else f'      <data key="{name}" />\n' for name, text in texts)
    return f"    <{tag} {opening}>\n{inner}    </{tag}>"


def gexf(graph: KnowledgeGraph) -> bytes:
    """Return GEXF 1.2; names are labels. The format has no relation names, so they are an attribute of the edge."""
    flat = flat_graph(graph)
    for _, data in flat.nodes(data=True):
        data["label"] = data.pop("name")
    for *_, key, data in flat.edges(keys=True, data=True):
        data["id"] = key
        for name in ("start", "end"):  # names that the library takes for GEXF's own dynamics, which know whole days only
            if name in data:
                data[f"{name}Date"] = data.pop(name)
    text = "\n".join(networkx.generate_gexf(flat, version="1.2draft"))
    # The library stamps the date of writing, which would make two runs differ.
    return re.sub(r'\s*<meta lastmodifieddate="[^"]*">.*?</meta>', "", text, flags=re.DOTALL).encode()


def node_link(graph: KnowledgeGraph) -> bytes:
    """Return NetworkX node-link JSON, with every attribute."""
    return _json(networkx.node_link_data(graph.nx, edges="edges"))


def cytoscape(graph: KnowledgeGraph) -> bytes:
    """Return Cytoscape JSON, with every attribute; the id of an edge is its claim."""
    data = networkx.cytoscape_data(graph.nx)
    for edge in data["elements"]["edges"]:
        edge["data"]["id"] = edge["data"].pop("key")
    return _json(data)


def _json(data: Any) -> bytes:
    return utf8(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def flat_graph(graph: KnowledgeGraph) -> "networkx.MultiDiGraph[str]":
    """Return a graph whose attributes GraphML and GEXF can hold."""
    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in graph.nx.nodes(data=True):
        flat.add_node(node, **_flat_attributes(data))
    for subject, target, key, data in graph.nx.edges(keys=True, data=True):
        flat.add_edge(subject, target, key=key, claim=key, **_flat_attributes(data))
    return flat


def _flat_attributes(data: dict[str, Any]) -> _Attributes:
    return {name: _flat_value(value) for name, value in sorted(data.items()) if value is not None}


def _flat_value(value: Any) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return for_xml(text)
