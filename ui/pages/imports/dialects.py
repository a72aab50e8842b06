"""口径: how each head-office list is read: rename, change one column, forget, give to a colleague, take from one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ui.file_questions import existing_file
from ui.tasks import Tasks
from ui.widgets.delegates import ChoiceDelegate, Choices
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import ask, button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialects import Dialect, HeadingChoice

if TYPE_CHECKING:
    from workbench.app import Workbench

ENDING = ".dialects.json"
_FIELD = 1
_KEEP, _IGNORE, _FORGET = "-keep", "-ignore", "-forget"
Line = tuple[str, HeadingChoice | None]


class DialectsDialog(QDialog):
    """At the left the dialects, at the right how one of them reads each heading. Esc closes."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.question: QMessageBox | None = None
        self.setWindowTitle(_("表式"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 560)
        self.dialects: Sequence[Dialect] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(270)
        self.list.setAccessibleName(_("表式"))
        self.list.currentRowChanged.connect(lambda _at: self._show_one())
        self.title = QLineEdit()
        self.title.setAccessibleName(_("表式的名称"))
        self.title.returnPressed.connect(self.rename)
        self.rename_button = button(_("改名"), self.rename, tip="Enter")
        self.forget_button = button(_("删除这个表式"), self.forget)
        self.words = label("", "second", wrap=True)
        self.columns = Table(self._columns(), name="imports.dialects")
        self.columns.setAccessibleName(_("每一列怎么读"))
        self.columns.setItemDelegateForColumn(
            _FIELD, ChoiceDelegate(lambda _row: self._choices(), self.columns)
        )
        self.columns.opened.connect(self._edit)
        self.columns.doubleClicked.connect(self._clicked)
        self.export_button = button(_("导出全部…"), self._ask_export, tip=_("存成一个文件,发给同事导入"))
        self.import_button = button(_("导入…"), self._ask_import)
        self.fault = FaultLine()
        self.outcome = label("", "second", wrap=True)
        self._assemble()
        self._enable(False)  # until the dialects are read
        self.export_button.setEnabled(False)
        self._read()

    def _assemble(self) -> None:
        right = QVBoxLayout()
        right.addLayout(row(self.title, self.rename_button, self.forget_button))
        right.addWidget(self.words)
        right.addWidget(self.columns, 1)
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(
            label(
                _(
                    "每次写入都会记住这种名单怎么读,下个月不用再问。表式里只有列名,没有客户资料,可以发给同事。"
                ),
                "second",
                wrap=True,
            )
        )
        layout.addLayout(middle, 1)
        layout.addWidget(self.fault)
        foot = row(self.export_button, self.import_button, 12, self.outcome, button(_("关闭"), self.reject))
        foot.setStretch(3, 1)
        layout.addLayout(foot)
        self.fault.hide()

    def _columns(self) -> list[Column[Line]]:
        return [
            Column(_("列名(整理后)"), lambda x: x[0], 240, key=True, tip=lambda x: x[0]),
            Column(
                _("对应的字段"), lambda x: self._choice_words(x[1]), 0, edit=self._edited,
                raw=lambda x: _choice_key(x[1]), ink=lambda x: None if x[1] and x[1].field else "second",
            ),
            Column(_("单位"), lambda x: x[1].unit if x[1] else "", 70),
        ]  # fmt: skip

    # -- showing -------------------------------------------------------------------------------------------

    def _read(self, name: str = "") -> None:
        before = self._current()
        chosen = name or (before.name if before is not None else "")

        def show(dialects: Sequence[Dialect]) -> None:
            """List the dialects; the one chosen before, or just written, stays chosen."""
            self.dialects = dialects
            self.list.blockSignals(True)
            self.list.clear()
            for one in dialects:
                self.list.addItem(
                    QListWidgetItem(_("{name}\n{n} 列").format(name=one.name, n=len(one.columns)))
                )
            names = [one.name for one in dialects]
            self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
            self.list.blockSignals(False)
            self.export_button.setEnabled(bool(dialects))
            self._show_one()

        self.tasks.run(self.workbench.intake.dialects, show, failed=self._failed, owner=self)

    def _current(self) -> Dialect | None:
        at = self.list.currentRow()
        return self.dialects[at] if 0 <= at < len(self.dialects) else None

    def _show_one(self) -> None:
        one = self._current()
        self._enable(one is not None)
        if one is None:
            self.title.clear()
            self.words.setText(_("还没有识别过的表式。写入第一份名单之后,这里会有它的读法。"))
            self.columns.table.fill(())
            return
        self.title.setText(one.name)
        self.words.setText(_where_words(one))
        at = max(0, self.columns.currentIndex().row())
        undecided = [(key, None) for key in sorted(one.headings - set(one.columns))]
        lines: list[Line] = [*one.columns.items(), *undecided]
        self.columns.table.fill(lines)
        if lines:
            self.columns.setCurrentIndex(
                self.columns.table.index(min(at, self.columns.table.rowCount() - 1), _FIELD)
            )

    def _enable(self, on: bool) -> None:
        for part in (self.title, self.rename_button, self.forget_button, self.columns):
            part.setEnabled(on)

    def _choice_words(self, choice: HeadingChoice | None) -> str:
        if choice is None:
            return _("(没有指定,由程序识别)")
        if choice.ignored:
            return _("(不读)")
        if choice.custom:
            return _("{field}(自定义)").format(field=choice.custom.removeprefix("custom."))
        if choice.field is None:
            return _("(原样保留)")
        known = catalogue().fields.get(choice.field)
        return known.shown() if known else choice.field

    def _choices(self) -> Choices:
        one = self._current()
        fields = [(known.key, known.shown()) for known in catalogue().of_kind(one.kind)] if one else []
        return [
            (_KEEP, _("不对应(原样保留)")), (_IGNORE, _("不读这一列")), (_FORGET, _("由程序识别")), *fields,
        ]  # fmt: skip

    # -- changing ------------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() != _FIELD:
            self._edit(index.row())

    def _edit(self, number: int) -> None:
        index = self.columns.table.index(number, _FIELD)
        self.columns.setCurrentIndex(index)
        self.columns.edit(index)

    def _edited(self, number: int, chosen: str) -> None:
        one, line = self._current(), self.columns.table.row(number)
        if one is None or line is None:
            return
        name, key, before = one.name, line[0], line[1]
        choice = {_KEEP: HeadingChoice(), _IGNORE: HeadingChoice(ignored=True), _FORGET: None}.get(
            chosen, HeadingChoice(field=chosen, unit=before.unit if before else "")
        )
        self._write(
            lambda: self.workbench.intake.edit_dialect(name, key, choice),
            _("已修改表式“{name}”。").format(name=name),
        )

    def rename(self) -> None:
        """Store the name in the line, if it changed."""
        one, name = self._current(), self.title.text().strip()
        if one is not None and name and name != one.name:
            old = one.name
            self._write(
                lambda: self.workbench.intake.rename_dialect(old, name),
                _("表式改名为“{name}”。").format(name=name),
                name,
            )

    def forget(self) -> None:
        """Ask, then forget the dialect: the next such list is read as if it were the first."""
        one = self._current()
        if one is None:
            return
        name = one.name
        self.question = ask(
            self,
            _("删除表式"),
            _("删除表式“{name}”吗?").format(name=name),
            _("已经导入的数据不受影响;下次遇到这种名单会重新识别各列。可以撤销。"),
            _("删除"),
            _("不删除"),
            lambda: self._write(
                lambda: self.workbench.intake.forget_dialect(name),
                _("已删除表式“{name}”。").format(name=name),
            ),
        )

    def _write(self, job: Callable[[], Change], words: str, name: str = "") -> None:
        self.fault.hide()

        def done(_change: Change) -> None:
            """Say what was done and read the dialects again."""
            self.outcome.setText(words)
            self._read(name)

        self.tasks.write(
            job, done, words=words, failed=under_way(self, self.tasks, self._failed, stays=True), owner=self
        )

    def _failed(self, error: Exception) -> None:
        fault_handler(self.fault, self.tasks)(error)
        if isinstance(error, WorkbenchError):
            self._show_one()

    # -- files ---------------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        kinds = _("表式文件 (*{ending})").format(ending=ENDING)
        place = ask_place(self, _("导出表式"), _("表式") + ENDING, kinds, ENDING)
        if place is not None:
            self.export_to(*place)

    def export_to(self, path: Path, replace: bool = False) -> None:
        """Write all dialects to one file, over another only with `replace`."""
        self.fault.hide()
        words = _("已导出到 {file}。").format(file=path.name)
        self.tasks.run(
            lambda: self.workbench.intake.export_dialects(path, replace=replace),
            lambda _count: self.outcome.setText(words),
            failed=self._failed,
            owner=self,
        )

    def _ask_import(self) -> None:
        chosen = existing_file(
            self, _("导入表式"), "", _("表式文件 (*{ending} *.json)").format(ending=ENDING)
        )
        if chosen:
            self.import_from(Path(chosen))

    def import_from(self, path: Path) -> None:
        """Take over the dialects of a colleague's file; can be undone."""
        self._write(
            lambda: self.workbench.intake.import_dialects(path), _("已导入 {file}。").format(file=path.name)
        )


def _choice_key(choice: HeadingChoice | None) -> str:
    if choice is None:
        return _FORGET
    if choice.ignored:
        return _IGNORE
    return choice.field or _KEEP


def _where_words(one: Dialect) -> str:
    """What the dialect knows besides the columns: header, unit, source of the date, total row."""
    dates = {
        "title": _("标题"), "column": _("日期列"), "sheet": _("工作表名"), "file": _("文件名"),
        "months": _("分月的行或列"), "asked": _("手工填写"),
    }  # fmt: skip
    parts = [
        _("表头在第 {row} 行").format(row=one.header_row) if one.header_row else "",
        _("{n} 行表头").format(n=one.header_depth) if one.header_depth > 1 else "",
        _("金额单位 {unit}").format(unit=_(one.unit)) if one.unit else "",
        _("数据日期取自{place}").format(place=dates[one.date_from]) if one.date_from in dates else "",
        _("有合计行") if one.totals else "",
    ]
    return " · ".join(part for part in parts if part)
