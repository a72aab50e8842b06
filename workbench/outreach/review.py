"""The review of a week's plan (domain 5): completion rate, and why rows were not done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, select

from db.engine import Book
from db.tables import touches
from workbench.base.dates import today, week_days
from workbench.base.errors import in_words
from workbench.base.workdays import workdays_of
from workbench.outreach import store
from workbench.outreach.codes import codes
from workbench.outreach.draft import WeekPlan
from workbench.outreach.log.counting import CountingContacts
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class WeekReview:
    """The rows of a plan counted by how they ended."""

    week: str
    done: int
    half: int
    missed: int
    unticked: int
    #: (reason as shown, rows), most frequent first
    reasons: tuple[tuple[str, int], ...]
    #: customers on the plan; of them, in its week: reached, with an appointment made, with a deal closed
    planned: int = 0
    reached: int = 0
    appointments: int = 0
    deals: int = 0

    @property
    def rows(self) -> int:
        """All rows of the plan, ticked or not."""
        return self.done + self.half + self.missed + self.unticked

    @property
    def rate(self) -> float | None:
        """Completion 0..1, half-done rows counting half; None if no row was ticked."""
        if self.rows == self.unticked:
            return None
        return (self.done + self.half / 2) / self.rows


def week_before(conn: Connection, week: str) -> str:
    """The last ISO week before `week` that was worked: '2026-W01' -> '2025-W52'."""
    return workdays_of(conn).week_before(week)


def is_early(conn: Connection, week: str) -> bool:
    """Whether a week is planned ahead: the one before it is not over yet, so that nothing of it is left undone."""
    return workdays_of(conn).planning_week(today()) < week


def review(book: Book, week: str, rules: Rules | None = None) -> WeekReview | None:
    """The review of the plan stored for the week before `week`; None if there is none. Its people are counted where `rules`
    tell which results count."""
    with in_words(), book.read() as conn:
        return _reviewed(conn, week_before(conn, week), rules)


def history(book: Book, week: str, rules: Rules, weeks: int = 4) -> tuple[WeekReview, ...]:
    """The reviews of the weeks before `week` that had a plan, the newest first."""
    reviews = []
    with in_words(), book.read() as conn:
        for _number in range(weeks):
            week = week_before(conn, week)
            reviews.append(_reviewed(conn, week, rules))
    return tuple(one for one in reviews if one is not None)


def _reviewed(conn: Connection, week: str, rules: Rules | None) -> WeekReview | None:
    plan = store.load(conn, week)
    if plan is None:
        return None
    results = [item.result for item in store.all_items(plan)]
    names = dict(codes("missed"))
    why = [names.get(result.partition(":")[2], result) for result in results if result.startswith("missed")]
    counted = sorted(((name, why.count(name)) for name in set(why)), key=lambda pair: (-pair[1], pair[0]))
    made = WeekReview(
        week, results.count("done"), results.count("half"), len(why), results.count(""), tuple(counted),
        plan.customers_named(),
    )  # fmt: skip
    if rules is None:
        return made

    counting, contacts = CountingContacts(rules), _contacts(conn, plan)
    return replace(
        made,
        reached=len(_reached(contacts, counting)),
        appointments=len({row.customer_id for row in contacts if counting.invited(row.result)}),
        deals=len({row.customer_id for row in contacts if counting.deal(row.result)}),
    )


def reached(conn: Connection, plan: WeekPlan, rules: Rules) -> set[int]:
    """The customers of a plan (ids) whom a contact of its week reached."""
    return _reached(_contacts(conn, plan), CountingContacts(rules))


def contacted(conn: Connection, plan: WeekPlan) -> set[int]:
    """The customers of a plan (ids) with whom a contact was logged in its week."""
    return {row.customer_id for row in _contacts(conn, plan)}


def _reached(contacts: Sequence[Row[int, str, str]], counting: CountingContacts) -> set[int]:
    return {row.customer_id for row in contacts if counting.reached(row.result, row.initiated_by)}


def _contacts(conn: Connection, plan: WeekPlan) -> Sequence[Row[int, str, str]]:
    """(customer id, result, who began it) of the contacts of a plan's week with its people."""
    days, t = week_days(plan.week), touches.c
    named = {one.customer_id for item in store.all_items(plan) for one in item.customers}
    query = select(t.customer_id, t.result, t.initiated_by).where(
        t.date.between(days[0].isoformat(), days[-1].isoformat()), t.customer_id.in_(sorted(named))
    )
    return conn.execute(query).all()
