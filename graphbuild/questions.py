"""The ready-made questions: SPARQL files of ontology/queries, each with a comment that says what it answers.

The first comment line is the question; lines such as `# ?name: a name of the actor` declare parameters, which may be left out
unless the text says "(required)".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphbuild.errors import QueryError

_REQUIRED = "(required)"
_PARAMETER = re.compile(r"# \?(\w+): (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A ready-made question: its name, what it answers, its SPARQL, and what each parameter means."""

    name: str
    title: str
    sparql: str
    parameters: Mapping[str, str]

    def mark(self, name: str) -> str:
        """Return a parameter as lists show it: in brackets if it can be left out."""
        return name if _REQUIRED in self.parameters[name] else f"[{name}]"

    def missing(self, given: Iterable[str]) -> list[str]:
        """Return the required parameters that are not given."""
        return [name for name, text in self.parameters.items() if _REQUIRED in text and name not in set(given)]


def questions(folder: Path) -> dict[str, Question]:
    """Return the questions of a folder by name, sorted."""
    return dict(_questions(folder))


def question(name: str, folder: Path) -> Question:
    """Return one question.

    Raises:
        QueryError: there is none of this name; the message lists all.
    """
    known = _questions(folder)
    if name not in known:
        raise QueryError(f"there is no ready-made question {name!r}; choose from {', '.join(known)}, or give SPARQL")
    return known[name]


@cache
def _questions(folder: Path) -> dict[str, Question]:
    return {path.stem: _parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq"))}


def _parse(name: str, sparql: str) -> Question:
    comments = [line for line in sparql.split("\n") if line.startswith("#")]
    parameters = {match[1]: match[2] for line in comments if (match := _PARAMETER.fullmatch(line))}
    return Question(name, comments[0].lstrip("# ") if comments else name, sparql, parameters)
