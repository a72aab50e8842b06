"""联系记录 as a person uses it: filters, counts, a contact corrected, taken back, and put in again by undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.log.export import LogExport
from ui.pages.log.page import LogPage
from ui.pages.warnings.page import WarningsPage
from ui.widgets.contact.correcting import CorrectionDialog
from ui.widgets.contact.dialog import TouchDialog


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> LogPage:
    outreach = window.workbench.outreach
    people = [one.customer_no for one in window.workbench.insight.ranking(limit=2)]
    outreach.log_touch(people[0], channel="call", result="no_answer")
    outreach.log_touch(
        people[1],
        channel="visit",
        result="met",
        need="养老",
        amount="5万",
        promise="复印件",
        promise_by="2026-11-20",
    )
    made = window.open_page("log")
    settle()
    assert isinstance(made, LogPage)
    return made


def listed(page: LogPage) -> list[str]:
    return [page.table.table.row(at).result for at in range(page.table.table.rowCount())]


def test_the_counts_stand_above_the_contacts_and_filters_choose(page: LogPage, settle: Settle) -> None:
    assert listed(page) == ["met", "no_answer"]
    assert "2 次,联系上 1 次(50%)" in page.sum.text()
    assert "截至 2026-11-16" in page.foot.text()
    page.filters.outcome.setCurrentIndex(page.filters.outcome.findData("no_answer"))
    settle()
    assert listed(page) == ["no_answer"]
    page.filters.choose("last_week")
    settle()
    assert page.nobody.isVisible()
    assert "没有登记过联系" in page.sum.text()


def test_a_contact_is_corrected_taken_back_and_put_in_again(
    qtbot: Bot, window: MainWindow, page: LogPage, settle: Settle
) -> None:
    page.table.setFocus()
    page.correct_button.click()
    dialog = window.findChild(CorrectionDialog)
    assert isinstance(dialog, CorrectionDialog)
    settle()
    further = dialog.further
    assert (dialog.outcome.code(), further.need.text(), further.promise.text()) == ("met", "养老", "复印件")
    dialog.outcome.take("done")
    further.amount.setText("8万")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    assert listed(page) == ["done", "no_answer"]
    assert page.table.table.row(0).amount == 80_000_00
    page.undo_button.click()
    settle()
    assert listed(page) == ["no_answer"]
    assert window.workbench.outreach.promises.open() == ()
    window.notice.ask_undo()
    settle()
    assert listed(page) == ["done", "no_answer"]


def test_the_export_asks_for_its_purpose(
    qtbot: Bot, window: MainWindow, page: LogPage, settle: Settle, tmp_path: Path
) -> None:
    page.export_button.click()
    dialog = window.findChild(LogExport)
    assert isinstance(dialog, LogExport)
    target = tmp_path / "log.csv"
    dialog.path.setText(str(target))
    dialog.answer()
    assert "用途" in dialog.fault.text()
    dialog.purpose.setText("周会")
    dialog.answer()
    settle()
    text = target.read_text("utf-8-sig")
    assert "用途:周会" in text
    assert "养**" in text


def test_a_contact_is_on_all_open_pages_at_once_and_undo_takes_it_off_all_of_them(
    qtbot: Bot, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.notice.STAYS", 600_000)  # however long the pages take to read anew
    warnings, log = window.open_page("warnings"), window.open_page("log")
    assert isinstance(warnings, WarningsPage)
    assert isinstance(log, LogPage)
    settle()
    window.open_page("warnings")
    settle()
    working = [one.light.risk.customer_no for one in warnings.working.rows]
    assert log.table.table.rowCount() == 0

    def shown() -> tuple[list[str], int]:
        """Who is worked on by 预警, and how many contacts the log has; each as the page shows it."""
        window.open_page("log")
        settle()
        window.open_page("warnings")
        settle()
        return [one.light.risk.customer_no for one in warnings.working.rows], log.table.table.rowCount()

    window.log_touch()
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    assert dialog.customer_no == working[0]
    dialog.outcome.take("met")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    current = warnings.working.current()
    assert current is not None
    assert current.customer_no == working[1]  # the keyboard went on
    after, logged = shown()
    assert (working[0] in after, logged) == (False, 1)
    window.notice.ask_undo()
    settle()
    assert shown() == (working, 0)
