"""The list of the day: rows in working order, what was dealt with folded away below."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.pages.today.day_row import COPY, KEEP, LOG, PHONE, WORDS, DayListRow
from ui.pages.today.promise_bar import PromiseBar
from ui.pages.today.words import day_title, last_words
from ui.theme import px
from ui.widgets.parts import button, empty, flow, label, row
from ui.widgets.unseen_line import UnseenLine
from ui.words import who
from ui.zoom import measured
from workbench.base.dates import week_of
from workbench.base.day_words import named_day
from workbench.base.i18n import _, commas, headed
from workbench.insight.measures.unseen import Unseen, in_words, lacking
from workbench.outreach.today.day import DayLine, DayList
from workbench.rules.parameters import Rules

#: milliseconds within which a second digit belongs to the first
_TOGETHER = 700
#: pixels that the fold of those done may take before it scrolls
_HIGHEST = 300


class DayView(QWidget):
    """`opened(customer_no)`, `touch_requested(customer_no)`, `phone_requested(customer_no)`,
    `copy_requested(customer_no)`, `words_requested(line)`, `promise_ended(promise id, kept)`, `imports_requested()`,
    `referrals_requested()`."""

    opened = Signal(str)
    touch_requested = Signal(str)
    phone_requested = Signal(str)
    copy_requested = Signal(str)
    words_requested = Signal(object)
    promise_ended = Signal(int, bool)
    imports_requested = Signal()
    referrals_requested = Signal()

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self.rows: list[DayListRow] = []
        #: customers whose telephone was opened today
        self._seen: set[str] = set()
        self._at = 0
        self._date = ""
        self._awaited = False
        self._digits = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TOGETHER)
        self._pause.timeout.connect(self._forget_digits)
        self.notes = label("", "second", wrap=True)
        self.unseen = UnseenLine(self.imports_requested.emit)
        self.promises = PromiseBar()
        self.promises.ended.connect(self.promise_ended)
        #: persons without an account who wait for their first contact
        self.referred = button("", self.referrals_requested.emit, "link")
        self.referred.hide()
        self.nothing = label("", "big", wrap=True)
        self.coming = label("", "second", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.fold = button("", self._turn, "link")
        self.done = QListWidget()
        self.done.itemActivated.connect(self._open_done)
        self.done.hide()
        self.foot = label("", "second", wrap=True)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        for part in (self.notes, self.unseen, self.referred, self.nothing, self.coming):
            inside.addWidget(part)
        inside.addLayout(self._list)
        inside.addWidget(self.promises)
        inside.addLayout(row(self.fold, None))
        inside.addWidget(self.done)
        inside.addWidget(self.foot)
        inside.addStretch(1)
        self.area = flow(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def fill(self, day: DayList, after: DayList | None) -> None:
        """Show the day; the keyboard stays at the row it was on, or goes to the next one when that was dealt with. `after`:
        the list of the next workday, for a day on which nothing is left."""
        focused = self.window().focusWidget()
        had_keyboard = any(one is focused or (focused and one.isAncestorOf(focused)) for one in self.rows)
        before = [one.line.entry.person.customer_no for one in self.rows]
        for one in self.rows:
            one.blockSignals(True)  # while they go, the keyboard wanders over those that are left
        self._date = day.date
        self._put_rows(day)
        self._at = self._place_after(before)
        dated = _("数据日期 {date}。").format(date=day.as_of or _("无"))
        if day.as_of and any(day.as_of in note for note in day.notes):
            dated = ""  # a note says it
        known = not day.lines or any(one.phone for one in day.lines)
        self.notes.setText("".join([dated, *day.notes]))
        self.unseen.show_parts(
            () if known else in_words([Unseen(_("电话号码"), lacking("search_phone", ()))])
        )
        self._say_nothing_left(day, after)
        listed = {one.entry.person.customer_id for one in day.lines}
        self.promises.fill([one for one in day.promises if one.person.customer_id not in listed])
        self.referred.setText(day.referred_words)
        self.referred.setVisible(bool(day.referred_words))
        self._fill_done(day)
        self.foot.setText(_("对每一位客户:{words}").format(words=day.red_line))
        for place, one in enumerate(self.rows):
            one.current(on=place == self._at)
        if had_keyboard or self._awaited:
            self.focus_first()

    def _put_rows(self, day: DayList) -> None:
        """A row for each line. Where lines only went, the others move up; else all are made, so that Tab finds them in order."""
        left = {
            number: one
            for one in self.rows
            if one.in_full == ((number := one.line.entry.person.customer_no) in self._seen)
        }
        wanted = {line.entry.person.customer_no: line for line in day.lines}
        stay = [one for number, one in left.items() if number in wanted and one.says(wanted[number], day)]
        if len(stay) < len(day.lines):
            stay = []
        for one in stay:
            self._list.removeWidget(one)
        empty(self._list)
        self.rows = []
        left = {one.line.entry.person.customer_no: one for one in stay}
        for place, line in enumerate(day.lines, 1):
            known = left.get(line.entry.person.customer_no)
            if known is None:
                self._add(line, place, day)
                continue
            known.take_place(place)
            known.blockSignals(False)
            self.rows.append(known)
            self._list.addWidget(known)

    def _add(self, line: DayLine, place: int, day: DayList) -> None:
        number = line.entry.person.customer_no
        made = DayListRow(line, place, day, self._rules)
        if number in self._seen:
            made.show_phone()
        made.act_chosen.connect(partial(self._act, made))
        made.opened.connect(partial(self.opened.emit, number))
        made.stepped.connect(partial(self._step, made))
        made.typed.connect(self._type)
        made.entered.connect(partial(self._mark, made))
        self.rows.append(made)
        self._list.addWidget(made)
        made.show()  # at once, so that it can take the keyboard

    def _place_after(self, before: list[str]) -> int:
        """The row of the customer that the keyboard was on, else of the first one after him who is still there."""
        places = {one.line.entry.person.customer_no: place for place, one in enumerate(self.rows)}
        if not before:
            return 0
        return next(
            (places[number] for number in before[self._at :] if number in places), max(len(self.rows) - 1, 0)
        )

    def _say_nothing_left(self, day: DayList, after: DayList | None) -> None:
        for part in (self.nothing, self.coming):
            part.setVisible(not day.lines)
        if day.lines:
            return
        self.nothing.setText(day.todo)
        if after is None:
            monday = week_of(dt.date.fromisoformat(day.following)) != day.week
            coming = _("下一个工作日是下周:{day},周一早上看新的计划。").format(day=day_title(day.following))
            self.coming.setText(coming if monday else _("本周没有别的客户要联系了。"))
            return
        words = _("{day} 有 {n} 位")
        people = commas(who(one.person.name, one.person.customer_no) for one in after.entries)
        line = words.format(day=day_title(after.date), n=len(after.lines))
        self.coming.setText(headed(line, people) if people else line)

    def _fill_done(self, day: DayList) -> None:
        self.done.clear()
        for one in day.done:
            person = one.entry.person
            over = one.entry.settled
            again = "" if over else " · " + _("没有接通或还有事,下一个工作日再联系")
            sign = "✓" if over else "→"
            words = " · ".join(
                (who(person.name, person.customer_no), one.entry.first.word, last_words(one.last))
            )
            item = QListWidgetItem(f"{sign} {words}{again}")
            item.setData(Qt.ItemDataRole.UserRole, person.customer_no)
            font = item.font()
            font.setStrikeOut(over)
            item.setFont(font)
            self.done.addItem(item)
        self._name_fold()
        self.fold.setVisible(bool(day.done))
        if not day.done:
            self.done.hide()

    # -- the fold ----------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self.done.setVisible(self.done.isHidden())
        self._name_fold()
        if not self.done.isHidden():
            self.done.setCurrentRow(0)
            self.done.setFocus()

    def _name_fold(self) -> None:
        if not self._date:
            return
        sign = "▸" if self.done.isHidden() else "▾"
        self.fold.setText(
            f"{sign} " + _("{day}处理过的 {n} 位").format(day=named_day(self._date), n=self.done.count())
        )
        high = self.done.sizeHintForRow(0) * self.done.count() + 6
        self.done.setFixedHeight(min(max(high, px(30)), px(_HIGHEST)))
        measured(self.done)

    def _open_done(self, item: QListWidgetItem) -> None:
        self.opened.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    # -- the keyboard ------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The row where work starts; without any the fold. Before the first read, once it is there."""
        self._awaited = not self.rows
        if self.rows:
            self.rows[self._at].setFocus()
        elif self.fold.isVisibleTo(self):
            self.fold.setFocus()

    def current(self) -> DayLine | None:
        """The customer of the row that the keyboard is on, or was last."""
        return self.rows[self._at].line if self.rows else None

    def current_no(self) -> str | None:
        """The number of the customer under the keyboard: among those dealt with, else in the rows."""
        done = self.done.currentItem() if self.done.hasFocus() else None
        if done is not None:
            return str(done.data(Qt.ItemDataRole.UserRole))
        line = self.current()
        return line.entry.person.customer_no if line is not None else None

    def return_keyboard(self) -> None:
        """After a question: to the row it was asked from, unless the keyboard went on meanwhile."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.focus_first()

    def _step(self, of: DayListRow, by: int) -> None:
        place = self.rows.index(of) + by
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus()
        elif place >= len(self.rows):
            self.focusNextChild()

    def _type(self, digit: str) -> None:
        """Select the row of the number typed: one digit, or two within a moment."""
        self._digits = (self._digits + digit)[-2:]
        number = int(self._digits)
        if not 0 < number <= len(self.rows):
            self._digits, number = digit, int(digit)
        if 0 < number <= len(self.rows):
            self.rows[number - 1].setFocus()
        self._pause.start()

    def _forget_digits(self) -> None:
        self._digits = ""

    def _mark(self, entered: DayListRow) -> None:
        self._at = self.rows.index(entered)
        for one in self.rows:
            one.current(on=one is entered)
        # once the row has its height
        QTimer.singleShot(0, entered, partial(self.area.ensureWidgetVisible, entered, 0, 8))

    # -- acting ------------------------------------------------------------------------------------------------

    def _act(self, made: DayListRow, code: str) -> None:
        number = made.line.entry.person.customer_no
        if code == LOG:
            self.touch_requested.emit(number)
        elif code == PHONE:
            self.phone_requested.emit(number)
        elif code == COPY:
            self.copy_requested.emit(number)
        elif code == WORDS:
            self.words_requested.emit(made.line)
        elif code == KEEP:
            self.promise_ended.emit(made.line.promises[0].id, True)

    def show_phone(self, customer_no: str) -> None:
        """Show the telephone of a customer in full, now that this is registered."""
        self._seen.add(customer_no)
        for one in self.rows:
            if one.line.entry.person.customer_no == customer_no:
                one.show_phone()

    def hide_phones(self) -> None:
        """Mask all telephones again: the page is left."""
        self._seen.clear()
