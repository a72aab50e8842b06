"""Rows of the calendar placed in a year: each becomes the `YearDay`s that the year has of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.when import Occurrence, end_of, is_monthly, occurrences
from workbench.outreach.dates.year_day import YearDay


def placed(rows: Iterable[CalendarRow], year: int, workdays: Workdays) -> tuple[YearDay, ...]:
    """What a year has of rows, by day and then in the order of the rows; rows that are left out give nothing."""
    shown = [row for row in rows if not row.off]
    silent = frozenset(silent_days(shown, year))
    days = [day for row in shown for day in _of_row(row, year, _Acting(workdays, silent))]
    return tuple(sorted(days, key=lambda day: day.date))


def silent_days(rows: Iterable[CalendarRow], year: int) -> Iterator[dt.date]:
    """The days of a year without marketing and joyful greetings."""
    for row in rows:
        if row.silent and not row.off:
            for one in occurrences(row.at, year):
                last = end_of(row.until, one.day)
                yield from (one.day + dt.timedelta(days=n) for n in range((last - one.day).days + 1))


@dataclass(frozen=True, slots=True)
class _Acting:
    """When rows are acted upon: by the workdays of the branch, not on a silent day what sells or greets."""

    workdays: Workdays
    silent: frozenset[dt.date]

    def day(self, row: CalendarRow, first: dt.date, last: dt.date) -> dt.date:
        """Greetings and deadlines before a day off, the rest after it, though not after the end of a span."""
        quiet = row.marketing or row.stream in ("festival", "term")
        if row.shifts != "follow_up":
            return self._met(self.workdays.shifted(first, row.shifts), -1, quiet)
        day = self._met(self.workdays.next_workday(first), 1, quiet)
        return day if day <= last or first == last else self._met(self.workdays.last_workday(last), -1, quiet)

    def _met(self, day: dt.date, step: int, quiet: bool) -> dt.date:
        while quiet and day in self.silent:
            day = self.workdays.add(day, step)
        return day


def _of_row(row: CalendarRow, year: int, acting: _Acting) -> Iterator[YearDay]:
    if row.until and not is_monthly(row.at):
        for one in occurrences(row.at, year - 1):
            if end_of(row.until, one.day).year == year:
                yield _day(row, one, f"{row.code}.before", acting)
    for one in occurrences(row.at, year):
        yield _day(row, one, _code(row, one), acting)


def _code(row: CalendarRow, at: Occurrence) -> str:
    if is_monthly(row.at):
        return f"{row.code}.{at.day.month:02d}"
    return row.code if at.number == 1 else f"{row.code}.{at.number}"


def _day(row: CalendarRow, at: Occurrence, code: str, acting: _Acting) -> YearDay:
    last = end_of(row.until, at.day)
    act_on = acting.day(row, at.day, last).isoformat() if row.use != "none" else ""
    return YearDay(
        date=at.day.isoformat(),
        last=last.isoformat(),
        code=code,
        name=_("{name}(或差一天)").format(name=row.title) if at.doubtful else row.title,
        stream=row.stream,
        use=row.use,
        act_on=act_on,
        silent=row.silent,
        marketing=row.marketing,
        whom=row.whom,
        segment=row.segment,
        channel=row.channel,
        says=_(row.says),
        forbids=_(row.forbids),
        doubtful=at.doubtful,
        mark=row.mark,
        own=bool(row.whose),
        short=_(row.short) if row.short else "",
    )
