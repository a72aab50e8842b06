"""Intervals by drawing customers, who recur; where too few are right or wrong, Wilson's; no claim without certainty."""

import numpy as np
import pytest

from workbench.base.intervals import wilson
from workbench.insight.churn.backtest.draws import CustomerDraws, area
from workbench.insight.churn.backtest.estimate import UNKNOWN, Estimate


def drawn(customer: list[int], *sets: list[int], draws: int = 2000) -> CustomerDraws:
    """Cases of some customers, and sets of cases as 0 and 1."""
    counted = CustomerDraws(np.array(customer), draws, 5)
    for one in sets:
        counted.add(np.array(one, np.bool_))
    counted.draw(lambda _share: None)
    return counted


def test_months_of_one_customer_are_no_customers_of_their_own() -> None:
    """Forty customers of whom half are lost; told once each, or in six months that all say the same."""
    lost = [place % 2 for place in range(40)]
    once = drawn(list(range(40)), lost, [1] * 40).share(0, 1)
    six = drawn(
        [one for one in range(40) for _month in range(6)],
        [one for one in lost for _month in range(6)],
        [1] * 240,
    )
    again = six.share(0, 1)
    assert (once.value, again.value, again.method) == (0.5, 0.5, "bootstrap")
    assert again.high - again.low == pytest.approx(once.high - once.low, abs=0.02)
    # as if they were 240 customers the interval would be less than half as wide
    low, high = wilson(120, 240)
    assert again.high - again.low > 2 * (high - low)


def test_the_interval_is_that_of_draws_made_one_by_one() -> None:
    random = np.random.default_rng(3)
    customer = random.integers(0, 60, 300)
    alerts, lost = random.random(300) < 0.5, random.random(300) < 0.3
    counted = drawn(customer.tolist(), (alerts & lost).tolist(), alerts.tolist(), lost.tolist(), [1] * 300)
    ids = np.unique(customer)
    shares, lifts = [], []
    for _draw in range(3000):
        rows = np.concatenate([np.flatnonzero(customer == one) for one in random.choice(ids, len(ids))])
        shares.append(lost[rows][alerts[rows]].mean())
        lifts.append(shares[-1] / lost[rows].mean())
    for one, each in ((counted.share(0, 1), shares), (counted.lift(0, 1, 2, 3), lifts)):
        assert (one.low, one.high) == pytest.approx(np.percentile(each, [2.5, 97.5]), abs=0.03)


def test_nobody_right_of_fifteen_is_no_proof_of_zero() -> None:
    """Domain 22-7: 0 of 15 is 0 to 0.204."""
    none = drawn(list(range(15)), [0] * 15, [1] * 15).share(0, 1)
    assert (none.value, none.low, none.method) == (0.0, 0.0, "wilson")
    assert none.high == pytest.approx(0.204, abs=0.001)


def test_a_difference_is_paired_by_customer() -> None:
    """Two ways of naming that agree but for a few differ by little in every draw, however uncertain each of them is."""
    random = np.random.default_rng(5)
    lost = random.random(200) < 0.4
    one = np.ones(200, np.bool_)
    other = one.copy()
    other[:3] = False
    counted = drawn(
        list(range(200)), (one & lost).tolist(), one.tolist(), (other & lost).tolist(), other.tolist()
    )
    paired, alone = counted.difference(0, 1, 2, 3), counted.share(0, 1)
    assert paired.high - paired.low < (alone.high - alone.low) / 4
    assert paired.low < 0 < paired.high or paired.value != 0


def test_nothing_is_claimed_of_few_or_of_an_interval_that_holds_chance() -> None:
    counted = drawn(list(range(100)), [1] * 4 + [0] * 96, [1] * 30 + [0] * 70, [1] * 20 + [0] * 80)
    sure, unsure, less = Estimate(3, 1.5, 5), Estimate(1.4, 0.9, 2), Estimate(0.3, 0.1, 0.7)
    assert counted.against_lot(0, sure) == "cannot_tell"  # four customers
    assert [counted.against_lot(1, one) for one in (sure, unsure, less, UNKNOWN)] == [
        "better", "cannot_tell", "worse", "cannot_tell"
    ]  # fmt: skip


def test_other_sets_beside_them_leave_the_draws_as_they_are() -> None:
    few = drawn([1, 1, 2, 3], [1, 0, 0, 1], [1, 1, 1, 1])
    more = drawn([1, 1, 2, 3], [1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 1, 0])
    assert few.share(0, 1) == more.share(0, 1)


def test_an_area_counts_ties_half() -> None:
    lost = np.array([True, True, False, False])
    assert area(np.array([3.0, 2.0, 2.0, 1.0]), lost) == pytest.approx(3.5 / 4)
    assert area(np.array([1.0, 1.0]), np.array([True, True])) is None


def test_an_empty_book_draws_nothing() -> None:
    assert drawn([], [], []).share(0, 1) == UNKNOWN
