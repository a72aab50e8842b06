"""The strip that says what was written, taken back or done again, with the way back or forth beside it."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.bot import Bot
from ui.steps import Steps
from ui.tasks import Tasks
from ui.widgets.notice import Notice
from workbench.base.change import Change

CONTACT = Change(frozenset({"touches"}), 1, 7)


@pytest.fixture
def window(qtbot: Bot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def steps(tasks: Tasks) -> Steps:
    return Steps(tasks)


@pytest.fixture
def notice(window: QWidget, steps: Steps) -> Notice:
    return Notice(window, steps)


def test_a_write_is_said_with_its_undo_at_the_bottom_of_the_window(notice: Notice, window: QWidget) -> None:
    assert not notice.isVisible()
    notice.tell(CONTACT, "已记下这次联系。")
    assert notice.isVisible()
    assert notice.words.text() == "已记下这次联系。"
    assert (notice.undo.isVisible(), notice.redo.isVisible()) == (True, False)
    assert notice.geometry().bottom() < window.height()
    assert abs(notice.geometry().center().x() - window.width() // 2) <= 1
    window.resize(600, 400)
    notice.settle()
    assert notice.geometry().bottom() < 400


def test_words_that_are_too_long_for_the_window_take_several_lines(notice: Notice, window: QWidget) -> None:
    notice.tell(CONTACT, "不能撤销:" * 40)
    assert notice.geometry().left() >= 0
    assert notice.geometry().right() < window.width()
    assert notice.words.height() > 2 * notice.words.fontMetrics().height()


def test_what_was_taken_back_offers_to_do_it_again_and_the_other_way_round(
    notice: Notice, steps: Steps
) -> None:
    steps.undone.emit("已撤销:登记联系。")
    assert (notice.undo.isVisible(), notice.redo.isVisible()) == (False, True)
    steps.redone.emit(CONTACT, "已重做:登记联系。")
    assert notice.words.text() == "已重做:登记联系。"
    assert (notice.undo.isVisible(), notice.redo.isVisible()) == (True, False)


def test_a_saved_file_and_a_refusal_offer_nothing(notice: Notice) -> None:
    notice.tell(Change.nothing(), "已存到 计划.pdf")
    assert (notice.undo.isVisible(), notice.redo.isVisible()) == (False, False)
    notice.ask_undo()
    assert "没有可以撤销" in notice.words.text()
    assert notice.isVisible()
    assert (notice.undo.isVisible(), notice.redo.isVisible()) == (False, False)
