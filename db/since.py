"""Which customers the writes since a revision concern, so that computed results are brought up to date for them alone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Table, and_, or_, select

from db.images import Image
from db.record import NOTHING, audit, journal
from db.shapes import Filled, declared, filled_by
from db.tables import GIVEN, metadata
from db.values import whole

#: More rows than this are not traced to their customers: computing all anew is quicker.
MOST = 5_000
_CHUNK = 500
#: Tables written to customer by customer, a few rows at a time.
BY_HAND = filled_by(Filled.BY_HAND, tables=GIVEN)
#: Tables that a list of the same month may set right row by row.
EDITED = filled_by(Filled.CELL_BY_CELL, tables=GIVEN)
#: an entry of rows that a change met as they were (`Writer.confirm`)
_MET = and_(journal.c.op == "update", journal.c.before == NOTHING, journal.c.after == NOTHING)


@dataclass(frozen=True, slots=True)
class Since:
    """Tables written to since a revision, and the customers concerned; None when they are too many to name."""

    tables: frozenset[str]
    customers: frozenset[int] | None


def changed_since(conn: Connection, revision: int) -> Since:
    """Reads the audit and the journal: writes, undos and redos after `revision` (see `audit.revision`).

    Rows that a write met unchanged concern nobody; when it is undone, they may go with it.
    """
    entries = _entries(conn, revision)
    tables = frozenset(str(entry["table_name"]) for entry in entries)
    if sum(entry["last_id"] - entry["row_id"] + 1 for entry in entries) > MOST:
        return Since(tables, None)
    return Since(tables, frozenset(one for entry in entries for one in _concerned(conn, entry)))


def tables_since(conn: Connection, revision: int) -> frozenset[str]:
    """The tables of `changed_since` alone: the customers of every contact are not looked up."""
    return frozenset(str(entry["table_name"]) for entry in _entries(conn, revision))


def _entries(conn: Connection, revision: int) -> list[RowMapping]:
    """The journal's entries of the writes after a revision."""
    done = select(audit.c.subject, audit.c.action).where(audit.c.id > revision, audit.c.data == 1)
    rows = [row for row in conn.execute(done) if row.subject and row.subject.isdigit()]
    reversed_too = {int(row.subject) for row in rows if row.action in ("undo", "redo")}
    return [
        entry
        for part in _chunks(sorted({int(row.subject) for row in rows}))
        for entry in conn.execute(
            select(
                journal.c.table_name, journal.c.row_id, journal.c.last_id, journal.c.op, journal.c.images
            ).where(journal.c.change_id.in_(part), or_(~_MET, journal.c.change_id.in_(reversed_too)))
        ).mappings()
    ]


def written_since(conn: Connection, revision: int, table: Table) -> list[tuple[int, int]]:
    """The ids of rows of a table that were written, undone or redone after `revision`, as runs (first, last)."""
    subjects = select(audit.c.subject).where(audit.c.id > revision, audit.c.data == 1)
    numbers = {int(subject) for subject in conn.execute(subjects).scalars() if subject and subject.isdigit()}
    runs = {
        (int(entry.row_id), int(entry.last_id))
        for part in _chunks(sorted(numbers))
        for entry in conn.execute(
            select(journal.c.row_id, journal.c.last_id).where(
                journal.c.change_id.in_(part), journal.c.table_name == table.name
            )
        )
    }
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def speaks_of_nobody_else(conn: Connection, table: Table, concerned: Collection[int]) -> bool:
    """Whether a table holds no row of other customers."""
    other = select(table.c.id).where(table.c.customer_id.not_in(concerned)).limit(1)
    return conn.execute(other).first() is None


def _concerned(conn: Connection, entry: RowMapping) -> Iterator[int]:
    table = metadata.tables[entry["table_name"]]
    ids = range(entry["row_id"], entry["last_id"] + 1)
    names = declared(table).subject
    if names == ("id",):
        yield from ids
        return
    if not names:
        return
    yield from _in_the_book(conn, table, names, ids)
    if entry["images"] is not None:
        image = Image.unpack(entry["images"])
        yield from (
            customer for row in image.rows for name in names if (customer := whole(image.cell(row, name)))
        )


def _in_the_book(conn: Connection, table: Table, names: tuple[str, ...], ids: Iterable[int]) -> Iterator[int]:
    for part in _chunks(list(ids)):
        for row in conn.execute(select(*(table.c[name] for name in names)).where(table.c.id.in_(part))):
            yield from (customer for customer in row if customer is not None)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
