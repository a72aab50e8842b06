"""The short questions of the portrait: a family or company link, a correction by hand, and where a tag comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QWidget,
)

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from ui.widgets.person import PersonSearch
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench

Choices = tuple[tuple[str, str], ...]


class LinkDialog(FormDialog):
    """Asks who is what to this customer: a customer of the book, or a name outside it."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("添加关系"), _("添加"), parent)
        self.customer_no = customer_no
        self.chosen: CustomerHit | None = None
        self.kind = QComboBox()
        for code, name in workbench.insight.links.kinds():
            self.kind.addItem(name, code)
        self.person = PersonSearch(workbench, tasks, self, but=customer_no)
        self.who, self.hits = self.person.line, self.person.hits
        self.who.setPlaceholderText(_("姓名、拼音、客户号;不是本行客户就直接写名字"))
        self.outcome = label("", "second", wrap=True)
        self.outcome.hide()
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("一句话备注,可以不填"))
        self.line(_("关系"), self.kind)
        self.line(_("对方是"), self.who)
        self.line("", self.person.below)
        self.line("", self.outcome)
        self.line(_("备注"), self.note)
        self.person.typed.connect(self._typed)
        self.person.looked.connect(self._looked)
        self.person.taken.connect(self._take)
        self.kind.setFocus()

    def _typed(self) -> None:
        self.chosen = None
        self.outcome.hide()
        self.fault.hide()

    def _looked(self, count: int) -> None:
        self.fault.hide()
        # no hit is preselected: Enter registers the name as it is written
        self.hits.setCurrentRow(-1)
        if not count:
            self._say(_("账本里没有找到;将按名字登记为行外的人或企业。"))

    def _say(self, words: str) -> None:
        self.outcome.setText(words)
        self.outcome.show()

    def _take(self, hit: CustomerHit) -> None:
        self.chosen = hit
        self._say(_("已选本行客户"))
        self.note.setFocus()

    def answer(self) -> None:
        """Store the link; while the name is still searched for, nothing is stored."""
        if self.person.looking:  # a customer of the book must not be stored as somebody outside it
            self.say(_("还在账本里找这个人,找到以后再添加。"))
            self.who.setFocus()
            return
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
    """A value to correct: key, label, the machine's value in words, the values to choose from (none: any)."""

    key: str
    label: str
    machine: str
    choices: Choices = ()


class CorrectDialog(FormDialog):
    """Asks for the right value, why, and until when; the machine's value is kept beside it."""

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
        days = workbench.rules.whole("correction.days")
        self.until = date_edit(today() + dt.timedelta(days=days))
        self.line(_("系统的值"), label(what.machine, wrap=True))
        self.line(_("更正为"), self.choice if what.choices else self.value)
        self.line(_("理由"), self.reason)
        self.line(_("有效到"), self.until)
        (self.choice if what.choices else self.value).setFocus()

    def answer(self) -> None:
        """Store the correction."""
        typed = self.choice.currentData() if self.what.choices else self.value.text()
        reason, until = self.reason.text(), self.until.date().toString("yyyy-MM-dd")
        self.write(
            lambda: self.workbench.insight.corrections.correct(
                self.customer_no, self.what.key, typed, reason, until
            ),
            _("已更正;系统的值仍保留在旁边。"),
        )
