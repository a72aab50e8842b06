"""Those who meet the condition as a table, or why there are none."""

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
    """`person_requested(customer_no)` on Enter or a double click; `summary` is a label, placed elsewhere, with the
    count."""

    person_requested = Signal(str)

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
        self._answer: ConditionAnswer | None = None
        self._order: str | None = None
        self._descending = True
        self._shown_terms: tuple[str, ...] | None = None
        self.summary = label("", "second")
        self.table = Table(columns(workbench.rules, ()), tasks, name="picked")
        self.table.setAccessibleName(_("符合条件的客户"))
        self.table.opened.connect(self._open)
        self.table.table.sort_requested.connect(self._sort)
        self.nobody = EmptyState("", _("清空条件"), clear)
        self.addWidget(self.table)
        self.addWidget(self.nobody)
        self.wrong = EmptyState("")
        self.addWidget(self.wrong)

    def unsorted(self) -> None:
        """Return to the condition's own order."""
        self._order = None

    def show_answer(self, answer: ConditionAnswer) -> None:
        """Read those who stay in windows; the terms of the condition get columns beside the usual ones."""
        self._answer = answer
        names = tuple(term.name for term in answer.terms)
        if names != self._shown_terms:
            self._shown_terms = names
            self.table.put_columns(columns(self._workbench.rules, answer.terms))
        self.table.mark_sorted(self._order or "average", descending=self._descending)
        wording = _("{n} 位客户").format(n=f"{answer.left:,}")
        out = answer.tally.count - answer.left
        self.summary.setText(wording + _(",已排除 {out} 位").format(out=f"{out:,}") if out else wording)
        if not answer.left:
            self.nobody.words.setText(answer.why_nobody())
            self.setCurrentIndex(_NOBODY)
            self.table.table.fill(())
            return
        picking, order, descending = self._workbench.insight.picking, self._order, self._descending
        self.table.table.read(
            lambda: answer.left,
            lambda offset, limit: picking.rows(
                answer.text, order, descending=descending, offset=offset, limit=limit,
                purpose=answer.purpose, columns=BESIDE,
            ),
            failed=self._failed,
        )  # fmt: skip
        self.setCurrentIndex(_ROWS)

    def show_wrong(self, *, read: bool = False) -> None:
        """Say that the condition cannot be read; `read`: that it can, but could not be computed."""
        self._answer = None
        self.wrong.words.setText(
            _("这个条件没有算出来,改一改或者再试一次。")
            if read
            else _("条件还没有写对,左边标出了哪里不对;改好以后这里会列出客户。")
        )
        self.summary.setText("")
        self.setCurrentIndex(_WRONG)

    def _sort(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        if self._answer is not None:
            self.show_answer(self._answer)

    def _open(self, number: int) -> None:
        picked = self.table.table.row(number) if number >= 0 else None
        if picked is not None:
            self.person_requested.emit(picked.customer.customer_no)
