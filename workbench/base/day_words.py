"""A day named by where it lies from today: the one place that says 今天, 3 天前, 3 天后."""

import calendar
import datetime as dt

from workbench.base.dates import today
from workbench.base.i18n import _, language


def month_name(month: int) -> str:
    """'3 月', in English 'Mar'."""
    return _("{month} 月").format(month=month) if language() == "zh" else calendar.month_abbr[month]


def named_day(day: str) -> str:
    """今天 for today, 明天 for the day after it, else '12 月 4 日'; with its year where that is another. `day`: ISO."""
    date, now = dt.date.fromisoformat(day[:10]), today()
    away = (date - now).days
    if away in (0, 1):
        return _("明天") if away else _("今天")
    words = _("{month} 月 {day} 日") if date.year == now.year else _("{year} 年 {month} 月 {day} 日")
    return words.format(year=date.year, month=date.month, day=date.day)


def day_and_date(day: str) -> str:
    """'今天(11-30)'; of any other day '11-30' alone. `day`: ISO."""
    date = day[5:10]
    return _("今天({date})").format(date=date) if day[:10] == today().isoformat() else date


def short_day(day: str) -> str:
    """'12-04'; with its year where that is another than today's. `day`: ISO, or '' for none."""
    return day[5:10] if day[:4] == str(today().year) else day[:10]


def distance(day: str) -> str:
    """How far a day (ISO) is away: 今天, '3 天前', and of a day still to come '3 天后'."""
    away = (today() - dt.date.fromisoformat(day[:10])).days
    if not away:
        return _("今天")
    return (_("{n} 天前") if away > 0 else _("{n} 天后")).format(n=f"{abs(away):,}")
