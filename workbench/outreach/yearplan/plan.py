"""`YearPlan`: the touch plan of a year (domain 6.8), as pages, sheets, files and JSON read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

#: why a touch has no day, or stands beside its span: merged into a higher one of its week, barred by consent, over a cap, left
#: out by the manager, no room; 'late': placed after its span
TouchState = Literal["planned", "late", "merged", "barred", "capped", "left_out", "no_room"]


class TouchJson(TypedDict):
    """A touch for programs: `date` ISO, the day it has or would have had; `suppressed`: null, or why it is not made, in words."""

    customer_no: str
    date: str
    reason: str
    kind: str
    channel: str
    moved_from: str | None
    suppressed: str | None


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    """One touch. `day` ISO, None where it is not made; `wanted` the best day; `first`, `last` its span; `minutes` of the
    manager's time; `words`: the reason in words; `why`: the ground in words where it is not made; `chosen`: the manager set
    its day; `moved_from`: the day (ISO) it had before the last planning; `done`: the customer was reached in its week;
    `drafted`: the day (ISO) on which words for it were copied last, which says nothing of a contact."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    reason: str
    words: str
    occurrence: str
    kind: str
    channel: str
    priority: int
    minutes: float
    first: str
    last: str
    wanted: str
    day: str | None
    state: TouchState
    why: str = ""
    chosen: bool = False
    moved_from: str | None = None
    done: bool = False
    drafted: str = ""

    def as_json(self) -> TouchJson:
        """The touch for the command line."""
        return {
            "customer_no": self.customer_no, "date": self.day or self.wanted, "reason": self.words, "kind": self.kind,
            "channel": self.channel, "moved_from": self.moved_from,
            "suppressed": None if self.day is not None else self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way out with its number: `kind` 'interval' (days for a tier), 'group' (touches to a group channel) or 'hours' (minutes
    more a day); `words` the sentence."""

    kind: Literal["interval", "group", "hours"]
    number: float
    words: str


@dataclass(frozen=True, slots=True)
class NotFitting:
    """An overfull interval [first, last] (ISO), the proof: what must lie in it takes `needed` minutes, it has `available`;
    `tier` fills most of it; `touches`: how many are late or have no day; `customers`: numbers of the first of the `people`
    whom they are of; `words` the sentence."""

    first: str
    last: str
    needed: float
    available: float
    tier: str
    touches: int
    customers: tuple[str, ...]
    words: str
    remedies: tuple[Remedy, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class DaySum:
    """What is planned for a day (ISO): `load` and `capacity` in minutes, `touches` by reason code."""

    date: str
    load: float
    capacity: float
    touches: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of a year by data of `as_of` (ISO), planned from a day on. `days`: the workdays that have a capacity; `moved`:
    how many touches the last planning moved, of `touches`; `suppressed`: how many are not made, by state; `notes`: sentences
    to be read first (a column without which nobody is planned for a reason)."""

    year: int
    as_of: str | None
    planned_from: str
    made: str
    days: tuple[DaySum, ...]
    touches: int
    suppressed: Mapping[str, int]
    not_fitting: tuple[NotFitting, ...]
    moved: int = 0
    notes: tuple[str, ...] = ()
