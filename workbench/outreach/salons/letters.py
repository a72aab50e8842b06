"""Whom a letter or a name badge of a salon is for, and how he is addressed: 女士 or 先生 by his particulars."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import customers
from db.year import salon_guests
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.outreach.salons.salon import Salon, SalonGuest
from workbench.people.particulars import particular


@dataclass(frozen=True, slots=True)
class Addressed:
    """A guest as a letter addresses him: his full name, '' where none is known."""

    guest: SalonGuest
    name: str
    title: str

    @property
    def salutation(self) -> str:
        """尊敬的X女士."""
        named = f"{self.name}{self.title}" if self.name else _("客户")
        return _("尊敬的{name}").format(name=named)


@dataclass(frozen=True, slots=True)
class SalonLetters:
    """A salon with those whom its letters or badges are for, in the order of the list."""

    salon: Salon
    people: tuple[Addressed, ...]


def addressed(conn: Connection, salon: Salon, guests: Collection[SalonGuest]) -> SalonLetters:
    """Some guests of a salon, addressed."""
    gender: Expr = particular("gender")
    query = (
        select(customers.c.id, customers.c.name, gender.label("gender"))
        .join(salon_guests, salon_guests.c.customer_id == customers.c.id)
        .where(salon_guests.c.salon_id == salon.id)
    )
    titles = {"女": _("女士"), "男": _("先生")}
    known = {row.id: (row.name or "", titles.get(row.gender or "", "")) for row in conn.execute(query)}
    people = (Addressed(one, *known[one.customer_id]) for one in guests)
    return SalonLetters(salon, tuple(people))
