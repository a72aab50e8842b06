"""A stack needs the room of what is in front, not of the largest in it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.front_stack import FrontStack


class Block(QWidget):
    """A widget of a size."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(2 * self.side, 2 * self.side)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.side, self.side)


def test_it_is_as_large_as_what_is_in_front(qapp: QApplication) -> None:
    stack = FrontStack()
    for side in (40, 400):
        stack.addWidget(Block(side))
    assert (stack.sizeHint(), stack.minimumSizeHint()) == (QSize(80, 80), QSize(40, 40))
    stack.setCurrentIndex(1)
    assert (stack.sizeHint(), stack.minimumSizeHint()) == (QSize(800, 800), QSize(400, 400))
    assert not stack.hasHeightForWidth()
    stack.deleteLater()
