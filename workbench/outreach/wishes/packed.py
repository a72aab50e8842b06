"""Columns of whole numbers read as packed texts, one text a column (see `insight/measures/packed_months.py`): a value of its
own for each customer would cost most of the time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, Select, Text, case, cast, func, select

from workbench.base.expressions import Expr

#: stands for a value that is not told
UNTOLD = -(2**40)
#: the ordinal of 1970-01-01
_EPOCH = 719_163


def read_columns(conn: Connection, query: Select[Any]) -> dict[str, NDArray[np.int64]]:
    """The columns of a query of whole numbers by name, equally long, in no order; UNTOLD for NULL."""
    rows = query.subquery("rows")
    packed = [func.aggregate_strings(cast(func.coalesce(one, UNTOLD), Text), ",") for one in rows.c]
    texts = conn.execute(select(*packed)).one()
    return {
        column.name: np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)
        for column, text in zip(rows.c, texts, strict=True)
    }


def as_number(date: Expr) -> Expr:
    """An ISO date as the number YYYYMMDD; NULL for none and for a part of a date."""
    return case((func.length(date) == 10, cast(func.replace(date, "-", ""), Integer)))


def ordinals(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """YYYYMMDD as ordinals (`date.toordinal`); UNTOLD stays."""
    told = numbers > 0
    plain = np.where(told, numbers, 19_700_101)
    days: NDArray[np.int64] = np.where(
        told, ordinal_of(plain // 10_000, plain // 100 % 100, plain % 100), UNTOLD
    )
    return days


def ordinal_of(
    year: NDArray[np.int64] | int, month: NDArray[np.int64] | int, day: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The ordinals of days of months; a day that the month does not have runs on into the next one."""
    months = (np.asarray(year) - 1970) * 12 + np.asarray(month) - 1
    begins = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days: NDArray[np.int64] = begins + day - 1 + _EPOCH
    return days


def month_length(year: int, month: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """The days of months of a year."""
    one = np.ones_like(np.asarray(month))
    return ordinal_of(year, np.asarray(month) + 1, one) - ordinal_of(year, month, one)


def spread(customers: NDArray[np.int64], among: NDArray[np.int64] | int, salt: int = 0) -> NDArray[np.int64]:
    """A number from 0 below `among` for each customer, the same in every run: a stable hash of his id."""
    mixed = (customers.astype(np.uint64) + np.uint64(salt * 1_000_003)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    number: NDArray[np.int64] = (mixed % np.asarray(among, dtype=np.uint64)).astype(np.int64)
    return number
