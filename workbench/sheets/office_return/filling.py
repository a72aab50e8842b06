"""Fills head office's layout in: what each cell gets, and what a person is told of it before the file is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.office_return.columns import CUSTOMER_NO, WHO
from workbench.outreach.office_return.outcome import ReturnedOutcome, ReturnedOutcomeJson
from workbench.outreach.office_return.values import ReturnValues, Wordings
from workbench.people.office_form import OfficeRow
from workbench.people.privacy import masking
from workbench.sheets.office_return.grid import CellValue, LayoutGrid
from workbench.sheets.office_return.layouts import LayoutColumn, OfficeLayout, check_numbered
from workbench.sheets.office_return.package import Package


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One customer: his row in the worksheet, his outcome (None: not in the book), and what is written, by letter."""

    row: OfficeRow
    outcome: ReturnedOutcome | None
    cells: Mapping[str, str]

    def as_json(self) -> ReturnedOutcomeJson:
        """The outcome for the command line."""
        one, last = self.outcome, self.outcome.last if self.outcome is not None else None
        amount = one.amount if one is not None else None
        return {
            "row": self.row.row, "customer_no": self.row.written, "in_book": one is not None, "merged": self.row.merged,
            "name": one.name if one is not None else None,
            "contacted": one.contacted if one is not None else None, "reached": one.reached if one is not None else None,
            "times": one.times if one is not None else None, "channel": last.channel if last is not None else None,
            "result": last.result if last is not None else None, "date": last.date if last is not None else None,
            "next_date": last.next_date if last is not None else None, "need": one.need if one is not None else None,
            "amount": None if amount is None else amount / 100, "note": one.note if one is not None else None,
            "opted_out": one.opted_out if one is not None else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilledLayout:
    """A layout filled in: its bytes, a line a customer, and how many cells were written, or left as they are because something
    stood in them."""

    content: bytes
    lines: tuple[ReturnLine, ...]
    written: int
    untouched: int
    unsaid: tuple["UnsaidWord", ...]
    #: heading -> cells whose list of choices cannot be told: they got our words
    unread: tuple[tuple[str, int], ...] = ()
    #: of those left as they are, how many say something else than the log
    differing: int = 0


@dataclass(frozen=True, slots=True)
class UnsaidWord:
    """A word of ours for which a column's own choices have none, in so many cells, which stay blank."""

    letter: str
    heading: str
    word: str
    choices: tuple[str, ...]
    cells: int


@dataclass(slots=True)
class _Filling:
    grid: LayoutGrid
    values: ReturnValues
    written: int = 0
    untouched: int = 0
    unsaid: Counter[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    differing: int = 0

    def line(
        self,
        serial: int,
        row: OfficeRow,
        outcome: ReturnedOutcome | None,
        columns: Sequence[LayoutColumn],
    ) -> ReturnLine:
        """Fill one row in."""
        cells: dict[str, str] = {}
        for column in columns:
            value = self._value(serial, row, outcome, column)
            if value is None:
                continue
            if not self.grid.is_free(row.row, column.letter):
                if column.what not in WHO:
                    self.untouched += 1
                    self.differing += not self.grid.holds(row.row, column.letter, value)
                continue
            self.grid.put(row.row, column.letter, value)
            self.written += 1
            cells[column.letter] = str(value)
        return ReturnLine(row, outcome, cells)

    def _value(
        self, serial: int, row: OfficeRow, outcome: ReturnedOutcome | None, column: LayoutColumn
    ) -> CellValue | None:
        value = self.values.of(column.what, serial, row, outcome, column.worth)
        if not isinstance(value, Wordings):
            return value.normalize() + 0 if isinstance(value, Decimal) else value
        choices = self.grid.choices(row.row, column.letter)
        if choices is None:
            if value.spare:
                return None
            self.unread[column.heading] += 1
            return value.words[0]
        chosen = dict(column.words).get(value.words[0], "")
        word = chosen if chosen in choices else value.among(choices)
        if word is None and not value.spare:
            self.unsaid[column.letter, column.heading, value.words[0], choices] += 1
        return word


def filled(
    layout: OfficeLayout,
    listed: Sequence[OfficeRow],
    outcomes: Mapping[str, ReturnedOutcome],
    values: ReturnValues,
) -> FilledLayout:
    """The layout with the outcomes: in its own rows, or with a row for each of `listed` from the first below the headings.

    Raises WorkbenchError no_layout, no_sheet, no_number_column, no_room.
    """
    check_numbered(layout)
    package = Package(layout.content)
    grid = LayoutGrid(package, layout.sheet)
    columns = [one for one in layout.columns if one.what]
    rows = layout.rows or _placed(grid, layout, listed)
    filling = _Filling(grid, values)
    lines = tuple(
        filling.line(serial, row, outcomes.get(row.customer_no or ""), columns)
        for serial, row in enumerate(rows, 1)
    )
    grid.settle()
    unsaid = tuple(UnsaidWord(*one, n) for one, n in sorted(filling.unsaid.items()))
    return FilledLayout(
        package.saved(),
        lines,
        filling.written,
        filling.untouched,
        unsaid,
        tuple(filling.unread.items()),
        filling.differing,
    )


def _placed(grid: LayoutGrid, layout: OfficeLayout, listed: Sequence[OfficeRow]) -> tuple[OfficeRow, ...]:
    """The customers of a list in the rows below the headings; each must be free for a number, and hold no words of the form's own
    (an example, the line for the signature). Raises WorkbenchError no_room."""
    first = layout.head + 1
    number = check_numbered(layout).letter
    serials = {one.letter for one in layout.columns if one.what == "serial"}
    free = 0
    while free < len(listed):
        row = first + free
        if row > grid.last:
            break
        if grid.words(row).keys() - serials or not grid.is_free(row, number):
            raise WorkbenchError(
                "no_room",
                _("模板表头下只有 {free} 个空行,名单有 {n} 户,没有填写。").format(free=free, n=len(listed)),
                _("请在 Excel 里把第 {row} 行(已有内容)往下移,留够空行后重新选模板。").format(row=row),
            )
        free += 1
    for row in range(first + free, first + len(listed)):
        grid.continue_row(first, row)
    return tuple(
        OfficeRow(first + place, one.written, one.customer_no, one.merged) for place, one in enumerate(listed)
    )


def shown(line: ReturnLine, column: LayoutColumn) -> str:
    """What a cell got, as the screen may show it."""
    text = line.cells.get(column.letter, "")
    return masking(column.what, text, "screen") if column.what in (CUSTOMER_NO, "name") else text
