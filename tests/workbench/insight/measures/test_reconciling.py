"""A net outflow that the balances deny is believed nowhere; what does not fit is told as a data problem."""

from typing import Any

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.portrait.portrait import Portrait


def sentences_of(portrait: Portrait) -> str:
    """Everything that the portrait says of money that left."""
    lines = portrait.behaviour.lines if portrait.behaviour else ()
    risk = portrait.risk
    parts = [risk.hard_rule or "", *(one.reason for one in risk.signals)] if risk else []
    return " ".join([*parts, *(one.text for one in lines), *(one.why for one in portrait.next_actions)])


def claimed(
    small: SmallBook, no: str, before: float, now: float, out: float, into: float, **more: Any
) -> None:
    """Quiet months, then one with flows."""
    steady = {name: value for name, value in more.items() if name != "interbank"}
    sent = {"interbank_outflow": [None] * 3 + [more["interbank"]]} if "interbank" in more else {}
    runs = {
        "aum_balance": [before] * 3 + [now], "aum_daily_average": [before] * 4,
        "outflow": [None] * 3 + [out], "inflow": [None] * 3 + [into], **sent,
    }  # fmt: skip
    small.months(no, runs, **steady)


def test_a_customer_whose_balance_rose_has_lost_nothing(small: SmallBook) -> None:
    claimed(small, "rose", before=300_000, now=310_000, out=940_000, into=6_000)
    risk = small.risk("rose")
    assert (risk.light, risk.hard_rule, risk.signals) == (None, None, ())
    assert [one.customer_no for one in small.leads("2026-W45") if one.kind == "red"] == []
    found = small.insight.portrait("rose")
    assert "94.0万" not in sentences_of(found)
    assert "流入6,000" in sentences_of(found)  # inflow still serves


@pytest.mark.parametrize(("now", "believed"), [(650_000, True), (650_001, False)])
def test_the_balance_has_to_fall_by_half_of_it(small: SmallBook, now: float, believed: bool) -> None:
    claimed(small, "1", before=1_000_000, now=now, out=800_000, into=100_000)
    # a fall of 35 % lights nothing by this rule; believed, it is a fact
    assert any("净流出70.0万,占月初资产70%" in fact for fact in small.risk("1").facts) is believed


def test_nobody_loses_more_than_he_had(small: SmallBook) -> None:
    claimed(small, "1", before=400_000, now=0, out=700_000, into=0)
    assert "净流出40.0万,占月初资产100%,余额减少40.0万" in (small.risk("1").hard_rule or "")
    assert small.risk("1").signals[0].evidence["recent_share"] <= 1
    claimed(small, "overdrawn", before=400_000, now=-50_000, out=450_000, into=0)
    assert "比近四个月最高月日均40.0万低100%" in small.risk("overdrawn").signals[0].reason


def test_without_both_balances_it_is_unknown(small: SmallBook) -> None:
    small.months("1", {"aum_daily_average": [400_000] * 3}, outflow=900_000.0, inflow=0.0)
    small.month("2", aum_balance=400_000, aum_daily_average=400_000, outflow=900_000, inflow=0)
    for no in "12":
        assert "净流出" not in (small.risk(no).hard_rule or "")
        values = small.insight.portrait(no).picture.values  # type: ignore[union-attr]
        assert values.net_outflow is None
        assert values.flows_differ is None


def test_money_sent_to_other_banks_counts_only_where_the_balance_fell(small: SmallBook) -> None:
    claimed(small, "kept", before=300_000, now=300_000, out=250_000, into=9_000, interbank=240_000)
    claimed(small, "gone", before=300_000, now=60_000, out=250_000, into=10_000, interbank=240_000)
    assert small.verdict("kept", "S3") is None
    assert "跨行转出24.0万" in small.risk("gone").signals[0].reason


def test_an_open_complaint_is_not_made_worse_by_a_flow_that_nobody_sees(small: SmallBook) -> None:
    told: dict[str, Any] = {"complaint_count": 1, "last_complaint_date": "2026-10-20"}
    claimed(small, "1", before=300_000, now=300_000, out=90_000, into=0, **told)
    assert "资金流出" not in (small.risk("1").hard_rule or "")


def test_the_portrait_names_figures_months_and_rows_that_do_not_fit(small: SmallBook) -> None:
    batch = small.batch(file="十月.xlsx")
    flat = {"aum_balance": 300_000, "aum_daily_average": 300_000}
    small.month("1", 1, batch=batch, row=7, **flat)
    small.month("1", 0, batch=batch, row=8, outflow=940_000, inflow=6_000, **flat)
    (problem,) = small.insight.portrait("1").as_json()["data_problems"]
    assert (problem["month"], problem["before"], problem["outflow_believed"]) == ("2026-10", "2026-09", False)
    figures = (problem["opening"], problem["inflow"], problem["outflow"], problem["closing"], problem["gap"])
    assert figures == (300_000, 6_000, 940_000, 300_000, 934_000)
    assert [(one["file"], one["row"]) for one in problem["sources"]] == [("十月.xlsx", 7), ("十月.xlsx", 8)]
    assert "2026-09末余额30.0万,加流入6,000、减流出94.0万,与2026-10末余额30.0万相差93.4万" in problem["text"]


def test_what_is_within_the_tolerance_is_no_problem_and_the_rule_can_be_moved(small: SmallBook) -> None:
    claimed(small, "1", before=300_000, now=250_000, out=70_000, into=0)  # 2万 off, of 30万
    assert small.insight.portrait("1").problems == ()
    strict = small.ruled(flows__gap_share=0.01, flows__gap_least=0)
    (problem,) = strict.portrait("1").problems
    assert not problem.contradicted
    assert "不采信" not in problem.text


def test_habits_leave_out_the_months_that_the_balances_deny(small: SmallBook) -> None:
    claimed(small, "1", before=300_000, now=310_000, out=940_000, into=6_000)
    values = small.insight.portrait("1").picture.values  # type: ignore[union-attr]
    assert values.outflow_1m is None
    assert values.inflow_1m == 600_000
    assert values.net_outflow == 0
    assert values.flow_gap == 94_400_000
    assert values.flows_differ == 1


def test_a_few_yuan_that_do_not_fit_leave_the_habits_alone(small: SmallBook) -> None:
    claimed(small, "1", before=300_000, now=300_050, out=5_010, into=5_000)
    found = small.insight.portrait("1")
    values = found.picture.values  # type: ignore[union-attr]
    assert (values.outflow_1m, values.net_outflow, found.problems) == (501_000, 0, ())
