"""Salons and their guests, read; who is not to be invited, by the one consent."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, func, select

from db.tables import customers
from db.year import salon_guests, salons
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.workdays import workdays_of
from workbench.outreach.salons.salon import COMING, Salon, SalonGuest
from workbench.outreach.salons.steps import steps_of
from workbench.people.consent import REFUSED, held
from workbench.rules.parameters import Rules


def salons_of(conn: Connection, rules: Rules, *where: ColumnElement[bool]) -> tuple[Salon, ...]:
    """Salons by their day."""
    work, numbers = workdays_of(conn), _numbers(conn)
    sells = rules.words("salon.sells")
    rows = conn.execute(select(salons).where(*where).order_by(salons.c.date, salons.c.id))
    return tuple(
        Salon(
            one.id, one.name, one.kind, rules.text(f"salon.kind.{one.kind}"), one.kind in sells, one.date, one.time or "",
            one.place or "", one.seats, one.budget, one.state, one.note or "", steps_of(one.date, work, rules),
            numbers.get(one.id, {}),
        )
        for one in rows
    )  # fmt: skip


def salon_of(conn: Connection, rules: Rules, salon: int) -> Salon:
    """A salon by id. Raises WorkbenchError no_such_salon."""
    made = salons_of(conn, rules, salons.c.id == salon)
    if not made:
        raise WorkbenchError("no_such_salon", _("这场活动已经不在了。"), _("请刷新页面再看。"))
    return made[0]


def planned(conn: Connection, rules: Rules, salon: int) -> Salon:
    """A salon that is still to be held. Raises WorkbenchError no_such_salon, salon_ended."""
    one = salon_of(conn, rules, salon)
    if one.state != "planned":
        raise WorkbenchError(
            "salon_ended",
            _("“{name}”已经办过或取消了。").format(name=one.name),
            _("请撤销那一步再改,或者另建一场。"),
        )
    return one


def guests_of(conn: Connection, salon: Salon, rules: Rules) -> tuple[SalonGuest, ...]:
    """The guests of a salon in the order in which they were listed; of a planned one with who is not to be invited."""
    query = (
        select(salon_guests, customers.c.customer_no, customers.c.name)
        .join(customers, customers.c.id == salon_guests.c.customer_id)
        .where(salon_guests.c.salon_id == salon.id)
        .order_by(salon_guests.c.id)
    )
    rows = conn.execute(query).all()
    ahead = [one.customer_id for one in rows if one.state in COMING] if salon.state == "planned" else []
    out = barred(conn, ahead, salon, rules)
    return tuple(
        SalonGuest(
            one.id, one.customer_id, one.customer_no, one.name or "", one.state, one.invited, one.feedback or "",
            one.follow_up, out.get(one.customer_id, ""),
        )
        for one in rows
    )  # fmt: skip


def barred(conn: Connection, people: Collection[int], salon: Salon, rules: Rules) -> Mapping[int, str]:
    """Customer id -> why he is not invited on the day of the invitations: to a salon that sells whoever must not be marketed
    to, to others who wants nothing from us."""
    if not people:
        return {}
    day = max(salon.steps.invite, today().isoformat())
    return {
        person: consent.sentence
        for person, consent in held(conn, day, None, rules, people).items()
        if salon.sells or consent.grounds[0].kind == f"{REFUSED}.list"
    }


def _numbers(conn: Connection) -> dict[int, dict[str, int]]:
    """Salon (id) -> how many guests are in each state."""
    s = salon_guests.c
    numbers: dict[int, dict[str, int]] = {}
    for row in conn.execute(
        select(s.salon_id, s.state, func.count().label("n")).group_by(s.salon_id, s.state)
    ):
        numbers.setdefault(row.salon_id, {})[row.state] = row.n
    return numbers
