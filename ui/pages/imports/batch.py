"""详情: all that is on record of one import: what was confirmed and why, what was wrong, what it changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from ui.pages.imports.head import quality_words
from ui.pages.imports.tab import LEVEL_INK, LEVELS, level_word
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.errors import RowProblem
from workbench.base.i18n import _, commas, semicolons
from workbench.intake.book.reissue import VersionCell, Versions
from workbench.intake.documents import BatchJson, HandChange, MappedColumn
from workbench.intake.report import ControlTotal, HistoryRow, Quality
from workbench.people.labels import label as field_label
from workbench.people.privacy import masking

if TYPE_CHECKING:
    from workbench.app import Workbench

BatchRecord = tuple[BatchJson, Versions]


class BatchDialog(QDialog):
    """Shows what is stored about one import; nothing can be changed here. Esc closes."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        batch: HistoryRow,
        state: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.batch = batch
        self.setWindowTitle(_("第 {batch} 次导入 · {file}").format(batch=batch.batch, file=batch.file))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 560)
        self.words = label(self._head(state), wrap=True)
        self.confirmed = label(self._reasons(), "second", wrap=True)
        self.confirmed.setVisible(bool(self.confirmed.text()))
        self.fault = FaultLine()
        self.problems = Table(self._problem_columns(), name="batch.problems")
        self.changes = Table(_version_columns(), name="batch.changes")
        self.totals = Table(_total_columns(), name="batch.totals")
        self.mapping = Table(_mapping_columns(), name="batch.mapping")
        self.edits = Table(_edit_columns(), name="batch.edits")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.problems, self.changes, self.totals, self.mapping, self.edits):
            self.tabs.addTab(part, "")
        self.change_words = label("", "second", wrap=True)
        self.change_words.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.words)
        layout.addWidget(self.confirmed)
        layout.addWidget(self.change_words)
        layout.addWidget(self.fault)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        number = batch.batch
        tasks.run(
            lambda: (workbench.intake.details(number), workbench.intake.versions(number)),
            self._show,
            failed=fault_handler(self.fault, self.tasks),
            owner=self,
        )

    def _head(self, state: str) -> str:
        one = self.batch
        parts = [
            one.at[:16].replace("T", " "),
            one.sheet,
            _("数据日期 {date}").format(date=one.as_of) if one.as_of else "",
            _("{n} 行").format(n=f"{one.rows:,}"),
            _("新增 {n}").format(n=f"{one.new:,}"),
            _("变化 {n}").format(n=f"{one.changed:,}"),
            _("未变 {n}").format(n=f"{one.unchanged:,}"),
            _("未导入 {n}").format(n=f"{one.refused:,}"),
            _("表式“{dialect}”").format(dialect=one.dialect) if one.dialect else "",
            _("替换了第 {batch} 次导入").format(batch=one.replaces) if one.replaces else "",
            state,
        ]
        return " · ".join(part for part in parts if part)

    def _reasons(self) -> str:
        words = {
            "total_mismatch": _("合计对不上"),
            "zeros_lost": _("疑似丢了前导零"),
            "lost_columns": _("上次有的列这次没有"),
            "month_unclear": _("月份说不准"),
            "data_guard": _("数据护栏"),
            "data_guard_lit": _("数据护栏(照常亮灯)"),
        }
        reasons = [
            _("{question}:{reason}").format(question=words.get(code, code), reason=reason)
            for code, reason in self.batch.reasons.items()
        ]
        if self.batch.guard:
            reasons.insert(0, self.batch.guard)
        return "\n".join(reasons)

    # -- columns -------------------------------------------------------------------------------------------

    def _problem_columns(self) -> list[Column[RowProblem]]:
        return [
            Column(_("级别"), lambda x: level_word(x.level), 64, ink=lambda x: LEVEL_INK.get(x.level)),
            Column(_("行"), lambda x: "" if x.row is None else str(x.row), 60, number=True),
            Column(_("列"), lambda x: x.column or "", 130),
            Column(_("单元格"), self._cell, 130),
            Column(_("说明"), lambda x: x.message, tip=lambda x: "\n".join((x.message, x.proposal)).strip()),
        ]

    @staticmethod
    def _cell(problem: RowProblem) -> str:
        return masking(problem.field, problem.value or "", "screen")

    # -- showing -------------------------------------------------------------------------------------------

    def _show(self, record: BatchRecord) -> None:
        batch, versions = record
        mapping = batch["mapping"] or ()
        problems = sorted(
            (RowProblem(**one) for one in batch["problems"] or ()),
            key=lambda one: (LEVELS.index(one.level), one.row or 0),
        )
        totals = [ControlTotal(**one) for one in batch["totals"] or ()]
        edits = batch["edits"] or ()
        self.problems.table.fill(problems)
        self.changes.table.fill(versions.cells)
        self.totals.table.fill(totals)
        self.mapping.table.fill(mapping)
        self.edits.table.fill(edits)
        wrong = sum(1 for total in totals if not total.matches)
        titles = (
            _("问题 {n}").format(n=f"{len(problems):,}"),
            _("改了什么 {n}").format(n=f"{sum(count for _key, count in versions.fields):,}"),
            _("合计核对:{n} 处不一致").format(n=wrong) if wrong else _("合计核对"),
            _("对应关系 {n}").format(n=len(mapping)),
            _("手工改动 {n}").format(n=len(edits)),
        )
        for number, title in enumerate(titles):
            self.tabs.setTabText(number, title)
        self._show_versions(versions)
        if batch["quality_parts"]:
            self.words.setToolTip(quality_words(Quality(**batch["quality_parts"])))
            score = _("数据质量 {score}").format(score=f"{batch['quality_parts']['score']:.0f}")
            self.words.setText(f"{self.words.text()} · {score}")
        self.problems.setFocus()

    def _show_versions(self, versions: Versions) -> None:
        fields = [f"{field_label(key)} {count:,}" for key, count in versions.fields[:6]]
        parts = [_("改动的字段:{fields}").format(fields=commas(fields)) if fields else ""]
        if versions.earlier is not None:
            parts.append(
                _("与被替换的第 {batch} 次导入相比:上一版才有的 {gone} 行,这一版才有的 {came} 行").format(
                    batch=versions.earlier, gone=f"{versions.gone:,}", came=f"{versions.came:,}"
                )
            )
        self.change_words.setText(semicolons(part for part in parts if part))
        self.change_words.setVisible(bool(self.change_words.text()))


def _version_columns() -> list[Column[VersionCell]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 150, key=True),
        Column(_("字段"), lambda x: field_label(x.field), 180),
        Column(_("原来"), lambda x: masking(x.field, x.old, "screen") or "—", 220, ink=lambda x: "second"),
        Column("", lambda x: "→", 34, ink=lambda x: "second"),
        Column(_("这次导入"), lambda x: masking(x.field, x.new, "screen") or "—", ink=lambda x: "accent"),
    ]


def _total_columns() -> list[Column[ControlTotal]]:
    return [
        Column(_("列"), lambda x: x.column, 260),
        Column(_("表里的合计"), lambda x: f"{x.sheet_total:,.2f}", 180, number=True),
        Column(_("逐行相加"), lambda x: f"{x.computed:,.2f}", 180, number=True),
        Column(
            _("核对"),
            lambda x: _("一致") if x.matches else _("不一致"),
            ink=lambda x: None if x.matches else "red",
        ),
    ]


def _mapping_columns() -> list[Column[MappedColumn]]:
    return [
        Column(_("列"), lambda x: x.get("letter") or "", 44),
        Column(_("表里的列名"), lambda x: x["column"], 260),
        Column(_("对应的字段"), lambda x: field_label(x["field"]) if x["field"] else _("(原样保留)")),
    ]


def _edit_columns() -> list[Column[HandChange]]:
    return [
        Column(_("行"), lambda x: str(x.get("row") or ""), 60, number=True),
        Column(_("列"), lambda x: x.get("column") or "", 200),
        Column(_("做了什么"), _edit_words),
    ]


def _edit_words(edit: HandChange) -> str:
    if "fix" in edit:
        return _("采用一键处理:{fix}").format(fix=edit["fix"])
    if "customer_no" in edit:
        return _("认定为客户 {number}").format(
            number=masking("customer_no", str(edit["customer_no"]), "screen")
        )
    return _("改为“{text}”").format(text=masking(edit.get("field"), str(edit.get("text") or ""), "screen"))
