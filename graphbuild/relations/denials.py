"""Who denies what others say of them: "Khartoum accuses the Emirates of arming the rebels; the Emirates reject this"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from graphbuild.records import Span, Statement
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.speech import reported_by
from graphbuild.syntax import objects, subjects

_DENY = frozenset("deny disavow".split())
_IT = frozenset("it this that these both".split())
_CHARGES = frozenset(
    "charge allegation accusation claim report involvement responsibility role part hand suspicion assertion account link complicity wrongdoing".split()
)
"""Nouns for what somebody is said to have done."""
_BACK = 1
"""How many sentences back what is denied may have been told."""


def denials(statements: Sequence[Statement], arguments: Arguments, served: Mapping[str, set[str]], text: str) -> Iterator[Statement]:
    """Yield the told acts that those who are said to have done them deny, as denied by them.

    Parameters:
        statements: what the document tells, in text order.
        served: person → countries and bodies that they speak for.
        text: the raw text, of which every quote is a part.
    """
    for token in arguments.doc:
        if _denies(token) and reported_by(token) is None:
            deniers = arguments.of_phrases(subjects(token))
            at = arguments.reading.raw(token.i, token.i + 1)
            for statement in _denied(token, deniers[0], statements, arguments, served) if len(deniers) == 1 else ():
                yield _as_denied(statement, deniers[0], at, text)


def _denies(token: Token) -> bool:
    """Recognise "denied it", "rejects the charge", "denies any role": what is denied is not said again."""
    if token.pos_ != "VERB" or token.lemma_ not in _DENY or any(c.dep_ in ("ccomp", "xcomp") for c in token.children):
        return False
    return any(
        o.lower_ in _IT or (o.lemma_.lower() in _CHARGES and not any(c.dep_ in ("acl", "acl:relcl", "nmod", "nmod:poss") for c in o.children))
        for o in objects(token)
    )


def _denied(verb: Token, denier: Argument, statements: Sequence[Statement], arguments: Arguments, served: Mapping[str, set[str]]) -> Iterator[Statement]:
    first = verb.sent.start
    for _ in range(_BACK):
        first = arguments.doc[max(0, first - 1)].sent.start
    at, since = arguments.reading.raw(verb.i, verb.i + 1), arguments.reading.raw(first, first + 1).start
    own = {denier.entity, *served.get(denier.entity, set())}
    told = [s for s in statements if s.subject in own and _is_told(s, denier) and since <= s.evidence[0].span.start and _trigger(s).end < at.start]
    last = max((s.evidence[0].span.start for s in told), default=0)
    for statement in told:
        if statement.evidence[0].span.start == last:
            yield statement


def _is_told(statement: Statement, denier: Argument) -> bool:
    return statement.status == "reported" and statement.speaker != denier.entity and isinstance(statement.object, str)


def _trigger(statement: Statement) -> Span:
    return dict(statement.evidence[0].roles)["trigger"]


def _as_denied(statement: Statement, denier: Argument, at: Span, text: str) -> Statement:
    """Return the denial: its evidence is what was told and the verb that denies it."""
    told = statement.evidence[0]
    cues = (*(c for c in told.cues if c[0] in ("time", "place")), ("polarity", at), ("attribution", at))
    start, end = min(told.span.start, at.start), max(told.span.end, at.end)
    evidence = replace(told, span=Span(start, end), quote=text[start:end], rule=f"{statement.relation}.denial", cues=cues)
    return replace(statement, polarity="negative", speaker=denier.entity, own_side=True, hearsay=False, evidence=(evidence,))
