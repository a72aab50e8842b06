"""The year joined from its dates, the stored plan and the week's list (issue 16)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import pytest

from db.year import planned_touches
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.planned import put_plan
from workbench.base.change import Progress, silent
from workbench.outreach.agenda.agenda import AgendaDay, AgendaFilter
from workbench.outreach.agenda.room import Agenda
from workbench.outreach.dates.room import Dates
from workbench.outreach.reason import WeekPerson
from workbench.outreach.week.entry import WeekEntry, WeekList
from workbench.outreach.yearplan.plan import DaySum, PlannedTouch, YearPlan
from workbench.rules.parameters import Rules

RULES = Rules.load()
EVERYTHING = AgendaFilter()


@dataclass
class ToldPlans:
    """Stands in for the touch plans: answers with the sums and touches that it was given."""

    sums: tuple[DaySum, ...] = ()
    listed: tuple[PlannedTouch, ...] = ()

    def of(self, year: int, progress: Progress = silent) -> YearPlan:
        return YearPlan(year, "2026-10-31", "2026-11-16", "", self.sums, 0, {}, ())

    def standing(self, year: int) -> YearPlan | None:
        return self.of(year) if self.sums else None

    def touches(
        self,
        year: int,
        first: str | None = None,
        last: str | None = None,
        customers: Collection[int] | None = None,
        state: str | None = None,
    ) -> tuple[PlannedTouch, ...]:
        return tuple(one for one in self.listed if state in (None, one.state))


@dataclass
class Joined:
    """A small book and its agenda, from parts that a test sets."""

    small: SmallBook
    plans: ToldPlans = field(default_factory=ToldPlans)
    week: WeekList | None = None

    @property
    def agenda(self) -> Agenda:
        book, engine = self.small.book, self.small.insight.engine
        return Agenda(book, RULES, {}, engine, Dates(book, RULES), self.plans, lambda: self.week)

    def day(self, date: str, wanted: AgendaFilter = EVERYTHING) -> AgendaDay:
        year = self.agenda.year(int(date[:4]), wanted)
        return next(one for one in year.days if one.date == date)


@pytest.fixture
def joined(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Joined:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    return Joined(small)


def test_an_empty_book_has_all_its_days_with_what_they_are(joined: Joined) -> None:
    year = joined.agenda.year(2026)
    assert [one.date for one in year.days] == [
        (dt.date(2026, 1, 1) + dt.timedelta(days=n)).isoformat() for n in range(365)
    ]
    by_day = {one.date: one for one in year.days}
    # golden: the make-up Saturday carries load, the day off none
    assert (by_day["2026-10-10"].workday, by_day["2026-10-02"].workday) == (True, False)
    assert by_day["2026-10-10"].capacity == by_day["2026-10-09"].capacity > 0
    assert (by_day["2026-10-02"].capacity, by_day["2026-10-02"].off) == (0, "国庆节")
    assert by_day["2026-02-17"].lunar == "正月"
    assert "春节" in [one.name for one in by_day["2026-02-17"].events]
    assert year.official
    later = joined.agenda.year(2034)
    assert not later.official
    assert any("未官宣" in note for note in later.notes)
    assert next(one for one in later.days if one.date == "2034-10-02").off == "国庆节"


def test_the_load_is_that_of_plan_and_list_and_a_filter_asks_for_its_part_of_both(joined: Joined) -> None:
    small = joined.small
    for no in ("1", "2"):
        small.flat(no)
    one, two = small.ids["1"], small.ids["2"]
    put_plan(
        small.book, 2026,
        [
            {"customer_id": one, "day": "2026-11-18"},
            {"customer_id": two, "day": "2026-11-18", "reason": "payday", "channel": "wecom", "seconds": 180},
        ],
    )  # fmt: skip
    joined.plans = ToldPlans((DaySum("2026-11-18", 11, 180, {"cadence": 1, "payday": 1}),))
    person = WeekPerson(one, "1", "客户1", None)
    joined.week = WeekList("2026-W47", None, True, (WeekEntry(1, person, (), "2026-11-19"),), ())
    # the call of the plan is made on the day of the list
    assert [joined.day(f"2026-11-{day}").load for day in (18, 19)] == [3, 8]
    day = joined.day("2026-11-18", AgendaFilter(channels=("wecom",)))
    assert (day.load, day.capacity, day.touches) == (3, 180, {"payday": 1})
    assert joined.day("2026-11-19", AgendaFilter(channels=("wecom",))).load == 0
    # a filter of reasons asks for the plan alone
    assert [joined.day(f"2026-11-{day}", AgendaFilter(reasons=("cadence",))).load for day in (18, 19)] == [
        8,
        0,
    ]


def test_a_filter_of_towers_or_segments_counts_whom_the_tags_know_to_be_of_them(joined: Joined) -> None:
    small = joined.small
    small.flat("1", 20_000_000)
    small.flat("2", 3_000)
    small.customer("3", occupation="企业主")
    small.flat("3", 3_000)
    put_plan(small.book, 2026, [{"customer_id": id_, "day": "2026-11-18"} for id_ in small.ids.values()])
    towers = AgendaFilter(towers=("top",))
    # nobody while nothing is computed, and a note says so
    assert joined.day("2026-11-18", towers).load == 0
    assert any("塔层" in note for note in joined.agenda.year(2026, towers).notes)
    small.insight.engine.ensure()
    assert joined.day("2026-11-18", towers).touches == {"cadence": 1}
    assert joined.day("2026-11-18", AgendaFilter(segments=("owner",))).touches == {"cadence": 1}
    assert joined.day("2026-11-18", AgendaFilter(towers=("top",), segments=("owner",))).touches == {}
    assert joined.day("2026-11-18", AgendaFilter(segments=("nobody",))).touches == {}


def test_a_touch_is_done_when_its_customer_was_reached_in_its_week(joined: Joined) -> None:
    small = joined.small
    for no in ("1", "2", "3"):
        small.flat(no)
    days = {"1": "2026-11-18", "2": "2026-11-18", "3": "2026-11-27"}
    put_plan(small.book, 2026, [{"customer_id": small.ids[no], "day": day} for no, day in days.items()])
    small.touch("1", -16)
    small.touch("2", -16, "no_answer")
    small.touch("3", -16)
    assert [joined.day(day).done for day in ("2026-11-18", "2026-11-27")] == [1, 0]
    assert joined.day("2026-11-18", AgendaFilter(reasons=("payday",))).done == 0
    with small.book.read() as conn:
        rows = conn.execute(planned_touches.select().order_by(planned_touches.c.id)).all()
    joined.plans = ToldPlans(
        listed=tuple(
            PlannedTouch(
                row.id, row.customer_id, "", "", None, row.reason, "", row.occurrence, row.kind, row.channel, 4, 8, row.first,
                row.last, row.wanted, row.day, row.state,
            )
            for row in rows
        )
    )  # fmt: skip
    touches = joined.agenda.touches("2026-11-16", "2026-11-29")
    assert [(one.customer_id, one.done) for one in touches] == [
        (small.ids[no], no == "1") for no in ("1", "2", "3")
    ]
    assert joined.agenda.touches("2026-11-16", "2026-11-29", AgendaFilter(channels=("visit",))) == ()
    joined.plans.listed = (
        *joined.plans.listed,
        replace(joined.plans.listed[0], id=99, day=None, state="no_room"),
    )
    assert len(joined.agenda.touches("2026-11-16", "2026-11-29")) == 4
    assert joined.agenda.touches("2026-11-16", "2026-11-29", made=True) == touches


def test_a_year_is_joined_by_the_plan_that_is_stored_without_planning(joined: Joined) -> None:
    assert joined.agenda.standing(2026) is None
    joined.plans.sums = (DaySum("2026-11-17", 60, 240, {"birthday": 1}),)
    stored = joined.agenda.standing(2026)
    assert stored == joined.agenda.year(2026)
