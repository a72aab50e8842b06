"""临界 as a person uses it: who first, by class, to the portrait, the log and the paper (domain 4.8)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.critical.page import CriticalPage
from ui.tasks import Tasks
from ui.widgets.preview import PreviewDialog
from workbench.app import Workbench

Went = list[tuple[str, Any]]
Show = Callable[[Workbench], tuple[CriticalPage, Went]]


@pytest.fixture
def show(qtbot: QtBot, qapp: object) -> Iterator[Show]:
    tasks = Tasks()

    def build(workbench: Workbench) -> tuple[CriticalPage, Went]:
        page = CriticalPage(workbench, tasks)
        qtbot.addWidget(page)
        went: Went = []
        page.go.connect(lambda name, argument: went.append((name, argument)))
        page.resize(1198, 722)
        page.show()
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
        return page, went

    yield build
    tasks.close()


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def texts(page: CriticalPage, row: int) -> list[str]:
    model = page.table.table
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_the_rows_are_the_queue_in_its_order_with_whole_sentences(workbench: Workbench, show: Show) -> None:
    page, _went = show(workbench)
    queue = workbench.outreach.critical()
    assert queue.entries
    assert page.table.table.rowCount() == len(queue.entries)
    for row, entry in enumerate(queue.entries):
        due, critical, _who, why, how = texts(page, row)
        assert due == entry.clock.removeprefix("2026-")
        assert critical.startswith(entry.first.word)
        assert entry.first.sentence in why
        assert entry.first.action in how
    codes = [reason.code for entry in queue.entries for reason in entry.reasons]
    assert not any(code in line for code in codes for line in texts(page, 0))
    # the row is as high as its words, nothing is cut
    first = page.table.table.index(0, 3)
    assert page.table.rowHeight(0) >= page.table.itemDelegate().sizeHint(_option(page), first).height()


def _option(page: CriticalPage) -> Any:
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    option.initFrom(page.table)
    return option


def test_a_class_is_shown_alone_and_counted(workbench: Workbench, show: Show) -> None:
    page, _went = show(workbench)
    queue = page.queue
    assert queue is not None
    code = next(code for code, n in queue.counts.items() if n)
    page.place(code)
    assert page.table.table.rowCount() == queue.counts[code]
    assert page.filters[code].text() == f"{queue.words[code]}  {queue.counts[code]}"
    nobody = next(code for code, n in queue.counts.items() if not n)
    page.filters[nobody].click()
    assert page.content.currentWidget() is page.nobody
    assert not page.primary.isEnabled()  # type: ignore[union-attr]
    assert page.print_button.isEnabled()


def test_keys_lead_to_portrait_log_and_paper(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page, went = show(workbench)
    assert page.queue is not None
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    number = page.queue.entries[1].customer_no
    page.primary.click()  # type: ignore[union-attr]
    page.plan_button.click()
    assert went == [("portrait", number), ("touch", number), ("to_plan", number)]
    page.print_button.click()
    (dialog,) = page.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: dialog.printed is not None)
    assert dialog.printed is not None
    assert dialog.printed.kind.code == "critical_pdf"
    dialog.reject()


def test_what_cannot_be_told_stands_below_with_its_column(workbench: Workbench, show: Show) -> None:
    page, _went = show(workbench)
    assert "证件到期(缺「证件到期日」)" in page.unseen.words.toolTip()
    assert "看不到:" in page.unseen.words.text()
    assert "数据日期 2026-10-31" in page.notes.text()


def test_an_empty_book_says_how_to_fill_it(tmp_path: Path, show: Show) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE) as workbench:
        page, _went = show(workbench)
        assert page.content.currentWidget() is page.content.nothing
