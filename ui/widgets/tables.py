"""The one table: columns are data, rows come in windows read in the background, so a list may have any length."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.tasks import Tasks
from ui.theme import colours, light_icon
from ui.widgets.delegates import ROW_HEIGHT, Index, WrapDelegate
from workbench.base.i18n import _

#: the class of the rows
_R = TypeVar("_R")

WINDOW = 200
KEPT = 30
#: Pixels beside the words of a cell, also with a light before them; up to how wide a column grows by itself, and what
#: it leaves to one that stretches; and how many rows are looked at for it.
_MARGIN, _ICON, _WIDEST, _STRETCHED, _LOOKED_AT = 26, 46, 220, 170, 40
#: pixels below which a column that stretches cannot be read
_NARROWEST = 120


@dataclass(frozen=True, slots=True)
class Column(Generic[_R]):
    """One column over rows of one class: how a row's cell reads, stands and sorts. `width` in pixels, 0 stretches.

    `light` gives the light whose shape stands before the word; `ink` a colour role; `order` the key the source
    sorts by; `edit` takes the new text of a cell that can be changed in place, `raw` gives what the editor starts
    with where that is not what is shown; `ground` the colour role a cell is painted on.
    """

    title: str
    text: Callable[[_R], str]
    width: int = 0
    number: bool = False
    tip: Callable[[_R], str | None] | None = None
    light: Callable[[_R], str | None] | None = None
    ink: Callable[[_R], str | None] | None = None
    order: str | None = None
    edit: Callable[[int, str], object] | None = None
    raw: Callable[[_R], str] | None = None
    ground: Callable[[_R], str | None] | None = None


class TableModel(QAbstractTableModel):
    """Rows by number. `fill` shows rows at hand; `read` counts first and then reads windows as they scroll by."""

    loaded = Signal(int)
    sort_asked = Signal(str, bool)

    def __init__(
        self, columns: Sequence[Column[Any]], tasks: Tasks | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        #: the column that the rows stand in the order of, and whether from the greatest down
        self.sorted: tuple[int, bool] | None = None
        #: what stands left of a row, where the view shows it
        self.heading: Callable[[Any], str] | None = None
        self._tasks = tasks
        self._rows: Sequence[object] = ()
        self._total = 0
        self._fetch: Callable[[int, int], Sequence[object]] | None = None
        self._windows: OrderedDict[int, Sequence[object]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._generation = 0
        self._icons: dict[str | None, QIcon] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(10)
        self._soon.timeout.connect(self._ask)

    # -- filling -------------------------------------------------------------------------------------------

    def put_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Other columns, as yet without rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.sorted = None
        self._generation += 1
        self._fetch = None
        self._rows, self._total = (), 0
        self.endResetModel()

    def fill(self, rows: Sequence[object]) -> None:
        """Show rows at hand."""
        self.beginResetModel()
        self._generation += 1
        self._fetch = None
        self._rows = rows
        self._total = len(rows)
        self.endResetModel()
        self.loaded.emit(self._total)

    def read(
        self,
        count: Callable[[], int],
        fetch: Callable[[int, int], Sequence[object]],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Show what `fetch(offset, limit)` yields, `count()` rows in all; both run on the book's thread."""
        if self._tasks is None:
            raise TypeError("this table was built without tasks")

        def first() -> tuple[int, Sequence[object]]:
            total = count()
            return total, fetch(0, WINDOW) if total else ()

        self._tasks.run(
            first,
            lambda found: self.show_windows(found[0], fetch, found[1]),
            failed=failed,
            owner=self,
            key=(self, "first"),
        )

    def show_windows(
        self, total: int, fetch: Callable[[int, int], Sequence[object]], first: Sequence[object]
    ) -> None:
        """`total` rows of which the first window is at hand; the others are read as they scroll by."""
        self.beginResetModel()
        self._generation += 1
        self._fetch = fetch
        self._wanted.clear()
        self._windows = OrderedDict({0: first})
        self._total = total
        self.endResetModel()
        self.loaded.emit(self._total)

    def row(self, number: int) -> Any:
        """The row, None while it is being read."""
        if self._fetch is None:
            return self._rows[number] if 0 <= number < len(self._rows) else None
        window = self._windows.get(number // WINDOW)
        if window is None:
            self._wanted[number // WINDOW] = None
            self._wanted.move_to_end(number // WINDOW)
            self._soon.start()
            return None
        inside = number % WINDOW
        return window[inside] if inside < len(window) else None

    def _ask(self) -> None:
        # what scrolled by while reading is no longer wanted: only the last windows asked for are read
        wanted = list(self._wanted)[-3:]
        self._wanted.clear()
        for window in wanted:
            self._read_window(window)

    def _read_window(self, window: int) -> None:
        fetch, generation = self._fetch, self._generation
        if fetch is None or self._tasks is None or window in self._windows:
            return

        def show(rows: Sequence[object]) -> None:
            if generation != self._generation:
                return
            self._windows[window] = rows
            while len(self._windows) > KEPT:
                self._windows.popitem(last=False)
            top, last = window * WINDOW, min(self._total, (window + 1) * WINDOW) - 1
            self.dataChanged.emit(self.index(top, 0), self.index(last, len(self.columns) - 1))
            if self.heading is not None:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, top, last)

        self._tasks.run(
            lambda: fetch(window * WINDOW, WINDOW), show, owner=self, key=(self, generation, window)
        )

    # -- what Qt asks --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.BackgroundRole,
        )
        if role not in shown:
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return self._cell(column, row, role)

    def _cell(self, column: Column[Any], row: object, role: int) -> object:
        if role == Qt.ItemDataRole.EditRole and column.raw:
            return column.raw(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(row)
        if role == Qt.ItemDataRole.BackgroundRole and column.ground and (ground := column.ground(row)):
            return QColor(getattr(colours(), ground))
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == Qt.ItemDataRole.ForegroundRole and column.ink and (ink := column.ink(row)):
            return QColor(getattr(colours(), ink))
        if role == Qt.ItemDataRole.DecorationRole and column.light:
            light = column.light(row)
            if light not in self._icons:
                self._icons[light] = light_icon(light)
            return self._icons[light]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            if self.heading is None or role != Qt.ItemDataRole.DisplayRole:
                return None
            row = self.row(section)
            return "" if row is None else self.heading(row)
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and column.order:
            return _("点一下按这一列排序,再点一下倒过来")
        return None

    def title(self, number: int) -> str:
        """A column's title; the arrow is part of it, as the style would paint one over the words."""
        arrow = ""
        if self.sorted is not None and self.sorted[0] == number:
            arrow = " ↓" if self.sorted[1] else " ↑"
        return self.columns[number].title + arrow

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].edit else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        row = self.row(index.row())
        if column.edit is None or row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != (column.raw or column.text)(row):
            column.edit(index.row(), str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and (key := self.columns[column].order):
            self.mark(column, descending=order == Qt.SortOrder.DescendingOrder)
            self.sort_asked.emit(key, order == Qt.SortOrder.DescendingOrder)

    def mark(self, column: int, *, descending: bool) -> None:
        """Say which column the rows stand in the order of."""
        self.sorted = (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)


def _unbroken(texts: Iterable[str], wrap: bool) -> Iterable[str]:
    """What has to stand on one line: whole texts, or where lines break, the words that cannot."""
    return (word for text in texts for word in text.split() if word.isascii()) if wrap else texts


class Table(QTableView):
    """The view of a TableModel: 30 px rows, whole rows selected, Enter or a double click opens, Tab leaves."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        tasks: Tasks | None = None,
        *,
        sortable: bool = False,
        wrap: bool = False,
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
            self.setItemDelegate(WrapDelegate(self))
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
        """Other columns, as yet without rows."""
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
        """Wide enough for the title and for the first rows, up to a limit and as far as columns that stretch leave room;
        never narrower than the column asks for."""
        metrics = QFontMetrics(self.font())
        rows = [
            row for number in range(min(_LOOKED_AT, self.table.rowCount())) if (row := self.table.row(number))
        ]
        least, wanted = {}, {}
        for number, column in enumerate(self.table.columns):
            if column.width and number not in self._dragged:
                beside = _ICON if column.light else _MARGIN
                title = max(map(metrics.horizontalAdvance, self.table.title(number).split("\n")))
                texts = _unbroken(map(column.text, rows), self.wordWrap())
                words = max(map(metrics.horizontalAdvance, texts), default=0)
                least[number] = max(column.width, title + _MARGIN)
                wanted[number] = max(least[number], min(words + beside, _WIDEST))
        self._stretch(sum(least.values()))
        share = self._room_for(sum(least.values()), sum(wanted.values()))
        for number, low in least.items():
            self.setColumnWidth(number, low + round((wanted[number] - low) * share))

    def _stretch(self, least: int) -> None:
        """Columns that stretch do so as long as each can be read; below that the table scrolls sideways."""
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

    def _room_for(self, least: int, wanted: int) -> float:
        """The share of what the columns want beyond the least that they get beside those that stretch."""
        stretching = sum(not column.width for column in self.table.columns)
        if not stretching or wanted == least:
            return 1.0
        taken = sum(self.columnWidth(number) for number in self._dragged)
        room = self.viewport().width() - taken - stretching * _STRETCHED - least
        return min(1.0, max(0.0, room / (wanted - least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def _resized(self, number: int, _old: int, _new: int) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._dragged.add(number)

    def mark_sorted(self, order: str, *, descending: bool) -> None:
        """Show the arrow of the order in force without asking for it again."""
        for number, column in enumerate(self.table.columns):
            if column.order == order:
                heads = self.horizontalHeader()
                heads.blockSignals(True)
                direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
                heads.setSortIndicator(number, direction)
                heads.blockSignals(False)
                self.table.mark(number, descending=descending)

    def current(self) -> Any | None:
        """The row under the keyboard."""
        index = self.currentIndex()
        return self.table.row(index.row()) if index.isValid() else None

    def fit(self, most: int = 12) -> None:
        """As high as its rows, up to `most` of them."""
        count = max(1, min(most, self.table.rowCount()))
        heads = 0 if self.horizontalHeader().isHidden() else 30
        self.setFixedHeight(count * ROW_HEIGHT + heads + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
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
