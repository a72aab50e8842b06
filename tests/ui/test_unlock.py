"""The door of the window: a new book at the first start, the passphrase later, one sentence when it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.books import empty_file, new_workbench
from ui.app import Program
from ui.pages.week.page import WeekPage

Start = Callable[[Path], Program]


@pytest.fixture(autouse=True)
def _no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setattr("ui.unlock.remembered", lambda _path: None)


def test_the_first_start_makes_a_book_and_shows_how_to_fill_it(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "新账本.book"
    program = start(path)
    door = program.ask()
    qtbot.keyClicks(door.first, "secret 2026")
    qtbot.keyClicks(door.again, "secret 2027")
    qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
    assert "不一样" in door.fault.text()
    assert not path.exists()

    door.again.clear()
    qtbot.keyClicks(door.again, "secret 2026")
    qtbot.keyClick(door.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    assert path.exists()
    assert program.window is not None
    page = program.window.pages["week"]
    assert isinstance(page, WeekPage)
    assert page.content.currentWidget() is page.content.nothing
    assert page.primary is not None
    assert not page.primary.isEnabled()


def test_a_wrong_passphrase_is_one_sentence_and_the_right_one_still_opens(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "客户账本.book"
    empty_file(path, "secret 2026")
    program = start(path)
    door = program.ask()
    assert not door.again.isVisible()
    qtbot.keyClicks(door.first, "wrong")
    qtbot.keyClick(door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "口令不对" in door.fault.text())
    assert program.window is None

    qtbot.keyClicks(door.first, "secret 2026")
    qtbot.keyClick(door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)


def test_a_passphrase_too_short_is_refused_with_what_to_do(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "新账本.book"
    program = start(path)
    door = program.ask()
    for field in (door.first, door.again):
        qtbot.keyClicks(field, "abc")
    qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "6" in door.fault.text())
    assert not path.exists()


def test_a_passphrase_kept_in_the_key_ring_opens_by_itself(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "客户账本.book"
    empty_file(path, "secret 2026")
    monkeypatch.setattr("ui.unlock.remembered", lambda _path: "secret 2026")
    program = start(path)
    program.ask()
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)


def test_a_book_open_in_another_window_is_refused(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = tmp_path / "客户账本.book"
    with new_workbench(path, "secret 2026"):
        program = start(path)
        door = program.ask()
        qtbot.keyClicks(door.first, "secret 2026")
        qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "另一个窗口" in door.fault.text())
