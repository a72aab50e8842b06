"""After wrong passphrases the next try waits: the seconds that are left, counted down at both doors."""

from PySide6.QtCore import QObject, QTimer, Signal


class Countdown(QObject):
    """`changed` each second while `left` (seconds) is not zero, and once when it becomes zero."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left = 0
        self.clock = QTimer(self)
        self.clock.setInterval(1_000)
        self.clock.timeout.connect(self._count)

    def begin(self, seconds: int) -> None:
        """Count down from here; nothing for no seconds."""
        self.left = max(0, seconds)
        if self.left:
            self.clock.start()
        else:
            self.clock.stop()
        self.changed.emit()

    def _count(self) -> None:
        self.begin(self.left - 1)
