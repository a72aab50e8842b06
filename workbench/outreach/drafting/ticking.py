"""How rows of a stored plan, and the customers on them, are ticked: one way for the page, the command and the sheets."""

from collections.abc import Mapping
from dataclasses import replace

from db.journal import Writer
from workbench.base.dates import now
from workbench.outreach import store


def put_ticks(writer: Writer, week: str, ticks: Mapping[tuple[int, int | None], str]) -> bool:
    """Tick within a write: (row id, customer id or None for the row itself) -> a code of `ticks`, '' takes a tick back.

    Whether the plan of the week has all of these rows and customers; when it has not, nothing is written.
    """
    plan = store.load(writer.conn, week)
    if plan is None:
        return False
    rows = {item.id: item for item in store.all_items(plan) if item.id is not None}
    for (item_id, customer_id), code in ticks.items():
        row = rows.get(item_id)
        if row is None:
            return False
        if customer_id is None:
            rows[item_id] = replace(row, result=code)
            continue
        if all(one.customer_id != customer_id for one in row.customers):
            return False
        people = tuple(
            replace(one, result=code) if one.customer_id == customer_id else one for one in row.customers
        )
        rows[item_id] = replace(row, customers=people)
    ticked = plan
    for row in rows.values():
        ticked = store.mended(ticked, row)
    if ticked != plan:
        header = store.load_header(writer.conn, week)
        store.put(writer, ticked, header, now())
    return True
