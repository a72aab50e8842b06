"""The rows of the calendar in force in a book: the shipped ones, and over them those that branch or manager wrote."""

from dataclasses import replace

from sqlalchemy import Connection, select

from db.year import own_days
from workbench.outreach.dates.calendar_row import CalendarRow, Whose, written_row
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.dates.when import check_when


def rows_in_force(conn: Connection) -> tuple[CalendarRow, ...]:
    """Every row in the order of the file, then the own ones in the order in which they were written; `off` ones too, among
    them those whose day this version of the program cannot read."""
    rows = dict(shipped_rows())
    for kept in conn.execute(select(own_days).order_by(own_days.c.id)):
        whose: Whose = "branch" if kept.whose == "branch" else "personal"
        row = written_row(kept.code, kept.body)
        off = bool(kept.off) or not _readable(row)
        rows[kept.code] = replace(row, shipped=kept.code in rows, off=off, whose=whose)
    return tuple(rows.values())


def kept_id(conn: Connection, code: str) -> int | None:
    """The id of the own row of a code."""
    return conn.execute(select(own_days.c.id).where(own_days.c.code == code)).scalar()


def _readable(row: CalendarRow) -> bool:
    try:
        check_when(row.at, row.until)
    except ValueError:
        return False
    return True
