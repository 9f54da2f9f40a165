"""SPARQL over a build folder, an RDF file or a graph, on Oxigraph (the default, fast) or rdflib, with equal rows.

The default graph is the union of all named graphs, and the usual prefixes need not be declared. Nothing is ever fetched:
SERVICE is refused, and FROM can only name graphs that are there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from typing import Literal as Choice

import pyoxigraph as ox

from graphbuild.answers import Cell, Row, Rows, cell, literal
from graphbuild.errors import QueryError, QueryLimitError
from graphbuild.questions import Question
from graphbuild.questions import question as _question
from graphbuild.questions import questions as _questions
from graphbuild.rdfstore import BUILD_FILES, open_store, rdf_source, select
from graphbuild.sparql import KNOWN_PREFIXES, Selection, check, rdflib_query, selection

if TYPE_CHECKING:
    import rdflib

    from graphbuild.graph import KnowledgeGraph

__all__ = [
    "BUILD_FILES",
    "ENGINES",
    "Cell",
    "Engine",
    "Row",
    "Rows",
    "answer",
    "ask",
    "bind",
    "bound_question",
    "check",
    "question",
    "questions",
    "rdf_source",
    "run",
]

Engine = Choice["oxigraph", "rdflib", "oxrdflib"]
ENGINES: Final[tuple[Engine, ...]] = ("oxigraph", "rdflib", "oxrdflib")

_NOT_SYNTAX = re.compile(r"""<[^<>\s]*>|'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[?$]\w+|\#[^\n]*""", re.DOTALL)
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


def run(source: "KnowledgeGraph | Path | str", sparql: str, *, engine: Engine = "oxigraph", bindings: Mapping[str, str] | None = None) -> Rows:
    """Answer a SPARQL query over a graph, a build folder, an RDF file or an Oxigraph store on disk.

    `bindings` gives variables of the query the value of a string. Rows without ORDER BY are sorted, so that equal graphs give
    equal answers on every engine.

    Raises:
        QueryError: the query does not parse (with line and column), or would fetch something.
        GraphFileError: the source cannot be loaded (with file, line and reason).
    """
    check(sparql)
    bound = bind(sparql, bindings) if bindings else sparql
    return answer(open_store(source), bound, engine=engine)


def answer(store: ox.Store, sparql: str, *, engine: Engine = "oxigraph", graphs: Selection | None = None, limit: int | None = None) -> Rows:
    """Answer a query over a store that `rdfstore` opened.

    `graphs` takes the place of the query's FROM clauses (SPARQL 1.1 Protocol, 2.1.4).

    Raises:
        QueryError: the query does not parse, would fetch something, or names a graph that the store does not have.
        QueryLimitError: the answer has more than `limit` rows or triples.
    """
    check(sparql)
    chosen = graphs or selection(sparql)
    asked = select(store, chosen.default, chosen.named) if chosen else store
    return _on_oxigraph(asked, sparql, bool(chosen), limit) if engine == "oxigraph" else _on_rdflib(asked, sparql, engine, limit)


def ask(source: "KnowledgeGraph | Path | str", name: str, *, engine: Engine = "oxigraph", parameters: Mapping[str, str] | None = None) -> Rows:
    """Answer a ready-made question, with values for its parameters.

    Raises:
        QueryError: there is no such question or parameter, or a required parameter is missing; the message says which there are.
    """
    return run(source, bound_question(name, parameters or {}), engine=engine)


def bound_question(name: str, given: Mapping[str, str]) -> str:
    """Return the SPARQL of a ready-made question with values for its parameters.

    Raises:
        QueryError: there is no such question or parameter, or a required parameter is missing; the message says which there are.
    """
    asked = question(name)
    declared = ", ".join(f"{parameter} ({text})" for parameter, text in asked.parameters.items()) or "none"
    wrong = [*sorted(set(given) - set(asked.parameters)), *asked.missing(given)]
    if wrong:
        raise QueryError(f"the question {name!r} {'lacks' if wrong[0] in asked.parameters else 'has no'} parameter {wrong[0]!r}; its parameters: {declared}")
    return bind(asked.sparql, given) if given else asked.sparql


def bind(sparql: str, bindings: Mapping[str, str]) -> str:
    r"""Return the query with variables bound to strings, as a VALUES block at the head of its WHERE clause.

    >>> bind("SELECT ?a WHERE { ?a rdfs:label ?name }", {"name": 'say "x"'})
    'SELECT ?a WHERE { VALUES (?name) { ("say \\"x\\"") } ?a rdfs:label ?name }'
    """
    plain = _NOT_SYNTAX.sub(lambda match: " " * len(match[0]), sparql)
    group = _WHERE.search(plain) or re.search(r"\{", plain)  # the word may be left out
    unknown = [name for name in bindings if not re.search(rf"[?$]{re.escape(name)}\b", sparql)]
    if unknown or not group:
        raise QueryError(f"the query has no variable {unknown[0]!r} to bind" if unknown else "the query has no WHERE clause to bind variables in")
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(str(ox.Literal(value)) for value in bindings.values())
    return f"{sparql[: group.end()]} VALUES ({names}) {{ ({values}) }}{sparql[group.end() :]}"


def questions() -> dict[str, Question]:
    """Return the ready-made questions by name."""
    return _questions(_ontology() / "queries")


def question(name: str) -> Question:
    """Return a ready-made question; QueryError lists all where there is none of this name."""
    return _question(name, _ontology() / "queries")


@cache
def _ontology() -> Path:
    # schema.ontology does the same but brings rdflib along, which the default engine does not need.
    package = Path(__file__).parent
    inside = package / "ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


def _on_oxigraph(store: ox.Store, sparql: str, chosen: bool, limit: int | None) -> Rows:
    # The graphs are chosen already: the store holds these alone, so that FROM has nothing left to do.
    graphs: dict[str, Any] = {"default_graph": ox.DefaultGraph(), "named_graphs": [*store.named_graphs()]} if chosen else {}
    result = store.query(sparql, prefixes=dict(KNOWN_PREFIXES), **graphs)
    if isinstance(result, ox.QueryBoolean):
        return Rows(truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Rows(triples=_sorted_triples(_limited(result, limit)))
    columns = tuple(variable.value for variable in result.variables)
    rows = [tuple(cell(solution[name]) for name in columns) for solution in _limited(result, limit)]
    return Rows(columns, _in_order(rows, sparql))


def _on_rdflib(store: ox.Store, sparql: str, engine: Engine, limit: int | None) -> Rows:
    import rdflib

    query = rdflib_query(sparql)
    with _loading_nothing():
        result = _dataset(store, engine).query(query)
        if result.type == "ASK":
            return Rows(truth=bool(result.askAnswer))
        if result.type in ("CONSTRUCT", "DESCRIBE"):
            graph = result.graph if result.graph is not None else rdflib.Graph()
            triples = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
            return Rows(triples=_sorted_triples(_limited(triples, limit)))
        columns = tuple(str(variable) for variable in result.vars or ())
        rows = [tuple(_rdflib_cell(term) for term in row) for row in _limited(result, limit) if isinstance(row, tuple)]
    return Rows(columns, _in_order(rows, sparql))


def _dataset(store: ox.Store, engine: Engine) -> "rdflib.Dataset":
    import rdflib

    dataset = rdflib.Dataset(store="Oxigraph" if engine == "oxrdflib" else "default")
    readable = (quad for quad in store if not isinstance(quad.object, ox.Triple))  # rdflib 7 knows no triple terms (RDF 1.2)
    dataset.parse(data=ox.serialize(readable, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    return dataset


@contextmanager
def _loading_nothing() -> Iterator[None]:
    """Keep rdflib from loading what FROM names, which it does by default."""
    from rdflib.plugins import sparql as settings

    before = settings.SPARQL_LOAD_GRAPHS
    settings.SPARQL_LOAD_GRAPHS = False
    try:
        yield
    finally:
        settings.SPARQL_LOAD_GRAPHS = before


def _limited(results: Iterable[Any], limit: int | None) -> Iterator[Any]:
    """Yield up to `limit` results; QueryLimitError if there are more."""
    found = iter(results)
    yield from islice(found, limit)
    if limit is not None and next(found, None) is not None:
        raise QueryLimitError(f"the answer has more than {limit} rows; ask for less, or page through it with ORDER BY, LIMIT and OFFSET")


def _in_order(rows: Sequence[Row], sparql: str) -> tuple[Row, ...]:
    if _ORDERED.search(_NOT_SYNTAX.sub(" ", sparql)):
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: [(cell is not None, cell or Cell("literal", "")) for cell in row]))


def _sorted_triples(triples: Iterable[Any]) -> tuple[ox.Triple, ...]:
    return tuple(sorted({ox.Triple(t.subject, t.predicate, t.object) for t in triples}, key=str))


def _rdflib_cell(term: Any) -> Cell | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return Cell("uri", str(term))
    if isinstance(term, rdflib.BNode):
        return Cell("bnode", str(term))
    return literal(str(term), str(term.datatype or ""), term.language)
