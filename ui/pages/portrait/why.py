"""What stands behind a statement of the portrait: the rule in words, its figures, and the cells they came from.

Also all facts of a customer with their corrections.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from ui.widgets.sources import SourceDialog
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, commas
from workbench.base.sensitivity import Sensitivity, sensitivity_of
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.portrait.provenance import FigureSource
from workbench.insight.tags.explain import Input, TagOnCustomer
from workbench.insight.values.values import Values
from workbench.people.corrections import Correction
from workbench.people.particulars import NUMBER
from workbench.people.privacy import masked_as

if TYPE_CHECKING:
    from workbench.app import Workbench

OURS = "P"


class FigureTrail:
    """Leads from columns of the tag layers to figures and cells, for the customer that a page shows."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, over: QWidget) -> None:
        self.workbench = workbench
        self.tasks = tasks
        self.over = over
        self.unmasked = False
        #: the dialog opened last
        self.dialog: QDialog | None = None

    def figures(self, portrait: Portrait, title: str, names: tuple[str, ...]) -> None:
        """Open the figures under these names; for a single plain field, its cells at once."""
        values = portrait.picture.values if portrait.picture else Values()
        self.tasks.run(
            lambda: self.workbench.insight.evidence.inputs(values, names),
            lambda inputs: self._opened(portrait, title, names, inputs),
            owner=self.over,
            key=(self.over, "figures"),
        )

    def _opened(
        self, portrait: Portrait, title: str, names: tuple[str, ...], inputs: Sequence[Input]
    ) -> None:
        if len(inputs) < 2 and all(one.origin == "field" for one in inputs):
            self.cells(portrait, title, names)
            return
        self.dialog = FiguresDialog(self, portrait, title, inputs, self.over)
        self.dialog.open()

    def cells(self, portrait: Portrait, title: str, names: tuple[str, ...]) -> None:
        """Open the cells of the lists behind these names."""
        self.tasks.run(
            lambda: self.workbench.insight.evidence.of(portrait.customer_no, names),
            lambda sources: self._cells(title, sources),
            owner=self.over,
            key=(self.over, "cells"),
        )

    def _cells(self, title: str, sources: Sequence[FigureSource]) -> None:
        newest = sorted(sources, key=lambda one: (one.month or "9999", one.batch or 0), reverse=True)
        self.dialog = SourceDialog(
            _("{what} 的来源").format(what=title), newest, self.over, unmasked=self.unmasked
        )
        self.dialog.open()


class FiguresDialog(QDialog):
    """Figures with their values; Enter or a double click opens the cells behind one. Esc closes."""

    def __init__(
        self,
        trail: FigureTrail,
        portrait: Portrait,
        title: str,
        inputs: Sequence[Input],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.trail = trail
        self.portrait = portrait
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self.table = Table(
            [
                Column(_("依据"), lambda one: one.label, 0),
                Column(
                    _("值"), self._value, 190, number=True,
                    ink=lambda one: "second" if one.value is None else None,
                ),
                Column(_("从哪里来"), _origin, 130, ink=lambda one: "second"),
            ]
        )  # fmt: skip
        self.table.setAccessibleName(title)
        self.table.table.fill(tuple(inputs))
        self.table.opened.connect(self._open)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(_("选中一行按 Enter(或双击),看它来自名单的哪些格子。"), "second"))
        self.buttons = row(None, button(_("关闭"), self.reject))
        self.body.addLayout(self.buttons)
        if inputs:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self.table.setFocus()

    def _value(self, one: Input) -> str:
        return one.shown if self.trail.unmasked else masked_as(one.masks.screen, one.shown)

    def _open(self, number: int) -> None:
        one = self.table.table.row(number)
        if isinstance(one, Input):
            self.trail.cells(self.portrait, one.label, (one.name,))


def _origin(one: Input) -> str:
    return {"field": _("名单里的列"), "measure": _("由名单算出"), "own": _("自建")}.get(one.origin, _("标签"))


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
        self.fault = label("", "red", wrap=True)
        self.fault.hide()
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
            ]
        )
        self.table.setAccessibleName(_("无法判断的标签"))
        self.table.table.fill(tuple(tags))
        self.table.opened.connect(lambda number: show(tags[number]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(_("缺的列导入之后,或者问到答案之后,就能判断。"), "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        if tags:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self.table.setFocus()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the machine's value and the correction in force, if any. `origin`: the field it comes from."""

    key: str
    label: str
    machine: str
    correction: Correction | None
    origin: str
    masks: Sensitivity

    def masked(self, value: str) -> str:
        """One of its values as the screen masks it."""
        return masked_as(self.masks.screen, value)

    @property
    def value(self) -> str:
        """The value in force, in words."""
        return self.correction.shown if self.correction else self.machine


def facts_of(portrait: Portrait) -> tuple[Fact, ...]:
    """Every fact the lists have, then corrections of facts they lack."""
    corrections = {one.key: one for one in portrait.corrections if one.in_force}
    facts = []
    for key, words, value in portrait.facts:
        derived = key in portrait.by_number
        machine = _("{value}(由证件号推算)").format(value=value) if derived else value
        masks = sensitivity_of(key, portrait.legible)
        facts.append(Fact(key, words, machine, corrections.pop(key, None), NUMBER if derived else key, masks))
    rest = (
        Fact(one.key, one.label, one.machine_shown, one, one.key, one.masks) for one in corrections.values()
    )
    return (*facts, *rest)


class FactsDialog(QDialog):
    """All facts: value in force, the machine's, why and until when. Enter opens the cells."""

    correct_requested = Signal(str, str, str)
    end_requested = Signal(int)

    def __init__(self, trail: FigureTrail, portrait: Portrait, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trail = trail
        self.portrait = portrait
        self.setWindowTitle(_("客户信息与更正"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 600)
        self.table = Table(
            [
                Column(_("项目"), lambda one: one.label, 150),
                Column(_("值"), lambda one: self._shown(one, one.value), 0),
                Column(
                    _("机器的值"), lambda one: self._shown(one, one.machine) if one.correction else "", 150,
                    ink=lambda one: "second",
                ),
                Column(_("理由"), lambda one: one.correction.reason if one.correction else "", 180),
                Column(_("更正有效到"), lambda one: one.correction.expires if one.correction else "", 100),
            ]
        )  # fmt: skip
        self.table.setAccessibleName(_("客户信息与更正"))
        self.table.table.fill(facts_of(portrait))
        self.table.opened.connect(self._open)
        past = [one for one in portrait.corrections if not one.in_force]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.table, 1)
        if past:
            words = commas(f"{one.label}={self._past(one)}({one.date} – {one.expires})" for one in past)
            layout.addWidget(label(_("已失效的更正:{what}").format(what=words), "second", wrap=True))
        self.correct = button(_("更正…"), self._correct, "primary")
        self.end = button(_("取消更正"), self._end)
        layout.addLayout(
            row(
                button(_("看来源"), self._source),
                None,
                self.end,
                self.correct,
                button(_("关闭"), self.reject),
            )
        )
        self.table.chosen.connect(lambda _number: self._choose())
        self.table.setCurrentIndex(self.table.table.index(0, 0))
        self._choose()
        self.table.setFocus()

    def _shown(self, one: Fact, value: str) -> str:
        return value if self.trail.unmasked else one.masked(value)

    def _past(self, one: Correction) -> str:
        return one.shown if self.trail.unmasked else masked_as(one.masks.screen, one.shown)

    def _chosen(self) -> Fact | None:
        fact = self.table.current()
        return fact if isinstance(fact, Fact) else None

    def _choose(self) -> None:
        one = self._chosen()
        self.correct.setEnabled(one is not None)
        self.end.setEnabled(one is not None and one.correction is not None)

    def _open(self, _number: int) -> None:
        self._source()

    def _source(self) -> None:
        if (one := self._chosen()) is not None:
            self.trail.cells(self.portrait, one.label, (one.key,))

    def _correct(self) -> None:
        if (one := self._chosen()) is not None:
            self.correct_requested.emit(one.key, one.label, self._shown(one, one.machine))
            self.accept()

    def _end(self) -> None:
        one = self._chosen()
        if one is not None and one.correction is not None:
            self.end_requested.emit(one.correction.id)
            self.accept()
