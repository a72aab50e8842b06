"""The parts of the tower board as values: shares per tower and level, movements, lists of customers, bank levels."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.insight.measures.freshness import Freshness
from workbench.insight.towers.tier_position import TierPosition


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


@dataclass(frozen=True, slots=True)
class TowerShare:
    """Customers of a tower or a level with their assets (fen, where told), both also as shares 0..1 of the book.

    `code` None: the level is unknown. `expression` is their condition.
    """

    code: str | None
    name: str
    tower: str | None
    customers: int
    aum_fen: int
    customers_share: float
    aum_share: float
    expression: str
    #: customers without reported assets: part of the count, not of the sum
    untold: int = 0

    def as_json(self) -> dict[str, Any]:
        """The share for the command line, assets in yuan."""
        return {
            "code": self.code,
            "name": self.name,
            "tower": self.tower,
            "customers": self.customers,
            "aum": _yuan(self.aum_fen),
            "customers_share": round(self.customers_share, 6),
            "aum_share": round(self.aum_share, 6),
            "untold": self.untold,
            "where": self.expression,
        }


@dataclass(frozen=True, slots=True)
class TowerCoverage:
    """How well a tower is served: the mean score of its way (at best `most`) over the `scored` of its customers.

    The others have no record; they count neither as covered nor as not covered.
    """

    tower: str
    way: str
    most: int
    customers: int
    scored: int
    #: mean score, and points reached / points possible (0..1), of the scored customers; None without any
    mean: float | None
    share: float | None
    #: (code, name, customers, expression), the most frequent first
    weakest: tuple[tuple[str, str, int, str], ...]
    unscored_expression: str

    @property
    def unscored(self) -> int:
        """Customers without any record of service."""
        return self.customers - self.scored

    def as_json(self) -> dict[str, Any]:
        """The service of the tower for the command line; `told` counts the scored customers."""
        return {
            "tower": self.tower,
            "way": self.way,
            "most": self.most,
            "customers": self.customers,
            "told": self.scored,
            "mean": None if self.mean is None else round(self.mean, 4),
            "share": None if self.share is None else round(self.share, 4),
            "weakest": [{"code": c, "name": n, "customers": k, "where": w} for c, n, k, w in self.weakest],
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """Concentration of assets: points (share of customers, share of assets), both 0..1, largest customers first, from
    (0, 0) on."""

    points: tuple[tuple[float, float], ...]
    #: share of assets of the largest tenth and fifth of customers; None without assets
    top10: float | None
    top20: float | None
    customers: int
    expression10: str
    expression20: str

    def as_json(self) -> dict[str, Any]:
        """The curve for the command line, shares 0..1."""
        return {
            "customers": self.customers,
            "top10": None if self.top10 is None else round(self.top10, 6),
            "top20": None if self.top20 is None else round(self.top20, 6),
            "points": [[round(x, 4), round(y, 4)] for x, y in self.points],
        }


@dataclass(frozen=True, slots=True)
class TierMovement:
    """Customers who were on level `before` last month and are on `after` now; None: not on the list, or level unknown."""

    before: str | None
    after: str | None
    customers: int
    aum_fen: int
    #: '' for those who left the list: no condition on this month can name them
    expression: str

    def as_json(self) -> dict[str, Any]:
        """The movement for the command line, assets in yuan."""
        return {
            "before": self.before,
            "after": self.after,
            "customers": self.customers,
            "aum": _yuan(self.aum_fen),
            "where": self.expression,
        }


@dataclass(frozen=True, slots=True)
class Placed:
    """A customer on a list of the board, with the position that put him there."""

    customer_id: int
    customer_no: str
    name: str
    standing: TierPosition

    def as_json(self) -> dict[str, Any]:
        """The customer for the command line."""
        return {"customer_no": self.customer_no, "name": self.name, "standing": self.standing.as_json()}


@dataclass(frozen=True, slots=True)
class Named:
    """A list of the board: its first `rows`; `total` counts all who meet `expression`, `gap_fen` sums what they lack."""

    kind: Literal["keep", "upgrade", "differs"]
    rows: tuple[Placed, ...]
    total: int
    gap_fen: int
    expression: str

    def as_json(self) -> dict[str, Any]:
        """The list for the command line, the gap in yuan."""
        return {
            "total": self.total,
            "gap": _yuan(self.gap_fen),
            "where": self.expression,
            "rows": [row.as_json() for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class BankWord:
    """A word of the bank's for a level: its customers, and for how many our level differs; None: not understood."""

    word: str
    customers: int
    differs: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """The tower board of a month (domain 1). `before` is the month compared with, None if it was not imported; `option` the
    rule of moving between levels in use ('R1', 'R2' …)."""

    month: str
    before: str | None
    as_of: str
    day: str
    option: str
    customers: int
    aum_fen: int
    towers: tuple[TowerShare, ...]
    levels: tuple[TowerShare, ...]
    coverage: tuple[TowerCoverage, ...]
    curve: Curve
    #: every movement from the month before, with those who stayed
    movements: tuple[TierMovement, ...]
    keep: Named
    upgrade: Named
    differs: Named
    #: the words of the bank's own levels, the most frequent first
    bank: tuple[BankWord, ...]
    #: more differ than `towers.differs_most`: check the bank's words and rules, not single customers
    differs_widely: bool
    fresh: Freshness

    @property
    def compared(self) -> int:
        """Customers whose bank level could be compared with ours."""
        return sum(one.customers for one in self.bank if one.differs is not None)

    def moved(self, up: bool, order: tuple[str, ...]) -> int:
        """Customers who rose (`up`) or fell; `order` lists the level codes from the lowest. Joined and left do not count."""
        return sum(
            move.customers
            for move in self.movements
            if move.before in order
            and move.after in order
            and (order.index(move.after) > order.index(move.before)) is up
            and move.after != move.before
        )

    def as_json(self) -> dict[str, Any]:
        """The board for the command line, money in yuan."""
        return {
            "month": self.month,
            "before": self.before,
            "as_of": self.as_of,
            "freshness": self.fresh.as_json(),
            "day": self.day,
            "option": self.option,
            "customers": self.customers,
            "aum": _yuan(self.aum_fen),
            "towers": [one.as_json() for one in self.towers],
            "levels": [one.as_json() for one in self.levels],
            "coverage": [one.as_json() for one in self.coverage],
            "concentration": self.curve.as_json(),
            "movements": [one.as_json() for one in self.movements],
            "keep": self.keep.as_json(),
            "upgrade": self.upgrade.as_json(),
            "differs": self.differs.as_json(),
            "compared": self.compared,
            "differs_widely": self.differs_widely,
            "bank_levels": [
                {"word": one.word, "customers": one.customers, "differs": one.differs} for one in self.bank
            ],
        }
