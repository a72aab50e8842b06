"""What the hand expects wherever it is: Enter and Alt with a letter press, Ctrl with the wheel zooms, files may be dropped on
any field; titles, tips and questions are plain words."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui import theme
from ui.dropping import dropped_files
from ui.key_tips import AltKeys
from ui.widgets.fitting import fit
from ui.widgets.plain_words import keep_plain
from ui.zoom import Zoom, scale

if TYPE_CHECKING:
    from ui.main_window import MainWindow

#: the events that any habit is about; a tuple made once, because every event of the program is compared with it
OF_HABIT = (
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.Wheel,
    QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop, QEvent.Type.WindowDeactivate,
    QEvent.Type.MouseButtonPress, QEvent.Type.WindowTitleChange, QEvent.Type.ToolTipChange,
)  # fmt: skip
_AWAY = (QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress)
_WORDED = (QEvent.Type.WindowTitleChange, QEvent.Type.ToolTipChange)
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Habitat(Protocol):
    """The program, as far as habits ask for it."""

    window: "MainWindow | None"
    zoom: Zoom
    alt: AltKeys


def watch(program: Habitat, kind: QEvent.Type, watched: QObject, event: QEvent) -> bool:
    """Act on an event of one of `OF_HABIT`; True when nobody else is to see it."""
    if kind is QEvent.Type.Polish:
        if theme.zoom() != 100 and isinstance(watched, QWidget):
            scale(watched)
    elif kind is QEvent.Type.Show:
        if isinstance(watched, QWidget) and watched.isWindow():
            theme.dress(watched)
            if isinstance(watched, QDialog):
                keep_plain(kind, watched)
                fit(watched)
    elif kind is QEvent.Type.KeyPress:
        return program.alt.watch(kind, watched, event) or _pressed(watched, event)
    elif kind is QEvent.Type.KeyRelease:
        return program.alt.watch(kind, watched, event)
    elif kind in _AWAY:
        program.alt.hide()
    elif kind in _WORDED:
        keep_plain(kind, watched)
    elif kind is QEvent.Type.Wheel:
        return isinstance(event, QWheelEvent) and _zoomed(program, event)
    elif kind in _DRAGS:
        return isinstance(event, QDropEvent) and _dropped(program, watched, event)
    return False


def _pressed(button: QObject, event: QEvent) -> bool:
    """Let Enter press the focused button, as Space does; True when it did. On a choice in a dialog it means the dialog's
    own button."""
    if not isinstance(button, QAbstractButton) or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
        return False
    if not button.isEnabled():
        return False
    if button.isCheckable() and isinstance(button.window(), QDialog):
        return False
    button.click()
    return True


def _zoomed(program: Habitat, event: QWheelEvent) -> bool:
    """Zoom instead of scrolling while Ctrl is held."""
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return False
    program.zoom.turn(event.angleDelta().y())
    return True


def _dropped(program: Habitat, watched: QObject, event: QDropEvent) -> bool:
    """Take files that are dropped on a field of the window, which would write their names into itself."""
    window = program.window
    field = watched.parent() if isinstance(watched.parent(), QAbstractScrollArea) else watched
    if (
        window is None
        or not isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit))
        or field.window() is not window
    ):
        return False
    paths = dropped_files(event)
    if not paths:
        return False
    event.acceptProposedAction()
    if event.type() is QEvent.Type.Drop:
        window.take_files(paths)
    return True
