"""Confidence grows with scores and independent sources, and copies add nothing."""

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.confidence import CEILING, confidence, independent_sources
from graphbuild.records import Evidence, Span


def evidence(document: str, quote: str, score: float) -> Evidence:
    return Evidence(document, Span(0, len(quote)), quote, "rule", score=score)


ANY = st.lists(st.builds(evidence, st.sampled_from("abc"), st.sampled_from(["x met y", "x saw y", "y met x"]), st.floats(0, 1)), min_size=1, max_size=6)


@given(ANY, st.floats(0, 1))
def test_more_evidence_never_lowers_it(given_evidence: list[Evidence], score: float) -> None:
    more = [*given_evidence, evidence("another", "told anew", score)]
    assert 0 <= confidence(given_evidence) <= confidence(more) <= CEILING
    assert independent_sources(more) == independent_sources(given_evidence) + 1


@given(ANY)
def test_order_does_not_matter(given_evidence: list[Evidence]) -> None:
    assert confidence(given_evidence) == confidence(given_evidence[::-1])


def test_copies_are_one_source() -> None:
    printed = [evidence("a", "x met y", 0.5), evidence("b", "X  met\ny", 0.5)]
    assert (confidence(printed), independent_sources(printed)) == (0.5, 1)
    told = [evidence("a", "x met y", 0.5), evidence("b", "y saw x", 0.5)]
    assert (confidence(told), independent_sources(told)) == (0.75, 2)
