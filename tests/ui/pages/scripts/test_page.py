"""话术 as a person uses it: found by words, chosen by the grid, copied for a customer, written and refused (domain 8.5, 10.1)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.year import drafts
from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.scripts.page import ScriptsPage
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.outreach.playbook.library import library
from workbench.sheets.office_scripts import office_template

Show = Callable[[Workbench], ScriptsPage]


@pytest.fixture
def show(qtbot: QtBot, tasks: Tasks) -> Iterator[Show]:
    def build(workbench: Workbench) -> ScriptsPage:
        page = ScriptsPage(workbench, tasks)
        qtbot.addWidget(page)
        tasks.changed.connect(page.tables_written)
        page.resize(1198, 722)
        page.show()
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
        return page

    yield build
    QGuiApplication.clipboard().clear()


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def settle(qtbot: QtBot, page: ScriptsPage) -> None:
    """Until what was begun is shown."""
    qtbot.waitUntil(lambda: not page.tasks.busy and not page.reading)


def copied(workbench: Workbench) -> list[tuple[str, str]]:
    """(script, reason) of what is logged as drafted."""
    with workbench.book.read() as conn:
        return [(row[0], row[1]) for row in conn.execute(select(drafts.c.script, drafts.c.reason))]


def somebody(workbench: Workbench) -> str:
    """The first customer of the week."""
    return workbench.outreach.weeks.of().entries[0].person.customer_no


def bases(page: ScriptsPage) -> list[str]:
    return [page.table.table.row(number).code for number in range(page.table.table.rowCount())]


def test_typing_narrows_the_list_and_enter_copies_the_first(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    page = show(workbench)
    everything = page.table.table.rowCount()
    assert everything == len({one.base for one in library().scripts.values()})
    qtbot.keyClicks(page.filters.words, "pobing")
    assert 0 < page.table.table.rowCount() < everything
    assert {page.table.table.row(n).first.script.scene for n in range(page.table.table.rowCount())} == {"ice"}
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Return)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == page.detail.text.text()
    assert "{" not in page.detail.text.text()
    assert copied(workbench) == []  # for nobody, so nothing is logged
    page.filters.words.setText("没有这样的字")
    assert page.content.currentWidget() is page.nothing
    page.nothing.findChild(type(page.detail.edit)).click()  # type: ignore[union-attr]
    assert page.table.table.rowCount() == everything


def test_place_of_the_grid_narrows_the_book(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page = show(workbench)
    page.filters.choose_book("disc")
    assert page.grid.isVisibleTo(page)
    whole = page.table.table.rowCount()
    page.grid.places.setCurrentCell(1, 2)
    assert page.table.table.rowCount() < whole
    one = page.table.table.row(0).first.script
    assert page.grid.of == {"style": one.style[0], "scene": one.scene}
    qtbot.keyClick(page.grid.places, Qt.Key.Key_Escape)
    assert page.table.table.rowCount() == whole
    page.filters.clear_all()
    assert not page.grid.isVisibleTo(page)


def test_from_the_portrait_two_keys_copy_what_stands_on_it(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    number = somebody(workbench)
    page = show(workbench)
    page.place(number)
    settle(qtbot, page)
    best = workbench.outreach.words_on_portrait(workbench.insight.portrait(number))
    assert best.script
    line = page.table.table.row(0)
    assert line.first.script.id == best.script
    assert line.first.now
    offered = {one.script.base for one in workbench.outreach.playbook.for_customer(number).scripts}
    assert set(bases(page)) == offered
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert QGuiApplication.clipboard().text() == page.detail.text.text()
    assert copied(workbench) == [(best.script, f"scene.{best.scene}")]
    # it is counted, and stays where it was
    assert page.table.table.row(0).used == 1
    assert "复制过 1 次" in page.detail.use.text()
    selected = page.selected()
    assert selected is not None
    assert selected.customer_no == number
    page.filters.person.line.clear()
    settle(qtbot, page)
    assert page.selected() is None


def test_other_way_is_shown_and_copied(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page = show(workbench)
    page.filters.choose_book("disc")
    line = page.line
    assert line is not None
    assert len(line.ways) > 1
    page.detail.way_chosen.emit(line.ways[1])
    assert page.detail.text.text() == line.ways[1].text
    page.copy()
    assert QGuiApplication.clipboard().text() == line.ways[1].text


def test_own_script_is_refused_by_a_red_line_then_stored_edited_and_left_out(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    page = show(workbench)
    page.write_new()
    dialog = page.dialog
    dialog.text.setPlainText("这款产品保本,您今天就来办吧。")
    settle(qtbot, page)
    assert "保本" in dialog.live.text()
    dialog.answer()
    settle(qtbot, page)
    assert "可以说" in dialog.fault.text()
    dialog.text.setPlainText("上次您问的事我问清楚了,这周哪天方便,我说给您听?")
    settle(qtbot, page)
    assert dialog.live.text() == ""
    dialog.answer()
    settle(qtbot, page)
    page.filters.choose_book("own")
    assert bases(page) == ["MY-001"]
    page.edit()
    assert page.dialog.text.toPlainText().startswith("上次您问的事")
    page.dialog.text.setPlainText("上次您问的事我问清楚了,不急,您哪天方便?")
    page.dialog.answer()
    settle(qtbot, page)
    assert "第 2 版" in page.detail.facts.text()
    page.detail.off.click()
    settle(qtbot, page)
    assert "MY-001" not in bases(page)
    page.filters.whose.setCurrentIndex(page.filters.whose.findData("off"))
    assert bases(page) == ["MY-001"]
    page.detail.restore.click()
    settle(qtbot, page)
    assert "MY-001" in workbench.outreach.playbook.everything().scripts


def test_shipped_script_is_rewritten_unchanged_but_for_its_text(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    page = show(workbench)
    one = next(one for one in library().scripts.values() if len(one.segment) > 1 and not one.touches)
    page.filters.words.setText(one.id)
    page.edit()
    page.dialog.text.setPlainText(one.text + "好不好?")
    page.dialog.answer()
    settle(qtbot, page)
    after = workbench.outreach.playbook.everything().scripts[one.id]
    assert (after.text, after.segment, after.of, after.never) == (
        one.text + "好不好?",
        one.segment,
        one.of,
        one.never,
    )
    assert page.detail.restore.isVisibleTo(page)


def test_any_text_is_held_against_the_red_lines(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page = show(workbench)
    page.check_text()
    page.dialog_of_text.text.setPlainText("存就送油,最后一天")
    settle(qtbot, page)
    assert "最后一天" in page.dialog_of_text.verdict.text()
    page.dialog_of_text.text.setPlainText("您看完材料再定,不着急。")
    settle(qtbot, page)
    assert page.dialog_of_text.verdict.text().startswith("✓")
    page.dialog_of_text.reject()


def test_prompt_of_a_segment_is_copied_and_registered(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page = show(workbench)
    board = workbench.insight.genes.segments()
    large = max(board.rows, key=lambda row: row.customers)
    small = min(board.rows, key=lambda row: row.customers)
    assert large.customers >= 20 > small.customers
    page.ask_outside()
    dialog = page.dialog_of_prompt
    dialog.segment.setCurrentIndex(dialog.segment.findData(small.code))
    settle(qtbot, page)
    assert "不足 20 户" in dialog.fault.text()
    assert not dialog.copy.isEnabled()
    dialog.segment.setCurrentIndex(dialog.segment.findData(large.code))
    settle(qtbot, page)
    dialog.copy_prompt()
    settle(qtbot, page)
    text = QGuiApplication.clipboard().text()
    assert large.name in text
    told: list[Any] = [*workbench.insight.search("1", 50)]
    assert not [one for one in told if one.customer_no in text or (one.name and one.name in text)]


def test_set_of_head_office_comes_in_as_one_file(
    workbench: Workbench, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    form = tmp_path / "话术.xlsx"
    workbench.sheets.save(office_template(workbench.rules), form)
    book = openpyxl.load_workbook(form)
    for line, text in (
        (5, "您好,总行让我问问您,网点哪里还能做得更好?"),
        (6, "您好,这款产品稳赚不赔,今天就办吧。"),
    ):
        for column, value in ((1, str(line)), (2, "开场"), (9, text)):
            book.worksheets[0].cell(line, column, value)
    book.save(form)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(form), ""))
    page = show(workbench)
    page.office.ask_file()
    settle(qtbot, page)
    assert page.office.refused is not None
    assert "稳赚" in page.office.refused.table.table.row(0).message
    page.office.refused.accept()
    page.filters.choose_book("office")
    assert bases(page) == ["HQ-5"]


def test_book_without_customers_has_its_playbook(tmp_path: Path, show: Show) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE) as workbench:
        page = show(workbench)
        assert page.table.table.rowCount() > 0
        assert page.primary is not None
        assert page.primary.isEnabled()
