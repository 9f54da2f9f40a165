"""Python's search for reference cycles, paused while very many objects are made, and kept away from what stays.

No record is in a cycle, but the search goes through all of them again whenever their number has grown by a quarter: a third of the
time of an assembly. What is let go of is still freed at once, as its references are counted. Model and gazetteer are let go of by
nobody while documents are read, and to go through them again and again took a thirtieth of that time. What a document leaves behind is
searched for with that of some others: once for each document, it took a hundredth.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEW: Final = 40_000
"""Objects more than before from which on the search begins: those that some twenty documents leave."""


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Pause the search; it goes on afterwards if it was going on before."""
    going_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if going_on:
            gc.enable()


def spare_what_is_loaded() -> None:
    """Keep the search away from all that there is now, and let it come less often, until the process or a `loading` around it ends."""
    gc.freeze()
    gc.set_threshold(_NEW, *gc.get_threshold()[1:])


@contextmanager
def loading() -> Iterator[None]:
    """Let what is spared within be searched again afterwards, unless something was spared before."""
    spared, often = gc.get_freeze_count(), gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*often)
        if not spared:
            gc.unfreeze()
