"""The week's lights in working order, with the folds of those who wait, are gone, or rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.warnings.changes import ChangesStrip
from ui.pages.warnings.fold import MOST, Fold
from ui.pages.warnings.light_row import LightRow
from ui.pages.warnings.words import measured_on
from ui.selected import NextPerson, Selected
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import button, empty, flow, label, row
from ui.widgets.table_same import number_of
from workbench.base.i18n import _, commas
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.lights.naming import NamedCustomer
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class WeekOfLights:
    """What the view shows, read in one go. `names`: of those whose light changed; `confirmed`: (cause, customers)."""

    check: CheckSummary
    week: LightWeek
    names: Mapping[int, NamedCustomer] = field(default_factory=dict)
    confirmed: tuple[tuple[str, int], ...] = ()
    #: earlier months that were never checked, the newest first
    unchecked: tuple[str, ...] = ()
    #: the signals that nobody could be judged by, with the columns that would let them
    unseen: tuple[str, ...] = ()


class WorkingView(QWidget):
    """`act_chosen(code, customer_no)`, `opened(customer_no)`, `ranking_requested()`."""

    act_chosen = Signal(str, str)
    opened = Signal(str)
    ranking_requested = Signal()

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self.rows: list[LightRow] = []
        self._at = 0
        self._awaited = False
        self.changes = ChangesStrip()
        self.changes.opened.connect(self.opened)
        self.nothing = label("", "second", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.waiting = Fold(_("排队"), rules)
        self.gone = Fold(_("挽回(资金已基本转出)"), rules)
        self.resting = Fold(_("处理中、已说明、静默"), rules)
        self.confirmed = label("", "second", wrap=True)
        self.measured = label("", "second", wrap=True)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        inside.addWidget(self.changes)
        inside.addWidget(self.nothing)
        inside.addLayout(self._list)
        #: the closed list that had the keyboard after the rows
        self._fold: Fold | None = None
        for one in self.folds():
            one.entered.connect(partial(self._enter_fold, one))
            one.act_chosen.connect(self.act_chosen)
            one.opened.connect(self.opened)
            one.all_requested.connect(self.ranking_requested)
            inside.addWidget(one)
        methods = [
            button(_("口径手册 {number}").format(number=number), partial(open_handbook, self, number), "link")
            for number in ("4.4", "4.5")
        ]
        inside.addWidget(self.confirmed)
        inside.addWidget(self.measured)
        inside.addLayout(row(label(_("先后、名额和时限为本系统口径。"), "second"), *methods, None))
        inside.addStretch(1)
        self.area = flow(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def folds(self) -> tuple[Fold, ...]:
        """The closed lists below the working one."""
        return self.waiting, self.gone, self.resting

    def fill(self, lights: WeekOfLights) -> None:
        """Show the week; the keyboard stays with the customer it was on, or goes to the next one when he was dealt with."""
        week, check = lights.week, lights.check
        focused = self.window().focusWidget()
        had_keyboard = any(one is focused or (focused and one.isAncestorOf(focused)) for one in self.rows)
        here = self.current()
        self.changes.fill(week.changes, lights.names, lights.unchecked[:1])
        empty(self._list)
        self.rows = []
        for light in week.working:
            made = LightRow(light, check, week, self._rules)
            number = light.risk.customer_no
            made.act_chosen.connect(partial(self._chosen, number))
            made.opened.connect(partial(self.opened.emit, number))
            made.stepped.connect(partial(self._step, made))
            made.entered.connect(partial(self._mark, made))
            self.rows.append(made)
            self._list.addWidget(made)
            made.show()  # at once, so that it can take the keyboard
        self.nothing.setText(self._nobody(week))
        self.nothing.setVisible(not week.working)
        listed = _("本周的名额满了,下面按次序等着;上面的处理完就补上来。先列前 {n} 户。")
        self.waiting.fill(week.waiting, week, listed.format(n=min(MOST, len(week.waiting))))
        words = _("资金已基本转出:判断正确,但预警偏晚。不占本周名额,等下一次到期或有资金需求时再联系。")
        self.gone.fill(week.gone, week, words)
        words = _("灯照旧,现在不用打扰;变差了会回到上面。")
        self.resting.fill(week.resting, week, words)
        self.confirmed.setText(_confirmed(lights.confirmed))
        measured = next(filter(None, (measured_on(one) for one in week.risks)), "")
        self.measured.setText(_("“约每几户流失几户”是{where}。").format(where=measured) if measured else "")
        for one in (self.confirmed, self.measured):
            one.setVisible(bool(one.text()))
        numbers = [one.light.risk.customer_no for one in self.rows]
        if here is not None and here.customer_no in numbers:
            self._at = numbers.index(here.customer_no)
        self._at = min(self._at, max(len(self.rows) - 1, 0))
        self._take(had_keyboard or self._awaited)

    def _nobody(self, week: LightWeek) -> str:
        if week.risks:
            return _("本周要联系的都处理了。")
        return _("没有客户亮灯,本周没有需要挽留的客户。")

    # -- the keyboard ------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The row where work starts; without any the first fold. Before the first read, once it is there."""
        self._awaited = not self.rows
        if self.rows:
            self.rows[self._at].setFocus()
            return
        shown = next((one for one in self.folds() if one.isVisibleTo(self)), None)
        if shown is not None:
            shown.head.setFocus()

    def current(self) -> CustomerRisk | None:
        """The customer of the row that the keyboard is on, or was last."""
        return self.rows[self._at].light.risk if self.rows else None

    def selected(self) -> Selected | None:
        """The customer of the row that the keyboard is on, or was last, among the rows or in a list that was opened."""
        table = self._fold.table if self._fold is not None else None
        if table is not None and table.isVisibleTo(self) and (number := number_of(table.current())):
            return Selected(number, NextPerson(table).go)
        risk = self.current()
        return Selected(risk.customer_no, self._go_on) if risk is not None else None

    def _enter_fold(self, fold: Fold) -> None:
        self._fold = fold

    def _go_on(self) -> None:
        """To the row below; it keeps the keyboard when the list is read again."""
        self._at = min(self._at + 1, max(len(self.rows) - 1, 0))
        self.focus_first()

    def return_keyboard(self) -> None:
        """After a question: to the row it was asked from, unless the keyboard went on meanwhile."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.focus_first()

    def _take(self, had_keyboard: bool) -> None:
        for place, one in enumerate(self.rows):
            one.current(on=place == self._at)
        if had_keyboard and self.rows:
            self.focus_first()

    def _step(self, of: LightRow, by: int) -> None:
        place = self.rows.index(of) + by
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus()
        elif place >= len(self.rows):
            self.focusNextChild()

    def _mark(self, entered: LightRow) -> None:
        self._at, self._fold = self.rows.index(entered), None
        for one in self.rows:
            one.current(on=one is entered)
        # once the row has its height
        QTimer.singleShot(0, entered, partial(self.area.ensureWidgetVisible, entered, 0, 8))

    def _chosen(self, number: str, code: str) -> None:
        self.act_chosen.emit(code, number)


def _confirmed(causes: tuple[tuple[str, int], ...]) -> str:
    """How often each cause was confirmed; '' before the first time."""
    total = sum(number for _name, number in causes)
    if not total:
        return ""
    each = commas(_("{cause} {n} 户").format(cause=name, n=number) for name, number in causes if number)
    return _("已确认原因的 {total} 户:{each}。没有确认过的不计。").format(total=total, each=each)
