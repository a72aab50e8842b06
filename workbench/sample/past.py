"""What happened long before the newest months: who left then, slowly or at once, and who only seemed to. A look back finds
them; no story of today is theirs."""

from collections.abc import Collection
from random import Random

from workbench.sample.material import between, log_between, material, whole
from workbench.sample.months import Month
from workbench.sample.stories import AssetPath, drifting_path


def cast_past(rng: Random, customers: int, taken: Collection[int], months: int) -> dict[int, str]:
    """Place among the customers -> what happened; nobody in a branch of few months, whose past would be its present."""
    rules = material("past")
    if months < rules["least_months"]:
        return {}
    wanted = [kind for kind, share in rules["share"].items() for _ in range(round(share * customers))]
    free = [place for place in range(customers) if place not in taken]
    return dict(zip(rng.sample(free, len(wanted)), wanted, strict=True))


def past_path(rng: Random, kind: str, months: tuple[Month, ...]) -> AssetPath:
    """The assets of such a customer: over by `quiet_months` before the end."""
    rules = material("past")
    quiet = drifting_path(rng, log_between(rng, *rules["balance"]), months)
    shares: list[float] = [between(rng, pair) for pair in rules[kind]]
    last = len(months) - rules["quiet_months"] - len(shares)
    begun = whole(rng, (rules["first"], last))
    closings = [closing or 0 for closing in quiet.closings]
    for index in range(begun, len(months)):
        closings[index] = int(closings[index] * shares[min(index - begun, len(shares) - 1)])
    return AssetPath(quiet.opening, tuple(closings), quiet.flow_days)
