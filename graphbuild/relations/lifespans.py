"""When people lived, as brackets behind their names tell: "Wangari Maathai (1940–2011)"; years of an office stand there, too.

What stands there is about the person, and never when something was done that the sentence tells.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from graphbuild.entities import Reading
from graphbuild.periods import of_text
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


Days = tuple[tuple[str, FoundTime], ...]
"""Relations, each with its day."""


@dataclass(frozen=True, slots=True)
class Lifespan:
    """What the bracket behind a person's name tells: the times in it, and birth and death with their days; of an office neither."""

    person: Argument
    within: tuple[FoundTime, ...]
    days: Days


def lifespans(reading: Reading, times: Sequence[FoundTime]) -> Iterator[Lifespan]:
    """Yield what brackets behind names of persons tell, if they tell of nothing but spans of years, births and deaths.

    A year by itself may be that of the deed: "visited by Lind (2014) and Berg (2018)".
    """
    starts = {found.start: found for found in times}
    for number, mention in enumerate(reading.mentions):
        if mention.label != "Person" or mention.form != "name" or len(reading.of_mention.get(number, ())) != 1:
            continue
        bracket = _bracket(reading.doc, mention.end)
        within = tuple(starts[i] for i in bracket if i in starts)
        if not within:
            continue
        told = {i for found in within for i in range(found.start, found.end)}
        others = {reading.doc[i].lower_ for i in bracket if i not in told}
        spans = any(found.time.start != found.time.end for found in within)
        if others <= _BIRTH | _DEATH | _ABOUT | _STOPS and (spans or others & (_BIRTH | _DEATH)):
            yield Lifespan(Argument(reading.of_mention[number][0], number), within, _days(within, others, reading.doc))


def _bracket(doc: Doc, start: int) -> range:
    """Return the words within the bracket that opens at a token, none if none does or it is long."""
    if start >= len(doc) or doc[start].text != "(":
        return range(0)
    ends = (i for i in range(start + 1, min(len(doc), start + _LONGEST)) if doc[i].text == ")")
    return range(start + 1, next(ends, start + 1))


def _days(within: Sequence[FoundTime], others: Collection[str], doc: Doc) -> Days:
    """Read birth and death off the one time in a bracket; off several, or a guess, nothing."""
    only = within[0]
    first, last = only.time.start, only.time.end
    if len(within) > 1 or first is None or last is None or not _ABOUT.isdisjoint(others):
        return ()
    if first == last:
        return tuple((name, only) for name, words in (("bornOn", _BIRTH), ("diedOn", _DEATH)) if not words.isdisjoint(others))
    years = [int(day[:4]) for day in (first, last) if day[:4].isdigit()]
    if len(years) < len((first, last)) or not _LEAST <= years[1] - years[0] <= _MOST:
        return ()
    dash = next((i for i in range(only.start + 1, only.end - 1) if doc[i].text in _DASHES), None)
    born, died = ((only.start, only.end),) * 2 if dash is None else ((only.start, dash), (dash + 1, only.end))
    return ("bornOn", _at(only, first, *born)), ("diedOn", _at(only, last, *died))


def _at(found: FoundTime, day: str, start: int, end: int) -> FoundTime:
    """Return one end of an interval, told by some of its words."""
    return replace(found, start=start, end=end, time=of_text(day, found.time.basis), past=None, future=None)
