"""What became of the customers of one month looked back at: lost or not, when it showed, whether a contact reached them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from workbench.base.dates import month_end, shift_month
from workbench.base.months import data_date
from workbench.insight.churn.afterwards import Afterwards
from workbench.insight.churn.backtest.figures import MonthFigures
from workbench.insight.churn.backtest.origins import PlannedOrigin
from workbench.insight.churn.losses import LossRule
from workbench.rules.parameters import Rules

_Arrays = dict[str, NDArray[Any]]


class OriginOutcome:
    """What became of the customers of one origin."""

    def __init__(
        self, conn: Connection, origin: PlannedOrigin, figures: MonthFigures, afterwards: Afterwards, rules: Rules
    ) -> None:  # fmt: skip
        self._origin, self._figures, self._afterwards, self._rules = origin, figures, afterwards, rules
        self._rule = LossRule(rules)
        self._dates = [_ordinal(data_date(conn, month) or month) for month in origin.after]
        self._last = month_end(origin.end).isoformat()

    def of(self, ids: NDArray[np.int64], rows: NDArray[np.int64]) -> _Arrays:
        """Whether lost, why not told, when it showed, whether a contact reached them, what the naive rule says."""
        origin, figures, places = (
            self._origin,
            self._figures,
            dict(zip(ids.tolist(), range(len(ids)), strict=True)),
        )
        back = self._rules.whole("outcomes.before")
        before = figures.of(rows, [shift_month(origin.month, -k) for k in range(back)])
        after = figures.of(rows, origin.after)
        closed_on = self._closed(places, len(ids))
        first = _ordinal(origin.as_of)
        closed = closed_on > first
        handed = _marked(
            (one for one in self._afterwards.handed if self._was_handed_over(one)), places, len(ids)
        )
        touched = _marked(
            (one for one in self._afterwards.contacts if self._was_reached(one)), places, len(ids)
        )
        labels = self._rule.of_many(
            before, after, on_last=figures.on_list(rows, origin.last), closed=closed, handed_over=handed
        )
        # who was closed by the data date had nothing left that could be warned of
        why = np.where(closed_on <= first, np.int8(-1), labels.why).astype(np.int8)
        fell = self._rule.fallen(labels.before[:, None], after)
        shown = np.where(fell, np.array(self._dates, np.float64), np.inf).min(axis=1, initial=np.inf)
        shown = np.minimum(shown, np.where(closed, closed_on, np.inf))
        lost = labels.lost & (why == labels.why)
        now, last = before[:, 0], figures.of(rows, [shift_month(origin.month, -1)])[:, 0]
        naive = (last > 0) & (now <= (1 - self._rules.number("backtest.naive")) * last)
        lead = np.where(lost & np.isfinite(shown), shown - first, np.nan)
        return {"lost": lost, "why": why, "lead": lead, "touched": touched, "naive": naive}

    def _closed(self, places: dict[int, int], number: int) -> NDArray[np.float64]:
        """The day (ordinal) on which each was closed within the window or before it; NaN for those who were not."""
        closed = np.full(number, np.nan)
        for one, day in self._afterwards.closed.items():
            if one in places and day[:7] <= self._origin.end:
                closed[places[one]] = _ordinal(day)
        return closed

    def _was_handed_over(self, customer_id: int) -> bool:
        return self._afterwards.was_handed_over(customer_id, self._origin.as_of, self._last)

    def _was_reached(self, customer_id: int) -> bool:
        return self._afterwards.was_reached(customer_id, self._origin.as_of, self._last)


def _marked(ids: Iterable[int], places: dict[int, int], number: int) -> NDArray[np.bool_]:
    flags = np.zeros(number, np.bool_)
    flags[[places[one] for one in ids if one in places]] = True
    return flags


def _ordinal(day: str) -> int:
    """A day as a number; of a month its last day."""
    return (dt.date.fromisoformat(day) if len(day) == 10 else month_end(day)).toordinal()
