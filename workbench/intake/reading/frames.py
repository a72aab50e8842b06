"""The protocol between the reading process and its parent: length-prefixed marshal, cells column-wise in blocks of rows.

Standard library only: the child must start in a few hundredths of a second.
"""

import datetime as dt
import marshal
import threading
from collections.abc import Callable, Sequence
from io import RawIOBase
from itertools import zip_longest
from typing import IO, Any, TypeAlias, TypedDict, TypeGuard, Unpack, cast

from workbench.intake.reading.unseen import LongCell, cleaned

#: A cell as the file holds it; "" for an empty one.
Cell: TypeAlias = str | int | float | bool | dt.date | dt.time | dt.timedelta | None
#: One frame: its word, then the values that belong to this word.
Frame = tuple[Any, ...]
#: A date or time in a frame: its type, then its parts.
Tagged: TypeAlias = tuple[str | int, ...]
#: Columns of a block, as sent and as received; None stands for a column of empty cells.
Packed: TypeAlias = list[Sequence[Cell | Tagged] | None]
Columns: TypeAlias = list[Sequence[Cell] | None]

#: Cells in one block: large enough to be quick, small enough that both processes work at the same time.
BLOCK_CELLS = 300_000
#: Sheets of a file that are read; each is looked at for what it is.
SHEETS_MAX = 500
_LENGTH = 8
#: Cells of a column that decide whether its values repeat.
_SAMPLE = 512
_PLAIN = frozenset({str, float, int, bool})
_TEMPORAL = frozenset({dt.datetime, dt.date, dt.time, dt.timedelta})


def all_texts(cells: Sequence[Cell]) -> TypeGuard[Sequence[str]]:
    """Whether there are cells and all are texts."""
    return set(map(type, cells)) == {str}


class TroubleFacts(TypedDict, total=False):
    """Facts about a file that cannot be read."""

    sheet: str
    #: the number of sheets, and their names
    sheets: int
    names: list[str]
    rows: int
    columns: int
    #: where a cell is, from 1, and the characters that it holds
    row: int
    column: int
    length: int
    #: MB of memory, and seconds without progress
    limit: int
    seconds: int
    #: the exit status of a reading process that broke off
    status: int
    #: the form of a file that is no spreadsheet; the name of an encoding; how a file was sealed
    what: str
    #: the class of an unforeseen error
    kind: str


class Trouble(Exception):
    """A file that cannot be read, as a code and facts; the parent finds the words."""

    def __init__(self, code: str, **facts: Unpack[TroubleFacts]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Sender:
    """The writing end of the pipe; threads may share it."""

    def __init__(self, stream: RawIOBase) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, word: str, *rest: Any) -> None:
        """Write one frame, undivided."""
        body = marshal.dumps((word, *rest))
        with self._lock:
            for part in (len(body).to_bytes(_LENGTH, "little"), body):
                left = memoryview(part)
                while left:
                    left = left[self._stream.write(left) or 0 :]


def receive(stream: IO[bytes]) -> bytes | None:
    """The body of the next frame (for `marshal.loads`); None when the child has gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "little")
    body = stream.read(length)
    return body if len(body) == length else None


# -- columns -----------------------------------------------------------------------------------------------


def pack(columns: Sequence[Sequence[Cell]]) -> tuple[Packed, list[int]]:
    """Columns as marshal takes them, and the indices of those with dates or times."""
    packed: Packed = []
    timed: list[int] = []
    for index, column in enumerate(columns):
        kinds = set(map(type, column))
        if kinds == {str} and not any(column):
            packed.append(None)
            continue
        if not kinds <= _PLAIN:
            timed.append(index)
            plain = {cell: _tagged(cell) for cell in set(column) if type(cell) not in _PLAIN}
            packed.append([plain.get(cell, cell) for cell in column])
            continue
        packed.append(column)
    return packed, timed


def unpack(packed: Packed, timed: Sequence[int]) -> Columns:
    """The columns as before `pack`.

    Equal texts of a column whose values repeat become one object; the parent does this while the child reads on.
    """
    for index in timed:
        column = packed[index] or ()
        untagged: dict[Cell | Tagged, Cell | Tagged] = {
            cell: _untagged(cell) for cell in set(column) if isinstance(cell, tuple)
        }
        packed[index] = tuple(map(untagged.get, column, column))
    columns = cast(Columns, packed)
    for index, cells in enumerate(columns):
        if cells and _repeats(cells[:_SAMPLE], len(cells)) and set(map(type, cells)) == {str}:
            seen: dict[Cell, Cell] = {}
            columns[index] = tuple(map(seen.setdefault, cells, cells))
    return columns


def _repeats(sample: Sequence[Cell], count: int) -> bool:
    return len(set(sample)) * 2 <= min(_SAMPLE, count)


def _tagged(cell: Cell) -> Tagged | str:
    match cell:
        case dt.datetime():
            return (
                "at", cell.year, cell.month, cell.day, cell.hour, cell.minute, cell.second, cell.microsecond,
            )  # fmt: skip
        case dt.date():
            return ("day", cell.year, cell.month, cell.day)
        case dt.time():
            return ("time", cell.hour, cell.minute, cell.second, cell.microsecond)
        case dt.timedelta():
            return ("span", cell.days, cell.seconds, cell.microseconds)
    return str(cell)


_MAKERS: dict[str, Callable[..., Cell]] = {
    "at": dt.datetime,
    "day": dt.date,
    "time": dt.time,
    "span": dt.timedelta,
}


def _untagged(cell: Tagged) -> Cell:
    return _MAKERS[str(cell[0])](*cell[1:])


# -- one sheet on its way out ------------------------------------------------------------------------------


class SheetOut:
    """Sends one sheet in blocks; raises Trouble too_large above `cells_max` cells, long_cell."""

    def __init__(self, sender: Sender, cells_max: int, name: str, *, hidden: bool = False) -> None:
        self._sender = sender
        self._cells_max = cells_max
        self.name = name
        self.height = 0
        self.width = 0
        self._waiting: list[Sequence[Cell]] = []
        self._waiting_width = 0
        self._blank = 0
        self._timed = False
        #: empty rows above the first filled one, which `add` leaves out
        self.above = 0
        #: the row and column (from 0) at which the sheet begins in its file, where that is known before its end
        self.corner = (0, 0)
        sender.send("sheet", name, hidden)

    def rows(self, rows: Sequence[Sequence[Cell]], width: int | None = None, left: int = 0) -> None:
        """Send rows, ragged unless their common `width` is given, each with `left` empty cells in front.

        Raises Trouble too_large, long_cell.
        """
        wide = max(map(len, rows), default=0) if width is None else width
        self._grow(len(rows), left + wide)
        try:
            columns = cleaned(
                list(zip(*rows, strict=True) if width is not None else zip_longest(*rows, fillvalue=""))
            )
        except LongCell as long:
            row = self.above + self.corner[0] + self.height - len(rows) + long.row + 1
            column = self.corner[1] + left + long.column + 1
            raise Trouble("long_cell", sheet=self.name, row=row, column=column, length=long.length) from None
        if left:
            columns = [("",) * len(rows)] * left + columns
        if not self._timed:
            try:
                self._sender.send("block", len(rows), columns, [])
                return
            except ValueError:  # a date: marshal knows none
                self._timed = True
        self._sender.send("block", len(rows), *pack(columns))

    def _grow(self, rows: int, width: int) -> None:
        self.height += rows
        self.width = max(self.width, width)
        if self.height * self.width > self._cells_max:
            raise Trouble("too_large", sheet=self.name, rows=self.height, columns=self.width)

    def add(self, row: list[Cell]) -> None:
        """Add one row; empty rows count only between filled ones."""
        if not any(cell != "" for cell in row):
            self.skip(1)
            return
        if self._blank:
            if (self.height + len(self._waiting) + self._blank) * max(self.width, 1) > self._cells_max:
                raise Trouble(
                    "too_large", sheet=self.name, rows=self.height + self._blank, columns=self.width
                )
            self._waiting.extend([()] * self._blank)
            self._blank = 0
        self._waiting.append(row)
        self._waiting_width = max(self._waiting_width, len(row))
        if len(self._waiting) * self._waiting_width >= BLOCK_CELLS:
            self._flush()

    def skip(self, count: int) -> None:
        """Add empty rows."""
        if self.height or self._waiting:
            self._blank += count
        else:
            self.above += count

    def _flush(self) -> None:
        if self._waiting:
            self.rows(self._waiting)
        self._waiting, self._waiting_width = [], 0

    def again(self) -> None:
        """Start the sheet anew: the parent drops what was sent of it."""
        self.height = self.width = 0
        self._sender.send("again")

    def end(
        self, *, first_row: int | None = None, first_column: int = 1,
        merged: Sequence[tuple[int, int, int, int]] = (), hidden_rows: Sequence[int] = (),
        hidden_columns: Sequence[int] = (), unvalued: Sequence[tuple[int, int]] = (),
        errors: Sequence[tuple[int, int, str]] = (), epoch_1904: bool = False,
    ) -> None:  # fmt: skip
        """Complete the sheet. Indices are relative to its first row and column."""
        self._flush()
        self._sender.send(
            "end", self.above + 1 if first_row is None else first_row, first_column, list(merged),
            list(hidden_rows), list(hidden_columns), list(unvalued), epoch_1904, list(errors),
        )  # fmt: skip
