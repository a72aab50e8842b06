"""Where the keyboard goes in the review of a file."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget


def lasting(focus: QWidget | None) -> QWidget | None:
    """The widget to give the keyboard back to: the table of a cell editor, which is destroyed; else `focus` itself."""
    around = focus.parentWidget() if focus is not None else None
    view = around.parentWidget() if around is not None else None
    return view if isinstance(view, QAbstractItemView) and around is view.viewport() else focus


def tab_of(event: QKeyEvent, count: int) -> int:
    """Which of `count` tabs a key opens (Ctrl+1 is the first, 0), -1 for none."""
    at = event.key() - Qt.Key.Key_1.value
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return at if plain == Qt.KeyboardModifier.ControlModifier and 0 <= at < count else -1
