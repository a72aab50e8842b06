"""The figures of a cell of the matrix (domain 11.6): penetration, index, need, suitability, whitespace, expected value."""

from typing import Any

import pytest

from workbench.insight.products.grid import Cell, PortraitSums, row_of
from workbench.insight.shelf.families import families

FUND = next(family for family in families() if family.code == "fund")
#: of 1,000 customers of the book 500 are reported, 100 of them hold it
BOOK = {"customers": 1_000, "reported_fund": 500, "held_fund": 100}


def cell(least: int = 20, **counts: Any) -> Cell:
    sums = {
        "customers": 100, "reported_fund": 50, "held_fund": 20, "needjudged_fund": 100, "needed_fund": 40,
        "mayjudged_fund": 80, "may_fund": 60, "white_fund": 10,
    } | {f"{key}_fund" if key != "customers" else key: value for key, value in counts.items()}  # fmt: skip
    row = row_of(PortraitSums("elder", "老年", "x = 1", sums), (FUND,), BOOK, {"fund": {"held": "y"}}, least)
    assert (row.key, row.label, row.where, row.customers) == ("elder", "老年", "x = 1", sums["customers"])
    return row.cell("fund")


def test_penetration_is_of_those_reported_and_the_index_compares_it_with_the_book() -> None:
    made = cell()
    assert made.penetration == pytest.approx(20 / 50)
    assert made.index == pytest.approx(200)


def test_need_is_a_lower_bound_while_some_cannot_be_judged() -> None:
    assert (cell().need, cell().need_sure) == (0.4, True)
    unsure = cell(needjudged=90)
    assert (unsure.need, unsure.need_sure) == (0.4, False)
    assert cell(needjudged=0).need is None


def test_suitability_is_of_those_who_can_be_judged() -> None:
    assert cell().suitable == pytest.approx(60 / 80)
    assert cell(mayjudged=0).suitable is None


def test_the_expected_value_goes_by_the_own_penetration_where_enough_are_reported() -> None:
    made = cell(least=50)
    assert made.expected == pytest.approx(10 * 0.4)
    assert made.expected_fen == round(10 * 0.4 * FUND.ticket)


def test_the_expected_value_of_a_small_group_goes_by_the_penetration_of_the_book() -> None:
    assert cell(least=51).expected == pytest.approx(10 * 0.2)


def test_what_no_list_reports_is_none_and_never_zero() -> None:
    made = cell(reported=0, held=None)
    assert (made.penetration, made.index) == (None, None)
    body = made.as_json()
    assert (body["told"], body["penetration"], body["whitespace"]) == (0, None, None)


def test_an_empty_book_has_no_index() -> None:
    nobody = {"customers": 0, "reported_fund": 0, "held_fund": None}
    row = row_of(PortraitSums("", "全部客户", "", {"customers": 0} | {
        f"{key}_fund": None for key in ("reported", "held", "needjudged", "needed", "mayjudged", "may", "white")
    }), (FUND,), nobody, {"fund": {}}, 20)  # fmt: skip
    assert (row.cells[0].index, row.cells[0].expected) == (None, None)
