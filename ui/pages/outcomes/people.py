"""The people behind a figure: chips for how they ended, and the list with the sentence of each."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.parts import Card
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import light_word, who
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.churn.losses import OUTCOMES, Outcome
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.report import OutcomePerson
from workbench.rules.parameters import Rules

Read = Callable[[Sequence[JudgedLight]], list[OutcomePerson]]


def _ended(outcome: Outcome, light: JudgedLight) -> bool:
    return light.judged.outcome == outcome


def _place(outcome: Outcome) -> int | None:
    """The place among the outcomes; None for one that cannot be told."""
    return None if outcome == "censored" else OUTCOMES.index(outcome)


#: least height in pixels
_LEAST = 170
#: what the heading takes beyond its least height
_SPARE = 4
#: chip -> whether a light belongs to it
_CHIPS: dict[str, Callable[[JudgedLight], bool]] = {
    "all": lambda _one: True,
    **{str(outcome): partial(_ended, outcome) for outcome in OUTCOMES},
    "touched": lambda one: one.touched,
    "untouched": lambda one: not one.touched,
}


class OutcomePeople(Card):
    """`person_opened(customer number)` on Enter or a double click."""

    person_opened = Signal(str)

    def __init__(self, read: Read, rules: Rules, tasks: Tasks) -> None:
        super().__init__(_("是哪些客户"))
        self._read = read
        self._rules = rules
        self._lights: tuple[JudgedLight, ...] = ()
        self.chip = "all"
        self._names = {
            "all": _("全部"), **{str(outcome): rules.text(f"outcome.{outcome}") for outcome in OUTCOMES},
            "touched": _("联系过"), "untouched": _("没联系"),
        }  # fmt: skip
        self.chips: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for chip in _CHIPS:
            made = QPushButton()
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, chip=chip: self.choose(chip))
            group.addButton(made)
            self.chips[chip] = made
        self.table = Table(self._columns(), tasks, name="outcomes.people", bare=True)
        self.table.setAccessibleName(_("这个数字背后的客户"))
        self.table.opened.connect(self._open)
        self.body.addWidget(Strip(*self.chips.values(), gap=6))
        self.body.addWidget(self.table, 1)

    def event(self, event: QEvent) -> bool:
        """Room for all lines of the chips: a splitter does not ask how many there are at this width."""
        handled = super().event(event)
        layout = self.layout()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and layout is not None:
            self.setMinimumHeight(max(px(_LEAST), layout.minimumHeightForWidth(self.width()) + _SPARE))
            measured(self)
        return handled

    def _columns(self) -> list[Column[OutcomePerson]]:
        rules = self._rules
        return [
            Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
            Column(_("月份"), lambda x: x.light.month, 72),
            Column(
                _("灯"), lambda x: light_word(x.light.light) if x.light.light else _("没亮灯"), 72,
                light=lambda x: x.light.light,
            ),
            Column(
                _("结果"), lambda x: rules.text(f"outcome.{x.light.judged.outcome}"), 70,
                ink=lambda x: "red" if x.light.judged.outcome == "lost" else None,
                value=lambda x: _place(x.light.judged.outcome),
            ),
            Column(_("联系"), lambda x: _("联系过") if x.light.touched else _("没联系"), 66),
            Column(
                _("挽回金额"), lambda x: wan(x.light.judged.won_back_fen) if x.light.judged.won_back_fen else "—", 84,
                number=True, fen=lambda x: x.light.judged.won_back_fen or None,
            ),
            Column(
                _("依据"), lambda x: x.light.judged.sentence(rules), 0, tip=lambda x: x.light.judged.sentence(rules)
            ),
        ]  # fmt: skip

    def show_lights(self, title: str, lights: Sequence[JudgedLight], chip: str = "all") -> None:
        """Show the people of some lights; those with the highest risk first."""
        self._lights = tuple(sorted(lights, key=lambda one: (-one.risk, one.customer_id, one.month)))
        self.heading.setText(title)
        for name, made in self.chips.items():
            number = sum(map(_CHIPS[name], self._lights))
            made.setText(f"{self._names[name]} {number:,}")
            made.setEnabled(bool(number))
        self.choose(chip)

    def choose(self, chip: str) -> None:
        """Show those who belong to a chip."""
        self.chip = chip
        self.chips[chip].setChecked(True)
        wanted = [one for one in self._lights if _CHIPS[chip](one)]
        self.table.table.read(
            lambda: len(wanted), lambda offset, limit: self._read(wanted[offset : offset + limit])
        )

    def _open(self, number: int) -> None:
        person = self.table.table.row(number)
        if isinstance(person, OutcomePerson):
            self.person_opened.emit(person.customer_no)
