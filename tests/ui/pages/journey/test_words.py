"""The words of a card of the board name the month of the list, not that of today (domain 3)."""

import pytest

from ui.pages.journey.words import card_lines
from workbench.insight.journey.facts import NEWCOMER, BoardRow, HandMove
from workbench.insight.journey.stages import JourneyStage
from workbench.rules.parameters import Rules

_CARD = JourneyStage("J4", "card", "防降期", "2026-10-31", 30, "", "", "", (), ())
_MOVE = HandMove("2026-11-20", "2027-02-18", "要转走", "J3")


@pytest.mark.parametrize(
    ("origin", "move", "words"),
    [
        (NEWCOMER, None, "30 天 · 10月新进名单"),
        ("J3", None, "30 天 · 10月由稳定经营期转来"),
        ("J3", _MOVE, "30 天 · 手工由稳定经营期转来"),  # moved in November, on a list of October
        (None, None, "30 天"),
    ],
)
def test_a_card_says_with_which_list_he_came(origin: str | None, move: HandMove | None, words: str) -> None:
    row = BoardRow(1, "1", "张三丰", "L4", 100, _CARD, origin, move, "2026-11-30", "2026-10")
    assert card_lines(Rules.load(), row)[1].words == words
