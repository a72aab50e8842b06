"""Words on the screen that come from files and people: never markup, and without what nobody sees, so that a name can neither
draw a picture from a server nor turn round the words beside it."""

import re
from html import escape

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from workbench.base.unseen import seen, seen_line

#: markup that `tip_words` made itself
_OURS = re.compile(r"<qt>[^<]*(?:<br>[^<]*)*</qt>")


class PlainLabel(QLabel):
    """A label whose text is shown letter by letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(seen(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, words: str) -> None:
        """Show words."""
        super().setText(seen(words))


def tip_words(text: str) -> str:
    """Words as a tip shows them: what Qt would take for markup is written as it is."""
    text = text if _OURS.fullmatch(text) else seen(text)
    if not QtGui.Qt.mightBeRichText(text) or _OURS.fullmatch(text):
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def keep_plain(kind: QEvent.Type, watched: QObject) -> None:
    """Make the title of a window, a tip, the words of a question plain as soon as they are there."""
    if not isinstance(watched, QWidget):
        return
    if kind is QEvent.Type.WindowTitleChange:
        if (title := seen_line(watched.windowTitle())) != watched.windowTitle():
            watched.setWindowTitle(title)
    elif kind is QEvent.Type.ToolTipChange:
        if (tip := tip_words(watched.toolTip())) != watched.toolTip():
            watched.setToolTip(tip)
    elif isinstance(watched, QMessageBox):
        for one in watched.findChildren(QLabel):
            one.setTextFormat(Qt.TextFormat.PlainText)
            one.setText(seen(one.text()))
