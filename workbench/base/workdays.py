"""Which days are worked: the one calendar below all rooms, so that no due date falls on a day off (domain 6.7).

It rests on the year files shipped and on those imported into the book, which overrule them. A year without a file is
未官宣: Monday to Friday count but for the statutory days.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from sqlalchemy import Connection, select

from db.engine import Book
from db.record import settings as table
from workbench.base.change import Change
from workbench.base.dates import today, week_days, week_of
from workbench.base.holiday_files import HolidayYear, notice_of, shipped_years, statutory_days
from workbench.base.i18n import _, commas
from workbench.base.settings import set_book_setting

#: what is shifted from a day off, and so whether before or after it (domain 6.7)
Shift: TypeAlias = Literal["greeting", "deadline", "follow_up"]

_KEY = "holidays."
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Monday to Sunday with its workdays, which may be none. `before` and `after` are the workdays next to the week;
    `unannounced` names the years of the week whose days off are not official (未官宣)."""

    week: str
    days: tuple[dt.date, ...]
    workdays: tuple[dt.date, ...]
    before: dt.date
    after: dt.date
    unannounced: tuple[int, ...] = ()

    @property
    def last(self) -> dt.date:
        """The last day that is named of it: Friday, or a day at its end that is worked instead (调休)."""
        return max([self.days[4], *self.workdays[-1:]])

    def nth(self, number: int, *, today: dt.date | None = None) -> dt.date:
        """The n-th workday (1-based; the last when the week is shorter), but not before `today`."""
        day = self.workdays[min(number, len(self.workdays)) - 1] if self.workdays else self.before
        return self._not_past(day, today)

    def by(self, deadline: dt.date, *, today: dt.date | None = None) -> dt.date:
        """The last workday of the week up to a deadline (its first workday if the deadline is earlier), but not before
        `today`."""
        met = [day for day in self.workdays if day <= deadline]
        day = met[-1] if met else self.workdays[0] if self.workdays else self.before
        return self._not_past(day, today)

    def nearest(self, day: dt.date, *, today: dt.date | None = None) -> dt.date:
        """The workday of the week that is nearest to a day, the earlier of two; not before `today`."""
        days = self.workdays or (self.before,)
        return self._not_past(min(days, key=lambda one: (abs((one - day).days), one)), today)

    def judged_on(self, as_of: str) -> str:
        """The day (ISO) that the week is judged on: today during the week or on the days off before it, else its Monday;
        never before the data date `as_of`."""
        near = self.before < today() <= self.days[-1]
        return max((today() if near else self.days[0]).isoformat(), as_of)

    def _not_past(self, day: dt.date, today: dt.date | None) -> dt.date:
        """A week that is over keeps its days."""
        if today is None or day >= today or today > self.days[-1]:
            return day
        return next((one for one in self.workdays if one >= today), self.after)


def unannounced_words(years: tuple[int, ...]) -> str:
    """The half sentence that the days off of these years are 未官宣; '' without a year."""
    words = _("{year} 年放假安排未官宣,工作日按周一到周五、扣除法定节日计")
    return words.format(year=commas(map(str, years))) if years else ""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The calendar: notices by year, days that differ from Monday to Friday, and the years that the book brought in."""

    years: Mapping[int, HolidayYear]
    off: frozenset[dt.date]
    worked: frozenset[dt.date]
    imported: frozenset[int] = frozenset()

    @classmethod
    def of(cls, *sources: Mapping[int, HolidayYear], imported: frozenset[int] = frozenset()) -> "Workdays":
        """By notices, where a later source overrules the years of an earlier one, and a later year's notice what an
        earlier one said of the same day."""
        years = dict(sorted({year: one for told in sources for year, one in told.items()}.items()))
        days = {one.day: one.off for notice in years.values() for one in notice.days}
        off = frozenset(day for day, is_off in days.items() if is_off)
        return cls(MappingProxyType(years), off, frozenset(days) - off, imported)

    def announced(self, year: int) -> bool:
        """Whether the year's days off are official."""
        return year in self.years

    def is_workday(self, day: dt.date) -> bool:
        """Whether the branch works on a day."""
        if day in self.off or day in self.worked:
            return day in self.worked
        return day.isoweekday() <= 5 and (self.announced(day.year) or day not in statutory_days(day.year))

    def next_workday(self, day: dt.date) -> dt.date:
        """The first workday on or after a day: when to follow up."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def last_workday(self, day: dt.date) -> dt.date:
        """The last workday not after a day: until when a deadline is met, when to greet."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def by(self, deadline: dt.date, today: dt.date) -> dt.date:
        """The last workday not after a deadline, or where that lies before `today`, the next one."""
        day = self.last_workday(deadline)
        return day if day >= today else self.next_workday(today)

    def add(self, day: dt.date, count: int) -> dt.date:
        """The workday so many workdays after a day (before it when negative; the day itself or the next one for 0)."""
        if count == 0:
            return self.next_workday(day)
        step = _DAY if count > 0 else -_DAY
        for _number in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def shifted(self, day: dt.date, rule: Shift) -> dt.date:
        """The workday on which something of a day is done (domain 6.7): the day itself where it is worked, else for a greeting
        or a deadline the one before, for a follow-up the one after."""
        return self.next_workday(day) if rule == "follow_up" else self.last_workday(day)

    def maturity_step(self, matures: dt.date, days: int, *, in_workdays: bool = False) -> dt.date:
        """The workday of a step so many days before (negative) or after a maturity (domain 6.7).

        Money that matures on a day off is there on the next workday. Steps before are deadlines and lie on the earlier workday,
        the day itself and steps after on the later one; `in_workdays`: counted in workdays from the day that the money is there.
        """
        there = self.next_workday(matures)
        if in_workdays or days == 0:
            return self.add(there, days)
        return self.shifted(matures + dt.timedelta(days=days), "deadline" if days < 0 else "follow_up")

    def week(self, week: str) -> WorkWeek:
        """The week 'YYYY-Www'. Raises ValueError for a week that does not exist."""
        try:
            days = week_days(week)
            before, after = self.last_workday(days[0] - _DAY), self.next_workday(days[-1] + _DAY)
        except OverflowError as error:  # at either end of time
            raise ValueError(week) from error
        worked = tuple(day for day in days if self.is_workday(day))
        unannounced = tuple(sorted({day.year for day in days if not self.announced(day.year)}))
        return WorkWeek(week, days, worked, before, after, unannounced)

    def planning_week(self, day: dt.date) -> str:
        """The week 'YYYY-Www' that a plan made on a day is for: that of the next workday, which on the last days off of a
        week is the coming one."""
        return week_of(self.next_workday(day))

    def week_before(self, week: str) -> str:
        """The last week before `week` that has a workday."""
        return week_of(self.week(week).before)

    def fingerprint(self, week: str) -> str:
        """Its workdays and whether they are official: differs when a plan of the week has to be drafted anew."""
        seen = self.week(week)
        days = (seen.before, *seen.workdays, seen.after)
        return " ".join([*(f"{day:%m%d}" for day in days), *map(str, seen.unannounced)])

    def notice(self, *years: int) -> str:
        """The half sentence that these years are 未官宣, as far as they are; '' otherwise."""
        return unannounced_words(tuple(year for year in sorted(set(years)) if not self.announced(year)))


@cache
def shipped() -> Workdays:
    """The calendar of the program alone, without what a book brought in."""
    return Workdays.of(shipped_years())


def workdays_of(conn: Connection) -> Workdays:
    """The calendar of a book."""
    kept = [notice_of(json.loads(value)) for value in kept_notices(conn)]
    if not kept:
        return shipped()
    years = {one.year: one for one in kept}
    return Workdays.of(shipped_years(), years, imported=frozenset(years))


def kept_notices(conn: Connection) -> tuple[str, ...]:
    """The years' notices that are kept in a book, as they are written there."""
    query = select(table.c.value).where(table.c.key.startswith(_KEY, autoescape=True)).order_by(table.c.key)
    return tuple(conn.execute(query).scalars())


def keep_notice(book: Book, notice: HolidayYear) -> Change:
    """Keep a year's notice in the book, over what it knew of that year; the change counts none when nothing differed."""
    return set_book_setting(book, f"{_KEY}{notice.year}", notice.as_json())
