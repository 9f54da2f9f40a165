"""Text repair: what is repaired, what stays, and that every character still knows where it came from."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.boilerplate import is_boilerplate
from graphbuild.clean import clean

REPAIRED = [
    # date line
    (" date 2023-02-01 \n\nThe talks ended.", "\n\nThe talks ended."),
    ("SEOUL, Feb. 1, 2023 (Yonhap) -- The talks ended.", "The talks ended."),
    # mojibake
    ("The ministerâ€™s cafÃ©", "The minister’s café"),
    ("â€œPeace,â€\x9d he said â€“ twice.", "“Peace,” he said – twice."),
    ("A dove ðŸ•Š flew.", "A dove 🕊 flew."),
    # characters
    ("One\r\ntwo\r\n\r\nThree", "One two\n\nThree"),
    ("10\xa0million\u202fpeople", "10 million people"),
    ("co\xadopera\u200btion\ufeff", "cooperation"),
    ("fifth\u2011generation", "fifth-generation"),
    ("Two\u2028Lines", "Two\nLines"),
    # doubled words
    ("in Seoul, South Korea, today today.", "in Seoul, South Korea, today."),
    ("The the talks ended with with the\nthe minister.", "The talks ended with the minister."),
    ("They signed the agreement agreement on Monday.", "They signed the agreement on Monday."),
    # stray quotation marks
    ("He said “we stay together.” security”.", "He said “we stay together.” security."),
    ('He left." She stayed.', "He left. She stayed."),
    # glued words
    ("the [Republic of Korea]and together", "the [Republic of Korea] and together"),
    ("The talks ended.The minister left.", "The talks ended. The minister left."),
    ("“We agree.”The minister left.", "“We agree.” The minister left."),
    ("the United Nations (New York)said", "the United Nations (New York) said"),
    ("Is it over?No.", "Is it over? No."),
    ("The league was founded by Lind,[1] a judge.[2][3] It closed.[citation needed]", "The league was founded by Lind, a judge. It closed."),
    ("It ended in May.[3]Lind left.", "It ended in May. Lind left."),
    ("Rui Andrade(Benguela, 1961) is a judge.", "Rui Andrade (Benguela, 1961) is a judge."),
    ("The Tall (Arabic: التل, Kurdish: Girê) is a hill.", "The Tall is a hill."),
]

KEPT = [
    "",
    " ",
    "🕊 👩‍👩‍👧 e\u0301 한국 العربية",
    # doubled words that English allows
    "She had had enough.",
    "He said that that was so.",
    "What it is is a mistake.",
    "They met in New York, New York.",
    "Boutros Boutros-Ghali spoke.",
    "Walla Walla and Bora Bora are towns.",
    "It is very very cold, and no, no, they will not.",
    "He gave 10 10 times.",
    "They sang la la la, again and again.",
    "In Paris Paris won.",
    "They went on on Monday.",
    "Knock knock.",
    "the so-called called-up men",
    # quotation marks that are right
    "“We stay,” he said. “We win.”",
    "“We stay.\n\n“We win,” he said.",
    'He is 6\'2" tall and said "no".',
    # dots and brackets that are right
    "See https://www.Example.com/Some.Page and mail J.Doe@Example.com or report.Final.docx at 3.5 U.S. dollars.",
    "The U.S.A. and J.D. Vance, St. Petersburg",
    "“[T]he talks,” (un)likely person(s)are f(x)y",
    "He called [the minister] today.",
    "Lind v. Novak [2014] UKSC 3 was cited, and item [1] read.",
    "The member(s) met.",
]


@pytest.mark.parametrize(("raw", "text"), REPAIRED)
def test_what_is_repaired(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize("raw", KEPT)
def test_what_stays(raw):
    assert clean(raw).text == raw


@pytest.mark.xfail(reason="a comma without its space is left: in numbers and lists of codes it is right", strict=True)
def test_known_failure_glued_comma():
    assert clean("in Seoul,South Korea").text == "in Seoul, South Korea"


@pytest.mark.xfail(reason="a full stop glued between lower-case words looks like a file name or a domain", strict=True)
def test_known_failure_glued_lower_case():
    assert clean("The talks ended.he left").text == "The talks ended. he left"


def test_the_way_back_over_a_doubled_word_and_mojibake():
    raw = "The ministerâ€™s talks in Seoul today today.The end"
    fixed = clean(raw)
    for words, origin in [("minister’s", "ministerâ€™s"), ("Seoul", "Seoul"), ("The end", "The end"), ("’", "â€™")]:
        at = fixed.text.index(words)
        span = fixed.raw_span(at, at + len(words))
        assert raw[span.start : span.end] == origin
        assert fixed.clean_span(span.start, span.end).start == at


def test_paragraphs_by_blank_lines_and_lines():
    fixed = clean("A headline\nThe first paragraph ends.\nThe second\ngoes on.\n\n\nThe third.")
    assert [fixed.text[p.start : p.end] for p in fixed.paragraphs] == ["A headline", "The first paragraph ends.", "The second goes on.", "The third."]


def test_wrapped_paragraphs_are_joined():
    lines = ["The defence ministers of the two countries met in Seoul on", "Wednesday to speak about the state of the alliance, and about", "Japan."]
    assert clean("\n".join(lines)).text == " ".join(lines)


def test_boilerplate_lines_are_marked_and_stay():
    fixed = clean("The talks ended.\n\nRead more: Talks in Seoul\n\nShare | Tweet\n\nThe end.")
    assert [fixed.text[p.start : p.end] for p in fixed.paragraphs] == ["The talks ended.", "The end."]
    assert [fixed.text[p.start : p.end] for p in fixed.boilerplate] == ["Read more: Talks in Seoul", "Share | Tweet"]


@pytest.mark.parametrize(
    "line",
    [
        "(AP Photo/John Doe)",
        "Photo: Getty Images",
        "© 2023 The Paper",
        "All rights reserved.",
        "Reporting by A. Doe; Editing by B. Roe",
        "Sign up for our newsletter",
        "Advertisement",
    ],
)
def test_boilerplate(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "Photographs of soldiers have circulated.",
        "Follow-up talks failed.",
        "Reporters asked.",
        "Next week they meet.",
        "Images of the attack were shown.",
        "Read the treaty.",
    ],
)
def test_prose_is_no_boilerplate(line):
    assert not is_boilerplate(line)


DIRTY = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "today today",
                "the the ",
                "\r\n",
                "\r",
                "\n\n",
                " ",
                "\xa0",
                "\u200b",
                "\xad",
                "â€™",
                "Ã©",
                "cafÃ©",
                "ðŸ•Š",
                "“",
                "”",
                '"',
                ".The ",
                "[Re Co]and",
                " date 2023-02-01 \n",
                "👩‍👩‍👧",
                "Word",
            ]
        ),
    )
).map("".join)


@given(DIRTY)
def test_the_map_is_monotone_and_within_the_raw_text(raw):
    fixed = clean(raw)
    assert len(fixed.text) == len(fixed.starts) == len(fixed.ends)
    assert list(fixed.starts) == sorted(fixed.starts)
    assert list(fixed.ends) == sorted(fixed.ends)
    assert all(0 <= start <= end <= len(raw) for start, end in zip(fixed.starts, fixed.ends, strict=True))


@given(DIRTY)
def test_each_character_comes_from_its_raw_range(raw):
    fixed = clean(raw)
    for character, start, end in zip(fixed.text, fixed.starts, fixed.ends, strict=True):
        origin = raw[start:end]
        put_in = origin == "" and character == " "
        white = character.isspace() and (not origin.strip() or not origin.isprintable())
        hyphen = character == "-" and origin == "\u2011"
        assert put_in or white or hyphen or origin == character or (not origin.isascii() and not character.isascii())


@given(DIRTY)
def test_paragraphs_are_trimmed_ordered_and_hold_all_words(raw):
    fixed = clean(raw)
    spans = sorted((*fixed.paragraphs, *fixed.boilerplate))
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(fixed.text[s.start : s.end] == fixed.text[s.start : s.end].strip() != "" for s in spans)
    assert "".join("".join(fixed.text[s.start : s.end] for s in spans).split()) == "".join(fixed.text.split())


def test_long_hostile_text_is_quick():
    for piece in ["a ", "[A", '"', "”", "a.A", "\n", "Ã", "\u200d", "( A", "1 "]:
        clean(piece * 20_000)
