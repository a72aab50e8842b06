"""Who is calling: what a person wants to know of a customer within the first second of a call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from db.engine import Book
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.workdays import workdays_of
from workbench.outreach import store
from workbench.outreach.pins.pin import pinned
from workbench.outreach.promises.room import Promises
from workbench.outreach.today.day import LastContact
from workbench.outreach.today.room import last_contacts
from workbench.outreach.week.room import Weeks


@dataclass(frozen=True, slots=True)
class CallerBrief:
    """`row`: his row of the week's 531, '' for none; `last`: the last contact; `pin`: the note on him; `promises`: what was
    promised to him and is open, the earliest first, each with its day."""

    row: str = ""
    last: LastContact | None = None
    pin: str = ""
    promises: tuple[tuple[str, str], ...] = ()


class Callers:
    """Reads it for a few customers at once; never drafts a plan."""

    def __init__(self, book: Book, weeks: Weeks, promises: Promises) -> None:
        self._book = book
        self._weeks = weeks
        self._promises = promises

    def of(self, people: Collection[int]) -> Mapping[int, CallerBrief]:
        """Customer id -> what is known of him."""
        day = today()
        with in_words(), self._book.read() as conn:
            plan = store.load(conn, workdays_of(conn).planning_week(day))
            notes, last = pinned(conn, people), last_contacts(conn, people, day.isoformat())
            promised: dict[int, list[tuple[str, str]]] = {}
            for one in self._promises.due(conn, None):
                promised.setdefault(one.person.customer_id, []).append((one.text, one.due))
        week = self._weeks.of_plan(plan) if plan is not None else None
        briefs = {}
        for person in people:
            entry = week.find(person) if week is not None else None
            briefs[person] = CallerBrief(
                entry.row if entry is not None else "", last.get(person),
                notes[person].line if person in notes else "", tuple(promised.get(person, ())),
            )  # fmt: skip
        return briefs
