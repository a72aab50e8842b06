"""Whose earlier months are others: what is written about a person may speak of days before the newest list."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, or_, select

from db.audit import revision
from db.images import Image
from db.known import adverse_events, light_decisions
from db.record import audit, journal
from db.since import MOST
from db.tables import customers, referrals, touches

#: columns of a customer that the step of every month looks at
_OF_PERSON = ("open_date", "close_date")
#: dated facts of one customer: the column of the customer
_DATED: Mapping[Table, str] = {
    touches: "customer_id", light_decisions: "customer_id", referrals: "referred_customer_no",
}  # fmt: skip
_TABLES = {table.name: table for table in (*_DATED, customers)}
_j = journal.c


def dated_back(conn: Connection, stood: int, day: str) -> frozenset[int] | None:
    """The customers (ids) of whom something up to a day (ISO) was written, undone or redone since a revision; None: too many
    to name."""
    some: set[int] = set()
    numbers: set[str] = set()
    person = or_(*(_j.before.contains(f'"{name}"') for name in _OF_PERSON))
    wanted = or_(_j.table_name.in_([one.name for one in _DATED]), and_(_j.table_name == "customers", person))
    columns = (_j.table_name, _j.op, _j.row_id, _j.last_id, _j.images)
    for changed in _changes(conn, stood):
        for entry in conn.execute(select(*columns).where(_j.change_id == changed, wanted)):
            table = _TABLES[entry.table_name]
            if table is customers:
                some.add(entry.row_id)
            elif entry.last_id - entry.row_id >= MOST:
                return None
            else:
                of = {who for who, date in _facts(conn, table, entry) if who is not None and date <= day}
                (numbers if table is referrals else some).update(of)
        if len(some) + len(numbers) > MOST:
            return None
    if numbers:
        c = customers.c
        some.update(conn.execute(select(c.id).where(c.customer_no.in_(sorted(numbers)))).scalars())
    return frozenset(some)


def first_event(conn: Connection, stood: int) -> str | None:
    """The first day (ISO) of the adverse events written since a revision, '' where one of them is no longer there; None of
    none."""
    e = adverse_events.c
    days = []
    for changed in _changes(conn, stood):
        query = select(_j.op, _j.row_id, _j.last_id).where(
            _j.change_id == changed, _j.table_name == adverse_events.name
        )
        for op, first, last in conn.execute(query):
            there = conn.execute(select(e.start).where(e.id.between(first, last))).scalars().all()
            days += [*there] if op == "insert" and len(there) == last - first + 1 else [""]
    return min(days, default=None)


def _changes(conn: Connection, stood: int) -> list[int]:
    if stood == revision(conn):
        return []
    done = select(audit.c.subject).where(audit.c.id > stood, audit.c.data == 1)
    return sorted({int(one) for one in conn.execute(done).scalars() if one and one.isdigit()})


def _facts(conn: Connection, table: Table, entry: Any) -> Iterator[tuple[Any, str]]:
    """(customer, day) of the rows of an entry; '' of what was changed, as its day may have been another."""
    who = table.c[_DATED[table]]
    rows = select(who, table.c.date).where(table.c.id.between(entry.row_id, entry.last_id))
    for customer, date in conn.execute(rows):
        yield customer, "" if entry.op == "update" else date
    image = Image.unpack(entry.images)
    for row in image.rows:
        yield image.cell(row, who.name), str(image.cell(row, "date") or "")
