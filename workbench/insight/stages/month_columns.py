"""The months of everybody in memory, as columns: what the check and the stages look at, read once as the rows lie there."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, FromClause, Select, Text, func, select, types
from sqlalchemy import cast as sql_cast

from db.audit import revision
from db.stores.planning import reads_every_customer
from db.stores.store import store_of
from db.tables import snapshots
from workbench.base.columns import NOTHING, ColumnValues, TextPlaces, Unclear
from workbench.base.sorted_ids import places_of
from workbench.insight.levels.folding import Flags, Wholes
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.facts import ListedMonth

#: rows read at once, and parts read ahead
_CHUNK, _AHEAD = 20_000, 4
#: between texts, and in the place of one that is not told
_BETWEEN, _UNTOLD = "\x1f", "\x1e"
_s = snapshots.c
_Part = tuple[str, int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """Columns of customers, by their ids in order."""

    customers: Wholes
    columns: Mapping[str, ColumnValues]

    def places(self, some: Wholes) -> tuple[Wholes, Flags]:
        """The place of each of some customers, and whether he is there."""
        if np.array_equal(self.customers, some):
            return np.arange(len(some)), np.ones(len(some), np.bool_)
        return places_of(self.customers, some)

    def at(self, name: str, places: Wholes, here: Flags | None) -> ColumnValues:
        """A column at some places; NULL where it is not `here`. Raises KeyError."""
        whole = self.columns[name]
        if whole is NOTHING or not len(self.customers):
            return NOTHING
        known = (
            here
            if whole.known is None
            else whole.known[places]
            if here is None
            else whole.known[places] & here
        )
        data = whole.data[places]
        return ColumnValues(data if whole.words is not None else _wide(data), known, whole.words)


def _wide(data: Any) -> Any:
    return data.astype(np.int64) if data.dtype.kind == "i" else data


@dataclass(frozen=True, slots=True)
class MonthColumns:
    """The columns `names` of each month 'YYYY-MM'; those that no row of a month fills are left out of it."""

    names: frozenset[str]
    months: Mapping[str, ColumnTable]

    def listed(self, months: Sequence[str]) -> dict[str, ListedMonth]:
        """What some of the months tell of everybody, see `facts.listed`."""
        return {
            month: _listed(self.months[month]) if month in self.months else ListedMonth.of([])
            for month in months
        }


def _listed(table: ColumnTable) -> ListedMonth:
    every = np.arange(len(table.customers))
    daily, balance = (
        table.at(name, every, None) if name in table.columns else NOTHING
        for name in ("aum_daily_average", "aum_balance")
    )
    given = np.broadcast_to(np.True_ if daily.known is None else daily.known, len(every))
    balances = np.where(np.True_ if balance.known is None else balance.known, balance.data, MISSING)
    balances = np.broadcast_to(balances, len(every)).astype(np.int64)
    return ListedMonth(
        table.customers,
        np.where(given, daily.data, balances).astype(np.int64),
        balances,
        given.astype(np.int64),
    )


def month_columns(conn: Connection, months: Sequence[str], names: Sequence[str]) -> MonthColumns:
    """Columns of the months from the first to the last of `months`, of everybody. Raises Unclear where a text has signs that
    stand between texts here."""
    reads_every_customer(conn)
    wanted = sorted({*names, "aum_daily_average", "aum_balance"} - {"month", "customer_id"})
    words = {name: TextPlaces() for name in wanted if _kind(name) is types.String}
    parts: dict[str, list[tuple[int, dict[str, ColumnValues]]]] = {}
    for month, number, raw in _read(conn, months[0], months[-1], wanted):
        columns = {name: _parsed(given, number, words.get(name)) for name, given in raw.items()}
        parts.setdefault(month, []).append((number, columns))
    return MonthColumns(frozenset(wanted), {month: _table(some) for month, some in parts.items()})


def _kind(name: str) -> Any:
    kind = _s[name].type._type_affinity
    return types.Float if kind is types.Numeric else kind


def _read(conn: Connection, first: str, last: str, names: Sequence[str]) -> Iterator[_Part]:
    """The parts of the months as texts; read ahead on a second connection too where that sees the same book."""
    low, high = conn.execute(select(func.min(_s.id), func.max(_s.id))).one()
    with ExitStack() as stack:
        free: SimpleQueue[Connection] = SimpleQueue()
        free.put(conn)
        other = stack.enter_context(store_of(conn).reading())
        if revision(other) == revision(conn):
            free.put(other)
        dense: set[str] = set(names)

        def read(start: int) -> list[_Part]:
            own = free.get()
            try:
                return _chunk(own, start, first, last, names, dense)
            finally:
                free.put(own)

        pool = stack.enter_context(ThreadPoolExecutor(free.qsize()))
        starts = iter(range(low or 0, (high or -1) + 1, _CHUNK))
        coming: list[Future[list[_Part]]] = [pool.submit(read, start) for start in islice(starts, _AHEAD)]
        while coming:
            yield from coming.pop(0).result()
            coming += [pool.submit(read, start) for start in islice(starts, 1)]


def _chunk(
    conn: Connection, start: int, first: str, last: str, names: Sequence[str], dense: set[str]
) -> list[_Part]:
    here = _s.id.between(start, start + _CHUNK - 1)
    months = conn.execute(select(func.min(_s.month), func.max(_s.month)).where(here)).one()
    if months[0] is None:
        return []
    several = months[0] != months[1]
    every = conn.execute(select(_s.month).distinct().where(here)).scalars().all() if several else months[:1]
    of_month = [here] if len(every) == 1 else [here & (_s.month == month) for month in every]
    return [
        _part(conn, month, rows, names, dense)
        for month, rows in zip(every, of_month, strict=True)
        if first <= month <= last
    ]


def _part(conn: Connection, month: str, rows: Any, names: Sequence[str], dense: set[str]) -> _Part:
    """The columns of some rows of a month; a column that was empty before is counted first."""
    while True:
        full = [name for name in names if name in dense and _kind(name) is not types.Float]
        counted = [name for name in names if name not in full]
        texts = [name for name in full if _kind(name) is types.String]
        query: Select[Any] = select(
            func.count(), func.aggregate_strings(sql_cast(_s.customer_id, Text), ","),
            *(_packed(name) for name in full), *(func.count(_s[name]) for name in (*counted, *texts)),
        ).where(rows)  # fmt: skip
        number, ids, *rest = conn.execute(query).one()
        packed = dict(zip(full, rest[: len(full)], strict=True))
        counts = dict(zip((*counted, *texts), rest[len(full) :], strict=True))
        more = {name for name in counted if counts[name] and _kind(name) is not types.Float}
        if not more:
            break
        dense |= more
    given: dict[str, Any] = {"customer_id": ids}
    for name, text in packed.items():
        # a column of signs is as long as one without a number
        if not counts[name] if name in counts else text.count("n") == number:
            dense.discard(name)
        else:
            given[name] = (text, counts[name]) if name in counts else text
    floats = [name for name in counted if counts[name] and _kind(name) is types.Float]
    if floats:
        rows_of = conn.execute(
            select(_s.customer_id, *(_s[name] for name in floats)).where(rows).order_by(_s.id)
        ).all()
        if ",".join(str(row[0]) for row in rows_of) != ids:
            raise Unclear("the order of rows")
        given |= {name: [row[place] for row in rows_of] for place, name in enumerate(floats, 1)}
    return month, number, given


def _packed(name: str) -> Any:
    if _kind(name) is types.String:
        return func.aggregate_strings(func.coalesce(_s[name], _UNTOLD), _BETWEEN)
    return func.aggregate_strings(func.coalesce(sql_cast(_s[name], Text), "n"), ",")


def _parsed(given: Any, number: int, words: TextPlaces | None) -> ColumnValues:
    if isinstance(given, list):
        here = np.array([one is not None for one in given], dtype=np.bool_)
        return ColumnValues(
            np.array([one or 0.0 for one in given], dtype=np.float64), None if here.all() else here
        )
    if words is None:
        return _numbers(given)
    text, count = given
    texts = text.split(_BETWEEN)
    if len(texts) != number:
        raise Unclear("a sign within a text")
    known = None
    if count < number:
        known = np.fromiter((one != _UNTOLD for one in texts), np.bool_, number)
        texts = [one if one != _UNTOLD else "" for one in texts]
        if int(known.sum()) != count:
            raise Unclear("a sign within a text")
    return ColumnValues(words.places(texts, number), known, words)


def _numbers(text: str) -> ColumnValues:
    if "n" not in text:
        return ColumnValues(np.fromstring(text, dtype=np.int64, sep=","))
    data = np.fromstring(text.replace("n", str(MISSING)), dtype=np.int64, sep=",")
    known = data != MISSING
    return ColumnValues(np.where(known, data, 0), known)


def _table(parts: Sequence[tuple[int, dict[str, ColumnValues]]]) -> ColumnTable:
    """The parts of a month as one, by customer."""
    ids = np.concatenate([columns["customer_id"].data for _number, columns in parts])
    order: NDArray[Any] | None = None if (ids[1:] > ids[:-1]).all() else np.argsort(ids, kind="stable")
    names = {name: one.words for _number, columns in parts for name, one in columns.items()}
    whole = {
        name: _whole([(n, columns.get(name)) for n, columns in parts], words) for name, words in names.items()
    }
    if order is not None:
        whole = {
            name: ColumnValues(one.data[order], None if one.known is None else one.known[order], one.words)
            for name, one in whole.items()
        }
    return ColumnTable(cast(Wholes, _wide(whole.pop("customer_id").data)), whole)


def _whole(parts: Sequence[tuple[int, ColumnValues | None]], words: TextPlaces | None) -> ColumnValues:
    data = np.concatenate([np.zeros(n, np.int32) if one is None else one.data for n, one in parts])
    known = np.concatenate(
        [
            np.zeros(n, np.bool_) if one is None else np.ones(n, np.bool_) if one.known is None else one.known
            for n, one in parts
        ]
    )
    if words is None and data.dtype.kind == "i" and len(data):
        data = _narrow(data)
    return ColumnValues(data, None if known.all() else known, words)


def _narrow(data: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in as few bytes as hold them."""
    low, high = data.min(), data.max()
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return data.astype(kind)
    return data


def table_of(conn: Connection, facts: FromClause, key: str) -> ColumnTable:
    """Some facts of customers, one row each, by the column of their ids."""
    names = [column.name for column in facts.c]
    rows = conn.execute(select(*facts.c)).all()
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    ids = np.array(columns.pop(key), dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    return ColumnTable(ids[order], {name: _of_objects(some, order) for name, some in columns.items()})


def _of_objects(some: Sequence[Any], order: Wholes) -> ColumnValues:
    known = np.array([one is not None for one in some], dtype=np.bool_)[order]
    kinds = {type(one) for one in some} - {type(None)}
    if not kinds:
        return NOTHING
    given = None if known.all() else known
    if kinds == {str}:
        words = TextPlaces()
        return ColumnValues(words.places([one or "" for one in some], len(some))[order], given, words)
    if not kinds <= {int, float, bool}:
        raise Unclear("facts")
    kind: Any = np.float64 if float in kinds else np.int64
    return ColumnValues(np.array([one or 0 for one in some], dtype=kind)[order], given)
