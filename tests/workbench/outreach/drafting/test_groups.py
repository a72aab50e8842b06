"""Leads become groups: one reason a customer, nobody marketed to against a ground, the best first, bounded (domain 5, 6.8)."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.outreach.made import against, lead, many
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.draft import PlanCustomer
from workbench.outreach.drafting.groups import (
    ContactReason,
    MethodGroup,
    allot,
    choose,
    groups,
    is_light,
    minutes,
    raising,
    reasons,
    unsuitable_of,
)
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import Method, catalogue
from workbench.rules.parameters import Rules

RULES = Rules.load()
METHODS = catalogue().methods
BY_KIND = {method.kind: method for method in METHODS}
MONDAY = dt.date(2026, 11, 16)
#: what wins where a customer has several reasons: risk, what is due, loss, birthday, the rest (domain 6.8)
PRIORITY = (
    "red", "C3", "matured", "orange", "C7", "yellow", "birthday", "C2", "C1", "N1", "C6", "C5",
)  # fmt: skip
MARKETED = {kind for method in METHODS if method.marketing for kind in method.leads}


def reason(number: int, kind: str, wan: float = 30, **more: object) -> ContactReason:
    return ContactReason(lead(number, kind, wan, **more))


def ranked(*found: ContactReason, rules: Rules = RULES) -> list[MethodGroup]:
    return groups(found, {}, METHODS, rules, MONDAY)


# -- one reason a customer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), list(permutations(PRIORITY, 2))[::5])
def test_of_two_reasons_the_one_that_stands_first_wins_whichever_came_first(first: str, second: str) -> None:
    found, out = reasons([lead(1, first), lead(1, second)], METHODS, ContactLimits(), RULES)
    wins, loses = sorted((first, second), key=PRIORITY.index)
    # nothing is sold to somebody whose suitability has to be put right first
    others = [] if wins == "C7" and loses in MARKETED else [loses]
    assert [(one.lead.kind, [o.kind for o in one.others]) for one in found] == [(wins, others)]
    assert out == {}


def test_of_two_leads_of_a_kind_the_earlier_due_wins() -> None:
    late, soon = lead(1, "C3", due="2026-11-27"), lead(1, "C3", due="2026-11-18")
    (found,), _out = reasons([late, soon], METHODS, ContactLimits(), RULES)
    assert (found.lead, found.others) == (soon, (late,))


def test_a_kind_without_a_method_and_a_line_beyond_reach_are_left_aside() -> None:
    beyond = {"topup": "reach"}
    given = [
        lead(1, "unheard"),
        lead(2, "C1", evidence=beyond),
        lead(3, "C2", evidence=beyond),
        lead(4, "C1"),
    ]
    found, _out = reasons(given, METHODS, ContactLimits(), RULES)
    # an own line out of reach is still a reason to call: the level is about to fall
    assert [one.customer_id for one in found] == [3, 4]


@pytest.mark.parametrize("topup", ["reach", "leaving", "stale"])
def test_what_no_deposit_reaches_is_beyond_reach(topup: str) -> None:
    assert lead(1, "C1", evidence={"topup": topup}).beyond_reach
    assert not lead(1, "C1", evidence={"topup": "today"}).beyond_reach
    assert not lead(1, "C1").beyond_reach


def test_a_ground_bars_marketing_and_leaves_service() -> None:
    held = ContactLimits(against("opted_out", 1, 2))
    found, out = reasons([lead(1, "C1"), lead(2, "C1"), lead(2, "C3"), lead(3, "C1")], METHODS, held, RULES)
    assert [(one.customer_id, one.lead.kind, one.held is None) for one in found] == [
        (2, "C3", False),
        (3, "C1", True),
    ]
    assert {kind: set(who) for kind, who in out.items()} == {"raise_level": {1, 2}}
    assert "(" in found[0].customer(RULES).reason
    assert "(" not in found[1].customer(RULES).reason


def test_the_sentence_names_the_other_reasons_once_and_without_double_stops() -> None:
    (found,), _out = reasons(
        [lead(1, "red", words="资产少了六成。"), lead(1, "birthday", words="周四生日。"), lead(1, "C1", words="差2万;")],
        METHODS, ContactLimits(), RULES,
    )  # fmt: skip
    assert found.customer(RULES).reason == "资产少了六成;另:周四生日;差2万"
    assert reason(2, "red", words="资产少了六成。").customer(RULES).reason == "资产少了六成"


def test_a_customer_on_a_list_is_himself() -> None:
    told = lead(7, "red", 12, words="资产少了六成")
    himself = ContactReason(told).customer(RULES)
    assert replace(himself, reasons=()) == PlanCustomer(
        7, told.customer_no, told.name, told.aum_fen, "资产少了六成"
    )
    (why,) = himself.reasons
    assert (why.kind, why.word, why.sentence, why.due) == ("red", "红灯", "资产少了六成", "2026-11-19")
    assert why.amount == "比高点少12.0万"


def test_a_kind_that_the_order_leaves_out_comes_last_and_is_not_lost() -> None:
    rules = Rules.load(overrides={"plan.priority": [kind for kind in PRIORITY if kind != "red"]})
    (found,), _out = reasons([lead(1, "red"), lead(1, "N1")], METHODS, ContactLimits(), rules)
    assert (found.lead.kind, [one.kind for one in found.others]) == ("N1", ["red"])


def test_who_is_left_out_stands_beside_the_group_with_the_ground() -> None:
    held = against("opted_out", 1)
    found, out = reasons([lead(1, "C1"), lead(2, "C1"), lead(3, "C3")], METHODS, ContactLimits(held), RULES)
    assert out == {"raise_level": held}
    beside = {group.method.kind: group.kept_out for group in groups(found, out, METHODS, RULES, MONDAY)}
    assert beside == {"raise_level": held, "mature": {}}


def test_who_was_reached_lately_is_contacted_for_what_is_dated_only() -> None:
    resting = ContactLimits(rested={1: "2026-12-10", 2: "2026-12-10", 3: "2026-12-10"})
    given = [lead(1, "C1"), lead(2, "C2"), lead(2, "C3"), lead(3, "N1"), lead(3, "birthday"), lead(4, "C1")]
    found, _out = reasons(given, METHODS, resting, RULES)
    assert [(one.customer_id, one.lead.kind) for one in found] == [(2, "C3"), (3, "birthday"), (4, "C1")]
    assert found[0].others == ()


def test_lights_stand_in_working_order_not_by_amount() -> None:
    (group,) = ranked(reason(1, "red", 10, evidence={"place": 2}), reason(2, "red", 5, evidence={"place": 1}))
    assert [one.customer_id for one in group.reasons] == [2, 1]


def test_the_lights_of_the_week_come_before_groups_of_a_better_score() -> None:
    kinds = (
        "birthday",
        "newcomer",
        "hold_level",
        "mature",
        "raise_level",
        "keep_yellow",
        "keep_orange",
        "keep_red",
    )
    order = [made_group(kind, 100 - n) for n, kind in enumerate(kinds)]
    # the three lights are one type, of which a week has two rows
    assert {group.method.kind for group in choose(order, RULES)} == {
        "mature", "newcomer", "keep_red", "keep_orange", "birthday",
    }  # fmt: skip


def test_without_a_valid_test_nothing_is_sold_and_where_no_list_tells_tests_it_cannot_be_told() -> None:
    given = [
        lead(1, "C1", tested=False),
        lead(2, "C1", tested=True),
        lead(3, "C1"),
        lead(1, "C3"),
        lead(4, "C1"),
        lead(4, "C7"),
    ]
    found, _out = reasons(given, METHODS, ContactLimits(), RULES)
    assert [(one.customer_id, one.lead.kind, one.no_sale) for one in found] == [
        (1, "C3", False), (2, "C1", False), (3, "C1", False), (4, "C7", True),
    ]  # fmt: skip
    assert unsuitable_of(given, METHODS) == {"raise_level": frozenset({1, 4})}


def test_a_line_that_was_lost_is_won_back_and_not_the_next_one() -> None:
    given = [lead(1, "C2", evidence={"watch": 1}), lead(1, "C1"), lead(2, "C2"), lead(2, "C1")]
    found, _out = reasons(given, METHODS, ContactLimits(), RULES)
    assert [[one.kind for one in reason.every] for reason in found] == [["C2"], ["C2", "C1"]]


def test_who_stands_above_his_line_comes_after_who_fell_below_it() -> None:
    (group,) = ranked(reason(1, "C2", 600, evidence={"margin_fen": 1}), reason(2, "C2", 5))
    assert [one.customer_id for one in group.reasons] == [2, 1]


# -- the order of the groups ----------------------------------------------------------------------------------------


def test_a_score_is_gain_times_urgency_over_minutes() -> None:
    (group,) = ranked(reason(1, "C3", 30, due="2026-11-16"), reason(2, "C3", 10, due="2026-11-26"))
    # 40万 x 0.6, due on Monday itself: twice as urgent; two calls of 8 minutes
    assert group.score == pytest.approx(400_000 * 0.6 * 2 / 16)
    (later,) = ranked(reason(1, "C3", 40, due="2026-12-01"))
    assert later.score == pytest.approx(400_000 * 0.6 * (1 + 15 / 30) / 8)


@pytest.mark.parametrize(
    ("due", "urgency"), [("2026-11-10", 2), ("2026-11-16", 2), ("2026-12-16", 1), ("2027-03-01", 1)]
)
def test_what_is_past_is_as_urgent_as_today_and_beyond_the_window_nothing_is(
    due: str, urgency: float
) -> None:
    (group,) = ranked(reason(1, "C3", 10, due=due))
    assert group.score == pytest.approx(100_000 * 0.6 * urgency / 8)


def test_a_message_costs_less_than_a_call() -> None:
    assert minutes(BY_KIND["keep_yellow"], RULES) == 2
    assert minutes(BY_KIND["keep_red"], RULES) == 8


def test_within_a_group_the_largest_stand_first_and_the_rest_is_counted() -> None:
    rules = Rules.load(overrides={"plan.list_max": 3})
    wan = {1: 5, 2: 50, 3: 20, 4: 20}
    (group,) = ranked(*(reason(n, "C3", w) for n, w in wan.items()), rules=rules)
    assert [one.customer_id for one in group.reasons] == [2, 3, 4]
    assert (group.qualified, group.value) == (4, 90_000_000)


def test_the_best_score_stands_first_and_of_equal_ones_the_method_that_is_listed_first() -> None:
    order = ranked(reason(1, "birthday", 30), reason(2, "C3", 30), reason(3, "red", 30))
    scores = [group.score for group in order]
    assert scores == sorted(scores, reverse=True)
    assert [group.method.kind for group in order] == ["mature", "keep_red", "birthday"]
    nothing = ranked(reason(1, "N1", 0), reason(2, "C1", 0), reason(3, "red", 0))
    assert [group.method.kind for group in nothing] == ["keep_red", "raise_level", "newcomer"]


def test_of_equal_values_the_earlier_due_then_the_smaller_number_stands_first() -> None:
    (group,) = ranked(
        reason(3, "C3", due="2026-11-20"),
        reason(2, "C3", due="2026-11-20"),
        reason(9, "C3", due="2026-11-17"),
    )
    assert [one.customer_id for one in group.reasons] == [9, 2, 3]


# -- the five -------------------------------------------------------------------------------------------------------


def made_group(kind: str, score: float, size: int = 1) -> MethodGroup:
    method = BY_KIND[kind]
    people = [reason(n, method.leads[0]) for n in range(size)]
    return MethodGroup(method, people, score=score, qualified=size)


def test_what_must_be_there_is_there_though_its_score_is_least() -> None:
    order = [made_group(kind, 100 - n) for n, kind in enumerate(
        ("keep_red", "keep_orange", "suitable", "newcomer", "birthday", "hold_level", "raise_level", "mature")
    )]  # fmt: skip
    kinds = {group.method.kind for group in choose(order, RULES)}
    assert len(kinds) == 5
    assert {BY_KIND[kind].type for kind in kinds} >= {"keep", "raise", "mature"}
    assert "mature" in kinds


def test_each_type_that_must_be_there_is_there_before_any_second_of_another() -> None:
    kinds = ("keep_red", "keep_orange", "keep_yellow", "birthday", "mature", "raise_level")
    order = [made_group(kind, 100 - n) for n, kind in enumerate(kinds)]
    taken = choose(order, RULES, 3)
    assert {group.method.kind for group in taken} == {"keep_red", "mature", "raise_level"}
    assert len(choose(order, RULES, 4)) == 4


def test_no_more_of_a_type_than_the_rule_allows_even_where_rows_stay_free() -> None:
    order = [made_group("keep_red", 9), made_group("keep_orange", 8)]
    one = Rules.load(overrides={"plan.same_type_max": 1})
    assert [group.method.kind for group in choose(order, one)] == ["keep_red"]
    assert len(choose(order, RULES)) == 2


def test_the_chosen_stand_by_the_day_they_are_due_then_by_score() -> None:
    order = [
        made_group("birthday", 9),
        made_group("keep_orange", 8),
        made_group("mature", 7),
        made_group("keep_red", 1),
    ]
    assert [group.method.kind for group in choose(order, RULES)] == [
        "keep_red",
        "keep_orange",
        "mature",
        "birthday",
    ]
    assert choose(order, RULES, 0) == []


# -- capacity -------------------------------------------------------------------------------------------------------


def test_calls_are_shared_fairly_first_and_the_rest_goes_by_order() -> None:
    lists = [made_group("keep_red", 9, 10), made_group("mature", 8, 2), made_group("hold_level", 7, 10)]
    # 20 calls: the lights take theirs, the others five each, three of them free because one list is short
    assert [len(group.reasons) for group in allot(lists, 20)] == [10, 2, 8]
    assert [len(group.reasons) for group in allot(lists, 100)] == [10, 2, 10]
    # a list that is alone has all the calls for its share, though another row takes none of them
    beside = [made_group("keep_yellow", 9, 4), made_group("keep_red", 8, 10)]
    assert [len(group.reasons) for group in allot(beside, 7)] == [4, 7]


def test_messages_take_no_calls_and_a_list_cut_to_nothing_is_no_row() -> None:
    lists = [made_group("keep_yellow", 9, 15), made_group("keep_red", 8, 3)]
    assert [(g.method.kind, len(g.reasons)) for g in allot(lists, 0)] == [("keep_yellow", 15)]
    assert allot([made_group("keep_red", 8, 3)], 0) == []
    assert allot([], 10) == []


@given(st.lists(st.integers(0, 30), max_size=5), st.integers(0, 90))
def test_no_more_customers_are_called_than_there_are_calls_and_none_is_left_free(
    sizes: list[int], calls: int
) -> None:
    kinds = ("keep_red", "mature", "keep_orange", "hold_level", "raise_level")
    lists = [made_group(kind, 9, size) for kind, size in zip(kinds, sizes, strict=False)]
    cut = allot(lists, calls)
    assert sum(len(group.reasons) for group in cut) == min(calls, sum(sizes))
    whole = {group.method.kind: group.reasons for group in lists}
    lit = sum(len(group.reasons) for group in lists if is_light(group))
    for group in cut:
        asked = whole[group.method.kind]
        assert group.reasons == asked[: len(group.reasons)]
        # lights take theirs first; of what they leave a fair share is nobody's but his own
        share = max(calls - lit, 0) // len(lists)
        assert len(group.reasons) >= min(
            len(asked), len(asked) if is_light(group) and calls >= lit else share
        )


# -- flags of resources ---------------------------------------------------------------------------------------------


NEEDY = Method("x", "x", {}, leads=("C3", "red"), needs={"value": "plan.quota.value"})


@pytest.mark.parametrize(("fen", "hit"), [(19_999_999, False), (20_000_000, True), (20_000_001, True)])
def test_an_amount_raises_a_flag_from_its_threshold(fen: int, hit: bool) -> None:
    assert raised(NEEDY, ContactReason(replace(lead(1, "C3"), value_fen=fen)), RULES) is hit


@pytest.mark.parametrize(("fen", "hit"), [(None, False), (99_999_999, False), (100_000_000, True)])
def test_assets_that_are_not_told_raise_none(fen: int | None, hit: bool) -> None:
    method = replace(NEEDY, needs={"aum": "plan.escort.aum"})
    assert raised(method, ContactReason(replace(lead(1, "red"), aum_fen=fen)), RULES) is hit


@pytest.mark.parametrize(
    ("evidence", "hit"),
    [
        ({"codes": ["S3", "S5"]}, True),
        ({"codes": ("S5",)}, True),
        ({"codes": ["S3"]}, False),
        ({"codes": "S5"}, False),
        ({}, False),
    ],
)
def test_a_signal_raises_one_only_where_the_light_names_it(evidence: dict[str, object], hit: bool) -> None:
    method = replace(NEEDY, needs={"signal": "S5"})
    assert raised(method, ContactReason(lead(1, "red", evidence=evidence)), RULES) is hit


def test_a_second_reason_may_raise_what_the_first_does_not_and_another_kind_never() -> None:
    big = replace(lead(1, "C3"), value_fen=90_000_000)
    assert raised(NEEDY, ContactReason(lead(1, "birthday"), (big,)), RULES)
    assert not raised(NEEDY, ContactReason(lead(1, "birthday"), (lead(1, "C1", 900),)), RULES)


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(PRIORITY)), max_size=40))
def test_every_customer_has_one_reason_and_no_lead_is_lost(pairs: list[tuple[int, str]]) -> None:
    given = [lead(number, kind) for number, kind in pairs]
    found, out = reasons(given, METHODS, ContactLimits(), RULES)
    assert sorted(one.customer_id for one in found) == sorted({one.customer_id for one in given})
    no_sale = {one.customer_id for one in given if one.kind == "C7"}
    kept = [one for one in given if one.kind not in MARKETED or one.customer_id not in no_sale]
    assert sum(1 + len(one.others) for one in found) == len(kept)
    assert out == {}
    listed: list[Lead] = [r.lead for group in ranked(*found) for r in group.reasons]
    assert len({one.customer_id for one in listed}) == len(listed) == len(found)


def test_as_many_groups_as_kinds_of_reason_there_are() -> None:
    found, _out = reasons(many(dict.fromkeys(PRIORITY, 2)), METHODS, ContactLimits(), RULES)
    assert len(ranked(*found)) == len({m.kind for m in METHODS if set(m.leads) & set(PRIORITY)})


def raised(method: Method, reason: ContactReason, rules: Rules) -> bool:
    return raising(method, [reason], rules) == [reason]
