"""The states of the stages after each month, packed in the book, so that the next month is one step further."""

import zlib
from collections.abc import Collection

import numpy as np
from sqlalchemy import Connection, delete, insert, select

from db.journey import journey_months
from workbench.insight.stages.stepping import COLUMNS, StageState

#: quick, and a third of the size: what most customers have in common takes next to no room
_LEVEL = 1
#: columns that take more than a byte; the others are places, months and flags
_WIDE = {"since": "<i4", "fell": "<i4", "peak": "<i8"}
_m = journey_months.c


def stored(conn: Connection) -> dict[str, str]:
    """Month 'YYYY-MM' -> what its state stands on."""
    return {row.month: row.basis for row in conn.execute(select(_m.month, _m.basis))}


def read(conn: Connection, month: str) -> StageState | None:
    """The state after a month; None where none is kept."""
    row = conn.execute(select(_m.customers, _m.state).where(_m.month == month)).first()
    if row is None:
        return None
    customers = np.frombuffer(zlib.decompress(row.customers), dtype="<i8").astype(np.int64)
    body, start, columns = zlib.decompress(row.state), 0, {}
    for name in COLUMNS:
        kind = np.dtype(_WIDE.get(name, "i1"))
        columns[name] = np.frombuffer(body, kind, len(customers), start).astype(np.int64)
        start += kind.itemsize * len(customers)
    return StageState(customers, **columns)


def keep(conn: Connection, month: str, basis: str, state: StageState) -> None:
    """Keeps the state after a month in the place of an earlier one."""
    conn.execute(delete(journey_months).where(_m.month == month))
    body = b"".join(getattr(state, name).astype(_WIDE.get(name, "i1")).tobytes() for name in COLUMNS)
    conn.execute(
        insert(journey_months),
        {
            "month": month, "basis": basis, "number": len(state.customers),
            "customers": zlib.compress(state.customers.astype("<i8").tobytes(), _LEVEL),
            "state": zlib.compress(body, _LEVEL),
        },
    )  # fmt: skip


def drop(conn: Connection, months: Collection[str]) -> None:
    """Forgets the states after these months."""
    conn.execute(delete(journey_months).where(_m.month.in_(months)))
