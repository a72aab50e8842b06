"""`ReturnedOutcome`: what became of one customer of head office's list in some days (domain 12.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from workbench.outreach.log.logged import LoggedContact


class ReturnedOutcomeJson(TypedDict):
    """An outcome; `amount` in yuan, null for what cannot be told."""

    row: int
    customer_no: str
    in_book: bool
    merged: bool
    name: str | None
    contacted: bool | None
    reached: bool | None
    times: int | None
    channel: str | None
    result: str | None
    date: str | None
    next_date: str | None
    need: str | None
    amount: float | None
    note: str | None
    opted_out: bool | None


@dataclass(frozen=True, slots=True)
class ReturnedOutcome:
    """Of one customer. `contacts` in the days, the newest first; `known`: whether the log covers the days, so that no contact
    means that there was none; `opted_out`: None where neither a list nor a contact tells."""

    customer_no: str
    name: str
    contacts: Sequence[LoggedContact]
    known: bool
    opted_out: bool | None

    @property
    def contacted(self) -> bool | None:
        """Whether there was a contact."""
        return True if self.contacts else False if self.known else None

    @property
    def times(self) -> int | None:
        """How many contacts there were."""
        return len(self.contacts) if self.contacts or self.known else None

    @property
    def reached(self) -> bool | None:
        """Whether one of them reached him."""
        return any(one.reached for one in self.contacts) if self.contacts or self.known else None

    @property
    def last(self) -> LoggedContact | None:
        """The last contact."""
        return self.contacts[0] if self.contacts else None

    @property
    def need(self) -> str | None:
        """What he needs, as told last."""
        return next((one.need for one in self.contacts if one.need), None)

    @property
    def amount(self) -> int | None:
        """The amount told last, in fen."""
        return next((one.amount for one in self.contacts if one.amount is not None), None)

    @property
    def note(self) -> str | None:
        """The last note."""
        return next((one.note for one in self.contacts if one.note), None)
