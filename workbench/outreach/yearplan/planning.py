"""Plans touches anew: all of them, or those of some customers in the room that the others leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import LATE, NO_ROOM, DayRoom, Placement
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole, WishTable
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
    *,
    prove: bool = True,
) -> MadeTouches:
    """Places the wishes of `material`, keeping the days of `stood` where they may stay; `room`: what the days have left for them,
    None: all; `prove`: with the proofs of what does not fit."""
    start, today = material.start.toordinal(), material.today.toordinal()
    placement = level(
        stood.open_wishes(material.wishes, choices), material.cadence, material.limits,
        material.room if room is None else room, start=start, today=today if start > today else 0,
        choices=chosen_days(choices, start), kept=stood.kept(), prove=prove,
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


def with_more(material: PlanMaterial, more: PlanMaterial) -> PlanMaterial:
    """The material of other customers beside it."""
    mine, theirs = material.limits, more.limits
    limits = replace(
        mine, held={**mine.held, **theirs.held}, frozen={**mine.frozen, **theirs.frozen},
        refused={**mine.refused, **theirs.refused}, lately={**mine.lately, **theirs.lately},
        failing={**mine.failing, **theirs.failing},
    )  # fmt: skip
    return replace(
        material, limits=limits, reached={**material.reached, **more.reached},
        wishes=WishTable(**_beside(material.wishes, more.wishes, ("reasons", "channels"))),
        cadence=CadenceTable(**_beside(material.cadence, more.cadence, ("channels",))),
    )  # fmt: skip


def _beside(
    one: WishTable | CadenceTable, other: WishTable | CadenceTable, codes: tuple[str, ...]
) -> dict[str, Any]:
    """The columns of two tables, one below the other; `codes`: the names of their tuples of codes."""
    cells: dict[str, Any] = {}
    for name in codes:
        cells[name] = tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
    for name in one.__dataclass_fields__.keys() - set(codes):
        below, among = getattr(other, name), f"{name}s"
        if among in codes and len(below):
            places = [cells[among].index(code) for code in getattr(other, among)]
            below = np.array(places, np.int64)[below]
        cells[name] = np.concatenate([getattr(one, name), below])
    return cells


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
    return replace(room, seconds=np.array(left, np.int64))


@dataclass(frozen=True, slots=True)
class NeededRoom:
    """Room that a touch found on no day of its span: `seconds`, and which touches may make way: those of a lower order."""

    first: int
    last: int
    wanted: int
    seconds: int
    priority: int


def without_room(made: Placement) -> tuple[NeededRoom, ...]:
    """What is owed (service, and what heads are called for) and late or without a day because its days are full, the highest
    first."""
    full = made.grounds.index("full") if "full" in made.grounds else -1
    owed = (made.kind == KINDS.index("service")) | (made.head & made.talk)
    out = (made.state == LATE) | ((made.state == NO_ROOM) & (made.ground == full))
    rows = np.flatnonzero(owed & out)
    order = rows[np.lexsort((made.customer[rows], made.last[rows], made.priority[rows]))]
    columns = (made.first, made.last, made.wanted, made.seconds, made.priority)
    return tuple(NeededRoom(*cells) for cells in zip(*(one[order].tolist() for one in columns), strict=True))
