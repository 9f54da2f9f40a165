"""Python's search for reference cycles, paused while very many objects are made, and kept away from what stays.

No record is in a cycle, but the search goes through all of them again whenever their number has grown by a quarter: a third of the
time of an assembly. What is let go of is still freed at once, as its references are counted. Model and gazetteer are let go of by
nobody while documents are read, and to go through them again and again took a thirtieth of that time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
    """Keep the search away from all that there is now, until the process or a `loading` around it ends."""
    gc.freeze()


@contextmanager
def loading() -> Iterator[None]:
    """Let what is spared within be searched again afterwards, unless something was spared before."""
    spared = gc.get_freeze_count()
    try:
        yield
    finally:
        if not spared:
            gc.unfreeze()
