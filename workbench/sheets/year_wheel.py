"""The year on one A3 page (domain 6.8): every day with its festivals, days off and terms; below, on the same axis of months,
product rhythm, key dates of segments, maturing money and the load of each week. Black-and-white safe, names nobody."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypedDict

from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.dates.year_day import YearDay
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.part import Part
from workbench.sheets.printed import SheetKind
from workbench.sheets.year_bands import lanes, repeated, short, span
from workbench.sheets.year_material import YearMaterial, day_sign, year_notes

WHEEL_PDF = SheetKind("year_wheel_pdf", ("totals",), "pack")
#: a festival longer than so many days is a span, not a day
_LONGEST = 5


class WheelEvent(TypedDict):
    """What stands on a day: `kind` 'festival', 'silent', 'term' (acted upon) or 'faint' (named only)."""

    text: str
    kind: str


class WheelDay(TypedDict):
    """A day: `ground` 'off', 'weekend', 'make_up' or ''; `sign` 休 or 班, '' for none."""

    number: str
    weekday: str
    lunar: str
    ground: str
    sign: str
    events: list[WheelEvent]


class WheelMonth(TypedDict):
    """A month: its money that matures in words, '' where none is told, and as a share of the fullest month."""

    name: str
    money: str
    share: float
    days: list[WheelDay]


class WheelWeek(TypedDict):
    """A week on the axis: its number, its load and capacity as shares of the largest capacity, its load in hours."""

    at: float
    long: float
    number: str
    load: float
    capacity: float
    hours: str


def wheel_part(material: YearMaterial) -> Part:
    """The page of a year."""
    paper = wheel_content(material)
    return Part("wheel", "wheel", str(paper["title"]), paper, ("totals",), 0, material.agenda.plan.as_of)


def wheel_content(material: YearMaterial) -> Mapping[str, object]:
    """What the page says, as plain values."""
    agenda = material.agenda
    events = _events(agenda.days)
    products = [one for one in events if one.stream == "product"]
    segments = [
        one for one in events if one.stream == "segment" or (one.stream == "festival" and _lasts(one))
    ]
    weeks = _weeks(agenda)
    return {
        "title": _("{year} 年度客户经营日历").format(year=agenda.year),
        "about": _about(agenda),
        "unofficial": "" if agenda.official else _("休班未官宣"),
        "notes": typeset(year_notes(agenda.notes)),
        "months": _months(material),
        "bands": [
            _band(_("产品节奏"), products, agenda.year, _("没有产品节奏。")),
            _band(_("客群关键日"), segments, agenda.year, _("没有客群关键日。")),
        ],
        "money_title": _("到期资金(元)"),
        "money_note": typeset(material.maturing_note),
        "money": material.maturing is not None,
        "load_title": typeset(_("每周触点(小时):实心是已排,空框是容量")),
        "load_empty": "" if weeks else typeset(_("这一年还没有触点计划。")),
        "weeks": weeks,
        "legend": _legend(doubtful=any("(" in day.lunar for day in agenda.days)),
    }


def _band(title: str, events: Sequence[YearDay], year: int, empty: str) -> Mapping[str, object]:
    often = typeset(repeated(events))
    return {
        "title": title,
        "often": often,
        "lanes": lanes(events, year),
        "empty": "" if often else typeset(empty),
    }


def _lasts(one: YearDay) -> bool:
    return (dt.date.fromisoformat(one.last) - dt.date.fromisoformat(one.date)).days > _LONGEST


def _about(agenda: AgendaYear) -> str:
    plan = agenda.plan
    dated = _("数据日期 {date}").format(date=plan.as_of) if plan.as_of else _("没有数据")
    made = plan.touches - sum(plan.suppressed.values())
    planned = _("共 {n} 次触点,从 {date} 排起").format(n=f"{made:,}", date=plan.planned_from)
    return typeset(" · ".join(filter(None, [dated, planned if made else ""])))


def _legend(*, doubtful: bool) -> list[tuple[str, str]]:
    """(mark, what it means)."""
    return [
        ("off", typeset(_("休:放假"))),
        ("make_up", typeset(_("班:调休上班"))),
        ("weekend", _("周末")),
        ("festival", _("节日")),
        ("silent", typeset(_("静默日:不营销,不说喜庆话"))),
        ("term", typeset(_("节气:个 = 逐户问候,群 = 群内发"))),
        *([("term", typeset(_("农历后的 ?:各家历书差一天")))] if doubtful else []),
    ]


def _events(days: Sequence[AgendaDay]) -> list[YearDay]:
    """Every event once, by its first day."""
    once = {event.code: event for day in days for event in day.events}
    return sorted(once.values(), key=lambda one: (one.date, one.last, one.code))


def _months(material: YearMaterial) -> list[WheelMonth]:
    agenda, sums = material.agenda, material.maturing or {}
    most = max(sums.values(), default=0)
    made: list[WheelMonth] = []
    for number in range(1, 13):
        month = f"{agenda.year:04d}-{number:02d}"
        amount = sums.get(month, 0)
        made.append(
            {
                "name": _("{n}月").format(n=number),
                "money": "" if material.maturing is None else wan(amount) if amount else "0",
                "share": amount / most if most else 0.0,
                "days": [_day(day) for day in agenda.days if day.date[:7] == month],
            }
        )
    return made


def _day(day: AgendaDay) -> WheelDay:
    date = dt.date.fromisoformat(day.date)
    weekend = date.weekday() > 4
    make_up = weekend and day.workday
    ground = "make_up" if make_up else "off" if day.off else "weekend" if weekend else ""
    return {
        "number": str(date.day),
        "weekday": weekday(day.date).removeprefix("周")[:1],
        "lunar": _plain_lunar(day.lunar),
        "ground": ground,
        "sign": day_sign(day),
        "events": _of_day(day),
    }


def _plain_lunar(words: str) -> str:
    """A lunar day as a cell shows it: '初三?' where sources differ by a day."""
    return words[: words.index("(")] + "?" if "(" in words else words


def _of_day(day: AgendaDay) -> list[WheelEvent]:
    """Festivals and terms that begin on a day, each name once, what is acted upon first; what is silent on any of its days."""
    made: dict[str, WheelEvent] = {}
    order = {"festival": 0, "term": 1}
    for one in sorted(day.events, key=lambda event: (order.get(event.stream, 2), event.code)):
        begins = one.date == day.date
        if one.stream not in order or not (begins or one.silent) or _lasts(one):
            continue
        kind = "silent" if one.silent else "festival" if one.stream == "festival" else "faint"
        name = one.name
        if one.stream == "term" and any(name in known for known in made):
            continue  # 清明 is both
        if one.stream == "term" and one.use != "none" and not one.silent:
            kind = "term"
            name = (_("{name} 个") if one.use == "personal" else _("{name} 群")).format(name=name)
        if one.last > one.date and not one.silent:
            name = f"{name}–{int(one.last[8:]) if one.last[:7] == one.date[:7] else short(one.last)}"
        known = made.setdefault(one.name, {"text": name, "kind": kind})
        if kind == "silent":
            known["kind"] = kind
    return list(made.values())


def _weeks(agenda: AgendaYear) -> list[WheelWeek]:
    """The weeks of a year; none where no day has a capacity or a load."""
    sums: dict[str, list[float]] = {}
    spans: dict[str, list[str]] = {}
    for day in agenda.days:
        one = sums.setdefault(day.week, [0.0, 0.0])
        one[0] += day.load
        one[1] += day.capacity
        spans.setdefault(day.week, []).append(day.date)
    most = max((max(load, capacity) for load, capacity in sums.values()), default=0.0)
    if not most or not any(load for load, _capacity in sums.values()):
        return []
    made: list[WheelWeek] = []
    for week, (load, capacity) in sums.items():
        at, long = span(spans[week][0], spans[week][-1], agenda.year)
        hours = f"{load / 60:.0f}" if load >= 30 else "<1" if load else ""
        made.append(
            {
                "at": round(at, 3), "long": round(long, 3), "number": str(int(week[-2:])), "load": round(load / most, 3),
                "capacity": round(capacity / most, 3), "hours": hours,
            }
        )  # fmt: skip
    return made
