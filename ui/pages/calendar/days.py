"""Steps between days, months and weeks."""

import calendar
import datetime as dt

#: the years that the calendar answers for
FIRST_YEAR, LAST_YEAR = 1901, 2100
VIEWS = ("year", "month", "week", "day")


def month_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last of the month where it has fewer days."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def span_of(view: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day whose touches a view lists: the week's, else the day's."""
    if view != "week":
        return day, day
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def turned(view: str, day: dt.date, steps: int) -> dt.date:
    """The day some years, months, weeks or days later, as the view has it, within the years of the calendar."""
    if view == "year":
        wanted = month_later(day, 12 * steps)
    elif view == "month":
        wanted = month_later(day, steps)
    else:
        wanted = day + dt.timedelta(days=steps * (7 if view == "week" else 1))
    return within(wanted)


def within(day: dt.date) -> dt.date:
    """The day, or the nearest that the calendar answers for."""
    return min(max(day, dt.date(FIRST_YEAR, 1, 1)), dt.date(LAST_YEAR, 12, 31))
