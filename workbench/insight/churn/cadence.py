"""How often a customer of a level is to be contacted (domain 6.5)."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.year import contact_intervals
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


def days_by_level(rules: Rules) -> Mapping[str, int]:
    """Level -> days within which a customer of it is to be contacted."""
    return {f"L{place}": round(days) for place, days in enumerate(rules.numbers("advice.cadence"))}


def cadence(values: Values, rules: Rules) -> int | None:
    """Days within which a customer of this level is to be contacted; None without a level."""
    return days_by_level(rules).get(str(values.tier))


def own_days(conn: Connection, customer_id: int) -> int | None:
    """The days within which a customer wants to be contacted; None where it is as his level has it."""
    i = contact_intervals.c
    days: int | None = conn.execute(select(i.days).where(i.customer_id == customer_id)).scalar()
    return days
