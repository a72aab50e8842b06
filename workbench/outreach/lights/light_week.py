"""The lights of a week as frozen values: worked on, waiting, gone, resting, and what changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.lights.in_brief import InBrief, brief
from workbench.outreach.lights.lit import Lit
from workbench.outreach.lights.queue import Queued
from workbench.people.consent import Consent


@dataclass(frozen=True, slots=True)
class QueuedLight:
    """A lit customer and his `place` 1..n in working order (0 for who is gone).

    `value_fen`: what may still be kept, min(lost, left); `due`: ISO; `carried`: listed the week before already;
    `reachable`: False only when it is known that he has no usable number; `todo`: what to do, in a sentence; `late`: why he
    stands at the end of the queue, '' for no reason.
    """

    risk: CustomerRisk
    place: int
    priority: float
    value_fen: int | None
    due: str
    carried: bool
    reachable: bool
    todo: str
    late: str = ""


@dataclass(frozen=True, slots=True)
class LightChanges:
    """Customer ids by what became of their light since the check of `since` (month; None: no earlier check is stored).

    `new`: lit now, not then; `worse`: a higher light; `better`: a lower one; `out`: none any more; `back`: of those out, the
    money came back; `gone`: nearly all lost by now, not yet then.
    """

    since: str | None = None
    new: tuple[int, ...] = ()
    worse: tuple[int, ...] = ()
    better: tuple[int, ...] = ()
    out: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True)
class LightWeek:
    """The lights of a week 'YYYY-Www' by the check of a month: `working` this week, `waiting` behind them, `gone` in
    win-back, `resting` (handled, explained, quiet); each in working order, the places running through all but gone.

    Long parts are read whole only as far as they are looked at (`InBrief`); until then signals, hard rule and facts lack.
    """

    week: str
    month: str
    as_of: str
    working: Sequence[QueuedLight]
    waiting: Sequence[QueuedLight]
    gone: Sequence[QueuedLight]
    resting: Sequence[QueuedLight]
    changes: LightChanges = field(default_factory=LightChanges)
    #: without a light now, their life goes on: explained, or back after a light of the last months
    out: Sequence[CustomerRisk] = ()
    #: the day (ISO) that it is seen from, and customer id -> consent of those who must not be marketed to on it; None where
    #: that was not looked at
    day: str = ""
    held: Mapping[int, Consent] | None = None
    #: all who are lit, where they were put in order for it
    in_order: Lit | None = None

    @cached_property
    def lit(self) -> Lit:
        """All who are lit."""
        if self.in_order is not None:
            return self.in_order
        return Lit.among(Queued(one.risk, one.priority, one.late, one.value_fen) for one in self.in_brief)

    def held_on(self, day: dt.date) -> Mapping[int, Consent] | None:
        """Who must not be marketed to on a day; None where that was not looked at."""
        return self.held if self.day == day.isoformat() else None

    @property
    def places(self) -> dict[str, int]:
        """Customer number -> place in working order, of all who are lit and not gone."""
        return {one.risk.customer_no: one.place for one in self.in_brief if one.place}

    @cached_property
    def risks(self) -> tuple[CustomerRisk, ...]:
        """The verdicts of all who are lit, in brief and in working order; who is gone last."""
        return tuple(
            one.risk
            for part in (self.working, self.waiting, self.resting, self.gone)
            for one in getattr(brief(part), "queued", brief(part))
        )

    @property
    def every(self) -> Sequence[QueuedLight]:
        """All who are lit in working order: worked on, waiting, resting; who is gone last."""
        return self.waiting.of(self.in_brief) if isinstance(self.waiting, InBrief) else self.in_brief

    @property
    def in_brief(self) -> tuple[QueuedLight, ...]:
        """`every` without what long parts have to be read for."""
        parts = (self.working, self.waiting, self.resting, self.gone)
        return tuple(one for part in parts for one in brief(part))

    @cached_property
    def aside(self) -> frozenset[int]:
        """Customer ids of those whom nothing without a date is asked of this week: nearly all lost, or quiet."""
        resting = self.lit.resting.queued
        return frozenset(self.lit.gone.ids).union(
            one.risk.customer_id for one in resting if one.risk.state == "quiet"
        )

    def counts(self) -> dict[str, int]:
        """The number of lit customers in each part."""
        return {
            "working": len(self.working), "waiting": len(self.waiting), "resting": len(self.resting),
            "gone": len(self.gone),
        }  # fmt: skip

    def find(self, customer_id: int) -> QueuedLight | None:
        """The light of a customer; None without one."""
        ids = [one.customer_id for one in self.risks]
        return self.every[ids.index(customer_id)] if customer_id in ids else None
