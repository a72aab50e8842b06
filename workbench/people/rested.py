"""Who was contacted lately, and who rests after a contact (domain 4.5-7): asked by lights, leads, plan and pages."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import touches
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules

#: up to this many customers their ids go into the statement; beyond, the contacts of everybody are read
_NAMED = 500


@dataclass(frozen=True, slots=True)
class LatelyContacted:
    """A customer's contacts of the cool-down. `reached`: day (ISO) of the last one that reached him, None if none did;
    `tries`: attempts since then that did not, from `first` to `last`; `wrong_number`: the last said so."""

    reached: str | None = None
    tries: int = 0
    first: str | None = None
    last: str | None = None
    wrong_number: bool = False

    def until(self, rules: Rules) -> str | None:
        """The first day (ISO) on which he may be asked again; None if nobody reached him."""
        return self.reached and _shifted(self.reached, rules.whole("life.rest_days"))


def lately_contacted(
    conn: Connection, day: str, rules: Rules, only: Collection[int] | None = None
) -> dict[int, LatelyContacted]:
    """Customer id -> contacts of the cool-down that ends on a day (ISO); of `only` some, None: of all."""
    since = _shifted(day, -rules.whole("life.rest_days"))
    t = touches.c
    query = select(t.customer_id, t.date, t.result, t.initiated_by).where(t.date > since, t.date <= day)
    if only is not None and len(only) <= _NAMED:
        query = query.where(touches.c.customer_id.in_(only))
    reaching = Reaching(rules)
    contacts: dict[int, LatelyContacted] = {}
    for row in conn.execute(query.order_by(touches.c.customer_id, touches.c.date, touches.c.id)):
        before = contacts.get(row.customer_id, LatelyContacted())
        if reaching.reached(row.result, row.initiated_by):
            contacts[row.customer_id] = LatelyContacted(row.date)
        else:
            contacts[row.customer_id] = LatelyContacted(
                before.reached,
                before.tries + 1,
                before.first or row.date,
                row.date,
                row.result == "wrong_number",
            )
    return contacts if only is None else {id_: contacts[id_] for id_ in only if id_ in contacts}


def rested(conn: Connection, day: str, rules: Rules) -> dict[int, str]:
    """Customer id -> the first day (ISO) on which he may be asked again, of those who were reached lately."""
    contacts = lately_contacted(conn, day, rules)
    return {id_: until for id_, one in contacts.items() if (until := one.until(rules))}


def _shifted(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()
