"""Products held, made by hand: amounts in yuan."""

from typing import Any

from workbench.insight.products.losses import HeldProduct


def held(**facts: Any) -> HeldProduct:
    """A product of R3, cost 100,000 yuan, without a loss unless one is given."""
    facts = {"cost": 100_000, "amount": 100_000, "profit": 0, "risk": 3, **facts}
    money = {
        name: None if facts[name] is None else round(facts[name] * 100)
        for name in ("cost", "amount", "profit")
    }
    return HeldProduct(1, "P1", "P1", "稳健一号", "2026-10-31", 1, **(facts | money))
