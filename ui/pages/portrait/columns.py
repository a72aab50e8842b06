"""Cards packed in columns, so that a page of many cards is as short as it can be."""

from collections.abc import Sequence
from itertools import pairwise, product

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.parts import Card, column, row

GAP = 10


class CardColumns:
    """`side` is the layout to put on a page; `place` fills it."""

    def __init__(self) -> None:
        self.side = row(spacing=GAP)
        self._columns: list[QVBoxLayout] = []
        self._placed: tuple[list[list[Card]], Sequence[int]] = ([], ())

    def place(
        self,
        fixed: Sequence[Sequence[Card]],
        loose: Sequence[Card],
        room: int,
        shares: Sequence[int] = (),
    ) -> None:
        """Put the fixed cards in their columns and the loose ones where they keep the page shortest.

        `room` is the width of all columns in pixels; `shares`: the part of it that each column takes, the same unless told.
        """
        wide = (room - GAP * (len(fixed) - 1)) // len(fixed)
        high = [sum(_height(card, wide) + GAP for card in cards) for cards in fixed]
        needs = [_height(card, wide) + GAP for card in loose]
        placed = [list(cards) for cards in fixed]
        for card, at in zip(loose, _packed(high, needs), strict=True):
            placed[at].append(card)
        if (placed, shares) == self._placed:
            return
        self._placed = (placed, shares)
        for old in self._columns:
            while old.takeAt(0) is not None:
                pass
            self.side.removeItem(old)
        self._columns = [column(*cards, spacing=GAP) for cards in placed]
        for at, one in enumerate(self._columns):
            one.setStretch(one.count() - 1, 1)
            self.side.addLayout(one, shares[at] if at < len(shares) else 1)
        _in_tab_order([card for cards in placed for card in cards])


def _in_tab_order(cards: Sequence[Card]) -> None:
    """Let Tab go down the columns, one after another."""
    every = [widget for card in cards for widget in card.findChildren(QWidget)]
    reached = [one for one in every if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in pairwise(reached):
        QWidget.setTabOrder(before, after)


def _packed(high: Sequence[int], needs: Sequence[int]) -> tuple[int, ...]:
    """The column of each card for the lowest tallest column; there are few enough to try all."""

    def tallest(places: tuple[int, ...]) -> int:
        """The height of the tallest column, in pixels."""
        sums = list(high)
        for at, need in zip(places, needs, strict=True):
            sums[at] += need
        return max(sums)

    return min(product(range(len(high)), repeat=len(needs)), key=tallest)


def _height(card: Card, width: int) -> int:
    """The height of a card at a width, in pixels."""
    return card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
