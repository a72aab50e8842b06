"""What the parts of a week's pack are made of: each decided by outreach, read once, when a part first asks for it."""

from collections.abc import Callable, Mapping
from functools import cached_property

from sqlalchemy import select

from db.engine import Book
from db.tables import customers, touches
from workbench.base.errors import in_words
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.room import Outreach
from workbench.outreach.week.entry import WeekContact, WeekList
from workbench.people.privacy import Cover
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, typeset

#: ids in one statement
_MANY = 500


class WeekMaterial:
    """The week of a plan. `phones`: whether telephones are printed in full, by the purpose that the register keeps."""

    def __init__(
        self, book: Book, outreach: Outreach, plan: WeekPlan, imprint: Imprint, *, phones: bool = False
    ) -> None:
        self.book = book
        self.outreach = outreach
        self.plan = plan
        self.imprint = imprint
        self.phones = phones

    @property
    def week(self) -> str:
        """ISO week 'YYYY-Www'."""
        return self.plan.week

    @property
    def rules(self) -> Rules:
        """The rules of the book."""
        return self.outreach.rules

    @cached_property
    def listing(self) -> WeekList:
        """The ranked list of the week."""
        return self.outreach.weeks.of_plan(self.plan)

    @cached_property
    def critical(self) -> CriticalQueue:
        """The queue of the seven critical classes."""
        return self.outreach.critical(self.week)

    @cached_property
    def told_phones(self) -> Mapping[int, str]:
        """Customer id -> telephone, of everybody on the list who has one."""
        query = select(customers.c.id, customers.c.phone).where(customers.c.phone.is_not(None))
        told: dict[int, str] = {}
        ids = [one.person.customer_id for one in self.listing.entries]
        with in_words(), self.book.read() as conn:
            for first in range(0, len(ids), _MANY):
                chosen = query.where(customers.c.id.in_(ids[first : first + _MANY]))
                told |= {row.id: row.phone for row in conn.execute(chosen)}
        return told

    @cached_property
    def last_contacts(self) -> Mapping[int, WeekContact]:
        """Customer id -> the last contact logged with him, in this week or before."""
        query = select(touches.c.customer_id, touches.c.date, touches.c.channel, touches.c.result)
        last: dict[int, WeekContact] = {}
        ids = [one.person.customer_id for one in self.listing.entries]
        with in_words(), self.book.read() as conn:
            for first in range(0, len(ids), _MANY):
                chosen = query.where(touches.c.customer_id.in_(ids[first : first + _MANY]))
                for row in conn.execute(chosen.order_by(touches.c.date, touches.c.id)):
                    last[row.customer_id] = WeekContact(row.date, row.channel, row.result, False)
        return last

    @cached_property
    def clean(self) -> Callable[[str], str]:
        """Masks and typesets a text about anybody on the list."""
        people = [(one.person.name, one.person.customer_no) for one in self.listing.entries]
        cover = Cover(people)
        return lambda text: typeset(cover(" ".join(text.split())))
