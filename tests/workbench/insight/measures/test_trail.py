"""Measures of the trail: lines and gaps, days since movements, the bank's own level beside ours."""

from typing import Any

import pytest

from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.measures.steps import section_statement
from workbench.insight.levels.trails import as_facts, compute_trails, store_trails
from workbench.insight.measures import trail
from workbench.insight.measures.scope import Scope, reported_data
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-16"


def measured(small: SmallBook, month: str = MONTH, *, beside: bool = False) -> dict[str, Any]:
    """The measures by customer number; `beside` takes computed rows in place of the stored ones."""
    names = {number: no for no, number in small.ids.items()}
    with small.book.derive() as conn:
        rows = compute_trails(conn, month, RULES)
        if not beside:
            store_trails(conn, rows)
        told = reported_data(conn, month)
        assert told is not None
        scope = Scope(month, DAY, told)
        found = conn.execute(
            section_statement(scope, RULES, trail, as_facts(rows) if beside else None)
        ).mappings()
        return {names[row["customer_id"]]: dict(row) for row in found}


def test_lines_and_gaps_are_those_of_the_level_in_force_and_the_next_one_not_yet_reached(
    small: SmallBook,
) -> None:
    small.months("watched", {"aum_daily_average": [5.2e4, 4.8e4]})
    small.months("rising", {"aum_daily_average": [4e4, 21e4]})
    small.month("top", aum_daily_average=700e4)
    small.month("asleep", aum_daily_average=80, last_txn_date="2025-10-26")
    figures = measured(small)

    def wan(no: str) -> list[float | None]:
        names = ("line_own", "line_next", "above_line", "to_upgrade")
        return [None if figures[no][n] is None else figures[no][n] / 1e6 for n in names]

    assert wan("watched") == [5, 20, -0.2, 15.2]
    assert wan("rising") == [1, 50, 20, 29]
    assert wan("top") == [600, None, 100, None]
    assert wan("asleep") == [0, 1, 0.008, 0.992]
    assert [figures[no]["tower"] for no in figures] == ["waist", "base", "top", "base"]
    assert (figures["watched"]["watch"], figures["watched"]["attention"], figures["watched"]["falls_in"]) == (
        1,
        1,
        3,
    )


def test_days_count_from_the_month_in_which_a_movement_took_effect(small: SmallBook) -> None:
    small.months("up", {"aum_daily_average": [4e4, 21e4, 21e4]})
    small.months("down", {"aum_daily_average": [5.2e4, 4.8e4, 4.7e4, 4.6e4, 4.6e4]})
    found = measured(small)
    assert found["up"]["upgraded_days"] == 46  # since 2026-10-01
    assert found["up"]["qualified_days"] == 47  # since 2026-09-30, the end of the month that qualified
    assert (found["down"]["downgraded_days"], found["down"]["fell_from"]) == (46, "L3")
    assert found["up"]["downgraded_days"] is None


def test_the_end_of_a_december_that_qualified_is_the_day_before_new_year(small: SmallBook) -> None:
    small.months("a", {"aum_daily_average": [4e4, *[6e4] * 11]})
    assert measured(small)["a"]["qualified_days"] == 320  # since 2025-12-31


def test_months_without_data_between_are_counted(small: SmallBook) -> None:
    small.month("a", 4, aum_daily_average=6e4)
    small.month("a", 0, aum_daily_average=6e4)
    small.flat("b", months=5)
    found = measured(small)
    assert [(found[no]["months_told"], found[no]["months_missing"]) for no in "ab"] == [(2, 3), (5, 0)]


@pytest.mark.parametrize(
    ("word", "yuan", "differs"),
    [
        ("优质", 6e4, 0), ("优质客户", 6e4, 0), ("白金卡", 6e4, 1), ("普通", 6e4, 1), ("普通", 2e4, 0), ("普通", 5e3, 0),
        ("私人银行客户", 700e4, 0), ("六星", 6e4, None), (None, 6e4, None), ("私行", 6e4, 1),
    ],
)  # fmt: skip
def test_the_banks_word_is_compared_only_when_it_is_understood(
    small: SmallBook, word: str | None, yuan: float, differs: int | None
) -> None:
    small.month("a", aum_daily_average=yuan, bank_level=word)
    assert measured(small)["a"]["bank_tier_differs"] == differs


def test_stored_trails_of_another_month_are_not_taken_for_this_one(small: SmallBook) -> None:
    small.months("a", {"aum_daily_average": [4e4, 60e4, 60e4]})
    measured(small)  # stores October
    earlier = measured(small, "2026-09", beside=True)["a"]
    assert (earlier["tier"], earlier["tier_reached"], earlier["line_next"]) == ("L2", "L5", 100_000_000)
    with small.book.read() as conn:
        told = reported_data(conn, "2026-09")
        assert told is not None
        scope = Scope("2026-09", DAY, told)
        row = conn.execute(section_statement(scope, RULES, trail)).mappings().one()
    assert row["tier"] is None
