"""`Dates`: the days of a year, and the rows of the calendar that they come from; own rows are written here."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from db.engine import Book
from db.journal import Writer
from db.values import Value
from db.year import own_days
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.workdays import workdays_of
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.checking import WordsOf, check_row
from workbench.outreach.dates.lunar_words import lunar_words
from workbench.outreach.dates.own_rows import kept_id, rows_in_force
from workbench.outreach.dates.placed import placed
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.dates.when import FIRST_YEAR, LAST_YEAR
from workbench.outreach.dates.year_day import YearDay
from workbench.rules.parameters import Rules


class Dates:
    """The days of a book's calendar. `words`: what a condition may use; without it only the spelling is examined."""

    def __init__(self, book: Book, rules: Rules, words: WordsOf | None = None) -> None:
        self._book = book
        self._rules = rules
        self._words = words

    def of(self, year: int) -> tuple[YearDay, ...]:
        """What a year has, by day. Raises WorkbenchError year_out_of_range."""
        with in_words(), self._book.read() as conn:
            return days_of(conn, year)

    def lunar_words(self, day: dt.date) -> str:
        """The lunar day of a date for a cell (see `lunar_words.lunar_words`)."""
        return lunar_words(day)

    # -- own rows ------------------------------------------------------------------------------------------

    def rows(self) -> tuple[CalendarRow, ...]:
        """Every row, those that are left out too."""
        with in_words(), self._book.read() as conn:
            return rows_in_force(conn)

    def put(self, row: CalendarRow) -> Change:
        """Keep a row as the branch's or the manager's own, in the place of that of its code ('': a new one), and show it.

        Raises WorkbenchError bad_day, bad_expression, no_such_channel.
        """
        with in_words(), self._book.write("day", "put") as writer:
            known = rows_in_force(writer.conn)
            if not row.code:
                row = replace(row, code=_new_code(known))
            check_row(row, writer.conn, self._rules, self._words)
            _keep(writer, row, off=False)
            return Change.by(writer, sum(writer.counts.values()))

    def leave_out(self, code: str) -> Change:
        """Show a row no longer: a shipped one stays in the list, an own one is removed. Raises WorkbenchError no_such_day."""
        with in_words(), self._book.write("day", "leave_out") as writer:
            row = _known(writer.conn, code)
            if row.shipped:
                _keep(writer, row, off=True)
            else:
                writer.delete(own_days, filter(None, [kept_id(writer.conn, code)]))
            return Change.by(writer, sum(writer.counts.values()))

    def restore(self, code: str) -> Change:
        """Give a shipped row back as it was shipped, and show one that was left out. Raises WorkbenchError no_such_day."""
        with in_words(), self._book.write("day", "restore") as writer:
            row = _known(writer.conn, code)
            own = kept_id(writer.conn, code)
            first = shipped_rows().get(code)
            if first is None or (row.off and first.off):
                _keep(writer, row, off=False)
            elif own is not None:
                writer.delete(own_days, [own])
            return Change.by(writer, sum(writer.counts.values()))


def days_of(conn: Connection, year: int) -> tuple[YearDay, ...]:
    """What a year has in a book, by day. Raises WorkbenchError year_out_of_range."""
    check_year(year)
    return placed(rows_in_force(conn), year, workdays_of(conn))


def check_year(year: int) -> None:
    """Raises WorkbenchError year_out_of_range for a year that the calendar does not reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        words = _("日历从 {first} 年到 {last} 年,没有 {year} 年。")
        raise WorkbenchError(
            "year_out_of_range",
            words.format(first=FIRST_YEAR, last=LAST_YEAR, year=year),
            _("请换一个年份。"),
            year=year,
        )


def _known(conn: Connection, code: str) -> CalendarRow:
    row = next((one for one in rows_in_force(conn) if one.code == code), None)
    if row is None:
        raise WorkbenchError("no_such_day", _("日历里没有「{code}」这一行。").format(code=code))
    return row


def _keep(writer: Writer, row: CalendarRow, *, off: bool) -> None:
    body = json.dumps(row.as_json(), ensure_ascii=False)
    values: Mapping[str, Value] = {"whose": row.whose or "personal", "body": body, "off": int(off)}
    own = kept_id(writer.conn, row.code)
    if own is None:
        writer.insert(own_days, [{"code": row.code, **values}])
    else:
        writer.update(own_days, own, values)


def _new_code(known: tuple[CalendarRow, ...]) -> str:
    """A code that no row has."""
    taken = {row.code for row in known}
    return next(code for n in range(1, len(taken) + 2) if (code := f"own_{n}") not in taken)
