"""问题: what is wrong with the rows, grouped, each with what to do; 合计核对: totals and the questions before a commit."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.pages.imports.questions import Questions
from ui.pages.imports.tab import LEVEL_INK, LEVELS, SheetTab, ShownSheet, level_word
from ui.theme import light_icon
from ui.widgets.parts import button, empty, label, row
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.report import ControlTotal

_LIGHTS = {"refuse": "red", "warning": "orange", "info": None}
#: columns in which fixes are laid out
_ACROSS = 2
_ALL = ""


class ProblemsTab(SheetTab):
    """Problems by kind; `jump(row, heading)` requests the cell in the sheet, `export(place)` the refused rows as a
    file."""

    jump = Signal(object, object)
    export = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.fix_words = label(_("一键处理:"), "second")
        self.fix_box = QWidget()
        self.fix_grid = QGridLayout(self.fix_box)
        self.fix_grid.setContentsMargins(0, 0, 0, 0)
        self.fixes: dict[str, QCheckBox] = {}
        self.groups = QListWidget()
        self.groups.setAccessibleName(_("问题的种类"))
        self.groups.setMinimumWidth(180)
        self.groups.setIconSize(QSize(14, 14))
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.groups.currentRowChanged.connect(lambda _at: self._fill())
        self.table = Table(self._columns(), name="imports.problems")
        self.table.setAccessibleName(_("问题"))
        self.table.opened.connect(lambda _number: self._jump())
        self.table.chosen.connect(lambda _number: self._tell())
        self.proposal = label("", "second", wrap=True)
        self.see = button(_("看这一格"), self._jump, tip="Enter")
        self.table.offer(self.see)
        self.save = button(_("导出退回的行…"), self._save, tip=_("存成 xlsx,带原因;改好后可以直接再导入"))
        self._assemble()

    def _assemble(self) -> None:
        split = QSplitter()
        split.addWidget(self.groups)
        split.addWidget(self.table)
        split.setStretchFactor(1, 1)
        split.setSizes([250, 920])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        line = row(self.fix_words, self.fix_box)
        line.setStretch(1, 1)
        line.setAlignment(self.fix_words, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        layout.addWidget(split, 1)
        layout.addWidget(self.proposal)
        layout.addLayout(row(None, self.see, self.save))

    def _columns(self) -> list[Column[RowProblem]]:
        return [
            Column(
                _("级别"), lambda x: level_word(x.level), 100,
                light=lambda x: _LIGHTS.get(x.level), ink=lambda x: LEVEL_INK.get(x.level),
            ),
            Column(_("行"), lambda x: "" if x.row is None else str(x.row), 56, number=True),
            Column(_("列"), lambda x: x.column or "", 110, tip=lambda x: x.column or ""),
            Column(_("单元格"), self._cell, 116, tip=self._cell),
            Column(_("说明"), lambda x: x.message, tip=lambda x: x.message),
        ]  # fmt: skip

    def _cell(self, problem: RowProblem) -> str:
        return self.shown.masked_fault(problem) if self.shown else ""

    def put(self, shown: ShownSheet) -> None:
        """Show the problems grouped by kind, the worst first; the chosen kind stays."""
        super().put(shown)
        self._put_fixes(shown)
        item = self.groups.currentItem()
        chosen = item.data(Qt.ItemDataRole.UserRole) if item else _ALL
        self.groups.blockSignals(True)
        self.groups.clear()
        self._group(light_icon(None), _("全部"), f"{len(shown.sheet.problems):,}", _ALL)
        for (level, code), faults in _grouped(shown.sheet.problems):
            cells = [one for one in faults if one.row is not None] or faults
            more = len(cells) < len(faults)
            self._group(
                light_icon(_LIGHTS.get(level)),
                cells[0].message,
                f"{len(cells):,}{'+' * more}",
                f"{level}:{code}",
            )
        keys = [self.groups.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.groups.count())]
        self.groups.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.groups.blockSignals(False)
        refused = shown.sheet.refused
        self.save.setEnabled(bool(refused) and not shown.sheet.committed)
        self.save.setText(_("导出退回的 {n} 行…").format(n=f"{refused:,}") if refused else _("导出退回的行…"))
        self._fill()

    def _group(self, icon: QIcon, words: str, count: str, key: str) -> None:
        item = QListWidgetItem(f"{count} × {words}" if key else f"{words} {count}")
        if key:
            item.setIcon(icon)
        item.setToolTip(words)
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.groups.addItem(item)

    def _put_fixes(self, shown: ShownSheet) -> None:
        keys = [fix.key for fix in shown.sheet.fixes]
        if keys != list(self.fixes):
            empty(self.fix_grid)
            self.fixes = {}
            for at, fix in enumerate(shown.sheet.fixes):
                box = QCheckBox()
                box.clicked.connect(lambda taken, key=fix.key: self._fix(key, taken))
                self.fixes[fix.key] = box
                self.fix_grid.addWidget(box, at // _ACROSS, at % _ACROSS)
        for fix in shown.sheet.fixes:
            box = self.fixes[fix.key]
            box.setText(fix.words)
            box.setChecked(fix.applied)
        self.fix_words.setVisible(bool(keys))
        self.fix_box.setVisible(bool(keys))

    def start(self) -> QWidget:
        """The list of problems."""
        return self.table

    def title(self) -> str:
        """'问题 12', with the number of rows that are refused."""
        problems = self.shown.sheet.problems if self.shown else ()
        worst = sum(1 for problem in problems if problem.level == "refuse")
        if worst:
            return _("问题 {n}(不导入 {worst})").format(n=f"{len(problems):,}", worst=f"{worst:,}")
        return _("问题 {n}").format(n=f"{len(problems):,}")

    def _fill(self) -> None:
        if self.shown is None:
            return
        item = self.groups.currentItem()
        key = item.data(Qt.ItemDataRole.UserRole) if item else _ALL
        rank = {level: at for at, level in enumerate(LEVELS)}
        rows = [one for one in self.shown.sheet.problems if key in (_ALL, f"{one.level}:{one.code}")]
        rows.sort(key=lambda one: (rank.get(one.level, len(rank)), one.row or 0))
        self.table.table.fill(rows)
        if rows:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self._tell()

    def _tell(self) -> None:
        problem = self.table.current()
        chosen = isinstance(problem, RowProblem)
        self.see.setEnabled(chosen and problem is not None and problem.row is not None)
        self.proposal.setText(_full_words(problem) if isinstance(problem, RowProblem) else "")
        if self.shown is not None and not self.shown.sheet.problems:
            self.proposal.setText(_("没有发现问题。"))

    def _jump(self) -> None:
        problem = self.table.current()
        if isinstance(problem, RowProblem) and problem.row is not None:
            self.jump.emit(problem.row, problem.column)

    def _fix(self, key: str, taken: bool) -> None:
        if taken:
            self.decide(lambda session, name: session.apply(name, key))
        else:
            self.decide(lambda session, name: session.drop(name, key))

    def _save(self) -> None:
        if self.shown is None:
            return
        suggested = _("退回的行_{file}").format(file=Path(self.shown.sheet.file).stem) + ".xlsx"
        place = ask_place(self, _("导出退回的行"), suggested, "Excel (*.xlsx)", ".xlsx")
        if place is not None:
            self.export.emit(place)


def _full_words(problem: RowProblem) -> str:
    """What is wrong and what to do about it."""
    return (
        _("{message} 怎么办:{proposal}").format(message=problem.message, proposal=problem.proposal)
        if problem.proposal
        else problem.message
    )


def _grouped(problems: tuple[RowProblem, ...]) -> list[tuple[tuple[str, str], list[RowProblem]]]:
    """Faults by level and code: the worst first, then the most frequent."""
    groups: dict[tuple[str, str], list[RowProblem]] = {}
    for problem in problems:
        groups.setdefault((problem.level, problem.code), []).append(problem)
    rank = {level: at for at, level in enumerate(LEVELS)}
    return sorted(groups.items(), key=lambda pair: (rank.get(pair[0][0], len(rank)), -len(pair[1])))


class TotalsTab(SheetTab):
    """The sheet's own totals against the rows taken; each open question with a line for the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = Questions()
        self.questions.decided.connect(self.decide)
        self.table = Table(self._columns(), name="imports.totals")
        self.table.setAccessibleName(_("合计核对"))
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(110)
        self.words = label("", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.questions)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @staticmethod
    def _columns() -> list[Column[ControlTotal]]:
        return [
            Column(_("列"), lambda x: x.column, 260),
            Column(_("表里的合计"), lambda x: f"{x.sheet_total:,.2f}", 180, number=True),
            Column(_("逐行相加"), lambda x: f"{x.computed:,.2f}", 180, number=True),
            Column(_("相差"), _difference, 160, number=True, ink=lambda x: None if x.matches else "red"),
            Column(
                _("核对"), lambda x: _("一致") if x.matches else _("不一致"),
                light=lambda x: None if x.matches else "red", ink=lambda x: None if x.matches else "red",
            ),
        ]  # fmt: skip

    def put(self, shown: ShownSheet) -> None:
        """Show questions and totals; reasons typed but not given yet stay."""
        super().put(shown)
        sheet = shown.sheet
        self.questions.put(sheet.questions)
        totals = sorted(sheet.totals, key=lambda total: total.matches)
        self.table.table.fill(totals)
        self.table.setVisible(bool(totals))
        wrong = sum(1 for total in totals if not total.matches)
        if not totals:
            summary = _("表里没有合计行,无法核对合计。")
        elif wrong:
            summary = _("{n} 列的合计对不上:表里可能少了行,或者有行没有导入。").format(n=wrong)
        else:
            summary = _("表里的合计与逐行相加一致。")
        self.words.setText(summary)

    def start(self) -> QWidget:
        """The first question without a reason, else the table of totals."""
        first = self.questions.first() or self if self.table.isHidden() else self.table
        return self.questions.waiting() or first

    def title(self) -> str:
        """'要确认 2 处' while questions are open, else '合计核对' with the totals that do not match."""
        sheet = self.shown.sheet if self.shown else None
        waiting = sum(1 for question in sheet.questions if not question.reason) if sheet else 0
        if waiting:
            return _("要确认 {n} 处").format(n=waiting)
        wrong = sum(1 for total in sheet.totals if not total.matches) if sheet else 0
        return _("合计核对:{n} 处不一致").format(n=wrong) if wrong else _("合计核对")


def _difference(total: object) -> str:
    sheet_total, computed = getattr(total, "sheet_total", 0.0), getattr(total, "computed", 0.0)
    return f"{computed - sheet_total:+,.2f}" if round(computed - sheet_total, 2) else "0"
