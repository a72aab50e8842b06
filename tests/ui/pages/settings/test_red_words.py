"""禁用词 in 设置: a text is tried, a word is added, one is left out and comes back; all by keyboard and undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.red_words import RedWordsDialog


def test_words_are_tried_added_and_left_out(
    window: MainWindow, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    page.red_words.opens.click()
    settle()
    dialog = window.findChild(RedWordsDialog)
    assert dialog is not None
    dialog.text.setText("这款保本,您放心")
    assert "保本" in dialog.verdict.text()
    assert "可以说" in dialog.verdict.text()
    dialog.text.setText("请看说明书")
    assert dialog.verdict.text() == "没有碰到禁用词。"
    dialog.word.setText("抱团")
    dialog.why.setText("不拉人头")
    qtbot.keyClick(dialog.word, Qt.Key.Key_Return)
    settle()
    first = dialog.words.table.row(0)
    assert first is not None
    assert (first.word, first.own, dialog.word.text()) == ("抱团", True, "")
    dialog.text.setText("一起抱团")
    assert "不拉人头" in dialog.verdict.text()
    # a word that is there already is refused in the dialog
    dialog.word.setText("保本")
    qtbot.keyClick(dialog.word, Qt.Key.Key_Return)
    settle()
    assert "保本" in dialog.fault.text()
    place = next(
        n
        for n in range(dialog.words.table.rowCount())
        if (one := dialog.words.table.row(n)) and one.word == "名额"
    )
    dialog.words.setCurrentIndex(dialog.words.table.index(place, 0))
    dialog.off_button.click()
    settle()
    assert "名额" not in {one.word for one in window.workbench.red_words.lines()}
    place = next(
        n
        for n in range(dialog.words.table.rowCount())
        if (one := dialog.words.table.row(n)) and one.word == "名额"
    )
    dialog.words.setCurrentIndex(dialog.words.table.index(place, 0))
    assert dialog.off_button.text() == "恢复这个词"
    dialog.off_button.click()
    settle()
    assert "名额" in {one.word for one in window.workbench.red_words.lines()}
    dialog.reject()
