"""The cards of a stage: any number of them in windows, each as high as its words."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.pages.journey.card_list import CardLine, CardList
from ui.tasks import Tasks
from ui.widgets.table_model import WINDOW
from workbench.insight.journey.facts import BoardRow
from workbench.insight.journey.stages import JourneyStage

_CARD = JourneyStage("J3", "card", "稳定经营期", None, None, "", "", "", (), ())


def row(number: int) -> BoardRow:
    return BoardRow(number, f"{number:010}", "张三丰", "L4", 100, _CARD, None, None)


def lines(card: BoardRow) -> tuple[CardLine, ...]:
    """The longer the higher the number."""
    return CardLine("张** 0001", bold=True, right="30.0万"), CardLine(
        "月日均三十万元" * (1 + card.customer_id % 5)
    )


@pytest.fixture
def cards(qtbot: QtBot, tasks: Tasks) -> CardList:
    made = CardList(tasks, lines, lambda card: card.name)
    qtbot.addWidget(made)
    made.resize(220, 400)
    made.show()
    return made


def test_ten_thousand_cards_are_read_in_windows_and_build_no_widgets(
    cards: CardList, tasks: Tasks, qtbot: QtBot
) -> None:
    read: list[int] = []

    def fetch(offset: int, limit: int) -> list[BoardRow]:
        read.append(offset)
        return [row(number) for number in range(offset, offset + limit)]

    before = len(cards.findChildren(QWidget))
    cards.table.show_windows(10_000, fetch, fetch(0, WINDOW))
    cards.scrollToBottom()
    qtbot.waitUntil(lambda: not tasks.busy and cards.table.row(9_999) is not None)
    assert len(read) <= 4
    assert len(cards.findChildren(QWidget)) == before


def test_a_card_is_as_high_as_its_words_at_any_width(cards: CardList) -> None:
    cards.table.fill([row(number) for number in range(10)])
    for width in (220, 140):
        cards.resize(width, 400)
        room = cards.viewport().width() - 20
        for number in range(10):
            words = lines(row(number))[1].words
            metrics = QFontMetrics(cards.font())
            box = metrics.boundingRect(QRect(0, 0, room, 9_999), int(Qt.TextFlag.TextWordWrap), words)
            assert cards.rowHeight(number) > box.height() + metrics.height()
    heights = {cards.rowHeight(number) for number in range(5)}
    assert len(heights) > 2
