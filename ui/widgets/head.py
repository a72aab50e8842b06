"""The head of a page: its title and the one sentence, and the buttons, below them where the window is too narrow, in several
lines where one is too short."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.widgets.parts import row
from ui.widgets.wrapped import Wrapped

#: pixels that the sentence keeps beside the buttons
_SENTENCE = 160


class Head(QWidget):
    """`add` puts buttons at the right, the last one outermost."""

    def __init__(self, title: QLabel, hint: QLabel) -> None:
        super().__init__()
        self._title, self._hint = title, hint
        self._buttons: list[QPushButton] = []
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(8)
        words = row(title, 8, hint)
        words.setStretch(2, 1)
        self._whole.addLayout(words, 1)
        self._right = Wrapped(gap=8)
        self._whole.addLayout(self._right)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, made: QPushButton, before: QPushButton | None = None) -> None:
        """Add a button at the right, left of `before` if given."""
        if before is None:
            self._right.addWidget(made)
        else:
            self._right.put_before(made, before)
            self.setTabOrder(made, before)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the buttons below the sentence when the line is too narrow, and back."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        buttons = self._right.sizeHint().width()
        words = self._title.sizeHint().width() + 16 + min(self._hint.sizeHint().width(), _SENTENCE)
        narrow = words + buttons + 8 > self.width()
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if wanted != self._whole.direction():
            self._whole.setDirection(wanted)
