"""`WishTable`: what customers would be contacted for in a year, in columns: a book has hundreds of thousands of them."""

from dataclasses import dataclass, fields, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.outreach.wishes.kinds import KINDS

Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WishTable:
    """Wishes with a span of their own; all columns have the same length, days are ordinals (`date.toordinal`).

    `customer` ids; `reason`, `channel`: places in `reasons`, `channels`; `occurrence`: the day that it is about, which tells it
    from others of its reason and stays the same as long as the fact does; `kind`: place in KINDS; `priority`: 0 first (domain
    6.8); `seconds` of the manager's time; `first`, `last`: the span of days; `wanted`: the best day; `capped`: whether it counts
    as the one touch of its week; `talk`: whether it is a meaningful touch that the customer answers (resets the cadence).
    """

    reasons: tuple[str, ...]
    channels: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class CadenceTable:
    """For each customer how often he is contacted; columns as above, one row a customer.

    `interval` in days; `last_talk`: ordinal of the last contact that both spoke in, 0 where none is known; `channel`, `seconds`,
    `priority` of a touch for it; `talk`: False where a group message does (the base tower); `rank`: place of the tier, the
    highest first; `head`: whether the plan owes him the cadence or a proof (L6 and above).
    """

    channels: tuple[str, ...]
    customer: Whole
    interval: Whole
    last_talk: Whole
    channel: Whole
    seconds: Whole
    priority: Whole
    talk: Flags
    rank: Whole
    head: Flags


def but_for(wishes: WishTable, customers: Whole) -> WishTable:
    """Without what is no service for some customers."""
    keep = (wishes.kind == KINDS.index("service")) | ~np.isin(wishes.customer, customers)
    columns = {one.name: getattr(wishes, one.name) for one in fields(wishes)}
    return replace(
        wishes, **{name: one[keep] for name, one in columns.items() if isinstance(one, np.ndarray)}
    )
