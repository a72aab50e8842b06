"""Measures of service: complaints, referrals, and the coverage of the towers, told or not."""

import datetime as dt
from typing import Any

import pytest

from db.known import services
from db.playbook import benefit_grants
from db.tables import complaints, flows, payrolls, referrals, touches
from db.year import birthday_ways
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.measures.steps import section_statement
from workbench.insight.levels.trails import as_facts, compute_trails, store_trails
from workbench.insight.measures import service
from workbench.insight.measures.scope import Scope, reported_data
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-16"


def measured(small: SmallBook, *, beside: bool = False) -> dict[str, dict[str, Any]]:
    names = {number: no for no, number in small.ids.items()}
    with small.book.derive() as conn:
        rows = compute_trails(conn, MONTH, RULES)
        if not beside:
            store_trails(conn, rows)
        told = reported_data(conn, MONTH)
        assert told is not None
        scope = Scope(MONTH, DAY, told)
        found = conn.execute(
            section_statement(scope, RULES, service, as_facts(rows) if beside else None)
        ).mappings()
        return {names[row["customer_id"]]: dict(row) for row in found}


def ago(days: int) -> str:
    return (dt.date.fromisoformat(DAY) - dt.timedelta(days=days)).isoformat()


def add(small: SmallBook, table: Any, no: str, **facts: Any) -> None:
    with small.book.write("import", "line") as writer:
        writer.insert(table, [{"customer_id": small.ids[no], **facts}])


def serve(small: SmallBook, no: str, kind: str, days: int, until: str | None = None) -> None:
    add(small, services, no, kind=kind, date=ago(days), until=until)


def touch(small: SmallBook, no: str, days: int, by: str = "manager", result: str = "reached") -> None:
    add(small, touches, no, date=ago(days), channel="call", result=result, initiated_by=by)


def test_without_a_complaints_list_the_columns_stand_in_and_open_ones_are_known_only_when_there_is_none(
    small: SmallBook,
) -> None:
    small.month("a", aum_balance=1e5, complaint_count=2, last_complaint_date="2026-11-01")
    small.month("b", aum_balance=1e5, complaint_count=0)
    small.month("c", aum_balance=1e5)
    found = measured(small)
    names = ("complaints_open", "complaint_days", "complaints_year")
    assert [[found[no][n] for n in names] for no in "abc"] == [
        [None, 15, 2],
        [0, None, 0],
        [None, None, None],
    ]


def test_a_complaints_list_tells_the_open_ones_and_none_for_the_others(small: SmallBook) -> None:
    for no in "ab":
        small.month(no, aum_balance=1e5)
    add(small, complaints, "a", date=ago(20), status="处理中")
    add(small, complaints, "a", date=ago(50), status="已办结")
    add(small, complaints, "a", date=ago(60), status="处理中", closed_date=ago(50))
    add(small, complaints, "a", date=ago(500), status="已办结")
    found = measured(small)
    names = ("complaints_open", "complaint_days", "complaints_year")
    assert [[found[no][n] for n in names] for no in "ab"] == [[1, 20, 3], [0, None, 0]]


def test_a_contact_that_ended_in_a_complaint_counts_as_the_last_one(small: SmallBook) -> None:
    small.month("a", aum_balance=1e5, complaint_count=1, last_complaint_date=ago(90))
    touch(small, "a", 3, result="complaint")
    assert measured(small)["a"]["complaint_days"] == 3


def test_referrals_are_untold_without_their_list_and_none_beside_it(small: SmallBook) -> None:
    for no in "ab":
        small.month(no, aum_balance=1e5)
    assert measured(small)["a"]["referrals_given"] is None
    add(small, referrals, "a", date=ago(40), referred_name="王某")
    found = measured(small)
    assert (found["a"]["referrals_given"], found["a"]["days_since_referral"]) == (1, 40)
    assert (found["b"]["referrals_given"], found["b"]["days_since_referral"]) == (0, None)


def test_the_top_counts_plan_review_and_expert_and_is_unknown_before_the_first_record(
    small: SmallBook,
) -> None:
    for no in "abc":
        small.month(no, aum_balance=2e6, aum_daily_average=2e6)
    assert [measured(small)["a"][n] for n in ("zhuan", "weakest", "cover_known")] == [None, None, 0]
    serve(small, "a", "plan", 200)
    serve(small, "a", "plan_review", 89)
    serve(small, "a", "expert", 179)
    serve(small, "a", "channel", 300)
    serve(small, "b", "plan", 366)
    serve(small, "b", "expert", 180)
    found = measured(small)
    assert [found["a"][n] for n in ("zhuan", "weakest", "cover_known")] == [3, "full", 3]
    assert [found["b"][n] for n in ("cover_plan", "cover_review", "cover_expert", "zhuan")] == [0, 0, 0, 0]
    assert [found["c"][n] for n in ("zhuan", "weakest")] == [0, "plan"]
    serve(small, "b", "plan", 366, until="2027-01-01")
    serve(small, "b", "plan_review", 90)
    assert [measured(small)["b"][n] for n in ("cover_plan", "cover_review", "weakest")] == [1, 0, "plan"]


def test_the_top_without_a_named_channel_is_weakest_there(small: SmallBook) -> None:
    for no in "ab":
        small.month(no, aum_balance=2e6, aum_daily_average=2e6)
    for kind in ("plan", "expert"):
        serve(small, "a", kind, 1)
    serve(small, "b", "channel", 1)
    assert measured(small)["a"]["weakest"] == "channel"


def test_each_g_of_the_waist_gives_0_1_or_2_and_the_weakest_is_named(small: SmallBook) -> None:
    small.month("a", aum_daily_average=1e5, product_count=4, benefit_balance=300)
    small.month("b", aum_daily_average=1e5, product_count=1, benefit_balance=0)
    small.month("c", aum_daily_average=1e5)
    for kind, days in (
        ("gift_used", 10),
        ("group_active", 89),
        ("guide", 179),
        ("growth", 179),
        ("game", 90),
    ):
        serve(small, "a", kind, days)
    serve(small, "b", "group", 400)
    figures = measured(small)
    names = ("cover_gift", "cover_group", "cover_guide", "cover_growth", "cover_game", "five_g", "weakest")
    assert [figures["a"][n] for n in names] == [2, 2, 2, 2, 1, 9, "game"]
    assert [figures["b"][n] for n in names] == [0, 1, 0, 0, 0, 1, "gift"]
    assert [figures["c"][n] for n in names] == [0, 0, 0, 0, 0, 0, "gift"]
    assert figures["a"]["zhuan"] is None
    assert figures["a"]["fast"] is None


def test_a_g_that_no_list_and_no_record_tells_is_left_out_of_the_index(small: SmallBook) -> None:
    small.month("a", aum_daily_average=1e5, product_count=3, benefit_balance=300)
    small.month("b", aum_daily_average=1e5)
    found = measured(small)
    assert [found["a"][n] for n in ("five_g", "cover_known", "weakest")] == [2, 2, "gift"]
    assert [found["b"][n] for n in ("five_g", "cover_known", "weakest")] == [None, 0, None]


def test_expired_benefits_are_no_longer_owned(small: SmallBook) -> None:
    small.month("a", aum_daily_average=1e5, benefit_balance=300, benefit_expiry_date="2026-11-15")
    small.month("b", aum_daily_average=1e5, benefit_balance=300, benefit_expiry_date="2026-11-16")
    small.month("c", aum_daily_average=1e5)
    serve(small, "c", "gift", 30, until="2026-11-15")
    assert [measured(small)[no]["cover_gift"] for no in "abc"] == [0, 1, 0]


def test_an_event_attended_by_the_contact_log_counts_as_growth(small: SmallBook) -> None:
    small.month("a", aum_daily_average=1e5)
    add(small, touches, "a", date=ago(20), channel="event", result="met", initiated_by="manager")
    assert measured(small)["a"]["cover_growth"] == 2


def test_a_request_of_the_base_must_be_answered_the_same_day(small: SmallBook) -> None:
    for no in "abcd":
        small.month(no, aum_daily_average=5e3)
    touch(small, "a", 5, by="customer")
    touch(small, "b", 5, by="customer", result="no_answer")
    touch(small, "b", 4)
    touch(small, "c", 5, by="customer", result="no_answer")
    touch(small, "c", 5)
    found = measured(small)
    assert [found[no]["cover_respond"] for no in "abcd"] == [1, 0, 1, None]
    assert found["b"]["weakest"] == "respond"


@pytest.mark.parametrize(
    "event",
    ["maturity", "payday", "inflow", "birthday", "lunar", "kept elsewhere", "new year", "record", "none"],
)
def test_the_base_is_woken_only_near_an_event(small: SmallBook, event: str) -> None:
    registered = {"birthday": "1980-11-10", "kept elsewhere": "1980-11-10", "new year": "1980-12-30"}
    small.customer("a", birth_date=registered.get(event))
    small.month("a", aum_daily_average=5e3)
    if event == "new year":
        add(small, touches, "a", date="2026-01-03", channel="call", result="met", initiated_by="manager")
    touch(small, "a", 5)  # 2026-11-11
    if event == "maturity":
        small.hold("a", amount=1000, maturity_date=ago(12))
    if event == "payday":
        add(small, payrolls, "a", date=ago(3), month="2026-11", amount=500_000)
    if event == "inflow":
        add(small, flows, "a", date=ago(6), month="2026-11", inflow=5_000_000, rows=1)
    if event == "record":
        serve(small, "a", "wake", 5)
    if event in ("lunar", "kept elsewhere"):  # 2026-11-11 is 十月初三
        month = 10 if event == "lunar" else 3
        add(
            small,
            birthday_ways,
            "a",
            calendar="lunar",
            month=month,
            day=1,
            leap=0,
            prefer_leap=0,
            made="2026-11-01",
        )
    # the contact of New Year lies outside of the 90 days, that of November near no birthday
    assert measured(small)["a"]["cover_wake"] == (0 if event in ("none", "new year", "kept elsewhere") else 1)


def test_a_birthday_across_the_turn_of_the_year_is_near(small: SmallBook) -> None:
    small.customer("a", birth_date="1980-12-30")
    small.month("a", aum_daily_average=5e3)
    add(small, touches, "a", date="2026-01-03", channel="call", result="met", initiated_by="manager")
    with small.book.derive() as conn:
        store_trails(conn, compute_trails(conn, MONTH, RULES))
        told = reported_data(conn, MONTH)
        assert told is not None
        rules = Rules.load("general", {"towers.base_days": 400})
        scope = Scope(MONTH, DAY, told)
        row = conn.execute(section_statement(scope, rules, service)).mappings().one()
    assert row["cover_wake"] == 1


def test_staying_needs_two_hooks_and_an_unknown_one_may_count(small: SmallBook) -> None:
    small.month("a", aum_daily_average=5e3, product_count=2, utility_autopay=1, bound_wechat=0)
    small.month("b", aum_daily_average=5e3, product_count=2, utility_autopay=0)
    small.month("c", aum_daily_average=5e3, product_count=1, utility_autopay=0)
    small.month("d", aum_daily_average=5e3, product_count=1, utility_autopay=0)
    serve(small, "d", "auto_transfer", 400)
    serve(small, "d", "card_bound", 400)
    assert [measured(small)[no]["cover_retain"] for no in "abcd"] == [1, None, 0, 1]


def test_the_sum_of_the_base_counts_its_known_parts(small: SmallBook) -> None:
    small.month("a", aum_daily_average=5e3, product_count=2, utility_autopay=1)
    touch(small, "a", 5, by="customer")
    found = measured(small)["a"]
    assert (found["fast"], found["cover_known"], found["weakest"]) == (2, 2, "full")


def test_rows_computed_beside_the_book_serve_as_well(small: SmallBook) -> None:
    small.month("a", aum_daily_average=5e3, product_count=2, utility_autopay=1)
    assert measured(small, beside=True)["a"]["fast"] == 1


def test_classes_of_holdings_stand_in_for_the_number_of_products(small: SmallBook) -> None:
    for no in "ab":
        small.month(no, aum_daily_average=1e5)
    for category in ("理财", "基金", "保险"):
        small.hold("a", category=category, amount=1000)
    assert [measured(small)[no]["cover_guide"] for no in "ab"] == [1, 0]


def grant(small: SmallBook, no: str, issued: int, state: str = "issued", **facts: Any) -> None:
    given = {"benefit": "x", "occasion": f"2026-{issued}", "state": state, "issued": ago(issued)}
    add(small, benefit_grants, no, **(given | facts))


def test_what_was_given_by_the_rules_of_benefits_counts_as_a_gift_of_the_waist(small: SmallBook) -> None:
    for no in "abcdef":
        small.month(no, aum_balance=1e5)
    assert {no: row["cover_gift"] for no, row in measured(small).items()} == dict.fromkeys("abcdef")
    grant(small, "a", 400, "used", used=ago(364))
    grant(small, "b", 30, valid_until=DAY)
    grant(small, "c", 30, valid_until=ago(1))
    grant(small, "d", 400, "used", used=ago(365))
    grant(small, "e", 30, "dropped", valid_until=DAY)
    # used within a year, open, run out, used too long ago, taken back, nothing
    assert {no: row["cover_gift"] for no, row in measured(small).items()} == {
        "a": 2, "b": 1, "c": 0, "d": 0, "e": 0, "f": 0,
    }  # fmt: skip
