"""How a sheet of ours is known among the files that are dropped, without what reads it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.outreach.results.marks import plain
from workbench.sheets.coming_back.grid import ReturnedCell
from workbench.sheets.handed_out import HandedOut

_ID = re.compile(r"([0-9a-f]{0,12})/(\d{6}-\d{6}(?:-\d+)?)/(\d{1,6})")
_NUMBER = re.compile(r"(?<![\d-])\d{6}-\d{6}(?:-\d+)?(?![\d-])")
#: rows at the head in which the number of a sheet is looked for
HEAD_ROWS = 8


@dataclass(frozen=True, slots=True)
class RowId:
    """A hidden id: mark of the book, number of the sheet, row (0: of the sheet itself)."""

    mark: str
    number: str
    row: int


def row_ids(cells: Sequence[ReturnedCell]) -> Iterator[RowId]:
    """The ids in a row of cells."""
    for cell in cells:
        if isinstance(cell, str) and "/" in plain(cell):
            parts = _ID.fullmatch(plain(cell))
            if parts is not None:
                yield RowId(parts[1], parts[2], int(parts[3]))


def head_numbers(rows: Sequence[Sequence[ReturnedCell]]) -> list[str]:
    """What may be the number of a sheet in the rows of a head, in their order."""
    return [
        number
        for row in rows[:HEAD_ROWS]
        for cell in row
        if isinstance(cell, str)
        for number in _NUMBER.findall(plain(cell))
    ]


def is_ours(handed_out: HandedOut, heads: Iterable[Sequence[Sequence[ReturnedCell]]]) -> bool:
    """Whether the first rows of a file's worksheets are those of a sheet of ours, of this book or of another."""
    rows = [list(head) for head in heads]
    if any(next(row_ids(row), None) is not None for head in rows for row in head):
        return True
    numbers = [number for head in rows for number in head_numbers(head)]
    return any(handed_out.find(one) is not None for one in numbers)
