"""`Agenda`: the year of contact joined: dates, touch plan and the week's list, for page, sheets, files and JSON."""

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection, Select

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.dates import today, week_days, week_of
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.base.workdays import Workdays, workdays_of
from workbench.insight.measures.freshness import freshness
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers, last_run
from workbench.outreach.agenda.agenda import AgendaDay, AgendaFilter, AgendaYear
from workbench.outreach.agenda.days_off import names_of_days_off
from workbench.outreach.agenda.joining import channel_of, more_minutes
from workbench.outreach.agenda.sums import (
    DaySums,
    done_by_day,
    minutes_of,
    people_of,
    reached_weeks,
    sums_by_day,
    week_of_day,
)
from workbench.outreach.cadence.capacity import channel_seconds, workday_seconds
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.drafts import drafted
from workbench.outreach.week.entry import WeekList
from workbench.outreach.yearplan.gathering import WeekShare
from workbench.outreach.yearplan.plan import PlannedTouch, YearPlan
from workbench.rules.parameters import Rules

_DAY = dt.timedelta(days=1)
_EVERYTHING = AgendaFilter()
#: states of a touch that has a day
_MADE = ("planned", "late")


class YearDates(Protocol):
    """The dates of a year."""

    def of(self, year: int) -> tuple[YearDay, ...]:
        """Its events."""

    def lunar_words(self, date: dt.date) -> str:
        """The lunar day in words."""


class YearTouches(Protocol):
    """The touch plans of years."""

    def of(self, year: int, progress: Progress = silent) -> YearPlan:
        """The plan of a year, brought up to date."""

    def standing(self, year: int) -> YearPlan | None:
        """The plan of a year as it is stored; None where there is none."""

    def touches(
        self,
        year: int,
        first: str | None = None,
        last: str | None = None,
        customers: Collection[int] | None = None,
        state: str | None = None,
    ) -> tuple[PlannedTouch, ...]:
        """The touches of a span, of some customers, in one state."""


class Agenda:
    """Joins a year. `week`: the list of the week to plan now where one stands, never drafted for this; `own`: events of a year
    beside its dates."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        settings: BookSettings,
        engine: Engine,
        dates: YearDates,
        plans: YearTouches,
        week: Callable[[], WeekList | None],
        own: Callable[[int], Sequence[YearDay]] = lambda _year: (),
    ) -> None:
        self._book, self._rules, self._settings, self._engine = book, rules, settings, engine
        self._dates, self._plans, self._week, self._own = dates, plans, week, own

    def year(self, year: int, wanted: AgendaFilter = _EVERYTHING, progress: Progress = silent) -> AgendaYear:
        """All days of a year with their events and loads; a filter narrows loads and touches, not days and events. The plan is
        made or brought up to date first. Raises WorkbenchError year_out_of_range."""
        return self._joined(self._plans.of(year, progress), wanted)

    def standing(self, year: int, wanted: AgendaFilter = _EVERYTHING) -> AgendaYear | None:
        """A year by the plan that is stored, without planning; None where there is none. Raises as `year`."""
        plan = self._plans.standing(year)
        return None if plan is None else self._joined(plan, wanted)

    def _joined(self, plan: YearPlan, wanted: AgendaFilter) -> AgendaYear:
        year, listed = plan.year, self._week()
        events = self._events(year)
        with in_words(), self._book.read() as conn:
            layers = self._layers(conn)
            people = people_of(wanted, layers)
            workdays = workdays_of(conn)
            sums = self._sums(conn, plan, wanted, people)
            more = self._listed(conn, listed, wanted, people)
            done = done_by_day(conn, year, wanted, people, _sunday(), self._rules)
        lacking = (_("还没有算出塔层和客群,筛选不出客户。"),) if people is not None and layers is None else ()
        aged = filter(None, (freshness(plan.as_of, self._rules).sentence,))
        return AgendaYear(
            year, workdays.announced(year), self._days(year, workdays, plan, events, sums, more, done), plan,
            (*aged, *filter(None, (workdays.notice(year),)), *lacking, *plan.notes),
        )  # fmt: skip

    def touches(
        self, first: str, last: str, wanted: AgendaFilter = _EVERYTHING, *, made: bool = False
    ) -> tuple[PlannedTouch, ...]:
        """The touches of the plans that stand within a span of days (ISO, both included), by their day, those that are not made
        by the best one, `made` leaves them out; `done` where the customer was reached in that week, `drafted` where words
        for it were copied."""
        years = range(int(first[:4]), int(last[:4]) + 1)
        states = _MADE if made else (None,)
        listed = [
            one
            for year in years
            for state in states
            for one in self._plans.touches(year, first, last, state=state)
        ]
        with in_words(), self._book.read() as conn:
            people = people_of(wanted, self._layers(conn))
            whose = None if people is None else frozenset(conn.execute(people).scalars())
            monday = week_days(week_of_day(first))[0].isoformat()
            sunday = week_days(week_of_day(last))[-1].isoformat()
            reached = reached_weeks(conn, monday, sunday, self._rules)
            copied = drafted(conn, {one.customer_id for one in listed})
        return tuple(
            _marked(one, reached, copied)
            for one in listed
            if (not wanted.reasons or one.reason in wanted.reasons)
            and (not wanted.channels or one.channel in wanted.channels)
            and (whose is None or one.customer_id in whose)
        )

    def share(self, year: int) -> WeekShare:
        """What the list of the week that stands takes of its days in a year beside the touch plan, from today on."""
        listed = self._week()
        if listed is None or all(day.year != year for day in week_days(listed.week)):
            return WeekShare()
        with in_words(), self._book.read() as conn:
            more = self._listed(conn, listed, _EVERYTHING, None)
        seconds = {
            dt.date.fromisoformat(day).toordinal(): round(minutes * 60)
            for day, minutes in more.items()
            if minutes > 0 and day >= today().isoformat()
        }
        people = sorted((one.person.customer_id, one.day, channel_of(one)) for one in listed.entries)
        mark = hashlib.sha256(repr((listed.week, people)).encode()).hexdigest()[:12]
        return WeekShare(seconds, frozenset(customer for customer, _day, _channel in people), mark)

    # -- parts ---------------------------------------------------------------------------------------------

    def _events(self, year: int) -> dict[str, list[YearDay]]:
        """Day (ISO) -> the events that it has, those of the day before those that last, which are on each of their days."""
        by_day: dict[str, list[YearDay]] = {}
        first, last = _span(year)
        happening = (*self._dates.of(year), *self._own(year))
        for one in sorted(happening, key=lambda event: event.last > event.date):
            day, end = dt.date.fromisoformat(max(one.date, first)), min(one.last, last)
            while day.isoformat() <= end:
                by_day.setdefault(day.isoformat(), []).append(one)
                day += _DAY
        return by_day

    def _layers(self, conn: Connection) -> Layers | None:
        return self._engine.layers(conn) if last_run(conn) is not None else None

    def _sums(
        self, conn: Connection, plan: YearPlan, wanted: AgendaFilter, people: Select[int] | None
    ) -> DaySums:
        """The sums that stand with the plan; where only some touches are wanted, those of them."""
        if wanted == _EVERYTHING:
            return DaySums(
                {one.date: one.load for one in plan.days}, {one.date: one.touches for one in plan.days}
            )
        return sums_by_day(conn, plan.year, wanted, people)

    def _listed(
        self,
        conn: Connection,
        listed: WeekList | None,
        wanted: AgendaFilter,
        people: Select[int] | None,
    ) -> Mapping[str, float]:
        """Day (ISO) -> minutes that the list of the week adds. A filter of reasons asks for touches of the plan alone."""
        if listed is None or wanted.reasons:
            return {}
        entries = [one for one in listed.entries if not wanted.channels or channel_of(one) in wanted.channels]
        if people is not None:
            theirs = frozenset(conn.execute(people).scalars())
            entries = [one for one in entries if one.person.customer_id in theirs]
        days = week_days(listed.week)
        whose = [one.person.customer_id for one in entries]
        planned = minutes_of(conn, whose, days[0].isoformat(), days[-1].isoformat(), wanted)
        return more_minutes(entries, planned, channel_seconds(self._rules))

    def _days(
        self,
        year: int,
        workdays: Workdays,
        plan: YearPlan,
        events: Mapping[str, Sequence[YearDay]],
        sums: DaySums,
        more: Mapping[str, float],
        done: Mapping[str, int],
    ) -> tuple[AgendaDay, ...]:
        capacities = {one.date: one.capacity for one in plan.days}
        usual = workday_seconds(self._settings, self._rules) / 60
        names = names_of_days_off(workdays, year)
        days: list[AgendaDay] = []
        for number in range((dt.date(year, 12, 31) - dt.date(year, 1, 1)).days + 1):
            day = dt.date(year, 1, 1) + number * _DAY
            iso, worked = day.isoformat(), workdays.is_workday(day)
            load = sums.minutes.get(iso, 0.0) + more.get(iso, 0.0)
            days.append(
                AgendaDay(
                    iso,
                    week_of(day),
                    self._dates.lunar_words(day),
                    worked,
                    "" if worked else names.get(day, ""),
                    tuple(events.get(iso, ())),
                    round(max(load, 0.0), 2),
                    capacities.get(iso, usual if worked else 0.0),
                    sums.touches.get(iso, {}),
                    done.get(iso, 0),
                )
            )
        return tuple(days)


def _marked(
    touch: PlannedTouch, reached: Collection[tuple[int, str]], copied: Mapping[tuple[int, str, str], str]
) -> PlannedTouch:
    """It with what became of it: `reached`: customers and weeks, `copied`: touches and days."""
    if touch.day is not None and (touch.customer_id, week_of_day(touch.day)) in reached:
        touch = replace(touch, done=True)
    day = copied.get((touch.customer_id, touch.reason, touch.occurrence))
    return touch if day is None else replace(touch, drafted=day)


def _span(year: int) -> tuple[str, str]:
    return f"{year:04d}-01-01", f"{year:04d}-12-31"


def _sunday() -> str:
    """The last day (ISO) of this week."""
    return week_days(week_of(today()))[-1].isoformat()
