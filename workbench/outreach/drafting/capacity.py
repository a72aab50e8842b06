"""What is left of a week: calls, visits, and places on the daily lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.outreach.drafting.brief import Brief
from workbench.rules.parameters import Rules


@dataclass(slots=True)
class WeekCapacity:
    """The capacity of the days that are left: `calls`, `visits`, `places` (customers in all), of which `each_day` on one
    list; and the customers (ids) engaged so far."""

    calls: int
    visits: int
    places: int
    each_day: int
    called: set[int] = field(default_factory=set)
    visited: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, brief: Brief, rules: Rules) -> "WeekCapacity":
        """The capacity for a brief: calls spread evenly over the workdays of the week, of which some may be over."""
        days, whole = len(brief.days), max(len(brief.work.workdays), 1)
        most = rules.whole("today.most")
        calls = min(brief.calls, daily(brief.calls, whole) * days)
        return cls(calls, brief.visits, most * days, most)

    @property
    def calls_left(self) -> int:
        """Calls to customers who are called for nothing yet."""
        return max(0, self.calls - len(self.called))

    @property
    def places_left(self) -> int:
        """Places for customers who are on no list yet."""
        return max(0, self.places - len(self.listed))

    def fits(self, customer: int, *, call: bool, visit: bool) -> bool:
        """Whether somebody can be engaged in this way."""
        return (
            (customer in self.listed or self.places_left > 0)
            and (not call or customer in self.called or self.calls_left > 0)
            and (not visit or customer in self.visited or len(self.visited) < self.visits)
        )

    def engage(self, customer: int, *, call: bool, visit: bool) -> None:
        """Count somebody who fits."""
        self.listed.add(customer)
        if call:
            self.called.add(customer)
        if visit:
            self.visited.add(customer)

    def visit(self, customers: Iterable[int]) -> int:
        """Plan visits to the first of some customers as far as the capacity goes; how many of them are visited."""
        ids = list(customers)
        for one in ids:
            if len(self.visited) < self.visits:
                self.visited.add(one)
        return len(self.visited.intersection(ids))


def daily(calls: int, days: int) -> int:
    """The calls of one workday, if a week's calls are spread over so many."""
    return -(-calls // max(days, 1))
