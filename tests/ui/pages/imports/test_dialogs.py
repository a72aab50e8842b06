"""口径, 同一人, 详情 and the source of a figure: the dialogs around an import on a real book."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import kept_book, write_list
from tests.ui.pages.imports.messy import number, october, september
from ui.app import Program
from ui.pages.identity.page import IdentityDialog
from ui.pages.imports.batch import BatchDialog
from ui.pages.imports.dialects import DialectsDialog
from ui.pages.imports.page import ImportsPage
from ui.pages.portrait.page import PortraitPage
from ui.widgets.sources import Figure
from workbench.app import Workbench

Settle = Callable[[], None]


TODAY = "2026-11-02"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with September and a messy October, and a third list in which one person has a second number."""

    def fill(workbench: Workbench, folder: Path) -> None:
        workbench.intake.read(september(folder / "客户月报_202609.xlsx")).commit()
        session = workbench.intake.read(october(folder / "客户月报_202610.xlsx"))
        for question in session.report().sheets[0].questions:
            session.confirm(question.sheet, question.code, "已核对")
        session.leave_out_conflicts()
        session.commit()
        again = write_list(
            folder / "补充_202610.xlsx", [("0000900001", "赵建国", "13812340001", 5000.0, 5000.0)]
        )
        session = workbench.intake.read(again)
        for question in session.report().sheets[0].questions:
            session.confirm(question.sheet, question.code, "另一份名单")
        session.commit()

    return kept_book(tmp_path_factory.mktemp("dialogs"), TODAY, fill)


@pytest.fixture
def path(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    return Path(shutil.copyfile(kept, tmp_path / "账本.book"))


@pytest.fixture
def page(program: Program, settle: Settle) -> ImportsPage:
    assert program.window is not None
    found = program.window.open_page("imports")
    assert isinstance(found, ImportsPage)
    settle()
    return found


def test_a_dialect_is_renamed_changed_given_away_and_forgotten(
    qtbot: QtBot, page: ImportsPage, settle: Settle, tmp_path: Path
) -> None:
    page.buttons.show_dialects()
    dialog = page.findChild(DialectsDialog)
    assert dialog is not None
    settle()
    assert dialog.list.count() == 2
    row = next(n for n, one in enumerate(dialog.dialects) if "中山支行" in one.name)
    dialog.list.setCurrentRow(row)
    dialog.title.setText("月报")
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    settle()
    assert "月报" in [one.name for one in dialog.dialects]
    columns = dialog.columns.table
    at = next(n for n in range(columns.rowCount()) if "兴趣爱好" in columns.row(n)[0])
    assert columns.setData(columns.index(at, 1), "note")
    settle()
    changed = next(one for one in dialog.dialects if one.name == "月报")
    assert "note" in {choice.field for choice in changed.columns.values()}
    given = tmp_path / "口径.dialects.json"
    dialog.export_to(given)
    settle()
    dialog.forget()
    assert dialog.question is not None
    next(one for one in dialog.question.buttons() if one.text() == "删除").click()
    settle()
    assert dialog.list.count() == 1
    dialog.import_from(given)
    settle()
    assert next(one for one in dialog.dialects if one.name == "月报") == changed


def test_a_file_that_holds_no_dialects_is_refused_with_a_sentence(
    page: ImportsPage, settle: Settle, tmp_path: Path
) -> None:
    page.buttons.show_dialects()
    dialog = page.findChild(DialectsDialog)
    assert dialog is not None
    settle()
    bad = tmp_path / "坏.dialects.json"
    bad.write_text("{}", "utf-8")
    dialog.import_from(bad)
    settle()
    assert not dialog.fault.isHidden()
    assert "坏.dialects.json" in dialog.fault.text()


def test_one_person_under_two_numbers_is_merged_and_split_again(
    page: ImportsPage, program: Program, settle: Settle
) -> None:
    assert program.workbench is not None
    before = program.workbench.insight.summary().customers
    page.buttons.show_identity()
    dialog = page.findChild(IdentityDialog)
    assert dialog is not None
    settle()
    # the number that lost its zeros in October is no second one
    wanted = {number(1), "0000900001"}
    pairs = [{pair.keep.customer_no, pair.other.customer_no} for pair in dialog.pairs]
    assert len(pairs) == 1
    dialog.list.setCurrentRow(pairs.index(wanted))
    shown = [dialog.faces.table.index(2, at).data() for at in (1, 2)]
    assert shown == ["138****0001", "138****0001"]
    dialog.keep_left.click()
    settle()
    assert program.workbench.insight.summary().customers == before - 1
    assert dialog.list.count() == 0
    assert dialog.merges.table.rowCount() == 1
    dialog.split.click()
    settle()
    assert program.workbench.insight.summary().customers == before
    pairs = [{pair.keep.customer_no, pair.other.customer_no} for pair in dialog.pairs]
    dialog.list.setCurrentRow(pairs.index(wanted))
    dialog.reason.setText("父子同名")
    dialog.apart.click()
    settle()
    assert wanted not in [{pair.keep.customer_no, pair.other.customer_no} for pair in dialog.pairs]
    assert dialog.list.count() == 0
    assert program.workbench.insight.summary().customers == before


def test_a_merge_without_a_reason_is_not_made(page: ImportsPage, settle: Settle) -> None:
    page.buttons.show_identity()
    dialog = page.findChild(IdentityDialog)
    assert dialog is not None
    settle()
    dialog.reason.clear()
    dialog.keep_left.click()
    settle()
    assert not dialog.fault.isHidden()
    assert dialog.list.count() == 1


def test_the_history_tells_quality_and_dialect_and_opens_all_that_is_on_record(
    qtbot: QtBot, page: ImportsPage, settle: Settle
) -> None:
    history = page.history
    row = next(n for n in range(3) if history.table.table.row(n).file == "客户月报_202610.xlsx")
    found = history.table.table.row(row)
    assert found.quality is not None
    assert "个人客户资产月报" in found.dialect
    history.table.setCurrentIndex(history.table.table.index(row, 0))
    qtbot.keyClick(history.table, Qt.Key.Key_Return)
    dialog = page.findChild(BatchDialog)
    assert dialog is not None
    settle()
    assert "合计对不上:已核对" in dialog.confirmed.text()
    codes = {dialog.problems.table.row(n).code for n in range(dialog.problems.table.rowCount())}
    assert {"duplicate_customer", "missing_customer_number", "bad_date"} <= codes
    assert dialog.totals.table.rowCount() >= 1
    assert dialog.mapping.table.rowCount() == 8


def test_a_click_on_a_figure_leads_to_its_cell(qtbot: QtBot, program: Program, settle: Settle) -> None:
    assert program.window is not None
    page = program.window.open_page("portrait", number(1))
    assert isinstance(page, PortraitPage)
    settle()
    phone = next(one for one in page.below.facts.findChildren(Figure) if one.text() == "138****0001")
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton)
    settle()
    dialog = page.sources.dialog
    assert dialog is not None
    shown = [dialog.table.table.index(0, at).data() for at in range(8)]
    assert shown[2:6] == ["138****0001", "客户月报_202609.xlsx · 客户清单", "D8", "客户联系电话"]
    dialog.close()
    page.sources.field(number(1), "金融资产", "aum_balance", unmasked=False)
    settle()
    dialog = page.sources.dialog
    assert dialog is not None
    months = [dialog.table.table.row(n).month for n in range(dialog.table.table.rowCount())]
    assert months == ["2026-10", "2026-09"]
    assert [dialog.table.table.index(n, 2).data() for n in range(2)] == ["112,000.00", "110,000.00"]
    assert [dialog.table.table.index(n, 4).data() for n in range(2)] == ["E8", "E8"]
