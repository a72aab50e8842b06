"""`DayReview` and `WeekReport` as frozen values."""

import datetime as dt
from dataclasses import dataclass, field

from workbench.base.i18n import _, semicolons
from workbench.outreach.reviews.counts import DayCounts


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What the manager writes into a review: objections, one a line, tomorrow, the skill to drill, the supervisor's word."""

    objections: str = ""
    tomorrow: str = ""
    skill: str = ""
    supervisor: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return not any((self.objections, self.tomorrow, self.skill, self.supervisor))


@dataclass(frozen=True, slots=True)
class DayReview:
    """The review of a day (ISO). `words`: what was written; `suggested`: what the log proposes for it, for the fields that
    are still empty; `left`: customers of the day's list still waiting."""

    date: str
    counts: DayCounts
    left: int = 0
    words: ReviewWords = field(default_factory=ReviewWords)
    suggested: ReviewWords = field(default_factory=ReviewWords)


@dataclass(frozen=True, slots=True)
class WeekReport:
    """The report of a week, drafted from the log: the counts of each day, promises that were kept and are open, and the
    words of the evenings."""

    week: str
    first: str
    last: str
    days: tuple[DayReview, ...]
    kept: int = 0
    open: int = 0

    @property
    def total(self) -> DayCounts:
        """The counts of all days; who was contacted on two days counts on both."""
        whole = DayCounts()
        for one in self.days:
            whole += one.counts
        return whole

    def lines(self) -> tuple[str, ...]:
        """The report, one paragraph a line, for copying and printing."""
        whole = self.total
        title = _("{week} 周小结({first} 至 {last},按联系记录)")
        lines = [
            title.format(week=self.week, first=self.first, last=self.last),
            _("合计:{counts}").format(counts=counts_words(whole)),
            *(
                _("{day}:{counts}").format(day=weekday_of(one.date), counts=counts_words(one.counts))
                for one in self.days
                if one.counts.planned or one.counts.called
            ),
            _("答应过的事:兑现 {kept} 件,还没有兑现 {open} 件。").format(kept=self.kept, open=self.open),
        ]
        if objections := self._written("objections"):
            lines.append(_("主要异议:{what}").format(what=semicolons(objections)))
        if skills := self._written("skill"):
            lines.append(_("练习:{what}").format(what=semicolons(skills)))
        if spoken := self._written("supervisor"):
            lines.append(_("主管的话:{what}").format(what=semicolons(spoken)))
        return tuple(lines)

    @property
    def text(self) -> str:
        """The report as one text."""
        return "\n".join(self.lines())

    def _written(self, part: str) -> tuple[str, ...]:
        """What the evenings say in one field, each line once."""
        lines = (line.strip() for one in self.days for line in getattr(one.words, part).splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))


def counts_words(counts: DayCounts) -> str:
    """The counts in one sentence."""
    words = _(
        "计划 {planned} 位,拨打 {called} 位,接通 {reached} 位,约到 {invited} 位,见面 {met} 位,办成 {done} 位。"
    )
    return words.format(**counts.as_json())


def weekday_of(day: str) -> str:
    """'周一 11-16'."""
    date = dt.date.fromisoformat(day)
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return f"{names[date.weekday()]} {day[5:]}"
