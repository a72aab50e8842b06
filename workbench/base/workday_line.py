"""The workdays of some years as columns, so that thousands of days are shifted at once (domain 6.7); days are ordinals."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.base.workdays import Workdays

_BEYOND = 60


@dataclass(frozen=True, slots=True)
class WorkdayLine:
    """Workdays in a row: `days` their ordinals in rising order, from before `first` to after `last`."""

    first: int
    last: int
    days: NDArray[np.int64]
    #: days outside of the span that can be shifted to
    reach: int = _BEYOND

    @classmethod
    def of(cls, workdays: Workdays, first: dt.date, last: dt.date) -> "WorkdayLine":
        """Of a span of days; days some weeks outside of it can be shifted to, days beyond them stay within these."""
        span = range(first.toordinal() - _BEYOND, last.toordinal() + _BEYOND + 1)
        worked = (day for day in span if workdays.is_workday(dt.date.fromordinal(day)))
        return cls(first.toordinal(), last.toordinal(), np.fromiter(worked, dtype=np.int64))

    def on_or_after(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The first workday not before each day: when to follow up."""
        return self._at(np.searchsorted(self.days, days, side="left"))

    def on_or_before(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last workday not after each day: until when a deadline is met, when to greet."""
        return self._at(np.searchsorted(self.days, days, side="right") - 1)

    def shifted(self, days: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """The workday so many workdays after each day, before it when negative (see `Workdays.add`)."""
        if count >= 0:
            return self._at(
                np.searchsorted(self.days, days, side="right" if count else "left") + max(count - 1, 0)
            )
        return self._at(np.searchsorted(self.days, days, side="left") + count)

    def _at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.days[np.clip(places, 0, len(self.days) - 1)]
