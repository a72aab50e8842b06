"""`GoalProgress`: a goal, how far it came, and how far it should be."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.goals.registry import GoalMeasure
from workbench.outreach.goals.span import Span


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal of `target` (fen or a count) for a span; `whose`: 'own' or 'office'. `reached`: None where it cannot be told;
    `at`: the day (ISO) up to which it is counted, '' where no list of the span is there; `gone`: share of the workdays up to
    it."""

    measure: GoalMeasure
    span: Span
    whose: str
    target: int
    reached: int | None
    at: str = ""
    gone: float = 0.0

    @property
    def title(self) -> str:
        """'资产净增 · 本月 500万(自定)'."""
        period = _("本季") if "Q" in self.span.code else _("本月")
        whose = _("自定") if self.whose == "own" else _("总行")
        words = _("{measure} · {period} {target}({whose})")
        return words.format(
            measure=self.measure.name, period=period, target=self.amount(self.target), whose=whose
        )

    @property
    def behind(self) -> int | None:
        """What is missing against the pace, at least 0; None where it cannot be told."""
        if self.reached is None:
            return None
        return max(0, round(self.target * self.gone) - self.reached)

    @property
    def sentence(self) -> str:
        """'已 155万,到今天应到 46%,现 31%,差 75万'; what would tell it where it cannot be told."""
        if self.reached is None:
            return self._untold()
        day = (
            _("今天")
            if self.at == today().isoformat()
            else _("{month} 月 {day} 日").format(
                month=dt.date.fromisoformat(self.at).month, day=dt.date.fromisoformat(self.at).day
            )
        )
        words = _("已 {reached};到{day}应到 {due},现 {now}")
        standing = words.format(
            reached=self.amount(self.reached), day=day, due=f"{self.gone:.0%}", now=f"{self.reached / self.target:.0%}"
        )  # fmt: skip
        if self.behind:
            return standing + _(",差 {amount}").format(amount=self.amount(self.behind))
        return standing + _(",进度正常")

    def amount(self, value: int) -> str:
        """A value of the measure in words."""
        if self.measure.unit == "fen":
            return wan(value)
        return f"{value:,}"

    def _untold(self) -> str:
        if self.measure.counted_in == "log":
            return _("成交没有记金额,看不出完成多少;记联系时填上金额就有。")
        if not self.at:
            return _("还没有 {first} 起的名单(也要有 {before} 的作起点),看不出完成多少。").format(
                first=self.span.first, before=self.span.before
            )
        return _("名单没有这一列的余额,看不出完成多少。")
