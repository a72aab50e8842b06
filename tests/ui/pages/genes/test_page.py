"""客群: the tabs as a person uses them, the questionnaire by keyboard, the observation card (domain 2)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db.tables import touches
from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.genes.page import GenesPage
from ui.tasks import Tasks
from ui.widgets.preview import PreviewDialog
from ui.widgets.questionnaire import CueDialog, StyleTestDialog
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.insight.genes.canvas import BoxEvidence
from workbench.insight.genes.disc import BlockAnswer
from workbench.people.privacy import mask_name

Settle = Callable[[], None]


@pytest.fixture
def workbench(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Workbench.open(path, PASSPHRASE) as found:
        yield found


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def wait(qtbot: QtBot, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy)


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench, tasks: Tasks, wait: Settle) -> GenesPage:
    made = GenesPage(workbench, tasks)
    tasks.changed.connect(made.tables_written)
    qtbot.addWidget(made)
    made.resize(1176, 708)
    made.show()
    wait()
    return made


def buttons(widget: QWidget, words: str) -> list[QPushButton]:
    return [one for one in widget.findChildren(QPushButton) if words in one.text()]


def gone(page: GenesPage) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    page.go.connect(lambda where, what: found.append((where, what)))
    return found


def test_without_a_log_the_unknown_stand_in_a_banner_that_leads_to_them(page: GenesPage) -> None:
    board = page.workbench.insight.genes.quadrants()
    assert board.unknown > 0
    assert str(board.unknown) in page.quadrants.unknown.text()
    asked = gone(page)
    page.quadrants.who_unknown.click()
    assert asked == [("picker", "g_quad_now_d0 is missing")]


def test_contacts_fill_the_quadrants_and_figures_lead_to_their_customers(
    page: GenesPage, workbench: Workbench, tasks: Tasks, wait: Settle
) -> None:
    row = {"channel": "visit", "result": "met", "initiated_by": "manager", "date": "2026-11-01"}
    with workbench.book.write("touch", "touch") as writer:
        writer.insert(touches, [{"customer_id": 1, **row}])
    tasks.announce(frozenset({"touches"}))
    wait()
    board = workbench.insight.genes.quadrants()
    assert board.unknown == 0
    assert page.quadrants.unknown.isHidden()
    cell = max(board.cells, key=lambda one: one.customers)
    asked = gone(page)
    buttons(page.quadrants, f"{cell.customers} 户")[0].click()
    name = mask_name(cell.top[0].name)
    buttons(page.quadrants, name)[0].click()
    assert asked[0] == ("picker", cell.where)
    assert asked[1][0] == "portrait"


def test_the_ten_silent_bosses_are_masked_and_open_their_portrait(page: GenesPage) -> None:
    table = page.quadrants.bosses
    board = page.workbench.insight.genes.quadrants()
    assert table.table.rowCount() == len(board.bosses) > 0
    assert board.bosses[0].name not in table.table.index(0, 0).data()
    asked = gone(page)
    table.opened.emit(0)
    assert asked == [("portrait", board.bosses[0].customer_no)]


def test_a_segment_says_what_is_missing_and_leads_to_its_customers(page: GenesPage, wait: Settle) -> None:
    page.place("segments")
    wait()
    tab = page.segments
    assert tab.table.table.rowCount() == 8
    tab.table.setCurrentIndex(tab.table.table.index(0, 0))
    asked = gone(page)
    buttons(tab, "无法判断")[0].click()
    tab.table.opened.emit(0)
    assert asked == [("picker", "g_seg_owner_m0 is missing"), ("picker", "g_seg_owner_m0")]
    buttons(tab, "看作战画布")[0].click()
    wait()
    assert page.canvas.canvas is not None
    assert page.canvas.canvas.segment == "owner"


def test_a_box_is_written_in_place_and_brought_back(page: GenesPage, qtbot: QtBot, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    card = page.canvas.boxes[3]
    automatic = page.workbench.insight.genes.canvas("elder").boxes[3].lines
    card.edit()
    assert card.editor is not None
    assert card.editor.toPlainText() == "\n".join(automatic)
    card.editor.setPlainText("社区体检")
    qtbot.keyClick(card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait()
    assert card.editor is None
    assert card.box is not None
    assert (card.box.lines, card.box.edited) == (("社区体检",), True)
    card.edit()
    qtbot.waitUntil(lambda: bool(buttons(card, "恢复自动")))
    buttons(card, "恢复自动")[0].click()
    wait()
    assert page.workbench.insight.genes.canvas("elder").boxes[3].lines == automatic


def test_escape_leaves_a_box_as_it_was(page: GenesPage, qtbot: QtBot, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    card = page.canvas.boxes[2]
    card.edit()
    assert card.editor is not None
    card.editor.setPlainText("x")
    qtbot.keyClick(card.editor, Qt.Key.Key_Escape)
    assert card.editor is None
    assert not page.workbench.insight.genes.canvas("elder").boxes[2].edited


def test_another_segment_keeps_what_is_being_written_first(
    page: GenesPage, tasks: Tasks, qtbot: QtBot, wait: Settle
) -> None:
    page.place("canvas:elder")
    wait()
    page.canvas.boxes[2].edit()
    card = page.canvas.boxes[3]
    card.edit()
    assert card.editor is not None
    qtbot.keyClicks(card.editor, "walks ")
    written = card.editor.toPlainText()
    wrote: list[Change] = []
    tasks.wrote.connect(lambda change, _words: wrote.append(change))
    page.canvas.choose("woman")
    wait()
    assert page.canvas.canvas is not None
    assert page.canvas.canvas.segment == page.canvas.code == "woman"
    assert all(box.editor is None for box in page.canvas.boxes)
    genes = page.workbench.insight.genes
    assert "\n".join(genes.canvas("elder").boxes[3].lines) == written.strip()
    assert not genes.canvas("elder").boxes[2].edited, "an editor without other words writes nothing"
    assert not genes.canvas("woman").boxes[3].edited
    assert [change.undo_id is not None for change in wrote] == [True]


def test_words_that_are_refused_stay_with_their_segment(page: GenesPage, tasks: Tasks, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    card = page.canvas.boxes[3]
    card.edit()
    assert card.editor is not None
    card.editor.setPlainText("长" * 20_000)
    refused: list[Exception] = []
    tasks.failed.connect(refused.append)
    page.canvas.choose("woman")
    wait()
    assert [getattr(error, "code", "") for error in refused] == ["box_too_long"]
    assert page.canvas.canvas is not None
    assert page.canvas.canvas.segment == page.canvas.code == "elder"
    assert len(card.editor.toPlainText()) == 20_000
    assert not card.editor.isReadOnly()


def test_a_write_elsewhere_leaves_an_open_editor_alone(page: GenesPage, qtbot: QtBot, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    card = page.canvas.boxes[3]
    card.edit()
    assert card.editor is not None
    card.editor.setPlainText("正在写")
    found = page.workbench.insight.genes.canvas("elder")
    fresh = replace(found.boxes[3], evidence=(BoxEvidence("刚变的依据", None, ""),))
    page.canvas.fill(replace(found, boxes=(*found.boxes[:3], fresh, *found.boxes[4:])))
    assert card.editor is not None
    assert card.editor.toPlainText() == "正在写"
    qtbot.keyClick(card.editor, Qt.Key.Key_Escape)
    assert "刚变的依据" in _said(card)


def test_boxes_filled_from_the_book_offer_no_editing(page: GenesPage, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    assert [bool(buttons(box, "改")) for box in page.canvas.boxes] == [n in range(2, 8) for n in range(12)]


def test_another_segment_fills_the_boxes_and_the_owner_is_kept(page: GenesPage, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    page.canvas.owner.setText("王经理")
    page.canvas.owner.editingFinished.emit()
    wait()
    page.canvas.choose("woman")
    wait()
    assert page.canvas.canvas is not None
    assert (page.canvas.canvas.segment, page.canvas.owner.text()) == ("woman", "")
    page.canvas.choose("elder")
    wait()
    assert page.canvas.owner.text() == "王经理"


def test_the_preview_shows_one_page(page: GenesPage, wait: Settle) -> None:
    page.place("canvas:elder")
    wait()
    page.canvas.preview("a3")
    wait()
    shown = page.findChild(PreviewDialog)
    assert shown is not None
    assert "1" in shown.state.text()
    assert shown.pages.count() == 1
    shown.close()


def test_a_wide_page_fits_the_preview_and_scrolls_where_it_cannot(
    page: GenesPage, qtbot: QtBot, wait: Settle
) -> None:
    page.place("canvas:elder")
    wait()
    page.canvas.preview("a4")
    wait()
    shown = page.findChild(PreviewDialog)
    assert shown is not None
    area = shown.findChild(QScrollArea)
    assert area is not None
    assert area.widget() is not None

    def fits() -> bool:
        return area.widget().width() == area.viewport().width()

    qtbot.waitUntil(fits)
    assert shown.shape[0] > area.viewport().width() > 900
    shown.resize(760, 600)
    qtbot.waitUntil(lambda: area.viewport().width() < 760 and fits())
    shown.resize(1500, 900)
    qtbot.waitUntil(lambda: area.viewport().width() > shown.shape[0])
    assert shown.sheets[0].pixmap().width() == shown.shape[0], "no page is blown up"
    shown.setMinimumWidth(0)
    shown.resize(400, 600)
    qtbot.waitUntil(lambda: area.viewport().width() < 480)
    bar = area.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    assert bar.maximum() > 0
    shown.close()


def test_the_questionnaire_is_filled_by_keyboard_alone_and_shown(
    page: GenesPage, qtbot: QtBot, wait: Settle
) -> None:
    page.place("style")
    wait()
    assert "还没有做过" in _said(page.style_tab)
    assert "考拉" in _said(page.style_tab)  # some course papers exchange two of the animals: the note says so
    page.style_tab.take_test()
    dialog = page.findChild(StyleTestDialog)
    assert dialog is not None
    order = dialog.order
    for block in order:
        qtbot.keyClick(dialog, str(block.index("S") + 1))
        qtbot.keyClick(dialog, str(block.index("D") + 1))
    wait()
    found = page.workbench.insight.genes.styles()[0]
    assert (found.result.primary, found.seed) == (("S",), dialog.seed)
    assert "S 稳健" in _said(page.style_tab)
    assert "作答过快" in _said(page.style_tab)
    assert page.style_tab.table.table.rowCount() == 1
    assert "上次是今天做的" in page.style_tab.warning.text()
    page.style_tab.print_button.click()
    wait()
    shown = page.style_tab.findChild(PreviewDialog)
    assert shown is not None
    assert shown.pages.count() == 2
    shown.close()


def test_one_statement_cannot_be_both_and_backspace_goes_back(
    qtbot: QtBot, workbench: Workbench, tasks: Tasks
) -> None:
    dialog = StyleTestDialog(workbench, tasks)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert (dialog.most, dialog.answers) == (1, [])
    qtbot.keyClick(dialog, Qt.Key.Key_4)
    shown = dialog.order[0]
    assert dialog.answers == [BlockAnswer(shown[1], shown[3], 1)]
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    assert (dialog.most, dialog.answers) == (1, [])
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    assert dialog.most is None


def test_space_answers_and_leaving_asks_first(page: GenesPage, qtbot: QtBot, wait: Settle) -> None:
    page.place("style")
    wait()
    page.style_tab.take_test()
    dialog = page.findChild(StyleTestDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(QApplication.focusWidget() or dialog, key)

    def question() -> QMessageBox:
        box = dialog.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert "已答的 1 组" in box.text()
        return box

    press(Qt.Key.Key_Space)
    assert dialog.isVisible()
    assert dialog.most == 0
    press(Qt.Key.Key_Space)
    shown = dialog.order[0]
    assert dialog.answers == [BlockAnswer(shown[0], shown[1], 0)]
    press(Qt.Key.Key_4)
    assert dialog.most == 3
    leave = buttons(dialog, "以后再做")[0]
    for way in (leave.click, dialog.close, lambda: press(Qt.Key.Key_Escape)):
        way()
        assert dialog.isVisible()
        box = question()
        buttons(box, "继续答")[0].click()
        qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
        assert dialog.isVisible()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
    leave.click()
    buttons(question(), "离开")[0].click()
    qtbot.waitUntil(lambda: not page.findChildren(StyleTestDialog))


def test_cues_are_ticked_taken_back_and_forgotten(
    qtbot: QtBot, workbench: Workbench, tasks: Tasks, wait: Settle
) -> None:
    number = workbench.insight.genes.quadrants().bosses[0].customer_no
    dialog = CueDialog(workbench, tasks, number)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    wait()
    said = _said(dialog.words)
    assert "先用中性的说法" in said
    assert all(scene in said for scene in ("邀约", "开场", "异议", "成交", "亏损", "投诉", "转介", "节日"))
    dialog.keep()
    wait()
    assert "没有勾" in dialog.fault.text()
    dialog.boxes["C1"].setChecked(True)
    dialog.boxes["C2"].setChecked(True)
    dialog.keep()
    wait()
    assert dialog.result() == 1
    again = CueDialog(workbench, tasks, number)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    again.show()
    wait()
    assert again.seen.table.rowCount() == 2
    again.seen.setCurrentIndex(again.seen.table.index(0, 0))
    again.untick()
    wait()
    assert again.seen.table.rowCount() == 1
    again.forget()
    wait()
    assert workbench.insight.genes.observed(number) == ()


def test_an_empty_book_says_how_to_fill_the_page(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, wait: Settle
) -> None:
    with new_workbench(tmp_path / "empty.book", PASSPHRASE) as workbench:
        made = GenesPage(workbench, tasks)
        qtbot.addWidget(made)
        made.show()
        wait()
        assert made.content.currentWidget() is made.content.nothing


def _said(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_a_list_by_which_nobody_can_be_placed_is_one_line_and_no_empty_cards(page: GenesPage) -> None:
    board = page.workbench.insight.genes.quadrants()
    none = tuple(replace(cell, customers=0, came=(), left=(), top=()) for cell in board.cells)
    page.quadrants.fill(replace(board, cells=none, unknown=100, reason="账本里没有联系记录。"))
    assert page.quadrants.grid.isHidden()
    assert not page.quadrants.unknown.isHidden()
    some = (replace(none[0], customers=3), *none[1:])
    page.quadrants.fill(replace(board, cells=some))
    assert not page.quadrants.grid.isHidden()


def test_segments_that_nobody_is_judged_by_stand_in_one_line_with_what_they_lack(page: GenesPage) -> None:
    board = page.workbench.insight.genes.segments()
    first, *others = board.rows
    dark = replace(first, customers=0, share=None, unknown=100, missing=(("职业", 100),))
    page.segments.fill(replace(board, rows=(dark, *others)))
    assert page.segments.table.table.rowCount() == len(others)
    assert f"{first.name}(缺「职业」)" in page.segments.unseen.words.text()
