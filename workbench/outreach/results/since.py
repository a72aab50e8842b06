"""What the book got since a sheet was made: contacts with its customers, and ticks of its rows of the plan."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.journey import prospects
from db.mgm import referral_tasks
from db.record import changes, journal
from db.tables import plan_customers, plan_items, referrals, touches


@dataclass(frozen=True, slots=True)
class LaterContact:
    """The last contact with a customer that was logged since; dates ISO."""

    date: str
    channel: str
    result: str
    next_date: str
    note: str


def contacts_since(conn: Connection, change: int, customers: Sequence[int]) -> dict[int, LaterContact]:
    """Customer id -> the last contact logged or changed after a change of the book, of those given."""
    runs = _runs(conn, change, touches.name)
    if not runs or not customers:
        return {}
    lowest = min(first for first, _last in runs)
    query = (
        select(touches)
        .where(touches.c.customer_id.in_(customers), touches.c.id >= lowest)
        .order_by(touches.c.date, touches.c.id)
    )
    return {
        row.customer_id: LaterContact(row.date, row.channel, row.result, row.next_date or "", row.note or "")
        for row in conn.execute(query)
        if any(first <= row.id <= last for first, last in runs)
    }


def ticked_since(conn: Connection, change: int, items: Iterable[int]) -> frozenset[int]:
    """The rows of the plan (ids) that were ticked after a change of the book, of those given."""
    query = (
        select(journal.c.row_id, journal.c.after)
        .join(changes, changes.c.id == journal.c.change_id)
        .where(
            journal.c.table_name == plan_items.name, journal.c.op == "update", journal.c.change_id > change,
            changes.c.state == "done", journal.c.row_id.in_(sorted(items)),
        )
    )  # fmt: skip
    return frozenset(row.row_id for row in conn.execute(query) if "result" in _changed(row.after))


def people_ticked_since(conn: Connection, change: int, items: Iterable[int]) -> dict[int, str]:
    """Customer id -> how his place on a row of the plan (ids) was ticked after a change of the book."""
    runs = _runs(conn, change, plan_customers.name)
    query = (
        select(plan_customers.c.id, plan_customers.c.customer_id, plan_customers.c.result)
        .where(plan_customers.c.item_id.in_(sorted(items)), plan_customers.c.result.is_not(None))
        .order_by(plan_customers.c.id)
    )
    return {
        row.customer_id: row.result
        for row in conn.execute(query)
        if any(first <= row.id <= last for first, last in runs)
    }


def referrals_written_since(conn: Connection, change: int, lines: Iterable[int]) -> frozenset[int]:
    """The referrals (ids of their lines), of those given, of which anything was written after a change of the book."""
    wanted = sorted(lines)
    written: set[int] = set()
    for table, line in (
        (referrals, referrals.c.id),
        (referral_tasks, referral_tasks.c.referral_id),
        (prospects, prospects.c.referral_id),
    ):
        runs = _runs(conn, change, table.name)
        if runs:
            rows = conn.execute(select(table.c.id, line).where(line.in_(wanted)))
            written.update(of for row, of in rows if any(first <= row <= last for first, last in runs))
    return frozenset(written)


def _runs(conn: Connection, change: int, table: str) -> list[tuple[int, int]]:
    """First and last id of the rows of a table that were inserted or changed after a change."""
    query = (
        select(journal.c.row_id, journal.c.last_id)
        .join(changes, changes.c.id == journal.c.change_id)
        .where(
            journal.c.table_name == table, journal.c.op.in_(("insert", "update")), journal.c.change_id > change,
            changes.c.state == "done",
        )
        .order_by(journal.c.row_id, journal.c.id)
    )  # fmt: skip
    return [(row.row_id, row.last_id) for row in conn.execute(query)]


def _changed(after: str | None) -> Mapping[str, object]:
    columns: Mapping[str, object] = json.loads(after or "{}")
    return columns
