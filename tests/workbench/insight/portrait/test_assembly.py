"""The portrait: facts, level, months with their source rows, holdings, risk, contacts, and what is concluded from them."""

import json

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError


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


PROMISED = {
    "customer", "as_of", "tier", "gene", "tags", "snapshots", "holdings", "signals", "journey", "touches", "next_actions",
    "do_not_say", "risk", "behaviour", "household", "offers", "corrections", "source",
}  # fmt: skip


def leaving(small: SmallBook) -> None:
    """A customer whose money left last month, with a maturity near, a wife in the book and a test of risk."""
    small.customer(
        "1",
        name="林秀英",
        gender="女",
        birth_date="1974-02-28",
        risk_level="C3",
        risk_expiry_date="2027-08-01",
    )
    fallen = [900_000] * 8 + [200_000]
    small.months("1", {"aum_balance": fallen, "aum_daily_average": [*fallen[:8], 600_000]})
    small.hold(
        "1",
        amount=100_000,
        product_name="甲存单",
        category="大额存单",
        product_risk="R1",
        maturity_date="2026-11-24",
    )
    small.touch("1", 40)
    small.flat("2", 50_000)


def test_the_document_has_every_part_that_was_promised(small: SmallBook) -> None:
    leaving(small)
    said = small.insight.portrait("1").as_json()
    assert said.keys() >= PROMISED
    assert json.loads(json.dumps(said, ensure_ascii=False)).keys() == said.keys()
    assert said["tier"]["standing"]["code"] == said["tier"]["code"]
    assert said["gene"]["relation"]["name"]
    assert {tag["label"] for tag in said["tags"]} > {"流失预警客户"}
    assert said["journey"]["stage"] in ("J4", "J5")


def test_the_story_of_a_leaving_customer_stands_on_the_portrait(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    leaving(small)
    seen = small.insight.portrait("1")
    assert seen.risk is not None
    assert seen.risk.light in ("red", "orange")
    assert seen.risk.light in [one.code for one in seen.next_actions]
    assert [one.due for one in seen.next_actions] == sorted(one.due for one in seen.next_actions)
    assert "maturity" in [one.code for one in seen.next_actions]
    assert len(seen.next_actions) <= 3
    limits = {one.code: one.text for one in seen.do_not_say}
    assert limits["risk"] == "不提 R4 及以上的产品"
    assert all(one.verdict.may_offer for one in seen.offers)


def test_a_correction_stands_beside_the_machines_value(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    leaving(small)
    insight = small.insight
    assert insight.portrait("1").picture is not None
    insight.corrections.correct("1", "risk_class", "2", "重新测过")
    seen = small.insight.portrait("1")
    assert seen.picture is not None
    assert seen.picture.get("risk_class") == 2
    (kept,) = seen.corrections
    assert (kept.label, kept.value, kept.machine) == ("风险承受等级", 2, 3)
    assert {one.code: one.text for one in seen.do_not_say}["risk"] == "不提 R3 及以上的产品"
    # what the list told stays as it was told
    assert ("risk_level", "风险等级", "C3") in seen.facts


def test_a_tag_set_right_by_hand_holds_and_ends(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    leaving(small)
    tag = next(one for one in small.insight.portrait("1").tags if one.kind == "flag" and one.state == "hit")
    insight = small.insight
    insight.corrections.correct("1", tag.code, "否", "客户说不是")
    after = {one.code: one for one in small.insight.portrait("1").tags}[tag.code]
    assert after.state == "no"
    insight.corrections.end(small.insight.portrait("1").corrections[0].id)
    assert {one.code: one for one in small.insight.portrait("1").tags}[tag.code].state == "hit"


def test_the_family_is_on_the_portrait_of_each_of_them(small: SmallBook) -> None:
    leaving(small)
    small.insight.links.add("1", "spouse", other_no="2")
    mine, theirs = small.insight.portrait("1").household, small.insight.portrait("2").household
    assert mine is not None
    assert theirs is not None
    assert mine.aum_fen == theirs.aum_fen == 65_000_000
    assert [one.customer_no for one in theirs.relations] == ["1"]


def test_a_customer_no_month_tells_has_a_portrait_without_judgements(small: SmallBook) -> None:
    small.flat("2")
    small.customer("1", name="张三")
    seen = small.insight.portrait("1")
    assert (seen.month, seen.standing, seen.gene, seen.next_actions, seen.tags) == (None, None, None, (), ())
    assert seen.as_json()["tier"]["standing"] is None


def test_an_empty_book_still_has_the_portrait_of_whom_it_knows(small: SmallBook) -> None:
    small.customer("1", name="张三")
    assert small.insight.portrait("1").name == "张三"


def test_an_observed_style_stays_in_the_book(small: SmallBook) -> None:
    leaving(small)
    seen = small.insight.portrait("1")
    said = json.dumps(seen.as_json(), ensure_ascii=False)
    assert "风格" in "".join(tag.name for tag in seen.tags)
    assert "话术口吻" not in said
    assert "风格把握" not in said


def test_what_was_paid_to_a_hospital_is_told_nowhere(small: SmallBook) -> None:
    leaving(small)
    seen = small.insight.portrait("1")
    for words in ("医院", "医疗类支出", "看病"):
        assert words not in json.dumps(seen.as_json(), ensure_ascii=False)
