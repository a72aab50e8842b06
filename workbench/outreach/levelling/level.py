"""`level`: wishes and cadences placed on workdays within the capacity (domain 6.8).

In order: what the manager chose, service touches, for heads (L6 and above) what ranks above the cadence (messages to many for
everybody with it: they take seconds) and then the cadence, the same for the others, then the rest by priority; in each the
earliest deadline first, on the day nearest to the wanted one that has room and a low load; where none has room, one placed touch
is moved within its own span. Days of a standing plan are kept where they may stay. Same input, same placement; the order of rows
does not matter.
"""

from dataclasses import replace

import numpy as np

from workbench.outreach.levelling.overfull import spans
from workbench.outreach.levelling.placement import DayRoom, Placement, TouchDays, no_days
from workbench.outreach.levelling.placing import PlacingRun
from workbench.outreach.levelling.preparing import prepared
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.people.contact_caps import TouchLimits


def level(
    wishes: WishTable,
    cadence: CadenceTable,
    limits: TouchLimits,
    room: DayRoom,
    *,
    start: int,
    today: int = 0,
    choices: TouchDays | None = None,
    kept: TouchDays | None = None,
    prove: bool = True,
) -> Placement:
    """All wishes, and the touches that the cadences need between `start` (ordinal) and the last day of `room`.

    `today`: ordinal, where the plan starts later than the present: then clocks run on in their own rhythm until the start.
    `prove`: with the proofs of what does not fit.
    """
    days = np.flatnonzero(room.days >= start)
    room = replace(room, days=room.days[days], seconds=room.seconds[days])
    ready = prepared(wishes, cadence, limits, room, start, today, choices or no_days(), kept or no_days())
    run = PlacingRun(ready)
    placed = run.placement()
    if not prove:
        return placed
    return replace(placed, overfull=spans(placed, ready.duty, room, start, run.closed()))
