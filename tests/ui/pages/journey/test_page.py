"""旅程 as a person uses it: five columns, by keyboard from card to card, to the portrait and the picker (domain 3)."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from tests.ui.pages.journey.conftest import Show
from ui.pages.journey.page import JourneyPage
from workbench.app import Workbench
from workbench.base.money import wan
from workbench.insight.journey.facts import COLUMNS
from workbench.people.prospects.prospect import NewProspect


def listed(page: JourneyPage) -> list[str]:
    """The stages that list anybody."""
    return [code for code in COLUMNS if page.board.stages[code].cards.table.rowCount()]


def test_five_columns_stand_side_by_side_with_the_figures_of_the_board(branch: Workbench, show: Show) -> None:
    page, went = show(branch)
    board = branch.insight.journey.board()
    views = list(page.board.stages.values())
    assert [view.code for view in views] == list(COLUMNS)
    assert len({view.mapTo(page, view.rect().topLeft()).y() for view in views}) == 1
    assert sorted({view.x() for view in views}) == [view.x() for view in views]
    for view in views:
        column = board.column(view.code)
        assert view.people.text() == f"{column.customers:,} 户"
        assert view.assets.text() == (wan(column.aum_fen) if column.customers else "0")
        # the month of the list, whatever today is
        month = int(board.month[5:])
        assert (view.came.text(), view.went.text()) == (
            f"{month}月进 {column.moved_in}",
            f"出 {column.moved_out}",
        )
        assert view.cards.table.rowCount() == column.customers
        assert len({one.head.height() for one in views}) == 1
    assert page.board.moved.text() == f"{int(board.month[5:])}月换了阶段的"
    full = page.board.stages[listed(page)[0]]
    full.people.click()
    assert went == [("picker", board.column(full.code).expression)]
    assert "2026-10-31" in page.hint.text()


def test_a_card_says_who_how_much_why_and_what_next(branch: Workbench, show: Show) -> None:
    page, _went = show(branch)
    rows = branch.insight.journey.rows("J3")
    model = page.board.stages["J3"].cards.table
    for number, row in enumerate(rows[:5]):
        words = str(model.index(number, 0).data())
        assert row.name not in words
        assert words.startswith(row.name[0])
        assert wan(row.aum_fen) in words
        assert row.card.reason.removeprefix("截至2026-10-31:") in words
        assert model.index(number, 0).data(Qt.ItemDataRole.ToolTipRole) == row.card.exit
        assert next(one.name for one in row.card.due if one.is_open) in words


def test_by_keyboard_from_card_to_card_and_to_the_portrait(
    branch: Workbench, show: Show, qtbot: QtBot
) -> None:
    page, went = show(branch)
    page.activateWindow()
    page.focus_first()
    codes = listed(page)
    at = codes.index("J3")
    page.board.stages["J3"].cards.setFocus()
    here = page.board.stages["J3"].cards
    qtbot.keyClick(here, Qt.Key.Key_Down)
    assert here.currentIndex().row() == 1
    number = branch.insight.journey.rows("J3")[1].customer_no
    qtbot.keyClick(here, Qt.Key.Key_Return)
    qtbot.keyClick(here, Qt.Key.Key_Left)
    left = page.board.stages[codes[at - 1]].cards
    assert left.hasFocus()
    selected = page.selected()
    assert selected is not None
    assert selected.customer_no == branch.insight.journey.rows(codes[at - 1])[0].customer_no
    qtbot.keyClick(left, Qt.Key.Key_Right)
    assert here.hasFocus()
    assert here.currentIndex().row() == 1
    for made in (page.primary, page.plan_button):
        assert made is not None
        made.click()
    assert went == [("portrait", number), ("touch", number), ("to_plan", number)]


def test_a_tower_narrows_the_lists_and_not_the_figures(branch: Workbench, show: Show, qtbot: QtBot) -> None:
    page, _went = show(branch)
    before = {code: view.people.text() for code, view in page.board.stages.items()}
    page.board.towers["top"].click()
    qtbot.waitUntil(lambda: not page.tasks.busy and not page.reading)
    assert {code: view.people.text() for code, view in page.board.stages.items()} == before
    journey = branch.insight.journey
    for code, view in page.board.stages.items():
        rows = journey.rows(code, page.board.wanted)
        assert view.cards.table.rowCount() == len(rows)
        assert all(row.card.cadence for row in rows) or not rows
    assert sum(view.cards.table.rowCount() for view in page.board.stages.values()) < sum(
        journey.board().column(code).customers for code in COLUMNS
    )


def test_who_has_no_card_is_counted_and_can_be_opened(branch: Workbench, show: Show) -> None:
    page, went = show(branch)
    board = branch.insight.journey.board()
    pool = page.board.figures["pool"]
    assert pool.text() == f"长尾培育 {board.pool.customers:,}"
    pool.click()
    assert went == [("picker", board.pool.expression)]


def test_an_empty_book_says_how_to_fill_it(tmp_path: Path, show: Show) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE) as nothing:
        page, _went = show(nothing)
        assert page.content.currentWidget() is page.content.nothing
        assert not page.move_button.isEnabled()


def test_the_tabs_beside_the_board_are_read_when_they_are_in_front(
    branch: Workbench, show: Show, qtbot: QtBot
) -> None:
    page, went = show(branch)
    assert [page.tabs.tabText(at) for at in range(page.tabs.count())] == ["看板", "蜜月期", "潜客"]
    assert page.honeymoon.funnel is None
    page.place("honeymoon")
    qtbot.waitUntil(lambda: page.honeymoon.funnel is not None)
    assert not page.move_button.isEnabled()
    page.honeymoon.condition_requested.emit("average > 0")
    assert went == [("picker", "average > 0")]
    branch.prospects.add(NewProspect("钱先生", source="walk_in"))
    page.refresh()
    page.place("prospects:1")
    qtbot.waitUntil(lambda: page.prospects.table.table.rowCount() == 1)
    one = page.prospects.current()
    assert one is not None
    assert one.key == "1"
    qtbot.waitUntil(lambda: not page.reading)
    assert page.board.figures["prospects"].text() == "还没开户的潜客 1"
    page.place("J3")
    assert page.tabs.currentWidget() is page.board
    assert page.move_button.isEnabled()


def test_persons_can_be_noted_before_there_are_customers(tmp_path: Path, show: Show) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE) as nothing:
        page, _went = show(nothing)
        assert page.prospect_button.isEnabled()
        page.place("prospects")
        assert page.prospects.isVisible()
