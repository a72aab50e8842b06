"""Year files of days off: what a year's notice says, read from the form in which it is imported (domain 6.7).

A file is JSON: `year`, and `days` with `name`, `date` (ISO) and `isOffDay` each (false: a make-up working day); other
keys are left alone. The files shipped stand in resources/calendar/holidays.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from db.values import Json
from workbench.base import lunar, solar_terms
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.small_files import NotSmall, small_text

#: days off that a notice can name: the longest so far names 33
_MOST_OFF = 60
#: bytes of a file: far more than a year's notice takes
_LARGEST = 1_000_000
#: since 2008 these are days off by law in every year
_SINCE = 2008


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day of a notice: off, or worked although it is a Saturday or Sunday."""

    day: dt.date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The notice of a year, its days in order. A day of December may stand in the notice of the next year."""

    year: int
    days: tuple[DayOff, ...]

    def as_json(self) -> dict[str, Json]:
        """The form of the file."""
        days: list[Json] = [
            {"name": one.name, "date": one.day.isoformat(), "isOffDay": one.off}
            for one in sorted(self.days, key=lambda one: one.day)
        ]
        return {"year": self.year, "days": days}


@cache
def shipped_years() -> Mapping[int, HolidayYear]:
    """The notices that come with the program, by year."""
    folder = files("resources") / "calendar" / "holidays"
    notices = [
        notice_of(json.loads(file.read_text("utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".json")
    ]
    return {one.year: one for one in sorted(notices, key=lambda one: one.year)}


def read_notice(path: Path) -> HolidayYear:
    """The notice in a file. Raises WorkbenchError bad_holidays, file_unread."""
    try:
        body: object = json.loads(small_text(path, _LARGEST))
    except NotSmall as error:
        raise _refused(str(error).rstrip("。")) from error
    except OSError as error:
        raise WorkbenchError(
            "file_unread",
            _("{file} 读不出来。").format(file=path.name),
            _("请检查路径,或者换一个文件;什么都没有改动。"),
        ) from error
    except (ValueError, RecursionError) as error:
        raise _refused(_("不是 JSON")) from error
    return checked(notice_of(body))


def checked(notice: HolidayYear) -> HolidayYear:
    """A notice that may be kept: not too many days off, and none missing that the law names. Raises WorkbenchError
    bad_holidays."""
    off = {one.day for one in notice.days if one.off}
    if len(off) > _MOST_OFF:
        raise _refused(_("休假有 {n} 天,不像一年的放假通知").format(n=len(off)))
    wanted = statutory_days(notice.year).items()
    if missing := dict.fromkeys(code for day, code in wanted if _certain(day) and day not in off):
        words = _("{year} 年缺少法定节日:{names}")
        raise _refused(words.format(year=notice.year, names=commas(_names()[code] for code in missing)))
    return notice


def notice_of(body: object) -> HolidayYear:
    """The notice in a decoded document. Raises WorkbenchError bad_holidays."""
    if not isinstance(body, dict):
        raise _refused(_("应当是一个对象,含 year 和 days"))
    year, entries = body.get("year"), body.get("days")
    if not isinstance(year, int) or isinstance(year, bool) or not 1990 <= year <= 2100:
        raise _refused(_("year 应当是 1990 到 2100 的年份"))
    if not isinstance(entries, list) or not entries:
        raise _refused(_("days 应当是列表,并且不为空"))
    days = tuple(_day_of(raw, year, place) for place, raw in enumerate(entries, 1))
    if len({one.day for one in days}) < len(days):
        raise _refused(_("同一个日期出现了两次"))
    return HolidayYear(year, tuple(sorted(days, key=lambda one: one.day)))


@cache
def statutory_days(year: int) -> Mapping[dt.date, str]:
    """The days off by law (13 since 2025) with the code of the festival, known before the notice of a year; those of the
    lunar calendar only where the table reaches."""
    days_off = {dt.date(year, 1, 1): "new_year"}
    try:
        spring = lunar.spring_festival(year)
        days_off |= {spring + dt.timedelta(days=days): "spring" for days in range(-1, 3)}
        days_off[solar_terms.term_day(year, "qingming")] = "clear"
        days_off[lunar.from_lunar(year, 5, 5)] = "dragon"
        days_off[lunar.from_lunar(year, 8, 15)] = "autumn"
    except ValueError:
        pass
    days_off |= {dt.date(year, 5, day): "labour" for day in (1, 2)}
    days_off |= {dt.date(year, 10, day): "national" for day in (1, 2, 3)}
    return dict(sorted(days_off.items()))


def names_of_statutory_days(year: int) -> Mapping[dt.date, str]:
    """The days off by law with the name of the festival, in the language in use."""
    names = _names()
    return {day: names[code] for day, code in statutory_days(year).items()}


def _names() -> Mapping[str, str]:
    return {
        "new_year": _("元旦"), "spring": _("春节"), "clear": _("清明节"), "labour": _("劳动节"), "dragon": _("端午节"),
        "autumn": _("中秋节"), "national": _("国庆节"),
    }  # fmt: skip


def _certain(day: dt.date) -> bool:
    """Whether a notice must name this day: 除夕 and the 2nd of May were not off by law in every year since 2008, and of a
    disputed month nobody knows the day."""
    if day.year < _SINCE or (day.month, day.day) == (5, 2):
        return False
    at = lunar.to_lunar(day)
    return day != lunar.last_of_year(at.year) and not lunar.disputed(at.year, at.month, at.leap)


def _day_of(raw: object, year: int, place: int) -> DayOff:
    where = _("第 {n} 项:").format(n=place)
    if not isinstance(raw, dict):
        raise _refused(where + _("应当含 name、date、isOffDay"))
    name, text, off = raw.get("name"), raw.get("date"), raw.get("isOffDay")
    if not isinstance(name, str) or not name.strip():
        raise _refused(where + _("name 应当是节日名称"))
    if not isinstance(off, bool):
        raise _refused(where + _("isOffDay 应当是 true(休)或 false(班)"))
    try:
        day = (
            dt.date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2027-01-01") else None
        )
    except ValueError:
        day = None
    if day is None:
        raise _refused(where + _("date 应当是 2027-01-01 这样的日期"))
    if not dt.date(year - 1, 12, 1) <= day <= dt.date(year, 12, 31):
        raise _refused(where + _("{date} 不在 {year} 年里").format(date=text, year=year))
    if not off and day.isoweekday() <= 5:
        raise _refused(where + _("{date} 本来就是工作日,不会是调休上班").format(date=text))
    return DayOff(day, name.strip(), off)


def _refused(what: str) -> WorkbenchError:
    return WorkbenchError(
        "bad_holidays",
        _("这不是能用的放假安排:{what}。").format(what=what),
        _("请用一年一份的 JSON 文件(写明 year 和 days),或者逐行写明;什么都没有改动。"),
    )
