"""Verdicts as a check stores them, written by hand: outcomes must not hang on the rules of the score."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, Text, insert

from db.known import check_runs
from db.tables import risks, signals
from tests.workbench.conftest import SmallBook
from workbench.base.dates import month_end


def stored(
    small: SmallBook,
    month: str,
    lights: Mapping[str, str | None],
    hits: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """A check of a month: the light of each customer (None: checked, not lit), and the signals hit."""
    with small.book.derive() as conn:
        run = {
            "month": month,
            "as_of": month_end(month).isoformat(),
            "guarded": 0,
            "revision": 0,
            "rule_version": "then",
        }
        colours = Counter(light or "none" for light in lights.values())
        conn.execute(insert(check_runs), {**run, "lights": json.dumps(colours), "never_judged": "[]"})
        for no, light in lights.items():
            mark = {"customer_id": small.ids[no], "month": month}
            conn.execute(insert(risks), _whole(risks, {**mark, "risk": 70.0, "light": light}))
            for code in (hits or {}).get(no, ()):
                conn.execute(insert(signals), _whole(signals, {**mark, "code": code, "severity": 3}))


def _whole(table: Table, given: dict[str, Any]) -> dict[str, Any]:
    """The row with something in every column that must have something."""
    needed = [column for column in table.columns if not column.nullable and column.name not in (*given, "id")]
    return {column.name: "[]" if isinstance(column.type, Text) else 0 for column in needed} | given
