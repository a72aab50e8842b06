"""The clocks of a complaint (domain 9): the branch's own (first answer, solution in workdays) and the legal one in calendar days,
where weekends and days off count and the day of receipt is day 0. Neither hides the other."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from workbench.base.dates import days_after
from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.outreach.complaints.words import Extension
from workbench.rules.parameters import Rules

ClockCode = Literal["first", "solution", "legal", "list", "follow"]
#: met in time; met too late; it runs; it runs out soon; it ran out; nobody wrote down whether it was met
ClockState = Literal["met", "late", "open", "soon", "overdue", "unknown"]
_END = " 24:00"
_DAY = 10


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    """`due`: an ISO day, with the time for a telephone call; `met`: when, None while it runs; `over`: by how much it ran out, as
    the clock counts (minutes for a time, workdays or days), 0 in time; `basis` in words."""

    code: ClockCode
    due: str
    state: ClockState
    basis: str
    met: str | None = None
    over: int = 0
    left: int = 0
    unit: Literal["minutes", "days", "workdays"] = "days"

    @property
    def key(self) -> str:
        """By what clocks are put in order."""
        return self.due if len(self.due) > _DAY else self.due + _END

    @property
    def runs(self) -> bool:
        """Whether something is still to be done by it."""
        return self.state in ("open", "soon", "overdue")

    @property
    def words(self) -> str:
        """How it stands: until when, or by how much it is over."""
        if self.state == "unknown":
            words = (
                _("{due} 前,有没有回应没有记") if self.code == "first" else _("{due} 前,哪天给的方案没有记")
            )
            return words.format(due=self.due)
        if self.state == "met":
            return _("{met} 做到,期限 {due}").format(met=self.met, due=self.due)
        if self.state == "late":
            return _("{met} 才做到,超了 {over}").format(met=self.met, over=self._amount(self.over))
        if self.state == "overdue":
            return _("{due} 到期,已超 {over}").format(due=self.due, over=self._amount(self.over))
        if self.unit == "minutes" or self.left:
            return _("{due} 前,还有 {left}").format(due=self.due, left=self._amount(self.left))
        return _("今天({due})到期").format(due=self.due)

    @property
    def brief(self) -> str:
        """The same for a list: its day, and below it how it stands."""
        left = _("还有 {left}").format(left=self._amount(self.left)) if self.left else _("今天到期")
        over = self._amount(self.over)
        stands = {
            "met": _("按时"), "late": _("晚了 {over}").format(over=over), "overdue": _("已超 {over}").format(over=over),
            "unknown": _("没有记"),
        }.get(self.state, left)  # fmt: skip
        return f"{self.due}\n{stands}"

    @property
    def late_by(self) -> str:
        """By how much it is over, in words."""
        return self._amount(self.over)

    def _amount(self, count: int) -> str:
        """So many units in words; many minutes are hours or days."""
        if self.unit == "workdays":
            return _("{n} 个工作日").format(n=count)
        if self.unit == "days":
            return _("{n} 天").format(n=count)
        if count < 60:
            return _("{n} 分钟").format(n=count)
        if count < 24 * 60:
            return _("{n} 小时").format(n=count // 60)
        return _("{n} 天").format(n=count // (24 * 60))


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clocks run by. `received`: a moment, or a day; `answered`, `decided`, `closed`: when that was done, None not yet;
    `settled`: it is over, though nobody says when; `filed`: a file says what was done: without one it is not known whether
    somebody answered; `listed`: until when the list wants it settled (ISO)."""

    received: str
    channel: str = ""
    answered: str | None = None
    decided: str | None = None
    closed: str | None = None
    settled: bool = False
    extension: Extension | None = None
    filed: bool = True
    listed: str | None = None
    followed: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintClocks:
    """All clocks of one complaint; `listed` None where the list names no day, `follow` None before it is settled."""

    first: ComplaintClock
    solution: ComplaintClock
    legal: ComplaintClock
    listed: ComplaintClock | None = None
    follow: ComplaintClock | None = None

    @property
    def both(self) -> tuple[ComplaintClock, ...]:
        """The branch's own and the legal one, and beside them that of the list."""
        return (self.first, self.solution, self.legal, *([self.listed] if self.listed else []))

    @property
    def earliest(self) -> ComplaintClock | None:
        """The clock that runs out first among those that run; the follow-up once nothing else does."""
        running = [one for one in self.both if one.runs]
        if self.follow is not None and self.follow.runs:
            running.append(self.follow)
        return min(running, key=lambda one: one.key, default=None)

    @property
    def end(self) -> ComplaintClock:
        """Of the legal day and that of the list, the earlier one."""
        return min((self.legal, *([self.listed] if self.listed else [])), key=lambda one: one.key)


def legal_days(extension: Extension | None, rules: Rules) -> int:
    """How many calendar days the law gives from receipt."""
    if extension is None:
        return rules.whole("complaint.legal_days")
    special = rules.whole("complaint.special_days") if extension == "special" else 0
    return rules.whole("complaint.complex_days") + special


def clocks_of(facts: ClockFacts, now: str, workdays: Workdays, rules: Rules) -> ComplaintClocks:
    """The clocks at a moment 'YYYY-MM-DD HH:MM'."""
    day = dt.date.fromisoformat(facts.received[:_DAY])
    decided = facts.decided or facts.closed
    over = facts.settled and decided is None
    soon = rules.whole("complaint.soon_days")
    within = rules.whole("complaint.solution_days")
    due = workdays.add(day, within).isoformat()
    own = _by_day(
        "solution",
        due,
        decided,
        now,
        soon,
        _("{n} 个工作日").format(n=within),
        unknown=over,
        workdays=workdays,
    )
    days = legal_days(facts.extension, rules)
    legal = _by_day(
        "legal",
        days_after(day.isoformat(), days),
        decided,
        now,
        soon,
        _("{n} 个自然日").format(n=days),
        unknown=over,
    )
    listed, first = None, _first(facts, now, rules)
    if not facts.filed and facts.decided is None:  # it may have been given before it was closed
        own, legal = _untold(own), _untold(legal)
        first = first if facts.answered else _untold(first)
    if facts.listed:
        listed = _by_day("list", facts.listed, facts.closed, now, soon, _("清单写的时限"), unknown=over)
    follow = None
    if facts.closed and facts.filed:
        after = rules.whole("complaint.follow_days")
        on = workdays.next_workday(dt.date.fromisoformat(days_after(facts.closed, after))).isoformat()
        follow = _by_day("follow", on, facts.followed, now, soon, _("办结后 {n} 天").format(n=after))
    return ComplaintClocks(first, own, legal, listed, follow)


def _first(facts: ClockFacts, now: str, rules: Rules) -> ComplaintClock:
    """The first answer: minutes after a telephone call, else on the same day."""
    minutes = rules.whole("complaint.first_minutes")
    timed = len(facts.received) > _DAY
    answered = facts.answered or facts.decided or facts.closed
    untold = answered is None and (facts.settled or not facts.filed)
    if facts.channel != "phone" or not timed:
        basis = _("当天") if facts.channel != "phone" else _("当天(不知道几点来电)")
        return _by_day("first", facts.received[:_DAY], answered, now, 0, basis, unknown=untold)
    end = dt.datetime.fromisoformat(facts.received) + dt.timedelta(minutes=minutes)
    due, basis = f"{end:%Y-%m-%d %H:%M}", _("{n} 分钟").format(n=minutes)
    if untold:
        return ComplaintClock("first", due, "unknown", basis, unit="minutes")
    at = answered if answered is not None else now
    if len(at) == _DAY:  # the time is not known: of the day itself it may have been in time
        gone = _days(due[:_DAY], at) * 24 * 60
    else:
        gone = int((dt.datetime.fromisoformat(at) - end).total_seconds() // 60)
    if answered is not None:
        return ComplaintClock(
            "first", due, "late" if gone > 0 else "met", basis, answered, max(gone, 0), unit="minutes"
        )
    state: ClockState = "overdue" if gone > 0 else "soon"
    return ComplaintClock("first", due, state, basis, None, max(gone, 0), max(-gone, 0), "minutes")


def _by_day(
    code: ClockCode,
    due: str,
    met: str | None,
    now: str,
    soon: int,
    basis: str,
    *,
    unknown: bool = False,
    workdays: Workdays | None = None,
) -> ComplaintClock:
    """A clock that ends with a day."""
    unit: Literal["days", "workdays"] = "workdays" if workdays is not None else "days"
    if unknown and met is None:
        return ComplaintClock(code, due, "unknown", basis, unit=unit)
    at = (met or now)[:_DAY]
    gone = _days(due, at)
    over, left = max(gone, 0), max(-gone, 0)
    if workdays is not None:
        over, left = _worked(workdays, due, at), _worked(workdays, at, due)
        over = max(over, 1) if gone > 0 else 0
    if met is not None:
        return ComplaintClock(code, due, "late" if gone > 0 else "met", basis, met, over, 0, unit)
    state: ClockState = "overdue" if gone > 0 else "soon" if -gone <= soon else "open"
    return ComplaintClock(code, due, state, basis, None, over, left, unit)


def _untold(clock: ComplaintClock) -> ComplaintClock:
    """A clock that only the closing tells of: in time it was met, too late it is not known."""
    return replace(clock, state="unknown", met=None, over=0) if clock.state == "late" else clock


def _days(first: str, last: str) -> int:
    """Calendar days from one day to another, negative back in time."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def _worked(workdays: Workdays, after: str, until: str) -> int:
    """Workdays after a day up to another one; 0 where that is not later."""
    first = dt.date.fromisoformat(after)
    days = max(_days(after, until), 0)
    return sum(workdays.is_workday(first + dt.timedelta(days=n)) for n in range(1, days + 1))
