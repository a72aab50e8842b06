"""The short questions: log a touch in under twenty seconds, and why a masked value is to be seen."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.fitting import grow
from ui.widgets.parts import button, date_edit, label, row
from ui.widgets.person import PersonSearch
from ui.widgets.refusals import fault_handler, under_way
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


#: channels or results in a line: with more, English words are cut on a small screen
_PER_LINE = 4


class TouchDialog(QDialog):
    """Who, by which channel, with what result, what next. Enter saves."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.customer_no = customer_no
        self.setWindowTitle(_("记一次联系"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.person = PersonSearch(workbench, tasks, self)
        self.who, self.hits = self.person.line, self.person.hits
        self.who.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.channel = ChoiceButtons(workbench.outreach.channels(), _PER_LINE)
        self.outcome = ChoiceButtons(workbench.outreach.results(), _PER_LINE)
        self.inbound = QCheckBox(_("是客户主动联系的"))
        self.again = QCheckBox(_("下次联系"))
        self.next_date = date_edit(self._soon(7))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("一句话备注,可以不填"))
        #: asked only of a customer with a light
        self.cause = ChoiceButtons((("", _("还不知道")), *workbench.outreach.lights.causes()))
        self._cause_words = label(_("流失原因"), "second")
        self.fault = label("", "red", wrap=True)
        self.save = button(_("记下"), self.keep, "primary")
        self.save.setDefault(True)
        self._build()
        if customer_no:
            self.person.preset(customer_no)
            self._focus_channel()
            self._ask_cause()
        else:
            self.who.setFocus()

    def _build(self) -> None:
        self.next_date.setEnabled(False)
        self.again.toggled.connect(self.next_date.setEnabled)
        self.person.typed.connect(self._typed)
        self.person.looked.connect(self._looked)
        self.person.taken.connect(self._choose)
        soon = QHBoxLayout()
        soon.setSpacing(6)
        for words, days in ((_("明天"), 1), (_("三天后"), 3), (_("一周后"), 7), (_("一个月后"), 30)):
            soon.addWidget(button(words, partial(self._in, days)))
        soon.addStretch(1)
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        lines: Sequence[tuple[str, QWidget | QHBoxLayout]] = (
            (_("客户"), self.who),
            ("", self.person.below),
            (_("渠道"), self.channel),
            (_("结果"), self.outcome),
            ("", self.inbound),
            (_("下次"), row(self.again, self.next_date, None)),
            ("", soon),
            (_("备注"), self.note),
        )
        for number, (words, part) in enumerate(lines):
            grid.addWidget(label(words, "second"), number, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(part, QWidget):
                grid.addWidget(part, number, 1)
            else:
                grid.addLayout(part, number, 1)
        grid.addWidget(self._cause_words, len(lines), 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.cause, len(lines), 1)
        self._show_cause(lit=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.save))

    def _ask_cause(self) -> None:
        """Ask for the cause of leaving once it is known that the customer has a light."""
        number = self.customer_no
        if number is None:
            return
        self.tasks.run(
            lambda: self.workbench.outreach.lights.is_lit(number),
            lambda lit: self._show_cause(lit=lit and number == self.customer_no),
            failed=lambda _error: None,
            owner=self,
        )

    def _show_cause(self, *, lit: bool) -> None:
        for part in (self._cause_words, self.cause):
            part.setVisible(lit)
        if lit:
            grow(self)

    def _typed(self) -> None:
        self.customer_no = None
        self._show_cause(lit=False)
        self.fault.setText("")

    def _looked(self, count: int) -> None:
        only = self.person.current() if count == 1 else None
        if only is not None:
            self.customer_no = only.customer_no
            self._ask_cause()

    def _choose(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self._ask_cause()
        QTimer.singleShot(0, self.channel, self._focus_channel)

    def _focus_channel(self) -> None:
        first = self.channel.findChild(QPushButton)
        if isinstance(first, QPushButton):
            first.setFocus()

    def _in(self, days: int) -> None:
        self.again.setChecked(True)
        self.next_date.setDate(_qt(self._soon(days)))

    def _soon(self, days: int) -> dt.date:
        """The day `days` calendar days from today, or the next workday after it."""
        return self.workbench.workdays.next_workday(today() + dt.timedelta(days=days))

    def keep(self) -> None:
        """Store the contact; what is missing is said in the dialog.

        A customer that is still being searched for is found in the background, once the book is free.
        """
        if self.customer_no is None and self.person.take():
            return
        number, person, typed = self.customer_no, self.person, self.who.text().strip()
        if number is None and not person.looking:
            self.fault.setText(_("请先选一位客户。"))
            self.who.setFocus()
            return
        channel, result = self.channel.code(), self.outcome.code()
        by = "customer" if self.inbound.isChecked() else "manager"
        following = self.next_date.date().toString("yyyy-MM-dd") if self.again.isChecked() else None
        note = self.note.text().strip() or None
        cause = (self.cause.code() or None) if self.cause.isVisible() else None
        self.tasks.write(
            lambda: self.workbench.outreach.log_touch(
                number or person.sole(typed),
                channel=channel,
                result=result,
                initiated_by=by,
                next_date=following,
                note=note,
                cause=cause,
            ),
            lambda _change: self.accept(),
            words=_("已记下这次联系。"),
            failed=under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.save),
            owner=self,
        )


class ReasonDialog(QDialog):
    """Asks why a masked value is to be shown; `given(reason)`. The reason goes to the audit (domain 17)."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("显示完整信息"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:电话核对身份"))
        self.go = button(_("显示"), self._give, "primary")
        self.reason.textChanged.connect(self._typed)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_("为什么需要看完整信息?原因会记入操作日志。"), wrap=True))
        layout.addWidget(self.reason)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.go))
        self.setMinimumWidth(400)

    def _typed(self, text: str) -> None:
        self.go.setEnabled(len(text.strip()) >= 2)

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip())
        self.accept()


def _qt(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
