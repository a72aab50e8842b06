"""The two lists of 计划 with their keys: the nine rows, and the people of one of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.pages.plan.overview import PlanLine, sign_of
from ui.widgets.table_model import Column
from ui.widgets.whole_table import WholeTable
from ui.words import LIGHTS, exact_assets, in_brief, weekday_word, who
from workbench.base.i18n import _
from workbench.outreach.codes import codes
from workbench.outreach.results.marks import keys
from workbench.outreach.week.entry import WeekEntry
from workbench.rules.parameters import Rules

#: the column of how a row ended, and that of how far a customer is
_ENDED, _STATE = 4, 6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class KeyedTable(WholeTable):
    """A table whose row is ticked by a digit: `ticked(code)`, '' for 0, and stepped by `step_key` with an arrow:
    `stepped(by)`."""

    ticked = Signal(str)
    stepped = Signal(int)

    #: held with an arrow to move the row
    step_key = Qt.KeyboardModifier.ControlModifier

    def __init__(self, columns: Sequence[Column[Any]], *, name: str, fixed: bool = False) -> None:
        super().__init__(columns, name=name, fixed=fixed)
        self._digits = {one.digit: one.mark.code for one in keys(of_plan=True)} | {"0": ""}
        #: further keys
        self.acts: Mapping[Qt.Key, Callable[[], object]] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits tick, arrows with the key of this list move; the rest is any table's."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key in _STEPS and held == self.step_key and not self.table.order:
            self.stepped.emit(_STEPS[key])
        elif held == Qt.KeyboardModifier.NoModifier and event.text() in self._digits and event.text():
            self.ticked.emit(self._digits[event.text()])
        elif plain and key in self.acts:
            self.acts[key]()
        else:
            super().keyPressEvent(event)


class RowsTable(KeyedTable):
    """The nine rows: name, method, how many, by when, how it ended. Ctrl and an arrow moves a row within its block."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("", lambda x: x.name, 44, ink=lambda x: "accent"),
                Column(_("方法 / 动作 / 事项"), _method, ink=_faded),
                Column(_("几户"), _how_many, 84),
                Column(_("截止"), lambda x: x.item.due[5:], 60),
                Column(_("结果"), lambda x: sign_of(x.item.result), 64),
            ],
            name="plan.rows",
            fixed=True,
        )
        self.setAccessibleName(_("计划的九行"))

    def put(self, lines: Sequence[PlanLine]) -> None:
        """Show the rows; without any result that column leaves its room to the methods."""
        self.widths.withhold(_ENDED, not any(line.item.result for line in lines))
        self.table.fill(lines)


class PeopleTable(KeyedTable):
    """The people of a row in the order of the week. Alt and an arrow moves one; Delete, Insert and + are the card's."""

    step_key = Qt.KeyboardModifier.AltModifier

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.as_of: str | None = None
        self._results = dict(codes("results"))
        super().__init__(
            [
                Column(_("次序"), lambda x: str(x.rank), 44, value=lambda x: x.rank, ink=lambda x: "accent"),
                Column(_("客户"), lambda x: who(x.person.name, x.person.customer_no), 98, key=True),
                Column(_("缘由"), lambda x: x.first.word, 104, light=_light),
                Column(
                    _("金额"),
                    lambda x: x.first.amount,
                    136,
                    largest=True,
                    tip=lambda x: exact_assets(x.person.aum_fen),
                ),
                Column(_("理由"), self._why, tip=lambda x: x.first.whole or x.first.sentence),
                Column(_("哪天"), _day, 48, value=lambda x: x.day or None),
                Column(_("进展"), self._state, 72, ink=lambda x: "second" if x.reached else "accent"),
            ],
            name="plan.people",
        )
        self.setAccessibleName(_("这一行的客户"))

    def put(self, people: Sequence[WeekEntry]) -> None:
        """Show people; while nobody was contacted, that column leaves its room to the reasons."""
        self.widths.withhold(_STATE, not any(map(self._state, people)))
        self.table.fill(people)

    def _why(self, entry: WeekEntry) -> str:
        """The highest reason, the others behind it by their words, and that he was carried over."""
        first, *behind = entry.reasons
        words = [in_brief(self._rules, self.as_of, first)]
        if behind:
            words.append(_("另:{what}").format(what=" · ".join(one.word for one in behind)))
        if entry.carried:
            words.append(_("顺延第 {n} 周").format(n=entry.carried))
        return " · ".join(words)

    def _state(self, entry: WeekEntry) -> str:
        contact = entry.contact
        logged = self._results.get(contact.result, contact.result) if contact else ""
        return " ".join(filter(None, (sign_of(entry.result), logged)))


def _method(line: PlanLine) -> str:
    return "\n".join(filter(None, (line.item.method, line.left_over)))


def _faded(line: PlanLine) -> str | None:
    return None if line.people or line.item.block == "this_week" else "second"


def _how_many(line: PlanLine) -> str:
    if not line.people:
        return "—"
    all_of_them = f"{len(line.people):,}"
    return (
        _("已联系 {done}\n共 {n}").format(done=line.contacted, n=all_of_them)
        if line.contacted
        else all_of_them
    )


def _light(entry: WeekEntry) -> str | None:
    return entry.first.kind if entry.first.kind in LIGHTS else None


def _day(entry: WeekEntry) -> str:
    return weekday_word(dt.date.fromisoformat(entry.day)) if entry.day else ""
