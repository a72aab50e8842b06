"""What does not fit, with its proof: the overfull span of days, what fills it, and three ways out with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.outreach.levelling.demand import Demand, Must, chained_within, demand
from workbench.outreach.levelling.duties import Duties
from workbench.outreach.levelling.placement import (
    CADENCE,
    GROUNDS,
    LATE,
    LEFT_OUT,
    NO_ROOM,
    PLANNED,
    DayRoom,
    OverfullSpan,
    Placement,
    WayOut,
)
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import Flags, Whole

#: more spans than these are joined, neighbours without a common day too
_MOST = 12
_FULL, _SERVICE = GROUNDS.index("full"), KINDS.index("service")
#: a year that needs so many times what it has is beyond one manager: single remedies would not do
_BEYOND = 2
#: so much of the days that are planned, and so many of them, is a year
_YEAR, _LEAST = 0.8, 20
#: a longer interval is looked for up to so many times the present one
_TIMES = 2


@dataclass(frozen=True, slots=True)
class _Rows:
    """Of a placement: places of span and day, which rows failed for want of room, and which are owed (see `spans`)."""

    a: Whole
    b: Whole
    at: Whole
    failed: Flags
    owed: Flags
    of_cadence: Flags


def spans(
    placed: Placement, duty: Duties, room: DayRoom, start: int, closed: Mapping[int, tuple[int, int]]
) -> tuple[OverfullSpan, ...]:
    """The spans that hold what has no day or a late one for want of room: first of what is owed (service, and to heads what ranks
    at least like their cadence), which has its room before all others, then of the rest."""
    if not len(room.days):
        return ()
    rows = _rows(placed, duty, room)
    out: list[OverfullSpan] = []
    for owed in (True, False):
        failed = np.flatnonzero(rows.failed & (rows.owed == owed))
        if len(failed):
            what, counted = _demanded(placed, rows, duty, owed)
            wanted = demand(what, counted, room, start)
            out += _spans(placed, rows, failed, wanted, counted, room, start, owed, closed)
    return tuple(out)


def _rows(placed: Placement, duty: Duties, room: DayRoom) -> _Rows:
    a = np.searchsorted(room.days, placed.first)
    b = np.searchsorted(room.days, placed.last, "right") - 1
    on = np.minimum(np.searchsorted(room.days, placed.day), len(room.days) - 1)
    at = np.where(room.days[on] == placed.day, on, -1)
    set_ = placed.chosen & (at >= 0)
    a, b = np.where(set_, at, a), np.where(set_, at, b)
    of_cadence = placed.reason == (placed.reasons.index(CADENCE) if CADENCE in placed.reasons else -1)
    failed = ((placed.state == LATE) | (placed.state == NO_ROOM)) & (placed.ground == _FULL)
    owes = _of_customers(placed.customer, duty, duty.priority)
    owed = (placed.kind == _SERVICE) | (placed.head & (placed.priority <= owes)) | set_
    return _Rows(a, b, at, failed, owed, of_cadence)


def _of_customers(customer: Whole, duty: Duties, column: Whole) -> Whole:
    """A column of the duties by touch; -1 for customers without."""
    if not len(duty.customer):
        return np.full(len(customer), -1, np.int64)
    place = np.minimum(np.searchsorted(duty.customer, customer), len(duty.customer) - 1)
    return np.where(duty.customer[place] == customer, column[place], -1)


def _demanded(placed: Placement, rows: _Rows, duty: Duties, owed: bool) -> tuple[Must, Duties]:
    """What must be made: where only what is owed counts, that and the cadences of heads; else all."""
    freed = placed.customer[rows.of_cadence & (placed.state == LEFT_OUT)]
    counts = (duty.ground == 0) & ~np.isin(duty.customer, freed)
    if owed:
        counts &= duty.head
    counted = Duties(*(getattr(duty, name)[counts] for name in Duties.__slots__))
    wish = ~rows.of_cadence | (placed.chosen & (placed.day > 0))
    must_be = wish & ((placed.state == PLANNED) | rows.failed) & (rows.owed | (not owed))
    may_save = wish & placed.talk & (placed.state != LEFT_OUT)
    saves = np.where(may_save, np.maximum(_of_customers(placed.customer, counted, counted.seconds), 0), 0)
    mine = must_be | (saves > 0)
    late = placed.state == LATE
    b = np.where(late & ~must_be, len(rows.a) and int(rows.b.max(initial=0)), rows.b)
    return Must(rows.a[mine], b[mine], placed.seconds[mine], must_be[mine], saves[mine]), counted


def _spans(
    placed: Placement,
    rows: _Rows,
    failed: Whole,
    wanted: Demand,
    duty: Duties,
    room: DayRoom,
    start: int,
    owed: bool,
    closed: Mapping[int, tuple[int, int]],
) -> list[OverfullSpan]:
    proven = wanted.proven()
    first, last = _smallest(proven)
    a, b = np.minimum(rows.a[failed], len(first) - 1), np.maximum(rows.b[failed], 0)
    a = np.minimum(a, b)
    home = np.stack([first[a, b], last[a, b]], axis=1)
    for row in np.flatnonzero(home[:, 0] < 0).tolist():
        home[row] = _overlapping(proven, int(a[row]), int(b[row]))
    groups: dict[tuple[int, int], list[int]] = {}
    for row, (low, high) in zip(failed.tolist(), home.tolist(), strict=True):
        groups.setdefault((low, high), []).append(row)
    loose = sorted(row for (low, _), some in groups.items() if low < 0 for row in some)
    groups = _joined({span: some for span, some in groups.items() if span[0] >= 0}, proven)
    out = [
        _span(placed, rows, some, span, wanted, duty, room, start, owed)
        for span, some in sorted(groups.items())
    ]
    if loose:
        for span, some in _apart(loose, rows, closed, len(first)):
            out.append(_span(placed, rows, some, span, wanted, duty, room, start, owed))
    return out


def _apart(
    loose: list[int], rows: _Rows, closed: Mapping[int, tuple[int, int]], size: int
) -> list[tuple[tuple[int, int], list[int]]]:
    """Rows in no proven span by what they reach, those together whose spans have a day in common."""
    reach = []
    for row in loose:
        low, high = closed.get(row, (size, 0))
        low = min(int(rows.a[row]), low, size - 1)
        reach.append((low, max(int(rows.b[row]), high, low), row))
    groups: list[tuple[tuple[int, int], list[int]]] = []
    for low, high, row in sorted(reach):
        if groups and low <= groups[-1][0][1]:
            (begins, ends), some = groups[-1]
            groups[-1] = ((begins, max(ends, high)), [*some, row])
        else:
            groups.append(((low, high), [row]))
    return groups


def _smallest(proven: np.ndarray) -> tuple[Whole, Whole]:
    """By span the smallest proven one that holds it, -1 for none."""
    size = len(proven)
    first = np.full((size, size), -1, np.int64)
    last = np.full((size, size), -1, np.int64)
    for length in range(size, 0, -1):
        a = np.arange(size - length + 1)
        b = a + length - 1
        left = (
            np.where(a > 0, first[np.maximum(a - 1, 0), b], -1),
            np.where(a > 0, last[np.maximum(a - 1, 0), b], -1),
        )
        over = np.minimum(b + 1, size - 1)
        right = np.where(b < size - 1, first[a, over], -1), np.where(b < size - 1, last[a, over], -1)
        wide = [np.where(one[0] >= 0, one[1] - one[0], size) for one in (left, right)]
        take = wide[0] <= wide[1]
        first[a, b] = np.where(proven[a, b], a, np.where(take, left[0], right[0]))
        last[a, b] = np.where(proven[a, b], b, np.where(take, left[1], right[1]))
    return first, last


def _overlapping(proven: np.ndarray, a: int, b: int) -> tuple[int, int]:
    """The smallest proven span that has a day in common with [a, b]; (-1, -1) for none."""
    low, high = np.nonzero(proven[: b + 1, a:])
    high = high + a
    near = np.flatnonzero(low <= high)
    if not len(near):
        return -1, -1
    best = near[np.lexsort((low[near], high[near] - low[near]))[0]]
    return int(low[best]), int(high[best])


def _joined(groups: dict[tuple[int, int], list[int]], proven: np.ndarray) -> dict[tuple[int, int], list[int]]:
    """Spans with a day in common joined, and neighbours too while many are left, as far as the joined span is proven."""
    spans_ = sorted(groups)
    place = 0
    while place + 1 < len(spans_):
        (low, high), (other_low, other_high) = spans_[place], spans_[place + 1]
        both = (min(low, other_low), max(high, other_high))
        if not proven[both] or (other_low > high and len(spans_) <= _MOST):
            place += 1
            continue
        some = groups.pop((low, high)) + groups.pop((other_low, other_high))
        groups[both] = groups.get(both, []) + some
        spans_ = sorted({*spans_[:place], both, *spans_[place + 2 :]})
        place = max(place - 1, 0)
    return groups


def _span(
    placed: Placement,
    rows: _Rows,
    failed: list[int],
    span: tuple[int, int],
    wanted: Demand,
    duty: Duties,
    room: DayRoom,
    start: int,
    owed: bool,
) -> OverfullSpan:
    a, b = span
    needed, available = int(wanted.needed[a, b]), int(wanted.available[a, b])
    proven = needed > available
    inside = (rows.at >= a) & (rows.at <= b)
    inside[failed] = True
    if not proven:
        filled = inside & (rows.at >= a) & (rows.at <= b)
        available = int(placed.seconds[filled].sum())
        needed = available + int(placed.seconds[failed].sum())
    if owed:
        inside &= rows.owed
    rank = _fullest(placed, inside)
    short = max(needed - available, min(int(placed.seconds[row]) for row in failed))
    long = b - a + 1 >= max(_LEAST, _YEAR * len(room.days))
    beyond = proven and long and needed >= _BEYOND * available
    return OverfullSpan(
        first=int(room.days[a]), last=int(room.days[b]), needed=needed, available=available, rank=rank,
        touches=len(failed), customers=tuple(np.unique(placed.customer[failed]).tolist()), heads=owed, proven=proven,
        ways_out=_ways_out(placed, inside, rows, duty, room, start, span, rank, short),
        carries=carried(placed, int(room.seconds.sum())) if beyond else (),
    )  # fmt: skip


def carried(placed: Placement, seconds: int) -> tuple[tuple[int, int, int], ...]:
    """(rank, customers that so much time carries, all customers) of each tier, the highest first: all their touches, whole tiers
    while there is time, then as many as the rest carries at the tier's mean. Who has no tier is not counted."""
    made = (
        (placed.rank >= 0)
        & (placed.state != LEFT_OUT)
        & ((placed.state == PLANNED) | (placed.state == LATE) | (placed.ground == _FULL))
    )
    out = []
    for rank in np.unique(placed.rank[made]).tolist():
        mine = made & (placed.rank == rank)
        n, takes = len(np.unique(placed.customer[mine])), int(placed.seconds[mine].sum())
        fit = n if takes <= seconds else seconds * n // takes
        out.append((rank, fit, n))
        seconds -= min(takes, seconds)
    return tuple(out)


def _fullest(placed: Placement, inside: Flags) -> int:
    known = inside & (placed.rank >= 0)
    if not known.any():
        return -1
    return int(np.argmax(np.bincount(placed.rank[known], weights=placed.seconds[known])))


def _ways_out(
    placed: Placement,
    inside: Flags,
    rows: _Rows,
    duty: Duties,
    room: DayRoom,
    start: int,
    span: tuple[int, int],
    rank: int,
    short: int,
) -> tuple[WayOut, ...]:
    """Three remedies, those that would help: each alone frees `short` seconds of the span."""
    out: list[WayOut] = []
    chain = inside & rows.of_cadence
    tier = _fullest(placed, chain)
    # no higher tier waits for a lower one
    tiers = dict.fromkeys(one for one in (rank, tier) if one >= max(rank, 0))
    longer = (_longer(duty, room, start, span, one, short) for one in tiers)
    out += [one for one in longer if one is not None][:1]
    group = placed.channels.index("group") if "group" in placed.channels else -1
    own = inside & (placed.kind != _SERVICE) & (placed.channel != group) & ~placed.chosen
    of_group = placed.seconds[placed.channel == group]
    each = int(of_group.min()) if len(of_group) else 0
    of_tier = own & (placed.rank == rank)
    for some, which in ((of_tier, rank), (own, -1)):
        gains = np.cumsum(np.sort(placed.seconds[some])[::-1] - each)
        enough = int(np.searchsorted(gains, short))
        if enough < len(gains):
            out.append(WayOut("group", enough + 1, which))
            break
    a, b = span
    out.append(WayOut("hours", -(-short // (b - a + 1)), rank))
    return tuple(out)


def _longer(
    duty: Duties, room: DayRoom, start: int, span: tuple[int, int], tier: int, short: int
) -> WayOut | None:
    """The shortest interval of a tier with which its cadence takes so much less of a span."""
    mine = duty.rank == tier
    if not mine.any():
        return None
    usual = int(np.bincount(duty.interval[mine]).argmax())
    mine &= duty.interval == usual
    tier_duty = Duties(*(getattr(duty, name)[mine] for name in Duties.__slots__))

    def takes(days: int) -> int:
        return chained_within(tier_duty, room.days, start, days, *span)

    now = takes(usual)
    if now - takes(usual * _TIMES) < short:
        return None
    low, high = usual, usual * _TIMES
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if now - takes(middle) >= short else (middle, high)
    return WayOut("interval", high, tier, usual)
