"""The record of numbered sheets that left the book with rows to be filled in: what a row number on paper means, and whether the
sheet may still come back (domain 17)."""

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, or_, select

from db import audit
from db.engine import Book
from db.record import changes
from db.week import handed_out
from workbench.base.dates import now, today
from workbench.base.errors import in_words
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.outreach.results.paper import pages_kept, pages_of


class HandedOut:
    """Numbers sheets when they are made, and keeps them when they leave."""

    def __init__(self, book: Book) -> None:
        self._book = book
        #: numbers of sheets that were made and have not left yet
        self._given: set[str] = set()

    def numbered(
        self, kind: str, week: str, rows: Sequence[SheetRow], *, days: int, date: str | None = None
    ) -> HandedSheet:
        """A sheet about to be made, with a new number; to be destroyed within `days`. Nothing is written yet."""
        at = now()
        plain = f"{at[2:10].replace('-', '')}-{at[11:19].replace(':', '')}"
        with in_words(), self._book.read() as conn:
            taken = self._given | set(
                conn.execute(
                    select(handed_out.c.number).where(handed_out.c.number.startswith(plain))
                ).scalars()
            )
            number = next(
                one
                for one in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3)))
                if one not in taken
            )
            change = int(conn.execute(select(func.coalesce(func.max(changes.c.id), 0))).scalar_one())
        self._given.add(number)
        destroy = (today() + dt.timedelta(days=days)).isoformat()
        return HandedSheet(number, kind, week, at, destroy, tuple(rows), change, date)

    def keep(self, sheet: HandedSheet) -> int | None:
        """Record a sheet that leaves; an earlier one of its kind, week and day that did not come back is replaced by it. The
        id of the change; None for one that is recorded already."""
        rows = json.dumps([one.as_kept() for one in sheet.rows], ensure_ascii=False)
        with in_words(), self._book.write("sheet", sheet.kind) as writer:
            known = writer.conn.execute(
                select(handed_out.c.id).where(handed_out.c.number == sheet.number)
            ).scalar()
            if known is not None:
                return None
            earlier = writer.conn.execute(
                select(handed_out.c.id).where(
                    handed_out.c.kind == sheet.kind, handed_out.c.week == sheet.week,
                    handed_out.c.date.is_(None) if sheet.date is None else handed_out.c.date == sheet.date,
                    handed_out.c.replaced.is_(None), handed_out.c.entered.is_(None),
                )
            ).scalars()  # fmt: skip
            writer.update_many(handed_out, [(one, {"replaced": sheet.number}) for one in list(earlier)])
            writer.insert(
                handed_out,
                [
                    {
                        "number": sheet.number, "kind": sheet.kind, "week": sheet.week, "date": sheet.date,
                        "at": sheet.at, "destroy_by": sheet.destroy_by, "rows": rows, "change": sheet.change,
                        "pages": pages_kept(sheet.pages),
                    }
                ],
            )  # fmt: skip
            return writer.change_id

    def take_back(self, changes: Sequence[int]) -> None:
        """Undo the record of sheets that did not leave after all, the last one first: those they replaced count again."""
        for change in reversed(changes):
            with in_words():
                self._book.reverse(change)

    def find(self, number: str) -> HandedSheet | None:
        """The sheet of a number; None where the book never handed it out."""
        with in_words(), self._book.read() as conn:
            return sheet_of(conn, number)

    def latest(self, week: str | None = None) -> tuple[HandedSheet, ...]:
        """Sheets that may still come back, the newest first; of one week, None: of all that are not to be destroyed yet. One
        whose rows came in part stays."""
        query = select(handed_out).where(handed_out.c.replaced.is_(None))
        if week is not None:
            query = query.where(handed_out.c.week == week)
        else:
            kept = or_(handed_out.c.destroy_by.is_(None), handed_out.c.destroy_by >= today().isoformat())
            query = query.where(kept)
        with in_words(), self._book.read() as conn:
            return tuple(
                _sheet(row) for row in conn.execute(query.order_by(handed_out.c.at.desc(), handed_out.c.id))
            )


def sheet_of(conn: Connection, number: str) -> HandedSheet | None:
    """The sheet of a number, within a reading."""
    row = conn.execute(select(handed_out).where(handed_out.c.number == number.strip())).first()
    return _sheet(row) if row is not None else None


def book_mark(conn: Connection) -> str:
    """A mark that tells this book from any other: the beginning of the first seal of its audit."""
    return audit.mark(conn)


def _sheet(row: Row[tuple[object, ...]]) -> HandedSheet:
    rows = tuple(SheetRow(*one) for one in json.loads(row.rows))
    return HandedSheet(
        row.number, row.kind, row.week, row.at, row.destroy_by or "", rows, row.change, row.date, row.replaced,
        row.entered, pages_of(row.pages),
    )  # fmt: skip
