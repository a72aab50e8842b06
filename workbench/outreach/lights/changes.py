"""What became of the lights since the check before."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.known import check_runs
from db.tables import risks
from workbench.insight.churn import results
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.lights.light_week import LightChanges
from workbench.rules.parameters import Rules

_HEIGHT: dict[str | None, int] = {None: 0, "yellow": 1, "orange": 2, "red": 3}
#: up to this many customers their ids go into a statement
_NAMED = 500


@dataclass(frozen=True, slots=True)
class LightsBefore:
    """The check before that no data guard blocked: its month (None: no such check), customer id -> light, and who of those
    gone now was gone then."""

    since: str | None = None
    lights: Mapping[int, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()


def lights_before(
    conn: Connection, month: str, gone: Collection[int], rules: Rules, day: dt.date | None = None
) -> LightsBefore:
    """The lights of the check before a month. `gone`: ids of those who are gone now; `day` as in `results.lit`."""
    earlier = (
        select(check_runs.c.month)
        .where(check_runs.c.month < month, check_runs.c.guarded == 0)
        .order_by(check_runs.c.month.desc())
        .limit(1)
    )
    since = conn.execute(earlier).scalar()
    return LightsBefore() if since is None else _read(conn, since, gone, rules, day, None)


def mended(
    conn: Connection, before: LightsBefore, few: frozenset[int], gone: Collection[int], rules: Rules, day: dt.date
) -> LightsBefore:  # fmt: skip
    """The lights before with those of a few customers read again."""
    if before.since is None:
        return before
    fresh = _read(conn, before.since, few.intersection(gone), rules, day, few)
    lights = {id_: light for id_, light in before.lights.items() if id_ not in few} | dict(fresh.lights)
    return LightsBefore(before.since, lights, (before.gone - few) | fresh.gone)


def _read(
    conn: Connection,
    since: str,
    gone: Collection[int],
    rules: Rules,
    day: dt.date | None,
    only: Collection[int] | None,
) -> LightsBefore:
    query = select(risks.c.customer_id, risks.c.light).where(
        risks.c.month == since, risks.c.light.is_not(None)
    )
    if only is not None:
        query = query.where(risks.c.customer_id.in_(only))
    lights = {row.customer_id: row.light for row in conn.execute(query)}
    among = frozenset(gone)
    then = results.lit(conn, since, rules, day, among if len(among) <= _NAMED else None) if among else ()
    lost = frozenset(one.customer_id for one in then if one.state == "gone" and one.customer_id in among)
    return LightsBefore(since, lights, lost)


def light_changes(before: LightsBefore, lit: Sequence[CustomerRisk], back: Sequence[int]) -> LightChanges:
    """The changes of a month's lights against those before. `lit`: all lights of the month in the order in which they are
    told; `back`: ids of those whose money came back."""
    if before.since is None:
        return LightChanges()
    then = before.lights
    now = {one.customer_id: one.light for one in lit}
    rise = {id_: _HEIGHT[light] - _HEIGHT[then.get(id_)] for id_, light in now.items()}
    return LightChanges(
        before.since,
        new=tuple(id_ for id_ in now if id_ not in then),
        worse=tuple(id_ for id_, by in rise.items() if by > 0 and id_ in then),
        better=tuple(id_ for id_, by in rise.items() if by < 0),
        out=tuple(sorted(then.keys() - now.keys())),
        back=tuple(sorted(back)),
        gone=tuple(
            one.customer_id for one in lit if one.state == "gone" and one.customer_id not in before.gone
        ),
    )
