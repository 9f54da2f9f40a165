"""Date lines and time expressions: what is found, what it resolves to, and what is no date."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.dates import dateline, find_times
from graphbuild.records import Span, Time
from graphbuild.timewords import RULES
from training.corpus.reader import read_corpus

PUBLISHED = date(2023, 2, 1)  # a Wednesday


def values(text, published=PUBLISHED):
    return [f"{e.time.start}/{e.time.end}" if e.time and e.time.start != e.time.end else e.time and e.time.start for e in find_times(text, published)]


DATE_LINES = [
    (" date 2023-02-01 \n\nThe secretary spoke.", "2023-02-01", " date 2023-02-01 "),
    ("2023-02-01T10:00:00Z\nThe secretary spoke.", "2023-02-01T10:00:00Z", "2023-02-01T10:00:00Z"),
    ("Published: 1 February 2023\nThe secretary spoke.", "1 February 2023", "Published: 1 February 2023"),
    ("Talks end in Seoul\nWednesday, February 1, 2023\nThe secretary spoke.", "Wednesday, February 1, 2023", "Wednesday, February 1, 2023"),
    ("Talks\r\n\r\nUpdated Feb. 1, 2023, 10:30 p.m. EST\r\nThe secretary spoke.", "Feb. 1, 2023", "Updated Feb. 1, 2023, 10:30 p.m. EST"),
    ("WASHINGTON, Feb. 1, 2023 (Reuters) – The secretary spoke.", "Feb. 1, 2023", "WASHINGTON, Feb. 1, 2023 (Reuters) – "),
    ("SEOUL, South Korea, 1 February 2023 -- The secretary spoke.", "1 February 2023", "SEOUL, South Korea, 1 February 2023 -- "),
]


@pytest.mark.parametrize(("text", "words", "line"), DATE_LINES)
def test_date_line(text, words, line):
    found = dateline(text)
    assert found is not None
    assert found.published == PUBLISHED
    assert text[found.span.start : found.span.end] == words
    assert text[found.line.start : found.line.end].strip() == line.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The secretary spoke on 1 February 2023.",
        "2023-02-31\nText.",
        "The report of 2023-02-01 says so.",
        "A very long first paragraph. " * 20 + "\n2023-02-01\n",
        "WASHINGTON, Feb. 1 (Reuters) - No year.",
    ],
)
def test_no_date_line(text):
    assert dateline(text) is None


EXPLICIT = [
    ("on 1 February 2023", "2023-02-01"),
    ("on Feb. 1, 2023, they", "2023-02-01"),
    ("the 1st of February 2023", "2023-02-01"),
    ("MARCH 3, 2021", "2021-03-03"),
    ("in March 2021", "2021-03"),
    ("in 1999", "1999"),
    ("the 2014 elections", "2014"),
    ("(Doe, 1987)", "1987"),
    ("the Korean War of 1950-1953", "1950/1953"),
    ("the war of 1914–18", "1914/1918"),
    ("the 1990s", "1990/1999"),
    ("the sixties", "1960/1969"),
    ("the 19th century", "1800/1899"),
    ("from the 15th to the 19th century", "1400/1899"),
    ("508 BC", "-0507"),
    ("from 5 to 6 April 2016", "2016-04-05/2016-04-06"),
    ("April 5–6, 2016", "2016-04-05/2016-04-06"),
    ("March to August 2011", "2011-03/2011-08"),
    ("between July 2003 and December 2004", "2003-07/2004-12"),
    ("Nov. 20, 2015-Jan. 11, 2016", "2015-11-20/2016-01-11"),
    ("December to January 2016", "2015-12/2016-01"),
    ("since 2012", "2012/None"),
    ("until March 2014", "None/2014-03"),
    ("in the summer of 2012", "2012-06/2012-08"),
    ("the first half of 2020", "2020-01/2020-06"),
    ("Q3 2021", "2021-07/2021-09"),
    ("13/02/2023", "2023-02-13"),
    ("01/02/2023", "2023"),  # two orders are in use: only the year is sure
    ("2010-11 season", "2010/2011"),
]
RELATIVE = [
    ("They met today.", "2023-02-01"),
    ("They met yesterday morning.", "2023-01-31"),
    ("They will meet tomorrow.", "2023-02-02"),
    ("the day before yesterday", "2023-01-30"),
    ("They met on Monday.", "2023-01-30"),
    ("They met on Wednesday.", "2023-02-01"),
    ("They met last Wednesday.", "2023-01-25"),
    ("They will meet on Monday.", "2023-02-06"),
    ("They met last week.", "2023-01-23/2023-01-29"),
    ("earlier this month", "2023-02"),
    ("next year", "2024"),
    ("They met two days ago.", "2023-01-30"),
    ("a year ago", "2022"),
    ("They met several months ago.", "None/2023-02"),
    ("In the past few days, they met.", "None/2023-02-01"),
    ("two weeks ago", "2023-01-16/2023-01-22"),
    ("Over the past year, they met.", "2022-02/2023-02"),
    ("the coup attempt last July", "2022-07"),
    ("the attack this morning", "2023-02-01"),
    ("last summer", "2022-06/2022-08"),
    ("over the weekend", "2023-01-28/2023-01-29"),
    ("by the end of the year", "None/2023-12-31"),
    ("They met on 17 November.", "2022-11-17"),
    ("They will meet on May 16.", "2023-05-16"),
    ("Talks began on 20 January and will go on.", "2023-01-20"),
    ("On Monday 19 December they met.", "2022-12-19"),
    ("They met in December.", "2022-12"),
    ("They will meet in December.", "2023-12"),
    ("since last July", "2022-07/None"),
]


@pytest.mark.parametrize(("text", "value"), EXPLICIT)
def test_explicit_dates(text, value):
    assert values(text) == [value]
    assert find_times(text)[0].time == find_times(text, PUBLISHED)[0].time
    assert find_times(text)[0].time.basis == "explicit"


@pytest.mark.parametrize(("text", "value"), RELATIVE)
def test_relative_dates(text, value):
    assert values(text) == [value]
    assert find_times(text, PUBLISHED)[0].time.basis == "dateline"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2015 they met. A year later, they parted.", ["2015", "2016"]),
        ("In January 1835 he came. In June he left.", ["1835-01", "1835-06"]),
        ("He came on 14 May 1948 and left the next day.", ["1948-05-14", "1948-05-15"]),
        ("Born in 1892, he moved that year.", ["1892", "1892"]),
    ],
)
def test_times_that_lean_on_the_time_before(text, found):
    assert values(text) == found
    assert find_times(text)[-1].time.basis == "context"


def test_without_a_day_of_publication_the_year_stays_open_and_relative_times_unresolved():
    text = "On 17 November, and on Monday 19 December, they met again; they will meet tomorrow, in March."
    assert values(text, None) == ["--11-17", "--12-19", None, "--03"]


def test_both_readings_are_there_for_who_knows_the_tense():
    (monday,) = find_times("The meeting on Monday", PUBLISHED)
    assert (monday.past.start, monday.future.start) == ("2023-01-30", "2023-02-06")


def test_spans_cover_the_words():
    text = "They met on Monday, 30 January 2023, and since 2012."
    assert [text[e.span.start : e.span.end] for e in find_times(text)] == ["Monday, 30 January 2023", "since 2012"]
    assert find_times(text)[0].span == Span(12, 35)


def test_a_time_record_is_complete():
    assert find_times("in March 2021")[0].time == Time("2021-03", "2021-03", "month", "explicit")


NO_DATES = [
    "He may go. May he win. Theresa May's government and Prime Minister May spoke.",
    "They march on. March on Washington!",
    "the Sunday Times, Good Friday and every Monday",
    "2023 people, 1500 troops, over 2000 homes and $2000",
    "the 9/11 Commission",
    "a woman aged 14, and 21-14 was the score, 2-1",
    "Resolution 1973 and Flight 1999 and Room 2010",
    "30 February 2023",
    "USA Today reports",
    "at 2000 GMT, 1900 hours, 2000 km and 1950 metres",
    "call 555-2023 or see www.a.org/2023/01 v2.2010.1",
    "He died in his sixties.",
    "It is still used today.",
    "June Carter and April Jones sang with August Wilson.",
    "He waited for two years and twelve days.",
    "in recent years and in the past decades",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_false_dates(text):
    assert values(text) == []


def test_an_occasion_named_by_its_day_gets_no_year():
    assert values("the September 11 attacks") == ["--09-11"]


@pytest.mark.xfail(reason="habits look like dates: nothing but the verb's aspect tells them apart", strict=True)
def test_known_failure_a_habit():
    assert values("The monsoon comes in July.") == ["--07"]


@pytest.mark.xfail(reason="a year told in the sentence before anchors no month: as often it is an aside", strict=True)
def test_known_failure_the_year_of_the_sentence_before():
    assert values("In 1835 they met again. On 2 June they parted.")[1] == "1835-06-02"


@given(
    st.text()
    | st.lists(
        st.sampled_from(["May ", "5 ", "2016", "-", ",", " to ", "Monday ", "from ", "the ", "last ", "year", "\n", "ago ", "three ", "31 ", "February "])
    ).map("".join)
)
def test_any_text_gives_ordered_spans_and_readable_times(text):
    found = find_times(text, PUBLISHED)
    dateline(text)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(0 <= e.span.start < e.span.end <= len(text) for e in found)


@pytest.mark.parametrize("piece", ["the ", "May 5 ", "1 ", "from Monday to ", "2016-", " ", "\n", "late ", "first to ", "A", "A, ", "5/", "Feb. 1, 2023 ("])
def test_hostile_text_is_quick(piece):
    find_times(piece * 5_000, PUBLISHED)
    dateline(piece * 5_000)


def test_a_pattern_matches_only_where_a_word_that_it_needs_stands():
    texts = [text.text for text in read_corpus()]
    found = [(match[0], needs) for pattern, _, needs in RULES for text in texts for match in pattern.finditer(text)]
    assert len(found) > 1_000
    assert not [words for words, needs in found if not any(part in words.casefold() for part in needs)]
