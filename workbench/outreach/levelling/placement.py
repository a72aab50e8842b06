"""What goes into the levelling beside wishes and limits, and what comes out of it: all in columns, days as ordinals."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from workbench.outreach.wishes.wish_table import Flags, Whole

#: reason code of a touch that is there for the cadence alone
CADENCE = "cadence"

PlacementState: TypeAlias = Literal["planned", "late", "merged", "barred", "capped", "left_out", "no_room"]

#: In the column by place; the same words as `TouchState` of the year's plan.
STATES: tuple[PlacementState, ...] = (
    "planned", "late", "merged", "barred", "capped", "left_out", "no_room",
)  # fmt: skip
PLANNED, LATE, MERGED, BARRED, CAPPED, LEFT_OUT, NO_ROOM = range(len(STATES))

#: Grounds beside those of consent (whose codes stand behind these in `Placement.grounds`).
#: 'week': another touch of the week, in `into`; 'cap': the most contacts of some days; 'silent': only silent days; 'channel':
#: refused; 'no_workday': its span has none; 'over': its span ended before the plan; 'full': no day has room; 'choice'
GROUNDS = ("", "week", "cap", "silent", "channel", "no_workday", "over", "full", "choice")


@dataclass(frozen=True, slots=True)
class DayRoom:
    """The workdays that may be planned (ordinals, ascending) and the `seconds` of the manager's time on each. `end`: the last day
    (ordinal) before the next workday, up to which who is due must be reached on them; 0: the last of them."""

    days: Whole
    seconds: Whole
    end: int = 0


@dataclass(frozen=True, slots=True)
class TouchDays:
    """Touches with a day: of a standing plan, or chosen by the manager (`day` 0: left out). Columns of equal length;
    `reason`: place in `reasons`, codes; together with `customer` and `occurrence` it names a touch."""

    reasons: tuple[str, ...]
    customer: Whole
    reason: Whole
    occurrence: Whole
    day: Whole


def no_days() -> TouchDays:
    """None at all."""
    none = np.zeros(0, np.int64)
    return TouchDays((), none, none, none, none)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A remedy with its number: `kind` 'interval' (`number`: the days that tier `rank` would need, of `before`), 'group' (so
    many touches to a group message) or 'hours' (seconds a day more)."""

    kind: Literal["interval", "group", "hours"]
    number: int
    rank: int = -1
    before: int = 0


@dataclass(frozen=True, slots=True)
class OverfullSpan:
    """A span of days [first, last] into which more must fit than there is room: `needed` seconds of what cannot lie outside
    it, `available` seconds that whole touches can fill. `proven`: whatever the plan; else as the other touches stand: no chain
    of moves makes room (then `available` is what they fill, for the rests of the days are too short).

    `rank`: place of the tier that takes most of it, -1 where no tier is known; `customers`: ids of those whose touches are
    late or have no day, ascending; `touches`: how many these are; `heads`: whether it is about what is owed (see `overfull`).
    `carries`: of a year far beyond its hours how many customers the hours carry (see `carried`), () else.
    """

    first: int
    last: int
    needed: int
    available: int
    rank: int
    touches: int
    customers: tuple[int, ...]
    heads: bool
    proven: bool
    ways_out: tuple[WayOut, ...] = ()
    carries: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """All touches, those of the wishes first in their order, then those made for the cadence, by customer and occurrence.

    `reason`, `channel`, `kind`: places in `reasons`, `channels`, `wish_table.KINDS`; `state` in STATES, `ground` in `grounds`;
    `into`: row of the touch that it was merged into, -1; `day` 0: none; `standing`: the day it had in the kept plan, 0;
    `chosen`: the manager set it; `head`, `rank` as of the customer's cadence (rank -1: he has none). Others as `WishTable`.
    """

    reasons: tuple[str, ...]
    channels: tuple[str, ...]
    grounds: tuple[str, ...]
    customer: Whole
    reason: Whole
    occurrence: Whole
    kind: Whole
    channel: Whole
    priority: Whole
    seconds: Whole
    first: Whole
    last: Whole
    wanted: Whole
    capped: Flags
    talk: Flags
    rank: Whole
    head: Flags
    day: Whole
    state: Whole
    ground: Whole
    into: Whole
    standing: Whole
    chosen: Flags
    overfull: tuple[OverfullSpan, ...] = ()
