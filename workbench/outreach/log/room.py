"""`ContactLog`: the contacts of a week or a month, counted, corrected, taken back."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, select

from db.engine import Book
from db.tables import customers, touches
from db.week import promises
from workbench.base.change import Change
from workbench.base.dates import today, week_of
from workbench.base.errors import in_words
from workbench.outreach.codes import codes
from workbench.outreach.contacts import NewContact
from workbench.outreach.log.correcting import correct, take_back
from workbench.outreach.log.counting import CountingContacts
from workbench.outreach.log.logged import LogFilter, LoggedContact
from workbench.outreach.log.reading import chosen, promised, source
from workbench.outreach.log.spans import of_month, of_week
from workbench.outreach.log.statistics import ContactStatistics, CountedContacts, counted_by, counts
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


class ContactLog:
    """Reads and mends the log. Every write is undoable."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def of_week(self, week: str | None = None) -> LogFilter:
        """The days of an ISO week 'YYYY-Www' (None: this one). Raises WorkbenchError bad_week."""
        return of_week(week or week_of(today()))

    def of_month(self, month: str | None = None) -> LogFilter:
        """The days of a month 'YYYY-MM' (None: this one). Raises WorkbenchError bad_month."""
        return of_month(month or today().isoformat()[:7])

    def count(self, what: LogFilter) -> int:
        """How many contacts a filter has."""
        with in_words(), self._book.read() as conn:
            query = select(func.count()).select_from(source(conn)[0]).where(chosen(what))
            return int(conn.execute(query).scalar_one())

    def contacts(self, what: LogFilter, offset: int = 0, limit: int | None = None) -> Sequence[LoggedContact]:
        """The contacts of a filter, the newest first."""
        with in_words(), self._book.read() as conn:
            joined, tier = source(conn)
            query = (
                select(
                    touches, customers.c.customer_no, customers.c.name, tier.label("tier"),
                    promised(promises.c.text).label("promise"), promised(promises.c.due).label("promised_by"),
                )
                .select_from(joined)
                .where(chosen(what))
                .order_by(touches.c.date.desc(), touches.c.id.desc())
                .offset(offset)
                .limit(limit)
            )  # fmt: skip
            reaching, ladder = Reaching(self._rules), Ladder.of(self._rules)
            return [_contact(row, reaching, ladder) for row in conn.execute(query)]

    def statistics(self, what: LogFilter) -> ContactStatistics:
        """The figures of a filter."""
        with in_words(), self._book.read() as conn:
            began = conn.execute(select(func.min(touches.c.date))).scalar()
            these = self._counted(conn, what)
        channels, results = ([code for code, _name in codes(table)] for table in ("channels", "results"))
        return ContactStatistics(
            counts("", these),
            counted_by(these, lambda one: one.cell[0], channels),
            counted_by(these, lambda one: one.cell[1], results),
            counted_by(these, lambda one: one.cell[3] or "", reversed(Ladder.of(self._rules).towers)),
            counted_by(these, lambda one: one.cell[4], ()),
            began,
        )

    def correct(self, contact: int, wanted: NewContact) -> Change:
        """Give a contact other words, as if it had been logged so; his promise and cause with it.

        Raises WorkbenchError no_such_contact, listed_contact, and as `contacts.log_touch`.
        """
        return correct(self._book, self._rules, contact, wanted)

    def take_back(self, contact: int) -> Change:
        """Take a contact out again, with what was promised in it; the change that comes back puts it in again.

        Raises WorkbenchError no_such_contact, listed_contact.
        """
        return take_back(self._book, contact)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _counted(self, conn: Connection, what: LogFilter) -> list[CountedContacts]:
        joined, tier = source(conn)
        t, counting, ladder = touches.c, CountingContacts(self._rules), Ladder.of(self._rules)
        keys = (t.channel, t.result, t.initiated_by, tier.label("tier"), t.date)
        query = (
            select(*keys, func.count().label("times")).select_from(joined).where(chosen(what)).group_by(*keys)
        )
        these = []
        for row in conn.execute(query):
            tower = ladder.tower(row.tier) if row.tier else None
            these.append(
                CountedContacts(
                    (row.channel, row.result, row.initiated_by, tower, _week(row.date)), row.times,
                    counting.reached(row.result, row.initiated_by), counting.invited(row.result),
                    counting.met(row.channel, row.result, row.initiated_by), counting.deal(row.result),
                )
            )  # fmt: skip
        return these


def _week(day: str) -> str:
    return week_of(dt.date.fromisoformat(day))


def _contact(row: Row, reaching: Reaching, ladder: Ladder) -> LoggedContact:  # type: ignore[type-arg]  # one SELECT
    return LoggedContact(
        row.id, row.date, row.customer_id, row.customer_no, row.name or "", row.channel, row.result, row.initiated_by,
        reaching.reached(row.result, row.initiated_by), row.next_date, row.note, row.need, row.amount, row.promise,
        row.promised_by, ladder.tower(row.tier) if row.tier else None, row.batch_id is not None,
    )  # fmt: skip
