"""The check-up of the whole tag library: faults of its files, contradictions, and every check not passed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.tags.card import check_name
from ui.pages.tags.words import health_place, state_light
from ui.tasks import Tasks
from ui.widgets.parts import button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _
from workbench.insight.tags.cards import TagRow
from workbench.insight.tags.checks import GRAVITY, State, noted, state_word
from workbench.insight.tags.health import HealthReport


@dataclass(frozen=True, slots=True)
class CheckupFinding:
    """One line: subject, check, verdict, sentence, and where it leads (a tag's code or a condition)."""

    what: str
    check: str
    state: State
    reason: str
    tag: str = ""
    expression: str = ""


class Checkup(QWidget):
    """`tag_requested(code)` opens a tag, `picked(condition)` the customers of a contradiction, `deep()` the full check."""

    tag_requested = Signal(str)
    picked = Signal(str)
    deep = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.summary = label("", "second", wrap=True)
        self.again = button(
            _("连上月一起体检"), self.deep.emit, tip=_("把上个月的标签也算一遍,才看得出稳定性;大账本要一会儿")
        )
        self.table = Table(
            [
                Column(_("标签"), lambda x: x.what, 150, key=True),
                Column(_("检查"), lambda x: x.check, 84),
                Column(
                    _("结论"),
                    lambda x: state_word(x.state),
                    96,
                    light=lambda x: state_light(x.state),
                    value=lambda x: health_place(x.state),
                ),
                Column(_("说明"), lambda x: x.reason, 0, tip=lambda x: x.reason),
            ],
            tasks,
            name="tags.checkup",
            wrap=True,
        )
        self.table.opened.connect(self._open)
        self.clean = label(_("没有要处理的:文件没有错误,没有矛盾,检查全部合格。"), "second", wrap=True)
        self.clean.hide()
        head = row(self.summary, self.again)
        head.setStretch(0, 1)
        whole = column(head, self.clean)
        whole.addWidget(self.table, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)

    def wait(self) -> None:
        """Say that the tags are being checked; the lines of the last check stay."""
        self.summary.setText(_("正在给标签做体检…"))

    def show_report(
        self, report: HealthReport | None, rows: Sequence[TagRow], faults: Sequence[CheckupFinding]
    ) -> None:
        """Show faults first, then contradictions, then failed checks from the gravest; None: not checked yet."""
        names = {row.tag.code: _(row.tag.label) for row in rows}
        lines = list(faults)
        if report is not None:
            lines += [
                CheckupFinding(
                    _("互斥一致"), _("矛盾"), "watch",
                    _("{text}:{n} 户。").format(text=_(one.text), n=f"{one.customers:,}"), expression=one.when,
                )
                for one in report.contradictions
                if one.customers
            ]  # fmt: skip
            checks = [
                CheckupFinding(
                    names.get(code, code), check_name(check.code), check.state, check.reason, tag=code
                )
                for code, one in report.tags.items()
                for check in noted(one.checks)
            ]
            lines += sorted(checks, key=lambda line: GRAVITY.index(line.state))
            states = report.states()
            state_words = "  ".join(
                f"{state_word(state)} {count}" for state, count in states.items() if count
            )
            self.summary.setText(
                _("数据日期 {as_of} · {states} · 及格线为本系统口径,可在规则里改").format(
                    as_of=report.as_of, states=state_words
                )
            )
        self.clean.setVisible(report is not None and not lines)
        self.table.setVisible(bool(lines))
        self.table.table.fill(lines)

    def _open(self, number: int) -> None:
        line = self.table.table.row(number)
        if line is None:
            return
        if line.expression:
            self.picked.emit(line.expression)
        elif line.tag:
            self.tag_requested.emit(line.tag)
