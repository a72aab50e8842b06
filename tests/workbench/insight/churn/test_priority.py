"""Priority is risk x value x reachability x urgency; value the lesser of lost and left on a log scale (domain 4.4)."""

import datetime as dt
from itertools import pairwise

import pytest

from workbench.insight.churn.priority import Circumstances, priority, value_at_stake
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 2)
NOTHING = Circumstances()


def lit(
    high: int | None, balance: int | None, *, risk: float = 50, light: Light = "orange", no: int = 1
) -> CustomerRisk:
    """A lit customer with a recent high and a balance in yuan; without a high no signal tells of his assets."""
    signals = ()
    if high is not None and balance is not None:
        figures = {"recent_high_fen": high * 100, "balance_fen": balance * 100}
        signals = (SignalVerdict("S3", "hit", 3, 1.0, "", figures),)
    return CustomerRisk(
        no, str(no), "", risk, light, 1, None if balance is None else balance * 100, None, signals
    )


@pytest.mark.parametrize(
    ("high", "balance", "yuan"),
    [
        (100, 90, 10),
        (100, 10, 10),
        (100, 50, 50),
        (100, -5, 0),
        (100, 120, 36),
        (None, 100, 30),
        (None, None, None),
    ],
)
def test_at_stake_is_the_lesser_of_what_was_lost_and_what_is_left(
    high: int | None, balance: int | None, yuan: int | None
) -> None:
    assert value_at_stake(lit(high, balance), RULES) == (None if yuan is None else yuan * 100)


def of(risk: CustomerRisk, around: Circumstances = NOTHING, rules: Rules = RULES) -> float:
    return priority(risk, value_at_stake(risk, rules), around, DAY, rules)


def test_each_factor_counts_and_one_giant_does_not_eat_the_week() -> None:
    usual = of(lit(200_000, 100_000))
    assert of(lit(200_000, 100_000, risk=60)) > usual
    assert of(lit(2_000_000, 1_000_000)) > usual
    # a thousand times the money weighs less than half as much again as twice the risk
    assert of(lit(200_000_000, 100_000_000)) < of(lit(200_000, 100_000, risk=100))
    assert of(lit(200_000, 100_000, light="red")) > usual
    assert of(lit(200_000, 100_000), Circumstances(no_number=frozenset({1}))) < usual
    assert of(lit(200_000, 100_000), Circumstances(refused=frozenset({1}))) < usual


def test_money_that_matures_soon_is_urgent_and_what_is_past_is_not() -> None:
    days = ("2026-11-02", "2026-11-03", "2026-11-04")
    near = [of(lit(200_000, 100_000), Circumstances(maturity={1: day})) for day in days]
    assert all(one > other for one, other in pairwise(near))
    for day in ("2026-11-01", "2026-11-05", "2027-11-05"):
        # the light's own clock of three days is nearer
        assert of(lit(200_000, 100_000), Circumstances(maturity={1: day})) == of(lit(200_000, 100_000))


def test_every_factor_is_a_rule() -> None:
    flat = Rules.load("general", {"queue.urgency": 0, "queue.reach_none": 1})
    near = Circumstances(no_number=frozenset({1}), maturity={1: "2026-11-02"})
    assert of(lit(200_000, 100_000), near, flat) == of(lit(200_000, 100_000), rules=flat)
