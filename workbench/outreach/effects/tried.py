"""On whom a method of the 531 or a script was tried: rows of past plans and copied words, joined with the log."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Connection, func, select

from db.stores.planning import reads_every_customer
from db.tables import plan_customers, plan_items, plans, touches
from db.year import drafts
from workbench.base.dates import week_days
from workbench.outreach.log.counting import CountingContacts
from workbench.rules.parameters import Rules

GroupKind = Literal["method", "script"]


class Group(NamedTuple):
    """A method (the code of its kind) or a script (its code)."""

    kind: GroupKind
    code: str


class _Contact(NamedTuple):
    date: str
    channel: str
    result: str
    by: str


@dataclass(frozen=True, slots=True)
class TriedCustomer:
    """A customer in a group: `contacts` made with him in its days, how many of them `reached` him and ended `agreed`, and the day
    (ISO) on which he was reached first, None while he was not."""

    customer_id: int
    contacts: int
    reached: int
    agreed: int
    first: str | None

    def joined(self, other: "TriedCustomer") -> "TriedCustomer":
        """Of one customer, from several weeks or words."""
        days = [one for one in (self.first, other.first) if one is not None]
        return TriedCustomer(
            self.customer_id, self.contacts + other.contacts, self.reached + other.reached,
            self.agreed + other.agreed, min(days, default=None),
        )  # fmt: skip


class _Span(NamedTuple):
    """Contacts of a customer from `first` to `last` (ISO) count for a group."""

    group: Group
    customer_id: int
    first: str
    last: str


def tried(conn: Connection, rules: Rules) -> dict[Group, tuple[TriedCustomer, ...]]:
    """Group -> its customers, each once, in the order of their ids. Who was planned for and not contacted is not among them."""
    return _counted(conn, rules, [*_planned(conn), *_copied(conn, rules)])


def tried_scripts(conn: Connection, rules: Rules) -> dict[Group, tuple[TriedCustomer, ...]]:
    """As `tried`, of the scripts alone."""
    return _counted(conn, rules, list(_copied(conn, rules)))


def _counted(
    conn: Connection, rules: Rules, spans: Sequence[_Span]
) -> dict[Group, tuple[TriedCustomer, ...]]:
    if not spans:
        return {}
    contacts = _contacts(conn, min(one.first for one in spans))
    counting = CountingContacts(rules)
    agreeing = frozenset(rules.words("effects.agreed"))
    groups: dict[Group, dict[int, TriedCustomer]] = {}
    for span in spans:
        within = [one for one in contacts.get(span.customer_id, ()) if span.first <= one.date <= span.last]
        if not within:
            continue
        one = _tried(span.customer_id, within, counting, agreeing)
        people = groups.setdefault(span.group, {})
        before = people.get(span.customer_id)
        people[span.customer_id] = before.joined(one) if before else one
    return {group: tuple(people[one] for one in sorted(people)) for group, people in groups.items()}


def method_names(conn: Connection) -> dict[str, str]:
    """Kind of a row -> how the newest plan that has it names it, for rows that a person made and methods of another time."""
    newest = select(func.max(plan_items.c.id)).group_by(plan_items.c.kind)
    query = select(plan_items.c.kind, plan_items.c.method).where(plan_items.c.id.in_(newest))
    return {row.kind: row.method for row in conn.execute(query)}


def _tried(
    customer_id: int, within: Sequence[_Contact], counting: CountingContacts, agreeing: frozenset[str]
) -> TriedCustomer:
    reached = [one for one in within if counting.reached(one.result, one.by)]
    agreed = sum(one.result in agreeing for one in within)
    first = reached[0].date if reached else None
    return TriedCustomer(customer_id, len(within), len(reached), agreed, first)


def _planned(conn: Connection) -> Iterable[_Span]:
    """The customers of all plans; a contact of the plan's week counts."""
    query = (
        select(plans.c.week, plan_items.c.kind, plan_customers.c.customer_id)
        .join(plan_items, plan_items.c.plan_id == plans.c.id)
        .join(plan_customers, plan_customers.c.item_id == plan_items.c.id)
        .distinct()
        .order_by(plans.c.week, plan_items.c.kind, plan_customers.c.customer_id)
    )
    for row in conn.execute(query):
        days = week_days(row.week)
        yield _Span(Group("method", row.kind), row.customer_id, days[0].isoformat(), days[-1].isoformat())


def _copied(conn: Connection, rules: Rules) -> Iterable[_Span]:
    """Words that were copied; a contact within the days of the rule counts."""
    length = rules.whole("effects.draft_days")
    query = select(drafts.c.script, drafts.c.customer_id, drafts.c.date).distinct()
    order = (drafts.c.script, drafts.c.customer_id, drafts.c.date)
    until: dict[tuple[str, int], str] = {}
    for row in conn.execute(query.order_by(*order)):
        # the same words copied again within the days of the first count once
        first = max(row.date, until.get((row.script, row.customer_id), ""))
        last = (dt.date.fromisoformat(row.date) + dt.timedelta(days=length)).isoformat()
        until[row.script, row.customer_id] = _after(last)
        if first <= last:
            yield _Span(Group("script", row.script), row.customer_id, first, last)


def _after(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def _contacts(conn: Connection, since: str) -> dict[int, list[_Contact]]:
    """Customer id -> what the manager did since a day (ISO), and what the customer began himself, oldest first."""
    reads_every_customer(conn)
    t = touches.c
    query = (
        select(t.customer_id, t.date, t.channel, t.result, t.initiated_by)
        .where(t.date >= since)
        .order_by(t.customer_id, t.date, t.id)
    )
    listed: dict[int, list[_Contact]] = {}
    for row in conn.execute(query.execution_options(yield_per=5_000)):
        listed.setdefault(row[0], []).append(_Contact(*row[1:]))
    return listed
