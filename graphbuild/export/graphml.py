"""The NetworkX graph in the formats that graph tools load: GraphML, GEXF, node-link JSON, Cytoscape JSON.

GraphML and GEXF hold only strings, numbers and truth values: lists become JSON strings. XML cannot hold control characters:
they become U+FFFD. In GEXF, `start` and `end` are called `startDate` and `endDate`.
"""

import io
import json
import re
from typing import Any

import networkx

from graphbuild.export.texts import for_xml, utf8
from graphbuild.graph import KnowledgeGraph


def graphml(graph: KnowledgeGraph) -> bytes:
    """Return GraphML; edges are named by their claim id."""
    out = io.BytesIO()
    networkx.write_graphml_xml(_flat(graph), out, named_key_ids=True, edge_id_from_attribute="claim")
    return out.getvalue().replace(b"\r", b"&#13;")  # parsers read a bare carriage return as a line feed


def gexf(graph: KnowledgeGraph) -> bytes:
    """Return GEXF 1.2; names are labels. The format has no relation names, so they are an attribute of the edge."""
    flat = _flat(graph)
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


def _flat(graph: KnowledgeGraph) -> "networkx.MultiDiGraph[str]":
    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in graph.nx.nodes(data=True):
        flat.add_node(node, **_flat_attributes(data))
    for subject, target, key, data in graph.nx.edges(keys=True, data=True):
        flat.add_edge(subject, target, key=key, claim=key, **_flat_attributes(data))
    return flat


def _flat_attributes(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {name: _flat_value(value) for name, value in sorted(data.items()) if value is not None}


def _flat_value(value: Any) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return for_xml(text)
