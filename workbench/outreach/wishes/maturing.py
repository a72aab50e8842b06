"""Wishes around maturing money: T-30 to T+7 (domain 6.7)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select, union_all

from db.tables import holdings
from workbench.base.sorted_ids import places_of
from workbench.insight.tags.layers import Layers
from workbench.outreach.wishes.collecting import WishCollector
from workbench.outreach.wishes.packed import UNTOLD, as_number, ordinals, read_columns
from workbench.outreach.wishes.wish_table import Flags, Whole
from workbench.rules.parameters import Rules

#: reason -> days from the maturity; T-7 and T-1 are counted in workdays
STEPS = {
    "maturity_30": -30, "maturity_15": -15, "maturity_7": -7, "maturity_1": -1, "maturity_0": 0, "maturity_after3": 3,
    "maturity_after7": 7,
}  # fmt: skip
_IN_WORKDAYS = frozenset({"maturity_7", "maturity_1"})
_BY_LIST = ("deposit", "wealth")
#: days around a year in which a maturity has a step in it
_BEFORE, _AFTER = 15, 45


@dataclass(frozen=True, slots=True)
class DueMoney:
    """Money by customer id and the day (ordinal) on which it matures; `fen` UNTOLD where no list says how much."""

    customer: Whole
    day: Whole
    fen: Whole


def due_money(
    conn: Connection, layers: Layers, first: dt.date, last: dt.date, only: Collection[int] | None = None
) -> DueMoney | None:
    """What the newest lists say matures within two days, never before the data date; None where no list tells maturities.

    Lists of maturities and dated holdings partly tell the same money: of a day the larger sum counts. Without either, the
    customer list's own columns.
    """
    h = holdings.c
    some = select(h.id).where(h.month == layers.month, h.maturity_date.is_not(None)).limit(1)
    if conn.execute(some).first() is not None:
        lines = select(h.customer_id, h.maturity_date.label("date"), h.kind, func.sum(h.amount).label("fen"))
        query: Select[Any] = lines.where(h.month == layers.month).group_by(
            h.customer_id, h.kind, h.maturity_date
        )
    elif (columns := _of_columns(layers)) is not None:
        query = columns
    else:
        return None
    rows = query.subquery("due_money").c
    after = max(first.isoformat(), layers.as_of)
    due = (
        select(
            rows.customer_id.label("customer"),
            as_number(rows.date).label("day"),
            func.max(rows.fen).label("fen"),
        )
        .where(rows.date >= after, rows.date > layers.as_of, rows.date <= last.isoformat())
        .group_by(rows.customer_id, rows.date)
    )
    if only is not None:
        due = due.where(rows.customer_id.in_(sorted(only)))
    read = read_columns(conn, due)
    order = np.lexsort((read["day"], read["customer"]))
    return DueMoney(read["customer"][order], ordinals(read["day"][order]), read["fen"][order])


def _of_columns(layers: Layers) -> Select[Any] | None:
    parts = []
    for kind in _BY_LIST:
        names = (f"{kind}_maturity_date", f"{kind}_maturity_amount")
        if names[0] in layers.run.raw:
            date, fen = (
                layers.column(name).label(label) for name, label in zip(names, ("date", "fen"), strict=True)
            )
            # one day may have both: they are different money
            query = select(layers.customer_id.label("customer_id"), date, fen)
            parts.append(query.select_from(layers.source(names)))
    if not parts:
        return None
    both = union_all(*parts).subquery("listed_due").c
    return select(both.customer_id, both.date, func.sum(both.fen).label("fen")).group_by(
        both.customer_id, both.date
    )


def maturities(wishes: WishCollector, due: DueMoney, rules: Rules) -> None:
    """The steps of each maturity; of those in one ISO week the most telling one, of a small amount one alone."""
    places, here = places_of(wishes.people.customer, due.customer)
    rows, days = places[here], due.day[here]
    small = (due.fen[here] != UNTOLD) & (due.fen[here] < rules.number("touch.small_maturity") * 100)
    taken: list[tuple[Whole, Flags]] = []
    for code in rules.words("touch.maturity_order"):
        wanted = step_day(wishes, code, days)
        reason = wishes.reasons[code]
        stays = (wanted + reason.after >= wishes.start) & (wishes.channel(reason, rows) >= 0)
        if code != rules["touch.small_step"]:
            stays &= ~small
        for other, there in taken:
            stays &= ~(there & (_week(other) == _week(wanted)))
        taken.append((wanted, stays))
        wishes.add(code, rows[stays], days[stays], wanted[stays])


def step_day(wishes: WishCollector, code: str, days: Whole) -> Whole:
    """The workday of a step for money that matures on each of some days (see `Workdays.maturity_step`)."""
    count, there = STEPS[code], wishes.line.on_or_after(days)
    if code in _IN_WORKDAYS or count == 0:
        return wishes.line.shifted(there, count)
    return wishes.line.on_or_after(days + count) if count > 0 else wishes.line.on_or_before(days + count)


def span_of(year: int) -> tuple[dt.date, dt.date]:
    """The days between which money that matures has a step in a year."""
    return (
        dt.date(year, 1, 1) - dt.timedelta(days=_BEFORE),
        dt.date(year, 12, 31) + dt.timedelta(days=_AFTER),
    )


def _week(days: Whole) -> Whole:
    """The week of each ordinal; the first was a Monday."""
    return (days - 1) // 7
