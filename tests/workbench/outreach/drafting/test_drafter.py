"""What every drafted week must be, on whichever book: a book of one customer, the real months (domain 5)."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.workbench.conftest import SmallBook
from workbench.app import Workbench
from workbench.base.workdays import shipped
from workbench.outreach.contact_limits import held_on
from workbench.outreach.draft import WeekPlan
from workbench.outreach.methods import catalogue
from workbench.outreach.store import all_items


def lawful(workbench: Workbench, plan: WeekPlan, day: dt.date) -> None:
    """Everything a plan must be."""
    assert (len(plan.quick_wins), len(plan.needs_resources), len(plan.this_week)) == (5, 3, 1)
    assert plan.calls <= plan.calls_limit
    assert plan.visits <= plan.visits_limit
    people = {c.customer_id: c for item in all_items(plan) for c in item.customers}
    assert sorted(plan.ranks().values()) == list(range(1, len(people) + 1))
    assert max(Counter(c.day for c in people.values()).values(), default=0) <= 15
    offers = catalogue()
    markets = {m.kind for m in (*offers.methods, *offers.resources, *offers.landings) if m.marketing}
    with workbench.book.read() as conn:
        held = held_on(conn, day, workbench.rules)
    for item in all_items(plan):
        assert item.basis
        assert item.done_when
        assert "X" not in item.basis + item.action
        assert " 0 户" not in item.basis
        for one in item.customers:
            assert one.reasons
            assert one.day >= day.isoformat()
            assert item.kind not in markets or one.customer_id not in held
            for reason in one.reasons:
                assert reason.kind != "C3" or plan.old or reason.due >= day.isoformat()
    ranked = workbench.outreach.weeks.of(plan.week).entries
    assert [one.person.customer_id for one in ranked[: len(plan.order)]] == list(plan.order)
    # whom the plan has no row for comes after it: who is to be asked for a referral this week
    for beside in ranked[len(plan.order) :]:
        assert {reason.source for reason in beside.reasons} == {"referral_ask"}
        assert beside.person.customer_id not in held
        assert beside.day >= day.isoformat()


@pytest.mark.parametrize("name", ["王芳", "𠮷田一"])
def test_a_book_of_one_customer_has_nine_rows_that_invent_nobody(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.customer("0000000001", name=name)
    small.month("0000000001", aum_balance=118_000, aum_daily_average=121_000)
    workbench = Workbench(small.book)
    plan = workbench.outreach.plan()
    lawful(workbench, plan, dt.date(2026, 11, 16))
    assert plan.customers_named() == 0
    assert all("看了 1 户" in item.basis or "名单没有" in item.basis for item in all_items(plan))
    mature = next(item for item in plan.quick_wins if item.kind == "mature")
    assert "看不出谁是30 天内到期" in mature.basis
    # what matured before cannot be told either
    assert all("名单没有" in item.basis for item in plan.quick_wins if item.kind == "matured")
    assert any(item.kind == "matured" for item in plan.quick_wins)


@pytest.mark.long
@pytest.mark.parametrize("day", ["2020-01-06", "2020-01-08", "2026-11-30"])
def test_the_real_months_have_a_lawful_week_whenever_it_is_drafted(
    workbench: Workbench, bank_files: list[Path], monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", day)
    for file in bank_files[-2:]:
        workbench.intake.read(file).commit()
    plan = workbench.outreach.plan()
    assert plan.week == shipped().planning_week(dt.date.fromisoformat(day))
    lawful(workbench, plan, dt.date.fromisoformat(day))
    # Wednesday has the calls of three days
    assert plan.customers_named() >= 36
