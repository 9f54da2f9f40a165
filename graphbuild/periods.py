"""Calendar arithmetic: days, weeks, months, seasons, decades and centuries as `Time` values.

Weeks run from Monday to Sunday (ISO 8601). Seasons are those of the northern hemisphere, winter from December of the year
named to February. Years before Christ are numbered as in ISO 8601, where year 0 is 1 BC. Decades and centuries are counted as
in EDTF: the 1990s are 1990 to 1999, the 20th century 1900 to 1999.
"""

import calendar
from datetime import date, timedelta

from graphbuild.records import Basis, Precision, Time

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season."""


def year_text(year: int) -> str:
    """Write a year as ISO 8601 does: four digits, negative from 2 BC backwards."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def single(value: str, precision: Precision, basis: Basis) -> Time:
    """Make the time of one day, month or year."""
    return Time(value, value, precision, basis)


def of_text(text: str, basis: Basis) -> Time:
    """Make the time of one day, month or year as ISO 8601 writes it; a day may lack its year.

    >>> of_text("2022-12", "explicit").precision, of_text("--12-24", "explicit").precision
    ('month', 'day')
    """
    precisions: dict[int, Precision] = {4: "year", 7: "month"}
    return single(text, "day" if text.startswith("--") else precisions.get(len(text), "day"), basis)


def of_day(day: date, basis: Basis) -> Time:
    """Make the time of one day."""
    return single(day.isoformat(), "day", basis)


def of_days(start: date, end: date, basis: Basis) -> Time:
    """Make the time from one day to another, both included."""
    return Time(start.isoformat(), end.isoformat(), "interval", basis)


def of_month(year: int, month: int, basis: Basis) -> Time:
    """Make the time of one month."""
    return single(f"{year_text(year)}-{month:02d}", "month", basis)


def of_year(year: int, basis: Basis) -> Time:
    """Make the time of one year."""
    return single(year_text(year), "year", basis)


def of_years(start: int, end: int, precision: Precision, basis: Basis) -> Time:
    """Make the time from one year to another, both included."""
    return Time(year_text(start), year_text(end), precision, basis)


def of_months(year: int, month: int, count: int, precision: Precision, basis: Basis) -> Time:
    """Make the time of `count` months that begin with the given one.

    >>> of_months(2022, 12, 3, "season", "explicit")
    Time(start='2022-12', end='2023-02', precision='season', basis='explicit')
    """
    last_year, last_month = _add_months(year, month, count - 1)
    return Time(f"{year_text(year)}-{month:02d}", f"{year_text(last_year)}-{last_month:02d}", precision, basis)


def of_season(year: int, name: str, basis: Basis) -> Time:
    """Make the time of a season, `name` being a key of `SEASONS`."""
    return of_months(year, SEASONS[name], 3, "season", basis)


def of_century(number: int, before_christ: bool, basis: Basis) -> Time:
    """Make the time of the n-th century after (or before) Christ."""
    if before_christ:
        return of_years(1 - 100 * number, -100 * (number - 1), "interval", basis)
    return of_years(100 * (number - 1), 100 * number - 1, "interval", basis)


def unit_at(unit: str, day: date, offset: int, basis: Basis) -> Time:
    """Return the whole calendar unit that lies `offset` units from the one around `day`.

    `unit` is day, week, weekend, month, quarter, year, decade, century or a season. The weekend around a weekday is the one
    that ends its week.

    >>> unit_at("week", date(2023, 2, 1), -1, "dateline")
    Time(start='2023-01-23', end='2023-01-29', precision='interval', basis='dateline')
    """
    if unit in SEASONS:
        return of_season(day.year + offset, unit, basis)
    if unit in ("day", "week", "weekend"):
        return _days_at(unit, day, offset, basis)
    if unit in ("month", "quarter"):
        return _months_at(unit, day, offset, basis)
    if unit == "year":
        return of_year(day.year + offset, basis)
    length = 10 if unit == "decade" else 100
    first = (day.year // length + offset) * length
    return of_years(first, first + length - 1, "decade" if unit == "decade" else "interval", basis)


def _days_at(unit: str, day: date, offset: int, basis: Basis) -> Time:
    if unit == "day":
        return of_day(day + timedelta(days=offset), basis)
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return of_days(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6), basis)


def _months_at(unit: str, day: date, offset: int, basis: Basis) -> Time:
    if unit == "month":
        return of_month(*_add_months(day.year, day.month, offset), basis)
    return of_months(*_add_months(day.year, day.month - (day.month - 1) % 3, 3 * offset), 3, "interval", basis)


def shift(day: date, unit: str, count: int) -> date:
    """Return the day `count` units (day, week, month, year, decade, century) away, at most the last of its month.

    Raises ValueError or OverflowError where the calendar ends.

    >>> shift(date(2023, 3, 31), "month", -1)
    datetime.date(2023, 2, 28)
    """
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    year, month = _add_months(day.year, day.month, count * months)
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} lies outside the calendar")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _add_months(year: int, month: int, count: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + count
    return total // 12, total % 12 + 1
