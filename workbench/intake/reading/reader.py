"""Reads any spreadsheet into columns; its form is recognised by content, and every failure is one sentence.

A process of its own does the work, so that no file can hang or kill the window.
"""

import hashlib
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from workbench.base.change import Progress, silent
from workbench.base.collector import quiet_collector
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.reading.doors import Unopened, opening_of, readable, refusal_of
from workbench.intake.reading.forms import HEAD_BYTES
from workbench.intake.reading.frames import SHEETS_MAX, Cell, Columns, Frame, Trouble, TroubleFacts, unpack
from workbench.intake.reading.process import Died, Limits, Pulse, frames
from workbench.intake.reading.refusals import refusal
from workbench.intake.reading.seals import is_mark, open_elsewhere, seal_of
from workbench.intake.reading.unseen import visible
from workbench.rules.parameters import Rules

#: troubles with the content of a file, which may have a reason behind them
_CONTENT = frozenset({"file_corrupt", "not_a_spreadsheet", "unknown_encoding", "file_empty"})


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as found, column-wise; cell (0, 0) has row `first_row` and column `first_column` in Excel."""

    name: str
    columns: tuple[tuple[Cell, ...], ...]
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    #: merged areas as (top, left, bottom, right), indices into this sheet's rows and columns, inclusive
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    #: cells (row, column) whose formula has no stored value; they read as empty
    unvalued: tuple[tuple[int, int], ...] = ()
    #: serial numbers count days from 1904-01-01 instead of 1899-12-30
    epoch_1904: bool = False
    #: cells that are blank in the file and take the value above them (`form/carried.py`): column -> rows
    carried: Mapping[int, frozenset[int]] = field(default_factory=dict)
    #: columns among them where the form only suggests that
    guessed: frozenset[int] = frozenset()
    #: columns at the right end that hold what lines above the tables say (`form/line_columns.py`)
    appended: int = 0

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[Cell]:
        """The cells of the row at `index`."""
        return [column[index] for column in self.columns]

    def shown_row(self, index: int) -> int:
        """The row number in Excel."""
        return index + self.first_row


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's sheets in order; `failed` names sheets that could not be read."""

    #: as a person reads it (`doors.readable`)
    path: Path
    digest: str
    sheets: tuple[RawSheet, ...]
    failed: tuple[str, ...] = ()
    #: what it turned out to be: xlsx, xls, xlsb, ods, csv, html, xml, mht, ...
    form: str = ""


def read_file(
    path: Path, *, sheet: str | None = None, cells_max: int = 60_000_000, limits: Limits | None = None,
    progress: Progress = silent,
) -> RawFile:  # fmt: skip
    """Read all sheets, or the one named; `cells_max` bounds each sheet, `limits` the process (None: shipped rules).

    `progress` is called several times a second with shares 0..0.4.

    Raises WorkbenchError file_missing, is_folder, not_a_file, name_too_long, no_permission, in_use, device_failed
    (the file cannot be opened); file_empty, file_encrypted, file_sealed, lock_file, file_corrupt, file_too_old,
    not_a_spreadsheet, unknown_encoding, too_large, long_cell, too_many_sheets, too_slow, no_sheet; reader_failed,
    reader_crashed, reader_killed (the file may be whole); Cancelled from `progress`: the process is then killed at once.
    """
    try:
        path = path.absolute()  # once, where it enters: the reading process works in another folder
        size = _size(path)
    except Unopened as refused:
        held = refused.code == "no_permission" and open_elsewhere(path)
        raise refusal(path, "in_use" if held else refused.code, {}) from None
    except OSError:  # the folder that a relative path starts from is gone
        raise refusal(path, "file_missing", {}) from None
    progress(0.0, _("读取文件"))
    digest = _Digest(path)
    limits = limits or Limits.of(Rules.load())
    try:
        with quiet_collector():
            try:
                contents = _collect(path, sheet, cells_max, limits, _ProgressTeller(progress, size))
            except Died as died:
                if not died.begun or died.killed:
                    raise
                # openpyxl may read what crashes calamine
                again = _ProgressTeller(progress, size)
                try:
                    contents = _collect(path, sheet, cells_max, limits, again, calamine=False)
                except Trouble as trouble:
                    if trouble.code != "file_corrupt":
                        raise
                    raise died from None
    except Died as died:
        code = "reader_killed" if died.killed else "reader_crashed" if died.begun else "reader_failed"
        raise refusal(path, code, {"status": died.status or 0}) from None
    except Trouble as trouble:
        raise refusal(path, *_looked_into(path, trouble)) from None
    if not contents.sheets:
        raise refusal(path, "file_corrupt", {})
    sheet = visible(sheet) or sheet if sheet is not None else None
    if sheet is not None and all(one.name != sheet for one in contents.sheets):
        raise refusal(path, "no_sheet", {"sheet": sheet, "names": [one.name for one in contents.sheets]})
    sheets = tuple(one for one in contents.sheets if sheet in (None, one.name))
    return RawFile(readable(path), digest.result(), sheets, tuple(contents.failed), contents.form)


def _looked_into(path: Path, trouble: Trouble) -> tuple[str, TroubleFacts]:
    """The code and facts of a trouble, once more is known of a file whose content could not be read."""
    if trouble.code not in _CONTENT:
        return trouble.code, trouble.facts
    if is_mark(path):
        return "lock_file", {}
    if trouble.code != "not_a_spreadsheet" or trouble.facts.get("what", "") in ("", "text", "xml"):
        if seal := seal_of(path, Rules.load().words("intake.sealed_signs")):
            return "file_sealed", {"what": seal}
        if open_elsewhere(path):
            return "in_use", {}
    return trouble.code, trouble.facts


def _size(path: Path) -> int:
    """Bytes of the file. Raises Unopened; WorkbenchError file_empty."""
    head, size = opening_of(path, HEAD_BYTES)
    if len(head) == size and not head.strip(b"\x00 \t\r\n"):
        raise refusal(path, "file_empty", {})
    return size


class _Digest:
    """SHA-256 of the file, computed while the other process reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digest = ""
        self._refused: OSError | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._path.open("rb") as file:
                self._digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self._refused = error

    def result(self) -> str:
        """The digest in hexadecimal. Raises WorkbenchError when the file could not be read."""
        self._thread.join()
        if self._refused is not None:
            raise refusal(self._path, refusal_of(self._refused), {})
        return self._digest


# -- putting together --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Growing:
    """A sheet whose blocks are still arriving."""

    name: str
    hidden: bool
    blocks: list[tuple[int, Columns]] = field(default_factory=list)
    height: int = 0

    def whole(self, end: Frame) -> RawSheet:
        """The complete sheet; `end` is its last frame."""
        _word, first_row, first_column, merged, hidden_rows, hidden_columns, unvalued, epoch, errors = end
        return RawSheet(
            self.name, _with_errors(self._columns(), errors), first_row, first_column, self.hidden, tuple(map(tuple, merged)),
            frozenset(hidden_rows), frozenset(hidden_columns), tuple(map(tuple, unvalued)), epoch,
        )  # fmt: skip

    def _columns(self) -> tuple[tuple[Cell, ...], ...]:
        """The columns over all blocks; short ones are filled with empty cells."""
        width = max((len(columns) for _count, columns in self.blocks), default=0)
        nothing = ("",) * self.height
        joined: list[tuple[Cell, ...]] = []
        for index in range(width):
            parts: list[Sequence[Cell]] = []
            empty = True
            for count, columns in self.blocks:
                part = columns[index] if index < len(columns) else None
                if part is None:
                    parts.append(nothing[:count])
                    continue
                empty = False
                parts.append(part)
                columns[index] = None
            joined.append(nothing if empty else tuple(chain.from_iterable(parts)))
        return tuple(joined)


def _with_errors(
    columns: tuple[tuple[Cell, ...], ...], errors: Sequence[tuple[int, int, str]]
) -> tuple[tuple[Cell, ...], ...]:
    """The columns with the words of error cells, which the reading library leaves empty."""
    if not errors:
        return columns
    filled = {column: list(columns[column]) for _row, column, _word in errors if column < len(columns)}
    for row, column, word in errors:
        if column in filled and row < len(filled[column]) and filled[column][row] in ("", None):
            filled[column][row] = word
    return tuple(tuple(filled.get(index, column)) for index, column in enumerate(columns))


@dataclass(slots=True)
class _Contents:
    sheets: list[RawSheet] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    form: str = ""

    def free(self, name: str) -> str:
        """The name of a sheet without what nobody sees; a second sheet of that name gets a mark."""
        seen = visible(name) or name
        while any(one.name == seen for one in self.sheets):
            seen += "(2)"
        return seen


def _collect(
    path: Path,
    sheet: str | None,
    cells_max: int,
    limits: Limits,
    teller: "_ProgressTeller",
    *,
    calamine: bool = True,
) -> _Contents:
    contents = _Contents()
    growing = _Growing("", False)
    for frame in frames(path, sheet, cells_max, limits, calamine=calamine):
        teller.hear(frame)
        if isinstance(frame, Pulse):
            continue
        match frame[0]:
            case "form":
                contents.form = frame[1]
            case "sheet":
                if len(contents.sheets) >= SHEETS_MAX:
                    raise Trouble("too_many_sheets")
                growing = _Growing(frame[1], frame[2])
            case "block":
                growing.blocks.append((frame[1], unpack(frame[2], frame[3])))
                growing.height += frame[1]
            case "again":
                growing.blocks.clear()
                growing.height = 0
            case "hidden":
                growing.hidden = True
            case "failed" | "broken":
                contents.failed.append(frame[1])
            case "end":
                contents.sheets.append(replace(growing.whole(frame), name=contents.free(growing.name)))
    return contents


class _ProgressTeller:
    """Turns frames and pulses into progress for a person: rows read, of how many, and the time left."""

    _EVERY = 0.1

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress = progress
        self._size = max(size, 1)
        self._began = time.monotonic()
        self._reported_at = 0.0
        self._name = ""
        self._form = ""
        self._rows = 0
        self._rows_all: int | None = None
        self._share = 0.0

    def hear(self, frame: Frame | Pulse) -> None:
        """Take in a frame or pulse and report progress. Raises Cancelled when the person gave up."""
        if isinstance(frame, Pulse):
            if frame.bytes_read is not None:
                # calamine reads an xlsx twice, once for its merged areas; turning cells into values is the last third
                passes = 2 if self._form == "xlsx" else 1
                self._share = max(self._share, 0.7 * min(1.0, frame.bytes_read / self._size / passes))
        else:
            self._frame(frame)
        now = time.monotonic()
        if now - self._reported_at >= self._EVERY:
            self._reported_at = now
            self._progress(0.4 * self._share, self._words(now))

    def _frame(self, frame: Frame) -> None:
        match frame[0]:
            case "form":
                self._form = frame[1]
            case "reading" | "sheet":
                self._name = frame[1]
            case "rows":
                self._rows, self._rows_all = 0, frame[1]
            case "block":
                self._rows += frame[1]
                if self._rows_all:
                    self._share = max(self._share, 0.7 + 0.3 * min(1.0, self._rows / self._rows_all))
            case "part":
                self._share = max(self._share, frame[1])

    def _words(self, now: float) -> str:
        left = self._left(now)
        if self._rows_all:
            words = _("已读 {rows:,} / {all:,} 行").format(rows=self._rows, all=self._rows_all)
        elif self._rows:
            words = _("已读 {rows:,} 行").format(rows=self._rows)
        elif self._name:
            words = _("读取工作表“{sheet}”").format(sheet=self._name)
        else:
            words = _("读取文件")
        return words if left is None else words + _(",约剩 {seconds} 秒").format(seconds=left)

    def _left(self, now: float) -> int | None:
        """Seconds left; None while there is too little to estimate by."""
        spent = now - self._began
        if spent < 1 or self._share < 0.05:
            return None
        return max(1, round(spent * (1 - self._share) / self._share))


__all__ = ["Cell", "Limits", "RawFile", "RawSheet", "WorkbenchError", "read_file"]
