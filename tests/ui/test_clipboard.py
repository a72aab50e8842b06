"""What is copied out of the program goes from the clipboard after a minute; what others put there stays."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit, QWidget

from tests.ui.bot import Bot
from ui import clipboard

TEXT = "欧阳小满 13912345678"
MINUTE = 60_000


@pytest.fixture(autouse=True)
def board(qtbot: Bot) -> Iterator[QClipboard]:
    """The clipboard, empty and followed."""
    made = QGuiApplication.clipboard()
    made.clear()
    clipboard.clipboard().empty()
    yield made
    clipboard.clipboard().empty()
    made.clear()


def a_minute_later() -> None:
    """Without waiting for it."""
    timer = clipboard.clipboard().timer
    assert timer.interval() == MINUTE
    if timer.isActive():
        timer.timeout.emit()


def line() -> QLineEdit:
    made = QLineEdit(TEXT)
    made.selectAll()
    return made


def words() -> QLabel:
    made = QLabel(TEXT)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSelection(0, len(TEXT))
    return made


def plain() -> QPlainTextEdit:
    made = QPlainTextEdit(f"{TEXT}\n第二行")
    made.selectAll()
    return made


def rich() -> QTextEdit:
    made = QTextEdit(TEXT)
    made.moveCursor(QTextCursor.MoveOperation.Start)
    made.moveCursor(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    return made


def number() -> QSpinBox:
    made = QSpinBox()
    made.setMaximum(99_999)
    made.setValue(12_345)
    made.selectAll()
    return made


@pytest.mark.parametrize(
    ("make", "key"),
    [
        *((make, Qt.Key.Key_C) for make in (line, words, plain, rich, number)),
        *((make, Qt.Key.Key_X) for make in (line, plain, rich, number)),
    ],
)
def test_what_is_copied_by_hand_goes_after_a_minute(
    qtbot: Bot, board: QClipboard, make: Callable[[], QWidget], key: Qt.Key
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    QTest.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier)
    assert board.text() != ""
    assert clipboard.clipboard().timer.isActive()
    a_minute_later()
    assert board.text() == ""


def test_what_others_put_there_stays(qtbot: Bot, board: QClipboard) -> None:
    field = line()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    board.setText("of another program")
    assert not clipboard.clipboard().timer.isActive()
    field.copy()
    board.setText("of another program")  # within the minute
    a_minute_later()
    assert board.text() == "of another program"


def test_what_the_system_says_is_ours_goes_wherever_it_was_copied(
    board: QClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    board.setText(TEXT)
    assert clipboard.clipboard().timer.isActive()
    a_minute_later()
    assert board.text() == ""


def test_a_report_without_a_customer_stays(board: QClipboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    clipboard.put(TEXT)
    clipboard.leave("a report")
    assert not clipboard.clipboard().timer.isActive()
    clipboard.empty()
    assert board.text() == "a report"
