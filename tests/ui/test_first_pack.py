"""From the first start to the printed paper of the week: at most ten actions; a drop, a passphrase, a click count one each."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import bot
from tests.ui.conftest import PASSPHRASE, write_list
from tests.ui.printing import PrinterQuestion
from ui.app import Program
from ui.pages.imports.page import ImportsPage
from ui.pages.week.page import WeekPage
from ui.widgets import preview as preview_module
from ui.widgets.pack_preview import PackPreview

BANK = Path(__file__).parents[3] / "shared" / "data" / "bank"
MOST = 10


class Person:
    """Does what a person does, and counts it."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot, self._program = qtbot, program
        self.actions = 0

    def waits(self) -> None:
        self._qtbot.waitUntil(lambda: not self._program.tasks.busy)

    def types_a_passphrase(self, words: str) -> None:
        door = self._program.ask()
        door.first.setText(words)
        door.again.setText(words)
        self._qtbot.keyClick(door.again, Qt.Key.Key_Return)
        self.actions += 1
        self._qtbot.waitUntil(lambda: self._program.window is not None)
        self.waits()

    def drops(self, paths: list[Path]) -> None:
        assert self._program.window is not None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(400, 300), action, data, Qt.MouseButton.LeftButton, none)
        self._program.window.dropEvent(event)
        self.actions += 1
        self.waits()

    def clicks(self, button: QPushButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.actions += 1
        self.waits()


def walk(person: Person, program: Program, files: list[Path]) -> PackPreview:
    """The way of a new user; the preview that was printed from."""
    person.types_a_passphrase(PASSPHRASE)
    window = program.window
    assert window is not None
    person.drops(files)
    imports = window.pages["imports"]
    assert isinstance(imports, ImportsPage)
    person.clicks(imports.commit_button)
    assert f"已写入 {len(files)} 个文件" in imports.result.text()
    person.clicks(imports.week_button)
    week = window.pages["week"]
    assert isinstance(week, WeekPage)
    assert window.current == "week"
    person.clicks(week.plan_actions.confirm_button)
    person.clicks(week.plan_actions.print_button)
    preview = week.findChild(PackPreview)
    assert isinstance(preview, PackPreview)
    person.clicks(preview.print_button)
    question = preview.findChild(PrinterQuestion)
    assert isinstance(question, PrinterQuestion)
    person.clicks(question.go)
    return preview


@pytest.fixture
def person(
    start: Callable[[Path], Program], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Person, Program]:
    monkeypatch.setattr(preview_module, "QPrintDialog", PrinterQuestion)
    monkeypatch.setattr(PrinterQuestion, "folder", tmp_path)
    monkeypatch.setattr(PrinterQuestion, "files", [])
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    program = start(tmp_path / "新账本.book")
    return Person(qtbot, program), program


def printed_pages() -> int:
    (path,) = PrinterQuestion.files
    return len(pypdfium2.PdfDocument(path.read_bytes()))


def test_seven_months_take_at_most_ten_actions(
    person: tuple[Person, Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    files = []
    for month in range(4, 11):
        people: list[tuple[object, ...]] = []
        for number in range(16):
            aum = 30_000.0 * (number + 1) * (0.3 if month == 10 and number % 4 == 0 else 1)
            people.append(
                (f"00001{number:05}", f"客户{'甲乙丙丁'[number % 4]}{number}", f"138{number:08}", aum, aum)
            )
        title = f"个人客户资产月报(2026年{month}月{30 if month in (4, 6, 9) else 31}日)"
        files.append(write_list(tmp_path / f"名单_2026{month:02}.xlsx", people, title))
    someone, program = person
    preview = walk(someone, program, files[::-1])
    assert someone.actions <= MOST
    assert program.workbench is not None
    assert program.workbench.insight.summary().months == tuple(f"2026-{month:02}" for month in range(4, 11))
    assert not program.workbench.outreach.plan().draft
    assert printed_pages() == len(preview.sheets) >= 2


@pytest.mark.long
@pytest.mark.skipif(not BANK.is_dir(), reason="the bank's lists are not here")
def test_the_seven_months_of_the_bank_take_at_most_ten_actions(
    person: tuple[Person, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "_MILLISECONDS", 1_800_000)  # all seven are one wait
    someone, program = person
    walk(someone, program, sorted(BANK.glob("*.xlsx")))
    assert someone.actions <= MOST
    assert printed_pages() >= 2
