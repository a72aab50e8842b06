"""Pauses the garbage collector while millions of cells, or the leads of a large book, are made: none of them is garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_collector() -> Iterator[None]:
    """No cyclic garbage collection inside; restored afterwards. What is left then counts as old: it is looked through when all
    is, not at once."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            # to the oldest generation at once, and out of the one that is never looked through
            gc.freeze()
            gc.unfreeze()
            gc.enable()
