"""Alt and a letter press a button: the initial of its words, each letter once, shown while Alt is held."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.key_tips import initial, letters, pressable, wishes
from ui.main_window import MainWindow
from ui.widgets.contact.dialog import TouchDialog

Settle = Callable[[], None]


@pytest.mark.parametrize(
    ("sign", "letter"),
    [
        ("打", "D"),
        ("啊", "A"),
        ("座", "Z"),
        ("确", "Q"),
        ("p", "P"),
        ("5", ""),
        ("…", ""),
        ("‹", ""),
        ("亍", ""),
    ],
)
def test_a_sign_begins_with_the_letter_of_its_sound(sign: str, letter: str) -> None:
    assert initial(sign) == letter


def test_a_button_wishes_the_first_letters_of_its_words() -> None:
    assert list(wishes("打印草稿"))[:4] == ["D", "Y", "C", "G"]
    assert "".join(wishes("Print one page"))[:6] == "POPPRI"
    assert list(wishes("‹")) == []


def test_each_letter_is_given_once_and_a_button_keeps_the_one_that_it_has(qtbot: QtBot) -> None:
    made = [QPushButton(words) for words in ("导出", "打印", "打印", "&Delete", "‹")]
    given = letters(made)
    assert given["D"] is made[3]
    assert given["C"] is made[0]
    assert given["Y"] is made[1]
    assert sorted(map(id, given.values())) == sorted(map(id, made))
    assert len(letters([QPushButton("打印") for _number in range(30)])) == 26


def test_alt_shows_the_letters_and_a_letter_presses(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    window.open_page("settings")
    settle()
    qtbot.keyPress(window, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert program.alt.tips is not None
    assert program.alt.tips.isVisible()
    assert not program.alt.tips.grab().toImage().isNull()
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert program.alt.tips is None
    key = next(letter for letter, one in letters(pressable(window)).items() if one is window.touch_button)
    qtbot.keyClick(window, key.lower(), Qt.KeyboardModifier.AltModifier)
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    settle()
    given = letters(pressable(dialog))
    assert dialog.save in given.values()
    key = next(letter for letter, one in given.items() if one.text() == "取消")
    qtbot.keyClick(dialog, key.lower(), Qt.KeyboardModifier.AltModifier)
    assert not dialog.isVisible()
    assert not window.findChildren(QMessageBox)


def test_pages_at_the_left_and_rows_keep_their_own_keys(window: MainWindow, settle: Settle) -> None:
    window.open_page("today")
    settle()
    roles = {one.property("role") for one in pressable(window)}
    assert window.touch_button in pressable(window)
    assert not roles & {"nav", "act"}
