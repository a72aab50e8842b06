"""Keeps the stays in the stages: folded over all months once, brought forward by an import or for the customers concerned."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection, select

from db.audit import revision
from db.journey import journey_stays
from db.since import BY_HAND, EDITED, changed_since
from db.tables import risks, snapshots
from workbench.base.dates import month_end, shift_month
from workbench.base.months import data_date, reported_months
from workbench.insight.churn.assessing import version as check_version
from workbench.insight.levels.folding import Wholes
from workbench.insight.measures import month_averages
from workbench.insight.measures.brought import Brought
from workbench.insight.measures.month_averages import MISSING, MonthAverages
from workbench.insight.stages import facts, packed
from workbench.insight.stages.dated_back import dated_back, first_event
from workbench.insight.stages.facts import HIGH, PEAK, EventDates, ListedMonth
from workbench.insight.stages.lights import MonthLights, lights_of, lights_of_many, looked_at, stored_of
from workbench.insight.stages.lines import LIGHTS, ORANGE, UNKNOWN, StageLines
from workbench.insight.stages.month_columns import MonthColumns
from workbench.insight.stages.stepping import COLUMNS, MonthFacts, Moves, StageState, advanced
from workbench.insight.stages.storing import store
from workbench.insight.stages.touched import EVER, touched
from workbench.rules.parameters import Rules

#: raised when the meaning of a stage changes in code
LOGIC = "1"
#: customers times months from which on a copy of what the check looks at pays
_MANY = 50_000
#: past months from which on the whole book is read for them
_SOME = 4


def standing(conn: Connection, rules: Rules) -> bool:
    """Whether the stays are those of the present book and rules."""
    return _brought(rules).stood(conn) == revision(conn)


def bring_forward(conn: Connection, rules: Rules) -> None:
    """Brings the stays up to the book. Inside `Book.derive()`, after the check of the newest month and the averages."""
    months = reported_months(conn)
    brought = _brought(rules)
    stood, at = brought.stood(conn), revision(conn)
    if not months or stood == at:
        return
    bases = {month: _basis(conn, month, rules) for month in months}
    kept = packed.stored(conn) if stood is not None else {}
    first = _first(conn, stood, months, kept, bases)
    only = _concerned(conn, stood, months) if stood is not None and first == months[-1] in kept else None
    earlier = [month for month in months if month < first and month in kept]
    back: Collection[int] = ()
    if stood is not None and earlier:
        of = dated_back(conn, stood, facts.iso(_day(conn, earlier[-1])))
        first, back = (EVER, ()) if of is None else (first, of)
        only = only if first else None
    if only is not None:
        _for_some(conn, months, bases, rules, only)
    else:
        _from(conn, first, [month for month in months if month >= first], bases, rules)
    if back:
        _whole(conn, months, bases, rules, back)
    brought.keep(conn, at)


def _brought(rules: Rules) -> Brought:
    return Brought(journey_stays, snapshots, f"{check_version(rules)}.{LOGIC}")


def _basis(conn: Connection, month: str, rules: Rules) -> str:
    return f"{check_version(rules)}.{LOGIC} {data_date(conn, month)}"


def _first(
    conn: Connection,
    stood: int | None,
    months: Sequence[str],
    kept: Mapping[str, str],
    bases: Mapping[str, str],
) -> str:
    """The first month whose step is to be taken again, the newest at the latest."""
    if stood is None:
        return EVER
    again = {month for month in bases if kept.get(month) != bases[month]} | {
        month for month in kept if month not in bases
    }
    event = first_event(conn, stood)
    since = set() if event is None else {event[:7]}
    return min(again | touched(conn, stood) | since | {months[-1]})


def _concerned(conn: Connection, stood: int, months: Sequence[str]) -> frozenset[int] | None:
    """The customers whom the writes since a revision concern, with those whose light is another; None: all."""
    since = changed_since(conn, stood)
    if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
        return None
    state = packed.read(conn, months[-1])
    if state is None:
        return None
    r = risks.c
    lit = {
        row.customer_id: LIGHTS.index(row.light)
        for row in conn.execute(
            select(r.customer_id, r.light).where(r.month == months[-1], r.light.in_(LIGHTS[ORANGE:]))
        )
    }
    was = state.light >= ORANGE
    before = dict(zip(state.customers[was].tolist(), state.light[was].tolist(), strict=True))
    other = {one for one in lit.keys() | before.keys() if lit.get(one) != before.get(one)}
    return since.customers | other


# -- whole columns -----------------------------------------------------------------------------------------------------


def _from(
    conn: Connection, since: str, months: Sequence[str], bases: Mapping[str, str], rules: Rules
) -> None:
    """Takes the steps of these months, up to the newest, for everybody; `since`: the first month that is another, no list of
    which may be left."""
    by = StageLines.of(rules)
    first = months[0]
    every = _run(min(bases), months[-1])
    earlier = max((month for month in bases if month < first), default=None)
    state = (packed.read(conn, earlier) if earlier else None) or StageState.unseen(np.empty(0, np.int64))
    packed.drop(conn, [month for month in packed.stored(conn) if month >= since])
    back = [month for month in every if shift_month(first, 1 - PEAK) <= month]
    averages = month_averages.read(conn, [month for month in back if month in bases])
    lists = {
        month: kept
        for month in back
        if shift_month(first, 1 - HIGH) <= month < first and (kept := packed.read(conn, month)) is not None
    }
    wide = looked_at(conn, months, rules) if _many(months, averages) else None
    rows = facts.listed(conn, months) if wide is None else wide.listed(months)
    ids = np.unique(np.concatenate([state.customers, *(one.customers for one in rows.values())]))
    state = state.of(ids)
    looked = {month: one.of(ids) for month, one in averages.items()}
    dailies = {
        month: np.where(one.of(ids).daily == 1, looked[month], MISSING) for month, one in lists.items()
    }
    dates = EventDates(conn, _day(conn, first), by, None)
    moves = []
    lights = _lights(conn, months, ids, averages, rules, wide)
    for month in months:
        looked[month], dailies[month] = rows[month].averages_of(ids), rows[month].dailies_of(ids)
        daily = (dailies[month] != MISSING).astype(np.int64)
        of_month = _KnownUpTo(ids, month, looked, dailies, next(lights).of(ids))
        state, moved = advanced(
            replace(state, daily=daily), of_month.facts(conn, rows[month], dates, every, rules), by
        )
        packed.keep(conn, month, bases[month], state)
        moves.append(moved)
    store(conn, since, moves)


def _many(months: Sequence[str], averages: Mapping[str, MonthAverages]) -> bool:
    """Whether so many past months are taken again that the whole book is read once for them."""
    past = [averages[month] for month in months[:-1] if month in averages]
    return len(past) > _SOME and sum(len(one.customers) for one in past) > _MANY


def _lights(
    conn: Connection,
    months: Sequence[str],
    ids: Wholes,
    averages: Mapping[str, MonthAverages],
    rules: Rules,
    wide: MonthColumns | None,
) -> Iterator[MonthLights]:
    """The lights of the months in their order, the newest as they are stored."""
    *past, newest = months
    if past and len(past) * len(ids) > _MANY:
        lowest = round(rules.number("light.lowest_line") * 100)
        able = np.zeros(len(ids), dtype=np.bool_)
        for one in averages.values():
            able |= one.of(ids) >= lowest
        yield from lights_of_many(conn, past, ids[able], rules, wide)
    else:
        for month in past:
            yield lights_of(conn, month, -1, rules)
    yield lights_of(conn, newest, revision(conn), rules)


@dataclass(frozen=True, slots=True)
class _KnownUpTo:
    """What is known of some customers up to a month: averages and daily averages by month, the month's lights."""

    ids: Wholes
    month: str
    averages: Mapping[str, Wholes]
    dailies: Mapping[str, Wholes]
    lights: Wholes

    def facts(
        self, conn: Connection, listed: ListedMonth, dates: EventDates, run: Sequence[str], rules: Rules
    ) -> MonthFacts:
        """The facts of the month; `run`: the calendar months of the book."""
        ids, day = self.ids, _day(conn, self.month)
        opened, closed, referred = dates.of(ids, day)
        ripe = facts.ripe_in(conn, self.month, rules)
        return MonthFacts(
            self.month, day, listed.places(ids)[1], self.averages[self.month], listed.balances_of(ids),
            facts.highest(self.dailies, self.month, HIGH, ids), facts.highest(self.averages, self.month, PEAK, ids),
            self.lights, opened, closed, referred, lambda some: ripe(ids[some]), _gap(self.month, self.averages, run),
        )  # fmt: skip


def _gap(month: str, listed: Mapping[str, Wholes], run: Sequence[str]) -> int:
    """How many months without a list lie before a month."""
    gap = 0
    while (before := shift_month(month, -1 - gap)) in run and before not in listed:
        gap += 1
    return gap


def _run(first: str, last: str) -> list[str]:
    run = [first]
    while run[-1] < last:
        run.append(shift_month(run[-1], 1))
    return run


def _day(conn: Connection, month: str) -> int:
    return facts.ordinal(data_date(conn, month)) or month_end(month).toordinal()


# -- a few -------------------------------------------------------------------------------------------------------------


def _for_some(
    conn: Connection, months: Sequence[str], bases: Mapping[str, str], rules: Rules, only: Collection[int]
) -> None:
    """Takes the step of the newest month again for some customers."""
    month = months[-1]
    after = packed.read(conn, month)
    if after is None or not only:
        return
    ids = np.array(sorted(set(only) & set(after.customers.tolist())), dtype=np.int64)
    if not len(ids):
        return
    lights = {month: _stored_lights(conn, month, ids)}
    states, moves = of_some(conn, months, 1, ids, lights, rules)
    _put(conn, month, bases[month], after, states[-1])
    store(conn, month, moves, ids.tolist())


def _whole(
    conn: Connection, months: Sequence[str], bases: Mapping[str, str], rules: Rules, some: Collection[int]
) -> None:
    """Takes the steps of all months again for some customers."""
    *past, newest = months
    ids = np.array(sorted(some), dtype=np.int64)
    lights = {month: lights_of(conn, month, -1, rules, ids.tolist()).of(ids) for month in past}
    lights[newest] = _stored_lights(conn, newest, ids)
    states, moves = of_some(conn, months, len(months), ids, lights, rules)
    for month, state in zip(months, states, strict=True):
        after = packed.read(conn, month)
        if after is not None:
            _put(conn, month, bases[month], after, state)
    store(conn, EVER, moves, ids.tolist())


def _stored_lights(conn: Connection, month: str, ids: Wholes) -> Wholes:
    known = stored_of(conn, month, ids.tolist())
    return np.array([known.get(one, UNKNOWN) for one in ids.tolist()], dtype=np.int64)


def _put(conn: Connection, month: str, basis: str, after: StageState, state: StageState) -> None:
    """Keeps the state of some customers with those of the others."""
    here = np.isin(state.customers, after.customers)
    places = np.searchsorted(after.customers, state.customers[here])
    for name in COLUMNS:
        getattr(after, name)[places] = getattr(state, name)[here]
    packed.keep(conn, month, basis, after)


def of_some(
    conn: Connection,
    months: Sequence[str],
    number: int,
    ids: Wholes,
    lights: Mapping[str, Wholes],
    rules: Rules,
) -> tuple[list[StageState], list[Moves]]:
    """The steps of the last `number` of `months` (all that the book has up to the last) for a few customers, from the state
    kept after the month before them; writes nothing. `lights`: the heights in each of those months."""
    by = StageLines.of(rules)
    first = months[-number]
    earlier = packed.read(conn, months[-number - 1]) if number < len(months) else None
    state = (earlier or StageState.unseen(ids)).of(ids)
    listed = facts.listed_of(conn, [one for one in months if one > shift_month(first, -PEAK)], ids.tolist())
    averages = {month: one.averages_of(ids) for month, one in listed.items()}
    dailies = {month: one.dailies_of(ids) for month, one in listed.items()}
    dates = EventDates(conn, _day(conn, first), by, ids.tolist())
    run, states, moves = _run(months[0], months[-1]), [], []
    for month in months[-number:]:
        of_month = _KnownUpTo(ids, month, averages, dailies, lights[month])
        state = replace(state, daily=(dailies[month] != MISSING).astype(np.int64))
        state, moved = advanced(state, of_month.facts(conn, listed[month], dates, run, rules), by)
        states.append(state)
        moves.append(moved)
    return states, moves


def trusted(conn: Connection, rules: Rules, customer: int) -> str:
    """The last month before the newest up to which the kept stays of a customer are those of the present lists and rules; ''
    for none."""
    months = reported_months(conn)
    stood = _brought(rules).stood(conn)
    if stood is None or not months:
        return ""
    kept = packed.stored(conn)
    first = _first(conn, stood, months, kept, {month: _basis(conn, month, rules) for month in months})
    until = max((month for month in months if month < first), default="")
    back = dated_back(conn, stood, facts.iso(_day(conn, until))) if until else ()
    return "" if back is None or customer in back else until
