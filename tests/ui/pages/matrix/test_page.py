"""产品: figures by portrait and family on the real book; every figure leads to its people, every offer to its person."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle, Went
from ui.pages.matrix.page import MatrixPage
from workbench.insight.shelf.families import families


def words(page: MatrixPage) -> str:
    labels = [one.text() for one in page.detail.findChildren(QLabel)]
    return "\n".join((*labels, *(one.text() for one in page.detail.findChildren(QPushButton))))


def test_families_stand_below_each_other_and_portraits_side_by_side(page: MatrixPage) -> None:
    model = page.table.table
    assert page.grid is not None
    told = [one for one in page.grid.whole.cells if one.reported]
    assert 0 < model.rowCount() == len(told) < len(families())
    assert [model.index(n, 0).data() for n in range(3)] == ["活期", "现金管理", "定期"]
    assert model.headerData(1, Qt.Orientation.Horizontal).startswith("全部客户\n")


def test_enter_on_a_figure_shows_the_people_behind_it(qtbot: QtBot, page: MatrixPage, went: Went) -> None:
    assert page.grid is not None
    line, cell = next(
        (n, one) for n, at in enumerate(page._shown_places) if (one := page.grid.whole.cells[at]).whitespace
    )
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.table.index(line, 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [("picker", cell.where["whitespace"])]


def test_the_measure_chosen_changes_the_figures_and_where_they_lead(
    qtbot: QtBot, page: MatrixPage, went: Went
) -> None:
    page.shows.setCurrentIndex(page.shows.findData("penetration"))
    page.shows.activated.emit(page.shows.currentIndex())
    assert page.grid is not None
    cell = page.grid.whole.cell("time")
    line = [family.code for family in page.grid.families].index("time")
    assert page.table.table.index(line, 1).data() == f"{cell.penetration:.0%}"
    page.table.setCurrentIndex(page.table.table.index(line, 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Enter)
    assert went == [("picker", cell.where["held"])]


def test_a_cell_says_its_figures_in_words_and_names_whom_to_speak_to_first(
    page: MatrixPage, settle: Settle, went: Went
) -> None:
    assert page.grid is not None
    line, cell = next(
        (n, one)
        for n, at in enumerate(page._shown_places)
        if (one := page.grid.whole.cells[at]).whitespace and one.held
    )
    page.table.setCurrentIndex(page.table.table.index(line, 1))
    settle()
    assert f"持有 {cell.held} 户" in words(page)
    assert "优先联系" in words(page)
    named = [one for one in page.detail.findChildren(QPushButton) if "匹配度" in one.text()]
    named[0].click()
    assert went[0][0] == "portrait"
    assert "*" in named[0].text()


def test_what_no_list_tells_is_one_line_with_its_columns_instead_of_dashes(page: MatrixPage) -> None:
    assert page.grid is not None
    dark = [
        one for one, cell in zip(page.grid.families, page.grid.whole.cells, strict=True) if not cell.reported
    ]
    model = page.table.table
    shown = [model.index(n, 0).data() for n in range(model.rowCount())]
    assert dark
    assert not {one.shown for one in dark} & set(shown)
    assert all(one.shown in page.unseen.words.text() for one in dark)


def test_a_list_without_any_product_leaves_no_page_of_dashes(page: MatrixPage) -> None:
    assert page.grid is not None
    cells = tuple(
        replace(one, reported=0, held=0, whitespace=0, index=None, expected_fen=None)
        for one in page.grid.whole.cells
    )
    poor = replace(page.grid, rows=(), whole=replace(page.grid.whole, cells=cells))
    page._show((page.workbench.insight.matrix.row_choices(), poor, ("产品名称", "持有金额")))
    assert page.unseen.words.text() == "看不到:全部 19 类产品谁持有、谁还没有(缺「产品名称、持有金额」)"
    assert page.shows.currentData() == "need", "what can be told is shown"
    assert page.table.table.rowCount() > 0


def test_another_tag_makes_other_columns(page: MatrixPage, settle: Settle) -> None:
    page.rows_by.setCurrentIndex(page.rows_by.findData("tower"))
    page.rows_by.activated.emit(page.rows_by.currentIndex())
    settle()
    heads = [
        page.table.table.headerData(n, Qt.Orientation.Horizontal).split("\n")[0]
        for n in range(1, page.table.table.columnCount())
    ]
    assert heads[0] == "全部客户"
    assert "塔基" in heads


def test_by_customer_each_has_his_next_products_and_opens(
    qtbot: QtBot, page: MatrixPage, settle: Settle, went: Went
) -> None:
    page.by_customer.click()
    settle()
    assert page.grid is not None
    assert page.next.table.rowCount() == page.grid.whole.customers
    first = page.next.table.row(0)
    page.next.setCurrentIndex(page.next.table.index(0, 0))
    qtbot.keyClick(page.next, Qt.Key.Key_Return)
    assert went == [("portrait", first.customer_no)]


def test_the_mismatched_are_one_click_away(page: MatrixPage, went: Went) -> None:
    page._mismatch()
    assert went == [("picker", "held_risk > risk_class")]
