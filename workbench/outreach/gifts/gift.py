"""The gift ledger as values: things to give, gifts, what is short."""

from dataclasses import dataclass
from typing import Literal

GiftState = Literal["idea", "ordered", "given", "dropped"]


@dataclass(frozen=True, slots=True)
class GiftItem:
    """A thing to give: what one costs (fen) and how many are on hand or on order. `id` 0: a new one."""

    id: int
    name: str
    unit_fen: int
    stock: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewGift:
    """A gift to be written down. `needed_by` ISO; `item`: id of the thing of the stock, None for something else, whose price is
    `amount` in yuan (a text may say '5万'); `occasion`: why it is given."""

    customer_no: str
    idea: str
    needed_by: str
    occasion: str = ""
    item: int | None = None
    amount: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift of the ledger; `order_by`: the workday (ISO) by which it is ordered, `given` the day it was handed over."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    idea: str
    occasion: str
    item_id: int | None
    item: str
    value_fen: int
    state: GiftState
    needed_by: str
    order_by: str
    given: str | None
    note: str

    @property
    def year(self) -> int:
        """The year in which it counts for the customer."""
        return int((self.given or self.needed_by)[:4])


@dataclass(frozen=True, slots=True)
class Shortage:
    """A thing of which there are too few for the ideas ahead: `needed` of them, `free` not promised yet; `order_by`: the
    workday (ISO) by which the first one that is missing is ordered."""

    item: GiftItem
    needed: int
    free: int
    order_by: str

    @property
    def missing(self) -> int:
        """How many have to be ordered."""
        return self.needed - self.free


@dataclass(frozen=True, slots=True)
class GiftLedger:
    """The gifts of a year by the day they are needed, the stock, what is short; `spent_fen` of what was given, `planned_fen` of
    what is not given yet, `cap_fen` a customer may be given in a year; `in_stock`: ideas (ids) for which nothing is ordered."""

    year: int
    gifts: tuple[Gift, ...]
    items: tuple[GiftItem, ...]
    short: tuple[Shortage, ...]
    spent_fen: int
    planned_fen: int
    cap_fen: int
    in_stock: frozenset[int] = frozenset()

    def to_order(self, gift: Gift) -> bool:
        """Whether a gift of the ledger is still to be ordered."""
        return gift.state == "idea" and gift.id not in self.in_stock
