"""The one table view, over the one table model."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.tasks import Tasks
from ui.widgets.delegates import ROW_HEIGHT, WrapDelegate
from ui.widgets.table_model import Column, TableModel

#: Pixels beside the words of a cell, also with a light before them; up to how wide a column grows by itself, and what
#: it leaves to one that stretches; and how many rows are looked at for it.
_MARGIN, _ICON, _WIDEST, _STRETCHED, _LOOKED_AT = 26, 46, 220, 170, 40
#: pixels below which a column that stretches cannot be read
_NARROWEST = 120


def _unbroken(texts: Iterable[str], wrap: bool) -> Iterable[str]:
    """The texts that must stand on one line: whole texts, or, where lines break, the words that cannot."""
    return (word for text in texts for word in text.split() if word.isascii()) if wrap else texts


class Table(QTableView):
    """The view of a TableModel: 30 px rows, whole rows selected.

    `opened(row)` on Enter or a double click, `chosen(row)` when the keyboard moves (-1: nowhere). `wrap`: rows grow with their
    words; `steady`: a row that is the same object says the same.
    """

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        tasks: Tasks | None = None,
        *,
        sortable: bool = False,
        wrap: bool = False,
        steady: bool = False,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = TableModel(columns, tasks, self)
        self.setModel(self.table)
        if bare or wrap:
            self.setProperty("role", "bare" if bare else "sheet")
        editable = any(column.edit for column in columns)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed if editable else triggers.NoEditTriggers
        )
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if wrap:
            self.setItemDelegate(WrapDelegate(self, self.table.row if steady else None))
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if wrap else QHeaderView.ResizeMode.Fixed
        )
        rows.setMinimumSectionSize(ROW_HEIGHT)
        #: columns whose width the person chose
        self._dragged: set[int] = set()
        self._heads(columns)
        heads = self.horizontalHeader()
        heads.sectionResized.connect(self._resized)
        if sortable:
            heads.setSortIndicatorShown(True)
            heads.setSectionsClickable(True)
            heads.sortIndicatorChanged.connect(self.table.sort)
        self.table.loaded.connect(self._fit_columns)
        self.table.headerDataChanged.connect(self._fit_columns)
        if not editable:
            self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self.chosen.emit(now.row()))

    def put_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Replace the columns; the rows go."""
        self.table.put_columns(columns)
        self._heads(columns)

    def _heads(self, columns: Sequence[Column[Any]]) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(24)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._dragged.clear()
        for number, column in enumerate(columns):
            if column.width:
                heads.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(number, column.width)
            else:
                heads.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Widen columns to their title and first 40 rows, up to 220 px and as far as stretching columns leave room.

        A column is never narrower than its own width; one that the person dragged is left alone.
        """
        metrics = QFontMetrics(self.font())
        rows = [
            row for number in range(min(_LOOKED_AT, self.table.rowCount())) if (row := self.table.row(number))
        ]
        least, desired = {}, {}
        for number, column in enumerate(self.table.columns):
            if column.width and number not in self._dragged:
                beside = _ICON if column.light else _MARGIN
                title = max(map(metrics.horizontalAdvance, self.table.title(number).split("\n")))
                texts = _unbroken(map(column.text, rows), self.wordWrap())
                words = max(map(metrics.horizontalAdvance, texts), default=0)
                least[number] = max(column.width, title + _MARGIN)
                desired[number] = max(least[number], min(words + beside, _WIDEST))
        self._stretch(sum(least.values()))
        share = self._room_for(sum(least.values()), sum(desired.values()))
        for number, low in least.items():
            self.setColumnWidth(number, low + round((desired[number] - low) * share))

    def _stretch(self, least: int) -> None:
        """Let columns of width 0 share the rest while each gets 120 px; below that the table scrolls sideways."""
        stretching = [n for n, column in enumerate(self.table.columns) if not column.width]
        if not stretching:
            return
        taken = sum(self.columnWidth(number) for number in self._dragged)
        room = self.viewport().width() - taken - least
        narrow = room < len(stretching) * _NARROWEST and least > 0
        heads = self.horizontalHeader()
        for number in stretching:
            if number not in self._dragged:
                modes = QHeaderView.ResizeMode
                heads.setSectionResizeMode(number, modes.Interactive if narrow else modes.Stretch)
                if narrow:
                    self.setColumnWidth(number, _NARROWEST)

    def _room_for(self, least: int, desired: int) -> float:
        """The share (0..1) that columns get of what they desire beyond their least width."""
        stretching = sum(not column.width for column in self.table.columns)
        if not stretching or desired == least:
            return 1.0
        taken = sum(self.columnWidth(number) for number in self._dragged)
        room = self.viewport().width() - taken - stretching * _STRETCHED - least
        return min(1.0, max(0.0, room / (desired - least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def _resized(self, number: int, _old: int, _new: int) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._dragged.add(number)

    def mark_sorted(self, order: str, *, descending: bool) -> None:
        """Show the arrow of the order in force, without requesting it again."""
        for number, column in enumerate(self.table.columns):
            if column.order == order:
                heads = self.horizontalHeader()
                heads.blockSignals(True)
                direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
                heads.setSortIndicator(number, direction)
                heads.blockSignals(False)
                self.table.mark(number, descending=descending)

    def current(self) -> Any | None:
        """The row under the keyboard; None when there is none or it is being read."""
        index = self.currentIndex()
        return self.table.row(index.row()) if index.isValid() else None

    def fit(self, most: int = 12) -> None:
        """Make the table as high as its rows, up to `most` of them."""
        count = max(1, min(most, self.table.rowCount()))
        heads = 0 if self.horizontalHeader().isHidden() else 30
        self.setFixedHeight(count * ROW_HEIGHT + heads + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, or edits a cell that can be edited."""
        editing = self.state() == QAbstractItemView.State.EditingState
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not editing and self.currentIndex().isValid():
            index = self.currentIndex()
            if self.table.columns[index.column()].edit:
                self.edit(index)
            else:
                self.opened.emit(index.row())
            return
        super().keyPressEvent(event)
