"""Stores the results of a check: the verdict of each customer, his signals with their evidence, the ranks."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from db.known import check_runs
from db.tables import customers, risks, signals
from workbench.base.months import data_date
from workbench.insight.churn.assessing import Assessed, guard_of, version
from workbench.rules.parameters import Rules
from workbench.rules.sentences import reason


def store(
    conn: Connection,
    month: str,
    revision: int,
    rules: Rules,
    assessed: Sequence[Assessed],
    only: Collection[int] | None = None,
) -> None:
    """Replaces the month's stored results, or those of the customers of `only`, whose ranks are then set again.

    `revision` is the state of the book that the results stand on.
    """
    for table in (signals, risks):
        removal = delete(table).where(table.c.month == month)
        conn.execute(removal if only is None else removal.where(table.c.customer_id.in_(only)))
    by = version(rules)
    conn.execute(delete(check_runs).where(check_runs.c.month == month))
    conn.execute(
        insert(check_runs),
        {
            "month": month, "as_of": data_date(conn, month) or month, "revision": revision, "rule_version": by,
            "guarded": int(guard_of(conn, month) is not None),
        },
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    hits: list[dict[str, Any]] = []
    texts: dict[tuple[str, ...], str] = {}
    for result in assessed:
        for codes in (result.cannot_tell, result.profiles):
            if codes not in texts:
                texts[codes] = json.dumps(codes)
        rows.append(
            {
                "customer_id": result.customer_id, "month": month, "risk": result.risk, "light": result.light,
                "rank": result.rank, "aum": result.aum, "tier": result.tier,
                "profiles": texts[result.profiles], "cannot_tell": texts[result.cannot_tell], "hard_rule": result.hard_rule,
            }
        )  # fmt: skip
        hits.extend(
            {
                "customer_id": result.customer_id, "month": month, "code": hit.code, "severity": hit.severity,
                "grade": hit.grade, "reason": reason(rules, hit.code, hit.evidence),
                "evidence": json.dumps(hit.evidence, ensure_ascii=False),
            }
            for hit in result.hits
        )  # fmt: skip
    if rows:
        conn.execute(insert(risks), rows)
    if hits:
        conn.execute(insert(signals), hits)
    if only is not None:
        _rank(conn, month)


def _rank(conn: Connection, month: str) -> None:
    """Sets the ranks of a month by risk, then assets, then number, as `assess` does."""
    order = (risks.c.risk.desc(), func.coalesce(risks.c.aum, 0).desc(), customers.c.customer_no)
    ranked = (
        select(risks.c.id, func.row_number().over(order_by=order).label("place"))
        .join(customers, customers.c.id == risks.c.customer_id)
        .where(risks.c.month == month)
        .subquery("ranked")
    )
    conn.execute(
        update(risks)
        .values(rank=ranked.c.place)
        .where(risks.c.id == ranked.c.id, risks.c.rank != ranked.c.place)
    )
