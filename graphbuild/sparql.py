"""What a SPARQL query may do here: it must parse, read only, and fetch nothing.

Whether a query holds SERVICE is decided by Oxigraph's own parser, not by looking for the word: that parser needs no spaces
between words (`SERVICESILENT<…>` and `trueSERVICE ex:a {…}` are requests), and what looks like an IRI, a comment or a string to
any other reader of the text may be something else to it. So the word is overwritten by letters that are no keyword: a query that
still parses has it in names, strings, IRIs and comments only, because no other word may stand before a variable or an IRI and a
group.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from graphbuild.errors import QueryError
from graphbuild.vocabulary import BASE, PREFIXES

KNOWN_PREFIXES: Final[Mapping[str, str]] = {**PREFIXES, "e": f"{BASE}entity/", "c": f"{BASE}claim/"}
"""Prefixes that a query need not declare."""

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NO_CHARACTER: Final = "\x01"
"""Stands nowhere in SPARQL: what ends with it is parsed up to there and never evaluated."""
_SERVICE = re.compile("service", re.IGNORECASE)
_FROM = re.compile(r"(?<![?$])from", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|#[^\n]*(?:\n|$)|PREFIX[^<]*<[^>]*>|BASE\s*<[^>]*>", re.IGNORECASE)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """The graphs that a query asks, by IRI: those merged as default graph, and those GRAPH can name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def check(sparql: str) -> None:
    """Accept a query that parses and fetches nothing.

    Raises:
        QueryError: it does not parse (with line and column), changes something, or asks another endpoint by SERVICE.
    """
    error = _syntax_error(_SERVICE.sub("zzzzzzz", sparql))
    if error is None:
        return
    if _parses_to_its_end(sparql) and not _parses_to_its_end(_SERVICE.sub("zzzzzzz", sparql)):
        raise QueryError("SERVICE is refused: graphbuild fetches nothing; load the other data into one store with these, and ask there")
    if _UPDATE.match(sparql, _end_of_prologue(sparql)):
        raise QueryError("updates are refused: the graph is only read here; change the documents and build again")
    raise QueryError(_message(error))


def selection(sparql: str) -> Selection:
    """Return the graphs that FROM and FROM NAMED name.

    Raises:
        QueryError: the query holds something that rdflib, which reads these clauses, cannot parse.
    """
    if not _FROM.search(sparql):  # rdflib takes longer to import than most questions take to answer
        return Selection()
    clauses = _translate(_parse(sparql)).algebra.datasetClause or ()
    return Selection(tuple(str(c.default) for c in clauses if c.default), tuple(str(c.named) for c in clauses if c.named))


def rdflib_query(sparql: str) -> Any:
    """Return the query in rdflib's algebra, without its FROM clauses, which rdflib would try to load.

    Raises:
        QueryError: rdflib cannot parse it, or finds SERVICE in it.
    """
    parsed = _parse(sparql)
    if "ServiceGraphPattern" in set(operators(parsed)):
        raise QueryError("SERVICE is refused: graphbuild fetches nothing")
    query = _translate(parsed)
    query.algebra.datasetClause = None
    return query


def _syntax_error(sparql: str) -> str | None:
    """Return why Oxigraph cannot parse a query; it also evaluates what it can parse, so SERVICE must not stand in it."""
    try:
        ox.Store().query(sparql, prefixes=dict(KNOWN_PREFIXES))
    except SyntaxError as error:
        return str(error)
    return None


def _parses_to_its_end(sparql: str) -> bool:
    """Return whether nothing before the end of a query keeps it from parsing; nothing is evaluated."""
    match = _POSITION.search(_syntax_error(f"{sparql}\n{_NO_CHARACTER}") or "")
    return match is not None and int(match[1]) == sparql.count("\n") + 2


def _message(error: str) -> str:
    match = _POSITION.search(error)
    where, reason = (f"line {match[1]}, column {match[2]}: ", match[3]) if match else ("", error)
    return f"the query does not parse: {where}{' '.join(reason.split())}; graphbuild query --help shows an example"


def _end_of_prologue(sparql: str) -> int:
    at = 0
    while match := _PROLOGUE.match(sparql, at):
        at = match.end()
    return at


def _parse(sparql: str) -> Any:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(sparql)
    except ParseException as error:
        raise QueryError(f"rdflib cannot parse the query: line {error.lineno}, column {error.column}: {error.msg}; use the engine oxigraph") from error


def _translate(parsed: Any) -> Any:
    from rdflib.plugins.sparql.algebra import translateQuery

    return translateQuery(parsed, initNs=dict(KNOWN_PREFIXES))


def operators(parsed: Any) -> Iterator[str]:
    """Yield the names of all operators of a query as rdflib parsed it; its algebra loses filters within filters."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):  # pyparsing passes its own lists off as mappings
            yield str(getattr(part, "name", ""))
            waiting.extend(part.values())
        elif isinstance(part, Iterable) and not isinstance(part, str):
            waiting.extend(part)
