"""Preview of the week's paper (本周晨会材料): which parts of it, whether telephones are in full and why, as PDF or workbook."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.saving import ask_place
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.sheets.pack.registry import PARTS

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.draft import WeekPlan


class PackPreview(PreviewDialog):
    """The very PDF of the parts that are ticked; ticking another makes it anew."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        week: str,
        parts: Sequence[str] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        wanted = tuple(parts) or tuple(kind.code for kind in PARTS if kind.usual)
        sheets = workbench.sheets
        super().__init__(workbench, tasks, lambda: sheets.pack(wanted, week), parent=parent)
        self.week = week
        #: what the pages on the screen are made of: codes of parts, purpose of telephones in full
        self._shown: tuple[tuple[str, ...], str] = (wanted, "")
        self.parts = {kind.code: QCheckBox(kind.name) for kind in PARTS}
        #: for what telephones are printed in full; '' for masked ones
        self.purpose = QLineEdit()
        self.xlsx_button = button(_("存为 Excel…"), self._ask_workbook)
        self.xlsx_button.setEnabled(False)
        self.leaving.append(self.xlsx_button)
        self.setWindowTitle(_("本周晨会材料"))
        self.purpose.setPlaceholderText(_("不写:电话遮盖"))
        self.purpose.setToolTip(_("写明用途,电访单和清单才印完整电话;用途会登记,单子有编号和销毁日期"))
        self.purpose.setMaximumWidth(200)
        self.purpose.editingFinished.connect(self._changed)
        for code, box in self.parts.items():
            box.setChecked(code in wanted)
            box.toggled.connect(self._changed)
        self.options.addWidget(
            Strip(
                *self.parts.values(), label(_("印完整电话的用途"), "second"), self.purpose, self.xlsx_button
            )
        )

    def _chosen(self) -> tuple[tuple[str, ...], str]:
        """(codes of the ticked parts, purpose of telephones in full)."""
        ticked = tuple(code for code, box in self.parts.items() if box.isChecked())
        return ticked, " ".join(self.purpose.text().split())

    def _changed(self) -> None:
        """Make the sheets of another choice; the last part stays ticked."""
        if not any(box.isChecked() for box in self.parts.values()):
            sender = self.sender()
            if isinstance(sender, QCheckBox):
                sender.setChecked(True)
            return
        if self._chosen() != self._shown:
            self._shown = parts, why = self._chosen()
            sheets, week = self.workbench.sheets, self.week
            self._make = lambda: sheets.pack(parts, week, phones=why)
            self.draw()

    def _ask_workbook(self) -> None:
        if self.printed is not None:
            name = f"{self.printed.name}.xlsx"
            place = ask_place(self, _("存为 Excel"), name, "Excel (*.xlsx)", ".xlsx")
            if place is not None:
                self.save_workbook(*place)

    def save_workbook(self, path: Path, replace: bool = False) -> None:
        """Save the same parts as a workbook; the export is registered."""
        parts, why = self._shown
        sheets, week = self.workbench.sheets, self.week
        self.tasks.run(
            lambda: sheets.save(sheets.pack_xlsx(parts, week, phones=why), path, replace=replace),
            lambda saved: self.state.setText(_("已存到 {path}").format(path=saved)),
            failed=self._failed,
            owner=self,
        )


def preview_plan(page: QWidget, workbench: "Workbench", tasks: Tasks, plan: "WeekPlan | None") -> None:
    """Preview the paper of the week of a plan over a page; without a plan nothing happens."""
    if plan is not None:
        PackPreview(workbench, tasks, plan.week, parent=page).open()
