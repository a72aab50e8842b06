"""Rows copied from a page: few at once, many registered first; the menu of a row acts on its customer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from db.record import audit
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE
from ui.pages.customers.page import CustomersPage
from ui.tasks import Tasks
from ui.widgets.table_menu import row_menu
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError


@pytest.fixture
def page(qtbot: Bot, path: Path, tasks: Tasks) -> Iterator[CustomersPage]:
    with Workbench.open(path, PASSPHRASE) as opened:
        made = CustomersPage(opened, tasks)
        qtbot.addWidget(made)
        made.resize(1100, 600)
        made.show()
        qtbot.waitUntil(lambda: made.ready and not tasks.busy)
        QGuiApplication.clipboard().clear()
        yield made
        tasks.drain()


def exports(page: CustomersPage) -> list[dict[str, Any]]:
    with page.workbench.book.read() as conn:
        rows = conn.execute(select(audit.c.facts).where(audit.c.subject == "copied_rows")).scalars()
        return [json.loads(one) for one in rows]


def choose(page: CustomersPage, rows: int) -> None:
    page.table.selectRow(0)
    model, selection = page.table.table, page.table.selectionModel()
    flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
    for number in range(rows):
        selection.select(model.index(number, 0), flags)


def test_twenty_rows_are_copied_at_once_and_one_more_is_registered_first(
    qtbot: Bot, page: CustomersPage
) -> None:
    said: list[str] = []
    page.tasks.wrote.connect(lambda _change, words: said.append(words))
    choose(page, 20)
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 21
    assert lines[0].split("\t")[:2] == ["灯", "客户"]
    assert "**" in lines[1].split("\t")[2], "masked as on the screen"
    assert exports(page) == []
    choose(page, 21)
    page.table.copy()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 22
    (facts,) = exports(page)
    assert (facts["rows"], facts["table"], facts["columns"][1]) == (21, "customers", "客户")
    assert "21" in said[1]


def test_what_cannot_be_registered_is_not_copied(
    qtbot: Bot, page: CustomersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_what: object) -> None:
        raise WorkbenchError("disk_full", "磁盘满了")

    monkeypatch.setattr(page.workbench.register, "copied", refused)
    failures: list[Exception] = []
    page.tasks.failed.connect(failures.append)
    choose(page, 30)
    page.table.copy()
    qtbot.waitUntil(lambda: bool(failures))
    assert QGuiApplication.clipboard().text() == ""


def test_the_menu_of_a_row_leads_where_the_keys_of_the_window_lead(page: CustomersPage) -> None:
    gone: list[tuple[str, object]] = []
    page.go.connect(lambda name, argument: gone.append((name, argument)))
    number = page.table.current().customer_no
    for act in row_menu(page.table).actions()[:3]:
        act.trigger()
    assert gone == [("portrait", number), ("touch", number), ("to_plan", number)]


def test_every_column_of_a_long_list_is_sorted_by_its_source(qtbot: Bot, page: CustomersPage) -> None:
    for number, column in enumerate(page.table.table.columns):
        assert column.order, column.title
        page.table.sort_by(number, descending=column.largest_first)
        qtbot.waitUntil(lambda: not page.tasks.busy)
        words = [column.text(page.table.table.row(n)) for n in range(page.table.table.rowCount())]
        known = [word != "—" for word in words]
        assert known == sorted(known, reverse=True), f"{column.title}: unknown values stand last"
