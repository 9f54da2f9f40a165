"""What frames propose, before it is qualified: candidates, and what the catalogue refused."""

from dataclasses import dataclass

from spacy.tokens import Token

from graphbuild.catalogue import Relation
from graphbuild.relations.arguments import Argument
from graphbuild.relations.qualifiers import FoundTime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact as the parse says it, before its qualifiers.

    `predicate` is the verb (or noun) that carries tense and negation; `status` what the words of its frame themselves say of the deed;
    `dated` its time, where that is told beside it and not to be looked for.
    """

    relation: Relation
    subject: Argument
    object: Argument | None
    trigger: Token
    predicate: Token
    construction: str
    theme: tuple[Token, ...] = ()
    status: str | None = None
    dated: FoundTime | None = None

    @property
    def ends(self) -> tuple[Argument, ...]:
        """Return the subject, and the object where there is one."""
        return (self.subject,) if self.object is None else (self.subject, self.object)

    @property
    def rule(self) -> str:
        """Return what found it, as evidence names it: met.active."""
        return f"{self.relation.name}.{self.construction}"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that a frame matched but the catalogue's classes, or the register of its sentence, do not admit."""

    relation: str
    subject: Argument
    object: Argument
    trigger: Token
    stage: str = "class"
