"""录入结果 as a person uses it: keys for the paper in the hand, a dropped file, a look before it is written, one undo."""

import io
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.workbench.sheets.coming_back.made import fill
from ui.main_window import MainWindow
from ui.pages.imports.page import ImportsPage
from ui.pages.results.page import REVIEW, TYPING, ResultsPage
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.store import all_items


@pytest.fixture
def handed(window: MainWindow, tmp_path: Path) -> tuple[HandedSheet, HandedSheet]:
    """The plan and the call sheet of the week, saved as a workbook."""
    sheets = window.workbench.sheets
    printed = sheets.plan_xlsx(window.workbench.outreach.plan())
    sheets.save(printed, tmp_path / "本周.xlsx")
    plan, calls = printed.handed
    return plan, calls


@pytest.fixture
def page(window: MainWindow, handed: tuple[HandedSheet, HandedSheet], settle: Settle) -> ResultsPage:
    page = window.open_page("results")
    settle()
    assert isinstance(page, ResultsPage)
    return page


def choose(page: ResultsPage, sheet: HandedSheet, settle: Settle) -> None:
    page.sheets.setCurrentIndex(page.sheets.findData(sheet.number))
    settle()


def touched(window: MainWindow) -> list[tuple[str, str]]:
    with window.workbench.book.read() as conn:
        rows = conn.exec_driver_sql(
            "select c.customer_no, t.result from touches t join customers c on c.id = t.customer_id"
            " where t.date >= '2026-11-16' order by t.id"
        )
        return [(row[0], row[1]) for row in rows]


def test_a_row_takes_at_most_five_keys_and_everything_enters_and_is_undone_by_key(
    page: ResultsPage,
    window: MainWindow,
    handed: tuple[HandedSheet, HandedSheet],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    _plan, calls = handed
    choose(page, calls, settle)
    before = touched(window)
    assert page.keypad.line.hasFocus()
    qtbot.keyClicks(page.keypad.line, "31")
    pad = page.keypad.pad
    assert pad is not None
    assert page.keypad.who.text() == f"3 号 {pad.rows[2].who} · 接通有意向"
    assert "**" in pad.rows[2].who
    qtbot.keyClick(page.keypad.line, Qt.Key.Key_Return)
    for keys in ("124", "10 7"):
        assert len(keys) + 1 <= 5
        qtbot.keyClicks(page.keypad.line, keys)
        qtbot.keyClick(page.keypad.line, Qt.Key.Key_Return)
    assert pad.typed == {3: "1", 12: "4", 10: "7"}
    assert page.keypad.missing.text().startswith("还差 1、2、4、5、6、7、8、9、11、13")
    assert "已键入 3 行" in page.keypad.total.text()
    assert page.enter_button.text() == "录入 3 行"
    qtbot.keyClick(page.keypad.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    rows = {one.row: one.customer_no for one in calls.rows}
    assert touched(window) == [
        *before, (rows[3], "interested"), (rows[10], "appointment"), (rows[12], "no_answer"),
    ]  # fmt: skip
    assert page.sheets.findData(calls.number) >= 0, "the other rows may follow"
    assert page.keypad.missing.text().startswith("还差 1、2、4、5、6、7、8、9、11、13")
    assert page.keypad.line.hasFocus()
    qtbot.keyClick(page.keypad.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.keypad.line.text() == "", "the line has nothing to take back: the key is the window's"
    assert touched(window) == before
    assert page.sheets.findData(calls.number) >= 0


def test_a_wrong_row_or_code_is_named_at_once_and_a_second_one_replaces_the_first(
    page: ResultsPage, handed: tuple[HandedSheet, HandedSheet], settle: Settle, qtbot: QtBot
) -> None:
    choose(page, handed[1], settle)
    line = page.keypad.line
    for keys, words in (("9991", "没有第 999 号"), ("3x", "不认得"), ("3 77", "不认得")):
        line.clear()
        qtbot.keyClicks(line, keys)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert words in page.keypad.fault.text()
        assert line.selectedText() == keys
    assert page.keypad.pad is not None
    assert page.keypad.pad.typed == {}
    for keys in ("31", "34"):
        line.clear()
        qtbot.keyClicks(line, keys)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.keypad.pad.typed == {3: "4"}
    page.keypad.table.setFocus()
    page.keypad.table.setCurrentIndex(page.keypad.table.table.index(0, 0))
    qtbot.keyClick(page.keypad.table, Qt.Key.Key_Delete)
    assert page.keypad.pad.typed == {}
    assert not page.enter_button.isEnabled()


def test_the_nine_rows_of_the_plan_are_ticked_by_their_numbers_on_paper(
    page: ResultsPage,
    window: MainWindow,
    handed: tuple[HandedSheet, HandedSheet],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    choose(page, handed[0], settle)
    assert "1 已完成" in page.keypad.legend.text()
    for keys in ("511", "5-22", "311", "116"):
        qtbot.keyClicks(page.keypad.line, keys)
        qtbot.keyClick(page.keypad.line, Qt.Key.Key_Return)
    assert page.keypad.missing.text() == "还差 5-3、5-4、5-5、3-2、3-3 号"
    page.enter_button.click()
    settle()
    results = [item.result for item in all_items(window.workbench.outreach.plan())]
    assert results == ["done", "half", "", "", "", "done", "", "", "missed:no_time"]


def test_what_was_logged_meanwhile_is_shown_with_both_values_and_chosen_by_key(
    page: ResultsPage,
    window: MainWindow,
    handed: tuple[HandedSheet, HandedSheet],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    calls = handed[1]
    choose(page, calls, settle)
    rows = {one.row: one.customer_no for one in calls.rows}
    window.workbench.outreach.log_touch(rows[2], channel="visit", result="met")
    before = touched(window)
    for keys in ("23", "51"):
        qtbot.keyClicks(page.keypad.line, keys)
        qtbot.keyClick(page.keypad.line, Qt.Key.Key_Return)
    page.enter_button.click()
    settle()
    assert page.content.currentIndex() == REVIEW
    assert touched(window) == before
    table = page.review.table
    assert table.hasFocus()
    shown = [[column.text(table.table.row(n)) for column in table.table.columns] for n in range(2)]
    assert shown[0][0] == "2"
    assert shown[0][2:] == ["接通拒绝", "2026-11-16 已登记:面访 已到", "按账本"]
    assert shown[1][4] == "录入"
    assert page.enter_button.text() == "录入 1 行"
    table.setCurrentIndex(table.table.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.enter_button.text() == "录入 2 行"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    page.enter_button.click()
    settle()
    assert touched(window) == [*before, (rows[5], "interested")]
    assert page.content.currentIndex() == TYPING


def test_our_own_filled_file_dropped_on_the_imports_is_handed_on(
    page: ResultsPage, window: MainWindow, handed: tuple[HandedSheet, HandedSheet], settle: Settle, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    file = tmp_path / "填好.xlsx"
    file.write_bytes(fill((tmp_path / "本周.xlsx").read_bytes(), {"1": "已约", "4": "99"}))
    imports = window.open_page("imports")
    assert isinstance(imports, ImportsPage)
    settle()
    before = touched(window)
    imports.place_for_files.dropped.emit([file])
    qtbot.waitUntil(lambda: window.current == "results" and page.content.currentIndex() == REVIEW)
    settle()
    assert "会录入 1 行" in page.review.counts.text()
    assert "1 行不能录入" in page.review.counts.text()
    page.enter_button.click()
    settle()
    assert len(touched(window)) == len(before) + 1
    # a second time it says when it was entered
    page.take(file)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert "录入过" in page.banner.text()
    settle()


def test_a_strange_file_is_refused_in_one_sentence(
    page: ResultsPage, window: MainWindow, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["客户号", "结果"])
    book.active.append(["0001", "1"])
    made = io.BytesIO()
    book.save(made)
    file = tmp_path / "别的.xlsx"
    file.write_bytes(made.getvalue())
    page.take(file)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert "不是本系统打出来的单子" in page.banner.text()
    assert page.content.currentIndex() == TYPING
    settle()


def test_without_a_sheet_out_the_page_says_how_to_get_one(window: MainWindow, settle: Settle) -> None:
    page = window.open_page("results")
    settle()
    assert isinstance(page, ResultsPage)
    assert page.none_out.isVisible()
    assert page.keypad.isHidden()
