"""S2, fewer transactions or an unusual bustle: counted by lists, else by the transactions themselves (domain 4.3)."""

import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.signals.lines import flow


def test_s2_fewer_transactions_for_three_months(small: SmallBook) -> None:
    small.months("1", {"txn_count_1m": [10] * 6 + [4, 4, 4]}, aum_balance=300_000)
    small.months("2", {"txn_count_1m": [10] * 6 + [2, 2, 2]}, aum_balance=300_000)
    small.months("3", {"txn_count_1m": [10] * 9}, aum_balance=300_000)
    small.months("4", {"txn_count_1m": [3] * 6 + [0, 0, 0]}, aum_balance=300_000)
    small.flat("5")
    assert [small.severity(no, "S2") for no in "12345"] == [2, 3, 0, 0, 0]
    assert [small.unknown(no, "S2") for no in "12345"] == [False, False, False, False, True]
    assert "60%" in small.verdict("1", "S2").reason


def test_s2_one_quiet_month_is_not_enough(small: SmallBook) -> None:
    small.months("1", {"txn_count_1m": [10] * 6 + [10, 10, 0]}, aum_balance=300_000)
    assert small.severity("1", "S2") == 0


def test_s2_an_unusual_bustle_with_money_leaving(small: SmallBook) -> None:
    counts = [10] * 6 + [10, 40, 35]
    small.months(
        "1", {"txn_count_1m": counts, "outflow": [1000] * 9, "inflow": [2000] * 9}, aum_balance=300_000
    )
    falling = {"aum_balance": [300_000 - 1_000 * k for k in range(9)]}
    small.months("2", {"txn_count_1m": counts, "outflow": [3000] * 9, "inflow": [2000] * 9, **falling})
    small.months("3", {"txn_count_1m": [10] * 8 + [40]}, aum_balance=300_000)
    assert [small.severity(no, "S2") for no in "123"] == [2, 3, 0]


def test_s2_counts_the_transactions_where_no_list_tells_their_number(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    for back in range(9):
        flow(small, "1", back, active_count=2 if back < 3 else 10, outflow=200 if back < 3 else 1_000)
        if back >= 3:
            flow(small, "2", back, active_count=10, outflow=1_000)
        flow(small, "3", back, active_count=None)
    assert [small.severity(no, "S2") for no in "123"] == [3, 3, 0]
    assert [small.unknown(no, "S2") for no in "123"] == [False, False, True]
    assert "80%" in small.verdict("1", "S2").reason


def test_s2_what_the_customer_list_counts_goes_before_the_transactions(small: SmallBook) -> None:
    small.months("1", {"txn_count_1m": [10] * 9}, aum_balance=300_000)
    small.flat("2")
    for back in range(9):
        for no in "12":
            flow(small, no, back, active_count=2 if back < 3 else 10, outflow=200 if back < 3 else 1_000)
    assert (small.severity("1", "S2"), small.unknown("2", "S2")) == (0, True)


def test_s2_a_month_with_one_statement_does_not_silence_all_others(small: SmallBook) -> None:
    for number in range(5):
        small.flat(str(number))
        for back in range(1, 9):
            flow(small, str(number), back, active_count=10)
    flow(small, "0", 0, active_count=10)
    small.flat("9")
    assert small.severity("1", "S2") == 0
    assert not small.unknown("1", "S2")


@pytest.mark.parametrize(
    ("before", "now", "severity"),
    [
        # steady at 20 and a little: the spread counts as a quarter of the median, so the line is 42.2
        ([19, 20, 21, 20, 19, 20], [20, 43, 43], 2), ([19, 20, 21, 20, 19, 20], [20, 42, 42], 0),
        # one odd month of those before moves the mean but neither median
        ([20, 20, 20, 20, 20, 42], [20, 43, 43], 2),
        # a customer who swings does not stand out
        ([5, 40, 8, 35, 6, 30], [20, 43, 43], 0),
        # one month of three is not enough
        ([19, 20, 21, 20, 19, 20], [20, 20, 59], 0),
    ],
)  # fmt: skip
def test_s2_far_outside_the_own_spread_is_a_bustle_below_three_times_as_well(
    small: SmallBook, before: list[int], now: list[int], severity: int
) -> None:
    small.months("1", {"txn_count_1m": [*before, *now]}, aum_balance=300_000)
    assert small.severity("1", "S2") == severity
    if severity:
        assert small.verdict("1", "S2").evidence["causes"] == ["spike"]
        assert "最多一个月43笔" in small.verdict("1", "S2").reason


def test_s2_less_in_number_and_in_amount_is_graded_by_the_lesser_fall(small: SmallBook) -> None:
    told = {"1": ([10] * 6 + [4] * 3, [100] * 6 + [65] * 3), "2": ([10] * 6 + [4] * 3, [100] * 9)}
    for no, (counts, amounts) in told.items():
        yuan = [one * 1_000 for one in amounts]
        small.months(no, {"txn_count_1m": counts, "txn_amount_1m": yuan}, aum_balance=300_000)
    assert [small.severity(no, "S2") for no in "12"] == [1, 0]
