"""The row of totals is held against the rows taken, in the unit of its column."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import Looked, look
from workbench.intake.report import ControlTotal

HEAD = ["客户号", "姓名", "存款余额", "理财余额"]
ROWS: list[list[Any]] = [["0000000001", "甲", 100.0, 1.0], ["0000000002", "乙", 50.5, 2.0]]


def totals(*rows: list[Any], unit: str = "元") -> tuple[tuple[ControlTotal, ...], Looked]:
    sheet = look(HEAD, [*ROWS, *rows], unit=unit)
    return sheet.checked.totals, sheet


def test_without_a_total_there_is_nothing_to_compare() -> None:
    assert totals()[0] == ()


def test_each_balance_is_compared_and_a_mismatch_is_a_fault_with_both_figures() -> None:
    (deposit, wealth), sheet = totals(["合计", "", 150.5, 4.0])
    assert deposit == ControlTotal("存款余额", 150.5, 150.5, True)
    assert wealth == ControlTotal("理财余额", 4.0, 3.0, False)
    problem = sheet.one("total_mismatch")
    assert (problem.row, problem.column) == (4, "理财余额")
    assert "4.00" in problem.message
    assert "3.00" in problem.message


def test_the_last_total_counts_and_subtotals_stand_in_for_a_missing_one() -> None:
    assert totals(["小计", "", 100.0, 1.0], ["小计", "", 50.5, 2.0])[0][0].sheet_total == 150.5
    assert totals(["小计", "", 7.0, 1.0], ["总计", "", 150.5, 3.0])[0][0].sheet_total == 150.5
    assert totals(["合计", "", 7.0, 1.0], ["总计", "", 150.5, 3.0])[0][0].sheet_total == 150.5


def test_a_total_of_the_whole_goes_before_those_of_branches_wherever_it_stands() -> None:
    whole, branches = (
        ["全行", "2户", 150.5, 3.0],
        (["城东支行合计", "", 100.0, 1.0], ["城西支行合计", "", 50.5, 2.0]),
    )
    lists = (
        [whole, branches[0], ROWS[0], branches[1], ROWS[1]], [branches[0], ROWS[0], branches[1], ROWS[1], whole],
        [ROWS[0], branches[0], ROWS[1], branches[1], whole],
    )  # fmt: skip
    for rows in lists:
        checked = look(HEAD, rows).checked
        assert checked.columns["name"] == ["甲", "乙"]
        assert [(one.sheet_total, one.matches) for one in checked.totals[:2]] == [(150.5, True), (3.0, True)]


def test_totals_over_each_branch_are_added_up_when_there_is_none_of_the_whole() -> None:
    east, west = ["城东支行合计", "", 100.0, 1.0], ["城西支行合计", "", 50.5, 2.0]
    rows = [east, ROWS[0], west, ROWS[1]]
    assert all(one.matches for one in look(HEAD, rows).checked.totals)
    assert not all(
        one.matches for one in look(HEAD, [["城东支行合计", "", 99.0, 1.0], *rows[1:]]).checked.totals
    )


def test_an_average_is_not_compared_with_a_sum() -> None:
    head = [*HEAD[:2], "求和项:存款余额", "平均值项:理财余额"]
    assert [one.column for one in look(head, [*ROWS, ["总计", "", 150.5, 1.5]]).checked.totals] == [
        "求和项:存款余额"
    ]


def test_a_blank_or_unreadable_total_is_not_compared() -> None:
    assert [total.column for total in totals(["合计", "", "", 3.0])[0]] == ["理财余额"]
    assert [total.column for total in totals(["合计", "", "见附件", 3.0])[0]] == ["理财余额"]


@pytest.mark.parametrize(("unit", "given", "matches"), [("万元", 150.5, True), ("万元", 1_505_000.0, False)])
def test_a_total_is_read_in_the_unit_of_its_column(unit: str, given: float, matches: bool) -> None:
    (deposit, *_rest), _sheet = totals(["合计", "", given, 3.0], unit=unit)
    assert (deposit.computed, deposit.matches) == (1_505_000.0, matches)


@pytest.mark.parametrize(
    ("label", "count", "matches"), [("合计(2户)", 2, True), ("合计:1,234户", 1234, False)]
)
def test_a_count_of_customers_in_the_label_is_compared_too(label: str, count: int, matches: bool) -> None:
    *_money, households = totals([label, "", 150.5, 3.0])[0]
    assert (households.sheet_total, households.computed, households.matches) == (count, 2, matches)


def test_rounding_within_the_tolerance_is_no_mismatch(rules: Any) -> None:
    slack = rules.number("intake.total_tolerance")
    assert totals(["合计", "", 150.5 + slack, 3.0])[0][0].matches
    assert not totals(["合计", "", 150.5 + slack + 0.01, 3.0])[0][0].matches
