"""`QuietLine`: one line while customers are to be left in peace, gone at any other time."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.widgets.plain_words import PlainLabel
from workbench.base.dates import time_of_day
from workbench.people.quiet import quiet_words
from workbench.rules.parameters import Rules

#: milliseconds between two looks at the clock
_EVERY = 60_000


class QuietLine(PlainLabel):
    """Looks at the clock when it is asked and once a minute. It hinders nothing."""

    def __init__(self, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rules = rules
        self.setProperty("role", "second")
        self.setWordWrap(True)
        self._minute = QTimer(self)
        self._minute.setInterval(_EVERY)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        self.look()

    def look(self) -> None:
        """Show or hide the line by the time of day."""
        words = quiet_words(time_of_day(), self._rules)
        self.setText(words)
        if not words or self.parentWidget() is not None:  # without a parent it would be a window of its own
            self.setHidden(not words)
