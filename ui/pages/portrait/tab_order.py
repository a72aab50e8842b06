"""The order in which Tab goes through the portrait: that of the work, which is that of the eye."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def tab_through(parts: Sequence[QWidget]) -> None:
    """Let Tab go through these parts one after another, in each down its columns."""
    for before, after in pairwise(widget for part in parts for widget in _reached(part)):
        QWidget.setTabOrder(before, after)


def _reached(part: QWidget) -> Iterator[QWidget]:
    """What of a part takes the keyboard: card by card from the left, in a card from top to bottom."""
    every = [one for one in part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    yield from sorted(every, key=lambda one: _place(one, part))


def _place(one: QWidget, part: QWidget) -> tuple[int, int, int]:
    card = one
    while (
        (above := card.parentWidget()) is not None and above is not part and card.property("role") != "card"
    ):
        card = above
    at, corner = one.mapTo(part, QPoint(0, 0)), card.mapTo(part, QPoint(0, 0))
    column = corner.x() if card.property("role") == "card" else -1
    return column, at.y(), at.x()
