"""导入总行话术 and its template: one file in, the refused rows shown with their reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.file_questions import existing_file
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.errors import RowProblem
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class RefusedRows(QDialog):
    """The rows of a file that stayed out."""

    def __init__(self, words: str, refused: Sequence[RowProblem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("退回的行"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 420)
        columns: list[Column[RowProblem]] = [
            Column(_("行"), lambda one: "" if one.row is None else str(one.row), 56, number=True, key=True),
            Column(_("为什么"), lambda one: one.message, 0),
        ]
        self.table = Table(columns, name="scripts.refused", wrap=True)
        self.table.table.fill(list(refused))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.accept)))


class OfficeScripts:
    """What the page does with head office's set; `over`: the page."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QWidget) -> None:
        self._workbench, self._tasks, self._over = workbench, tasks, over
        self.refused: RefusedRows | None = None

    def ask_file(self) -> None:
        """Ask for the filled form, and take it in."""
        filters = _("表格文件 ({endings});;全部文件 (*)").format(endings="*.xlsx *.xls *.csv *.ods *.xlsb")
        chosen = existing_file(self._over, _("导入总行话术"), "", filters)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file, and put it in the place of the former set."""
        from workbench.sheets.office_scripts import office_form, office_rows, refused_scripts

        workbench = self._workbench
        refused: list[RowProblem] = []
        stored: list[int] = []

        def write() -> Change:
            """On the book's thread."""
            read = workbench.filled_form(office_form(workbench.rules), path)
            taken = workbench.outreach.playbook.own.replace_office(office_rows(read))
            refused.extend(refused_scripts(read, taken))
            stored.append(taken.stored)
            return taken.change

        def words() -> str:
            """What became of the file."""
            if not stored[0]:
                return _("一行也没有进来,原来的总行话术没有动。")
            pattern = _("总行话术现在有 {n} 条;退回 {refused} 行。")
            return pattern.format(n=stored[0], refused=len(refused))

        def done(_change: Change) -> None:
            """Show what stayed out."""
            if refused:
                self.refused = RefusedRows(words(), refused, self._over.window())
                self.refused.open()

        self._tasks.write(write, done, words=words, owner=self._over)

    def save_template(self) -> None:
        """Ask where the empty form goes, and write it."""
        from workbench.sheets.office_scripts import office_template

        title = _("总行话术模板")
        place = ask_place(self._over, title, f"{title}.xlsx", _("Excel 表格 (*.xlsx)"), ".xlsx")
        if place is None:
            return
        workbench = self._workbench

        def save() -> Path:
            """On the book's thread."""
            return workbench.sheets.save(office_template(workbench.rules), place.path, replace=place.replace)

        def saved(path: Path) -> None:
            """Say where it is."""
            self._tasks.wrote.emit(Change.nothing(), _("模板已存到 {path}").format(path=path))

        self._tasks.run(save, saved, owner=self._over)
