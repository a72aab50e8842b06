"""The lights of every customer of a month: of the newest as they are stored, of earlier ones by the check's own statement."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Text, case, cast, func, select

from db.stores.planning import reads_every_customer
from db.tables import risks
from workbench.base.expressions import Expr
from workbench.insight.churn.assessing import guard_of, planned, version
from workbench.insight.churn.results import standing_at
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.levels.folding import Wholes
from workbench.insight.stages.lines import LIGHTS, UNKNOWN
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
        places = np.minimum(np.searchsorted(self.customers, some), len(self.customers) - 1)
        return np.where(self.customers[places] == some, self.heights[places], UNKNOWN)


def lights_of(conn: Connection, month: str, revision: int, rules: Rules) -> MonthLights:
    """The lights of a month: as they are stored where that stands on a revision, else computed and stored nowhere."""
    reads_every_customer(conn)
    if standing_at(conn, month, version(rules)) == revision:
        r = risks.c
        query = select(*_columns(r.customer_id, r.light, r.cannot_tell)).where(r.month == month)
        return _lights(conn, month, query.group_by(r.light, _blind(r.cannot_tell)))
    check = planned(conn, month, rules)
    if check is None:
        return MonthLights(np.empty(0, np.int64), np.empty(0, np.int64))
    v = check.verdicts().subquery("verdicts").c
    query = select(*_columns(v.customer_id, v.light, v.cannot_tell))
    return _lights(conn, month, query.group_by(v.light, _blind(v.cannot_tell)))


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


def _blind(cannot_tell: Expr) -> Expr:
    return case((cannot_tell.bitwise_and(_FALL) != 0, 1), else_=0)


def _columns(customer: Expr, light: Expr, cannot_tell: Expr) -> tuple[Expr, ...]:
    # one text for each light: a value for each customer would be made into an object of its own
    return light, _blind(cannot_tell), func.aggregate_strings(cast(customer, Text), ",")


def _lights(conn: Connection, month: str, query: object) -> MonthLights:
    guarded = guard_of(conn, month) is not None
    ids: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    heights: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for light, blind, customers in conn.execute(query):  # type: ignore[call-overload]
        some = np.fromstring(customers, dtype=np.int64, sep=",")
        ids.append(some)
        heights.append(np.full(len(some), UNKNOWN if guarded else height(light, blind * _FALL)))
    every, high = np.concatenate(ids), np.concatenate(heights)
    order = np.argsort(every, kind="stable")
    return MonthLights(every[order], high[order])
