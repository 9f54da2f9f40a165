"""Dates in text: the date line of a document, and time expressions resolved to calendar values.

`find_times` reads what `graphbuild.timewords` recognises and ties it to the calendar. A date with its year is `explicit`. What
depends on the day of publication ("yesterday", "on Monday", "1 February") is on the basis `dateline`; what depends on the time
told before ("the next day", "in June" after "In January 1835") on the basis `context`. Where the day of publication is not
known, a date without year is `--11-17` and a relative expression is returned with no time: a wrong date is worse than none.
Open intervals have None as one end: "since 2012" is (2012, None), "until 2014" is (None, 2014).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from graphbuild import periods
from graphbuild.records import Basis, Span, Time
from graphbuild.timewords import DAY, MONTH, WEEKDAY, YEAR, Anchored, Calendar, Meaning, Relative, S, matches


@dataclass(frozen=True, slots=True)
class Dateline:
    """When a document says it was published: `span` covers the date, `line` all that is no sentence."""

    published: date
    span: Span
    line: Span


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time. `time` is the likelier reading by the words of the sentence, None if it cannot be resolved.

    `past` and `future` are the readings for a governing verb in the past or future tense; they are equal where tense plays no part.
    """

    span: Span
    time: Time | None
    past: Time | None
    future: Time | None


_ISO = r"(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{2,5})?)?"
_WRITTEN = rf"{WEEKDAY}(?:{DAY}{S}{MONTH},?{S}|{MONTH.replace('month', 'month2')}{S}{DAY.replace('<day>', '<day2>')},?{S}){YEAR}"
_FULL_DATE = rf"(?P<date>{_ISO}|{_WRITTEN})(?![0-9-])"
_LABEL = r"(?:date|dated|published|posted|released?|issued|updated|publication date|release date)(?:[^\S\n]{1,3}on)?[^\S\n]{0,3}:?[^\S\n]{1,3}"
_CLOCK = r"(?:[\s,|–-]{0,4}(?:at[^\S\n])?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?[^\S\n]?(?:[ap]\.?m\.?)?[^\S\n]?(?:[A-Z]{2,4})?)?"
_DATE_LINE = re.compile(rf"[^\S\n]*(?:{_LABEL})?{_FULL_DATE}{_CLOCK}[^\S\n]*\.?[^\S\n]*(?:\r?\n|\Z)", re.IGNORECASE)
_AGENCY_LINE = re.compile(
    rf"[^\S\n]*(?:[A-Z][A-Z.'’ -]{{1,40}}(?:,[^\S\n][A-Z][A-Za-z. -]{{1,30}})?)(?:,[^\S\n]|[^\S\n]\(?)(?i:{_FULL_DATE})\)?(?:[^\S\n]\([\w "
    rf".-]{{2,40}}\))?[^\S\n]?(?:[-–—]{{1,2}}|:)[^\S\n]?"
)
_HEAD_LINES = 6
_HEADLINE_LENGTH = 200


def dateline(text: str) -> Dateline | None:
    r"""Find the date of publication at the head of a text, after at most a few short lines (headline, byline).

    >>> dateline(" date 2023-02-01 \n\nThe secretary spoke.").published
    datetime.date(2023, 2, 1)
    >>> dateline("WASHINGTON, Feb. 1, 2023 (Reuters) – The secretary spoke.").line
    Span(start=0, end=37)
    """
    start = lines = 0
    while start < len(text) and lines < _HEAD_LINES:
        match = _DATE_LINE.match(text, start) or _AGENCY_LINE.match(text, start)
        day = _published(match) if match else None
        if match and day:
            return Dateline(day, Span(*match.span("date")), Span(start, len(text[: match.end()].rstrip("\r\n"))))
        end = text.find("\n", start) + 1 or len(text)
        if end - start > _HEADLINE_LENGTH:
            return None
        lines += bool(text[start:end].strip())
        start = end
    return None


def find_times(text: str, published: date | None = None) -> list[TimeExpression]:
    """Find the time expressions of a text, in order and without overlap.

    Args:
        text: any English text; offsets of the result count its code points.
        published: the day the text was published, which relative expressions and dates without year refer to.

    >>> [(t.time.start, t.time.basis) for t in find_times("They met on Monday.", date(2023, 2, 1))]
    [('2023-01-30', 'dateline')]
    >>> find_times("It has grown since 2012.")[0].time
    Time(start='2012', end=None, precision='interval', basis='explicit')
    """
    sentences = [m.end() for m in _SENTENCE_END.finditer(text)]
    found: list[TimeExpression] = []
    anchor: _Anchor | None = None
    day: _Anchor | None = None
    for span, parts in _joined(text):
        sentence = bisect_right(sentences, span.start)
        bounds = (sentences[sentence - 1] if sentence else 0, sentences[sentence] if sentence < len(sentences) else len(text))
        before = None if anchor is not None and found and _is_set_apart(text, bounds[0], found[-1].span, span) else anchor
        context = _Context(published, before, day, sentence, _is_future(text, span, *bounds))
        expression = _expression(text, span, [_readings(part, context) for part in _shared(parts)], context)
        if expression:
            found.append(expression)
            anchor = _Anchor.of(expression.time, sentence) or anchor
            day = anchor if anchor is not None and anchor.precision == "day" else day
    return found


def _is_set_apart(text: str, start: int, before: Span, span: Span) -> bool:
    """Tell whether the time before stands in a relative clause between commas: "the two, which cut ties in 2016, agreed in March"."""
    return before.start > start and "," in text[before.end : span.start] and _ASIDE.search(text, start, before.start) is not None


def _is_future(text: str, span: Span, start: int, end: int) -> bool:
    """Tell whether words near a time, in its sentence, speak of what is to come; who knows the verb takes `past` or `future` instead."""
    return _FUTURE.search(text, max(start, span.start - _CUE_BEFORE), min(end, span.end + _CUE_AFTER)) is not None


_CUE_BEFORE, _CUE_AFTER = 80, 30
"""In how many characters before and after a time a future verb counts."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]{0,3}\s{1,3}(?=[\"“‘(\[]{0,3}[A-Z])|\n")
_ASIDE = re.compile(r", (?:who|which|whose|where)\b[^,]*\Z")
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|upcoming|forthcoming|scheduled|slated|(?:is|are|be) (?:due|set|planned|expected|to)|(?:plans?|expects?|hopes?|"
    r"intends?) to|going to|to be held|runs? (?:through|until|to))\b|['’]ll\b",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|until|till|through|up to)\s(?:the\s)?(?:early\s|late\s|mid[- ])?)")
_AND = re.compile(r"\sand\s(?:the\s)?")
_LEAD = re.compile(
    r"\b(?P<word>from|between|since|until|till|through|before|after|by|prior to|starting|beginning|ever since)(?:\s(?:about|around|early|late|at least|"
    r"the (?:end|beginning|start) of))?\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_OPENS_AFTER = frozenset(("from", "since", "after", "starting", "beginning", "ever since"))
_ANCHOR_REACH = 2
"""In how many sentences after it a time still anchors "the next month"."""
_DAY_REACH = 6
"""In how many sentences after it a day still anchors "the same day"."""
_JUST_PAST = 45
"""Days up to which a date without year is rather the one just past, even beside a verb in the future."""
_LONG_PAST = 270
"""Days after which a date without year is rather the coming one."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The last time told: its first day, precision, and the number of its sentence."""

    day: date
    precision: str
    sentence: int

    @classmethod
    def of(cls, time: Time | None, sentence: int) -> "_Anchor | None":
        value = time.start or time.end if time else None
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", value or "")
        if not match or match[1] == "0000":
            return None
        year, month, day = (int(part or 1) for part in match.groups())
        precision = "day" if match[3] else "month" if match[2] else "year"
        return cls(date(year, month, day), precision, sentence)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a time expression is resolved against."""

    published: date | None
    anchor: _Anchor | None
    day: _Anchor | None
    sentence: int
    future: bool


@dataclass(frozen=True, slots=True)
class _Readings:
    past: Time | None
    future: Time | None
    chosen: Time | None


def _joined(text: str) -> list[tuple[Span, list[Meaning]]]:
    """Join "March to August 2011", "from X until Y", "between X and Y" into one expression of two parts."""
    joined: list[tuple[Span, list[Meaning]]] = []
    for start, end, meaning in matches(text):
        if joined and len(joined[-1][1]) == 1 and _ranges(text, joined[-1][0], start, joined[-1][1][0], meaning):
            joined[-1] = (Span(joined[-1][0].start, end), [*joined[-1][1], meaning])
        else:
            joined.append((Span(start, end), [meaning]))
    return joined


def _ranges(text: str, first: Span, start: int, low: Meaning, high: Meaning) -> bool:
    between = text[first.end : start]
    if len(between) > 24 or isinstance(low, Anchored) or isinstance(high, Anchored):
        return False
    if _AND.fullmatch(between):
        lead = _LEAD.search(text, max(0, first.start - 30), first.start)
        return lead is not None and lead["word"].lower() == "between"
    return _TO.fullmatch(between) is not None


def _shared(parts: list[Meaning]) -> list[Meaning]:
    """Give the first date of a range what only the second says: the year, the month."""
    if len(parts) == 2 and isinstance(parts[0], Calendar) and isinstance(parts[1], Calendar):
        low, high = parts[0], parts[1]
        if low.year is None and high.year is not None:
            before = (low.month or 0, low.day or 0) > (high.month or 0, high.day or 0)
            return [replace(low, year=high.year - before), high]
        if low.year is not None and high.year is None:
            before = (low.month or 0, low.day or 0) > (high.month or 0, high.day or 0)
            return [low, replace(high, year=low.year + before)]
    return parts


def _expression(text: str, span: Span, parts: list[_Readings | None], context: _Context) -> TimeExpression | None:
    if not all(parts):
        return None
    first, last = parts[0], parts[-1]
    if first is None or last is None:
        return None
    lead = _LEAD.search(text, max(0, span.start - 40), span.start)
    whole = Span(lead.start(), span.end) if lead and (len(parts) == 2 or lead["word"].lower() not in ("between", "by", "before", "after", "prior to")) else span
    word = lead["word"].lower() if lead and not _is_modifier(text, span) else ""
    past, future, chosen = (
        _bounded(low, high, word if len(parts) == 1 else "")
        for low, high in ((first.past, last.past), (first.future, last.future), (first.chosen, last.chosen))
    )
    return TimeExpression(whole, chosen, past, future)


_NOUN_AFTER = re.compile(r"\s?['’]s?\s|\s(?!(?:and|or|in|on|at|to|by|of|the|a|an|when|as|for|with|it|he|she|they|but|that|this|until|after|before)\b)[a-z]{3,}")


def _is_modifier(text: str, span: Span) -> bool:
    """Tell whether the time modifies a noun ("after Friday's attack", "before the 2014 elections"): then the noun is what bounds."""
    return _NOUN_AFTER.match(text, span.end) is not None


def _bounded(low: Time | None, high: Time | None, word: str) -> Time | None:
    """Make an interval of its first and last time, or an open one after "since", "until"."""
    if low is None or high is None:
        return None
    if low is not high:
        return None if _runs_back(low.start, high.end) else Time(low.start, high.end, "interval", _weaker(low.basis, high.basis))
    if word == "from" and low.precision == "interval":
        return low
    if word in _OPENS_AFTER:
        return Time(low.end if word == "after" else low.start, None, "interval", low.basis)
    return Time(None, low.start if word in ("before", "prior to") else low.end, "interval", low.basis) if word and word != "between" else low


def _runs_back(start: str | None, end: str | None) -> bool:
    """Tell whether a time ends before it begins ("between 2012 and last week", in 1999): then one of the two is misread."""
    if start is None or end is None or "--" in (start[:2], end[:2]):  # without a year, it may run over New Year
        return False
    first, last = (tuple(map(int, _PARTS.findall(value))) for value in (start, end))
    shared = min(len(first), len(last))
    return first[:shared] > last[:shared]


_PARTS = re.compile(r"^-?[0-9]+|[0-9]+")


def _weaker(*bases: Basis) -> Basis:
    order: tuple[Basis, ...] = ("explicit", "dateline", "context")
    return max(bases, key=order.index)


def _readings(meaning: Meaning, context: _Context) -> _Readings | None:
    """Resolve one meaning; None if the calendar has no such day."""
    try:
        if isinstance(meaning, Calendar):
            return _calendar_readings(meaning, context)
        if isinstance(meaning, Time):
            return _Readings(meaning, meaning, meaning)
        return _relative_readings(meaning, context)
    except (ValueError, OverflowError):  # 30 February, or a day before year 1: what the calendar does not have is no date
        return None


def _relative_readings(meaning: Relative | Anchored, context: _Context) -> _Readings:
    if isinstance(meaning, Anchored):
        time = _anchored(meaning, context)
        return _Readings(time, time, time)
    if context.published is None:
        return _Readings(None, None, None)
    past, future = meaning.readings(context.published)
    return _Readings(past, future, future if context.future else past)


def _anchored(meaning: Anchored, context: _Context) -> Time | None:
    """Resolve a time by the one told before, days only by a day; "earlier in the day", where none is near, is said of the day of publication."""
    anchor, reach = (context.day, _DAY_REACH) if meaning.daily else (context.anchor, _ANCHOR_REACH)
    near = anchor is not None and context.sentence - anchor.sentence <= reach
    day = anchor.day if anchor is not None and near else context.published if meaning.ends_today else None
    return meaning.resolve(day) if day is not None else None


def _calendar_readings(written: Calendar, context: _Context) -> _Readings:
    year = written.year or _year_of_anchor(written, context)
    if year is not None:
        time = _calendar_time(replace(written, year=year), "explicit" if written.year else "context")
        return _Readings(time, time, time)
    if context.published is None or written.fixed:
        time = _calendar_time(written, "explicit")
        return _Readings(time, time, time)
    return _yearless_readings(written, context.published, context.future)


def _year_of_anchor(written: Calendar, context: _Context) -> int | None:
    """Take the year of a time told before that is not near publication, in this sentence or, if it told a month, in the last."""
    anchor, published = context.anchor, context.published
    if anchor is None or written.fixed or written.weekday is not None or (published and abs(anchor.day.year - published.year) <= 1):
        return None
    reach = 0 if anchor.precision == "year" else _ANCHOR_REACH
    if context.sentence - anchor.sentence > reach:
        return None
    earlier = anchor.precision != "year" and (written.month or 0) < anchor.day.month - 6
    return anchor.day.year + earlier


def _yearless_readings(written: Calendar, published: date, cue: bool) -> _Readings:
    dates = [(year, day) for year in range(published.year - 12, published.year + 13) if (day := _first_day(written, year))]
    today = published if written.day else published.replace(day=1)
    past = max((y for y, day in dates if day <= today), default=None)
    future = min((y for y, day in dates if day >= today), default=None)
    if past is None or future is None:
        raise ValueError("no year near publication has this day")
    times = [_calendar_time(replace(written, year=year), "dateline") for year in (past, future)]
    ago, ahead = today - dict(dates)[past], dict(dates)[future] - today
    coming = ago.days > _JUST_PAST if cue else ago.days > _LONG_PAST and ahead < ago
    return _Readings(times[0], times[1], times[1] if coming else times[0])


def _first_day(written: Calendar, year: int) -> date | None:
    """Return the day in that year, None where it does not exist or falls on another weekday than is written."""
    if not 1 <= year <= 9999:
        return None
    try:
        day = date(year, written.month or 1, written.day or 1)
    except ValueError:  # 29 February
        return None
    return day if written.weekday in (None, day.weekday()) else None


def _calendar_time(written: Calendar, basis: Basis) -> Time:
    if written.month is None:
        return periods.of_year(written.year or 0, basis)
    prefix = f"{periods.year_text(written.year)}-" if written.year is not None else "--"
    if written.day is None:
        return periods.single(f"{prefix}{written.month:02d}", "month", basis)
    for day in (written.day, written.last_day or written.day):
        date(written.year or 2000, written.month, day)  # raises ValueError where there is no such day
    start = f"{prefix}{written.month:02d}-{written.day:02d}"
    if not written.last_day:
        return periods.single(start, "day", basis)
    return Time(start, f"{prefix}{written.month:02d}-{written.last_day:02d}", "interval", basis)


def _published(match: re.Match[str]) -> date | None:
    got = match.groupdict()
    if got["iso"]:
        year, month, day = (int(part) for part in got["iso"].split("-"))
    else:
        name = got["month"] or got["month2"]
        year, month, day = int(got["year"]), _MONTH_NUMBERS[name[:3].lower()], int(got["day"] or got["day2"])
    try:
        return date(year, month, day)
    except ValueError:  # 31 February is no date line
        return None


_MONTH_NUMBERS = {name: n for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)}
