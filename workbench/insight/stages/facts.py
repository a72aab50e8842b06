"""The facts of the months that the stages follow from: averages, balances, lights, days of opening, closing, referral."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, case, func, or_, select

from db.tables import customers, referrals, snapshots
from workbench.base.dates import shift_month
from workbench.base.months import data_date
from workbench.base.rows import in_parts
from workbench.base.sorted_ids import places_of
from workbench.insight.levels.folding import Flags, Wholes
from workbench.insight.measures.holding import families_held
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.measures.packed_months import packed_months
from workbench.insight.measures.scope import Scope, reported_data
from workbench.insight.stages.lines import StageLines
from workbench.rules.parameters import Rules

#: months, the newest included, of the recent high and of the peak that a fall is measured against
HIGH, PEAK = 4, 12
#: customers asked about at once
_NAMED = 5_000
_s = snapshots.c
_BALANCE = func.coalesce(_s.aum_balance, MISSING)
_AVERAGE = func.coalesce(_s.aum_daily_average, _s.aum_balance, MISSING)
_DAILY = case((_s.aum_daily_average.is_not(None), 1), else_=0)


@dataclass(frozen=True, slots=True)
class ListedMonth:
    """The customers listed in a month, by id: average and balance in fen (MISSING), and whether the average is a daily one."""

    customers: Wholes
    averages: Wholes
    balances: Wholes
    daily: Wholes

    @classmethod
    def of(cls, parts: Sequence[tuple[Wholes, ...]]) -> "ListedMonth":
        """Of parts of the month, in any order."""
        if not parts:
            return cls(*(np.empty(0, np.int64) for _name in range(4)))
        ids, *columns = (np.concatenate(one) for one in zip(*parts, strict=True))
        order = np.argsort(ids, kind="stable")
        return cls(ids[order], *(one[order] for one in columns))

    def places(self, some: Wholes) -> tuple[Wholes, Flags]:
        """The place of each of some customers, and whether the month lists him."""
        return places_of(self.customers, some)

    def averages_of(self, some: Wholes) -> Wholes:
        """The averages of some customers, MISSING where the month tells none."""
        return self._of(some, self.averages)

    def balances_of(self, some: Wholes) -> Wholes:
        """Their balances, the same."""
        return self._of(some, self.balances)

    def dailies_of(self, some: Wholes) -> Wholes:
        """Their averages where the list tells daily ones."""
        return self._of(some, np.where(self.daily == 1, self.averages, MISSING))

    def _of(self, some: Wholes, column: Wholes) -> Wholes:
        places, here = self.places(some)
        return np.where(here, column[places], MISSING) if len(column) else np.full(len(some), MISSING)


def listed(conn: Connection, months: Sequence[str]) -> dict[str, ListedMonth]:
    """What some months tell of everybody."""
    parts = packed_months(conn, months, (_AVERAGE, _BALANCE, _DAILY))
    return {month: ListedMonth.of(some) for month, some in parts.items()}


def listed_of(conn: Connection, months: Sequence[str], some: Collection[int]) -> dict[str, ListedMonth]:
    """The same of a few customers."""
    parts: dict[str, list[tuple[int, ...]]] = {month: [] for month in months}
    query = select(_s.month, _s.customer_id, _AVERAGE, _BALANCE, _DAILY).where(
        _s.customer_id.in_(sorted(some)), _s.month.in_(months)
    )
    for month, *values in conn.execute(query):
        parts[month].append(tuple(values))
    return {
        month: ListedMonth.of(
            [tuple(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))] if rows else []
        )
        for month, rows in parts.items()
    }


class EventDates:
    """The days on which accounts were opened and closed and persons were referred, as far as months from `first` on need
    them; of everybody or a few."""

    def __init__(self, conn: Connection, first: int, by: StageLines, only: Collection[int] | None) -> None:
        oldest = dt.date.fromordinal(max(first - max(by.opened_days, by.honeymoon_days) - 366, 1)).isoformat()
        c, r = customers.c, referrals.c
        dated = select(c.id, c.open_date, c.close_date).where(
            or_(c.open_date >= oldest, c.close_date.is_not(None))
        )
        referred = (
            select(c.id, r.date).join(customers, c.customer_no == r.referred_customer_no).order_by(r.date)
        )
        if only is not None:
            dated, referred = (one.where(c.id.in_(sorted(only))) for one in (dated, referred))
        rows = conn.execute(dated).all()
        self._ids = np.array([row[0] for row in rows], dtype=np.int64)
        self._opened = np.array([ordinal(row[1]) for row in rows], dtype=np.int64)
        self._closed = np.array([ordinal(row[2]) for row in rows], dtype=np.int64)
        self._referred = [(row[0], ordinal(row[1])) for row in conn.execute(referred)]

    def of(self, ids: Wholes, day: int) -> tuple[Wholes, Wholes, Wholes]:
        """(opened, closed, referred) of customers as ordinals, 0: none; of referrals the last one up to a day."""
        opened, closed, referred = (np.zeros(len(ids), np.int64) for _name in range(3))
        known = np.isin(self._ids, ids)
        places = np.searchsorted(ids, self._ids[known])
        opened[places], closed[places] = self._opened[known], self._closed[known]
        for customer, date in self._referred:
            at = int(np.searchsorted(ids, customer))
            if at < len(ids) and ids[at] == customer and 0 < date <= day:
                referred[at] = date
        return opened, closed, referred


def ordinal(date: str | None) -> int:
    """The ordinal of an ISO date; 0 of none, and of what is no date."""
    try:
        return dt.date.fromisoformat(date).toordinal() if date else 0
    except ValueError:
        return 0


def iso(day: int) -> str:
    """The ISO date of an ordinal."""
    return dt.date.fromordinal(day).isoformat()


def ripe_in(conn: Connection, month: str, rules: Rules) -> Callable[[Wholes], Flags]:
    """Whether customers have the products and the KYC that end the stage of new value; what is not known is not reached."""

    def ripe(ids: Wholes) -> Flags:
        known = customers.c.kyc_completeness >= rules.number("journey.kyc")
        known_ids = np.array(
            conn.execute(select(customers.c.id).where(known)).scalars().all(), dtype=np.int64
        )
        some = ids[np.isin(ids, known_ids)].tolist()
        reached: set[int] = set()
        reported = reported_data(conn, month) if some else None
        as_of = data_date(conn, month)
        if reported is not None and as_of is not None:
            for part in in_parts(some, _NAMED):
                scope = Scope(month, as_of, reported, part)
                query = scope.statement({"families": families_held(scope, rules)})
                reached.update(
                    row.customer_id
                    for row in conn.execute(query)
                    if row.families is not None and row.families >= rules.number("journey.products")
                )
        return np.isin(ids, np.array(sorted(reached), dtype=np.int64))

    return ripe


def highest(months: Mapping[str, Wholes], month: str, length: int, like: Wholes) -> Wholes:
    """The highest of the values of so many months up to one; MISSING where none is told."""
    high = np.full(len(like), MISSING)
    for back in range(length):
        values = months.get(shift_month(month, -back))
        if values is not None:
            high = np.maximum(high, values)
    return high
