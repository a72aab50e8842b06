"""Memory that was freed goes back to the system: what a paper took for a moment is not held for the rest of the day."""

import ctypes
import sys
from functools import cache


@cache
def _trim() -> "ctypes._NamedFuncPointer | None":
    """The C library's own way to give freed memory back; None where it has none and gives back by itself."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Give freed memory back to the system, where the C library holds it otherwise. Any thread may ask."""
    trim = _trim()
    if trim is not None:
        trim(0)
