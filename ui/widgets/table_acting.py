"""A table as its menus see it: what is done to its rows and columns, whoever asks for it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableView, QToolTip, QWidget

from ui import clipboard
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.delegates import ROW_HEIGHT, InkDelegate, WrapDelegate
from ui.widgets.parts import button
from ui.widgets.table_copy import cell, copied, door_of
from ui.widgets.table_filter import FilterPopup
from ui.widgets.table_heads import Heads
from ui.widgets.table_keyboard import KeyboardRow
from ui.widgets.table_model import WHOLE, Column, TableModel
from ui.widgets.table_widths import ColumnWidths
from ui.zoom import measured
from workbench.base.i18n import _


class ActingTable(QTableView):
    """Rows sorted, filtered and copied, columns arranged; `Table` adds keys, mouse and menus."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        tasks: Tasks | None = None,
        *,
        name: str = "",
        wrap: bool = False,
        steady: bool = False,
        bare: bool = False,
        fixed: bool = False,
        kept: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = TableModel(columns, tasks, self)
        self.name = name
        self.fixed = fixed
        #: the greater, the later the keyboard came to the table; 0: never
        self.visits = 0
        #: the buttons that act on the row under the keyboard, for its menu
        self.offered: tuple[QPushButton, ...] = ()
        self.heads = Heads(lambda number: number in self.table.order.kept, self)
        self.setHorizontalHeader(self.heads)
        self.setModel(self.table)
        if bare or wrap:
            self.setProperty("role", "bare" if bare else "sheet")
        editable = any(column.edit for column in columns)
        self._behave(wrap, editable)
        self.setItemDelegate(
            WrapDelegate(self, self.table.row if steady else None) if wrap else InkDelegate(self)
        )
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(px(ROW_HEIGHT))
        rows.setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if wrap else QHeaderView.ResizeMode.Fixed
        )
        rows.setMinimumSectionSize(px(ROW_HEIGHT))
        measured(rows)
        self._left_out = button("", self.table.keep_all, "act", tip=_("点一下显示全部"))
        self._left_out.setParent(self)
        self._left_out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left_out.hide()
        self.keyboard = KeyboardRow(self, self.table, lambda: self.chosen.emit(-1))
        self.widths = ColumnWidths(self, self.table, name if kept else "")
        self.widths.begin()
        self._connect(editable)

    def _behave(self, wrap: bool, editable: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed if editable else triggers.NoEditTriggers
        )
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _connect(self, editable: bool) -> None:
        heads = self.heads
        heads.sectionResized.connect(self.widths.resized)
        heads.sectionMoved.connect(lambda *_places: self.widths.moved())
        heads.sectionHandleDoubleClicked.connect(self.widths.widen)
        heads.sectionClicked.connect(self._clicked)
        self.heads.menu_requested.connect(self.offer_column)
        model = self.table
        model.loaded.connect(lambda _total: self.widths.fit())
        model.loaded.connect(lambda _total: self._tell_left_out())
        model.headerDataChanged.connect(lambda *_range: self.widths.fit())
        model.arranged.connect(self._arranged)
        model.gathering.connect(self._tell_gathering)
        if not editable:
            self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self.chosen.emit(now.row()))

    def offer(self, *buttons: QPushButton) -> None:
        """Say which buttons of the page act on the row under the keyboard: the menu of the row offers them too."""
        self.offered = buttons

    def put_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Replace the columns; the rows go. Columns with the same titles stand as they stood."""
        same = [one.title for one in columns] == [one.title for one in self.table.columns]
        self.table.put_columns(columns)
        if same:
            self.widths.fit()
        else:
            self.widths.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to words of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "widths"):
            self.widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widths.fit()
        self._place_left_out()

    def offer_column(self, number: int, place: QPoint) -> None:
        """Open what a column offers, at a place of the screen."""
        raise NotImplementedError

    def setCurrentIndex(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """What the program selects is selected alone, whatever keys are held meanwhile."""
        super().setCurrentIndex(index)
        self._alone(index)

    def selectRow(self, row: int) -> None:
        """As `setCurrentIndex`."""
        super().selectRow(row)
        self._alone(self.table.index(row, 0))

    def _alone(self, index: QModelIndex | QPersistentModelIndex) -> None:
        held = QGuiApplication.keyboardModifiers()
        if index.isValid() and held & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            flags = QItemSelectionModel.SelectionFlag
            rows = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
            self.selectionModel().select(
                index, flags.ClearAndSelect | (flags.Rows if rows else flags.NoUpdate)
            )

    # -- order and filter ----------------------------------------------------------------------------------

    def _clicked(self, number: int) -> None:
        """A head was clicked: its order, the other way, and then the page's own again."""
        if self.fixed:
            return
        first = self.table.columns[number].largest_first
        at = self.table.sorted
        if at is None or at[0] != number:
            self.sort_by(number, descending=first)
        elif at[1] == first or self.table.columns[number].order:
            self.sort_by(number, descending=not at[1])
        else:
            self.sort_by(None, descending=False)

    def sort_by(self, number: int | None, *, descending: bool) -> None:
        """Sort by a column; None is the order of the page."""
        before = (self.table.sorted, self.table.order.by)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.sort(-1 if number is None else number, order)
        if number is not None and (self.table.sorted, self.table.order.by) == before:
            self._too_long(number)

    def mark_sorted(self, order: str, *, descending: bool) -> None:
        """Show the arrow of the order in force, without requesting it again."""
        for number, column in enumerate(self.table.columns):
            if column.order == order and self.table.order.by is None:
                self.table.mark(number, descending=descending)

    def keep(self, number: int, texts: frozenset[str] | None) -> None:
        """Show only the rows that have one of these texts in a column; None: all."""
        if not self.table.keep(number, texts):
            self._too_long(number)

    def open_filter(self, number: int) -> None:
        """Offer the values of a column to choose from."""
        if self.fixed:
            return
        column = self.table.columns[number]
        if column.narrow is not None and self.table.windowed and self.table.total > WHOLE:
            column.narrow()
        elif not self.table.gather(partial(self._open_filter, number)):
            self._too_long(number)

    def _open_filter(self, number: int) -> None:
        values = self.table.order.values(self.table.given, self.table.columns, number)
        heads = self.horizontalHeader()
        popup = FilterPopup(
            self.table.columns[number].title, values, self.table.order.kept.get(number), partial(self.keep, number), self
        )  # fmt: skip
        below = QPoint(heads.sectionViewportPosition(number), heads.height())
        popup.open_at(heads.viewport().mapToGlobal(below))

    def _too_long(self, number: int) -> None:
        """The list is too long to be read whole: say what leads on."""
        words = _("这份名单有 {n} 行,超过 {most} 行的先用上面的条件缩小,才能按这一列排序或筛选。")
        heads = self.horizontalHeader()
        place = heads.viewport().mapToGlobal(QPoint(heads.sectionViewportPosition(number), heads.height()))
        QToolTip.showText(place, words.format(n=f"{self.table.total:,}", most=f"{WHOLE:,}"), self)

    def _arranged(self) -> None:
        self.widths.fit()
        self._tell_left_out()
        self.keyboard.take_up()

    def _tell_left_out(self) -> None:
        shown, total = self.table.rowCount(), self.table.total
        on = bool(self.table.order.kept) and not self.table.windowed
        self._left_out.setText(
            _("筛选后 {n} / {total} 行 · 显示全部").format(n=f"{shown:,}", total=f"{total:,}")
        )
        self._left_out.setVisible(on)
        self._place_left_out()

    def _tell_gathering(self, on: bool) -> None:
        self._tell_left_out()
        if on:
            self._left_out.setText(_("正在读取整份名单…"))
            self._left_out.show()
            self._place_left_out()

    def _place_left_out(self) -> None:
        self._left_out.adjustSize()
        right, bottom = self.viewport().geometry().right(), self.viewport().geometry().bottom()
        self._left_out.move(right - self._left_out.width() - 4, bottom - self._left_out.height() - 2)
        self._left_out.raise_()

    # -- rows ----------------------------------------------------------------------------------------------

    def current(self) -> Any | None:
        """The row under the keyboard; None when there is none or it is being read."""
        index = self.currentIndex()
        return self.table.row(index.row()) if index.isValid() else None

    def _is_selected(self, number: int) -> bool:
        chosen = self.selectionModel().selection()
        return any(chosen.at(n).top() <= number <= chosen.at(n).bottom() for n in range(chosen.size()))

    def go_to(self, source: int, column: int = 0) -> None:
        """Put the keyboard on the row that the page gave as number `source`, or on the first where it is filtered out."""
        self.setCurrentIndex(self.table.index(max(0, self.table.place(source)), column))

    def stay(self, first: int = 0, column: int = 0) -> None:
        """After the rows were replaced: the keyboard on the row that it was on, else where that stood, else on the row that the
        page gave as number `first`, in `column`."""
        self.keyboard.stay(first, column)

    def selected_numbers(self) -> range | list[int]:
        """The numbers of the selected rows from the top; that of the row under the keyboard where none is selected."""
        chosen = self.selectionModel().selection()
        spans = sorted({(chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.size())})
        if len(spans) == 1:
            return range(spans[0][0], spans[0][1] + 1)
        numbers = sorted({number for top, bottom in spans for number in range(top, bottom + 1)})
        return numbers or ([self.currentIndex().row()] if self.currentIndex().isValid() else [])

    def _copied_columns(self) -> list[Column[Any]]:
        heads = self.horizontalHeader()
        numbers = [heads.logicalIndex(place) for place in range(len(self.table.columns))]
        shown = [n for n in numbers if not self.isColumnHidden(n)]
        if self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectItems:
            chosen = {index.column() for index in self.selectedIndexes()}
            shown = [n for n in shown if n in chosen or self.table.columns[n].key]
        return [self.table.columns[n] for n in shown]

    def copy(self) -> None:
        """Put the selected rows on the clipboard with their headings, through the door above this table."""
        numbers, columns = self.selected_numbers(), self._copied_columns()
        if numbers and not all(self.table.at_hand(n) is not None for n in numbers):
            if not self.table.gather(self._copy_all_of(numbers)):
                words = _("一次最多复制 {most} 行;整份名单请用页面上的导出。").format(most=f"{WHOLE:,}")
                QToolTip.showText(self.viewport().mapToGlobal(self.viewport().rect().topLeft()), words, self)
            return
        rows = [row for n in numbers if (row := self.table.row(n)) is not None]
        if rows and columns:
            made, door = copied(self.name, columns, rows), door_of(self)
            if door is not None:
                door.copy_rows(made)

    def _copy_all_of(self, numbers: Sequence[int]) -> Any:
        """Copy rows of a list of which not all were at hand, once they are."""

        def go_on() -> None:
            """Select them again: reading the list whole took the selection away."""
            model, selection = self.table, self.selectionModel()
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            for number in numbers:
                selection.select(model.index(number, 0), flags)
            self.copy()

        return go_on

    def copy_cell(self) -> None:
        """Put the cell under the keyboard on the clipboard, as it is shown."""
        row = self.current()
        if row is not None:
            clipboard.put_cells(cell(self.table.columns[self.currentIndex().column()], row))
