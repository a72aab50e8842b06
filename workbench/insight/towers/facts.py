"""What the tower board hands out: counts, assets and shares per tower and level, movements, gaps, disagreements."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.insight.measures.freshness import Freshness
from workbench.insight.towers.tier_position import TierPosition


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


@dataclass(frozen=True, slots=True)
class TowerShare:
    """Customers of a tower or a level: how many, their assets in fen (of those told), both as shares of the whole.

    `code` None: no level can be told. `expression` names the same customers in the language of conditions.
    """

    code: str | None
    name: str
    tower: str | None
    customers: int
    aum_fen: int
    customers_share: float
    aum_share: float
    expression: str
    #: customers whose assets are not told: they are in the count and not in the sum
    untold: int = 0

    def as_json(self) -> dict[str, Any]:
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
class Looked:
    """How a tower is looked after: customers by score of its way (`most` at best), and by the weakest part.

    `untold`: customers of whom nothing can be told, never counted as covered or as not covered.
    """

    tower: str
    way: str
    most: int
    customers: int
    told: int
    #: the mean score of those told, and the share of the points that can be told at all; None when nobody is
    mean: float | None
    share: float | None
    #: (code, name, customers, expression), the most frequent first
    weakest: tuple[tuple[str, str, int, str], ...]
    untold_expression: str

    @property
    def untold(self) -> int:
        return self.customers - self.told

    def as_json(self) -> dict[str, Any]:
        return {
            "tower": self.tower,
            "way": self.way,
            "most": self.most,
            "customers": self.customers,
            "told": self.told,
            "mean": None if self.mean is None else round(self.mean, 4),
            "share": None if self.share is None else round(self.share, 4),
            "weakest": [{"code": c, "name": n, "customers": k, "where": w} for c, n, k, w in self.weakest],
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """Concentration: points (share of customers, share of assets) from the largest customer on, beginning at (0, 0)."""

    points: tuple[tuple[float, float], ...]
    #: share of assets of the largest tenth and fifth of customers; None without assets
    top10: float | None
    top20: float | None
    customers: int
    expression10: str
    expression20: str

    def as_json(self) -> dict[str, Any]:
        return {
            "customers": self.customers,
            "top10": None if self.top10 is None else round(self.top10, 6),
            "top20": None if self.top20 is None else round(self.top20, 6),
            "points": [[round(x, 4), round(y, 4)] for x, y in self.points],
        }


@dataclass(frozen=True, slots=True)
class TierMovement:
    """Customers who stood on `before` last month and stand on `after` now; None: not listed, or not told."""

    before: str | None
    after: str | None
    customers: int
    aum_fen: int
    #: '' for those who left the list: no condition on this month's list can name them
    expression: str

    def as_json(self) -> dict[str, Any]:
        return {
            "before": self.before,
            "after": self.after,
            "customers": self.customers,
            "aum": _yuan(self.aum_fen),
            "where": self.expression,
        }


@dataclass(frozen=True, slots=True)
class Placed:
    """A customer of a list of the board, with the standing that put him there."""

    customer_id: int
    customer_no: str
    name: str
    standing: TierPosition

    def as_json(self) -> dict[str, Any]:
        return {"customer_no": self.customer_no, "name": self.name, "standing": self.standing.as_json()}


@dataclass(frozen=True, slots=True)
class Named:
    """The nearest customers of a list; `total` counts all that `expression` names, `gap_fen` sums what they lack."""

    kind: Literal["keep", "upgrade", "differs"]
    rows: tuple[Placed, ...]
    total: int
    gap_fen: int
    expression: str

    def as_json(self) -> dict[str, Any]:
        return {
            "total": self.total,
            "gap": _yuan(self.gap_fen),
            "where": self.expression,
            "rows": [row.as_json() for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class BankWord:
    """A word of the bank's own levels: customers who carry it, and of how many ours differs; None: not understood."""

    word: str
    customers: int
    differs: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """The towers of the newest month (domain 1, outputs)."""

    month: str
    before: str | None
    as_of: str
    day: str
    option: str
    customers: int
    aum_fen: int
    towers: tuple[TowerShare, ...]
    levels: tuple[TowerShare, ...]
    coverage: tuple[Looked, ...]
    curve: Curve
    #: every movement from the month before, with those who stayed
    movements: tuple[TierMovement, ...]
    keep: Named
    upgrade: Named
    differs: Named
    #: the words of the bank's own levels, the most frequent first
    bank: tuple[BankWord, ...]
    #: so many differ that the words or the bank's way of judging should be looked at, not the customers one by one
    differs_widely: bool
    fresh: Freshness

    @property
    def compared(self) -> int:
        """Customers whose bank level could be compared with ours."""
        return sum(one.customers for one in self.bank if one.differs is not None)

    def moved(self, up: bool, order: tuple[str, ...]) -> int:
        """Customers who rose, or fell, by the order of the level codes."""
        return sum(
            move.customers
            for move in self.movements
            if move.before in order
            and move.after in order
            and (order.index(move.after) > order.index(move.before)) is up
            and move.after != move.before
        )

    def as_json(self) -> dict[str, Any]:
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
