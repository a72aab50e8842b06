"""One customer's life over the months: balances, holdings, flows and events that agree with each other."""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from workbench.sample.events import LifeEvents
from workbench.sample.flows import Habits
from workbench.sample.market import (
    Holding,
    HoldingLine,
    Market,
    Maturity,
    first_portfolio,
    renewed,
    shrink,
    suitable,
)
from workbench.sample.material import Product, Row, between, draw, material, products, whole
from workbench.sample.months import Month, index_of
from workbench.sample.people import SamplePerson
from workbench.sample.stories import UNDISTURBED, AssetPath

#: Category of a holding -> field of the balance it is part of.
PARTS = {
    "定期": "time_deposit_balance",
    "大额存单": "large_cd_balance",
    "理财": "wealth_balance",
    "基金": "fund_balance",
    "保险": "insurance_balance",
    "国债": "treasury_bond_balance",
    "贵金属": "precious_metal_balance",
}
#: Those of them that are deposits, beside the balance on demand.
DEPOSITS = ("time_deposit_balance", "large_cd_balance")


#: risk classes whose price falls at times
_FALLING = ("R3", "R4", "R5")


@dataclass(frozen=True, slots=True)
class CustomerMonth:
    """What head office knows of a customer at one month's end; `market_gain` in fen."""

    row: Row
    holdings: tuple[HoldingLine, ...]
    matured: tuple[Maturity, ...]
    market_gain: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A holding that a story needs, bought in a month (None: before the first) for a share of the balance."""

    product: Product
    month: int | None
    share: float
    matures: dt.date | None
    bought_again: float | None


def story_purchase(
    rng: Random, story: str | None, person: SamplePerson, months: tuple[Month, ...]
) -> Purchase | None:
    """The holding on which the story turns; None for stories without one.

    An unsuitable holding without a purchase is a risk test that expired.
    """
    last = months[-1].last
    if story == "unsuitable_holding":
        rules = material("stories")[story]
        if rng.random() < rules["expired_share"]:
            return None
        product = rng.choice([p for p in products() if p.risk in rules["product_risks"]])
        month = rng.choice([None, len(months) - 3, len(months) - 4])
        return Purchase(product, month, between(rng, rules["part"]), None, None)
    if story not in ("maturity_not_renewed", "maturity_soon"):
        return None
    rules = material("stories")[story]
    if story == "maturity_soon":
        matures, again = last + dt.timedelta(days=whole(rng, rules["matures_in_days"])), None
    else:
        matures, again = (
            last - dt.timedelta(days=whole(rng, rules["matured_days"])),
            between(rng, rules["bought_again"]),
        )
    product = draw(
        rng,
        [
            (p, 3 if p.category == "理财" else 2)
            for p in products()
            if p.category in ("定期", "理财")
            and p.term_days
            and suitable(p, person.risk_level)
            and p.starts_in is None
        ],
    )
    month = index_of(months, matures - dt.timedelta(days=product.term_days))
    return Purchase(product, month, between(rng, rules["part"]), matures, again)


def _fell(holding: Holding, index: int, months: tuple[Month, ...]) -> bool:
    """Whether it is in the newest month, and of what falls: a loss that lasts for months would be a story."""
    return index == len(months) - 1 and holding.product.priced and holding.product.risk in _FALLING


def _paid_more(person: SamplePerson, story: str | None) -> float:
    """What somebody paid for products that fall, against the opening price: a few without a story bought more of them."""
    rules = material("branch")["portfolio"]
    rng = Random(f"{person.customer_no}:dear")
    if story is not None or rng.random() >= rules["dear_share"]:
        return 1.0
    return between(rng, rules["dear"])


def live(
    rng: Random,
    person: SamplePerson,
    story: str | None,
    path: AssetPath,
    months: tuple[Month, ...],
    market: Market,
    purchase: Purchase | None,
) -> list[CustomerMonth | None]:
    """Every month of a customer on a path of assets; None where the list does not have the customer."""
    start = path.first()
    habits = Habits(rng, person, path, story, months[-1].last)
    high = max(c or 0 for c in path.closings) >= high_line()
    agenda = LifeEvents(rng, person, story, months, story == "unsuitable_holding" and purchase is None, high)
    earliest = months[-1].last + dt.timedelta(days=46) if story in UNDISTURBED else None
    levels = levels_of(
        [None if c is None else path.daily_average(i, months[i]) for i, c in enumerate(path.closings)]
    )
    opening = path.opening or path.closings[start] or 0
    day_before = months[start].last if start else months[0].first - dt.timedelta(days=1)
    room = 1.0 if purchase is None else 1 - 1.3 * purchase.share
    held = first_portfolio(rng, opening, person.risk_level, day_before, earliest, room)
    if purchase is not None and purchase.month is None:
        held.append(_bought(purchase, opening))
    paid_more = _paid_more(person, story)
    result: list[CustomerMonth | None] = []
    for index, (month, closing) in enumerate(zip(months, path.closings, strict=True)):
        if closing is None:
            result.append(None)
            continue
        gain = _revalue(held, market, index) if index > start else 0
        held, matured = _mature(rng, held, person, month, purchase)
        if closing < path.before(index) * 0.9:
            shrink(held, closing / path.before(index))
        if purchase is not None and purchase.month == index:
            held.append(_bought(purchase, closing))
        demand = closing - sum(h.value for h in held)
        if demand < closing * 0.02:
            sellable = sum(h.value for h in held if h.product.category != "保险")
            shrink(held, max(0.0, 1 - (closing * 0.05 - demand) / sellable) if sellable else 1.0)
            demand = closing - sum(h.value for h in held)
        row = agenda.facts(index)
        row.update(_balances(held, demand, closing, path.daily_average(index, month)))
        row.update(habits.flows(index, month, path, gain, agenda.paid(index)))
        row["bank_level"] = levels[index]
        row["product_count"] = 1 + len({h.product.category for h in held})
        lines = tuple(
            HoldingLine(
                h.product,
                h.value,
                int(h.cost * (paid_more if _fell(h, index, months) else 1)),
                market.nav(h.product, index),
                h.matures,
            )
            for h in held
        )
        result.append(CustomerMonth(row, lines, tuple(matured), gain))
    return result


def _bought(purchase: Purchase, balance: int) -> Holding:
    amount = int(balance * purchase.share)
    return Holding(purchase.product, amount, amount, purchase.matures)


def _revalue(held: list[Holding], market: Market, index: int) -> int:
    gain = 0
    for holding in held:
        value = int(holding.value * market.growth(holding.product, index))
        gain += value - holding.value
        holding.value = value
    return gain


def _mature(
    rng: Random, held: list[Holding], person: SamplePerson, month: Month, purchase: Purchase | None
) -> tuple[list[Holding], list[Maturity]]:
    rules = material("branch")["portfolio"]
    kept = [h for h in held if h.matures is None or h.matures > month.last]
    due = [(h, h.matures) for h in held if h.matures is not None and h.matures <= month.last]
    matured = []
    for holding, day in due:
        money = Maturity(holding.product, holding.value, day)
        matured.append(money)
        share = between(rng, rules["renewal"])
        if purchase is not None and purchase.bought_again is not None and day == purchase.matures:
            share = purchase.bought_again
        again = renewed(rng, money, kept, person.risk_level, month, share)
        if again is not None:
            kept.append(again)
    return kept, matured


def _balances(held: list[Holding], demand: int, closing: int, average: int) -> Row:
    parts = dict.fromkeys(PARTS.values(), 0)
    for holding in held:
        parts[PARTS[holding.product.category]] += holding.value
    deposit = demand + sum(parts[name] for name in DEPOSITS)
    return {
        "aum_balance": closing, "aum_daily_average": average, "deposit_balance": deposit,
        "demand_balance": demand, **parts,
    }  # fmt: skip


def levels_of(averages: list[int | None]) -> list[str]:
    """Head office's level in each month from the 月日均 in fen of the months before (domain 1, R1).

    Up in the month after the line is reached; down after three failing months in a row.
    """
    ladder = material("branch")["ladder"]
    own: int | None = None
    failing, shown = 0, []
    for average in averages:
        if average is None:
            shown.append("")
            continue
        reached = sum(average >= line * 100 for line in ladder["lines"]) - 1
        if own is None:
            own = reached
        shown.append(ladder["dormant_name"] if average < 10_000 and own == 0 else ladder["names"][own])
        failing = failing + 1 if reached < own else 0
        if reached > own or failing >= ladder["failing_months"]:
            own, failing = reached, 0
    return shown


def high_line() -> int:
    """The balance in fen from which customers are contacted more often."""
    branch = material("branch")
    return int(branch["ladder"]["lines"][branch["service"]["contact_high_level"]] * 100)


def unpaid(person: SamplePerson, opened: dt.date) -> SamplePerson:
    """The person as one whose account was opened on that day and to whom no pay arrives."""
    return replace(person, opened=opened, pay=0)
