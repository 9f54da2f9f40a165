"""From entities to statements: frames on the parse, qualifiers, events."""

from graphbuild.relations.statements import find_statements

__all__ = ["find_statements"]
