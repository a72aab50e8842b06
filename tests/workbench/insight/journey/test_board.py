"""The board counts what the tag says: the same customers as picker and portrait, with assets, days and who moved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from db.journey import prospects
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.insight.journey.facts import COLUMNS, BoardFilter, JourneyBoard
from workbench.insight.journey.room import Journey

TODAY = "2026-11-16"
Month = dict[str, Any]


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBook]:
    """Ten customers in all five stages, the pool, outside, and one of whom nothing is known. Made once; tests undo what they
    write."""
    steady: dict[str, list[Any]] = {
        "rich": [900e4] * 9,
        "calm": [30e4] * 9,
        "just": [6e4] * 9,
        "fresh": [1e4] * 7 + [8e4] * 2,
        "gone": [50e4] * 7 + [45e4, 0.5e4],
        "leaving": [50e4] * 8 + [14e4],
        "small": [0.5e4] * 9,
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        new_book(tmp_path_factory.mktemp("journey") / "branch.book", "correct horse") as book,
    ):
        patch.setenv("WORKBENCH_TODAY", TODAY)
        made = SmallBook(book)
        for no, run in steady.items():
            made.months(no, {"aum_daily_average": run, "aum_balance": run}, last_txn_date="2026-10-20")
        made.customer("opened", open_date="2026-10-05")
        made.month("opened", aum_daily_average=1e4, aum_balance=1e4)
        made.customer("staff", occupation="本行员工")
        made.months("staff", {"aum_daily_average": [30e4] * 9, "aum_balance": [30e4] * 9})
        made.month("dark", bank_level="五星")
        yield made


@pytest.fixture
def journey(branch: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Journey:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    return branch.insight.journey


@pytest.fixture
def undoing(branch: SmallBook) -> Iterator[Callable[[Any], None]]:
    """Takes changes back at the end of a test, the last first."""
    changes: list[Any] = []
    yield changes.append
    for change in reversed(changes):
        branch.book.reverse(change.undo_id)


def stages(board: JourneyBoard) -> dict[str, int]:
    return {one.code: one.customers for one in board.columns}


def test_the_board_has_five_columns_and_everybody_once(branch: SmallBook, journey: Journey) -> None:
    board = journey.board()
    assert [one.code for one in board.columns] == list(COLUMNS)
    assert stages(board) == {"J1": 1, "J2": 1, "J3": 3, "J4": 1, "J5": 1}
    assert (board.pool.customers, board.outside.customers, board.unknown.customers) == (1, 1, 1)
    assert board.customers == len(branch.ids)
    settled = board.column("J3")
    assert (settled.aum_fen, settled.reported) == (936_0000_00, 3)
    assert board.as_of == "2026-10-31"


def test_board_picker_portrait_and_list_name_the_same_customers(branch: SmallBook, journey: Journey) -> None:
    board, insight = journey.board(), branch.insight
    for column in board.columns:
        listed = journey.rows(column.code)
        picked = insight.picking.rows(column.expression)
        assert {one.customer_no for one in listed} == {one.customer.customer_no for one in picked}
        assert len(listed) == column.customers == insight.picking.count(column.expression).count
        for one in listed:
            card = insight.portrait(one.customer_no).stage
            assert card == journey.of(one.customer_no)
            assert card is not None
            assert replace(card, history=card.history[:1]) == one.card
            assert card.code == column.code
    for beside in (board.pool, board.outside, board.unknown):
        assert insight.picking.count(beside.expression).count == beside.customers


def test_the_list_of_a_column_comes_in_windows_and_by_filter(journey: Journey) -> None:
    everybody = [one.customer_no for one in journey.rows("J3", BoardFilter(order="assets"))]
    assert everybody == ["rich", "calm", "just"]
    assert [one.customer_no for one in journey.rows("J3", BoardFilter(order="assets"), 1, 1)] == ["calm"]
    assert [one.customer_no for one in journey.rows("J3", BoardFilter(tower="top"))] == ["rich"]
    shown = journey.shown(BoardFilter(tower="top", order="assets"), 200)
    assert shown.counts == {"J1": 0, "J2": 0, "J3": 1, "J4": 0, "J5": 0}
    assert shown.board.column("J3").customers == 3  # the head tells the whole stage


def test_who_moved_with_the_newest_list_and_who_has_been_there_longest(journey: Journey) -> None:
    board = journey.board()
    assert {one.code: (one.moved_in, one.moved_out) for one in board.columns} == {
        "J1": (1, 0), "J2": (0, 0), "J3": (0, 2), "J4": (1, 0), "J5": (1, 0),
    }  # fmt: skip
    longest = board.column("J3").longest
    assert longest is not None
    assert (longest.customer_no, longest.since, longest.days) == ("rich", "2026-02-28", 261)
    first = journey.rows("J3")[0]
    assert (first.customer_no, first.card.since, first.card.days) == (
        longest.customer_no,
        longest.since,
        longest.days,
    )
    origins = {
        one.customer_no: one.moved_from
        for code in COLUMNS
        for one in journey.rows(code, BoardFilter(moved=True))
    }
    assert origins == {"opened": "new", "leaving": "J3", "gone": "J3"}
    assert [one.customer_no for one in journey.rows("J4", BoardFilter(before="J3"))] == ["leaving"]
    assert journey.rows("J5", BoardFilter(before="J4")) == []


def test_with_one_month_nobody_is_seen_to_move(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    small.month("A", aum_daily_average=30e4, aum_balance=30e4)
    column = small.insight.journey.board().column("J3")
    assert (column.customers, column.moved_in, column.moved_out) == (1, None, None)
    assert small.insight.journey.rows("J3")[0].moved_from is None


def test_old_data_count_no_days(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-06-01")
    small.flat("A")
    longest = small.insight.journey.board().column("J3").longest
    assert longest is not None
    assert (longest.since, longest.days) == ("2026-02-28", None)
    assert small.insight.journey.rows("J3")[0].card.days is None


def test_a_move_by_hand_is_counted_where_he_stands_and_expires(
    branch: SmallBook, journey: Journey, undoing: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    undoing(journey.move("calm", "防降期", "客户说要转走"))
    board = journey.board()
    assert stages(board) == {"J1": 1, "J2": 1, "J3": 2, "J4": 2, "J5": 1}
    assert board.column("J4").by_hand == 1
    row = next(one for one in journey.rows("J4") if one.customer_no == "calm")
    assert row.by_hand is not None
    assert (row.by_hand.machine, row.by_hand.until, row.by_hand.reason) == (
        "J3",
        "2027-02-14",
        "客户说要转走",
    )
    assert row.moved_from == "J3"
    assert [one.customer_no for one in journey.rows("J4", BoardFilter(before="J3"))][-1:] == ["calm"]
    card = branch.insight.portrait("calm").stage
    assert card is not None
    assert (card.code, card.machine, card.until, card.reason) == ("J4", "J3", "2027-02-14", row.card.reason)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-02-14")
    assert stages(journey.board())["J3"] == 3


def test_persons_without_an_account_are_counted_apart_until_they_expire(
    branch: SmallBook, journey: Journey, undoing: Callable[[Any], None]
) -> None:
    person = {"name": "钱多多", "source": "walk_in", "created": "2026-11-01", "state": "open"}
    with branch.book.write("prospect", "add") as writer:
        writer.insert(
            prospects,
            [
                {**person, "expires": "2027-01-01"},
                {**person, "expires": "2026-11-10"},
                {**person, "expires": "2027-01-01", "state": "dropped"},
            ],
        )
    board = journey.board()
    assert board.prospects == 1
    assert board.column("J1").customers == 1
