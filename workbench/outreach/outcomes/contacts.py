"""Every contact that reached a customer with a light, and what became of him; touched and untouched compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.base.intervals import newcombe
from workbench.outreach.outcomes.counts import JudgedLight, OutcomeCounts, OutcomeShare
from workbench.outreach.outcomes.lights import OutcomeRow


@dataclass(frozen=True, slots=True)
class ReachedContact:
    """A contact that reached the customer, and the newest light that he had before it. `by_customer`: he made it."""

    customer_id: int
    date: str
    channel: str
    result: str
    by_customer: bool
    light: JudgedLight


@dataclass(frozen=True, slots=True)
class ContactRow:
    """The contacts of one channel; `channel` None: all of them. A light counts once, however often he was reached."""

    channel: str | None
    contacts: tuple[ReachedContact, ...]

    @property
    def lights(self) -> tuple[JudgedLight, ...]:
        """The lights that they were about."""
        return tuple({(one.customer_id, one.light.month): one.light for one in self.contacts}.values())

    @property
    def counts(self) -> OutcomeCounts:
        """How those lights ended."""
        return OutcomeCounts.of(self.lights)

    def as_json(self) -> dict[str, Any]:
        """For programs; `n` counts the lights, `contacts` the contacts."""
        return {"channel": self.channel, "contacts": len(self.contacts), **self.counts.as_json()}


@dataclass(frozen=True, slots=True)
class TouchComparison:
    """Kept or won back among the touched and among the untouched; each customer once, by his first light.

    Who is contacted is chosen, not drawn: the difference is no effect of the contacts.
    """

    touched: OutcomeShare
    untouched: OutcomeShare
    #: customers that each group needs before the two are compared
    least: int

    @classmethod
    def of(cls, everybody: OutcomeRow, least: int) -> "TouchComparison":
        """Of all lights, each customer once."""
        return cls(everybody.touched.stayed, everybody.untouched.stayed, least)

    @property
    def enough(self) -> bool:
        """Whether both groups are large enough."""
        return min(self.touched.n, self.untouched.n) >= self.least

    @property
    def difference(self) -> float | None:
        """Touched minus untouched, -1 to 1; None while one group is too small."""
        if not self.enough or self.touched.share is None or self.untouched.share is None:
            return None
        return self.touched.share - self.untouched.share

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's interval of the difference at 95 %."""
        return newcombe(self.touched.hits, self.touched.n, self.untouched.hits, self.untouched.n)

    def as_json(self) -> dict[str, Any]:
        """For programs; low and high None while there is no difference to be told."""
        low, high = self.interval
        difference = self.difference
        return {
            "touched": self.touched.as_json(),
            "untouched": self.untouched.as_json(),
            "difference": None if difference is None else round(difference, 4),
            "low": None if difference is None else round(low, 4),
            "high": None if difference is None else round(high, 4),
        }


def by_channel(contacts: Sequence[ReachedContact]) -> tuple[ContactRow, ...]:
    """A row for each channel that occurs, the most used first."""
    grouped: dict[str, list[ReachedContact]] = {}
    for one in contacts:
        grouped.setdefault(one.channel, []).append(one)
    order = sorted(grouped, key=lambda channel: (-len(grouped[channel]), channel))
    return tuple(ContactRow(channel, tuple(grouped[channel])) for channel in order)
