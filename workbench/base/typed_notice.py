"""A year's notice typed in as lines, in the words of the notice itself (domain 6.7).

    春节:2月5日至12日放假,2月14日(周日)上班
    清明节 4.3-4.5
    班 2.28、5.9

Each line, or each part of one up to a full stop, names days or spans; those of a part with 上班 or 班 are make-up workdays, all
others are days off. A name stands before its days and holds until the next one. What stands in brackets is not read.
"""

import datetime as dt
import re
from collections.abc import Iterator

from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import DayOff, HolidayYear, checked, notice_of
from workbench.base.i18n import _

_DATE = r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./]\s*(\d{1,2})\s*[日号]?"
#: a day, and where a span ends: its day, with or without the month
_SPAN = re.compile(rf"{_DATE}(?:\s*[至到—–~-]+\s*(?:{_DATE}|(\d{{1,2}})\s*[日号]?(?![\d月./])))?")
_ASIDE = re.compile(r"[((][^))]*[))]")
_PARTS = re.compile(r"[。;;\n]")
_COMMAS = re.compile(r"[,,]")
_WORKED = ("上班", "补班", "班")
_NAME = re.compile(r"^\s*(?:[一二三四五六七八九十]+、)?\s*([^\W\d_]{1,12}?)\s*[::、]?\s*(?=\d|$)")
#: a number that is no count of days and no year
_NUMBER = re.compile(r"\d+(?!\d|\s*[年天])")
#: days of one span at the most
_LONGEST = 40


def typed_notice(year: int, text: str) -> HolidayYear:
    """The notice that lines say. Raises WorkbenchError bad_holidays: the first line that is wrong, or what is missing."""
    days: dict[dt.date, DayOff] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        for part in _PARTS.split(_ASIDE.sub("", line)):
            if not part.strip():
                continue
            before, any_day = _named(part, name), False
            for clause in _COMMAS.split(part):
                worked = any(word in clause for word in _WORKED)
                for day in _days(clause, year, number):
                    any_day = True
                    title = _("调休") if worked else before
                    if not title:
                        raise _refused(number, line, _("没有写节日名称"))
                    if day in days and days[day].off == worked:
                        raise _refused(number, line, _("{date} 又休又班").format(date=day.isoformat()))
                    days[day] = DayOff(day, title, off=not worked)
            if not any_day and _NUMBER.search(part):
                raise _refused(number, line, _("没有认出日期"))
            name = before
    notice = HolidayYear(year, tuple(days[day] for day in sorted(days)))
    return checked(notice_of(notice.as_json()))


def notice_lines(notice: HolidayYear) -> str:
    """A notice as lines that `typed_notice` reads again."""
    lines = []
    for first, last, name in _spans(one for one in notice.days if one.off):
        lines.append(
            f"{name} {_written(first, notice.year)}"
            + (f"-{_written(last, notice.year)}" if last > first else "")
        )
    worked = [_written(one.day, notice.year) for one in notice.days if not one.off]
    return "\n".join(lines + (["班 " + "、".join(worked)] if worked else []))


def _spans(days: Iterator[DayOff]) -> Iterator[tuple[dt.date, dt.date, str]]:
    """(first, last, name) of days that follow one another under one name."""
    run: tuple[dt.date, dt.date, str] | None = None
    for one in days:
        if run and one.name == run[2] and one.day == run[1] + dt.timedelta(days=1):
            run = (run[0], one.day, run[2])
        else:
            if run:
                yield run
            run = (one.day, one.day, one.name)
    if run:
        yield run


def _written(day: dt.date, year: int) -> str:
    return f"{day.month}.{day.day}" if day.year == year else f"{day.year}.{day.month}.{day.day}"


def _named(part: str, name: str) -> str:
    """The name before the first day of a part; the one before where it has none."""
    match = _NAME.match(part)
    own = match[1] if match else ""
    return name if not own or own in (*_WORKED, "休", "放假") else own


def _days(clause: str, year: int, number: int) -> Iterator[dt.date]:
    for match in _SPAN.finditer(clause):
        try:
            first = dt.date(int(match[1] or year), int(match[2]), int(match[3]))
            if match[5]:
                last = dt.date(int(match[4] or first.year), int(match[5]), int(match[6]))
            elif match[7]:
                last = first.replace(day=int(match[7]))
            else:
                last = first
            count = (last - first).days + 1
            if not 1 <= count <= _LONGEST:
                raise ValueError(clause)
        except ValueError as error:
            raise _refused(number, match[0], _("没有这样的日期")) from error
        yield from (first + dt.timedelta(days=n) for n in range(count))


def _refused(number: int, line: str, what: str) -> WorkbenchError:
    words = _("第 {n} 行「{line}」:{what}。").format(n=number, line=line.strip()[:20], what=what)
    return WorkbenchError("bad_holidays", words, _("请写成:春节 2.5-2.12;班 2.14。什么都没有改动。"))
