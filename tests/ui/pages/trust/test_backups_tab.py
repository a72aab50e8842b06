"""A backup made by itself is restored through the window on a second start, and a damaged book is salvaged with a report."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db import book_key
from db.engine import Book
from db.tables import customers
from tests.books import new_book
from ui.app import Program
from ui.pages.trust.backups_tab import BackupsTab
from ui.pages.trust.restore_dialog import RestoreDialog
from ui.tabbed_page import TabbedPage
from workbench.app import Workbench
from workbench.trust.backups import FOLDER

PASSPHRASE = "secret 2026"
Start = Callable[[Path], Program]


@pytest.fixture(autouse=True)
def _no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A book with one customer."""
    path = tmp_path / "客户账本.book"
    with new_book(path, PASSPHRASE) as book, book.write("import", "x") as writer:
        writer.insert(customers, [{"customer_no": "1", "name": "王小明"}])
    return path


def tab_of(qtbot: QtBot, program: Program) -> BackupsTab:
    """The tab in front, read."""
    assert program.window is not None
    page = program.window.open_page("trust", "backups")
    assert isinstance(page, TabbedPage)
    tab = page.tab("backups")
    assert isinstance(tab, BackupsTab)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    return tab


def numbers(path: Path) -> list[str]:
    with Book.open(path, PASSPHRASE) as book, book.read() as conn:
        return list(conn.execute(select(customers.c.customer_no).order_by(customers.c.id)).scalars())


def test_a_backup_made_on_leaving_is_restored_at_the_second_start(
    qtbot: QtBot, start: Start, place: Path
) -> None:
    first = start(place)
    first.enter(Workbench.open(place, PASSPHRASE))
    first.leave()
    made = place.parent / FOLDER / "客户账本-每日-2026-11-16.book"
    assert made.exists()
    with Book.open(place, PASSPHRASE) as book, book.write("import", "名单") as writer:
        writer.insert(customers, [{"customer_no": "2", "name": "李"}])

    second = start(place)
    second.enter(Workbench.open(place, PASSPHRASE))
    tab = tab_of(qtbot, second)
    assert [one.path for one in tab.lines] == [made]
    tab.table.setFocus()
    tab.restore()
    dialog = tab.dialog
    assert isinstance(dialog, RestoreDialog)
    qtbot.waitUntil(lambda: dialog.difference is not None)
    assert "会少 1 位客户" in dialog.details.text()
    dialog.go.click()
    door = second.door
    assert door is not None
    qtbot.waitUntil(lambda: "已恢复备份" in door.fault.text())
    door.first.setText(PASSPHRASE)
    door.accept_words()
    qtbot.waitUntil(lambda: second.window is not None)
    assert second.workbench is not None
    with second.workbench.book.read() as conn:
        assert conn.execute(select(customers.c.customer_no)).scalars().all() == ["1"]
    second.close()
    (kept,) = place.parent.glob("*.replaced.*.book")
    assert numbers(kept) == ["1", "2"]


def test_what_kept_the_backup_from_being_made_is_said_at_the_next_opening(
    qtbot: QtBot, start: Start, place: Path
) -> None:
    (place.parent / FOLDER).write_text("a file has the folder's name")
    first = start(place)
    first.enter(Workbench.open(place, PASSPHRASE))
    first.leave()
    assert first.workbench is None
    second = start(place)
    second.enter(Workbench.open(place, PASSPHRASE))
    assert second.window is not None
    assert "没有自动备份成" in second.window.notice.words.text()
    assert second.pc.backup_trouble == ""


def test_a_damaged_book_is_salvaged_with_a_report_and_the_look_finds_it(
    qtbot: QtBot, start: Start, place: Path, tmp_path: Path
) -> None:
    damaged, target = tmp_path / "坏.book", tmp_path / "新.book"
    shutil.copyfile(place, damaged)
    content = bytearray(damaged.read_bytes())
    content[book_key.SALT_BYTES + 40] ^= 1  # the first page: it opens no more
    damaged.write_bytes(content)
    program = start(place)
    program.enter(Workbench.open(place, PASSPHRASE))
    tab = tab_of(qtbot, program)
    tab.look_through()
    qtbot.waitUntil(lambda: "完好" in tab.outcome.text())
    tab.salvage(damaged, target, PASSPHRASE)
    qtbot.waitUntil(lambda: "已抢救到" in tab.outcome.text())
    assert "1 页损坏" in tab.outcome.text()
    assert "没有发现缺失" in tab.outcome.text()
    assert numbers(target) == ["1"]


def test_the_door_offers_a_damaged_book_its_rescue(qtbot: QtBot, start: Start, place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[book_key.SALT_BYTES + 40] ^= 1
    place.write_bytes(content)
    program = start(place)
    door = program.ask()
    door.first.setText(PASSPHRASE)
    door.accept_words()
    qtbot.waitUntil(lambda: door.rescue.isVisible())
    door.rescue.rescue.click()
    qtbot.waitUntil(lambda: "已抢救到" in door.rescue.words.text())
    new = place.with_name("客户账本-抢救.book")
    assert door.path == new
    assert door.first.text() == PASSPHRASE
    assert numbers(new) == ["1"]
