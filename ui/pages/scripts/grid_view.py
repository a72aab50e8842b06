"""The grid of a book: 情绪 x 情形, 时机 x 介绍人, 风格 x 场景; a place chosen narrows the list to it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.theme import px
from ui.widgets.parts import button, column, label, row
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.outreach.playbook.grid import ScriptGrid

_LINE, _HEAD, _MOST_LINES = 26, 28, 8


class _Places(QTableWidget):
    """Enter or Space takes a place, Esc gives it up."""

    taken = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class ScriptGridView(QWidget):
    """`chosen(axis -> value)` for the place under the keyboard, empty for all; `entered()` on Enter; hidden without a grid."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid: ScriptGrid | None = None
        self.of: Mapping[str, str] = {}
        self.words = label(_("按情形选:方向键移动,Enter 到话术;数字是几条"), "second")
        self.all = button(_("整本"), self.clear, "link")
        self.places = _Places()
        self.places.setProperty("role", "grid")
        self.places.setAccessibleName(_("按情形选"))
        self.places.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.places.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.places.setTabKeyNavigation(False)
        self.places.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.places.itemSelectionChanged.connect(self._follow)
        self.places.taken.connect(self.entered)
        self.places.given_up.connect(self.clear)
        inside = column(spacing=2)
        inside.addLayout(row(self.words, None, self.all))
        inside.addWidget(self.places)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.hide()

    def show_grid(self, grid: ScriptGrid | None) -> None:
        """Show a grid, nothing chosen; the same one keeps its place."""
        if grid == self._grid:
            return
        self._grid, self.of = grid, {}
        self.setVisible(grid is not None)
        if grid is None:
            return
        self.places.blockSignals(True)
        self.places.clear()
        self.places.setRowCount(len(grid.rows))
        self.places.setColumnCount(max(map(len, grid.cells)))
        self.places.setVerticalHeaderLabels(list(grid.rows))
        self.places.horizontalHeader().setVisible(bool(grid.columns))
        if grid.columns:
            self.places.setHorizontalHeaderLabels(list(grid.columns))
        for down, cells in enumerate(grid.cells):
            self.places.setRowHeight(down, px(_LINE))
            for across, cell in enumerate(cells):
                item = QTableWidgetItem(
                    "" if cell is None else str(cell.texts) if grid.columns else cell.name
                )
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setToolTip("" if cell is None else f"{grid.rows[down]} · {cell.name}")
                if cell is None:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.places.setItem(down, across, item)
        self.places.setCurrentCell(-1, -1)
        self.places.blockSignals(False)
        heads = px(_HEAD) if grid.columns else 0
        self.places.setFixedHeight(min(len(grid.rows), _MOST_LINES) * px(_LINE) + heads + 4)
        measured(self.places)
        self.all.hide()

    def clear(self) -> None:
        """Choose the whole book."""
        self.places.clearSelection()
        self.places.setCurrentCell(-1, -1)

    def _follow(self) -> None:
        items = self.places.selectedItems()
        cell = None
        if items and self._grid is not None:
            cell = self._grid.cells[items[0].row()][items[0].column()]
        self.of = cell.of if cell is not None else {}
        self.all.setVisible(bool(self.of))
        self.chosen.emit(self.of)
