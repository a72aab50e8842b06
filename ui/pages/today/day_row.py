"""One customer of the day: who, why with the amount, what to say and not to say, and what can be done by one key."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.pages.today.words import last_words
from ui.widgets.parts import button, column, label, row
from ui.widgets.wide import Abreast
from ui.words import brief, exact, pinned_words, who
from workbench.base.day_words import short_day
from workbench.base.i18n import _, semicolons
from workbench.base.money import wan
from workbench.outreach.today.day import DayLine, DayList
from workbench.people.privacy import mask_phone
from workbench.rules.parameters import Rules

#: pixels of the place and of the customer, left of the words
_PLACE, _PERSON = 44, 176
#: key -> what it does to the row
LOG, PHONE, COPY, KEEP, WORDS = "log", "phone", "copy", "keep", "words"
_KEYS = {
    Qt.Key.Key_Space: LOG,
    Qt.Key.Key_T: PHONE,
    Qt.Key.Key_C: COPY,
    Qt.Key.Key_K: KEEP,
    Qt.Key.Key_W: WORDS,
}
_LETTERS = frozenset(_KEYS) - {Qt.Key.Key_Space}


class DayListRow(QFrame):
    """A row as high as its words. `act_chosen(code)`, `opened()` on Enter or a double click, `stepped(by)` by the arrows,
    `typed(digit)`, `entered()` when the keyboard comes."""

    act_chosen = Signal(str)
    opened = Signal()
    stepped = Signal(int)
    typed = Signal(str)
    entered = Signal()

    def __init__(self, line: DayLine, place: int, day: DayList, rules: Rules) -> None:
        super().__init__()
        self.line, self.place = line, place
        self._day, self._rules = day, rules
        #: whether the telephone is shown in full
        self.in_full = False
        self.setProperty("role", "light")
        person = line.entry.person
        self.phone = label(mask_phone(line.phone) or _("没有电话"), wrap=True)
        # that no list tells any number is said once above the list
        if not _lists_phones(day):
            self.phone.hide()
        self.why = label(self._why(), wrap=True, tip=line.entry.first.whole)
        spoken = _("说:{words}").format(words=line.say) if line.say else ""
        self.say = label(spoken, "todo", wrap=True, tip=line.script_why)
        limits = semicolons(day.limits(line))
        self.unsaid = label(_("禁忌:{words}").format(words=limits) if limits else "", "second", wrap=True)
        self.buttons = self._buttons()
        head = row(
            self._head(),
            *(one for key, one in self.buttons.items() if key != KEEP or line.promises),
            spacing=6,
        )
        head.setStretch(0, 1)
        self.pin = label(pinned_words(line.pin), "todo", wrap=True)
        told = column(self.pin, self.why, spacing=4)
        words = column(head, Abreast(told, column(self.say, self.unsaid, spacing=4)), spacing=4)
        for one in (self.pin, self.say, self.unsaid):
            if not one.text():
                one.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(10, 7, 10, 7)
        whole.setSpacing(12)
        self._place_label = label("", "big")
        whole.addWidget(_narrow(_PLACE, self._place_label))
        whole.addWidget(
            _narrow(
                _PERSON,
                label(who(person.name, person.customer_no), "heading", wrap=True),
                label(_worth(line), "second", wrap=True, tip=exact(person.aum_fen)),
                self.phone,
                label(last_words(line.last), "second", wrap=True),
            )
        )
        whole.addLayout(words, 1)
        self.take_place(place)
        self.current(on=False)

    def take_place(self, place: int) -> None:
        """Show its place on the list."""
        person = self.line.entry.person
        self.place = place
        self._place_label.setText(str(place))
        self.setAccessibleName(f"{place} {who(person.name, person.customer_no)} {self.line.entry.first.word}")

    def says(self, line: DayLine, day: DayList) -> bool:
        """Whether the row shows this line of a day, its place apart."""
        return (
            line == self.line
            and day.as_of == self._day.as_of
            and day.limits(line) == self._day.limits(line)
            and _lists_phones(day) == _lists_phones(self._day)
        )

    def _head(self) -> QLabel:
        first = self.line.entry.first
        due = _("{date} 前").format(date=short_day(first.due)) if first.due else ""
        return label(" · ".join(filter(None, (first.word, first.amount, due))), "heading", wrap=True)

    def _why(self) -> str:
        first, *behind = self.line.entry.reasons
        also = (
            _("另:{what}").format(what=" · ".join(filter(None, (one.word, one.amount)))) for one in behind
        )
        return "\n".join([brief(self._rules, self._day.as_of, first.sentence), *also])

    def _buttons(self) -> dict[str, QPushButton]:
        made = {
            LOG: button(_("记一笔 空格"), partial(self.act_chosen.emit, LOG), "act", tip=_("记下这次联系"))
        }
        if self.line.phone:
            tip = _("显示完整号码,会登记")
            made[PHONE] = button(_("看电话 T"), partial(self.act_chosen.emit, PHONE), "act", tip=tip)
            made[COPY] = button(
                _("复制 C"), partial(self.act_chosen.emit, COPY), "act", tip=_("只复制数字,会登记")
            )
        if self.line.say:
            tip = _("复制这段话,只记为已拟稿,不算联系过")
            made[WORDS] = button(_("复制话术 W"), partial(self.act_chosen.emit, WORDS), "act", tip=tip)
        if self.line.promises:
            made[KEEP] = button(
                _("已兑现 K"), partial(self.act_chosen.emit, KEEP), "act", tip=_("答应的事做到了")
            )
        for one in made.values():
            one.installEventFilter(self)
        return made

    def show_phone(self) -> None:
        """Show the telephone in full."""
        self.in_full = True
        self.phone.setText(self.line.phone)
        self.buttons[PHONE].setEnabled(False)

    # -- by keyboard -------------------------------------------------------------------------------------------

    def current(self, *, on: bool) -> None:
        """Whether this is the row at which Tab stops; its buttons come next."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        for made in self.buttons.values():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a button, arrows and digits do what they do on the row; Space and Enter press it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            stepping = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if stepping or event.text().isdigit() or Qt.Key(event.key()) in _LETTERS:
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step, digits select, Enter opens the portrait, one key each acts; the rest is the page's."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif plain and event.text().isdigit():
            self.typed.emit(event.text())
        elif plain and key in _KEYS:
            made = self.buttons.get(_KEYS[key])
            if made is not None and made.isEnabled():
                self.act_chosen.emit(_KEYS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt's event, untyped in the stubs for QFrame
        self.entered.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the portrait."""
        self.opened.emit()

    def texts(self) -> tuple[QLabel, ...]:
        """The labels that carry figures: none may be cut off."""
        return self.why, self.say, self.unsaid


def _lists_phones(day: DayList) -> bool:
    return any(one.phone for one in day.lines)


def _worth(line: DayLine) -> str:
    """His assets where a list tells them, and his place in the list of the week."""
    entry = line.entry
    rank = _("本周名单第 {n} 位").format(n=entry.rank)
    return f"{wan(entry.person.aum_fen)} · {rank}" if entry.person.aum_fen is not None else rank


def _narrow(width: int, *parts: QWidget) -> QWidget:
    """Parts one under another in a column of this width."""
    box = QWidget()
    box.setFixedWidth(width)
    lines = column(*parts, None, spacing=2)
    lines.setContentsMargins(0, 0, 0, 0)
    box.setLayout(lines)
    return box
