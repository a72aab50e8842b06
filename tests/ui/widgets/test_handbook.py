"""The method handbook in the program: opened from 设置 and from a light, searched, walked by keyboard, closed by Esc."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.bot import at_rest
from tests.ui.conftest import Settle
from ui import theme
from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.widgets.handbook import HandbookDialog, open_handbook
from ui.widgets.markdown import style, to_html
from workbench.base.handbook import sections

#: what a window gets of 1366x768 at 150 %
LEAST = (907, 438)


@pytest.fixture
def handbook(qtbot: QtBot) -> HandbookDialog:
    dialog = HandbookDialog(None, "4.4")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(lambda: at_rest(dialog))
    return dialog


def on_top(handbook: HandbookDialog) -> str:
    """The first line that is in sight."""
    return handbook.text.cursorForPosition(QPoint(30, 8)).block().text()


def test_the_settings_page_opens_it_once_and_esc_closes_it(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    page.handbook.click()
    page.handbook.click()
    opened = window.findChildren(HandbookDialog)
    assert len(opened) == 1
    assert opened[0].isVisible()
    assert not opened[0].isModal()  # it lies beside the work
    assert on_top(opened[0]) == "客户经理工作台 · 口径手册"
    with qtbot.waitSignal(opened[0].destroyed):
        qtbot.keyClick(opened[0].text, Qt.Key.Key_Escape)


def test_a_light_leads_to_how_it_came_about(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    page = window.open_page("warnings")
    settle()
    link = next(one for one in page.findChildren(QPushButton) if one.text() == "口径手册 4.4")
    link.click()
    opened = window.findChild(HandbookDialog)
    assert opened is not None
    qtbot.waitUntil(lambda: on_top(opened) == "4.4 合成、灯与硬规则")
    assert open_handbook(page, "22") is opened
    assert on_top(opened) == "22 已知局限"


def test_the_search_box_knows_it(window: MainWindow) -> None:
    found = [entry for entry in window.search.entries if entry.answers("koujing")]
    assert [entry.words for entry in found] == ["口径手册"]


def test_it_opens_at_a_section_with_all_contents(handbook: HandbookDialog) -> None:
    assert on_top(handbook) == "4.4 合成、灯与硬规则"
    assert handbook.contents.currentItem().text().strip() == "4.4 合成、灯与硬规则"
    assert handbook.contents.count() == len(sections())
    assert handbook.text.isReadOnly()


def test_arrows_in_the_contents_turn_the_pages(qtbot: QtBot, handbook: HandbookDialog) -> None:
    assert handbook.contents.hasFocus()
    qtbot.keyClick(handbook.contents, Qt.Key.Key_Down)
    assert on_top(handbook) == "4.5 少误报"
    qtbot.keyClick(handbook.contents, Qt.Key.Key_Home)
    assert on_top(handbook) == "客户经理工作台 · 口径手册"


def test_every_anchor_can_be_scrolled_to(handbook: HandbookDialog) -> None:
    handbook.show_section("4.5-9")
    assert on_top(handbook).startswith("数据护栏。")
    places = []
    for section in sections()[1:]:
        for anchor in section.anchors:
            handbook.text.verticalScrollBar().setValue(0)
            handbook.show_section(anchor)
            places.append(handbook.text.verticalScrollBar().value())
    assert places == sorted(places)
    assert 0 < places[0] < places[len(places) // 2] < places[-1]


def test_a_reference_in_the_text_leads_there(handbook: HandbookDialog) -> None:
    html = to_html(sections())
    assert '<a href="#22-2">22-2</a>' in html
    handbook.text.setSource(QUrl("#22-2"))
    assert on_top(handbook).startswith("跌破一级不等于流失。")


def test_finding_counts_steps_and_goes_round(qtbot: QtBot, handbook: HandbookDialog) -> None:
    qtbot.keyClick(handbook, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert handbook.finder.words.hasFocus()
    qtbot.keyClicks(handbook.finder.words, "S3.DROP")  # case does not matter, parameters are found too
    assert handbook.finder.count.text() == "1 / 1"
    handbook.finder.words.setText("未达标")
    whole = len(handbook.text.toPlainText().split("未达标")) - 1
    assert whole >= 2
    assert len(handbook.text.extraSelections()) == whole
    at, _slash, _all = handbook.finder.count.text().partition(" / ")
    for _turn in range(whole):
        qtbot.keyClick(handbook.finder.words, Qt.Key.Key_Return)
    assert handbook.finder.count.text() == f"{at} / {whole}"
    qtbot.keyClick(handbook.finder.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert handbook.finder.count.text() == f"{(int(at) - 2) % whole + 1} / {whole}"
    assert handbook.isVisible()  # Enter in the search closes nothing


def test_what_is_not_there_is_said(handbook: HandbookDialog) -> None:
    handbook.finder.words.setText("比特币")
    assert handbook.finder.count.text() == "没有找到"
    assert handbook.text.extraSelections() == []
    handbook.finder.step(1)
    handbook.finder.words.clear()
    assert handbook.finder.count.text() == ""


def test_what_was_found_comes_into_sight(handbook: HandbookDialog) -> None:
    handbook.finder.words.setText("11010519491231002X")
    seen = handbook.text.viewport().rect()
    assert seen.contains(handbook.text.cursorRect().center())


def test_the_text_is_plain_to_read_in_every_theme(handbook: HandbookDialog) -> None:
    """No sign of Markdown is left, marks stand back, and the colours are those of the theme."""
    shown = handbook.text.toPlainText()
    assert shown.count("**") == sum(line.count("`张**`") + 2 * line.count("`138****1234`")
                                    for one in sections() for line in one.lines)  # fmt: skip
    assert "|---" not in shown
    assert "`" not in shown
    assert '<span class="mark">〔lights P〕</span>' in to_html(sections())
    for colours in theme.THEMES.values():
        assert {colours.ink, colours.second, colours.accent, colours.line} <= set(
            style(colours).replace(";", " ").split()
        )


def test_it_fits_the_smallest_screen(qtbot: QtBot, handbook: HandbookDialog) -> None:
    handbook.resize(*LEAST)
    qtbot.waitUntil(lambda: at_rest(handbook))
    needs = handbook.minimumSizeHint()
    assert (needs.width() <= LEAST[0], needs.height() <= LEAST[1]) == (True, True)
    for one in handbook.findChildren(QPushButton):
        assert handbook.rect().contains(
            one.geometry().translated(one.parentWidget().mapTo(handbook, QPoint()))
        )
    qtbot.waitUntil(lambda: not handbook.text.horizontalScrollBar().isVisible())
    assert handbook.text.viewport().width() >= 500
