"""How the window's tests wait: for a state, with the limit of the whole suite."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.waits import LIMIT

_MILLISECONDS = LIMIT * 1_000
#: milliseconds within which the window follows what a person did
_SOON = 500


class Bot(QtBot):
    """pytest-qt's robot without limits of its own: whoever waits names the state, `LIMIT` is the same for all."""

    def waitUntil(self, callback: Callable[[], Any]) -> None:
        """Until the callback answers something true."""
        super().waitUntil(lambda: bool(callback()), timeout=_MILLISECONDS)

    def waitSignal(self, signal: Any) -> Any:
        """A block that ends when the signal was emitted."""
        return super().waitSignal(signal, timeout=_MILLISECONDS)

    def waitSignals(self, signals: Sequence[Any]) -> Any:
        """A block that ends when all the signals were emitted."""
        return super().waitSignals(signals, timeout=_MILLISECONDS)

    def waitExposed(self, widget: QWidget) -> None:
        """Until the widget stands on the screen."""
        with super().waitExposed(widget, timeout=_MILLISECONDS):
            pass


def at_rest(widget: QWidget) -> bool:
    """Whether nothing below the widget still waits to follow a key or a new size; what hides itself later may."""
    return not _waiting(widget)


def hurried(widget: QWidget) -> bool:
    """Let what below the widget waits to follow a key or a new size follow now; False when nothing does."""
    waiting = _waiting(widget)
    for timer in waiting:
        timer.stop()
        timer.timeout.emit()
    return bool(waiting)


def _waiting(widget: QWidget) -> list[QTimer]:
    return [
        timer
        for timer in widget.findChildren(QTimer)
        if timer.isActive() and timer.isSingleShot() and timer.interval() <= _SOON
    ]


def delivered() -> None:
    """Let everything happen that is already on its way: events, layouts, and what is to be deleted."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
