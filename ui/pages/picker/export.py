"""The export of picked customers: a numbered, masked workbook, kept as a fixed list."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.pages.picker.dialogs import Done, Picked, PickedQuestion, manager_of, purpose_combo
from ui.pages.picker.forms import sole_list
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.saving import ask_place
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.file_names import file_name
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ExportDialog(PickedQuestion):
    """Asks for the name, purpose and path of a numbered, masked workbook. A saved list keeps its number."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, picked, _("导出名单"), _("导出"), parent)
        self.number = sole_list(picked.text)
        day = today()
        self.name = QLineEdit(_("导出名单 {day}").format(day=day.isoformat()))
        self.purpose = purpose_combo(workbench, picked.purpose or "marketing")
        self.path = QLineEdit(str(Path.home() / file_name(self.name.text(), ".xlsx")))
        #: the file that the person agreed to overwrite
        self._agreed: Path | None = None
        self.choose = button(_("选择…"), self._choose)
        if self.number is None:
            self.line(_("名称"), self.name)
            self.line(_("用途"), self.purpose)
        where = QWidget()
        inside = row(self.path, self.choose)
        inside.setContentsMargins(0, 0, 0, 0)
        where.setLayout(inside)
        self.line(_("存到"), where)
        words = _(
            "会存成一份固定名单,编号、用途和有效期都印在表上;姓名和客户号已脱敏,导出记入登记簿,最多 {most} 行。"
        )
        most = workbench.rules.whole("picking.export_rows")
        self.line("", label(words.format(most=f"{most:,}"), "second", wrap=True))

    def _choose(self) -> None:
        place = ask_place(self, _("导出名单"), self.path.text(), "xlsx (*.xlsx)", ".xlsx")
        if place is not None:
            self.path.setText(str(place.path))
            self._agreed = place.path if place.replace else None

    def answer(self) -> None:
        """Save the list and write the file; when it cannot be written, the list is removed again."""
        name, purpose, path = self.name.text().strip(), self.purpose.currentText(), self.path.text().strip()
        if not path:
            self.say(_("没有写存到哪个文件。"))
            return
        target = Path(path).expanduser()
        replace = target == self._agreed
        self.do(lambda: self._export(name, purpose, target, replace))

    def _export(self, name: str, purpose: str, path: Path, replace: bool) -> Done:
        picking, text = self.workbench.insight.picking, self.picked.text
        if self.number is not None:
            return self._written(self.number, path, replace, Change.nothing())
        change = picking.save(name, text, "frozen", purpose, manager_of(self.workbench))
        try:
            return self._written(name, path, replace, change)
        except WorkbenchError:
            if change.undo_id is not None:
                self.workbench.undo(change.undo_id)
            raise

    def _written(self, word: str, path: Path, replace: bool, change: Change) -> Done:
        from workbench.sheets.list_sheet import list_sheet, list_xlsx

        picking = self.workbench.insight.picking
        sheets, manager = self.workbench.sheets, manager_of(self.workbench)
        made = list_sheet(picking, self.workbench.rules, word, manager, sheets.anchor())
        written = sheets.save(list_xlsx(made), path, replace=replace)
        picking.used(self.picked.text, "export")
        wording = _("已导出 {n} 位到 {path}(名单 {number});排除:{excluded}")
        return change, wording.format(
            n=f"{len(made.rows):,}", path=written, number=made.saved.number, excluded=made.excluded
        )
