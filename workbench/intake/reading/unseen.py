"""Drops what nobody sees (`base/unseen.py`) from cells and names, and the guard of ="0010" cells.

Standard library only, for the reading process.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from workbench.base.unseen import UNSEEN

#: a text that an export wrote as a formula, so that a spreadsheet keeps its zeros: ="0010000001"
_GUARD: Final = re.compile(r'\s*="([^"]*(?:""[^"]*)*)"\s*')
_SIGN: Final = '="'
#: cells of a column looked at together, and the length of their texts from which each distinct one is looked at alone:
#: a file may share one text of a megabyte among thousands of cells
_AT_ONCE: Final = 128
_LONG: Final = 1_000_000


def visible(text: str) -> str:
    """The text without characters that nobody sees, and without a ="…" guard around it."""
    if not text.isascii() or not text.isprintable():
        text = UNSEEN.sub("", text)
    if _SIGN in text and (guard := _GUARD.fullmatch(text)):
        return guard[1].replace('""', '"')
    return text


def cleaned(columns: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The columns with every text made `visible`; a column in which nothing is to be done stays the same object."""
    return [_column(cells) for cells in columns]


def _column(cells: Sequence[Any]) -> Sequence[Any]:
    for at in range(0, len(cells), _AT_ONCE):
        joined = _joined(cells[at : at + _AT_ONCE])
        if len(joined) > _LONG:
            if all(_clean(text) for text in set(cells) if isinstance(text, str)):
                return cells
            break
        if not _clean(joined):
            break
    else:
        return cells
    seen = {cell: visible(cell) for cell in set(cells) if isinstance(cell, str)}
    return tuple([seen[cell] if isinstance(cell, str) else cell for cell in cells])


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
