"""A year as .ics: one calendar of whole days, the same bytes for the same year; and the file that cancels it."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.sheets.calendar_stamps import CalendarStamps, Stamp
from workbench.sheets.content import typeset
from workbench.sheets.ics.entries import CalendarEntry, entries_of, once_each
from workbench.sheets.ics.stamps import cancelled, stamped
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.year_material import YearMaterial

if TYPE_CHECKING:
    from icalendar import Calendar, Event

YEAR_ICS = SheetKind("year_ics", ("name_masked", "customer_no_tail", "reason"))
_PRODUCT = "-//workbench//year of contact//ZH"
_STAMP = "%Y%m%dT%H%M%SZ"


def calendar_help() -> str:
    """What a person has to know before importing such a file: said beside every button and option that writes one."""
    return typeset(
        _(
            "日历文件是导出那一刻的样子。Outlook 和谷歌日历按文件导入时不会更新或删除旧条目,再导入一次可能重复:"
            "请导入到单独新建的日历,要更新时先删掉那个日历再导入。"
            "苹果日历和 Thunderbird 会按编号更新;取消文件用来撤下整年的条目。"
        )
    )


def year_calendar(material: YearMaterial, key: bytes, kept: Mapping[str, Stamp], now: str) -> Printed:
    """The file of a year. `key` of the book; `kept`: what earlier files told; `now` UTC. What earlier files told and is no more
    is in it as cancelled."""
    year = material.agenda.year
    entries = once_each(entries_of(material, key))
    stamps = stamped(entries, kept, now)
    here = {entry.uid for entry in entries}
    gone = cancelled((one for uid, one in kept.items() if uid not in here), now)
    calendar = _calendar(year, "PUBLISH")
    for entry, stamp in zip(entries, stamps, strict=True):
        calendar.add_component(_live(entry, stamp))
    for stamp in gone:
        calendar.add_component(_cancelled(stamp))
    people = len({one.customer_no for one in material.touches if one.day is not None})
    return _printed(
        calendar, _("{year} 客户触点").format(year=year), people, CalendarStamps(year, (*stamps, *gone))
    )


def cancelling_calendar(year: int, kept: Mapping[str, Stamp], now: str) -> Printed:
    """The file that cancels all that files of a year told. Raises WorkbenchError no_calendar_out."""
    if not kept:
        raise WorkbenchError(
            "no_calendar_out",
            _("{year} 年还没有导出过日历文件,没有可取消的条目。").format(year=year),
            _("要导出日历请用 workbench calendar {year} --ics 文件名。").format(year=year),
        )
    stamps = cancelled(kept.values(), now)
    calendar = _calendar(year, "CANCEL")
    for stamp in stamps:
        calendar.add_component(_cancelled(stamp))
    name = _("{year} 客户触点(取消)").format(year=year)
    return _printed(calendar, name, 0, CalendarStamps(year, tuple(stamps)))


def _calendar(year: int, method: str) -> "Calendar":
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    made.add("x-wr-calname", _("{year} 客户触点").format(year=year))
    made.add("x-wr-caldesc", calendar_help())
    return made


def _event(stamp: Stamp, first: str, last: str) -> "Event":
    from icalendar import Event

    made = Event()
    changed = dt.datetime.strptime(stamp.changed, _STAMP).replace(tzinfo=dt.UTC)
    made.add("uid", stamp.uid)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", stamp.sequence)
    made.add("dtstart", dt.date.fromisoformat(first))
    made.add("dtend", dt.date.fromisoformat(last) + dt.timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    return made


def _live(entry: CalendarEntry, stamp: Stamp) -> "Event":
    made = _event(stamp, entry.date, entry.last)
    made.add("status", "CONFIRMED")
    made.add("summary", entry.summary)
    if entry.description:
        made.add("description", entry.description)
    made.add("categories", [entry.category])
    return made


def _cancelled(stamp: Stamp) -> "Event":
    made = _event(stamp, stamp.date, stamp.date)
    made.add("status", "CANCELLED")
    made.add("summary", _("已取消"))
    return made


def _printed(calendar: "Calendar", name: str, people: int, stamps: CalendarStamps) -> Printed:
    return Printed(YEAR_ICS, calendar.to_ical(), name, people, calendar=stamps)
