"""The one table view, over the one table model."""

from itertools import count

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip

from ui.theme import px
from ui.widgets.delegates import ROW_HEIGHT
from ui.widgets.table_acting import ActingTable
from ui.widgets.table_menu import head_menu, pop_up, row_menu, view_menu
from ui.zoom import measured

_VISITS = count(1)


class Table(ActingTable):
    """The view of a TableModel: 30 px rows, whole rows selected, several with Shift, Ctrl or the mouse.

    `opened(row)` on Enter or a double click, `chosen(row)` when the keyboard moves (-1: nowhere), or when the row under it
    stands elsewhere. `name`: its columns are remembered on this PC, unless they are
    other ones each time (`kept` false); `wrap`: rows grow with their words; `steady`: a row
    that is the same object says the same; `fixed`: rows that cannot be sorted or filtered, since their places mean
    something.
    """

    def offer_column(self, number: int, place: QPoint) -> None:
        """Open the menu of a head."""
        pop_up(head_menu(self, number), place)

    def fit(self, most: int = 12) -> None:
        """Make the table as high as its rows, up to `most` of them."""
        count = max(1, min(most, self.table.rowCount()))
        heads = 0 if self.horizontalHeader().isHidden() else px(30)
        self.setFixedHeight(count * px(ROW_HEIGHT) + heads + 4)
        measured(self)

    # -- keys and mouse ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, or edits a cell that can be edited; Ctrl+C copies, Alt+Down filters by the column."""
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt, shift = held == Qt.KeyboardModifier.AltModifier, held == Qt.KeyboardModifier.ShiftModifier
        if editing or not index.isValid():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif enter and self.table.columns[index.column()].edit:
            self.edit(index)
        elif enter:
            self.opened.emit(index.row())
        elif alt and event.key() == Qt.Key.Key_Down:
            self.open_filter(index.column())
        elif event.key() == Qt.Key.Key_Menu or (shift and event.key() == Qt.Key.Key_F10):
            self._offer_row(index)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """A letter goes to the row that begins so, where the rows are at hand."""
        if not self.table.windowed:
            super().keyboardSearch(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row under the mouse or, by its key, under the keyboard."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            self._offer_row(self.currentIndex())
        elif index.isValid():
            self._offer_row(index, event.globalPos())
        else:
            pop_up(view_menu(self), event.globalPos())

    def _offer_row(self, index: QModelIndex, place: QPoint | None = None) -> None:
        """The menu of a row, below its cell unless at a place of the screen; once, where a desktop also tells of the key."""
        if QApplication.activePopupWidget() is not None:
            return
        if not self._is_selected(index.row()):
            self.setCurrentIndex(index)
        if place is None:
            self.scrollTo(index)
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        pop_up(row_menu(self), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By a key the keyboard comes to a row, so that one sees where it is."""
        super().focusInEvent(event)
        self.visits = next(_VISITS)
        reasons = Qt.FocusReason
        by_key = (
            reasons.TabFocusReason,
            reasons.BacktabFocusReason,
            reasons.ShortcutFocusReason,
            reasons.OtherFocusReason,
        )
        if event.reason() in by_key and self.table.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole text of a cell that is cut and has no tip of its own."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(index.data() or "") if index.isValid() else ""
            if text and not index.data(Qt.ItemDataRole.ToolTipRole) and not self.wordWrap():
                wide = self.fontMetrics().horizontalAdvance(text)
                if wide > self.columnWidth(index.column()) - 18:
                    QToolTip.showText(event.globalPos(), text, self)
                    return True
        return super().viewportEvent(event)
