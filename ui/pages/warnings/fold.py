"""A part of the lights that is closed at first: a line with its number that opens the list below it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.warnings.acts import ActBar, ActKeys
from ui.pages.warnings.words import age
from ui.theme import px
from ui.widgets.parts import button, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import light_word, who
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.churn.sentences import in_one
from workbench.outreach.lights.light_week import LightWeek, QueuedLight
from workbench.rules.parameters import Rules

#: rows listed; who comes later is in the ranking
MOST = 30
#: pixels a list may take before it scrolls
_HIGHEST = 420


class Fold(QWidget):
    """`act_chosen(code, customer_no)` and `opened(customer_no)` for the row under the keyboard; `all_requested()`;
    `entered()` when the keyboard comes to the list."""

    act_chosen = Signal(str, str)
    opened = Signal(str)
    all_requested = Signal()
    entered = Signal()

    def __init__(self, title: str, rules: Rules) -> None:
        super().__init__()
        self._title, self._rules = title, rules
        self._lights: Sequence[QueuedLight] = ()
        self._week: LightWeek | None = None
        self.head = button("", self._turn, "link")
        self.words = label("", "second", wrap=True)
        self.table = Table(self._columns(), name="warnings.fold", wrap=True)
        self.table.opened.connect(lambda _number: self._emit(self.opened))
        self.acts = ActBar()
        self.acts.chosen.connect(self._act)
        self.table.installEventFilter(self)
        self.table.offer(*self.acts.buttons.values())
        keys = ActKeys(self)
        keys.watch(self.table)
        keys.chosen.connect(self._act)
        self.more = button(_("看全部排名"), self.all_requested.emit, "link")
        self.inside = QWidget()
        below = QVBoxLayout(self.inside)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.words)
        below.addWidget(self.acts)
        below.addWidget(self.table)
        below.addLayout(row(self.more, None))
        self.inside.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(row(self.head, None))
        whole.addWidget(self.inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the keyboard comes to the list."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def _columns(self) -> list[Column[Any]]:
        return [
            Column(_("次序"), lambda x: str(x.place) if x.place else "", 48, number=True),
            Column(_("灯"), lambda x: light_word(x.risk.light), 66, light=lambda x: x.risk.light),
            Column(_("亮了"), self._age, 76, ink=lambda x: "second"),
            Column(_("客户"), lambda x: who(x.risk.name, x.risk.customer_no), 104, key=True),
            Column(
                _("资产"),
                lambda x: wan(x.risk.aum_fen),
                84,
                number=True,
                fen=lambda x: x.risk.aum_fen,
            ),
            Column(_("理由"), self._why),
            Column(_("现在"), self._now),
        ]

    def _age(self, light: QueuedLight) -> str:
        return age(light.risk, self._week) if self._week else ""

    def _why(self, light: QueuedLight) -> str:
        return in_one(light.risk, self._rules)

    def _now(self, light: QueuedLight) -> str:
        """Where the light stands; with what to do, unless he is not to be asked now."""
        todo = "" if light.risk.rests else light.todo
        return "\n".join(filter(None, (light.risk.state_reason, light.late, todo)))

    def fill(self, lights: Sequence[QueuedLight], week: LightWeek, words: str) -> None:
        """Take some lights of a week; the list itself is made when it is opened. Without any the fold hides."""
        self._lights, self._week = lights, week
        self.words.setText(words)
        self.setVisible(bool(lights))
        self._show()

    def _turn(self) -> None:
        self.inside.setVisible(self.inside.isHidden())
        self._show()
        if not self.inside.isHidden():
            self.table.setFocus()

    def open(self) -> None:
        """Show the list."""
        if self.inside.isHidden():
            self._turn()

    def _show(self) -> None:
        shut = self.inside.isHidden()
        sign = "▸" if shut else "▾"
        words = _("{title} {n} 户").format(title=self._title, n=f"{len(self._lights):,}")
        self.head.setText(f"{sign} {words}")
        self.head.setAccessibleName(words)
        self.more.setVisible(len(self._lights) > MOST)
        if shut:
            return
        self.table.table.fill(self._lights[:MOST])
        self.table.widths.withhold(0, not any(one.place for one in self._lights))
        if self._lights:
            self.table.stay()
        self.table.resizeRowsToContents()
        heads = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(min(self.table.verticalHeader().length() + heads + 6, px(_HIGHEST)))
        measured(self.table)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _act(self, code: str) -> None:
        light = self.table.current()
        if isinstance(light, QueuedLight):
            self.act_chosen.emit(code, light.risk.customer_no)

    def _emit(self, signal: Any) -> None:
        light = self.table.current()
        if isinstance(light, QueuedLight):
            signal.emit(light.risk.customer_no)
