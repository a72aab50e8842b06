"""资源申请单: a slip for each row that asks for something, and none for one that asks for nothing (domain 5)."""

from dataclasses import replace

from db.engine import Book
from tests.workbench.outreach.made import WEEK, many, put_customers, room
from workbench.outreach.draft import WeekPlan
from workbench.outreach.room import Outreach
from workbench.sheets.content import Imprint
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Part
from workbench.sheets.pack.slips import slips


def made(book: Book, outreach: Outreach, plan: WeekPlan) -> tuple[Part, ...]:
    return slips(WeekMaterial(book, outreach, plan, Imprint("", "2026-11-16 08:00", None)))


def test_a_row_that_asks_for_nothing_gets_no_slip(book: Book) -> None:
    put_customers(book, range(1, 21))
    outreach = room(book, many({"C1": 6, "red": 2}))
    plan = outreach.plan(WEEK)
    asking = [item.method for item in plan.needs_resources if item.customers]
    assert 0 < len(asking) < 3
    (part,) = made(book, outreach, plan)
    assert [one["action"] for one in part.paper["slips"]] == asking
    assert len(part.grids[0].rows) == len(asking)
    empty = [replace(item, resource="本周无需特别申请", customers=()) for item in plan.needs_resources]
    assert made(book, outreach, replace(plan, needs_resources=tuple(empty))) == ()
