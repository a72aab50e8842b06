"""`Duties`: whom the plan owes a cadence, from which day his clock runs, and what consent leaves of it."""

from dataclasses import dataclass

import numpy as np

from workbench.outreach.levelling.allowing import CARE, allowed
from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole
from workbench.people.contact_caps import TouchLimits

#: multiplier that spreads ids over an interval, the same on every machine
_SPREAD, _SPREAD_TOP = 2_654_435_761, 1 << 31
#: overdue by nothing: last in the order of those who are due on the same day
_NOT_KNOWN = 1 << 30


@dataclass(frozen=True, slots=True)
class Duties:
    """One row a customer, ascending. `clock`: ordinal from which the interval runs, so that he is due by clock + interval;
    `hope`: the best day of the first touch, 0 where it is like the others; `opens`: the first day that consent allows; `ground`:
    place of what bars him for good, 0; `owed_since`: the day by which he was due as the log has it. Others as `CadenceTable`."""

    customer: Whole
    interval: Whole
    clock: Whole
    hope: Whole
    opens: Whole
    owed_since: Whole
    channel: Whole
    seconds: Whole
    priority: Whole
    ground: Whole
    talk: Flags
    head: Flags
    rank: Whole


def duties(
    cadence: CadenceTable,
    limits: TouchLimits,
    channels: tuple[str, ...],
    grounds: tuple[str, ...],
    start: int,
    today: int,
) -> Duties:
    """The duties of a plan that starts on a day; `today`: where it starts later than the present, clocks run on until then."""
    order = np.argsort(cadence.customer, kind="stable")
    customer, interval, talk = (
        cadence.customer[order], np.maximum(cadence.interval[order], 1), cadence.last_talk[order],
    )  # fmt: skip
    known = np.array([channels.index(code) for code in cadence.channels], np.int64)
    consent = allowed(
        limits, channels, grounds, customer, np.full_like(customer, CARE), known[cadence.channel[order]],
        cadence.seconds[order], np.full_like(customer, start),
    )  # fmt: skip
    owed_since = np.where(talk > 0, talk + interval, _NOT_KNOWN)
    if today and start > today:
        talk = np.where(talk > 0, talk + np.maximum(start - 1 - talk, 0) // interval * interval, 0)
    opens = consent.first
    overdue = np.where(talk > 0, np.maximum(opens - talk - interval, 0), 0)
    anew = (talk == 0) | (talk + interval < opens)
    spread = customer % _SPREAD_TOP * _SPREAD % _SPREAD_TOP * interval // _SPREAD_TOP
    return Duties(
        customer=customer, interval=interval, clock=np.where(anew, opens - 1, talk),
        hope=np.where(anew, opens + spread * interval // (interval + overdue), 0), opens=opens, owed_since=owed_since,
        channel=consent.channel, seconds=consent.seconds, priority=cadence.priority[order], ground=consent.ground,
        talk=cadence.talk[order], head=cadence.head[order], rank=cadence.rank[order],
    )  # fmt: skip
