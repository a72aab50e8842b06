"""Put the plans of past weeks into the book of the demonstration, so that 成效 has methods to compare."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlalchemy import select

from db.tables import customers
from workbench.app import Workbench
from workbench.base.dates import week_days
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.outreach.documents import PlanHeader
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.methods import catalogue
from workbench.outreach.store import put
from workbench.sample.planned import PastRow

_Named = Mapping[str, tuple[int, str]]


def put_past_plans(workbench: Workbench, rows: Iterable[PastRow]) -> None:
    """Write a confirmed plan for each week, all in one change. Raises what writing a book raises."""
    with in_words(), workbench.book.write("plan", _("样本支行以前的计划")) as writer:
        query = select(customers.c.customer_no, customers.c.id, customers.c.name)
        named = {row[0]: (row[1], row[2] or "") for row in writer.conn.execute(query)}
        for week, these in groupby(rows, key=lambda row: row.week):
            plan = _plan(week, list(these), named, workbench.rules.version)
            header: PlanHeader = {}
            put(writer, plan, header, f"{week_days(week)[0]} 08:40:00")


def _plan(week: str, rows: Iterable[PastRow], named: _Named, rule_version: str) -> WeekPlan:
    items = tuple(item for row in rows if (item := _item(row, named)).customers)
    calls = sum(len(one.customers) for one in items)
    return WeekPlan(week, False, "", "", None, rule_version, calls, calls, 0, 0, items, (), ())


def _item(row: PastRow, named: _Named) -> PlanItem:
    method = catalogue().of(row.method)
    people = tuple(
        PlanCustomer(named[number][0], number, named[number][1], None, _("样本支行以前的安排"), "done")
        for number in row.customers
        if number in named
    )
    due = week_days(row.week)[4].isoformat()
    words = _("联系名单上的客户")
    return PlanItem(
        "quick_win", row.method, method.title() if method else row.method, people, words, words, "", words, due,
        result="done",
    )  # fmt: skip
