"""`WeekList`: the one ranked list of a week. Every page, sheet and document that names the week's customers is a filter of it,
in its order."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from workbench.insight.measures.freshness import Freshness
from workbench.outreach.reason import WeekPerson, WeekReason, WeekReasonJson


class WeekEntryJson(TypedDict):
    """A customer of the week."""

    rank: int
    customer_no: str
    name: str
    row: str
    day: str
    reasons: list[WeekReasonJson]
    result: str
    reached: bool


@dataclass(frozen=True, slots=True)
class WeekContact:
    """The last contact logged with somebody in the week; `reached`: it reached him, on that day or an earlier one of the
    week."""

    date: str
    channel: str
    result: str
    reached: bool


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """A customer of the week; he stands once.

    `rank` 1..n; `reasons`: the highest first, the others behind it; `day`: workday (ISO) of the daily list that he was
    planned for; `row`: his row of the 531 ('5-2', '3-1', '1-1'), '' where he is on none; `also`: further rows that name
    him; `item_id`: id of his row; `result`: how his row was ticked for him by hand; `contact`: None before one was logged.
    """

    rank: int
    person: WeekPerson
    reasons: tuple[WeekReason, ...]
    day: str
    row: str = ""
    also: tuple[str, ...] = ()
    item_id: int | None = None
    channel: str = "call"
    result: str = ""
    carried: int = 0
    contact: WeekContact | None = None

    @property
    def first(self) -> WeekReason:
        """The highest reason."""
        return self.reasons[0]

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done about him this week: he was reached, or his row was ticked for him."""
        return bool(self.result) or (self.contact is not None and self.contact.reached)

    def as_json(self) -> WeekEntryJson:
        """The customer for the command line."""
        return {
            "rank": self.rank, "customer_no": self.person.customer_no, "name": self.person.name, "row": self.row,
            "day": self.day, "reasons": [one.as_json() for one in self.reasons],
            "result": self.contact.result if self.contact else self.result, "reached": self.settled,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeekList:
    """The ranked list of a week 'YYYY-Www' by data of `as_of` (ISO); `workdays`: ISO, those that are worked."""

    week: str
    as_of: str | None
    draft: bool
    entries: tuple[WeekEntry, ...]
    workdays: tuple[str, ...]
    fresh: Freshness | None = None

    def of_row(self, row: str) -> tuple[WeekEntry, ...]:
        """The entries of a row of the 531, those included that it names beside another row."""
        return tuple(one for one in self.entries if row == one.row or row in one.also)

    def only(self, customers: Collection[int]) -> tuple[WeekEntry, ...]:
        """The entries of some customers (ids)."""
        return tuple(one for one in self.entries if one.person.customer_id in customers)

    @property
    def ranks(self) -> dict[int, int]:
        """Customer id -> rank."""
        return {one.person.customer_id: one.rank for one in self.entries}

    def find(self, customer_id: int) -> WeekEntry | None:
        """The entry of a customer; None where he is not on the list."""
        return next((one for one in self.entries if one.person.customer_id == customer_id), None)
