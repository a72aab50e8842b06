"""导入, walked through by keyboard with a list as head offices really send it: from the drop to the commit and back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import kept_book
from tests.ui.pages.imports.messy import number, october, september
from ui.app import Program
from ui.pages.imports.page import ImportsPage
from ui.pages.imports.sheet_grid import PreviewRow
from ui.theme import colours
from ui.widgets.saving import FilePlace
from workbench.app import Workbench
from workbench.base.errors import RowProblem
from workbench.intake.report import SheetReport

Settle = Callable[[], None]
Press = Callable[..., None]


TODAY = "2026-11-02"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with September in it."""

    def fill(workbench: Workbench, folder: Path) -> None:
        workbench.intake.read(september(folder / "客户月报_202609.xlsx")).commit()

    return kept_book(tmp_path_factory.mktemp("messy"), TODAY, fill)


@pytest.fixture
def path(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    return Path(shutil.copyfile(kept, tmp_path / "账本.book"))


@pytest.fixture
def page(program: Program, settle: Settle, tmp_path: Path) -> ImportsPage:
    """The messy October under review."""
    assert program.window is not None
    program.window.activateWindow()
    found = program.window.open_page("imports", october(tmp_path / "客户月报_202610.xlsx"))
    assert isinstance(found, ImportsPage)
    settle()
    return found


@pytest.fixture
def press(qtbot: QtBot, settle: Settle, page: ImportsPage) -> Press:
    """Press keys where the keyboard is."""

    def on(*keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None, "the keyboard is nowhere"
            if isinstance(key, str):
                assert isinstance(focus, QLineEdit)
                focus.insert(key)  # as an input method does: Chinese has no keys
            else:
                qtbot.keyClick(focus, key, modifier)
        QApplication.processEvents()  # an editor gives its text in the next turn
        settle()

    return on


def sheet(page: ImportsPage) -> SheetReport:
    found = page.review.sheet()
    assert found is not None
    return found


def problems(page: ImportsPage, code: str) -> list[RowProblem]:
    return [one for one in sheet(page).problems if one.code == code]


def tab(page: ImportsPage) -> QWidget | None:
    return page.review.tabs.currentWidget()


def customers(program: Program) -> int:
    assert program.workbench is not None
    return program.workbench.insight.summary().customers


def test_a_messy_list_is_walked_through_by_keyboard_written_and_taken_back(
    page: ImportsPage, program: Program, press: Press, settle: Settle
) -> None:
    review, ctrl = page.review, Qt.KeyboardModifier.ControlModifier
    # it opens where an answer is wanted
    assert page.commit_button.text() == "还有 2 项需要确认"
    assert [one.code for one in sheet(page).questions] == ["total_mismatch", "data_guard"]
    assert tab(page) is review.totals
    assert QApplication.focusWidget() is review.totals.questions.reasons["total_mismatch"]
    press("总行已说明合计含对公客户", Qt.Key.Key_Return)
    assert sheet(page).questions[0].reason == "总行已说明合计含对公客户"
    assert page.commit_button.text() == "还有 1 项需要确认"
    # 问题: a number without its zeros is known; the doubled customer is settled by its check box
    assert problems(page, "zeros_differ")[0].row == 9
    press(Qt.Key.Key_5, modifier=ctrl)
    assert tab(page) is review.problems
    box = next(made for name, made in review.problems.fixes.items() if name.startswith("last"))
    box.setFocus()
    press(Qt.Key.Key_Space)
    assert {fix.key for fix in sheet(page).fixes if fix.applied} == {"last"}
    # 认人: the row without a number is confirmed
    press(Qt.Key.Key_4, modifier=ctrl)
    assert [one.customer_no for one in sheet(page).candidates] == [number(9)]
    review.people.candidates.setFocus()
    press(Qt.Key.Key_Return)
    assert sheet(page).candidates[0].confirmed
    # 表样: the impossible date is typed over
    (bad,) = problems(page, "bad_date")
    review.problems.jump.emit(bad.row, bad.column)
    settle()
    assert tab(page) is review.grid
    grid = review.grid.grid
    assert (grid.current().number, grid.current().cells[grid.currentIndex().column()]) == (18, "2020/13/45")
    press(Qt.Key.Key_F2)
    press("2020-12-30", Qt.Key.Key_Return)
    assert problems(page, "bad_date") == []
    # nothing is left out, so that the total is no longer far from September's
    assert page.commit_button.text() == "写入账本"
    assert sheet(page).refused == 0
    assert (sheet(page).rows, sheet(page).new, sheet(page).vanished) == (12, 0, 1)
    press(Qt.Key.Key_Return, modifier=ctrl)
    assert page.content.currentIndex() == 0
    history = page.history.table.table
    assert [history.row(at).file for at in range(2)] == ["客户月报_202610.xlsx", "客户月报_202609.xlsx"]
    assert history.row(0).reasons == {"total_mismatch": "总行已说明合计含对公客户"}
    assert program.workbench is not None
    assert program.workbench.insight.portrait(number(9)).month == "2026-10"
    page.history.undo_button.setFocus()
    press(Qt.Key.Key_Space)
    assert history.row(0).state == "undone"
    assert program.workbench.insight.portrait(number(9)).month == "2026-09"


def test_the_sheet_looks_as_in_excel_and_names_and_phones_are_masked(
    page: ImportsPage, settle: Settle
) -> None:
    page.review.open_tab(page.review.grid)
    settle()
    grid = page.review.grid.grid
    rows = [grid.table.row(at) for at in range(grid.table.rowCount())]
    assert [column.title for column in grid.table.columns][:3] == ["B", "C", "D"]
    by_number = {found.number: found for found in rows if isinstance(found, PreviewRow)}
    assert by_number[3].role == "title"
    assert [by_number[at].role for at in (5, 6, 7)] == ["header", "header", "data"]
    assert by_number[19].role == "total"
    assert by_number[9].hidden
    assert not by_number[8].hidden
    first = rows.index(by_number[7])
    assert [grid.table.index(first, at).data() for at in range(3)] == ["**0001", "林**", "138****0000"]
    assert grid.table.index(first, 2).data(Qt.ItemDataRole.EditRole) == "13812340000"
    assert grid.table.headerData(first, Qt.Orientation.Vertical) == "7"
    bad = grid.table.index(rows.index(by_number[18]), 6)
    assert bad.data(Qt.ItemDataRole.BackgroundRole).name() == colours().odd_cell.lower()
    assert "看不出是哪一天" in bad.data(Qt.ItemDataRole.ToolTipRole)
    assert grid.table.index(first, 6).data(Qt.ItemDataRole.BackgroundRole) is None


def test_a_header_is_pointed_at_with_h(page: ImportsPage, press: Press, settle: Settle) -> None:
    review = page.review
    review.open_tab(review.grid)
    settle()
    assert sheet(page).header_row == 6
    review.grid.header_rows.setCurrentIndex(0)
    grid = review.grid.grid
    at = next(n for n in range(grid.table.rowCount()) if grid.table.row(n).number == 6)
    grid.setCurrentIndex(grid.table.index(at, 0))
    grid.setFocus()
    press(Qt.Key.Key_H)
    assert (sheet(page).header_row, sheet(page).header_depth) == (6, 1)
    assert "时点余额" in {match.header for match in sheet(page).mapping}


def test_a_field_is_chosen_by_typing_a_part_of_its_name(page: ImportsPage, press: Press) -> None:
    review, ctrl = page.review, Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_2, modifier=ctrl)
    columns = review.mapping.table
    at = next(n for n in range(columns.table.rowCount()) if "兴趣爱好" in columns.table.row(n).header)
    columns.setCurrentIndex(columns.table.index(at, 0))
    press(Qt.Key.Key_Return)
    editor = columns.findChild(QComboBox)
    assert editor is not None
    line = editor.lineEdit()
    assert line is not None
    line.setText("备注")
    press(Qt.Key.Key_Return)
    match = next(one for one in sheet(page).mapping if "兴趣爱好" in one.header)
    assert (match.field, match.how) == ("note", "chosen")


def test_an_unknown_column_becomes_a_field_with_one_click(page: ImportsPage, settle: Settle) -> None:
    review = page.review
    columns = review.mapping.table
    at = next(n for n in range(columns.table.rowCount()) if "兴趣爱好" in columns.table.row(n).header)
    columns.setCurrentIndex(columns.table.index(at, 0))
    review.mapping.custom.click()
    settle()
    match = next(one for one in sheet(page).mapping if "兴趣爱好" in one.header)
    assert match.custom is not None


def test_the_mapping_page_shows_whom_its_cells_name_masked(page: ImportsPage, settle: Settle) -> None:
    mapping = page.review.mapping
    columns = mapping.table.table
    shown = {columns.row(n).header: str(columns.index(n, 2).data()) for n in range(columns.rowCount())}
    heads = {
        head: next(text for key, text in shown.items() if head in key)
        for head in ("户名", "联系电话", "兴趣爱好")
    }
    assert heads["户名"].split("  |  ")[0] == "林**"
    assert heads["联系电话"].split("  |  ")[0] == "138****0000"
    assert heads["兴趣爱好"].split("  |  ")[0] == "**"
    assert "2020-03-05" in next(text for key, text in shown.items() if "开户日" in key)
    at = next(n for n in range(columns.rowCount()) if "兴趣爱好" in columns.row(n).header)
    mapping.table.setCurrentIndex(columns.index(at, 0))
    mapping.custom_shown.setChecked(True)
    mapping.custom.click()
    settle()
    at = next(n for n in range(columns.rowCount()) if "兴趣爱好" in columns.row(n).header)
    assert str(columns.index(at, 2).data()).split("  |  ")[0] == "钓鱼"
    assert not mapping.custom_shown.isChecked()


def test_another_cause_is_chosen_for_who_left(page: ImportsPage, settle: Settle) -> None:
    people = page.review.people
    moves = people.table.table
    at = next(n for n in range(moves.rowCount()) if moves.row(n).direction == "vanished")
    codes = [code for code, _words in people.causes("vanished")]
    assert moves.setData(moves.index(at, 3), codes[-2])
    settle()
    assert [one.cause for one in sheet(page).movements if one.chosen] == [codes[-2]]


def test_only_refused_rows_are_shown_on_request(page: ImportsPage, settle: Settle) -> None:
    review = page.review
    review.open_tab(review.grid)
    settle()
    box = review.grid.only_bad
    assert isinstance(box, QCheckBox)
    box.click()
    settle()
    grid = review.grid.grid.table
    refused = sorted(
        {one.row for one in sheet(page).problems if one.level == "refuse" and one.row is not None}
    )
    assert [grid.row(at).number for at in range(grid.rowCount())] == refused
    assert refused == [7, 16, 17]


def test_refused_rows_are_saved_and_come_back_in(page: ImportsPage, settle: Settle, tmp_path: Path) -> None:
    saved = tmp_path / "退回.xlsx"
    page.review.problems.export.emit(FilePlace(saved, replace=False))
    settle()
    assert "退回的 3 行" in page.hint.text()
    page.abandon()
    settle()
    page.take([saved])
    settle()
    assert sheet(page).rows == 3


def test_a_sheet_is_left_out_by_its_check_box_and_asks_nothing(page: ImportsPage, settle: Settle) -> None:
    head = page.review.head
    head.skip.click()
    settle()
    assert page.review.open_points() == 0
    assert not page.commit_button.isEnabled()
    head.skip.click()
    settle()
    assert page.review.open_points() == 2


def test_an_undo_first_shows_what_later_imports_made(
    page: ImportsPage, program: Program, settle: Settle, tmp_path: Path
) -> None:
    assert program.workbench is not None
    page.abandon()
    corrected = october(tmp_path / "更正.xlsx")
    session = program.workbench.intake.read(corrected)
    name = session.report().sheets[0].sheet
    for question in session.report().sheets[0].questions:
        session.confirm(name, question.code, "已核对")
    session.leave_out_conflicts()
    session.commit()
    page.refresh()
    settle()
    history = page.history
    history.table.setCurrentIndex(history.table.table.index(1, 0))
    history.undo()
    settle()
    assert history.question is not None
    assert "会保持现在的样子" in history.question.text()
    assert history.table.table.row(1).state == "done"
    yes = next(one for one in history.question.buttons() if "撤销,这些保留" in one.text())
    yes.click()
    settle()
    assert history.table.table.row(1).state == "undone"
