"""A part of the portrait below its first screen: cards of one sense, which fold away behind their heading."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.portrait.columns import GAP, CardColumns
from ui.widgets.parts import Card, button, label, row
from workbench.base.i18n import _


class PartCard(Card):
    """A card of a section. `nothing`: what cannot be told, with what would unlock it; '' where the card has content."""

    nothing = ""


class PortraitSection(QWidget):
    """Its heading opens and closes it; a card without content is away. `turned()` after it was opened or closed."""

    turned = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.cards: tuple[Card, ...] = ()
        self.head = button("", self.turn, "link")
        self.summary = label("", "second", wrap=True)
        self.columns = CardColumns()
        self.inside = QWidget()
        below = QVBoxLayout(self.inside)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP)
        below.addLayout(self.columns.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        line = row(self.head, self.summary)
        line.setStretch(1, 1)
        whole.addLayout(line)
        whole.addWidget(self.inside)
        self._show_head()

    @property
    def shut(self) -> bool:
        """Whether only its heading shows."""
        return self.inside.isHidden()

    def turn(self) -> None:
        """Open it, or close it."""
        self.inside.setVisible(self.shut)
        self._show_head()
        self.turned.emit()

    def open(self) -> None:
        """Show its cards."""
        if self.shut:
            self.turn()

    def _show_head(self) -> None:
        self.head.setText(f"{'▸' if self.shut else '▾'} {self._title}")
        self.head.setAccessibleName(self._title)
        self.head.setToolTip(_("展开") if self.shut else _("收起"))

    def fill(self, summary: str) -> None:
        """After its cards were filled: show those with content, itself only with any. `summary`: its key figures."""
        for one in self.cards:
            one.setVisible(not blank(one))
        self.summary.setText(summary)
        self.setHidden(all(blank(one) for one in self.cards))

    def take(self, cards: Sequence[Card]) -> None:
        """Hold these cards from now on."""
        if self.cards == tuple(cards):
            return
        self.cards = tuple(cards)
        for one in self.cards:
            if one.parentWidget() is not self.inside:
                one.setParent(self.inside)
                one.setVisible(not blank(one))

    def arrange(self, room: int, most: int, shares: Sequence[int] = ()) -> None:
        """Put the cards with content in at most `most` columns of the width `room` (pixels); `shares`: the part of it that each
        takes where all stand side by side."""
        shown = [one for one in self.cards if not blank(one)]
        if not shown:
            self.columns.place([[]], [], room)
            return
        widest = max(card.minimumSizeHint().width() for card in shown)
        fitting = max(1, (room + GAP) // (widest + GAP))
        across = min(fitting, most, len(shown))
        side_by_side = shares if across == len(shares) == len(shown) else ()
        self.columns.place([[one] for one in shown[:across]], shown[across:], room, side_by_side)


def blank(card: Card) -> bool:
    """Whether a card has nothing to show."""
    return isinstance(card, PartCard) and bool(card.nothing)
