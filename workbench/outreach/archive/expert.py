"""`Expert` and `ExpertBooking`: whom the branch can call, and when for whom; read from the book."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from db.care import expert_bookings, experts
from db.tables import customers
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert: `field` a code of `archive.expert_fields`; `reached`: how he is called; `off`: no longer to be booked; `ahead`:
    bookings that stand, `held`: those that took place."""

    id: int
    name: str
    field: str
    field_name: str
    reached: str
    note: str
    off: bool
    ahead: int
    held: int

    def as_json(self) -> dict[str, Any]:
        """The expert for programs."""
        return {
            "expert": self.id, "who": self.name, "field_code": self.field, "field_name": self.field_name,
            "reached": self.reached or None, "remark": self.note or None, "off": self.off, "ahead": self.ahead,
            "held": self.held,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExpertBooking:
    """An expert booked for a customer on `date` (ISO). `state`: 'booked', 'held', 'cancelled'; `over`: its day has passed and
    nobody wrote down what became of it."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    expert_id: int
    expert: str
    field_name: str
    date: str
    topic: str
    state: str
    state_name: str
    outcome: str
    over: bool

    def as_json(self) -> dict[str, Any]:
        """The booking for programs."""
        return {
            "booking": self.id, "customer_no": self.customer_no, "name": self.name, "expert": self.expert_id,
            "who": self.expert, "field_name": self.field_name, "date": self.date, "topic": self.topic or None,
            "state": self.state, "outcome": self.outcome or None, "over": self.over,
        }  # fmt: skip


def roster(conn: Connection, rules: Rules) -> tuple[Expert, ...]:
    """All experts, those who can be booked first, by their field and name."""
    b = expert_bookings.c
    query = select(b.expert_id, b.state, func.count()).group_by(b.expert_id, b.state)
    counted = {(row[0], row[1]): row[2] for row in conn.execute(query)}
    order = {code: at for at, code in enumerate(rules.words("archive.expert_fields"))}
    rows = conn.execute(select(experts).order_by(experts.c.id)).all()
    listed = [
        Expert(
            row.id, row.name, row.field, rules.text(f"expert.{row.field}") if row.field in order else row.field,
            row.reached or "", row.note or "", bool(row.off), counted.get((row.id, "booked"), 0),
            counted.get((row.id, "held"), 0),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(
        sorted(listed, key=lambda one: (one.off, order.get(one.field, len(order)), one.name, one.id))
    )


def bookings(
    conn: Connection, rules: Rules, today: str, *which: ColumnElement[bool]
) -> tuple[ExpertBooking, ...]:
    """Bookings that meet conditions: those that stand first by their day, then the others, the newest first. `today`: ISO."""
    b = expert_bookings.c
    query = (
        select(
            expert_bookings, experts.c.name.label("expert"), experts.c.field, customers.c.customer_no,
            customers.c.name.label("whose"),
        )
        .join(experts, experts.c.id == b.expert_id)
        .join(customers, customers.c.id == b.customer_id)
        .where(*which)
        .order_by(b.date, b.id)
    )  # fmt: skip
    known = set(rules.words("archive.expert_fields"))
    listed = [
        ExpertBooking(
            row.id, row.customer_id, row.customer_no, row.whose or "", row.expert_id, row.expert,
            rules.text(f"expert.{row.field}") if row.field in known else row.field, row.date, row.topic or "",
            row.state, rules.text(f"archive.booking.{row.state}"), row.outcome or "",
            row.state == "booked" and row.date < today,
        )
        for row in conn.execute(query)
    ]  # fmt: skip
    ahead = [one for one in listed if one.state == "booked"]
    return (*ahead, *reversed([one for one in listed if one.state != "booked"]))
