"""A year that was made up, behind the rooms that the page asks: what is planned, moved, left out and broken is noted."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import cast

from workbench.app import Workbench
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import week_of
from workbench.base.lunar import to_lunar
from workbench.base.workdays import shipped
from workbench.insight.measures.unseen import Unseen
from workbench.outreach.agenda.agenda import AgendaDay, AgendaFilter, AgendaYear
from workbench.outreach.codes import codes
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.maturities.waves import (
    MaturedMoney,
    MaturedPart,
    MaturingCell,
    MaturingLine,
    MaturityWaves,
    Whereabout,
)
from workbench.outreach.words import Words
from workbench.outreach.yearplan.plan import DaySum, NotFitting, PlannedTouch, Remedy, YearPlan
from workbench.rules.parameters import Rules

YEAR = 2026
CAPACITY = 240.0
EVERYTHING = AgendaFilter()
_DAY = dt.timedelta(days=1)
_REASONS = (
    ("birthday", "生日:农历十月十二", "care", "call", 8.0), ("maturity_7", "大额存单 30.0万 12-08 到期", "service", "call", 8.0),
    ("cadence", "钻石客户每 30 天联系一次,上次 11-02", "care", "call", 8.0), ("festival", "节日问候", "care", "wecom", 3.0),
    ("visit", "贵宾客户半年面访一次", "care", "visit", 45.0),
)  # fmt: skip
_NAMES = ("林秀英", "赵建国", "周敏", "欧阳静怡", "何芳", "王丽", "孙强", "李娜")

EVENTS = (
    YearDay("2026-01-01", "2026-01-01", "new_year", "元旦", "festival", says="祝新年好"),
    YearDay("2026-02-17", "2026-02-17", "spring", "春节", "festival", says="拜年,不谈产品", forbids="不要说“发财产品”"),
    YearDay("2026-04-05", "2026-04-05", "qingming", "清明", "festival", silent=True, forbids="不要说快乐"),
    YearDay("2026-06-19", "2026-06-19", "dragon", "端午节", "festival", says="祝安康,不说快乐", forbids="不要说快乐"),
    YearDay("2026-12-13", "2026-12-13", "memorial", "国家公祭日", "festival", silent=True),
    YearDay("2026-12-22", "2026-12-22", "dongzhi", "冬至", "term", says="提醒添衣"),
    YearDay("2026-11-22", "2026-11-22", "xiaoxue", "小雪", "term"),
    YearDay("2026-11-26", "2026-11-26", "thanks", "感恩节", "festival", says="感谢一年的信任"),
    YearDay("2026-01-01", "2026-03-31", "peak", "旺季:存款、大额存单", "product", says="先讲到期,再讲存款"),
    YearDay("2026-04-01", "2026-06-30", "second", "保险基金、半年末存款", "product"),
    YearDay("2026-10-01", "2026-12-31", "fourth", "储客、个人养老金", "product"),
    YearDay("2026-11-06", "2026-11-20", "sell", "月中营销", "product"),
)  # fmt: skip


def touch(number: int, day: str | None, at: int = 0, **changed: object) -> PlannedTouch:
    """A touch with this id; `at` says its reason and customer."""
    reason, words, kind, channel, minutes = _REASONS[at % len(_REASONS)]
    wanted = day or "2026-12-08"
    made = PlannedTouch(
        number, 100 + at, f"00001{at:05d}", _NAMES[at % len(_NAMES)], ("L7", "L5", "L4", None)[at % 4], reason, words,
        wanted, kind, channel, 3, minutes, wanted, wanted, wanted, day, "planned",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def year_of_touches() -> tuple[PlannedTouch, ...]:
    """Some for each workday from 16 November on, more before the year's end, and some that are not made."""
    made: list[PlannedTouch] = []
    for place, day in enumerate(_workdays(dt.date(2026, 11, 16), dt.date(2026, 12, 31))):
        for _again in range(3 + place % 7 + (9 if day.day == 8 else 0)):
            number = len(made)
            made.append(touch(number, day.isoformat(), number * 7 % 40))
    made[1] = replace(made[1], chosen=True)
    made[2] = replace(made[2], state="late", moved_from="2026-11-12")
    number = len(made)
    made += [
        touch(number, None, 1, state="no_room", why="这一段排不下"),
        touch(number + 1, None, 2, state="merged", why="并入同一周的到期联系"),
        touch(number + 2, None, 3, state="barred", why="投诉处理中,处理完再联系"),
    ]
    return tuple(made)


def _workdays(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    calendar = shipped()
    return (
        one for one in (first + n * _DAY for n in range((last - first).days + 1)) if calendar.is_workday(one)
    )


@dataclass
class MadeYear:
    """The rooms `agenda` and `year_plans`; `acts` notes the writes in their order."""

    touches_made: tuple[PlannedTouch, ...] = field(default_factory=year_of_touches)
    acts: list[tuple[object, ...]] = field(default_factory=list)
    wanted: list[AgendaFilter] = field(default_factory=list)
    broken: tuple[str, ...] = ("这一周已经有一次联系。",)
    fits: bool = False
    stored: bool = True
    #: called when the plan is to be brought up to date
    plan_anew: Callable[[Progress], None] = lambda _progress: None
    #: what no list tells
    unseen: tuple[Unseen, ...] = ()
    notes: tuple[str, ...] = ("名单里没有出生日期,排不出生日。",)

    # -- the agenda ----------------------------------------------------------------------------------------

    def year(self, year: int, wanted: AgendaFilter = EVERYTHING, progress: Progress = silent) -> AgendaYear:
        """The year."""
        progress(0.5, "排一年")
        self.wanted.append(wanted)
        days = []
        for number in range(365):
            day = dt.date(year, 1, 1) + number * _DAY
            counts: dict[str, int] = {}
            load = 0.0
            for one in self._of(day.isoformat(), day.isoformat(), wanted):
                if one.day is not None:
                    counts[one.reason] = counts.get(one.reason, 0) + 1
                    load += one.minutes
            days.append(self._day(day, load, counts))
        return AgendaYear(year, True, tuple(days), self.plan(year), self.notes)

    @staticmethod
    def _day(day: dt.date, load: float, counts: dict[str, int]) -> AgendaDay:
        calendar, iso = shipped(), day.isoformat()
        worked = calendar.is_workday(day)
        lunar = to_lunar(day)
        off = "国庆节" if not worked and day.month == 10 and day.day <= 7 else ""
        events = tuple(one for one in EVENTS if one.date <= iso <= one.last)
        lunar_word = (
            f"{lunar.month}月" if lunar.day == 1 else f"初{'〇一二三四五六七八九十'[min(lunar.day, 10)]}"
        )
        return AgendaDay(
            iso, week_of(day), lunar_word, worked, off, events, load, CAPACITY if worked else 0.0, counts
        )

    def _of(self, first: str, last: str, wanted: AgendaFilter) -> Iterator[PlannedTouch]:
        return (
            one
            for one in self.touches_made
            if first <= (one.day or one.wanted) <= last
            and (not wanted.reasons or one.reason in wanted.reasons)
            and (not wanted.channels or one.channel in wanted.channels)
        )

    def plan(self, year: int) -> YearPlan:
        """The plan."""
        late = () if self.fits else (misfit(),)
        states = {one.state: 0 for one in self.touches_made if one.day is None}
        for one in self.touches_made:
            if one.day is None:
                states[one.state] += 1
        sums = (DaySum("2026-11-16", 96, CAPACITY),)
        return YearPlan(
            year, "2026-10-31", "2026-11-16", "2026-11-16 09:00:00", sums, len(self.touches_made), states, late, moved=1
        )  # fmt: skip


def misfit() -> NotFitting:
    """A week that is too short for its touches."""
    return NotFitting(
        "2026-12-07", "2026-12-11", 1500, 1200, "L4", 42, ("0000100001", "0000100002"),
        "12-07 至 12-11 五天要 1,500 分,只有 1,200 分:财富客户最多。",
        (
            Remedy("interval", 75, "财富客户从 60 天一次改为 75 天一次,少 18 次"),
            Remedy("group", 20, "20 次改走社群"),
            Remedy("hours", 60, "这五天每天多 60 分"),
        ),
        700,
    )  # fmt: skip


class MadePlans:
    """The room of the touch plans over a made-up year."""

    def __init__(self, made: MadeYear) -> None:
        self.made = made

    def of(self, year: int, progress: Progress = silent) -> YearPlan:
        """The plan, brought up to date."""
        self.made.plan_anew(progress)
        self.made.stored = True
        return self.made.plan(year)

    def standing(self, year: int) -> YearPlan | None:
        """The plan."""
        return self.made.plan(year)

    def touches(
        self, year: int, first: str | None = None, last: str | None = None,
        customers: tuple[int, ...] | None = None, state: str | None = None, most: int | None = None,
    ) -> tuple[PlannedTouch, ...]:  # fmt: skip
        """The touches of a state or of customers."""
        return tuple(
            one
            for one in self.made.touches_made
            if (state is None or one.state == state) and (customers is None or one.customer_id in customers)
        )

    def breaks(self, touch_id: int, day: str) -> tuple[str, ...]:
        """What a move would break."""
        return self.made.broken

    def moved(self, year: int) -> tuple[PlannedTouch, ...]:
        """Who was moved."""
        return tuple(one for one in self.made.touches_made if one.moved_from)

    def move(self, touch_id: int, day: str, note: str = "") -> Change:
        """Set a day."""
        self.made.acts.append(("move", touch_id, day, note))
        self._put(touch_id, day=day, chosen=True, state="planned")
        return Change(frozenset({"touch_choices"}), 1, 7)

    def leave_out(self, touch_id: int, note: str = "") -> Change:
        """Leave one out."""
        self.made.acts.append(("leave_out", touch_id, note))
        self._put(touch_id, day=None, chosen=True, state="left_out", why="这次不联系")
        return Change(frozenset({"touch_choices"}), 1, 8)

    def take_back(self, touch_id: int) -> Change:
        """End what was decided."""
        self.made.acts.append(("take_back", touch_id))
        self._put(touch_id, chosen=False)
        return Change(frozenset({"touch_choices"}), 1, 9)

    def _put(self, touch_id: int, **changed: object) -> None:
        self.made.touches_made = tuple(
            replace(one, **changed) if one.id == touch_id else one  # type: ignore[arg-type]
            for one in self.made.touches_made
        )


class MadeAgenda:
    """The room of the agenda over a made-up year."""

    def __init__(self, made: MadeYear) -> None:
        self.made = made

    def year(self, year: int, wanted: AgendaFilter = EVERYTHING, progress: Progress = silent) -> AgendaYear:
        """The year."""
        return self.made.year(year, wanted, progress)

    def standing(self, year: int, wanted: AgendaFilter = EVERYTHING) -> AgendaYear | None:
        """The year, unless nothing is stored."""
        return self.made.year(year, wanted) if self.made.stored else None

    def touches(self, first: str, last: str, wanted: AgendaFilter = EVERYTHING) -> tuple[PlannedTouch, ...]:
        """The touches of a span."""
        return tuple(self.made._of(first, last, wanted))


class MadeDrafts:
    """The room of the words: one text for all but those who are seen."""

    def __init__(self, made: MadeYear) -> None:
        self.made = made

    def words(self, touches: Iterable[PlannedTouch]) -> dict[int, Words]:
        """What to say."""
        return {
            one.id: Words() if one.channel == "visit" else Words("您好,有阵子没联系了。", script="G-405")
            for one in touches
        }

    def keep(self, touch: PlannedTouch, script: str) -> Change:
        """Note that it was copied."""
        self.made.acts.append(("keep", touch.id, script))
        self.made.touches_made = tuple(
            replace(one, drafted="2026-11-16") if one.id == touch.id else one
            for one in self.made.touches_made
        )
        return Change(frozenset({"drafts"}), 1, 10)


class MadeMaturities:
    """The room of maturing money: two products in two weeks, and one month that is over."""

    lines = (
        MaturingLine(1, "0000100001", "林秀英", "2026-12-08", "cd", "大额存单", 30_000_000),
        MaturingLine(2, "0000100002", "赵建国", "2026-12-09", "cd", "大额存单", None),
        MaturingLine(3, "0000100003", "周敏", "2026-12-15", "wealth", "理财", 5_000_000),
    )

    def waves(self, year: int) -> MaturityWaves:
        """The map."""
        cells = (
            MaturingCell("2026-W50", "2026-12-07", "cd", "大额存单", 2, 30_000_000, 1),
            MaturingCell("2026-W51", "2026-12-14", "wealth", "理财", 1, 5_000_000),
        )
        return MaturityWaves(
            year, "2026-10-31", (("cd", "大额存单"), ("wealth", "理财")), cells, 3, 35_000_000
        )

    def maturing(
        self, year: int, week: str | None = None, family: str | None = None
    ) -> tuple[MaturingLine, ...]:
        """The names of a cell."""
        first = {"2026-W50": self.lines[:2], "2026-W51": self.lines[2:]}[str(week)]
        return tuple(one for one in first if family in (None, one.family))

    def whereabouts(self) -> MaturedMoney:
        """A month of which 60 % stayed."""
        parts = (
            MaturedPart("2026-10", "cd", "大额存单", "kept", 1, 6_000_000),
            MaturedPart("2026-10", "cd", "大额存单", "left", 1, 4_000_000),
        )
        names: tuple[tuple[Whereabout, str], ...] = (
            ("kept", "同类续接"), ("moved", "转为别的产品"), ("idle", "留在账上"), ("left", "转出"), ("unknown", "看不出")
        )  # fmt: skip
        return MaturedMoney("2026-10-31", names, ("2026-10",), parts, 10_000_000)

    def matured(
        self, month: str | None = None, family: str | None = None, became: Whereabout | None = None
    ) -> tuple[MaturingLine, ...]:
        """The names of a part."""
        return (
            (MaturingLine(4, "0000100004", "何芳", str(month), "cd", "大额存单", 4_000_000),)
            if became == "left"
            else ()
        )


def workbench_of(made: MadeYear) -> Workbench:
    """A workbench without a book, with what the page asks of it."""
    outreach = SimpleNamespace(
        agenda=MadeAgenda(made),
        year_plans=MadePlans(made),
        maturities=MadeMaturities(),
        drafts=MadeDrafts(made),
        channels=lambda: codes("channels"),
    )
    insight = SimpleNamespace(unseen=lambda _page: made.unseen)
    return cast(Workbench, SimpleNamespace(rules=Rules.load(), outreach=outreach, insight=insight))
