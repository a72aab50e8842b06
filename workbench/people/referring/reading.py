"""Reads the lines of the referrals in a book, the customers who may stand in them, and the names of account managers."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, func, select

from db.dependencies import PORTION
from db.mgm import referral_tasks
from db.record import settings
from db.tables import customers, referrals, snapshots
from workbench.base.months import newest_month
from workbench.people.dialling import written_number
from workbench.people.referring.line import KnownAccount, ReferralLine

_C, _R, _T = customers.c, referrals.c, referral_tasks.c


def lines_of(conn: Connection) -> list[ReferralLine]:
    """Every line of the book, but those of who was erased for good."""
    query = (
        select(
            _R.id, _C.customer_no, _R.date, _R.referred_name, _R.referred_phone, _R.referred_customer_no, _R.need,
            _R.deal_product, _R.relation, _T.loan,
        )
        .select_from(
            referrals.join(customers, _C.id == _R.customer_id).outerjoin(referral_tasks, _T.referral_id == _R.id)
        )
        .order_by(_R.date, _R.id)
    )  # fmt: skip
    return [
        ReferralLine(
            row.id, row.customer_no, row.date, (row.referred_name or "").strip(), plain(row.referred_phone),
            (row.referred_customer_no or "").strip(), " ".join(filter(None, [row.need, row.deal_product])),
            row.relation or "", None if row.loan is None else bool(row.loan),
        )
        for row in conn.execute(query)
    ]  # fmt: skip


def plain(phone: str | None) -> str:
    """A telephone as the graph compares it; '' for none."""
    return written_number(phone) or "" if phone else ""


def accounts_of(conn: Connection, lines: Sequence[ReferralLine]) -> list[KnownAccount]:
    """The customers who may stand in the lines: by number, by telephone, and by name where a telephone is masked."""
    numbers = {one.giver for one in lines} | {one.number for one in lines if one.number}
    phones = {one.phone[::-1] for one in lines if one.phone and "*" not in one.phone}
    # a masked number of a list is met by who has the same name
    names = {one.name for one in lines if one.name and one.phone}
    by_id: dict[int, KnownAccount] = {}
    for column, wanted in ((_C.customer_no, numbers), (_C.phone_reversed, phones), (_C.name, names)):
        masked = _C.phone.contains("*") if column is _C.name and not _any_masked(lines) else None
        for row in _rows(conn, column, wanted, masked):
            work = " ".join(filter(None, [row.employer, row.occupation, row.position, row.payroll_employer]))
            by_id[row.id] = KnownAccount(
                row.customer_no,
                row.name or "",
                plain(row.phone),
                row.id_no or "",
                row.open_date or "",
                "",
                work,
            )
    first = _first_lists(conn, [id_ for id_, one in by_id.items() if not one.opened])
    return [
        KnownAccount(
            one.number, one.name, one.phone, one.id_no, one.opened, first.get(id_, ""), one.work
        )
        for id_, one in by_id.items()
    ]  # fmt: skip


def managers_of(conn: Connection) -> frozenset[str]:
    """The names of account managers: in the newest list, and of whom the book is."""
    month = newest_month(conn)
    of_list = select(snapshots.c.manager_name).distinct().where(snapshots.c.month == month)
    own = conn.execute(select(settings.c.value).where(settings.c.key == "manager")).scalar()
    names = {*conn.execute(of_list).scalars(), json.loads(own) if own else None}
    return frozenset(name.strip() for name in names if isinstance(name, str) and name.strip())


def _any_masked(lines: Iterable[ReferralLine]) -> bool:
    return any("*" in one.phone for one in lines)


def _rows(
    conn: Connection, column: Column[str], wanted: Collection[str], also: ColumnElement[bool] | None
) -> Iterator[Row[Any]]:
    columns = (
        _C.id, _C.customer_no, _C.name, _C.phone, _C.id_no, _C.open_date, _C.employer, _C.occupation, _C.position,
        _C.payroll_employer,
    )  # fmt: skip
    asked = sorted(wanted)
    for start in range(0, len(asked), PORTION):
        query = select(*columns).where(column.in_(asked[start : start + PORTION])).order_by(_C.id)
        rows: Iterable[Row[Any]] = conn.execute(query if also is None else query.where(also))
        yield from rows


def _first_lists(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Customer id -> the day of the first list with him."""
    first: dict[int, str] = {}
    for start in range(0, len(ids), PORTION):
        query = (
            select(snapshots.c.customer_id, func.min(snapshots.c.as_of))
            .where(snapshots.c.customer_id.in_(ids[start : start + PORTION]))
            .group_by(snapshots.c.customer_id)
        )
        first.update((row[0], row[1]) for row in conn.execute(query))
    return first
