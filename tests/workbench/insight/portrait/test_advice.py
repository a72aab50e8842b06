"""The next three things, what not to say, why somebody may be leaving, and the words nobody may use."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.workbench.base.notices import notice
from workbench.base.holiday_files import notice_of, shipped_years
from workbench.base.workdays import Workdays, shipped
from workbench.insight.churn.causes import causes
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.insight.portrait.advice import Action, next_actions
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import Never, do_not_say
from workbench.insight.towers.topup import TopUp
from workbench.insight.values.values import Values
from workbench.people.consent import Consent, Ground
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-16"


def lit(light: Light | None = "red", *codes: str) -> CustomerRisk:
    as_of = "2026-10-31"
    signals = tuple(
        SignalVerdict(
            code, "hit", 3, 1.0, f"截至{as_of}:{code}说最新时点余额71.0万,比近期低61%。", {"as_of": as_of}
        )
        for code in codes or ("S3",)
    )
    return CustomerRisk(1, "1", "林秀英", 78.2, light, 1, 7_100_000, "L6", signals)


def situation(risk: CustomerRisk | None = None, consent: Consent | None = None, **values: Any) -> Situation:
    known = Values(values)
    return Situation(known, DAY, "2026-10-31", risk, consent, causes=causes(known, RULES))


def against(*kinds: str) -> Consent:
    """The answer that these grounds stand against marketing."""
    return Consent(DAY, "2026-10-31", tuple(Ground(k.split(".")[0], k, k, f"因为{k}", k) for k in kinds))


def actions(given: Situation) -> list[Action]:
    return list(next_actions(given, RULES))


def codes(given: Situation) -> list[str]:
    return [one.code for one in next_actions(given, RULES)]


def never(consent: Consent | None = None, **values: Any) -> dict[str, Never]:
    return {one.code: one for one in do_not_say(situation(consent=consent, **values), RULES)}


def test_a_red_light_is_called_today_with_the_figures_of_its_signals() -> None:
    (found,) = actions(situation(lit("red", "S3", "S7", "S4")))
    assert (found.code, found.due) == ("red", DAY)
    assert "71.0万" in found.why
    assert "截至" not in found.why
    assert "不先谈产品" in found.how
    assert found.inputs == ("S3", "S7", "S4")


@pytest.mark.parametrize(("light", "due"), [("orange", "2026-11-18"), ("yellow", "2026-11-20")])
def test_lesser_lights_have_as_much_time_as_on_the_weeks_list(light: Light, due: str) -> None:
    assert [(one.code, one.due) for one in actions(situation(lit(light)))] == [(light, due)]


def test_a_light_at_rest_asks_for_no_call_and_who_is_gone_waits_in_win_back() -> None:
    task = {"stage": ("防降期", 2), "tasks": (("24小时内致电", None),)}
    for state, found in (("handling", []), ("quiet", []), ("explained", []), ("gone", ["gone"])):
        risk = replace(lit("red"), state=state, state_reason="余额少97%,转入挽回", rests=True)
        given = Situation(Values({"s_journey_stage_m0": "J4"}), DAY, "2026-10-31", risk, **task)
        assert codes(given) == found
        assert all("挽回" in one.title + one.why for one in actions(given))


def test_no_more_than_three_things_and_the_most_urgent_first() -> None:
    found = situation(
        lit("red"), complaints_open=1, next_touch="2026-11-18", next_maturity_days=10, matures_30=60_000_000,
        next_maturity="2026-11-26", matures_share=0.6, birthday_in=2, active_days=200,
    )  # fmt: skip
    assert codes(found) == ["complaint", "red", "maturity"]


def test_a_maturity_is_spoken_of_seven_workdays_before_and_again_the_workday_before() -> None:
    told = {"next_maturity": "2026-11-26", "matures_30": 60_000_000, "matures_share": 0.6}
    assert actions(situation(next_maturity_days=10, **told))[0].due == "2026-11-17"
    assert actions(situation(next_maturity_days=8, **told))[0].due == "2026-11-23"
    assert actions(situation(next_maturity_days=5, **told))[0].due == "2026-11-20"
    (today,) = actions(situation(next_maturity_days=0, **told))
    assert today.due == DAY
    assert "60.0万" in today.why
    assert "60%" in today.why
    assert codes(situation(next_maturity_days=31, **told)) == []
    assert codes(situation(next_maturity_days=None, **told)) == []


#: everything that may be on the desk
WHOLE: dict[str, Any] = {
    "next_maturity": "2026-10-05", "next_maturity_days": 9, "matures_30": 60_000_000, "matures_share": 0.6,
    "matured_since": 60_000_000, "birthday_in": 3, "days_since_touch": 70, "tier": "L4", "average": 46_000_00,
    "line_own": 10_000_00, "line_next": 50_000_00, "risk_valid_days": 5, "active_days": 200, "idle_demand": 90_000_00,
    "idle_months": 2,
}  # fmt: skip
SPRING, GOLDEN = dt.date(2026, 2, 8), dt.date(2026, 9, 23)


@pytest.mark.parametrize(
    "day", [start + dt.timedelta(days=n) for start in (SPRING, GOLDEN) for n in range(18)]
)
def test_nothing_is_due_on_a_day_off_nor_in_the_past(day: dt.date) -> None:
    all_of_them = Rules.load("general", {"advice.most": 10})
    for one in ({"next_touch": day.isoformat()}, {"complaints_open": 1}, {}):
        for light in ("red", "orange", "yellow"):
            given = Situation(
                Values(WHOLE | one), day.isoformat(), day.isoformat(), lit(light), offers=(("甲", "乙"),),
                tasks=(("丙", day.isoformat()),), asks=("丁?",),
            )  # fmt: skip
            found = next_actions(given, all_of_them)
            assert len(found) >= 6
            due = [dt.date.fromisoformat(action.due) for action in found]
            assert [date for date in due if not shipped().is_workday(date) or date < day] == []


def test_on_a_day_off_the_call_and_the_greeting_name_their_workday() -> None:
    (call,) = next_actions(Situation(Values({}), "2026-10-03", "2026-09-30", lit("red")), RULES)
    assert (call.title, call.due) == ("10-08一上班就致电,先问近况", "2026-10-08")
    (greeting,) = next_actions(Situation(Values({"birthday_in": 5}), "2026-09-28", "2026-09-27"), RULES)
    assert greeting.due == "2026-09-30"
    assert "09-30发出" in greeting.how
    assert "10-03" in greeting.why


def test_what_is_due_in_a_year_not_yet_announced_says_so_once() -> None:
    given = Situation(
        Values({"active_days": 200, "birthday_in": 12}), "2026-12-28", "2026-12-27", asks=("丁?",),
    )  # fmt: skip
    found = next_actions(given, RULES)
    assert [one.due for one in found] == ["2027-01-11", "2027-01-27"]
    assert ["未官宣" in one.how for one in found] == [True, False]
    official = Workdays.of(shipped_years(), {2027: notice_of(notice())})
    assert not any("未官宣" in one.how for one in next_actions(replace(given, workdays=official), RULES))


def test_keeping_the_level_says_what_to_deposit_and_is_not_asked_of_who_is_leaving() -> None:
    watched = {"average": 46_000_00, "line_own": 50_000_00, "watch": 1, "tier": "L3", "line_next": 200_000_00}
    told = {**watched, "falls_in": 3}
    today = TopUp("today", 800_000, "今天(11-16)补8,000,本月即可保级")
    (keep,) = actions(Situation(Values(told), DAY, "2026-10-31", keep=today, falls_from="2027-01"))
    assert keep.title == "保级:今天(11-16)补8,000,本月即可保级"
    assert "4.6万" in keep.why
    assert "2027-01起降级" in keep.why
    assert keep.marketing
    for gone in ({"light": "red"}, {"s_journey_stage_m0": "J5"}):
        leaving = Situation(
            Values({**told, **gone}), DAY, "2026-10-31", keep=TopUp("leaving", None, "先问原因")
        )
        assert "keep" not in codes(leaving)
    (plain,) = actions(situation(**watched))
    assert plain.title == "保级:还差4,000"
    assert "降级" not in plain.why


def test_near_the_next_line_says_what_is_missing() -> None:
    (rise,) = actions(
        situation(average=46_000_00, line_own=10_000_00, line_next=50_000_00, watch=0, tier="L2")
    )
    assert rise.title == "冲级:还差4,000"
    assert "优质" in rise.why
    assert "92%" in rise.why
    assert codes(situation(average=44_900_00, line_own=10_000_00, line_next=50_000_00, tier="L2")) == []


def test_the_band_just_above_the_own_line_is_a_keep() -> None:
    assert codes(situation(average=53_000_00, line_own=50_000_00, line_next=200_000_00, tier="L3")) == [
        "keep"
    ]
    assert codes(situation(average=56_000_00, line_own=50_000_00, line_next=200_000_00, tier="L3")) == []


@pytest.mark.parametrize("stop", ["opted_out.list", "complaint.closed", "minor.born", "tired.often"])
def test_nobody_is_marketed_to_against_a_ground(stop: str) -> None:
    values = {
        "average": 46_000_00,
        "line_own": 10_000_00,
        "line_next": 50_000_00,
        "tier": "L2",
        "idle_demand": 90_000_00,
        "idle_months": 2,
    }
    offered = Situation(Values(values), DAY, "2026-10-31", None, against(stop), (("甲理财", "闲置活期9万"),))
    assert not any(one.marketing for one in next_actions(offered, RULES))
    free = Situation(Values(values), DAY, "2026-10-31", offers=(("甲理财", "闲置活期9万"),))
    assert [one.code for one in next_actions(free, RULES)] == ["raise", "idle", "offer"]


def test_without_a_valid_test_money_is_placed_in_plain_deposits_and_bonds_only() -> None:
    told = {"next_maturity": "2026-11-24", "matures_30": 60_000_000, "next_maturity_days": 8}
    idle = {"idle_demand": 90_000_00, "idle_months": 2}
    for some in (told, idle):
        (tested,) = actions(situation(risk_class=3, risk_valid_days=200, **some))
        assert "没有有效风评" not in tested.how
        for lacking in ({}, {"risk_class": 3}, {"risk_class": None, "risk_valid_days": 200}):
            (untested,) = actions(situation(**lacking, **some))
            assert "没有有效风评" in untested.how


def test_a_maturity_is_told_even_to_who_refuses_marketing() -> None:
    told = {"next_maturity": "2026-11-24", "matures_30": 60_000_000, "next_maturity_days": 8}
    assert codes(situation(consent=against("opted_out.list"), **told)) == ["maturity"]


def test_a_maturity_of_who_must_hear_of_no_product_is_service_alone() -> None:
    told = {"next_maturity": "2026-11-24", "matures_30": 60_000_000, "next_maturity_days": 8}
    (free,) = actions(situation(**told))
    (held,) = actions(situation(barred="complaint", **told))
    assert "三选一" in free.title
    assert "不介绍产品" in held.how
    assert not any(word in held.title + held.how for word in ("三选一", "转配置", "承接"))


def test_a_promise_made_goes_before_the_ordinary_rhythm() -> None:
    assert codes(situation(next_touch="2026-11-10", days_since_touch=70, tier="L4")) == ["agreed"]
    assert actions(situation(next_touch="2026-11-10"))[0].due == DAY
    assert codes(situation(days_since_touch=70, tier="L4")) == ["overdue"]
    assert codes(situation(days_since_touch=50, tier="L4")) == []


def test_the_rhythm_that_a_customer_asked_for_counts_instead_of_his_levels() -> None:
    seldom = replace(situation(days_since_touch=70, tier="L4"), own_interval=90)
    often = replace(situation(days_since_touch=50, tier="L4"), own_interval=45)
    assert codes(seldom) == []
    assert [one.why for one in actions(often)] == ["已50天没有联系,说好每45天联系一次"]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"risk_valid_days": 30}, ["test"]),
        ({"risk_valid_days": 31}, []),
        ({"risk_valid_days": 0}, ["test"]),
        ({"risk_valid_days": None}, []),
        ({"next_touch": "2026-12-16"}, ["agreed"]),
        ({"next_touch": "2026-12-17"}, []),
        ({"next_touch": None}, []),
    ],
)
def test_a_test_of_risk_and_an_agreed_contact_are_told_thirty_days_ahead(
    values: dict[str, Any], shown: list[str]
) -> None:
    assert codes(situation(**values)) == shown


def test_how_far_ahead_an_agreed_contact_is_told_is_a_rule() -> None:
    rules = Rules.load(overrides={"advice.agreed_days": 5})
    due = [
        [one.due for one in next_actions(situation(next_touch=day), rules)]
        for day in ("2026-11-21", "2026-11-22")
    ]
    assert due == [["2026-11-23"], []], "the 21st is a Saturday: the next workday"


def test_after_calls_without_answer_another_way_is_proposed() -> None:
    assert "换企微" in actions(situation(lit("red"), unanswered=3))[0].how
    assert "换企微" not in actions(situation(lit("red"), unanswered=1))[0].how


def test_an_expired_test_of_risk_comes_before_any_product() -> None:
    (test,) = actions(situation(risk_valid_days=-12))
    assert test.why == "风险测评已过期12天"
    assert "测完之前不谈" in test.how


def test_the_journey_and_an_open_question_fill_the_day() -> None:
    given = Situation(
        Values(), DAY, "2026-10-31", stage=("J2 价值新客", 12), tasks=(("首次配置检视", "2026-11-20"),), asks=("职业是什么?",)
    )  # fmt: skip
    journey, ask = next_actions(given, RULES)
    assert (journey.title, journey.due) == ("旅程任务:首次配置检视", "2026-11-20")
    assert "第12天" in journey.why
    assert ask.why == "职业是什么?"


def test_a_light_is_not_doubled_by_the_task_of_its_journey() -> None:
    given = Situation(
        Values({}), DAY, "2026-10-31", lit("red"), stage=("防降期", 2), tasks=(("24小时内致电", None),)
    )
    assert codes(given) == ["red"]


@pytest.mark.parametrize(("is_call", "wanted"), [(True, ["journey"]), (False, ["journey", "overdue"])])
def test_one_contact_is_not_asked_for_twice(is_call: bool, wanted: list[str]) -> None:
    given = Situation(
        Values({"days_since_touch": 400, "tier": "L5"}), DAY, "2026-10-31", stage=("稳定经营期", 40),
        tasks=(("每60天至少一次双向沟通", DAY),), task_is_call=is_call,
    )  # fmt: skip
    assert sorted(codes(given)) == wanted


def test_nothing_told_makes_nothing_to_do() -> None:
    assert codes(situation()) == []


# -- what not to say ---------------------------------------------------------------------------------------


def test_no_product_above_the_customers_class() -> None:
    assert never(risk_class=3, risk_valid_days=200)["risk"].text == "不提 R4 及以上的产品"
    assert "risk" not in never(risk_class=5, risk_valid_days=200)
    assert never(risk_class=1)["lowest"].text == "只谈 R1、普通存款和国债"


def test_without_a_valid_test_only_deposits_are_spoken_of() -> None:
    assert never()["untested"].why == "没有风险测评结果"
    assert never(risk_class=3, risk_valid_days=-5)["untested"].why == "风险测评已过期5天"


def test_each_limit_carries_its_figures() -> None:
    found = never(
        against("opted_out.list", "opted_out.contact", "complaint.open", "tired.often"),
        age=70,
        loss=1_500_000,
        loss_share=0.04,
        birthday_in=3,
        same_name_regular=1,
    )
    assert list(found) == [
        "opt_out",
        "refused",
        "complaint",
        "tired",
        "aged",
        "untested",
        "loss",
        "flows",
        "birthday",
        "always",
    ]
    assert found["complaint"].why == "因为complaint.open"
    assert "先不谈产品" in never(against("complaint.closed"))["settling"].text
    assert "1.5万" in found["loss"].why
    assert "4.0%" in found["loss"].why


def test_a_small_loss_is_no_reason_for_caution() -> None:
    assert "loss" not in never(loss=100_00, loss_share=0.001)
    assert "loss" not in never(loss=None)


def test_the_forbidden_moves_of_the_quadrant_are_named_with_it() -> None:
    given = Situation(
        Values({}), DAY, None, quadrant="陌生大", forbidden=("前两次接触不推产品", "不比价"), family=2
    )
    found = {one.code: one for one in do_not_say(given, RULES)}
    assert found["quadrant"].text == "前两次接触不推产品;不比价"
    assert found["quadrant"].why == "关系象限:陌生大"
    assert "2位" in found["family"].why


def test_payments_to_a_hospital_leave_no_trace_in_any_advice() -> None:
    plain, ill = situation(lit("red")), situation(lit("red"), out_hospital=9_000_000)
    assert next_actions(plain, RULES) == next_actions(ill, RULES)
    assert do_not_say(plain, RULES) == do_not_say(ill, RULES)
    assert causes(plain.values, RULES) == causes(ill.values, RULES)


# -- why -----------------------------------------------------------------------------------------------------


def test_the_reason_with_most_evidence_comes_first() -> None:
    found = causes(
        Values({"same_name_regular": 1, "same_name_mean": 2_000_000, "S7": 2, "complaint_days": 30}), RULES
    )
    assert [(one.code, round(one.share, 3)) for one in found] == [("competition", 0.625), ("fault", 0.375)]
    assert "2.0万" in found[0].evidence[0]
    assert causes(Values(), RULES) == ()


def test_the_likeliest_reason_shapes_the_call() -> None:
    assert "期限、流动性和服务" in actions(situation(lit("red"), same_name_regular=1, S3=3))[0].how


# -- words -----------------------------------------------------------------------------------------------------


def test_money_that_came_due_since_the_data_date_is_asked_after_today() -> None:
    (asked,) = actions(situation(matured_since=60_000_00))
    assert (asked.code, asked.due) == ("matured", DAY)
    assert "6.0万" in asked.why
    assert codes(situation(matured_since=5_000_00)) == []
    assert codes(situation(matured_since=None)) == []
