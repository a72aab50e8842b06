"""What a plan needs beside the leads: who must not be marketed to, and the general lists."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, and_, case, func, or_, select

from db.record import batches, changes
from db.tables import customers, snapshots, touches
from workbench.base.i18n import _
from workbench.base.months import data_date, reported_months
from workbench.outreach.draft import PlanCustomer
from workbench.people.consent import Consent, held
from workbench.people.particulars import particular
from workbench.people.rested import rested
from workbench.rules.parameters import Rules

#: General lists whose customers are contacted without a reason of their own.
_CALLED = ("largest", "untouched")
#: Rows read of a general list: more than any plan shows, because some of them are on the plan already.
_DEPTH = 200

#: What a plan calls a customer's assets: the balance, else the daily average, else the deposits (fen).
AUM = func.coalesce(snapshots.c.aum_balance, snapshots.c.aum_daily_average, snapshots.c.deposit_balance)
_FACE = (customers.c.id, customers.c.customer_no, customers.c.name, AUM.label("aum"))


def newest_aum() -> Subquery:
    """(customer_id, aum) by the newest month of the book, in fen."""
    newest = select(func.max(snapshots.c.month)).scalar_subquery()
    return select(snapshots.c.customer_id, AUM.label("aum")).where(snapshots.c.month == newest).subquery()


@dataclass(frozen=True, slots=True)
class Pool:
    """A general list: `total` of the `everyone` customers of the book are on it; `customers` are the first, by AUM."""

    total: int = 0
    everyone: int = 0
    customers: tuple[PlanCustomer, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """Who must not be marketed to (`held`: customer id -> consent), who rests after a contact (`rested`: customer id -> first
    day, ISO, on which he may be asked again), and the general lists (`pools`, by name)."""

    held: Mapping[int, Consent] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    rested: Mapping[int, str] = field(default_factory=dict)


def contact_limits(
    conn: Connection, day: dt.date, rules: Rules, *, judged: str | None = None, aside: Collection[int] = ()
) -> ContactLimits:
    """The limits of a plan drafted on a day, by the newest month. `judged`: the day (ISO) that the week is judged on, None
    for the same; `aside`: customers whom no general list names."""
    month = conn.execute(select(func.max(snapshots.c.month))).scalar()
    held = held_on(conn, day, rules)
    resting = rested(conn, judged or day.isoformat(), rules)
    lately = (day - dt.timedelta(days=rules.whole("plan.untouched_days"))).isoformat()
    test_until = (day + dt.timedelta(days=rules.whole("plan.test_days"))).isoformat()
    pools = _pools(conn, month, test_until, lately)
    # a general list is no reason to contact somebody who was reached lately, nor to call who refused, complained or was
    # called too often
    for name, pool in pools.items():
        out = {*resting, *aside, *(held if name in _CALLED else ())}
        free = tuple(one for one in pool.customers if one.customer_id not in out)
        pools[name] = replace(pool, customers=free)
    return ContactLimits(held, pools, resting)


def held_on(
    conn: Connection, day: dt.date, rules: Rules, only: Collection[int] | None = None
) -> dict[int, Consent]:
    """Customer id -> consent of those who must not be marketed to on a day (on the data date if that is later).

    `only`: look at these customers; None for all.
    """
    if only is not None and not only:
        return {}
    months = reported_months(conn)
    as_of = data_date(conn, months[-1]) if months else None
    return held(conn, max(day.isoformat(), as_of or ""), None, rules, only)


def whose(conn: Connection) -> tuple[str, str]:
    """(manager, branch) that the newest list names for most of its customers; '' where no name has a majority."""
    month = conn.execute(select(func.max(snapshots.c.month))).scalar()
    return _most(conn, month, snapshots.c.manager_name), _most(conn, month, snapshots.c.branch)


def _most(conn: Connection, month: str | None, column: ColumnElement[str | None]) -> str:
    rows = conn.execute(
        select(column, func.count().label("n"))
        .where(snapshots.c.month == month)
        .group_by(column)
        .order_by(func.count().desc(), column)
    ).all()
    everyone = sum(row.n for row in rows)
    return str(rows[0][0]) if rows and rows[0][0] and rows[0].n * 2 > everyone else ""


def last_import(conn: Connection) -> int:
    """Id of the newest import that is in force; 0 if there is none."""
    query = select(func.max(batches.c.id)).join(changes, changes.c.id == batches.c.change_id)
    return conn.execute(query.where(changes.c.state == "done")).scalar() or 0


def _pools(conn: Connection, month: str | None, test_until: str, lately: str) -> dict[str, Pool]:
    everyone = conn.execute(select(func.count()).select_from(customers)).scalar_one()
    test = func.coalesce(snapshots.c.risk_expiry_date, customers.c.risk_expiry_date)
    tests_reported = conn.execute(
        select(func.count()).select_from(_joined(month)).where(test.is_not(None))
    ).scalar_one()

    def pool(
        when: ColumnElement[bool] | None, reason: str, detail: ColumnElement[str | None] | None = None
    ) -> Pool:
        """The customers who meet `when` (None: all); `reason` may hold {detail}, a column."""
        return _pool(conn, month, everyone, when, reason, detail)

    return {
        "no_phone": pool(_blank(customers.c.phone), _("缺手机号")),
        "no_birthday": pool(_blank(particular("birth_date")), _("缺出生日期")),
        # without any reported test date nobody can be judged: the list counts everyone and names nobody
        "risk_test": pool(and_(test.is_not(None), test <= test_until), _("风险测评 {detail} 到期"), test)
        if tests_reported
        else Pool(everyone, everyone),
        "largest": pool(None, _("资产居前")),
        "untouched": _untouched(conn, month, everyone, lately),
    }


def _blank(column: ColumnElement[str | None]) -> ColumnElement[bool]:
    return or_(column.is_(None), column == "")


def _joined(month: str | None) -> FromClause:
    return customers.outerjoin(
        snapshots, and_(snapshots.c.customer_id == customers.c.id, snapshots.c.month == month)
    )


def _pool(
    conn: Connection,
    month: str | None,
    everyone: int,
    when: ColumnElement[bool] | None,
    reason: str,
    detail: ColumnElement[str | None] | None,
) -> Pool:
    base = select(*_FACE, (detail if detail is not None else customers.c.id).label("detail"))
    base = base.select_from(_joined(month))
    total = everyone
    if when is not None:
        base = base.where(when)
        total = conn.execute(select(func.count()).select_from(_joined(month)).where(when)).scalar_one()
    rows = conn.execute(base.order_by(AUM.desc().nulls_last(), customers.c.id).limit(_DEPTH))
    return Pool(
        total, everyone, tuple(PlanCustomer(*row[:4], reason.format(detail=row.detail)) for row in rows)
    )


def _untouched(conn: Connection, month: str | None, everyone: int, lately: str) -> Pool:
    """The customers with the largest AUM who were not contacted after `lately` (ISO), the longest ago (or never) first."""
    touched = (
        select(func.max(touches.c.date)).where(touches.c.customer_id == customers.c.id).scalar_subquery()
    )
    listed = func.coalesce(snapshots.c.last_contact_date, "")
    logged = func.coalesce(touched, "")
    last = case((logged > listed, logged), else_=listed)
    rows = conn.execute(
        select(*_FACE, last.label("last"))
        .select_from(_joined(month))
        .where(last <= lately)
        .order_by(AUM.desc().nulls_last(), customers.c.id)
        .limit(_DEPTH)
    ).all()
    oldest = sorted(rows, key=lambda row: row.last)

    def why(last: str) -> str:
        """The reason by the date of the last contact, '' for none."""
        return _("上次联系 {date}").format(date=last) if last else _("没有联系记录")

    return Pool(everyone, everyone, tuple(PlanCustomer(*row[:4], why(row.last)) for row in oldest))
