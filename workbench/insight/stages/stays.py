"""Reads the stays that are kept: of some customers, with the move by hand that overrules them, or of one in a month."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from db.journey import journey_stays
from db.known import corrections
from workbench.base.months import reported_months
from workbench.base.rows import in_parts
from workbench.insight.churn.assessing import assess, guard_of
from workbench.insight.churn.statement import Assessed
from workbench.insight.levels.folding import NONE
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.history import of_some, standing, trusted
from workbench.insight.stages.lines import GROUNDS, LIGHTS, STAGES, UNKNOWN
from workbench.insight.stages.stepping import Moves
from workbench.people.corrections import in_force
from workbench.rules.parameters import Rules

#: the column of the tag that tells the stage, and that a person corrects to move somebody
TAG = "s_journey_stage_m0"
_s = journey_stays.c
_NAMED = 500


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a stage: entered in the list of `month`, first day `since` (ISO); `ended`: the month that moved him on, None
    where he stands. `ground` is the key of its reason; its figures in fen, `line` what he is held against."""

    stage: str
    month: str
    since: str
    ended: str | None
    before: str | None
    ground: str
    average: int | None = None
    balance: int | None = None
    high: int | None = None
    line: int | None = None
    light: str | None = None


@dataclass(frozen=True, slots=True)
class MovedByHand:
    """A move by hand: the stage, the reason, the day it was made and the day it ends (ISO)."""

    stage: str
    reason: str
    date: str
    expires: str


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What is kept of one customer: his stays, the newest first, and the move by hand in force."""

    stays: tuple[Stay, ...] = ()
    by_hand: MovedByHand | None = None


def records(
    conn: Connection, some: Collection[int], month: str | None = None, day: str | None = None
) -> dict[int, StageRecord]:
    """The records of some customers as of a month (None: the newest) and a day for moves by hand (ISO; None: none)."""
    hands = moved_by_hand(conn, some, day) if day is not None else {}
    stays: dict[int, list[Stay]] = {}
    ids = sorted(some)
    for part in in_parts(ids, _NAMED):
        query = select(journey_stays).where(_s.customer_id.in_(part))
        if month is not None:
            query = query.where(_s.month <= month)
        for row in conn.execute(query.order_by(_s.customer_id, _s.month.desc())):
            ended = row.ended if month is None or (row.ended or "9999") <= month else None
            stays.setdefault(row.customer_id, []).append(_stay(row, ended))
    return {one: StageRecord(tuple(stays.get(one, ())), hands.get(one)) for one in ids}


def moved_by_hand(conn: Connection, some: Collection[int] | None, day: str) -> dict[int, MovedByHand]:
    """The moves by hand in force on a day (ISO), of some customers or all (None), by customer id."""
    c = corrections.c
    moved: set[int] = set(
        conn.execute(select(c.customer_id).where(c.key == TAG, c.date <= day, c.expires > day)).scalars()
    )
    moved &= moved if some is None else set(some)
    return {
        row.customer_id: MovedByHand(row.value, row.reason, row.date, row.expires)
        for row in (in_force(conn, day, moved) if moved else ())
        if row.key == TAG and row.value
    }


def _stay(row: Any, ended: str | None) -> Stay:
    return Stay(
        row.stage, row.month, row.since, ended, row.before, row.ground, row.average, row.balance, row.high,
        row.line, row.light,
    )  # fmt: skip


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
