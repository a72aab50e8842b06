"""The SELECTs of the contact log."""

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, select

from db.known import trails
from db.tables import customers, risks, touches
from db.week import promises
from workbench.base.expressions import Expr
from workbench.base.months import newest_month
from workbench.outreach.log.logged import LogFilter
from workbench.people.search import matches


def chosen(what: LogFilter) -> ColumnElement[bool]:
    """The contacts of a filter."""
    t = touches.c
    parts = [t.date >= what.since, t.date <= what.until]
    if what.channel is not None:
        parts.append(t.channel == what.channel)
    if what.result is not None:
        parts.append(t.result == what.result)
    if what.customer is not None:
        parts.append(customers.c.customer_no == what.customer)
    if what.text:
        parts.append(matches(what.text))
    return and_(*parts)


def source(conn: Connection) -> tuple[FromClause, Expr]:
    """The contacts with their customers, and the level in force of each by the newest month."""
    month = newest_month(conn) or ""
    t = touches.c
    joined = (
        touches.join(customers, customers.c.id == t.customer_id)
        .outerjoin(trails, and_(trails.c.customer_id == t.customer_id, trails.c.month == month))
        .outerjoin(risks, and_(risks.c.customer_id == t.customer_id, risks.c.month == month))
    )
    return joined, func.coalesce(trails.c.tier, risks.c.tier)


def promised(column: ColumnElement[str]) -> Expr:
    """The text or the day (columns of `promises`) of what was promised in a contact; NULL for none."""
    p = promises.c
    mine = and_(p.touch_id == touches.c.id, p.customer_id == touches.c.customer_id)
    return select(column).where(mine).order_by(p.id).limit(1).scalar_subquery()
