"""What words say of time: patterns of English time expressions and what each means before it is tied to a calendar.

A pattern's meaning is a `Time` if the words settle it ("1999", "the 1990s"), else what is still needed: `Calendar` a year ("1
February"), `Relative` the day the text was published ("last week"), `Anchored` the time told before ("the next day").
Every quantifier is bounded, so that no text can make matching slow.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graphbuild import periods
from graphbuild.records import Basis, Time


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date as written, with what it leaves out as None; `last_day` ends a range of days in one month; weekdays count from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    last_day: int | None = None
    fixed: bool = False
    """Whether it names an occasion of a year that is not told ("the September 11 attacks"): then no year is guessed."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A time relative to the day of publication: readings for a verb in the past and in the future, None where there is none."""

    readings: Callable[[date], tuple[Time, Time]]


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time relative to the first day of the time told before; a `daily` one needs a day, one that `ends_today` may mean the day of publication."""

    resolve: Callable[[date], Time]
    daily: bool = False
    ends_today: bool = False


Meaning = Time | Calendar | Relative | Anchored
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning | None], tuple[str, ...]]
"""What matches, what it means, and strings of which a text, its white space made one blank each, holds one wherever it matches."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(text: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(text.split())}


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = _numbered("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
ORDINALS = _numbered(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth"
)
ORDINALS["twenty-first"] = 21
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

# Things that are counted or measured: a number before them is no year and no day of a month.
COUNTED = re.compile(
    r"[^\S\n]?(?:more |other |new |such |armed |active |local )?(?:people|persons?|troops|soldiers|men|women|children|civilians|fighters|militants|"
    r"officers|police|protesters|demonstrators|refugees|migrants|"
    r"residents|families|homes|houses|voters|votes|members|workers|students|victims|prisoners|passengers|participants|patients|cases|deaths|seats|"
    r"copies|pages|words|times|points|goals|"
    r"(?:kilo|centi|milli)?met(?:er|re)s?|miles?|feet|foot|inches|yards|acres|hectares|tonn?e?s?|tons|kilograms?|pounds|gallons|litres?|liters?|"
    r"barrels|degrees|dollars|euros|yen|yuan|won|"
    r"percent|per cent|million|billion|thousand|hundred|km|kg|cm|mm|mph|GMT|UTC|hours|hrs|local time|minutes|seconds|block|ft|lbs?|years?[- ]old|"
    r"(?:school|grand)?children)\b"
)
# Things that bear a number as a name: what follows them is no year.
NUMBERED = _words(
    "resolution order flight route highway room section chapter article act no number nos page pages p pp figure table boeing airbus building bill law "
    "rule regulation directive decree protocol h r s case item line unit channel gate apartment apt suite version model radio iso windows part "
    "paragraph convoy"
)
QUANTIFIERS = _words("than over nearly almost some least most approximately roughly up another all only at x × exactly additional")
YEAR_CUES = _words(
    "in since by until till from of before after during around circa c ca early late mid spring summer autumn fall winter year through between post "
    "pre ad born d b to and or for"
)
EARLY_CUES = YEAR_CUES | {"the", "this"}
MONTH_CUES = _words("in since by until till from of before after during through between late early mid last next this past and to following around")
PROPER_DAYS = _words(
    "black good bloody easter palm ash holy maundy super shrove cyber giving fat spy big sheffield every each any a an most some per plough whit pancake manic"
)
PROPER_AFTER = re.compile(
    r"[^\S\n](?:Times|Mail|Mirror|Post|Telegraph|Express|Independent|Herald|Night Football|Night Live|People|Agreement|Brewing|School|schools?|prayers?|"
    r"Sun|World|Tribune|Business Post)\b"
)
OCCASION = re.compile(
    r"[^\S\n](?:terrorist |terror |bomb )?(?:attacks?|plot|massacre|bombings?|uprising|coup|revolution|movement|alliance|massacres|committee|commission|"
    r"hijackers?|insurrection|riots?|brigades?)\b",
    re.IGNORECASE,
)

S = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\r?\n[^\S\n]{0,2})"
"""White space between words: some blanks, or one line break."""
MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|"
    r"Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![\w])"
)
FULL_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
DAY_OF_WEEK = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
FULL_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
WEEKDAY = rf"(?:(?P<weekday>{DAY_OF_WEEK})\.?,?{S})?"
DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
LAST_DAY = DAY.replace("<day>", "<last>")
DAYS = rf"{DAY}(?:{S}?(?:-|–|—|/|to|and|&|or){S}?{LAST_DAY})?"
YEAR = r"(?P<year>1[0-9]{3}|20[0-9]{2})"
END = r"(?![0-9%°]|[.,:/][0-9]|-(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.])[A-Za-z0-9])"
START = r"(?<![\w$£€¥#.,:/+’'–—-])"
NUMBER = r"(?P<number>an?|" + "|".join(w for w in NUMBERS if len(w) > 2) + r"|[1-9][0-9]{0,2})"
UNIT = r"(?P<unit>(?:day|week|fortnight|month|year|decade)s?|century|centuries)"
PART = rf"(?:{S}(?:early{S}|late{S})?(?:morning|afternoon|evening|night))?"
PERIOD = r"(?P<unit>week|weekend|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)"


def _month(text: str) -> int:
    return MONTHS.index(text[:3].lower()) + 1


def _weekday(text: str | None) -> int | None:
    return WEEKDAYS.index(text[:3].lower()) if text else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _unit(text: str) -> str:
    return "century" if text.lower() == "centuries" else text.lower().removesuffix("s")


def _word_before(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 24) : match.start()]
    found = re.search(r"([\w’'×]{1,24})[.]?[^\S\n]?(?:\r?\n)?[-(\[“\"]?\Z", before)
    return found[1] if found else ""


def _counted(match: re.Match[str]) -> bool:
    return COUNTED.match(match.string, match.end()) is not None


_EARLY_YEAR = re.compile(r",?[^\S\n](?:of[^\S\n])?[0-9]{3}\b(?!,)")
"""A year before 1000 after a month: not read, and so none is guessed."""


def _named_day(match: re.Match[str]) -> Meaning | None:
    """Read "1 February 2023", "Monday, Feb. 1-3, 2023", "19 December"."""
    got = match.groupdict()
    year = int(got["year"]) if got["year"] else None
    if not got["month"][0].isupper() and (year is None or got["month"].lower() in ("may", "mar", "march")):
        return None
    if year is None and (_counted(match) or not got["month"].strip(".").lower().startswith(MONTHS)):
        return None
    if year is None and _EARLY_YEAR.match(match.string, match.end()):
        return None
    fixed = year is None and OCCASION.match(match.string, match.end()) is not None
    return Calendar(year, _month(got["month"]), int(got["day"]), _weekday(got["weekday"]), int(got["last"]) if got["last"] else None, fixed)


def _month_year(match: re.Match[str]) -> Meaning | None:
    lower = match["month"][0].islower()
    if _counted(match) or (lower and match["month"].lower() in ("may", "mar", "march")):
        return None
    return Calendar(int(match["year"]), _month(match["month"]))


_ANOTHER_MONTH = re.compile(r"\s?(?:-|–|—|to|until|through|and)\s?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


def _bare_month(match: re.Match[str]) -> Meaning | None:
    """Read a month that stands alone; "May" and "March" need a preposition, and none may begin a person's name."""
    name, before = match["month"], _word_before(match).lower()
    after = match.string[match.end() : match.end() + 24]
    if _EARLY_YEAR.match(after):
        return None
    if _ANOTHER_MONTH.match(after):
        return Calendar(None, _month(name))
    if re.match(r"['’]s\b", after) and name in ("May", "April", "June", "August"):
        return None
    if re.match(r"[^\S\n](?!and\b|to\b|or\b)[A-Z][a-z]", after) and (name in ("May", "April", "June", "August") or before not in MONTH_CUES):
        return None
    if name == "May" and (before not in MONTH_CUES or (before in ("and", "to", "of", "by", "from", "after", "before") and re.match(r"[^\S\n]?[a-z]", after))):
        return None
    if name == "March" and (
        (before in ("the", "a", "and", "to") and re.match(r"[^\S\n](?:on|of|for|in|against|to (?!\w{3,9} [12][0-9]{3}))\b", after)) or not before
    ):
        return None
    return Calendar(None, _month(name)) if before in MONTH_CUES or name not in ("May", "April", "June", "August", "March") or before == "the" else None


def _bare_year(match: re.Match[str]) -> Meaning | None:
    """Read four digits as a year where nothing counts, numbers or measures with them."""
    year, word = int(match["year"]), _word_before(match)
    before = word.lower()
    after = match.string[match.end() : match.end() + 24]
    if _counted(match) or before in NUMBERED or before in QUANTIFIERS or (re.fullmatch(r"(?:about|around)", before) and year % 50 == 0):
        return None
    if before == "fiscal" or re.search(r"fiscal year[^\S\n]\Z", match.string[max(0, match.start() - 14) : match.start()], re.IGNORECASE):
        return None
    bare = word[:1].islower() and before not in YEAR_CUES and before != "the" and not before.endswith(("'s", "’s"))
    if bare and re.match(r"[^\S\n](?!has|was|is\b|its|his|this|as\b)[a-z]{3,}s\b", after):
        return None
    opened = match.string[match.start() - 1 : match.start()] in ("(", "[")
    closed = re.match(r"[)\].;,:]", after) is not None
    if year < 1900 and not (before in EARLY_CUES or before.endswith(("'s", "’s")) or opened or (closed and (not word or word[:1].isupper()))):
        return None
    if year < 1900 and before in ("of", "c", "ca", "for", "to", "and", "or", "around", "the", "after") and re.match(r"[^\S\n][a-z]{3,}s\b", after):
        return None
    return Calendar(year)


def _years(match: re.Match[str]) -> Meaning | None:
    """Read "1950-1953", "1914–18"; two digits that could be a month after a hyphen still lie within the range that is read."""
    first, last = int(match["year"]), int(match["last"])
    if last < 100:
        last += first // 100 * 100
    if _counted(match) or last <= first or last - first > 400 or match.string[: match.start()].rstrip()[-1:] == ":" or _word_before(match).lower() in NUMBERED:
        return None
    if match["mark"] in "-/" and len(match["last"]) == 2 and int(match["last"]) <= 12 and last - first > 1:
        return Calendar(first, int(match["last"])) if match["mark"] == "-" else None
    return periods.of_years(first, last, "interval", "explicit")


def _numeric(match: re.Match[str]) -> Meaning | None:
    """Read "01/02/2023": the day only where both orders agree or one is impossible, else the year, which is sure."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["mark"] == "." or first > 12:
        return Calendar(year, second, first)
    if second > 12 or first == second:
        return Calendar(year, first, second)
    return Calendar(year)


def _decade(match: re.Match[str]) -> Meaning | None:
    year = int(match["decade"])
    if year % 100 == 0 and year != 2000:
        return periods.of_years(year, year + 99, "interval", "explicit")
    return periods.of_years(year, year + 9, "decade", "explicit")


def _worded_decade(match: re.Match[str]) -> Meaning | None:
    year = 1900 + DECADES[match["decade"].lower()]
    return periods.of_years(year, year + 9, "decade", "explicit")


def _century(match: re.Match[str]) -> Meaning | None:
    before_christ = (match["era"] or "").upper().startswith("B")
    first, last = (ORDINALS.get(t.lower()) or int(re.sub(r"\D", "", t) or 0) for t in (match["first"], match["last"] or match["first"]))
    start, end = (periods.of_century(n, before_christ, "explicit") for n in (first, last))
    return Time(start.start, end.end, "interval", "explicit") if first and last else None


def _era(match: re.Match[str]) -> Meaning | None:
    era = match["era"] or match["ad"]
    year = int((match["number"] or match["later"]).replace(",", ""))
    return periods.of_year(1 - year if era.upper().startswith("B") else year, "explicit")


def _season(match: re.Match[str]) -> Meaning | None:
    return periods.of_season(int(match["year"]), match["season"].lower(), "explicit")


def _part_of_year(match: re.Match[str]) -> Meaning | None:
    number = int(match["q"]) if match["q"] else ORDINALS[match["nth"].lower()]
    months = 6 if (match["part"] or "").lower() == "half" else 3
    if number * months > 12:
        return None
    return periods.of_months(int(match["year"]), 1 + months * (number - 1), months, "interval", "explicit")


def _same(readings: Callable[[date], Time]) -> Relative:
    return Relative(lambda day: (readings(day), readings(day)))


_NOWADAYS = re.compile(
    r"\b(?:still|known|called|in use|used|remains?|continues?|than ever|nowadays|modern)\b|\|\s?['’]s (?:world|generation|standards|youth|society)\b",
    re.IGNORECASE,
)


def _means_nowadays(match: re.Match[str]) -> bool:
    """Tell whether "today" means these times: near "still", "known", "remains" and other words of what lasts."""
    start, end = match.span()
    before = re.split(r"[.!?]\s|\n", match.string[max(0, start - 70) : start])[-1]
    after = re.split(r"[.!?](?:\s|\Z)|\n", match.string[end : end + 40], maxsplit=1)[0]
    return _NOWADAYS.search(f"{before}|{after}") is not None


def _near_day(match: re.Match[str]) -> Meaning | None:
    """Read "today", "last night", "yesterday morning"; a capital after a name ("USA Today") is part of the name."""
    words = re.sub(r"\s+", " ", match[0].lower())
    before = match.string[max(0, match.start() - 30) : match.start()]
    if match[0][0] == "T" and re.search(r"[A-Z]\w{1,20}[^\S\n]\Z", before):
        return None
    if words == "today" and _means_nowadays(match):
        return None
    offsets = {"the day before yesterday": -2, "the day after tomorrow": 2, "last night": -1, "yesterday": -1, "tomorrow": 1}
    offset = next((n for w, n in offsets.items() if words.startswith(w)), 0)
    return _same(lambda day: periods.unit_at("day", day, offset, "dateline"))


def _which_period(match: re.Match[str]) -> Meaning | None:
    """Read "last week", "earlier this month", "next year", "the past quarter"."""
    unit, which = match["unit"].lower(), match["which"].lower()
    if unit == "weekend" or unit in periods.SEASONS:
        return _recurring(unit, which)
    offset = {"this": 0, "next": 1, "coming": 1}.get(which, -1)
    return _same(lambda day: periods.unit_at(unit, day, offset, "dateline"))


def _recurring(unit: str, which: str) -> Meaning:
    """Read "last summer", "this weekend": what has begun by the day of publication, or what comes next."""

    def readings(day: date) -> tuple[Time, Time]:
        near = [periods.unit_at(unit, day, n, "dateline") for n in (-2, -1, 0, 1)]
        past = [t for t in near if (t.start or "") <= day.isoformat()]
        ended = [t for t in past if (t.end or "") < day.isoformat()[: len(t.end or "")]]
        future = [t for t in near if (t.end or "") >= day.isoformat()[: len(t.end or "")]]
        if which in ("next", "coming"):
            return future[-1], future[-1]
        return (ended[-1], ended[-1]) if which in ("last", "past") else (past[-1], future[0])

    return Relative(readings)


_HABIT = re.compile(r"\b(?:every|each|per week|weekly|usually|normally|always)\b[^.!?\n]{0,40}\Z", re.IGNORECASE)
_RECURS = re.compile(r"s\b|[^\S\n](?:mornings|afternoons|evenings|nights|the [0-9])")


def _week_day(match: re.Match[str]) -> Meaning | None:
    """Read "on Monday": the nearest such day up to the day of publication, or from it on; "every Monday" and "Sunday Times" are none."""
    if _word_before(match).lower() in PROPER_DAYS or PROPER_AFTER.match(match.string, match.end()):
        return None
    if _HABIT.search(match.string, max(0, match.start() - 50), match.start()) or _RECURS.match(match.string, match.end()):
        return None
    weekday, which = _weekday(match["weekday"]), (match["which"] or "").lower()

    def readings(day: date) -> tuple[Time, Time]:
        back = (day.weekday() - (weekday or 0)) % 7
        past = day - timedelta(days=back or (7 if which in ("last", "past") else 0))
        future = day + timedelta(days=(7 - back if back else 7 if which == "next" else 0))
        chosen = (future, future) if which in ("next", "coming") else (past, past) if which in ("last", "past") else (past, future)
        return periods.of_day(chosen[0], "dateline"), periods.of_day(chosen[1], "dateline")

    return Relative(readings)


def _which_month(match: re.Match[str]) -> Meaning | None:
    """Read "last July": the latest July before the month of publication; "this July" is that of the year, "next July" the first after."""
    month, which = _month(match["month"]), match["which"].lower()

    def reading(day: date) -> Time:
        year = day.year - (which in ("last", "past") and month >= day.month) + (which in ("next", "coming") and month <= day.month)
        return periods.of_month(year, month, "dateline")

    return _same(reading)


def _month_of_year(match: re.Match[str]) -> Meaning | None:
    """Read "March last year", "in October of this year", "3 May next year"."""
    offset = {"this": 0, "next": 1, "coming": 1}.get(match["which"].lower(), -1)
    month, day = _month(match["month"]), match["day"]

    def reading(published: date) -> Time:
        year = published.year + offset
        return periods.of_day(date(year, month, int(day)), "dateline") if day else periods.of_month(year, month, "dateline")

    return _same(reading)


def _ago(match: re.Match[str]) -> Meaning | None:
    """Read "two days ago" as the day, "two weeks ago" as the week, "a decade ago" as the year it began from."""
    return _same(lambda day: _away(day, match, -1, "dateline"))


def _lately(match: re.Match[str]) -> Meaning | None:
    """Read "a few months ago", "in the past few days": how long is not told, only that it was before publication."""
    width = {"day": 10, "week": 10, "month": 7}.get(_unit(match["unit"] or match["units"]), 4)
    return _same(lambda day: Time(None, day.isoformat()[:width], "interval", "dateline"))


def _from_now(match: re.Match[str]) -> Meaning | None:
    return _same(lambda day: _away(day, match, 1, "dateline"))


def _away(day: date, match: re.Match[str], sign: int, basis: Basis) -> Time:
    unit = _unit(match["unit"])
    there = periods.shift(day, unit, sign * _number(match["number"]))
    grain = {"day": "day", "week": "week", "fortnight": "week", "month": "month"}.get(unit, "year")
    return periods.unit_at(grain, there, 0, basis)


def _stretch(match: re.Match[str]) -> Meaning | None:
    """Read "over the past year", "in the next five years": from the day of publication back or on, cut to the unit's precision."""
    if re.match(r"[^\S\n]of[^\S\n](?:his|her|its|their|the|my|our|a)\b", match.string[match.end() : match.end() + 12]):
        return None  # the last months of his life
    if not match["number"] and (match["unit"].lower().endswith("s") or not re.search(r"\bthe\s", match[0], re.IGNORECASE)):
        return None  # "in the past decades" does not say how many; "of next year" is the year, not a stretch
    unit, number = _unit(match["unit"]), _number(match["number"] or "one")
    sign = 1 if match["which"].lower() in ("next", "coming") else -1

    def reading(day: date) -> Time:
        low, high = sorted((periods.shift(day, unit, sign * number), day))
        width = {"day": 10, "week": 10, "fortnight": 10, "month": 10}.get(unit, 7 if number < 3 and unit == "year" else 4)
        return Time(low.isoformat()[:width], high.isoformat()[:width], "interval", "dateline")

    return _same(reading)


def _year_end(match: re.Match[str]) -> Meaning | None:
    return _same(lambda day: periods.of_day(date(day.year, 12, 31), "dateline"))


def _later(match: re.Match[str]) -> Meaning | None:
    """Read "a year later", "two days before that" from the time told before."""
    daily = _unit(match["unit"]) == "day"
    return Anchored(lambda day: _away(day, match, 1 if match["way"].lower() in ("later", "after") else -1, "context"), daily)


def _that_period(match: re.Match[str]) -> Meaning | None:
    """Read "that year", "the following day", "the month before"."""
    which = (match["which"] or match["way"] or "").lower()
    offset = {"following": 1, "next": 1, "after": 1, "previous": -1, "before": -1, "preceding": -1}.get(which, 0)
    unit = (match["unit"] or match["other"]).lower()
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    in_the_day = which == "" and match["unit"].lower() == "day" and match[0].lower().startswith(("earlier", "later"))
    return Anchored(lambda day: periods.unit_at(unit, day, offset, "context"), unit == "day", in_the_day)


def _rule(pattern: str, meaning: Callable[[re.Match[str]], Meaning | None], needs: str, flags: int = re.IGNORECASE) -> Rule:
    return re.compile(pattern, flags), meaning, tuple(need.replace("_", " ") for need in needs.split())


_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(ORDINALS, key=len, reverse=True))
_WHICH = r"(?P<which>this|last|next|past|coming)"
_DIGITS = "0 1 2 3 4 5 6 7 8 9"
_MONTHS = "january february march april may june july august september october november december"
_WHICHEVER = "this last next past coming"
_SEASONS = "spring summer autumn winter fall"
_PERIODS = ("week", "month", "quarter", "year", "decade", "century", *_SEASONS.split())
_WHICH_PERIODS = " ".join(f"{which}_{period}" for which in _WHICHEVER.split() for period in _PERIODS)
RULES: tuple[Rule, ...] = (
    _rule(
        rf"{START}(?P<year>[12][0-9]{{3}})[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>3[01]|[12][0-9]|0[1-9])(?:T[0-9:.]{{2,15}}(?:Z|"
        rf"[+-][0-9:]{{2,5}})?)?(?![\w-])",
        lambda m: Calendar(int(m["year"]), int(m["month"]), int(m["day"])),
        _DIGITS,
    ),
    _rule(rf"{START}(?P<first>3[01]|[12][0-9]|0?[1-9])(?P<mark>[./-])(?P<second>3[01]|[12][0-9]|0?[1-9])(?P=mark){YEAR}{END}", _numeric, _DIGITS),
    _rule(rf"(?<![\w.]){WEEKDAY}(?:the{S})?(?<![\w$£€.,:/-]){DAYS}{S}(?:day{S})?(?:of{S})?{MONTH}(?:,?{S}(?:of{S})?{YEAR}{END})?", _named_day, _DIGITS),
    _rule(
        rf"(?<![\w.]){WEEKDAY}{MONTH}{S}(?:the{S})?{DAYS}(?![0-9%]|,[0-9]{{3}}(?![0-9])|\.[0-9])(?:,?{S}?(?:of{S})?(?<=[\s,]){YEAR}{END})?",
        _named_day,
        _DIGITS,
    ),
    _rule(rf"\b{MONTH},?{S}(?:of{S})?{YEAR}{END}", _month_year, _DIGITS),
    _rule(rf"(?:(?<![\w-])|(?<=mid-)){FULL_MONTH}\b(?!\s?[-/][A-Z0-9])", _bare_month, _MONTHS, 0),
    _rule(rf"{START}(?P<year>1[0-9]{{3}}|20[0-9]{{2}})\s?(?P<mark>[-–—/])\s?(?P<last>1[0-9]{{3}}|20[0-9]{{2}}|[0-9]{{2}}){END}", _years, _DIGITS),
    _rule(
        rf"(?:{START}|(?<=mid-)|(?<=pre-)|(?<=post-)|(?<=early-)|(?<=late-)){YEAR}(?![\w%°]|[.,:/][0-9]|[-–—](?:[0-9]|(?!era)[A-Za-z]))",
        _bare_year,
        _DIGITS,
    ),
    _rule(r"(?:(?<![\w$£€.,])|(?<=mid-))(?:the\s)?(?P<decade>1[0-9]{2}0|20[0-9]0)['’]?s\b", _decade, "0s 0's 0’s"),
    _rule(r"\bthe\s(?:(?:early|late|mid)[\s-])?(?P<decade>" + "|".join(DECADES) + r")\b", _worded_decade, "ties"),
    _rule(
        rf"\b(?P<first>{_ORDINAL})(?:(?:{S}centur(?:y|ies))?{S}(?:and|to|or){S}(?:the{S})?(?P<last>{_ORDINAL}))?(?:{S}|-|{S}-{S})centur(?:y|"
        rf"ies)(?:{S}(?P<era>BCE?|B\.C\.|AD|CE))?",
        _century,
        "centur",
    ),
    _rule(
        rf"(?<![\w$.,])(?:(?P<ad>AD|A\.D\.){S}(?P<number>[1-9][0-9]{{0,3}})\b|(?P<later>[1-9][0-9]{{0,3}}|[1-9][0-9]?,[0-9]{{3}}){S}(?P<era>BCE?\b|"
        rf"B\.C\.|CE\b|AD\b|A\.D\.))",
        _era,
        _DIGITS,
        0,
    ),
    _rule(rf"\b(?P<season>spring|summer|autumn|winter|fall){S}(?:of{S})?{YEAR}{END}", _season, _SEASONS),
    _rule(
        rf"\b(?:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth){S}(?P<part>quarter|half)){S}(?:of{S})?{YEAR}{END}",
        _part_of_year,
        "q1 q2 q3 q4 quarter half",
    ),
    _rule(
        rf"\b(?:the{S}day{S}(?:before{S}yesterday|after{S}tomorrow)|(?:today|yesterday|tomorrow)(?:{PART})|tonight|this{S}(?:morning|afternoon|evening)|"
        rf"last{S}night|earlier{S}today|(?:on{S}|to{S})this{S}day)\b",
        _near_day,
        "today yesterday tomorrow tonight this_morning this_afternoon this_evening last_night this_day",
    ),
    _rule(rf"\b(?:(?:earlier|later|this){S})?{_WHICH}{S}{PERIOD}\b", _which_period, _WHICH_PERIODS),
    _rule(rf"\b(?P<mode>over|at|during|on|throughout){S}the{S}(?P<unit>weekend)\b", lambda m: _recurring("weekend", ""), "weekend"),
    _rule(
        rf"(?<![\w-])(?:(?:this{S})?{_WHICH}{S})?(?-i:{FULL_WEEKDAY}){PART}\b(?!,?\s(?:{FULL_MONTH.replace('<month>', '<m2>')}|[0-9]))",
        _week_day,
        "monday tuesday wednesday thursday friday saturday sunday",
    ),
    _rule(rf"\b{_WHICH}{S}(?-i:{FULL_MONTH})\b(?!\s[0-9])", _which_month, _WHICHEVER),
    _rule(rf"(?:(?<![\w$£€.,:/-]){DAY}{S})?(?-i:\b{FULL_MONTH}){S}(?:of{S})?{_WHICH}{S}year\b", _month_of_year, "last_year this_year next_year"),
    _rule(rf"\b(?:exactly{S})?{NUMBER}{S}{UNIT}{S}(?:ago|back)\b", _ago, "_ago _back"),
    _rule(
        rf"\b(?:(?:a{S}(?:few|couple{S}of)|several|some|many){S}(?P<unit>days|weeks|months|years){S}(?:ago|back)|the{S}(?:past|last){S}(?:few|"
        rf"couple{S}of|several){S}(?P<units>days|weeks|months|years))\b",
        _lately,
        "_ago _back past_ last_",
    ),
    _rule(rf"\b{NUMBER}{S}{UNIT}(?:{S}from{S}(?:now|today)|['’]s?{S}time)\b", _from_now, "from_now from_today 's_time ’s_time '_time ’_time"),
    _rule(
        rf"\b(?:over|in|during|for|within|throughout|across|the|of){S}(?:the{S})?(?P<which>past|last|next|coming|"
        rf"previous){S}(?:{NUMBER}{S})?(?P<unit>days|weeks|months?|years?|decades?|century|centuries)\b",
        _stretch,
        "past last next coming previous",
    ),
    _rule(rf"\b(?:(?:the{S})?end{S}of{S}(?:the|this){S}year|year[\s-]end)\b", _year_end, "end"),
    _rule(rf"\b{NUMBER}{S}{UNIT}{S}(?P<way>later|earlier|after{S}that|before{S}that)\b", _later, "later earlier after_that before_that"),
    _rule(
        rf"\b(?:(?:that|the{S}(?:same|(?P<which>following|next|previous|preceding))){S}(?P<unit>day|morning|afternoon|evening|night|week|weekend|month|"
        rf"year)|the{S}(?P<other>day|night|week|month|year){S}(?P<way>before|after))\b(?!{S}(?:yesterday|tomorrow))",
        _that_period,
        "that same following next previous preceding before after",
    ),
    _rule(rf"\b(?:earlier|later){S}in{S}the{S}(?P<unit>day)\b(?P<which>)(?P<other>)(?P<way>)", _that_period, "earlier later"),
)


def matches(text: str) -> Iterator[tuple[int, int, Meaning]]:
    """Yield start, end and meaning of what may be a time expression, by start, the longest first; they may overlap."""
    folded = " ".join(text.casefold().split())  # to search for a word is much faster than to try a pattern
    tried = [(i, pattern) for i, (pattern, _, needs) in enumerate(RULES) if any(part in folded for part in needs)]
    found = [(m.start(), -m.end(), i, m) for i, pattern in tried for m in pattern.finditer(text)]
    end = 0
    for start, minus_end, i, match in sorted(found, key=lambda f: f[:3]):
        if start >= end and (meaning := RULES[i][1](match)) is not None:
            end = -minus_end
            yield start, end, meaning
