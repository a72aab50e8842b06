"""Where a sheet's header stands, and how its cells and the rows above it read as texts."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.intake.cells.values import shown
from workbench.intake.reading.reader import Cell, RawSheet

_WRAP = re.compile(r"(?<=[^\x00-\xff])\s*[\r\n]+\s*(?=[^\x00-\xff])")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's header stands, its names and the texts above it.

    `header` is the index of its last row, right above the data; `depth` how many rows were joined into `names`;
    `sure` is 0..1, 1.0 when a person or a dialect pointed at the header.
    """

    header: int
    names: tuple[str, ...]
    #: texts of the rows above the header, one per row
    above: tuple[str, ...]
    depth: int = 1
    sure: float = 1.0

    @property
    def top(self) -> int:
        """The index of the header's first row."""
        return self.header - self.depth + 1


#: Longest heading; the rest of a cell, which may hold a million characters, is not looked at.
_LONGEST = 400


def headings(cells: Sequence[Cell]) -> tuple[str, ...]:
    """A row's cells as headings: line breaks inside Chinese words taken out, spaces run together."""
    return tuple(
        "" if cell is None or cell == "" else " ".join(_WRAP.sub("", shown(cell)[:_LONGEST]).split())
        for cell in cells
    )


def one_line(cells: Sequence[Cell]) -> str:
    """A row above the header as one line; an Excel serial number after 日期 becomes a date."""
    parts: list[str] = []
    for cell in cells:
        if cell is None or cell == "":
            continue
        if isinstance(cell, float) and parts and "日期" in parts[-1] and 36_000 < cell < 80_000:
            parts.append((dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat())
        elif text := shown(cell):
            parts.append(text)
    return "  ".join(parts)


def lines_above(sheet: RawSheet, top: int) -> tuple[str, ...]:
    """The rows over index `top`, one text each."""
    return tuple(one_line(sheet.row(index)) for index in range(top))
