"""The board of the journey as values: a column per stage, who stands outside them, the rows of a column (domain 3)."""

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.insight.journey.stages import JourneyStage
from workbench.insight.measures.freshness import Freshness

#: the stages of the board, in the order of its columns
COLUMNS = ("J1", "J2", "J3", "J4", "J5")
#: the long-tail pool, and who has no card at all
POOL, OUTSIDE, UNKNOWN = "J0", "out", "unknown"
#: where somebody comes from who was on no earlier list
NEWCOMER = "new"

Order = Literal["waiting", "assets"]


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


@dataclass(frozen=True, slots=True)
class LongestWaiting:
    """Who has been in a stage the longest, since when (ISO) and for how many days (None: the data are too old to count)."""

    customer_no: str
    name: str
    since: str
    days: int | None

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"customer_no": self.customer_no, "name": self.name, "since": self.since, "days": self.days}


@dataclass(frozen=True, slots=True)
class StageColumn:
    """The head of a column: its customers, their assets (fen; None where nobody's are reported) and of how many these are.

    `moved_in`, `moved_out`: who came and went with the newest list or by hand since; None without an earlier list.
    `expression` is the condition of its customers.
    """

    code: str
    name: str
    customers: int
    aum_fen: int | None
    reported: int
    longest: LongestWaiting | None
    moved_in: int | None
    moved_out: int | None
    expression: str
    #: how many stand here by hand
    by_hand: int = 0
    #: how many of those who went are in the pool now, where no column lists them
    moved_to_pool: int = 0

    def as_json(self) -> dict[str, Any]:
        """For programs, assets in yuan."""
        return {
            "name": self.name, "customers": self.customers, "assets": _yuan(self.aum_fen), "reported": self.reported,
            "longest": self.longest.as_json() if self.longest else None, "moved_in": self.moved_in,
            "moved_out": self.moved_out, "by_hand": self.by_hand, "where": self.expression,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BesideBoard:
    """Customers without a card: how many, and the condition that names them."""

    customers: int
    expression: str


@dataclass(frozen=True, slots=True)
class JourneyBoard:
    """The five columns in their order, and who stands beside them. `prospects`: persons without an account, counted apart."""

    month: str
    as_of: str
    #: the day the board is seen from (ISO)
    day: str
    columns: tuple[StageColumn, ...]
    pool: BesideBoard
    outside: BesideBoard
    unknown: BesideBoard
    prospects: int
    fresh: Freshness

    def column(self, code: str) -> StageColumn:
        """The column of a stage."""
        return self.columns[COLUMNS.index(code)]

    @property
    def customers(self) -> int:
        """Everybody on the newest list, with a card or without."""
        beside = (self.pool, self.outside, self.unknown)
        return sum(one.customers for one in self.columns) + sum(one.customers for one in beside)

    def as_json(self) -> dict[str, Any]:
        """For programs: all five stages always."""
        return {
            "as_of": self.as_of, "month": self.month, "customers": self.customers,
            "stages": {one.code: one.as_json() for one in self.columns},
            "pool": self.pool.customers, "outside": self.outside.customers, "unknown": self.unknown.customers,
            "prospects": self.prospects, "freshness": self.fresh.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandMove:
    """A move by hand that counts: since when, until the day before `until` (ISO), why, and where the machine sees the customer
    (None: it cannot tell)."""

    date: str
    until: str
    reason: str
    machine: str | None

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "date": self.date, "until": self.until, "reason": self.reason, "machine": self.machine,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A customer in a column. `moved_from`: the stage (or NEWCOMER) that he came from with the list of `month`, or by hand since
    it began, None when he stood here before; `seen_on` (ISO): the day that tells what is late, None while the data are too old
    for that."""

    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    card: JourneyStage
    moved_from: str | None
    by_hand: HandMove | None
    seen_on: str | None = None
    month: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs, assets in yuan."""
        task = self.card.due[0] if self.card.due else None
        return {
            "customer_no": self.customer_no, "name": self.name, "tier": self.tier, "assets": _yuan(self.aum_fen),
            "since": self.card.since, "days": self.card.days, "reason": self.card.reason,
            "moved_from": self.moved_from, "task": task.as_json() if task else None,
            "by_hand": self.by_hand.as_json() if self.by_hand else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What is listed of a column: of a tower ('top', 'waist', 'base'), who moved with the newest list or by hand since its month
    began, who came from a stage; who has been there the longest first, or the largest assets first."""

    tower: str | None = None
    moved: bool = False
    before: str | None = None
    order: Order = "waiting"

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return self.tower is not None or self.moved or self.before is not None


#: everybody, the longest waiting first
EVERYBODY = BoardFilter()


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """The board with what each of its lists has under a filter: stage -> how many, and the first rows."""

    board: JourneyBoard
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[BoardRow]] = field(default_factory=dict)
