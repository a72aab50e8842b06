"""The months whose lists were written to since a revision: the steps from there on are taken again."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from db.record import audit, batches, journal
from db.tables import flows, holdings, payrolls, snapshots
from workbench.base.rows import in_parts

#: lists told month by month: what changes one concerns that month and the later ones
_LISTS = (snapshots, holdings, flows, payrolls)
#: so many ids go into a statement
_NAMED = 500
#: before the first month of all, for "everything"
EVER = ""


def touched(conn: Connection, stood: int) -> set[str]:
    """The months whose lists were written to, undone or done again since a revision."""
    subjects = conn.execute(select(audit.c.subject).where(audit.c.id > stood, audit.c.data == 1)).scalars()
    changed = {int(one) for one in subjects if one and one.isdigit()}
    months: set[str] = set()
    by_import: set[int] = set()
    for part in in_parts(sorted(changed), _NAMED):
        query = select(batches.c.change_id, batches.c.month, batches.c.kind).where(
            batches.c.change_id.in_(part)
        )
        for row in conn.execute(query):
            if row.month:
                months.add(row.month)
                # a file of transactions may tell several months
                by_import |= {row.change_id} if row.kind == "customers" else set()
    for part in in_parts(sorted(changed - by_import), _NAMED):
        months |= _of_rows(conn, part)
    return months


def _of_rows(conn: Connection, changed: Sequence[int]) -> set[str]:
    """The months of the rows of lists that changes wrote; all where they are no longer there."""
    months: set[str] = set()
    tables = {table.name: table for table in _LISTS}
    j = journal.c
    query = select(j.table_name, j.row_id, j.last_id).where(
        j.change_id.in_(changed), j.table_name.in_(tables)
    )
    for name, first, last in set(map(tuple, conn.execute(query))):
        table = tables[name]
        rows = conn.execute(
            select(table.c.month, func.count()).where(table.c.id.between(first, last)).group_by(table.c.month)
        ).all()
        months.update(row[0] for row in rows)
        if sum(row[1] for row in rows) < last - first + 1:
            months.add(EVER)
    return months
