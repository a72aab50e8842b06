"""All tasks of a customer's journey card: tick one that was done, leave it out, take a tick back (domain 3)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.fault_line import FaultLine
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.journey.marks import TaskOfStay
from workbench.insight.journey.tasks import StageTask
from workbench.insight.products.barring import bar_names

if TYPE_CHECKING:
    from workbench.app import Workbench


class StageTasksDialog(QDialog):
    """The tasks of one customer; Space ticks, Delete leaves out. Every act can be undone with Ctrl+Z as well."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, who: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.customer_no = customer_no
        self.setWindowTitle(_("{who} 的旅程任务").format(who=who))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(760, 420)
        self._reasons = dict(workbench.insight.marks.reasons())
        self.table = Table(self._columns(), name="stage.tasks", wrap=True)
        self.table.setAccessibleName(_("旅程任务"))
        self.table.chosen.connect(lambda _row: self._enable())
        self.table.opened.connect(lambda _row: self.tick())
        self.fault = FaultLine()
        self.done_button = button(_("做了"), self.tick, "primary", tip=_("空格"))
        self.done_button.setShortcut("Space")
        self.left_button = button(_("不做…"), self.leave_out, tip="Delete")
        self.left_button.setShortcut("Delete")
        self.touch_button = button(_("联系时做的…"), self.touch, tip=_("记一次联系,联系上就算做了"))
        self.back_button = button(_("撤回勾选"), self.take_back)
        self.table.offer(self.done_button, self.left_button, self.touch_button, self.back_button)
        hint = label(
            _("名单、联系和服务里看得出做过的,不用勾;勾过的只在这一次进入本阶段期间有效。"),
            "second",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.fault)
        layout.addLayout(
            row(
                self.left_button,
                self.touch_button,
                self.back_button,
                None,
                button(_("关闭"), self.accept),
                self.done_button,
            )
        )
        self._enable()
        self.reload()

    def _columns(self) -> list[Column[StageTask]]:
        return [
            Column(_("任务"), lambda x: x.words, 0, ink=lambda x: None if x.is_open else "second"),
            Column(_("期限"), _due, 128, ink=lambda x: "red" if _late(x) else None),
            Column(_("情况"), self._state, 220, ink=lambda x: "accent" if x.is_open else "second"),
        ]

    def _state(self, task: StageTask) -> str:
        return state_words(task, self._reasons, bar_names(self.workbench.rules))

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the tasks again."""
        marks, number = self.workbench.insight.marks, self.customer_no
        self.tasks.run(lambda: marks.tasks(number), self.show_tasks, owner=self, key=(self, "tasks"))

    def show_tasks(self, listed: tuple[StageTask, ...]) -> None:
        """Show them, what is due first; the keyboard stays on its task."""
        before = self.current()
        order = sorted(listed, key=lambda one: (not one.is_open, one.due or "9999-12-31"))
        self.table.table.fill(order)
        codes = [one.code for one in order]
        if codes:
            self.table.go_to(codes.index(before.code) if before and before.code in codes else 0)
        self._enable()

    def current(self) -> StageTask | None:
        """The task under the keyboard."""
        one = self.table.current()
        return one if isinstance(one, StageTask) else None

    def _enable(self) -> None:
        one = self.current()
        by_hand = one is not None and (one.done_by == "hand" or bool(one.left_out))
        self.done_button.setEnabled(one is not None and not one.done)
        self.touch_button.setEnabled(one is not None and not one.done)
        self.left_button.setEnabled(one is not None and not one.done and not one.left_out)
        self.back_button.setEnabled(by_hand)

    # -- acting --------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """The task was done."""
        one, marks = self.current(), self.workbench.insight.marks
        if one is not None and not one.done:
            self._write(
                lambda: marks.tick(self.customer_no, one.code), _("已勾选:{task}").format(task=one.name)
            )

    def touch(self) -> None:
        """Log the contact in which it was done."""
        one = self.current()
        if one is not None and not one.done:
            task = TaskOfStay(one.code, one.stage, one.begins)
            dialog = TouchDialog(self.workbench, self.tasks, self.customer_no, self, task=task)
            dialog.accepted.connect(self.reload)
            dialog.open()

    def leave_out(self) -> None:
        """Ask why the task is left out."""
        one = self.current()
        if one is not None and not one.done:
            dialog = LeaveOutDialog(self.workbench, self.tasks, self.customer_no, one, self)
            dialog.accepted.connect(self.reload)
            dialog.open()

    def take_back(self) -> None:
        """The tick was a mistake."""
        one, marks = self.current(), self.workbench.insight.marks
        if one is not None:
            self._write(
                lambda: marks.take_back(self.customer_no, one.code), _("已撤回:{task}").format(task=one.name)
            )

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.fault.hide()
        failed = under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.done_button)
        self.tasks.write(job, lambda _change: self.reload(), words=words, failed=failed, owner=self)


class LeaveOutDialog(FormDialog):
    """Why a task is left out."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, task: StageTask, parent: QWidget | None
    ) -> None:
        super().__init__(workbench, tasks, _("不做这项任务"), _("不做"), parent)
        self.customer_no = customer_no
        self.task = task
        self.reason = ChoiceButtons(workbench.insight.marks.reasons(), 3)
        self.line(_("任务"), label(task.name, wrap=True))
        self.line(_("为什么"), self.reason)

    def answer(self) -> None:
        """Leave it out for the reason chosen."""
        marks, reason = self.workbench.insight.marks, self.reason.code()
        self.write(
            lambda: marks.leave_out(self.customer_no, self.task.code, reason),
            _("已记下不做:{task}").format(task=self.task.name),
        )


def _late(task: StageTask) -> bool:
    return task.is_open and task.due is not None and task.due < today().isoformat()


def _due(task: StageTask) -> str:
    """The day; that it is over, where nothing is done."""
    return _("{date} 已过").format(date=task.due) if _late(task) else task.due or "—"


def state_words(task: StageTask, reasons: Mapping[str, str], grounds: Mapping[str, str]) -> str:
    """How a task stands: done and by what, left out and why, resting and why, or still to do. `reasons`, `grounds`: code ->
    name of why it is left out, and of why it rests."""
    if task.done:
        by = {
            "figures": _("名单里看得出"),
            "contact": _("联系时做的"),
            "hand": _("手工勾选"),
            "decision": _("在预警里登记了"),
        }.get(task.done_by, "")
        on = f" {task.done_on}" if task.done_on else ""
        return _("已做({how}{on})").format(how=by, on=on)
    if task.left_out:
        return _("不做:{why}").format(why=reasons.get(task.left_out, task.left_out))
    if task.paused:
        return _("暂停:{why}").format(why=grounds.get(task.paused, task.paused))
    return _("还没做") if task.done is False else _("没有记录,做了请勾选")
