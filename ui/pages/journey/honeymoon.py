"""The tab 蜜月期 of 旅程: how far newcomers came, wave by wave, and where a hand-over broke (domain 10.2, 10.3)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from ui.tasks import Tasks
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, EmptyState, button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.journey.breakpoints import Breakpoint
from workbench.insight.journey.waves import Cohort, HoneymoonFunnel, WaveState

if TYPE_CHECKING:
    from workbench.app import Workbench

#: the states behind a figure, in the order of their buttons
_SHOWN: tuple[WaveState, ...] = ("done", "open", "missed", "unknown")
#: columns before the waves
_BEFORE = 2


class HoneymoonTab(QWidget):
    """The funnel above, by month of opening or by assets; the breaks below. Every figure leads to its customers:
    `condition_requested(condition)`; `imports_requested` where a list is missing. Whoever mounts it calls `reload` with its own
    reload."""

    condition_requested = Signal(str)
    imports_requested = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.funnel: HoneymoonFunnel | None = None
        self.sum = label("", "second", wrap=True)
        self._choices = QButtonGroup(self)
        self.by: dict[str, QPushButton] = {}
        for name, title in (("months", _("按开户月份")), ("bands", _("按资产档"))):
            made = QPushButton(title)
            made.setCheckable(True)
            made.setChecked(name == "months")
            made.clicked.connect(self._fill)
            self._choices.addButton(made)
            self.by[name] = made
        self.table = Table([Column("", lambda _x: "")], name="journey.funnel", bare=True)
        self.table.setAccessibleName(_("蜜月期漏斗"))
        self.table.clicked.connect(self._point)
        self.table.selectionModel().currentChanged.connect(lambda now, _old: self._point(now))
        self.table.opened.connect(lambda _row: self._open_first())
        self.about = label("", wrap=True)
        self.figures = {state: button("", partial(self._open, state), "link") for state in _SHOWN}
        self.broken = Table(_break_columns(), name="journey.breaks", wrap=True)
        self.broken.setAccessibleName(_("断点"))
        self.broken.opened.connect(lambda _row: self._open_break())
        self.break_button = button(_("看是哪些客户"), self._open_break, "link")
        self.broken.offer(self.break_button)
        self.broken.chosen.connect(lambda _row: self._break_chosen())
        self.undated = EmptyState(
            _("名单里没有“开户日期”这一列,看不出谁是新客户。导入带开户日期的客户清单后,这里按波次看新客户走到哪一步。"),
            _("去导入名单"),
            self.imports_requested.emit,
        )  # fmt: skip
        self.none = EmptyState("")
        self.room = QStackedWidget()
        self._assemble()

    def _assemble(self) -> None:
        funnel, breaks = Card(), Card(_("断点:流程中断在哪一步"))
        funnel.body.addWidget(Strip(*self.by.values(), gap=6))
        funnel.body.addWidget(self.table, 1)
        funnel.body.addWidget(Strip(self.about, *self.figures.values(), gap=12))
        breaks.body.addWidget(self.broken, 1)
        breaks.body.addWidget(self.break_button)
        method = button(
            _("口径手册 {number}").format(number="10.3"), lambda: open_handbook(self, "10.3"), "link"
        )
        content = QWidget()
        above = row(self.sum, method)
        above.setStretch(0, 1)
        inside = column(above, funnel, breaks)
        inside.setStretch(1, 3)
        inside.setStretch(2, 2)
        inside.setContentsMargins(0, 8, 0, 0)
        content.setLayout(inside)
        self._content = content
        self.room.addWidget(content)
        self.room.addWidget(self.undated)
        self.room.addWidget(self.none)
        whole = column(self.room)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read funnel and breaks again."""
        honeymoon = self.workbench.insight.honeymoon
        self.tasks.run(honeymoon.of, lambda read: self.show_funnel(*read), owner=self, key=(self, "of"))

    def show_funnel(self, funnel: HoneymoonFunnel, breaks: tuple[Breakpoint, ...]) -> None:
        """Show them; without any day of opening only what is missing."""
        self.funnel = funnel
        shown = (
            self.none
            if not funnel.whole.customers and not any(one.among for one in breaks)
            else self._content
        )
        self.room.setCurrentWidget(shown if funnel.dated else self.undated)
        facts = {
            "n": f"{funnel.whole.customers:,}",
            "days": self.workbench.rules.whole("honeymoon.cohort_days"),
            "as_of": funnel.as_of,
        }
        words = _("近{days}天新开户{n}户,数据日期{as_of}。每格是做到的户数,斜线后是已经到这一波的户数。")
        if not funnel.whole.customers:
            words = _("从今天往前{days}天里没有新开户的客户;名单的数据日期{as_of}。")
        self.sum.setText(words.format(**facts))
        self.none.words.setText(self.sum.text())
        self.table.put_columns(self._columns(funnel))
        self._fill()
        self.broken.table.fill(breaks)
        self._break_chosen()

    def _columns(self, funnel: HoneymoonFunnel) -> list[Column[Cohort]]:
        waves = [
            Column(
                wave.name, _figure(place), 84, tip=_all(place), ink=_ink(place), value=_share(place), largest=True,
            )
            for place, wave in enumerate(funnel.waves)
        ]  # fmt: skip
        first: list[Column[Cohort]] = [
            Column(_("新客户"), lambda x: x.name, 0, key=True),
            Column(_("户数"), lambda x: f"{x.customers:,}", 56, number=True),
        ]
        return [*first, *waves]

    def _fill(self) -> None:
        if self.funnel is None:
            return
        by_month = self.by["months"].isChecked()
        parts = self.funnel.months if by_month else [one for one in self.funnel.bands if one.customers]
        whole = self.funnel.whole
        self.table.table.order.pinned = lambda one: one is whole
        self.table.table.fill([whole, *parts])
        self.table.stay(column=_BEFORE)

    # -- one figure ----------------------------------------------------------------------------------------

    def _pointed(self) -> tuple[HoneymoonFunnel, Cohort, int] | None:
        """The cohort and the wave's place under the keyboard."""
        cohort, place = self.table.current(), self.table.currentIndex().column() - _BEFORE
        if self.funnel is None or not isinstance(cohort, Cohort):
            return None
        return self.funnel, cohort, max(place, 0)

    def _point(self, _index: QModelIndex) -> None:
        """Say how the wave stands, each figure with the way to its customers."""
        at = self._pointed()
        for made in self.figures.values():
            made.setVisible(at is not None)
        if at is None:
            self.about.setText("")
            return
        funnel, cohort, place = at
        wave, count = funnel.waves[place], cohort.counts[place]
        words = _("{who} · {wave}:{goal}(开户第{first}至{last}天)")
        if wave.begins == wave.ends:
            words = (
                _("{who} · {wave}:{goal}(开户第{first}天)")
                if wave.ends
                else _("{who} · {wave}:{goal}(开户当天)")
            )
        self.about.setText(
            words.format(
                who=cohort.name, wave=wave.name, goal=wave.goal, first=wave.begins, last=wave.ends
            )
        )  # fmt: skip
        for state, made in self.figures.items():
            n = getattr(count, state)
            made.setText(f"{self.workbench.rules.text(f'honeymoon.state.{state}')} {n:,}")
            made.setVisible(bool(n))
            made.setToolTip(
                _("看不出:名单要有{seen}").format(seen=wave.seen) if state == "unknown" else _("看是哪些客户")
            )

    def _open(self, state: WaveState) -> None:
        at = self._pointed()
        if at is not None:
            funnel, cohort, place = at
            self.condition_requested.emit(funnel.words(cohort, place, state))

    def _open_first(self) -> None:
        """Open whom there is something to do about: missed, else under way, else done, else unknown."""
        at = self._pointed()
        if at is None:
            return
        count = at[1].counts[at[2]]
        order: tuple[WaveState, ...] = ("missed", "open", "done", "unknown")
        state = next((one for one in order if getattr(count, one)), None)
        if state is not None:
            self._open(state)

    # -- breaks --------------------------------------------------------------------------------------------

    def _break_chosen(self) -> None:
        one = self.broken.current()
        self.break_button.setEnabled(isinstance(one, Breakpoint) and bool(one.broken or one.unknown))

    def _open_break(self) -> None:
        """Open those for whom it broke; where that cannot be told, those of whom it is unknown."""
        one = self.broken.current()
        if isinstance(one, Breakpoint) and (one.broken or one.unknown):
            self.condition_requested.emit(one.words if one.broken else one.words_unknown)

    def focus_first(self) -> None:
        """The funnel, or what begins it."""
        if self.room.currentWidget() is self.undated:
            self.undated.findChildren(QPushButton)[0].setFocus()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _figure(place: int) -> Callable[[Cohort], str]:
    def text(cohort: Cohort) -> str:
        count = cohort.counts[place]
        if not count.reached:
            return _("未到")
        return _("看不出") if count.unknown == count.reached else f"{count.done:,} / {count.reached:,}"

    return text


def _share(place: int) -> Callable[[Cohort], tuple[float, int] | None]:
    def value(cohort: Cohort) -> tuple[float, int] | None:
        count = cohort.counts[place]
        known = count.reached and count.unknown != count.reached
        return (count.done / count.reached, count.reached) if known else None

    return value


def _ink(place: int) -> Callable[[Cohort], str | None]:
    def role(cohort: Cohort) -> str | None:
        count = cohort.counts[place]
        if not count.reached or count.unknown == count.reached:
            return "second"
        return "orange" if count.missed else None

    return role


def _all(place: int) -> Callable[[Cohort], str | None]:
    def words(cohort: Cohort) -> str:
        count = cohort.counts[place]
        text = _("做到 {done}、进行中 {open}、错过 {missed}、看不出 {unknown}、未到 {ahead}")
        return text.format(
            done=count.done, open=count.open, missed=count.missed, unknown=count.unknown, ahead=count.ahead
        )

    return words


def _break_columns() -> list[Column[Breakpoint]]:
    return [
        Column(_("断点"), lambda x: x.of.name, 96, key=True),
        Column(
            _("户数"),
            lambda x: f"{x.broken:,}" if x.state in ("broken", "clear") else "—",
            56,
            number=True,
            ink=lambda x: "orange" if x.broken else "second",
        ),
        Column(_("情况"), lambda x: x.sentence, 0),
        Column(_("由谁跟进"), lambda x: x.of.owner, 110),
        Column(_("下一步"), lambda x: x.of.next, 240),
    ]
