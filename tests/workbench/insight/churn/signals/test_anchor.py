"""S7, the anchor lost: pay, settlement and debits that stop, matured money not bought again (domain 4.3, golden 5)."""

import pytest

from db.tables import payrolls
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.churn.signals.lines import line
from workbench.base.dates import shift_month


def test_s7_payroll_missed_for_one_two_and_three_months(small: SmallBook) -> None:
    for missed in (0, 1, 2, 3):
        small.months(
            str(missed), {"payroll_amount": [8000] * (6 - missed) + [0] * missed}, aum_balance=300_000
        )
    small.months("irregular", {"payroll_amount": [0, 8000, 0, 8000, 0, 0]}, aum_balance=300_000)
    small.months("never", {"payroll_amount": [0] * 6}, aum_balance=300_000)
    small.flat("untold")
    assert [small.severity(str(n), "S7") for n in range(4)] == [0, 1, 2, 3]
    assert small.severity("irregular", "S7") == small.severity("never", "S7") == 0
    assert small.verdict("2", "S7").evidence["causes"] == ["payroll"]
    assert small.unknown("untold", "S7")
    assert not small.unknown("never", "S7")


def test_s7_by_the_date_of_the_last_pay_where_no_amount_is_told(small: SmallBook) -> None:
    dates = ["2026-05-10", "2026-06-10", "2026-07-10", "2026-08-10", "2026-08-10", "2026-08-10"]
    small.months("1", {"last_payroll_date": dates}, aum_balance=300_000)
    assert small.severity("1", "S7") == 2


def test_s7_merchant_settlement_and_direct_debits_that_stop(small: SmallBook) -> None:
    small.months("1", {"merchant_amount": [5e4, 5e4, 5e4, 5e4, 0, 0]}, aum_balance=300_000)
    small.months("2", {"utility_autopay": [1, 1, 1, 0]}, aum_balance=300_000)
    small.months("3", {"utility_autopay": [1, 1, 1, 1]}, aum_balance=300_000)
    assert [small.severity(no, "S7") for no in "123"] == [2, 1, 0]
    assert small.verdict("1", "S7").evidence["causes"] == ["merchant"]
    assert small.verdict("2", "S7").evidence["causes"] == ["utility"]


@pytest.mark.parametrize(("bought", "severity"), [(20e4, 0), (16e4, 0), (15e4, 1), (9e4, 2), (3e4, 3)])
def test_golden_5_matured_money_that_was_not_bought_again(
    small: SmallBook, bought: float, severity: int
) -> None:
    # 20万 matured on 2026-09-10, the rest stayed in demand deposits
    small.months(
        "1",
        {"aum_balance": [5e5] * 4, "demand_balance": [1e5, 1e5, 3e5 - bought, 3e5 - bought]},
        aum_daily_average=500_000,
    )
    small.hold("1", kind="maturity", amount=200_000, maturity_date="2026-09-10", product_name="半年期理财")
    assert small.severity("1", "S7") == severity
    if severity:
        found = small.verdict("1", "S7")
        assert found.evidence["causes"] == ["maturity"]
        assert found.evidence["renewed_share"] == pytest.approx(bought / 20e4)


def test_s7_the_same_from_the_holdings_where_no_maturity_list_was_given(small: SmallBook) -> None:
    for no, after in (("1", 150_000), ("2", 200_000)):
        small.flat(no, 500_000)
        small.hold(no, 2, amount=200_000, maturity_date="2026-09-10", product_name="甲", category="理财")
        small.hold(no, 0, amount=after, maturity_date="2027-03-10", product_name="乙", category="理财")
        small.hold(no, 0, amount=50_000, product_name="活期", category="活期")
    assert small.severity("1", "S7") == 1
    assert small.verdict("1", "S7").evidence["renewed_share"] == pytest.approx(0.75)
    assert small.severity("2", "S7") == 0


def test_s7_money_matured_less_than_thirty_days_ago_still_has_its_time(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [5e5] * 3, "demand_balance": [1e5, 1e5, 3e5]})
    small.hold("1", kind="maturity", amount=200_000, maturity_date="2026-10-20", product_name="甲")
    assert small.severity("1", "S7") == 0
    assert not small.unknown("1", "S7")


def test_s7_pay_that_stops_is_seen_in_the_payroll_lists(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    small.months("4", {"payroll_amount": [8_000] * 9}, aum_balance=300_000)
    for back in range(6):
        month = shift_month(MONTH, -back)
        for no in "12":
            if no == "2" or back >= 2:
                line(small, payrolls, no, month + "-10", amount=800_000)
    assert [small.severity(no, "S7") for no in "1234"] == [2, 0, 0, 0]
    assert not small.unknown("3", "S7")
    assert "2个月" in small.verdict("1", "S7").reason


def test_s7_a_month_without_a_payroll_list_is_no_missed_pay(small: SmallBook) -> None:
    small.flat("1")
    for back in range(1, 6):
        line(small, payrolls, "1", shift_month(MONTH, -back) + "-10", amount=800_000)
    assert small.unknown("1", "S7")
