"""The lights of a week through the book: three weeks of plans, places, carry-over, states, changes (domain 4.4, 4.5)."""

import datetime as dt
from typing import Any

import pytest

from db.tables import customers, snapshots
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import month_end, shift_month, week_of
from workbench.insight.room import Insight
from workbench.outreach.leads.room import Leads
from workbench.outreach.lights.in_brief import brief
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.room import Outreach
from workbench.rules.parameters import Rules

MONDAY = dt.date(2026, 11, 2)


def outreach(small: SmallBook, **overrides: Any) -> Outreach:
    rules = Rules.load("general", {key.replace("__", "."): value for key, value in overrides.items()})
    insight = Insight(small.book, rules)
    return Outreach(
        small.book, rules, Leads(small.book, rules, insight.months, insight.checking, insight.engine), {}
    )


def put_falling(small: SmallBook, count: int, *, phone: str | None = "13800001234") -> None:
    """So many customers who lost from half to nine tenths, each another amount."""
    with small.book.write("import", "many") as writer:
        rows = [
            {"customer_no": f"{n:03d}", "name": f"客户{n}", "phone": phone, "open_date": "2015-03-01"}
            for n in range(count)
        ]
        ids = writer.insert(customers, rows)
        months: list[dict[str, Any]] = []
        for n, customer_id in enumerate(ids):
            small.ids[f"{n:03d}"] = customer_id
            high, left = 50_000_000 + n * 1_000_000, 0.5 - 0.39 * n / count
            for back, balance in ((2, high), (1, high), (0, round(high * left))):
                month = shift_month(MONTH, -back)
                months.append({
                    "customer_id": customer_id, "month": month, "as_of": month_end(month).isoformat(), "batch_id": 1,
                    "source_row": n, "aum_balance": balance, "aum_daily_average": high,
                })  # fmt: skip
        writer.insert(snapshots, months)


def nos(part: tuple[Any, ...]) -> list[str]:
    return [one.risk.customer_no for one in part]


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> str:
    """Sets the day; its week."""
    monkeypatch.setenv("WORKBENCH_TODAY", day.isoformat())
    return week_of(day)


def lights(small: SmallBook, week: str | None = None, **overrides: Any) -> LightWeek:
    return outreach(small, **overrides).lights.of(week)


def test_three_weeks_of_plans_on_one_month_call_new_people(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 60)
    names: list[str] = []
    reached: set[str] = set()
    for number in range(3):
        day = MONDAY + dt.timedelta(weeks=number)
        on(monkeypatch, day)
        plan = outreach(small).plan().as_json()
        rows = (*plan["quick_wins"], *plan["needs_resources"], *plan["this_week"])
        ranks = {one["customer_no"]: one["rank"] for row in rows for one in row["customers"]}
        assert sorted(ranks.values()) == list(range(1, len(ranks) + 1))
        assert not reached & ranks.keys()
        first = sorted(ranks, key=ranks.__getitem__)[:15]
        assert len(first) == 15
        assert len(set(first) - set(names)) <= 15
        names += first
        on(monkeypatch, day + dt.timedelta(days=2))
        for place, no in enumerate(first):
            result = "reached" if place < 12 else "no_answer"
            outreach(small).log_touch(no, channel="call", result=result)
            if result == "reached":
                reached.add(no)
    assert len(set(names)) >= 35


def test_who_was_listed_twice_and_never_tried_gives_way_and_comes_back(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 60)
    weeks: list[list[str]] = []
    for number in range(6):
        on(monkeypatch, MONDAY + dt.timedelta(weeks=number))
        outreach(small).plan()
        weeks.append(nos(lights(small).working))
    first, second, third, fourth, fifth, _sixth = weeks
    assert set(first) == set(second)
    assert not set(first) & set(third)
    assert set(third) == set(fourth)
    assert set(first) == set(fifth)


def test_who_could_not_be_reached_for_two_weeks_goes_to_the_end_with_the_reason(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 20)
    on(monkeypatch, MONDAY)
    first = nos(lights(small).working)[0]
    outreach(small).log_touch(first, channel="call", result="no_answer")
    assert first in nos(lights(small).working)
    on(monkeypatch, MONDAY + dt.timedelta(days=15))
    assert first in nos(lights(small).working)
    outreach(small).log_touch(first, channel="call", result="no_answer")
    last = lights(small).waiting[-1]
    assert last.risk.customer_no == first
    assert "2次" in last.late
    assert "15天" in last.late


def test_who_was_reached_this_week_has_used_his_place(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 20)
    on(monkeypatch, MONDAY)
    before = nos(lights(small).working)
    outreach(small).log_touch(before[0], channel="call", result="met")
    after = lights(small)
    assert nos(after.working) == before[1:]
    assert nos(after.resting) == [before[0]]
    assert after.resting[0].risk.state == "handling"
    on(monkeypatch, MONDAY + dt.timedelta(days=7))
    assert len(lights(small).working) == 15


def test_all_lights_stand_in_one_order_and_the_gone_outside_it(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 20)
    small.months("gone", {"aum_balance": [1e7, 1e7, 1e5], "aum_daily_average": [1e7, 1e7, 1e7]})
    on(monkeypatch, MONDAY)
    week = lights(small)
    assert nos(week.gone) == ["gone"]
    assert week.gone[0].place == 0
    in_order = (*week.working, *week.waiting, *week.resting)
    assert [one.place for one in in_order] == list(range(1, 21))
    assert "gone" not in week.places
    assert week.counts() == {"working": 15, "waiting": 5, "resting": 0, "gone": 1}
    priorities = [one.priority for one in in_order]
    assert priorities == sorted(priorities, reverse=True)
    assert all(one.value_fen and one.todo and one.due >= "2026-11-02" for one in in_order)
    plan = outreach(small).plan()
    assert small.ids["gone"] not in plan.ranks()
    assert any("5 户按顺序排队" in note for note in plan.notes)


def test_a_missing_phone_counts_only_where_phones_are_told(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 3, phone=None)
    on(monkeypatch, MONDAY)
    assert all(one.reachable for one in lights(small).working)
    small.customer("known", phone="13800001234")
    assert not any(one.reachable for one in lights(small).working)
    assert all("补登号码" in one.todo for one in lights(small).working)


def test_the_budget_is_a_rule(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    put_falling(small, 8)
    on(monkeypatch, MONDAY)
    assert len(lights(small, queue__places=3).working) == 3
    assert len(lights(small, queue__places=3).waiting) == 5


def test_a_draft_that_somebody_confirmed_keeps_its_people_first(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 20)
    week = on(monkeypatch, MONDAY)
    few = outreach(small, queue__places=3)
    few.confirm(week)
    kept = nos(few.lights.of(week).working)
    # somebody else is first by now
    small.customer("big", phone="13900001234")
    small.month("big", 2, aum_balance=9e7, aum_daily_average=9e7)
    small.month("big", 1, aum_balance=9e7, aum_daily_average=9e7)
    small.month("big", 0, aum_balance=1e7, aum_daily_average=9e7)
    assert nos(few.lights.of(week).working) == kept
    assert few.lights.of(week).waiting[0].risk.customer_no == "big"


def test_what_changed_since_the_check_before_is_told_by_kind(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady = [9.9e5] * 5
    lives = {
        "new": [1e6, 1e6, 1e6, 1e6, 2e5], "worse": [1e6, 1e6, 1e6, 6.5e5, 2e5], "out": [1e6, 1e6, 1e6, 2e5, 1e6],
        "gone": [1e6, 1e6, 1e6, 2e5, 1e4], "same": [1e6, 1e6, 1e6, 2e5, 2e5], "calm": steady,
        "left": [1e6, 1e6, 1e6, 1e4, 1e4],
    }  # fmt: skip
    for no, balances in lives.items():
        small.months(no, {"aum_balance": balances, "aum_daily_average": steady})
    on(monkeypatch, MONDAY)
    assert lights(small).changes.since is None
    small.insight.checking.run(shift_month(MONTH, -1))
    changes = lights(small).changes
    ids = small.ids
    assert changes.since == shift_month(MONTH, -1)
    assert changes.new == (ids["new"],)
    assert ids["worse"] in changes.worse
    assert changes.out == changes.back == (ids["out"],)
    assert changes.gone == (ids["gone"],)
    assert ids["same"] not in {*changes.new, *changes.worse, *changes.better, *changes.out}


def test_lights_read_by_stretches_say_the_same_as_read_whole(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 30)
    small.months("gone", {"aum_balance": [1e6, 1e6, 1e4], "aum_daily_average": [1e6, 1e6, 5e5]})
    on(monkeypatch, MONDAY)
    lights = outreach(small).lights.of()
    assert lights.waiting[3:9] == tuple(lights.waiting)[3:9]
    every = {one.risk.customer_no: one for one in lights.every}
    ranked = {one.customer_no: one for one in small.insight.ranking() if one.light}
    assert every.keys() == ranked.keys()
    assert {no: one.risk for no, one in every.items()} == ranked
    assert [every[one.risk.customer_no] for one in brief(lights.waiting)] == list(lights.waiting)
    assert every["gone"].risk.signals[0].reason
