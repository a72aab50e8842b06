"""One tag of a customer with the rule in words and its figures; and the tags that cannot be told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.pages.portrait.figures import FiguresDialog, FigureTrail
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, commas
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer

OURS = "P"


class TagReasonDialog(FiguresDialog):
    """One tag of one customer: the rule, the reason, its figures. It can be reported as wrong, or corrected."""

    correct_requested = Signal(str, str, str)

    def __init__(
        self, trail: FigureTrail, portrait: Portrait, tag: TagOnCustomer, parent: QWidget | None
    ) -> None:
        super().__init__(trail, portrait, f"{tag.label} · {tag.shown}", tag.inputs, parent)
        self.tag = tag
        self.resize(680, 520)
        paragraphs = [
            label(tag.reason, wrap=True),
            label(_("规则:{rule}").format(rule=tag.rule or _("由客户经理手工标记")), "second", wrap=True),
            label(self._record(), "second", wrap=True),
        ]
        if tag.ask and tag.state == "unknown":
            paragraphs.append(label(_("问一句就能判断:{ask}").format(ask=tag.ask), wrap=True))
        for at, one in enumerate(paragraphs):
            self.body.insertWidget(at, one)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("哪里不对,可以不填"))
        self.fault = FaultLine()
        self.wrong = button(_("这个标签不对"), self._wrong)
        self.correct = button(_("更正…"), self._correct)
        self.body.insertLayout(self.body.count() - 1, row(self.note, self.wrong, self.correct))
        self.body.insertWidget(self.body.count() - 1, self.fault)

    def _record(self) -> str:
        tag = self.tag
        parts = [
            _("编号 {code} · 第 {version} 版").format(code=tag.code, version=tag.version),
            _("数据日期 {date}").format(date=tag.as_of or "—"),
            _("计算于 {at}").format(at=tag.computed_at[:16]) if tag.computed_at else _("刚刚算出"),
            _("人工观察") if tag.observed else _("系统计算"),
            _("本系统口径") if tag.mark == OURS else "",
        ]
        return " · ".join(part for part in parts if part)

    def _wrong(self) -> None:
        note, number, code = self.note.text().strip(), self.portrait.customer_no, self.tag.code
        self.trail.tasks.write(
            lambda: self.trail.workbench.insight.tags.wrong(number, code, note),
            lambda _change: self.accept(),
            words=_("已记下,会进入标签的准确率抽样。"),
            failed=under_way(self, self.trail.tasks, fault_handler(self.fault, self.trail.tasks), self.wrong),
            owner=self,
        )

    def _correct(self) -> None:
        self.correct_requested.emit(self.tag.column, self.tag.label, self.tag.shown)
        self.accept()


class UnknownTags(QDialog):
    """The tags that cannot be told, what is missing, and the question that would settle it. Enter opens one."""

    def __init__(
        self,
        tags: Sequence[TagOnCustomer],
        show: Callable[[TagOnCustomer], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("无法判断的标签"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        self.table = Table(
            [
                Column(_("标签"), lambda tag: tag.label, 150),
                Column(
                    _("缺什么"), lambda tag: commas(tag.missing) or tag.reason, 0, tip=lambda tag: tag.reason
                ),
                Column(_("问一句"), lambda tag: tag.ask, 260, tip=lambda tag: tag.ask),
            ],
            name="portrait.unknown",
        )
        self.table.setAccessibleName(_("无法判断的标签"))
        self.table.table.fill(tuple(tags))
        self.table.opened.connect(lambda number: show(self.table.table.row(number)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(_("缺的列导入之后,或者问到答案之后,就能判断。"), "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        if tags:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self.table.setFocus()
