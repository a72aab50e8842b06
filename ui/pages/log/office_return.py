"""回报总行: head office's own workbook, filled in with the outcomes of the list that it sent (domain 12.6)."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QDateEdit, QLineEdit, QWidget

from ui.file_questions import existing_file
from ui.pages.log.office_columns import OfficeColumns
from ui.tasks import Tasks
from ui.widgets.fitting import grow
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, column, date_edit, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.file_names import file_name
from workbench.base.i18n import _
from workbench.outreach.office_return.columns import WHO
from workbench.outreach.office_return.reading import OfficeList
from workbench.sheets.office_return.filling import ReturnLine
from workbench.sheets.office_return.layouts import KeptTemplate, LayoutColumn, OfficeLayout
from workbench.sheets.office_return.room import ListedCustomers, OfficeReturn

if TYPE_CHECKING:
    from workbench.app import Workbench

#: rows of the preview, and its least and largest height in pixels
_SHOWN, _LEAST, _HEIGHT = 20, 104, 166
_WIDTH = 860


class OfficeReturnDialog(FormDialog):
    """Asks for head office's form, its list and the days; shows what would be filled in; writes it. A file is what it holds: one
    without customers is a template, one with customers a list."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("回报总行"), _("写出"), parent)
        self.setMinimumWidth(_WIDTH)
        self.setAcceptDrops(True)
        self.room = workbench.office_return
        #: what is filled in, with which customers, and the outcome
        self.layout_: OfficeLayout | None = None
        self.listed: ListedCustomers | None = None
        self.made: OfficeReturn | None = None
        #: lists that were read from files, by name; a list that can be filled in place with its layout
        self._files: dict[str, tuple[ListedCustomers, OfficeLayout | None]] = {}
        self._agreed: Path | None = None
        self._named = ""
        self._build()
        tasks.run(self._known, lambda known: self._offer(*known), failed=self._refused, owner=self)

    def _build(self) -> None:
        self.template, self.list = QComboBox(), QComboBox()
        for combo, words in ((self.template, _("总行的表")), (self.list, _("名单"))):
            combo.setAccessibleName(words)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.template.activated.connect(lambda _at: self._choose_template())
        self.list.activated.connect(lambda _at: self._choose_list())
        day = today()
        self.since, self.until = date_edit(day.replace(day=1)), date_edit(day)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(lambda _day: self._preview())
        self.columns = OfficeColumns()
        self.columns.chosen.connect(self._map)
        self.columns.worded.connect(self._word)
        self.sum, self.notices = label("", "heading", wrap=True), label("", "second", wrap=True)
        self.preview: Table = Table([], name="office_return", bare=True, kept=False)
        self.preview.setAccessibleName(_("前几行"))
        self.preview.setMinimumHeight(_LEAST)
        self.preview.setMaximumHeight(_HEIGHT)
        self.purpose, self.path = QLineEdit(), QLineEdit()
        self.purpose.setPlaceholderText(_("例如:11 月重点客户触达回报"))
        self.line(_("总行的表"), _beside(row(self.template, button(_("选文件…"), self._ask_file)), widest=0))
        self.line(_("名单"), _beside(row(self.list, button(_("选文件…"), self._ask_file)), widest=0))
        self.line(_("日期"), _beside(row(self.since, label(_("至"), "second"), self.until, None)))
        self.line(_("各列填什么"), self.columns)
        self.line(_("预览"), _beside(column(self.sum, self.preview, self.notices, spacing=4)))
        self.line(_("用途"), self.purpose)
        self.line(_("存到"), _beside(row(self.path, button(_("选择…"), self._choose_path)), widest=0))
        words = _("只填空格,表里原有的内容、公式、其他工作表都不动;客户号是完整的,写出时连同用途记入登记簿。")
        self.line("", label(words, "second", wrap=True))
        self.sum.setText(
            _("先选总行的空白模板和名单;或者直接选总行发来的名单文件,就地填写。也可以把文件拖进来。")
        )

    def _known(self) -> tuple[tuple[KeptTemplate, ...], tuple[OfficeList, ...]]:
        return self.room.layouts.templates(), self.workbench.outreach.office_returns.lists()

    def _offer(self, templates: tuple[KeptTemplate, ...], lists: tuple[OfficeList, ...]) -> None:
        self.template.addItem(_("名单文件就地填写"), None)
        for template in templates:
            self.template.addItem(template.name, template.name)
        self.list.addItem(_("还没有选"), None)
        for one in lists:
            words = _("{file} · {sheet}({day} 导入)")
            self.list.addItem(words.format(file=one.file, sheet=one.sheet, day=one.at[:10]), one.batch)
        if templates:
            self.template.setCurrentIndex(1)
            self._choose_template()
        self.template.setFocus()

    # -- choosing ----------------------------------------------------------------------------------------------

    def _choose_template(self) -> None:
        name = self.template.currentData()
        if isinstance(name, str):
            self.tasks.run(
                lambda: self.room.layouts.template(name), self._take_layout, failed=self._refused, owner=self
            )
        elif name is None:
            self._take_in_place()

    def _choose_list(self) -> None:
        chosen = self.list.currentData()
        if isinstance(chosen, int):
            self.tasks.run(
                lambda: self.room.listed_by(chosen), self._take_list, failed=self._refused, owner=self
            )
        else:
            self._take_list(self._files[chosen][0] if chosen in self._files else None)

    def _ask_file(self) -> None:
        filters = _("表格文件 ({endings});;全部文件 (*)").format(endings="*.xlsx *.xls *.csv *.ods *.xlsb")
        chosen = existing_file(self, _("选总行的模板或名单"), "", filters)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file: with customers it is the list, filled in place where no template is chosen; without, the template."""
        template = self.layout_ is not None and not self.layout_.rows

        def read() -> OfficeLayout | ListedCustomers:
            """On a file thread."""
            if template and path.suffix.lower() != ".xlsx":
                return self.room.listed_in(path)
            return self.room.layout_of(path)

        self.fault.hide()
        self.sum.setText(_("正在读取 {file}").format(file=path.name))
        self.tasks.run(read, self._take, failed=self._refused, owner=self, where="files", key="office-file")

    def _take(self, read: OfficeLayout | ListedCustomers) -> None:
        if isinstance(read, ListedCustomers):
            self._take_file(read, None)
        elif read.rows:
            self._take_file(ListedCustomers(read.name, read.rows), read)
        else:
            self._select(self.template, read.name)
            if read.column("customer_no") is not None:
                words = _("已收下总行模板「{name}」,下次直接选。").format(name=read.name)
                self.tasks.write(
                    lambda: self.room.layouts.keep(read), words=words, failed=self._refused, owner=self
                )
            self._take_layout(read)

    def _take_file(self, listed: ListedCustomers, layout: OfficeLayout | None) -> None:
        """A list from a file is chosen; `layout`: as what it can be filled in place."""
        self._files[listed.name] = listed, layout
        self._select(self.list, listed.name)
        if self.layout_ is None or self.layout_.rows:
            self.template.setCurrentIndex(0)
        self._take_list(listed)

    def _take_in_place(self) -> None:
        """The list file itself is filled in; an import is no file."""
        known = self._files.get(self.list.currentData())
        self.layout_ = known[1] if known is not None else None
        if self.layout_ is not None:
            self.columns.show_layout(self.layout_)
        self._preview()

    @staticmethod
    def _select(combo: QComboBox, name: str) -> None:
        """Show the name of a file that is no entry of the list."""
        at = combo.findText(name)
        if at < 0:
            combo.addItem(name, name)
            at = combo.count() - 1
        combo.setCurrentIndex(at)

    def _take_layout(self, layout: OfficeLayout) -> None:
        self.layout_ = layout
        self.columns.show_layout(layout)
        self._preview()

    def _take_list(self, listed: ListedCustomers | None) -> None:
        self.listed = listed
        if self.layout_ is None or self.layout_.rows:
            self._take_in_place()
        else:
            self._preview()

    def _map(self, letter: str, what: str) -> None:
        if self.layout_ is not None:
            self._take_layout(self.layout_.with_column(letter, what))

    def _word(self, letter: str, ours: str, theirs: str) -> None:
        if self.layout_ is not None:
            self.layout_ = self.layout_.with_word(letter, ours, theirs)
            self._preview()

    # -- looking -----------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        """Fill in what is chosen, without writing anything."""
        layout, listed, self.made = self.layout_, self.listed, None
        self.fault.hide()
        if layout is None or not (layout.rows or listed is not None):
            self.sum.setText(self._missing())
            self.preview.table.fill([])
            self.notices.setText("")
            return
        since, until = _day(self.since), _day(self.until)
        purpose = self.purpose.text()
        self.tasks.run(
            lambda: self.room.fill(layout, since, until, listed, purpose), self._show, failed=self._refused, owner=self,
            key="office-return",
        )  # fmt: skip

    def _missing(self) -> str:
        """What is still to be chosen; '' for nothing."""
        if self.layout_ is None:
            return _("还没有选总行的表。")
        if not self.layout_.rows and self.listed is None:
            return _("还没有选名单:选一次导入,或者总行发来的名单文件。")
        return ""

    def _show(self, made: OfficeReturn) -> None:
        self.made = made
        self.sum.setText(made.sum)
        self.notices.setText("\n".join(made.notices))
        self.preview.put_columns(_preview_columns(made.layout))
        self.preview.table.fill(made.lines[:_SHOWN])
        self.columns.show_layout(made.layout, made.unsaid)
        proposed = str(Path.home() / file_name(made.printed.name, ".xlsx"))
        if self.path.text() in ("", self._named):
            self.path.setText(proposed)
            self._named = proposed
        grow(self)

    def _refused(self, error: Exception) -> None:
        self.sum.setText("")
        fault_handler(self.fault, self.tasks)(error)

    # -- writing -----------------------------------------------------------------------------------------------

    def _choose_path(self) -> None:
        place = ask_place(self, _("回报总行"), self.path.text(), "xlsx (*.xlsx)", ".xlsx")
        if place is not None:
            self.path.setText(str(place.path))
            self._agreed = place.path if place.replace else None

    def answer(self) -> None:
        """Write the file; where something is missing the keyboard goes there."""
        layout, listed, purpose = self.layout_, self.listed, self.purpose.text().strip()
        if self.made is None or layout is None:
            self.say(self._missing() or self.sum.text())
            (self.template if layout is None else self.list).setFocus()
            return
        if not purpose or not self.path.text().strip():
            self.say(_("请写用途;用途会登记。") if not purpose else _("没有写存到哪个文件。"))
            (self.path if purpose else self.purpose).setFocus()
            return
        target, room = Path(self.path.text().strip()).expanduser(), self.room
        since, until, replace = _day(self.since), _day(self.until), target == self._agreed

        def write() -> Change:
            """Fill it in as the book is now, and write it; on the book's thread."""
            return room.save(room.fill(layout, since, until, listed, purpose), target, replace=replace)

        failed = under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.yes)
        self.tasks.write(write, lambda _change: self.accept(), failed=failed, owner=self)

    # -- dropping ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are taken."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(Path(paths[0]))


def _preview_columns(layout: OfficeLayout) -> list[Column[ReturnLine]]:
    """Whose row it is, then what is written in it, under head office's own headings."""
    made: list[Column[ReturnLine]] = [
        Column(_("行"), lambda x: str(x.row.row), 44),
        Column(_("客户"), _customer, 110),
    ]
    made += [_written(one) for one in layout.columns if one.what and one.what not in WHO]
    return made


def _written(of: LayoutColumn) -> Column[ReturnLine]:
    return Column(of.heading.rsplit("-", 1)[-1], lambda x: x.cells.get(of.letter, ""), 84)


def _customer(line: ReturnLine) -> str:
    return who(line.outcome.name if line.outcome is not None else "", line.row.written)


def _day(edit: QDateEdit) -> str:
    day: QDate = edit.date()
    return dt.date(day.year(), day.month(), day.day()).isoformat()


def _beside(layout: QBoxLayout, widest: int | None = None) -> QWidget:
    """One field of several; `widest` takes the room that is left."""
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    if widest is not None:
        layout.setStretch(widest, 1)
    made.setLayout(layout)
    return made
