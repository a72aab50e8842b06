"""Why somebody may be leaving: points of evidence for nature, our fault and competition; nothing told says nothing (4.1)."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.insight.churn.cause_facts import CauseFacts, Spoken
from workbench.insight.churn.causes import causes, with_confirmed
from workbench.insight.churn.decisions import Decision
from workbench.insight.churn.matured import Matured
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def shares(**values: Any) -> dict[str, float]:
    return {one.code: round(one.share, 3) for one in causes(Values(values), RULES)}


@pytest.mark.parametrize(
    ("values", "code", "evidence"),
    [
        ({"S1": 1}, "natural", "工作或住所有变动"),
        ({"out_house": 12_000_000}, "natural", "近6个月购房支出12.0万"),
        ({"out_school": 1_500_000}, "natural", "近6个月学费支出1.5万"),
        # one piece of evidence, of a house and of schools
        (
            {"out_house": 12_000_000, "out_school": 1_500_000},
            "natural",
            "近6个月购房支出12.0万;近6个月学费支出1.5万",
        ),
        ({"close_date": "2026-10-08"}, "natural", "名单写着已销户(2026-10-08)"),
        ({"lifecycle": "已身故"}, "natural", "名单写着身故"),
        ({"occupation": "退休人员"}, "natural", "职业写着退休"),
        ({"held_risk": 4, "risk_class": 2}, "fault", "持有R4产品,本人测评只到C2"),
        (
            {"managed_days": 90, "days_since_touch": 90},
            "fault",
            "90天前换了客户经理,至今没有联系",
        ),
        ({"age": 80}, "natural", "年龄80岁"),
        ({"complaint_days": 180}, "fault", "180天前有过投诉"),
        ({"complaint_days": 0}, "fault", "0天前有过投诉"),
        ({"days_since_touch": 121, "tier": "L4"}, "fault", "已121天没有联系,应每60天一次"),
        (
            {"same_name_regular": 1, "same_name_mean": 5_000_000},
            "competition",
            "每月向他行同名账户转出约5.0万",
        ),
        ({"third_share": 0.5}, "competition", "转出的50%走第三方支付"),
        ({"S7": 1}, "competition", "主结算迁出或到期未续"),
    ],
)
def test_one_piece_of_evidence_is_one_reason_in_words(
    values: dict[str, Any], code: str, evidence: str
) -> None:
    (found,) = causes(Values(values), RULES)
    assert (found.code, found.share, found.evidence) == (code, 1.0, (evidence,))
    assert found.name == RULES.text(f"cause.{code}")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"S1": 0, "S7": 0, "out_house": 0, "out_school": 0, "same_name_regular": 0},
        {"S1": None, "S7": None, "age": None, "third_share": None, "complaint_days": None},
        {"age": 79},
        {"complaint_days": 181},
        # twice the cadence is not yet more than twice
        {"days_since_touch": 120, "tier": "L4"},
        {"days_since_touch": 400},
        {"days_since_touch": 400, "tier": "private"},
        {"third_share": 0.49},
        {"lifecycle": "稳定期", "occupation": "教师"},
        {"held_risk": 2, "risk_class": 2},
        {"held_risk": 4},
        # the new manager called; it was too long ago; nobody knows; the first manager of a new account is no change
        {"managed_days": 90, "days_since_touch": 89},
        {"managed_days": 91, "days_since_touch": 91},
        {"managed_days": 30},
        {"managed_days": 30, "days_since_touch": 30, "opened_days": 30},
        # health is never looked at
        {"out_hospital": 9_000_000},
    ],
)
def test_what_is_not_told_or_below_its_line_speaks_for_nothing(values: dict[str, Any]) -> None:
    assert causes(Values(values), RULES) == ()


_GONE = Matured("2026-10-10", 20_000_000, untouched=True, left_fen=19_000_000)


@pytest.mark.parametrize(
    ("facts", "code", "evidence"),
    [
        (CauseFacts(city=("杭州", "上海")), "natural", "居住城市由杭州变为上海"),
        (CauseFacts(employer=("甲厂", "乙厂")), "natural", "工作单位由甲厂变为乙厂"),
        (CauseFacts(prepaid=("2026-09", 30_000_000)), "natural", "2026-09按揭余额少了30.0万,疑似提前还款"),
        (
            CauseFacts(promised=Spoken("2026-10-02", "礼品没")),
            "fault",
            "2026-10-02的联系备注提到“礼品没”",
        ),
        (CauseFacts(quoted=Spoken("2026-10-02", "利率")), "competition", "2026-10-02的联系备注提到“利率”"),
        (CauseFacts(wallet=(0.1, 0.31)), "competition", "走第三方支付的转出由10%升到31%"),
        (CauseFacts(paid_elsewhere=True), "competition", "换单位后工资不再从本行发"),
        (
            CauseFacts(matured=replace(_GONE, untouched=False)),
            "competition",
            "2026-10-10到期20.0万,7天内转走19.0万",
        ),
        (
            CauseFacts(matured=replace(_GONE, left_fen=None)),
            "fault",
            "2026-10-10到期20.0万,到期前后没有联系",
        ),
    ],
)
def test_one_fact_of_the_lists_is_one_reason_in_words(facts: CauseFacts, code: str, evidence: str) -> None:
    (found,) = causes(Values(), RULES, facts)
    assert (found.code, found.evidence) == (code, (evidence,))


@pytest.mark.parametrize(
    "facts",
    [
        CauseFacts(wallet=(0.2, 0.39)),
        # who was called about it, of whom nobody knows; money that stayed, or went on later
        CauseFacts(matured=replace(_GONE, untouched=False, left_fen=9_000_000)),
        CauseFacts(matured=replace(_GONE, untouched=None, left_fen=None)),
    ],
)
def test_a_fact_below_its_line_speaks_for_nothing(facts: CauseFacts) -> None:
    assert causes(Values(), RULES, facts) == ()


def test_a_move_that_is_named_counts_once() -> None:
    named = CauseFacts(city=("杭州", "上海"))
    (found,) = causes(Values({"S1": 3}), RULES, named)
    assert found.evidence == ("居住城市由杭州变为上海",)


def test_a_named_maturity_counts_instead_of_the_anchor_that_was_lost_with_it() -> None:
    silent = Values({"S7": 1, "days_since_touch": 31, "tier": "L4"})
    (fault, *_rest) = (one for one in causes(silent, RULES, CauseFacts(matured=_GONE)) if one.code == "fault")
    assert fault.evidence == ("2026-10-10到期20.0万,到期前后没有联系",)


def test_matured_money_nobody_called_about_is_our_fault_beside_the_competitions_pull() -> None:
    silent = {"S7": 1, "days_since_touch": 31, "tier": "L4"}
    assert shares(**silent) == {"competition": 0.5, "fault": 0.5}
    assert shares(S7=1, days_since_touch=30, tier="L4") == {"competition": 1.0}
    assert shares(S7=1, tier="L4") == {"competition": 1.0}
    # a maturity still to come is no maturity passed
    assert shares(**silent, next_maturity="2026-12-01") == {"competition": 1.0}


def test_the_likeliest_reason_stands_first_and_its_evidence_is_kept_together() -> None:
    found = causes(
        Values({"S1": 1, "age": 82, "complaint_days": 20, "third_share": 0.7, "same_name_regular": 1}), RULES
    )
    # competition 3 + 2, natural 3 + 1, fault 3
    assert [one.code for one in found] == ["competition", "natural", "fault"]
    assert [round(one.share * 12) for one in found] == [5, 4, 3]
    assert [len(one.evidence) for one in found] == [2, 2, 1]
    assert sum(one.share for one in found) == pytest.approx(1)


def test_of_reasons_with_as_many_points_the_order_is_always_the_same() -> None:
    assert list(shares(S1=1, complaint_days=5, same_name_regular=1)) == ["competition", "fault", "natural"]


def test_points_of_nothing_leave_a_reason_out() -> None:
    rules = Rules.load(overrides={"cause.aged": 0})
    assert causes(Values({"age": 90}), rules) == ()
    assert [one.code for one in causes(Values({"age": 90, "S1": 1}), rules)] == ["natural"]


def test_json_rounds_the_share_and_lists_the_evidence() -> None:
    (first, *_rest) = causes(Values({"S1": 1, "complaint_days": 5, "S7": 1}), RULES)
    assert first.as_json() == {
        "code": "fault", "name": "过失", "share": 0.38, "evidence": ["5天前有过投诉"], "confirmed": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "causes_shown"),
    [
        # what the manager says stands alone, with the evidence there is for it
        ("fault", ["过失(已确认)"]),
        ("natural", ["自然(已确认)"]),
        # nobody knows, nothing was confirmed: the evidence speaks
        ("unknown", ["过失(证据占60%)", "竞争(证据占40%)"]),
        (None, ["过失(证据占60%)", "竞争(证据占40%)"]),
    ],
)
def test_a_confirmed_cause_stands_alone_and_a_share_is_that_of_the_evidence(
    value: str | None, causes_shown: list[str]
) -> None:
    likely = causes(Values({"complaint_days": 5, "S7": 1}), RULES)
    confirmed = Decision(1, "cause", "2026-11-20", value) if value else None
    shown = with_confirmed(likely, confirmed, RULES)
    assert [one.worded for one in shown] == causes_shown
    evidence = {one.code: one.evidence for one in likely}
    assert [one.evidence for one in shown] == [evidence.get(one.code, ()) for one in shown]
