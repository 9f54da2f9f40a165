"""Which statements tell of one event: the same words, or the same participants doing the same, without conflict of place and time."""

from collections.abc import Iterable
from dataclasses import replace

from graphbuild.catalogue import Catalogue
from graphbuild.records import Statement


def assign_events(statements: Iterable[Statement], catalogue: Catalogue) -> tuple[Statement, ...]:
    """Give every statement of an event relation the local id of its event; statements of one event share it."""
    out: list[Statement] = []
    events: list[list[Statement]] = []
    for statement in statements:
        if catalogue.relations[statement.relation].shape != "event":
            out.append(statement)
            continue
        number = next((n for n, told in enumerate(events) if any(_one_event(statement, other, catalogue) for other in told)), len(events))
        if number == len(events):
            events.append([])
        events[number].append(statement)
        out.append(replace(statement, event=f"v{number + 1}"))
    return tuple(out)


def _one_event(one: Statement, other: Statement, catalogue: Catalogue) -> bool:
    """Tell whether two statements share their relation, their stance and the word that names the event."""
    if one.relation != other.relation or (one.polarity, one.modality) != (other.polarity, other.modality):
        return False
    if _triggers(one) & _triggers(other):
        return True
    if not catalogue.relations[one.relation].symmetric:
        return False
    ends = {one.subject, one.object} & {other.subject, other.object}
    return len(ends) == 2 and all(
        getattr(one, name) is None or getattr(other, name) is None or getattr(one, name) == getattr(other, name) for name in ("place", "time")
    )


def _triggers(statement: Statement) -> set[tuple[int, int]]:
    return {(span.start, span.end) for e in statement.evidence for role, span in e.roles if role == "trigger"}
