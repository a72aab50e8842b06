"""钩子指南 and 产品卡片 of the page 产品: read, written with a template, refused across a red line (domain 3, 13.4)."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import Settle, Went
from tests.workbench.commands.test_of_selling import fill, payroll
from ui.pages.matrix.cards import CardsTab
from ui.pages.matrix.guide import GuideTab
from ui.pages.matrix.page import MatrixPage
from ui.widgets.preview import PreviewDialog
from workbench.app import Workbench
from workbench.sheets.product_homework import product_template


def guide(page: MatrixPage) -> GuideTab:
    found = page.others[0]
    assert isinstance(found, GuideTab)
    return found


def cards(page: MatrixPage) -> CardsTab:
    found = page.others[1]
    assert isinstance(found, CardsTab)
    return found


def test_the_guide_ranks_products_and_a_segment_leads_to_its_customers(
    page: MatrixPage, settle: Settle, went: Went
) -> None:
    page.by_hook.click()
    settle()
    tab = guide(page)
    assert tab.guide is not None
    assert tab.table.table.rowCount() == len(tab.guide.entries) > 5
    at, entry = next((n, one) for n, one in enumerate(tab.guide.entries) if one.segments)
    tab.table.go_to(at)
    settle()
    said = "\n".join(one.text() for one in tab.detail.findChildren(QLabel))
    assert entry.hook.offered.name in said
    assert all(check in said for check in entry.checks)
    (link,) = [one for one in tab.detail.findChildren(QPushButton) if entry.segments[0].name in one.text()]
    link.click()
    assert went == [("picker", entry.segments[0].where)]
    tab.preview()
    settle()
    shown = tab.findChild(PreviewDialog)
    assert shown is not None
    assert shown.printed is not None
    shown.close()


def test_a_card_begins_with_its_template_and_a_red_line_keeps_the_dialog_open(
    page: MatrixPage, settle: Settle
) -> None:
    page.by_card.click()
    settle()
    tab = cards(page)
    assert not tab.nothing.isHidden()
    tab.add.click()
    dialog = tab.dialog
    dialog.product.setCurrentIndex(0)
    dialog.code.setText("VIP1")
    dialog.name.setText("财富提升")
    dialog.template.setCurrentIndex(dialog.template.findData("vip"))
    assert dialog.role.currentData() == "sticky"
    first = dialog.lines.fields["first"]
    assert first.text().startswith("这是给达到某一级客户的一套服务")
    dialog.template.setCurrentIndex(dialog.template.findData("structured"))
    assert dialog.lines.fields["first"].text().startswith("它把大部分钱")
    dialog.template.setCurrentIndex(dialog.template.findData("vip"))
    dialog.regime.setCurrentIndex(dialog.regime.findData("service"))
    dialog.lines.fields["line"].setText("月日均五十万元")
    dialog.lines.fields["benefits"].setText("存款送油,名额有限")
    dialog.yes.click()
    settle()
    assert "可以说" in dialog.fault.text()
    dialog.lines.fields["benefits"].setText("贵宾窗口,份数以公布的规则为准")
    dialog.yes.click()
    settle()
    (one,) = page.workbench.insight.selling.sheets()
    assert (one.code, one.template, one.texts["benefits"]) == ("VIP1", "vip", "贵宾窗口,份数以公布的规则为准")
    assert tab.table.table.rowCount() == 1
    assert "贵宾窗口" in "\n".join(label.text() for label in tab.detail.findChildren(QLabel))


def test_a_filled_form_comes_in_and_rows_that_stayed_out_are_named(
    page: MatrixPage, workbench: Workbench, settle: Settle, tmp_path: Path
) -> None:
    page.by_card.click()
    settle()
    form = tmp_path / "产品包.xlsx"
    workbench.sheets.save(product_template((), workbench.rules), form)
    fill(form, payroll("DF1"), payroll("DF2", "稳赚不赔"))
    tab = cards(page)
    tab.take_in(form)
    settle()
    assert [one.code for one in workbench.insight.selling.sheets()] == ["DF1"]
    assert "存下 1 张卡片" in tab.stayed.text()
    assert "第 6 行" in tab.stayed.text()
