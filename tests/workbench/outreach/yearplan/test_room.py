"""The touch plan of a year: what is stored, how it follows the manager, and what a later planning leaves as it was."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from db.tables import customers
from db.tables import touches as log
from db.year import contact_intervals, planned_touches, year_runs
from tests.laws import law
from tests.workbench.outreach.yearplan.conftest import TODAY, YEAR
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.yearplan.gathering import WeekShare
from workbench.outreach.yearplan.plan import PlannedTouch


def days(workbench: Workbench) -> dict[tuple[int, str, str], str | None]:
    """Touch -> its day."""
    touches = workbench.outreach.year_plans.touches(YEAR)
    return {(one.customer_id, one.reason, one.occurrence): one.day for one in touches}


def sums_hold(workbench: Workbench) -> None:
    """What is stored by day is the sum of the touches that stand there."""
    plans = workbench.outreach.year_plans
    touches, plan = plans.touches(YEAR), plans.standing(YEAR)
    assert plan is not None
    load: Counter[str] = Counter()
    for one in touches:
        if one.day:
            load[one.day] += round(one.minutes * 60)
    assert {one.date: round(one.load * 60) for one in plan.days if one.load} == dict(load)
    assert {one.date: sum(one.touches.values()) for one in plan.days if one.touches} == dict(
        Counter(one.day for one in touches if one.day)
    )
    assert plan.touches == len(touches)
    unmade = Counter(one.state for one in touches if one.day is None)
    assert plan.suppressed == unmade


def one_of(workbench: Workbench, reason: str, **more: object) -> PlannedTouch:
    """A touch with a day."""
    touches = workbench.outreach.year_plans.touches(YEAR)
    return next(
        one
        for one in touches
        if one.reason == reason and one.day and all(getattr(one, k) == v for k, v in more.items())
    )


# -- what is stored ------------------------------------------------------------------------------------------------


def test_a_plan_fills_workdays_within_their_capacity_and_tells_its_sums(planned: Workbench) -> None:
    plan = planned.outreach.year_plans.of(YEAR)
    assert (plan.year, plan.as_of, plan.planned_from) == (YEAR, "2026-10-31", "2027-01-04")
    assert plan.touches > 100
    assert all(one.load <= one.capacity + 1e-6 for one in plan.days)
    assert {one.date for one in plan.days if one.load} <= {one.date for one in plan.days if one.capacity}
    sums_hold(planned)


def test_every_touch_that_is_not_made_says_why(planned: Workbench) -> None:
    touches = planned.outreach.year_plans.touches(YEAR)
    assert [one for one in touches if one.day is None and not one.why] == []
    assert all(one.as_json()["suppressed"] == one.why for one in touches if one.day is None)
    assert all(one.as_json()["suppressed"] is None for one in touches if one.day)


def test_only_the_next_call_by_the_interval_names_the_last_talk(
    planned: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(whose: int) -> list[str]:
        """The words of his calls by the interval."""
        touches = planned.outreach.year_plans.touches(YEAR, customers=[whose])
        return [one.words for one in touches if one.reason == "cadence" and one.day]

    whose = one_of(planned, "cadence", tier="L6").customer_id
    often = "钻石客户30天内要联系一次"
    assert set(told(whose)) == {often}  # a year ahead: there will have been other talks
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-01-04")
    assert told(whose)[0] == f"{often};账本里没有上次通话,先联系一次"
    assert set(told(whose)[1:]) == {often}
    with planned.book.write("touch", "log") as writer:
        talk = {"customer_id": whose, "date": "2026-10-12", "channel": "phone", "result": "reached"}
        writer.insert(log, [{**talk, "initiated_by": "manager"}])
    assert told(whose)[0] == f"{often},上次有效联系是2026-10-12"
    assert set(told(whose)[1:]) == {often}


def test_the_same_book_gives_the_same_plan(planned: Workbench) -> None:
    before = days(planned)
    with planned.book.derive() as conn:
        for table in (planned_touches, year_runs):
            conn.execute(delete(table))
    planned.outreach.year_plans.of(YEAR)
    assert days(planned) == before


def test_a_plan_that_stands_is_read_and_not_made_again(planned: Workbench) -> None:
    plans = planned.outreach.year_plans
    first, made = plans.of(YEAR), plans.standing(YEAR)
    with planned.book.derive() as conn:  # it would be noticed
        conn.execute(update(year_runs).values(made="2026-11-02 00:00:00"))
    assert plans.of(YEAR).made == "2026-11-02 00:00:00"
    assert first == made
    assert plans.standing(2031) is None


def test_a_year_that_is_over_and_a_book_without_customers_have_no_plan(
    planned: Workbench, workbench: Workbench
) -> None:
    assert planned.outreach.year_plans.of(2025).notes == ("2025 年已经过去,没有触点计划。",)
    empty = workbench.outreach.year_plans.of(YEAR)
    assert (empty.touches, empty.notes) == (0, ("账本里还没有客户清单,排不出触点计划。",))


def test_touches_are_read_by_span_customer_and_state(planned: Workbench) -> None:
    plans = planned.outreach.year_plans
    march = plans.touches(YEAR, "2027-03-01", "2027-03-31")
    assert march
    assert all("2027-03-01" <= (one.day or one.wanted) <= "2027-03-31" for one in march)
    assert [one.day or one.wanted for one in march] == sorted(one.day or one.wanted for one in march)
    his = march[0].customer_id
    assert {one.customer_id for one in plans.touches(YEAR, customers=[his])} == {his}
    assert {one.state for one in plans.touches(YEAR, state="merged")} <= {"merged"}


# -- the manager's choices -----------------------------------------------------------------------------------------


def test_a_move_shows_at_once_and_undo_brings_the_day_back(planned: Workbench) -> None:
    plans, before = planned.outreach.year_plans, days(planned)
    touch = one_of(planned, "birthday")
    change = plans.move(touch.id, "2027-08-11", "出差回来")
    moved = next(one for one in plans.touches(YEAR) if one.id == touch.id)
    assert (moved.day, moved.chosen, moved.moved_from) == ("2027-08-11", True, touch.day)
    sums_hold(planned)
    assert change.undo_id is not None
    planned.undo(change.undo_id)
    assert days(planned) == before
    sums_hold(planned)
    planned._reverse(change.undo_id, forward=True)
    assert days(planned)[touch.customer_id, touch.reason, touch.occurrence] == "2027-08-11"
    plans.take_back(touch.id)
    assert days(planned) == before
    assert not next(one for one in plans.touches(YEAR) if one.id == touch.id).chosen


def test_a_touch_left_out_says_so_and_comes_back_as_it_was(planned: Workbench) -> None:
    plans, before = planned.outreach.year_plans, days(planned)
    touch = one_of(planned, "cadence")
    plans.leave_out(touch.id)
    out = next(one for one in plans.touches(YEAR) if one.id == touch.id)
    assert (out.day, out.state, out.why) == (None, "left_out", "客户经理选择不做")
    sums_hold(planned)
    plans.take_back(touch.id)
    assert days(planned) == before


def test_a_touch_that_was_not_made_may_be_put_on_a_day_and_goes_back_to_its_ground(
    planned: Workbench,
) -> None:
    plans = planned.outreach.year_plans
    touch = next(one for one in plans.touches(YEAR) if one.day is None)
    plans.move(touch.id, "2027-09-15")
    assert next(one for one in plans.touches(YEAR) if one.id == touch.id).day == "2027-09-15"
    plans.take_back(touch.id)
    back = next(one for one in plans.touches(YEAR) if one.id == touch.id)
    assert (back.day, back.state, back.why) == (None, touch.state, touch.why)
    sums_hold(planned)


@pytest.mark.parametrize(
    ("day", "code"),
    [("2027-13-01", "bad_date"), ("2026-12-01", "other_year"), ("2028-01-03", "other_year")],
)
def test_a_move_is_refused_where_there_is_no_such_day_in_the_year(
    planned: Workbench, day: str, code: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        planned.outreach.year_plans.move(one_of(planned, "birthday").id, day)
    assert refused.value.code == code


def test_a_move_into_the_past_is_refused(planned: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-03-10")
    with pytest.raises(WorkbenchError) as refused:
        planned.outreach.year_plans.move(one_of(planned, "birthday").id, "2027-03-09")
    assert (refused.value.code, refused.value.message) == ("past_date", "2027-03-09 已经过去了。")


# -- later plannings -----------------------------------------------------------------------------------------------


def test_replanning_keeps_what_was_chosen_and_everybody_elses_days(planned: Workbench) -> None:
    plans = planned.outreach.year_plans
    chosen, other = one_of(planned, "birthday"), one_of(planned, "cadence")
    plans.move(chosen.id, "2027-08-11")
    plans.leave_out(other.id)
    before = days(planned)
    person = next(one.customer_id for one in plans.touches(YEAR) if one.customer_id != chosen.customer_id)
    with planned.book.write("import", "another birthday") as writer:
        writer.update(customers, person, {"birth_date": "1971-12-06"})
    plans.of(YEAR)
    after = days(planned)
    assert after[chosen.customer_id, chosen.reason, chosen.occurrence] == "2027-08-11"
    assert after[other.customer_id, other.reason, other.occurrence] is None
    assert {key for key in before.keys() & after.keys() if before[key] != after[key]} <= {
        key for key in before if key[0] == person
    }
    assert (person, "birthday", "2027-12-06") in after
    sums_hold(planned)


def test_replanning_moves_only_whom_the_write_concerns_and_lists_what_it_moved(planned: Workbench) -> None:
    plans, before = planned.outreach.year_plans, days(planned)
    person, notes = one_of(planned, "cadence", tier="L6").customer_id, plans.of(YEAR).notes
    with planned.book.write("interval", "own") as writer:
        row = {"customer_id": person, "days": 20, "made": TODAY}
        writer.insert(contact_intervals, [row])
    plan = plans.of(YEAR)
    assert plan.notes == notes != ()
    after = days(planned)
    moved = {key for key in before.keys() & after.keys() if before[key] and before[key] != after[key]}
    assert {key[0] for key in moved} <= {person}
    listed = plans.moved(YEAR)
    assert plan.moved == len(listed)
    assert {(one.customer_id, one.reason, one.occurrence) for one in listed} == {
        key for key in moved if after[key]
    }
    assert all(one.moved_from == before[one.customer_id, one.reason, one.occurrence] for one in listed)
    assert len([key for key in after if key[:2] == (person, "cadence")]) > len(
        [key for key in before if key[:2] == (person, "cadence")]
    )
    sums_hold(planned)


def test_a_later_planning_leaves_past_days_and_moves_what_was_not_done(
    planned: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, before = planned.outreach.year_plans, days(planned)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-03-10")
    plan = plans.of(YEAR)
    assert plan.planned_from == "2027-03-10"
    after = {(one.customer_id, one.reason, one.occurrence): one for one in plans.touches(YEAR)}
    for key, day in before.items():
        if day and day < "2027-03-10":
            one = after[key]
            assert one.day == day or (one.day is None and one.last >= "2027-03-10") or one.moved_from == day
    later = {key for key, day in before.items() if day and day >= "2027-03-10"}
    assert len([key for key in later if key in after and after[key].day == before[key]]) > len(later) / 2
    sums_hold(planned)


def test_who_was_reached_in_the_week_of_his_touch_has_it_done(
    planned: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = planned.outreach.year_plans
    touch = one_of(planned, "birthday")
    assert touch.day is not None
    monkeypatch.setenv("WORKBENCH_TODAY", touch.day)
    plans.of(YEAR)
    planned.outreach.log_touch(touch.customer_no, channel="call", result="reached", date=touch.day)
    plans.of(YEAR)
    done = next(one for one in plans.touches(YEAR) if one.id == touch.id)
    assert (done.done, done.day, done.state) == (True, touch.day, "planned")
    with pytest.raises(WorkbenchError) as refused:
        plans.move(touch.id, f"{YEAR}-12-30")
    assert refused.value.code == "touch_done"
    sums_hold(planned)


def test_days_that_became_shorter_are_not_overfull(planned: Workbench) -> None:
    planned.set("calls", 2)
    planned.set("visits", 2)
    plan = planned.outreach.year_plans.of(YEAR)
    assert all(one.load <= one.capacity + 1e-6 for one in plan.days)
    assert plan.not_fitting
    sums_hold(planned)


def test_days_that_became_longer_again_take_what_had_no_room(planned: Workbench) -> None:
    before = planned.outreach.year_plans.of(YEAR)
    shorter = [planned.set("calls", 2), planned.set("visits", 2)]
    assert planned.outreach.year_plans.of(YEAR).suppressed["no_room"]
    for change in reversed(shorter):
        assert change.undo_id is not None
        planned.undo(change.undo_id)
    plan = planned.outreach.year_plans.of(YEAR)
    assert plan.suppressed.get("no_room", 0) <= before.suppressed.get("no_room", 0)
    assert plan.not_fitting == before.not_fitting
    sums_hold(planned)


def test_touches_go_and_come_with_a_merged_customer_and_the_others_stay(planned: Workbench) -> None:
    before = days(planned)
    theirs = {
        one.customer_id
        for one in planned.outreach.year_plans.touches(YEAR)
        if one.customer_no in ("K00", "K05")
    }
    planned.intake.merge("K00", "K05", "同一人")
    assert {one.customer_no for one in planned.outreach.year_plans.touches(YEAR)} == {
        f"K{number:02d}" for number in range(20) if number != 5
    }
    planned.outreach.year_plans.of(YEAR)
    sums_hold(planned)
    planned.intake.unmerge("K05")
    assert planned.outreach.year_plans.standing(YEAR) is not None
    planned.outreach.year_plans.of(YEAR)
    sums_hold(planned)
    after = days(planned)
    assert {touch for touch in after if touch[0] in theirs} == {
        touch for touch in before if touch[0] in theirs
    }
    assert all(after[touch] == day for touch, day in before.items() if touch[0] not in theirs)


# -- laws ----------------------------------------------------------------------------------------------------------

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(("move", "leave_out", "take_back", "undo", "redo", "import")),
        st.integers(0, 10_000),
        st.integers(1, 300),
    ),
    min_size=3,
    max_size=6,
)


@given(steps=_STEPS)
@law(examples=60, few=2)
def test_the_stored_plan_is_always_the_sum_of_the_plan_and_the_choices_in_force(
    planned_book: object, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever is chosen, taken back, undone and planned again in between, in any order."""
    import shutil

    from tests.books import PASSPHRASE

    path = tmp_path_factory.mktemp("law") / "a.book"
    shutil.copyfile(str(planned_book), path)
    with pytest.MonkeyPatch.context() as patch, Workbench.open(path, PASSPHRASE) as workbench:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        _taken(workbench, steps)


def _taken(workbench: Workbench, steps: list[tuple[str, int, int]]) -> None:
    plans = workbench.outreach.year_plans
    done: list[int] = []
    undone: list[int] = []
    for kind, place, number in steps:
        touches = plans.touches(YEAR)
        touch = touches[place % len(touches)]
        if kind == "move":
            change = plans.move(touch.id, (dt.date(YEAR, 1, 4) + dt.timedelta(number)).isoformat())
            done += [change.undo_id] if change.undo_id else []
        elif kind == "leave_out":
            change = plans.leave_out(touch.id)
            done += [change.undo_id] if change.undo_id else []
        elif kind == "take_back":
            chosen = [one for one in touches if one.chosen]
            if chosen:
                change = plans.take_back(chosen[place % len(chosen)].id)
                done += [change.undo_id] if change.undo_id else []
        elif kind == "import":
            day = f"19{50 + number % 40}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            with workbench.book.write("import", "birthday") as writer:
                writer.update(customers, touch.customer_id, {"birth_date": day})
            plans.of(YEAR)
        elif kind == "undo" and done:
            undone.append(done.pop(place % len(done)))
            workbench.book.reverse(undone[-1], keep_later=True)
        elif kind == "redo" and undone:
            done.append(undone.pop(place % len(undone)))
            workbench.book.reverse(done[-1], forward=True, keep_later=True)
        _as_chosen(workbench)
        sums_hold(workbench)


def _as_chosen(workbench: Workbench) -> None:
    from db.year import touch_choices

    with workbench.book.read() as conn:
        chosen = {
            (row.customer_id, row.reason, row.occurrence): row.day
            for row in conn.execute(select(touch_choices))
        }
    stands = days(workbench)
    assert {key: stands[key] for key in chosen if key in stands} == {
        key: day for key, day in chosen.items() if key in stands
    }


def test_who_is_not_on_the_weeks_list_makes_way_for_it(
    planned: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list takes its share of a day: who stands on it stays there, the lowest of the others find another day."""
    plans = planned.outreach.year_plans
    days = [one for one in plans.of(YEAR).days if sum(one.touches.values()) > 2]
    day = max(days, key=lambda one: one.load)
    there = [one for one in plans.touches(YEAR, day.date, day.date, state="planned") if not one.chosen]
    listed = there[0]
    number = dt.date.fromisoformat(day.date).toordinal()
    share = WeekShare(
        {number: round((day.capacity - listed.minutes) * 60)}, frozenset({listed.customer_id}), "a"
    )
    monkeypatch.setattr(plans, "_share", lambda _year: share)
    monkeypatch.setattr(plans._maker, "_share", lambda _year: share)
    again = next(one for one in plans.of(YEAR).days if one.date == day.date)
    assert again.capacity == day.capacity
    assert again.load <= listed.minutes
    assert listed.id in {one.id for one in plans.touches(YEAR, day.date, day.date, state="planned")}
    assert 0 < plans.of(YEAR).moved < len(there)
