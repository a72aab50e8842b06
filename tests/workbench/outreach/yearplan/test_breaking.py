"""What a touch breaks on another day: told in sentences with their numbers (domain 6.5, 6.7)."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.workbench.outreach.yearplan.test_room import one_of
from workbench.app import Workbench
from workbench.outreach.wishes.reasons import reason_name
from workbench.outreach.yearplan.breaking import _most_within
from workbench.outreach.yearplan.fitting import hours
from workbench.outreach.yearplan.stored import keep_run, run_of
from workbench.outreach.yearplan.sums import packed


def broken(workbench: Workbench, touch: int, day: str) -> tuple[str, ...]:
    return workbench.outreach.year_plans.breaks(touch, day)


def test_its_own_day_breaks_nothing(planned: Workbench) -> None:
    touch = one_of(planned, "birthday")
    assert touch.day is not None
    assert broken(planned, touch.id, touch.day) == ()


def test_a_day_off_and_a_day_outside_its_span(planned: Workbench) -> None:
    touch = one_of(planned, "birthday", occurrence="2027-05-14")
    assert broken(planned, touch.id, "2027-06-19") == (
        "6月19日不是工作日",
        "晚于合适的日子,5月14日以前才合适",
    )
    assert broken(planned, touch.id, "2027-05-06")[-1] == "早于合适的日子,5月11日起才合适"


def test_a_silent_day(planned: Workbench) -> None:
    touch = one_of(planned, "birthday", occurrence="2027-05-14")
    assert "4月5日是清明,静默日:不营销、不道喜" in broken(planned, touch.id, "2027-04-05")


def test_a_day_over_its_capacity_says_by_how_much(planned: Workbench) -> None:
    touch = one_of(planned, "birthday", occurrence="2027-05-14")
    day = dt.date(2027, 5, 13).toordinal()
    with planned.book.read() as conn:
        run = run_of(conn, 2027)
    assert run is not None
    full = run.sums.capacity[day]
    sums = replace(run.sums, load={**run.sums.load, day: full})
    with planned.book.derive() as conn:
        keep_run(conn, replace(run, packed=packed(sums, run.marks)))
    words = f"5月13日要 {hours(full + touch.minutes * 60)} 小时,只有 {hours(full)} 小时,超 {hours(touch.minutes * 60)} 小时"
    assert words in broken(planned, touch.id, "2027-05-13")


def test_a_second_contact_of_the_week(planned: Workbench) -> None:
    plans = planned.outreach.year_plans
    touch = one_of(planned, "birthday", occurrence="2027-05-14")
    his = plans.touches(2027, customers=[touch.customer_id])
    other = next(one for one in his if one.kind == "care" and one.id != touch.id and one.day)
    plans.move(other.id, "2027-05-12")
    words = f"这一周5月12日已经安排“{reason_name(other.reason, planned.rules)}”,一周只主动联系一次"
    assert words in broken(planned, touch.id, "2027-05-13")


def test_a_cap_of_contacts(planned: Workbench) -> None:
    """Two contacts by us lately, and a third on the next day."""
    touch = one_of(planned, "cadence", tier="L6")
    most = planned.rules.whole("consent.week_touches")
    for _number in range(most):
        planned.outreach.log_touch(touch.customer_no, channel="visit", result="reached", date="2026-11-02")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-03")
        plans = planned.outreach.year_plans
        plans.of(2026)
        this_year = next(
            one for one in plans.touches(2026, customers=[touch.customer_id]) if one.kind != "service"
        )
        sentences = plans.breaks(this_year.id, "2026-11-04")
    assert f"7 天里主动联系 {most + 1} 次,上限 {most} 次" in sentences, sentences


def test_a_step_before_a_maturity_put_after_it(planned: Workbench) -> None:
    touch = next(
        one
        for one in planned.outreach.year_plans.touches(2027)
        if one.reason == "maturity_7" and one.occurrence == "2027-07-15"
    )
    assert "晚于7月15日,那天就到期了" in broken(planned, touch.id, "2027-07-20")


def test_who_refused_is_named_with_the_ground_of_consent(planned: Workbench) -> None:
    touch = one_of(planned, "birthday", occurrence="2027-05-14")
    planned.outreach.log_touch(touch.customer_no, channel=touch.channel, result="refused", date="2026-11-02")
    sentences = broken(planned, touch.id, "2027-05-13")
    assert any(one.startswith("客户拒绝用") for one in sentences), sentences


@pytest.mark.parametrize(
    ("days", "span", "most"),
    [((), 7, 1), ((-3, 2), 7, 3), ((-7, 7), 7, 1), ((-6, -1), 7, 3), ((-6, 6), 7, 2), ((-29, 5), 30, 2)],
)
def test_contacts_in_a_span_of_days_in_a_row(days: tuple[int, ...], span: int, most: int) -> None:
    day = dt.date(2027, 5, 13)
    assert _most_within([day + dt.timedelta(one) for one in days], day, span) == most
