"""Writes the stays that follow from the moves of some months; only those of customers whose moves are others."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select, update

from db.journey import journey_stays
from db.stores.store import store_of
from workbench.insight.levels.folding import NONE
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.lines import GROUNDS, LIGHTS, STAGES
from workbench.insight.stages.stepping import Moves

_s = journey_stays.c
_NAMES = tuple(column.name for column in journey_stays.columns if column.name != "id")
_CUSTOMER, _MONTH, _ENDED = (_NAMES.index(name) for name in ("customer_id", "month", "ended"))
_WHO: BindParameter[Any] = bindparam("who")
_Row = tuple[Any, ...]


def store(
    conn: Connection, first: str, moves: Iterable[Moves], only: Collection[int] | None = None
) -> frozenset[int]:
    """Brings the stays from the month `first` on to these moves, of all customers or of those of `only`; the customers
    whose stays are others. Inside `Book.derive()`."""
    rows = list(_rows(moves))
    if conn.execute(select(_s.id).limit(1)).first() is None:
        _insert(conn, rows)
        return frozenset(row[_CUSTOMER] for row in rows)
    wanted, there = _by_customer(rows), _by_customer(_stored(conn, first, only))
    others = {one for one in wanted.keys() | there.keys() if wanted.get(one) != there.get(one)}
    if not others:
        return frozenset()
    gone = [{"who": one} for one in others if one in there]
    if gone:
        conn.execute(delete(journey_stays).where(_s.customer_id == _WHO, _s.month >= first), gone)
        conn.execute(
            update(journey_stays).values(ended=None).where(_s.customer_id == _WHO, _s.ended >= first), gone
        )
    ends = [{"who": one, "until": wanted[one][0][_MONTH]} for one in others if one in wanted]
    if ends:
        conn.execute(
            update(journey_stays)
            .values(ended=bindparam("until"))
            .where(_s.customer_id == _WHO, _s.ended.is_(None)),
            ends,
        )
    _insert(conn, [row for row in rows if row[_CUSTOMER] in others])
    return frozenset(others)


def _insert(conn: Connection, rows: Sequence[_Row]) -> None:
    with store_of(conn).loading(conn, journey_stays, len(rows)):
        store_of(conn).insert_rows(conn, journey_stays, _NAMES, rows)


def _stored(conn: Connection, first: str, only: Collection[int] | None) -> list[_Row]:
    query = select(*(_s[name] for name in _NAMES)).where(_s.month >= first).order_by(_s.month)
    if only is not None:
        query = query.where(_s.customer_id.in_(sorted(only)))
    elif conn.execute(select(func.max(_s.month))).scalar_one() < first:
        return []
    return [tuple(row) for row in conn.execute(query)]


def _by_customer(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    parts: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        parts[row[_CUSTOMER]].append(row)
    return parts


def _rows(moves: Iterable[Moves]) -> Iterator[_Row]:
    """The rows of the stays that begin, the earliest first, each with the month that ends it among these."""
    parts = [list(_of_month(one)) for one in moves]
    ends: dict[int, str] = {}
    for part in reversed(parts):
        for place, row in enumerate(part):
            part[place] = (*row[:_ENDED], ends.get(row[_CUSTOMER]), *row[_ENDED + 1 :])
            ends[row[_CUSTOMER]] = row[_MONTH]
    for part in parts:
        yield from part


def _of_month(moves: Moves) -> Iterator[_Row]:
    money = (
        [None if fen == MISSING else fen for fen in column.tolist()]
        for column in (moves.average, moves.balance, moves.high, moves.line)
    )
    days = {int(day): dt.date.fromordinal(int(day)).isoformat() for day in set(moves.since.tolist())}
    return zip(
        moves.customers.tolist(),
        [STAGES[one] for one in moves.stage.tolist()],
        [moves.month] * len(moves.customers),
        [days[day] for day in moves.since.tolist()],
        [None] * len(moves.customers),
        [None if one == NONE else STAGES[one] for one in moves.before.tolist()],
        [GROUNDS[one] for one in moves.ground.tolist()],
        *money,
        [None if one < 0 else LIGHTS[one] for one in moves.light.tolist()],
        strict=True,
    )
