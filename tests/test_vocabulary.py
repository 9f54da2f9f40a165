"""Ids and IRIs come from content, are ASCII, and stay apart."""

import re

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.vocabulary import Minter, digest, encode, expand, node_id, slug

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_every_name_makes_a_valid_iri(name: str) -> None:
    iri = Minter().document(name)
    assert iri.isascii()
    assert pyoxigraph.NamedNode(iri).value == iri


@given(ANY_TEXT, ANY_TEXT)
def test_different_names_make_different_iris(left: str, right: str) -> None:
    assert (encode(left) == encode(right)) == (left == right)


@given(ANY_TEXT)
def test_a_node_id_needs_no_encoding(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", node_id(("Person", name), name))


def test_parts_of_a_digest_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == "4162fddd39a3e4225e8e"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Mara Ilves", "mara-ilves"), ("Île-de-Sée", "ile-de-see"), ("東京", ""), ("x" * 99, "x" * 40), ('"</script>', "script")],
)
def test_slugs_are_for_people(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_curie_is_expanded_and_an_iri_is_left_alone() -> None:
    assert expand("schema:Person") == "https://schema.org/Person"
    assert expand("http://x.example/a") == "http://x.example/a"
    assert expand("unknown:a") == "unknown:a"


def test_dots_do_not_vanish_from_a_path() -> None:
    assert Minter("http://x.example/").document("..") == "http://x.example/document/%2E%2E"
