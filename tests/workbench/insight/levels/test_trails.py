"""Trails of a book: agreement with the fold, sleep, first qualified month, storing all or a few."""

from sqlalchemy import select

from db.known import trails
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.levels.movement import Policy, fold
from workbench.insight.levels.trails import compute_trails, store_trails
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

RULES = Rules.load()


def rows(small: SmallBook, month: str = MONTH) -> dict[str, dict]:
    names = {number: no for no, number in small.ids.items()}
    with small.book.read() as conn:
        return {names[row["customer_id"]]: row for row in compute_trails(conn, month, RULES)}


def test_every_trail_is_the_fold_of_its_months(small: SmallBook) -> None:
    runs = {
        "steady": [30e4] * 6,
        "fallen": [5.2e4, 4.8e4, 4.7e4, 4.6e4, 4.6e4, 4.6e4],
        "risen": [4e4, 4e4, 4e4, 4e4, 4e4, 60e4],
        "gap": [5.2e4, None, 4.8e4, None, 4.7e4, 4.7e4],
    }
    for no, run in runs.items():
        small.months(no, {"aum_daily_average": run})
    months = [f"2026-{n:02d}" for n in range(5, 11)]
    for no, row in rows(small).items():
        fen = [None if one is None else round(one * 100) for one in runs[no]]
        trail = fold(fen, Ladder.of(RULES), Policy.of(RULES), months)
        for name in ("tier", "reached", "watch", "falls_in", "since", "upgraded", "downgraded", "fell_from",
                     "months_told", "first_month", "peak", "peak_month"):  # fmt: skip
            assert row[name] == getattr(trail, name), (no, name)
        assert row["tier_before"] == trail.before


def test_golden_7_asleep_below_the_ladder_only_when_empty_and_inactive_for_a_year(small: SmallBook) -> None:
    told = {"a": "2025-10-26", "b": "2026-01-04", "c": None}
    for no, last in told.items():
        small.months(no, {"aum_daily_average": [80, 80]}, last_txn_date=last)
    small.months("d", {"aum_daily_average": [6e4, 80]}, last_txn_date="2025-10-26")
    found = rows(small)
    assert {no: row["tier"] for no, row in found.items()} == {"a": "L0", "b": "L1", "c": "L1", "d": "L3"}
    assert found["d"]["reached"] == "L0"  # but the level in force waits for its failing months
    assert found["a"]["tier_before"] == "L1"  # on 2026-09-30 it was not yet a year
    small.months("e", {"aum_daily_average": [80, 80]}, last_txn_date="2025-08-01")
    assert rows(small)["e"]["tier_before"] == "L0"


def test_the_first_qualified_month_is_known_only_when_a_month_below_came_before(small: SmallBook) -> None:
    small.months("grew", {"aum_daily_average": [4e4, 4e4, 6e4, 4e4, 7e4]})
    small.months("always", {"aum_daily_average": [6e4] * 5})
    small.months("never", {"aum_daily_average": [1e4] * 5})
    small.customer("opened", open_date="2026-10-08")
    small.month("opened", aum_daily_average=6e4)
    found = rows(small)
    assert {no: row["qualified"] for no, row in found.items()} == {
        "grew": "2026-08", "always": None, "never": None, "opened": "2026-10",
    }  # fmt: skip


def test_the_balance_stands_in_where_no_average_is_reported(small: SmallBook) -> None:
    small.month("a", aum_balance=60e4)
    assert rows(small)["a"]["tier"] == "L5"


def test_an_earlier_month_is_computed_from_what_was_known_by_then(small: SmallBook) -> None:
    small.months("a", {"aum_daily_average": [4e4, 60e4, 60e4]})
    assert rows(small, "2026-09")["a"]["tier"] == "L2"
    assert rows(small)["a"]["tier"] == "L5"


def test_storing_a_few_leaves_the_others(small: SmallBook) -> None:
    small.months("a", {"aum_daily_average": [6e4, 6e4]})
    small.months("b", {"aum_daily_average": [6e4, 6e4]})
    with small.book.derive() as conn:
        store_trails(conn, compute_trails(conn, MONTH, RULES))
    small.month("a", 2, aum_daily_average=30e4)
    with small.book.derive() as conn:
        few = compute_trails(conn, MONTH, RULES, [small.ids["a"]])
        assert [row["customer_id"] for row in few] == [small.ids["a"]]
        store_trails(conn, few, [small.ids["a"]])
    with small.book.read() as conn:
        stored = dict(conn.execute(select(trails.c.customer_id, trails.c.tier)).all())
    assert stored == {small.ids["a"]: "L4", small.ids["b"]: "L3"}


def test_without_customers_there_are_no_trails(small: SmallBook) -> None:
    assert rows(small) == {}
