"""Leads become the groups of a plan: one reason a customer, who is left out, which five, and how calls are shared (domain 5)."""

import datetime as dt
from typing import Any

import pytest

from tests.workbench.outreach.made import against, lead
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.groups import (
    ContactReason,
    MethodGroup,
    allot,
    choose,
    groups,
    minutes,
    raises,
    reasons,
)
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import Method, catalogue
from workbench.rules.parameters import Rules

RULES = Rules.load()
MONDAY = dt.date(2026, 11, 16)
METHODS = {method.kind: method for method in catalogue().methods}
RESOURCES = {method.kind: method for method in catalogue().resources}


def chosen(*leads: Lead, held: dict[int, Any] | None = None) -> dict[int, ContactReason]:
    made, _out = reasons(leads, catalogue().methods, ContactLimits(held or {}), RULES)
    return {reason.customer_id: reason for reason in made}


def group(kind: str, score: float, customers: int = 1, **method: Any) -> MethodGroup:
    """A group of a method of its own kind; customers are numbered from 1 on."""
    made = Method(kind=kind, name=kind, texts={}, **{"channel": "call", **method})
    return MethodGroup(made, [ContactReason(lead(n, "red")) for n in range(1, customers + 1)], score=score)


@pytest.mark.parametrize(
    ("first", "second"),
    [("red", "C3"), ("C3", "orange"), ("orange", "yellow"), ("yellow", "birthday"), ("birthday", "C2"), ("C2", "C1")],
)  # fmt: skip
def test_of_several_reasons_the_first_in_the_order_of_the_rules_wins(first: str, second: str) -> None:
    reason = chosen(lead(1, second, 900), lead(1, first, 1))[1]
    assert (reason.lead.kind, [one.kind for one in reason.others]) == (first, [second])


def test_of_two_leads_of_a_kind_the_earlier_due_one_wins() -> None:
    reason = chosen(lead(1, "C3", due="2026-11-20"), lead(1, "C3", due="2026-11-17"))[1]
    assert reason.lead.due == "2026-11-17"


def test_the_other_reasons_follow_in_the_sentence() -> None:
    customer = chosen(lead(1, "red", reason="红灯。"), lead(1, "C2", reason="要降级"))[1].customer()
    assert customer.reason == "红灯;另:要降级"


def test_golden_16_who_refused_is_left_out_of_marketing_and_named_there() -> None:
    made, out = reasons([lead(1, "C1")], catalogue().methods, ContactLimits(against("opted_out", 1)), RULES)
    assert made == []
    assert {kind: list(who) for kind, who in out.items()} == {"raise_level": [1]}


def test_who_refused_is_served_all_the_same_and_the_aside_says_what_to_mind() -> None:
    reason = chosen(lead(1, "C3", reason="有钱到期"), lead(1, "C1"), held=against("opted_out", 1))[1]
    assert (reason.lead.kind, reason.others) == ("C3", ())
    assert reason.customer().reason == "有钱到期(拒绝营销,不推产品)"


@pytest.mark.parametrize(
    ("topup", "there"), [("reach", False), ("leaving", False), ("stale", False), ("next", True)]
)
def test_a_next_level_beyond_reach_is_no_reason_to_call(topup: str, there: bool) -> None:
    assert (1 in chosen(lead(1, "C1", evidence={"topup": topup}))) is there
    assert 1 in chosen(lead(1, "C2", evidence={"topup": topup}))


def test_a_lead_that_no_method_takes_is_left_aside() -> None:
    assert chosen(lead(1, "unheard_of")) == {}


# -- candidates ----------------------------------------------------------------------------------------------------


def candidates(*leads: Lead) -> list[MethodGroup]:
    made, out = reasons(leads, catalogue().methods, ContactLimits(), RULES)
    return groups(made, out, catalogue().methods, RULES, MONDAY)


def test_a_group_keeps_its_largest_values_and_remembers_how_many_qualified() -> None:
    most = RULES.whole("plan.list_max")
    made = candidates(*(lead(n, "red", wan=n) for n in range(1, most + 6)))[0]
    assert (len(made.reasons), made.qualified) == (most, most + 5)
    assert made.reasons[0].lead.value_fen == (most + 5) * 1_000_000
    assert made.value == sum(reason.lead.value_fen for reason in made.reasons)


def test_the_score_is_value_times_rate_times_urgency_by_minutes() -> None:
    made = candidates(lead(1, "red", 30, due="2026-11-16"))[0]
    gain = 300_000 * RULES.number("plan.rate.keep_red")
    assert made.score == pytest.approx(gain * 2 / minutes(METHODS["keep_red"], RULES))
    later = candidates(lead(1, "red", 30, due="2026-12-31"))[0]
    assert later.score == pytest.approx(made.score / 2)


def test_a_message_costs_less_than_a_call() -> None:
    assert minutes(METHODS["keep_yellow"], RULES) == RULES.number("plan.minutes.message")
    assert minutes(METHODS["keep_red"], RULES) == RULES.number("plan.minutes.call")


# -- the five ------------------------------------------------------------------------------------------------------


def test_every_type_that_must_be_there_is_taken_whatever_its_score() -> None:
    ranked = [group(f"care{n}", 100 - n, type=f"t{n}") for n in range(5)]
    ranked += [group(kind, 1, type=kind) for kind in RULES.words("plan.must_types")]
    made = {one.method.kind for one in choose(ranked, RULES)}
    assert made == {*RULES.words("plan.must_types"), "care0", "care1"}


def test_no_type_fills_more_rows_than_the_rules_allow() -> None:
    ranked = [group(f"daily{n}", 10 - n, type="daily") for n in range(6)]
    assert [one.method.kind for one in choose(ranked, RULES)] == ["daily0", "daily1"]


def test_what_is_due_first_stands_first_then_the_better_score() -> None:
    ranked = [
        group("late", 9, type="a", due=5),
        group("good", 8, type="b", due=2),
        group("poor", 1, type="c", due=2),
    ]
    assert [one.method.kind for one in choose(ranked, RULES)] == ["good", "poor", "late"]


# -- capacity ------------------------------------------------------------------------------------------------------


def sizes(calls: int, *groups_: MethodGroup) -> dict[str, int]:
    return {one.method.kind: len(one.reasons) for one in allot(groups_, calls)}


def test_calls_are_shared_fairly_and_what_one_does_not_need_the_better_score_gets() -> None:
    first, small, last = group("a", 9, 10), group("b", 8, 1), group("c", 7, 10)
    assert sizes(12, first, small, last) == {"a": 7, "b": 1, "c": 4}


def test_messages_take_no_calls_and_a_group_without_a_call_is_dropped() -> None:
    message, call = group("m", 9, 5, channel="message"), group("c", 8, 5)
    assert sizes(0, message, call) == {"m": 5}
    assert sizes(3, message, call) == {"m": 5, "c": 3}


# -- resources -----------------------------------------------------------------------------------------------------


def raised(kind: str, *leads: Lead) -> bool:
    return raises(RESOURCES[kind], ContactReason(leads[0], tuple(leads[1:])), RULES)


def test_a_maturity_asks_for_quota_from_its_value_on() -> None:
    wan = RULES.number("plan.quota.value") / 10_000
    assert raised("quota", lead(1, "C3", wan))
    assert not raised("quota", lead(1, "C3", wan - 0.1))
    assert raised("quota", lead(1, "red", 1), lead(1, "C3", wan)), "by another reason of his too"


def test_a_visit_of_the_head_goes_by_assets_and_only_to_red_lights() -> None:
    fen = round(RULES.number("plan.escort.aum") * 100)
    assert raised("escort", lead(1, "red", aum_fen=fen))
    assert not raised("escort", lead(1, "red", aum_fen=fen - 1))
    assert not raised("escort", lead(1, "red", aum_fen=None))
    assert not raised("escort", lead(1, "C3", aum_fen=fen))


def test_an_adviser_is_asked_for_by_the_signal_behind_the_light() -> None:
    assert raised("adviser", lead(1, "orange", evidence={"codes": ["S3", "S5"]}))
    assert not raised("adviser", lead(1, "orange", evidence={"codes": ["S3"]}))
    assert not raised("adviser", lead(1, "orange"))
