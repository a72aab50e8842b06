"""The clipboard: whatever this program puts there goes again by itself (domain 17), unless somebody copied something else."""

from functools import cache

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from workbench.base.outward import prose

#: milliseconds until it goes
CLEARED_AFTER = 60_000


class OwnClipboard(QObject):
    """What this program put on the clipboard, and the time until it goes."""

    def __init__(self) -> None:
        super().__init__(QGuiApplication.instance())
        self._ours = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.empty)

    def put(self, text: str) -> None:
        """Put a text on the clipboard, safe for a spreadsheet; it goes after a minute, when the window is locked, and at the
        end."""
        self.put_cells(prose(text))

    def put_cells(self, text: str) -> None:
        """The same with cells that are safe already (`ui.widgets.table_copy`)."""
        QGuiApplication.clipboard().setText(text)
        self._ours = text
        self.timer.start(CLEARED_AFTER)

    def empty(self) -> None:
        """Take it away, if it is still there."""
        self.timer.stop()
        ours, self._ours = self._ours, ""
        if ours and QGuiApplication.clipboard().text() == ours:
            QGuiApplication.clipboard().clear()


@cache
def clipboard() -> OwnClipboard:
    """The one clipboard of the program; made when something is first put there."""
    return OwnClipboard()


def put(text: str) -> None:
    """See `OwnClipboard.put`."""
    clipboard().put(text)


def put_cells(text: str) -> None:
    """See `OwnClipboard.put_cells`."""
    clipboard().put_cells(text)


def empty() -> None:
    """See `OwnClipboard.empty`; nothing where nothing was put."""
    if clipboard.cache_info().currsize:
        clipboard().empty()
