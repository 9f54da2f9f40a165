"""Groups of things that agree."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.agreement import connected, twins
from graphbuild.gazetteer.names import name_key
from graphbuild.namesakes import block_keys, compatible

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]))
WORDS = st.sampled_from(["ann", "anna", "a", "reed", "r", "lee", "jr", "iii", "jung"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(PAIRS)
def test_no_group_holds_two_that_disagree(pairs: set[tuple[int, int]]) -> None:
    groups = twins(7, pairs)
    assert sorted(n for group in groups for n in group) == list(range(7))
    assert all(pair in pairs for group in groups for pair in combinations(group, 2))


@given(PAIRS)
def test_where_all_agree_twins_are_what_is_connected(pairs: set[tuple[int, int]]) -> None:
    components = connected(7, pairs)
    closed = {pair for group in components for pair in combinations(group, 2)}
    assert twins(7, closed) == components


@given(NAMES, NAMES)
def test_compatible_names_share_a_block_and_do_so_both_ways(left: str, right: str) -> None:
    assert compatible(left, right) == compatible(right, left)
    if compatible(left, right):
        assert set(block_keys(left)) & set(block_keys(right))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_compared(left: str, right: str) -> None:
    assert compatible(name_key(left), name_key(right)) in (True, False)
