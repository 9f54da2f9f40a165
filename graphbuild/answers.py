"""Answers to SPARQL queries, and the formats in which they are written."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.etree import ElementTree as Xml

import pyoxigraph as ox

from graphbuild.errors import QueryError
from graphbuild.sparql import KNOWN_PREFIXES
from graphbuild.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

_PLAIN = frozenset({f"{PREFIXES['xsd']}string", f"{PREFIXES['rdf']}langString"})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBERS: Final[Mapping[str, Callable[[str], object]]] = {
    **{f"{PREFIXES['xsd']}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
    **{f"{PREFIXES['xsd']}{name}": float for name in ("decimal", "double", "float")},
    f"{PREFIXES['xsd']}boolean": lambda text: text in ("true", "1"),
}


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One term of a row; `kind` is that of the SPARQL results formats."""

    kind: Literal["uri", "literal", "bnode"]
    value: str
    datatype: str = ""
    language: str = ""

    def short(self) -> str:
        """Return the term for people: IRIs under a known prefix as CURIEs, literals as their text."""
        if self.kind != "uri":
            return self.value
        fitting = [(namespace, prefix) for prefix, namespace in KNOWN_PREFIXES.items() if self.value.startswith(namespace)]
        namespace, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
        return f"{prefix}:{self.value[len(namespace) :]}" if prefix else self.value

    def native(self) -> object:
        """Return numbers and truth values as Python's own, everything else as text."""
        try:
            return _NUMBERS.get(self.datatype, str)(self.value)
        except ValueError:  # RDF lets a literal say "abc"^^xsd:integer
            return self.value


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: rows of SELECT, the truth of ASK, or the triples of CONSTRUCT and DESCRIBE, sorted."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def turtle(self) -> str | None:
        """The triples of CONSTRUCT and DESCRIBE as Turtle."""
        return None if self.triples is None else _turtle(self.triples)

    def texts(self) -> list[list[str]]:
        """Return the rows for a table, with short IRIs and empty strings for what is unbound."""
        return [[cell.short() if cell else "" for cell in row] for row in self.rows]

    def dicts(self) -> list[dict[str, str]]:
        """Return each row as column → text, leaving out what is unbound."""
        return [{column: cell.value for column, cell in self._bound(row)} for row in self.rows]

    def to_pandas(self) -> "pd.DataFrame":
        """Return the rows as a table of pandas: numbers and truth values as such, None where nothing is bound.

        Raises:
            QueryError: pandas is not installed, or the answer has no rows but a truth value or triples.
        """
        if self.truth is not None or self.triples is not None:
            raise QueryError("only the rows of SELECT make a table; ASK gives .truth, CONSTRUCT and DESCRIBE give .turtle")
        try:
            import pandas as pd
        except ImportError as error:
            raise QueryError("to_pandas needs pandas: pip install 'graphbuild[tables]'") from error
        columns = {name: [row[at].native() if row[at] else None for row in self.rows] for at, name in enumerate(self.columns)}  # type: ignore[union-attr]
        return pd.DataFrame(columns, columns=list(self.columns))

    def to_csv(self) -> str:
        """Return the answer by the SPARQL 1.1 CSV results format; of ASK, which has none, the word true or false."""
        if self.truth is not None:
            return _word(self.truth)
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([[cell.value if cell else "" for cell in row] for row in self.rows])
        return out.getvalue()

    def to_tsv(self) -> str:
        """Return the answer by the SPARQL 1.1 TSV results format, terms as in Turtle; of ASK, which has none, the word true or false."""
        if self.truth is not None:
            return _word(self.truth)
        lines = ["\t".join(f"?{column}" for column in self.columns)]
        lines += ["\t".join(_turtle_term(cell) if cell else "" for cell in row) for row in self.rows]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Return the answer by the SPARQL 1.1 JSON results format."""
        if self.truth is not None:
            return json.dumps({"head": {}, "boolean": self.truth})
        bindings = [{column: _json_term(cell) for column, cell in self._bound(row)} for row in self.rows]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1)

    def to_xml(self) -> str:
        """Return the answer by the SPARQL results XML format; characters that XML cannot hold become U+FFFD."""
        root = Xml.Element("sparql", xmlns=_RESULTS)
        head = Xml.SubElement(root, "head")
        for column in self.columns:
            Xml.SubElement(head, "variable", name=column)
        if self.truth is not None:
            Xml.SubElement(root, "boolean").text = _word(self.truth).strip()
        else:
            results = Xml.SubElement(root, "results")
            for row in self.rows:
                result = Xml.SubElement(results, "result")
                for column, cell in self._bound(row):
                    _xml_term(Xml.SubElement(result, "binding", name=column), cell)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'

    def _bound(self, row: Row) -> list[tuple[str, Cell]]:
        return [(column, cell) for column, cell in zip(self.columns, row, strict=True) if cell]


TABLES: Final[Mapping[str, Callable[[Rows], str]]] = {"json": Rows.to_json, "xml": Rows.to_xml, "csv": Rows.to_csv, "tsv": Rows.to_tsv}
"""Formats for the answers of SELECT and ASK."""

_GRAPHS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
GRAPHS: Final = tuple(_GRAPHS)
"""Formats for the answers of CONSTRUCT and DESCRIBE."""


def write_graph(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Return triples in a format of GRAPHS; in RDF/XML, characters that XML cannot hold become U+FFFD."""
    if form == "turtle":
        return _turtle(triples).encode()
    if form == "rdfxml":
        triples = [ox.Triple(t.subject, t.predicate, _for_xml(t.object)) for t in triples]
    prefixes = dict(KNOWN_PREFIXES) if form in ("rdfxml", "trig", "jsonld") else None
    return ox.serialize(triples, format=_GRAPHS[form], prefixes=prefixes) or b""


def cell(term: Any) -> Cell | None:
    """Return a term of Oxigraph as a cell."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Cell("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Cell("bnode", term.value)
    return literal(term.value, term.datatype.value, term.language)


def literal(value: str, datatype: str | None, language: str | None) -> Cell:
    """Return a literal as a cell; the datatypes that go without saying are left out."""
    return Cell("literal", value, "" if datatype is None or datatype in _PLAIN else datatype, language or "")


def _turtle(triples: Iterable[ox.Triple]) -> str:
    text = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(KNOWN_PREFIXES)) or b"").decode()
    lines = text.splitlines(keepends=True)
    header = [line for line in lines[: len(KNOWN_PREFIXES)] if line.startswith("@prefix ")]
    return "".join([*sorted(header), *lines[len(header) :]])


def _turtle_term(cell: Cell) -> str:
    if cell.kind == "uri":
        return str(ox.NamedNode(cell.value))
    if cell.kind == "bnode":
        return str(ox.BlankNode(cell.value))
    if cell.language:
        return str(ox.Literal(cell.value, language=cell.language))
    return str(ox.Literal(cell.value, datatype=ox.NamedNode(cell.datatype)) if cell.datatype else ox.Literal(cell.value))


def _json_term(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype:
        term["datatype"] = cell.datatype
    return term


def _xml_term(binding: Xml.Element, cell: Cell) -> None:
    term = Xml.SubElement(binding, cell.kind)
    term.text = _NOT_XML.sub("\ufffd", cell.value)
    if cell.language:
        term.set(_LANGUAGE, cell.language)
    elif cell.datatype:
        term.set("datatype", cell.datatype)


def _for_xml(term: Any) -> Any:
    if not isinstance(term, ox.Literal) or not _NOT_XML.search(term.value):
        return term
    text = _NOT_XML.sub("\ufffd", term.value)
    return ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)


def _word(truth: bool) -> str:
    return "true\n" if truth else "false\n"
