"""The row under the keyboard: it keeps the keyboard when rows are sorted, filtered or read again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

from ui.widgets.table_model import TableModel
from ui.widgets.table_same import place_of


class KeyboardRow(QObject):
    """`nowhere` is called when no row is left that could have the keyboard."""

    def __init__(self, table: QTableView, model: TableModel, nowhere: Callable[[], object]) -> None:
        super().__init__(table)
        self._table, self._model, self._nowhere = table, model, nowhere
        #: the row and column under the keyboard before the rows are arranged
        self._held: tuple[Any, int] | None = None
        #: the row, its column, number and order before the rows were replaced
        self._before: tuple[Any, int, int, tuple[int, bool] | None] | None = None
        self._shown_by = model.sorted
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._find_again)
        model.about_to_fill.connect(self._remember)
        model.loaded.connect(self._loaded)
        model.about_to_arrange.connect(self._hold)

    # -- rows in another order -----------------------------------------------------------------------------

    def _hold(self) -> None:
        index = self._table.currentIndex()
        self._held = (self._model.row(index.row()), index.column()) if index.isValid() else None

    def take_up(self) -> None:
        """After the rows were arranged: the keyboard on its row wherever that stands, else on the first."""
        held, self._held = self._held, None
        if held is None:
            return
        count = self._model.rowCount() if not self._model.windowed else 0
        if not count:
            self._nowhere()
            return
        self._go(max(0, place_of(held[0], ((n, self._model.row(n)) for n in range(count)))), held[1])
        self._table.scrollTo(self._table.currentIndex())

    # -- rows that were read again -------------------------------------------------------------------------

    def _remember(self) -> None:
        index = self._table.currentIndex()
        row = self._model.at_hand(index.row()) if index.isValid() else None
        if row is not None:
            self._before = (row, index.column(), index.row(), self._shown_by)

    def _loaded(self, _total: int) -> None:
        self._shown_by = self._model.sorted
        self._soon.start()

    def _find_again(self) -> None:
        """Where the page put the keyboard nowhere, it goes back to its row; the row itself is kept no longer."""
        lost = self._before is not None and not self._table.currentIndex().isValid()
        if lost and self._model.rowCount() and (self._table.hasFocus() or self._same() >= 0):
            self.stay()
        self._before = None

    def _same(self) -> int:
        if self._before is None:
            return -1
        count, was = self._model.rowCount(), self._before[2]
        near = (was, *range(count)) if was < count else range(count)
        rows = ((n, row) for n in near if (row := self._model.at_hand(n)) is not None)
        return place_of(self._before[0], rows)

    def stay(self, first: int = 0, column: int = 0) -> None:
        """As `ActingTable.stay`."""
        if not self._model.rowCount():
            return
        place, before = self._same(), self._before
        if before is not None:
            column = min(before[1], len(self._model.columns) - 1)
            if place < 0 and before[3] == self._model.sorted:
                place = min(before[2], self._model.rowCount() - 1)
        self._go(place if place >= 0 else max(0, self._model.place(first)), column)

    def _go(self, place: int, column: int) -> None:
        self._table.setCurrentIndex(self._model.index(place, max(0, column)))
