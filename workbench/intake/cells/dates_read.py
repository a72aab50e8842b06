"""Dates as head offices write them, one cell at a time (domain 16.2); day and month are never guessed apart."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from workbench.base.dates import month_end
from workbench.intake.cells.parsed import CellFault
from workbench.intake.cells.shown import plain, shown
from workbench.intake.reading.frames import Cell

#: which part of 01/02/2026 comes first: 'day' (1 February) or 'month' (2 January); None: undecided
Order = Literal["day", "month"] | None

_EPOCH = dt.date(1899, 12, 30)
#: days between the 1900 and the 1904 calendar of Excel
_1904: Final = 1462
_SERIALS = range(367, 80_000)
_NEVER_YEAR = 2900
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT]+\d.*)?")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_DIGITS8 = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|\.0+)?")
_DIGITS6 = re.compile(r"(\d{4})(\d{2})(?:\.0+)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?:[\sT]+\d.*)?")


class DateReader:
    """Reads single cells to ISO dates; `never` are texts that mean "no date", `null` texts that mean "blank"."""

    def __init__(self, null: frozenset[str], never: frozenset[str], *, epoch_1904: bool = False) -> None:
        self._null = null
        self._never = never
        self._lag = _1904 if epoch_1904 else 0

    def read(self, cell: Cell, order: Order = None) -> str | CellFault | None:
        """The ISO date, None for no date, or a CellFault (bad_date, ambiguous_date)."""
        if isinstance(cell, str) and (quick := _iso_date(cell)) is not None:
            return quick
        if isinstance(cell, dt.datetime):
            cell = cell.date()
        if isinstance(cell, dt.date):
            return self._real(cell.year, cell.month, cell.day)
        if isinstance(cell, float | int):
            cell = shown(cell)
        if cell is None:
            return None
        if not isinstance(cell, str):
            return CellFault("bad_date")
        text = unicodedata.normalize("NFKC", cell).strip().removeprefix("'")
        if plain(text) in self._null or text in self._never:
            return None
        return self._text(text, order)

    def _text(self, text: str, order: Order) -> str | CellFault | None:
        if match := _YMD.fullmatch(text) or _DIGITS8.fullmatch(text):
            return self._real(*map(int, match.groups()))
        if match := _SERIAL.fullmatch(text):
            days = int(match[1]) + self._lag
            if days not in _SERIALS:
                return CellFault("bad_date")
            day = _EPOCH + dt.timedelta(days=days)
            return self._real(day.year, day.month, day.day)
        if match := _YM.fullmatch(text) or _DIGITS6.fullmatch(text):
            year, month = map(int, match.groups())
            if 1 <= month <= 12 and 1900 <= year < _NEVER_YEAR:
                return month_end(f"{year:04d}-{month:02d}").isoformat()
        if match := _YEAR_LAST.fullmatch(text):
            one, two, year = map(int, match.groups())
            if order is None and one != two:
                return CellFault("ambiguous_date" if min(one, two) <= 12 else "bad_date")
            return self._real(year, two, one) if order == "day" else self._real(year, one, two)
        return CellFault("bad_date")

    def _real(self, year: int, month: int, day: int) -> str | CellFault | None:
        if year >= _NEVER_YEAR:
            return None
        try:
            text = dt.date(year, month, day).isoformat()
        except ValueError:
            return CellFault("bad_date")
        if text in self._never:
            return None
        return text if year >= 1900 else CellFault("bad_date")


def proven_order(cells: Iterable[Cell]) -> Order:
    """The order of day and month that a column of year-last dates proves: some date has a part above 12 on one side,
    none on the other. None when nothing is proven."""
    day = month = False
    for cell in cells:
        if isinstance(cell, str) and (
            match := _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", cell).strip())
        ):
            day |= int(match[1]) > 12
            month |= int(match[2]) > 12
    if day == month:
        return None
    return "day" if day else "month"


def _iso_date(text: str) -> str | None:
    """An ordinary day in one of the two usual forms, 2024-01-31 and 20240131, by the C parser; else None."""
    if len(text) == 10:
        if text[4] != "-" or text[7] != "-":
            return None
    elif len(text) != 8 or not text.isdigit():
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day.isoformat() if 1900 < day.year < _NEVER_YEAR else None
