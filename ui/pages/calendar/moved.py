"""重排动了谁: the touches that the last planning moved, with the day they had before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.page import Page
from ui.pages.calendar.filters import GROUP, group_word
from ui.pages.calendar.touch_list import TouchList, day_columns
from ui.widgets.parts import column, label
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaYear
from workbench.outreach.yearplan.plan import PlannedTouch


class MovedTab(QWidget):
    """`opened(customer_no)`, `touch_chosen()`."""

    opened = Signal(str)
    touch_chosen = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.agenda: AgendaYear | None = None
        names = {**dict(page.workbench.outreach.channels()), GROUP: group_word()}
        self.words = label("", "second", wrap=True)
        self.list = TouchList(
            day_columns(page.workbench.rules, lambda code: names.get(code, code), dated=True),
            name="calendar.moved",
        )
        self.list.opened.connect(lambda _row: self._open())
        self.list.chosen.connect(lambda _row: self.touch_chosen.emit())
        whole = column(self.words, self.list)
        whole.setStretch(1, 1)
        whole.addStretch(0)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)

    def fill(self, agenda: AgendaYear) -> None:
        """Say how many were moved, and read them."""
        self.agenda = agenda
        plan = agenda.plan
        if not plan.moved:
            self.words.setText(_("最近一次重排({made})没有挪动已经排好的联系。").format(made=plan.made[:16]))
        else:
            words = _("最近一次重排({made})挪动了 {n} 次,占 {share};其余的日子都没有变。手工定的从不挪动。")
            share = f"{plan.moved / max(1, plan.touches):.1%}"
            self.words.setText(words.format(made=plan.made[:16], n=f"{plan.moved:,}", share=share))
        self.reload()

    def reload(self) -> None:
        """Read who was moved."""
        if self.agenda is None:
            return
        plans, year = self._page.workbench.outreach.year_plans, self.agenda.year
        self._page.read(lambda: plans.moved(year), self._show, key="moved")

    def _show(self, touches: Sequence[PlannedTouch]) -> None:
        self.list.show_touches(touches)
        self.list.setVisible(bool(touches))
        self.touch_chosen.emit()

    def touch(self) -> PlannedTouch | None:
        """The touch under the keyboard."""
        return self.list.touch()

    def focus_first(self) -> None:
        """The list."""
        self.list.begin()

    def _open(self) -> None:
        if (touch := self.list.touch()) is not None:
            self.opened.emit(touch.customer_no)
