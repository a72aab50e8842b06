"""Put what the made-up branch gave its customers into its book: rules of its own, used, open and expired benefits."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from db.playbook import benefit_grants
from db.tables import customers, snapshots
from db.values import Value
from workbench.app import Workbench
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.months import newest_month
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.grants import occasion_of
from workbench.sample.material import material


def put_past_benefits(workbench: Workbench) -> None:
    """Write them; whom by assets and number, so that the same branch has the same ones. Raises what writing a book raises."""
    written, room = material("benefits"), workbench.outreach.benefits
    thing = written["item"]
    workbench.outreach.gifts.put_item(thing["name"], thing["unit"], thing["stock"])
    (item,) = (one for one in room.items() if one.name == thing["name"])
    for raw in written["rule"]:
        room.put(_rule(raw, item.id))
    known = {word: one for one in room.rules() for word in (one.code, one.name)}
    day = today()
    with in_words(), workbench.book.write("benefit", "issue") as writer:
        s = snapshots.c
        query = (
            select(customers.c.id, s.aum_daily_average)
            .join(snapshots, s.customer_id == customers.c.id)
            .where(s.month == newest_month(writer.conn), s.aum_daily_average.is_not(None))
            .order_by(customers.c.customer_no)
        )
        wealth = [(row[0], row[1]) for row in writer.conn.execute(query)]
        rows: list[Mapping[str, Value]] = []
        for given in written["given"]:
            rule = known[given["benefit"]]
            value = item.unit_fen if rule.item is not None else rule.value_fen
            fit = [one for one, fen in wealth if fen >= given["least"] * 100]
            first = given.get("skip", 0)
            rows += [_grant(rule, one, given, value, day) for one in fit[first : first + given["count"]]]
        writer.insert(benefit_grants, rows)


def _rule(raw: Mapping[str, Any], item: int) -> BenefitRule:
    value = raw.get("value")
    return BenefitRule(
        "", raw["name"], raw["gives"], raw["trigger"], tuple(raw["levels"]), per=raw["per"], cap=raw["cap"],
        value_fen=value * 100 if value is not None else None, budget_fen=raw["budget"] * 100,
        item=item if raw.get("item") else None, days=raw["days"], evidence=raw["evidence"], owner=raw["owner"], note=raw["note"],
    )  # fmt: skip


def _grant(
    rule: BenefitRule, customer: int, given: Mapping[str, Any], value: int | None, day: dt.date
) -> Mapping[str, Value]:
    issued = day - dt.timedelta(days=given["ago"])
    used = given.get("used")
    return {
        "customer_id": customer, "benefit": rule.code, "occasion": occasion_of(rule.per, issued),
        "state": "issued" if used is None else "used", "issued": issued.isoformat(),
        "valid_until": (day + dt.timedelta(days=given["left"])).isoformat(),
        "used": None if used is None else (day - dt.timedelta(days=used)).isoformat(), "value": value, "note": None,
    }  # fmt: skip
