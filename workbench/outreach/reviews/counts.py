"""`DayCounts`: how far the contacts of a day came, counted from the log alone (domain 13.4)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import TypedDict

from sqlalchemy import Connection, select

from db.tables import touches
from workbench.outreach.log.counting import CountingContacts
from workbench.rules.parameters import Rules


class DayCountsJson(TypedDict):
    """Customers of a day by how far the contact came."""

    planned: int
    called: int
    reached: int
    invited: int
    met: int
    done: int


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Customers of a day, each counted once in every stage that he came to: on the list in the morning, contacted, reached,
    invited to an appointment, met, done with."""

    planned: int = 0
    called: int = 0
    reached: int = 0
    invited: int = 0
    met: int = 0
    done: int = 0

    def as_json(self) -> DayCountsJson:
        """The counts for the command line."""
        return {
            "planned": self.planned, "called": self.called, "reached": self.reached, "invited": self.invited,
            "met": self.met, "done": self.done,
        }  # fmt: skip

    def __add__(self, other: "DayCounts") -> "DayCounts":
        return DayCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class ReviewedContact:
    """A contact of a day as the review reads it."""

    customer_id: int
    date: str
    channel: str
    result: str
    initiated_by: str
    note: str


def contacts_between(conn: Connection, first: str, last: str) -> tuple[ReviewedContact, ...]:
    """The contacts from a day to another (ISO, both included), in their order."""
    t = touches.c
    query = (
        select(t.customer_id, t.date, t.channel, t.result, t.initiated_by, t.note)
        .where(t.date.between(first, last))
        .order_by(t.date, t.id)
    )
    return tuple(
        ReviewedContact(row.customer_id, row.date, row.channel, row.result, row.initiated_by, row.note or "")
        for row in conn.execute(query)
    )


def counted(contacts: Iterable[ReviewedContact], planned: int, rules: Rules) -> DayCounts:
    """The counts of some contacts beside a number of customers that were planned."""
    listed, counting = tuple(contacts), CountingContacts(rules)

    def people(counts: Callable[[ReviewedContact], bool]) -> int:
        """Customers with a contact that counts so."""
        return len({one.customer_id for one in listed if counts(one)})

    return DayCounts(
        planned,
        people(lambda one: True),
        people(lambda one: counting.reached(one.result, one.initiated_by)),
        people(lambda one: counting.invited(one.result)),
        people(lambda one: counting.met(one.channel, one.result, one.initiated_by)),
        people(lambda one: counting.deal(one.result)),
    )
