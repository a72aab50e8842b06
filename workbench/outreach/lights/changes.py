"""What became of the lights since the check before."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from db.known import check_runs
from db.tables import risks
from workbench.insight.churn import results
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.lights.light_week import LightChanges
from workbench.rules.parameters import Rules

_HEIGHT: dict[str | None, int] = {None: 0, "yellow": 1, "orange": 2, "red": 3}


def light_changes(
    conn: Connection,
    month: str,
    lit: Sequence[CustomerRisk],
    back: Sequence[int],
    rules: Rules,
    day: dt.date | None = None,
) -> LightChanges:
    """The changes of a month's lights against the newest check before it that no data guard blocked. `lit`: all lights of
    the month in the order in which they are told; `back`: ids of those whose money came back; `day` as in `results.lit`."""
    earlier = (
        select(check_runs.c.month)
        .where(check_runs.c.month < month, check_runs.c.guarded == 0)
        .order_by(check_runs.c.month.desc())
        .limit(1)
    )
    since = conn.execute(earlier).scalar()
    if since is None:
        return LightChanges()
    query = select(risks.c.customer_id, risks.c.light).where(
        risks.c.month == since, risks.c.light.is_not(None)
    )
    before: dict[int, str] = {row.customer_id: row.light for row in conn.execute(query)}
    now: Mapping[int, CustomerRisk] = {one.customer_id: one for one in lit}
    rise = {
        id_: _HEIGHT[now[id_].light if id_ in now else None] - _HEIGHT[before.get(id_)]
        for id_ in (*now, *sorted(before.keys() - now.keys()))
    }
    gone = [id_ for id_, one in now.items() if one.state == "gone"]
    lost = (
        {one.customer_id for one in results.lit(conn, since, rules, day) if one.state == "gone"}
        if gone
        else ()
    )
    return LightChanges(
        since,
        new=tuple(id_ for id_ in rise if id_ not in before),
        worse=tuple(id_ for id_, by in rise.items() if by > 0 and id_ in before),
        better=tuple(id_ for id_, by in rise.items() if by < 0 and id_ in now),
        out=tuple(id_ for id_ in rise if id_ not in now),
        back=tuple(sorted(back)),
        gone=tuple(id_ for id_ in gone if id_ not in lost),
    )
