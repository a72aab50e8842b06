"""A field for a whole number, its words as far from the edge as those of the other fields."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSpinBox

from ui.theme import px

#: pixels left of the number; the style sheet's padding does not reach it
_LEFT = 9


class NumberField(QSpinBox):
    """Typed, stepped with the arrow keys or with the two arrows."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(px(_LEFT), 0, 0, 0)

    def sizeHint(self) -> QSize:
        """With the room before the number."""
        return super().sizeHint() + QSize(px(_LEFT), 0)

    def minimumSizeHint(self) -> QSize:
        """With the room before the number."""
        return super().minimumSizeHint() + QSize(px(_LEFT), 0)
