"""Rebuild the lunar table and the year files of days off, the same each time.

Usage: python resources/calendar/build.py. The lunar table comes from lunar_python; a year file is written from
chinesecalendar only where there is none, so that a file made from the notice itself is never replaced.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

from chinese_calendar import constants
from lunar_python import LunarYear, Solar

HERE = Path(__file__).resolve().parent
FIRST, LAST = 1899, 2100
#: the new moon that begins these months (year, month) falls within seconds of midnight: sources differ by a day
DISPUTED = ((2057, 9), (2089, 8), (2097, 7))
#: the terms of a solar year as the library names them: it calls the second 冬至 of its own span DONG_ZHI
TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "DONG_ZHI",
)  # fmt: skip


def day_of(julian: float) -> dt.date:
    """The solar day of a Julian day."""
    solar = Solar.fromJulianDay(julian)
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def term_days(year: int) -> str:
    """The day of the month of all 24 terms of a solar year, 小寒 first: two fall into each month, the second after the 15th."""
    by_name = Solar.fromYmd(year, 3, 20).getLunar().getJieQiTable()
    days = []
    for place, name in enumerate(TERMS):
        found = by_name[name]
        if (found.getYear(), found.getMonth()) != (year, place // 2 + 1):
            raise ValueError((year, name))
        days.append(f"{found.getDay():02d}")
    return " ".join(days)


def lunar_rows() -> list[tuple[int, str, int, str, str, str]]:
    """One row a lunar year: first day, leap month (0: none), lengths of its months, disputed months, terms of the solar year."""
    rows = []
    for year in range(FIRST, LAST + 1):
        months = [m for m in LunarYear.fromYear(year).getMonthsInYear() if m.getYear() == year]
        first = day_of(months[0].getFirstJulianDay())
        leap = next((-m.getMonth() for m in months if m.getMonth() < 0), 0)
        lengths = " ".join(str(m.getDayCount()) for m in months)
        disputed = " ".join(str(month) for one, month in DISPUTED if one == year)
        rows.append((year, first.isoformat(), leap, lengths, disputed, term_days(year)))
    return rows


def write_lunar(target: Path) -> None:
    """The table of all lunar years."""
    with target.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("year", "first", "leap", "lengths", "disputed", "terms"))
        lines.writerows(lunar_rows())


def write_holidays(folder: Path) -> None:
    """A year file for each year that has none, in the form in which a notice is imported."""
    names = {one.value: one.chinese for one in constants.Holiday}
    days = [(day, name, True) for day, name in constants.holidays.items()]
    days += [(day, name, False) for day, name in constants.workdays.items()]
    for year in sorted({day.year for day, _name, _off in days}):
        target = folder / f"{year}.json"
        if target.exists():
            continue
        entries = [
            {"name": names[name], "date": day.isoformat(), "isOffDay": off}
            for day, name, off in sorted(days)
            if day.year == year
        ]
        lines = ",\n".join(f"    {json.dumps(day, ensure_ascii=False)}" for day in entries)
        target.write_text(f'{{\n  "year": {year},\n  "days": [\n{lines}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    write_lunar(HERE / "lunar_months.csv")
    write_holidays(HERE / "holidays")
