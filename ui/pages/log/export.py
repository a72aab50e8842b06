"""The export of the log: a masked workbook or CSV; its purpose is registered."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.saving import ask_place
from workbench.base.file_names import file_name
from workbench.base.i18n import _
from workbench.outreach.log.logged import LogFilter

if TYPE_CHECKING:
    from workbench.app import Workbench


class LogExport(FormDialog):
    """Asks for the purpose and the file, whose ending says which kind."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, what: LogFilter, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("导出联系记录"), _("导出"), parent)
        self.what = what
        #: the file that the person agreed to overwrite
        self._agreed: Path | None = None
        self.purpose = QLineEdit()
        self.purpose.setPlaceholderText(_("例如:周会复盘"))
        name = _("联系记录 {since} 至 {until}").format(since=what.since, until=what.until)
        self.path = QLineEdit(str(Path.home() / file_name(name, ".xlsx")))
        where = QWidget()
        inside = row(self.path, button(_("选择…"), self._choose))
        inside.setContentsMargins(0, 0, 0, 0)
        where.setLayout(inside)
        self.line(_("用途"), self.purpose)
        self.line(_("存到"), where)
        words = _("姓名、客户号和联系内容已脱敏,导出记入登记簿;文件名以 .csv 结尾就写成 CSV。")
        self.line("", label(words, "second", wrap=True))

    def _choose(self) -> None:
        place = ask_place(self, _("导出联系记录"), self.path.text(), "xlsx (*.xlsx);;csv (*.csv)", ".xlsx")
        if place is not None:
            self.path.setText(str(place.path))
            self._agreed = place.path if place.replace else None

    def answer(self) -> None:
        """Write the file; where something is missing the keyboard goes there."""
        purpose, path = self.purpose.text().strip(), self.path.text().strip()
        if not purpose or not path:
            self.say(_("请写用途;用途会登记。") if not purpose else _("没有写存到哪个文件。"))
            (self.path if purpose else self.purpose).setFocus()
            return
        target, workbench = Path(path).expanduser(), self.workbench

        def write() -> Path:
            """Read the contacts and write them; on the book's thread."""
            sheets = workbench.sheets
            make = sheets.contacts_csv if target.suffix.lower() == ".csv" else sheets.contacts_xlsx
            made = make(self.what, workbench.outreach.log.contacts(self.what), purpose)
            return sheets.save(made, target, replace=target == self._agreed)

        failed = under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.yes)
        self.tasks.run(write, lambda _path: self.accept(), failed=failed, owner=self)
