"""Single lines of the other lists, put into a small book for the signals."""

from typing import Any

from sqlalchemy import Table

from db.tables import flows
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import shift_month


def line(small: SmallBook, table: Table, no: str, date: str, **row: Any) -> None:
    if "month" in table.c:
        row["month"] = date[:7]
    with small.book.write("import", "line") as writer:
        writer.insert(
            table,
            [{"customer_id": small.ids[no], "date": date, "batch_id": 1, "source_row": 2, **row}],
        )


def flow(small: SmallBook, no: str, back: int, **told: Any) -> None:
    """One day's transactions `back` months before the newest; money in yuan."""
    row = {k: v if "count" in k or v is None else round(v * 100) for k, v in told.items()}
    row = {"inflow": 0, "outflow": 0, "active_count": 1, "rows": 1} | row
    line(small, flows, no, shift_month(MONTH, -back) + "-15", **row)
