"""The critical classes that the tags answer, as leads (domain 4.8): hit, not, cannot tell, and their clocks."""

import datetime as dt

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.room import Leads, WeekLeads
from workbench.rules.parameters import Rules

WEEK = "2026-W45"
MONDAY = "2026-11-02"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAY)


def whole(small: SmallBook) -> WeekLeads:
    rules, insight = Rules.load(), small.insight
    return Leads(small.book, rules, insight.months, insight.checking, insight.engine).whole(WEEK)


def of_kind(small: SmallBook, kind: str) -> dict[str, Lead]:
    return {one.customer_no: one for one in whole(small).leads if one.kind == kind}


def ago(days: int, day: str = "2026-10-31") -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=days)).isoformat()


def blind(small: SmallBook) -> dict[str, int]:
    conditions = whole(small).blind
    assert conditions is not None
    return {one.condition.code: one.customers for one in conditions}


def test_money_gone_at_the_months_end_is_critical_without_a_light_and_stays_off_the_plan(
    small: SmallBook,
) -> None:
    small.month("gone", aum_daily_average=54_000, aum_balance=49_000)
    small.month("here", aum_daily_average=54_000, aum_balance=52_000)
    found = of_kind(small, "C4")
    assert list(found) == ["gone"]
    assert "月日均5.4万仍在优质门槛5.0万以上,月末余额4.9万已低于门槛" in found["gone"].reason
    assert (found["gone"].due, found["gone"].clock) == ("2026-11-04", "2026-11-04")
    assert "C4" not in [one.kind for one in small.leads(WEEK)]


def test_near_sleep_needs_idle_days_in_the_window_and_falling_assets(small: SmallBook) -> None:
    idle = {"before": 149, "first": 150, "last": 180, "after": 181, "asleep": 329, "rising": 160}
    for no, days in idle.items():
        average = [80_000, 90_000] if no == "rising" else [90_000, 80_000]
        small.months(no, {"aum_daily_average": average, "aum_balance": average}, last_txn_date=ago(days))
    small.months("untold", {"aum_daily_average": [90_000, 80_000], "aum_balance": [90_000, 80_000]})
    found = of_kind(small, "C5")
    assert sorted(found) == ["asleep", "first", "last"]
    assert (
        "到2026-10-31已150天没有主动交易,再没有就在2026-11-30满180天;资产较上月少1.0万"
        in found["first"].reason
    )
    assert found["first"].clock == "2026-11-30"
    # the day is over: the next workday, not the past
    assert found["last"].clock == MONDAY
    assert "之后若仍没有,2026-10-31已满180天" in found["last"].reason
    assert "满365天" in found["asleep"].reason
    assert blind(small)["sleep"] == 1


def test_a_newcomer_without_a_second_product_in_the_two_windows(small: SmallBook) -> None:
    whose = {
        (19, 1): False,
        (20, 1): True,
        (30, 1): True,
        (31, 1): False,
        (80, 1): True,
        (101, 1): False,
        (25, 2): False,
    }
    for days, products in whose:
        no = f"{days}-{products}"
        small.customer(no, open_date=ago(days, MONDAY))
        small.month(no, aum_balance=30_000, aum_daily_average=30_000, product_count=products)
    found = of_kind(small, "C6")
    assert sorted(found) == sorted(f"{days}-{products}" for (days, products), hit in whose.items() if hit)
    for days in (20, 30, 80):
        one = found[f"{days}-1"]
        ends = dt.date.fromisoformat(MONDAY) + dt.timedelta(days=(30 if days <= 30 else 100) - days)
        assert one.clock <= ends.isoformat()
        assert f"第{days}天还只有1类产品" in one.reason


def test_exactly_one_condition_short_names_the_one(small: SmallBook) -> None:
    whose = {
        "app": (80_000, 0, 1), "pay": (80_000, 1, 0), "aum": (47_000, 1, 1), "far": (1_000, 1, 1), "all": (80_000, 1, 1),
        "two": (80_000, 0, 0), "untold": (80_000, 1, None),
    }  # fmt: skip
    for no, (yuan, app, pay) in whose.items():
        small.customer(no, open_date="2026-07-15")
        paid = None if no == "untold" else 0
        small.months(
            no, {"aum_balance": [yuan] * 3, "aum_daily_average": [yuan] * 3, "payroll_amount": [paid] * 3},
            mobile_signed=app, utility_autopay=pay, product_count=3,
        )  # fmt: skip
    found = of_kind(small, "C6")
    assert "只差开通手机银行" in found["app"].reason
    assert "只差代发或代扣" in found["pay"].reason
    assert "月日均4.7万,距5.0万还差3,000;从下月1日起补3,000,按推算下月可达标" in found["aum"].reason
    # 49,000 cannot be asked of somebody with 1,000
    assert sorted(found) == ["app", "aum", "pay"]
    assert found["app"].clock == "2026-11-30"
    assert blind(small)["one"] == 1


def test_an_old_customer_one_condition_short_is_no_case(small: SmallBook) -> None:
    small.month("1", aum_balance=8e4, aum_daily_average=8e4, mobile_signed=0, utility_autopay=1)
    assert of_kind(small, "C6") == {}


def test_what_has_to_be_put_right_is_due_on_its_day(small: SmallBook) -> None:
    small.customer("id", id_expiry_date="2026-12-12")
    small.customer("late", id_expiry_date="2027-03-01")
    for no in ("id", "late", "test", "senior", "young"):
        told = {"risk_expiry_date": "2026-11-20"} if no == "test" else {}
        born = {"senior": "1962-05-10", "young": "1990-01-10"}.get(no)
        if born:
            small.customer(no, birth_date=born)
        small.month(no, aum_balance=9e4, aum_daily_average=9e4, **told)
    found = of_kind(small, "C7")
    assert {no: one.clock for no, one in found.items()} == {"id": "2026-12-11", "test": "2026-11-20"}
    assert found["id"].reason == "登记的证件2026-12-12到期"
    assert blind(small)["loss"] == 5
    assert found["test"].evidence["conditions"] == ["test"]


def test_turning_65_within_ninety_days(small: SmallBook) -> None:
    small.customer("in", birth_date="1961-12-20")
    small.customer("out", birth_date="1962-02-20")
    for no in ("in", "out"):
        small.month(no, aum_balance=9e4, aum_daily_average=9e4)
    found = of_kind(small, "C7")
    assert {no: (one.reason, one.clock) for no, one in found.items()} == {
        "in": ("2026-12-20年满65岁", "2026-12-18")
    }


def test_a_loss_near_the_limit_and_a_risk_above_the_class(small: SmallBook) -> None:
    for no, profit, level in (
        ("near", -4_000, "C5"),
        ("past", -6_000, "C5"),
        ("little", -2_000, "C5"),
        ("over", 0, "C2"),
    ):
        small.month(
            no, aum_balance=2e5, aum_daily_average=2e5, risk_level=level, risk_expiry_date="2027-09-30"
        )
        small.hold(
            no,
            product_name="甲",
            category="理财",
            product_risk="R4",
            amount=100_000 + profit,
            cost=100_000,
            profit=profit,
        )
    found = of_kind(small, "C7")
    assert sorted(found) == ["near", "over"]
    assert "持有产品浮亏4,000(4.0%),离浮亏线5.0%不到2个百分点" in found["near"].reason
    assert "持有的产品最高为R4,高于承受等级C2" in found["over"].reason
    # without a day of its own: by the end of the week
    assert found["over"].clock == "2026-11-06"
