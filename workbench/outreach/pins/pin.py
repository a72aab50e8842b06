"""`Pin`: the note on the head of a customer, and who has one to be seen."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.week import pins
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.people.privacy import masked_as


@dataclass(frozen=True, slots=True)
class Pin:
    """A note as it was `written`. `made`, `until` (last day it is seen), `silent_until` (day it is seen again): ISO, '' for
    none."""

    id: int
    customer_id: int
    written: str
    made: str
    until: str = ""
    silent_until: str = ""

    @property
    def text(self) -> str:
        """What may be shown: telephones and identity numbers in it are masked (domain 17)."""
        return masked_as("text", self.written)

    def silent(self, day: str) -> bool:
        """Whether it is put off on a day (ISO)."""
        return day < self.silent_until

    def over(self, day: str) -> bool:
        """Whether its time is over on a day (ISO)."""
        return bool(self.until) and day > self.until

    @property
    def line(self) -> str:
        """The note in one line, with the last day it is seen."""
        if not self.until:
            return self.text
        return _("{text}(到 {date})").format(text=self.text, date=self.until[5:])


def pinned(conn: Connection, people: Collection[int], day: str | None = None) -> Mapping[int, Pin]:
    """Customer id -> the note that is seen on a day (ISO; None: today), for those who have one."""
    on = day or today().isoformat()
    return {
        customer: pin
        for customer, pin in written_on(conn, people).items()
        if not pin.silent(on) and not pin.over(on)
    }


def written_on(conn: Connection, people: Collection[int]) -> Mapping[int, Pin]:
    """Customer id -> his note, seen or not."""
    query = select(pins).where(pins.c.customer_id.in_(people)).order_by(pins.c.id)
    return {
        row.customer_id: Pin(
            row.id, row.customer_id, row.text, row.made, row.until or "", row.silent_until or ""
        )
        for row in conn.execute(query)
    }


def days_on(day: dt.date, count: int) -> str:
    """The day (ISO) some calendar days after another."""
    return (day + dt.timedelta(days=count)).isoformat()
