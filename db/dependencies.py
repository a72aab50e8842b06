"""What depends on a row: the change that inserted it, later changes in force to it, and the rows that refer to it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, UniqueConstraint, and_, func, select

from db.images import RUN
from db.record import NOTHING, changes, journal
from db.tables import GIVEN
from db.values import Value, whole

#: Most values handed to one statement (`IN`).
PORTION = 500

#: The given tables whose rows refer to a table's rows, with the column that does.
REFERRERS: dict[str, list[tuple[Table, Column[int]]]] = defaultdict(list)
#: A table's columns that refer to rows of another, and those that must be unique together.
PARENTS: dict[str, list[tuple[Table, Column[int]]]] = defaultdict(list)
UNIQUE: dict[str, list[tuple[str, ...]]] = defaultdict(list)
for _table in GIVEN:
    for _key in sorted(_table.foreign_keys, key=lambda key: key.parent.name):
        REFERRERS[_key.column.table.name].append((_table, _key.parent))
        PARENTS[_table.name].append((_key.column.table, _key.parent))
    for _constraint in _table.constraints:
        if isinstance(_constraint, UniqueConstraint):
            UNIQUE[_table.name].append(tuple(column.name for column in _constraint.columns))


@dataclass(frozen=True, slots=True)
class Entry:
    """One insert or delete of the journal: a run of ids, and whether its change is in force."""

    id: int
    change: int
    table: str
    op: str
    first: int
    last: int
    done: bool

    @property
    def outward(self) -> bool:
        """Whether this entry alone says that its rows are not in the book: a deletion in force, or an undone insert."""
        return self.done == (self.op == "delete")


def entries(conn: Connection, *conditions: ColumnElement[bool]) -> list[Entry]:
    """Inserts and deletes that meet the conditions, oldest first."""
    statement = (
        select(
            journal.c.id, journal.c.change_id, journal.c.table_name, journal.c.op,
            journal.c.row_id, journal.c.last_id, changes.c.state == "done",
        )
        .join(changes, changes.c.id == journal.c.change_id)
        .where(journal.c.op != "update", *conditions)
        .order_by(journal.c.id)
    )  # fmt: skip
    return [
        Entry(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6])) for row in conn.execute(statement)
    ]


def portions(values: Collection[int]) -> Iterator[list[int]]:
    """Values in ascending order, in lists of at most `PORTION`."""
    ordered = sorted(values)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def missing(conn: Connection, table: Table, ids: Collection[int]) -> set[int]:
    """Those of the ids that have no row in the book."""
    if not ids:
        return set()
    first, last = min(ids), max(ids)
    if last - first <= 20 * len(ids):
        return set(ids).difference(
            conn.execute(select(table.c.id).where(table.c.id.between(first, last))).scalars()
        )
    in_book: set[int] = set()
    for part in portions(ids):
        in_book.update(conn.execute(select(table.c.id).where(table.c.id.in_(part))).scalars())
    return set(ids) - in_book


def present(conn: Connection, table: Table, first: int, last: int) -> set[int]:
    """Ids of the rows in the book within a run."""
    return set(conn.execute(select(table.c.id).where(table.c.id.between(first, last))).scalars())


def referenced(conn: Connection, table: Table, first: int, last: int) -> dict[int, tuple[Table, int]]:
    """Rows of a run that rows in the book refer to, each with the newest such row."""
    newest_referrer: dict[int, tuple[Table, int]] = {}
    for child, column in REFERRERS[table.name]:
        statement = select(column, func.max(child.c.id)).where(column.between(first, last)).group_by(column)
        newest_referrer.update({row[0]: (child, row[1]) for row in conn.execute(statement)})
    return newest_referrer


def updated(
    conn: Connection, table: Table, first: int, last: int, after: int = 0
) -> dict[int, tuple[int, int]]:
    """Rows of a run that changes in force updated or confirmed, later than a journal row: for each the newest such journal
    row and its change."""
    statement = (
        select(journal.c.last_id, func.max(journal.c.id), func.max(journal.c.change_id))
        .join(changes, and_(changes.c.id == journal.c.change_id, changes.c.state == "done"))
        .where(journal.c.table_name == table.name, journal.c.op == "update", journal.c.after != NOTHING)
        .where(journal.c.last_id.between(first, last), journal.c.id > after)
        .group_by(journal.c.last_id)
    )
    newest = {row[0]: (row[1], row[2]) for row in conn.execute(statement)}
    for claim, change, low, high in conn.execute(_claims(table, first, last, after)):
        for row_id in range(max(low, first), min(high, last) + 1):
            if row_id not in newest or newest[row_id][0] < claim:
                newest[row_id] = (claim, change)
    return newest


def _claims(table: Table, first: int, last: int, after: int) -> Select[int, int, int, int]:
    """Runs of rows that changes in force confirmed unchanged, later than a journal row."""
    return (
        select(journal.c.id, journal.c.change_id, journal.c.row_id, journal.c.last_id)
        .join(changes, and_(changes.c.id == journal.c.change_id, changes.c.state == "done"))
        .where(journal.c.table_name == table.name, journal.c.op == "update", journal.c.after == NOTHING)
        .where(
            journal.c.last_id.between(first, last + RUN - 1), journal.c.row_id <= last, journal.c.id > after
        )
    )


def deletions(conn: Connection, table: Table, first: int, last: int) -> list[Entry]:
    """Deletes in force of rows of a run, newest first."""
    return entries(
        conn,
        journal.c.table_name == table.name, journal.c.op == "delete", changes.c.state == "done",
        journal.c.last_id.between(first, last + RUN - 1), journal.c.row_id <= last,
    )[::-1]  # fmt: skip


def conflicts(conn: Connection, table: Table, rows: Sequence[Mapping[str, Value]]) -> dict[int, set[int]]:
    """For rows that are to be put back: the ids of the rows in the book that have the same unique key."""
    in_place: defaultdict[int, set[int]] = defaultdict(set)
    for names in UNIQUE[table.name]:
        mine = {tuple(row.get(name) for name in names): whole(row["id"]) for row in rows}
        keys = list(mine)
        for start in range(0, len(keys), PORTION):
            part = keys[start : start + PORTION]
            statement = select(table.c.id, *(table.c[name] for name in names))
            for n, name in enumerate(names):
                statement = statement.where(table.c[name].in_({key[n] for key in part}))
            for row in conn.execute(statement):
                own = mine.get(tuple(row[1:]))
                if own is not None and own != row[0]:
                    in_place[own].add(row[0])
    return dict(in_place)


def later_changes(conn: Connection, change_id: int) -> list[int]:
    """Changes still in force that were made after this one to rows it touched (ids are new at each insert, so
    only updates and deletes can be)."""
    other = journal.alias("other")
    # SQLite would not take the index for a condition that spans both kinds at once
    span = {
        "update": (journal.c.row_id, journal.c.last_id),
        "delete": (journal.c.row_id, journal.c.last_id + (RUN - 1)),
    }
    later: set[int] = set()
    for op, (low, high) in span.items():
        overlap = and_(
            other.c.table_name == journal.c.table_name, other.c.op == op, other.c.last_id.between(low, high),
            other.c.row_id <= journal.c.last_id, other.c.change_id > change_id,
        )  # fmt: skip
        statement = (
            select(other.c.change_id)
            .distinct()
            .select_from(journal.join(other, overlap).join(changes, changes.c.id == other.c.change_id))
            .where(journal.c.change_id == change_id, changes.c.state == "done")
        )
        later.update(conn.execute(statement).scalars())
    return sorted(later)


class Owners:
    """Which insert made a row. Looked up run by run and remembered."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._runs: dict[str, tuple[list[int], list[Entry]]] = {}

    def of(self, table: Table, row_id: int) -> Entry | None:
        """The journal's insert of a row; None for a row that was not written through the one door."""
        if table.name not in self._runs:
            conditions = journal.c.table_name == table.name, journal.c.op == "insert"
            inserts = sorted(entries(self._conn, *conditions), key=lambda entry: entry.first)
            self._runs[table.name] = [entry.first for entry in inserts], inserts
        firsts, inserts = self._runs[table.name]
        place = bisect_right(firsts, row_id) - 1
        return inserts[place] if place >= 0 and inserts[place].last >= row_id else None
