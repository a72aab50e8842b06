"""Transactions summed per customer and month, kept in the book: brought forward for the months that an import touched, so
that the days need not be read again. Never trusted without the run that says on which state of the book they stand."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Integer, Select, case, cast, delete, func, insert, select

from db.audit import revision
from db.functions import holds, member
from db.since import written_since
from db.stores.planning import reads_every_customer
from db.tables import COUNTERPARTIES, flow_months, flows
from workbench.base.expressions import Expr
from workbench.insight.measures.brought import Brought

#: its version is raised when the meaning of a sum changes
_BROUGHT = Brought(flow_months, flows, "1")
_f = flows.c


def _whole(column: Expr) -> Expr:
    """The sum over the days of a group; NULL when one of them has no value."""
    return case((func.count(column) == func.count(), func.sum(column)))


def to_class(name: str) -> Expr:
    """A day's outflow in fen to a class of counterparty; NULL where the day names none."""
    # most days name a class or two: searching the text is cheaper than parsing the JSON
    return case((holds(_f.counterparties, f'"{name}"'), member(_f.counterparties, name)))


_to_self = _f.same_name_outflow > 0
#: figure -> its expression over the days of a group; the columns of `flow_months` beside its keys
SUMS: Mapping[str, Expr] = {
    "rows": func.count(),
    **{
        name: _whole(_f[name])
        for name in (
            "inflow", "outflow", "active_count", "third_party_outflow", "third_party_count", "interbank_outflow",
        )
    },
    "amount": func.coalesce(func.sum(_f.inflow), 0) + func.coalesce(func.sum(_f.outflow), 0),
    "first_day": func.min(_f.date),
    "last_day": func.max(_f.date),
    "last_active": func.max(case((_f.active_count > 0, _f.date))),
    "last_open": func.max(case((_f.active_count.is_(None), _f.date))),
    "most_inflow": func.max(_f.largest_inflow),
    "most_outflow": func.max(_f.largest_outflow),
    "classed": func.count(_f.counterparties),
    "same_name_told": func.count(_f.same_name_outflow),
    "to_self": func.sum(case((_to_self, _f.same_name_outflow))),
    "to_self_day": func.min(case((_to_self, cast(func.substr(_f.date, 9, 2), Integer)))),
    **{f"to_{name}": func.sum(to_class(name)) for name in COUNTERPARTIES},
    "securities_times": func.count(case((to_class("securities") > 0, 1))),
    "school_last": func.max(case((to_class("school") > 0, _f.date))),
}  # fmt: skip


def standing(conn: Connection) -> bool:
    """Whether the sums in the book are those of the transactions in the book."""
    return _BROUGHT.standing(conn)


def bring_forward(conn: Connection) -> None:
    """Brings the sums up to the book: of the months written to since, of all without a run. Inside `Book.derive()`."""
    stood, at = _BROUGHT.stood(conn), revision(conn)
    if stood == at:
        return
    written = None if stood is None else written_since(conn, stood, flows)
    if written is None:
        conn.execute(delete(flow_months))
        _fill(conn, None)
    elif written:
        s = flow_months.c
        had = {row[0]: row[1] for row in conn.execute(select(s.month, func.sum(s.rows)).group_by(s.month))}
        months = _BROUGHT.months(conn, written, had)
        conn.execute(delete(flow_months).where(s.month.in_(months)))
        _fill(conn, months)
    _BROUGHT.keep(conn, at)


def _fill(conn: Connection, months: Collection[str] | None) -> None:
    reads_every_customer(conn)
    query = summed().order_by(_f.month, _f.customer_id)
    if months is not None:
        query = query.where(_f.month.in_(months))
    conn.execute(insert(flow_months).from_select(["customer_id", "month", *SUMS], query))


def summed() -> Select[tuple[int, str]]:
    """customer_id, month and the sums, one row per customer and month with transactions."""
    figures = (figure.label(name) for name, figure in SUMS.items())
    return select(_f.customer_id, _f.month, *figures).group_by(_f.month, _f.customer_id)
