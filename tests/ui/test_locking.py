"""The window is locked and unlocked as a person does it: the worker opens the book, the window closes it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.books import empty_file
from tests.ui.bot import delivered
from ui import clipboard
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.pages.trust.keys_tab import KeysTab
from ui.pages.trust.page import TrustPage
from ui.unlock import UnlockDialog
from ui.widgets.approval import ApprovalDialog
from ui.widgets.lock_dialog import LockDialog
from workbench.app import Workbench
from workbench.base import i18n
from workbench.base.errors import WorkbenchError
from workbench.trust.ledger import LedgerFilter

#: typed by keys, so of ASCII
PASSPHRASE = "secret 2026"
NEW = "quiet river 88 lamp"
Start = Callable[[Path], Program]


@pytest.fixture(autouse=True)
def _no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("ui.unlock.remembered", lambda _path: None)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A book without customers."""
    path = tmp_path / "客户账本.book"
    empty_file(path, PASSPHRASE)
    return path


def unlock(qtbot: QtBot, program: Program) -> None:
    """Type the passphrase; a sentence at the door fails."""
    door = program.door
    assert door is not None
    qtbot.keyClicks(door.first, PASSPHRASE)
    qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
    # the door goes with the event that opens the window: its words are read only while it stands
    qtbot.waitUntil(lambda: program.window is not None or bool(door.fault.text()))
    assert program.window is not None, door.fault.text()
    qtbot.waitUntil(lambda: not program.tasks.busy)


def entered(qtbot: QtBot, start: Start, book: Path) -> tuple[Program, MainWindow]:
    """The program with its window, after the passphrase was typed at the door."""
    program = start(book)
    program.ask()
    unlock(qtbot, program)
    assert program.window is not None
    return program, program.window


def doors() -> int:
    delivered()
    return sum(isinstance(one, UnlockDialog) for one in QApplication.topLevelWidgets())


def enter_again(qtbot: QtBot, program: Program, passphrase: str = PASSPHRASE) -> None:
    """Type a passphrase at the door of the locked window."""
    door = program.locked_door
    assert door is not None
    door.first.clear()
    qtbot.keyClicks(door.first, passphrase)
    qtbot.keyClick(door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.locked_door is None or bool(door.fault.text()))


def in_sight() -> list[str]:
    """The windows that can be seen: on the screen, whatever the widget says."""
    return [
        type(one).__name__
        for one in QApplication.topLevelWidgets()
        if (shown := one.windowHandle()) is not None and shown.isVisible()
    ]


def test_locked_by_hand_or_by_time_nothing_is_seen_and_everything_is_there_again(
    qtbot: QtBot, start: Start, empty: Path
) -> None:
    program, window = entered(qtbot, start, empty)
    note = QDialog(window)
    field = QLineEdit(note)
    note.open()
    qtbot.keyClicks(field, "half a sentence")
    seen = sorted(in_sight())
    for lock in ("button", "key", "idle"):
        if lock == "button":
            qtbot.mouseClick(window.lock_button, Qt.MouseButton.LeftButton)
        elif lock == "key":
            window.lock_requested.emit()
            window.lock_requested.emit()  # pressed twice
        else:
            program._idle.setInterval(1)
            qtbot.waitUntil(lambda: program.cover.on)
        assert in_sight() == ["LockedDoor"]
        late = QMessageBox(window)
        late.open()  # a job that ends behind the door
        delivered()
        assert in_sight() == ["LockedDoor"]
        enter_again(qtbot, program, "not it 2026")
        assert in_sight() == ["LockedDoor"]
        enter_again(qtbot, program)
        assert program.window is window
        assert late.isVisible()
        late.close()
        assert sorted(in_sight()) == seen
        assert field.text() == "half a sentence"


def test_a_passphrase_that_was_typed_is_not_there_for_whoever_unlocks(
    qtbot: QtBot, start: Start, empty: Path, tmp_path: Path
) -> None:
    program, window = entered(qtbot, start, empty)
    page = window.open_page("trust")
    assert isinstance(page, TrustPage)
    page.place("keys")
    keys = page.findChild(KeysTab)
    assert isinstance(keys, KeysTab)
    of_file = LockDialog(tmp_path / "名单.xlsx", window)
    of_file.open()
    approval = ApprovalDialog(window.workbench, program.tasks, "超过 500 行", of_file)
    approval.open()
    secrets = (keys.old, keys.new, keys.again, of_file.first, of_file.second)
    for field in secrets:
        field.setText("Shu7-hai-88")
    approval.reason.setText("分行检查")
    window.lock_requested.emit()
    enter_again(qtbot, program)
    assert [field.text() for field in secrets] == [""] * 5
    of_file.first.undo()
    assert of_file.first.text() == ""
    assert of_file.isVisible()
    assert approval.reason.text() == "分行检查"


def test_a_supervisor_is_asked_for_behind_the_door_not_over_it(
    qtbot: QtBot, start: Start, empty: Path
) -> None:
    program, window = entered(qtbot, start, empty)
    window.lock_requested.emit()
    assert program.tasks.ask_approval is not None
    done: list[str] = []
    program.tasks.ask_approval(
        WorkbenchError("needs_approval", "超过 500 行"), lambda: done.append("again"), lambda: None
    )
    delivered()
    assert in_sight() == ["LockedDoor"]
    enter_again(qtbot, program)
    delivered()
    (dialog,) = window.findChildren(ApprovalDialog)
    assert dialog.isVisible()
    dialog.by.setText("王主管")
    dialog.reason.setText("分行检查要名单")
    dialog.yes.click()
    assert done == ["again"]


def test_a_question_that_is_open_goes_with_the_book(
    qtbot: QtBot, start: Start, empty: Path, tmp_path: Path
) -> None:
    program, window = entered(qtbot, start, empty)
    of_file = LockDialog(tmp_path / "名单.xlsx", window)
    of_file.open()
    approval = ApprovalDialog(window.workbench, program.tasks, "超过 500 行", of_file)
    approval.open()
    program.hide_all()
    assert program.locked_door is not None
    qtbot.mouseClick(program.locked_door.shut, Qt.MouseButton.LeftButton)
    delivered()
    assert in_sight() == ["UnlockDialog"]
    assert not isValid(of_file)
    assert not isValid(approval)


def test_wrong_passphrases_at_the_locked_door_count_down_and_the_recovery_code_opens_it(
    qtbot: QtBot, start: Start, empty: Path
) -> None:
    program, _window = entered(qtbot, start, empty)
    assert program.workbench is not None
    code = program.workbench.vault.new_recovery().text
    program.hide_all()
    door = program.locked_door
    assert door is not None
    for _time in range(3):
        assert door.go.isEnabled()
        enter_again(qtbot, program, "not it 2026")
        qtbot.waitUntil(door.isEnabled)
    assert not door.go.isEnabled()
    assert door.go.text() == "请等 5 秒"
    door.first.setText(PASSPHRASE)
    door.try_words()  # by Enter
    assert door.isEnabled()
    for _second in range(5):
        door.waits.clock.timeout.emit()
    assert (door.go.isEnabled(), door.go.text()) == (True, "解锁")
    door.waits.begin(5)

    qtbot.mouseClick(door.forgotten, Qt.MouseButton.LeftButton)
    assert door.first.text() == ""
    assert door.code.hasFocus()
    door.code.setText("1" + code[1:] if code[0] != "1" else "2" + code[1:])
    door.first.setText(NEW)
    door.go.click()
    assert "不一样" in door.fault.text()
    door.again.setText(NEW)
    door.go.click()
    qtbot.waitUntil(lambda: "第 1 组抄错了" in door.fault.text())
    assert program.locked_door is door
    door.code.setText(code.lower().replace("-", " "))
    door.go.click()
    qtbot.waitUntil(lambda: program.locked_door is None)
    assert program.workbench.vault.fits(NEW)
    assert not program.workbench.vault.fits(PASSPHRASE)
    lines = program.workbench.ledger.lines(LedgerFilter())
    assert next(one.words for one in lines if one.code == "login").startswith("用恢复码")
    assert any(one.code == "failed_login" and "3 次" in one.words for one in lines)


def test_what_was_copied_goes_with_the_lock_and_what_somebody_else_copied_stays(
    qtbot: QtBot, start: Start, empty: Path
) -> None:
    program, _window = entered(qtbot, start, empty)
    for ours in (True, False):
        clipboard.put("138 0013 8000")
        if not ours:
            QGuiApplication.clipboard().setText("of another program")
        program.hide_all()
        assert QGuiApplication.clipboard().text() == ("" if ours else "of another program")
        enter_again(qtbot, program)
    clipboard.put("138 0013 8000")
    assert clipboard.clipboard().timer.isActive()
    clipboard.clipboard().timer.timeout.emit()  # a minute later
    assert QGuiApplication.clipboard().text() == ""


def test_a_book_that_is_closed_at_the_locked_door_may_be_opened_by_another_process(
    qtbot: QtBot, start: Start, empty: Path
) -> None:
    program = start(empty)
    program.ask()
    before = doors()
    unlock(qtbot, program)
    program.hide_all()
    assert program.locked_door is not None
    qtbot.mouseClick(program.locked_door.shut, Qt.MouseButton.LeftButton)
    assert program.workbench is None
    assert program.locked_door is None
    assert doors() == before
    Workbench.open(empty, PASSPHRASE).close()


def test_remains_of_a_creation_are_told_and_replaced(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.book"
    path.write_bytes(os.urandom(4096))
    program = start(path)
    door = program.ask()
    assert door.new
    assert "没有做完" in door.words.text()
    qtbot.keyClicks(door.again, PASSPHRASE)
    unlock(qtbot, program)
    assert program.window is not None
    assert "unfinished" in program.window.notice.words.text()
    assert [one.stat().st_size for one in tmp_path.glob("a.unfinished.book")] == [4096]


def test_what_cannot_be_a_book_is_told_at_the_door(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    door = start(tmp_path).ask()
    assert "不是普通文件" in door.fault.text()
    qtbot.keyClicks(door.first, PASSPHRASE)
    qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "不是普通文件" in door.fault.text())


def test_settings_that_cannot_be_kept_cost_a_sentence_and_not_the_window(
    qtbot: QtBot, start: Start, empty: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "file"))
    program, window = entered(qtbot, start, empty)
    assert "没有记住" in window.notice.words.text()
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    page._language_chosen("en")
    assert i18n.language() == "en"
    assert program.window is not window
    box = QApplication.activeModalWidget()
    assert box is not None
    box.close()
    program.lock()
    unlock(qtbot, program)


def test_a_window_that_cannot_be_shown_gives_the_book_back(
    qtbot: QtBot, start: Start, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the book stays open with nobody to close it, and can be opened by nobody else."""
    program = start(empty)
    program.ask()
    with monkeypatch.context() as patch:
        patch.setattr("workbench.app.book_settings", lambda _book: 1 / 0)
        door = program.door
        assert door is not None
        qtbot.keyClicks(door.first, PASSPHRASE)
        qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: program.door is not None and program.door is not door)
    box = QApplication.activeModalWidget()
    assert box is not None
    box.close()
    assert program.workbench is None
    unlock(qtbot, program)
