"""The small pieces: plain text always, layouts that are emptied, two halves that turn where they do not fit."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from tests.ui.bot import Bot, delivered
from ui.widgets.parts import (
    Card,
    EmptyState,
    SideBySide,
    ask,
    beside,
    button,
    column,
    date_edit,
    empty,
    flow,
    label,
    light_label,
    row,
    tells_nothing,
)
from workbench.base.errors import WorkbenchError


def test_a_cell_is_never_markup(qtbot: Bot) -> None:
    made = label("<b>林秀英</b> <img src='x'>", "red")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == "<b>林秀英</b> <img src='x'>"


def test_a_button_passes_no_state_on_and_is_no_default(qtbot: Bot) -> None:
    calls: list[str] = []
    made = button("记下", lambda: calls.append("pressed"), "link", tip="Enter")
    qtbot.addWidget(made)
    made.click()
    assert calls == ["pressed"]
    assert not made.autoDefault()
    assert made.toolTip() == "Enter"


def test_a_light_is_a_shape_with_a_word_for_who_cannot_see_it(qtbot: Bot) -> None:
    made = light_label("orange", "橙灯")
    qtbot.addWidget(made)
    shape, word = made.findChildren(QLabel)
    assert not shape.pixmap().isNull()
    assert word.text() == made.accessibleName() == "橙灯"


def test_a_date_is_shown_as_it_is_stored(qtbot: Bot) -> None:
    made = date_edit(dt.date(2026, 11, 6))
    qtbot.addWidget(made)
    assert made.text() == "2026-11-06"


def test_emptying_a_layout_takes_inner_layouts_along(qtbot: Bot) -> None:
    card = Card("标题")
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("a"))
    inner = row(QLabel("b"), None, column(QLabel("c"), 4))
    card.body.addLayout(inner)
    card.show()
    card.clear()
    delivered()
    assert card.body.count() == 0
    assert [one.text() for one in card.findChildren(QLabel)] == ["标题", ""], "heading and note stay"
    empty(card.body)


def test_an_empty_state_has_a_button_only_where_something_can_be_done(qtbot: Bot) -> None:
    calls: list[int] = []
    with_act = EmptyState("还没有名单。", "去导入名单", lambda: calls.append(1))
    without = EmptyState("没有客户。")
    for made in (with_act, without):
        qtbot.addWidget(made)
    with_act.findChildren(QPushButton)[0].click()
    assert calls == [1]
    assert without.findChildren(QPushButton) == []


@pytest.mark.parametrize(
    ("error", "nothing"),
    [
        (WorkbenchError("no_data", "没有数据。", ""), True),
        (WorkbenchError("bad_expression", "写错了。", ""), False),
        (ValueError("no_data"), False),
    ],
)
def test_only_a_book_without_lists_is_empty_rather_than_at_fault(error: Exception, nothing: bool) -> None:
    assert tells_nothing(error) is nothing


@pytest.mark.parametrize(("role", "calls"), [("accept", 1), ("reject", 0)])
@pytest.mark.parametrize("no", ["不删", ""])
def test_a_question_acts_on_yes_only(qtbot: Bot, role: str, calls: int, no: str) -> None:
    over, done = QWidget(), []
    qtbot.addWidget(over)
    box = ask(over, "删除", "删除名单?", "可以撤销。", "删除", no, lambda: done.append(1))
    assert (box.text(), box.informativeText()) == ("删除名单?", "可以撤销。")
    yes = next(one for one in box.buttons() if one.text() == "删除")
    other = next(one for one in box.buttons() if one is not yes)
    assert box.buttonRole(other) == QMessageBox.ButtonRole.RejectRole
    (yes if role == "accept" else other).click()
    assert len(done) == calls


def half(width: int, height: int = 40) -> QWidget:
    """A widget that is cut off below this size."""
    made, inside = QWidget(), QWidget()
    inside.setMinimumSize(width, height)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return made


def shown(qtbot: Bot, pair: SideBySide, width: int) -> QWidget:
    """A page that is filled by the pair."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(pair)
    page.resize(width, 500)
    page.show()
    delivered()
    return page


def test_two_halves_turn_where_they_do_not_fit_and_back(qtbot: Bot) -> None:
    left, right = half(200), half(150, 260)
    pair = beside(left, right, (400, 300), (1, 1))
    page = shown(qtbot, pair, 700)
    assert pair.orientation() == Qt.Orientation.Horizontal
    page.resize(359, 500)  # the handle between them needs 10 pixels
    delivered()
    assert pair.orientation() == Qt.Orientation.Vertical
    assert (left.minimumHeight(), right.minimumHeight()) == (200, 260), "neither is squeezed"
    assert pair.minimumSizeHint().width() == 200
    page.resize(360, 500)
    delivered()
    assert pair.orientation() == Qt.Orientation.Horizontal
    assert (left.minimumHeight(), right.minimumHeight()) == (40, 260), "as much as its parts need"


def test_halves_are_as_high_as_their_words_in_their_width(qtbot: Bot) -> None:
    left, right = QWidget(), half(150)
    words = label("一二三四五六七八九十" * 20, wrap=True)
    left.setLayout(column(words, None))
    page = shown(qtbot, beside(left, right, (200, 300), (0, 1)), 600)
    page.resize(600, 60)
    delivered()
    assert words.height() >= words.heightForWidth(words.width())


def test_halves_turn_when_one_needs_more_than_before(qtbot: Bot) -> None:
    left = half(200)
    pair = beside(left, half(150), (400, 300), (1, 1))
    page = shown(qtbot, pair, 400)
    assert pair.orientation() == Qt.Orientation.Horizontal
    more = QWidget()
    more.setMinimumWidth(300)
    layout = left.layout()
    assert layout is not None
    layout.addWidget(more)
    delivered()
    delivered()
    assert page.width() == 400
    assert pair.orientation() == Qt.Orientation.Vertical


def test_what_scrolls_is_measured_by_its_content(qtbot: Bot) -> None:
    area = flow(column(half(320)))
    pair = beside(area, half(150), (400, 300), (1, 1))
    page = shown(qtbot, pair, 480)
    assert page.width() == 480
    assert pair.orientation() == Qt.Orientation.Vertical, (
        "320, a scroll bar, a handle and 150 are more than 480"
    )
    assert area.minimumHeight() == 200
