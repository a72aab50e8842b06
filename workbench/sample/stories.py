"""The planted stories: who carries which, and how it bends the path of the customer's assets."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from workbench.sample.material import between, draw, log_between, material, whole
from workbench.sample.months import Month, index_of

#: Stories that another maturity would blur: their other holdings mature only after the months looked at.
UNDISTURBED = ("slow_outflow", "big_transfer", "maturity_not_renewed")


@dataclass(frozen=True, slots=True)
class AssetPath:
    """Assets in fen at each month's end; None where the customer is not in the list.

    `opening` is what was there before the first of them; on the `flow_days` of the months the balance moves.
    """

    opening: int
    closings: tuple[int | None, ...]
    flow_days: tuple[int, ...]

    def first(self) -> int:
        """The place of the first month in which the customer is listed."""
        return next(i for i, c in enumerate(self.closings) if c is not None)

    def daily_average(self, index: int, month: Month) -> int:
        """月日均 in fen: the opening balance until the flow's day, then the closing one (domain 16.3)."""
        closing = self.closings[index] or 0
        before = self.before(index)
        held = month.days - self.flow_days[index] + 1
        return (before * (month.days - held) + closing * held) // month.days

    def joins(self, index: int) -> "AssetPath":
        """The same path of a customer who only appears in month `index`, with nothing before."""
        closings = (None,) * index + self.closings[index:]
        return AssetPath(0 if index else self.opening, closings, self.flow_days)

    def leaves(self, index: int) -> "AssetPath":
        """The same path of a customer whose rows vanish from month `index` on."""
        closings = self.closings[:index] + (None,) * (len(self.closings) - index)
        return AssetPath(self.opening, closings, self.flow_days)

    def before(self, index: int) -> int:
        """The balance with which the month begins, in fen."""
        if index == 0 or self.closings[index - 1] is None:
            return self.opening
        return self.closings[index - 1] or 0


def story_names() -> tuple[str, ...]:
    """The stories of stories.toml, in its order."""
    return tuple(material("stories"))


def cast_stories(rng: Random, customers: int) -> dict[int, str]:
    """Place among the customers -> story: disjoint carriers, in number by each story's share."""
    wanted = [
        name
        for name, story in material("stories").items()
        for _ in range(max(story["least"], round(story["share"] * customers)))
    ]
    return dict(zip(rng.sample(range(customers), len(wanted)), wanted, strict=True))


def ordinary_path(rng: Random, months: tuple[Month, ...]) -> AssetPath:
    """A quiet customer: drifting a little inside one tier, far from its lines."""
    branch = material("branch")
    ladder, drift = branch["ladder"], branch["drift"]
    level = draw(rng, [(t, t["weight"]) for t in branch["tier"]])
    lines, clear = ladder["lines"], ladder["clear_of_line"]
    swing = drift["step"] / (1 - drift["pull"])
    low = max(lines[level["level"]] * (1 + clear), ladder["first_safe"])
    high = level.get("top_balance") or lines[level["level"] + 1] * (1 - clear)
    low /= (1 - swing) * (1 + drift["trend"][0])
    high /= (1 + swing) * (1 + drift["trend"][1])
    return drifting_path(rng, log_between(rng, low, high), months)


def dormant_path(rng: Random, months: tuple[Month, ...]) -> AssetPath:
    """A sleeping account: some yuan that never move (domain 1, L0)."""
    balance = int(between(rng, material("branch")["dormant"]["balance"]) * 100)
    return AssetPath(balance, (balance,) * len(months), (1,) * len(months))


def newcomer_path(rng: Random, months: tuple[Month, ...], opened: dt.date) -> AssetPath:
    """An account opened within the period, growing from month to month to its final balance."""
    rules = material("stories")["growing_newcomer"]
    start = index_of(months, opened) or 0
    final = log_between(rng, *rules["balance"]) * 100
    closings: list[int | None] = [None] * len(months)
    for index in range(len(months) - 1, start - 1, -1):
        closings[index] = int(final)
        final /= 1 + between(rng, rules["growth"])
    days = [whole(rng, (4, 24)) for _ in months]
    days[start] = opened.day
    return AssetPath(0, tuple(closings), tuple(days))


def story_path(rng: Random, story: str, months: tuple[Month, ...]) -> AssetPath:
    """The path of a carrier of any story but the newcomer's."""
    rules = material("stories")[story]
    if story == "near_line":
        return _toward_line(rng, rules, months)
    quiet = drifting_path(rng, log_between(rng, *rules["balance"]), months)
    closings, days = [c or 0 for c in quiet.closings], list(quiet.flow_days)
    if story == "slow_outflow":
        for index in range(len(months) - rules["falling_months"], len(months)):
            closings[index] = int(closings[index - 1] * (1 - between(rng, rules["fall"])))
        days = [whole(rng, rules["flow_day"]) for _ in months]
    elif story == "big_transfer":
        closings[-1] = int(closings[-2] * (1 - between(rng, rules["part"])))
        days[-1] = whole(rng, rules["flow_day"])
    elif story == "maturity_not_renewed":
        rate = 1 - between(rng, rules["outflow"])
        for index in (-2, -1):
            closings[index] = int(closings[index - 1] * rate)
    return AssetPath(quiet.opening, tuple(closings), tuple(days))


def drifting_path(rng: Random, base: float, months: tuple[Month, ...]) -> AssetPath:
    """Assets that drift a little around a base in yuan."""
    drift = material("branch")["drift"]
    scale = drift["calm"] if base >= drift["calm_from"] else 1.0
    trend = between(rng, drift["trend"])
    away, balances = 0.0, []
    for index in range(len(months) + 1):
        away = away * drift["pull"] + rng.uniform(-1, 1) * drift["step"] * scale
        balances.append(int(base * 100 * (1 + trend * index / len(months)) * (1 + away)))
    days = tuple(whole(rng, (2, month.days - 1)) for month in months)
    return AssetPath(balances[0], tuple(balances[1:]), days)


def _toward_line(rng: Random, rules: dict[str, Any], months: tuple[Month, ...]) -> AssetPath:
    line = int(draw(rng, list(rules["lines"].items()))) * 100
    target = between(rng, rules["ratio"])
    ratios = [
        max(target - rules["step"] * back, rules["start"]) - (rng.uniform(0, 0.006) if back else 0)
        for back in range(len(months), -1, -1)
    ]
    balances = [int(line * ratio) for ratio in ratios]
    days = tuple(whole(rng, (4, 24)) for _ in months)
    return AssetPath(balances[0], tuple(balances[1:]), days)
