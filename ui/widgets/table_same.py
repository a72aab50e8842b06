"""Which row of a list that was read again is the row that the keyboard was on."""

from collections.abc import Iterable
from typing import Any

#: where the rows of the lists keep their customer
_PEOPLE = ("risk", "person", "customer")
#: what a row is called that is about something else
_NAMES = ("id", "batch", "code", "index", "key")


def number_of(row: Any) -> str | None:
    """The customer number of a row of a list; None where the row is about nobody."""
    for holder in (row, *(getattr(row, name, None) for name in _PEOPLE)):
        number = getattr(holder, "customer_no", None)
        if isinstance(number, str) and number:
            return number
    return None


def place_of(row: Any, rows: Iterable[tuple[int, Any]]) -> int:
    """The number of the same row among `rows` (number, row), else of the row about the same thing or customer; -1 without."""
    name, like = _name(row), -1
    for number, one in rows:
        if one is row or one == row:
            return number
        if like < 0 and name is not None and type(one) is type(row) and _name(one) == name:
            like = number
    return like


def _name(row: Any) -> object:
    for name in _NAMES:
        value = getattr(row, name, None)
        if isinstance(value, (int, str)) and value != "":
            return name, value
    return number_of(row)
