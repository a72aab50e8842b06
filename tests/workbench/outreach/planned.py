"""A plan of the year put into a small book by hand."""

from typing import Any

from sqlalchemy import delete, insert

from db.engine import Book
from db.year import planned_touches, year_runs


def put_plan(
    book: Book, year: int, touches: list[dict[str, Any]], *, made: str = "2026-11-13 09:00:00"
) -> None:
    """In the place of the plan that the year had. A touch needs `customer_id` and `day`; its span is the day."""
    rows = [
        {
            "year": year, "reason": "cadence", "kind": "care", "channel": "call", "priority": 4, "seconds": 480,
            **dict.fromkeys(("occurrence", "first", "last", "wanted"), one["day"]), "state": "planned",
            "moved_from": None, "why": None, **one,
        }
        for one in touches
    ]  # fmt: skip
    run = {
        "year": year, "basis": "{}", "made": made, "planned_from": f"{year}-01-01", "number": len(rows), "summary": b"",
        "not_fitting": "[]", "moved": "{}",
    }  # fmt: skip
    with book.derive() as conn:
        conn.execute(delete(planned_touches).where(planned_touches.c.year == year))
        conn.execute(delete(year_runs).where(year_runs.c.year == year))
        if rows:
            conn.execute(insert(planned_touches), rows)
        conn.execute(insert(year_runs), run)
