"""Whether a stored draft still stands: what it was drafted from, and whom it lists who is not to be asked now."""

from sqlalchemy import Connection, select

from db.audit import revision
from db.engine import Book
from db.known import check_runs
from workbench.base.dates import judged_on, today, week_days
from workbench.base.errors import in_words
from workbench.outreach.documents import PlanHeader
from workbench.outreach.draft import WeekPlan
from workbench.outreach.groups import lead_kinds_that_wait
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.methods import catalogue
from workbench.people.rested import rested
from workbench.rules.parameters import Rules


def drafted_from(header: PlanHeader) -> tuple[str | bool | int | None, ...]:
    """What a stored draft was made from, to compare with today: language, rules, age of data, last import, calendar, calls,
    visits."""
    return (
        header.get("language"),
        header.get("by"),
        header.get("old"),
        header.get("import"),
        header.get("calendar"),
        header.get("calls_limit"),
        header.get("visits_limit"),
    )


def stands_on(conn: Connection) -> list[int | str]:
    """What decides who is worked on, beside rules and calendar: the figures, the day, and the months that were checked, as
    an earlier check tells since when a light is on."""
    checked = conn.execute(select(check_runs.c.month).order_by(check_runs.c.month)).scalars()
    return [revision(conn), today().isoformat(), *checked]


def worked_on(lights: LightWeek | None) -> list[int]:
    """The ids of the customers worked on for their light, in no order."""
    return sorted(one.risk.customer_id for one in lights.working) if lights else []


def lists_rested(book: Book, plan: WeekPlan, lights: LightWeek | None, rules: Rules) -> bool:
    """Whether a plan lists somebody who was reached since, for a reason that can wait."""
    day = judged_on(week_days(plan.week), lights.as_of if lights else "")
    with in_words(), book.read() as conn:
        resting = rested(conn, day, rules)
    waits = lead_kinds_that_wait(rules)
    kinds = {method.kind for method in catalogue().methods if set(method.leads) & waits}
    return any(
        one.customer_id in resting for item in plan.quick_wins if item.kind in kinds for one in item.customers
    )
