"""The steps of a referral as short questions: first contact, meeting, word back, thanks, its account, that it ended."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from ui.widgets.person_dialog import PersonDialog
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.referrals.entered import minute_now
from workbench.outreach.referrals.task import ReferralTask

if TYPE_CHECKING:
    from workbench.app import Workbench


class ReferralFirstContactDialog(FormDialog):
    """When the person was first contacted, and what came of it."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, task: ReferralTask, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("记首触"), _("记下"), parent)
        self.task = task
        self.at, self.outcome = QLineEdit(minute_now()), QLineEdit()
        self.at.setPlaceholderText("2026-11-23 15:30")
        self.outcome.setPlaceholderText(_("例如:通了电话,约下周见面"))
        self.line(_("被转介人"), label(task.shown_name or task.number))
        self.line(_("时间"), self.at)
        self.line(_("结果"), self.outcome)
        self.outcome.setFocus()

    def answer(self) -> None:
        """Write it."""
        if not self.outcome.text().strip():
            self.say(_("请写一句首触的结果。"))
            self.outcome.setFocus()
            return
        room, number = self.workbench.outreach.referrals, self.task.id
        result, at = self.outcome.text(), self.at.text().strip()
        self.write(lambda: room.contact(number, result, at), _("记下了首触;别忘了告诉转介人已经联系过。"))


class ReferralDayDialog(FormDialog):
    """A day on which something was done; `put(day)` writes it, `hint` says what to mind."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        title: str,
        hint: str,
        put: Callable[[str], Change],
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, title, _("记下"), parent)
        self._put, self._words = put, words
        self.day = date_edit(today(), by_day=True)
        self.line(_("日期"), self.day)
        self.line("", label(hint, "second", wrap=True))
        self.day.setFocus()

    def answer(self) -> None:
        """Write it."""
        day = self.day.date().toString("yyyy-MM-dd")
        self.write(lambda: self._put(day), self._words)


class ReferralEndDialog(FormDialog):
    """Why it ended; or that the person does not want to be contacted, which erases him."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, task: ReferralTask, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("关闭转介单"), _("关闭"), parent)
        self.task = task
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:本人近期没有需要"))
        self.declined = QCheckBox(_("本人不同意被联系:姓名和电话从账本里抹掉,找不回来"))
        self.line(_("被转介人"), label(task.shown_name or task.number))
        self.line(_("原因"), self.reason)
        self.line("", self.declined)
        self.line("", label(_("不论结果,都要谢谢转介人,不说对方的决定和原因。"), "second", wrap=True))
        self.reason.setFocus()

    def answer(self) -> None:
        """End it."""
        room, number, why = self.workbench.outreach.referrals, self.task.id, self.reason.text()
        if self.declined.isChecked():
            self.write(lambda: room.decline(number, why), _("已按本人意愿关闭,姓名和电话抹掉了。"))
        else:
            self.write(lambda: room.close(number, why), _("转介单关闭了;谢谢转介人。"))


class ReferralAccountDialog(PersonDialog):
    """Which customer the person is now. Nothing is linked before somebody confirmed it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        task: ReferralTask,
        likely_no: str = "",
        evidence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("记开户"), _("关联"), parent, likely_no)
        self.task = task
        self.checked = QCheckBox(_("和本人核对过,是同一个人"))
        self.line(_("被转介人"), label(task.shown_name or task.number))
        self.ask_person(_("现在的客户"))
        if evidence:
            self.line(_("依据"), label(evidence, "second", wrap=True))
        self.line("", self.checked)
        if likely_no:
            self.person.preset(likely_no)
        (self.checked if likely_no else self.person.line).setFocus()

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.checked

    def answer(self) -> None:
        """Link the account."""
        whom = self.whom()
        if whom is None:
            return
        if not self.checked.isChecked():
            self.say(_("请先核对是不是同一个人,再勾上。"))
            self.checked.setFocus()
            return
        room, line = self.workbench.outreach.referrals, self.task.id
        self.write(
            lambda: room.link(line, whom(), confirmed=True),
            _("关联了账户,旅程里记为转介来的新客户。"),
        )
