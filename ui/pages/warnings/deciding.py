"""The short questions about a light: where the money went, until when to pause it, who looks after it now."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.cause import CauseDialog
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, date_edit, row
from workbench.base.dates import today
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ExplainDialog(FormDialog):
    """Where the money went; the asset signals then rest."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("说明资金去向"), _("记下"), parent)
        self.customer_no = customer_no
        self.reason = ChoiceButtons(workbench.outreach.lights.reasons(), per_line=3, preset=False)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("一句话;选“其他”时要写"))
        self.line(_("去向"), self.reason)
        self.line(_("备注"), self.note)
        self.reason.focus_checked()

    def answer(self) -> None:
        """Keep the explanation, once somebody chose one."""
        if not self.reason.code():
            self.say(_("请先选资金去向。"))
            return
        reason, note, lights = self.reason.code(), self.note.text(), self.workbench.outreach.lights
        self.write(lambda: lights.explain(self.customer_no, reason, note), _("已记下资金去向。"))


class MuteDialog(FormDialog):
    """Until when the light is to rest."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("静默到哪一天"), _("静默"), parent)
        self.customer_no = customer_no
        self.until = date_edit(dt.date.fromisoformat(workbench.outreach.lights.muted_by_default()))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("为什么,一句话,可以不填"))
        spans = ((_("一周"), 7), (_("两周"), 14), (_("一个月"), 30), (_("三个月"), 90))
        soon = row(*(button(words, partial(self._in, days)) for words, days in spans), None)
        span = QWidget()
        span.setLayout(soon)
        soon.setContentsMargins(0, 0, 0, 0)
        self.line(_("到"), self.until)
        self.line("", span)
        self.line(_("备注"), self.note)
        self.until.setFocus()

    def _in(self, days: int) -> None:
        day = today() + dt.timedelta(days=days)
        self.until.setDate(QDate(day.year, day.month, day.day))

    def answer(self) -> None:
        """Keep the pause."""
        until, note = self.until.date().toString("yyyy-MM-dd"), self.note.text()
        lights = self.workbench.outreach.lights
        self.write(
            lambda: lights.mute(self.customer_no, until, note), _("已静默到 {day}。").format(day=until)
        )


class HandOverDialog(FormDialog):
    """Who looks after the customer from now on."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("转交给谁"), _("转交"), parent)
        self.customer_no = customer_no
        self.to = QLineEdit()
        self.to.setPlaceholderText(_("例如:城东支行 李经理"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("交接说明,可以不填"))
        self.line(_("交给"), self.to)
        self.line(_("备注"), self.note)
        self.to.setFocus()

    def answer(self) -> None:
        """Keep who took over."""
        to, note, lights = self.to.text(), self.note.text(), self.workbench.outreach.lights
        self.write(lambda: lights.hand_over(self.customer_no, to, note), _("已记下转交。"))


#: act -> the dialog that asks what it needs
DIALOGS: Mapping[str, Callable[..., FormDialog]] = {
    "explain": ExplainDialog, "mute": MuteDialog, "hand_over": HandOverDialog, "cause": CauseDialog,
}  # fmt: skip
