"""Wishes and cadences made ready to be placed: one order, consent applied, spans as places of workdays."""

from dataclasses import dataclass

import numpy as np

from workbench.outreach.levelling.allowing import (
    SERVICE,
    Allowed,
    allowed,
    channels_of,
    grounds_of,
)
from workbench.outreach.levelling.joining import by_customer, days_of, keys
from workbench.outreach.levelling.limits import TouchLimits
from workbench.outreach.levelling.placement import CADENCE, DayRoom, TouchDays
from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole, WishTable

#: order of placing; the cadences of heads come at HEAD_CADENCE, those of the others at CADENCES
SERVICES, HEAD_CARE, HEAD_CADENCE, CARES, CADENCES, REST = range(6)
#: a customer without a cadence: his tier is not known
UNKNOWN = -1
#: multiplier that spreads ids over an interval, the same on every machine
_SPREAD, _SPREAD_TOP = 2_654_435_761, 1 << 32


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `PlacingRun` works on. Columns of wishes are in the order of placing, `order` gives their rows in the table; `who`:
    place of the customer in `customers`; `first` as consent allows; `a`, `b`, `want`: places of days; `chosen`, `kept`: the day
    (ordinal) chosen (0: left out) or kept, -1 for none; `phase` of placing.

    Columns by customer (place in `customers`): `interval` (0: no cadence), `clock` from which it runs, `hope` the best day of
    the first touch (0: as for others), `opens` the first day that consent allows, and what the cadence table says.
    """

    reasons: tuple[str, ...]
    channels: tuple[str, ...]
    grounds: tuple[str, ...]
    limits: TouchLimits
    room: DayRoom
    start: int
    wishes: WishTable
    order: Whole
    customers: Whole
    who: Whole
    reason: Whole
    channel: Whole
    seconds: Whole
    first: Whole
    ground: Whole
    held: Whole
    a: Whole
    b: Whole
    want: Whole
    chosen: Whole
    kept: Whole
    phase: Whole
    interval: Whole
    clock: Whole
    hope: Whole
    opens: Whole
    due_order: Whole
    cadence_channel: Whole
    cadence_seconds: Whole
    cadence_priority: Whole
    cadence_ground: Whole
    cadence_talk: Flags
    head: Flags
    rank: Whole
    chosen_cadence: dict[int, list[tuple[int, int]]]
    kept_cadence: dict[int, list[tuple[int, int]]]


def prepared(
    wishes: WishTable,
    cadence: CadenceTable,
    limits: TouchLimits,
    room: DayRoom,
    start: int,
    today: int,
    choices: TouchDays,
    kept: TouchDays,
) -> Prepared:
    """See `Prepared`."""
    reasons = tuple(dict.fromkeys([*wishes.reasons, CADENCE]))
    channels = channels_of(limits, wishes.channels, cadence.channels)
    grounds = grounds_of(limits)
    customers = np.unique(np.concatenate([wishes.customer, cadence.customer]))
    mine = np.searchsorted(customers, cadence.customer)

    def of_customers(column: Whole, missing: int) -> Whole:
        out = np.full(len(customers), missing, np.int64)
        out[mine] = column
        return out

    consent = allowed(
        limits, channels, grounds, cadence.customer, np.full_like(cadence.customer, SERVICE + 1),
        np.array([channels.index(code) for code in cadence.channels], np.int64)[cadence.channel],
        cadence.seconds, np.full_like(cadence.customer, start),
    )  # fmt: skip
    interval = of_customers(np.maximum(cadence.interval, 1), 0)
    clock, hope = _clocks(cadence, consent.first, start, today)
    head = of_customers(cadence.head.astype(np.int64), 0) > 0
    above = of_customers(cadence.priority, int(cadence.priority.min()) if len(cadence.priority) else 0)

    who = np.searchsorted(customers, wishes.customer)
    phase = np.where(
        wishes.kind == SERVICE, SERVICES,
        np.where(wishes.priority > above[who], REST, np.where(head[who], HEAD_CARE, CARES)),
    )  # fmt: skip
    by_code = np.argsort(np.argsort(np.array(reasons)))
    order = np.lexsort((
        wishes.occurrence, by_code[wishes.reason], wishes.customer, wishes.first, wishes.last, ~head[who],
        wishes.priority, phase,
    ))  # fmt: skip
    key = keys(wishes.customer, wishes.reason, wishes.occurrence)[order]
    own = allowed(
        limits, channels, grounds, wishes.customer[order], wishes.kind[order],
        np.array([channels.index(code) for code in wishes.channels], np.int64)[wishes.channel[order]],
        wishes.seconds[order], np.maximum(wishes.first[order], start),
    )  # fmt: skip
    a, b, want = _places(room.days, own, wishes.last[order], wishes.wanted[order])
    return Prepared(
        reasons=reasons, channels=channels, grounds=grounds, limits=limits, room=room, start=start, wishes=wishes,
        order=order, customers=customers, who=who[order], reason=wishes.reason[order], channel=own.channel,
        seconds=own.seconds, first=own.first, ground=own.ground, held=own.held, a=a, b=b, want=want,
        chosen=days_of(key, reasons, choices), kept=days_of(key, reasons, kept), phase=phase[order],
        interval=interval, clock=of_customers(clock, 0), hope=of_customers(hope, 0),
        opens=of_customers(consent.first, start), due_order=of_customers(cadence.last_talk + cadence.interval, 0),
        cadence_channel=of_customers(consent.channel, 0), cadence_seconds=of_customers(consent.seconds, 0),
        cadence_priority=above, cadence_ground=of_customers(consent.ground, 0),
        cadence_talk=of_customers(cadence.talk.astype(np.int64), 0) > 0, head=head,
        rank=of_customers(cadence.rank, UNKNOWN),
        chosen_cadence=by_customer(CADENCE, choices), kept_cadence=by_customer(CADENCE, kept),
    )  # fmt: skip


def _places(days: Whole, own: Allowed, last: Whole, wanted: Whole) -> tuple[Whole, Whole, Whole]:
    a = np.searchsorted(days, own.first)
    b = np.searchsorted(days, last, "right") - 1
    before = np.searchsorted(days, wanted, "right") - 1
    after = np.minimum(np.searchsorted(days, wanted), max(len(days) - 1, 0))
    want = np.where(before >= a, before, after)
    return a, b, np.clip(want, a, np.maximum(a, b))


def _clocks(cadence: CadenceTable, opens: Whole, start: int, today: int) -> tuple[Whole, Whole]:
    """(day from which the interval runs, best day of the first touch or 0). Who is overdue, or whose last talk is unknown, is due
    within one interval from the start: the longer overdue the earlier, else spread by the id."""
    interval = np.maximum(cadence.interval, 1)
    talk = cadence.last_talk
    if today and start > today:
        rounds = np.maximum(start - 1 - talk, 0) // interval
        talk = np.where(talk > 0, talk + rounds * interval, 0)
    begins = np.maximum(opens, start)
    overdue = np.where(talk > 0, np.maximum(begins - talk - interval, 0), 0)
    anew = (talk == 0) | (talk + interval < begins)
    spread = cadence.customer * _SPREAD % _SPREAD_TOP * interval // _SPREAD_TOP
    hope = np.where(anew, begins + spread * interval // (interval + overdue), 0)
    return np.where(anew, begins - 1, talk), hope
