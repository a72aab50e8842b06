"""What decides the place of a lit customer in the queue (domain 4.5-8); pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from workbench.insight.churn.verdict import CustomerRisk


@dataclass(frozen=True, slots=True)
class Queued:
    """A lit customer with what decides his place; `late`: why he stands at the end, '' for no reason; `value_fen`: what may
    still be kept."""

    risk: CustomerRisk
    priority: float
    late: str = ""
    value_fen: int | None = None


@dataclass(frozen=True, slots=True)
class ListedBefore:
    """Who was on which week's list: of this week's plan that a person made her own, and of the week before."""

    this_week: frozenset[int] = frozenset()
    last_week: frozenset[int] = frozenset()
    #: customer id -> weeks on the list lately
    weeks: Mapping[int, int] = field(default_factory=dict)

    @property
    def in_brief(self) -> Hashable:
        """The contents as a key."""
        return self.this_week, self.last_week, frozenset(self.weeks.items())


def urgent(one: Queued) -> tuple[float, int, str]:
    """By priority, the highest first."""
    return -one.priority, one.risk.rank, one.risk.customer_no
