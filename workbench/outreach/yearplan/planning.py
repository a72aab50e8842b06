"""Plans touches anew: all of them, or those of some customers in the room that the others leave."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import LATE, NO_ROOM, DayRoom, Placement
from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole
from workbench.outreach.yearplan.choices import TouchKey
from workbench.outreach.yearplan.gathering import PlanMaterial
from workbench.outreach.yearplan.placed import touches_of
from workbench.outreach.yearplan.standing import StoodTouches, chosen_days, some_wishes
from workbench.outreach.yearplan.touch_columns import TouchColumns


@dataclass(frozen=True, slots=True)
class MadeTouches:
    """What a planning gave: the touches that stand now, and the placement they come from."""

    touches: TouchColumns
    placement: Placement


def planned(
    material: PlanMaterial,
    stood: StoodTouches,
    choices: Mapping[TouchKey, str],
    room: DayRoom | None = None,
) -> MadeTouches:
    """Places the wishes of `material`, keeping the days of `stood` where they may stay; `room`: what the days have left for them,
    None: all."""
    start, today = material.start.toordinal(), material.today.toordinal()
    placement = level(
        stood.open_wishes(material.wishes, choices), material.cadence, material.limits,
        material.room if room is None else room, start=start, today=today if start > today else 0,
        choices=chosen_days(choices, start), kept=stood.kept(),
    )  # fmt: skip
    limits = material.limits
    made = touches_of(placement, {**limits.held, **limits.frozen})
    return MadeTouches(stood.joined(made, placement.chosen), placement)


def of_some(material: PlanMaterial, some: Whole) -> PlanMaterial:
    """The material of some customers (ids)."""
    return replace(
        material,
        wishes=some_wishes(material.wishes, np.isin(material.wishes.customer, some)),
        cadence=_some_cadences(material.cadence, np.isin(material.cadence.customer, some)),
    )


def _some_cadences(cadence: CadenceTable, which: Flags) -> CadenceTable:
    columns = {
        name: getattr(cadence, name)[which]
        for name in CadenceTable.__dataclass_fields__
        if name != "channels"
    }
    return replace(cadence, **columns)


def room_left(room: DayRoom, load: Mapping[int, int]) -> DayRoom:
    """What the days have left beside a load (day -> seconds)."""
    left = [
        max(seconds - load.get(day, 0), 0)
        for day, seconds in zip(room.days.tolist(), room.seconds.tolist(), strict=True)
    ]
    return DayRoom(room.days, np.array(left, np.int64))


@dataclass(frozen=True, slots=True)
class NeededRoom:
    """Room that a touch found on no day of its span: `seconds`, and which touches may make way: those of a lower order."""

    first: int
    last: int
    wanted: int
    seconds: int
    priority: int


def without_room(made: Placement, customers: Collection[int] | None = None) -> tuple[NeededRoom, ...]:
    """The touches that are late or have no day because all days of their span are full, the highest first."""
    full = made.grounds.index("full") if "full" in made.grounds else -1
    late = made.state == LATE
    out = np.flatnonzero(late | ((made.state == NO_ROOM) & (made.ground == full)))
    if customers is not None:
        out = out[np.isin(made.customer[out], list(customers))]
    order = out[np.lexsort((made.customer[out], made.last[out], made.priority[out]))]
    columns = (made.first, made.last, made.wanted, made.seconds, made.priority)
    return tuple(NeededRoom(*cells) for cells in zip(*(one[order].tolist() for one in columns), strict=True))
