"""客户触点规划表 (domain 6.8): a month on A4 pages, by weeks and by days with touches; numbered rows come back."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypedDict

from workbench.base.dates import month_end
from workbench.base.i18n import _, commas
from workbench.base.money import exact_yuan
from workbench.insight.measures.freshness import freshness
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.year_day import Stream
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.calls import result_digits
from workbench.sheets.pack.part import Part, noticed
from workbench.sheets.printed import SheetKind
from workbench.sheets.worksheet import measured
from workbench.sheets.year_bands import short
from workbench.sheets.year_material import (
    GROUP,
    YearMaterial,
    channel_names,
    channel_word,
    day_sign,
    named_together,
    names_of,
    with_names,
    year_notes,
)
from workbench.sheets.year_xlsx import month_grid

FIELDS = ("name_masked", "customer_no_tail", "reason")
MONTH_PDF = SheetKind("month_pdf", FIELDS, "pack")
#: in Latin letters: a customer with his box, half the width of a day
_NAME, _HALF = 17, 47
YEAR_PDF = SheetKind("year_pdf", FIELDS, "pack")


class MonthTouch(TypedDict):
    """A customer of a day: the number of his row, how paper names him, the day that it is about, whether he
    was reached."""

    number: str
    customer: str
    about: str
    done: bool


class MonthReason(TypedDict):
    """What some customers are contacted for on a day; `many`: so many at once who are not named, '' where they are;
    `wide`: it needs a line of its own."""

    words: str
    many: str
    wide: bool
    touches: list[MonthTouch]


class MonthDay(TypedDict):
    """A day with touches."""

    date: str
    weekday: str
    lunar: str
    sign: str
    events: str
    reasons: list[MonthReason]
    channels: str
    scripts: str
    budget: str
    done: str


class MonthWeek(TypedDict):
    """A week, as far as it lies in the month: what happens in it, the sum of its touches, its money, '' where none is set."""

    week: str
    span: str
    festivals: str
    segments: str
    products: str
    personal: str
    channels: str
    budget: str
    done: str
    days: list[MonthDay]


def month_parts(material: YearMaterial, month: int | None = None) -> tuple[Part, ...]:
    """The sheets of a year's months, or of one (1-12)."""
    year = material.agenda.year
    return tuple(
        month_part(material, f"{year:04d}-{number:02d}", notes=not n)
        for n, number in enumerate(range(1, 13) if month is None else (month,))
    )


def month_name(year: int, month: int | None = None) -> str:
    """The proposed file name of the sheets of a year or of one month, without an ending."""
    if month is None:
        return _("{year} 客户触点规划表").format(year=year)
    return _("{year}-{month} 客户触点规划表").format(year=year, month=f"{month:02d}")


def month_part(material: YearMaterial, month: str, *, notes: bool = True) -> Part:
    """The sheet of a month 'YYYY-MM'. Its rows are numbered in the order in which they stand on it; `notes`: whether it says
    what is to be known of the whole year."""
    touches = material.of_month(month)
    single = [one for one in touches if one.channel != GROUP]
    numbers = {one.id: n for n, one in enumerate(single, 1)}
    people = sorted({(one.name, one.customer_no) for one in touches})
    cover = Cover(people)

    def clean(text: str) -> str:
        return typeset(cover(" ".join(text.split())))

    aged = freshness(material.agenda.plan.as_of, material.rules).sentence
    title = _("客户触点规划表 {year} 年 {month} 月").format(year=month[:4], month=int(month[5:]))
    unprinted = noticed(people)
    days = [day for day in material.agenda.days if day.date[:7] == month]
    weeks = [
        _week(week, list(group), material, touches, numbers, clean)
        for week, group in groupby(days, key=lambda one: one.week)
    ]
    about = _about(material, days, touches)
    digits = result_digits()
    paper: dict[str, object] = {
        "title": title,
        "about": about,
        "unofficial": "" if material.agenda.official else _("休班未官宣"),
        "warnings": [*filter(None, [typeset(aged)]), *unprinted],
        "notes": typeset(year_notes(one for one in material.agenda.notes if one != aged)) if notes else "",
        "heads": [
            _("日期"), _("节日"), _("客群"), _("产品"), _("个人日期"), _("负责人"), _("渠道"), _("话术编号"), _("预算"),
            _("完成"),
        ],
        "manager": material.manager,
        "weeks": weeks,
        "legend": [typeset(_("联系后在客户前的方框里写结果:")) + "  ".join(f"{digit} {name}" for digit, name in digits)]
        if any(one.channel != GROUP for one in touches)
        else [],
        "nobody": "" if touches else typeset(_("这个月没有排触点。")),
    }  # fmt: skip
    known = channel_names()
    rows = tuple(
        SheetRow(
            numbers[one.id], one.customer_no, None, one.day, one.channel if one.channel in known else None
        )
        for one in single
    )
    return Part(
        "month", "month", title, paper, FIELDS, len({one.customer_no for one in touches}), material.agenda.plan.as_of, rows,
        f"{month}-01", (month_grid(material, days, title, [about, *unprinted], touches, clean),), unprinted,
        until=month_end(month).isoformat(),
    )  # fmt: skip


def _about(material: YearMaterial, days: Sequence[AgendaDay], touches: Sequence[PlannedTouch]) -> str:
    load, capacity = sum(day.load for day in days), sum(day.capacity for day in days)
    parts = [_("{n} 个工作日").format(n=sum(day.workday for day in days))]
    if touches:
        parts.append(_("触点 {n} 次").format(n=f"{len(touches):,}"))
    if capacity:
        parts.append(_("用时 {load} / {capacity} 小时").format(load=_hours(load), capacity=_hours(capacity)))
    return typeset(" · ".join(parts))


def _hours(minutes: float) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _week(
    week: str,
    days: Sequence[AgendaDay],
    material: YearMaterial,
    touches: Sequence[PlannedTouch],
    numbers: Mapping[int, int],
    clean: Callable[[str], str],
) -> MonthWeek:
    inside = {day.date: day for day in days}
    mine = [one for one in touches if one.day in inside]
    budget = sum(fen for day, fen in material.budget.items() if day in inside)
    return {
        "week": _("第 {week} 周").format(week=int(week[-2:])),
        "span": f"{days[0].date[5:]} — {days[-1].date[5:]}" if len(days) > 1 else days[0].date[5:],
        "festivals": _happening(days, "festival", "term"),
        "segments": _happening(days, "segment"),
        "products": _happening(days, "product"),
        "personal": clean(_counted(material.reason(one) for one in mine)),
        "channels": clean(_counted(channel_word(one.channel) for one in mine)),
        "budget": _money(budget),
        "done": _of(mine),
        "days": [
            _day(inside[date or ""], list(group), material, numbers, clean)
            for date, group in groupby(mine, key=lambda one: one.day)
        ],
    }


def _happening(days: Sequence[AgendaDay], *streams: Stream) -> str:
    """What begins in a week with its day, what goes on with its end; days off and make-up days with the festivals."""
    parts: dict[str, str] = {}
    first = days[0].date
    for day in days:
        for one in day.events:
            if one.stream not in streams or (one.stream == "term" and one.use == "none" and not one.silent):
                continue
            if one.last > one.date:
                at = f"{max(one.date, first)[5:]}–{one.last[5:]}" if one.date >= first else f"–{one.last[5:]}"
            else:
                at = one.date[5:]
            words = f"{at} {one.name}"
            parts.setdefault(one.code, _("{what}(静默)").format(what=words) if one.silent else words)
    if "festival" in streams:
        parts |= {f"day-{day.date}": f"{day.date[5:]} {day_sign(day)}" for day in days if day_sign(day)}
        return typeset(_together(parts.values()))
    return typeset("\n".join(parts.values()))


def _together(lines: Iterable[str]) -> str:
    """Lines of which those of one day stand together, in the order of the days."""
    by_day: dict[str, list[str]] = {}
    for line in lines:
        at, _blank, words = line.partition(" ")
        by_day.setdefault(at, []).append(words)
    plain = re.compile(r"\d\d-\d\d$")
    ordered = sorted(by_day.items(), key=lambda item: (plain.match(item[0]) is None, item[0]))
    return "\n".join(f"{at} {commas(words)}" for at, words in ordered)


def _counted(words: Iterable[str]) -> str:
    """'生日 3、到期前7天 2', the most first."""
    return commas(f"{word} {n}" for word, n in Counter(words).most_common())


def _day(
    day: AgendaDay,
    touches: Sequence[PlannedTouch],
    material: YearMaterial,
    numbers: Mapping[int, int],
    clean: Callable[[str], str],
) -> MonthDay:
    headed: dict[str, list[PlannedTouch]] = {}
    for one in touches:
        headed.setdefault(material.heading(one), []).append(one)
    reasons = [_reason(clean(heading), mine, material, numbers) for heading, mine in headed.items()]
    return {
        "date": day.date[5:],
        "weekday": weekday(day.date),
        "lunar": day.lunar,
        "sign": day_sign(day),
        "events": commas(names_of((one for one in day.events if one.last == one.date), "festival", "term")),
        "reasons": reasons,
        "channels": clean(_counted(channel_word(one.channel) for one in touches)),
        "scripts": _scripts(material.scripts[one.id] for one in touches if one.id in material.scripts),
        "budget": _money(material.budget.get(day.date, 0)),
        "done": _of(touches),
    }


def _scripts(codes: Iterable[str]) -> str:
    """'G-301 405': each code once, those that begin alike under one beginning."""
    alike: dict[str, list[str]] = {}
    for code in sorted(set(codes)):
        begin, _dash, number = code.rpartition("-")
        alike.setdefault(begin, []).append(number)
    return " ".join(f"{begin}-{' '.join(numbers)}" for begin, numbers in alike.items())


def _reason(
    words: str, touches: Sequence[PlannedTouch], material: YearMaterial, numbers: Mapping[int, int]
) -> MonthReason:
    single = [one for one in touches if one.channel != GROUP]
    named: list[MonthTouch] = [
        {
            "number": str(numbers[one.id]),
            "customer": f"{print_name(one.name)} {tail(one.customer_no)}".strip(),
            "about": _about_day(material.about(one), one.day),
            "done": one.done,
        }
        for one in single
    ]
    group = len(touches) - len(single)
    many = typeset(_("群发 {n}户").format(n=f"{group:,}")) if group else ""
    many = with_names(many, named_together(touches))
    width = measured(words + many) + sum(_NAME + measured(one["about"]) for one in named)
    return {"words": words, "many": many, "wide": width > _HALF, "touches": named}


def _about_day(about: str, day: str | None) -> str:
    """'1/17', the day that a touch is about; '' for the day itself."""
    return short(about) if about and about != day else ""


def _money(fen: int) -> str:
    """An amount in yuan; '' for nothing, where something may be written."""
    return exact_yuan(fen).removesuffix(".00") if fen else ""


def _of(touches: Iterable[PlannedTouch]) -> str:
    """Of how many customers something may be done; a message to many is none."""
    single = sum(one.channel != GROUP for one in touches)
    return f"/ {single}" if single else ""
