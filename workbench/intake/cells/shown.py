"""A cell as text: as a person saw it in Excel, and in the plain form in which words are compared."""

import datetime as dt
import re
import unicodedata
from typing import Final

from workbench.intake.reading.frames import Cell

#: Above this a float no longer holds every whole number of 15 digits: Excel has rounded it.
EXACT: Final = 10**15
#: Digits of a number that survive, and the sign for those that do not.
_SURE, _LOST = 15, "*"
_SCIENTIFIC = re.compile(r"\s*(-?)(\d)(?:\.(\d+))?E\+?(\d{1,3})\s*", re.IGNORECASE)


def shown(cell: Cell) -> str:
    """A cell as Excel shows it, near enough: 123.0 is '123', a datetime at midnight is a date, None is ''."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        if abs(cell) < EXACT:
            return str(int(cell)) if isinstance(cell, int) or cell.is_integer() else repr(cell)
        return remains(cell) or repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return str(cell).strip() if cell is not None else ""


def remains(cell: Cell) -> str | None:
    """What is left of a long number that was rounded: its digits as far as they are sure, then a star for each lost one;
    else None.

    So are numbers from 15 digits on, and texts like 6.22E+18 that a spreadsheet made of them.
    """
    if isinstance(cell, bool) or not isinstance(cell, float | int | str):
        return None
    if isinstance(cell, str):
        match = _SCIENTIFIC.fullmatch(cell) if "E" in cell or "e" in cell else None
        if match is None or int(match[4]) < _SURE:
            return None
        digits = match[2] + (match[3] or "")
        sure = digits.rstrip("0") or "0"
        return match[1] + sure + _LOST * (int(match[4]) + 1 - len(sure))
    if not EXACT <= abs(cell) < float("inf"):
        return None
    digits = f"{cell:.{_SURE - 1}e}".partition("e")[0].replace(".", "")
    return ("-" if cell < 0 else "") + digits.removeprefix("-") + _LOST * (len(f"{abs(cell):.0f}") - _SURE)


def plain(text: str) -> str:
    """Half-width, capitals, no spaces: the form in which words are compared."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
