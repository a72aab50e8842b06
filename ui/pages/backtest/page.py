"""回测: how good the warnings were; lines of the lights are tried here before they are kept as rules (domain 4.6)."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.page import Page
from ui.pages.backtest.charts import LiftChart, ThresholdChart
from ui.pages.backtest.columns import detail, origin_columns, row_columns
from ui.pages.backtest.trying import TriedLines
from ui.tasks import Tasks
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, EmptyState, beside, button, column, label, row
from ui.widgets.saving import ask_place
from ui.widgets.tables import Table
from workbench.base.change import Change, Progress
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, sentences
from workbench.insight.churn.backtest.report import AlertRow, BacktestReport
from workbench.sheets.backtest_sheet import backtest_xlsx

if TYPE_CHECKING:
    from workbench.app import Workbench

_TABS = ("thresholds", "signals", "tiers", "origins")


class BacktestPage(Page):
    """The sentence first; the lines that may be tried; tables left, pictures right."""

    name = "backtest"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        #: by the rules in force, and as shown: by the lines tried, if any
        self.in_force: BacktestReport | None = None
        self.report: BacktestReport | None = None
        self.waits_for = _("正在用以前的名单核对预警…")
        self.say(_("回测"), "")
        self.save_button = self.add_primary(_("存为规则"), self.save)
        self.export_button = self.add_action(_("导出…"), self.ask_export)
        self.trying = TriedLines()
        self.trying.tried.connect(self._try)
        titles = (_("按门槛"), _("按信号"), _("按层级"), _("回看的月份"))
        firsts = (_("门槛"), _("信号"), _("层级(橙灯和红灯)"))
        self.tables = {
            name: Table(
                row_columns(first, lights=name == "thresholds", levels=name == "tiers"),
                name=f"backtest.{name}",
                bare=True,
            )
            for name, first in zip(_TABS, firsts, strict=False)
        }
        self.tables["origins"] = Table(origin_columns(), name="backtest.origins", bare=True)
        self.tabs = QTabWidget()
        for name, title in zip(_TABS, titles, strict=True):
            self.tables[name].setAccessibleName(title)
            self.tables[name].chosen.connect(partial(self._chosen, name))
            self.tabs.addTab(self.tables[name], title)
        self.tabs.currentChanged.connect(
            lambda at: self._chosen(_TABS[at], self.tables[_TABS[at]].currentIndex().row())
        )
        self.detail = label("", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.curve, self.lifts = ThresholdChart(tasks), LiftChart(tasks)
        self.working, self.naive, self.foot = (label("", "second", wrap=True) for _each in range(3))
        self.lacking = EmptyState("", _("去导入名单"), lambda: self.go.emit("imports", None))
        self.content = self.stage(
            self._whole(),
            _("还没有客户名单。有了九个月的名单,这里就能用过去核对预警准不准。"),
            self.lacking,
        )

    def _whole(self) -> QWidget:
        left, right, inside = Card(), QWidget(), QWidget()
        left.body.addWidget(self.tabs, 1)
        for one in (self.detail, self.working, self.naive):
            left.body.addWidget(one)
        left.setMinimumWidth(430)
        by_threshold = Card(_("准确率和召回率随门槛变化"))
        by_threshold.note.setText(_("竖线是黄、橙、红的门槛"))
        by_threshold.body.addWidget(self.curve, 1)
        by_signal = Card(_("各信号是平均的几倍"))
        by_signal.note.setText(_("虚线:与随机抽取相当"))
        by_signal.body.addWidget(self.lifts, 1)
        pictures = column(by_threshold, by_signal)
        pictures.setStretch(0, 1)
        pictures.setStretch(1, 1)
        pictures.setContentsMargins(0, 0, 0, 0)
        right.setLayout(pictures)
        right.setMinimumWidth(320)
        method = button(
            _("口径手册 {number}").format(number="4.6"), lambda: open_handbook(self, "4.6"), "link"
        )
        last = row(self.foot, method)
        last.setStretch(0, 1)
        whole = column(self.trying, spacing=8)
        whole.addWidget(beside(left, right, (760, 420), (3, 2)), 1)
        whole.addLayout(last)
        whole.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(whole)
        return inside

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look back by the rules in force; nothing is stored."""

        def job(progress: Progress) -> tuple[BacktestReport, Sequence[float]]:
            """The report, and the lines in force."""
            return self.workbench.insight.backtests.run(progress=progress), self.workbench.rules.numbers(
                "lights"
            )

        self.compute(job, self._show)

    def _show(self, answer: tuple[BacktestReport, Sequence[float]]) -> None:
        report, lines = answer
        self.in_force = report
        self.trying.put(lines)
        self._fill(report)

    def failed(self, error: Exception) -> None:
        """A book that is too young says in the middle of the page what it lacks."""
        if isinstance(error, WorkbenchError) and error.code == "short_history":
            self.lacking.words.setText(error.message + "\n" + error.hint)
            self.say(_("回测"), "")
            self.content.show()
            self.content.show_other(self.lacking)
            self.enable(False)
            return
        super().failed(error)

    def _fill(self, report: BacktestReport) -> None:
        self.report = report
        self.content.show_content()
        self.say(_("回测"), report.sentence)
        rows: dict[str, Sequence[object]] = {
            "thresholds": list(report.thresholds.values()), "signals": [row for row in report.signals if row.alerts],
            "tiers": report.tiers, "origins": report.origins,
        }  # fmt: skip
        for name, table in self.tables.items():
            table.table.fill(rows[name])
            table.stay()
        self._chosen(_TABS[self.tabs.currentIndex()], self._table.currentIndex().row())
        self.curve.show_report(report)
        self.lifts.show_report(report)
        self.working.setText(report.working.sentence)
        self.naive.setText(report.naive.sentence)
        words = _("数据日期 {as_of};{months} 个月名单。").format(as_of=report.as_of, months=report.months)
        self.foot.setText(sentences([words, *report.notes]))
        self.enable(True)

    @property
    def _table(self) -> Table:
        return self.tables[_TABS[self.tabs.currentIndex()]]

    def _chosen(self, name: str, number: int) -> None:
        """Say in a sentence what the row under the keyboard shows."""
        if _TABS[self.tabs.currentIndex()] != name:
            return
        chosen = self.tables[name].table.row(number) if number >= 0 else None
        self.detail.setText(detail(chosen) if isinstance(chosen, AlertRow) else "")

    def enable(self, on: bool) -> None:
        """The lines can be kept only once they are others than those in force, and were tried."""
        super().enable(on)
        self.save_button.setEnabled(on and self._may_save())

    def _may_save(self) -> bool:
        report = self.report
        return (
            report is not None and self.trying.moved and report.lines == tuple(map(float, self.trying.lines))
        )

    # -- trying and keeping ----------------------------------------------------------------------------------

    def _try(self, lines: tuple[int, ...]) -> None:
        """Show what other lines would have given."""
        in_force = self.in_force
        self.save_button.setEnabled(False)
        if in_force is None:
            return
        if not self.trying.moved:
            self._fill(in_force)
            return

        def job(progress: Progress) -> BacktestReport | WorkbenchError:
            """The report by these lines, or why they make no sense."""
            try:
                return self.workbench.insight.backtests.run({"lights": list(lines)}, progress)
            except WorkbenchError as error:
                return error

        self.compute(job, self._tried, key="trial")

    def _tried(self, report: BacktestReport | WorkbenchError) -> None:
        if isinstance(report, WorkbenchError):
            self.trying.refuse(report.sentence())
            return
        self._fill(report)
        if self.in_force is not None:
            self.trying.compare(self.in_force, report)

    def save(self) -> None:
        """Keep the lines tried as the rule of this book; can be undone."""
        if not self._may_save():
            return
        lines: list[float | str | bool] = list(self.trying.lines)

        def job() -> Change:
            """On the book's thread: beside what else was kept."""
            kept = self.workbench.settings().get("overrides", {})
            return self.workbench.set("overrides", {**kept, "lights": lines})

        words = _("已存为规则:黄灯 {0}、橙灯 {1}、红灯 {2} 分起。").format(*lines)
        self.save_button.setEnabled(False)
        self.tasks.write(job, words=words, owner=self)

    # -- leaving the book ------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask where the workbook goes."""
        if self.report is None:
            return
        name = _("预警回测 {date}").format(date=self.report.as_of)
        place = ask_place(self, _("导出回测"), f"{name}.xlsx", "Excel (*.xlsx)", ".xlsx")
        if place is not None:
            self.export(*place)

    def export(self, path: Path, replace: bool = False) -> None:
        """Write what is shown to a workbook; the export is registered."""
        report = self.report
        if report is None:
            return

        def job() -> Path:
            """On the book's thread: make and save the file."""
            by = str(self.workbench.settings().get("manager") or "")
            sheets = self.workbench.sheets
            made = backtest_xlsx(report, printed_by=by, printed_at=now(), anchor=sheets.anchor())
            return sheets.save(made, path, replace=replace)

        def saved(where: Path) -> None:
            """Announce where the file is."""
            self.tasks.wrote.emit(Change.nothing(), _("已存到 {path}").format(path=where))

        self.tasks.run(job, saved, owner=self)

    def place(self, argument: object) -> None:
        """Open the tab `argument`, one of `_TABS`."""
        if argument in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(str(argument)))

    def focus_first(self) -> None:
        """The table in front."""
        self._table.setFocus()
