"""Gathers wishes of a year, a reason at a time, into one table."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.base.workday_line import WorkdayLine
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.packed import UNTOLD
from workbench.outreach.wishes.reasons import NO_CHANNEL, TouchReason, TouchReasons
from workbench.outreach.wishes.whom import PlannedCustomers
from workbench.outreach.wishes.wish_table import Flags, Whole, WishTable

_CARE = KINDS.index("care")
_SERVICE = KINDS.index("service")
#: the columns of a wish, in the order in which they are gathered
_COLUMNS = (
    "customer", "reason", "occurrence", "kind", "channel", "priority", "seconds", "first", "last", "wanted",
)  # fmt: skip


@dataclass(slots=True)
class WishCollector:
    """The wishes of `people` in a year, from the day `start` on; days are ordinals. `begins`, `ends`: first and last day of the
    year; `seen`: the day that the figures are seen from."""

    people: PlannedCustomers
    reasons: TouchReasons
    line: WorkdayLine
    year: int
    begins: int
    ends: int
    start: int
    seen: int
    codes: list[str] = field(default_factory=list)
    channels: tuple[str, ...] = ()
    _parts: list[tuple[Whole, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.channels = tuple(self.reasons.seconds)

    def channel(self, reason: TouchReason, rows: Whole, wanted: str = "") -> Whole:
        """The place of the channel for each of some customers, -1 where nobody is contacted; `wanted` for the waist and the
        head, '': as the reason has it."""
        places = {code: place for place, code in enumerate(self.channels)} | {NO_CHANNEL: -1}
        base, *others = reason.channels
        sides = np.array([places[one] for one in (base, *(wanted or one for one in others))])
        channel: Whole = sides[self.people.side[rows]]
        no_friend = (channel == places["wecom"]) & (self.people["wecom"][rows] == 0)
        return np.where(no_friend, places[self.reasons.without_wecom], channel)

    def add(
        self,
        code: str,
        rows: Whole,
        occurrence: Whole,
        wanted: Whole,
        *,
        first: Whole | None = None,
        last: Whole | None = None,
        kind: str = "",
        channel: str = "",
    ) -> None:
        """Wishes of one reason: `rows` places of customers. Those stay whose best day lies in the year and whose span is not
        over; a span is cut to what is left of the year."""
        reason = self.reasons[code]
        first = wanted - reason.before if first is None else first
        last = wanted + reason.after if last is None else last
        by = self.channel(reason, rows, channel)
        here = (wanted >= self.begins) & (wanted <= self.ends) & (last >= self.start) & (by >= 0)
        rows, occurrence, wanted, by = rows[here], occurrence[here], wanted[here], by[here]
        begins = max(self.start, self.begins)
        first, last = np.maximum(first[here], begins), np.minimum(last[here], self.ends)
        seconds = np.array([self.reasons.seconds[one] for one in self.channels], dtype=np.int64)
        if code not in self.codes:
            self.codes.append(code)

        def all_of(value: int) -> Whole:
            """The same for each."""
            return np.full(len(rows), value, dtype=np.int64)

        kinds = all_of(KINDS.index(kind) if kind else reason.kind)
        best = np.clip(wanted, first, last)
        self._parts.append(
            (
                self.people.customer[rows], all_of(self.codes.index(code)), occurrence, kinds, by, all_of(reason.priority),
                seconds[by], first, last, best,
            )
        )  # fmt: skip

    def table(self) -> WishTable:
        """All of them, by customer, reason and occurrence."""
        columns = dict(zip(_COLUMNS, self._joined(), strict=True))
        codes = tuple(dict.fromkeys(self.codes))  # a reason may be added in parts
        columns["reason"] = np.array([codes.index(code) for code in self.codes] or [0])[columns["reason"]]
        order = np.lexsort((columns["occurrence"], columns["reason"], columns["customer"]))
        columns = {name: one[order] for name, one in columns.items()}
        talks = np.array([one in self.reasons.talks for one in self.channels], dtype=np.bool_)
        talk: Flags = talks[columns["channel"]]
        return WishTable(codes, self.channels, **columns, capped=columns["kind"] != _SERVICE, talk=talk)

    def _joined(self) -> list[Whole]:
        if not self._parts:
            return [np.empty(0, dtype=np.int64) for _column in _COLUMNS]
        return [np.concatenate(one) for one in zip(*self._parts, strict=True)]


def known(values: NDArray[np.int64]) -> Whole:
    """The places of those who have a value."""
    places: Whole = np.flatnonzero(values != UNTOLD)
    return places
