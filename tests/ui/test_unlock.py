"""The door of the window: a new book at the first start, the passphrase later, one sentence when it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.books import empty_file, new_workbench
from ui.app import Program
from ui.pages.settings.page import SettingsPage
from ui.pages.week.page import WeekPage
from ui.recovery_offer import RecoveryOffer
from ui.widgets.saving import FilePlace
from workbench.app import Workbench
from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError
from workbench.base.pc import SAMPLE_PASSPHRASE
from workbench.base.settings import SAMPLE

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


def test_a_passphrase_too_weak_is_refused_with_what_to_do(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = tmp_path / "新账本.book"
    program = start(path)
    door = program.ask()
    for field in (door.first, door.again):
        qtbot.keyClicks(field, "abc")
    qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "太弱" in door.fault.text())
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


def test_a_kept_passphrase_that_opens_no_more_is_kept_no_longer_and_counts_as_no_try(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = empty_file(tmp_path / "客户账本.book", "secret 2026")
    gone: list[Path] = []
    monkeypatch.setattr("ui.unlock.remembered", lambda _path: "of last year 2025")
    monkeypatch.setattr("workbench.base.keys.forget", gone.append)
    for _time in range(4):
        program = start(path)
        door = program.ask()
        qtbot.waitUntil(lambda door=door: "记住的口令打不开" in door.fault.text())
        assert door.isEnabled()
        assert door.go.isEnabled()
        door.activateWindow()
        qtbot.waitUntil(door.first.hasFocus)
    assert set(gone) == {path}
    qtbot.keyClicks(door.first, "secret 2026")
    qtbot.keyClick(door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)


def test_a_book_open_in_another_window_is_refused(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = tmp_path / "客户账本.book"
    with new_workbench(path, "secret 2026"):
        program = start(path)
        door = program.ask()
        qtbot.keyClicks(door.first, "secret 2026")
        qtbot.mouseClick(door.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "另一个窗口" in door.fault.text())


def test_the_first_start_offers_the_sample_branch_and_marks_it_as_one(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(_progress: Progress) -> Workbench:
        sample = new_workbench(tmp_path / "样本支行.book", SAMPLE_PASSPHRASE)
        sample.set(SAMPLE, True)
        return sample

    monkeypatch.setattr("ui.widgets.sample_offer._sample", made)
    program = start(tmp_path / "客户账本.book")
    before = program.pc.last_book
    door = program.ask()
    assert door.sample.isVisible()
    qtbot.mouseClick(door.sample.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    assert program.window is not None
    assert "虚构数据" in program.window.windowTitle()
    assert "虚构数据" in program.window.navigation.book.text()
    assert program.pc.last_book == before, "the next start asks for a book of one's own"
    assert not (tmp_path / "客户账本.book").exists()


def test_books_opened_before_are_offered_at_the_door_and_in_the_settings(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    mine, other = tmp_path / "甲.book", tmp_path / "乙.book"
    for path in (mine, other):
        empty_file(path, "secret 2026")
    program = start(mine)
    program.pc.recent = [str(mine), str(other)]
    door = program.ask()
    assert not door.sample.isVisible()
    qtbot.waitUntil(door.recent.isVisible)
    (line,) = door.recent.findChildren(QPushButton)
    line.click()
    assert door.path == other
    door.first.setText("secret 2026")
    door.accept_words()
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    assert program.window is not None
    settings = program.window.open_page("settings")
    assert isinstance(settings, SettingsPage)
    qtbot.waitUntil(lambda: not settings.recent.isHidden())
    settings.recent.findChildren(QPushButton)[0].click()
    assert program.window is None
    assert program.door is not None
    assert program.door.path == mine


def test_a_wrong_passphrase_of_the_sample_is_said_and_its_own_stays_with_it(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = tmp_path / "样本支行.book"
    empty_file(sample, SAMPLE_PASSPHRASE)
    monkeypatch.setattr("ui.unlock.sample_book", lambda: sample)
    door = start(sample).ask()
    assert door.first.text() == SAMPLE_PASSPHRASE
    door.first.setText("not this one")
    door.accept_words()
    qtbot.waitUntil(lambda: "口令不对" in door.fault.text())
    door.point(tmp_path / "我的.book")
    assert door.first.text() == ""


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "客户账本.book"
    with new_workbench(path, "secret 2026") as bench:
        code = bench.vault.new_recovery().text
    program = start(path)
    door = program.ask()
    qtbot.mouseClick(door.forgotten, Qt.MouseButton.LeftButton)
    assert door.code.isVisible()
    door.code.setText("0" + code[1:] if code[0] != "0" else "1" + code[1:])
    for field in (door.first, door.again):
        qtbot.keyClicks(field, "quiet river 88 lamp")
    assert "强度" in door.strength.text()
    qtbot.keyClick(door.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "第 1 组抄错了" in door.fault.text())
    door.code.setText(code.lower().replace("-", " "))
    qtbot.keyClick(door.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    program.lock()
    Workbench.open(path, "quiet river 88 lamp").close()
    with pytest.raises(WorkbenchError, match="口令不对"):
        Workbench.open(path, "secret 2026")


def test_after_three_wrong_passphrases_the_door_waits(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = empty_file(tmp_path / "客户账本.book", "secret 2026")
    for _time in range(3):
        with pytest.raises(WorkbenchError, match="口令不对"):
            Workbench.open(path, "wrong")
    door = start(path).ask()
    qtbot.keyClicks(door.first, "secret 2026")
    qtbot.keyClick(door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "还要等" in door.fault.text())
    assert not door.go.isEnabled()
    assert "秒" in door.go.text()
    for _second in range(10):
        door.waits.clock.timeout.emit()
    assert door.go.isEnabled()
    assert door.go.text() == "打开"


def test_a_new_book_offers_its_recovery_sheet_and_may_keep_no_identity_numbers(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sheet = tmp_path / "新账本.book", tmp_path / "恢复单.pdf"
    program = start(path)
    door = program.ask()
    door.no_ids.setChecked(True)
    for field in (door.first, door.again):
        qtbot.keyClicks(field, "quiet river 88 lamp")
    qtbot.keyClick(door.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    assert program.window is not None
    offer = program.window.findChild(RecoveryOffer)
    assert isinstance(offer, RecoveryOffer)
    assert offer.isVisible()
    monkeypatch.setattr("ui.recovery_offer.ask_place", lambda *_of: FilePlace(sheet, replace=False))
    qtbot.mouseClick(offer.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not offer.isVisible())
    assert sheet.read_bytes().startswith(b"%PDF")
    bench = program.workbench
    assert bench is not None
    assert bench.vault.recovery_since() is not None
    assert bench.settings()["id_numbers"] == "hash"
