"""The search for cycles is paused while many records are made, and goes on afterwards, whatever happens."""

import gc

import pytest

from graphbuild.errors import DuplicateDocument
from graphbuild.garbage import loading, no_search_for_cycles, spare_what_is_loaded
from graphbuild.graph import assemble
from graphbuild.records import Document, Extraction


def test_it_is_paused_within_and_as_before_afterwards() -> None:
    for going_on in (True, False):
        (gc.enable if going_on else gc.disable)()
        try:
            with no_search_for_cycles():
                assert not gc.isenabled()
                with no_search_for_cycles():
                    assert not gc.isenabled()
                assert not gc.isenabled()
            assert gc.isenabled() == going_on
        finally:
            gc.enable()


def test_an_assembly_that_fails_lets_it_go_on() -> None:
    seen = []

    def extractions():
        seen.append(gc.isenabled())
        yield from (Extraction(Document("a", "a.txt", text)) for text in ("one", "two"))

    with pytest.raises(DuplicateDocument):
        assemble(extractions())
    assert seen == [False]
    assert gc.isenabled()


def test_what_is_loaded_is_spared_until_the_outermost_loading_ends() -> None:
    assert not gc.get_freeze_count()
    often = gc.get_threshold()
    with loading():
        spare_what_is_loaded()
        with loading():
            spare_what_is_loaded()
        assert gc.get_freeze_count()
        assert gc.get_threshold() > often
    assert not gc.get_freeze_count()
    assert gc.get_threshold() == often
