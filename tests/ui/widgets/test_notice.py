"""The strip that says what was written: the way back is there once, also after its words have faded."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.bot import Bot
from ui.widgets.notice import Notice
from workbench.base.change import Change

CONTACT = Change(frozenset({"touches"}), 1, 7)
LIST = Change(frozenset({"lists"}), 1, 8)
FINAL = Change(frozenset({"audit"}), 1, None)


@pytest.fixture
def window(qtbot: Bot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def notice(window: QWidget) -> Notice:
    return Notice(window)


@pytest.fixture
def requested(notice: Notice) -> list[Change]:
    """The changes whose undo was requested."""
    changes: list[Change] = []
    notice.undo_requested.connect(changes.append)
    return changes


def test_a_write_is_said_with_its_undo_at_the_bottom_of_the_window(notice: Notice, window: QWidget) -> None:
    assert not notice.isVisible()
    notice.tell(CONTACT, "已记下这次联系。")
    assert notice.isVisible()
    assert notice.words.text() == "已记下这次联系。"
    assert notice.undo.isVisible()
    assert notice.geometry().bottom() < window.height()
    assert abs(notice.geometry().center().x() - window.width() // 2) <= 1
    window.resize(600, 400)
    notice.settle()
    assert notice.geometry().bottom() < 400


def test_the_undo_is_requested_once(notice: Notice, requested: list[Change]) -> None:
    notice.tell(CONTACT, "已记下这次联系。")
    notice.undo.click()
    notice.ask_undo()
    assert requested == [CONTACT]
    assert not notice.isVisible()


def test_faded_words_and_a_saved_file_leave_the_way_back(notice: Notice, requested: list[Change]) -> None:
    notice.tell(CONTACT, "已记下这次联系。")
    notice.hide()
    notice.tell(Change.nothing(), "已存到 计划.pdf")
    assert not notice.undo.isVisible(), "a file is not taken back"
    notice.ask_undo()
    assert requested == [CONTACT]


def test_what_cannot_be_undone_offers_nothing(notice: Notice, requested: list[Change]) -> None:
    notice.tell(CONTACT, "已记下这次联系。")
    notice.tell(FINAL, "已登记。")
    assert not notice.undo.isVisible()
    notice.ask_undo()
    assert requested == [], "the last write is meant, not the one before"


def test_an_undo_that_failed_is_offered_again_unless_something_newer_was_written(
    notice: Notice, requested: list[Change]
) -> None:
    notice.tell(CONTACT, "已记下这次联系。")
    notice.ask_undo()
    notice.keep(CONTACT)
    notice.ask_undo()
    assert requested == [CONTACT, CONTACT]
    notice.tell(LIST, "已保存名单。")
    notice.keep(CONTACT)
    notice.ask_undo()
    assert requested[2:] == [LIST]
