"""Python's search for reference cycles, paused while very many records are made.

No record is in a cycle, but the search goes through all of them again whenever their number has grown by a quarter: a third of the
time of an assembly. What is let go of is still freed at once, as its references are counted.
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
