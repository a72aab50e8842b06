"""What is seen of a customer without scrolling (domain 3): why now, the journey, the next step, and what is forbidden."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.pages.portrait.actions import ActionsCard
from ui.pages.portrait.columns import GAP
from ui.pages.portrait.giver_bar import GiverBar
from ui.pages.portrait.lines import Open
from ui.pages.portrait.say_bar import SayBar
from ui.pages.portrait.section import blank
from ui.pages.portrait.stage_card import StageCard
from ui.pages.portrait.unsaid_bar import UnsaidBar
from ui.pages.portrait.unseen_bar import UnseenBar
from ui.pages.portrait.why_now import WhyNow
from ui.widgets.parts import Card
from workbench.insight.portrait.portrait import Portrait
from workbench.outreach.week.entry import WeekEntry
from workbench.rules.parameters import Rules

#: parts of the width: what is argued at length takes more than what is listed
_LESS, _MORE = 3, 4
#: pixels below which a card is not put beside others
_LEAST = 250


class FirstScreen(QWidget):
    """Cards side by side as far as there is room, one under another on a small screen; below, what not to say and what
    cannot be told."""

    def __init__(
        self,
        rules: Rules,
        show: Open,
        evidence: Callable[[], object],
        stage: StageCard,
        unseen: Callable[[], object],
        say: SayBar,
        ask: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.why_now = WhyNow(rules, show, evidence)
        self.stage = stage
        self.todo = ActionsCard(show)
        self.say = say
        self.giver = GiverBar(ask)
        self.unsaid = UnsaidBar(rules, show)
        self.unseen = UnseenBar(unseen)
        self._placed: tuple[int, tuple[Card, ...]] = (0, ())
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(self._grid)
        whole.addWidget(self.say)
        whole.addWidget(self.giver)
        whole.addWidget(self.unsaid)
        whole.addWidget(self.unseen)

    def fill(self, portrait: Portrait) -> None:
        """Show a customer, but for the reason, which comes once the list of the week was read."""
        self.stage.fill(portrait)
        self.todo.fill(portrait)
        self.unsaid.fill(portrait)

    def fill_why(self, portrait: Portrait, entry: WeekEntry | None) -> None:
        """Show why he is contacted now."""
        self.why_now.fill(portrait, entry)

    def in_order(self) -> tuple[QWidget, ...]:
        """The cards as the eye goes."""
        return (*self._placed[1], self.say, self.giver, self.unsaid, self.unseen)

    def arrange(self, room: int, more: Sequence[Card]) -> None:
        """Place the cards for a width (pixels); `more`: cards that stand between the reason and the stage where it is wide."""
        cards = (self.why_now, *(one for one in more if not blank(one)), self.stage, self.todo)
        widest = max(_LEAST, *(card.minimumSizeHint().width() for card in cards))
        across = len(cards) if room >= len(cards) * (widest + GAP) - GAP else 1
        if (across, cards) == self._placed:
            return
        for old in self._placed[1]:
            self._grid.removeWidget(old)
        self._placed = (across, cards)
        for at, card in enumerate(cards):
            self._grid.addWidget(card, at // across, at % across)
            card.show()
        for at, card in enumerate(cards):
            share = _MORE if card in more else _LESS
            self._grid.setColumnStretch(at, share if at < across else 0)
