"""Cards packed in columns so that the page is as short as it can be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.bot import Bot, delivered
from ui.pages.portrait.columns import GAP, CardColumns
from ui.widgets.parts import Card, column

ROOM = 620


def card(height: int) -> Card:
    """A card of about this height at any width, whose content takes the keyboard."""
    made, content = Card(), QWidget()
    content.setObjectName(str(height))
    content.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    content.setFixedHeight(height - 20)
    made.body.addWidget(content)
    content.show()  # what was never shown takes no room
    return made


def page(qtbot: Bot, columns: CardColumns) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    whole = column()
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addLayout(columns.side, 1)
    made.setLayout(whole)
    made.resize(ROOM, 800)
    made.show()
    delivered()
    return made


def across(cards: list[Card]) -> list[int]:
    """The column of each card, counted from the left."""
    lefts = sorted({one.x() for one in cards})
    return [lefts.index(one.x()) for one in cards]


def test_loose_cards_go_where_the_page_stays_shortest(qtbot: Bot) -> None:
    fixed, loose = [[card(100)], [card(200)]], [card(90), card(80), card(120)]
    columns = CardColumns()
    columns.place(fixed, loose, ROOM)
    shown = page(qtbot, columns)
    # 100 + 80 + 120 beside 200 + 90: every other placing is higher
    assert across([*fixed[0], *fixed[1], *loose]) == [0, 1, 1, 0, 0]
    assert loose[1].y() == fixed[0][0].geometry().bottom() + 1 + GAP
    assert shown.isVisible()


def test_columns_share_the_width(qtbot: Bot) -> None:
    fixed = [[card(100)], [card(100)], [card(100)]]
    columns = CardColumns()
    columns.place(fixed, [], ROOM)
    shown = page(qtbot, columns)
    widths = [cards[0].width() for cards in fixed]
    assert max(widths) - min(widths) <= 1
    assert sum(widths) + 2 * GAP == shown.width()


def test_cards_are_placed_anew_without_being_lost(qtbot: Bot) -> None:
    cards = [card(100) for _number in range(4)]
    columns = CardColumns()
    columns.place([cards[:1], cards[1:2]], cards[2:], ROOM)
    shown = page(qtbot, columns)
    assert sorted(across(cards)) == [0, 0, 1, 1]
    columns.place([cards[:1]], cards[1:], ROOM)
    delivered()
    assert across(cards) == [0, 0, 0, 0]
    assert all(one.isVisible() for one in cards)
    assert cards[0].width() == shown.width(), "the columns of before leave no room behind"
    assert [one.y() for one in cards] == sorted(one.y() for one in cards)
    assert shown.isVisible()


def test_tab_goes_down_one_column_after_the_other(qtbot: Bot) -> None:
    left, right, loose = card(100), card(300), card(50)
    columns = CardColumns()
    columns.place([[left], [right]], [loose], ROOM)
    shown = page(qtbot, columns)
    columns.place([[left, right]], [loose], ROOM)
    delivered()
    shown.activateWindow()
    first = left.findChild(QWidget, "100")
    assert first is not None
    first.setFocus()
    order = [first.objectName()]
    for _step in range(2):
        shown.focusNextChild()
        focused = shown.focusWidget()
        assert focused is not None
        order.append(focused.objectName())
    assert order == ["100", "300", "50"]
