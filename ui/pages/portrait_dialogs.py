"""The short questions of the portrait: a family or company link, a correction by hand, and where a tag comes from."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.parts import button, label, row
from ui.tasks import Tasks
from ui.words import who
from workbench.change import Change
from workbench.dates import today
from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.insight.facts import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench

Choices = tuple[tuple[str, str], ...]
Job = Callable[[], Change]


class Question(QDialog):
    """Lines of label and field over a fault line and the two buttons; Enter answers, Esc leaves."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, title: str, yes: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.fault = label("", "red", wrap=True)
        self.fault.hide()
        self.yes = button(yes, self.answer, "primary")
        self.yes.setDefault(True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(10)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.yes))

    def line(self, words: str, field: QWidget) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label(words, "second"), at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, at, 1)

    def answer(self) -> None:
        """Write what was asked for."""

    def write(self, job: Job, words: str) -> None:
        self.yes.setEnabled(False)
        self.tasks.write(job, lambda _change: self.accept(), words=words, failed=self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
            self.fault.show()
        else:
            self.tasks.failed.emit(error)


class LinkDialog(Question):
    """Who is what to this customer: a customer found by name or number, or a name outside the book."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("添加关系"), _("添加"), parent)
        self.customer_no = customer_no
        self.chosen: CustomerHit | None = None
        self.kind = QComboBox()
        for code, name in workbench.insight.links.kinds():
            self.kind.addItem(name, code)
        self.who = QLineEdit()
        self.who.setPlaceholderText(_("姓名、拼音、客户号;不是本行客户就直接写名字"))
        self.hits = QListWidget()
        self.hits.setMaximumHeight(120)
        self.hits.hide()
        self.said = label("", "second", wrap=True)
        self.said.hide()
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("一句话备注,可以不填"))
        self.line(_("关系"), self.kind)
        self.line(_("对方是"), self.who)
        self.line("", self.hits)
        self.line("", self.said)
        self.line(_("备注"), self.note)
        self.who.textEdited.connect(self._search)
        self.hits.itemClicked.connect(self._take)
        self.hits.itemActivated.connect(self._take)
        self.kind.setFocus()

    def _search(self, text: str) -> None:
        self.chosen = None
        self.said.hide()
        words = text.strip()
        if not words:
            self.hits.hide()
            return
        self.tasks.run(
            lambda: self.workbench.insight.search(words, 6), self._show, owner=self, key=(self, "search")
        )

    def _show(self, found: Sequence[CustomerHit]) -> None:
        self.hits.clear()
        for hit in found:
            if hit.customer_no != self.customer_no:
                item = QListWidgetItem(who(hit.name, hit.customer_no))
                item.setData(Qt.ItemDataRole.UserRole, hit)
                self.hits.addItem(item)
        self.hits.setVisible(self.hits.count() > 0)
        if not self.hits.count():
            self._say(_("账本里没有找到;将按名字登记为行外的人或企业。"))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _take(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, CustomerHit):
            self.chosen = hit
            self.who.setText(who(hit.name, hit.customer_no))
            self._say(_("已选本行客户"))
            self.hits.hide()
            self.note.setFocus()

    def answer(self) -> None:
        kind, note, typed, chosen = self.kind.currentData(), self.note.text(), self.who.text(), self.chosen
        self.write(
            lambda: self.workbench.insight.links.add(
                self.customer_no,
                str(kind),
                other_no=chosen.customer_no if chosen else None,
                other_name=None if chosen else typed,
                note=note,
            ),
            _("已添加关系。"),
        )


@dataclass(frozen=True, slots=True)
class Correctable:
    """What is to be set right: its key and label, the machine's value in words, the values it may take (none: any)."""

    key: str
    label: str
    machine: str
    choices: Choices = ()


class CorrectDialog(Question):
    """The right value, why, and until when; the machine's value stays beside it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str,
        what: Correctable,
        parent: QWidget | None = None,
    ) -> None:
        title = _("更正:{label}").format(label=what.label)
        super().__init__(workbench, tasks, title, _("更正"), parent)
        self.customer_no = customer_no
        self.what = what
        self.value = QLineEdit()
        self.value.setPlaceholderText(_("正确的值,例如 5万、是、2026-10-31"))
        self.choice = QComboBox()
        self.choice.addItem(_("无法判断"), None)
        for code, name in what.choices:
            self.choice.addItem(name, code)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:客户当面说明"))
        self.until = QDateEdit()
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setCalendarPopup(True)
        end = today() + dt.timedelta(days=workbench.rules.whole("correction.days"))
        self.until.setDate(QDate(end.year, end.month, end.day))
        self.line(_("机器的值"), label(what.machine, wrap=True))
        self.line(_("更正为"), self.choice if what.choices else self.value)
        self.line(_("理由"), self.reason)
        self.line(_("有效到"), self.until)
        (self.choice if what.choices else self.value).setFocus()

    def answer(self) -> None:
        typed = self.choice.currentData() if self.what.choices else self.value.text()
        reason, until = self.reason.text(), self.until.date().toString("yyyy-MM-dd")
        self.write(
            lambda: self.workbench.insight.corrections.correct(
                self.customer_no, self.what.key, typed, reason, until
            ),
            _("已更正;机器的值仍保留在旁边。"),
        )
