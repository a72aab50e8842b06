"""A question that is waited for comes back after a lock, and is given up when the book is closed at the locked door."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

import ui
from tests.books import empty_file
from ui.app import Program
from ui.file_questions import accepted, existing_file, existing_files, existing_folder, new_file
from ui.locked_door import LockedDoor
from ui.main_window import MainWindow
from workbench.app import Workbench

PASSPHRASE = "secret 2026"
Step = Callable[[], bool]


@pytest.fixture
def program(start: Callable[[Path], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program on a book without customers."""
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    path = empty_file(tmp_path / "客户账本.book", PASSPHRASE)
    running = start(path)
    running.enter(Workbench.open(path, PASSPHRASE))
    return running


class Driver:
    """Takes one step after the other, each until it answers that it is done, in whatever event loop runs."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)
        self._timer = QTimer()
        self._timer.timeout.connect(self._go)
        self._timer.start(1)

    def _go(self) -> None:
        if self._steps and self._steps[0]():
            del self._steps[0]

    @property
    def done(self) -> bool:
        return not self._steps


def front() -> QDialog | None:
    """The question in front."""
    modal = QApplication.activeModalWidget()
    return modal if isinstance(modal, QDialog) else None


def locks(program: Program, kind: type[QDialog]) -> Step:
    def step() -> bool:
        if not isinstance(front(), kind):
            return False
        program._idle.setInterval(1)
        program._idle.timeout.emit()
        return program.cover.on

    return step


def unlocks(program: Program) -> Step:
    def step() -> bool:
        door = program.locked_door
        shown = [
            one for one in QApplication.topLevelWidgets() if (up := one.windowHandle()) and up.isVisible()
        ]
        if door is None or shown != [door]:
            return False
        door.first.setText(PASSPHRASE)
        door.go.click()
        return True

    return step


def chooses(program: Program, place: Path) -> Step:
    def step() -> bool:
        dialog = front()
        if program.cover.on or not isinstance(dialog, QFileDialog):
            return False
        (line,) = dialog.findChildren(QLineEdit)
        line.setText(str(place))
        dialog.accept()
        return True

    return step


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def test_every_question_for_a_place_comes_back(program: Program, tmp_path: Path) -> None:
    window, there = window_of(program), tmp_path / "名单.xlsx"
    there.touch()
    new = tmp_path / "新的.xlsx"
    asked_for: tuple[tuple[Callable[[], object], Path, object], ...] = (
        (lambda: existing_file(window, "选", str(tmp_path), "x (*.xlsx)"), there, str(there)),
        (lambda: existing_files(window, "选", str(tmp_path), "x (*.xlsx)"), there, [str(there)]),
        (lambda: new_file(window, "存", str(tmp_path), "x (*.xlsx)"), new, (str(new), "x (*.xlsx)")),
        (lambda: existing_folder(window, "放"), tmp_path, str(tmp_path)),
    )
    for ask, place, answer in asked_for:
        driver = Driver(locks(program, QFileDialog), unlocks(program), chooses(program, place))
        assert ask() == answer
        assert driver.done
        assert front() is None


def test_one_that_a_job_asks_behind_the_door_waits_for_it(program: Program, tmp_path: Path) -> None:
    window, there = window_of(program), tmp_path / "名单.xlsx"
    there.touch()
    program.hide_all()
    driver = Driver(unlocks(program), chooses(program, there))
    assert existing_file(window, "选", str(tmp_path), "x (*.xlsx)") == str(there)
    assert driver.done


def test_our_own_comes_back_with_what_was_typed(program: Program) -> None:
    box = QDialog(window_of(program))
    note = QLineEdit(box)
    note.setText("half a sentence")

    def answers() -> bool:
        if program.cover.on or front() is not box:
            return False
        assert box.isVisible()
        assert note.text() == "half a sentence"
        box.accept()
        return True

    driver = Driver(locks(program, QDialog), unlocks(program), answers)
    assert accepted(box)
    assert driver.done
    assert not box.isVisible()


@pytest.mark.parametrize("own", [False, True])
def test_it_is_given_up_with_the_book(qtbot: QtBot, program: Program, tmp_path: Path, own: bool) -> None:
    window = window_of(program)

    def closes() -> bool:
        door = front()
        if not isinstance(door, LockedDoor):
            return False
        door.shut.click()
        return True

    driver = Driver(locks(program, QMessageBox if own else QFileDialog), closes)
    if own:
        assert not accepted(QMessageBox(window))
    else:
        assert existing_file(window, "选", str(tmp_path), "x (*.xlsx)") == ""
    assert driver.done
    assert program.workbench is None
    qtbot.waitUntil(lambda: program.door is not None and program.door.isVisible())


def test_nobody_else_waits_for_a_dialog() -> None:
    """What is hidden by a lock ends its `exec`: everything that is waited for goes through `file_questions`."""
    folder = Path(ui.__file__).parent
    waiting = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"QFileDialog\.get|(?<!app)(?<!loop)\.exec\(\)", path.read_text("utf-8"))
    ]
    assert waiting == ["file_questions.py"]
