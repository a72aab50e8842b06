"""Erasing for good: values go out of the rows, and out of everything that the journal keeps of those rows.

The reverse of every change stays whole: history reads as if the blank values had been written from the beginning.
"""

import json
from collections.abc import Collection, Mapping
from typing import TypeAlias

from sqlalchemy import Connection, Table, bindparam, or_, select, update

from db.content_seal import rewriting
from db.dependencies import portions
from db.images import Image, Images
from db.record import NOTHING, journal
from db.values import Value

#: A row by column.
KeptRow: TypeAlias = Mapping[str, Value]


def kept_rows(conn: Connection, table: Table) -> dict[int, KeptRow]:
    """Every row of a table that the book still has, by id: also those undone or deleted, as the journal keeps them."""
    rows: dict[int, KeptRow] = {}
    packed = select(journal.c.images).where(journal.c.table_name == table.name, journal.c.images.is_not(None))
    for image in map(Image.unpack, conn.execute(packed.order_by(journal.c.id)).scalars()):
        rows |= {row_id: image.row(row_id) for row_id in image.rows}
    for row in conn.execute(select(table).order_by(table.c.id)).mappings():
        rows[row["id"]] = dict(row)
    return rows


def erase(conn: Connection, table: Table, ids: Collection[int], blank: Mapping[str, Value]) -> None:
    """Set columns of these rows to `blank` wherever they stand: in the book, in images, in the steps of updates."""
    values = {f"_{name}": value for name, value in blank.items()}
    for part in portions(ids):
        statement = update(table).where(table.c.id.in_(part))
        with rewriting(conn, table, table.c.id.in_(part)):
            conn.execute(statement.values({name: bindparam(f"_{name}") for name in blank}), values)
    if ids:
        _in_images(conn, table, frozenset(ids), blank)
        _in_steps(conn, table, frozenset(ids), blank)


def _in_images(conn: Connection, table: Table, ids: frozenset[int], blank: Mapping[str, Value]) -> None:
    images = Images(conn)
    entries = select(journal.c.id).where(
        journal.c.table_name == table.name, journal.c.images.is_not(None),
        journal.c.row_id <= max(ids), journal.c.last_id >= min(ids),
    )  # fmt: skip
    for entry in conn.execute(entries).scalars().all():
        for row_id in ids & images.look(entry).rows.keys():
            for name, value in blank.items():
                images.change(entry).change(row_id, name, value)
        images.close([entry])


def _in_steps(conn: Connection, table: Table, ids: frozenset[int], blank: Mapping[str, Value]) -> None:
    steps = select(journal.c.id, journal.c.row_id, journal.c.before, journal.c.after).where(
        journal.c.table_name == table.name, journal.c.op == "update",
        or_(journal.c.before != NOTHING, journal.c.after != NOTHING),
        journal.c.row_id.between(min(ids), max(ids)),
    )  # fmt: skip
    for row in conn.execute(steps.order_by(journal.c.id)).all():
        if row.row_id in ids:
            rewritten = {"before": _blanked(row.before, blank), "after": _blanked(row.after, blank)}
            with rewriting(conn, journal, journal.c.id == row.id):
                conn.execute(update(journal).where(journal.c.id == row.id).values(rewritten))


def _blanked(step: str, blank: Mapping[str, Value]) -> str:
    cells = json.loads(step)
    return json.dumps(cells | {name: blank[name] for name in blank.keys() & cells.keys()}, ensure_ascii=False)
