"""A cell as text: as a person saw it in Excel, and in the plain form in which words are compared."""

import datetime as dt
import unicodedata
from typing import Final

from workbench.intake.reading.frames import Cell

#: Above this a float no longer holds every whole number of 15 digits: Excel has rounded it.
EXACT: Final = 10**15


def shown(cell: Cell) -> str:
    """A cell as Excel shows it, near enough: 123.0 is '123', a datetime at midnight is a date, None is ''."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return str(cell).strip() if cell is not None else ""


def plain(text: str) -> str:
    """Half-width, capitals, no spaces: the form in which words are compared."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
