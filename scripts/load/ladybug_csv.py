"""Load the two CSV files for Neo4j into a new LadybugDB (or Kùzu) database:

    graphbuild export outputs/ --format neo4j-nodes -o nodes.csv
    graphbuild export outputs/ --format neo4j-relationships -o relationships.csv
    python scripts/load/ladybug_csv.py nodes.csv relationships.csv news.lbdb

Nodes come into one table `Node` with their classes in the list `labels`, each relation into a table of its own name.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TYPES = {"": "STRING", "string[]": "STRING[]", "LABEL": "STRING[]", "double": "DOUBLE", "int": "INT64", "boolean": "BOOLEAN"}
NAMES = {":LABEL": "labels", ":START_ID": "source", ":END_ID": "target", ":TYPE": "relation"}
OPTIONS = "(header=true, parallel=false, auto_detect=false, escape='\"')"


def main() -> None:
    """Load what the command line names, by whichever of the two libraries is installed."""
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} nodes.csv relationships.csv DATABASE")
    try:
        import ladybug as engine
    except ImportError:
        import kuzu as engine
    load(engine, Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])


def load(engine: Any, nodes: Path, relationships: Path, database: str) -> Any:
    """Load both files into a new database and return a connection to it; `engine` is the module `ladybug` or `kuzu`."""
    connection = engine.Connection(engine.Database(database))
    for statement in (*node_statements(nodes), *relationship_statements(relationships)):
        connection.execute(statement)
    return connection


def node_statements(path: Path) -> Iterator[str]:
    """Yield the statements that make and fill the table of nodes."""
    columns = columns_of(path)
    yield f"CREATE NODE TABLE Node({described(columns)}, PRIMARY KEY (id))"
    yield f"COPY Node FROM ({rows(path, columns)} RETURN {values(columns)})"


def relationship_statements(path: Path) -> Iterator[str]:
    """Yield the statements that make and fill a table for each relation."""
    columns = columns_of(path)
    kept = {name: kind for name, kind in columns.items() if name != "relation"}
    properties = {name: kind for name, kind in kept.items() if name not in ("source", "target")}
    with path.open(encoding="utf-8", newline="") as file:
        relations = sorted({row[":TYPE"] for row in csv.DictReader(file)})
    for relation in relations:
        yield f"CREATE REL TABLE `{relation}`(FROM Node TO Node, {described(properties)})"
        yield f"COPY `{relation}` FROM ({rows(path, columns)} WHERE relation = '{relation}' RETURN {values(kept)})"


def columns_of(path: Path) -> dict[str, str]:
    """Return the names and types of the columns of a file, as its head line has them for Neo4j."""
    with path.open(encoding="utf-8", newline="") as file:
        heads = next(csv.reader(file))
    return {NAMES.get(head, head.partition(":")[0]): TYPES.get(head.partition(":")[2], "STRING") for head in heads}


def described(columns: dict[str, str]) -> str:
    """Return columns as a table declares them."""
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def rows(path: Path, columns: dict[str, str]) -> str:
    """Return the clause that reads a file; lists are texts there."""
    return f"LOAD WITH HEADERS ({described({name: kind.removesuffix('[]') for name, kind in columns.items()})}) FROM {quoted(str(path))} {OPTIONS}"


def values(columns: dict[str, str]) -> str:
    """Return the columns of a row, lists being split at the sign that stands between their items."""
    return ", ".join(f"string_split(`{name}`, '\x1f')" if kind.endswith("[]") else f"`{name}`" for name, kind in columns.items())


def quoted(text: str) -> str:
    r"""Return a string of Cypher, of a path: '\' and "'" escaped."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


if __name__ == "__main__":
    main()
