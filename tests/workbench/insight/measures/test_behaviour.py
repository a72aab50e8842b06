"""The behaviour measures: from transactions, from summary columns, and unknown where neither tells (domain 10.5)."""

import datetime as dt
import json
from importlib.resources import files
from typing import Any

import pytest
import tomli as tomllib
from sqlalchemy import Connection

from db.tables import flows, payrolls
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from tests.workbench.insight.measures.steps import section_statement
from workbench.insight.measures import behaviour, flow_months
from workbench.insight.measures.scope import Scope, reported_data
from workbench.rules.parameters import Rules


def measured(small: SmallBook, no: str, only: bool = False, **overrides: Any) -> dict[str, Any]:
    """The measures of one customer, money in fen: from the days, and the same from the sums kept per month."""
    return all_measured(small, [small.ids[no]] if only else None, **overrides)[no]


def all_measured(
    small: SmallBook, only: list[int] | None = None, **overrides: Any
) -> dict[str, dict[str, Any]]:
    """The measures of every customer (or of `only`) by his number, as `measured`."""
    rules = Rules.load("general", {k.replace("__", "."): v for k, v in overrides.items()})
    with small.book.trial() as conn:
        by_days = _all_measured(conn, small, only, rules)
        flow_months.bring_forward(conn)
        assert _all_measured(conn, small, only, rules) == by_days
    return by_days


def _all_measured(
    conn: Connection, small: SmallBook, only: list[int] | None, rules: Rules
) -> dict[str, dict[str, Any]]:
    told = reported_data(conn, MONTH)
    assert told is not None
    scope = Scope(MONTH, AS_OF, told, only)
    rows = conn.execute(section_statement(scope, rules, behaviour)).mappings().all()
    numbers = {id_: no for no, id_ in small.ids.items()}
    return {numbers[row["customer_id"]]: dict(row) for row in rows}


def flow(small: SmallBook, no: str, date: str, **told: Any) -> None:
    """One day's transactions; money in yuan, classes as {class: yuan}."""
    money = {"inflow": 0, "outflow": 0, **told}
    classes = money.pop("classes", {})
    counts = ("active_count", "third_party_count", "inflow_count", "outflow_count")
    row: dict[str, Any] = {
        "active_count": 1, "same_name_outflow": 0, "third_party_outflow": 0, "third_party_count": 0,
        "largest_inflow": money["inflow"] * 100, "largest_outflow": money["outflow"] * 100,
    }  # fmt: skip
    row |= {k: v if k in counts or v is None else round(v * 100) for k, v in money.items()}
    named_classes = None if classes is None else json.dumps({k: v * 100 for k, v in classes.items()})
    with small.book.write("import", "flow") as writer:
        writer.insert(
            flows,
            [
                {
                    "customer_id": small.ids[no], "date": date, "month": date[:7], "rows": 1, "batch_id": 1,
                    "source_row": 2, "counterparties": named_classes, **row,
                }
            ],
        )  # fmt: skip


def pay(small: SmallBook, no: str, date: str, yuan: int) -> None:
    with small.book.write("import", "pay") as writer:
        writer.insert(
            payrolls,
            [
                {
                    "customer_id": small.ids[no], "date": date, "month": date[:7], "amount": yuan * 100,
                    "employer": "甲公司", "batch_id": 1, "source_row": 2,
                }
            ],
        )  # fmt: skip


def ago(days: int) -> str:
    return (dt.date.fromisoformat(AS_OF) - dt.timedelta(days=days)).isoformat()


def everywhere(small: SmallBook, months: int = 6) -> None:
    """Somebody else's transactions, so that the last months are told."""
    small.month("other", aum_balance=100)
    for back in range(months):
        flow(small, "other", f"2026-{10 - back:02d}-05", outflow=10)


# ---- everything is unknown without columns or lists --------------------------------------------------------------


def test_every_measure_of_the_section_is_computed_and_unknown_without_any_figure(small: SmallBook) -> None:
    small.month("1", aum_balance=300_000)
    listed = tomllib.loads((files("resources") / "measures.toml").read_text("utf-8"))["behaviour"]
    found = measured(small, "1")
    assert set(found) == {"customer_id", *listed}
    assert {name for name, value in found.items() if value is not None} == {"customer_id", "rfm_m"}


def test_a_customer_without_a_line_in_an_imported_list_did_nothing(small: SmallBook) -> None:
    everywhere(small)
    small.month("1", aum_balance=300_000)
    figures = measured(small, "1")
    zero = (
        "active_1m", "active_90", "amount_90", "inflow_1m", "outflow_3m", "third_count", "same_name_months",
        "same_name_regular", "big_out", "out_school", "out_hospital", "broker_times",
    )  # fmt: skip
    assert {name: figures[name] for name in zero} == dict.fromkeys(zero, 0)
    assert figures["active_days"] is None
    assert figures["rfm_r"] is None
    assert figures["rfm"] == "important_win_back"


# ---- RFM ---------------------------------------------------------------------------------------------------------


def test_recency_is_cut_at_fixed_days(small: SmallBook) -> None:
    scores = {7: 5, 8: 4, 30: 4, 31: 3, 90: 3, 91: 2, 180: 2, 181: 1}
    for days in scores:
        small.month(str(days), aum_balance=1, last_txn_date=ago(days))
    figures = all_measured(small)
    assert {days: figures[str(days)]["active_days"] for days in scores} == {days: days for days in scores}
    assert {days: figures[str(days)]["rfm_r"] for days in scores} == scores


def test_frequency_is_cut_at_fixed_counts(small: SmallBook) -> None:
    scores = {18: 5, 17: 4, 9: 4, 8: 3, 3: 3, 1: 2, 0: 1}
    for count in scores:
        small.month(str(count), aum_balance=1, txn_count_3m=count)
    figures = all_measured(small)
    assert {count: figures[str(count)]["rfm_f"] for count in scores} == scores


def test_the_third_score_goes_by_tier(small: SmallBook) -> None:
    scores = {9_999: 1, 10_000: 2, 50_000: 3, 200_000: 4, 500_000: 5}
    for yuan in scores:
        small.month(str(yuan), aum_balance=yuan)
    figures = all_measured(small)
    assert {yuan: figures[str(yuan)]["rfm_m"] for yuan in scores} == scores


def test_the_eight_classes(small: SmallBook) -> None:
    classes = {
        (5, 20, 90_000): "important_value", (5, 2, 90_000): "important_develop",
        (60, 20, 90_000): "important_keep", (60, 2, 90_000): "important_win_back",
        (5, 20, 9_000): "general_value", (5, 2, 9_000): "general_develop",
        (60, 20, 9_000): "general_keep", (60, 2, 9_000): "general_win_back",
    }  # fmt: skip
    for days, count, yuan in classes:
        small.month(f"{days} {count} {yuan}", aum_balance=yuan, last_txn_date=ago(days), txn_count_3m=count)
    figures = all_measured(small)
    assert {one: figures["{} {} {}".format(*one)]["rfm"] for one in classes} == classes


@pytest.mark.parametrize(
    "told", [{"aum_balance": 9_000, "txn_count_3m": 20}, {"aum_balance": 9_000, "last_txn_date": ago(5)},
             {"last_txn_date": ago(5), "txn_count_3m": 20}],
)  # fmt: skip
def test_without_one_of_the_three_there_is_no_class(small: SmallBook, told: dict[str, Any]) -> None:
    small.month("1", **dict.fromkeys(("aum_balance", "last_txn_date", "txn_count_3m")) | told)
    assert measured(small, "1")["rfm"] is None


def test_three_monthly_counts_make_a_quarter_and_two_do_not(small: SmallBook) -> None:
    small.months("1", {"txn_count_1m": [4, 5, 6]}, aum_balance=1)
    small.months("2", {"txn_count_1m": [None, 5, 6]}, aum_balance=1)
    assert measured(small, "1")["active_90"] == 15
    assert measured(small, "2")["active_90"] is None
    assert measured(small, "2")["active_1m"] == 6


def test_interest_and_fees_do_not_make_a_customer_active(small: SmallBook) -> None:
    everywhere(small)
    small.month("1", aum_balance=1, last_txn_date=ago(1), txn_count_3m=9)
    flow(small, "1", ago(40), outflow=50, active_count=2)
    flow(small, "1", ago(1), inflow=3, active_count=0)
    found = measured(small, "1")
    assert (found["active_days"], found["active_90"]) == (40, 2)
    flow(small, "1", ago(0), inflow=3, active_count=None)  # nobody knows who did it
    found = measured(small, "1")
    assert (found["active_days"], found["active_90"]) == (1, 9)


# ---- flows -------------------------------------------------------------------------------------------------------


def test_flows_come_from_the_transactions_and_else_from_the_summary_columns(small: SmallBook) -> None:
    everywhere(small, 3)
    small.months("1", {"inflow": [7, 7, 7], "outflow": [9, 9, 9]}, aum_balance=1)
    small.months("2", {"inflow": [2_000, 3_000, 5_000], "outflow": [1_000] * 3}, aum_balance=1)
    for date, yuan in (("2026-08-10", 1_000), ("2026-09-10", 1_000), ("2026-10-10", 2_000)):
        flow(small, "1", date, inflow=yuan, outflow=yuan / 2)
    one, two = measured(small, "1"), measured(small, "2")
    assert (one["inflow_1m"], one["inflow_3m"], one["outflow_3m"]) == (200_000, 400_000, 200_000)
    assert one["flow_ratio"] == pytest.approx(0.5)
    assert (two["inflow_1m"], two["inflow_3m"], two["outflow_3m"]) == (500_000, 1_000_000, 300_000)
    assert measured(small, "1", only=True) == one


def test_a_sum_with_an_unknown_month_is_unknown(small: SmallBook) -> None:
    small.months("1", {"inflow": [2_000, None, 5_000]}, aum_balance=1)
    found = measured(small, "1")
    assert (found["inflow_1m"], found["inflow_3m"]) == (500_000, None)


def test_what_stays_of_what_comes_in_and_who_only_passes_money_through(small: SmallBook) -> None:
    small.month("1", demand_daily_average=4_000, inflow=20_000, outflow=50_000)
    small.month("2", demand_daily_average=5_000, inflow=500, outflow=50_000)
    small.month("3", demand_daily_average=5_000, inflow=20_000, outflow=9_000)
    small.month("4", demand_daily_average=5_000, outflow=50_000, is_pass_through=1)
    small.month("5", outflow=50_000)
    found = {no: measured(small, no) for no in "12345"}
    assert found["1"]["retention"] == pytest.approx(0.2)
    assert found["2"]["retention"] is None
    assert [found[no]["pass_through"] for no in "12345"] == [1, 0, 0, 1, None]


def test_inflow_is_compared_with_the_same_month_a_year_before(small: SmallBook) -> None:
    small.month("1", 0, inflow=15_000)
    small.month("1", 12, inflow=10_000)
    small.month("2", 0, inflow=15_000)
    small.month("2", 12, inflow=10)
    assert measured(small, "1")["flow_season"] == pytest.approx(0.5)
    assert measured(small, "2")["flow_season"] is None


def test_idle_demand_is_what_two_months_of_spending_leave_over(small: SmallBook) -> None:
    small.months("1", {"demand_balance": [10_000, 90_000, 80_000]}, outflow=10_000)
    small.months("2", {"demand_balance": [90_000, 90_000, 19_000]}, outflow=10_000)
    small.months("3", {"demand_balance": [90_000] * 3})
    found = {no: measured(small, no) for no in "123"}
    assert (found["1"]["idle_demand"], found["1"]["idle_months"]) == (6_000_000, 2)
    assert (found["2"]["idle_demand"], found["2"]["idle_months"]) == (0, 0)
    assert (found["3"]["idle_demand"], found["3"]["idle_months"]) == (None, None)


def test_merchant_takings_of_three_months_against_the_three_before(small: SmallBook) -> None:
    small.months("1", {"merchant_amount": [10_000] * 3 + [15_000] * 3}, aum_balance=1)
    small.months("2", {"merchant_amount": [0] * 6}, aum_balance=1)
    assert measured(small, "1")["merchant_growth"] == pytest.approx(0.5)
    assert measured(small, "2")["merchant_growth"] is None


def test_the_share_of_third_party_payments_is_over_the_known_months(small: SmallBook) -> None:
    small.months(
        "1", {"third_party_outflow": [None, 500, 1_500], "outflow": [9_000, 2_000, 2_000]},
        third_party_outflow_count=7,
    )  # fmt: skip
    small.month("2", outflow=2_000)
    found = measured(small, "1")
    assert (found["third_share"], found["third_count"]) == (pytest.approx(0.5), 7)
    assert measured(small, "2")["third_share"] is None


def test_big_amounts_are_from_a_line_on_or_many_times_the_usual_one(small: SmallBook) -> None:
    everywhere(small, 3)
    for no in "12345":
        small.month(no, aum_balance=1)
    for no, upper in (
        ("4", 4_000),
        ("5", 4_002),
    ):  # the usual one lies between 2,000 and the upper of the two
        for days, outflow in ((3, 2_000), (13, 2_000), (23, upper), (33, 15_000)):
            flow(small, no, ago(days), outflow=outflow)
    for days in (3, 13, 23, 33):
        flow(small, "1", ago(days), outflow=2_000)
        flow(small, "2", ago(days), outflow=9_000)
    flow(small, "1", ago(2), outflow=12_000)  # six times the usual 2,000
    flow(small, "2", ago(2), outflow=12_000)
    flow(small, "3", ago(2), outflow=60_000, inflow=50_000)
    flow(small, "3", ago(95), outflow=90_000)
    assert [measured(small, no)["big_out"] for no in "12345"] == [1_200_000, 0, 6_000_000, 1_500_000, 0]
    assert [measured(small, no)["big_in"] for no in "123"] == [0, 0, 5_000_000]


# ---- pay ---------------------------------------------------------------------------------------------------------


def test_pay_is_counted_from_the_payroll_list_and_else_from_the_customer_list(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1] * 4})
    small.months("2", {"payroll_amount": [9_000, 0, 9_000, 12_000]})
    small.months("3", {"aum_balance": [1] * 4})
    for month in (7, 8, 9, 10):
        pay(small, "1", f"2026-{month:02d}-10", 8_000)
    one, two, three = (measured(small, no) for no in "123")
    assert (one["payroll_3"], one["payroll_run"], one["payroll_mean"]) == (3, 4, 800_000)
    assert (two["payroll_3"], two["payroll_run"], two["payroll_mean"]) == (2, 2, 1_050_000)
    assert (three["payroll_3"], three["payroll_run"], three["payroll_mean"]) == (0, 0, None)


def test_a_month_that_no_payroll_list_tells_is_not_a_month_without_pay(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1] * 4})
    small.months("2", {"aum_balance": [1] * 4})
    pay(small, "1", "2026-10-10", 8_000)
    assert measured(small, "1")["payroll_3"] is None
    assert (measured(small, "2")["payroll_3"], measured(small, "2")["payroll_run"]) == (None, 0)


@pytest.mark.parametrize("by_list", [True, False])
def test_what_is_left_two_days_after_pay(small: SmallBook, by_list: bool) -> None:
    if by_list:
        small.months("1", {"aum_balance": [1] * 3})
        pay(small, "1", "2026-09-30", 10_000)
        pay(small, "1", "2026-10-30", 10_000)  # its two days are not over
    else:
        small.month("1", 1, last_payroll_date="2026-09-30", payroll_amount=10_000)
        small.month("1", 0, last_payroll_date="2026-10-30", payroll_amount=10_000)
    flow(small, "1", "2026-09-29", outflow=5_000)
    flow(small, "1", "2026-09-30", inflow=10_000, outflow=2_000)
    flow(small, "1", "2026-10-02", outflow=5_000)
    flow(small, "1", "2026-10-03", outflow=1_000)
    flow(small, "1", "2026-10-30", inflow=10_000, outflow=10_000)
    assert measured(small, "1")["payday_kept"] == pytest.approx(0.3)


# ---- where the money goes ----------------------------------------------------------------------------------------


def test_transfers_to_oneself_are_regular_by_amount_and_day(small: SmallBook) -> None:
    everywhere(small)
    runs = {
        "1": [("2026-08-15", 5_000), ("2026-09-16", 5_500), ("2026-10-18", 4_800)],
        "2": [("2026-08-15", 5_000), ("2026-09-16", 9_500), ("2026-10-18", 1_000)],
        "3": [("2026-08-05", 5_000), ("2026-09-16", 5_000), ("2026-10-28", 5_000)],
        "4": [("2026-09-15", 5_000), ("2026-10-15", 5_000)],
        "5": [("2026-08-15", 999), ("2026-09-15", 999), ("2026-10-15", 999)],
    }
    for no, days in runs.items():
        small.month(no, aum_balance=1)
        for date, yuan in days:
            flow(small, no, date, outflow=yuan, same_name_outflow=yuan)
    found = {no: measured(small, no) for no in runs}
    assert [found[no]["same_name_regular"] for no in runs] == [1, 0, 0, 0, 0]
    assert [found[no]["same_name_months"] for no in runs] == [3, 3, 3, 2, 3]
    assert found["1"]["same_name_mean"] == 510_000


def test_without_transactions_only_the_flag_is_counted(small: SmallBook) -> None:
    small.months("1", {"same_name_outflow": [0, 1, 1, 1]}, aum_balance=1)
    small.months("2", {"same_name_outflow": [1, 1]}, aum_balance=1)
    found = measured(small, "1")
    assert (found["same_name_months"], found["same_name_regular"]) == (3, None)
    assert measured(small, "2")["same_name_months"] is None


def test_outflow_is_added_up_by_class_of_counterparty(small: SmallBook) -> None:
    everywhere(small)
    small.month("1", aum_balance=1)
    small.month("2", aum_balance=1)
    flow(small, "1", "2026-08-28", outflow=9_000, classes={"school": 8_000, "internet": 1_000})
    flow(small, "1", "2026-09-08", outflow=3_000, classes={"securities": 3_000})
    flow(small, "1", "2026-10-08", outflow=4_000, classes={"securities": 4_000})
    flow(small, "2", "2026-10-08", outflow=4_000, classes=None)
    found = measured(small, "1")
    assert (found["out_school"], found["out_internet"], found["out_broker"]) == (800_000, 100_000, 700_000)
    assert (found["out_house"], found["broker_times"], found["school_last"]) == (0, 2, "2026-08-28")
    assert measured(small, "2")["out_house"] is None
    assert measured(small, "2")["broker_times"] is None


def test_a_short_history_tells_what_happened_but_not_what_did_not(small: SmallBook) -> None:
    everywhere(small, 2)
    small.month("1", aum_balance=1)
    flow(small, "1", "2026-10-08", outflow=4_000, same_name_outflow=4_000, classes={"school": 4_000})
    found = measured(small, "1")
    assert (found["out_school"], found["out_house"]) == (400_000, None)
    assert (found["same_name_months"], found["same_name_regular"]) == (1, None)
    assert measured(small, "other")["same_name_months"] is None
