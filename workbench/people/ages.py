"""How old customers are on a day, without the prepared figures: for lists that are read at once, a few customers at a time."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, cast, func, select

from db.tables import customers, snapshots
from workbench.base.expressions import ONE_ROW
from workbench.base.rows import in_parts
from workbench.people.corrections import newest
from workbench.people.particulars import particular

#: customers that one statement names
_NAMED = 500
_DATE = len("1960-01-31")


@dataclass(frozen=True, slots=True)
class PersonAge:
    """Completed years, None where nothing tells; `woman` None where the sex is not known."""

    years: int | None
    woman: bool | None


def ages_of(conn: Connection, day: str, ids: Collection[int]) -> dict[int, PersonAge]:
    """Customer id -> his age on a day (ISO): by a correction, else by his date of birth (of the lists or of the identity number),
    else as his newest list reports it."""
    ages: dict[int, PersonAge] = {}
    for part in in_parts(sorted(ids), _NAMED):
        by_hand = newest(day, ("birth_date", "age"), part).subquery("by_hand").c
        later = snapshots.alias("later")
        last = select(later.c.id).where(later.c.customer_id == customers.c.id, later.c.age.is_not(None))
        last = last.correlate(customers).order_by(later.c.month.desc()).limit(ONE_ROW)
        query = (
            select(
                customers.c.id,
                func.coalesce(by_hand.birth_date, particular("birth_date")).label("born"),
                cast(by_hand.age, Integer).label("set_right"),
                snapshots.c.age,
                particular("gender").label("sex"),
            )
            .select_from(
                customers.outerjoin(
                    by_hand.customer_id.table, by_hand.customer_id == customers.c.id
                ).outerjoin(snapshots, snapshots.c.id == last.scalar_subquery())
            )
            .where(customers.c.id.in_(part))
        )
        for row in conn.execute(query):
            years = row.set_right if row.set_right is not None else _years(row.born, day)
            woman = row.sex.startswith("女") if row.sex else None
            ages[row.id] = PersonAge(row.age if years is None else years, woman)
    return ages


def _years(born: str | None, day: str) -> int | None:
    """Completed years of somebody born on a day; None where it is no whole date."""
    if not born or len(born) != _DATE or born > day:
        return None
    first, last = dt.date.fromisoformat(born), dt.date.fromisoformat(day)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
