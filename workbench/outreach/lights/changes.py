"""What became of the lights since the check before."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse

from sqlalchemy import Connection, select

from db.known import check_runs
from db.tables import risks
from workbench.insight.churn import results
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.lights.light_week import LightChanges
from workbench.outreach.lights.lit import but_for
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
    lights = but_for(before.lights, few) | dict(fresh.lights)
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


def moves(before: LightsBefore, lit: Iterable[CustomerRisk]) -> dict[int, int]:
    """Customer id -> by how much his light is higher (above 0) or lower than before, of those lit then with another light."""
    then = before.lights
    rise = {
        one.customer_id: _HEIGHT[one.light] - _HEIGHT[then[one.customer_id]]
        for one in lit
        if one.customer_id in then
    }
    return {id_: by for id_, by in rise.items() if by}


def light_changes(
    before: LightsBefore,
    ids: Sequence[int],
    moved: Mapping[int, int],
    gone: Sequence[int],
    back: Sequence[int],
) -> LightChanges:
    """The changes of a month's lights against those before. `ids`: of all lights of the month in the order in which they are
    told; `gone`: of those nearly all lost, in that order; `moved`: see `moves`; `back`: of those whose money came back."""
    if before.since is None:
        return LightChanges()
    then = before.lights
    worse = {id_ for id_, by in moved.items() if by > 0}
    return LightChanges(
        before.since,
        new=tuple(filterfalse(then.__contains__, ids)),
        worse=tuple(filter(worse.__contains__, ids)),
        better=tuple(filter((moved.keys() - worse).__contains__, ids)),
        out=tuple(sorted(then.keys() - frozenset(ids))),
        back=tuple(sorted(back)),
        gone=tuple(filterfalse(before.gone.__contains__, gone)),
    )
