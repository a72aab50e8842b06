"""Stores who left a list and who is new on it, with the cause that a person chose or the probable one."""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from db.journal import Writer
from db.record import movements as table
from db.tables import customers, snapshots
from db.values import Value
from workbench.intake.report import CustomerMovement

_CHUNK = 500


def write_movements(writer: Writer, batch: int, month: str, moved: Sequence[CustomerMovement]) -> int:
    """Store the movements of a month, after its snapshots were written; returns how many rows differ.

    Writing twice equals writing once. A cause that a person chose stands until a person chooses another. Movements
    that another file of the month disproves are deleted: vanished but on its list, or new but on none.
    """
    conn = writer.conn
    stored = {
        (row.customer_id, row.direction): row
        for row in conn.execute(select(table).where(table.c.month == month))
    }
    ids = _ids(conn, [one.customer_no for one in moved])
    fresh: list[dict[str, Value]] = []
    updates: list[tuple[int, dict[str, Value]]] = []
    for one in moved:
        customer = ids.get(one.customer_no)
        if customer is None:
            continue
        content: dict[str, Value] = {
            "cause": one.cause, "evidence": one.evidence or None, "chosen": int(one.chosen),
        }  # fmt: skip
        row = stored.get((customer, one.direction))
        if row is None:
            place: dict[str, Value] = {
                "customer_id": customer, "month": month, "direction": one.direction, "batch_id": batch,
            }  # fmt: skip
            fresh.append(place | content)
        elif (one.chosen or not row.chosen) and any(row._mapping[k] != v for k, v in content.items()):
            updates.append((row.id, {**content, "batch_id": batch}))
    on_list = exists().where(snapshots.c.customer_id == table.c.customer_id, snapshots.c.month == month)
    stale = select(table.c.id).where(
        table.c.month == month,
        ((table.c.direction == "vanished") & on_list) | ((table.c.direction == "new") & ~on_list),
    )
    gone = writer.delete(table, conn.execute(stale).scalars().all())
    writer.insert(table, fresh)
    return len(fresh) + gone + writer.update_many(table, updates)


def _ids(conn: Connection, numbers: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(numbers), _CHUNK):
        query = select(customers.c.customer_no, customers.c.id).where(
            customers.c.customer_no.in_(numbers[start : start + _CHUNK])
        )
        ids.update({row[0]: row[1] for row in conn.execute(query)})
    return ids
