"""What can be done about a light, each by one click or one key: the buttons with their keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.parts import button
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do about a light. `key`: the digit that does it."""

    code: str
    key: str
    words: Callable[[], str]
    tip: Callable[[], str]


ACTS = (
    Act("call", "1", lambda: _("打电话"), lambda: _("打完在这里记一笔,联系到的近期不再列入")),
    Act("explain", "2", lambda: _("说明去向"), lambda: _("了解到资金去向:资产类信号暂不提示")),
    Act("mute", "3", lambda: _("静默"), lambda: _("到某一天之前先不联系;灯照旧")),
    Act("hand_over", "4", lambda: _("转交"), lambda: _("交给别的经理或网点跟进")),
    Act("cause", "5", lambda: _("确认原因"), lambda: _("记下流失原因;只统计确认过的")),
)
_BY_KEY = {act.key: act.code for act in ACTS}


class ActBar(Strip):
    """The five buttons; `chosen(code)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.buttons: dict[str, QPushButton] = {}
        for act in ACTS:
            made = button(
                f"{act.words()} {act.key}", partial(self.chosen.emit, act.code), "act", tip=act.tip()
            )
            made.setAccessibleName(act.words())
            self.buttons[act.code] = made
            self.add(made)

    def reached_by_tab(self, on: bool) -> None:
        """Whether Tab stops at the buttons; a click reaches them always."""
        for made in self.buttons.values():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)


class ActKeys(QObject):
    """Watches widgets for the keys 1 to 5; `chosen(code)`."""

    chosen = Signal(str)

    def watch(self, *widgets: QWidget) -> None:
        """Take the keys of these widgets from now on."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit the act of a digit pressed alone; every other key goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            code = _BY_KEY.get(event.text()) if plain and not event.isAutoRepeat() else None
            if code is not None:
                self.chosen.emit(code)
                return True
        return super().eventFilter(watched, event)
