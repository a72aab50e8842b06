"""The rows of a table: at hand or in windows read in the background, in which order, and which of them are shown."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal

from ui.tasks import Tasks
from ui.widgets.delegates import Index
from ui.widgets.table_column import Column
from ui.widgets.table_order import RowOrder

WINDOW = 200
KEPT = 30
#: up to so many rows are read whole where a list that comes in windows is sorted or filtered by what its source cannot,
#: so many at a time
WHOLE, _AT_A_TIME = 20_000, 2_000


class TableRows(QAbstractTableModel):
    """Rows by number: `fill` shows rows at hand, `read` counts first and reads windows of 200 as they scroll by.

    `loaded(total)` when the first rows are there, `sort_requested(key, descending)` when the source is to sort,
    `arranged` when the rows at hand stand in another order or others of them are shown: a number means another row then, so
    ask `row` for it, or `source` for its place among the rows as they were given. `gathering(True)` while a list that comes in
    windows is being read whole. `about_to_fill` before rows or columns are replaced.
    """

    loaded = Signal(int)
    about_to_fill = Signal()
    sort_requested = Signal(str, bool)
    about_to_arrange = Signal()
    gathering = Signal(bool)
    arranged = Signal()

    def __init__(
        self, columns: Sequence[Column[Any]], tasks: Tasks | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        #: the column the rows are sorted by, and whether descending
        self.sorted: tuple[int, bool] | None = None
        self.order = RowOrder()
        #: the numbers of the rows shown, in order; None: all, as they were given
        self._places: list[int] | None = None
        #: whether all rows were read of a list that comes in windows
        self._whole = False
        #: the heading left of a row, where the view shows it
        self.heading: Callable[[Any], str] | None = None
        self._tasks = tasks
        self._rows: Sequence[object] = ()
        self._total = 0
        self._fetch: Callable[[int, int], Sequence[object]] | None = None
        self._windows: OrderedDict[int, Sequence[object]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._generation = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(10)
        self._soon.timeout.connect(self._ask)

    # -- filling -------------------------------------------------------------------------------------------

    def put_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Replace the columns; the rows go. Order and filters stay where the columns have the same titles."""
        self.about_to_fill.emit()
        self.beginResetModel()
        same = [one.title for one in columns] == [one.title for one in self.columns]
        self.columns = tuple(columns)
        if not same:
            self.sorted = None
            self.order.by, self.order.kept = None, {}
        self._generation += 1
        self._fetch = None
        self._rows, self._total, self._places = (), 0, None
        self.endResetModel()

    def fill(self, rows: Sequence[object]) -> None:
        """Show rows that are at hand, in the order and by the filters in force; `loaded` tells how many were given."""
        self._fill(rows, whole=False)

    def _fill(self, rows: Sequence[object], *, whole: bool) -> None:
        self.about_to_fill.emit()
        self.beginResetModel()
        self._generation += 1
        self._fetch = None
        self._whole = whole
        self._rows = rows
        self._place()
        self.endResetModel()
        self.loaded.emit(len(rows))

    def read(
        self,
        count: Callable[[], int],
        fetch: Callable[[int, int], Sequence[object]],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Show the `count()` rows that `fetch(offset, limit)` reads, both on the book's thread; all at once where they are
        sorted or filtered here.

        TypeError when the table was built without tasks.
        """
        if self._tasks is None:
            raise TypeError("this table was built without tasks")
        arranged = bool(self.order)

        def first() -> tuple[int, Sequence[object]]:
            """The number of rows and the first window, or all of them."""
            total = count()
            if arranged and total <= WHOLE:
                return total, _all_of(fetch, total)
            return total, fetch(0, WINDOW) if total else ()

        def show(begun: tuple[int, Sequence[object]]) -> None:
            """Rows that are all at hand are shown as such, so that nothing jumps."""
            total, rows = begun
            if self.order and arranged and total <= WHOLE:
                self._fill(rows, whole=True)
            else:
                self.show_windows(total, fetch, rows[:WINDOW])

        self._tasks.run(
            first,
            show,
            failed=failed,
            owner=self,
            key=(self, "first"),
        )

    def show_windows(
        self, total: int, fetch: Callable[[int, int], Sequence[object]], first: Sequence[object]
    ) -> None:
        """Show `total` rows of which the first window is at hand; the others are read as they scroll by."""
        self.about_to_fill.emit()
        self.beginResetModel()
        self._generation += 1
        self._fetch = fetch
        self._whole = False
        self._wanted.clear()
        self._windows = OrderedDict({0: first})
        self._total, self._places = total, None
        self.endResetModel()
        self.loaded.emit(self._total)
        if self.order and not self.gather(self._tell_heads):
            self.order.kept, self.order.by = {}, None
            self._tell_heads()

    # -- the order of rows at hand -------------------------------------------------------------------------

    @property
    def windowed(self) -> bool:
        """Whether not all rows are at hand."""
        return self._fetch is not None

    @property
    def total(self) -> int:
        """How many rows there are, shown or filtered out."""
        return self._total if self._fetch is not None else len(self._rows)

    @property
    def given(self) -> Sequence[Any]:
        """The rows at hand as the page gave them, filtered out or not."""
        return self._rows if self._fetch is None else ()

    def source(self, number: int) -> int:
        """The place of a row among those that the page gave; -1 where there is none."""
        if self._places is None:
            return number if 0 <= number < self._total else -1
        return self._places[number] if 0 <= number < len(self._places) else -1

    def place(self, source: int) -> int:
        """Where a row that the page gave as number `source` stands; -1 where it is filtered out."""
        if self._places is None:
            return source if 0 <= source < self._total else -1
        return self._places.index(source) if source in self._places else -1

    def gather(self, then: Callable[[], object]) -> bool:
        """Call `then` once all rows are at hand; False for a list too long to be read whole."""
        if self._fetch is None:
            then()
            return True
        if self._tasks is None or self._total > WHOLE:
            return False
        fetch, total, generation = self._fetch, self._total, self._generation

        def all_there(rows: Sequence[object]) -> None:
            """Keep the rows, unless the list was replaced meanwhile."""
            if generation == self._generation:
                self.gathering.emit(False)
                self.about_to_arrange.emit()
                self.beginResetModel()
                self._generation += 1
                self._fetch, self._whole, self._rows = None, True, rows
                self._place()
                self.endResetModel()
                self.arranged.emit()
                then()

        def failed(error: Exception) -> None:
            """The list stays as it is."""
            self.gathering.emit(False)
            tasks.failed.emit(error)

        tasks = self._tasks
        self.gathering.emit(True)
        tasks.run(
            lambda: _all_of(fetch, total),
            all_there,
            failed=failed,
            owner=self,
            key=(self, generation, "whole"),
        )
        return True

    def keep(self, column: int, texts: frozenset[str] | None) -> bool:
        """Show only rows with one of these texts in the column, None for all; False for a list too long to be read whole."""
        before = dict(self.order.kept)
        if texts is None:
            self.order.kept.pop(column, None)
        else:
            self.order.kept[column] = texts
        return self._try(before, self.order.by)

    def keep_all(self) -> None:
        """Take all filters away."""
        if self.order.kept:
            self.order.kept.clear()
            if not self.windowed:
                self._arrange()

    def order_by(self, column: int | None, *, descending: bool) -> bool:
        """Sort the rows at hand by a column, None for the order of the page; False for a list too long to be read whole."""
        before = self.order.by
        self.order.by = None if column is None else (column, descending)
        if not self._try(dict(self.order.kept), before):
            return False
        self.sorted = self.order.by
        self._tell_heads()
        return True

    def _try(self, kept: dict[int, frozenset[str]], by: tuple[int, bool] | None) -> bool:
        if not self.windowed:
            self._arrange()
            return True
        if self.gather(self._tell_heads):
            return True
        self.order.kept, self.order.by = kept, by
        return False

    def _place(self) -> None:
        self._places = self.order.places(self._rows, self.columns) if self.order else None
        self._total = len(self._rows) if self._places is None else len(self._places)

    def _arrange(self) -> None:
        self.about_to_arrange.emit()
        self.beginResetModel()
        self._place()
        self.endResetModel()
        self._tell_heads()
        self.arranged.emit()

    def _tell_heads(self) -> None:
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row(self, number: int) -> Any:
        """The row; None while it is being read, which the call starts."""
        if self._fetch is None:
            at = self.source(number)
            return self._rows[at] if at >= 0 else None
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All rows that are shown, read or not; none below a row."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns; none below a row."""
        return 0 if parent.isValid() else len(self.columns)


def _all_of(fetch: Callable[[int, int], Sequence[object]], total: int) -> list[object]:
    """All rows of a list, in several statements."""
    return [row for at in range(0, total, _AT_A_TIME) for row in fetch(at, min(_AT_A_TIME, total - at))]
