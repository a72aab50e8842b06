"""A worksheet as it came back: its cells, row by row, as whoever read the file hands them over."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workbench.outreach.results.marks import plain

#: a cell as a file may hold it; '' or None for an empty one
ReturnedCell: TypeAlias = str | int | float | bool | dt.date | dt.time | dt.timedelta | None

_WRITTEN = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BLANKS = re.compile(r"\s+")
#: serial numbers of 2000-01-01 and 2100-01-01, counted from 1899-12-30
_SERIALS = range(36_526, 73_051)
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A worksheet. `first_row`: the row of cell (0, 0) as the program shows it; `merged`: areas (top, left, bottom, right),
    indices, inclusive."""

    name: str
    rows: tuple[tuple[ReturnedCell, ...], ...]
    first_row: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    epoch_1904: bool = False

    def cell(self, row: int, column: int | None) -> ReturnedCell:
        """A cell; None where there is no such column."""
        line: Sequence[ReturnedCell] = self.rows[row]
        return line[column] if column is not None and column < len(line) else None

    def text(self, row: int, column: int | None) -> str:
        """A cell as a person reads it; '' for none."""
        return text_of(self.cell(row, column))

    def day(self, row: int, column: int | None, near: dt.date) -> str:
        """A day in a cell as ISO; what cannot be read as one stays as written. A day without its year is the one closest to
        `near`."""
        return day_of(self.cell(row, column), near, epoch_1904=self.epoch_1904)

    def label(self, row: int, column: int | None) -> str:
        """A row number as text: a spreadsheet makes a day of '5-1'."""
        value = self.cell(row, column)
        return f"{value.month}-{value.day}" if isinstance(value, dt.date) else self.text(row, column)

    def mark(self, row: int, column: int | None) -> str:
        """A result box as text: a spreadsheet makes a day of '1/2', which was a half."""
        value = self.cell(row, column)
        if isinstance(value, dt.date) and (value.month, value.day) in ((1, 2), (2, 1)):
            return "½"
        return self.text(row, column)


def text_of(value: ReturnedCell) -> str:
    """A cell as text: half-width, blanks at the ends removed, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return f"{value:g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return _BLANKS.sub(" ", _half_width(str(value))).strip()


def number_of(text: str) -> int | None:
    """The row number in a text ('12', '12.0', '第12号'); None where there is none."""
    match = re.fullmatch(r"(?:第|no\.?|#)?(\d{1,6})(?:\.0+)?(?:号|行)?", plain(text))
    return int(match[1]) if match else None


def day_of(value: ReturnedCell, near: dt.date, *, epoch_1904: bool = False) -> str:
    """A day as ISO; see `ReturnedSheet.day`."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = text_of(value)
    serial = _serial(text)
    if serial is not None:
        start = _EPOCH_1904 if epoch_1904 else _EPOCH
        return (start + dt.timedelta(days=serial)).isoformat()
    word = plain(text)
    match = _COMPACT.fullmatch(word)
    if match is not None:
        return _iso(int(match[1]), int(match[2]), int(match[3])) or text
    match = _WRITTEN.fullmatch(word.removesuffix("00:00:00"))
    if match is None:
        return text
    month, day = int(match[2]), int(match[3])
    if match[1]:
        return _iso(int(match[1]), month, day) or text
    days = [one for year in (near.year - 1, near.year, near.year + 1) if (one := _iso(year, month, day))]
    return min(days, key=lambda one: abs(dt.date.fromisoformat(one) - near), default=text)


def _serial(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and int(number) in _SERIALS else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _half_width(text: str) -> str:
    """Full-width digits and signs as half-width; what tells something by its form (½, ✓, rare characters) stays."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" or one == "\u3000" else one
        for one in text.replace("\u00a0", " ")
    )
