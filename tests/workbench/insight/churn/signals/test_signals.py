"""The seven signals, each hit, not hit and not to be told (domain 4.3)."""

from typing import Any

import pytest
from sqlalchemy import Table

from db.tables import complaints, flows, payrolls
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import shift_month

# ---- S1 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "before", "now", "severity"),
    [
        ("residence_city", "杭州", "成都", 3),
        ("employer", "甲公司", "乙公司", 2),
        ("payroll_employer", "甲公司", "乙公司", 2),
        ("residence_address", "文一路1号", "文二路2号", 1),
        ("branch", "西湖支行", "滨江支行", 1),
    ],
)
def test_s1_says_what_changed_and_how_far(
    small: SmallBook, column: str, before: str, now: str, severity: int
) -> None:
    small.months("1", {column: [before, before, now]}, aum_balance=300_000)
    found = small.verdict("1", "S1")
    assert found is not None
    assert found.severity == severity
    assert column == "residence_address" or (before in found.reason and now in found.reason)


def test_s1_a_value_that_came_back_is_no_change_and_a_missing_one_is_unknown(small: SmallBook) -> None:
    small.months("1", {"employer": ["甲", "甲", "乙", "甲"]}, aum_balance=300_000)
    small.months("2", {"employer": [None, None, None, "甲"]}, aum_balance=300_000)
    small.flat("3")
    assert small.severity("1", "S1") == 0
    assert not small.unknown("1", "S1")
    assert small.unknown("2", "S1")
    assert small.unknown("3", "S1")


# ---- S2 ----------------------------------------------------------------------------------------------------------


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


# ---- S3 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("balance", "grade"), [(85, 0.34), (70, 0.67), (50, 1.0)])
def test_s3_the_grade_stands_exactly_at_each_threshold(small: SmallBook, balance: int, grade: float) -> None:
    small.flat("1", 1_000_000, months=4)
    small.months("2", {"aum_balance": [1e6, 1e6, 1e6, balance * 1e4], "aum_daily_average": [1e6] * 4})
    found = small.verdict("2", "S3")
    assert found is not None
    assert found.grade == pytest.approx(grade, abs=1e-12)
    assert small.severity("1", "S3") == 0


def test_s3_looks_at_the_newest_balance_and_at_the_averages_month_on_month(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1e6, 1e6, 1e6, 4e5], "aum_daily_average": [1e6] * 4})
    small.months("2", {"aum_balance": [1e6] * 4, "aum_daily_average": [1e6, 1e6, 1e6, 6e5]})
    small.months("3", {"aum_balance": [1e6] * 4, "aum_daily_average": [1e6, 1e6, 8.4e5, 7e5]})
    assert small.verdict("1", "S3").evidence["causes"] == ["recent"]
    assert small.verdict("2", "S3").evidence["causes"] == ["month"]
    assert small.severity("2", "S3") == 2
    assert "two_months" in small.verdict("3", "S3").evidence["causes"]
    assert small.severity("3", "S3") == 2


def test_s3_money_that_goes_to_other_banks(small: SmallBook) -> None:
    flows = {"interbank_outflow": [0, 0, 0, 3.2e5], "outflow": [0, 0, 0, 3.2e5], "inflow": [0, 0, 0, 2.5e5]}
    small.months("1", {"aum_balance": [1e6, 1e6, 1e6, 9.3e5], "aum_daily_average": [1e6] * 4, **flows})
    back = {**flows, "inflow": [0, 0, 0, 4e5]}
    small.months("2", {"aum_balance": [1e6, 1e6, 1e6, 1.08e6], "aum_daily_average": [1e6] * 4, **back})
    assert small.verdict("1", "S3").evidence["causes"] == ["interbank"]
    assert small.severity("1", "S3") == 2
    assert small.severity("2", "S3") == 0


def test_s3_outflow_that_speeds_up(small: SmallBook) -> None:
    small.months(
        "1",
        {
            "aum_balance": [1e6, 1e6, 1e6, 8.8e5],
            "aum_daily_average": [1e6] * 4,
            "outflow": [5e4, 5e4, 5e4, 1.2e5],
        },
        inflow=50_000,
    )
    assert small.verdict("1", "S3").evidence["causes"] == ["faster"]
    assert small.severity("1", "S3") == 1


def test_s3_small_assets_are_ranked_but_never_hit_and_without_a_balance_it_is_unknown(
    small: SmallBook,
) -> None:
    small.months("1", {"aum_balance": [4e4, 4e4, 100], "aum_daily_average": [4e4] * 3})
    small.month("2", complaint_count=0)
    small.flat("3", 4e4)
    assert small.severity("1", "S3") == 0
    assert small.risk("1").risk > small.risk("3").risk
    assert small.unknown("2", "S3")


def test_s3_the_common_fall_of_a_level_can_be_subtracted(small: SmallBook) -> None:
    for number in range(9):
        small.months(str(number), {"aum_balance": [1.5e6, 1.2e6], "aum_daily_average": [1.5e6, 1.2e6]})
    assert small.severity("1", "S3") == 1
    calm = small.ruled(S3__net_of_peers=True, S3__least_peers=5)
    assert all(not one.signals for one in calm.ranking())


# ---- S4 ----------------------------------------------------------------------------------------------------------


def test_s4_the_own_rhythm_of_contact_is_broken(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    for days in (170, 200, 230):  # came every 30 days, then not for 170
        small.touch("1", days, initiated_by="customer")
    for days in (20, 50, 80):
        small.touch("2", days, initiated_by="customer")
    small.touch("3", 200, initiated_by="customer")
    assert small.severity("1", "S4") == 2
    assert small.severity("2", "S4") == 0
    assert not small.unknown("2", "S4")
    assert small.unknown("3", "S4")  # one contact makes no rhythm
    assert "170" in small.verdict("1", "S4").reason


def test_s4_three_unanswered_calls_and_a_refusal(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no)
    for days in (5, 10, 15):
        small.touch("1", days, "no_answer")
        small.touch("2", days, "no_answer")
    small.touch("2", 3)  # answered since
    small.touch("3", 3, "refused")
    assert [small.severity(no, "S4") for no in "1234"] == [2, 0, 3, 0]
    assert small.unknown("4", "S4")


def test_s4_removed_as_a_friend_or_no_more_calls_wanted(small: SmallBook) -> None:
    small.months("1", {"wecom_friend": [1, 1, 0]}, aum_balance=300_000)
    small.months("2", {"marketing_opt_out": [0, 0, 1]}, aum_balance=300_000)
    small.months("3", {"wecom_friend": [1, 1, 1]}, aum_balance=300_000)
    assert [small.severity(no, "S4") for no in "123"] == [3, 3, 0]
    assert small.unknown("3", "S4")


# ---- S5 ----------------------------------------------------------------------------------------------------------


def test_s5_a_product_riskier_than_the_customer_may_hold(small: SmallBook) -> None:
    for no, level in (("1", "C2"), ("2", "C2"), ("3", "C3"), ("4", None)):
        small.flat(no, risk_level=level)
    small.hold("1", amount=1e5, product_risk="R4", product_name="甲")
    small.hold("2", amount=1e5, product_risk="R3", product_name="乙")
    small.hold("3", amount=1e5, product_risk="R3", product_name="乙")
    small.hold("4", amount=1e5, product_risk="R5", product_name="丙")
    assert [small.severity(no, "S5") for no in "1234"] == [3, 2, 0, 0]


def test_s5_must_last_two_of_three_months_where_several_are_reported(small: SmallBook) -> None:
    for no in "12":
        small.flat(no, risk_level="C2")
        small.hold(no, 1, amount=1e5, product_risk="R4" if no == "1" else "R2", product_name="甲")
        small.hold(no, 0, amount=1e5, product_risk="R4", product_name="甲")
    assert [small.severity(no, "S5") for no in "12"] == [3, 0]


def test_s5_an_expired_risk_test(small: SmallBook) -> None:
    small.flat("1", risk_expiry_date="2026-10-20")
    small.flat("2", risk_expiry_date="2026-06-20")
    small.flat("3", risk_expiry_date="2027-06-20")
    small.flat("4")
    assert [small.severity(no, "S5") for no in "1234"] == [1, 2, 0, 0]
    assert [small.unknown(no, "S5") for no in "1234"] == [False, False, False, True]


def test_s5_concentration_and_floating_loss(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no, 300_000)
    small.hold("1", amount=160_000, product_name="甲基金", category="基金")
    small.hold("2", amount=160_000, product_name="三年定期", category="定期存款")
    small.hold("3", amount=92_000, cost=100_000, profit=-8_000, product_name="乙", category="基金")
    small.hold("4", amount=88_000, cost=100_000, profit=-12_000, product_name="丙", category="基金")
    assert [small.severity(no, "S5") for no in "1234"] == [1, 0, 2, 3]


# ---- S6 ----------------------------------------------------------------------------------------------------------


def test_s6_a_complaint_weighs_by_its_age(small: SmallBook) -> None:
    for no, date in (("1", "2026-10-20"), ("2", "2026-09-10"), ("3", "2026-08-10"), ("4", "2026-05-01")):
        small.flat(no, complaint_count=1, last_complaint_date=date)
    small.flat("5", complaint_count=0)
    small.flat("6")
    assert [small.severity(no, "S6") for no in "123456"] == [3, 2, 1, 0, 0, 0]
    assert [small.unknown(no, "S6") for no in "123456"] == [False] * 5 + [True]


def test_s6_without_a_date_only_a_grown_count_is_a_hit(small: SmallBook) -> None:
    small.months("1", {"complaint_count": [1, 2]}, aum_balance=300_000)
    small.months("2", {"complaint_count": [1, 1]}, aum_balance=300_000)
    assert small.severity("1", "S6") == 3
    assert small.unknown("2", "S6")


# ---- S7 ----------------------------------------------------------------------------------------------------------


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


def test_s7_by_the_date_of_the_last_pay_where_no_amount_is_reported(small: SmallBook) -> None:
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


# ---- lists beside the customer list ------------------------------------------------------------------------------


def _line(small: SmallBook, table: Table, no: str, date: str, **row: Any) -> None:
    if "month" in table.c:
        row["month"] = date[:7]
    with small.book.write("import", "line") as writer:
        writer.insert(
            table,
            [{"customer_id": small.ids[no], "date": date, "batch_id": 1, "source_row": 2, **row}],
        )


def _flow(small: SmallBook, no: str, back: int, **told: Any) -> None:
    """One day's transactions `back` months before the newest; money in yuan."""
    row = {k: v if "count" in k or v is None else round(v * 100) for k, v in told.items()}
    row = {"inflow": 0, "outflow": 0, "active_count": 1, "rows": 1} | row
    _line(small, flows, no, shift_month(MONTH, -back) + "-15", **row)


def test_s2_counts_the_transactions_where_no_list_tells_their_number(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    for back in range(9):
        _flow(small, "1", back, active_count=2 if back < 3 else 10, outflow=200 if back < 3 else 1_000)
        if back >= 3:
            _flow(small, "2", back, active_count=10, outflow=1_000)
        _flow(small, "3", back, active_count=None)
    assert [small.severity(no, "S2") for no in "123"] == [3, 3, 0]
    assert [small.unknown(no, "S2") for no in "123"] == [False, False, True]
    assert "80%" in small.verdict("1", "S2").reason


def test_s2_what_the_customer_list_counts_goes_before_the_transactions(small: SmallBook) -> None:
    small.months("1", {"txn_count_1m": [10] * 9}, aum_balance=300_000)
    small.flat("2")
    for back in range(9):
        for no in "12":
            _flow(small, no, back, active_count=2 if back < 3 else 10, outflow=200 if back < 3 else 1_000)
    assert (small.severity("1", "S2"), small.unknown("2", "S2")) == (0, True)


def test_s2_a_month_with_one_statement_does_not_silence_all_others(small: SmallBook) -> None:
    for number in range(5):
        small.flat(str(number))
        for back in range(1, 9):
            _flow(small, str(number), back, active_count=10)
    _flow(small, "0", 0, active_count=10)
    small.flat("9")
    assert small.severity("1", "S2") == 0
    assert not small.unknown("1", "S2")


def test_s3_money_that_goes_to_other_banks_is_seen_in_the_transactions(small: SmallBook) -> None:
    left = {"aum_balance": [1e6, 1e6, 1e6, 9.3e5], "aum_daily_average": [1e6] * 4}
    for no in "12":
        small.months(no, left)
        elsewhere = 320_000 if no == "1" else 0
        _flow(small, no, 0, outflow=320_000, inflow=250_000, interbank_outflow=elsewhere)
    assert small.verdict("1", "S3").evidence["causes"] == ["interbank"]
    assert "32.0万" in small.verdict("1", "S3").reason
    assert small.severity("2", "S3") == 0


def test_s6_the_complaints_list_tells_what_is_still_open(small: SmallBook) -> None:
    facts: dict[str, dict[str, Any]] = {
        "1": {"date": "2026-08-05"},
        "2": {"date": "2026-10-15", "closed_date": "2026-10-20"},
        "3": {"date": "2026-09-10", "status": "已办结"},
        "4": {"date": "2026-08-01"},  # 91 days ago
        "5": {"date": "2026-11-02"},  # after the data date
        "6": {"date": "2026-10-15", "closed_date": "2026-11-02"},
    }
    for no, row in facts.items():
        small.flat(no)
        _line(small, complaints, no, **row)
    small.flat("7")
    assert [small.severity(no, "S6") for no in "1234567"] == [3, 2, 1, 0, 0, 3, 0]
    assert not small.unknown("7", "S6")
    assert small.verdict("1", "S6").reason == "截至2026-10-31:87天前(2026-08-05)的投诉还没有办结。"
    assert "已办结" in small.verdict("3", "S6").reason


def test_s6_without_any_list_of_complaints_nobody_can_tell(small: SmallBook) -> None:
    small.flat("1")
    assert small.unknown("1", "S6")


def test_an_open_complaint_of_the_list_lights_orange_when_money_leaves(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 2.9e5], "aum_daily_average": [3e5, 3e5]})
    small.months("2", {"aum_balance": [3e5, 3e5], "aum_daily_average": [3e5, 3e5]})
    for no in "12":
        _line(small, complaints, no, "2026-10-05")
    assert (small.risk("1").light, small.risk("2").light) == ("orange", "yellow")


def test_s7_pay_that_stops_is_seen_in_the_payroll_lists(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    small.months("4", {"payroll_amount": [8_000] * 9}, aum_balance=300_000)
    for back in range(6):
        month = shift_month(MONTH, -back)
        for no in "12":
            if no == "2" or back >= 2:
                _line(small, payrolls, no, month + "-10", amount=800_000)
    assert [small.severity(no, "S7") for no in "1234"] == [2, 0, 0, 0]
    assert not small.unknown("3", "S7")
    assert "2个月" in small.verdict("1", "S7").reason


def test_s7_a_month_without_a_payroll_list_is_no_missed_pay(small: SmallBook) -> None:
    small.flat("1")
    for back in range(1, 6):
        _line(small, payrolls, "1", shift_month(MONTH, -back) + "-10", amount=800_000)
    assert small.unknown("1", "S7")
