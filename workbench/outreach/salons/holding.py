"""A salon that was held: who came is logged through the one door of contacts, all at once."""

from db.journal import Writer
from db.values import Value
from db.year import salon_guests, salons
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.contacts import NewContact, put_contacts
from workbench.outreach.salons.reading import guests_of
from workbench.outreach.salons.salon import COMING, Salon
from workbench.rules.parameters import Rules

#: what the log says of who came: by which channel, with what result (one of contact.attended)
CHANNEL, RESULT = "event", "met"


def put_attendance(writer: Writer, salon: Salon, came: frozenset[int], rules: Rules) -> int:
    """Write who came (guests by id) and who did not; how many came. Raises WorkbenchError date_in_future, and as the contact log
    does."""
    if salon.date > today().isoformat():
        raise WorkbenchError(
            "date_in_future",
            _("“{name}”在 {day},还没有办。").format(name=salon.name, day=salon.date),
            _("办完再登记到场;日期改了请先修改活动。"),
        )
    guests = guests_of(writer.conn, salon, rules)
    there = [one for one in guests if one.id in came]
    next_date = max(salon.steps.follow_up, salon.date)
    contacts = [
        NewContact(
            one.customer_no,
            CHANNEL,
            RESULT,
            salon.date,
            next_date=one.follow_up or next_date,
            note=salon.name,
        )
        for one in there
    ]
    put = put_contacts(writer, contacts, rules)
    for error in put.refused.values():
        raise error
    rows: list[tuple[int, dict[str, Value]]] = [
        (one.id, {"state": "attended", "touch_id": touch, "follow_up": one.follow_up or next_date})
        for one, touch in zip(there, put.ids, strict=True)
    ]
    rows += [
        (one.id, {"state": "absent"})
        for one in guests
        if one.id not in came and one.state in COMING and one.state != "listed"
    ]
    writer.update_many(salon_guests, rows)
    writer.update(salons, salon.id, {"state": "held"})
    return len(there)
