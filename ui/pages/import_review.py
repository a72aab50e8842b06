"""One file between reading and writing: how its columns were understood, what is wrong, what would change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.masked import mask_fact
from ui.parts import button, label, row
from ui.tables import Column, Table
from ui.tasks import Tasks
from ui.words import number_tail, who
from workbench.i18n import _
from workbench.intake.report import ColumnMatch, FileReport, SheetReport
from workbench.sheets.masking import mask_name

if TYPE_CHECKING:
    from workbench.intake.session import ImportSession

UNITS = ("元", "千元", "万元")


class ImportReview(QWidget):
    """`ready(report)` after each recount; `asked(error)` when a choice cannot be taken."""

    ready = Signal(object)
    asked = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.tasks = tasks
        self.session: ImportSession | None = None
        self.report: FileReport | None = None
        self._labels: dict[str, str] = {}
        self.sheets = QListWidget()
        self.sheets.setFixedWidth(210)
        self.sheets.setAccessibleName(_("工作表"))
        self.sheets.currentRowChanged.connect(lambda _at: self._show_sheet())
        self.counts = label("", "heading", wrap=True)
        self.as_of = QLineEdit()
        self.as_of.setFixedWidth(110)
        self.as_of.editingFinished.connect(self._date)
        self.unit = QComboBox()
        self.unit.addItems(UNITS)
        self.unit.activated.connect(lambda _at: self._unit())
        self.skip = QCheckBox(_("这张表不导入"))
        self.skip.clicked.connect(self._skip)
        self.similar = button(_("确认全部相似对应"), self.confirm_similar)
        self.mapping = Table(self._mapping_columns())
        self.mapping.setAccessibleName(_("列的对应关系"))
        self.mapping.chosen.connect(self._show_choice)
        self.field = QComboBox()
        self.field.setEditable(False)
        self.field.setMinimumWidth(220)
        self.field.activated.connect(lambda _at: self._choose())
        self.field_words = label("", "second")
        self.problems = Table(self._problem_columns())
        self.changes = Table(self._change_columns())
        self.people = Table(self._people_columns())
        self.totals = Table(self._total_columns())
        self.tabs = QTabWidget()
        self._assemble()

    def _assemble(self) -> None:
        mapped = QWidget()
        inner = QVBoxLayout(mapped)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.addWidget(self.mapping, 1)
        inner.addLayout(row(self.field_words, self.field, None, self.similar))
        for page in (mapped, self.changes, self.people, self.problems, self.totals):
            self.tabs.addTab(page, "")
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.counts)
        right.addLayout(
            row(
                label(_("数据日期"), "second"),
                self.as_of,
                12,
                label(_("金额单位"), "second"),
                self.unit,
                12,
                self.skip,
                None,
            )
        )
        right.addWidget(self.tabs, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.sheets)
        layout.addLayout(right, 1)

    def _mapping_columns(self) -> list[Column]:
        return [
            Column(_("表里的列"), lambda x: x.header, 210, tip=lambda x: x.header),
            Column(_("对应的字段"), self._field_words, 200, ink=_match_ink),
            Column(_("怎么认出来的"), _how_words, 170, ink=_match_ink),
            Column(_("单位"), lambda x: x.unit if x.unit != UNITS[0] else "", 60),
            Column(_("前几格"), lambda x: "  |  ".join(_samples(x)), tip=lambda x: "\n".join(_samples(x))),
        ]

    @staticmethod
    def _problem_columns() -> list[Column]:
        levels = {"info": _("提示"), "warning": _("留意"), "refuse": _("不收")}
        return [
            Column(
                _("级别"),
                lambda x: levels.get(x.level, x.level),
                64,
                ink=lambda x: "red" if x.level == "refuse" else None,
            ),
            Column(_("行"), lambda x: "" if x.row is None else str(x.row), 64, number=True),
            Column(_("列"), lambda x: x.column or "", 160),
            Column(_("单元格"), lambda x: x.value or "", 160, tip=lambda x: x.value or ""),
            Column(_("说明"), lambda x: x.message, tip=lambda x: x.message),
        ]

    def _change_columns(self) -> list[Column]:
        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 130),
            Column(_("字段"), lambda x: self._labels.get(x.field, x.field), 180),
            Column(
                _("账本里"),
                lambda x: x.old or "—",
                220,
                ink=lambda x: "red" if x.old else "second",
                tip=lambda x: x.old,
            ),
            Column("", lambda x: "→", 34, ink=lambda x: "second"),
            Column(_("这份名单"), lambda x: x.new or "—", 0, ink=lambda x: "accent", tip=lambda x: x.new),
        ]

    @staticmethod
    def _people_columns() -> list[Column]:
        return [
            Column(_("变化"), lambda x: x[0], 130, ink=lambda x: x[3]),
            Column(_("客户"), lambda x: mask_name(x[2]), 130),
            Column(_("客户号"), lambda x: number_tail(x[1])),
        ]

    @staticmethod
    def _total_columns() -> list[Column]:
        return [
            Column(_("列"), lambda x: x.column, 260),
            Column(_("表里的合计"), lambda x: f"{x.sheet_total:,.2f}", 180, number=True),
            Column(_("逐行相加"), lambda x: f"{x.computed:,.2f}", 180, number=True),
            Column(
                _("核对"), lambda x: _("一致") if x.matches else _("不一致"),
                ink=lambda x: None if x.matches else "red",
            ),
        ]  # fmt: skip

    # -- showing -------------------------------------------------------------------------------------------

    def show_session(self, session: "ImportSession", report: FileReport) -> None:
        self.session = session
        self._labels = {}
        for kind in {sheet.kind for sheet in report.sheets}:
            self._labels |= dict(session.fields(kind))
        self.sheets.setCurrentRow(-1)
        self._show(report)

    def _show(self, report: FileReport) -> None:
        self.report = report
        at = max(0, self.sheets.currentRow())
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in report.sheets:
            item = QListWidgetItem(f"{sheet.sheet}\n{_kind_words(sheet)}")
            self.sheets.addItem(item)
        usable = [number for number, sheet in enumerate(report.sheets) if sheet.rows]
        first = usable[0] if usable and not report.sheets[min(at, len(report.sheets) - 1)].rows else at
        self.sheets.setCurrentRow(min(first, len(report.sheets) - 1))
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(report.sheets) > 1)
        self._show_sheet()
        self.ready.emit(report)

    def _sheet(self) -> SheetReport | None:
        at = self.sheets.currentRow()
        return (
            self.report.sheets[at] if self.report is not None and 0 <= at < len(self.report.sheets) else None
        )

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        told = [
            _("{n} 行").format(n=f"{sheet.rows:,}"),
            _("新增 {n}").format(n=f"{sheet.new:,}"),
            _("变化 {n}").format(n=f"{sheet.changed:,}"),
            _("未变 {n}").format(n=f"{sheet.unchanged:,}"),
            _("不在名单上 {n}").format(n=f"{sheet.vanished:,}"),
            _("未收 {n}").format(n=f"{sheet.refused:,}"),
        ]
        self.counts.setText("   ".join(told))
        self.as_of.setText(sheet.as_of or "")
        self.unit.setCurrentText(sheet.unit)
        similar = sum(1 for match in sheet.mapping if match.how == "similar")
        self.similar.setVisible(bool(similar))
        self.similar.setText(_("确认全部相似对应({n})").format(n=similar))
        at = max(0, self.mapping.currentIndex().row())
        # what needs a decision stands first
        rank = {"similar": 0, "unknown": 2}
        ordered = sorted(sheet.mapping, key=lambda match: (rank.get(match.how, 1), match.index))
        self.field.clear()
        self.field.addItem(_("不对应(原样保留)"), None)
        if self.session is not None and sheet.kind != "none":
            for key, words in self.session.fields(sheet.kind):
                self.field.addItem(words, key)
        self.mapping.table.fill(ordered)
        self.changes.table.fill(sheet.changes)
        people = [(_("新增"), *pair, "accent") for pair in sheet.new_customers]
        people += [(_("不在名单上了"), *pair, "red") for pair in sheet.vanished_customers]
        self.people.table.fill(people)
        self.problems.table.fill(sheet.problems)
        self.totals.table.fill(sheet.totals)
        wrong = sum(1 for total in sheet.totals if not total.matches)
        titles = (
            _("对应关系 {n}").format(n=len(sheet.mapping)),
            _("变化 {n}").format(n=f"{len(sheet.changes):,}"),
            _("新增与离开 {n}").format(n=f"{len(people):,}"),
            _("问题 {n}").format(n=f"{len(sheet.problems):,}"),
            _("合计核对:{n} 处不一致").format(n=wrong) if wrong else _("合计核对"),
        )
        for number, title in enumerate(titles):
            self.tabs.setTabText(number, title)
        self.tabs.setTabEnabled(4, bool(sheet.totals))
        if ordered:
            self.mapping.setCurrentIndex(self.mapping.table.index(min(at, len(ordered) - 1), 0))

    def _field_words(self, match: ColumnMatch) -> str:
        if match.field is None:
            return _("(丢弃)") if match.how == "refused" else _("(原样保留)")
        return self._labels.get(match.field, match.field)

    def _show_choice(self, number: int) -> None:
        match = self.mapping.table.row(number) if number >= 0 else None
        if isinstance(match, ColumnMatch):
            self.field_words.setText(_("“{column}”对应").format(column=match.header))
            self.field.setCurrentIndex(max(0, self.field.findData(match.field)))
            self.field.setEnabled(match.how != "refused")

    # -- choosing ------------------------------------------------------------------------------------------

    def confirm_similar(self) -> None:
        """Take every similar match of this sheet."""
        sheet = self._sheet()
        if sheet is not None:
            name = sheet.sheet
            self._decide(lambda session: session.confirm_similar(name))

    def choose(self, index: int, field: str | None) -> None:
        """Feed `field` from the column at `index` of the sheet shown."""
        sheet = self._sheet()
        if sheet is not None:
            name = sheet.sheet
            self._decide(lambda session: session.choose(name, index, field))

    def _choose(self) -> None:
        match = self.mapping.current()
        if isinstance(match, ColumnMatch) and self.field.currentData() != match.field:
            self.choose(match.index, self.field.currentData())

    def _date(self) -> None:
        sheet, told = self._sheet(), self.as_of.text().strip()
        if sheet is not None and told and told != (sheet.as_of or ""):
            name = sheet.sheet
            self._decide(lambda session: session.set_as_of(name, told))

    def _unit(self) -> None:
        sheet, unit = self._sheet(), self.unit.currentText()
        if sheet is not None and unit != sheet.unit:
            name = sheet.sheet
            self._decide(lambda session: session.set_unit(name, unit))

    def _skip(self, skipped: bool) -> None:
        sheet = self._sheet()
        if sheet is not None:
            name = sheet.sheet
            self._decide(lambda session: session.skip(name, skipped))

    def _decide(self, choice: "Callable[[ImportSession], None]") -> None:
        session = self.session
        if session is None:
            return
        self.setEnabled(False)

        def job() -> FileReport:
            choice(session)
            return session.report()

        def done(report: FileReport) -> None:
            self.setEnabled(True)
            self._show(report)

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self._show_sheet()
            self.asked.emit(error)

        self.tasks.run(job, done, failed=failed, owner=self)


def _samples(match: ColumnMatch) -> list[str]:
    return [mask_fact(match.field or "", cell) for cell in match.samples if cell]


def _kind_words(sheet: SheetReport) -> str:
    words = {
        "customers": _("客户清单"),
        "holdings": _("产品持有"),
        "maturities": _("到期清单"),
        "products": _("产品清单"),
        "none": _("不导入"),
    }
    rows = _("{n} 行").format(n=f"{sheet.rows:,}") if sheet.rows else ""
    return " · ".join(part for part in (words[sheet.kind], rows) if part)


def _how_words(match: ColumnMatch) -> str:
    words = {
        "exact": _("列名一致"),
        "normalised": _("整理后一致"),
        "similar": _("相似 {score}%,请确认").format(score=round(match.score)),
        "remembered": _("上次这样对应"),
        "chosen": _("手工指定"),
        "unknown": _("不认识,原样保留"),
        "refused": _("敏感列,已丢弃"),
    }
    return words[match.how]


def _match_ink(match: ColumnMatch) -> str | None:
    return {"similar": "orange", "unknown": "second", "refused": "red"}.get(match.how)
