"""Who stood on the lists of lights of this week and the weeks before, by the stored plans."""

import datetime as dt
import json
from collections import Counter

from sqlalchemy import Connection, select

from db.tables import plan_customers, plan_items, plans
from workbench.base.dates import week_days, week_of
from workbench.outreach.lights.queue import ListedBefore
from workbench.outreach.methods import catalogue
from workbench.rules.parameters import Rules

LIGHTS = ("red", "orange", "yellow")


def light_kinds() -> frozenset[str]:
    """The kinds of rows of a plan whose customers are listed for their light."""
    offers = catalogue()
    methods = (*offers.methods, *offers.resources, *offers.landings)
    return frozenset(method.kind for method in methods if set(method.leads) & set(LIGHTS))


def light_of_row(kind: str) -> str | None:
    """The light for which the customers of a row of the five are on it; None for another row."""
    leads = next((method.leads for method in catalogue().methods if method.kind == kind), ())
    return next((light for light in LIGHTS if light in leads), None)


def listed_before(conn: Connection, week: str, rules: Rules) -> ListedBefore:
    """Who was listed in the weeks that count for `week` 'YYYY-Www'. This week's own list counts once a person edited or
    confirmed it."""
    back = rules.whole("queue.carry_weeks") + rules.whole("queue.yield_weeks") - 1
    monday = week_days(week)[0]
    earlier = [week_of(monday - dt.timedelta(weeks=n)) for n in range(1, back + 1)]
    rows = conn.execute(
        select(plans.c.week, plans.c.state, plans.c.header, plan_customers.c.customer_id)
        .join(plan_items, plan_items.c.plan_id == plans.c.id)
        .join(plan_customers, plan_customers.c.item_id == plan_items.c.id)
        .where(plans.c.week.in_([week, *earlier]), plan_items.c.kind.in_(light_kinds()))
        .order_by(plans.c.week, plan_customers.c.id)
    )
    on: dict[str, set[int]] = {}
    for row in rows:
        if row.week == week and row.state == "draft" and not json.loads(row.header).get("edited"):
            continue
        on.setdefault(row.week, set()).add(row.customer_id)
    weeks = Counter(customer_id for name, ids in on.items() if name != week for customer_id in ids)
    return ListedBefore(frozenset(on.get(week, ())), frozenset(on.get(earlier[0], ())), weeks)
