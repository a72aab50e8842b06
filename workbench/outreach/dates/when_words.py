"""When a row of the calendar falls, in words: '公历 5 月 1 日', '农历八月十五', '5 月第 2 个星期日', '清明', '每月 15 日'."""

import re

from workbench.base.i18n import _
from workbench.base.lunar import LunarDate
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.lunar_words import day_words, month_words
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.dates.when import WEEKDAYS

_LUNAR = re.compile(r"lunar (\d\d)-(\d\d)")
_SOLAR = re.compile(r"(\d\d)-(\d\d)")
_NTH = re.compile(r"(\d\d) (\w{3}) (\d)")
_MONTHLY = re.compile(r"monthly (\d\d)( .*)?")


def weekday_names() -> tuple[str, ...]:
    """Monday to Sunday in the language in use."""
    return (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))


def term_names() -> tuple[tuple[str, str], ...]:
    """(code, name) of the 24 terms."""
    rows = shipped_rows().values()
    return tuple((row.code, row.title) for row in rows if row.at == f"term {row.code}")


def when_words(row: CalendarRow) -> str:
    """When a row falls; for a span, when it begins."""
    at = row.at
    if at == "lunar last":
        return _("农历除夕")
    if match := _LUNAR.fullmatch(at):
        lunar = LunarDate(0, int(match[1]), int(match[2]))
        return _("农历{day}").format(day=month_words(lunar) + day_words(lunar.day))
    if match := _SOLAR.fullmatch(at):
        return _("公历 {month} 月 {day} 日").format(month=int(match[1]), day=int(match[2]))
    if match := _NTH.fullmatch(at):
        name = weekday_names()[WEEKDAYS.index(match[2])]
        return _("{month} 月第 {n} 个{weekday}").format(month=int(match[1]), n=match[3], weekday=name)
    if at.startswith("term "):
        return dict(term_names()).get(at.removeprefix("term "), at)
    if match := _MONTHLY.fullmatch(at):
        words = _("几个月的 {day} 日") if match[2] else _("每月 {day} 日")
        return words.format(day=int(match[1]))
    return _("按别的日子推算")
