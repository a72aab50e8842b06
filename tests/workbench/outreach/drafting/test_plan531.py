"""A week's 531 has the shape, the bounds and the honesty that domain 5 asks for."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.outreach.made import DATA_DATE, FULL, WEEK, against, lead, many
from workbench.base.workdays import shipped
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.draft import WeekPlan
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.plan531 import draft, method_row
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import catalogue
from workbench.outreach.reason import OWED
from workbench.outreach.store import all_items
from workbench.rules.parameters import Rules

KINDS = tuple(kind for method in catalogue().methods for kind in method.leads)
MARKETED = {
    m.kind for m in (*catalogue().methods, *catalogue().resources, *catalogue().landings) if m.marketing
}


def brief(week: str = WEEK, calls: int = 60, visits: int = 10, today: dt.date | None = None) -> Brief:
    work = shipped().week(week)
    return Brief(work, today or work.days[0], DATA_DATE, "李敏", "城东支行", calls, visits, looked=1234)


def plan_of(leads: list[Lead], standing: ContactLimits | None = None, at: Brief | None = None) -> WeekPlan:
    return draft(at or brief(), leads, standing or ContactLimits(), Rules.load(), catalogue())


def types_of(plan: WeekPlan) -> Counter[str]:
    known = {m.kind: m.type for m in catalogue().methods}
    return Counter(known[item.kind] for item in plan.quick_wins if item.customers)


@st.composite
def lead_lists(draw: st.DrawFn) -> list[Lead]:
    made = []
    for number in range(draw(st.integers(0, 60))):
        customer = draw(st.integers(1, 40))
        kind = draw(st.sampled_from(KINDS))
        day = f"2026-11-{16 + number % 14:02d}"
        evidence = {"first_maturity": day} if kind == "C3" else {"watch": number % 3} if kind == "C2" else {}
        tested = draw(st.sampled_from((None, True, False)))
        made.append(
            lead(customer, kind, draw(st.integers(0, 500)), due=day, evidence=evidence, tested=tested)
        )
    return made


@given(lead_lists(), st.integers(0, 70), st.integers(0, 12), st.sets(st.integers(1, 40)))
@law(examples=300)
def test_always_five_three_one_within_capacity_and_nobody_twice(
    leads: list[Lead], calls: int, visits: int, refused: set[int]
) -> None:
    standing = ContactLimits(against("opted_out", *refused))
    plan = plan_of(leads, standing, brief(calls=calls, visits=visits))
    assert (len(plan.quick_wins), len(plan.needs_resources), len(plan.this_week)) == (5, 3, 1)
    assert plan.calls <= calls
    assert plan.visits <= visits
    ids = [c.customer_id for item in plan.quick_wins for c in item.customers]
    assert len(ids) == len(set(ids))
    by_phone = {m.kind for m in catalogue().methods if m.channel == "call"}
    assert sum(len(item.customers) for item in plan.quick_wins if item.kind in by_phone) <= calls
    given = {one.customer_id for one in leads}
    for item in all_items(plan):
        assert {c.customer_id for c in item.customers} <= given
        assert item.basis
        assert DATA_DATE in item.basis
        assert item.action
        assert bool(item.script) == bool(item.customers)
        assert re.search(r"\d", item.done_when)
        assert "{" not in item.basis + item.action + item.script + item.done_when + item.resource
        day = dt.date.fromisoformat(item.due)
        assert day in shipped().week(WEEK).workdays
    for item in plan.needs_resources:
        assert item.resource
        assert item.fallback
    assert [m.day for m in plan.this_week[0].milestones] == ["2026-11-16", "2026-11-18", "2026-11-20"]


@given(lead_lists(), st.integers(0, 70), st.integers(0, 12), st.integers(0, 4))
@law(examples=200)
def test_no_day_holds_more_than_a_day_can_and_the_order_names_everybody_once(
    leads: list[Lead], calls: int, visits: int, weekday: int
) -> None:
    at = brief(calls=calls, visits=visits, today=shipped().week(WEEK).days[weekday])
    plan = plan_of(leads, at=at)
    people = {c.customer_id: c for item in all_items(plan) for c in item.customers}
    left = [day.isoformat() for day in at.days]
    assert len(people) <= 15 * len(left)
    assert {c.day for c in people.values()} <= set(left)
    promised = {one.customer_id for one in leads if one.kind in OWED} - people.keys()
    for day in left:
        on = [c for c in people.values() if c.day == day]
        assert len(on) <= 15
    assert sorted(plan.order) == sorted(people)
    assert sorted(plan.ranks().values()) == list(range(1, len(people) + 1))
    body = plan.as_json()
    for row in (*body["quick_wins"], *body["needs_resources"], *body["this_week"]):
        ranks = [one["rank"] for one in row["customers"]]
        assert ranks == sorted(ranks)
    # one person, the same wherever he stands
    for item in all_items(plan):
        assert all(c == people[c.customer_id] for c in item.customers)
        assert all(c.reasons and c.reasons[0].sentence for c in item.customers)
    assert plan.calls <= calls
    assert len(promised) + len(people) >= plan.calls


@given(lead_lists(), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)))
@law(examples=200)
def test_nobody_barred_tired_or_unsuitable_stands_in_a_row_that_markets(
    leads: list[Lead], refused: set[int], complaining: set[int], tired: set[int]
) -> None:
    held = against("tired", *tired) | against("complaint", *complaining) | against("opted_out", *refused)
    plan = plan_of(leads, ContactLimits(held))
    unsuitable = {one.customer_id for one in leads if one.kind == "C7" or one.tested is False}
    for item in all_items(plan):
        if item.kind in MARKETED:
            assert not {c.customer_id for c in item.customers} & (held.keys() | unsuitable)


@given(lead_lists(), st.integers(0, 4))
@law(examples=200)
def test_no_money_that_matured_before_is_promised_to_land(leads: list[Lead], weekday: int) -> None:
    today = shipped().week(WEEK).days[weekday]
    [item] = plan_of(leads, at=brief(today=today)).this_week
    if item.customers:
        [person] = item.customers
        [landed] = [
            one
            for one in leads
            if one.customer_id == person.customer_id and one.reason == person.reasons[0].sentence
        ][:1]
        assert landed.kind not in ("matured", "birthday", "promise", *("red", "orange", "yellow"))
        assert landed.evidence.get("first_maturity", "9") >= today.isoformat()


def test_promises_come_first_by_day_then_lights_in_working_order_then_the_others() -> None:
    leads = [
        lead(1, "C3", 10, due="2026-11-17"), lead(2, "C3", 90, due="2026-11-19"), lead(3, "red", evidence={"place": 2}),
        lead(4, "red", evidence={"place": 1}), lead(5, "C1", due="2026-11-17"), lead(6, "N1", due="2026-11-20"),
        lead(6, "promise", due="2026-11-20"), lead(3, "promise", due="2026-11-18"), lead(7, "C3", 80, due="2026-11-17"),
    ]  # fmt: skip
    # the one item begins on Monday
    assert plan_of(leads).order == (3, 6, 4, 2, 7, 1, 5)


def test_a_birthday_and_a_promise_stand_on_their_own_day() -> None:
    leads = [lead(n, "C3", due="2026-11-16") for n in range(1, 15)]
    leads += [
        lead(20, "birthday", due="2026-11-18"),
        lead(21, "N1", due="2026-11-20"),
        lead(21, "promise", due="2026-11-19"),
    ]
    people = {c.customer_id: c.day for item in all_items(plan_of(leads)) for c in item.customers}
    assert (people[20], people[21]) == ("2026-11-18", "2026-11-19")
    # twelve calls a day: the rest of the fourteen moves on
    assert Counter(people[n] for n in range(1, 15)) == {"2026-11-16": 12, "2026-11-17": 2}


def test_the_three_lights_are_one_type_of_which_a_week_has_two_rows() -> None:
    plan = plan_of(many({"red": 5, "orange": 5, "yellow": 5, "C3": 1, "C1": 1, "birthday": 1}))
    assert {item.kind for item in plan.quick_wins} == {
        "keep_red", "keep_orange", "mature", "raise_level", "birthday",
    }  # fmt: skip


def test_where_no_list_tells_tests_a_row_that_markets_says_what_may_be_spoken_of() -> None:
    [row] = [item for item in plan_of([lead(1, "C1")]).quick_wins if item.kind == "raise_level"]
    assert "只谈普通存款和国债" in row.action
    [row] = [item for item in plan_of([lead(1, "C1", tested=True)]).quick_wins if item.kind == "raise_level"]
    assert "只谈普通存款和国债" not in row.action


def test_a_column_that_no_list_has_is_asked_for_by_the_three() -> None:
    plan = plan_of([], at=replace(brief(), unseen={"C3": "到期日和到期金额", "birthday": "出生日期"}))
    row = plan.needs_resources[0]
    assert row.kind == "ask_data"
    assert "「到期日和到期金额、出生日期」" in row.basis
    assert row.customers == ()
    assert plan_of([]).needs_resources[0].kind == "quota"


def test_who_is_leaving_is_offered_no_benefit() -> None:
    leads = [lead(n, "C1", 30) for n in range(1, 5)] + [lead(1, "red")]
    [row] = [item for item in plan_of(leads).needs_resources if item.kind == "benefit"]
    assert {c.customer_id for c in row.customers} == {2, 3, 4}


@pytest.mark.parametrize(
    "kinds", [FULL, {"red": 3, "C3": 2, "C1": 4}, {"yellow": 30, "orange": 30, "C1": 1, "C3": 1}]
)
def test_keeping_raising_and_maturing_each_have_a_method_and_no_type_more_than_two(
    kinds: dict[str, int],
) -> None:
    types = types_of(plan_of(many(kinds)))
    assert types["keep"] >= 1
    assert types["raise"] >= 1
    assert types["mature"] >= 1
    assert all(count <= 2 for count in types.values())


def test_no_type_takes_more_methods_than_the_rule_allows() -> None:
    rules = Rules.load(overrides={"plan.same_type_max": 1})
    types = types_of(draft(brief(), many(FULL), ContactLimits(), rules, catalogue()))
    assert all(count == 1 for count in types.values())


def test_capacity_cuts_lists_from_the_bottom_by_value() -> None:
    plan = plan_of(many({"C3": 40}), at=brief(calls=6))
    listed = [c.customer_no for c in plan.quick_wins[0].customers]
    assert listed == [one.customer_no for one in many({"C3": 6})]
    assert any("排队" in note for note in plan.notes)


def test_the_reason_that_stands_first_wins_and_the_others_are_said_beside_it() -> None:
    leads = [
        lead(1, "birthday", words="周四生日"),
        lead(1, "red", words="资产少了六成"),
        lead(1, "C1", words="距下一级 2 万"),
    ]
    plan = plan_of(leads)
    [(item, customer)] = [(i, c) for i in plan.quick_wins for c in i.customers if c.customer_id == 1]
    assert item.kind == "keep_red"
    assert customer.reason.startswith("资产少了六成")
    assert "周四生日" in customer.reason
    assert "距下一级 2 万" in customer.reason


def test_opted_out_and_complaining_customers_are_left_out_of_marketing_with_the_reason() -> None:
    leads = many({"C1": 4, "C3": 2})
    standing = ContactLimits(against("opted_out", 1) | against("complaint", 2, 5))
    plan = plan_of(leads, standing)
    by_kind = {item.kind: item for item in plan.quick_wins}
    assert {c.customer_id for c in by_kind["raise_level"].customers} == {3, 4}
    assert "拒绝营销 1 户" in by_kind["raise_level"].basis
    note = next(note for note in plan.notes if "排除" in note)
    assert "拒绝营销 1 户" in note
    assert "投诉中 1 户" in note
    assert "0001" not in note
    # a maturity is told, but nothing is sold
    told = next(c for c in by_kind["mature"].customers if c.customer_id == 5)
    assert "不推产品" in told.reason


def test_an_opted_out_customer_is_in_no_marketing_row_at_all() -> None:
    leads = [lead(1, "C1", 900), lead(2, "C2", 800), lead(3, "N1", 700)]
    plan = plan_of(leads, ContactLimits(against("opted_out", 1, 2, 3)))
    assert not {1, 2, 3} & {c.customer_id for item in all_items(plan) for c in item.customers}


def test_golden_17_after_two_contacts_this_week_marketing_waits_and_a_maturity_is_kept() -> None:
    leads = [lead(1, "C1"), lead(2, "C1"), lead(3, "C3"), lead(1, "C3", due="2026-11-20")]
    plan = plan_of(leads, ContactLimits(against("tired", 1, 3)))
    by_kind = {item.kind: item for item in plan.quick_wins}
    assert [c.customer_id for c in by_kind["raise_level"].customers] == [2]
    assert "疲劳 1 户" in by_kind["raise_level"].basis
    assert {c.customer_id for c in by_kind["mature"].customers} == {1, 3}
    assert all("不推产品" in c.reason for c in by_kind["mature"].customers)


SILENT = frozenset((dt.date(2026, 11, 18), dt.date(2026, 11, 20)))


@pytest.mark.parametrize("begun", [16, 18, 20])
def test_on_a_silent_day_no_row_that_markets_is_dated(begun: int) -> None:
    """Monday, Wednesday and Friday of a week whose Wednesday and Friday are silent (domain 6.5)."""
    leads = many({"C1": 30, "C3": 10, "red": 5})
    at = replace(brief(today=dt.date(2026, 11, begun)), silent=SILENT)
    plan = plan_of(leads, at=at)
    silent = {day.isoformat() for day in SILENT}
    marketed = [item for item in all_items(plan) if item.kind in MARKETED]
    assert any(item.customers for item in marketed)
    assert not silent & {item.due for item in marketed}
    assert not silent & {one.day for item in marketed for one in item.customers}
    assert not silent & {
        step.day for item in plan.this_week if item.kind in MARKETED for step in item.milestones
    }


def test_a_row_that_nobody_fills_says_what_was_looked_at_and_names_nobody() -> None:
    plan = plan_of(many({"red": 2}), at=replace(brief(), unseen={"C3": "到期日和到期金额"}))
    empty = [item for item in plan.quick_wins if not item.customers]
    assert len(empty) == 4
    # a week must raise and take care of maturities: these rows say why they cannot
    by_kind = {item.kind: item for item in empty}
    assert by_kind["raise_level"].basis.startswith("看了 1,234 户,没有临界提升的客户;数据日期")
    assert "名单没有「到期日和到期金额」" in by_kind["mature"].basis
    assert "到期日和到期金额" in by_kind["mature"].action
    assert not any(re.search(r"\b0 户", item.basis) for item in empty)
    assert all(item.script == "" for item in empty)
    assert "不凑人数" in plan.notes[0]


def test_a_row_whose_people_must_all_be_left_out_says_why() -> None:
    leads = [lead(1, "C1"), lead(2, "C1", tested=False)]
    plan = plan_of(leads, ContactLimits(against("opted_out", 1)))
    [row] = [item for item in plan.quick_wins if item.kind == "raise_level"]
    assert "临界提升的客户 2 户,本周都不列:拒绝营销 1 户、先补适当性 1 户" in row.basis
    assert row.customers == ()


def test_who_is_told_of_no_product_stands_in_no_row_that_speaks_of_one() -> None:
    barred = [lead(n, kind, no_products="loss") for n, kind in enumerate(("C1", "N1", "C6"), 1)]
    kept = [lead(4, "C1"), lead(5, "C3", no_products="loss"), lead(6, "C2")]
    plan = plan_of([*barred, *kept])
    listed = {one.customer_id for item in plan.quick_wins for one in item.customers}
    assert listed == {4, 5, 6}
    [row] = [item for item in plan.quick_wins if item.kind == "raise_level"]
    assert "先解释浮亏 1 户" in row.basis
    alone = plan_of(barred)
    [empty] = [item for item in alone.quick_wins if item.kind == "raise_level"]
    assert empty.customers == ()
    assert "本周都不列:先解释浮亏 1 户" in empty.basis


def test_an_empty_book_has_empty_rows_with_their_reason_and_no_customer() -> None:
    plan = plan_of([], at=replace(brief(), looked=0))
    assert not [c for item in all_items(plan) for c in item.customers]
    assert all("账本里还没有客户名单" in item.basis for item in all_items(plan))
    assert plan.calls == plan.visits == 0


def test_big_maturities_ask_for_quota_and_red_head_customers_for_company() -> None:
    plan = plan_of(many({"C3": 3, "red": 2}))
    kinds = [item.kind for item in plan.needs_resources]
    assert kinds[:2] == ["quota", "escort"]
    small = [replace(one, value_fen=1_000_000, aum_fen=2_000_000) for one in many({"C3": 3, "red": 2})]
    assert not any(item.customers for item in plan_of(small).needs_resources)


@pytest.mark.parametrize("visits", [0, 1, 3])
def test_nobody_stands_on_a_list_of_visits_beyond_those_of_the_week(visits: int) -> None:
    signals = {"codes": ["S3", "S5"]}
    leads = [lead(n, "red", 900 - n, evidence=signals) for n in range(1, 9)]
    plan = plan_of(leads, at=brief(visits=visits))
    visiting = {"escort", "adviser"}
    rows = [*plan.this_week, *(row for row in plan.needs_resources if row.kind in visiting)]
    named = {c.customer_id for row in rows for c in row.customers}
    assert len(named) == plan.visits == visits == plan.visits_limit


def test_a_customer_counted_as_visited_once_may_stand_on_two_lists_of_visits() -> None:
    plan = plan_of([lead(1, "red", 900, evidence={"codes": ["S5"]})], ContactLimits(), brief(visits=1))
    rows = {row.kind: [c.customer_id for c in row.customers] for row in plan.needs_resources}
    assert (rows["escort"], rows["adviser"], plan.visits) == ([1], [1], 1)


def test_unsuitable_holdings_ask_for_an_adviser() -> None:
    signals = {"codes": ["S3", "S5"]}
    plan = plan_of([lead(1, "orange", evidence=signals), lead(2, "orange")])
    [item] = [i for i in plan.needs_resources if i.kind == "adviser"]
    assert [c.customer_id for c in item.customers] == [1]


def test_the_one_item_is_the_largest_value_times_certainty_that_is_certain_enough() -> None:
    leads = [lead(1, "red", 900), lead(2, "C3", 80, due="2026-12-10"), lead(3, "C3", 75, due="2026-11-18")]
    plan = plan_of(leads)
    # 80 x 0.75 = 60.0 < 75 x 0.85 = 63.75; the red light is larger but not certain
    assert [c.customer_id for c in plan.this_week[0].customers] == [3]


def test_holidays_are_no_due_dates() -> None:
    # 2026-10-05..07 are days off, Saturday 2026-10-10 is worked
    plan = plan_of(many(FULL), at=brief("2026-W41"))
    allowed = {"2026-10-08", "2026-10-09", "2026-10-10"}
    assert {item.due for item in all_items(plan)} <= allowed
    assert {m.day for m in plan.this_week[0].milestones} <= allowed


def test_a_year_without_official_holidays_counts_monday_to_friday_and_says_so() -> None:
    plan = plan_of(many(FULL), at=brief("2031-W10"))
    assert all(dt.date.fromisoformat(item.due).weekday() < 5 for item in all_items(plan))
    assert any("2031 年放假安排未官宣" in note for note in plan.notes)


def test_a_week_across_the_year_names_the_year_that_is_not_announced() -> None:
    plan = plan_of(many(FULL), at=brief("2026-W53"))
    assert [note for note in plan.notes if "未官宣" in note] == [
        "2027 年放假安排未官宣,工作日按周一到周五、扣除法定节日计。"
    ]
    assert max(item.due for item in all_items(plan)) == "2026-12-31"


def test_a_week_that_is_all_holiday_is_planned_for_the_workday_before_it() -> None:
    # 2026-02-15 to 23 are days off, Saturday 2026-02-14 is worked
    ahead = plan_of(many(FULL), at=brief("2026-W08", today=dt.date(2026, 2, 12)))
    assert {item.due for item in all_items(ahead)} == {"2026-02-14"}
    inside = plan_of(many(FULL), at=brief("2026-W08", today=dt.date(2026, 2, 18)))
    assert {item.due for item in all_items(inside)} == {"2026-02-24"}


def test_a_plan_drafted_on_thursday_has_nothing_due_before_thursday() -> None:
    plan = plan_of(many(FULL), at=brief(today=dt.date(2026, 11, 19)))
    assert min(item.due for item in all_items(plan)) == "2026-11-19"


def test_json_carries_what_the_contract_names() -> None:
    body = plan_of(many(FULL)).as_json()
    assert body["capacity"]["calls"] <= 60
    assert {"method", "customers", "basis", "action", "script", "done_when", "due"} <= body["quick_wins"][
        0
    ].keys()
    assert {"resource", "fallback"} <= body["needs_resources"][0].keys()
    assert len(body["this_week"][0]["milestones"]) == 3


@pytest.mark.parametrize(
    ("leads", "kind", "customer"),
    [
        ([lead(1, "C3", 50, due="2026-11-18")], "land_mature", [1]),
        ([lead(1, "C3", 50, due="2026-12-10")], "land_mature", [1]),
        ([lead(1, "C2", 50, evidence={"gap_fen": 1_000_000})], "land_hold", [1]),
        # above his line there is nothing that has to land
        ([lead(1, "C2", 50, evidence={"margin_fen": 300_000_00})], "land_none", []),
        ([lead(1, "C1", 50, evidence={"topup": "hold"})], "land_none", []),
        # what only the next month can bring is agreed upon this week
        ([lead(1, "C1", 50, evidence={"topup": "next"})], "land_agree", [1]),
        # money that matured before is a question about the past
        ([lead(1, "C3", 50, evidence={"first_maturity": "2026-11-15"})], "land_none", []),
        ([lead(1, "C1", 50)], "land_level", [1]),
        ([lead(1, "N1", 50)], "land_newcomer", [1]),
        # less than seven in ten is not certain enough
        ([lead(1, "red", 900), lead(2, "orange", 900), lead(3, "birthday", 900)], "land_none", []),
        ([lead(1, "matured", 900)], "land_none", []),
        ([lead(1, "C1", 0)], "land_none", []),
        ([lead(1, "C2", 900, evidence={"topup": "reach"}), lead(2, "N1", 1)], "land_newcomer", [2]),
        ([], "land_quiet", []),
    ],
)
def test_what_lands_this_week(leads: list[Lead], kind: str, customer: list[int]) -> None:
    [item] = plan_of(leads).this_week
    assert (item.kind, [one.customer_id for one in item.customers]) == (kind, customer)
    assert len(item.milestones) == 3


def test_of_equal_value_and_certainty_the_landing_is_always_the_same() -> None:
    leads = [lead(n, "N1", 50) for n in (3, 7, 5)]
    assert {
        c.customer_id for order in (leads, leads[::-1]) for c in plan_of(order).this_week[0].customers
    } == {7}


@pytest.mark.parametrize(
    ("due", "certain"),
    [("2026-11-15", "75%"), ("2026-11-16", "85%"), ("2026-11-22", "85%"), ("2026-11-23", "75%")],
)
def test_a_maturity_of_the_week_itself_is_more_certain(due: str, certain: str) -> None:
    assert certain in plan_of([lead(1, "C3", 50, due=due)]).this_week[0].basis


def test_without_a_call_left_nobody_is_promised_a_landing() -> None:
    leads = [lead(1, "C3", 50, due="2026-11-18")]
    assert plan_of(leads, at=brief(calls=0)).this_week[0].kind == "land_none"
    assert plan_of([], at=replace(brief(), looked=0)).this_week[0].kind == "land_book"


def test_the_milestones_are_the_workdays_nearest_to_monday_wednesday_and_friday() -> None:
    golden = plan_of(many(FULL), at=brief("2026-W41")).this_week[0]
    assert [m.day for m in golden.milestones] == ["2026-10-08", "2026-10-08", "2026-10-09"]
    assert golden.due == "2026-10-09"
    late = plan_of(many(FULL), at=brief(today=dt.date(2026, 11, 19))).this_week[0]
    assert [m.day for m in late.milestones] == ["2026-11-19", "2026-11-19", "2026-11-20"]


@pytest.mark.parametrize("calls", [0, 1, 5, 13, 60])
def test_no_more_customers_are_called_than_the_week_has_calls(calls: int) -> None:
    plan = plan_of(many(FULL), at=brief(calls=calls))
    by_phone = {m.kind for m in catalogue().methods if m.channel == "call"}
    called = {c.customer_id for row in plan.quick_wins if row.kind in by_phone for c in row.customers}
    assert len(called) <= plan.calls <= calls == plan.calls_limit
    if 5 <= calls <= 13:
        assert plan.calls == calls


def test_a_list_cut_by_capacity_says_how_many_wait() -> None:
    plan = plan_of(many({"C3": 40}), at=brief(calls=6))
    [row] = [row for row in plan.quick_wins if row.kind == "mature"]
    assert len(row.customers) == 6
    assert ";容量所限,另有 34 户排队" in row.basis
    assert "容量所限" not in plan_of(many({"C3": 4})).quick_wins[0].basis


def test_a_row_counts_its_people_their_money_and_what_has_to_succeed() -> None:
    plan = plan_of([lead(n, "C3", 10, due="2026-11-18") for n in (1, 2, 3)])
    [row] = [row for row in plan.quick_wins if row.kind == "mature"]
    assert "30 天内到期 3 户,到期金额 30.0万" in row.basis
    # four of five, rounded up
    assert row.done_when == "3 户全部告知;3 户选定承接方案"
    five = plan_of([lead(n, "C3", 10, due="2026-11-18") for n in range(1, 6)])
    assert next(r for r in five.quick_wins if r.kind == "mature").done_when == "5 户全部告知;4 户选定承接方案"


def test_red_lights_are_visited_as_far_as_the_visits_go_and_the_row_says_how_many() -> None:
    plan = plan_of(
        [replace(lead(n, "red", 9), aum_fen=1) for n in range(1, 6)], ContactLimits(), brief(visits=2)
    )
    [row] = [row for row in plan.quick_wins if row.kind == "keep_red"]
    assert "前 2 户当周面谈" in row.action
    assert (plan.visits, plan.visits_limit) == (2, 2)
    none = plan_of([replace(lead(1, "red", 9), aum_fen=1)], ContactLimits(), brief(visits=0))
    assert "面谈" not in next(r for r in none.quick_wins if r.kind == "keep_red").action


def test_the_three_are_those_with_most_at_stake_and_bounded() -> None:
    rules = Rules.load()
    plan = plan_of(
        [lead(n, "red", 900 - n, evidence={"codes": ["S5"]}) for n in range(1, 9)]
        + many({"C3": 9}, first=100)
    )
    kinds = [row.kind for row in plan.needs_resources]
    assert kinds[0] in ("escort", "adviser")
    for row in plan.needs_resources:
        if row.kind in ("escort", "adviser"):
            assert len(row.customers) == rules.whole("plan.escort.max")
    few = plan_of(many({"C3": 7}))
    assert "salon" not in {row.kind for row in few.needs_resources}


def test_marketing_rows_of_the_three_leave_out_who_must_not_be_marketed_to() -> None:
    leads = [lead(n, "C1", 30) for n in range(1, 5)]
    kinds = {row.kind: row for row in plan_of(leads).needs_resources}
    assert {c.customer_id for c in kinds["benefit"].customers} == {1, 2, 3, 4}
    barred = plan_of(leads, ContactLimits(against("opted_out", 1, 2)))
    assert "benefit" not in {row.kind for row in barred.needs_resources}, "two are fewer than three"


def test_old_data_put_a_new_list_first_and_no_clock_anywhere() -> None:
    fresh, old = (Freshness(DATA_DATE, days, 45) for days in (45, 46))
    leads = many(FULL)
    assert plan_of(leads, at=replace(brief(), fresh=fresh)).this_week[0].kind != "land_fresh"
    plan = plan_of(leads, at=replace(brief(), fresh=old))
    assert plan.this_week[0].kind == "land_fresh"
    assert plan.this_week[0].customers == ()
    assert {row.due for row in plan.quick_wins} == {"2026-11-20"}
    assert not any(re.search(r"\d+ ?小时内", row.action) for row in plan.quick_wins)


def test_a_plan_says_whose_it_is_and_what_it_rests_on() -> None:
    plan = plan_of([])
    assert (plan.week, plan.manager, plan.branch, plan.data_date) == (WEEK, "李敏", "城东支行", DATA_DATE)
    assert plan.draft
    assert plan.rule_version == Rules.load().version
    assert plan.customers_named() == len({c.customer_id for row in all_items(plan) for c in row.customers})


def test_a_row_whose_customers_are_all_beyond_reach_says_so() -> None:
    leads = [lead(number, "C1", evidence={"topup": "reach"}) for number in (1, 2)]
    (row,) = [item for item in plan_of(leads).quick_wins if item.kind == "raise_level"]
    assert row.customers == ()
    assert "本周都不列:本月和下月都达不到 2 户" in row.basis


def test_who_is_about_to_leave_is_not_told_what_to_deposit_and_the_row_says_how_many() -> None:
    leads = [lead(n, "C2", evidence={"topup": "leaving", "gap_fen": 5, "watch": 1}) for n in (1, 2)]
    leads += [lead(3, "C2", 10, evidence={"topup": "next", "gap_fen": 5, "watch": 1})]
    leads += [lead(4, "C2", 90, evidence={"topup": "reach", "gap_fen": 5, "watch": 1})]
    (row,) = [item for item in plan_of(leads).quick_wins if item.kind == "hold_level"]
    # who can still do it stands before who cannot
    assert [one.customer_id for one in row.customers] == [3, 4]
    assert "已排除正在流失,先问原因 2 户" in row.basis
    row = method_row(brief(), leads[:2], ContactLimits(), Rules.load(), catalogue(), "hold_level")
    assert row.customers == ()
    assert "本周都不列:正在流失,先问原因 2 户" in row.basis


def test_the_customer_of_the_one_item_is_called_on_the_day_of_its_first_step() -> None:
    plan = plan_of(many({"C1": 16, "C2": 9}))
    (item,) = plan.this_week
    (customer,) = item.customers
    assert customer.day == item.milestones[0].day
    days = {c.day for row in all_items(plan) for c in row.customers if c.customer_id == customer.customer_id}
    assert days == {customer.day}


def test_where_nothing_leads_to_anybody_no_list_is_to_be_worked_off() -> None:
    (item,) = plan_of([]).this_week
    assert item.kind == "land_quiet"
    words = " ".join([item.basis, item.action, *(one.what for one in item.milestones)])
    assert "按名单" not in words
    assert "五个方法" not in words
    assert plan_of([], at=replace(brief(), looked=0)).this_week[0].kind == "land_book"
