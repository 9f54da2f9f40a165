"""When people lived, as brackets behind their names tell: "Wangari Maathai (1940–2011)"; years of an office stand there, too.

What stands there is about the person, and never when something was done that the sentence tells.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from graphbuild.entities import Reading
from graphbuild.records import Precision, Time
from graphbuild.relations.arguments import Argument
from graphbuild.relations.qualifiers import FoundTime

_LONGEST = 14
"""Words in such brackets, at most."""
_LEAST, _MOST = 18, 115
"""Years between birth and death of somebody who is spoken of; shorter spans are those of an office."""
_BIRTH, _DEATH = frozenset(("b", "b.", "*")), frozenset(("d", "d.", "†", "+"))
_ABOUT = frozenset("c c. ca ca. circa".split())
"""Words that make a year a guess, which is no day of birth."""
_STOPS = frozenset(". , ; – — -".split())
_DASHES = frozenset(("–", "—", "-", "to"))
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Lifespan:
    """What the bracket behind a person's name tells: the times in it, and what is born and died of them; of an office neither."""

    person: Argument
    within: tuple[FoundTime, ...]
    born: FoundTime | None = None
    died: FoundTime | None = None

    def days(self) -> Iterator[tuple[str, FoundTime]]:
        """Yield the relations that it tells, each with its day."""
        for name, day in (("bornOn", self.born), ("diedOn", self.died)):
            if day is not None:
                yield name, day


def lifespans(reading: Reading, times: Sequence[FoundTime]) -> Iterator[Lifespan]:
    """Yield what brackets behind names of persons tell, if they tell of nothing but spans of years, births and deaths.

    A year by itself may be that of the deed: "visited by Lind (2014) and Berg (2018)".
    """
    starts = {found.start: found for found in times}
    for number, mention in enumerate(reading.mentions):
        named = mention.form == "name" and mention.label == "Person" and len(reading.of_mention.get(number, ())) == 1
        bracket = _bracket(reading.doc, mention.end) if named else range(0)
        within = tuple(starts[i] for i in bracket if i in starts)
        told = {i for found in within for i in range(found.start, found.end)}
        others = {reading.doc[i].lower_ for i in bracket if i not in told}
        spans = [found for found in within if found.time.start != found.time.end]
        if within and others <= _BIRTH | _DEATH | _ABOUT | _STOPS and (spans or others & (_BIRTH | _DEATH)):
            yield Lifespan(Argument(reading.of_mention[number][0], number), within, *_days(within, others, reading.doc))


def _bracket(doc: Doc, start: int) -> range:
    """Return the words within the bracket that opens at a token, none if none does or it is long."""
    if start >= len(doc) or doc[start].text != "(":
        return range(0)
    ends = (i for i in range(start + 1, min(len(doc), start + _LONGEST)) if doc[i].text == ")")
    return range(start + 1, next(ends, start + 1))


def _days(within: Sequence[FoundTime], others: Collection[str], doc: Doc) -> tuple[FoundTime | None, FoundTime | None]:
    """Read birth and death off the one time in a bracket; off several, or a guess, nothing."""
    only = within[0]
    first, last = only.time.start, only.time.end
    if len(within) > 1 or first is None or last is None or not _ABOUT.isdisjoint(others):
        return None, None
    if first == last:
        return only if not _BIRTH.isdisjoint(others) else None, only if not _DEATH.isdisjoint(others) else None
    years = [int(day[:4]) for day in (first, last) if day[:4].isdigit()]
    if len(years) < len((first, last)) or not _LEAST <= years[1] - years[0] <= _MOST:
        return None, None
    dash = next((i for i in range(only.start + 1, only.end - 1) if doc[i].text in _DASHES), None)
    return _at(only, first, only.start, dash or only.end), _at(only, last, only.start if dash is None else dash + 1, only.end)


def _at(found: FoundTime, day: str, start: int, end: int) -> FoundTime:
    """Return one end of an interval, told by some of its words."""
    return replace(found, start=start, end=end, time=Time(day, day, _PRECISIONS.get(len(day), "day"), found.time.basis), past=None, future=None)
