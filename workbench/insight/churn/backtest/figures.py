"""The daily averages and balances of everybody in all months, as two tables in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from db.tables import customers, snapshots

_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A row per customer (`ids`, rising), a column per month; fen. `average`: the daily average, else the month-end balance
    (domain 0-5), NaN where the list does not tell it or is in doubt; `listed`: whether the month's list has him."""

    ids: NDArray[np.int64]
    months: tuple[str, ...]
    average: NDArray[np.float64]
    listed: NDArray[np.bool_]

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of some customers."""
        return np.searchsorted(self.ids, ids)

    def of(self, rows: NDArray[np.int64], months: Sequence[str]) -> NDArray[np.float64]:
        """The averages of some customers in some months; a month without a list tells nothing."""
        out = np.full((len(rows), len(months)), np.nan)
        for place, month in enumerate(months):
            if month in self.months:
                out[:, place] = self.average[rows, self.months.index(month)]
        return out

    def on_list(self, rows: NDArray[np.int64], month: str) -> NDArray[np.bool_]:
        """Whether the list of a month has some customers."""
        on: NDArray[np.bool_] = self.listed[rows, self.months.index(month)]
        return on


def month_figures(conn: Connection, months: Sequence[str], doubtful: Sequence[str] = ()) -> MonthFigures:
    """The figures of all customers in some months."""
    ids = np.array(conn.execute(select(customers.c.id).order_by(customers.c.id)).scalars().all(), np.int64)
    places = {month: place for place, month in enumerate(months)}
    average = np.full((len(ids), len(months)), np.nan)
    listed = np.zeros((len(ids), len(months)), np.bool_)
    s = snapshots.c
    query = select(s.customer_id, s.month, func.coalesce(s.aum_daily_average, s.aum_balance)).where(
        s.month.in_(months)
    )
    for part in conn.execute(query.execution_options(yield_per=_CHUNK)).partitions():
        rows = np.searchsorted(ids, np.fromiter((row[0] for row in part), np.int64, len(part)))
        columns = np.fromiter((places[row[1]] for row in part), np.int64, len(part))
        average[rows, columns] = np.array([row[2] for row in part], np.float64)
        listed[rows, columns] = True
    for month in doubtful:
        if month in places:
            average[:, places[month]] = np.nan
    return MonthFigures(ids, tuple(months), average, listed)
