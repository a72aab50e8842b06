"""The stays of one customer up to a month, computed for him alone where they are not kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection

from workbench.base.months import reported_months
from workbench.insight.churn.assessing import assess, guard_of
from workbench.insight.churn.statement import Assessed
from workbench.insight.levels.folding import NONE
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.history import of_some, standing, trusted
from workbench.insight.stages.lines import GROUNDS, LIGHTS, STAGES, UNKNOWN
from workbench.insight.stages.stays import Stay, records
from workbench.insight.stages.stepping import Moves
from workbench.rules.parameters import Rules


def of_one(
    conn: Connection, customer: int, month: str, rules: Rules, checked: Assessed | None
) -> tuple[Stay, ...]:
    """The stays of one customer up to a month, the newest first: as they are kept as far as these stand, else computed for
    him alone. `checked`: his check of that month."""
    months = [one for one in reported_months(conn) if one <= month]
    if not months:
        return ()
    until = months[-1] if standing(conn, rules) else min(trusted(conn, rules, customer), months[-1])
    after = [one for one in months if one > until]
    kept = records(conn, [customer], until)[customer].stays if until else ()
    if not after:
        return kept
    lights = {}
    for one in after:
        of_month = checked if one == month else assess(conn, one, rules, customer)
        lights[one] = np.array([_height(conn, one, of_month)], dtype=np.int64)
    ids = np.array([customer], dtype=np.int64)
    _states, moves = of_some(conn, months, len(after), ids, lights, rules)
    return _joined(_stays_of(moves), kept)


def _joined(later: tuple[Stay, ...], earlier: tuple[Stay, ...]) -> tuple[Stay, ...]:
    if later and earlier:
        earlier = (replace(earlier[0], ended=later[-1].month), *earlier[1:])
    return (*later, *earlier)


def _height(conn: Connection, month: str, checked: Assessed | None) -> int:
    if checked is None or guard_of(conn, month) is not None:
        return UNKNOWN
    return UNKNOWN if checked.light is None and "S3" in checked.cannot_tell else LIGHTS.index(checked.light)


def _stays_of(moves: Sequence[Moves]) -> tuple[Stay, ...]:
    """The stays of one customer from his moves, the newest first."""
    stays: list[Stay] = []
    ended: str | None = None
    for one in reversed(moves):
        if len(one.customers):
            average, balance, high, line = (
                None if column[0] == MISSING else int(column[0])
                for column in (one.average, one.balance, one.high, one.line)
            )
            stays.append(
                Stay(
                    STAGES[one.stage[0]], one.month, dt.date.fromordinal(int(one.since[0])).isoformat(), ended,
                    None if one.before[0] == NONE else STAGES[one.before[0]], GROUNDS[one.ground[0]],
                    average, balance, high, line, None if one.light[0] < 0 else LIGHTS[one.light[0]],
                )
            )  # fmt: skip
            ended = one.month
    return tuple(stays)
