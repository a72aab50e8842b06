"""权益 in the window: rules with their counts, given, used, taken back, refused with why; a rule written, a form taken in."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.benefits.issue_dialog import BenefitIssueDialog
from ui.pages.benefits.page import BenefitsPage
from ui.pages.benefits.rule_dialog import BenefitRuleDialog
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.sheets.benefit_form import benefits_template

Settle = Callable[[], None]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers of whom the assets alone are known."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, [1, 2])

    return kept_book(tmp_path_factory.mktemp("benefits"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "权益.book")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def page(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> BenefitsPage:
    made = BenefitsPage(workbench, tasks)
    qtbot.addWidget(made)
    tasks.changed.connect(lambda _tables, _by: made.refresh())
    tasks.wrote.connect(lambda _change, _words: made.refresh())
    made.resize(1198, 722)
    made.show()
    qtbot.waitUntil(lambda: not tasks.busy and not made.reading)
    return made


@pytest.fixture
def settle(qtbot: Bot, page: BenefitsPage, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy and not page.reading)


def cell(page: BenefitsPage, row: int, column: int) -> str:
    return str(page.rules.table.index(row, column).data())


def go_to(page: BenefitsPage, settle: Settle, name: str) -> int:
    """The row of a rule, chosen."""
    row = next(n for n in range(page.rules.table.rowCount()) if cell(page, n, 0) == name)
    page.rules.go_to(row)
    settle()
    return row


def people(page: BenefitsPage, column: int) -> list[str]:
    return [str(page.people.table.index(n, column).data()) for n in range(page.people.table.rowCount())]


def test_from_may_get_to_used_and_what_is_unused_of_every_rule_stands_together(
    page: BenefitsPage, qtbot: Bot, settle: Settle
) -> None:
    row = go_to(page, settle, "贵宾出行")
    assert [cell(page, row, n) for n in (2, 3, 7)] == ["2", "0", "0"]
    assert "机场或高铁贵宾厅" in page.terms.text()
    assert page.people.table.rowCount() == 2
    page.people.selectAll()
    assert (page.issue_button.isEnabled(), page.use_button.isEnabled()) == (True, False)
    page.issue_button.click()
    settle()
    assert [cell(page, row, n) for n in (2, 3, 7)] == ["0", "2", "2"]
    assert cell(page, row, 8) == "59,760"
    page.people.selectRow(0)
    page.use_button.click()
    settle()
    page.every.click()
    settle()
    assert people(page, 1) == ["贵宾出行"]
    assert page.heading.text() == "各项权益没有用的 1 份"
    page.people.selectAll()
    page.drop_button.click()
    settle()
    assert page.people.table.rowCount() == 0
    assert "发放以后" in page.nobody.text()
    page.every.click()
    settle()
    assert [cell(page, row, n) for n in (3, 5)] == ["0", "1"]
    assert set(people(page, 2)) == {"已用", "作废", "可发"}
    page.people.selectRow(0)
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.people, Qt.Key.Key_Return)
    assert went.args[0] == "portrait"


def test_what_cannot_be_told_names_its_column_and_somebody_gets_it_with_a_reason(
    page: BenefitsPage, qtbot: Bot, tasks: Tasks, settle: Settle
) -> None:
    row = go_to(page, settle, "三绑生活礼遇")
    assert cell(page, row, 2) == "—", "nobody is known to: that is no zero"
    assert not page.lacking.isHidden()
    assert page.lacking.text().startswith("2 位无法判断:名单里没有「")
    assert page.people.isHidden()
    assert "无法判断" in page.nobody.text()
    page.other.click()
    dialog = page.dialog
    assert isinstance(dialog, BenefitIssueDialog)
    dialog.customer_no = "900000000001"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "无法判断" in dialog.fault.text()
    dialog.reason.setText("柜面看过三个绑卡")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert cell(page, row, 3) == "1"


def test_a_rule_is_written_refused_for_a_deposit_left_out_and_used_again(
    page: BenefitsPage, qtbot: Bot, tasks: Tasks, settle: Settle
) -> None:
    page.add.click()
    settle()
    dialog = page.dialog
    assert isinstance(dialog, BenefitRuleDialog)
    dialog.name.setText("存款有礼")
    dialog.gives.setText("存满5万送一桶油")
    dialog.trigger.setCurrentIndex(dialog.trigger.findData("level"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "存款" in dialog.fault.text()
    dialog.name.setText("本行茶歇")
    dialog.gives.setText("贵宾厅茶歇一次")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    row = go_to(page, settle, "本行茶歇")
    assert cell(page, row, 2) == "2"
    page.turn.click()
    settle()
    go_to(page, settle, "本行茶歇(停用)")
    assert (page.turn.text(), page.issue_button.isEnabled()) == ("恢复", False)
    page.turn.click()
    settle()
    assert cell(page, go_to(page, settle, "本行茶歇"), 2) == "2"


def test_a_filled_form_is_taken_in_and_refused_rows_are_named(
    page: BenefitsPage, workbench: Workbench, settle: Settle, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(benefits_template(workbench.outreach.benefits, workbench.rules).content)
    )
    sheet = book.worksheets[0]
    heads = {str(one.value).rstrip(" *"): one.column for one in sheet[4]}
    told = {
        "权益名称": "返现",
        "触发条件": "在级",
        "客户得到什么": "返现",
        "发放次数": "每月",
        "合规说明": "无",
    }
    for head, value in told.items():
        sheet.cell(5, heads[head], value)
        sheet.cell(6, heads[head], "茶歇" if head in ("权益名称", "客户得到什么") else value)
    book.save(tmp_path / "填好.xlsx")
    page.form.take_in(tmp_path / "填好.xlsx")
    settle()
    assert page.refused.text().startswith("「新达标权益体系」第 5 行:")
    assert not page.refused.isHidden()
    go_to(page, settle, "茶歇")
