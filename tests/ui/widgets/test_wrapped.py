"""Widgets laid out like words, and tiles in as many columns as fit."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.bot import Bot, delivered
from ui.widgets.parts import label
from ui.widgets.wrapped import Strip, Tiles, Wrapped, together


def block(width: int = 60, height: int = 20) -> QWidget:
    """A widget of a fixed size."""
    made = QWidget()
    made.setFixedSize(width, height)
    return made


def strip(qtbot: Bot, *widgets: QWidget, width: int = 200) -> Strip:
    """A strip with a gap of 4 pixels on the screen."""
    made = Strip(*widgets)
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    delivered()
    return made


def inside(qtbot: Bot, tiles: Tiles, width: int) -> QWidget:
    """Tiles within something larger: a window of their own would be as wide as all of them."""
    room = QWidget()
    qtbot.addWidget(room)
    tiles.setParent(room)
    tiles.resize(width, 400)
    room.show()
    delivered()
    return room


def places(widgets: list[QWidget]) -> list[tuple[int, int]]:
    return [(one.x(), one.y()) for one in widgets]


def test_a_full_line_is_followed_by_another(qtbot: Bot) -> None:
    blocks = [block() for _number in range(4)]
    shown = strip(qtbot, *blocks)
    assert places(blocks) == [(0, 0), (64, 0), (128, 0), (0, 24)]
    assert shown.heightForWidth(200) == 44
    assert shown.heightForWidth(60) == 4 * 20 + 3 * 4, "one below another"
    assert shown.heightForWidth(252) == 20, "the gap after the last block needs no room"
    assert shown.heightForWidth(251) == 44


def test_a_line_is_as_high_as_its_highest_widget_and_all_stand_in_its_middle(qtbot: Bot) -> None:
    blocks = [block(height=50), block(), block(120), block()]
    shown = strip(qtbot, *blocks)
    assert places(blocks) == [(0, 0), (64, 15), (0, 54), (124, 54)]
    assert shown.heightForWidth(200) == 74


def test_a_strip_wants_one_line_and_needs_its_widest_widget(qtbot: Bot) -> None:
    shown = strip(qtbot, block(), block(90, 30), block())
    layout = shown.layout()
    assert isinstance(layout, Wrapped)
    assert (layout.sizeHint().width(), layout.sizeHint().height()) == (64 + 94 + 60, 30)
    assert (layout.minimumSize().width(), layout.minimumSize().height()) == (90, 30)


def test_words_break_only_where_a_whole_line_is_too_short_for_them(qtbot: Bot) -> None:
    words = label("一位客户可以属于几类;主客群只有一个。", "second", wrap=True)
    shown = strip(qtbot, words, width=600)
    line = words.fontMetrics().height()
    assert words.height() < 2 * line
    shown.resize(120, 300)
    delivered()
    assert words.width() <= 120
    assert words.height() >= 2 * line


def test_a_strip_that_is_emptied_takes_no_room(qtbot: Bot) -> None:
    shown = strip(qtbot, block(), block())
    shown.clear()
    delivered()
    assert shown.findChildren(QLabel) == []
    assert shown.heightForWidth(200) == 0
    later = block()
    shown.add(later)
    delivered()
    assert shown.heightForWidth(200) == 20
    assert later.isVisible()


def test_the_layout_ends_where_its_items_do(qtbot: Bot) -> None:
    shown = strip(qtbot, block(), block())
    layout = shown.layout()
    assert isinstance(layout, Wrapped)
    assert layout.itemAt(-1) is None
    assert layout.itemAt(2) is None
    first = layout.takeAt(0)
    assert first is not None
    assert layout.count() == 1
    assert layout.takeAt(1) is None
    layout.setGeometry(QRect(0, 0, 200, 40))


def test_a_field_stays_beside_the_word_before_it(qtbot: Bot) -> None:
    word, field = block(40), block(100)
    pair = together(word, field)
    shown = strip(qtbot, block(150), pair, width=200)
    assert pair.y() > 0, "the pair moves to the next line as one"
    assert word.y() == field.y()
    assert word.x() < field.x()
    assert shown.heightForWidth(400) == 20


@pytest.mark.parametrize(("width", "across"), [(430, 4), (429, 2), (210, 2), (209, 1), (50, 1)])
def test_tiles_stand_in_equal_lines(qtbot: Bot, width: int, across: int) -> None:
    tiles = [block(100, 30) for _number in range(4)]
    room = inside(qtbot, Tiles(tiles, 4, 100), width)
    assert room.isVisible()
    assert len({one.x() for one in tiles}) == across
    assert len({one.y() for one in tiles}) == 4 // across


def test_five_tiles_make_three_and_two_where_there_is_no_room_for_all(qtbot: Bot) -> None:
    tiles = [block(100, 30) for _number in range(5)]
    room = inside(qtbot, Tiles(tiles, 5, 100), 430)
    assert room.isVisible()
    assert [one.y() for one in tiles].count(tiles[0].y()) == 3


def test_tiles_are_as_wide_as_their_widest_needs(qtbot: Bot) -> None:
    wide = QLabel("资产月日均" * 8)
    shown = Tiles([QLabel("a"), wide], 2, 50)
    room = inside(qtbot, shown, wide.minimumSizeHint().width() * 2)
    assert room.isVisible()
    assert wide.y() > 0, "two of that width and the gap do not fit"
    assert shown.minimumSizeHint().width() == wide.minimumSizeHint().width()
