"""Load a Cypher script of graphbuild where there is no cypher-shell; as a program, into a running FalkorDB (pip install falkordb):

    graphbuild export outputs/ --format cypher -o graph.cypher
    python scripts/load/cypher.py graph.cypher redis://localhost:6379 news

`statements` yields what any engine takes that runs a statement with parameters.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PARAMETER = re.compile(r":param (\w+) => (.*)")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|(`(?:[^`]|``)*`|[A-Za-z_]\w*)(?=: )')
"""A text, or the name of a property, which JSON wants in quotes."""


def main() -> None:
    """Load what the command line names into a FalkorDB graph."""
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} graph.cypher redis://HOST:PORT GRAPH")
    from falkordb import FalkorDB

    database = FalkorDB.from_url(sys.argv[2])
    graph = database.select_graph(sys.argv[3])
    if sys.argv[3] not in database.list_graphs():
        graph.create_node_range_index("Node", "id")  # what the constraint is for Neo4j
    for statement, parameters in statements(Path(sys.argv[1]).read_text(encoding="utf-8")):
        graph.query(statement, parameters)


def statements(script: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the statements of a script with their parameters, but for the constraint, which each engine writes in its own way."""
    parameters: dict[str, Any] = {}
    for line in script.splitlines():
        if found := _PARAMETER.fullmatch(line):
            parameters = {found[1]: json.loads(_TOKEN.sub(_for_json, found[2]))}
        elif line and not line.startswith(("//", "CREATE CONSTRAINT")):
            yield line.removesuffix(";"), parameters


def _for_json(token: "re.Match[str]") -> str:
    name = token[1]
    if name is None:
        return token[0]
    return json.dumps(name[1:-1].replace("``", "`") if name.startswith("`") else name)


if __name__ == "__main__":
    main()
