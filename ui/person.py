"""Finding a customer while typing, for the questions that ask whom something is about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem

from ui.tasks import Tasks
from ui.words import who
from workbench.insight.facts import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench

_MOST = 8


class PersonSearch(QObject):
    """`line` is typed in, `hits` stands below it. `typed()` when nobody is meant any more, `looked(count)` after the
    book was asked, `taken(hit)` when one was chosen. The customer number `but` is never offered."""

    typed = Signal()
    looked = Signal(int)
    taken = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QDialog, but: str = "") -> None:
        super().__init__(over)
        self._workbench = workbench
        self._tasks = tasks
        self._but = but
        self.line = QLineEdit()
        self.hits = QListWidget()
        self.hits.setMaximumHeight(120)
        self.hits.hide()
        self.line.textEdited.connect(self._search)
        self.hits.itemClicked.connect(lambda _item: self.take())
        self.hits.itemActivated.connect(lambda _item: self.take())

    def _search(self, text: str) -> None:
        self.typed.emit()
        wanted = text.strip()
        if not wanted:
            self.hits.hide()
            return
        self._tasks.run(
            lambda: self._workbench.insight.search(wanted, _MOST),
            self._offer,
            owner=self,
            key=(self, "search"),
        )

    def _offer(self, found: Sequence[CustomerHit]) -> None:
        self.hits.clear()
        for hit in found:
            if hit.customer_no != self._but:
                item = QListWidgetItem(who(hit.name, hit.customer_no))
                item.setData(Qt.ItemDataRole.UserRole, hit)
                self.hits.addItem(item)
        self.hits.setVisible(self.hits.count() > 0)
        self.hits.setCurrentRow(0)
        self.looked.emit(self.hits.count())

    def current(self) -> CustomerHit | None:
        """The offer under the keyboard, while offers are shown."""
        item = self.hits.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None and self.hits.isVisible() else None
        return found if isinstance(found, CustomerHit) else None

    def take(self) -> bool:
        """Choose the offer under the keyboard; False where there is none."""
        found = self.current()
        if found is not None:
            self.put(found)
        return found is not None

    def put(self, hit: CustomerHit) -> None:
        """This customer it is."""
        self.line.setText(who(hit.name, hit.customer_no))
        self.hits.hide()
        self.taken.emit(hit)

    def known(self, customer_no: str) -> CustomerHit | None:
        """The customer of a number; for the background."""
        found = self._workbench.insight.search(customer_no, 5)
        return next((hit for hit in found if hit.customer_no == customer_no), None)
