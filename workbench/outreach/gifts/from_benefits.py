"""What benefits take from the stock (domain 8.4): things promised or handed over by one, and what they cost a customer's cap."""

import json
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, and_, func, or_, select

from db.playbook import benefit_grants, benefits
from workbench.base.dates import today

_G = benefit_grants.c


def items_by_benefit(conn: Connection) -> Mapping[str, int]:
    """Benefit (code) -> the thing of the stock (id) that is given by it, of those that give one."""
    items: dict[str, int] = {}
    for row in conn.execute(select(benefits.c.code, benefits.c.body).order_by(benefits.c.id)):
        body = json.loads(row.body)
        item = body.get("item") if isinstance(body, dict) else None
        if isinstance(item, int):
            items[row.code] = item
    return items


def taken_by_benefits(conn: Connection) -> Counter[int]:
    """Thing of the stock (id) -> how many are handed over or promised; what ran out unused or was taken back is free again."""
    items = items_by_benefit(conn)
    taken: Counter[int] = Counter()
    if not items:
        return taken
    still = or_(_G.valid_until.is_(None), _G.valid_until >= today().isoformat())
    held = or_(_G.state == "used", and_(_G.state == "issued", still))
    counted = select(_G.benefit, func.count().label("n")).where(held, _G.benefit.in_(sorted(items)))
    for row in conn.execute(counted.group_by(_G.benefit)):
        taken[items[row.benefit]] += row.n
    return taken


def given_by_benefits(conn: Connection, customer: int, year: int) -> int:
    """What the things cost (fen) that a customer (id) was promised or given by benefits in a year."""
    items = items_by_benefit(conn)
    if not items:
        return 0
    query = select(func.coalesce(func.sum(_G.value), 0)).where(
        _G.customer_id == customer,
        _G.state != "dropped",
        _G.benefit.in_(sorted(items)),
        func.substr(func.coalesce(_G.used, _G.issued), 1, 4) == f"{year:04d}",
    )
    return int(conn.execute(query).scalar_one())
