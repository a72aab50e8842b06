"""The clipboard: what comes there out of this program goes again by itself (domain 17), put there by us or copied by hand from a
field or a line; what other programs put there stays."""

from functools import cache

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from workbench.base.outward import prose

#: milliseconds until it goes
CLEARED_AFTER = 60_000


class OwnClipboard(QObject):
    """What this program put on the clipboard, and the time until it goes."""

    def __init__(self) -> None:
        super().__init__(QGuiApplication.instance())
        self._ours = ""
        #: what may stay: it holds no customer
        self._staying = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.empty)
        QGuiApplication.clipboard().dataChanged.connect(self._follow)

    def put(self, text: str) -> None:
        """Put a text on the clipboard, safe for a spreadsheet; it goes after a minute, when the window is locked, and at the
        end."""
        self.put_cells(prose(text))

    def put_cells(self, text: str) -> None:
        """The same with cells that are safe already (`ui.widgets.table_copy`)."""
        self._take(text)
        QGuiApplication.clipboard().setText(text)

    def leave(self, text: str) -> None:
        """Put a text there that holds no customer, safe for a spreadsheet too: it stays."""
        self.timer.stop()
        text = prose(text)
        self._ours, self._staying = "", text
        QGuiApplication.clipboard().setText(text)

    def empty(self) -> None:
        """Take it away, if it is still there."""
        self.timer.stop()
        ours, self._ours = self._ours, ""
        if ours and QGuiApplication.clipboard().text() == ours:
            QGuiApplication.clipboard().clear()

    def _take(self, text: str) -> None:
        self._ours, self._staying = text, ""
        self.timer.start(CLEARED_AFTER)

    def _follow(self) -> None:
        """Something else lies there: ours when it was copied by hand in this program. What others copy is not even read."""
        board, focused = QGuiApplication.clipboard(), QApplication.focusWidget()
        own = board.ownsClipboard()
        if not own and focused is None:
            return
        text = board.text()
        # not every system tells whose it is: then it is ours when it is just what is marked in front
        if text and text not in (self._ours, self._staying) and (own or text == marked(focused)):
            self._take(text)


def marked(widget: QWidget | None) -> str:
    """The text that is marked in a field or a line; '' for none, and for everything else."""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.textCursor().selection().toPlainText()
    if isinstance(widget, QLineEdit | QLabel):
        return widget.selectedText()
    inner = widget.findChild(QLineEdit) if widget is not None else None  # of a number, a date, a choice
    return inner.selectedText() if inner is not None else ""


@cache
def clipboard() -> OwnClipboard:
    """The one clipboard of the program; made when a program begins, or something is first put there."""
    return OwnClipboard()


def put(text: str) -> None:
    """See `OwnClipboard.put`."""
    clipboard().put(text)


def put_cells(text: str) -> None:
    """See `OwnClipboard.put_cells`."""
    clipboard().put_cells(text)


def leave(text: str) -> None:
    """See `OwnClipboard.leave`."""
    clipboard().leave(text)


def empty() -> None:
    """See `OwnClipboard.empty`; nothing where nothing was put."""
    if clipboard.cache_info().currsize:
        clipboard().empty()
