"""A sheet of a file, row by row as Excel numbers it, and the table that shows its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from ui.pages.imports.tab import LEVEL_INK
from ui.tasks import Tasks
from ui.widgets.delegates import GroundDelegate
from ui.widgets.tables import Table
from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.report import SheetPreview

if TYPE_CHECKING:
    from workbench.intake.review.session import ImportSession

#: pixels of a column
NARROWEST, _WIDEST = 70, 190
_MEASURED = 60
_GROUNDS = {
    "title": "title_row", "note": "title_row", "blank": "title_row", "header": "header_row", "total": "total_row",
    "subtotal": "total_row", "template": "title_row",
}  # fmt: skip
_FAULTS = {"refuse": "bad_cell", "warning": "odd_cell"}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as Excel numbers it. `faults` by column index, -1 for the row as a whole."""

    number: int
    cells: tuple[str, ...]
    role: str
    hidden: bool
    faults: dict[int, RowProblem]

    def fault(self, column: int) -> RowProblem | None:
        """The fault of a column (-1: of the whole row), None when there is none."""
        return self.faults.get(column)

    def text(self, column: int) -> str:
        """The cell of a column as found, '' beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""

    def heading(self) -> str:
        """The row number, marked where Excel hides the row."""
        return _("隐 {row}").format(row=self.number) if self.hidden else str(self.number)

    def ink(self, column: int) -> str | None:
        """The colour role of a cell's text: by its fault, grey for what is no data, None for the usual ink."""
        fault = self.fault(column)
        if fault is not None:
            return LEVEL_INK.get(fault.level)
        return "second" if self.hidden or self.role in ("title", "note") else None

    def ground(self, column: int) -> str | None:
        """The colour role of a cell's background: by its fault or the row's, else by what the row is."""
        fault = self.fault(column) or (self.fault(-1) if self.role == "data" else None)
        if fault is not None and fault.level in _FAULTS:
            return _FAULTS[fault.level]
        return _GROUNDS.get(self.role)


def grid_rows(preview: SheetPreview) -> list[PreviewRow]:
    """A window of the sheet, row by row."""
    faults: dict[int, dict[int, RowProblem]] = {}
    for (number, column), problem in preview.faults.items():
        faults.setdefault(number, {})[column] = problem
    return [
        PreviewRow(number, cells, role, number in preview.hidden, faults.get(number, {}))
        for number, (cells, role) in enumerate(
            zip(preview.rows, preview.roles, strict=True), preview.first_row
        )
    ]


def read_window(session: "ImportSession", name: str, offset: int, limit: int) -> Sequence[PreviewRow]:
    """`limit` rows of a sheet from `offset` on; runs on the book's thread."""
    return grid_rows(session.preview(name, offset, limit))


def read_numbered(
    session: "ImportSession", name: str, numbers: Sequence[int], first: int, offset: int, limit: int
) -> Sequence[PreviewRow]:
    """A window of the rows with these Excel numbers, neighbours read together; `first` is the number of the first row."""
    wanted = numbers[offset : offset + limit]
    starts = [wanted[0], *(b for a, b in pairwise(wanted) if b != a + 1)] if wanted else []
    rows: list[PreviewRow] = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else wanted[-1] + 1
        run = [number for number in wanted if start <= number < end]
        rows += grid_rows(session.preview(name, start - first, len(run)))
    return rows


class SheetGrid(Table):
    """A table of cells with row numbers; `header_here()` when H is pressed."""

    header_here = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__([], tasks, fixed=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setProperty("role", "grid")
        self.setShowGrid(True)
        self.horizontalHeader().setStretchLastSection(False)
        rows = self.verticalHeader()
        rows.show()
        rows.setMinimumSectionSize(24)
        rows.setDefaultSectionSize(26)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumWidth(56)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.heading = PreviewRow.heading
        self.setItemDelegate(GroundDelegate(self))

    def widen(self, rows: Sequence[PreviewRow]) -> None:
        """Set the columns as wide as their first 60 rows need, 70 to 190 px; title rows do not count."""
        metrics = self.fontMetrics()
        for at in range(len(self.table.columns)):
            words = [row.text(at) for row in rows[:_MEASURED] if row.role != "title"]
            widest = max((metrics.horizontalAdvance(one) for one in words), default=0)
            self.setColumnWidth(at, max(NARROWEST, min(_WIDEST, widest + 22)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """H emits `header_here`."""
        if event.key() == Qt.Key.Key_H and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.header_here.emit()
            return
        super().keyPressEvent(event)
