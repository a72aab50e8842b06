"""`WeekList`: the one ranked list of a week. Every page, sheet and document that names the week's customers is a filter of it,
in its order."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from workbench.insight.measures.freshness import Freshness
from workbench.outreach.reason import OWED, WeekPerson, WeekReason, WeekReasonJson


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
    """A contact logged with somebody in the week, on `date` (ISO); `reached`: that one or an earlier one of the week reached
    him."""

    date: str
    channel: str
    result: str
    reached: bool


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """A customer of the week; he stands once.

    `rank` 1..n; `reasons`: the highest first, the others behind it; `day`: workday (ISO) of the daily list that he was
    planned for; `row`: his row of the 531 ('5-2', '3-1', '1-1'), '' where he is on none; `also`: further rows that name
    him; `item_id`: id of his row; `result`: how his row was ticked for him by hand; `planned`: workday for which his row
    asks for him, '' where he stands for what is owed to him alone; `script`: what his row says to him; `contacts`: those of
    the week, in their order; `markets`: whether his row does.
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
    planned: str = ""
    script: str = ""
    contacts: tuple[WeekContact, ...] = ()
    markets: bool = False

    @property
    def contact(self) -> WeekContact | None:
        """The last contact of the week; None before one was logged."""
        return self.contacts[-1] if self.contacts else None

    @property
    def promised(self) -> str:
        """The earliest workday (ISO) on which a promise to him, or a file with a clock of its own, is due; '' where none is."""
        return min((one.due for one in self.reasons if one.kind in OWED and one.due), default="")

    @property
    def first(self) -> WeekReason:
        """The highest reason."""
        return self.reasons[0]

    @property
    def reached(self) -> bool:
        """Whether his row is done with: a contact of the week reached him, or it was ticked for him by hand."""
        return bool(self.result) or (self.contact is not None and self.contact.reached)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done about him this week: he was reached, and nothing owed to him is open."""
        return self.reached and not self.promised

    def as_json(self) -> WeekEntryJson:
        """The customer for the command line."""
        return {
            "rank": self.rank, "customer_no": self.person.customer_no, "name": self.person.name, "row": self.row,
            "day": self.day, "reasons": [one.as_json() for one in self.reasons],
            "result": self.contact.result if self.contact else self.result, "reached": self.reached,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeekList:
    """The ranked list of a week 'YYYY-Www' by data of `as_of` (ISO); `workdays`: ISO, those that are worked;
    `silent`: ISO, those of them without marketing."""

    week: str
    as_of: str | None
    draft: bool
    entries: tuple[WeekEntry, ...]
    workdays: tuple[str, ...]
    fresh: Freshness | None = None
    silent: frozenset[str] = frozenset()

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
