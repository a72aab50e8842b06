"""Prices of the products, and the holdings of a customer: bought, revalued, matured, renewed, sold."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from workbench.sample.material import Product, between, draw, material, products, whole
from workbench.sample.months import Month


@dataclass(slots=True)
class Holding:
    """A position while it is lived through; money in fen."""

    product: Product
    cost: int
    value: int
    matures: dt.date | None


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """A position at a month's end, as a sheet shows it; money in fen, `nav` None for what has no price."""

    product: Product
    amount: int
    cost: int
    nav: float | None
    matures: dt.date | None


@dataclass(frozen=True, slots=True)
class Maturity:
    """Money that came due; fen."""

    product: Product
    amount: int
    day: dt.date


class Market:
    """Net values of all priced products at the end of each month, the same for every customer."""

    def __init__(self, rng: Random, months: tuple[Month, ...]) -> None:
        self._values: dict[str, list[float]] = {}
        for product in products():
            if product.priced:
                start = rng.uniform(1.0, 1.6)
                self._values[product.code] = [
                    round(start * (1 + product.drift * index) * (1 + product.sway * rng.uniform(-1, 1)), 4)
                    for index in range(len(months))
                ]

    def nav(self, product: Product, index: int) -> float | None:
        """Net value of one unit at the end of a month; None for what has no price."""
        values = self._values.get(product.code)
        return values[index] if values else None

    def growth(self, product: Product, index: int) -> float:
        """Net value against that of the month before; 1 for what has no price."""
        values = self._values.get(product.code)
        return values[index] / values[index - 1] if values and index else 1.0


def suitable(product: Product, risk_level: str) -> bool:
    """Whether the customer's level covers the product's (domain 8.1)."""
    return product.risk[1:] <= risk_level[1:]


def first_portfolio(
    rng: Random, balance: int, risk_level: str, after: dt.date, earliest: dt.date | None, room: float
) -> list[Holding]:
    """Holdings of a customer with `balance` fen at first; they mature after `after` and after `earliest`."""
    rules = material("branch")["portfolio"]
    appetite = [a for a in material("products")["appetite"] if a["from"] * 100 <= balance][-1]
    count = whole(rng, appetite["holdings"])
    total = between(rng, rules["invested"]) * room
    weights = [rng.uniform(0.6, 1.4) for _ in range(count)]
    chosen: list[Holding] = []
    for weight in weights:
        share = min(max(total * weight / sum(weights), rules["smallest"]), rules["largest"])
        amount = int(balance * share)
        taken = {h.product.code for h in chosen}
        options = [
            (p, appetite[p.category] / _siblings(p))
            for p in products()
            if p.category in appetite
            and p.starts_in is None
            and p.min_amount <= amount
            and p.code not in taken
            and suitable(p, risk_level)
        ]
        if not options:
            continue
        product = draw(rng, options)
        profit = between(rng, rules["opening_profit"]) if product.priced else 0.0
        chosen.append(
            Holding(product, int(amount / (1 + profit)), amount, _maturity(rng, product, after, earliest))
        )
    return chosen


def _siblings(product: Product) -> int:
    return sum(p.category == product.category for p in products())


def _maturity(rng: Random, product: Product, after: dt.date, earliest: dt.date | None) -> dt.date | None:
    if not product.term_days:
        return None
    day = after + dt.timedelta(days=rng.randint(1, product.term_days))
    while earliest is not None and day <= earliest:
        day += dt.timedelta(days=product.term_days)
    return day


def renewed(
    rng: Random, matured: Maturity, held: list[Holding], risk_level: str, month: Month, share: float
) -> Holding | None:
    """What is bought with `share` of matured money in the same month; None when it is too little.

    Another product of the same category where there is one, else a time deposit.
    """
    amount = int(matured.amount * share)
    taken = {h.product.code for h in held} | {matured.product.code}
    offers = [
        p
        for p in products()
        if p.starts_in is None
        and p.min_amount <= amount
        and suitable(p, risk_level)
        and p.code != matured.product.code
    ]
    alike = [p for p in offers if p.category == matured.product.category]
    deposits = [p for p in offers if p.category == "定期"]
    fresh = (
        [p for p in alike if p.code not in taken] or [p for p in deposits if p.code not in taken] or deposits
    )
    if not fresh:
        return None
    product = rng.choice(fresh)
    lag = whole(rng, material("branch")["portfolio"]["renewal_lag_days"])
    bought = min(matured.day + dt.timedelta(days=lag), month.last)
    matures = bought + dt.timedelta(days=product.term_days) if product.term_days else None
    return Holding(product, amount, amount, matures)


def shrink(holdings: list[Holding], factor: float) -> list[Holding]:
    """The holdings after selling all but `factor` of each; insurance stays."""
    for holding in holdings:
        if holding.product.category != "保险":
            holding.value = int(holding.value * factor)
            holding.cost = int(holding.cost * factor)
    return holdings
