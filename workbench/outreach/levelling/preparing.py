"""Wishes and cadences made ready to be placed: one order, consent applied, spans as places of workdays."""

from dataclasses import dataclass

import numpy as np

from workbench.outreach.cadence.capacity import GROUP
from workbench.outreach.levelling.allowing import (
    SERVICE,
    Allowed,
    allowed,
    channels_of,
    grounds_of,
)
from workbench.outreach.levelling.duties import Duties, duties
from workbench.outreach.levelling.joining import by_customer, days_of, keys
from workbench.outreach.levelling.placement import CADENCE, DayRoom, TouchDays
from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole, WishTable
from workbench.people.contact_caps import TouchLimits

#: order of placing; the cadences of heads come at HEAD_CADENCE, those of the others at CADENCES
SERVICES, HEAD_CARE, HEAD_CADENCE, CARES, CADENCES, REST = range(6)
#: a customer without a cadence: his tier is not known
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `PlacingRun` works on. Columns of wishes are in the order of placing, `order` gives their rows in the table; `who`:
    place of the customer in `customers`; `first` as consent allows; `a`, `b`, `want`: places of days; `chosen`, `kept`: the day
    (ordinal) chosen (0: left out) or kept, -1 for none; `phase` of placing.

    `duty`; and its columns again by place in `customers`: `interval` 0 where he has no cadence.
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
    duty: Duties
    interval: Whole
    clock: Whole
    hope: Whole
    opens: Whole
    owed_since: Whole
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
    duty = duties(cadence, limits, channels, grounds, start, today)
    mine = np.searchsorted(customers, duty.customer)

    def of_customers(column: Whole | Flags, missing: int = 0) -> Whole:
        out = np.full(len(customers), missing, np.int64)
        out[mine] = column
        return out

    head = of_customers(duty.head) > 0
    above = of_customers(duty.priority, int(duty.priority.min()) if len(duty.priority) else 0)
    who = np.searchsorted(customers, wishes.customer)
    # a share of a message to many takes seconds: calls do not push it out
    first = head[who] | (np.array(wishes.channels)[wishes.channel] == GROUP)
    phase = np.where(
        wishes.kind == SERVICE, SERVICES,
        np.where(wishes.priority > above[who], REST, np.where(first, HEAD_CARE, CARES)),
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
        duty=duty, interval=of_customers(duty.interval), clock=of_customers(duty.clock), hope=of_customers(duty.hope),
        opens=of_customers(duty.opens), owed_since=of_customers(duty.owed_since),
        cadence_channel=of_customers(duty.channel), cadence_seconds=of_customers(duty.seconds), cadence_priority=above,
        cadence_ground=of_customers(duty.ground), cadence_talk=of_customers(duty.talk) > 0, head=head,
        rank=of_customers(duty.rank, UNKNOWN),
        chosen_cadence=by_customer(CADENCE, choices), kept_cadence=by_customer(CADENCE, kept),
    )  # fmt: skip


def _places(days: Whole, own: Allowed, last: Whole, wanted: Whole) -> tuple[Whole, Whole, Whole]:
    a = np.searchsorted(days, own.first)
    b = np.searchsorted(days, last, "right") - 1
    before = np.searchsorted(days, wanted, "right") - 1
    after = np.minimum(np.searchsorted(days, wanted), max(len(days) - 1, 0))
    want = np.where(before >= a, before, after)
    return a, b, np.clip(want, a, np.maximum(a, b))
