"""Money that matured of late and left: how much, whether anybody called about it, how much left within days (domain 4.1)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from db.tables import flows, holdings, touches
from workbench.rules.parameters import Rules

_BY_LIST = ("deposit", "wealth")


@dataclass(frozen=True, slots=True)
class Matured:
    """A maturity whose money the balance no longer shows. Amounts in fen; None: cannot tell."""

    date: str
    amount_fen: int
    #: whether nobody was in contact about it
    untouched: bool | None
    #: what left within the days of `cause.left_days`
    left_fen: int | None


def matured(conn: Connection, customer_id: int, months: Sequence[Row[Any]], rules: Rules) -> Matured | None:
    """The largest maturity of late by which the balance then fell; None without one. `months`: snapshots, the oldest first."""
    as_of = dt.date.fromisoformat(months[-1].as_of)
    first = (as_of - dt.timedelta(days=rules.whole("cause.matured_days"))).isoformat()
    amounts = _amounts(conn, customer_id, first, months)
    for date, amount in sorted(amounts.items(), key=lambda one: (-one[1], one[0])):
        if _fell(months, date) >= amount * rules.number("cause.left_share"):
            touched = _touched(conn, customer_id, date, months, rules)
            untouched = None if touched is None else not touched
            return Matured(date, amount, untouched, _left(conn, customer_id, date, rules))
    return None


def _amounts(conn: Connection, customer_id: int, first: str, months: Sequence[Row[Any]]) -> dict[str, int]:
    """Maturity date -> fen, by the lists of maturities and holdings or the customer list, whichever tells most."""
    last = months[-1].as_of
    h = holdings.c
    summed = (
        select(h.maturity_date, func.sum(h.amount).label("amount"))
        .where(h.customer_id == customer_id, h.maturity_date.between(first, last), h.amount > 0)
        .group_by(h.month, h.kind, h.maturity_date)
    )
    lines = [(row.maturity_date, int(row.amount)) for row in conn.execute(summed)]
    for row in months:
        for kind in _BY_LIST:
            date, amount = getattr(row, f"{kind}_maturity_date"), getattr(row, f"{kind}_maturity_amount")
            if date and amount and first <= date <= last:
                lines.append((date, amount))
    amounts: dict[str, int] = {}
    for date, amount in lines:
        amounts[date] = max(amounts.get(date, 0), amount)
    return amounts


def _fell(months: Sequence[Row[Any]], date: str) -> int:
    """By how many fen the newest balance lies under the last one before the date; 0 where either is unknown."""
    before = [row.aum_balance for row in months if row.as_of < date and row.aum_balance is not None]
    now = months[-1].aum_balance
    return before[-1] - now if before and now is not None else 0


def _touched(
    conn: Connection, customer_id: int, date: str, months: Sequence[Row[Any]], rules: Rules
) -> bool | None:
    """Whether somebody was in contact around the date; None when the log does not go back that far."""
    day = dt.date.fromisoformat(date)
    before, after = (dt.timedelta(days=round(days)) for days in rules.numbers("cause.lapsed_days"))
    first, last = (day - before).isoformat(), (day + after).isoformat()
    if any(row.last_contact_date and first <= row.last_contact_date <= last for row in months):
        return True
    t = touches.c
    around = select(t.id).where(t.customer_id == customer_id, t.date.between(first, last)).limit(1)
    if conn.execute(around).first() is not None:
        return True
    began = conn.execute(select(func.min(t.date))).scalar()
    return False if began is not None and began <= first else None


def _left(conn: Connection, customer_id: int, date: str, rules: Rules) -> int | None:
    """Fen that left within `cause.left_days` of the date, by the transactions of the customer; None without any."""
    last = dt.date.fromisoformat(date) + dt.timedelta(days=rules.whole("cause.left_days"))
    f = flows.c
    query = select(func.sum(f.outflow)).where(
        f.customer_id == customer_id, f.date.between(date, last.isoformat())
    )
    left = conn.execute(query).scalar()
    return None if left is None else int(left)
