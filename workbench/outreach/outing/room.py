"""`Outings`: who of a week's list is to be met face to face, and where. A filter of the list, in its order."""

from sqlalchemy import Connection, select

from db.engine import Book
from db.tables import customers, touches
from workbench.base.dates import week_days
from workbench.base.errors import in_words
from workbench.outreach.draft import WeekPlan
from workbench.outreach.log.counting import CountingContacts
from workbench.outreach.methods import catalogue
from workbench.outreach.outing.area import Areas
from workbench.outreach.outing.outing import Outing, OutingArea, Stop
from workbench.outreach.week.entry import WeekEntry, WeekList
from workbench.rules.parameters import Rules

ADDRESS, GRID, BRANCH = "address", "grid", "branch"


class Outings:
    """Groups the visits of a week."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def of(self, plan: WeekPlan, week: WeekList) -> Outing:
        """The outing of a plan and its list: those whom the plan visits and who were not met, and those who agreed to meet."""
        planned = _planned(plan)
        with in_words(), self._book.read() as conn:
            agreed = self._agreed(conn, week)
            going = [
                one
                for one in week.entries
                if one.person.customer_id in agreed
                or (one.person.customer_id in planned and not self._met(one))
            ]
            homes = _homes(conn, [one.person.customer_id for one in going])
        #: district -> (label, by what it is known) -> stops: the streets of a district stand together
        areas: dict[str, dict[tuple[str, str], list[Stop]]] = {}
        unplaced: list[WeekEntry] = []
        reading = Areas(self._rules)
        for one in going:
            address, grid, branch = homes[one.person.customer_id]
            area = reading.of(address)
            label, known_by = area.label, ADDRESS
            if not label:
                label, known_by = (grid, GRID) if grid else (branch, BRANCH)
            if not label:
                unplaced.append(one)
                continue
            stop = Stop(one, address, agreed.get(one.person.customer_id, ""))
            areas.setdefault(area.district or label, {}).setdefault((label, known_by), []).append(stop)
        placed = tuple(
            OutingArea(label, known_by, tuple(stops))
            for streets in areas.values()
            for (label, known_by), stops in streets.items()
        )
        return Outing(week.week, week.as_of, placed, tuple(unplaced))

    def _met(self, one: WeekEntry) -> bool:
        """Whether nothing more is to be done about him, or he was met this week."""
        counting = CountingContacts(self._rules)
        return one.settled or any(
            counting.met(contact.channel, contact.result, "manager") for contact in one.contacts
        )

    def _agreed(self, conn: Connection, week: WeekList) -> dict[int, str]:
        """Customer id -> the day (ISO) in the week on which he agreed to be met, by the last contact with him."""
        first, last = (day.isoformat() for day in (week_days(week.week)[0], week_days(week.week)[-1]))
        people = [one.person.customer_id for one in week.entries]
        query = (
            select(touches.c.customer_id, touches.c.result, touches.c.next_date)
            .where(touches.c.customer_id.in_(people), touches.c.date <= last)
            .order_by(touches.c.date, touches.c.id)
        )
        newest = {row.customer_id: row for row in conn.execute(query)}
        counting = CountingContacts(self._rules)
        return {
            person: row.next_date
            for person, row in newest.items()
            if counting.invited(row.result) and row.next_date and first <= row.next_date <= last
        }


def _planned(plan: WeekPlan) -> frozenset[int]:
    """The ids of those whom a plan visits, as many as it counts: the one of the one item, rows with somebody at the manager's
    side, then the first of the rows that ask for talks."""
    known = catalogue()
    asking = {method.kind for method in (*known.methods, *known.resources) if method.visits}
    others = [item for item in (*plan.needs_resources, *plan.quick_wins) if item.kind in asking]
    people = dict.fromkeys(one.customer_id for item in (*plan.this_week, *others) for one in item.customers)
    return frozenset(list(people)[: plan.visits])


def _homes(conn: Connection, people: list[int]) -> dict[int, tuple[str, str, str]]:
    """Customer id -> (address, grid, branch), '' for what no list tells."""
    c = customers.c
    query = select(c.id, c.residence_address, c.residence_city, c.grid, c.branch).where(c.id.in_(people))
    return {
        row.id: (row.residence_address or row.residence_city or "", row.grid or "", row.branch or "")
        for row in conn.execute(query)
    }
