"""Spans of a year on an axis of twelve months: in lanes of which none covers another, what comes every month in a sentence."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from workbench.base.dates import month_end
from workbench.base.i18n import _, semicolons
from workbench.outreach.dates.year_day import YearDay

#: width in months of a Chinese sign and of a Latin one
_WIDE, _NARROW = 0.082, 0.048
#: so many times a year and it is said in a sentence
_OFTEN = 6
#: in months: longer spans take the first lanes
_LONG = 1.5
#: between two spans of a lane, in months
_GAP = 0.06


class WheelBand(TypedDict):
    """A span on the axis of the year (0-12 months): where it begins, how long it is, what it says, whether that stands before
    the span instead of in it or behind it."""

    at: float
    long: float
    text: str
    before: bool


def repeated(events: Sequence[YearDay]) -> str:
    """What comes every month, with its days: '月初检视 每月 1–5 日'; '' for nothing."""
    sentences = []
    for name, mine in _by_name(events).items():
        if len(mine) < _OFTEN:
            continue
        days = Counter(_days(one) for one in mine).most_common(1)[0][0]
        months = sorted(int(one.date[5:7]) for one in mine)
        when = (
            _("每月") if len(months) >= 12 else _("{first}–{last}月").format(first=months[0], last=months[-1])
        )
        sentences.append(_("{name} {when} {days} 日").format(when=when, days=days, name=name))
    return semicolons(sentences)


def _days(one: YearDay) -> str:
    first = int(one.date[8:])
    if one.last == one.date:
        return str(first)
    last = dt.date.fromisoformat(one.last)
    return f"{first}–" + (_("月末") if last == month_end(one.last[:7]) else str(last.day))


def _by_name(events: Sequence[YearDay]) -> dict[str, list[YearDay]]:
    named: dict[str, list[YearDay]] = {}
    for one in events:
        named.setdefault(one.name, []).append(one)
    return named


def lanes(events: Sequence[YearDay], year: int) -> list[list[WheelBand]]:
    """What does not come every month, in lanes: each span with its words takes the first lane that has room."""
    left = [one for mine in _by_name(events).values() if len(mine) < _OFTEN for one in mine]
    spans = [(*span(one.date, one.last, year), one) for one in left]
    made: list[list[WheelBand]] = []
    taken: list[list[tuple[float, float]]] = []
    for at, long, one in sorted(spans, key=lambda item: (item[1] < _LONG, item[0], -item[1], item[2].code)):
        text = _text(one)
        words = sum(_WIDE if sign > "\u2e7f" else _NARROW for sign in text) + 0.05
        inside = words <= long
        before = not inside and at + long + words > 12.0
        room = (
            at - (words if before else 0.0) - _GAP,
            at + long + (0.0 if inside or before else words) + _GAP,
        )
        place = next((n for n, lane in enumerate(taken) if _free(lane, room)), len(made))
        if place == len(made):
            made.append([])
            taken.append([])
        taken[place].append(room)
        made[place].append({"at": round(at, 3), "long": round(long, 3), "text": text, "before": before})
    return made


def _text(one: YearDay) -> str:
    if one.last == one.date:
        return f"{int(one.date[8:])} {one.name}"
    return f"{one.name} {short(one.date)}–{short(one.last)}"


def _free(lane: Sequence[tuple[float, float]], room: tuple[float, float]) -> bool:
    """Whether no span of a lane reaches into a room; the gap around each may be shared."""
    return all(room[1] - _GAP <= first or last <= room[0] + _GAP for first, last in lane)


def short(date: str) -> str:
    """'2026-03-01' -> '3/1'."""
    return f"{int(date[5:7])}/{int(date[8:])}"


def span(first: str, last: str, year: int) -> tuple[float, float]:
    """Where a span (ISO) begins in a year and how long it is there, in months."""
    start = _at(first) if first >= f"{year:04d}-01-01" else 0.0
    after = (dt.date.fromisoformat(last) + dt.timedelta(days=1)).isoformat()
    end = _at(after) if after < f"{year + 1:04d}-01-01" else 12.0
    return start, max(end - start, 0.0)


def _at(date: str) -> float:
    """The place of the beginning of a day on the axis of its year, 0-12."""
    return int(date[5:7]) - 1 + (int(date[8:]) - 1) / month_end(date[:7]).day
