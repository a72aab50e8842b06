"""透视: two tags against each other on the real book, by table, bars and paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, Settle, Went
from ui.pages.pivot.page import PivotPage
from ui.tasks import Tasks
from ui.widgets.preview import PreviewDialog
from workbench.app import Workbench


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy)


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench, tasks: Tasks, settle: Settle) -> PivotPage:
    made = PivotPage(workbench, tasks)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    settle()
    made.place(("gender", "tower", "customers"))
    settle()
    return made


def test_the_table_and_its_totals_stand_as_computed(page: PivotPage) -> None:
    assert page.pivot is not None
    model = page.table.table
    assert model.rowCount() == len(page.pivot.row_groups) + 1
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    assert last.data() == f"{page.pivot.total.customers:,}"
    assert page.rows.currentText() == "性别"


def test_enter_shows_the_people_of_a_cell_and_the_name_those_of_its_row(
    qtbot: QtBot, page: PivotPage, went: Went
) -> None:
    assert page.pivot is not None
    page.table.setFocus()
    for column, place in ((1, 0), (0, len(page.pivot.column_groups))):
        page.table.setCurrentIndex(page.table.table.index(0, column))
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert went[-1] == ("picker", page.pivot.cells[0][place].where)


def test_a_click_on_a_bar_shows_its_people(qtbot: QtBot, page: PivotPage, went: Went) -> None:
    page.chart.grab()
    box, piece = page.chart._places[0]
    centre = box.center().toPoint()
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=QPoint(centre.x(), centre.y()))
    assert page.pivot is not None
    assert went == [("picker", page.pivot.cells[piece.place[0]][piece.place[1]].where)]


def test_rows_and_columns_change_places(page: PivotPage, settle: Settle) -> None:
    page.swap()
    settle()
    assert page.rows.currentData() == "tower"
    assert page.columns.currentData() == "gender"


def test_another_measure_is_shown_in_wan(page: PivotPage, settle: Settle) -> None:
    page.measure.setCurrentIndex(page.measure.findData("aum"))
    page.measure.activated.emit(page.measure.currentIndex())
    settle()
    model = page.table.table
    assert model.index(model.rowCount() - 1, model.columnCount() - 1).data()[-1] in "万亿"


def test_the_foot_says_the_cell_in_a_sentence(page: PivotPage) -> None:
    page.table.setCurrentIndex(page.table.table.index(0, 1))
    assert "性别" in page.foot.text()
    assert "本系统口径" in page.foot.text()


def test_what_is_no_side_is_said_in_the_banner_and_the_table_stays(page: PivotPage, settle: Settle) -> None:
    page.place(("没有这个", "tower", "customers"))
    settle()
    assert page.banner.isVisible()
    assert page.table.table.rowCount() > 1


def test_the_print_is_previewed_from_the_pdf(page: PivotPage, settle: Settle) -> None:
    page.print_out()
    settle()
    preview = page.findChild(QDialog)
    assert isinstance(preview, PreviewDialog)
    assert preview.printed is not None
    assert preview.printed.content.startswith(b"%PDF")
    preview.reject()
