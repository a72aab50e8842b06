"""Drops what nobody sees (`base/unseen.py`) from cells and names, and the guard of ="0010" cells.

Standard library only, for the reading process.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from workbench.base.unseen import UNSEEN

#: a text that an export wrote as a formula, so that a spreadsheet keeps its zeros: ="0010000001"
_GUARD: Final = re.compile(r'\s*="([^"]*(?:""[^"]*)*)"\s*')
_SIGN: Final = '="'
#: cells of a column looked at together, and the length of their texts from which each distinct one is looked at alone:
#: a file may share one text of a megabyte among thousands of cells
_AT_ONCE: Final = 128
_LONG: Final = 1_000_000
#: characters that a cell of a spreadsheet holds at most; what is longer no spreadsheet wrote
LONGEST: Final = 32_767


class LongCell(Exception):
    """A text longer than a cell can be: its column and row among those looked at, and its length."""

    def __init__(self, column: int, row: int, length: int) -> None:
        super().__init__()
        self.column, self.row, self.length = column, row, length


def visible(text: str) -> str:
    """The text without characters that nobody sees, and without a ="…" guard around it."""
    if not text.isascii() or not text.isprintable():
        text = UNSEEN.sub("", text)
    if _SIGN in text and (guard := _GUARD.fullmatch(text)):
        return guard[1].replace('""', '"')
    return text


def cleaned(columns: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The columns with every text made `visible`; a column in which nothing is to be done stays the same object.

    Raises LongCell.
    """
    made = []
    for number, cells in enumerate(columns):
        try:
            made.append(_column(cells))
        except OverflowError:
            row = next(at for at, cell in enumerate(cells) if isinstance(cell, str) and len(cell) > LONGEST)
            raise LongCell(number, row, len(cells[row])) from None
    return made


def _column(cells: Sequence[Any]) -> Sequence[Any]:
    """A column made visible. Raises OverflowError for a text that no cell holds."""
    for at in range(0, len(cells), _AT_ONCE):
        some = cells[at : at + _AT_ONCE]
        joined = _joined(some)
        if len(joined) > LONGEST:
            _short(some)
        if len(joined) > _LONG:
            distinct = {cell for cell in cells if isinstance(cell, str)}
            _short(distinct)
            if all(map(_clean, distinct)):
                return cells
            break
        if not _clean(joined):
            break
    else:
        return cells
    distinct = {cell for cell in cells if isinstance(cell, str)}
    _short(distinct)
    seen = {cell: visible(cell) for cell in distinct}
    return tuple([seen[cell] if isinstance(cell, str) else cell for cell in cells])


def _short(cells: Iterable[Any]) -> None:
    """Raises OverflowError for a text that no cell holds."""
    if any(len(cell) > LONGEST for cell in cells if isinstance(cell, str)):
        raise OverflowError


def _joined(cells: Sequence[Any]) -> str:
    """The texts among the cells as one text."""
    try:
        return "".join(cells)  # the quickest way to ask whether all are texts
    except TypeError:
        return "".join([cell for cell in cells if cell.__class__ is str])


def _clean(joined: str) -> bool:
    if _SIGN in joined:
        return False
    return (joined.isascii() and joined.isprintable()) or UNSEEN.search(joined) is None
