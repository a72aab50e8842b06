"""S7, the anchor lost: pay, settlement and debits that stop, matured money not bought again (domain 4.3, golden 5)."""

import pytest

from db.tables import flows, payrolls
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


def test_golden_5_matured_money_that_was_not_bought_again(small: SmallBook) -> None:
    severities = {20: 0, 16: 0, 15: 1, 9: 2, 3: 3}
    for wan in severities:
        # 20万 matured on 2026-09-10, the rest stayed in demand deposits
        left = 3e5 - wan * 1e4
        small.months(
            str(wan),
            {"aum_balance": [5e5] * 4, "demand_balance": [1e5, 1e5, left, left]},
            aum_daily_average=500_000,
        )
        small.hold(
            str(wan), kind="maturity", amount=200_000, maturity_date="2026-09-10", product_name="半年期理财"
        )
    assert {wan: small.severity(str(wan), "S7") for wan in severities} == severities
    for wan in (15, 9, 3):
        evidence = small.verdict(str(wan), "S7").evidence
        assert evidence["causes"] == ["maturity"]
        assert evidence["renewed_share"] == pytest.approx(wan / 20)


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


def matured(small: SmallBook, no: str, *, now: float | None, category: str | None = "理财") -> None:
    """20万 matured on 2026-09-10, told by a list; what was held before and is held now by the holdings lists alone."""
    small.flat(no, 500_000)
    small.hold(no, 1, kind="maturity", amount=200_000, maturity_date="2026-09-10", product_name="甲")
    small.hold(no, 2, amount=200_000, product_name="甲", category="理财")
    if now is not None:
        small.hold(no, 0, amount=now, product_name="乙", category=category)


def test_s7_what_is_held_now_is_counted_line_by_line_and_customer_by_customer(small: SmallBook) -> None:
    matured(small, "renewed", now=200_000)
    matured(small, "unnamed", now=200_000, category=None)
    matured(small, "demand", now=200_000, category="活期存款")
    matured(small, "parts", now=100_000)
    small.hold("parts", 0, amount=60_000, product_name="丙", category="国债", line=2)
    # not on a list that was given: holds nothing
    matured(small, "gone", now=None)
    # what will mature is no line of what is held
    matured(small, "coming", now=None)
    small.hold("coming", 0, kind="maturity", amount=200_000, maturity_date="2027-03-10", product_name="乙")
    found = {
        no: small.severity(no, "S7") for no in ("renewed", "unnamed", "demand", "parts", "gone", "coming")
    }
    assert found == {"renewed": 0, "unnamed": 0, "demand": 3, "parts": 0, "gone": 3, "coming": 3}
    assert small.verdict("gone", "S7").evidence["renewed_share"] == 0


def test_s7_balances_say_what_is_invested_before_the_holdings_do(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [5e5] * 4, "demand_balance": [1e5] * 4}, aum_daily_average=5e5)
    small.hold("1", 1, kind="maturity", amount=200_000, maturity_date="2026-09-10")
    small.hold("1", 2, amount=200_000, category="理财")
    small.flat("2")
    small.hold("2", 0, amount=1_000, category="理财")
    # the list of holdings does not name him any more, but nothing went into demand deposits
    assert small.severity("1", "S7") == 0


def test_s7_a_line_on_several_months_lists_matured_once(small: SmallBook) -> None:
    small.months(
        "1", {"aum_balance": [5e5] * 4, "demand_balance": [1e5, 1e5, 1.6e5, 1.6e5]}, aum_daily_average=5e5
    )
    for back in (1, 2):
        small.hold("1", back, kind="maturity", amount=200_000, maturity_date="2026-09-10", product_name="甲")
    # 14万 of 20万 came back; of 40万 it would have been less than half lost
    found = small.verdict("1", "S7")
    assert found.evidence["matured_fen"] == 20_000_000
    assert found.evidence["renewed_share"] == pytest.approx(0.7)


def test_s7_small_maturities_are_not_chased(small: SmallBook) -> None:
    for yuan in (9_999, 10_000):
        small.months(
            str(yuan),
            {"aum_balance": [5e5] * 4, "demand_balance": [1e5, 1e5, 1e5 + yuan, 1e5 + yuan]},
            aum_daily_average=5e5,
        )
        small.hold(str(yuan), kind="maturity", amount=yuan, maturity_date="2026-09-10")
    assert (small.severity("9999", "S7"), small.severity("10000", "S7")) == (0, 3)


def test_s7_what_matured_before_the_window_or_has_not_yet_is_another_matter(small: SmallBook) -> None:
    for no, date in (("before", "2026-07-31"), ("later", "2026-11-01")):
        small.months(
            no, {"aum_balance": [5e5] * 4, "demand_balance": [1e5, 1e5, 3e5, 3e5]}, aum_daily_average=5e5
        )
        small.hold(no, kind="maturity", amount=200_000, maturity_date=date)
    assert [small.severity(no, "S7") for no in ("before", "later")] == [0, 0]


def paid_by_list(small: SmallBook, no: str, run: list[int | None]) -> None:
    """A customer with as much pay by the customer list, in thousands of yuan."""
    amounts = [None if one is None else one * 1_000 for one in run]
    small.months(no, {"payroll_amount": amounts}, aum_balance=3e5, aum_daily_average=3e5)


def test_s7_pay_is_missed_after_three_regular_months(small: SmallBook) -> None:
    missed = {"888" + "0" * months: months for months in (1, 2, 3, 6)}
    # two months are no rule yet, and pay that came is not missed
    missed |= dict.fromkeys(("880", "0880", "8888", "0000"), 0)
    for run in missed:
        paid_by_list(small, run, [int(yuan) for yuan in run])
    assert {run: small.severity(run, "S7") for run in missed} == {
        run: min(months, 3) for run, months in missed.items()
    }
    for run, months in missed.items():
        if months:
            assert small.verdict(run, "S7").evidence["payroll_missed"] == months


@pytest.mark.parametrize("run", [[8, 8, None, 0], [8, 8, 8, None, 0]])
def test_s7_a_month_that_is_not_told_neither_came_nor_was_missed(
    small: SmallBook, run: list[int | None]
) -> None:
    paid_by_list(small, "1", run)
    assert small.severity("1", "S7") == 0


def test_s7_a_month_that_tells_no_pay_cannot_be_judged_by_it(small: SmallBook) -> None:
    small.months("1", {"payroll_amount": [8e3, 8e3, 8e3, None]}, aum_balance=3e5, aum_daily_average=3e5)
    assert small.unknown("1", "S7")
    small.months("2", {"payroll_amount": [None, None, None, 8e3]}, aum_balance=3e5, aum_daily_average=3e5)
    assert small.unknown("2", "S7")


def test_s7_a_loan_that_is_no_longer_repaid_by_itself(small: SmallBook) -> None:
    run = {1: [1] * 5 + [0], 2: [1] * 4 + [0, 0], 3: [1, 1, 1, 0, 0, 0]}
    for missed, flags in run.items():
        small.months(str(missed), {"loan_autopay": flags}, aum_balance=300_000, loan_balance=500_000)
    small.months("kept", {"loan_autopay": [1] * 6}, aum_balance=300_000)
    small.months(
        "repaid", {"loan_autopay": [1, 1, 1, 0], "loan_balance": [3e4, 2e4, 1e4, 0]}, aum_balance=3e5
    )
    small.flat("untold")
    assert [small.severity(no, "S7") for no in ("1", "2", "3", "kept", "repaid")] == [1, 2, 3, 0, 0]
    assert [small.unknown(no, "S7") for no in ("kept", "repaid", "untold")] == [False, False, True]
    assert small.verdict("2", "S7").reason == "截至2026-10-31:贷款自动还款已停2个月,此前每月正常。"


def test_s7_pay_is_not_missed_before_its_usual_day_and_five_days_of_grace(small: SmallBook) -> None:
    # the data date is the 31st: pay that usually comes on the 27th may come until the 1st
    days = ("24", "26", "27", "29")
    for day in days:
        dates = [f"2026-0{month}-{day}" for month in (6, 7, 8, 9)]
        small.months(day, {"last_payroll_date": [*dates, dates[-1]]}, aum_balance=300_000)
    assert [small.severity(day, "S7") for day in days] == [1, 1, 0, 0]
    assert [small.unknown(day, "S7") for day in days] == [False, False, True, True]


def test_s7_a_month_missed_before_stays_missed_while_the_newest_pay_may_still_come(small: SmallBook) -> None:
    dates = ["2026-06-28", "2026-07-28", "2026-08-28", "2026-08-28", "2026-08-28"]
    small.months("1", {"last_payroll_date": dates}, aum_balance=300_000)
    assert small.severity("1", "S7") == 1
    assert "1个月" in small.verdict("1", "S7").reason


def paid(small: SmallBook, no: str, *left: float, day: int = 10, after: int = 1) -> None:
    """1万 of pay a month by the payroll list, the newest month first; `left` is what went out some days later."""
    for back, yuan in enumerate(left):
        month = shift_month(MONTH, -back)
        line(small, payrolls, no, f"{month}-{day:02d}", amount=1_000_000)
        date = f"{month}-{day + after:02d}"
        line(small, flows, no, date, inflow=0, outflow=round(yuan * 100), active_count=1, rows=1)


def test_s7_pay_that_leaves_within_two_days_month_after_month(small: SmallBook) -> None:
    for no in ("gone", "once", "late", "part", "stays"):
        small.flat(no, demand_balance=90_000 if no == "stays" else 500)
    paid(small, "gone", 9_600, 9_900, 0)
    paid(small, "once", 9_600, 3_000, 3_000)
    paid(small, "late", 9_600, 9_600, 9_600, after=3)
    paid(small, "part", 8_900, 8_900, 8_900)
    paid(small, "stays", 9_600, 9_600, 9_600)
    assert {no: small.severity(no, "S7") for no in ("gone", "once", "late", "part", "stays")} == {
        "gone": 3, "once": 0, "late": 0, "part": 0, "stays": 0
    }  # fmt: skip
    assert small.verdict("gone", "S7").reason == "截至2026-10-31:近3个月有2个月,代发到账两天内转出96%以上。"


def test_s7_what_left_after_a_payday_is_known_two_days_later(small: SmallBook) -> None:
    for no, day in (("told", 29), ("early", 30)):
        small.flat(no)
        paid(small, no, 9_600, 9_600, day=day, after=0)
    # September has the whole two days, October 30 has not: one month alone cannot tell
    assert (small.severity("told", "S7"), small.severity("early", "S7")) == (3, 0)
