"""All facts of a customer with their corrections, each with the way to its cells."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.pages.portrait.figures import FigureTrail
from ui.widgets.parts import button, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _, commas
from workbench.base.sensitivity import Sensitivity, sensitivity_of
from workbench.insight.portrait.portrait import Portrait
from workbench.people.corrections import Correction
from workbench.people.particulars import NUMBER
from workbench.people.privacy import masked_as


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
                    _("系统的值"), lambda one: self._shown(one, one.machine) if one.correction else "", 150,
                    ink=lambda one: "second",
                ),
                Column(_("理由"), lambda one: one.correction.reason if one.correction else "", 180),
                Column(_("更正有效到"), lambda one: one.correction.expires if one.correction else "", 100),
            ],
            name="portrait.facts",
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
        self.table.offer(self.correct, self.end)
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
