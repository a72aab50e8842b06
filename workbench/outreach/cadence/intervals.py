"""How often a customer is contacted: his own interval, else that of the level in force (domain 6.5)."""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from db.year import contact_intervals
from workbench.base.expressions import Expr
from workbench.insight.churn.cadence import days_by_level
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class ContactInterval:
    """`days` within which a customer wants to hear from us, None where neither he nor a level tells; `by_level`: what his
    level gives; `own`: whether it is his own, with its note and the day (ISO) on which it was set."""

    days: int | None
    by_level: int | None = None
    own: bool = False
    note: str = ""
    made: str = ""


def days_of(level: Expr, rules: Rules) -> Expr:
    """The interval of each customer as SQL, `contact_intervals` being joined: his own, else by level; NULL where neither
    tells."""
    return func.coalesce(contact_intervals.c.days, case(dict(days_by_level(rules)), value=level))


def interval_of(conn: Connection, customer_id: int, level: str | None, rules: Rules) -> ContactInterval:
    """The interval of a customer of a level."""
    i, by_level = contact_intervals.c, days_by_level(rules).get(level or "")
    own = conn.execute(select(i.days, i.note, i.made).where(i.customer_id == customer_id)).first()
    if own is None:
        return ContactInterval(by_level, by_level)
    return ContactInterval(own.days, by_level, True, own.note or "", own.made)
