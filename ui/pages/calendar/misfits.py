"""排不下: what does not fit, with the proof and the ways out; below it every touch that is not made, with its ground."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ui.page import Page
from ui.pages.calendar.filters import GROUP, group_word
from ui.pages.calendar.touch_list import MOST_ROWS, TouchList, day_columns
from ui.widgets.parts import Card, button, column, empty, label
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaYear
from workbench.outreach.yearplan.plan import NotFitting, PlannedTouch, TouchState

#: the states of touches that are not made as they should be, the most urgent first
STATES: tuple[TouchState, ...] = ("no_room", "late", "barred", "capped", "merged", "left_out")
#: touches among which those of a proof are looked for
_LOOKED_AT = 20_000
#: how many proofs are shown at once
_MOST = 8


class MisfitsTab(QWidget):
    """`opened(customer_no)`, `touch_chosen()`."""

    opened = Signal(str)
    touch_chosen = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rules = page.workbench.rules
        self.agenda: AgendaYear | None = None
        self.state: TouchState = "no_room"
        #: the proof whose touches are listed, instead of a state
        self.proof: NotFitting | None = None
        names = {**dict(page.workbench.outreach.channels()), GROUP: group_word()}
        self.proofs = QVBoxLayout()
        self.proofs.setSpacing(8)
        self.states: dict[TouchState, QPushButton] = {}
        group = QButtonGroup(self)
        for state in STATES:
            made = QPushButton()
            made.setCheckable(True)
            made.clicked.connect(partial(self._choose, state))
            group.addButton(made)
            self.states[state] = made
        self.nobody = label("", "second", wrap=True)
        self.list = TouchList(
            day_columns(self._rules, lambda code: names.get(code, code), dated=True), name="calendar.misfits"
        )
        self.list.opened.connect(lambda _row: self._open())
        self.list.chosen.connect(lambda _row: self.touch_chosen.emit())
        self.list.setMinimumHeight(220)
        proofs = QWidget()
        proofs.setLayout(self.proofs)
        self.proofs.setContentsMargins(0, 0, 0, 0)
        whole = column(proofs, Strip(*self.states.values(), gap=6), self.nobody, self.list, spacing=8)
        whole.setStretch(3, 1)
        whole.addStretch(0)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)

    def fill(self, agenda: AgendaYear) -> None:
        """Show the proofs of a year's plan and how many touches are in each state."""
        self.agenda = agenda
        empty(self.proofs)
        proofs = agenda.plan.not_fitting
        for one in proofs[:_MOST]:
            self.proofs.addWidget(_ProofCard(one, self._choose_proof))
        if not proofs:
            self.proofs.addWidget(label(_("都排得下:没有哪一段日子超出可用的时间。"), "second", wrap=True))
        elif len(proofs) > _MOST:
            rest = _("还有 {n} 段排不下的日子,先办上面的。").format(n=len(proofs) - _MOST)
            self.proofs.addWidget(label(rest, "second", wrap=True))
        if sum(one.touches for one in proofs) > agenda.plan.suppressed.get("no_room", 0):
            twice = _("几段日子有重叠,同一次联系可能数在几段里;总数看下面的“排不下”。")
            self.proofs.addWidget(label(twice, "second", wrap=True))
        for state, made in self.states.items():
            count = agenda.plan.suppressed.get(state, 0)
            # late ones are made, and not counted with those that are not
            made.setText(state_name(state) if state == "late" else f"{state_name(state)} {count:,}")
            made.setEnabled(state == "late" or bool(count))
        if not agenda.plan.suppressed.get(self.state, 0):
            self.state = next((one for one in STATES if agenda.plan.suppressed.get(one, 0)), self.state)
        self.states[self.state].setChecked(True)
        self.reload()

    def _choose(self, state: TouchState, _checked: bool = False) -> None:
        self.state, self.proof = state, None
        self.reload()

    def _choose_proof(self, proof: NotFitting) -> None:
        self.proof = proof
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        """Read the touches of the state or the proof chosen."""
        if self.agenda is None:
            return
        plans, year, state, proof = (
            self._page.workbench.outreach.year_plans,
            self.agenda.year,
            self.state,
            self.proof,
        )

        def read() -> tuple[PlannedTouch, ...]:
            """The touches to list."""
            if proof is None:
                return plans.touches(year, state=state, most=MOST_ROWS)
            states = ("no_room", "late")
            without = [one for each in states for one in plans.touches(year, state=each, most=_LOOKED_AT)]
            whose = frozenset(proof.customers)
            return tuple(one for one in without if one.customer_no in whose and _within(one, proof))

        self._page.read(read, self._show, key="misfits")

    def _show(self, touches: Sequence[PlannedTouch]) -> None:
        self.list.show_touches(touches)
        self.list.setVisible(bool(touches))
        proof = self.proof
        words = "" if touches else _("没有这样的联系。")
        if proof is None and self.agenda is not None:
            words = words or _beyond_words(self.agenda.plan.suppressed.get(self.state, 0))
        if proof is not None:
            words = _("{first} 至 {last} 排不下或晚于期限的联系:").format(first=proof.first, last=proof.last)
            if len(touches) > MOST_ROWS or proof.people > len(proof.customers):
                words = _("{first} 至 {last} 排不下或晚于期限的联系,只列在前面的:").format(
                    first=proof.first, last=proof.last
                )
        self.nobody.setText(words)
        self.nobody.setVisible(bool(words))
        self.touch_chosen.emit()

    def touch(self) -> PlannedTouch | None:
        """The touch under the keyboard."""
        return self.list.touch()

    def focus_first(self) -> None:
        """The list."""
        self.list.begin()

    def _open(self) -> None:
        if (touch := self.list.touch()) is not None:
            self.opened.emit(touch.customer_no)


def _beyond_words(count: int) -> str:
    """That the list shows only its first rows; '' where it shows all `count`."""
    words = _("按日期先后只列前 {most} 次,共 {n} 次。")
    return words.format(most=MOST_ROWS, n=f"{count:,}") if count > MOST_ROWS else ""


def _within(touch: PlannedTouch, proof: NotFitting) -> bool:
    """Whether a touch's span meets an overfull interval."""
    return touch.first <= proof.last and touch.last >= proof.first


def state_name(state: TouchState) -> str:
    """The name of a state, for its button."""
    return {
        "no_room": _("排不下"), "late": _("晚于期限"), "barred": _("不宜联系"), "capped": _("超过次数"),
        "merged": _("并入别的联系"), "left_out": _("手工不联系"), "planned": _("已排"),
    }[state]  # fmt: skip


class _ProofCard(Card):
    """An overfull interval, its proof in words, and the ways out."""

    def __init__(self, proof: NotFitting, act: Callable[[NotFitting], object]) -> None:
        super().__init__(_("{first} 至 {last}").format(first=proof.first, last=proof.last))
        self.body.addWidget(label(proof.words, wrap=True))
        for number, remedy in enumerate(proof.remedies, start=1):
            self.body.addWidget(
                label(_("办法 {n}:{words}").format(n=number, words=remedy.words), "todo", wrap=True)
            )
        if proof.customers:
            words = _("{n} 次排不下,涉及 {people} 户").format(
                n=f"{proof.touches:,}", people=f"{proof.people:,}"
            )
            self.body.addWidget(button(words, lambda: act(proof), "link", tip=_("在下面列出来")))
