"""Reads the stays that are kept of some customers, with the move by hand that overrules them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.journey import journey_stays
from db.known import corrections
from workbench.base.rows import in_parts
from workbench.people.corrections import in_force

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
