"""`Wishes`: what each customer would be contacted for in a year, and how often he is contacted at all (domain 6.8)."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.engine import Book
from db.stores.planning import reads_every_customer
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.workday_line import WorkdayLine
from workbench.base.workdays import workdays_of
from workbench.insight.tags.engine import Engine
from workbench.outreach.cadence.whom import NOBODY
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.wishes.cadences import cadence_table
from workbench.outreach.wishes.collecting import WishCollector
from workbench.outreach.wishes.events import events
from workbench.outreach.wishes.guests import gifts_wished, guests_wished
from workbench.outreach.wishes.maturing import due_money, maturities, span_of
from workbench.outreach.wishes.notes import missing, notes_in_words
from workbench.outreach.wishes.packed import UNTOLD
from workbench.outreach.wishes.paydays import paydays, paydays_wished
from workbench.outreach.wishes.personal import anniversaries, birthdays, expiries, policies
from workbench.outreach.wishes.reasons import TouchReasons
from workbench.outreach.wishes.recurring import recurring
from workbench.outreach.wishes.whom import NAMED, planned_customers
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable, but_for
from workbench.people.birthdays import own_ways
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class YearWishes:
    """The wishes of a year by data of `as_of` (ISO). `nobody`: customer id -> code of the ground on which he is contacted for
    nothing; `notes`: sentences on what could not be told, because a column is missing; none where only some were asked for, since
    what a few lack says nothing of the book."""

    as_of: str
    wishes: WishTable
    cadence: CadenceTable
    nobody: Mapping[int, str]
    notes: tuple[str, ...]


class Wishes:
    """Reads the book, stores nothing. `days`: year -> its events (the room of the dates), None: no events."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        engine: Engine,
        days: Callable[[int], Sequence[YearDay]] | None = None,
    ) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._days = days

    def of(
        self, year: int, planned_from: dt.date, only: Collection[int] | None = None
    ) -> tuple[WishTable, CadenceTable]:
        """The wishes of all customers, or of `only` some (ids), from a day on, and how often each is contacted.

        Raises WorkbenchError no_data.
        """
        whole = self.whole(year, planned_from, only)
        return whole.wishes, whole.cadence

    def whole(self, year: int, planned_from: dt.date, only: Collection[int] | None = None) -> YearWishes:
        """The same with who is left out and what could not be told. Raises WorkbenchError no_data."""
        self._engine.ensure()
        days = self._days(year) if self._days else ()
        with in_words(), self._book.read() as conn:
            reads_every_customer(conn)
            return self._read(conn, year, planned_from, only, days)

    def _read(
        self,
        conn: Connection,
        year: int,
        planned_from: dt.date,
        only: Collection[int] | None,
        days: Sequence[YearDay],
    ) -> YearWishes:
        rules, layers, seen = self._rules, self._engine.layers(conn), today()
        everyone = only is None
        everybody = planned_customers(conn, layers, rules, seen.isoformat(), only)
        only = only if only is not None and len(only) <= NAMED else None
        # who asked to be left in peace still hears of what is his: maturities, tests, documents (domain 6.5)
        in_peace = everybody.nobody == NOBODY.index("refused") + 1
        people = everybody.of((everybody.nobody == 0) | in_peace)
        begins, ends = dt.date(year, 1, 1), dt.date(year, 12, 31)
        wishes = WishCollector(
            people, TouchReasons.of(rules), WorkdayLine.of(workdays_of(conn), begins, ends), year,
            begins.toordinal(), ends.toordinal(), planned_from.toordinal(), dt.date.fromisoformat(layers.day).toordinal(),
        )  # fmt: skip
        notes = missing(everybody.reported)
        expiries(wishes, rules)
        due = due_money(conn, layers, *span_of(year), only)
        if due is None:
            notes.append("maturity")
        else:
            maturities(wishes, due, rules)
        birthdays(wishes, _own_birthdays(conn, year))
        recurring(wishes, rules)
        policies(wishes, rules)
        pays = paydays(conn, layers, rules, only)
        if pays is None:
            notes.append("payday")
        else:
            paydays_wished(wishes, pays, rules)
        anniversaries(wishes)
        gifts_wished(conn, wishes, only)
        guests_wished(conn, wishes, rules, only)
        bad = events(conn, layers, wishes, days, rules)
        grounds = everybody.nobody > 0
        nobody = zip(everybody.customer[grounds].tolist(), everybody.nobody[grounds].tolist(), strict=True)
        left_out = {customer: NOBODY[place - 1] for customer, place in nobody}
        words = notes_in_words(
            notes, bad, left_out, rules,
            levelless=int((people.tier == UNTOLD).sum()), few_pays=pays.few if pays else 0,
        )  # fmt: skip
        return YearWishes(
            layers.as_of, but_for(wishes.table(), everybody.customer[in_peace]),
            cadence_table(everybody.of(everybody.nobody == 0), wishes.reasons), left_out, words if everyone else (),
        )  # fmt: skip


def _own_birthdays(conn: Connection, year: int) -> dict[int, list[int]]:
    """Customer id -> birthdays in the year and at the beginning of the next (ordinals), of those who named theirs."""
    last = dt.date(year + 1, 1, 31)
    return {
        customer: [day.toordinal() for one in (year, year + 1) for day in way.in_year(one) if day <= last]
        for customer, way in own_ways(conn).items()
    }
