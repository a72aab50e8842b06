"""What a page shows at the moment: one place at a time, and the wait is said only when it lasts."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.bot import Bot
from ui.widgets.parts import EmptyState
from ui.widgets.stage import PageStage


@pytest.fixture
def again() -> list[int]:
    """How often the page was computed again."""
    return []


@pytest.fixture
def stage(qtbot: Bot, again: list[int]) -> PageStage:
    made = PageStage(
        QLabel("内容"), EmptyState("还没有客户。"), (QLabel("没有符合的"),), lambda: again.append(1)
    )
    qtbot.addWidget(made)
    made.show()
    return made


def words(stage: PageStage) -> str:
    """What the place in front says."""
    front = stage.currentWidget()
    return " ".join(one.text() for one in [front, *front.findChildren(QLabel)] if isinstance(one, QLabel))


def test_a_page_waits_until_it_is_read(stage: PageStage) -> None:
    assert stage.waits
    assert not stage.holds
    stage.show_content()
    assert words(stage) == "内容"
    assert stage.holds
    assert not stage.waits


def test_a_place_of_the_pages_own_holds_too_and_the_empty_state_does_not(stage: PageStage) -> None:
    stage.show_other(stage.widget(2))
    assert words(stage) == "没有符合的"
    assert stage.holds
    stage.show_nothing()
    assert words(stage) == "还没有客户。"
    assert not stage.holds


def test_a_wait_is_said_only_when_it_lasts(qtbot: Bot, stage: PageStage) -> None:
    stage.show_content()
    stage.show_waiting("正在计算层级")
    assert stage.waits
    assert not stage.waiting.doing.isVisible(), "most reads are quicker than a word"
    qtbot.waitUntil(stage.waiting.doing.isVisible)
    assert stage.waiting.doing.text() == "正在计算层级"


def test_a_stopped_page_says_why_and_can_be_computed_again(stage: PageStage, again: list[int]) -> None:
    stage.show_stopped("已停止计算,账本没有改动。")
    assert "账本没有改动" in words(stage)
    assert not stage.holds
    button = stage.stopped.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()
    assert again == [1]


def test_it_asks_for_a_few_lines_whatever_it_holds(stage: PageStage) -> None:
    tall = QLabel("一行\n" * 200)
    stage.addWidget(tall)
    stage.show_content()
    least = stage.minimumSizeHint().height()
    assert least < tall.minimumSizeHint().height(), "what is not in front"
    assert stage.sizeHint().height() == least, "else the page scrolls with its heading, and the content in it"
    assert not stage.hasHeightForWidth()
