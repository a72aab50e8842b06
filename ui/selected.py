"""Which customer a page has under the keyboard, and the way to the next one of the same list."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.widgets.table_same import number_of
from ui.widgets.tables import Table


@dataclass(frozen=True, slots=True)
class Selected:
    """A customer under the keyboard. `go_on` puts the keyboard on the next one of his list, also when the list is read again."""

    customer_no: str
    go_on: Callable[[], object]


def selected_below(page: QWidget) -> Selected | None:
    """The customer of the list that the keyboard is on, else was on last, else of the first list shown; None where there is
    none, or a filter leaves nobody of the list that the keyboard is on."""
    focused = page.window().focusWidget()
    shown = [one for one in page.findChildren(Table) if one.isVisible()]
    shown.sort(
        key=lambda one: (one is not focused and not (focused and one.isAncestorOf(focused)), -one.visits)
    )
    for table in shown:
        number = number_of(table.current())
        if number:
            return Selected(number, NextPerson(table).go)
        if table is focused and table.table.order.kept and not table.table.rowCount():
            return None
    return None


class NextPerson(QObject):
    """Remembers the customer after the one under the keyboard. `go` selects him; the list keeps to him while it is read again,
    until the person moves."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table
        self._at = table.currentIndex().row()
        after = self._at + 1
        self._wanted = number_of(table.table.row(after)) if after < table.table.rowCount() else None

    def go(self) -> None:
        """Put the keyboard on the next customer."""
        for earlier in self._table.findChildren(NextPerson):
            earlier.end()
        self.setParent(self._table)
        self._table.setFocus()
        self._select()
        self._table.table.loaded.connect(self._soon)
        for one in (self._table, self._table.viewport()):
            one.installEventFilter(self)

    def end(self) -> None:
        """The person moved, or went on from elsewhere."""
        self._table.table.loaded.disconnect(self._soon)
        self.setParent(None)
        self.deleteLater()

    def _soon(self, _total: int) -> None:
        # after the page has put the keyboard where it begins
        QTimer.singleShot(0, self, self._select)

    def _select(self) -> None:
        rows = self._table.table.rowCount()
        near = (self._at, self._at + 1, *range(min(rows, 200) if self._table.table.windowed else rows))
        places = (place for place in near if place < rows)
        here = (place for place in places if number_of(self._table.table.row(place)) == self._wanted)
        place = next(here, min(self._at, rows - 1)) if self._wanted else min(self._at, rows - 1)
        if place >= 0:
            self._table.selectRow(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or the mouse in the list: the person chooses from here on."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self.end()
        return super().eventFilter(watched, event)
