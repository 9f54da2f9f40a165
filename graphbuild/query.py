"""SPARQL over a build folder, an RDF file or a graph, on Oxigraph (the default, fast) or rdflib, with equal rows.

The default graph is the union of all named graphs, and the usual prefixes need not be declared. Nothing is ever fetched:
SERVICE and FROM are refused.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from typing import Literal as Choice

import pyoxigraph as ox

from graphbuild.errors import GraphFileError, QueryError
from graphbuild.questions import Question
from graphbuild.questions import question as _question
from graphbuild.questions import questions as _questions
from graphbuild.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    import rdflib

    from graphbuild.graph import KnowledgeGraph

Engine = Choice["oxigraph", "rdflib", "oxrdflib"]
ENGINES: Final[tuple[Engine, ...]] = ("oxigraph", "rdflib", "oxrdflib")

BUILD_FILES: Final = ("graph.nq", "graph.trig", "graph.ttl", "graph.nt", "graph.jsonld", "graph.rdf")
"""RDF files of a build folder, in the order in which they are looked for."""
_SYNTAXES: Final = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
_PREFIXES: Final = {**PREFIXES, "e": f"{BASE}entity/", "c": f"{BASE}claim/"}
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_FETCHING = re.compile(r"\b(SERVICE|FROM)\b", re.IGNORECASE)
_NOT_SYNTAX = re.compile(r"""<[^<>\s]*>|'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[?$]\w+|\#[^\n]*""", re.DOTALL)
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One term of a row; `kind` is that of the SPARQL results formats."""

    kind: Choice["uri", "literal", "bnode"]
    value: str
    datatype: str = ""
    language: str = ""

    def short(self) -> str:
        """Return the term for people: IRIs under a known prefix as CURIEs, literals as their text."""
        if self.kind != "uri":
            return self.value
        fitting = [(namespace, prefix) for prefix, namespace in _PREFIXES.items() if self.value.startswith(namespace)]
        namespace, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
        return f"{prefix}:{self.value[len(namespace) :]}" if prefix else self.value


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: rows of SELECT, the truth of ASK, or the triples of CONSTRUCT and DESCRIBE as Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None
    turtle: str | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self) -> list[list[str]]:
        """Return the rows for a table, with short IRIs and empty strings for what is unbound."""
        return [[cell.short() if cell else "" for cell in row] for row in self.rows]

    def dicts(self) -> list[dict[str, str]]:
        """Return each row as column → text, leaving out what is unbound."""
        return [{column: cell.value for column, cell in zip(self.columns, row, strict=True) if cell} for row in self.rows]

    def to_csv(self) -> str:
        """Return the rows by the SPARQL 1.1 CSV results format."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([[cell.value if cell else "" for cell in row] for row in self.rows])
        return out.getvalue()

    def to_tsv(self) -> str:
        """Return the rows by the SPARQL 1.1 TSV results format: terms as in Turtle."""
        lines = ["\t".join(f"?{column}" for column in self.columns)]
        lines += ["\t".join(str(_ox_term(cell)) if cell else "" for cell in row) for row in self.rows]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Return the answer by the SPARQL 1.1 JSON results format."""
        if self.truth is not None:
            return json.dumps({"head": {}, "boolean": self.truth})
        bindings = [{column: _json_term(cell) for column, cell in zip(self.columns, row, strict=True) if cell} for row in self.rows]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1)


def run(source: "KnowledgeGraph | Path | str", sparql: str, *, engine: Engine = "oxigraph", bindings: Mapping[str, str] | None = None) -> Rows:
    """Answer a SPARQL query over a graph, a build folder or an RDF file.

    `bindings` gives variables of the query the value of a string. Rows without ORDER BY are sorted, so that equal graphs give
    equal answers on every engine.

    Raises:
        QueryError: the query does not parse (with line and column), or would fetch something.
        GraphFileError: the source cannot be loaded (with file, line and reason).
    """
    check(sparql)
    bound = bind(sparql, bindings) if bindings else sparql
    return _on_oxigraph(_store(source), bound) if engine == "oxigraph" else _on_rdflib(source, bound, engine)


def ask(source: "KnowledgeGraph | Path | str", name: str, *, engine: Engine = "oxigraph", parameters: Mapping[str, str] | None = None) -> Rows:
    """Answer a ready-made question, with values for its parameters.

    Raises:
        QueryError: there is no such question or parameter, or a required parameter is missing; the message says which there are.
    """
    asked, given = question(name), parameters or {}
    declared = ", ".join(f"{parameter} ({text})" for parameter, text in asked.parameters.items()) or "none"
    wrong = [*sorted(set(given) - set(asked.parameters)), *asked.missing(given)]
    if wrong:
        raise QueryError(f"the question {name!r} {'lacks' if wrong[0] in asked.parameters else 'has no'} parameter {wrong[0]!r}; its parameters: {declared}")
    return run(source, asked.sparql, engine=engine, bindings=given)


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


def check(sparql: str) -> None:
    """Raise QueryError if a query does not parse or would fetch something."""
    plain = _NOT_SYNTAX.sub(" ", sparql)
    fetching = _FETCHING.search(plain)
    if fetching:
        raise QueryError(f"{fetching[1].upper()} is refused: graphbuild fetches nothing; ask about one graph of the store with GRAPH <iri> {{ … }}")
    try:
        ox.Store().query(sparql, prefixes=_PREFIXES)
    except SyntaxError as error:
        raise QueryError(_syntax_message(str(error))) from error


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


def rdf_source(source: "KnowledgeGraph | Path | str") -> tuple[bytes, ox.RdfFormat, str]:
    """Return the RDF of a graph, build folder or RDF file: its bytes, their format, and a name for messages.

    Raises:
        GraphFileError: there is nothing there that can be read.
    """
    if not isinstance(source, Path | str):
        from graphbuild.export.rdf import rdf

        return rdf(source, "nquads"), ox.RdfFormat.N_QUADS, "the graph"
    path = Path(source)
    return _folder(path) if path.is_dir() else _file(path)


def _folder(path: Path) -> tuple[bytes, ox.RdfFormat, str]:
    for name in BUILD_FILES:
        if (path / name).is_file():
            return _file(path / name)
    from graphbuild.store import load_build

    return rdf_source(load_build(path))


def _file(path: Path) -> tuple[bytes, ox.RdfFormat, str]:
    syntax = _SYNTAXES.get(path.suffix.lower())
    if syntax is None:
        raise GraphFileError(f"{path}: is neither a build folder nor an RDF file ({', '.join(_SYNTAXES)})")
    try:
        return path.read_bytes(), syntax, str(path)
    except OSError as error:
        raise GraphFileError(f"{path}: cannot be read: {error.strerror}") from error


def _store(source: "KnowledgeGraph | Path | str") -> ox.Store:
    """Load a source, with the union of its named graphs as the default graph.

    Both engines could query a union of graphs, but they count a triple once for each graph that it stands in.
    """
    data, syntax, name = rdf_source(source)
    store = ox.Store()
    try:
        store.bulk_load(data, format=syntax)
        if syntax.supports_datasets:
            store.bulk_extend(ox.Quad(*quad.triple) for quad in ox.parse(data, format=syntax))
    except SyntaxError as error:
        raise GraphFileError(f"{name}: is not well-formed {syntax.name}: {error}; repair or export it again") from error
    return store


def _on_oxigraph(store: ox.Store, sparql: str) -> Rows:
    result = store.query(sparql, prefixes=_PREFIXES)
    if isinstance(result, ox.QueryBoolean):
        return Rows(truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Rows(turtle=_turtle(result))
    columns = tuple(variable.value for variable in result.variables)
    rows = [tuple(_cell(solution[name]) for name in columns) for solution in result]
    return Rows(columns, _in_order(rows, sparql))


def _on_rdflib(source: "KnowledgeGraph | Path | str", sparql: str, engine: Engine) -> Rows:
    import rdflib

    result = _dataset(source, engine).query(sparql, initNs=_PREFIXES)
    if result.type == "ASK":
        return Rows(truth=bool(result.askAnswer))
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        graph = result.graph if result.graph is not None else rdflib.Graph()
        return Rows(turtle=_turtle(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)))
    columns = tuple(str(variable) for variable in result.vars or ())
    rows = [tuple(_rdflib_cell(term) for term in row) for row in result if isinstance(row, tuple)]
    return Rows(columns, _in_order(rows, sparql))


def _dataset(source: "KnowledgeGraph | Path | str", engine: Engine) -> "rdflib.Dataset":
    import rdflib

    dataset = rdflib.Dataset(store="Oxigraph" if engine == "oxrdflib" else "default")
    dataset.parse(data=_store(source).dump(format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    return dataset


def _syntax_message(message: str) -> str:
    match = _POSITION.search(message)
    where, reason = (f"line {match[1]}, column {match[2]}: ", match[3]) if match else ("", message)
    return f"the query does not parse: {where}{' '.join(reason.split())}; graphbuild query --help shows an example"


def _in_order(rows: Sequence[Row], sparql: str) -> tuple[Row, ...]:
    if _ORDERED.search(_NOT_SYNTAX.sub(" ", sparql)):
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: [(cell is not None, cell or Cell("literal", "")) for cell in row]))


def _turtle(triples: Iterable[Any]) -> str:
    ordered: Iterator[ox.Triple] = iter(sorted({ox.Triple(t.subject, t.predicate, t.object) for t in triples}, key=str))
    text = (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b"").decode()
    lines = text.splitlines(keepends=True)
    header = [line for line in lines[: len(_PREFIXES)] if line.startswith("@prefix ")]
    return "".join([*sorted(header), *lines[len(header) :]])


def _cell(term: Any) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Cell("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Cell("bnode", term.value)
    return Cell("literal", term.value, _datatype(term.datatype.value), term.language or "")


def _rdflib_cell(term: Any) -> Cell | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return Cell("uri", str(term))
    if isinstance(term, rdflib.BNode):
        return Cell("bnode", str(term))
    return Cell("literal", str(term), _datatype(str(term.datatype or "")), term.language or "")


def _datatype(iri: str) -> str:
    return "" if iri in (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString") else iri


def _ox_term(cell: Cell) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if cell.kind == "uri":
        return ox.NamedNode(cell.value)
    if cell.kind == "bnode":
        return ox.BlankNode(cell.value)
    if cell.language:
        return ox.Literal(cell.value, language=cell.language)
    return ox.Literal(cell.value, datatype=ox.NamedNode(cell.datatype)) if cell.datatype else ox.Literal(cell.value)


def _json_term(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype:
        term["datatype"] = cell.datatype
    return term
