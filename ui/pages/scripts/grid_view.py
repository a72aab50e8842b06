"""The grid of a book: 情绪 x 情形, 时机 x 介绍人, 风格 x 场景; a place chosen narrows the list to it."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.theme import px
from ui.widgets.parts import button, column, label, row
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.outreach.playbook.grid import ScriptGrid

_LINE, _HEAD, _MOST_LINES = 26, 28, 8
#: pixels around the name of a column
_AROUND = 14


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
        heads = self.places.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))
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
        self._fit()
        self.all.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names of columns that no longer fit break."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make it as high as its lines, up to some, and its heads as high as their names."""
        grid = self._grid
        if grid is None:
            return
        names = self.places.verticalHeader().sizeHint().width()
        room = (self.width() - names) // max(1, self.places.columnCount()) - px(_AROUND)
        box, wrapped, metrics = QRect(0, 0, max(1, room), 1_000), Qt.TextFlag.TextWordWrap, self.fontMetrics()
        high = max((metrics.boundingRect(box, wrapped, name).height() for name in grid.columns), default=0)
        heads = max(px(_HEAD), high + px(_AROUND) // 2) if grid.columns else 0
        self.places.horizontalHeader().setFixedHeight(heads)
        self.places.setFixedHeight(min(len(grid.rows), _MOST_LINES) * px(_LINE) + heads + 4)
        for made in (self.places, self.places.horizontalHeader()):
            measured(made)

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
