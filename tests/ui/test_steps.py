"""The way back and forth through the writes of a session: said is what was undone, also in another window."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from db.errors import BookError
from ui.app import Program
from ui.main_window import MainWindow
from ui.steps import Steps
from ui.tasks import Tasks
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import use_language

Settle = Callable[[], None]


class _Book:
    """A book of which only the changes are looked at."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.fault: WorkbenchError | None = None

    def _do(self, how: str, number: int) -> Change:
        self.calls.append((how, number))
        if self.fault is not None:
            raise self.fault
        return Change(frozenset({"touches"}), 1, None)

    def undo(self, number: int) -> Change:
        return self._do("undo", number)

    def redo(self, number: int) -> Change:
        return self._do("redo", number)

    def change_words(self, number: int) -> str:
        return f"第 {number} 步"


class _Trial:
    """Steps over such a book, and what they said."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        self._qtbot, self._tasks = qtbot, tasks
        self.book, self.steps = _Book(), Steps(tasks)
        self.steps.begin(self.book)  # type: ignore[arg-type]
        self.words: list[str] = []
        self.errors: list[Exception] = []
        self.steps.undone.connect(self.words.append)
        self.steps.redone.connect(lambda _change, words: self.words.append(words))
        self.steps.refused.connect(self.words.append)
        tasks.failed.connect(self.errors.append)

    def wrote(self, number: int | None) -> None:
        self._tasks.wrote.emit(Change(frozenset({"touches"}), 1, number), "已写入一笔。")

    def undo(self) -> None:
        self.steps.undo()
        self._qtbot.waitUntil(lambda: not self._tasks.busy)

    def redo(self) -> None:
        self.steps.redo()
        self._qtbot.waitUntil(lambda: not self._tasks.busy)


@pytest.fixture
def trial(qtbot: QtBot, tasks: Tasks) -> _Trial:
    return _Trial(qtbot, tasks)


def test_steps_are_taken_back_from_the_last_and_done_again_in_their_order(trial: _Trial) -> None:
    for number in (1, 2, 3):
        trial.wrote(number)
    trial.undo()
    trial.undo()
    trial.redo()
    trial.undo()
    assert trial.book.calls == [("undo", 3), ("undo", 2), ("redo", 2), ("undo", 2)]
    assert trial.words == ["已撤销:第 3 步。", "已撤销:第 2 步。", "已重做:第 2 步。", "已撤销:第 2 步。"]


def test_after_a_new_write_nothing_is_done_again(trial: _Trial) -> None:
    trial.wrote(1)
    trial.undo()
    trial.wrote(2)
    trial.redo()
    assert trial.book.calls == [("undo", 1)]
    assert "没有可以重做" in trial.words[-1]


def test_a_step_without_a_way_back_is_said_once_before_the_one_behind_it_is_taken_back(trial: _Trial) -> None:
    trial.wrote(1)
    trial.wrote(None)
    trial.undo()
    assert trial.book.calls == []
    assert trial.words[-1].startswith("不能撤销:已写入一笔。")
    trial.undo()
    assert trial.book.calls == [("undo", 1)]
    trial.undo()
    assert "没有可以撤销" in trial.words[-1]


def test_a_refused_undo_can_be_asked_for_again_and_one_done_elsewhere_is_passed_over(trial: _Trial) -> None:
    trial.wrote(1)
    trial.wrote(2)
    trial.book.fault = WorkbenchError("changed_later", "后来又改过。", "先撤销后来的。")
    trial.undo()
    trial.undo()
    assert trial.book.calls == [("undo", 2), ("undo", 2)]
    assert [str(error) for error in trial.errors] == [str(trial.book.fault)] * 2
    trial.book.fault = WorkbenchError("state", "已经撤销过了。", "")
    trial.undo()
    assert trial.words == [trial.book.fault.sentence()]
    trial.book.fault = None
    trial.undo()
    assert trial.book.calls[-1] == ("undo", 1)


def test_a_saved_file_is_no_step_and_another_book_begins_anew(trial: _Trial) -> None:
    trial.wrote(1)
    trial._tasks.wrote.emit(Change.nothing(), "已存到 计划.pdf")
    trial.undo()
    assert trial.book.calls == [("undo", 1)]
    trial.wrote(2)
    trial.steps.begin(None)
    trial.undo()
    trial.redo()
    assert trial.book.calls == [("undo", 1)]


def test_an_undo_that_the_disk_refuses_is_told_and_the_step_is_still_there(
    program: Program, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = window.workbench
    before = workbench.settings().get("manager")
    program.tasks.write(lambda: workbench.set("manager", "李经理"), words="已存。")
    settle()

    def full(*_of: object, **_how: object) -> None:
        raise BookError("disk_full", path="a.book")

    with monkeypatch.context() as patch:
        patch.setattr(workbench.book, "reverse", full)
        window.notice.ask_undo()
        settle()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text().startswith("没有撤销:磁盘空间不足")
    box.close()
    assert workbench.settings().get("manager") == "李经理"
    program.steps.undo()
    settle()
    assert workbench.settings().get("manager") == before


def test_undo_and_redo_survive_another_language_and_theme(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    workbench = window.workbench
    number = workbench.insight.ranking(limit=1)[0].customer_no
    before = len(workbench.insight.portrait(number).touches)

    def contacts() -> int:
        return len(workbench.insight.portrait(number).touches) - before

    def words() -> str:
        assert program.window is not None
        settle()
        return program.window.notice.words.text()

    program.tasks.write(
        lambda: workbench.outreach.log_touch(number, channel="call", result="reached"), words="已记下"
    )
    settle()
    assert contacts() == 1
    try:
        program.pc.language, program.pc.theme = "en", "dark"
        program.rebuild()
        settle()
        assert program.window is not None
        assert program.window is not window
        program.window.notice.ask_undo()
        undone = words()
        assert contacts() == 0
        assert number[-4:] in undone
        assert number not in undone
        program.pc.language, program.pc.theme = "zh", "light"
        program.rebuild()
        settle()
        program.window.notice.ask_redo()
        assert words().startswith("已重做:登记联系(")
        assert contacts() == 1
    finally:
        use_language("zh")
