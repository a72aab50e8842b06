"""The months of the sample branch, first to last."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.dates import month_end, shift_month


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: 'YYYY-MM', its first and last day."""

    key: str
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last.day

    @property
    def year(self) -> int:
        """Its year, as 2026."""
        return self.last.year

    @property
    def number(self) -> int:
        """Its place in the year, 1 to 12."""
        return self.last.month


def months_until(last_month: str, count: int) -> tuple[Month, ...]:
    """`count` months in order, ending with `last_month` 'YYYY-MM'."""
    keys = [shift_month(last_month, back) for back in range(1 - count, 1)]
    return tuple(Month(key, dt.date.fromisoformat(f"{key}-01"), month_end(key)) for key in keys)


def index_of(months: tuple[Month, ...], day: dt.date) -> int | None:
    """The place of the month a day lies in; None outside the period."""
    for index, month in enumerate(months):
        if month.first <= day <= month.last:
            return index
    return None
