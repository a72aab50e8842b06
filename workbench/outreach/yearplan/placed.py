"""What a placement says, as touches of the plan: the manager's choices laid over what the plan would do by itself."""

import datetime as dt

import numpy as np

from workbench.outreach.levelling.placement import STATES as PLACED
from workbench.outreach.levelling.placement import Placement
from workbench.outreach.wishes.wish_table import Whole
from workbench.outreach.yearplan.grounds import BETWEEN
from workbench.outreach.yearplan.touch_columns import STATES, TouchColumns

#: place of each state of a placement among the stored ones
_STATE = np.array([STATES.index(one) for one in PLACED], np.int64)


def touches_of(made: Placement, until: dict[int, tuple[str, int]]) -> TouchColumns:
    """The touches of a placement in its order. `until`: customer id -> (ground, day) on which a ground of consent ends."""
    grounds, why = _grounds(made, until)
    zero = np.zeros(len(made.customer), np.int64)
    # a cadence that is barred has no span
    first, last, wanted = (
        np.where(one > 0, one, made.occurrence) for one in (made.first, made.last, made.wanted)
    )
    return TouchColumns(
        made.reasons, made.channels, grounds, made.customer, made.reason, made.occurrence, made.kind, made.channel,
        made.priority, made.seconds, first, last, wanted, made.day, _STATE[made.state], why, zero,
    )  # fmt: skip


def _grounds(made: Placement, until: dict[int, tuple[str, int]]) -> tuple[tuple[str, ...], Whole]:
    """The grounds with what they are about, and the place of each touch's."""
    known = {"": 0}
    why = np.zeros(len(made.customer), np.int64)
    rows = np.flatnonzero((made.ground > 0) | (made.into >= 0) | (made.state == PLACED.index("late")))
    into, ground, customer, state = (
        column[rows].tolist() for column in (made.into, made.ground, made.customer, made.state)
    )
    for row, other, place, id_, how in zip(rows.tolist(), into, ground, customer, state, strict=True):
        code = made.grounds[place]
        if other >= 0:
            word = f"week{BETWEEN}{made.reasons[int(made.reason[other])]}"
        elif PLACED[how] == "late":
            word = "late" if code != "no_workday" else "late_off"
        elif PLACED[how] == "planned":
            continue
        else:
            word = code + _end(code, until.get(id_))
        why[row] = known.setdefault(word, len(known))
    return tuple(known), why


def _end(code: str, ground: tuple[str, int] | None) -> str:
    if ground is None or ground[0] != code or not ground[1]:
        return ""
    return BETWEEN + dt.date.fromordinal(ground[1]).isoformat()
