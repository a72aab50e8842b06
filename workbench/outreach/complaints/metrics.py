"""How complaints were settled (domain 9): taken up again, in time by both clocks, satisfied, the first answer, and who left."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.outreach.complaints.complaint import Complaint, ComplaintList
from workbench.outreach.effects.room import Effects
from workbench.outreach.effects.similar import EffectComparison
from workbench.outreach.effects.tried import TriedCustomer
from workbench.rules.parameters import Rules

_DAY = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class ComplaintShare:
    """`hits` of `n`; `unknown`: of how many it cannot be told."""

    hits: int
    n: int
    unknown: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1, None where nothing was counted."""
        return self.hits / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class ComplaintMetrics:
    """Of the complaints settled between two days (ISO). `minutes`: until the first answer, in the middle, of `answered` whose
    time is known; `churn` None where it cannot be told, `churn_why` says why; `few`: too few to go by."""

    since: str
    until: str
    settled: int
    again: ComplaintShare
    own_clock: ComplaintShare
    legal_clock: ComplaintShare
    satisfied: ComplaintShare
    mean_mark: float | None
    minutes: int | None
    answered: int
    few: bool
    churn: EffectComparison | None = None
    churn_why: str = ""

    @property
    def churn_words(self) -> str:
        """Complainers beside similar customers in one sentence; what it lacks where it cannot be told."""
        one = self.churn
        if one is None or one.similar is None or one.contacted.share is None:
            return self.churn_why or _("还没有满 90 天、可以对照的投诉客户,流失无法比较")
        left, others = 1 - one.contacted.share, 1 - one.similar.share
        words = _("投诉过的 {n} 位里流失 {left},相似而没投诉的流失 {others}")
        said = words.format(n=one.contacted.n, left=f"{left:.0%}", others=f"{others:.0%}")
        return said if one.enough else _("{said};人数太少,只作参考").format(said=said)


def metrics_of(listed: ComplaintList, rules: Rules, effects: Effects | None) -> ComplaintMetrics:
    """The metrics of a list; `effects` None: without what became of the customers."""
    until = listed.now[:_DAY]
    since = (
        dt.date.fromisoformat(until) - dt.timedelta(days=rules.whole("complaint.listed_days"))
    ).isoformat()
    settled = [one for one in listed.closed if (one.closed or one.received[:_DAY]) >= since]
    marks = [one.satisfaction for one in settled if one.satisfaction is not None]
    waits = [wait for one in settled if (wait := _minutes(one)) is not None]
    filed = [one for one in settled if one.filed]
    least = rules.whole("complaint.satisfied")
    churn, why = _churn(listed.all, effects)
    return ComplaintMetrics(
        since, until, len(settled),
        ComplaintShare(sum(one.retaken is not None for one in filed), len(filed), len(settled) - len(filed)),
        _in_time(settled, "solution"), _in_time(settled, "legal"),
        ComplaintShare(sum(mark >= least for mark in marks), len(marks), len(settled) - len(marks)),
        mean(marks) if marks else None, round(median(waits)) if waits else None, len(waits),
        len(settled) < rules.whole("complaint.least"), churn, why,
    )  # fmt: skip


def _in_time(settled: Sequence[Complaint], clock: str) -> ComplaintShare:
    states = [getattr(one.clocks, clock).state for one in settled]
    known = [state for state in states if state in ("met", "late")]
    return ComplaintShare(sum(state == "met" for state in known), len(known), len(states) - len(known))


def _minutes(one: Complaint) -> int | None:
    """Until the first answer; None where either time is not known."""
    if one.answered is None or len(one.answered) == _DAY or len(one.received) == _DAY:
        return None
    gone = dt.datetime.fromisoformat(one.answered) - dt.datetime.fromisoformat(one.received)
    return int(gone.total_seconds() // 60)


def _churn(every: Sequence[Complaint], effects: Effects | None) -> tuple[EffectComparison | None, str]:
    """Each complainer from his first complaint on, beside similar customers."""
    if effects is None:
        return None, ""
    first: dict[int, str] = {}
    for one in every:
        day = one.received[:_DAY]
        first[one.customer_id] = min(day, first.get(one.customer_id, day))
    if not first:
        return None, ""
    people = [TriedCustomer(one, 1, 1, 0, first[one]) for one in sorted(first)]
    try:
        return effects.beside_similar(people), ""
    except WorkbenchError as error:
        if error.code != "no_data":
            raise
        return None, _("还没有客户名单,流失无法比较")


def metric_words(one: ComplaintMetrics) -> str:
    """The metrics in a few half sentences; few are called few."""
    if not one.settled:
        return _("{since} 以来没有办结的投诉。").format(since=one.since)
    parts = [
        _("{since} 以来办结 {n} 件").format(since=one.since, n=one.settled),
        _("内部按时 {share}").format(share=_share_words(one.own_clock)),
        _("法定按时 {share}").format(share=_share_words(one.legal_clock)),
        _("满意 {share}").format(share=_share_words(one.satisfied)),
        _("重开 {share}").format(share=_share_words(one.again)),
    ]
    if one.minutes is not None:
        words = _("首次回应中位 {minutes} 分钟({n} 件知道时间)")
        parts.append(words.format(minutes=f"{one.minutes:,}", n=one.answered))
    parts.append(one.churn_words)
    if one.few:
        parts.append(_("件数太少,只作参考"))
    return semicolons(parts) + _("。")


def _share_words(one: ComplaintShare) -> str:
    if one.share is None:
        return _("无法判断")
    return f"{one.hits}/{one.n}({one.share:.0%})"
