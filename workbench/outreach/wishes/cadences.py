"""How often each customer is contacted: his own interval, else that of his level (domain 6.5)."""

import numpy as np

from workbench.outreach.wishes.packed import UNTOLD
from workbench.outreach.wishes.reasons import NO_CHANNEL, TouchReasons
from workbench.outreach.wishes.whom import PlannedCustomers
from workbench.outreach.wishes.wish_table import CadenceTable

#: the highest number of a level
_TOP = 9


def cadence_table(people: PlannedCustomers, reasons: TouchReasons) -> CadenceTable:
    """Everybody with an interval and a channel for it. Who has one of his own is contacted like the waist at least."""
    interval = people["interval"]
    side = np.where(people["own_interval"] == 1, np.maximum(people.side, 1), people.side)
    reason, channels = reasons["cadence"], tuple(reasons.seconds)
    places = {code: place for place, code in enumerate(channels)} | {NO_CHANNEL: -1}
    channel = np.array([places[one] for one in reason.channels])[side]
    here = (interval > 0) & (channel >= 0)
    channel = channel[here]
    seconds = np.array([reasons.seconds[one] for one in channels], dtype=np.int64)
    talks = np.array([one in reasons.talks for one in channels], dtype=np.bool_)
    tier, last = people.tier[here], people["last_talk"][here]
    return CadenceTable(
        channels=channels,
        customer=people.customer[here],
        interval=interval[here],
        last_talk=np.where(last == UNTOLD, 0, last),
        channel=channel,
        seconds=seconds[channel],
        priority=np.full(len(channel), reason.priority, dtype=np.int64),
        talk=talks[channel],
        rank=np.where(tier == UNTOLD, _TOP + 1, _TOP - tier),
        head=people.side[here] == 2,
    )
