"""回报总行 as a person uses it: a template and a list dropped, the days, the preview, the file."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate

from tests.ui.bot import Bot
from tests.ui.conftest import Settle
from tests.workbench.sheets.office_return.forms import office_form
from ui.main_window import MainWindow
from ui.pages.log.office_return import OfficeReturnDialog
from ui.pages.log.page import LogPage

pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension")


def test_the_form_is_dropped_once_and_the_list_each_month(
    qtbot: Bot, window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    outreach = window.workbench.outreach
    people = [one.customer_no for one in window.workbench.insight.ranking(limit=2)]
    outreach.log_touch(people[0], channel="call", result="considering", note="下周再谈")
    page = window.open_page("log")
    assert isinstance(page, LogPage)
    settle()
    page.office_button.click()
    dialog = window.findChild(OfficeReturnDialog)
    assert isinstance(dialog, OfficeReturnDialog)
    settle()
    dialog.answer()
    assert "还没有选总行的表" in dialog.fault.text()
    dialog.take(office_form(tmp_path / "反馈表.xlsx"))
    settle()
    assert "还没有选名单" in dialog.sum.text()
    assert [one.name for one in window.workbench.office_return.layouts.templates()] == ["反馈表"]
    dialog.take(office_form(tmp_path / "名单.xlsx", [(one, "客户") for one in people]))
    settle()
    dialog.since.setDate(QDate(2026, 11, 16))
    settle()
    assert "2 户:联系过 1 户,联系上 1 户" in dialog.sum.text()
    # what the form's own choices have no word for stands first, and is chosen by the person
    combo = dialog.columns.words["G", "接通考虑"]
    combo.setCurrentIndex(combo.findData("有意向"))
    combo.activated.emit(combo.currentIndex())
    what = dialog.columns.combos["M"]
    assert what.currentData() == ""
    settle()
    result = next(at for at, one in enumerate(dialog.preview.table.columns) if one.title == "联系结果")
    assert dialog.preview.table.columns[result].text(dialog.preview.table.row(0)) == "有意向"
    target = tmp_path / "回报.xlsx"
    dialog.path.setText(str(target))
    dialog.answer()
    assert "用途" in dialog.fault.text()
    dialog.purpose.setText("11月回报")
    dialog.answer()
    settle()
    sheet = openpyxl.load_workbook(target)["回报表"]
    assert (sheet["B6"].value, sheet["G6"].value, sheet["L6"].value) == (people[0], "有意向", "下周再谈")
    qtbot.waitUntil(lambda: window.findChild(OfficeReturnDialog) is None)


def test_a_list_in_another_form_says_what_to_do(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    page = window.open_page("log")
    assert isinstance(page, LogPage)
    settle()
    page.office_button.click()
    dialog = window.findChild(OfficeReturnDialog)
    assert isinstance(dialog, OfficeReturnDialog)
    settle()
    listed = tmp_path / "名单.csv"
    listed.write_text("客户编号,客户名称,联系结果\n0000000001,林建,\n", "gbk")
    dialog.take(listed)
    settle()
    assert "只有 xlsx 能原样保留版式" in dialog.fault.text()
    assert "另存为" in dialog.fault.text()


def test_what_is_filled_in_is_what_the_two_choices_show(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    page = window.open_page("log")
    assert isinstance(page, LogPage)
    settle()
    page.office_button.click()
    dialog = window.findChild(OfficeReturnDialog)
    assert isinstance(dialog, OfficeReturnDialog)
    settle()
    people = [one.customer_no for one in window.workbench.insight.ranking(limit=2)]
    dialog.take(office_form(tmp_path / "名单.xlsx", [(one, "客户") for one in people]))
    settle()
    assert dialog.sum.text().startswith("2 户")
    held = dialog.list.currentIndex()

    def choose(at: int) -> None:
        dialog.list.setCurrentIndex(at)
        dialog.list.activated.emit(at)
        settle()

    # an import is no file that could be filled in place
    choose(1)
    assert dialog.made is None
    assert "还没有选总行的表" in dialog.sum.text()
    choose(held)
    assert dialog.sum.text().startswith("2 户")
    choose(0)
    assert dialog.made is None
    dialog.take(office_form(tmp_path / "反馈表.xlsx"))
    settle()
    assert "还没有选名单" in dialog.sum.text()
    choose(held)
    assert dialog.sum.text().startswith("2 户")
