"""Widgets one behind another, of which the one in front says how much room is needed."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class FrontStack(QStackedWidget):
    """A stack as large as what is in front; Qt's own is as large as the largest in it."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """No: Qt would take the highest in it, not what is in front, which scrolls or wraps by itself."""
        return False

    def sizeHint(self) -> QSize:
        """The size that what is in front would have."""
        front = self.currentWidget()
        return front.sizeHint() if front is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The least size of what is in front."""
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()
