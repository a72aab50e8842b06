"""What is said of a customer's habits: sentences with figures, needs by rule, and which features are off."""

import json
from importlib.resources import files
from typing import Any

import pytest
import tomli as tomllib
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine

from workbench.insight.measures.scope import ReportedData
from workbench.insight.portrait.behaviour import Behaviour, Rate, features_off, need_rates, picture
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: Everything told by summary columns and transactions alike; money in fen.
FULL: dict[str, Any] = {
    "rfm": "important_keep", "rfm_r": 3, "rfm_f": 5, "rfm_m": 4, "active_days": 45, "active_90": 20,
    "inflow_1m": 1_000_000, "outflow_1m": 800_000, "inflow_3m": 6_000_000, "outflow_3m": 4_500_000,
    "flow_ratio": 0.75, "retention": 1.3, "demand_daily_average": 1_300_000, "pass_through": 0,
    "payroll_3": 3, "payroll_run": 26, "payroll_mean": 1_234_500, "payday_kept": 0.4,
    "idle_demand": 6_000_000, "idle_months": 2, "same_name_months": 4, "same_name_mean": 510_000,
    "same_name_regular": 1, "third_share": 0.6, "third_count": 9, "merchant_growth": -0.4, "flow_season": 0.5,
    "big_in": 0, "big_out": 9_000_000, "out_house": 0, "out_school": 800_000, "out_hospital": 0, "out_broker": 900_000,
    "out_insurance": 0, "out_bank": 0, "out_internet": 100_000, "broker_times": 1, "school_last": "2026-03-03",
    "risk_class": 3, "risk_valid_days": 200,
}  # fmt: skip


def of(**changed: Any) -> Behaviour:
    return picture(Values(FULL | changed), Rules.load(), as_of="2026-10-31", day="2026-11-30")


def said(found: Behaviour) -> dict[str, str]:
    return {line.key: line.text for line in found.lines}


def test_every_figure_is_said_with_its_number() -> None:
    found = said(of())
    assert (
        found["rfm"]
        == "重要保持:最近主动交易2026-09-16,75天前;到2026-10-31的90天里20笔(近度3、频度5、额度4,满分5)"
    )
    now = said(picture(Values(FULL | {"active_days": 0}), Rules.load(), as_of="2026-10-31", day="2026-10-31"))
    assert now["rfm_now"].startswith("重要保持:最近主动交易2026-10-31;到2026-10-31的90天里20笔")
    assert found["flows"] == "近3个月流入6.0万、流出4.5万,流出是流入的75%"
    assert found["retention"] == "活期日均是当月流入1.0万的130%(沉淀率)"
    assert found["payroll"] == "代发已连续26个月,月均1.2万"
    assert found["idle"] == "活期留足2个月支出后还闲置6.0万,已2个月,可以谈现金管理产品"
    assert found["regular"] == "每月约5,100固定转往他行同名账户,近6个月有4个月"
    assert found["third"] == "近3个月流出的60%走第三方支付"
    assert found["season"] == "当月流入比去年同月多50%"
    assert found["merchant"] == "收单近3个月比之前3个月下降40%"
    assert found["big_out"] == "近90天大额流出共9.0万"
    assert found["spent"] == "近6个月去向:证券9,000、教育8,000、互联网1,000"
    assert "big_in" not in found


def test_idle_money_without_a_valid_test_is_no_opening_for_wealth_products() -> None:
    for changed in ({"risk_class": None}, {"risk_valid_days": None}, {"risk_valid_days": -1}):
        assert said(of(**changed))["idle_untested"].endswith("没有有效风评,补好再谈现金管理产品")


def test_idle_money_of_who_is_told_of_no_product_is_told_alone() -> None:
    for changed in ({"barred": "complaint"}, {"s_journey_stage_m0": "J5"}, {"overdue_days": 2}):
        lines = said(of(**changed))
        assert lines["idle_barred"].endswith("现在先不谈产品")
        assert "idle" not in lines


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"idle_months": 1}, "idle"), ({"idle_demand": 4_999_999}, "idle"), ({"third_share": 0.49}, "third"),
        ({"flow_season": 0.29}, "season"), ({"merchant_growth": 0.1}, "merchant"), ({"payroll_3": 0}, "payroll"),
        ({"pass_through": 1}, "retention"), ({"rfm": None}, "rfm"), ({"payday_kept": None}, "payday"),
    ],
)  # fmt: skip
def test_what_is_small_or_not_told_is_not_said(changed: dict[str, Any], gone: str) -> None:
    assert gone in said(of())
    assert gone not in said(of(**changed))


def test_a_lead_is_marked_as_one_and_leads_to_its_measures() -> None:
    idle = next(line for line in of().lines if line.key == "idle")
    assert (idle.tone, idle.inputs) == ("lead", ("idle_demand", "idle_months"))


def test_pay_that_leaves_at_once_and_money_that_passes_through_want_care() -> None:
    found = {line.key: line for line in of(payday_kept=0.05, pass_through=1).lines}
    assert found["payday_gone"].text == "发薪2天后只留下5%,工资随到随走"
    assert (found["payday_gone"].tone, found["pass_through"].tone) == ("care", "care")


def test_pay_that_stopped_is_not_called_steady() -> None:
    gone = next(line for line in of(payroll_run=0, payroll_3=2).lines if line.key == "payroll_gone")
    assert gone.text == "代发当月没有入账,近3个月只有2个月,月均1.2万"
    assert gone.tone == "care"


def test_what_a_customer_does_not_have_is_not_called_off() -> None:
    keys = {off.key for off in of(payroll_3=0, payday_kept=None, holds_merchant=0, merchant_growth=None).off}
    assert keys == set()
    assert {off.key for off in of(payday_kept=None, merchant_growth=None).off} == {"B_payday", "B_merchant"}


def test_a_retention_by_balance_says_so() -> None:
    assert "没有活期日均" in said(of(demand_daily_average=None))["retention_balance"]


def test_nothing_told_says_nothing_and_names_every_column_that_is_missing() -> None:
    found = picture(Values({}), Rules.load())
    assert (found.rfm, found.rfm_name, found.lines, found.needs) == (None, "无法判断", (), ())
    listed = tomllib.loads((files("resources") / "unlocks.toml").read_text("utf-8"))["features"]
    assert {off.key for off in found.off} == {key for key, raw in listed.items() if "measures" in raw}
    assert "收单金额增长:缺「收单上月金额」" in {off.sentence for off in found.off}
    assert all(off.missing for off in found.off)


def test_what_is_off_for_other_reasons_than_a_column_says_what_it_waits_for() -> None:
    off = {one.key: one for one in of(flow_season=None, inflow=5, same_name_regular=None).off}
    assert set(off) == {"B_season", "B_same_name"}
    assert off["B_season"].sentence == "流入与去年同月比较:还需去年同月的清单或流水"
    assert off["B_same_name"].missing == ("对手行",)
    assert picture(Values(FULL), Rules.load()).off == ()


def test_the_whole_book_says_which_lists_would_help() -> None:
    bare = ReportedData(
        "2026-10-31", frozenset({"inflow", "outflow"}), frozenset(), frozenset(), frozenset(), frozenset()
    )
    off = {one.key: one.missing for one in features_off(bare)}
    assert "B_flows" not in off
    assert off["B_big"] == ("交易日期", "交易金额")
    rich = ReportedData(
        "2026-10-31", frozenset({"demand_balance"}), frozenset(), frozenset(), frozenset({"2026-10"}),
        frozenset({"payrolls"}),
    )  # fmt: skip
    left = {one.key for one in features_off(rich)}
    assert not left & {"B_big", "B_classes", "B_payday", "B_payroll"}
    assert left >= {"B_merchant", "B_idle"}


# ---- needs -------------------------------------------------------------------------------------------------------


def test_needs_follow_from_rules_and_say_how_little_is_known_of_their_rate() -> None:
    found = {need.code: need for need in of(broker_times=2, school_last="2026-08-28").needs}
    assert set(found) == {"equity", "education"}
    assert found["equity"].reason.startswith("近6个月有2次转往证券账户;本账本符合这一条的客户还太少")
    assert found["education"].reason.startswith("2026-08-28向学校缴费")
    assert of(broker_times=1, school_last="2026-03-03").needs == ()
    assert picture(Values({"broker_times": None}), Rules.load()).needs == ()


def test_a_rate_from_the_book_stands_beside_the_rule() -> None:
    rules = Rules.load()
    rates = {"equity": Rate(40, 10, 0.08)}
    need = picture(Values(FULL | {"broker_times": 2}), rules, rates=rates).needs[0]
    assert need.rate == rates["equity"]
    assert "40户里25%已持有对应产品,全部客户为8%" in need.reason
    few = picture(Values(FULL | {"broker_times": 2}), rules, rates={"equity": Rate(19, 10, 0.08)}).needs[0]
    assert few.rate is None


def test_what_rests_on_health_is_never_shown() -> None:
    found = of(out_hospital=5_000_000)
    assert [need.code for need in found.needs if not need.shown] == ["protection"]
    assert found.shown_needs == ()
    everything = json.dumps(found.as_json(), ensure_ascii=False) + "".join(line.text for line in found.lines)
    for word in ("hospital", "protection", "医", "健康", "50,000", "5.0万"):
        assert word not in everything
    assert found.lines == of().lines


def test_rates_are_counted_over_the_layers_of_the_book() -> None:
    layer = Table(
        "layer", MetaData(), Column("broker_times", Integer), Column("school_last", Text),
        *(Column(name, Integer) for name in (
            "holds_fund", "holds_annuity", "out_insurance", "holds_protection", "out_house", "holds_mortgage",
        )),
    )  # fmt: skip

    class OneLayer:
        def column(self, name: str) -> Any:
            return layer.c[name]

        def source(self, names: Any = ()) -> Any:
            return layer

    rows = [
        {"broker_times": 2, "holds_fund": 1, "school_last": "2026-08-28", "holds_annuity": None},
        {"broker_times": 3, "holds_fund": 0, "school_last": "2026-05-28", "holds_annuity": 0},
        {"broker_times": None, "holds_fund": 0, "school_last": None, "holds_annuity": 0},
        {"broker_times": 2, "holds_fund": None, "school_last": "2026-09-02", "holds_annuity": 0},
        {"broker_times": 0, "holds_fund": 0, "school_last": None, "holds_annuity": 0},
    ]
    with create_engine("sqlite://").begin() as conn:
        layer.create(conn)
        conn.execute(layer.insert(), rows)
        found = need_rates(conn, OneLayer(), Rules.load())
    assert found == {"equity": Rate(2, 1, 0.25), "education": Rate(1, 0, 0.0)}
