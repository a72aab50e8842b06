"""The funnel of referrals: from asking to money, each step as a share of the step before, with its days (domain 7). Pure."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, Literal, get_args

from workbench.base.intervals import wilson
from workbench.rules.parameters import Rules

FunnelStage = Literal["asked", "named", "consented", "contacted", "met", "opened", "funded"]
FUNNEL_STAGES: Final[tuple[FunnelStage, ...]] = get_args(FunnelStage)
HealthCode = Literal["give", "meet", "convert"]
#: `unsure`: the interval holds the line; `none`: nothing was counted yet
HealthVerdict = Literal["good", "bad", "unsure", "none"]
#: what of a line of a list may be missing in all of them: nobody was told of it then
_LISTED_STAGES: Final[tuple[FunnelStage, ...]] = ("consented", "contacted", "met", "opened", "funded")


@dataclass(frozen=True, slots=True)
class FunnelCase:
    """One asking, or one referral. Days ISO, None: not known. `reached`: stage -> whether it was reached, None: not told.

    `answer`: to a recorded asking, 'waiting', 'gave' or 'declined'; None where a list tells of the referral alone: it was
    asked for and given, since somebody was referred. `imported`: told by a list.
    """

    giver_id: int
    day: str
    answer: str | None
    reached: dict[FunnelStage, bool | None]
    days: dict[FunnelStage, str]
    imported: bool = False


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many reached a stage (`count`), and of those of the step before (`base`, of whom it can be told) how many did (`hits`);
    `untold`: of the step before it cannot be told, or is not known yet. `days`: median from the step before, over `pairs` cases
    whose days are both known; None without any."""

    stage: FunnelStage
    count: int
    hits: int
    base: int
    untold: int
    few: bool
    days: float | None
    pairs: int

    @property
    def share(self) -> float | None:
        """`hits` of `base`, 0 to 1; None where there is nobody to divide by."""
        return self.hits / self.base if self.base else None

    @property
    def interval(self) -> tuple[float, float]:
        """The interval at 95 % of the share."""
        return wilson(self.hits, self.base)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        low, high = self.interval
        known = self.base > 0
        return {
            "stage": self.stage, "count": self.count, "hits": self.hits, "of": self.base, "untold": self.untold,
            "share": self.share, "low": low if known else None, "high": high if known else None, "few": self.few,
            "median_days": self.days, "pairs": self.pairs,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FunnelHealth:
    """One share that is held against a line (0 to 1); `own`: the line is the branch's own earlier share."""

    code: HealthCode
    hits: int
    base: int
    line: float
    own: bool
    few: bool
    verdict: HealthVerdict

    @property
    def share(self) -> float | None:
        """`hits` of `base`, 0 to 1; None where there is nobody to divide by."""
        return self.hits / self.base if self.base else None

    @property
    def interval(self) -> tuple[float, float]:
        """The interval at 95 % of the share."""
        return wilson(self.hits, self.base)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "code": self.code, "hits": self.hits, "of": self.base, "share": self.share, "line": self.line, "own": self.own,
            "few": self.few, "verdict": self.verdict,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferralFunnel:
    """The funnel of cases since a day (ISO, '': of all). `givers` referred somebody, `again` of them more than once; `waiting`:
    asked and not answered yet; `lines`: referrals without an asking on record; `unagreed`: contacted although no consent is
    on record."""

    since: str
    cases: int
    steps: tuple[FunnelStep, ...]
    health: tuple[FunnelHealth, ...]
    givers: int
    again: int
    waiting: int
    lines: int
    unagreed: int

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "since": self.since or None, "cases": self.cases, "steps": [one.as_json() for one in self.steps],
            "health": [one.as_json() for one in self.health], "givers": self.givers, "repeat_givers": self.again,
            "waiting": self.waiting, "without_ask": self.lines, "contacted_without_consent": self.unagreed,
        }  # fmt: skip


def funnel(cases: Sequence[FunnelCase], rules: Rules, since: str = "") -> ReferralFunnel:
    """The funnel of the cases of `since` (ISO; '': all) and later; the own history is what lies before it."""
    every = _with_untold(cases)
    shown = [one for one in every if one.day >= since]
    before = [one for one in every if one.day < since]
    few = rules.whole("funnel.few")
    givers = Counter(one.giver_id for one in shown if one.reached["named"])
    return ReferralFunnel(
        since=since,
        cases=len(shown),
        steps=tuple(_step(shown, at, few) for at in range(len(FUNNEL_STAGES))),
        health=tuple(_health(code, shown, before, rules) for code in _HEALTH),
        givers=len(givers),
        again=sum(times > 1 for times in givers.values()),
        waiting=sum(one.answer == "waiting" for one in shown),
        lines=sum(one.answer is None for one in shown),
        unagreed=sum(bool(one.reached["contacted"]) and not one.reached["consented"] for one in shown),
    )


def _with_untold(cases: Sequence[FunnelCase]) -> list[FunnelCase]:
    """What no line of any list tells was not told: a missing column is no zero."""
    lines = [one for one in cases if one.imported]
    silent = {stage for stage in _LISTED_STAGES if not any(one.reached[stage] for one in lines)}
    made = []
    for one in cases:
        if one.imported and silent:
            reached: dict[FunnelStage, bool | None] = {
                stage: None if stage in silent and value is False else value
                for stage, value in one.reached.items()
            }
            made.append(FunnelCase(one.giver_id, one.day, one.answer, reached, one.days, imported=True))
        else:
            made.append(one)
    return made


def _step(cases: Sequence[FunnelCase], at: int, few: int) -> FunnelStep:
    stage = FUNNEL_STAGES[at]
    count = sum(bool(one.reached[stage]) for one in cases)
    if at == 0:
        return FunnelStep(stage, count, 0, 0, 0, count < few, None, 0)
    before = FUNNEL_STAGES[at - 1]
    # a line without an asking is no evidence of how many of those asked give a name
    base = [one for one in cases if one.reached[before] and (stage != "named" or one.answer is not None)]
    known = [one for one in base if one.reached[stage] is not None]
    spans = [
        span
        for one in base
        if one.reached[stage] and (span := _days(one.days.get(before), one.days.get(stage))) is not None
    ]
    return FunnelStep(
        stage,
        count,
        sum(bool(one.reached[stage]) for one in known),
        len(known),
        len(base) - len(known),
        len(known) < few,
        float(median(spans)) if spans else None,
        len(spans),
    )


def _days(first: str | None, last: str | None) -> int | None:
    """Days between two days, None where one is not known or they contradict each other."""
    if not first or not last:
        return None
    span = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
    return span if span >= 0 else None


def _given(case: FunnelCase) -> bool | None:
    """Whether a name was given; None where it is not answered yet, or nobody was asked on record."""
    return None if case.answer in (None, "waiting") else case.answer == "gave"


def _seen(case: FunnelCase) -> bool | None:
    return case.reached["met"] if case.reached["consented"] else None


def _converted(case: FunnelCase) -> bool | None:
    if not case.reached["met"]:
        return None
    either = (case.reached["opened"], case.reached["funded"])
    return True if True in either else None if None in either else False


_HEALTH: Final[dict[HealthCode, Callable[[FunnelCase], bool | None]]] = {
    "give": _given, "meet": _seen, "convert": _converted,
}  # fmt: skip


def _health(
    code: HealthCode, shown: Sequence[FunnelCase], before: Sequence[FunnelCase], rules: Rules
) -> FunnelHealth:
    judge = _HEALTH[code]
    hits, base = _counted(shown, judge)
    own_hits, own_base = _counted(before, judge)
    own = own_base >= rules.whole("funnel.own_cases")
    line = own_hits / own_base if own else rules.number(f"funnel.{code}")
    low, high = wilson(hits, base)
    verdict: HealthVerdict = "unsure"
    if not base:
        verdict = "none"
    elif low >= line:
        verdict = "good"
    elif high < line:
        verdict = "bad"
    return FunnelHealth(code, hits, base, line, own, base < rules.whole("funnel.few"), verdict)


def _counted(cases: Sequence[FunnelCase], judge: Callable[[FunnelCase], bool | None]) -> tuple[int, int]:
    judged = [verdict for one in cases if (verdict := judge(one)) is not None]
    return sum(judged), len(judged)
