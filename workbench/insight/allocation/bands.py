"""The bands of a portfolio and the package of each risk class as ranges (domain 8.2); which band a product is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _
from workbench.insight.products.offers import Shelf
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.levels import LEVELS
from workbench.insight.shelf.regimes import is_free
from workbench.rules.parameters import Rules

CASH, STABLE, GROWTH, BOLD, GOLD = "cash", "stable", "growth", "bold", "gold"
#: the bands that share the assets, in the order of the parameters `alloc.c1.low` …
BANDS = (CASH, STABLE, GROWTH, BOLD, GOLD)
#: insurance, measured by income; what `alloc.apart` leaves out of the assets
COVER, APART = "cover", "apart"
CORE, SATELLITE = (CASH, STABLE), (GROWTH, BOLD, GOLD)
#: what rounding may leave of a share
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class ShareRange:
    """From `low` to `high` of the assets, shares of 1. `forced`: the rules allow more, but R exceeds C."""

    low: float
    high: float
    forced: bool = False

    @property
    def middle(self) -> float:
        """The share that a gap is measured from."""
        return (self.low + self.high) / 2

    @property
    def words(self) -> str:
        """'10–15%', '0'."""
        if not self.high:
            return "0"
        return f"{_percent(self.low)}–{_percent(self.high)}%"


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g}"


@dataclass(frozen=True, slots=True)
class RiskPackage:
    """The ranges of one risk class; `cover`: yearly premium over yearly income."""

    risk_class: int
    name: str
    ranges: Mapping[str, ShareRange]
    cover: ShareRange

    @property
    def lowest(self) -> float:
        """The sum of the lower ends."""
        return sum(one.low for one in self.ranges.values())

    @property
    def highest(self) -> float:
        """The sum of the upper ends."""
        return sum(one.high for one in self.ranges.values())

    @property
    def possible(self) -> bool:
        """Whether shares within the ranges can make up the whole; edited rules may not allow it."""
        ordered = all(one.low <= one.high + _EPSILON for one in self.ranges.values())
        return ordered and self.lowest <= 1 + _EPSILON and self.highest >= 1 - _EPSILON

    def targets(self) -> dict[str, float]:
        """Shares within the ranges that sum to 1, as near to the middles as that allows. Raises ValueError where none do."""
        if not self.possible:
            raise ValueError("the ranges cannot make up the whole")
        shares = {band: one.middle for band, one in self.ranges.items()}
        missing = 1 - sum(shares.values())
        room = {
            band: (one.high - shares[band]) if missing > 0 else (shares[band] - one.low)
            for band, one in self.ranges.items()
        }
        every = sum(room.values())
        if every > _EPSILON:
            for band, of in room.items():
                shares[band] += missing * of / every
        return shares

    def as_json(self) -> dict[str, Any]:
        """For programs: shares of 1."""
        return {
            "class": self.risk_class, "name": self.name, "possible": self.possible,
            "ranges": {
                band: {"low": one.low, "high": one.high, "forced": one.forced} for band, one in self.ranges.items()
            },
            "cover": {"low": self.cover.low, "high": self.cover.high},
        }  # fmt: skip


def packages(rules: Rules, shelf: Shelf) -> tuple[RiskPackage, ...]:
    """The packages of C1 to C5; a band whose mildest product is above the class is 0."""
    return tuple(package_of(level, rules, shelf) for level in LEVELS)


def package_of(risk_class: int, rules: Rules, shelf: Shelf) -> RiskPackage:
    """The package of one class, 1 to 5."""
    lows, highs = rules.numbers(f"alloc.c{risk_class}.low"), rules.numbers(f"alloc.c{risk_class}.high")
    needed = lowest_risks(rules, shelf)
    ranges = {}
    for band, low, high in zip(BANDS, lows, highs, strict=True):
        barred = needed[band] > risk_class
        ranges[band] = ShareRange(0, 0, forced=high > 0) if barred else ShareRange(low, high)
    place = risk_class - 1
    cover = ShareRange(rules.numbers("alloc.cover.low")[place], rules.numbers("alloc.cover.high")[place])
    return RiskPackage(risk_class, rules.text(f"alloc.class.{risk_class}"), ranges, cover)


def lowest_risks(rules: Rules, shelf: Shelf) -> dict[str, int]:
    """Band -> the lowest R that a product of it has; of gold by what the bank sells, else by its family. Deposits are in the
    first two, so that they are for everybody."""
    golds = [one.risk for one, _least in shelf.get("gold", ()) if one.risk is not None]
    family = next(one for one in families() if one.code == "gold")
    return {
        CASH: 0, STABLE: 0, GROWTH: rules.whole("alloc.growth_risk"), BOLD: rules.whole("alloc.bold_risk"),
        GOLD: min(golds, default=family.risk),
    }  # fmt: skip


def band_of(family: Family | None, regime: str, risk: int | None, name: str, rules: Rules) -> str:
    """The band of a product; '' where its level would tell and is missing, APART for what is left out of the assets.

    `regime`: that of the product itself (`regimes.regime_of`).
    """
    code = family.code if family else ""
    if code in ("annuity", "protection", "pension"):
        # who counts them among the assets all the same counts them as stable by their level
        return APART if code in rules.words("alloc.apart") else STABLE
    if code in ("demand", "cash") and (risk is None or risk < rules.whole("alloc.growth_risk")):
        return CASH
    if code == "gold":
        return GOLD
    if family is not None and is_free(regime, risk, rules):
        return STABLE
    if risk is None:
        return ""
    if risk < rules.whole("alloc.growth_risk"):
        return STABLE
    equity = code == "fund" and any(word in name for word in rules.words("alloc.equity_words"))
    return BOLD if equity or risk >= rules.whole("alloc.bold_risk") else GROWTH


def band_name(band: str, rules: Rules) -> str:
    """The name of a band in the language in use."""
    return rules.text(f"alloc.band.{band}") if band else _("其他")
