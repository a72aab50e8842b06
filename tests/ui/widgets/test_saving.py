"""Where a file is written: the system asks before another file goes, and a book goes never."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.books import empty_file
from tests.ui.conftest import PASSPHRASE
from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.widgets.preview import PreviewDialog
from ui.widgets.saving import FilePlace, ask_place
from workbench.app import Workbench


@pytest.mark.parametrize(
    ("chosen", "place"),
    [
        ("", None),
        ("week.pdf", FilePlace(Path("week.pdf"), replace=True)),
        ("week", FilePlace(Path("week.pdf"), replace=False)),
        ("报告 v1.2", FilePlace(Path("报告 v1.2.pdf"), replace=False)),
    ],
)
def test_only_a_name_that_the_system_asked_about_may_be_replaced(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: str, place: FilePlace | None
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (chosen, ""))
    over = QWidget()
    qtbot.addWidget(over)
    assert ask_place(over, "存", "week.pdf", "PDF (*.pdf)", ".pdf") == place


def test_a_backup_over_a_book_is_refused_in_words_and_the_next_name_is_free(
    window: MainWindow, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "别人的.book"
    empty_file(other, PASSPHRASE)
    before = other.read_bytes()
    asked: list[str] = []

    def choose(_over: QWidget, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(other), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    assert page.primary is not None
    page.primary.click()
    settle()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "是一个客户账本" in box.text()
    box.close()
    assert other.read_bytes() == before
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / asked[0]), ""))
    page.primary.click()
    settle()
    assert asked[0] in page.saved.text()
    with Workbench.open(tmp_path / asked[0], PASSPHRASE) as copy:
        assert copy.book.fingerprint() == window.workbench.book.fingerprint()


def test_printing_into_a_book_is_refused(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    page = window.pages["week"]
    page.print_plan()  # type: ignore[attr-defined]
    preview = page.findChild(PreviewDialog)
    assert isinstance(preview, PreviewDialog)
    settle()
    other = tmp_path / "别人的.book"
    empty_file(other, PASSPHRASE)
    before = other.read_bytes()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(other))
    preview.print_on(printer)
    settle()
    assert other.read_bytes() == before
    preview.close()


@pytest.mark.parametrize(
    ("suggested", "asked"),
    [
        ("../../周报.pdf", "_.._周报.pdf"), ("CON.pdf", "_CON.pdf"), ("甲/乙: 丙.pdf", "甲_乙_ 丙.pdf"),
        ("周\u202e报.pdf", "周报.pdf"), ("/home/a/周报.v2.pdf", "/home/a/周报.v2.pdf"), ("/home/a/aux.pdf", "/home/a/_aux.pdf"),
    ],
)  # fmt: skip
def test_what_is_suggested_is_one_file_in_the_folder(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, suggested: str, asked: str
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (seen.append(given[2]), ("", ""))[1])
    over = QWidget()
    qtbot.addWidget(over)
    ask_place(over, "存", suggested, "PDF (*.pdf)", ".pdf")
    assert seen == [asked]
