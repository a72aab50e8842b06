"""Those who meet the condition as a table, or the words why nobody is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.pages.picker.answer import ConditionAnswer
from ui.pages.picker.table import BESIDE, columns
from ui.tasks import Tasks
from ui.widgets.parts import EmptyState, label
from ui.widgets.tables import Table
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

_ROWS, _NOBODY, _WRONG = range(3)


class Results(QStackedWidget):
    """`person_asked(customer_no)` on Enter or a double click; `said`, a label for elsewhere, tells how many stand here."""

    person_asked = Signal(str)

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        clear: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__()
        self._workbench = workbench
        self._failed = failed
        self._found: ConditionAnswer | None = None
        self._order: str | None = None
        self._descending = True
        self._shown_terms: tuple[str, ...] | None = None
        self.said = label("", "second")
        self.table = Table(columns(workbench.rules, ()), tasks, sortable=True)
        self.table.setAccessibleName(_("符合条件的客户"))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.opened.connect(self._open)
        self.table.table.sort_asked.connect(self._sort)
        self.nobody = EmptyState("", _("清空条件"), clear)
        self.addWidget(self.table)
        self.addWidget(self.nobody)
        self.wrong = EmptyState("")
        self.addWidget(self.wrong)

    def unsorted(self) -> None:
        """Another condition: its own order again."""
        self._order = None

    def show_found(self, found: ConditionAnswer) -> None:
        """Those who stay, read window by window; the columns of the condition beside the usual ones."""
        self._found = found
        names = tuple(term.name for term in found.terms)
        if names != self._shown_terms:
            self._shown_terms = names
            self.table.put_columns(columns(self._workbench.rules, found.terms))
        self.table.mark_sorted(self._order or "average", descending=self._descending)
        said = _("{n} 位客户").format(n=f"{found.left:,}")
        out = found.tally.count - found.left
        self.said.setText(said + _(",已排除 {out} 位").format(out=f"{out:,}") if out else said)
        if not found.left:
            self.nobody.words.setText(found.why_nobody())
            self.setCurrentIndex(_NOBODY)
            self.table.table.fill(())
            return
        picking, order, descending = self._workbench.insight.picking, self._order, self._descending
        self.table.table.read(
            lambda: found.left,
            lambda offset, limit: picking.rows(
                found.text, order, descending=descending, offset=offset, limit=limit,
                purpose=found.purpose, columns=BESIDE,
            ),
            failed=self._failed,
        )  # fmt: skip
        self.setCurrentIndex(_ROWS)

    def show_wrong(self, *, read: bool = False) -> None:
        """The condition cannot be read; `read`: it can, but was not answered."""
        self._found = None
        self.wrong.words.setText(
            _("这个条件没有算出来,改一改或者再试一次。")
            if read
            else _("条件还没有写对,左边标出了哪里不对;改好以后这里会列出客户。")
        )
        self.said.setText("")
        self.setCurrentIndex(_WRONG)

    def _sort(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        if self._found is not None:
            self.show_found(self._found)

    def _open(self, number: int) -> None:
        found = self.table.table.row(number) if number >= 0 else None
        if found is not None:
            self.person_asked.emit(found.customer.customer_no)
