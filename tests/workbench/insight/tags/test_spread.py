"""How a tag's values are spread over customers: bins without gaps, shares, and months that can be compared."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Float, case, create_engine, literal, select

from tests.workbench.insight.tags.test_checks import RULES, TAG
from workbench.insight.tags.spread import Spread, parts


def bins(kind: Any, figures: list[float | None], **changed: Any) -> list[list[str]]:
    """Of each figure the values or bins whose condition holds."""
    tag = replace(TAG, kind=kind, **changed)
    with create_engine("sqlite://").connect() as conn:
        return [
            [
                value
                for value, condition in parts(tag, literal(figure, Float), RULES)
                if conn.execute(select(case((condition, 1), else_=0))).scalar_one()
            ]
            for figure in figures
        ]


def test_every_amount_lies_in_exactly_one_bin_and_its_lower_edge_belongs_to_it() -> None:
    """The edges are 0, 1,000, 10,000, 50,000, ... 6,000,000 yuan; the book holds fen."""
    fen = [-1, 0, 99_999, 100_000, 4_999_999, 5_000_000, 599_999_999, 600_000_000, None]
    assert bins("money", fen) == [["b0"], ["b1"], ["b1"], ["b2"], ["b3"], ["b4"], ["b8"], ["b9"], []]


def test_shares_and_counts_have_bins_of_their_own() -> None:
    assert bins("ratio", [-0.51, -0.5, 0.05, 1.0]) == [["b0"], ["b1"], ["b4"], ["b9"]]
    assert bins("count", [0, 1, 89, 90]) == [["b0"], ["b1"], ["b8"], ["b9"]]


def test_a_flag_is_one_or_zero_and_a_date_has_a_value_or_none() -> None:
    assert bins("flag", [1, 0, None]) == [["1"], ["0"], []]
    assert bins("date", [5, None]) == [["told"], []]


def test_who_has_no_value_is_unknown_and_shares_are_among_the_others() -> None:
    flag = Spread(10, {"1": 2, "0": 6})
    assert (flag.with_value, flag.unknown, flag.hit) == (8, 2, 2)
    assert (flag.share("1"), flag.share("no such")) == (0.25, 0.0)
    level = Spread(10, {"L1": 3, "L2": 4})
    assert level.hit == 7
    assert Spread(0, {}).share("1") == 0.0


def test_more_values_than_eligible_customers_leave_no_negative_number() -> None:
    assert Spread(3, {"1": 5}).unknown == 0


def test_customers_of_other_spreads_can_be_taken_away() -> None:
    rest = Spread(10, {"1": 4, "0": 5}).less(Spread(3, {"1": 2, "0": 1}), Spread(2, {"1": 1}))
    assert rest == Spread(5, {"1": 1, "0": 4})


@pytest.mark.parametrize("spread", [Spread(0, {}), Spread(7, {"b0": 3, "b9": 4})])
def test_a_stored_spread_reads_back(spread: Spread) -> None:
    assert Spread.of_text(spread.as_text()) == spread
