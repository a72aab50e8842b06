"""Lunar dates in words: short ones for the cells of a calendar, whole ones for a sentence (domain 6.1, 22-10)."""

import datetime as dt

from workbench.base.i18n import _
from workbench.base.lunar import LunarDate, disputed, to_lunar

_TENS = ("初", "十", "廿")
_DIGITS = "一二三四五六七八九十"
_MONTHS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")


def lunar_words(day: dt.date) -> str:
    """The lunar day for a cell: '初八', on the first of a month its name ('三月', '闰六月'); '' beyond the table.

    With 或差一天 where sources differ about it. Lunar dates stay Chinese in every language.
    """
    at = _at(day)
    if at is None:
        return ""
    return _doubted(month_words(at) if at.day == 1 else day_words(at.day), day)


def whole_lunar_words(day: dt.date) -> str:
    """The lunar date for a sentence: '闰十一月十一'; '' beyond the table. With 或差一天 as above."""
    at = _at(day)
    return "" if at is None else _doubted(month_words(at) + day_words(at.day), day)


def month_words(at: LunarDate) -> str:
    """The name of a lunar month: '正月', '闰十一月'."""
    return ("闰" if at.leap else "") + _MONTHS[at.month - 1]


def day_words(day: int) -> str:
    """The name of a lunar day from 1 to 30: '初一', '十五', '二十', '廿三', '三十'."""
    if day in (20, 30):
        return "二十" if day == 20 else "三十"
    if day == 10:
        return "初十"
    return _TENS[day // 10] + _DIGITS[day % 10 - 1]


def _at(day: dt.date) -> LunarDate | None:
    try:
        return to_lunar(day)
    except ValueError:
        return None


def _doubted(words: str, day: dt.date) -> str:
    """In a month whose first day is disputed, and on the day before it, which may be that first day."""
    near = [at for at in (_at(day), _at(day + dt.timedelta(days=1))) if at is not None]
    doubtful = any(disputed(at.year, at.month, at.leap) for at in near)
    return _("{name}(或差一天)").format(name=words) if doubtful else words
