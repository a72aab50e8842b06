"""`TouchColumns`: the touches of a plan in columns, between levelling and book; days are ordinals."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from workbench.outreach.wishes.wish_table import Whole

#: the states of a touch, as they are stored; 'done': a contact reached the customer within its span
STATES = ("planned", "late", "merged", "barred", "capped", "left_out", "no_room", "done")
#: bits of a key that the reason and the occurrence take
_REASON, _DAY = 11, 20


@dataclass(frozen=True, slots=True)
class TouchColumns:
    """Touches in columns of the same length.

    As in `WishTable`; `day`: ordinal, 0 where it is not made; `state`: place in STATES; `why`: place in `grounds` (codes with
    their numbers, '' first); `moved_from`: the day before the last planning, 0 where that moved nothing.
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
    day: Whole
    state: Whole
    why: Whole
    moved_from: Whole

    def __len__(self) -> int:
        return len(self.customer)

    def some(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "TouchColumns":
        """Those that a mask or places name, in that order."""
        return replace(self, **{name: getattr(self, name)[which] for name in COLUMNS})

    def keys(self, reasons: Sequence[str]) -> Whole:
        """A number for each that tells it from all others: its customer, its reason (by its place in `reasons`, which has
        all of them) and its occurrence."""
        places = {code: place for place, code in enumerate(reasons)}
        known = np.array([places[code] for code in self.reasons] or [0], np.int64)
        reason = known[self.reason] if len(self) else self.reason
        return key_of(self.customer, reason, self.occurrence)

    def state_is(self, *states: str) -> NDArray[np.bool_]:
        """Which touches are in one of these states."""
        return np.isin(self.state, [STATES.index(one) for one in states])


#: the columns of numbers
COLUMNS = tuple(one.name for one in fields(TouchColumns))[3:]


def key_of(customer: Whole, reason: Whole, occurrence: Whole) -> Whole:
    """A number for each touch: it orders by customer, reason (its place among some), occurrence (ordinal)."""
    return (customer << (_REASON + _DAY)) | (reason << _DAY) | occurrence


def joined(parts: Sequence[TouchColumns]) -> TouchColumns:
    """The touches of several tables in one, in their order."""
    reasons, channels, grounds = (
        tuple(dict.fromkeys(code for one in parts for code in getattr(one, name)))
        for name in ("reasons", "channels", "grounds")
    )
    columns = {
        name: np.concatenate([getattr(one, name) for one in parts] or [np.zeros(0, np.int64)])
        for name in COLUMNS
    }
    for name, codes in (("reason", reasons), ("channel", channels), ("why", grounds)):
        of = {"reason": "reasons", "channel": "channels", "why": "grounds"}[name]
        columns[name] = np.concatenate(
            [_placed(getattr(one, name), getattr(one, of), codes) for one in parts] or [np.zeros(0, np.int64)]
        )
    return TouchColumns(reasons, channels, grounds, **columns)


def _placed(places: Whole, codes: Sequence[str], among: Sequence[str]) -> Whole:
    """Places among other codes."""
    if not len(places):
        return places
    return np.array([among.index(code) for code in codes], np.int64)[places]


def iso_days(ordinals: Whole) -> list[str | None]:
    """Days as ISO text; None for 0."""
    days, places = np.unique(ordinals, return_inverse=True)
    words = np.empty(len(days), object)
    words[:] = [dt.date.fromordinal(day).isoformat() if day else None for day in days.tolist()]
    column: list[str | None] = words[places].tolist()
    return column


def ordinals(days: Iterable[str | None]) -> Whole:
    """Days of ISO text as ordinals; 0 for None."""
    known: dict[str | None, int] = {None: 0, "": 0}
    numbers = []
    for day in days:
        if (number := known.get(day)) is None:
            number = known[day] = dt.date.fromisoformat(day or "").toordinal()
        numbers.append(number)
    return np.array(numbers, np.int64)
