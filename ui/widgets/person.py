"""Finding a customer while typing, for dialogs and pages about one customer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import column, label
from ui.words import hit_who, hit_words, number_tail
from ui.zoom import measured
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench

_MOST = 8
#: hits seen without scrolling
_IN_SIGHT = 4
#: milliseconds to wait for the book before a line says that it is busy
_PATIENCE = 300


class PersonSearch(QObject):
    """Finds a customer while `line` is typed in; `below` shows the `hits`, or that the book is busy.

    `typed()` when the text was changed and no customer is chosen, `looked(count)` after a search, `taken(hit)` when one
    was
    chosen. The customer number `but` is never offered.
    """

    typed = Signal()
    looked = Signal(int)
    taken = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QWidget, but: str = "") -> None:
        super().__init__(over)
        self._workbench = workbench
        self._tasks = tasks
        self._but = but
        #: whether a search for what stands in the line is under way
        self.looking = False
        self.line = QLineEdit()
        self.hits = QListWidget()
        self.hits.setMaximumHeight(132)
        self.hits.hide()
        self.wait = label(_("账本正忙,空闲后自动查找这位客户。"), "second", wrap=True)
        self.wait.hide()
        self.below = QWidget()
        inside = column(self.hits, self.wait)
        inside.setContentsMargins(0, 0, 0, 0)
        self.below.setLayout(inside)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(self._tell_late)
        self.line.textEdited.connect(self._search)
        for chosen in (self.hits.itemClicked, self.hits.itemActivated):
            chosen.connect(lambda item: self.put(item.data(Qt.ItemDataRole.UserRole)))

    def _search(self, text: str) -> None:
        self.typed.emit()
        query = text.strip()
        if not query:
            self.hits.hide()
            self._end_search()
            return
        self.looking = True
        self._late.start()
        self._tasks.run(
            lambda: self._workbench.insight.search(query, _MOST),
            self._offer,
            failed=self._failed,
            owner=self,
            key=(self, "search"),
        )

    def _tell_late(self) -> None:
        self.hits.hide()
        self.wait.show()

    def _end_search(self) -> None:
        self.looking = False
        self._late.stop()
        self.wait.hide()

    def _failed(self, error: Exception) -> None:
        self._end_search()
        self._tasks.failed.emit(error)

    def _offer(self, hits: Sequence[CustomerHit]) -> None:
        if not self.line.text().strip():  # the line was cleared meanwhile
            return
        self._end_search()
        self.hits.clear()
        for hit in hits:
            if hit.customer_no != self._but:
                item = QListWidgetItem(hit_words(hit))
                item.setData(Qt.ItemDataRole.UserRole, hit)
                self.hits.addItem(item)
        rows = min(self.hits.count(), _IN_SIGHT)
        self.hits.setMinimumHeight(sum(self.hits.sizeHintForRow(at) for at in range(rows)) + 4)
        measured(self.hits)
        self.hits.setVisible(rows > 0)
        self.hits.setCurrentRow(0)
        self.looked.emit(self.hits.count())

    def current(self) -> CustomerHit | None:
        """The hit under the keyboard, if the hits shown answer what is typed."""
        item = self.hits.currentItem()
        shown = item is not None and self.hits.isVisible() and not self.looking
        hit = item.data(Qt.ItemDataRole.UserRole) if item is not None and shown else None
        return hit if isinstance(hit, CustomerHit) else None

    def take(self) -> bool:
        """Choose the hit under the keyboard; False when there is none."""
        hit = self.current()
        if hit is not None:
            self.put(hit)
        return hit is not None

    def put(self, hit: CustomerHit) -> None:
        """Choose this customer."""
        self._end_search()
        self.line.setText(hit_who(hit))
        self.hits.hide()
        self.hits.clear()
        self.taken.emit(hit)

    def preset(self, customer_no: str) -> None:
        """Start with the customer of this number; the name comes when the book is free.

        A number that is not in the book clears the line.
        """
        self.line.setText(number_tail(customer_no))

        def show_name(hit: CustomerHit | None) -> None:
            """Show the masked name, or clear the line when the number is not in the book."""
            if hit is not None:
                self.line.setText(hit_who(hit))
            else:
                self.line.clear()
                self.typed.emit()

        self._tasks.run(lambda: self._of_number(customer_no), show_name, owner=self, key=(self, "search"))

    def _of_number(self, customer_no: str) -> CustomerHit | None:
        hits = self._workbench.insight.search(customer_no, 5)
        return next((hit for hit in hits if hit.customer_no == customer_no), None)

    def sole(self, text: str) -> str:
        """The number of the one customer that `text` means; runs on the book's thread.

        Raises WorkbenchError 'no_such_customer' or 'which_customer'.
        """
        hits = [hit for hit in self._workbench.insight.search(text, _MOST) if hit.customer_no != self._but]
        if len(hits) == 1 or any(hit.customer_no == text for hit in hits):
            return text if len(hits) > 1 else hits[0].customer_no
        if not hits:
            raise WorkbenchError(
                "no_such_customer",
                _("没有找到“{text}”这位客户,没有记下。").format(text=text),
                _("请换个写法再找。"),
            )
        raise WorkbenchError(
            "which_customer",
            _("符合“{text}”的客户不止一位,没有记下。").format(text=text),
            _("请先选一位,再记一次。"),
        )
