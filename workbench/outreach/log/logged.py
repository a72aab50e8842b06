"""A logged contact, and which of them are looked at."""

from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Days `since` to `until` (ISO, both counted); `channel` and `result` codes, None: all; `customer`: whose number, None:
    everybody's."""

    since: str
    until: str
    channel: str | None = None
    result: str | None = None
    customer: str | None = None
    #: what finds customers by name, pinyin or the tail of a number; '' for everybody
    text: str = ""


class LoggedContactJson(TypedDict):
    """A logged contact; `amount` in yuan, `change` undoes it."""

    id: int
    date: str
    customer_no: str
    name: str
    channel: str
    result: str
    initiated_by: str
    reached: bool
    next_date: str | None
    need: str | None
    amount: float | None
    promise: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """A contact as it was logged; `tower`: code of the customer's tower by his level now, None where that is not known.

    `listed`: it came with a list, and is not taken back or corrected by hand.
    """

    id: int
    date: str
    customer_id: int
    customer_no: str
    name: str
    channel: str
    result: str
    initiated_by: str
    reached: bool
    next_date: str | None
    note: str | None
    need: str | None
    amount: int | None
    promise: str | None
    promised_by: str | None
    tower: str | None
    listed: bool

    def as_json(self) -> LoggedContactJson:
        """The contact for the command line."""
        return {
            "id": self.id, "date": self.date, "customer_no": self.customer_no, "name": self.name,
            "channel": self.channel, "result": self.result, "initiated_by": self.initiated_by, "reached": self.reached,
            "next_date": self.next_date, "need": self.need,
            "amount": None if self.amount is None else self.amount / 100, "promise": self.promise, "note": self.note,
        }  # fmt: skip
