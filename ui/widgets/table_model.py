"""The one table model: columns are data, rows come in windows read in the background, so a list may have any length."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon

from ui.tasks import Tasks
from ui.theme import colours, light_icon
from ui.widgets.delegates import Index
from workbench.base.i18n import _

#: the class of the rows
_R = TypeVar("_R")

WINDOW = 200
KEPT = 30


@dataclass(frozen=True, slots=True)
class Column(Generic[_R]):
    """One column over rows of one class: how a cell reads, looks and sorts. `width` in pixels, 0 stretches.

    `light` is the light drawn before the word, `ink` the colour role of the text and `ground` that of the cell, `order`
    the key the source sorts by. `edit(row number, text)` stores a changed cell; `raw` is the text the editor starts
    with, where it is not the text shown.
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
    """Rows by number: `fill` shows rows at hand, `read` counts first and reads windows of 200 as they scroll by.

    `loaded(total)` when the first rows are there, `sort_requested(key, descending)` when a header is clicked.
    """

    loaded = Signal(int)
    sort_requested = Signal(str, bool)

    def __init__(
        self, columns: Sequence[Column[Any]], tasks: Tasks | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        #: the column the rows are sorted by, and whether descending
        self.sorted: tuple[int, bool] | None = None
        #: the heading left of a row, where the view shows it
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
        """Replace the columns; the rows go."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.sorted = None
        self._generation += 1
        self._fetch = None
        self._rows, self._total = (), 0
        self.endResetModel()

    def fill(self, rows: Sequence[object]) -> None:
        """Show rows that are at hand, all of them."""
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
        """Show the `count()` rows that `fetch(offset, limit)` reads, both on the book's thread.

        TypeError when the table was built without tasks.
        """
        if self._tasks is None:
            raise TypeError("this table was built without tasks")

        def first() -> tuple[int, Sequence[object]]:
            """The number of rows and the first window."""
            total = count()
            return total, fetch(0, WINDOW) if total else ()

        self._tasks.run(
            first,
            lambda begun: self.show_windows(begun[0], fetch, begun[1]),
            failed=failed,
            owner=self,
            key=(self, "first"),
        )

    def show_windows(
        self, total: int, fetch: Callable[[int, int], Sequence[object]], first: Sequence[object]
    ) -> None:
        """Show `total` rows of which the first window is at hand; the others are read as they scroll by."""
        self.beginResetModel()
        self._generation += 1
        self._fetch = fetch
        self._wanted.clear()
        self._windows = OrderedDict({0: first})
        self._total = total
        self.endResetModel()
        self.loaded.emit(self._total)

    def row(self, number: int) -> Any:
        """The row; None while it is being read, which the call starts."""
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

    def at_hand(self, number: int) -> Any:
        """The row if it is read already; None, without reading it, where it is not."""
        if self._fetch is None:
            return self.row(number)
        window = self._windows.get(number // WINDOW, ())
        return window[number % WINDOW] if number % WINDOW < len(window) else None

    def _ask(self) -> None:
        # windows that scrolled by meanwhile are no longer needed: only the last three are read
        wanted = list(self._wanted)[-3:]
        self._wanted.clear()
        for window in wanted:
            self._read_window(window)

    def _read_window(self, window: int) -> None:
        fetch, generation = self._fetch, self._generation
        if fetch is None or self._tasks is None or window in self._windows:
            return

        def show(rows: Sequence[object]) -> None:
            """Keep the window, unless the list was replaced meanwhile."""
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
        """All rows, read or not; none below a row."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns; none below a row."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows for a role; '…' while its row is being read."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        cell_roles = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.BackgroundRole,
        )
        if role not in cell_roles:
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
        """A column's title, alignment and tip; for a row, what `heading` says of it."""
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
        """A column's title with the arrow of the order; the style would paint an arrow over the words."""
        arrow = ""
        if self.sorted is not None and self.sorted[0] == number:
            arrow = " ↓" if self.sorted[1] else " ↑"
        return self.columns[number].title + arrow

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where the column has `edit`."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].edit else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand changed text to the column's `edit`, which writes it; False where nothing can be edited."""
        column = self.columns[index.column()]
        row = self.row(index.row())
        if column.edit is None or row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != (column.raw or column.text)(row):
            column.edit(index.row(), str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Request the order of a column that has one; the rows are read again by whoever listens."""
        if 0 <= column < len(self.columns) and (key := self.columns[column].order):
            self.mark(column, descending=order == Qt.SortOrder.DescendingOrder)
            self.sort_requested.emit(key, order == Qt.SortOrder.DescendingOrder)

    def mark(self, column: int, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self.sorted = (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
