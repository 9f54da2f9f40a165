"""How times relate, also open ones, vague ones, yearless ones and those outside the calendar of most libraries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.records import Time
from graphbuild.times import bounds, commonest, covering, fit, narrowest


def span(start: str | None, end: str | None, basis: str = "explicit") -> Time:
    return Time(start, end, "interval", basis)  # type: ignore[arg-type]


def at(date: str, basis: str = "explicit") -> Time:
    return span(date, date, basis)


YEARS = st.integers(-50, 12_000).map(lambda year: f"-{-year:04d}" if year < 0 else f"{year:04d}")
TIMES = st.one_of(
    st.none(), YEARS.map(at), st.dates().map(lambda d: at(d.isoformat())), st.dates().map(lambda d: at(d.isoformat()[:7])), st.just(at("--03-04"))
)


@given(TIMES, TIMES)
def test_fitting_is_symmetric_and_reflexive(left: Time | None, right: Time | None) -> None:
    assert fit(left, right) == fit(right, left)
    assert fit(left, left)
    assert fit(left, None)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (at("2031-03-04"), at("2031-03"), True),
        (at("2031-03-04"), at("2031"), True),
        (at("2031-03-04"), at("2031-04"), False),
        (at("2031-03-04"), span("2031-03-01", None), True),
        (at("2031-02-04"), span("2031-03-01", None), False),
        (at("--03-04"), at("2031-03-04"), True),
        (at("--03-04"), at("2031-03-05"), False),
        (at("-0043"), at("-0043-03"), True),
        (span("2031-03", "2031-05"), span("2031-04", "2031-06"), False),
    ],
)
def test_fit(left: Time, right: Time, expected: bool) -> None:
    assert fit(left, right) is expected


def test_a_yearless_time_has_no_bounds() -> None:
    assert bounds(at("--03-04")) is None
    assert bounds(at("2031")) == ((2031, 1, 1), (2031, 12, 31))


def test_the_narrowest_time_on_the_firmest_basis() -> None:
    assert narrowest([at("2031"), at("2031-03-04", "context"), at("2031-03-04")]) == at("2031-03-04")
    assert narrowest([]) is None


def test_one_time_over_several() -> None:
    assert covering([at("2031-03-04"), at("2029")]) == span("2029", "2031-03-04")
    assert covering([at("2031-03-04"), at("2031")]) == at("2031-03-04")
    assert covering([at("2031", "context"), at("2029"), at("--03-04")]) == span("2029", "2031", "context")
    assert covering([]) is None


def test_the_time_told_most_often() -> None:
    assert commonest([at("1999"), at("1998-01-02"), at("1999")]) == at("1999")
    assert commonest([at("1999"), at("1998-01-02")]) == at("1998-01-02")
