"""The whole Monday, and Friday, by keyboard alone: import, confirm, print, log contacts, tick the rows."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered
from tests.ui.conftest import write_list
from tests.ui.printing import PrinterQuestion
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.imports.page import ImportsPage
from ui.pages.plan.page import PlanPage
from ui.pages.week.page import WeekPage
from ui.recovery_offer import RecoveryOffer
from ui.statement_dialog import StatementDialog
from ui.widgets import preview as preview_module
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.pack_preview import PackPreview
from workbench.outreach.editing import rows

PASSPHRASE = "correct-horse-battery-7"
MONDAY, FRIDAY = "2026-11-16", "2026-11-20"
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


class Keyboard:
    """Presses keys where the keyboard is; after each the keyboard is somewhere that can be seen."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot, self._program = qtbot, program

    @property
    def at(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard is nowhere"
        assert focused.isVisible()
        return focused

    def press(self, key: Key, held: Qt.KeyboardModifier = NONE) -> QWidget:
        self._qtbot.keyClick(self.at, key, held)
        self._qtbot.waitUntil(lambda: not self._program.tasks.busy)
        delivered()
        if (
            QApplication.activeWindow() is None
        ):  # a desktop hands the keyboard back to the window below a dialog
            below = QApplication.activeModalWidget() or self._program.window
            assert below is not None
            below.activateWindow()
            self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return self.at

    def arrives_at(self, wanted: QWidget) -> None:
        """Wait for a question that was opened to take the keyboard."""
        self._qtbot.waitUntil(wanted.hasFocus)

    def types(self, text: str) -> None:
        self._qtbot.keyClicks(self.at, text)

    def tab_to(self, wanted: QWidget) -> None:
        for _step in range(40):
            if self.at is wanted:
                return
            self.press(Key.Key_Tab)
        raise AssertionError("Tab does not lead there")


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    """Three months of forty customers, of whom ten lost most of their money in the last."""
    made = []
    for month, last in ((8, 31), (9, 30), (10, 31)):
        people: list[tuple[object, ...]] = []
        for number in range(40):
            aum = 40_000.0 * (number + 1) * (0.3 if month == 10 and number % 4 == 0 else 1)
            people.append((f"00001{number:05}", f"客户{number}", f"138{number:08}", aum, aum))
        title = f"个人客户资产月报(2026年{month}月{last}日)"
        made.append(write_list(tmp_path / f"list_2026{month:02}.xlsx", people, title))
    return made


@pytest.fixture
def keyboard(
    start: Callable[[Path], Program],
    qtbot: QtBot,
    tmp_path: Path,
    lists: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Keyboard, MainWindow]:
    """A new book behind its passphrase, typed."""
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAY)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(one) for one in lists], ""))
    monkeypatch.setattr(preview_module, "QPrintDialog", PrinterQuestion)
    monkeypatch.setattr(PrinterQuestion, "folder", tmp_path)
    monkeypatch.setattr(PrinterQuestion, "files", [])
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    program = start(tmp_path / "new.book")
    keys = Keyboard(qtbot, program)
    door = program.ask()
    door.activateWindow()
    qtbot.waitUntil(door.first.hasFocus)
    keys.types(PASSPHRASE)
    keys.press(Key.Key_Tab)
    keys.types(PASSPHRASE)
    qtbot.keyClick(keys.at, Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)
    assert program.window is not None
    program.window.activateWindow()
    for offer in (RecoveryOffer, StatementDialog):  # what a new book asks first is put off
        qtbot.waitUntil(lambda kind=offer: isinstance(QApplication.activeModalWidget(), kind))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        keys.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    return keys, program.window


def imported(keys: Keyboard, window: MainWindow) -> None:
    """Ctrl+I, choose, write all of them."""
    keys.press(Key.Key_I, CTRL)
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    assert keys.at is page.place_for_files.choose
    keys.press(Key.Key_Space)
    assert keys.at is page.commit_button
    keys.press(Key.Key_Return, CTRL)
    assert window.workbench.insight.summary().months == ("2026-08", "2026-09", "2026-10")
    assert keys.at is page.week_button


def confirmed_and_printed(keys: Keyboard, window: MainWindow) -> WeekPage:
    """Enter to the week, Ctrl+Enter confirms, Enter prints, Esc comes back."""
    keys.press(Key.Key_Return)
    week = window.pages["week"]
    assert isinstance(week, WeekPage)
    assert keys.at is week.first.list
    keys.press(Key.Key_Return, CTRL)
    assert not window.workbench.outreach.plan().draft
    assert keys.at is week.plan_actions.print_button
    keys.press(Key.Key_Return)
    preview = week.findChild(PackPreview)
    assert isinstance(preview, PackPreview)
    assert keys.at is preview.print_button
    keys.press(Key.Key_Return)
    question = preview.findChild(PrinterQuestion)
    assert isinstance(question, PrinterQuestion)
    keys.arrives_at(question.go)
    keys.press(Key.Key_Return)
    (paper,) = PrinterQuestion.files
    assert len(pypdfium2.PdfDocument(paper.read_bytes())) == len(preview.sheets)
    keys.press(Key.Key_Escape)
    assert week.isAncestorOf(keys.at)
    return week


def test_monday_by_keyboard_alone(
    keyboard: tuple[Keyboard, MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, window = keyboard
    imported(keys, window)
    week = confirmed_and_printed(keys, window)

    # a contact with the first of the day: who he is stands there, two digits and Enter
    keys.tab_to(week.first.list)
    first = week.first.list.table.row(0)
    assert not first.done
    keys.press(Key.Key_N, CTRL)
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    assert dialog.customer_no == first.customer_no
    keys.press(Key.Key_1)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Return)
    assert keys.at is week.first.list
    shown = week.first.list.table
    ticked = {row.customer_no: row.done for row in map(shown.row, range(shown.rowCount()))}
    assert ticked.pop(first.customer_no)
    assert not any(ticked.values())

    # a word of a row is mended, a customer moved up
    keys.press(Key.Key_4, CTRL)
    plan = window.pages["plan"]
    assert isinstance(plan, PlanPage)
    assert keys.at is plan.lines
    keys.press(Key.Key_Return)
    assert keys.at is plan.row.words
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    keys.types("by hand")
    keys.press(Key.Key_Return)
    assert window.workbench.outreach.plan().quick_wins[0].basis == "by hand"
    assert keys.at is plan.row.words
    keys.tab_to(plan.people)
    before = [plan.people.table.row(n).person.customer_no for n in range(2)]
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [plan.people.table.row(n).person.customer_no for n in range(2)] == before[::-1]

    # Friday: a digit for each row
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)
    keys.press(Key.Key_1, CTRL)
    keys.press(Key.Key_4, CTRL)
    assert keys.at is plan.lines
    keys.press(Key.Key_Home)
    ends = ("done", "half", "missed:no_time", "missed:postponed", "done", "done", "half", "done", "done")
    digits = {
        "done": Key.Key_1,
        "half": Key.Key_2,
        "missed:no_time": Key.Key_6,
        "missed:postponed": Key.Key_7,
    }
    for end in ends:
        keys.press(digits[end])
        keys.press(Key.Key_Down)
    stored = rows(window.workbench.outreach.plan())
    assert tuple(item.result for item in stored.values()) == ends
    keys.press(Key.Key_Z, CTRL)
    assert rows(window.workbench.outreach.plan())["1-1"].result == "", "the last tick is taken back"
