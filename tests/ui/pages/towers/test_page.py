"""The tower page as a person uses it: every figure leads to its people, lists to portraits, a service is recorded."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.towers.dialog import ServiceDialog
from ui.pages.towers.page import TowersPage
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.rules.tiers import ASLEEP, Ladder

Went = list[tuple[str, Any]]


class Shown:
    """The page, where it asked to go, and waiting for it."""

    def __init__(self, page: TowersPage, qtbot: QtBot) -> None:
        self.page = page
        self.qtbot = qtbot
        self.went: Went = []
        page.go.connect(lambda name, argument: self.went.append((name, argument)))

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.tasks.busy and self.page.curve.drawn)

    def link(self, words: str) -> QPushButton:
        """The visible link that begins with these words."""
        found = [one for one in self.page.findChildren(QPushButton) if one.text().startswith(words)]
        return next(one for one in found if one.isVisible())


@pytest.fixture
def show(qtbot: QtBot, qapp: object) -> Iterator[Callable[[Workbench], Shown]]:
    tasks = Tasks()

    def build(workbench: Workbench) -> Shown:
        page = TowersPage(workbench, tasks)
        qtbot.addWidget(page)
        page.resize(1222, 728)
        page.show()
        shown = Shown(page, qtbot)
        shown.settle()
        return shown

    yield build
    tasks.close()


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def test_every_figure_of_the_board_leads_to_its_people(
    workbench: Workbench, show: Callable[[Workbench], Shown]
) -> None:
    shown = show(workbench)
    page, board = shown.page, shown.page.board
    assert board is not None
    assert sum(one.customers for one in board.towers) == 100
    # the branch's own levels follow the same rule, so that none differs
    assert (board.compared, board.differs.total) == (100, 0)
    for tower in board.towers:
        card = page.towers[tower.code or ""]
        words = {one.text() for one in card.findChildren(QPushButton)}
        assert f"{tower.customers:,} 户" in words
        for level in board.levels:
            if (level.tower or "").split("_")[0] == tower.code and level.customers:
                assert f"{level.name} {level.customers:,}" in words
    shown.qtbot.mouseClick(shown.link("前 10%"), Qt.MouseButton.LeftButton)
    count = next(one for one in page.towers["top"].findChildren(QPushButton) if one.text().endswith("户"))
    shown.qtbot.keyClick(count, Qt.Key.Key_Space)
    shown.qtbot.mouseClick(page.links["upgrade"], Qt.MouseButton.LeftButton)
    assert shown.went == [
        ("picker", board.curve.expression10), ("picker", "tower = top"), ("picker", board.upgrade.expression),
    ]  # fmt: skip


def test_the_lists_open_portraits_and_show_what_to_deposit(
    workbench: Workbench, show: Callable[[Workbench], Shown]
) -> None:
    shown = show(workbench)
    page, board = shown.page, shown.page.board
    assert board is not None
    assert board.keep.rows, "the sample branch has customers who are about to fall"
    assert f"{board.keep.total:,}" in page.tabs.tabText(0)
    first = board.keep.rows[0]
    cells = [page.keep.table.index(0, n).data() for n in range(9)]
    assert first.name not in cells[0]
    assert cells[-1] == first.standing.advice
    page.focus_first()
    shown.qtbot.keyClick(page.keep, Qt.Key.Key_Return)
    assert shown.went == [("portrait", first.customer_no)]


def test_a_cell_of_the_matrix_leads_to_those_who_moved(
    workbench: Workbench, show: Callable[[Workbench], Shown]
) -> None:
    shown = show(workbench)
    page, board = shown.page, shown.page.board
    assert board is not None
    page.place("moved")
    table = page.moved
    order = (ASLEEP, *Ladder.of(workbench.rules).codes)
    moved = {(move.before, move.after): move for move in board.movements}
    shown_counts = 0
    for row in range(table.table.rowCount()):
        found = table.table.row(row)
        assert table.table.index(row, len(table.table.columns) - 1).data() == (
            f"{sum(m.customers for (before, _a), m in moved.items() if before == found.before):,}"
        )
        for code, move in found.to.items():
            assert move is moved[found.before, code]
            shown_counts += move.customers
    assert shown_counts == sum(move.customers for move in board.movements)
    assert {code for code, _after in moved} <= {*order, None}
    table.setCurrentIndex(table.table.index(0, 1))
    shown.qtbot.keyClick(table, Qt.Key.Key_Return)
    first = table.table.row(0)
    after = next(iter(code for code in reversed(order) if any(m.after == code for m in board.movements)))
    expected = first.to.get(after)
    assert shown.went == ([("picker", expected.expression)] if expected else [])


def test_recording_a_service_for_the_selected_customer_reloads_the_coverage(
    workbench: Workbench, show: Callable[[Workbench], Shown]
) -> None:
    shown = show(workbench)
    page = shown.page
    page.tasks.changed.connect(page.tables_written)
    assert page.primary is not None
    shown.qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    shown.settle()
    dialog = page.findChild(ServiceDialog)
    assert isinstance(dialog, ServiceDialog)
    first = page.keep.current()
    assert dialog.customer_no == first.customer_no
    assert dialog.kind.currentText().startswith("塔腰")  # the kinds of the customer's own tower stand first
    codes = [kind.code for kind in workbench.insight.towers.kinds("waist")]
    dialog.kind.setCurrentIndex(codes.index("growth"))
    assert not dialog.until.isVisible()
    dialog.detail.setText("理财沙龙")
    shown.qtbot.keyClick(dialog.detail, Qt.Key.Key_Return)
    shown.settle()
    given = workbench.insight.towers.services_of(first.customer_no)
    assert [(one.kind, one.detail) for one in given] == [("growth", "理财沙龙")]
    _place, covered = workbench.insight.towers.of(first.customer_no)
    assert covered is not None
    assert next(part.points for part in covered.parts if part.code == "growth") == 2


def test_a_service_without_a_customer_is_asked_for_one_in_place(
    workbench: Workbench, show: Callable[[Workbench], Shown], qtbot: QtBot
) -> None:
    shown = show(workbench)
    dialog = ServiceDialog(workbench, shown.page.tasks, None, None, shown.page)
    dialog.open()
    dialog.answer()
    assert dialog.fault.text() == "请先选一位客户。"
    somebody = workbench.insight.search("0", 1)[0]
    qtbot.keyClicks(dialog.who, somebody.customer_no)
    shown.settle()
    dialog.answer()  # the first hit is taken, then it is kept
    assert dialog.customer_no == somebody.customer_no
    dialog.until.setDate(dialog.date.date().addDays(-1))
    dialog.answer()
    shown.settle()
    assert "早于服务日期" in dialog.fault.text()
    dialog.reject()


def test_an_empty_book_says_how_to_fill_the_page(
    tmp_path: Path, show: Callable[[Workbench], Shown], qtbot: QtBot
) -> None:
    with new_workbench(tmp_path / "new.book", PASSPHRASE) as workbench:
        shown = show(workbench)
        assert shown.page.primary is not None
        assert not shown.page.primary.isEnabled()
        qtbot.mouseClick(shown.link("去导入名单"), Qt.MouseButton.LeftButton)
        assert shown.went == [("imports", None)]
