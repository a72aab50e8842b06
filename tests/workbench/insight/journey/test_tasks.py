"""A card's tasks: of their stage and ground, due on workdays, done where figures show it, unknown where none can (3)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.workdays import shipped
from workbench.insight.journey.stages import STAGES
from workbench.insight.journey.tasks import JourneyFacts, StageTask, card_tasks, tasks
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

DAY = "2026-11-05"


def of(
    code: str = "J1", ground: str = "opened", since: str | None = "2026-10-30", *, day: str | None = DAY, stale: bool = False,
    **values: Any,
) -> dict[str, StageTask]:  # fmt: skip
    facts = JourneyFacts(Values(values), day, shipped(), stale)
    return {one.code: one for one in tasks(code, ground, since, facts)}


def test_a_newcomer_is_thanked_taught_asked_and_called_back() -> None:
    found = of()
    assert list(found) == [
        "thanks", "safety", "bind", "kyc5", "risk_test", "hook", "second", "settle", "review30", "allocation", "qualify",
    ]  # fmt: skip
    # the first two were due on days already past, the third falls on the last workday of its span
    assert [found[code].due for code in ("thanks", "safety", "hook", "second", "review30")] == [
        "2026-10-30", "2026-10-30", "2026-11-06", "2026-11-13", "2026-11-27",
    ]  # fmt: skip


def test_hidden_wealth_is_not_thanked_for_an_account_opened_long_ago() -> None:
    assert {"thanks", "safety", "review30"}.isdisjoint(of(ground="hidden"))
    assert {"kyc5", "hook"} <= of(ground="hidden").keys()


@pytest.mark.parametrize(
    ("values", "done"),
    [({"wecom": 1}, True), ({"wecom": 0}, False), ({"wecom": None}, None), ({}, None)],
)
def test_a_task_is_done_where_a_figure_shows_it_and_unknown_where_none_is_told(
    values: dict[str, Any], done: bool | None
) -> None:
    assert of(**values)["thanks"].done is done


@pytest.mark.parametrize(
    ("families", "hook", "second"), [(1, False, False), (2, True, False), (3, True, True), (None, None, None)]
)
def test_a_threshold_of_a_task_is_reached_exactly(
    families: int | None, hook: bool | None, second: bool | None
) -> None:
    found = of(families=families)
    assert (found["hook"].done, found["second"].done) == (hook, second)


def test_a_task_without_a_figure_is_never_called_done() -> None:
    assert of()["qualify"].done is None


def test_without_a_first_day_nothing_counted_from_it_is_due() -> None:
    found = of(since=None)
    assert all(one.due is None for one in found.values() if not _from_today(one.code))


def test_by_old_data_nothing_runs_against_a_clock() -> None:
    for code in STAGES:
        for one in of(code, stale=True).values():
            assert one.due is None
            assert "24 小时" not in one.name


def _from_today(code: str) -> bool:
    return any(one.code == code and one.from_today for one in card_tasks())


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
)
def test_whatever_is_due_is_due_on_a_workday(since: dt.date, day: dt.date) -> None:
    known = shipped()
    for code in STAGES:
        for one in of(code, since=since.isoformat(), day=day.isoformat()).values():
            if one.due is None:
                continue
            due = dt.date.fromisoformat(one.due)
            assert known.is_workday(due)
            task = next(t for t in card_tasks() if t.code == one.code and t.stage == code)
            first = day if task.from_today else since
            deadline = first + dt.timedelta(days=task.day or 0)
            # in the past only where the deadline itself is
            assert due >= min(day, first) if deadline < day else due >= day


def test_every_task_names_a_stage_that_there_is_and_once() -> None:
    stages = set(STAGES)
    facts = [(one.stage, one.code, one.ground) for one in card_tasks()]
    assert len(set(facts)) == len(facts)
    assert {stage for stage, _code, _ground in facts} <= stages


def test_as_json() -> None:
    assert of(wecom=1)["thanks"].as_json() == {
        "code": "thanks", "name": "感谢开户,加企微好友", "due": "2026-10-30", "done": True, "done_by": "figures",
        "done_on": None, "left_out": None, "paused": None, "detail": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("talks", "ago", "done"), [(1, 0, True), (2, 30, True), (1, 31, False), (0, 5, False), (None, None, None)]
)
def test_a_call_is_done_by_a_contact_that_reached_him(
    talks: int | None, ago: int | None, done: bool | None
) -> None:
    """Without a talk, the days since are only how far the log reaches back."""
    found = of("J4", "light", None, light="red", talks_90=talks, days_since_talk=ago)
    assert found["call_red"].done is done
    assert found["offer"].done is None


@pytest.mark.parametrize(("ago", "done"), [(0, True), (4, True), (5, False)])
def test_a_review_is_done_by_a_contact_late_enough_in_the_stage(ago: int, done: bool) -> None:
    found = of(since="2026-10-11", talks_90=1, days_since_talk=ago)  # 25 days ago: from the 21st on
    assert found["review30"].done is done
    assert of(since=None, talks_90=1, days_since_talk=ago)["review30"].done is None


# -- more than one way, again and again, at rest ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "done"),
    [
        ({"payroll_3": 0, "utility_autopay": 1}, True),
        ({"payroll_3": 2}, True),
        ({"payroll_3": 0, "utility_autopay": 0}, False),
        ({"payroll_3": 0}, None),
        ({}, None),
    ],
)
def test_one_way_is_enough_and_none_is_done_while_another_might_have_been_taken(
    values: dict[str, Any], done: bool | None
) -> None:
    assert of(**values)["settle"].done is done


def test_what_shows_a_task_done_is_named() -> None:
    assert of(wecom=1)["thanks"].done_by == "figures"
    assert of(since="2026-10-01", talks_90=1, days_since_talk=0)["review30"].done_by == "contact"
    assert of(wecom=0)["thanks"].done_by == of()["qualify"].done_by == ""


@pytest.mark.parametrize(
    ("day", "begins", "due"),
    [
        ("2026-06-01", "2026-06-01", "2026-08-28"),  # day 90 is a Sunday
        ("2026-08-29", "2026-06-01", "2026-08-31"),  # no workday is left within it
        ("2026-08-30", "2026-08-30", "2026-11-27"),  # the second turn; its 90th day is a Saturday
    ],
)
def test_a_review_comes_again_each_quarter(day: str, begins: str, due: str) -> None:
    review = of("J3", "steady", "2026-06-01", day=day, tower="top")["quarter"]
    assert (review.begins, review.due) == (begins, due)


def test_each_tower_is_reviewed_and_talked_to_at_its_own_pace() -> None:
    asked = {tower: set(of("J3", "steady", tower=tower)) for tower in ("base", "waist", "top", None)}
    assert asked["top"] == {"quarter", "annual", "touch_top", "referral"}
    assert asked["waist"] == {"half_year", "touch_waist", "referral"}
    assert asked["base"] == {"touch_base", "referral"}
    assert asked[None] == {"referral"}


@pytest.mark.parametrize(("ahead", "due"), [(3, "2026-11-06"), (0, "2026-11-05"), (31, None), (None, None)])
def test_a_birthday_is_remembered_on_the_workday_before(ahead: int | None, due: str | None) -> None:
    found = of("J3", "steady", birthday_in=ahead)
    assert (found["birthday"].due if "birthday" in found else None) == due


@pytest.mark.parametrize("ground", ["complaint", "opted_out", "minor", "tired"])
def test_what_sells_rests_while_nothing_may_be_sold_and_service_goes_on(ground: str) -> None:
    found = of(barred=ground)
    assert (found["hook"].paused, found["hook"].due, found["hook"].is_open) == (ground, None, False)
    assert (found["safety"].paused, found["safety"].is_open) == ("", True)
    assert of("J4", "light", light="red", barred=ground)["call_red"].is_open
    assert not of("J4", "light", light="red", barred=ground)["offer"].is_open


@pytest.mark.parametrize("free", ["none", None])
def test_who_is_not_known_to_refuse_is_asked(free: str | None) -> None:
    assert of(barred=free)["hook"].is_open


def test_what_is_done_does_not_rest() -> None:
    assert (of(barred="complaint", families=2)["hook"].paused, of(families=2)["hook"].done) == ("", True)


@pytest.mark.parametrize(
    ("talks", "ago", "due"),
    [
        (1, 2, ("2026-11-10", "2026-12-03")),
        (1, 5, ("2026-11-06", "2026-11-30")),  # on the first day of the stage
        (1, 6, (None, None)),  # before the light
        (0, 2, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_rechecks_of_a_light_are_counted_from_the_call_and_have_no_day_before_it(
    talks: int | None, ago: int | None, due: tuple[str | None, str | None]
) -> None:
    found = of("J4", "light", "2026-10-31", light="red", talks_90=talks, days_since_talk=ago)
    assert (found["recheck7"].due, found["recheck30"].due) == due


@pytest.mark.parametrize(("ago", "done"), [(30, True), (31, None)])
def test_where_the_call_is_to_be_made_anew_its_rechecks_wait(ago: int, done: bool | None) -> None:
    found = of("J4", "light", "2026-08-31", light="red", talks_90=1, days_since_talk=ago)
    assert (found["call_red"].done is True) is (done is True)
    assert (found["recheck7"].due is None) is (done is None)


def test_the_call_has_the_day_of_the_light_and_without_a_light_a_week() -> None:
    facts = JourneyFacts(Values({"light": "orange"}), DAY, shipped(), False, call_by="2026-11-06")
    assert {one.code: one.due for one in tasks("J4", "light", "2026-10-31", facts)}[
        "call_orange"
    ] == "2026-11-06"
    assert of("J4", "light", "2026-10-31", light="none")["call"].due == "2026-11-12"


def test_nothing_is_asked_before_the_list_that_showed_the_stage() -> None:
    """Who opened his account with the money stands in J2 from the opening; the benefits are told a week after the list."""
    facts = JourneyFacts(Values({}), DAY, shipped(), False, shown_on="2026-10-31")
    due = {one.code: one.due for one in tasks("J2", "opened_met", "2026-08-01", facts)}
    assert due["benefits"] == "2026-11-06"
    newcomer = {one.code: one.due for one in tasks("J1", "opened", "2026-10-30", facts)}
    assert newcomer["thanks"] == "2026-10-30"


def test_the_second_and_the_third_product_are_counted_as_the_waves_and_the_exit_count_them() -> None:
    by_code = {(task.stage, task.code): task for task in card_tasks()}
    rules = Rules.load()
    first, three = rules.whole("honeymoon.products"), rules.whole("journey.products")
    second, third = by_code["J1", "second"], by_code["J2", "third"]
    assert by_code["J1", "hook"].done == ({"families": first},)
    assert (second.name, second.done) == ("在活期之外配上第二样产品", ({"families": first + 1},))
    assert (third.name, third.done) == ("配齐三类产品(含活期)", ({"families": three},))
