"""The lights of every customer of a month: of the newest as they are stored, of earlier ones by the check's own statement."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, case, cast, func, select

from db.stores.planning import reads_every_customer
from db.tables import risks
from workbench.base.columns import Unclear
from workbench.base.dates import shift_month
from workbench.base.sorted_ids import places_of
from workbench.insight.churn.assessing import guard_of, planned, planned_over, version
from workbench.insight.churn.results import standing_at
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.statement import CheckStatement
from workbench.insight.churn.window import BACK
from workbench.insight.levels.folding import Wholes
from workbench.insight.stages.lines import LIGHTS, UNKNOWN
from workbench.insight.stages.memory_lights import CustomerColumns, MemoryLights, MonthsInMemory, looked_at_by
from workbench.insight.stages.month_columns import MonthColumns, month_columns
from workbench.insight.stages.narrow import narrow_months
from workbench.rules.parameters import Rules

#: the signal without which a light that is off says nothing
_FALL = 1 << CODES.index("S3")


@dataclass(frozen=True, slots=True)
class MonthLights:
    """Heights of the lights (0 to 3, UNKNOWN where the check cannot tell) of the customers checked, by their ids."""

    customers: Wholes
    heights: Wholes

    def of(self, some: Wholes) -> Wholes:
        """The heights of these customers; UNKNOWN of who was not checked."""
        if not len(self.customers):
            return np.full(len(some), UNKNOWN)
        places, here = places_of(self.customers, some)
        return np.where(here, self.heights[places], UNKNOWN)


_NOBODY = MonthLights(np.empty(0, np.int64), np.empty(0, np.int64))


def lights_of(
    conn: Connection, month: str, at: int, rules: Rules, only: Collection[int] | None = None
) -> MonthLights:
    """The lights of a month: as they are stored where that stands on a revision (`at`), else computed and stored nowhere; of
    everybody or of some customers (ids)."""
    if only is not None:
        check = planned(conn, month, rules)
        return _NOBODY if check is None else _lights(conn, month, _packed(check.verdicts(sorted(only))))
    reads_every_customer(conn)
    if standing_at(conn, month, version(rules)) == at:
        return _lights(conn, month, _packed(select(risks).where(risks.c.month == month)))
    check = planned(conn, month, rules)
    return _NOBODY if check is None else _lights(conn, month, _grouped(check))


def looked_at(conn: Connection, months: Sequence[str], rules: Rules) -> MonthColumns | None:
    """What the check of many months looks at, in memory; None where the database is to compute the lights itself: a server
    does so in its own room."""
    if conn.dialect.name != "sqlite":
        return None
    # the newest month may still lack lists that those before have
    checks = [planned(conn, month, rules) for month in months[-2:]]
    names = {name for check in checks if check is not None for name in looked_at_by(check)}
    try:
        return month_columns(conn, [shift_month(months[0], -BACK), months[-1]], sorted(names))
    except Unclear:
        return None


def lights_of_many(
    conn: Connection, months: Sequence[str], able: Wholes, rules: Rules, looked: MonthColumns | None
) -> Iterator[MonthLights]:
    """The lights of many months in their order, of those who ever had so much that a light can go on (`able`, ids): computed
    over what the check looks at (`looked`), else by the check's own statement over a copy of it."""
    if looked is None:
        yield from _over_a_copy(conn, months, able, rules)
        return
    people = CustomerColumns(conn)
    for month in months:
        yield _in_memory(conn, month, able, rules, looked, people)


def _in_memory(
    conn: Connection, month: str, able: Wholes, rules: Rules, looked: MonthColumns, people: CustomerColumns
) -> MonthLights:
    check = planned_over(conn, month, rules, MonthsInMemory(looked, month))
    listed = looked.months.get(month)
    if check is None or listed is None:
        return _NOBODY
    ids = np.intersect1d(listed.customers, able, assume_unique=True)
    if guard_of(conn, month) is not None:
        return MonthLights(ids, np.full(len(ids), UNKNOWN))
    try:
        return MonthLights(ids, MemoryLights(conn, check, looked, people, ids).heights())
    except Unclear:
        return lights_of(conn, month, -1, rules)


def _over_a_copy(
    conn: Connection, months: Sequence[str], able: Wholes, rules: Rules
) -> Iterator[MonthLights]:
    """The lights of some customers, month by month, over a copy of what the check looks at of them."""
    reads_every_customer(conn)
    check = planned(conn, months[-1], rules)
    if check is None:
        yield from [_NOBODY] * len(months)
        return
    first = shift_month(months[0], -BACK)
    with narrow_months(conn, [first, months[-1]], sorted(check.window.columns_read), able) as narrow:
        for month in months:
            of_month = planned_over(conn, month, rules, narrow)
            yield (
                _NOBODY if of_month is None else _lights(conn, month, _packed(of_month.verdicts(narrow.able)))
            )


@lru_cache(maxsize=24)
def _grouped(check: CheckStatement) -> Select[Any]:
    """The lights of a check, kept with its statement."""
    return _packed(check.verdicts())


def _packed(verdicts: Select[Any]) -> Select[Any]:
    """light, whether it is blind, and the customers as one text: a value for each would be made into an object of its own."""
    v = verdicts.subquery("verdicts").c
    # its own column first: a server knows an expression with parameters again by its name only
    blind = case((v.cannot_tell.bitwise_and(_FALL) != 0, 1), else_=0).label("blind")
    each = select(v.customer_id, v.light, blind).subquery("each")
    ids = func.aggregate_strings(cast(each.c.customer_id, Text), ",")
    return select(each.c.light, each.c.blind, ids).group_by(each.c.light, each.c.blind)


def stored_of(conn: Connection, month: str, some: list[int]) -> dict[int, int]:
    """The heights of some customers as they are stored: customer id -> height."""
    r = risks.c
    query = select(r.customer_id, r.light, r.cannot_tell).where(r.month == month, r.customer_id.in_(some))
    guarded = guard_of(conn, month) is not None
    return {
        row.customer_id: UNKNOWN if guarded else height(row.light, row.cannot_tell)
        for row in conn.execute(query)
    }


def height(light: str | None, cannot_tell: int) -> int:
    """The height of a light; UNKNOWN of none where the fall of the assets cannot be told."""
    return UNKNOWN if light is None and cannot_tell & _FALL else LIGHTS.index(light)


def _lights(conn: Connection, month: str, query: Select[Any]) -> MonthLights:
    guarded = guard_of(conn, month) is not None
    ids: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    heights: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for light, blind, customers in conn.execute(query):
        some = np.fromstring(customers, dtype=np.int64, sep=",")
        ids.append(some)
        heights.append(np.full(len(some), UNKNOWN if guarded else height(light, blind * _FALL)))
    every, high = np.concatenate(ids), np.concatenate(heights)
    order = np.argsort(every, kind="stable")
    return MonthLights(every[order], high[order])
