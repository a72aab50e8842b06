"""On which days a customer was asked for a referral (domain 7): the one answer of the measures, the queue and the asks.

An ask that was noted, a contact that ended in a referral, and a referral that came of no noted ask count; several of a
day are one.
"""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, func, select, true, union

from db.mgm import referral_asks, referral_tasks
from db.tables import referrals, touches
from workbench.base.expressions import Expr
from workbench.rules.parameters import Rules

#: limits a statement to some customers, by its column of customers
Among = Callable[[Expr], ColumnElement[bool]]


def asks_by_customer(day: str, rules: Rules, among: Among = lambda _column: true()) -> FromClause:
    """Customer -> the last day of an ask up to a day (ISO), and how many days with one lie in the year before it: customer_id,
    last, asks."""
    year = (dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("moments.asks_days"))).isoformat()
    days = _days(rules, among).subquery("ask_days").c
    return (
        select(
            days.customer_id,
            func.max(days.date).label("last"),
            func.sum(case((days.date > year, 1), else_=0)).label("asks"),
        )
        .where(days.date <= day)
        .group_by(days.customer_id)
        .subquery("asks_of")
    )


def ask_days_of(conn: Connection, rules: Rules, customer: int) -> list[str]:
    """The days (ISO) on which a customer was asked, in order."""
    days = _days(rules, lambda column: column == customer).subquery("ask_days").c
    return list(conn.execute(select(days.date).order_by(days.date)).scalars())


def _days(rules: Rules, among: Among) -> Select[tuple[int, str]]:
    """customer_id, date: each day once. A referral that came of a noted ask is that ask's."""
    a, t, r = referral_asks.c, touches.c, referrals.c
    noted = select(referral_tasks.c.referral_id).where(referral_tasks.c.ask_id.is_not(None))
    each = union(
        select(a.customer_id, a.date).where(among(a.customer_id)),
        select(t.customer_id, t.date).where(
            t.result.in_(rules.words("contact.referrals")), among(t.customer_id)
        ),
        select(r.customer_id, r.date).where(r.id.not_in(noted), among(r.customer_id)),
    ).subquery("asked_on")
    return select(each.c.customer_id, each.c.date)
