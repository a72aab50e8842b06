"""The averages of each month as packed columns, kept in the book: an import packs the months that it touched, so that
whoever looks at every month of everybody need not read the wide rows of the months again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select

from db.audit import revision
from db.known import month_averages
from db.since import written_since
from db.tables import snapshots
from workbench.base.sorted_ids import places_of
from workbench.insight.measures.brought import Brought
from workbench.insight.measures.packed_months import packed_months

#: stands for a month without an average
MISSING = -(2**62)
_BROUGHT = Brought(month_averages, snapshots, "1")
_PACKED = "<i8"
_s = snapshots.c
_AVERAGE = func.coalesce(_s.aum_daily_average, _s.aum_balance, MISSING)


@dataclass(frozen=True, slots=True)
class MonthAverages:
    """The customers listed in a month, by id, and beside each the average in fen (MISSING where the list has none)."""

    customers: NDArray[np.int64]
    averages: NDArray[np.int64]

    def of(self, some: NDArray[np.int64]) -> NDArray[np.int64]:
        """The averages of these customers; MISSING for those whom the month does not list."""
        if not len(self.customers):
            return np.full(len(some), MISSING, dtype=np.int64)
        places, here = places_of(self.customers, some)
        return np.where(here, self.averages[places], MISSING)


def standing(conn: Connection) -> bool:
    """Whether what is packed are the averages in the book."""
    return _BROUGHT.standing(conn)


def bring_forward(conn: Connection, months: Collection[str]) -> None:
    """Packs those of the months 'YYYY-MM' that are not packed or were written to since. Inside `Book.derive()`."""
    stood, at = _BROUGHT.stood(conn), revision(conn)
    if stood is None:
        conn.execute(delete(month_averages))
    elif stood != at:
        had = _counts(conn)
        touched = _BROUGHT.months(conn, written_since(conn, stood, snapshots), had)
        conn.execute(delete(month_averages).where(month_averages.c.month.in_(touched)))
    packed = set(conn.execute(select(month_averages.c.month)).scalars())
    for month, one in _of_months(conn, sorted(set(months) - packed)).items():
        row = {"month": month, "number": len(one.customers)}
        row |= {"customers": one.customers.astype(_PACKED).tobytes()}
        conn.execute(insert(month_averages), {**row, "averages": one.averages.astype(_PACKED).tobytes()})
    if stood != at:
        _BROUGHT.keep(conn, at)


def read(conn: Connection, months: Collection[str]) -> Mapping[str, MonthAverages]:
    """The averages of these months: as they are packed where that stands, else from the months themselves."""
    kept: dict[str, MonthAverages] = {}
    if standing(conn):
        m = month_averages.c
        query = select(m.month, m.customers, m.averages).where(m.month.in_(months))
        kept = {row[0]: MonthAverages(_unpacked(row[1]), _unpacked(row[2])) for row in conn.execute(query)}
    return {**kept, **_of_months(conn, [month for month in months if month not in kept])}


def _of_months(conn: Connection, months: Sequence[str]) -> dict[str, MonthAverages]:
    """The averages of the months themselves."""
    parts = packed_months(conn, months, (_AVERAGE,))
    return {month: _joined(some) for month, some in parts.items()}


def _joined(parts: Sequence[tuple[NDArray[np.int64], ...]]) -> MonthAverages:
    if not parts:
        return MonthAverages(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    ids, averages = (np.concatenate(one) for one in zip(*parts, strict=True))
    order = np.argsort(ids, kind="stable")
    return MonthAverages(ids[order], averages[order])


def _counts(conn: Connection) -> dict[str, int]:
    return {
        str(month): int(number)
        for month, number in conn.execute(select(month_averages.c.month, month_averages.c.number))
    }


def _unpacked(packed: bytes) -> NDArray[np.int64]:
    return np.frombuffer(packed, dtype=_PACKED).astype(np.int64, copy=False)
