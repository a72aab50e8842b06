"""The tower board: counts that add up, movements, lists nearest first, and that every figure names its people."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.room import Insight
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.towers.facts import Board


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBook]:
    """Ten customers: one left, one of whom nothing is told, one new, one down, one up, one watched, one near a line.

    Made once; what a test writes into it is undone by the test.
    """
    runs: dict[str, list[Any]] = {
        "top": [900e4] * 5,
        "fallen": [5.2e4, 4.8e4, 4.7e4, 4.3e4, 4.3e4],
        "risen": [8e4, 8e4, 8e4, 30e4, 30e4],
        "watched": [8e4, 8e4, 8e4, 8e4, 4.2e4],
        "barely": [21e4] * 5,
        "near": [4.6e4] * 5,
        "small": [0.5e4] * 5,
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        new_book(tmp_path_factory.mktemp("towers") / "branch.book", "correct horse") as book,
    ):
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        made = SmallBook(book)
        for no, run in runs.items():
            made.months(no, {"aum_daily_average": run, "aum_balance": run}, last_txn_date="2026-10-20")
        made.month("new", aum_daily_average=60e4, aum_balance=60e4, bank_level="金卡")
        made.month("left", 1, aum_daily_average=30e4, aum_balance=30e4)
        made.month("dark", bank_level="五星")
        yield made


@pytest.fixture(scope="module")
def insight(branch: SmallBook) -> Insight:
    return branch.insight


@pytest.fixture(scope="module")
def board(insight: Insight) -> Board:
    return insight.towers.board()


@pytest.fixture(scope="module")
def picked(branch: SmallBook, insight: Insight, board: Board) -> Callable[[str], set[str]]:
    """Who an expression of the board names."""

    def people(expression: str) -> set[str]:
        with branch.book.read() as conn:
            resolver = LayerResolver(layers, conn)
            holds = where(check(parse(expression), layers.vocabulary), resolver)
            source = layers.source((*resolver.names, "customer_no"))
            asked = select(layers.column("customer_no")).select_from(source).where(holds)
            return set(conn.execute(asked).scalars())

    with branch.book.read() as conn:
        layers = insight.engine.layers(conn)
    return people


def test_levels_and_towers_add_up_to_everybody_also_those_who_cannot_be_told(board: Board) -> None:
    assert board.customers == 9
    assert {one.code: one.customers for one in board.levels if one.customers} == {
        "L8": 1, "L5": 1, "L4": 2, "L3": 1, "L2": 2, "L1": 1, None: 1,
    }  # fmt: skip
    assert {one.code: one.customers for one in board.towers} == {"top": 1, "waist": 4, "base": 3, None: 1}
    for shares in (board.levels, board.towers):
        assert sum(one.customers for one in shares) == board.customers
        assert sum(one.aum_fen for one in shares) == board.aum_fen
        assert sum(one.customers_share for one in shares) == pytest.approx(1)
        assert sum(one.aum_share for one in shares) == pytest.approx(1)
    assert board.levels[-1].untold == 1


def test_every_figure_of_the_board_names_exactly_its_people(
    picked: Callable[[str], set[str]], board: Board
) -> None:
    for share in (*board.levels, *board.towers):
        assert len(picked(share.expression)) == share.customers, share.expression
    for move in board.movements:
        if move.expression:
            assert len(picked(move.expression)) == move.customers, move.expression
    for named in (board.keep, board.upgrade, board.differs):
        assert picked(named.expression) >= {row.customer_no for row in named.rows}
        assert len(picked(named.expression)) == named.total, named.expression
    for looked in board.coverage:
        assert len(picked(looked.unscored_expression)) == looked.unscored
        for _code, _name, count, expression in looked.weakest:
            assert len(picked(expression)) == count, expression
    assert picked(board.curve.expression10) == {"top"}


def test_movements_show_who_rose_who_fell_who_came_and_who_left(board: Board) -> None:
    moves = {(m.before, m.after): m.customers for m in board.movements}
    assert moves == {
        ("L8", "L8"): 1, ("L3", "L2"): 1, ("L3", "L4"): 1, ("L3", "L3"): 1, ("L4", "L4"): 1, ("L2", "L2"): 1,
        ("L1", "L1"): 1, (None, "L5"): 1, (None, None): 1, ("L4", None): 1,
    }  # fmt: skip
    order = ("L0", "L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8")
    assert (board.moved(True, order), board.moved(False, order)) == (1, 1)
    assert next(m for m in board.movements if m.after is None and m.before).expression == ""


def test_the_keep_list_has_the_soonest_to_fall_first_and_the_upgrade_list_the_nearest(board: Board) -> None:
    assert [row.customer_no for row in board.keep.rows] == ["watched", "barely"]
    assert [row.customer_no for row in board.upgrade.rows] == ["near"]
    assert board.keep.gap_fen == 800_000  # only the watched one is short of his line
    assert board.upgrade.gap_fen == 400_000
    watched, barely = (row.standing for row in board.keep.rows)
    assert (watched.watch, watched.falls_in, watched.critical) == (1, 3, ("C2",))
    assert (barely.watch, barely.critical) == (0, ("C2",))
    near = board.upgrade.rows[0].standing
    assert [one and one.kind for one in (watched.keep, barely.keep, near.upgrade)] == [
        "next",
        "hold",
        "next",
    ]


def test_the_curve_begins_at_nothing_and_ends_at_everything(board: Board) -> None:
    assert (board.curve.points[0], board.curve.points[-1]) == ((0.0, 0.0), (1.0, pytest.approx(1.0)))
    shares = [y for _x, y in board.curve.points]
    assert shares == sorted(shares)
    # eight customers: a tenth of them is 0.8 of the largest one
    largest = 900e4 / sum((900e4, 4.3e4, 30e4, 4.2e4, 21e4, 4.6e4, 0.5e4, 60e4))
    assert board.curve.top10 == pytest.approx(largest * 0.8)


def test_the_banks_level_beside_ours_lists_those_who_differ_and_words_nobody_explained(board: Board) -> None:
    assert [(one.word, one.customers, one.differs) for one in board.bank] == [
        ("五星", 1, None),
        ("金卡", 1, 1),
    ]
    assert (board.compared, board.differs.total) == (1, 1)
    assert (
        board.differs_widely
    )  # all that could be compared differ: the words are to blame rather than the customers
    assert [row.customer_no for row in board.differs.rows] == ["new"]
    assert board.differs.rows[0].standing.bank_note


def test_coverage_never_counts_the_untold(board: Board) -> None:
    top = next(one for one in board.coverage if one.tower == "top")
    assert (top.customers, top.scored, top.mean, top.share, top.weakest) == (1, 0, None, None, ())


def test_a_recorded_service_shows_on_the_board_and_on_the_customer(
    branch: SmallBook, insight: Insight
) -> None:
    towers = insight.towers
    change = towers.record_service("top", "plan")
    looked = next(one for one in towers.board().coverage if one.tower == "top")
    assert (looked.scored, looked.mean, looked.share, looked.weakest[0][0]) == (1, 2.0, 1.0, "full")
    place, covered = towers.of("top")
    assert place.tier == "L8"
    assert covered is not None
    assert covered.score == 2
    assert [service.kind for service in towers.services_of("top")] == ["plan"]
    assert change.undo_id is not None
    branch.book.reverse(change.undo_id)


def test_the_json_of_the_board_is_plain_and_in_yuan(board: Board) -> None:
    body = json.loads(json.dumps(board.as_json()))
    assert body["keep"]["gap"] == 8_000
    assert body["towers"][0]["where"] == "tower = top"
    assert body["before"] == "2026-09"


def test_one_month_alone_shows_everybody_as_newly_told(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.month("a", aum_daily_average=8e4)
    found = small.insight.towers.board()
    assert found.before is None
    assert [(m.before, m.after) for m in found.movements] == [(None, "L3")]
