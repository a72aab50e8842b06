"""The backtest as one value: which months were looked at, and how good the warnings were by each cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.base.toml import Threshold
from workbench.insight.churn.backtest.estimate import Estimate, Verdict
from workbench.insight.churn.backtest.size import BookSize
from workbench.people.customer import Light


@dataclass(frozen=True, slots=True)
class BacktestOrigin:
    """A month looked at as it was known then. `customers` are those of whom it can be told, `lost` among them; `censored`:
    reason -> customers of whom it cannot be told. `headline`: its outcome months belong to no other one of the headline."""

    month: str
    as_of: str
    headline: bool
    customers: int
    lost: int
    censored: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "month": self.month, "as_of": self.as_of, "headline": self.headline, "customers": self.customers,
            "lost": self.lost, "censored": dict(self.censored),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlertShare:
    """How many of some alerts were right."""

    alerts: int
    right: int
    precision: Estimate

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"alerts": self.alerts, "right": self.right, "precision": self.precision.as_json()}


@dataclass(frozen=True, slots=True)
class AlertRow:
    """The alerts of one cut: a threshold, a signal or a level.

    `alerts`: a customer counts once for each month in which he was warned of; `customers`: each once. `untold`: warned of,
    and nobody can tell what became of them. `once`: right among the customers, each by his first alert (Wilson). Of a level
    `n` and `lost` are those of that level, else of everybody looked at.
    """

    key: str
    name: str
    n: int
    lost: int
    alerts: int
    right: int
    customers: int
    untold: int
    precision: Estimate
    once: AlertShare
    recall: Estimate
    lift: Estimate
    #: median days from the data date of a right alert to the first month-end at half or less, or to the closing
    lead_days: float | None
    touched: AlertShare
    untouched: AlertShare
    #: against names drawn by lot
    claim: Verdict
    #: what may be said of it, with its numbers
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "key": self.key, "name": self.name, "n": self.n, "lost": self.lost, "alerts": self.alerts, "right": self.right,
            "customers": self.customers, "untold": self.untold, "precision": self.precision.as_json(),
            "once": self.once.as_json(), "recall": self.recall.as_json(), "lift": self.lift.as_json(),
            "lead_days": self.lead_days, "touched": self.touched.as_json(), "untouched": self.untouched.as_json(),
            "claim": self.claim, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkingOrder:
    """The first `places` of each month's working order: what a quarter of weeks can take. `gone`: lit customers left out
    because nearly everything had left already."""

    weekly: int
    weeks: int
    share: AlertShare
    gone: int
    gone_right: int
    lift: Estimate
    claim: Verdict
    sentence: str

    @property
    def places(self) -> int:
        """How many customers of a month are worked on."""
        return self.weekly * self.weeks

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "weekly": self.weekly, "weeks": self.weeks, "places": self.places, **self.share.as_json(), "gone": self.gone,
            "gone_right": self.gone_right, "lift": self.lift.as_json(), "claim": self.claim, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Alerts by the risk alone, from a threshold on: whoever may have a light and has at least one signal."""

    risk: int
    alerts: int
    precision: Estimate
    recall: Estimate

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "risk": self.risk, "alerts": self.alerts, "precision": self.precision.as_json(),
            "recall": self.recall.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NaiveComparison:
    """The check against "average down 20 % in a month", on the same customers and months.

    `check` takes as many customers of each month as the naive rule warns of, those of the highest risk; `difference` is its
    precision minus that of the naive rule, paired by customer. `as_used`: orange and red as they are, in precision and
    recall.
    """

    fall: float
    naive: AlertShare
    naive_recall: Estimate
    check: AlertShare
    difference: Estimate
    as_used_precision: Estimate
    as_used_recall: Estimate
    verdict: Verdict
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "fall": self.fall, "naive": self.naive.as_json(), "naive_recall": self.naive_recall.as_json(),
            "check": self.check.as_json(), "difference": self.difference.as_json(),
            "as_used": {
                "precision_difference": self.as_used_precision.as_json(),
                "recall_difference": self.as_used_recall.as_json(),
            },
            "verdict": self.verdict, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BacktestReport:
    """How good the warnings were. `thresholds` and `working` stand on the origins of the headline, all else on every
    origin; `n`, `lost` are of the headline, `all_n`, `all_lost` of every origin (a customer counts once a month)."""

    as_of: str
    months: int
    horizon: int
    #: the risks of yellow, orange and red that were tried
    lines: tuple[float, float, float]
    origins: tuple[BacktestOrigin, ...]
    #: months left out because their data are in doubt (domain 4.5-9)
    doubtful: tuple[str, ...]
    n: int
    lost: int
    customers: int
    base_rate: Estimate
    all_n: int
    all_lost: int
    #: how well the risk orders who was lost, over all origins
    auc: Estimate
    thresholds: Mapping[Light, AlertRow]
    #: a free threshold of the risk that was asked for
    free: AlertRow | None
    working: WorkingOrder
    signals: tuple[AlertRow, ...]
    tiers: tuple[AlertRow, ...]
    curve: tuple[CurvePoint, ...]
    naive: NaiveComparison
    size: BookSize
    #: how good the warnings were, in one sentence
    sentence: str
    #: what else the reader has to know
    notes: tuple[str, ...]
    overrides: Mapping[str, Threshold] = field(default_factory=dict)

    @property
    def headline(self) -> tuple[BacktestOrigin, ...]:
        """The origins of the headline, the newest first."""
        return tuple(one for one in self.origins if one.headline)

    def as_json(self) -> dict[str, Any]:
        """For programs; no customer is named."""
        return {
            "as_of": self.as_of, "months": self.months, "horizon": self.horizon, "sentence": self.sentence,
            "lines": dict(zip(("yellow", "orange", "red"), self.lines, strict=True)),
            "overrides": dict(self.overrides), "origins": [one.as_json() for one in self.origins],
            "doubtful": list(self.doubtful), "n": self.n, "lost": self.lost, "customers": self.customers,
            "base_rate": self.base_rate.as_json(), "all_n": self.all_n, "all_lost": self.all_lost,
            "auc": self.auc.as_json(),
            "thresholds": {light: row.as_json() for light, row in self.thresholds.items()},
            "free": None if self.free is None else self.free.as_json(), "working": self.working.as_json(),
            "signals": [row.as_json() for row in self.signals], "tiers": [row.as_json() for row in self.tiers],
            "curve": [point.as_json() for point in self.curve], "naive": self.naive.as_json(),
            "size": self.size.as_json(), "notes": list(self.notes),
        }  # fmt: skip
