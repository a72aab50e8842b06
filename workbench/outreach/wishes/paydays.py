"""The payday of each customer, learnt from the last pays, and the wishes around it (domain 6.3)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from db.tables import payrolls, snapshots
from workbench.base.dates import shift_month
from workbench.base.sorted_ids import places_of
from workbench.insight.tags.layers import Layers
from workbench.outreach.wishes.collecting import WishCollector
from workbench.outreach.wishes.packed import (
    as_number,
    month_length,
    ordinal_of,
    ordinals,
    read_columns,
    spread,
)
from workbench.outreach.wishes.wish_table import Whole
from workbench.rules.parameters import Rules

_MONTHLY = "last_payroll_date"
#: days of a month so far apart lie on both sides of its end
_HALF, _WHOLE = 15, 31


@dataclass(frozen=True, slots=True)
class LearntPaydays:
    """Customers by id with the day of the month on which they are mostly paid, and the earliest and the latest of the last
    pays; a day above 31 lies in the next month. `few`: how many had too few pays to tell."""

    customer: Whole
    day: Whole
    earliest: Whole
    latest: Whole
    few: int


def paydays(
    conn: Connection, layers: Layers, rules: Rules, only: Collection[int] | None = None
) -> LearntPaydays | None:
    """By payroll lists and the lists' last payday; None where neither is reported. Who is paid no more has none."""
    pays = _pays(conn, layers, rules.whole("touch.payday_days"), only)
    if pays is None:
        return None
    customer, number = pays
    order = np.lexsort((-number, customer))
    customer, number = customer[order], number[order]
    begins = (
        np.flatnonzero(np.concatenate([[True], customer[1:] != customer[:-1]])) if len(customer) else customer
    )
    nth = np.arange(len(customer)) - np.repeat(begins, np.diff(np.append(begins, len(customer))))
    ids, newest = customer[begins], ordinals(number[begins])
    stays = nth < rules.whole("touch.payday_days")
    place = np.searchsorted(ids, customer[stays])
    day = _in_a_row(number[stays] % 100, place, len(ids))
    times = np.bincount(place, minlength=len(ids))
    current = newest > dt.date.fromisoformat(layers.as_of).toordinal() - rules.whole("touch.payday_current")
    enough = times >= rules.whole("touch.payday_least")
    mode, earliest, latest = _mode(place, day, nth[stays], len(ids))
    here = current & enough
    return LearntPaydays(ids[here], mode[here], earliest[here], latest[here], int((current & ~enough).sum()))


def paydays_wished(wishes: WishCollector, pays: LearntPaydays, rules: Rules) -> None:
    """One wish every few months: from the workday before the payday, when what to offer is ready, to some days after it, best
    on the workday after. Where paydays differ by more than a few days, around all of them."""
    places, here = places_of(wishes.people.customer, pays.customer)
    rows = places[here]
    wide = pays.latest[here] - pays.earliest[here] > rules.whole("touch.payday_spread")
    every = rules.whole("touch.payday_months")
    own = spread(wishes.people.customer[rows], every, salt=4)
    reason = wishes.reasons["payday"]
    for month in range(1, 13):
        turn = np.flatnonzero((month + own) % every == 0)
        on = _in_month(wishes.year, month, pays.day[here][turn])
        first = _in_month(wishes.year, month, np.where(wide, pays.earliest[here], pays.day[here])[turn])
        last = _in_month(wishes.year, month, np.where(wide, pays.latest[here], pays.day[here])[turn])
        wanted = wishes.line.shifted(on, 1)
        ends = np.maximum(wishes.line.shifted(last, 1), wanted) + reason.after
        wishes.add("payday", rows[turn], on, wanted, first=wishes.line.shifted(first, -1), last=ends)


def _pays(
    conn: Connection, layers: Layers, times: int, only: Collection[int] | None
) -> tuple[Whole, Whole] | None:
    """(customer ids, YYYYMMDD) of the pays of the last months, each once."""
    first = shift_month(layers.month, -times)
    p, s = payrolls.c, snapshots.c
    queries = []
    if conn.execute(select(p.id).limit(1)).first() is not None:
        query = select(p.customer_id.label("customer"), as_number(p.date).label("number"))
        queries.append((query.where(p.month > first, p.date <= layers.as_of), p.customer_id))
    if _MONTHLY in layers.run.raw:
        query = select(s.customer_id.label("customer"), as_number(s.last_payroll_date).label("number"))
        queries.append((query.where(s.month > first, s.last_payroll_date.is_not(None)), s.customer_id))
    if not queries:
        return None
    keys: list[NDArray[np.int64]] = []
    for query, column in queries:
        if only is not None:
            query = query.where(column.in_(sorted(only)))
        read = read_columns(conn, query)
        keys.append((read["customer"] * 100_000_000 + read["number"])[read["number"] > 0])
    each = np.unique(np.concatenate(keys))
    return each // 100_000_000, each % 100_000_000


def _in_a_row(day: Whole, place: Whole, number: int) -> Whole:
    """Days of the month, those at its beginning behind its end where a customer has both."""
    low, high = np.full(number, 99), np.zeros(number, dtype=np.int64)
    np.minimum.at(low, place, day)
    np.maximum.at(high, place, day)
    across = (high - low > _HALF)[place] & (day <= _HALF)
    return np.where(across, day + _WHOLE, day)


def _mode(place: Whole, day: Whole, nth: Whole, number: int) -> tuple[Whole, Whole, Whole]:
    """Of each customer the commonest day, the latest of equals, and the lowest and the highest day."""
    key = place * 64 + day
    kinds, at, counts = np.unique(key, return_inverse=True, return_counts=True)
    newest = np.full(len(kinds), 99)
    np.minimum.at(newest, at, nth)
    order = np.lexsort((-newest, counts, kinds // 64))
    mode = np.zeros(number, dtype=np.int64)
    mode[kinds[order] // 64] = kinds[order] % 64  # the last one of each customer stays
    low, high = np.full(number, 99), np.zeros(number, dtype=np.int64)
    np.minimum.at(low, place, day)
    np.maximum.at(high, place, day)
    return mode, low, high


def _in_month(year: int, month: int, day: Whole) -> Whole:
    """The day in a month; one that the month does not have is its last."""
    length = int(month_length(year, np.array([month]))[0])
    return ordinal_of(year, month, np.where(day <= _WHOLE, np.minimum(day, length), day - _WHOLE + length))
