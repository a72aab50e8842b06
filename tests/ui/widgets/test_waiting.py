"""The waiting pane tells the time left once it can be told, and stops telling when it is given up."""

from pytestqt.qtbot import QtBot

from ui.widgets.waiting import Waiting, left_words


def test_the_time_left_is_told_only_when_enough_is_done() -> None:
    assert left_words(0.5, 0.3, 0.7) == ""
    assert left_words(5.0, 0.01, 0.99) == ""
    assert left_words(10.0, 0.5, 0.5) == "还要约 10 秒"
    assert left_words(100.0, 0.25, 0.75) == "还要约 5 分钟"


def test_the_time_left_counts_from_the_share_at_which_the_work_began(qtbot: QtBot) -> None:
    now = 0.0
    waiting = Waiting(clock=lambda: now)
    qtbot.addWidget(waiting)
    waiting.start("正在写入账本")
    waiting.tell(0.7, "写入“客户清单”")
    now = 6.0
    waiting.tell(0.8, "")
    assert waiting.progress.value() == 80
    assert waiting.doing.text() == "写入“客户清单”"
    assert waiting.left.text() == "还要约 12 秒"


def test_a_cancelled_wait_says_so_until_it_ends(qtbot: QtBot) -> None:
    waiting = Waiting()
    qtbot.addWidget(waiting)
    waiting.start("正在读取 名单.xlsx")
    with qtbot.waitSignal(waiting.cancelled):
        waiting.cancel_button.click()
    waiting.tell(0.5, "第 1,000 行")
    assert waiting.doing.text() == "正在取消…"
    assert not waiting.cancel_button.isEnabled()
