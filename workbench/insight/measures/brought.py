"""What computed tables that an import brings forward have in common: the state of the book that they stand on, and the
months that were written to since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, insert, select

from db.audit import revision
from db.known import standing_runs
from db.since import written_since


@dataclass(frozen=True, slots=True)
class Brought:
    """A table computed month by month from another one, and its run in `standing_runs`."""

    table: Table
    #: the table with the rows that it is computed from
    source: Table
    #: raised when the meaning of a figure changes
    version: str

    def stood(self, conn: Connection) -> int | None:
        """The revision that the table stands on; None when it is not there, or of another version."""
        query = select(standing_runs.c.revision, standing_runs.c.basis)
        row = conn.execute(query.where(standing_runs.c.name == self.table.name)).first()
        return None if row is None or row.basis != self.version else int(row.revision)

    def standing(self, conn: Connection) -> bool:
        """Whether the table tells what is in the book."""
        stood = self.stood(conn)
        if stood is None:
            return False
        return stood == revision(conn) or not written_since(conn, stood, self.source)

    def keep(self, conn: Connection, at: int) -> None:
        """Keeps that the table stands on a revision."""
        conn.execute(delete(standing_runs).where(standing_runs.c.name == self.table.name))
        run = {"name": self.table.name, "month": "", "revision": at, "basis": self.version, "columns": "[]"}
        conn.execute(insert(standing_runs), run)

    def months(
        self, conn: Connection, written: Collection[tuple[int, int]], had: Mapping[str, int]
    ) -> list[str]:
        """The months whose rows may be others since these ids of the source were written to.

        A row that is no longer in the book tells no month: but if its month has none of the ids left, it has other rows
        than it had (`had`: month -> rows).
        """
        s = self.source.c
        months: set[str] = set()
        gone = False
        for first, last in written:
            there = s.id.between(first, last)
            months.update(conn.execute(select(s.month).distinct().where(there)).scalars())
            gone |= conn.execute(select(func.count()).where(there)).scalar_one() < last - first + 1
        if gone:
            has = {row[0]: row[1] for row in conn.execute(select(s.month, func.count()).group_by(s.month))}
            months |= {month for month in had.keys() | has.keys() if had.get(month) != has.get(month)}
        return sorted(months)
