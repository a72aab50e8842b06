"""The cases of a backtest: each customer in each month looked at, what the check said then and what became of him."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.insight.churn.backtest.origins import OriginPlan
from workbench.insight.churn.life.state import share_lost
from workbench.insight.churn.losses import FEW_MONTHS, HANDED_OVER, LEFT_LIST, TOLD
from workbench.insight.churn.priority import priority_by_figures, still_to_keep
from workbench.insight.churn.signals.registry import CODES
from workbench.rules.parameters import Rules

Flags = NDArray[np.bool_]
#: why it cannot be told of a customer with enough assets what became of him -> its name
CENSORED = {HANDED_OVER: "handed_over", LEFT_LIST: "left_list", FEW_MONTHS: "few_months"}
#: a light by its height
HEIGHTS = (None, "yellow", "orange", "red")
#: signals whose evidence tells the recent high, see `life.state.stakes`
_TELL_HIGH = ("S3", "S8")


@dataclass(frozen=True, slots=True)
class Cases:
    """Arrays of one length, a case each, the oldest origin first. `customer`: his place among all customers of the book;
    `origin`: its place in `plan.origins`; money in fen, NaN where not told."""

    plan: OriginPlan
    customers: int
    customer: NDArray[np.int64]
    origin: NDArray[np.int8]
    no: NDArray[np.object_]
    risk: NDArray[np.float64]
    aum: NDArray[np.float64]
    high: NDArray[np.float64]
    tier: NDArray[np.object_]
    hit: Flags
    unlit: Flags
    lifted: NDArray[np.int8]
    #: signals hit as bits, in the order of CODES
    signals: NDArray[np.int32]
    lost: Flags
    why: NDArray[np.int8]
    #: of the lost: days from the data date until it showed
    lead: NDArray[np.float64]
    touched: Flags
    #: whether the naive rule warns of him
    naive: Flags

    @classmethod
    def joined(cls, plan: OriginPlan, customers: int, parts: list[dict[str, NDArray[Any]]]) -> "Cases":
        """The cases of several origins."""
        names = list(parts[0])
        return cls(
            plan, customers, **{name: np.concatenate([part[name] for part in parts]) for name in names}
        )

    @property
    def judged(self) -> Flags:
        """Of whom it can be told whether they were lost."""
        judged: Flags = self.why == TOLD
        return judged

    @property
    def headline(self) -> Flags:
        """Those of the origins of the headline."""
        chosen = np.array([one.headline for one in self.plan.origins], np.bool_)
        of_case: Flags = chosen[self.origin]
        return of_case

    def hit_by(self, code: str) -> Flags:
        """Those in whom a signal reached severity 1."""
        return (self.signals >> CODES.index(code) & 1).astype(np.bool_)

    def heights(self, rules: Rules) -> NDArray[np.int8]:
        """The height of each light by the lines of the rules: 0 for none to 3 for red (`fusion.light_of`, hard rules)."""
        lines = np.array(rules.numbers("lights"))
        scored = np.where(self.hit, np.searchsorted(lines, self.risk, side="right"), 0)
        return np.where(self.unlit, 0, np.maximum(scored, self.lifted)).astype(np.int8)

    def from_risk(self, least: float) -> Flags:
        """Those who would be warned of by their risk alone: a signal is hit, and they may have a light."""
        return self.hit & ~self.unlit & (self.risk >= least)

    def gone(self, heights: NDArray[np.int8], rules: Rules) -> Flags:
        """Those with a light who had lost nearly everything by then: too late for an alarm (domain 22-15)."""
        most = rules.number("life.gone")
        gone = np.zeros(len(self.customer), np.bool_)
        for place in np.flatnonzero(heights > 0).tolist():
            lost = share_lost(*self._stakes(place))
            gone[place] = lost is not None and lost > most
        return gone

    def first_places(self, heights: NDArray[np.int8], gone: Flags, places: int, rules: Rules) -> Flags:
        """The first of each origin's working order: lit and not gone, by what the verdict alone tells."""
        chosen = np.zeros(len(self.customer), np.bool_)
        for origin in range(len(self.plan.origins)):
            lit = np.flatnonzero((self.origin == origin) & (heights > 0) & ~gone)
            order = sorted(lit.tolist(), key=lambda place: self._order(place, heights, rules))
            chosen[order[:places]] = True
        return chosen

    def _order(self, place: int, heights: NDArray[np.int8], rules: Rules) -> tuple[float, float, float, str]:
        value = still_to_keep(*self._stakes(place), rules)
        risk = float(self.risk[place])
        light = str(HEIGHTS[heights[place]])
        aum = self.aum[place]
        rank = 0.0 if np.isnan(aum) else -float(aum)
        return -priority_by_figures(risk, light, value, rules), -risk, rank, str(self.no[place])

    def _stakes(self, place: int) -> tuple[int | None, int | None]:
        """(recent high, assets) in fen as the signals hit tell them."""
        tells = any(self.signals[place] >> CODES.index(code) & 1 for code in _TELL_HIGH)
        high, aum = self.high[place], self.aum[place]
        return (
            int(high) if tells and not np.isnan(high) else None,
            None if np.isnan(aum) else int(aum),
        )
