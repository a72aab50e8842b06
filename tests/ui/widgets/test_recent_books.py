"""The books opened lately: those that still lie there, each a way to open it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.bot import Bot
from ui.tasks import Tasks
from ui.widgets.recent_books import RecentBooks
from workbench.base.pc import PcSettings


def test_books_that_are_gone_and_the_one_in_hand_are_left_out(
    qtbot: Bot, qapp: QApplication, tasks: Tasks, tmp_path: Path
) -> None:
    here, other, gone = (tmp_path / f"{name}.book" for name in ("甲", "乙", "丙"))
    for path in (here, other):
        path.touch()
    books = RecentBooks(tasks)
    chosen: list[Path] = []
    books.chosen.connect(chosen.append)
    assert books.isHidden()
    books.show_books([str(here), str(gone), str(other)], here)
    qtbot.waitUntil(lambda: not books.isHidden())
    (line,) = books.findChildren(QPushButton)
    assert line.text() == "乙"
    line.click()
    assert chosen == [other]
    books.show_books([str(here), str(gone)], here)
    qtbot.waitUntil(books.isHidden)
    # who has no book in hand is told which one is missing
    books.show_books([str(here), str(gone)], here, name_gone=True)
    qtbot.waitUntil(lambda: not books.isHidden())
    assert not books.findChildren(QPushButton)
    assert any(str(gone) in one.text() for one in books.findChildren(QLabel))


def test_the_latest_book_stands_first_and_once_and_a_sample_is_not_what_opens_next(tmp_path: Path) -> None:
    pc = PcSettings()
    for name in ("甲", "乙", "甲"):
        pc.opened(tmp_path / name)
    assert pc.recent == [str(tmp_path / "甲"), str(tmp_path / "乙")]
    pc.opened(tmp_path / "样本", next_time=False)
    assert pc.recent[0] == str(tmp_path / "样本")
    assert pc.last_book == str(tmp_path / "甲")
    for number in range(9):
        pc.opened(tmp_path / str(number))
    assert len(pc.recent) == 6
