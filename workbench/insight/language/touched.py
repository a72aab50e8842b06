"""Past contacts in a condition: the channel or result that a word means, and its SQL."""

import datetime as dt

from sqlalchemy import and_, case, or_, select

from db.tables import touches
from workbench.base.expressions import Expr
from workbench.rules.contact_codes import contact_codes

#: column of the log -> table of its codes
_COLUMNS = {"channel": "channels", "result": "results"}


def words() -> tuple[tuple[str, str, str], ...]:
    """Every channel and result as (column, code, name in the language in use)."""
    return tuple(
        (column, one.code, one.name) for column, table in _COLUMNS.items() for one in contact_codes(table)
    )


def meant(word: str) -> tuple[tuple[str, str], ...]:
    """The channels and results of a code or name, as (column, code); empty when there is none."""
    return tuple(
        (column, one.code)
        for column, table in _COLUMNS.items()
        for one in contact_codes(table)
        if one.means(word)
    )


def touched(word: str, days: int | None, day: str, customer_id: Expr) -> Expr:
    """Whether the customer was contacted like this within `days` before `day` (None: ever).

    NULL while the book has no log of contacts at all. The word must be one of `words()`.
    """
    like = or_(*(touches.c[column] == code for column, code in meant(word)))
    past = touches.c.date <= day
    if days is not None:
        first = (dt.date.fromisoformat(day) - dt.timedelta(days=days)).isoformat()
        past = and_(past, touches.c.date >= first)
    customers = select(touches.c.customer_id).where(like, past)
    any_log = select(touches.c.id).limit(1).scalar_subquery()
    return case((any_log.is_(None), None), (customer_id.in_(customers), 1), else_=0) == 1
