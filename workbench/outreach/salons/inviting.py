"""Guests of a salon put on its list and invited; nobody against his will, nobody on a seat that there is not."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from db.journal import Writer
from db.tables import customers
from db.year import salon_guests
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.salons.reading import barred, guests_of, salon_of
from workbench.outreach.salons.salon import COMING, NotInvited, Salon, SalonGuests
from workbench.rules.parameters import Rules


def put_guests(writer: Writer, salon: Salon, people: Sequence[int], rules: Rules) -> SalonGuests:
    """Write customers (ids) on the list of a salon. Raises WorkbenchError nobody."""
    if not people:
        raise WorkbenchError("nobody", _("没有符合的客户。"), _("请写客户号,或者放宽条件。"))
    there = {one.customer_id for one in guests_of(writer.conn, salon, rules)}
    new = [one for one in dict.fromkeys(people) if one not in there]
    out = barred(writer.conn, new, salon, rules)
    rows = [
        {"customer_id": one, "salon_id": salon.id, "state": "listed", "invited": None, "feedback": None,
         "follow_up": None, "touch_id": None}
        for one in new if one not in out
    ]  # fmt: skip
    if rows:
        writer.insert(salon_guests, rows)
    names = _names(writer, out)
    left_out = tuple(NotInvited(*names[one], out[one]) for one in new if one in out)
    return SalonGuests(
        Change.by(writer, len(rows)),
        len(rows),
        len(set(people) & there),
        left_out,
        _over(writer, salon, rules),
    )


def put_invitations(writer: Writer, salon: Salon, guests: Collection[int], rules: Rules) -> SalonGuests:
    """Mark guests (ids) of the list as invited today."""
    chosen = [one for one in guests_of(writer.conn, salon, rules) if one.id in guests]
    listed = [one for one in chosen if one.state == "listed"]
    left_out = tuple(NotInvited(one.customer_no, one.name, one.barred) for one in listed if one.barred)
    row = {"state": "invited", "invited": today().isoformat()}
    count = writer.update_many(salon_guests, [(one.id, row) for one in listed if not one.barred])
    return SalonGuests(
        Change.by(writer, count), count, len(chosen) - len(listed), left_out, _over(writer, salon, rules)
    )


def confirmable(salon: Salon, more: int) -> None:
    """Raises WorkbenchError no_seats where so many more have no seat."""
    if salon.seats is not None and salon.seated + more > salon.seats:
        raise WorkbenchError(
            "no_seats",
            _("“{name}”有 {seats} 个座位,已确认 {n} 位,再加 {more} 位座位不足。").format(
                name=salon.name, seats=salon.seats, n=salon.seated, more=more
            ),
            _("请少确认几位,或者先把座位数改大。"),
        )


def _over(writer: Writer, salon: Salon, rules: Rules) -> int:
    """How many more may come than there are seats."""
    now = salon_of(writer.conn, rules, salon.id)
    may_come = sum(now.guests.get(one, 0) for one in COMING)
    return 0 if now.seats is None else max(0, may_come - now.seats)


def _names(writer: Writer, people: Collection[int]) -> dict[int, tuple[str, str]]:
    c = customers.c
    rows = writer.conn.execute(select(c.id, c.customer_no, c.name).where(c.id.in_(sorted(people))))
    return {row.id: (row.customer_no, row.name or "") for row in rows}
