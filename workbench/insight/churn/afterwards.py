"""What became of customers after a month, beside their assets: closings, hand-overs, contacts that reached them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from db.known import light_decisions
from db.record import movements
from db.tables import customers, touches
from workbench.insight.measures.contact import LogConditions
from workbench.rules.parameters import Rules

_CHUNK = 5_000


class Touch(NamedTuple):
    """A contact that reached the customer."""

    date: str
    channel: str
    result: str
    by_customer: bool


class HandedOver(NamedTuple):
    """From which day (ISO) another looks after him, and the last one (None: for good)."""

    date: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Afterwards:
    """All of it, by customer id; days are ISO, `first` itself does not count, `last` does."""

    closed: Mapping[int, str] = field(default_factory=dict)
    handed: Mapping[int, list[HandedOver]] = field(default_factory=dict)
    contacts: Mapping[int, list[Touch]] = field(default_factory=dict)

    @classmethod
    def read(cls, conn: Connection, rules: Rules, after: str) -> "Afterwards":
        """What the book tells; of contacts those later than a day (ISO)."""
        return cls(closings(conn), handed_over(conn), reached(conn, rules, after))

    def was_handed_over(self, customer_id: int, first: str, last: str) -> bool:
        """Whether another person looked after him at any time between two days."""
        return any(
            one.date <= last and (one.until is None or one.until > first)
            for one in self.handed.get(customer_id, ())
        )

    def was_reached(self, customer_id: int, first: str, last: str) -> bool:
        """Whether a contact reached him between two days."""
        return any(first < one.date <= last for one in self.contacts.get(customer_id, ()))


def closings(conn: Connection) -> dict[int, str]:
    """Customer -> when his account was closed: the day (ISO), or the month in which a list told so."""
    c, m = customers.c, movements.c
    days = {
        int(row[0]): str(row[1])
        for row in conn.execute(select(c.id, c.close_date).where(c.close_date.is_not(None)).order_by(c.id))
    }
    gone = (
        select(m.customer_id, func.min(m.month))
        .where(m.direction == "vanished", m.cause == "closed")
        .group_by(m.customer_id)
        .order_by(m.customer_id)
    )
    return {int(row[0]): str(row[1]) for row in conn.execute(gone)} | days


def handed_over(conn: Connection) -> dict[int, list[HandedOver]]:
    """Customer -> when another person looked after him."""
    d = light_decisions.c
    query = (
        select(d.customer_id, d.date, d.until)
        .where(d.kind == "hand_over")
        .order_by(d.customer_id, d.date, d.id)
    )
    decided: dict[int, list[HandedOver]] = {}
    for row in conn.execute(query):
        decided.setdefault(int(row[0]), []).append(HandedOver(row[1], row[2]))
    return decided


def reached(conn: Connection, rules: Rules, after: str) -> dict[int, list[Touch]]:
    """Customer -> his contacts in which both spoke, later than a day (ISO), oldest first."""
    t = touches.c
    query = (
        select(t.customer_id, t.date, t.channel, t.result, t.initiated_by)
        .where(t.date > after, LogConditions.of(rules).two_way)
        .order_by(t.customer_id, t.date, t.id)
    )
    contacts: dict[int, list[Touch]] = {}
    for row in conn.execute(query.execution_options(yield_per=_CHUNK)):
        contacts.setdefault(int(row[0]), []).append(Touch(row[1], row[2], row[3], row[4] == "customer"))
    return contacts
