"""A year's days off: typed in as lines, or taken from a file (domain 6.7)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.file_questions import existing_file
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.number_field import NumberField
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler
from workbench.base.change import Change
from workbench.base.holiday_files import HolidayYear
from workbench.base.i18n import _
from workbench.base.typed_notice import notice_lines
from workbench.outreach.dates.when import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from workbench.app import Workbench


class NoticeForm(QWidget):
    """The notice of a year as lines; stored, it counts at once."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, year: int) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.year = NumberField()
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setValue(year)
        self.known = label("", "second", wrap=True)
        self.lines = QPlainTextEdit()
        self.lines.setPlaceholderText(_("春节 2.5-2.12\n班 2.14、2.28\n也可以把放假通知原文贴进来"))
        self.lines.setTabChangesFocus(True)
        self.fault = FaultLine()
        self.take = button(_("从文件导入…"), self._ask)
        self.keep = button(_("存入这一年"), self._keep, "primary")
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(row(label(_("年份")), self.year, self.known, None))
        layout.addWidget(self.lines, 1)
        layout.addWidget(self.fault)
        layout.addLayout(row(self.take, None, self.keep))
        self.year.valueChanged.connect(lambda _year: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Show what is known of the year."""
        year = self.year.value()
        self.fault.hide()
        self.tasks.run(
            lambda: self.workbench.workdays, lambda days: self._show(year, days.years.get(year)), owner=self
        )

    def _show(self, year: int, notice: HolidayYear | None) -> None:
        if year != self.year.value():
            return
        self.known.setText(
            _("已有放假安排,改好再存就换掉它。") if notice else _("未官宣:按周末和法定节日计。")
        )
        self.lines.setPlainText(notice_lines(notice) if notice else "")

    def _keep(self) -> None:
        year, text = self.year.value(), self.lines.toPlainText()
        self._write(lambda: self.workbench.type_holidays(year, text))

    def _ask(self) -> None:
        chosen = existing_file(self, _("导入放假安排"), "", _("放假安排文件 (*.json)"))
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, file: Path) -> None:
        """Take the notice in a file, whatever year it is of."""
        self._write(lambda: self.workbench.import_holidays(file))

    def _write(self, job: Callable[[], Change]) -> None:
        self.fault.hide()
        self.keep.setEnabled(False)
        shows = fault_handler(self.fault, self.tasks)

        def failed(error: Exception) -> None:
            """Show the refusal; what was typed stays."""
            self.keep.setEnabled(True)
            shows(error)

        self.tasks.write(job, self._kept, words=_("放假安排已存入。"), failed=failed, owner=self)

    def _kept(self, _change: Change) -> None:
        self.keep.setEnabled(True)
        self.refresh()
