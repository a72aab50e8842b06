"""Made-up years of contact: 2026 with its notice of days off, rich in everything, and 2027 of which nothing is known."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from db.engine import Book
from workbench.base.dates import week_of
from workbench.base.lunar import from_lunar, to_lunar
from workbench.base.workdays import shipped
from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.dates.year_day import Stream, Use, YearDay
from workbench.outreach.gifts.room import Gifts
from workbench.outreach.maturities.room import Maturities
from workbench.outreach.yearplan.plan import DaySum, PlannedTouch, YearPlan
from workbench.rules.parameters import Rules
from workbench.sheets.room import Sheets
from workbench.sheets.year_material import YearMaterial
from workbench.trust.register import Register

_DIGITS = "一二三四五六七八九十"
REASONS = (
    ("maturity_7", "03-12到期,商定承接方案,约好当天", "service", "call", 8.0),
    ("birthday", "03-05生日,一句问候,不谈产品", "care", "wecom", 3.0),
    ("cadence", "按层级的频率联系一次", "care", "call", 8.0),
    ("festival.mid_autumn", "中秋节问候", "care", "wecom", 3.0),
    ("product.fund", "保险、基金", "marketing", "call", 8.0),
    ("review", "检视一次资产配置", "care", "visit", 45.0),
)


def lunar_words(date: dt.date) -> str:
    """A lunar day: '初八', on the first the month."""
    one = to_lunar(date)
    if one.day == 1:
        month = ("正", *_DIGITS[1:], "冬", "腊")[one.month - 1]
        return f"{'闰' if one.leap else ''}{month}月"
    if one.day <= 10:
        return f"初{_DIGITS[one.day - 1]}"
    if one.day in (20, 30):
        return {20: "二十", 30: "三十"}[one.day]
    return f"{'十' if one.day < 20 else '廿'}{_DIGITS[one.day % 10 - 1]}"


def one(
    date: str, name: str, stream: Stream, last: str = "", use: Use = "personal", *, silent: bool = False
) -> YearDay:
    """An event."""
    return YearDay(date, last or date, f"{stream}-{name}-{date}", name, stream, use, date, silent)


def events_of(year: int) -> list[YearDay]:
    """The events of a year about as domain 6.1-6.4 names them."""
    lunar = [
        (1, 1, "春节"), (1, 15, "元宵节"), (2, 2, "龙抬头"), (5, 5, "端午节"), (7, 7, "七夕节"), (8, 15, "中秋节"),
        (9, 9, "重阳节(老年节)"),
    ]  # fmt: skip
    made = [one(from_lunar(year, m, d).isoformat(), name, "festival") for m, d, name in lunar]
    made += [
        one(from_lunar(year - 1, 12, 8).isoformat(), "腊八节", "festival"),
        one(from_lunar(year - 1, 12, 23).isoformat(), "小年(北)", "festival"),
        one(from_lunar(year - 1, 12, 24).isoformat(), "小年(南)", "festival"),
        one((from_lunar(year, 1, 1) - dt.timedelta(days=1)).isoformat(), "除夕", "festival"),
        one(from_lunar(year, 7, 15).isoformat(), "中元节", "festival", use="none", silent=True),
    ]
    solar = (
        "01-01 元旦,02-14 情人节,03-08 妇女节,03-12 植树节,03-15 消费者权益日,04-23 世界读书日,05-01 劳动节,05-04 青年节,"
        "05-12 护士节,06-01 儿童节,07-01 建党节,08-01 建军节,08-19 医师节,09-10 教师节,09-23 中国农民丰收节,10-01 国庆节,"
        "11-08 记者节,11-11 双十一,12-04 宪法日"
    )
    made += [one(f"{year}-{text[:5]}", text[6:], "festival") for text in solar.split(",")]
    made += [
        one(f"{year}-06-07", "高考", "festival", f"{year}-06-09"),
        one(f"{year}-04-05", "清明节", "festival", use="none", silent=True),
        one(f"{year}-12-13", "国家公祭日", "festival", use="none", silent=True),
    ]
    terms = (
        "01-05 小寒-,01-20 大寒群,02-04 立春群,02-19 雨水-,03-06 惊蛰群,03-21 春分群,04-05 清明-,04-20 谷雨群,05-06 立夏群,"
        "05-21 小满个,"
        "06-06 芒种个,06-21 夏至群,07-07 小暑-,07-23 大暑群,08-08 立秋群,08-23 处暑-,09-08 白露群,09-23 秋分个,"
        "10-08 寒露群,10-23 霜降群,"
        "11-07 立冬个,11-22 小雪-,12-07 大雪群,12-22 冬至个"
    )
    uses: dict[str, Use] = {"-": "none", "群": "group", "个": "personal"}
    made += [one(f"{year}-{t[:5]}", t[6:8], "term", use=uses[t[8]]) for t in terms.split(",")]
    for month in range(1, 13):
        made.append(one(f"{year}-{month:02d}-15", "纳税申报", "segment"))
    made += [
        one(f"{year}-01-01", "房贷利率重定价", "segment"),
        one(f"{year}-01-04", "年货备货", "segment", f"{year}-02-15"),
        one(f"{year}-02-20", "春季开学", "segment", f"{year}-03-05"),
        one(f"{year}-02-01", "春耕备耕", "segment", f"{year}-04-30"),
        one(f"{year}-03-01", "个税汇算退税", "segment", f"{year}-06-30"),
        one(f"{year}-03-01", "商贸回款", "segment", f"{year}-03-31"),
        one(f"{year}-05-01", "企业汇算清缴", "segment", f"{year}-05-31"),
        one(f"{year}-06-01", "夏收", "segment", f"{year}-06-30"),
        one(f"{year}-06-01", "留学购汇", "segment", f"{year}-09-30"),
        one(f"{year}-06-18", "618 备货回款", "segment"),
        one(f"{year}-07-01", "公积金基数调整", "segment", f"{year}-07-31"),
        one(f"{year}-07-05", "高考录取", "segment", f"{year}-08-20"),
        one(f"{year}-08-20", "秋季开学", "segment", f"{year}-09-10"),
        one(f"{year}-09-01", "秋收", "segment", f"{year}-11-30"),
        one(f"{year}-10-01", "售粮款", "segment", f"{year}-12-31"),
        one(f"{year}-12-01", "年终奖", "segment", f"{year}-12-31"),
        one(f"{year}-12-12", "双十二", "segment"),
        one(f"{year}-12-31", "个人养老金截止", "segment"),
    ]
    made += [
        one(f"{year}-01-01", "开门红旺季:存款、大额存单", "product", f"{year}-03-31"),
        one(f"{year}-01-15", "年终奖再投", "product", f"{year}-03-31"),
        one(f"{year}-04-01", "保险、基金", "product", f"{year}-06-30"),
        one(f"{year}-06-15", "半年末存款", "product", f"{year}-06-30"),
        one(f"{year}-07-01", "信用卡、贷款、学费", "product", f"{year}-09-30"),
        one(f"{year}-10-01", "储客与到期承接", "product", f"{year}-12-31"),
        one(f"{year}-11-01", "个人养老金", "product", f"{year}-12-31"),
        *(one(f"{year}-{month:02d}-10", "储蓄国债", "product") for month in range(3, 12)),
    ]
    return made


def year_of(
    year: int = 2026, *, capacity: float = 170.0, touches: Sequence[PlannedTouch] = (), rich: bool = True
) -> AgendaYear:
    """A year whose days have their events, and the load of these touches."""
    work, events = shipped(), events_of(year) if rich else []
    days: list[AgendaDay] = []
    date = dt.date(year, 1, 1)
    while date.year == year:
        iso = date.isoformat()
        mine = [touch for touch in touches if touch.day == iso]
        counts = {code: sum(t.reason == code for t in mine) for code in {t.reason for t in mine}}
        workday = work.is_workday(date)
        off = "放假" if not workday and (date.weekday() < 5 or iso[5:] in ("10-03", "10-04")) else ""
        days.append(
            AgendaDay(
                iso, week_of(date), lunar_words(date), workday, off,
                tuple(e for e in events if e.date <= iso <= e.last), sum(t.minutes for t in mine),
                capacity if workday and touches else 0.0, counts,
            )
        )  # fmt: skip
        date += dt.timedelta(days=1)
    sums = tuple(DaySum(d.date, d.load, d.capacity, d.touches) for d in days if d.capacity)
    plan = YearPlan(
        year, "2025-12-31" if touches else None, f"{year}-01-02", f"{year}-01-02 09:00:00", sums, len(touches), {}, ()
    )  # fmt: skip
    official = work.announced(year)
    notes = () if official else (f"{year} 年的放假安排还没有公布(未官宣),按周末和法定节假日推算。",)
    return AgendaYear(year, official, tuple(days), plan, notes)


def touches_of(year: int = 2026, per_day: int = 12, people: int = 300) -> list[PlannedTouch]:
    """So many touches on every workday, of customers in turn."""
    work, made = shipped(), list[PlannedTouch]()
    date = dt.date(year, 1, 1)
    while date.year == year:
        if work.is_workday(date):
            for _n in range(max(0, per_day + date.day % 7 - 3)):
                made.append(touch(len(made), date.isoformat(), people))
        date += dt.timedelta(days=1)
    return made


def touch(number: int, day: str, people: int = 300, reason: int | None = None) -> PlannedTouch:
    """A touch on a day, of one of so many customers."""
    code, words, kind, channel, minutes = REASONS[number % len(REASONS) if reason is None else reason]
    id_ = 1 + number * 7 % people
    return PlannedTouch(
        number + 1, id_, f"60000{id_:05d}", "欧阳建国" if id_ % 3 else "王芳", "L5", code, words, day, kind, channel, 3, minutes,
        day, day, day, day, "planned",
    )  # fmt: skip


def without_day(one: PlannedTouch, why: str) -> PlannedTouch:
    """The touch as one that is not made."""
    return replace(one, day=None, state="barred", why=why)


class ToldAgenda:
    """Stands in for the agenda: answers with a year and its touches."""

    def __init__(self, agenda: AgendaYear, touches: Sequence[PlannedTouch]) -> None:
        self.agenda, self.planned = agenda, tuple(touches)

    def year(self, _year: int) -> AgendaYear:
        return self.agenda

    def touches(self, first: str, last: str, *, made: bool) -> tuple[PlannedTouch, ...]:
        return tuple(one for one in self.planned if made and first <= (one.day or "") <= last)


class ToldDrafts:
    """Stands in for the words: one text for all."""

    def scripts(self, touches: Sequence[PlannedTouch]) -> dict[int, str]:
        return {one.id: "G-405" for one in touches}


class ToldSalons:
    """A branch without salons."""

    def budget(self, year: int) -> dict[str, int]:
        """Nothing on any day."""
        return {}


@dataclass
class ToldOutreach:
    """Stands in for outreach."""

    agenda: ToldAgenda
    rules: Rules
    maturities: Maturities
    gifts: Gifts
    salons: Any
    drafts: ToldDrafts = field(default_factory=ToldDrafts)


def sheets_of(book: Book, agenda: AgendaYear, touches: Sequence[PlannedTouch]) -> Sheets:
    """The door for the sheets of this year."""
    rules = Rules.load()
    outreach: Any = ToldOutreach(
        ToldAgenda(agenda, touches), rules, Maturities(book, rules), Gifts(book, rules), ToldSalons()
    )
    return Sheets(book, {"manager": "李敏"}, Register(book), lambda: outreach)


def material_of(agenda: AgendaYear, touches: Sequence[PlannedTouch] = (), **more: Any) -> YearMaterial:
    """What the sheets of this year are made of."""
    return YearMaterial(agenda, touches, Rules.load(), "李敏", **more)
