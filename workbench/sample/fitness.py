"""Whether a life, once lived, carries its own story and no other: lives that do not are lived again."""

import datetime as dt
from collections import defaultdict

from workbench.sample.lives import CustomerMonth
from workbench.sample.material import material
from workbench.sample.months import Month

#: How near to a line of the ladder a customer counts as critical (domain 4.8 C1, C2), with a margin.
BAND = (0.89, 1.11)
#: Stories that move a customer through tiers.
MOVING = ("slow_outflow", "big_transfer", "growing_newcomer")
LARGEST = 0.47


def in_band(fen: int) -> bool:
    """Whether a balance lies near a line of the ladder."""
    return any(BAND[0] <= fen / 100 / line <= BAND[1] for line in material("branch")["ladder"]["lines"][1:])


def tier_of(fen: int) -> int:
    """The place of a balance on the ladder."""
    lines: list[int] = material("branch")["ladder"]["lines"]
    return sum(fen >= line * 100 for line in lines) - 1


def fits(story: str | None, life: list[CustomerMonth | None], months: tuple[Month, ...]) -> bool:
    """Whether nothing but the story can be read from the last months of a life, and no month overdraws."""
    final = life[-1]
    if final is None:
        return True
    return (
        _line_fits(story, life) and _maturities_fit(story, final, months[-1].last) and _flows_fit(story, life)
    )


def _line_fits(story: str | None, life: list[CustomerMonth | None]) -> bool:
    recent = [m.row for m in life[-5:] if m is not None]
    average, closing = recent[-1]["aum_daily_average"], recent[-1]["aum_balance"]
    if story == "near_line":
        ratios = [average / 100 / line for line in material("branch")["ladder"]["lines"][1:]]
        return any(0.92 <= r <= 0.99 for r in ratios) and tier_of(closing) == tier_of(average)
    if in_band(average) or in_band(closing):
        return False
    if story == "slow_outflow":
        falls = [
            b["aum_daily_average"] / a["aum_daily_average"]
            for a, b in zip(recent[-4:], recent[-3:], strict=False)
        ]
        least: int = material("stories")[story]["least_average"] * 100
        return max(falls) <= 0.83 and bool(average >= least)
    if story in MOVING:
        return True
    tiers = {tier_of(row[field]) for row in recent for field in ("aum_balance", "aum_daily_average")}
    return len(tiers) == 1 or life[-5] is None


def _maturities_fit(story: str | None, final: CustomerMonth, last: dt.date) -> bool:
    rules = material("branch")["portfolio"]
    closing = final.row["aum_balance"]
    by_product: dict[str, int] = defaultdict(int)
    for line in final.holdings:
        by_product[line.product.code] += line.amount
    if by_product and max(by_product.values()) > LARGEST * closing:
        return False
    horizon = last + dt.timedelta(days=rules["soon_days"])
    soon = sum(h.amount for h in final.holdings if h.matures is not None and h.matures <= horizon)
    if story == "maturity_soon":
        return bool(soon >= 0.21 * closing)
    return soon < rules["soon_share"] * closing and tier_of(final.row["aum_daily_average"] - soon) == tier_of(
        final.row["aum_daily_average"]
    )


def _flows_fit(story: str | None, life: list[CustomerMonth | None]) -> bool:
    if story in MOVING:
        return True
    out = [m.row["outflow"] for m in life[-4:] if m is not None]
    return len(out) < 4 or out[-1] <= 1.4 * sum(out[:3]) / 3
