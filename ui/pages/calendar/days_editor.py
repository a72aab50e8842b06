"""日历条目与放假安排: the rows of the calendar shown, changed, added, left out; the year's days off (domain 6.1-6.4, 6.7)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QTabWidget, QVBoxLayout, QWidget

from ui.pages.calendar.notice_form import NoticeForm
from ui.pages.calendar.row_dialog import CalendarRowDialog, stream_names, use_names
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, row
from ui.widgets.refusals import fault_handler
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.when_words import when_words

if TYPE_CHECKING:
    from workbench.app import Workbench


def _state(shown: CalendarRow) -> str:
    if shown.off:
        return _("不显示")
    if not shown.whose:
        return _("自带")
    own = _("网点的") if shown.whose == "branch" else _("我自己的")
    return _("{whose},改过").format(whose=own) if shown.shipped else own


class DaysEditor(QDialog):
    """Two tabs: the rows of the calendar, and the days off of a year. What is written is undone like everything else."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None, year: int | None = None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(_("日历条目与放假安排"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 600)
        self._rows: tuple[CalendarRow, ...] = ()
        self.stream = QComboBox()
        for code, name in ({"": _("全部")} | stream_names() | {"own": _("自己加的和改过的")}).items():
            self.stream.addItem(name, code)
        columns: list[Column[CalendarRow]] = [
            Column(_("名称"), lambda one: one.title, 150, key=True, ink=_ink),
            Column(_("类别"), lambda one: stream_names()[one.stream], 90, ink=_ink),
            Column(_("哪一天"), when_words, 140, ink=_ink),
            Column(_("怎么联系"), lambda one: use_names()[one.use], 80, ink=_ink),
            Column(
                _("做什么、说什么"), lambda one: _(one.says), ink=_ink, tip=lambda one: _(one.says) or None
            ),
            Column(_("来源"), _state, 110, ink=_ink),
        ]
        self.table = Table(columns, name="calendar.days")
        self.fault = FaultLine()
        self.change = button(_("修改…"), self._change)
        self.hide_row = button(_("不显示"), self._leave_out)
        self.restore = button(_("恢复"), self._restore, tip=_("恢复成程序自带的样子,或重新显示"))
        self.table.offer(self.change, self.hide_row, self.restore)
        rows = QWidget()
        inside = QVBoxLayout(rows)
        inside.setSpacing(10)
        inside.addLayout(row(self.stream, None))
        inside.addWidget(self.table, 1)
        inside.addWidget(self.fault)
        inside.addLayout(
            row(button(_("添加…"), self._add, "primary"), self.change, self.hide_row, self.restore, None)
        )
        self.notice = NoticeForm(workbench, tasks, year or today().year + 1)
        self.tabs = QTabWidget()
        self.tabs.addTab(rows, _("日历条目"))
        self.tabs.addTab(self.notice, _("放假与调休"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(None, button(_("关闭"), self.accept)))
        self.stream.currentIndexChanged.connect(lambda _at: self._fill())
        self.table.opened.connect(lambda _row: self._change())
        self.table.chosen.connect(lambda _row: self._follow())
        self.refresh()

    def refresh(self) -> None:
        """Read the rows again."""
        self.tasks.run(self.workbench.outreach.dates.rows, self._read, owner=self)

    def _read(self, rows: tuple[CalendarRow, ...]) -> None:
        self._rows = rows
        self._fill()

    def _fill(self) -> None:
        kept, code = self.table.current(), self.stream.currentData()
        shown = [
            one
            for one in self._rows
            if code in ("", one.stream) or (code == "own" and (one.whose or one.off))
        ]
        self.table.table.fill(shown)
        codes = [one.code for one in shown]
        at = codes.index(kept.code) if kept is not None and kept.code in codes else 0
        if shown:
            self.table.go_to(at)
        self._follow()

    def _follow(self) -> None:
        """Offer what can be done with the row that is chosen."""
        one: CalendarRow | None = self.table.current()
        self.change.setEnabled(one is not None)
        self.hide_row.setEnabled(one is not None and not one.off)
        self.hide_row.setText(_("删除") if one is not None and not one.shipped else _("不显示"))
        self.restore.setEnabled(one is not None and one.shipped and (one.off or bool(one.whose)))

    def _add(self) -> None:
        self._open(CalendarRow("", "", ""))

    def _change(self) -> None:
        one = self.table.current()
        if one is not None:
            self._open(one)

    def _open(self, shown: CalendarRow) -> None:
        self.dialog = CalendarRowDialog(self.workbench, self.tasks, shown, self)
        self.dialog.accepted.connect(self.refresh)
        self.dialog.open()

    def _leave_out(self) -> None:
        one = self.table.current()
        if one is not None:
            words = _("“{name}”不再出现在日历上。").format(name=one.title)
            self._write(partial(self.workbench.outreach.dates.leave_out, one.code), words)

    def _restore(self) -> None:
        one = self.table.current()
        if one is not None:
            words = _("“{name}”已恢复。").format(name=one.title)
            self._write(partial(self.workbench.outreach.dates.restore, one.code), words)

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.fault.hide()
        failed = fault_handler(self.fault, self.tasks)
        self.tasks.write(job, lambda _change: self.refresh(), words=words, failed=failed, owner=self)


def _ink(one: CalendarRow) -> str | None:
    """Rows that are not shown are grey."""
    return "second" if one.off else None
