"""How two times relate: bounds that can be compared, containment, and one time for several that are told.

Times are cut to their precision ("2023", "2023-02"), may be open, and may lack their year ("--11-17"). Bounds are (year, month,
day) triples, so that years before Christ and after 9999 compare as well.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from graphbuild.records import Time

Bound = tuple[int, int, int]

_DATE = re.compile(r"(-?\d{4,})(?:-(\d{2}))?(?:-(\d{2}))?")
_EARLIEST: Bound = (-(10**9), 1, 1)
_LATEST: Bound = (10**9, 12, 31)
_BASIS_ORDER = ("explicit", "dateline", "context")


def bounds(time: Time) -> tuple[Bound, Bound] | None:
    """Return the first and last day of a time; None where it lacks its year.

    >>> bounds(Time("2023-02", "2023-02", "month", "explicit"))
    ((2023, 2, 1), (2023, 2, 31))
    """
    low = _bound(time.start, (1, 1)) if time.start else _EARLIEST
    high = _bound(time.end, (12, 31)) if time.end else _LATEST
    return (low, high) if low and high else None


def fit(left: Time | None, right: Time | None) -> bool:
    """Tell whether two times can be one: one is missing, they are equal, or one lies within the other."""
    if left is None or right is None or (left.start, left.end) == (right.start, right.end):
        return True
    ours, theirs = bounds(left), bounds(right)
    if ours is None or theirs is None:
        return _yearless_fits(left, right) or _yearless_fits(right, left)
    return _within(ours, theirs) or _within(theirs, ours)


def narrowest(times: Iterable[Time]) -> Time | None:
    """Return the most precise of times that fit each other, of equal ones the one on the firmest basis."""
    return min(times, key=_vagueness, default=None)


def covering(times: Sequence[Time]) -> Time | None:
    """Return one time for a state that is told of at several: the narrowest if all fit, else from the first to the last."""
    dated = [time for time in times if bounds(time)] or list(times)
    if all(fit(a, b) for a in dated for b in dated):
        return narrowest(dated)
    first = min(dated, key=lambda t: (bounds(t) or (_EARLIEST, _LATEST))[0])
    last = max(dated, key=lambda t: (bounds(t) or (_EARLIEST, _LATEST))[1])
    basis = max((t.basis for t in dated), key=_BASIS_ORDER.index)
    return Time(first.start, last.end, "interval", basis)


def commonest(times: Sequence[Time]) -> Time | None:
    """Return the time that is told most often, then the most precise one, then the earliest."""
    counts = Counter((time.start, time.end) for time in times)
    return min(times, key=lambda t: (-counts[t.start, t.end], _vagueness(t)), default=None)


def _bound(date: str, rest: tuple[int, int]) -> Bound | None:
    match = _DATE.fullmatch(date)
    if not match:
        return None
    year, month, day = match.groups()
    return int(year), int(month or rest[0]), int(day or rest[1])


def _within(inner: tuple[Bound, Bound], outer: tuple[Bound, Bound]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _yearless_fits(yearless: Time, dated: Time) -> bool:
    start = yearless.start or ""
    return start.startswith("--") and yearless.end == start and dated.start == dated.end and (dated.start or "").endswith(start[1:])


def _vagueness(time: Time) -> tuple[int, int, str, str]:
    span = bounds(time)
    days = 10**12 if span is None else _ordinal(span[1]) - _ordinal(span[0])
    return days, _BASIS_ORDER.index(time.basis), time.start or "", time.end or ""


def _ordinal(bound: Bound) -> int:
    year, month, day = bound
    return year * 372 + month * 31 + day
