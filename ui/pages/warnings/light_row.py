"""One lit customer of the week: who, why with all figures, what to do by when, and the five buttons."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QWidget

from ui.pages.warnings.acts import ActBar, ActKeys
from ui.pages.warnings.words import age, chance, unseen
from ui.theme import px
from ui.widgets.parts import column, label, light_label, row
from ui.widgets.wide import WIDE
from ui.words import exact, light_word, tier_word, who
from workbench.base.day_words import short_day
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.churn.sentences import in_one
from workbench.insight.churn.verdict import CheckSummary
from workbench.outreach.lights.light_week import LightWeek, QueuedLight
from workbench.rules.parameters import Rules

#: pixels of the light and of the customer, left of the words
_LIGHT, _PERSON = 98, 146


class LightRow(QFrame):
    """A row as high as its words. `act_chosen(code)`, `opened()` on Enter or a double click, `stepped(by)` by the arrows,
    `entered()` when the keyboard comes."""

    act_chosen = Signal(str)
    opened = Signal()
    stepped = Signal(int)
    entered = Signal()

    def __init__(self, light: QueuedLight, check: CheckSummary, week: LightWeek, rules: Rules) -> None:
        super().__init__()
        self.light = light
        self.setProperty("role", "light")
        self._rules, self._check = rules, check
        risk = light.risk
        self.acts = ActBar()
        self.acts.chosen.connect(self.act_chosen)
        self._keys = ActKeys(self)
        self._keys.chosen.connect(self.act_chosen)
        self._keys.watch(self, *self.acts.buttons.values())
        for made in self.acts.buttons.values():
            made.installEventFilter(self)
        self.reason = label(in_one(risk, rules), wrap=True)
        self.todo = label(self._todo(), "todo", wrap=True)
        self.aside = label(self._aside(), "second", wrap=True)
        if not self.aside.text():
            self.aside.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(10, 7, 10, 7)
        whole.setSpacing(12)
        lamp = row(
            label(str(light.place), "second"),
            light_label(risk.light, light_word(risk.light)),
            None,
            spacing=6,
        )
        self._do = row(self.todo, self.acts, spacing=12)
        self._do.setStretch(0, 3)
        self._do.setStretch(1, 4)
        self._words = column(self.reason, self._do, self.aside, spacing=4)
        whole.addWidget(_narrow(_LIGHT, lamp, label(age(risk, week), "second")))
        whole.addWidget(self._person())
        whole.addLayout(self._words, 1)
        self.setAccessibleName(f"{light_word(risk.light)} {who(risk.name, risk.customer_no)}")
        self.current(on=False)

    def _person(self) -> QWidget:
        risk = self.light.risk
        worth = f"{tier_word(self._rules, risk.tier)} · {wan(risk.aum_fen)}"
        parts = [
            label(who(risk.name, risk.customer_no), "heading", wrap=True),
            label(worth, "second", wrap=True, tip=exact(risk.aum_fen)),
        ]
        if self.light.value_fen:
            saved = _("可挽留{amount}").format(amount=wan(self.light.value_fen))
            parts.append(label(saved, "second", wrap=True))
        return _narrow(_PERSON, *parts)

    def _todo(self) -> str:
        due = _("{date} 前").format(date=short_day(self.light.due)) if self._dated() else ""
        return " · ".join(filter(None, (self.light.todo, due)))

    def _dated(self) -> bool:
        """Whether there is a day to keep: not with data too old for clocks, nor for who is gone."""
        fresh = self._check.fresh
        return bool(self.light.due) and not (fresh and fresh.stale) and self.light.risk.state != "gone"

    def _aside(self) -> str:
        risk = self.light.risk
        lines = (chance(risk), risk.state_reason, self.light.late, unseen(self._rules, risk, self._check))
        return " · ".join(filter(None, lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide window what else there is to know stands beside what to do, so that more lights are seen at once."""
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        if wide == (self._do.indexOf(self.aside) >= 0):
            return
        if wide:
            self._words.removeWidget(self.aside)
            self._do.insertWidget(1, self.aside, 4)
        else:
            self._do.removeWidget(self.aside)
            self._words.addWidget(self.aside)

    # -- by keyboard -------------------------------------------------------------------------------------------

    def current(self, *, on: bool) -> None:
        """Whether this is the row at which Tab stops; its buttons come next."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        self.acts.reached_by_tab(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a button, the arrows up and down move between the rows as they do on the row itself."""
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step, Enter opens the portrait; the rest is the page's."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
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
        return self.reason, self.todo, self.aside


def _narrow(width: int, *parts: QWidget | QLayout) -> QWidget:
    """Parts one under another in a column of this width."""
    box = QWidget()
    box.setFixedWidth(width)
    lines = column(*parts, None, spacing=2)
    lines.setContentsMargins(0, 0, 0, 0)
    box.setLayout(lines)
    return box
