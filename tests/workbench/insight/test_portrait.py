"""The portrait: facts, level, months with their source rows, holdings, risk, contacts."""

import json

import pytest

from tests.workbench.insight.conftest import SmallBook
from workbench.errors import WorkbenchError


def test_a_portrait_names_the_row_behind_each_month(small: SmallBook) -> None:
    batch = small.batch()
    small.customer(
        "1", name="张三", phone="13800001234", marketing_opt_out=1, extra=json.dumps({"积分余额": "88"})
    )
    small.month("1", back=1, aum_daily_average=44_000, aum_balance=44_000)
    small.month(
        "1", batch=batch, row=17, aum_daily_average=46_000, aum_balance=47_000, age=41, employer="甲公司"
    )
    small.touch("1", 4)
    small.hold("1", amount=10_000, product_name="甲理财", product_risk="R2", maturity_date="2026-11-20")
    seen = small.insight.portrait("1")
    assert (seen.tier, seen.tier_name, seen.tower) == ("L2", "潜力", "塔基")
    assert (seen.to_upgrade_fen, seen.to_keep_fen) == (400_000, 3_600_000)
    assert seen.source is not None
    assert (seen.source.file, seen.source.sheet, seen.source.row) == ("月报.xlsx", "客户清单", 17)
    assert [point.month for point in seen.points] == ["2026-09", "2026-10"]
    assert seen.points[1].figures == {"aum_balance": 4_700_000, "aum_daily_average": 4_600_000}
    facts = {key: (label, value) for key, label, value in seen.facts}
    assert facts["age"] == ("年龄", "41")
    assert facts["employer"][1] == "甲公司"
    assert facts["marketing_opt_out"][1] == "是"
    assert facts["积分余额"] == ("积分余额", "88")
    assert seen.holdings[0].product_name == "甲理财"
    assert seen.touches[0].date == "2026-10-27"
    said = seen.as_json()
    assert said["customer"]["age"] == "41"
    assert said["snapshots"][1]["aum_daily_average"] == 46_000


def test_a_portrait_of_an_earlier_month_ends_there(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 1e5], "employer": ["甲", "甲", "乙"]})
    seen = small.insight.portrait("1", "2026-09")
    assert seen.month == "2026-09"
    assert ("employer", "工作单位", "甲") in seen.facts
    assert seen.tier_note == "按时点余额判断,本月未提供月日均"
    assert seen.risk is not None
    assert seen.risk.signals == ()


def test_the_risk_of_one_customer_is_the_same_as_in_the_ranking(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 1e5], "aum_daily_average": [3e5, 3e5, 2.9e5]})
    alone = small.insight.portrait("1").risk
    ranked = small.risk("1")
    assert alone is not None
    assert (alone.risk, alone.light, alone.signals) == (ranked.risk, ranked.light, ranked.signals)
    assert small.insight.portrait("1").risk == ranked


def test_an_unknown_number_is_said_in_words(small: SmallBook) -> None:
    with pytest.raises(WorkbenchError) as unknown:
        small.insight.portrait("404")
    assert unknown.value.code == "no_such_customer"
    assert "404" in unknown.value.sentence()
