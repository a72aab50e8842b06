"""表样: the sheet as it looks in Excel, what each row is, what is wrong with which cell; cells are mended in place."""

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QVBoxLayout, QWidget

from ui.pages.imports.sheet_grid import (
    NARROWEST,
    PreviewRow,
    SheetGrid,
    grid_rows,
    read_numbered,
    read_window,
)
from ui.pages.imports.tab import LEVELS, SheetTab, ShownSheet, level_word
from ui.tasks import Tasks
from ui.widgets.parts import button, label
from ui.widgets.table_model import WINDOW, Column
from ui.widgets.wrapped import Strip
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, commas, sentences
from workbench.intake.report import SheetPreview
from workbench.people.privacy import mask_name

if TYPE_CHECKING:
    from workbench.intake.review.session import ImportSession

#: an amount, not a number that names somebody
_NUMBER = re.compile(r"-?\d{0,9}(\.\d+)?")


class GridTab(SheetTab):
    """The sheet; rows are read from the session in windows as they scroll by, on the book's thread."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        self._letters: tuple[str, ...] = ()
        self._first = 1
        self._goal: tuple[int, int] | None = None
        self.grid = SheetGrid(tasks)
        self.grid.setAccessibleName(_("表样"))
        self.grid.header_here.connect(self.point_header)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _old: self._tell())
        self.header_rows = QComboBox()
        self.header_rows.setAccessibleName(_("表头占几行"))
        for rows in (1, 2, 3):
            self.header_rows.addItem(_("表头 {n} 行").format(n=rows), rows)
        self.header = button(
            _("这一行是表头"), self.point_header, tip=_("H:选中的这一行是表头(几行表头时选最下面一行)")
        )
        self.only_bad = QCheckBox(_("只看不导入的行"))
        self.only_bad.clicked.connect(lambda _on: self._read())
        self.legend = label("", "second", wrap=True)
        self.fault = label("", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(Strip(self.header, self.header_rows, self.only_bad, self.legend, gap=8))
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.fault)

    # -- showing -------------------------------------------------------------------------------------------

    def put(self, shown: ShownSheet) -> None:
        """Show a sheet, or show it again after a choice; the place in it stays unless the sheet is another."""
        other = self.shown is None or (self.shown.name, self.shown.session) != (shown.name, shown.session)
        super().put(shown)
        sheet = shown.sheet
        if other:
            self.only_bad.setChecked(False)
            self._goal = None
        self.header_rows.setCurrentIndex(max(0, self.header_rows.findData(sheet.header_depth)))
        open_now = not sheet.committed
        self.header.setEnabled(open_now)
        self.header_rows.setEnabled(open_now)
        bad = self._bad_rows()
        self.only_bad.setEnabled(bool(bad))
        self.only_bad.setText(_("只看不导入的行({n})").format(n=len(bad)) if bad else _("只看不导入的行"))
        self._tell_legend(sheet.header_row, sheet.not_data)
        if not sheet.committed:
            self._read()

    def start(self) -> QWidget:
        """The grid."""
        return self.grid

    def title(self) -> str:
        """'表样'."""
        return _("表样")

    def _tell_legend(self, header: int | None, not_data: dict[str, int]) -> None:
        if header is None:
            self.legend.setText(_("没有找到表头:请点中表头那一行,再按“这一行是表头”。"))
            return
        words = {
            "title": _("标题"), "header": _("表头"), "total": _("合计"), "subtotal": _("小计"),
            "note": _("说明"), "blank": _("空行"), "template": _("没有填写的模板行"),
        }  # fmt: skip
        rest = commas(
            _("{word} {n} 行").format(word=words.get(role, role), n=f"{count:,}")
            for role, count in not_data.items()
            if count
        )
        header_words = _("表头在第 {row} 行").format(row=header)
        self.legend.setText(
            _("{header};不算数据的:{rest}。").format(header=header_words, rest=rest) if rest else header_words
        )

    def _bad_rows(self) -> list[int]:
        if self.shown is None:
            return []
        return sorted({p.row for p in self.shown.sheet.problems if p.row is not None and p.level == "refuse"})

    def first(self, session: "ImportSession", name: str, preview: SheetPreview) -> None:
        """Show a sheet that is read but not yet checked; texts are masked, as no column is known yet."""
        self.shown = None
        self._goal = None
        self._letters = ()
        self._show(session, name, preview, (-1, -1, 0, 0))
        for part in (self.header, self.header_rows, self.only_bad):
            part.setEnabled(False)
        self.legend.setText(_("共 {n} 行,正在核对…").format(n=f"{preview.height:,}"))

    def _read(self) -> None:
        shown = self.shown
        if shown is None:
            return
        session, name = shown.session, shown.name
        at = self.grid.currentIndex()
        place = (
            at.row(),
            at.column(),
            self.grid.verticalScrollBar().value(),
            self.grid.horizontalScrollBar().value(),
        )

        def job() -> SheetPreview:
            """On the worker: the first window."""
            return session.preview(name, 0, WINDOW)

        def show(preview: SheetPreview) -> None:
            """Show it, unless another sheet came in front meanwhile."""
            if self.shown is shown:
                self._show(session, name, preview, place)

        self.tasks.run(job, show, owner=self, key=(self, "preview"))

    def _show(
        self, session: "ImportSession", name: str, preview: SheetPreview, place: tuple[int, int, int, int]
    ) -> None:
        if preview.letters != self._letters:
            self._letters = preview.letters
            self.grid.put_columns([self._column(at, letter) for at, letter in enumerate(preview.letters)])
            self.grid.widen(grid_rows(preview))
        self._first = preview.first_row
        bad = self._bad_rows() if self.only_bad.isChecked() else []
        if bad:
            fetch = partial(read_numbered, session, name, bad, preview.first_row)
            self.grid.table.read(partial(len, bad), fetch)
        else:
            self.grid.table.show_windows(
                preview.height, partial(read_window, session, name), grid_rows(preview)
            )
        if self._goal is not None:
            self._go(*self._goal)
        elif place[0] >= 0:
            index = self.grid.table.index(min(place[0], self.grid.table.rowCount() - 1), place[1])
            self.grid.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.grid.verticalScrollBar().setValue(place[2])
            self.grid.horizontalScrollBar().setValue(place[3])
        elif preview.header_row is not None:
            self.grid.setCurrentIndex(self.grid.table.index(preview.header_row - preview.first_row, 0))
        self._tell()

    def _column(self, at: int, letter: str) -> Column[PreviewRow]:
        return Column(
            letter,
            partial(self._cell, at),
            NARROWEST,
            tip=partial(self._tip, at),
            ink=lambda row: row.ink(at),
            ground=lambda row: row.ground(at),
            edit=partial(self._edited, at),
            raw=lambda row: row.text(at),
        )

    def _cell(self, at: int, row: PreviewRow) -> str:
        text = row.text(at)
        if row.role != "data":  # titles and notes are about the sheet, not about a customer
            return text
        if self.shown is None or self.shown.sheet.kind == "none":  # any column may name somebody
            return text if _NUMBER.fullmatch(text) else mask_name(text)
        match = self.shown.columns.get(at)
        if match is not None and match.how == "refused":
            return "*" * min(6, len(text))
        return self.shown.masked(match.fed if match else None, text)

    def _tip(self, at: int, row: PreviewRow) -> str:
        fault = row.fault(at) or row.fault(-1)
        if fault is not None:
            return "\n".join(part for part in (_fault_words(fault), fault.proposal) if part)
        words = {
            "title": _("标题,不算数据"), "header": _("表头"), "total": _("合计行,不算客户"),
            "subtotal": _("小计行,不算客户"), "note": _("说明,不算数据"), "blank": _("空行"),
            "template": _("没有填写的模板行,不算数据"),
        }  # fmt: skip
        parts = [
            row.text(at) if row.role in ("title", "note") else "",
            words.get(row.role, ""),
            _("在 Excel 里是隐藏的行") if row.hidden else "",
        ]
        return "\n".join(part for part in parts if part)

    def _tell(self) -> None:
        """Say under the grid what is wrong with the cell under the keyboard."""
        index = self.grid.currentIndex()
        row = self.grid.table.row(index.row()) if index.isValid() else None
        if not isinstance(row, PreviewRow):
            self.fault.setText(_("双击或按 F2 改一格,改完马上重新核对;原文件不会变。"))
            return
        place = f"{self._letters[index.column()]}{row.number}" if index.column() < len(self._letters) else ""
        own = row.fault(index.column())
        faults = [own] if own else sorted(row.faults.values(), key=lambda one: LEVELS.index(one.level))[:1]
        if faults:
            column = f" {faults[0].column}" if faults[0].column and own is None else ""
            words = sentences((_fault_words(faults[0]), faults[0].proposal))
            self.fault.setText(f"{place}{column} · {words}")
        else:
            self.fault.setText(f"{place} · " + _("双击或按 F2 改一格,改完马上重新核对;原文件不会变。"))

    # -- moving about --------------------------------------------------------------------------------------

    def go_to(self, number: int, heading: str | None) -> None:
        """Put the keyboard on the row numbered as in Excel, in the column with this heading (None: the first)."""
        column = 0
        if self.shown is not None and heading and heading in self.shown.headers:
            column = self.shown.headers[heading].index
        self._goal = (number, column)
        if self.only_bad.isChecked():
            self.only_bad.setChecked(False)
            self._read()
        elif self.grid.table.rowCount():
            self._go(number, column)

    def _go(self, number: int, column: int) -> None:
        self._goal = None
        index = self.grid.table.index(number - self._first, column)
        if index.isValid():
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.grid.setFocus()

    # -- choosing ------------------------------------------------------------------------------------------

    def point_header(self) -> None:
        """Take the row under the keyboard as the last row of the header."""
        row = self.grid.current()
        if isinstance(row, PreviewRow) and self.header.isEnabled():
            number, depth = row.number, self.header_rows.currentData()
            self.decide(lambda session, name: session.point_header(name, number, depth))

    def _edited(self, at: int, number: int, text: str) -> None:
        row = self.grid.table.row(number)
        if isinstance(row, PreviewRow):
            row_number = row.number
            self.decide(lambda session, name: session.edit(name, row_number, at, text))


def first_look(session: "ImportSession") -> tuple[str, SheetPreview] | None:
    """Name and first rows of the sheet to show before anything is checked: the first with a header, else the first."""
    fallback: tuple[str, SheetPreview] | None = None
    for sheet in session.raw.sheets:
        try:
            preview = session.preview(sheet.name, 0, WINDOW)
        except WorkbenchError:  # split into several tables, whose names come with the report
            continue
        if preview.header_row is not None:
            return sheet.name, preview
        fallback = fallback or (sheet.name, preview)
    return fallback


def _fault_words(fault: RowProblem) -> str:
    return _("{level}:{message}").format(level=level_word(fault.level), message=fault.message)
