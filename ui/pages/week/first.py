"""今天先联系: the list of the day, as a part of the week's list and in its order; who was dealt with is ticked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal

from ui.pages.week.overview import FirstLine, WeekSeen
from ui.widgets.parts import Card, button, label
from ui.widgets.table_model import Column
from ui.widgets.whole_table import WholeTable
from ui.words import LIGHTS, exact_assets, in_brief, who
from workbench.base.day_words import named_day, short_day
from workbench.base.i18n import _, sentences
from workbench.outreach.codes import codes
from workbench.outreach.reason import OWED
from workbench.outreach.today.day import DayList
from workbench.rules.parameters import Rules

#: the columns of what to say, where the window is wide, and of what became of it
_SAY, _STATE = 5, 6


class FirstCard(Card):
    """`opened(customer_no)` on Enter or a double click."""

    opened = Signal(str)
    #: there is room now for what to say, which was not read yet
    room_made = Signal()

    def __init__(self, rules: Rules, go: Callable[[str, object], object]) -> None:
        super().__init__(_("今天先联系"), button(_("今日清单"), partial(go, "today", None), "link"))
        self._rules = rules
        self._as_of: str | None = None
        self._old = self._wide = False
        self._seen: WeekSeen | None = None
        self._results = dict(codes("results"))
        self.list = WholeTable(self._columns(), heads=False)
        self.list.setAccessibleName(_("今天先联系"))
        self.list.opened.connect(self._open)
        self.words = label("", "second", wrap=True)
        #: persons without an account who wait for their first contact
        self.referred = button("", partial(go, "referrals", None), "link")
        self.referred.hide()
        self.body.addWidget(self.list)
        self.body.addWidget(self.words)
        self.body.addWidget(self.referred)

    def _columns(self) -> list[Column[FirstLine]]:
        return [
            Column("", lambda x: str(x.entry.rank), 40, ink=lambda x: "accent"),
            Column("", lambda x: x.entry.first.word, 110, light=_light),
            Column(
                "", lambda x: who(x.entry.person.name, x.entry.person.customer_no), 110, key=True, ink=_faded
            ),
            Column(
                "", lambda x: x.entry.first.amount, 136, tip=lambda x: exact_assets(x.entry.person.aum_fen)
            ),
            Column("", self._why, tip=lambda x: x.entry.first.whole or x.entry.first.sentence, ink=_faded),
            Column("", self._say, ink=lambda x: "second" if x.done else "accent"),
            Column("", self._state, 96, ink=lambda x: "second" if x.done else "accent"),
        ]

    def _why(self, line: FirstLine) -> str:
        return in_brief(self._rules, self._as_of, line.entry.first)

    def _say(self, line: FirstLine) -> str:
        return _("说:{words}").format(words=line.say) if line.say else ""

    def _state(self, line: FirstLine) -> str:
        """'✓ 已接通' for who was dealt with, else by when he is contacted."""
        contact = line.entry.contact
        if line.done:
            return f"✓ {self._results.get(contact.result, '') if contact else _('已打勾')}"
        first = line.entry.first
        # what has a clock of its own does not follow from the list
        dated = first.due and (not self._old or first.kind in OWED)
        return _("{date} 前").format(date=short_day(first.due)) if dated else ""

    def fill(self, seen: WeekSeen) -> None:
        """Show the day; the keyboard stays with its customer."""
        day, current = seen.day, self.list.current()
        self._seen = seen
        self.referred.setText(day.referred_words)
        self.referred.setVisible(bool(day.referred_words))
        self._as_of, self._old = seen.week.as_of, seen.plan.old
        undated = seen.plan.old and day.wanted == day.date
        self.heading.setText(_("先联系") if undated else _("{day}先联系").format(day=named_day(day.date)))
        lines = seen.lines
        left = len(day.lines)
        stale = day.fresh.sentence if day.fresh else ""  # it stands above the page
        self.note.setText(
            _("{all} 位,已处理 {done} 位").format(all=len(lines), done=len(lines) - left) if lines else ""
        )
        self.list.table.fill(lines)
        self.list.setVisible(bool(lines))
        self.list.widths.withhold(_SAY, not self._wide)
        self.list.widths.withhold(_STATE, not any(map(self._state, lines)))
        if lines:
            kept = current.customer_no if isinstance(current, FirstLine) else None
            place = next((n for n, one in enumerate(lines) if one.customer_no == kept), None)
            first = next((n for n, one in enumerate(lines) if not one.done), 0)
            self.list.selectRow(first if place is None else place)
            QTimer.singleShot(0, self.list, self.list.grow)
        self.words.setText(sentences((*_nobody(seen), *(one for one in day.notes if one != stale))))
        self.words.setVisible(bool(self.words.text()))

    def speak(self, day: DayList) -> None:
        """Show what to say to those of the day, where they are shown still."""
        if self._seen is not None and self._seen.day.entries == day.entries:
            self.fill(replace(self._seen, day=day))

    @property
    def names(self) -> DayList | None:
        """The list that is shown, None before any."""
        return self._seen.day if self._seen is not None else None

    @property
    def has_room(self) -> bool:
        """Whether what to say is shown."""
        return self._wide

    def take_room(self, *, wide: bool) -> None:
        """Also say what to say where the window is wide."""
        if wide != self._wide:
            self._wide = wide
            self.list.widths.withhold(_SAY, not wide)
            if wide and self._seen is not None:
                self.room_made.emit()

    def _open(self, number: int) -> None:
        line = self.list.table.row(number)
        if line is not None:
            self.opened.emit(line.customer_no)


def _nobody(seen: WeekSeen) -> tuple[str, ...]:
    """Why nobody is listed; nothing where somebody is."""
    if seen.lines:
        return ()
    why = () if seen.week.entries else (_("这一周没有符合条件的线索,531 的每一行都写明了原因。"),)
    return seen.day.todo, *why


def _light(line: FirstLine) -> str | None:
    kind = line.entry.first.kind
    return kind if kind in LIGHTS else None


def _faded(line: FirstLine) -> str | None:
    return "second" if line.done else None
