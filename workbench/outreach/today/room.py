"""`DayLists`: the list of any day, read whenever it is needed."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from db.engine import Book
from db.tables import customers, snapshots, touches
from workbench.base.dates import today, week_of
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import newest_month
from workbench.base.workdays import workdays_of
from workbench.outreach.pins.pin import pinned
from workbench.outreach.promises.room import Promise, Promises
from workbench.outreach.referrals.owed import first_contacts_due
from workbench.outreach.today.day import DayLine, DayList, LastContact
from workbench.outreach.today.share import day_share, places
from workbench.outreach.week.entry import WeekEntry, WeekList
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.outreach.playbook.room import Playbook


class DayLists:
    """Reads the list of a day. `weeks`: hands out the list of a week; `playbook`: what to say to customers, and what
    not."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        weeks: Callable[[str | None], WeekList],
        promises: Promises,
        playbook: Callable[[], "Playbook"],
    ) -> None:
        self._book = book
        self._rules = rules
        self._weeks = weeks
        self._promises = promises
        self._playbook = playbook

    def of(self, date: str | None = None) -> DayList:
        """The list of a day (ISO; None: today); on a day off that of the next workday. Raises WorkbenchError bad_date,
        no_layers."""
        return self.spoken(self.names(date))

    def names(self, date: str | None = None, week: WeekList | None = None) -> DayList:
        """`of` without what to say: for who shows names alone. `week`: a list that was read already, taken where the day is of
        that week. Raises as it does."""
        wanted = _day(date) if date else today()
        with in_words(), self._book.read() as conn:
            work = workdays_of(conn)
        day = work.next_workday(wanted)
        iso = day.isoformat()
        if week is None or week.week != week_of(day):
            week = self._weeks(week_of(day))
        return self._names(week, iso, wanted.isoformat(), work.add(day, 1).isoformat())

    def spoken(self, names: DayList) -> DayList:
        """A list with what to say to each who is still to be contacted, and what not."""
        from workbench.outreach.words import (
            words_of,
        )  # the library comes with it: who shows names alone does without

        old = names.fresh is not None and names.fresh.stale
        with in_words(), self._book.read() as conn:
            said = words_of(conn, self._playbook(), [one.entry for one in names.lines], names.date, old=old)
        lines = (
            replace(one, say=what.say, do_not_say=what.dont, script=what.script, script_why=what.why)
            for one in names.lines
            for what in (said[one.entry.person.customer_id],)
        )
        return replace(names, lines=tuple(lines))

    def ahead(self, week: WeekList) -> tuple[DayList, ...]:
        """The lists of the workdays of a week from today on, each as if those before it were worked off: nobody stands on
        two of them. Raises WorkbenchError no_layers."""
        with in_words(), self._book.read() as conn:
            work = workdays_of(conn)
        seen: set[int] = set()
        lists = []
        for day in (day for day in week.workdays if day >= today().isoformat()):
            left = tuple(one for one in week.entries if one.person.customer_id not in seen)
            following = work.add(dt.date.fromisoformat(day), 1).isoformat()
            lists.append(self.spoken(self._names(replace(week, entries=left), day, day, following)))
            seen |= {one.person.customer_id for one in lists[-1].entries}
        return tuple(lists)

    def brief(self, week: WeekList) -> tuple[DayLine, ...]:
        """Everybody on a week's list with telephone and last contact up to today, without words."""
        with in_words(), self._book.read() as conn:
            return self._brief(conn, week.entries, {}, today().isoformat())

    def _names(self, week: WeekList, day: str, wanted: str, following: str) -> DayList:
        share = day_share(week, day, *places(self._rules))
        with in_words(), self._book.read() as conn:
            owed: dict[int, list[Promise]] = {}
            due = self._promises.due(conn, day)
            for one in due:
                owed.setdefault(one.person.customer_id, []).append(one)
            lines = self._brief(conn, share.listed, owed, day)
            done = self._brief(conn, share.done, owed, day)
            waiting = first_contacts_due(conn, self._rules, day)
        return DayList(
            day, wanted, week.week, week.as_of, lines, due, done, len(share.moved), following, week.fresh,
            self._rules.text("never.always"), day in week.silent, len(waiting), sum(one.late for one in waiting),
        )  # fmt: skip

    def after(self, day: DayList) -> DayList | None:
        """The list of the next workday of the same week on which somebody is to be contacted, as things stand; None where
        nobody is left."""
        week = self._weeks(day.week)
        most = places(self._rules)
        with in_words(), self._book.read() as conn:
            work = workdays_of(conn)
        for iso in (one for one in week.workdays if one > day.date):
            if day_share(week, iso, *most).listed:
                following = work.add(dt.date.fromisoformat(iso), 1).isoformat()
                return self.spoken(self._names(week, iso, iso, following))
        return None

    def _brief(
        self, conn: Connection, entries: Iterable[WeekEntry], owed: dict[int, list[Promise]], day: str
    ) -> tuple[DayLine, ...]:
        """The lines without words."""
        people = [(one, one.person.customer_id) for one in entries]
        numbers = [number for _entry, number in people]
        phones, last = _phones(conn, numbers), last_contacts(conn, numbers, day)
        notes = pinned(conn, numbers, day)
        return tuple(
            DayLine(
                one, "", (), phones.get(number, ""), last.get(number), tuple(owed.get(number, ())),
                notes[number].line if number in notes else "",
            )
            for one, number in people
        )  # fmt: skip


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None


def _phones(conn: Connection, people: Collection[int]) -> dict[int, str]:
    """Customer id -> telephone, where one is known."""
    query = select(customers.c.id, customers.c.phone).where(customers.c.id.in_(people))
    return {row.id: row.phone for row in conn.execute(query) if row.phone}


def last_contacts(conn: Connection, people: Collection[int], day: str) -> dict[int, LastContact]:
    """Customer id -> his last contact up to a day: the one logged, or the date that the newest list tells, if it is later."""
    last: dict[int, LastContact] = {}
    if not people:
        return last
    month = newest_month(conn)
    if month is not None:
        reported = select(snapshots.c.customer_id, snapshots.c.last_contact_date).where(
            snapshots.c.month == month, snapshots.c.customer_id.in_(people),
            snapshots.c.last_contact_date <= day,
        )  # fmt: skip
        for customer, date in conn.execute(reported):
            last[customer] = LastContact(date)
    logged = (
        select(touches.c.customer_id, touches.c.date, touches.c.channel, touches.c.result)
        .where(touches.c.customer_id.in_(people), touches.c.date <= day)
        .order_by(touches.c.date, touches.c.id)
    )
    for row in conn.execute(logged):
        if row.customer_id not in last or row.date >= last[row.customer_id].date:
            last[row.customer_id] = LastContact(row.date, row.channel, row.result)
    return last
